//! `patrol` with layers in other coordinate reference systems.

use patrol_corridor::io::{Crs, Transformation};
use serde_json::Value;

use crate::program::{ANNOTATE, Folder, collection, demonstration, json, point, properties};

/// The text of a layer of the demonstration set with its coordinates in another system.
fn moved(name: &str, crs: &str) -> Value {
    fn walk(value: &mut Value, way: &mut Transformation) {
        let Value::Array(items) = value else { return };
        match items.first().and_then(Value::as_f64) {
            Some(x) => {
                let [x, y] = way.convert(x, items[1].as_f64().unwrap()).unwrap();
                (items[0], items[1]) = (x.into(), y.into());
            }
            None => items.iter_mut().for_each(|item| walk(item, way)),
        }
    }
    let mut way = Transformation::from_wgs84(&crs.parse::<Crs>().unwrap()).unwrap();
    let mut layer = json(&std::fs::read_to_string(demonstration(name)).unwrap());
    for feature in layer["features"].as_array_mut().unwrap() {
        walk(&mut feature["geometry"]["coordinates"], &mut way);
    }
    layer
}

/// A folder with the demonstration set in these systems.
fn folder(systems: [&str; 3]) -> Folder {
    let folder = Folder::new();
    for (name, crs) in ["posts.geojson", "routes.geojson", "incidents.geojson"].into_iter().zip(systems) {
        folder.write(name, moved(name, crs).to_string());
    }
    folder
}

/// Both say the same: ids and names the same, numbers to a millimetre or its like in degrees.
fn assert_same(found: &str, expected: &str) {
    let (found, expected) = (properties(found), properties(expected));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        for (key, expected) in expected.as_object().unwrap() {
            match (found[key].as_f64(), expected.as_f64()) {
                (Some(a), Some(b)) => {
                    let allowed = if key.ends_with("_m") { 1e-3 } else { 1e-5 };
                    assert!((a - b).abs() <= allowed, "{key}: {a} {b}");
                }
                _ => assert_eq!(&found[key], expected, "{key}"),
            }
        }
    }
}

fn expected() -> String {
    let folder = Folder::with_demonstration();
    folder.annotate("").ok();
    folder.read("out.geojson")
}

#[test]
fn layers_in_any_system_give_the_same_answers() {
    let expected = expected();
    let folder = folder(["EPSG:32638", "EPSG:3857", "EPSG:32639"]);
    let options = "--posts-crs EPSG:32638 --routes-crs 3857 --incidents-crs urn:ogc:def:crs:EPSG::32639";
    let run = folder.annotate(options);
    assert!(run.err.contains("EPSG:3857 (WGS 84 / Pseudo-Mercator) to WGS84 by "), "{}", run.err);
    assert!(run.err.contains("WGS 84 / UTM zone 38N"), "{}", run.err);
    // They lie in zone 38.
    assert!(run.err.contains("warning: 3 position(s) outside the area of use of EPSG:32639"), "{}", run.err);
    run.ok();
    let out = folder.read("out.geojson");
    assert_same(&out, &expected);
    assert!(!out.contains("\"crs\""));
    let positions = |text: &str| -> Vec<f64> {
        let features = json(text)["features"].as_array().unwrap().clone();
        features.iter().map(|f| f["geometry"]["coordinates"][0].as_f64().unwrap()).collect()
    };
    for (a, b) in positions(&out).iter().zip(positions(&expected)) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }
    let quiet = folder.annotate(&format!("{options} --force --quiet"));
    assert!(
        !quiet.err.contains("Pseudo-Mercator) to WGS84") && quiet.err.contains("warning"),
        "{}",
        quiet.err
    );
}

#[test]
fn one_option_serves_all_layers() {
    let folder = folder(["EPSG:32638"; 3]);
    let run = folder.annotate("--crs EPSG:32638");
    assert!(!run.err.contains("warning"), "{}", run.err);
    run.ok();
    assert_same(&folder.read("out.geojson"), &expected());
    let run = folder.run("nearest --posts posts.geojson --crs EPSG:32638 --at 46.807759,40.068059");
    assert!(run.err.contains("to WGS84 by"), "{}", run.err);
    assert!(run.ok().contains("OP-21"));
}

/// Whatever reads a log takes it to WGS84.
#[test]
fn logs_come_from_other_systems() {
    let (there, here) = (folder(["EPSG:32638"; 3]), Folder::with_demonstration());
    for line in [
        "beats --posts posts.geojson --routes routes.geojson --incidents incidents.geojson --output out.geojson",
        "fuse --posts posts.geojson --incidents incidents.geojson --within 24h --output out.geojson",
        "hotspots --routes routes.geojson --incidents incidents.geojson --bandwidth 5km --output out.geojson",
        "map --posts posts.geojson --incidents incidents.geojson --output out.svg",
    ] {
        let found = there.run(&format!("{line} --crs EPSG:32638 --force"));
        assert_eq!(found.ok(), here.run(&format!("{line} --force")).ok(), "{line}");
    }
    // By the member of the file.
    let incidents = moved("incidents.geojson", "EPSG:32638").to_string();
    let member = r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32638"}},"#;
    there.write("incidents.geojson", incidents.replacen('{', member, 1));
    let line = "clusters --incidents incidents.geojson --within 1km --days 1";
    assert_eq!(there.run(line).ok(), here.run(line).ok());
}

/// In lines, gzipped or not, in whatever number of threads: the same bytes, features untouched but for
/// their coordinates.
#[test]
fn a_stream_is_reprojected_as_it_is_read() {
    let folder = Folder::with_demonstration();
    let mut way = Transformation::from_wgs84(&"EPSG:32638".parse().unwrap()).unwrap();
    let mut rng = fastrand::Rng::with_seed(38);
    let lines: Vec<String> = (0..20_000)
        .map(|i| {
            let [x, y] = way.convert(46.0 + rng.f64(), 39.5 + rng.f64()).unwrap();
            format!(r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{x} , {y},7.50]}},"properties":{{"i":{i}.0}}}}"#)
        })
        .collect();
    folder.write("day.geojsonl", lines.join("\n"));
    let run = |threads: usize| {
        let options = format!("--incidents-crs EPSG:32638 --threads {threads} --force --output out.geojsonl");
        let line = format!(
            "annotate --posts posts.geojson --routes routes.geojson --incidents day.geojsonl {options}"
        );
        let run = folder.run(&line);
        assert!(run.err.contains("20000 position(s)"), "{}", run.err);
        run.ok();
        folder.read("out.geojsonl")
    };
    let one = run(1);
    assert!(one == run(4));
    for (i, line) in one.lines().enumerate() {
        assert!(line.contains(" , ") && line.contains(",7.50]"), "{line}");
        assert!(line.contains(&format!("\"properties\":{{\"i\":{i}.0,")), "{line}");
    }
}

#[test]
fn members_of_a_collection_and_of_features_count() {
    let expected = expected();
    let folder = Folder::with_demonstration();
    let mut incidents = moved("incidents.geojson", "EPSG:32638");
    incidents["bbox"] = json("[600000,4300000,700000,4500000]");
    incidents["note"] = "kept".into();
    let crs = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32638"}}"#;
    let text = incidents.to_string();
    let ahead = format!("{{\"crs\":{crs},{}", &text[1..]);
    folder.write("incidents.geojson", &ahead);
    let run = folder.annotate("");
    assert!(
        run.err.contains("warning: left out 1 `bbox` member(s), which were in EPSG:32638"),
        "{}",
        run.err
    );
    run.ok();
    let out = folder.read("out.geojson");
    assert_same(&out, &expected);
    assert!(!out.contains("\"crs\"") && !out.contains("\"bbox\"") && out.contains("\"note\":\"kept\""));
    // Behind the features it comes too late, unless it is no news.
    let behind = format!("{},\"crs\":{crs}}}", text.strip_suffix('}').unwrap());
    folder.write("incidents.geojson", &behind);
    let words = ["out of range"];
    folder.annotate("--force").fails(2, &words);
    folder.annotate("--force --incidents-crs 32638").ok();
    assert_same(&folder.read("out.geojson"), &expected);
    folder.annotate("--force --incidents-crs 32639").fails(2, &["the CRS EPSG:32638, expected EPSG:32639"]);
    let null = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":null,\"geometry\":null}}],\"crs\":{crs}}}"
    );
    folder.write("incidents.geojson", null);
    folder
        .annotate("--force")
        .fails(2, &["EPSG:32638 is named behind the features", "--incidents-crs names it"]);
    // One of a feature's own.
    let features: Vec<String> = incidents["features"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(i, feature)| {
            let text = feature.to_string();
            assert!(i < 3);
            format!("{{\"crs\":{crs},{}", &text[1..])
        })
        .collect();
    folder.write("incidents.geojson", collection(&features));
    folder.annotate("--force").ok();
    let out = folder.read("out.geojson");
    assert_same(&out, &expected);
    assert!(!out.contains("\"crs\""));
}

#[test]
fn the_output_can_be_in_another_system() {
    let expected = expected();
    let folder = Folder::with_demonstration();
    folder.annotate("--output-crs EPSG:32638").ok();
    let out = folder.read("out.geojson");
    assert_same(&out, &expected);
    assert_eq!(json(&out)["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::32638");
    let x = json(&out)["features"][0]["geometry"]["coordinates"][0].as_f64().unwrap();
    assert!((x - 654_160.894_1).abs() < 1e-3, "{x}");
    // It reads back, and in the same system coordinates stay as they stand.
    folder.write("incidents.geojson", &out);
    folder.annotate("--force --replace --output-crs EPSG:32638").ok();
    assert_same(&folder.read("out.geojson"), &expected);
    let points = |text: &str| -> Vec<Value> {
        let features = json(text)["features"].as_array().unwrap().clone();
        features.iter().map(|feature| feature["geometry"].clone()).collect()
    };
    assert_eq!(points(&folder.read("out.geojson")), points(&out));
    assert_eq!(folder.read("out.geojson").matches("\"crs\"").count(), 1);
    // A sequence says it in each feature.
    let line = format!("{ANNOTATE} --replace --output-crs EPSG:3857 --output out.geojsonl");
    folder.run(&line).ok();
    let lines = folder.read("out.geojsonl");
    assert!(lines.lines().count() == 3 && lines.lines().all(|line| line.contains("EPSG::3857")), "{lines}");
}

#[test]
fn tables_of_text_are_reprojected_and_no_others() {
    let folder = Folder::with_demonstration();
    folder.write("day.csv", "x,y\n500000,4400000\n");
    let csv = "annotate --posts posts.geojson --incidents day.csv --output out.csv";
    let run = folder.run(&format!("{csv} --incidents-crs EPSG:32638"));
    assert!(
        run.status == 0 && run.err.contains("EPSG:32638 (WGS 84 / UTM zone 38N) to WGS84"),
        "{}",
        run.err
    );
    assert!(folder.read("out.csv").contains("\n500000,4400000,"), "the columns stay");
    let csv = format!("{csv} --force");
    folder.run(&format!("{csv} --output-crs EPSG:32638")).fails(2, &["EPSG:32638 with a table"]);
    // GeoJSON that becomes a table, too.
    folder.write("in.geojson", moved("incidents.geojson", "EPSG:32638").to_string());
    let line = "annotate --posts posts.geojson --incidents in.geojson --output out.csv --force";
    folder
        .run(&format!("{line} --incidents-crs 32638"))
        .fails(2, &["EPSG:32638 with incidents that become a table", "ogr2ogr"]);
    // Degrees of another datum would pass for longitude and latitude.
    let crs = r#""crs":{"type":"name","properties":{"name":"EPSG:4284"}}"#;
    let point = r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[46,40]}}"#;
    for text in [
        format!(r#"{{"type":"FeatureCollection",{crs},"features":[{point}]}}"#),
        format!(r#"{{"type":"FeatureCollection","features":[{point}],{crs}}}"#),
        point.replacen('{', &format!("{{{crs},"), 1),
    ] {
        folder.write("in.geojson", text);
        folder.run(line).fails(2, &["the CRS EPSG:4284, expected WGS84"]);
    }
}

#[test]
fn bad_positions_are_set_aside_as_they_came() {
    let folder = Folder::with_demonstration();
    let bad = point("2", "{}", 1e12, 0.0);
    folder.write("incidents.geojson", collection(&[point("1", "{}", 654_160.9, 4_436_876.9), bad.clone()]));
    let run = folder.annotate("--incidents-crs EPSG:32638 --skip-invalid --rejects bad.jsonl");
    assert_eq!(run.status, 1, "{}", run.err);
    let reject = json(folder.read("bad.jsonl").trim());
    assert_eq!(reject["text"], bad);
    assert!(reject["reason"].as_str().unwrap().contains("no place in EPSG:32638"), "{reject}");
}

#[test]
fn a_check_says_what_would_be_done() {
    let folder = folder(["EPSG:32638"; 3]);
    let out = folder.run("check --as posts --crs EPSG:32638 posts.geojson").ok();
    for words in
        ["note: EPSG:32638 (WGS 84 / UTM zone 38N) to WGS84 by", "27 position(s)", "note: area of use"]
    {
        assert!(out.contains(words), "{out}");
    }
    let out = folder.run("check --as posts --crs EPSG:32638 --format json posts.geojson").ok();
    assert_eq!(json(out.lines().next().unwrap())["severity"], "note");
    let run = folder.run("check --crs EPSG:99999 posts.geojson");
    assert!(run.status == 2 && run.out.contains("EPSG:99999"), "{run:?}");
}

/// A system with a datum of its own: PROJ's, or a sentence that says how to get it.
#[test]
fn another_datum_takes_proj() {
    let folder = Folder::with_demonstration();
    let incident = point("1", "{}", 8_654_327.321_09, 4_438_742.585_015);
    folder.write("incidents.geojson", collection(&[incident]));
    let run = folder.annotate("--incidents-crs EPSG:28408");
    if !cfg!(feature = "proj") {
        run.fails(2, &["EPSG:28408, whose datum is not WGS84", "--features proj-static", "ogr2ogr"]);
        let run = folder.run("check --crs EPSG:28408 posts.geojson");
        assert!(run.status == 2 && run.out.contains("--features proj-static"), "{run:?}");
        return;
    }
    assert!(
        run.err.contains("Pulkovo 1942 to WGS 84 (16)") && run.err.contains("accuracy 4.5 m"),
        "{}",
        run.err
    );
    run.ok();
    let position = json(&folder.read("out.geojson"))["features"][0]["geometry"]["coordinates"].clone();
    let (lon, lat) = (position[0].as_f64().unwrap(), position[1].as_f64().unwrap());
    assert!((lon - 46.807_759).hypot(lat - 40.068_059) < 1e-8, "{position}");
}

/// A file `proj.db` where one works, or a PROJ_DATA that leads astray, breaks PROJ; a build of this
/// repository does not look at them, another says what is the matter.
#[cfg(feature = "proj")]
#[test]
fn a_stray_database_does_no_harm_or_is_named() {
    let folder = Folder::with_demonstration();
    let check = "check --crs EPSG:28408 incidents.geojson";
    folder.write("proj.db", "no database");
    let run = folder.run(check);
    let is_well = run.out.contains("Pulkovo 1942 / Gauss-Kruger zone 8");
    assert!(is_well || run.out.contains("the working directory has a file `proj.db`"), "{run:?}");
    std::fs::remove_file(folder.path("proj.db")).unwrap();
    std::fs::create_dir(folder.path("old")).unwrap();
    folder.write("old/proj.db", "no database");
    let mut command = folder.command();
    let output = command.args(check.split(' ')).env("PROJ_DATA", folder.path("old")).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let is_well = out.contains("Pulkovo 1942 / Gauss-Kruger zone 8");
    assert!(is_well || out.contains("unset PROJ_DATA"), "{out}");
}
