//! `patrol locate`: one report, on the spot.

use serde_json::{Value, json};

use crate::program::{Folder, json};

const LOCATE: &str = "locate --posts posts.geojson --routes routes.geojson";

fn feature(folder: &Folder, options: &str) -> Value {
    let found = json(&folder.run(&format!("{LOCATE} {options} --output -")).ok());
    assert_eq!(
        (&found["type"], found["features"].as_array().unwrap().len()),
        (&json!("FeatureCollection"), 1)
    );
    found["features"][0].clone()
}

/// The example of the question: 8.836 square kilometres.
#[test]
fn a_sector_from_a_post() {
    let folder = Folder::with_demonstration();
    let found = feature(&folder, "--from OP-07 --bearing NNE --distance 2km..7km");
    let members = &found["properties"];
    assert_eq!(members["location_form"], json!("sector"));
    assert!((members["location_area_km2"].as_f64().unwrap() - 8.836).abs() < 5e-4);
    assert_eq!(members["post_certain"], json!(false));
    let ids: Vec<&Value> =
        members["post_candidates"].as_array().unwrap().iter().map(|c| &c["post_id"]).collect();
    assert_eq!(ids, [&json!("OP-08"), &json!("OP-07")]);
    assert_eq!(members["post_candidates"][1]["min_distance_m"], json!(2000));
    assert!(members["route_candidates"].is_array() && members["corridor_share"].is_number());
    assert_eq!(found["geometry"]["type"], json!("Polygon"));
    let ring = found["geometry"]["coordinates"][0].as_array().unwrap();
    assert_eq!(ring.first(), ring.last());
    let text = folder.run(&format!("{LOCATE} --from OP-07 --bearing NNE --distance 2km..7km")).ok();
    assert!(text.starts_with("sector, 8.836 km2 about "), "{text}");
    assert!(
        text.contains("nearest post uncertain: one of 2\n") && text.contains("2.000 km to 7.000 km"),
        "{text}"
    );
}

#[test]
fn every_form() {
    let folder = Folder::with_demonstration();
    for (options, form, geometry) in [
        ("--at 46.75,39.82", "position", "Point"),
        ("--at 46.75,39.82 --uncertainty 500", "circle", "Polygon"),
        ("--mgrs 38TNK1234", "grid", "Polygon"),
        ("--from OP-07 --bearing 43", "sector", "Polygon"),
        ("--from OP-07 --bearing 43 --bearing-tolerance 0", "ray", "LineString"),
        ("--from OP-07 --bearing 43 --bearing-tolerance 2 --north grid", "sector", "Polygon"),
        ("--from OP-07 --bearing 43 --north magnetic --declination 6.5", "sector", "Polygon"),
        ("--from OP-07 --bearing 43 --north magnetic --time 2020-10-04", "sector", "Polygon"),
        ("--from OP-07 --from OP-08 --bearing 43 --bearing 181 --bearing-tolerance 3", "fix", "Polygon"),
        ("--route R3 --chainage 12.4km --chainage-tolerance 200", "route", "LineString"),
    ] {
        let found = feature(&folder, options);
        assert_eq!(found["properties"]["location_form"], json!(form), "{options}");
        assert_eq!(found["geometry"]["type"], json!(geometry), "{options}");
        assert!(!found["properties"]["post_candidates"].as_array().unwrap().is_empty());
        folder.run(&format!("{LOCATE} {options}")).ok();
    }
}

/// "5 km NNE" is no region of 0 km2 that is certain.
#[test]
fn a_rounded_distance_has_an_area_and_says_what_was_assumed() {
    let folder = Folder::with_demonstration();
    let from = "--from OP-07 --bearing NNE --distance";
    let found = feature(&folder, &format!("{from} 5km"));
    let members = &found["properties"];
    let assumed = "distance 4500..5500 m; direction 11.25..33.75 degrees";
    assert_eq!(members["location_assumed"], json!(assumed));
    let area_km2 = members["location_area_km2"].as_f64().unwrap();
    assert!((area_km2 - 11.25_f64.to_radians() * (5.5_f64.powi(2) - 4.5_f64.powi(2))).abs() < 1e-2);
    let text = folder.run(&format!("{LOCATE} {from} 5km")).ok();
    assert!(text.contains(&format!("\nassumed: {assumed}\n")), "{text}");
    let text = folder.run(&format!("{LOCATE} {from} 2km..7km --bearing-tolerance 5")).ok();
    assert!(!text.contains("assumed"), "{text}");
    // A fix has deviations of its own.
    let fix = "--from OP-07 --from OP-08 --bearing 43 --bearing 181";
    assert_eq!(feature(&folder, fix)["properties"].get("location_assumed"), None);
}

#[test]
fn what_is_wrong_is_told_of_its_option() {
    let folder = Folder::with_demonstration();
    for (options, words) in [
        ("", "no report, expected one of --from"),
        ("--from OP-77 --bearing NNE", "--from: no post has the id `OP-77`: "),
        ("--route R99 --chainage 5km", "--route: no route has the id `R99`: "),
        ("--from OP-07 --from OP-08 --bearing 90 --bearing 90", "--from: "),
        ("--from OP-07 --bearing NNX", "--bearing: the bearing `NNX`"),
        ("--from OP-07 --bearing NNE --distance far", "--distance: the distance `far`"),
        ("--from OP-07 --from OP-08 --bearing 1 --bearing 2 --bearing 3", "--bearing: "),
        ("--mgrs 38TNK123", "--mgrs: "),
        ("--at 46.75,39.82 --mgrs 38TNK", "cannot be used with"),
        ("--bearing NNE", "--from"),
        ("--mgrs 38SPK4909 --bearing NNE", "without --from"),
        ("--at 46.75,39.82 --distance 5km", "without --from"),
        ("--route R3", "--chainage"),
        ("--route R3 --chainage 900km", "--chainage: "),
    ] {
        let run = folder.run(&format!("{LOCATE} {options}"));
        assert_eq!(run.status, 2, "{options}: {run:?}");
        assert!(run.err.contains(words), "{options}: {}", run.err);
    }
    folder.write("out.geojson", "{}");
    let run = folder.run(&format!("{LOCATE} --mgrs 38TNK --output out.geojson"));
    assert_eq!((run.status, folder.read("out.geojson").as_str()), (2, "{}"));
    folder.run(&format!("{LOCATE} --mgrs 38TNK --output out.geojson --force")).ok();
    assert!(folder.read("out.geojson").contains("\"location_form\":\"grid\""));
    let run = folder.run(&format!("{LOCATE} --mgrs 38TNK --output posts.geojson --force"));
    assert_eq!(run.status, 2);
}
