//! `patrol corridors`, and `--corridors` of the other commands.

use serde_json::{Value, json};

use crate::program::{Folder, json as parse, line, point};

const RUN: &str = "corridors --routes routes.geojson --output out.geojson";

fn features(text: &str) -> Vec<Value> {
    parse(text)["features"].as_array().unwrap().clone()
}

#[test]
fn a_feature_a_corridor_and_a_table() {
    let folder = Folder::with_demonstration();
    let run = folder.run(RUN);
    let table = run.ok();
    for word in ["corridor", "Mardakert", "R4, R5", "3000 m", "km2"] {
        assert!(table.contains(word), "{word} in {table}");
    }
    assert_eq!(table.lines().count(), 5);
    let written = features(&folder.read("out.geojson"));
    assert_eq!(written.len(), 4);
    let mardakert = &written[3]["properties"];
    assert_eq!(mardakert["corridor"], "Mardakert");
    assert_eq!((&mardakert["route_ids"], &mardakert["half_width_m"]), (&json!(["R4", "R5"]), &json!(3000.0)));
    assert!((mardakert["area_km2"].as_f64().unwrap() - 645.88).abs() < 0.01);
    assert!(written.iter().all(|feature| feature["geometry"]["type"] == "Polygon"));
    assert_eq!(folder.run("check out.geojson").ok(), "");
    // It exists now.
    folder.run(RUN).fails(2, &["out.geojson", "--force"]);
    folder.run(&format!("{RUN} --force")).ok();
    folder.run("corridors --routes routes.geojson --output routes.geojson --force").fails(2, &["input"]);
    // On standard output stands the layer alone.
    let text = folder.run("corridors --routes routes.geojson --output -").ok();
    assert_eq!(text, folder.read("out.geojson"));
    let lines = folder.run("corridors --routes routes.geojson --output - --output-format geojsonl").ok();
    assert_eq!(lines.lines().count(), 4);
    folder.run("corridors --routes routes.geojson --output out.shp").fails(2, &["out.shp", ".geojson"]);
}

#[test]
fn half_widths_that_differ_or_are_missing() {
    let routes = [
        line("1", r#"{"corridor":"A","half_width_m":100}"#, "[[46,39],[46.1,39]]"),
        line("2", r#"{"corridor":"A","half_width_m":200}"#, "[[46,39],[46.1,39.1]]"),
        line("3", "{}", "[[47,39],[47.1,39]]"),
    ];
    let folder = Folder::with_layers(&[], &routes, &[]);
    let run = folder.run(RUN);
    let err = run.err.clone();
    run.ok();
    assert!(err.contains("half_width_m") && err.contains(": 3"), "{err}");
    let written = features(&folder.read("out.geojson"));
    assert_eq!(written.len(), 1);
    assert_eq!(written[0]["properties"]["half_width_m"], Value::Null);
    assert_eq!(written[0]["properties"]["route_ids"], json!([1, 2]));
    folder.run(&format!("{RUN} --force --half-width 50 --caps flat")).ok();
    let written = features(&folder.read("out.geojson"));
    assert_eq!((written.len(), &written[1]["properties"]["corridor"]), (2, &json!("3")));
    assert!((written[1]["properties"]["area_km2"].as_f64().unwrap() - 0.8655).abs() < 1e-3);
    let folder = Folder::with_layers(&[], &routes[2..], &[]);
    folder.run(RUN).fails(2, &["routes.geojson", "--half-width"]);
    folder.run("corridors --output out.geojson --posts posts.geojson").fails(2, &["--routes"]);
    assert!(!folder.has("out.geojson"));
    folder.run(&format!("{RUN} --caps oval")).fails(2, &["oval", "round"]);
}

/// What is drawn is read again, and says of incidents what the half widths say.
#[test]
fn polygons_as_corridors() {
    let folder = Folder::with_demonstration();
    let by_width = folder.annotated("");
    folder.run(&format!("{RUN} --force")).ok();
    let run = "annotate --force --incidents incidents.geojson --output out2.geojson --corridors out.geojson";
    folder.run(run).ok();
    let text = folder.read("out2.geojson");
    assert!(parse(&text)["patrol_corridor"]["corridors"]["features"] == 4, "{text}");
    for (a, b) in by_width.iter().zip(features(&text)) {
        let b = &b["properties"];
        assert_eq!((&a["in_corridor"], a.get("corridors")), (&b["in_corridor"], b.get("corridors")));
        assert_eq!((b.get("route_id"), b.get("post_id")), (None, None));
    }
    let table = folder.run("nearest --corridors out.geojson --at 46.807759,40.068059").ok();
    assert!(table.contains("Inside the corridor of Mardakert"), "{table}");
    let found = folder.run("nearest --corridors out.geojson --at 46.807759,40.068059 --format json").ok();
    assert_eq!((&parse(&found)["edges"], parse(&found).get("nearest_posts")), (&json!("planar"), None));
    let folder = Folder::with_layers(&[point("1", "{}", 0.0, 0.0)], &[], &[]);
    folder
        .run("nearest --corridors posts.geojson --at 0,0")
        .fails(2, &["posts.geojson", "a Point", "expected a Polygon"]);
}
