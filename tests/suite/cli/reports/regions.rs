//! `--regions`: a feature for each region, with everything that the annotated incident has.

use serde_json::{Value, json};

use super::{HEARD, LAYERS, folder_with, folder_with_log, reported};
use crate::program::{Folder, collection, feature, gunzip, json as parsed, point, properties};

fn features(text: &str) -> Vec<Value> {
    parsed(text)["features"].as_array().unwrap().clone()
}

#[test]
fn each_region_of_the_log_has_a_feature_with_all_its_properties() {
    let folder = folder_with_log();
    let err = folder
        .run(&format!("{LAYERS} --incidents log.csv --output log.geojson --regions regions.geojson"))
        .err;
    assert!(err.contains("of those in a region: nearest post certain for "), "{err}");
    let annotated = features(&folder.read("log.geojson"));
    let with_region: Vec<&Value> =
        annotated.iter().filter(|of| of["properties"].get("near_location_form").is_some()).collect();
    let regions = features(&folder.read("regions.geojson"));
    assert_eq!(with_region.len(), 18);
    assert_eq!(
        regions.iter().map(|of| &of["properties"]).collect::<Vec<_>>(),
        with_region.iter().map(|of| &of["properties"]).collect::<Vec<_>>()
    );
    for (region, kind) in regions.iter().zip([
        "Polygon", "Polygon", "Polygon", "Polygon", "Polygon", "Polygon", "Polygon", "Polygon", "Polygon",
        "Point",
    ]) {
        assert_eq!(region["geometry"]["type"], kind, "{}", region["properties"]["what"]);
    }
    // RFC 7946: rings closed and turned the right way.
    let run = folder.run("check --as incidents regions.geojson");
    assert_eq!((run.status, run.out.contains("error")), (0, false), "{}{}", run.out, run.err);
    assert_eq!(
        parsed(&folder.read("regions.geojson"))["patrol_corridor"]["incidents"]["features"],
        json!(20)
    );
}

#[test]
fn features_keep_their_ids_and_every_digit() {
    let features = [
        feature("\"a\"", r#"{"mgrs":"38S PK 49 09","n":1.50}"#, "null"),
        point("12345678901234567890123", r#"{"uncertainty_m":500.0}"#, 46.8, 39.9),
        point("3", "{}", 46.8, 39.9),
    ];
    let folder = folder_with(&features);
    folder.annotate("--regions regions.geojsonl.gz").ok();
    let regions = gunzip(&std::fs::read(folder.path("regions.geojsonl.gz")).unwrap());
    let lines: Vec<&str> = regions.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].starts_with(
            r#"{"type":"Feature","id":"a","properties":{"mgrs":"38S PK 49 09","n":1.50,"post_id""#
        )
    );
    assert!(
        lines[1].contains(r#""id":12345678901234567890123,"properties":{"uncertainty_m":500.0,"#),
        "{}",
        lines[1]
    );
    assert_eq!(parsed(lines[0])["properties"], properties(&folder.read("out.geojson"))[0]);
}

#[test]
fn no_region_is_an_empty_collection() {
    let folder = folder_with(&[point("3", "{}", 46.8, 39.9)]);
    folder.annotate("--regions regions.json").ok();
    assert_eq!(features(&folder.read("regions.json")), Vec::<Value>::new());
}

#[test]
fn a_region_across_180_degrees_is_cut() {
    let folder = Folder::new();
    folder.write("posts.geojson", collection(&[point("1", "{}", 179.99, 10.0)]));
    folder.write("day.csv", "observer_post,bearing,distance_m\n1,E,1km..5km\n");
    let line =
        "annotate --posts posts.geojson --incidents day.csv --output out.csv --regions regions.geojson";
    folder.run(line).ok();
    let region = features(&folder.read("regions.geojson")).remove(0);
    assert_eq!(region["geometry"]["type"], "MultiPolygon");
    assert_eq!(region["properties"]["post_certain"], json!(true));
}

#[test]
fn all_files_appear_together_or_none() {
    let bad = reported(&[("mgrs", "38S PK 4")]);
    let folder = folder_with(&[reported(&HEARD), bad]);
    let before = folder.names();
    folder.annotate("--regions regions.geojson").fails(2, &["properties.mgrs"]);
    assert_eq!(folder.names(), before);
    folder
        .annotate("--regions posts.geojson --force")
        .fails(2, &["posts.geojson", "the output is also an input"]);
    folder.annotate("--regions out.geojson").fails(2, &["one file for --output and --regions"]);
    folder
        .annotate("--regions r.geojson --skip-invalid --rejects r.geojson")
        .fails(2, &["one file for --regions and --rejects"]);
    folder.annotate("--regions regions.csv").fails(2, &["regions.csv", ".geojson"]);
    folder.annotate("--regions -").fails(2, &["--regions -"]);
    folder.annotate("--regions r.geojson --output-crs EPSG:32638").fails(2, &["--output-crs", "WGS84"]);
    assert_eq!(folder.names(), before);
    folder.write("regions.geojson", "{}");
    folder.annotate("--regions regions.geojson --skip-invalid --rejects bad.jsonl").fails(2, &["--force"]);
    assert!(!folder.has("out.geojson") && !folder.has("bad.jsonl"));
    let run = folder.annotate("--regions regions.geojson --skip-invalid --rejects bad.jsonl --force");
    assert_eq!(run.status, 1, "{}", run.err);
    assert_eq!(features(&folder.read("regions.geojson")).len(), 1);
    assert!(folder.has("out.geojson") && folder.has("bad.jsonl"));
}
