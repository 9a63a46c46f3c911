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
        let properties = format!(r#"{{"{name}":1}}"#);
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
    folder.annotate("").fails(2, &["route_id", "--prefix, as reports along a route need"]);
    folder.annotate("--replace").fails(2, &["properties.route_id", "`R3`", "--prefix"]);
    assert!(!folder.has("out.geojson"));
    let found = folder.annotated("--prefix near_").remove(0);
    assert_eq!((&found["route_id"], &found["near_route_id"]), (&json!("R3"), &json!("R3")));
    assert_eq!(found["near_location_form"], "route");
    // An answer of an earlier run is no report.
    let earlier = r#"{"route_id":"R3","chainage_m":5,"uncertainty_m":100}"#;
    let folder = folder_with(&[point("1", earlier, 46.807759, 40.068059)]);
    let found = folder.annotated("--replace").remove(0);
    assert_eq!((&found["route_id"], &found["location_form"]), (&json!("R4"), &json!("circle")));
}

#[test]
fn a_bad_report_is_a_bad_incident() {
    let bad = [
        ("mgrs", reported(&[("mgrs", "38S PK 49 0")])),
        ("observer_post", reported(&[("observer_post", "OP-70"), ("bearing", "NNE")])),
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
        let run = LayerRun {
            threads,
            regions: Some(RegionOutput { form, out: &mut regions }),
            ..LayerRun::new(OutputForm::Collection)
        };
        let summary = annotate_layer(stream, &annotator, run, &mut out).unwrap();
        assert_eq!((summary.regions, summary.unlocated), (24, 8));
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
        assert!(warning.starts_with("not located: found bearings that are parallel"), "{warning}");
        assert!(found[0].get("near_post_id").is_none());
        assert_eq!(found[1]["near_location_form"], "fix");
        assert!(found[1].get("near_location_warning").is_none_or(Value::is_null));
    }
}
