//! `--mgrs`: a grid reference for each location, as wide as what is known of it.

use patrol_corridor::Position;
use patrol_corridor::region::GridSquare;
use serde_json::{Value, json};

use crate::program::{Folder, feature, multi_point, point, properties};

const POSTS: &str = "--posts posts.geojson --mgrs";

fn folder(incidents: &[String]) -> Folder {
    Folder::with_layers(&[point("\"OP-1\"", "{}", 46.8, 40.0)], &[], incidents)
}

fn references(annotated: &str) -> Vec<Value> {
    properties(annotated).into_iter().map(|mut properties| properties["location_mgrs"].take()).collect()
}

#[test]
fn digits_are_as_many_as_the_location_is_certain() {
    let described = |properties: &str| feature("null", properties, "null");
    let folder = folder(&[
        point("null", "{}", 46.807759, 40.068059),
        point("null", r#"{"uncertainty_m":50}"#, 46.807759, 40.068059),
        point("null", r#"{"uncertainty_m":51}"#, 46.807759, 40.068059),
        point("null", r#"{"uncertainty_m":60000}"#, 46.807759, 40.068059),
        described(r#"{"mgrs":"38T NK 12 34"}"#),
        // 35 km and more from the post, 22.5 degrees wide.
        described(r#"{"observer_post":"OP-1","bearing":"N","distance_m":"40 km"}"#),
        multi_point("null", "{}", "[[46.8,40.0],[46.9,40.0]]"),
        described("{}"),
    ]);
    let run = |more: &str| {
        folder.run(&format!(
            "annotate {POSTS} --incidents incidents.geojson --output - --output-format geojson {more}"
        ))
    };
    let annotated = run("").ok();
    let found = references(&annotated);
    // PROJ has the position at 654160.894 E, 4436876.897 N in zone 38.
    let expected =
        json!(["38TPK5416036876", "38TPK541368", "38TPK5436", null, "38TNK1234", "38TPK", null, null]);
    assert_eq!(Value::from(found), expected);
    // Null for several positions and wide regions; an incident without a location has a warning alone.
    let present: Vec<bool> =
        properties(&annotated).iter().map(|properties| properties.get("location_mgrs").is_some()).collect();
    assert_eq!(present, [true, true, true, true, true, true, true, false]);
    // Behind a prefix as the others, replaced as they are, and never written over.
    folder.write("incidents.geojson", &annotated);
    assert_eq!(run("--replace").ok(), annotated);
    let behind_a_prefix = properties(&run("--replace --prefix x_").ok());
    assert_eq!(behind_a_prefix[0]["x_location_mgrs"], "38TPK5416036876");
    run("").fails(2, &["--replace"]);
}

#[test]
fn a_reference_holds_its_position() {
    let mut rng = fastrand::Rng::with_seed(38);
    let places: Vec<Position> = (0..200)
        .map(|_| Position::from_lon_lat(360.0 * rng.f64() - 180.0, 180.0 * rng.f64() - 90.0).unwrap())
        .collect();
    let folder = folder(&[]);
    let rows: String = places.iter().map(|at| format!("{},{}\n", at.lon_deg(), at.lat_deg())).collect();
    folder.write("log.csv", format!("lon,lat\n{rows}"));
    folder.run(&format!("annotate {POSTS} --incidents log.csv --output out.csv")).ok();
    let mut table = csv::Reader::from_reader(std::fs::File::open(folder.path("out.csv")).unwrap());
    let column = table.headers().unwrap().iter().position(|name| name == "location_mgrs").unwrap();
    let mut rows = 0;
    for (row, at) in table.records().zip(&places) {
        let square: GridSquare = row.unwrap()[column].parse().unwrap();
        assert_eq!(square.size_m(), 1.0);
        assert!(square.distance_bounds(*at).min_m < 1e-3, "{at}");
        rows += 1;
    }
    assert_eq!(rows, 200);
}

/// The column that a run adds is none that the next one reads, or wonders about.
#[test]
fn it_is_no_description() {
    let folder = folder(&[]);
    folder.write("log.csv", "lon,lat\n46.8,40.1\n");
    folder.run(&format!("annotate {POSTS} --incidents log.csv --output out.csv")).ok();
    let run = folder.run("bulletin --posts posts.geojson --incidents out.csv --output - --format json");
    assert!(!run.err.contains("location_mgrs"), "{}", run.err);
}
