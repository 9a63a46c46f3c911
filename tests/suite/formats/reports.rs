//! Reports that are not a point, on their way into binary formats: the answers, the geometries, and the layers beside them.

use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use serde_json::{Value, json};

use crate::fixtures::project_path;
use crate::program::{Folder, collection, feature, json as parsed, point, properties};

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson --prefix near_";

/// Formats that the program reads again, too.
const READ_AGAIN: [&str; 2] = ["fgb", "parquet"];

/// A log of twenty described locations in every form, and the same forms as features: with a geometry of their own, and without.
fn folder() -> Folder {
    let folder = Folder::with_demonstration();
    std::fs::copy(project_path("tests/fixtures/sightings/log.csv"), folder.path("log.csv")).unwrap();
    let report = |members: &str| feature("null", members, "null");
    let features = [
        report(r#"{"observer_post":"OP-07","bearing":"NNE","distance_m":"2km..7km"}"#),
        report(r#"{"observer_post":["OP-11","OP-12","OP-14"],"bearing":[152,183,230]}"#),
        report(r#"{"mgrs":"38SPK4909"}"#),
        report(r#"{"dms":"39°45'30\"N 46°52'10\"E"}"#),
        report(r#"{"observer_post":"OP-18","bearing":95}"#),
        point("1", r#"{"uncertainty_m":25000}"#, 46.75, 39.82),
        point("2", r#"{"where_prec":4}"#, 46.75, 39.82),
        point("3", "{}", 46.8, 39.9),
        report("{}"),
    ];
    folder.write("day.geojson", collection(&features));
    folder
}

fn annotate(folder: &Folder, from: &str, to: &str, more: &str) {
    let run = folder.run(&format!("{LAYERS} --incidents {from} --output {to} --force {more}"));
    assert_eq!(run.status, 0, "{from} to {to}: {}", run.err);
}

/// True for the same value, 1 and 1.0 being one number.
fn is_same(found: &Value, expected: &Value) -> bool {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(expected)) => found == expected,
        _ => found == expected,
    }
}

/// The value, of a list that had to become text what the text says.
fn untold(value: &Value, expected: &Value) -> Value {
    match (value, expected) {
        (Value::String(text), Value::Array(_)) => parsed(text),
        _ => value.clone(),
    }
}

fn geometries(collection: &str) -> Vec<Value> {
    let collection = parsed(collection);
    collection["features"].as_array().unwrap().iter().map(|feature| feature["geometry"].clone()).collect()
}

#[test]
fn answers_come_back_as_they_were() {
    let folder = folder();
    for (from, reports) in [("log.csv", 18), ("day.geojson", 7)] {
        annotate(&folder, from, "plain.geojson", "");
        let expected = properties(&folder.read("plain.geojson"));
        let regions = expected.iter().filter(|of| !of["near_location_form"].is_null());
        assert_eq!(regions.count(), reports);
        for format in READ_AGAIN {
            annotate(&folder, from, &format!("there.{format}"), "");
            // What is written by this run stands under other names.
            let back = format!(
                "{} --incidents there.{format} --output back.geojson --force",
                LAYERS.replace("near_", "again_")
            );
            folder.run(&back).ok();
            let text = folder.read("back.geojson");
            let found = properties(&text);
            assert_eq!(found.len(), expected.len());
            let mut compared = 0;
            for (found, expected) in found.iter().zip(&expected) {
                for (name, value) in expected.as_object().unwrap() {
                    if name.starts_with("near_") && name != "near_location_warning" {
                        assert!(
                            is_same(&untold(&found[name], value), value),
                            "{from} {format} {name}: {found}"
                        );
                        compared += 1;
                    }
                }
                let none = found.as_object().unwrap().iter().filter(|(name, value)| {
                    name.starts_with("near_") && !value.is_null() && expected[*name].is_null()
                });
                assert_eq!(none.count(), 0, "{from} {format} {found}");
            }
            assert!(compared > 15 * reports, "{compared}");
            // A row stands where its position or its region's reference point is; a feature where it was.
            let own = geometries(&folder.read("plain.geojson"));
            assert_eq!(geometries(&text).len(), own.len());
            for (found, own) in geometries(&text).iter().zip(&own) {
                assert_eq!(found, own, "{from} {format}");
            }
        }
    }
}

#[test]
fn geopackage_has_the_answers_in_columns() {
    let folder = folder();
    for from in ["log.csv", "day.geojson"] {
        annotate(&folder, from, "plain.geojson", "");
        annotate(&folder, from, "out.gpkg", "");
        let text = folder.read("plain.geojson");
        let (expected, shapes) = (properties(&text), geometries(&text));
        let database = Connection::open(folder.path("out.gpkg")).unwrap();
        let key: String = database
            .query_row("SELECT name FROM pragma_table_info('incidents') WHERE pk = 1", [], |row| row.get(0))
            .unwrap();
        let shape_column: String = database
            .query_row("SELECT column_name FROM gpkg_geometry_columns", [], |row| row.get(0))
            .unwrap();
        let cell = |name: &str, row: usize| -> Cell {
            let query = format!("SELECT \"{name}\" FROM incidents WHERE \"{key}\" = {}", row + 1);
            database.query_row(&query, [], |row| row.get(0)).unwrap_or_else(|e| panic!("{query}: {e}"))
        };
        for (name, declared) in [
            ("near_location_form", "TEXT"),
            ("near_location_area_km2", "DOUBLE"),
            ("near_post_certain", "BOOLEAN"),
            ("near_route_certain", "BOOLEAN"),
            ("near_post_candidates", "TEXT"),
            ("near_corridor_share", "DOUBLE"),
            ("near_location_doubt", "TEXT"),
            ("near_location_assumed", "TEXT"),
        ] {
            let declaration = "SELECT type FROM pragma_table_info('incidents') WHERE name = ?";
            let found: String = database.query_row(declaration, [name], |row| row.get(0)).unwrap();
            assert_eq!(found, declared, "{name}");
        }
        for (row, (expected, shape)) in expected.iter().zip(&shapes).enumerate() {
            for (name, value) in expected.as_object().unwrap() {
                if !name.starts_with("near_") || name == "near_location_warning" {
                    continue;
                }
                let found = match (cell(name, row), value) {
                    (Cell::Null, _) => Value::Null,
                    (Cell::Integer(number), Value::Bool(_)) => json!(number == 1),
                    (Cell::Integer(number), _) => json!(number),
                    (Cell::Real(number), _) => json!(number),
                    (Cell::Text(text), Value::Array(_)) => parsed(&text),
                    (Cell::Text(text), _) => json!(text),
                    (Cell::Blob(_), _) => panic!("{name}"),
                };
                assert!(is_same(&found, value), "{from} {name} of row {row}: {found}, not {value}");
            }
            let has_shape = matches!(cell(&shape_column, row), Cell::Blob(_));
            assert_eq!(has_shape, !shape.is_null(), "{from} row {row}");
        }
    }
}

/// The regions of a layer: what their properties say, and their geometries. The id of a row is one of its columns.
fn regions(collection: &str) -> Vec<(Value, Value)> {
    let mut said = properties(collection);
    for properties in &mut said {
        properties.as_object_mut().unwrap().retain(|name, value| name != "id" && !value.is_null());
    }
    said.into_iter().zip(geometries(collection)).collect()
}

/// Whatever the output is, the layers beside it are the same.
#[test]
fn layers_beside_binary_outputs() {
    let folder = folder();
    let beside = "--qml --connectors lines.geojson --regions regions.geojson";
    for from in ["log.csv", "day.geojson"] {
        annotate(&folder, from, "table.geojson", beside);
        let styles = ["lines.qml", "regions.qml", "table.qml"];
        let layers = ["lines.geojson", "regions.geojson"];
        // The collections beside GeoJSON have its provenance.
        let lines = || parsed(&folder.read(layers[0]))["features"].clone();
        let read = || (styles.map(|name| folder.read(name)), lines(), regions(&folder.read(layers[1])));
        let expected = read();
        assert!(expected.1.as_array().unwrap().len() > 12 && expected.2.len() > 5);
        for format in ["fgb", "parquet", "gpkg"] {
            for name in layers.into_iter().chain(styles) {
                std::fs::remove_file(folder.path(name)).unwrap();
            }
            annotate(&folder, from, &format!("table.{format}"), beside);
            if format == "gpkg" {
                // Its style is inside.
                assert!(!folder.has("table.qml"));
                folder.write("table.qml", &expected.0[2]);
            }
            assert!(read() == expected, "{from} {format}");
        }
    }
    // A style that would lie beside nothing is told before anything is written.
    for format in ["flatgeobuf", "parquet", "geopackage", "csv"] {
        let names = folder.names();
        let run =
            folder.run(&format!("{LAYERS} --incidents log.csv --output - --output-format {format} --qml"));
        run.fails(2, &["--qml needs files, not `-`"]);
        for option in ["--regions", "--connectors"] {
            let run =
                folder.run(&format!("{LAYERS} --incidents log.csv --output new.fgb {option} new.parquet"));
            run.fails(
                2,
                &["new.parquet", option, "none of the formats that features are written in", ".geojson"],
            );
        }
        let run = folder
            .run(&format!("{LAYERS} --incidents log.csv --output day.fgb --regions day.geojsonl --qml"));
        run.fails(2, &["day.qml", "two files of this name with --qml"]);
        assert_eq!(folder.names(), names);
    }
}
