//! GeoPackage: what SQLite finds in it, and that it appears whole or not at all.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::program::{Folder, collection, feature, point};

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson";

fn written(folder: &Folder, from: &str) -> Connection {
    folder.run(&format!("{LAYERS} --incidents {from} --output out.gpkg --force")).ok();
    Connection::open(folder.path("out.gpkg")).unwrap()
}

fn value(database: &Connection, query: &str) -> Value {
    database.query_row(query, [], |row| row.get(0)).unwrap_or_else(|e| panic!("{query}: {e}"))
}

#[test]
fn types_and_names_are_kept_apart() {
    let folder = Folder::with_demonstration();
    let properties = r#"{"fid":7,"geom":"g","Name":"a","name":"b","big":9007199254740993,"huge":18446744073709551615,"part":0.1,"yes":true,"deep":{"a":[1]},"id_text":"007","":"empty"}"#;
    let features = [
        point("5", properties, 46.5, 39.6),
        feature("6", "{}", "null"),
        feature("7", "{}", r#"{"type":"LineString","coordinates":[[46,39,1],[47,40,2]]}"#),
    ];
    folder.write("in.geojson", collection(&features));
    let database = written(&folder, "in.geojson");
    assert_eq!(value(&database, "PRAGMA application_id"), Value::Integer(0x4750_4B47));
    assert_eq!(value(&database, "PRAGMA integrity_check"), Value::Text("ok".into()));
    let text = |text: &str| Value::Text(text.into());
    for (column, expected) in [
        ("ogc_fid", Value::Integer(1)),
        ("id", Value::Integer(5)),
        ("fid", Value::Integer(7)),
        ("geom", text("g")),
        ("Name", text("a")),
        ("name_2", text("b")),
        ("big", Value::Integer(9_007_199_254_740_993)),
        ("huge", text("18446744073709551615")),
        ("part", Value::Real(0.1)),
        ("yes", Value::Integer(1)),
        ("deep", text(r#"{"a":[1]}"#)),
        ("id_text", text("007")),
        ("column", text("empty")),
        ("in_corridor", Value::Integer(0)),
    ] {
        let query = format!("SELECT \"{column}\" FROM incidents WHERE ogc_fid = 1");
        assert_eq!(value(&database, &query), expected, "{column}");
    }
    assert_eq!(value(&database, "SELECT geometry FROM incidents WHERE ogc_fid = 2"), Value::Null);
    let mut shape = b"GP\0\x01\xE6\x10\0\0\x01\x01\0\0\0".to_vec();
    shape.extend(46.5_f64.to_le_bytes());
    shape.extend(39.6_f64.to_le_bytes());
    assert_eq!(value(&database, "SELECT geometry FROM incidents WHERE ogc_fid = 1"), Value::Blob(shape));
    let about = "SELECT column_name || geometry_type_name || srs_id || z || m FROM gpkg_geometry_columns";
    assert_eq!(value(&database, about), text("geometryGEOMETRY432620"));
    let extent = "SELECT min_x || ' ' || min_y || ' ' || max_x || ' ' || max_y FROM gpkg_contents";
    assert_eq!(value(&database, extent), text("46.0 39.0 47.0 40.0"));
    let systems = "SELECT group_concat(srs_id) FROM (SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1)";
    assert_eq!(value(&database, systems), text("-1,0,4326"));
}

#[test]
fn many_rows_of_a_table_in_their_order() {
    let folder = Folder::with_demonstration();
    let mut table = String::from("id,lon,lat\n");
    for row in 0..20_000 {
        table.push_str(&format!("{row:06},{},39.6\n", 46.0 + f64::from(row) / 20_000.0));
    }
    folder.write("in.csv", &table);
    let database = written(&folder, "in.csv");
    assert_eq!(value(&database, "SELECT count(*) FROM incidents"), Value::Integer(20_000));
    let wrong = "SELECT count(*) FROM incidents WHERE id <> printf('%06d', fid - 1)";
    assert_eq!(value(&database, wrong), Value::Integer(0));
    let kind = "SELECT geometry_type_name || z FROM gpkg_geometry_columns";
    assert_eq!(value(&database, kind), Value::Text("POINT0".into()));
}

#[test]
fn it_appears_whole_or_not_at_all() {
    let folder = Folder::with_demonstration();
    folder.write("in.csv", "id,lon,lat\n1,46.5,39.6\n2,north,39.6\n");
    let before = folder.names();
    folder.run(&format!("{LAYERS} --incidents in.csv --output out.gpkg")).fails(2, &["in.csv:3"]);
    assert_eq!(folder.names(), before);
    // To standard output too; and it is not read.
    let mut command = folder.command();
    command.args(format!("{LAYERS} --incidents incidents.geojson -q").split(' '));
    let out = command.args(["--output", "-", "--output-format", "gpkg"]).output().unwrap();
    assert!(out.stdout.starts_with(b"SQLite format 3\0"));
    folder.write("in.gpkg", &out.stdout);
    // It is read again.
    folder.run(&format!("{LAYERS} --incidents in.gpkg --output out.csv --replace")).ok();
    assert_eq!(folder.read("out.csv").lines().count(), 4);
    std::fs::remove_file(folder.path("out.csv")).unwrap();
    let full = std::path::Path::new("/dev/full");
    if full.exists() {
        let to = "--output /dev/full --output-format geopackage";
        folder.run(&format!("{LAYERS} --incidents incidents.geojson {to}")).fails(3, &["could not write"]);
        assert!(!folder.has("out.gpkg"));
    }
}
