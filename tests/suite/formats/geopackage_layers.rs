//! Several layers in one GeoPackage: their spatial indexes, their styles, and that two runs write the same.

use patrol_corridor::io::{Features, ReadLimits};
use rusqlite::Connection;
use std::io::Read;

use crate::program::Folder;
use crate::text::features_of;

const LAYERS: &str = "--posts posts.geojson --routes routes.geojson";

/// A log with positions, regions, and one row without either.
fn with_log() -> Folder {
    let folder = Folder::with_demonstration();
    folder.write(
        "log.csv",
        "id,lon,lat,observer_post,bearing,distance_min_km,distance_max_km\n001,46.75,39.85,,,,\n\
         002,,,OP-07,NNE,2,7\n003,46.81,40.07,,,,\n004,,,,,,\n",
    );
    folder
}

fn open(folder: &Folder, name: &str) -> Connection {
    Connection::open(folder.path(name)).unwrap()
}

fn texts(database: &Connection, query: &str) -> Vec<String> {
    let mut statement = database.prepare(query).unwrap_or_else(|e| panic!("{query}: {e}"));
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn count(database: &Connection, query: &str) -> i64 {
    database.query_row(query, [], |row| row.get(0)).unwrap_or_else(|e| panic!("{query}: {e}"))
}

fn layer(folder: &Folder, file: &str, name: &str) -> Vec<serde_json::Value> {
    let mut text = String::new();
    let features = Features::geopackage(&folder.path(file), Some(name), &ReadLimits::default());
    features.unwrap().read_to_string(&mut text).unwrap();
    features_of(&text)
}

const NIGHT: &str =
    "--output night.gpkg --regions night.gpkg --connectors night.gpkg#lines --qml --allow-incomplete";

#[test]
fn annotated_incidents_with_their_regions_and_connectors() {
    let folder = with_log();
    folder.run(&format!("annotate {LAYERS} --incidents log.csv {NIGHT}")).ok();
    assert!(!folder.has("night.qml"), "the style is inside");
    let database = open(&folder, "night.gpkg");
    let names =
        texts(&database, "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY 1");
    assert_eq!(names, ["incidents", "lines", "regions"]);
    assert_eq!(layer(&folder, "night.gpkg", "incidents").len(), 4);
    let regions = layer(&folder, "night.gpkg", "regions");
    assert_eq!((regions.len(), &regions[0]["properties"]["id"]), (1, &"002".into()));
    let alone =
        "--output alone.csv --regions alone.geojson --connectors alone-lines.geojson --allow-incomplete";
    folder.run(&format!("annotate {LAYERS} --incidents log.csv {alone}")).ok();
    for (name, file) in [("regions", "alone.geojson"), ("lines", "alone-lines.geojson")] {
        let alone = features_of(&folder.read(file));
        let inside = layer(&folder, "night.gpkg", name);
        assert_eq!(inside.len(), alone.len());
        for (inside, alone) in inside.iter().zip(&alone) {
            assert_eq!(inside["geometry"], alone["geometry"]);
            for (key, value) in alone["properties"].as_object().unwrap() {
                let found = &inside["properties"][key];
                let as_text = found.as_str().and_then(|text| serde_json::from_str(text).ok());
                let is_one = found == value
                    || as_text.as_ref() == Some(value)
                    || found.as_f64().is_some() && found.as_f64() == value.as_f64();
                assert!(is_one, "{key}: {found}, {value}");
            }
        }
    }
}

#[test]
fn the_index_holds_the_bounds_of_every_geometry() {
    let folder = with_log();
    folder.run(&format!("annotate {LAYERS} --incidents log.csv {NIGHT}")).ok();
    let database = open(&folder, "night.gpkg");
    for (name, indexed) in [("incidents", 3), ("regions", 1), ("lines", 6)] {
        let found = layer(&folder, "night.gpkg", name);
        let query = format!("SELECT count(*) FROM rtree_{name}_geom");
        assert_eq!(count(&database, &query), indexed, "{name}");
        for (at, feature) in (1..).zip(&found).filter(|(_, feature)| !feature["geometry"].is_null()) {
            let text = feature["geometry"]["coordinates"].to_string();
            let numbers = text.split(['[', ']', ',']).filter_map(|part| part.parse::<f64>().ok());
            let (lons, lats): (Vec<_>, Vec<_>) = numbers.enumerate().partition(|(at, _)| at % 2 == 0);
            let ends = |of: &[(usize, f64)]| {
                let numbers = of.iter().map(|(_, number)| *number);
                (numbers.clone().fold(f64::MAX, f64::min), numbers.fold(f64::MIN, f64::max))
            };
            let ((west, east), (south, north)) = (ends(&lons), ends(&lats));
            // The index rounds outwards to 32 bits: a part in ten million.
            let near =
                |column: &str, is: f64, sign: f64| format!("{sign} * ({column} - {is}) BETWEEN 0 AND 1e-5");
            let query = format!(
                "SELECT count(*) FROM rtree_{name}_geom WHERE id = {at} AND {} AND {} AND {} AND {}",
                near("minx", west, -1.0),
                near("maxx", east, 1.0),
                near("miny", south, -1.0),
                near("maxy", north, 1.0)
            );
            assert_eq!(count(&database, &query), 1, "{query}");
        }
        let extension = format!(
            "SELECT count(*) FROM gpkg_extensions WHERE table_name = '{name}' AND column_name = 'geom' \
             AND extension_name = 'gpkg_rtree_index' AND scope = 'write-only'"
        );
        assert_eq!(count(&database, &extension), 1);
        let triggers = format!(
            "SELECT substr(name, 13 + length('{name}')) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{name}' ORDER BY 1"
        );
        let expected = ["delete", "insert", "update2", "update4", "update5", "update6", "update7"];
        assert_eq!(texts(&database, &triggers), expected);
    }
    assert_eq!(texts(&database, "PRAGMA integrity_check"), ["ok"]);
    assert_eq!(texts(&database, "SELECT rtreecheck('rtree_lines_geom')"), ["ok"]);
}

#[test]
fn each_layer_has_its_style_as_qgis_keeps_it() {
    let folder = with_log();
    folder.run(&format!("annotate {LAYERS} --incidents log.csv {NIGHT}")).ok();
    folder.run(&format!("annotate {LAYERS} --incidents log.csv --output a.geojson --regions b.geojson --connectors c.geojson --qml --allow-incomplete")).ok();
    let database = open(&folder, "night.gpkg");
    for (name, file) in [("incidents", "a.qml"), ("regions", "b.qml"), ("lines", "c.qml")] {
        let query = format!(
            "SELECT styleQML FROM layer_styles WHERE f_table_catalog = '' AND f_table_schema = '' \
             AND f_table_name = '{name}' AND f_geometry_column = 'geom' AND useAsDefault = 1"
        );
        assert_eq!(texts(&database, &query), [folder.read(file)], "{name}");
    }
    let listed = texts(&database, "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'");
    assert_eq!(listed, ["attributes"]);
    // Without the option there is none.
    folder.run(&format!("annotate {LAYERS} --incidents incidents.geojson --output plain.gpkg")).ok();
    let query = "SELECT count(*) FROM sqlite_master WHERE name = 'layer_styles'";
    assert_eq!(count(&open(&folder, "plain.gpkg"), query), 0);
}

#[test]
fn two_runs_write_the_same_bytes() {
    let folder = with_log();
    let mut table = String::from("id,lon,lat,time\n");
    for row in 0..9_000 {
        table.push_str(&format!(
            "{row},{},{},\n",
            46.0 + f64::from(row % 97) / 90.0,
            39.0 + f64::from(row % 89) / 90.0
        ));
    }
    folder.write("many.csv", &table);
    let mut written = Vec::new();
    for threads in [1, 3] {
        let run = format!("annotate {LAYERS} --incidents many.csv --threads {threads} {NIGHT} --force");
        folder.run(&run).ok();
        written.push(std::fs::read(folder.path("night.gpkg")).unwrap());
    }
    assert!(written[0] == written[1], "the files differ");
}

#[test]
fn layers_of_other_commands() {
    let folder = with_log();
    folder.run(&format!(
        "coverage {LAYERS} --radius 5000 --output watch.gpkg --gaps watch.gpkg#unseen --suggest 2 --suggestions watch.gpkg --qml"
    )).ok();
    let database = open(&folder, "watch.gpkg");
    let names =
        texts(&database, "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY 1");
    assert_eq!(names, ["suggestions", "unseen", "watch"]);
    assert_eq!(texts(&database, "SELECT f_table_name FROM layer_styles ORDER BY 1"), names);
    folder.run(&format!("beats {LAYERS} --output b.gpkg --sectors b.gpkg --within corridors")).ok();
    assert!(!layer(&folder, "b.gpkg", "sectors").is_empty() && !layer(&folder, "b.gpkg", "b").is_empty());
    folder.run("corridors --routes routes.geojson --output c.gpkg#areas").ok();
    assert!(!layer(&folder, "c.gpkg", "areas").is_empty());
    // Layers of two sidecar files beside text, and a layer read by another command.
    let run = "--incidents log.csv --output a.csv --regions s.gpkg --connectors s.gpkg --allow-incomplete";
    folder.run(&format!("annotate {LAYERS} {run}")).ok();
    assert_eq!(layer(&folder, "s.gpkg", "connectors").len(), 6);
    let areas = "--corridors c.gpkg#areas --incidents incidents.geojson --output d.csv";
    folder.run(&format!("annotate --posts posts.geojson {areas}")).ok();
    folder.run("route marks --routes routes.geojson --every 10000 --output marks.gpkg").ok();
    assert!(!layer(&folder, "marks.gpkg", "marks").is_empty());
    folder.run("route marks --routes routes.geojson --every 10000 --output m.gpkg#v1.2").ok();
    assert!(!layer(&folder, "m.gpkg", "v1.2").is_empty());
}

#[test]
fn layers_that_do_not_go_together_are_refused_before_any_work() {
    let folder = with_log();
    let before = folder.names();
    let run = |rest: &str, says: &[&str]| {
        folder.run(&format!("annotate {LAYERS} --incidents log.csv {rest}")).fails(2, says);
        assert_eq!(folder.names(), before, "{rest}");
    };
    run("--output n.gpkg --regions n.gpkg#Incidents", &["n.gpkg", "two layers `Incidents`", "another name"]);
    run("--output n.gpkg#gpkg_x", &["no layer of the name `gpkg_x`"]);
    run("--output n.gpkg#", &["no layer of the name ``"]);
    run("--output n.gpkg --skip-invalid --rejects n.gpkg", &["one file"]);
    run("--output n.gpkg --output-format csv", &["n.gpkg", "extension of its format"]);
    // A file that is there is replaced as a whole, and only if that is wanted.
    folder.run(&format!("annotate {LAYERS} --incidents incidents.geojson --output n.gpkg")).ok();
    let old = std::fs::read(folder.path("n.gpkg")).unwrap();
    folder
        .run(&format!("annotate {LAYERS} --incidents log.csv --output n.gpkg#more"))
        .fails(2, &["n.gpkg", "--force"]);
    assert!(std::fs::read(folder.path("n.gpkg")).unwrap() == old);
    // It is no input of the same run, layer or not.
    folder
        .run(&format!(
            "annotate {LAYERS} --incidents n.gpkg#incidents --output n.gpkg#more --force --replace"
        ))
        .fails(2, &["the output is also an input"]);
}
