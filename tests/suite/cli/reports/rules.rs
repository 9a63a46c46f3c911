//! Rules that hold for reports as for points: nothing lost, names in the way, rejects, blocks and threads.

use std::io::Cursor;

use patrol_corridor::Edges;
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, LayerRun, OutputForm, RegionOutput, annotate_layer,
};
use patrol_corridor::io::IncidentStream;
use serde_json::{Value, json};

use super::{HEARD, LAYERS, REPORT_MEMBERS, folder_with, folder_with_log, reported};
use crate::fixtures::demonstration_area;
use crate::program::{collection, feature, json as parsed, keys, point, properties};

#[test]
fn nothing_of_a_report_is_lost() {
    let before = [
        r#"{"type":"Feature","properties":{"mgrs":"38S PK 49 09","n":1.50"#,
        r#"{"id":7,"type":"Feature","geometry":null,"properties":{ "observer_p\u006fst" : ["OP-07"],"bearing":"NNE","distance_m":"2km..7km""#,
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[46.750,39.820,1e3]},"properties":{"uncertainty_m":500.0"#,
    ];
    let after = [r#"},"geometry":null,"x":[1, 2]}"#, r#"},"more":{"mgrs":true}}"#, "}}"];
    let lines: String =
        before.iter().zip(after).map(|(before, after)| format!("{before}{after}\n")).collect();
    let folder = folder_with(&[]);
    folder.write("in.geojsonl", &lines);
    let run = |more: &str| {
        let line = "annotate --posts posts.geojson --incidents in.geojsonl --output out.geojsonl --force";
        folder.run(&format!("{line} {more}")).ok();
        folder.read("out.geojsonl")
    };
    let written = run("");
    for (line, (before, after)) in written.lines().zip(before.iter().zip(after)) {
        let added = line.strip_prefix(before).and_then(|line| line.strip_suffix(after)).expect(line);
        assert!(added.starts_with(",\"post_id\":") && added.contains("\"post_candidates\":[{"), "{added}");
    }
    // What has been written is taken out again, and the same comes back.
    folder.write("in.geojsonl", &written);
    assert_eq!(run("--replace"), written);
}

#[test]
fn names_of_reports_are_in_the_way_as_others() {
    for name in REPORT_MEMBERS {
        let properties =
            format!(r#"{{"{name}":1,"post_distance_m":1,"route_distance_m":1,"in_corridor":true}}"#);
        let folder = folder_with(&[point("1", &properties, 46.8, 39.9)]);
        folder.annotate("").fails(2, &["incidents.geojson", name, "--prefix"]);
        let found = folder.annotated("--replace").remove(0);
        assert!(found.get(name).is_none(), "an earlier annotation is taken out: {found}");
        assert_eq!(folder.annotated("--prefix near_").remove(0)[name], json!(1));
    }
    // Names that only stand in objects are free.
    let free = r#"{"share":1,"min_distance_m":2,"max_distance_m":3}"#;
    let found = folder_with(&[point("1", free, 46.8, 39.9)]).annotated("").remove(0);
    assert_eq!(found["share"], json!(1));
}

#[test]
fn a_report_along_a_route_needs_a_prefix() {
    let along = reported(&[("route_id", "R3"), ("chainage_m", "12.4 km"), ("chainage_tolerance_m", "200")]);
    let folder = folder_with(&[along]);
    folder
        .annotate("")
        .fails(2, &["route_id", "a prefix before the new names, as places along a route need"]);
    folder.annotate("--replace").fails(2, &["properties", "`route_id`", "--prefix"]);
    assert!(!folder.has("out.geojson"));
    let found = folder.annotated("--prefix near_").remove(0);
    assert_eq!((&found["route_id"], &found["near_route_id"]), (&json!("R3"), &json!("R3")));
    assert_eq!(found["near_location_form"], "route");
    // An answer of an earlier run is no report.
    let earlier = r#"{"route_id":"R3","route_distance_m":1,"chainage_m":5,"uncertainty_m":100}"#;
    let folder = folder_with(&[point("1", earlier, 46.807759, 40.068059)]);
    let found = folder.annotated("--replace").remove(0);
    assert_eq!((&found["route_id"], &found["location_form"]), (&json!("R4"), &json!("circle")));
}

#[test]
fn a_bad_report_is_a_bad_incident() {
    let bad = [
        ("mgrs", reported(&[("mgrs", "38S PK 49 0")])),
        ("bearing", reported(&[("observer_post", "OP-07"), ("bearing", "NNX"), ("distance_m", "2km")])),
        ("where_prec", point("3", r#"{"where_prec":9}"#, 46.8, 39.9)),
    ];
    for (name, feature) in &bad {
        let folder = folder_with(&[reported(&HEARD), feature.clone()]);
        let path = format!("properties.{name}");
        folder.annotate("").fails(2, &["incidents.geojson:3: feature 2", &path]);
        assert!(!folder.has("out.geojson"));
        let run = folder.annotate("--skip-invalid --rejects rejects.jsonl");
        assert_eq!(run.status, 1, "{}", run.err);
        let reject = parsed(&folder.read("rejects.jsonl"));
        assert_eq!((&reject["text"], &reject["line"]), (&json!(feature), &json!(3)));
        assert!(reject["reason"].as_str().unwrap().starts_with(&path), "{reject}");
        assert_eq!(parsed(&folder.read("out.geojson"))["features"].as_array().unwrap().len(), 1);
    }
}

/// Annotated and raw files alike: the report can be read, and what it names is not there.
#[test]
fn a_report_that_names_a_post_or_a_route_no_layer_has_is_of_unknown_region() {
    let unknown = [
        reported(&[("observer_post", "OP-70"), ("bearing", "NNE"), ("distance_m", "5 km")]),
        reported(&[("observer_post", "OP-07;OP-70"), ("bearing", "1;2")]),
        reported(&[("route_id", "R99"), ("chainage_m", "km 12.4")]),
    ];
    let folder = folder_with(&unknown);
    folder.write(
        "log.csv",
        "observer_post,bearing,distance_m,route_id,chainage_m\nOP-70,NNE,5 km,,\nOP-07;OP-70,1;2,,,\n,,,R99,km 12.4\n",
    );
    let of_table = {
        folder.run(&format!("{LAYERS} --incidents log.csv --output log.geojson")).in_part();
        properties(&folder.read("log.geojson"))
    };
    folder.annotate("--prefix near_").in_part();
    for found in [properties(&folder.read("out.geojson")), of_table] {
        for (of, expected) in found.iter().zip([
            "not located: no post has the id `OP-70`: written nearly so are `OP-10`, `OP-20`",
            "not located: no post has the id `OP-70`: written nearly so are `OP-10`, `OP-20`",
            "not located: no route has the id `R99`: ",
        ]) {
            let warning = of["near_location_warning"].as_str().unwrap();
            assert!(warning.starts_with(expected), "{warning}");
            assert!(of.get("near_post_id").is_none_or(Value::is_null), "{of}");
        }
    }
    // There is no such layer at all.
    folder.write("incidents.geojson", collection(&unknown[..1]));
    folder
        .run("annotate --routes routes.geojson --incidents incidents.geojson --output no.geojson")
        .in_part();
    let found = properties(&folder.read("no.geojson")).remove(0);
    assert_eq!(found["location_warning"], "not located: no post has the id `OP-70`: there are no posts");
}

/// The number and the text of one id stay an error: which of them is meant nobody knows.
#[test]
fn an_id_that_two_posts_have_is_a_bad_incident() {
    let folder = folder_with(&[reported(&[("observer_post", "1"), ("bearing", "N")])]);
    folder.write(
        "posts.geojson",
        collection(&[point("1", "{}", 46.8, 39.9), point("\"1\"", "{}", 46.9, 39.9)]),
    );
    folder.annotate("").fails(2, &["properties.observer_post", "the id of 2 posts"]);
}

#[test]
fn what_was_assumed_is_written_in_json_and_tables() {
    let rounded = [("observer_post", "OP-07"), ("bearing", "43"), ("distance_m", "5 km")];
    let folder = folder_with(&[reported(&rounded), reported(&HEARD), reported(&[("mgrs", "38S PK 49 09")])]);
    let found = folder.annotated("");
    assert_eq!(found[0]["location_assumed"], "distance 4500..5500 m; direction 38..48 degrees");
    let area_km2 = found[0]["location_area_km2"].as_f64().unwrap();
    assert!((area_km2 - 5_f64.to_radians() * (5.5_f64.powi(2) - 4.5_f64.powi(2))).abs() < 1e-3, "{area_km2}");
    assert_eq!(found[1]["location_assumed"], "direction 11.25..33.75 degrees");
    assert!(found[2].get("location_assumed").is_none());
    folder.write("log.csv", "observer_post,bearing,distance_m,mgrs\nOP-07,43,5 km,\n,,,38S PK 49 09\n");
    folder.run("annotate --posts posts.geojson --incidents log.csv --output out.csv").ok();
    let csv = folder.read("out.csv");
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].ends_with(",location_doubt,location_assumed"), "{}", lines[0]);
    assert!(lines[1].ends_with(",distance 4500..5500 m; direction 38..48 degrees"), "{}", lines[1]);
    assert!(lines[2].ends_with(",,"), "{}", lines[2]);
}

/// A number of JSON counts by its decimal spelling, from GeoJSON and from a table made of it.
#[test]
fn numbers_of_json_are_as_thick_as_their_decimals() {
    let of = |number: &str| {
        feature(
            "null",
            &format!(r#"{{"observer_post":"OP-07","bearing":"N","distance_m":{number}}}"#),
            "null",
        )
    };
    let folder = folder_with(&["2000", "2E3", "2000.0", "2.0e3", "1500", "2000.5", "0"].map(of));
    let expected = ["1500..2500", "1500..2500", "1500..2500", "1500..2500", "1450..1550", "2000.45..2000.55"];
    let assumed = |of: &Value| of["location_assumed"].as_str().unwrap().to_owned();
    let found = folder.annotated("");
    for (of, expected) in found.iter().zip(expected) {
        assert!(assumed(of).starts_with(&format!("distance {expected} m; ")), "{of}");
    }
    assert_eq!(assumed(&found[6]), "direction 348.75..11.25 degrees");
    folder.run("annotate --posts posts.geojson --incidents incidents.geojson --output out.csv").ok();
    let csv = folder.read("out.csv");
    for (line, expected) in csv.lines().skip(1).zip(expected) {
        assert!(line.contains(&format!("distance {expected} m; ")), "{line}");
    }
}

/// As `MultiPoint` with no positions has always been.
#[test]
fn an_empty_geometry_is_no_location_and_no_bad_incident() {
    let shape = |kind: &str| feature("null", "{}", &format!(r#"{{"type":"{kind}","coordinates": [ ]}}"#));
    let heard = |geometry: &str| {
        let told = r#"{"observer_post":"OP-07","bearing":"NNE","distance_m":"2km..7km"}"#;
        feature("null", told, geometry)
    };
    let folder = folder_with(&[
        shape("Point"),
        shape("LineString"),
        shape("MultiPoint"),
        feature(
            "null",
            "{}",
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[]}]}"#,
        ),
        heard(r#"{"type":"Point","coordinates":[]}"#),
    ]);
    let found = folder.annotated("");
    for (of, expected) in found.iter().zip([
        "not located: the geometry is empty",
        "not located: the geometry is empty",
        "not located: a MultiPoint without positions",
        "not located: a GeometryCollection, expected a Point or MultiPoint",
    ]) {
        assert_eq!(of["location_warning"], expected);
    }
    assert_eq!(found[4]["location_form"], "sector");
    assert!(folder.read("out.geojson").contains(r#"{"type":"Point","coordinates": [ ]}"#));
    folder.run("annotate --posts posts.geojson --incidents incidents.geojson --output out.csv").ok();
    assert!(folder.read("out.csv").contains("not located: the geometry is empty"));
    // A file that is checked, and a layer, must not have one.
    let checked = folder.run("check incidents.geojson");
    assert_eq!((checked.status, checked.out.matches("coordinates: a ").count()), (2, 4), "{}", checked.out);
    folder.write("posts.geojson", collection(&[shape("Point")]));
    folder.annotate("--force").fails(2, &["posts.geojson", "a position of 0 number(s)"]);
}

/// With a position, only what makes a region of it is read.
#[test]
fn a_position_wins() {
    let with = |properties: &str| point("1", properties, 46.807759, 40.068059);
    let all = r#"{"mgrs":"nonsense","observer_post":"OP-07","bearing":1,"chainage_m":null,"dms":[]}"#;
    let found = folder_with(&[with(all), with("{}"), with(r#"{"uncertainty_m":""}"#)]).annotated("");
    for of in &found {
        assert_eq!(of["post_distance_m"], json!(1669.1504));
        assert!(!keys(of).iter().any(|name| REPORT_MEMBERS.contains(name)), "{of}");
    }
}

#[test]
fn the_greatest_distance_leaves_candidates_whole() {
    let folder = folder_with(&[reported(&HEARD)]);
    let (all, near) = (folder.annotated("").remove(0), folder.annotated("--max-distance 1").remove(0));
    assert_eq!((&near["post_id"], &near["post_certain"]), (&Value::Null, &json!(false)));
    for name in REPORT_MEMBERS {
        assert_eq!(all.get(name), near.get(name), "{name}");
    }
    let several = folder.annotated("-k 3").remove(0);
    assert_eq!(several["nearest_posts"].as_array().unwrap().len(), 3);
    assert_eq!(several["post_candidates"], all["post_candidates"]);
}

#[test]
fn blocks_and_threads_change_nothing() {
    let area = demonstration_area(Edges::Planar);
    let forms = [
        reported(&HEARD),
        reported(&[("mgrs", "38S PK 49 09")]),
        point("null", "{}", 46.8, 39.9),
        point("\"c\"", r#"{"uncertainty_m":300}"#, 46.9, 39.8),
        feature("5", "null", "null"),
    ];
    let features: Vec<String> = (0..40).map(|i| forms[i * 7 % forms.len()].clone()).collect();
    let text = collection(&features);
    let annotator = Annotator::new(&area, AnnotateOptions::default());
    let run = |threads: usize, block_bytes: usize, form: OutputForm| {
        let (mut out, mut regions) = (Vec::new(), Vec::new());
        let stream = IncidentStream::in_blocks("day", Cursor::new(text.clone()), block_bytes).unwrap();
        let run = LayerRun::new(OutputForm::Collection)
            .with_threads(threads)
            .with_regions(RegionOutput::new(form, &mut regions));
        let summary = annotate_layer(stream, &annotator, run, &mut out).unwrap();
        assert_eq!((summary.tally.region, summary.tally.without_location), (24, 8));
        (out, regions)
    };
    for form in [OutputForm::Collection, OutputForm::Lines, OutputForm::Sequence] {
        let expected = run(1, 1 << 20, form);
        for (threads, block_bytes) in [(1, 300), (3, 300), (2, 1 << 20), (4, 5_000)] {
            assert!(
                run(threads, block_bytes, form) == expected,
                "{threads} threads, blocks of {block_bytes}"
            );
        }
    }
}

#[test]
fn tables_are_the_same_on_any_number_of_threads() {
    let folder = folder_with_log();
    let run = |threads: usize| {
        let line =
            format!("{LAYERS} --incidents log.csv --output log.out.csv --regions regions.geojson --force");
        folder.run(&format!("{line} --threads {threads}")).ok();
        (folder.read("log.out.csv"), folder.read("regions.geojson"))
    };
    assert!(run(1) == run(3));
}

#[test]
fn bearings_that_do_not_meet_warn() {
    let two = |bearings: &str| reported(&[("observer_post", "OP-11;OP-12"), ("bearing", bearings)]);
    let folder = folder_with(&[two("90;90"), two("152;183")]);
    folder.write("log.csv", "observer_post,bearing\nOP-11;OP-12,90;90\nOP-11;OP-12,152;183\n");
    let of_table = {
        folder.run(&format!("{LAYERS} --incidents log.csv --output log.geojson")).ok();
        properties(&folder.read("log.geojson"))
    };
    for found in [folder.annotated("--prefix near_"), of_table] {
        let warning = found[0]["near_location_warning"].as_str().unwrap();
        assert!(warning.starts_with("not located: the bearings are parallel"), "{warning}");
        assert!(found[0].get("near_post_id").is_none());
        assert_eq!(found[1]["near_location_form"], "fix");
        assert!(found[1].get("near_location_warning").is_none_or(Value::is_null));
    }
}
