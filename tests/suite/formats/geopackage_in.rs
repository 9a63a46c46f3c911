//! GeoPackages as features: which layer, its values and geometries, and that nothing is written.

use std::io::Read;

use patrol_corridor::Limit;
use patrol_corridor::io::{Features, LayerKind, LayerOptions, NoProperties, ReadLimits, Source, read_posts};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use crate::program::Folder;
use crate::text::features_of;

const TABLES: &str = "
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
        organization_coordsys_id INTEGER, definition TEXT, description TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '', ''), ('UTM 38N', 32638, 'EPSG', 32638, '', ''),
        ('CRS84', 100000, 'EPSG', 4326, '', ''), ('Ours', 100001, 'NONE', 1, '', '');
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);";

/// A file with these layers: name, columns behind the geometry, system.
fn made(folder: &Folder, layers: &[(&str, &str, i32)]) -> Connection {
    let database = Connection::open(folder.path("a.gpkg")).unwrap();
    database.execute_batch(TABLES).unwrap();
    for (name, columns, system) in layers {
        let table = format!("CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY, geom BLOB{columns})");
        database.execute_batch(&table).unwrap();
        database
            .execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?)", params![name, system])
            .unwrap();
        let place = "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?)";
        database.execute(place, params![name, system]).unwrap();
    }
    database
}

fn point(x: f64, y: f64) -> Vec<u8> {
    let head: &[u8] = b"GP\0\x01\xE6\x10\0\0\x01\x01\0\0\0";
    [head, &x.to_le_bytes(), &y.to_le_bytes()].concat()
}

fn read(folder: &Folder, layer: Option<&str>) -> Result<Vec<Value>, String> {
    let features = Features::geopackage(&folder.path("a.gpkg"), layer, &ReadLimits::default());
    let mut text = String::new();
    features.map_err(|e| e.to_string())?.read_to_string(&mut text).map_err(|e| e.to_string())?;
    Ok(features_of(&text))
}

#[test]
fn rows_are_features() {
    let folder = Folder::new();
    let columns = ", name TEXT, n INTEGER, r REAL, ok BOOLEAN, day DATE, at DATETIME, b BLOB, \"a \"\"b\" TEXT, \
                   twice INTEGER GENERATED ALWAYS AS (n * 2) VIRTUAL";
    let database = made(&folder, &[("posts", columns, 4326)]);
    let insert = "INSERT INTO posts (fid, geom, name, n, r, ok, day, at, b, \"a \"\"b\") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let row = params![
        -5,
        point(46.8, 40.0),
        "тест",
        9_007_199_254_740_993_i64,
        0.1,
        1,
        "2026-11-20",
        "2026-11-20T06:10:00Z",
        b"ab\xFF",
        "x"
    ];
    database.execute(insert, row).unwrap();
    database.execute("INSERT INTO posts (fid, r) VALUES (7, 9e999)", []).unwrap();
    drop(database);
    let found = read(&folder, None).unwrap();
    assert_eq!(
        found,
        [
            json!({"type": "Feature", "id": -5, "geometry": {"type": "Point", "coordinates": [46.8, 40]},
                "properties": {"name": "тест", "n": 9_007_199_254_740_993_i64, "r": 0.1, "ok": true, "day": "2026-11-20",
                    "at": "2026-11-20T06:10:00Z", "b": "YWL/", "a \"b": "x", "twice": 18_014_398_509_481_986_i64}}),
            json!({"type": "Feature", "id": 7, "geometry": null,
                "properties": {"name": null, "n": null, "r": "inf", "ok": null, "day": null, "at": null, "b": null,
                    "a \"b": null, "twice": null}}),
        ]
    );
}

#[test]
fn all_rows_come_in_order_over_many_pages() {
    let folder = Folder::new();
    let mut database = made(&folder, &[("posts", ", note TEXT", 4326)]);
    let change = database.transaction().unwrap();
    for at in 0..5_003_i64 {
        let note = "x".repeat(if at % 1_000 == 0 { 1 << 20 } else { 3 });
        let fid = if at == 5_002 { i64::MAX } else { at * 7 - 20_000 };
        change.execute("INSERT INTO posts VALUES (?, ?, ?)", params![fid, point(46.0, 40.0), note]).unwrap();
    }
    change.commit().unwrap();
    let fids: Vec<i64> =
        read(&folder, None).unwrap().iter().map(|found| found["id"].as_i64().unwrap()).collect();
    let expected = (0..5_002).map(|at| at * 7 - 20_000).chain([i64::MAX]);
    assert_eq!(fids, expected.collect::<Vec<i64>>());
    let limits = ReadLimits::default().with_record_bytes(1 << 17);
    let features = Features::geopackage(&folder.path("a.gpkg"), None, &limits).unwrap();
    assert_eq!(Source::read("a.gpkg", features).unwrap_err().exceeded(), Some(Limit::Record));
}

#[test]
fn the_layer_is_the_only_one_or_named() {
    let folder = Folder::new();
    let database = made(&folder, &[("posts", "", 4326)]);
    database
        .execute_batch(
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, qml TEXT);
             CREATE TABLE log (rowid TEXT, _rowid_ TEXT, note TEXT);
             INSERT INTO log VALUES ('a', 'b', 'c');
             INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 0), ('log', 'attributes', 0);",
        )
        .unwrap();
    assert_eq!(read(&folder, None).unwrap(), [Value::Null; 0]);
    assert_eq!(
        read(&folder, Some("LOG")).unwrap(),
        [
            json!({"type": "Feature", "id": 1, "geometry": null, "properties": {"rowid": "a", "_rowid_": "b", "note": "c"}})
        ]
    );
    database.execute_batch("DELETE FROM gpkg_contents WHERE table_name = 'posts'").unwrap();
    assert_eq!(read(&folder, None).unwrap().len(), 1);
    database
        .execute_batch(
            "INSERT INTO gpkg_contents VALUES ('posts', 'features', 4326), ('routes', 'features', 4326);
             CREATE VIEW routes AS SELECT * FROM posts;",
        )
        .unwrap();
    let error = read(&folder, None).unwrap_err();
    let name = folder.path("a.gpkg").display().to_string();
    for layer in ["posts", "routes", "log"] {
        assert!(error.contains(&format!("`{name}#{layer}`")), "{error}");
    }
    assert!(!error.contains("layer_styles"), "{error}");
    assert!(read(&folder, Some("none")).unwrap_err().contains("there is no layer `none`; there are"));
    assert!(read(&folder, Some("routes")).unwrap_err().contains("layer `routes`: a view and no table"));
}

#[test]
fn systems_are_named_by_their_number() {
    for (system, crs) in [(4326, None), (-1, None), (0, None), (100_000, None), (32_638, Some("EPSG:32638"))]
    {
        let folder = Folder::new();
        let database = made(&folder, &[("posts", "", system)]);
        let blob = if crs.is_some() { point(500_000.0, 4_400_000.0) } else { point(45.0, 39.0) };
        database.execute("INSERT INTO posts VALUES (1, ?)", [blob]).unwrap();
        let features = Features::geopackage(&folder.path("a.gpkg"), None, &ReadLimits::default()).unwrap();
        assert_eq!(features.crs().map(ToString::to_string).as_deref(), crs);
        let options = LayerOptions::default().with_crs(features.crs().cloned());
        let source = Source::read("a.geojsonl", features.for_layer(LayerKind::Posts)).unwrap();
        let position = read_posts::<NoProperties>(&source, &options).unwrap().items[0].position;
        assert!((position.lon_deg() - 45.0).abs() < 1e-9, "{position:?}");
    }
    for system in [100_001, 5] {
        let folder = Folder::new();
        made(&folder, &[("posts", "", system)]);
        let error = read(&folder, None).unwrap_err();
        assert!(error.contains(&format!("({system})")) && error.contains("ogr2ogr"), "{error}");
    }
}

#[test]
fn nothing_is_written_and_unfinished_edits_are_named() {
    let folder = Folder::new();
    let database = made(&folder, &[("posts", "", 4326)]);
    database.execute("INSERT INTO posts VALUES (1, ?)", [point(46.0, 40.0)]).unwrap();
    database.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    drop(database);
    assert_eq!(read(&folder, None).unwrap().len(), 1);
    assert_eq!(folder.names(), ["a.gpkg"]);
    // While another program has it open.
    let database = Connection::open(folder.path("a.gpkg")).unwrap();
    database.execute("INSERT INTO posts VALUES (2, ?)", [point(46.0, 40.0)]).unwrap();
    assert_eq!(read(&folder, None).unwrap().len(), 2);
    let beside = |name: &str| std::fs::read(folder.path(name)).unwrap();
    let (whole, edits) = (beside("a.gpkg"), beside("a.gpkg-wal"));
    assert_eq!(folder.names(), ["a.gpkg", "a.gpkg-shm", "a.gpkg-wal"]);
    drop(database);
    // A copy of both files, without what they share.
    let copy = Folder::new();
    copy.write("a.gpkg", &whole);
    copy.write("a.gpkg-wal", &edits);
    let error = read(&copy, None).unwrap_err();
    assert!(error.contains("edits that are not in the file yet") && error.contains("QGIS"), "{error}");
    assert_eq!(copy.names(), ["a.gpkg", "a.gpkg-wal"]);
    copy.write("a.gpkg-wal", "");
    assert_eq!(read(&copy, None).unwrap().len(), 1);
    copy.write("a.gpkg-journal", "x");
    assert!(read(&copy, None).unwrap_err().contains("-journal"));
}

#[test]
fn what_is_damaged_is_named() {
    let folder = Folder::new();
    folder.write("a.gpkg", "PK");
    assert!(
        read(&folder, None)
            .unwrap_err()
            .contains("a.gpkg: no GeoPackage: the file is not a database of SQLite")
    );
    let folder = Folder::new();
    Connection::open(folder.path("a.gpkg")).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    assert!(read(&folder, None).unwrap_err().contains("without the table gpkg_contents"));
    let folder = Folder::new();
    let database = made(&folder, &[("posts", ", note TEXT", 4326)]);
    for fid in 1..=60 {
        let row = params![fid, point(46.0, 40.0), "note ".repeat(40)];
        database.execute("INSERT INTO posts VALUES (?, ?, ?)", row).unwrap();
    }
    let whole = std::fs::read(folder.path("a.gpkg")).unwrap();
    database.execute("INSERT INTO posts VALUES (61, ?, '')", [&point(46.0, 40.0)[..20]]).unwrap();
    let error = read(&folder, None).unwrap_err();
    assert!(error.contains("a.gpkg: layer `posts`, fid 61: a geometry that ends too early"), "{error}");
    // Any bytes are features or an error.
    let damaged = Folder::new();
    for at in (0..whole.len()).step_by(61) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xFF;
        damaged.write("a.gpkg", &bytes);
        drop(read(&damaged, None));
        damaged.write("a.gpkg", &whole[..at]);
        drop(read(&damaged, None));
    }
    assert_eq!(damaged.names(), ["a.gpkg"]);
}
