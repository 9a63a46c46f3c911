//! Shapefiles as features: every shape, the values of the table beside it, and files that are cut or claim too much.

use std::io::Read;
use std::path::PathBuf;

use patrol_corridor::Limit;
use patrol_corridor::io::{Features, LayerKind, LayerOptions, NoProperties, ReadLimits, Source, read_posts};
use serde_json::{Value, json};

use crate::program::Folder;
use crate::text::features_of;

/// A record of a `.shp`: the type, and what follows it.
fn record(kind: i32, content: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], content].concat()
}

fn numbers(numbers: &[f64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// What lines, areas and points of several are: a box, counts, where parts begin, and numbers.
fn parts(starts: &[i32], count: i32, rest: &[f64]) -> Vec<u8> {
    let head = [i32::try_from(starts.len()).unwrap(), count];
    let integers = head.iter().chain(starts).flat_map(|number| number.to_le_bytes());
    [&[0; 32][..], &integers.collect::<Vec<u8>>(), &numbers(rest)].concat()
}

fn shp(records: &[Vec<u8>]) -> Vec<u8> {
    let mut file = vec![0; 100];
    file[..4].copy_from_slice(&9994_u32.to_be_bytes());
    for (at, content) in records.iter().enumerate() {
        file.extend(u32::try_from(at + 1).unwrap().to_be_bytes());
        file.extend(u32::try_from(content.len() / 2).unwrap().to_be_bytes());
        file.extend(content);
    }
    let words = u32::try_from(file.len() / 2).unwrap();
    file[24..28].copy_from_slice(&words.to_be_bytes());
    file
}

/// A table of fields (name, type, width) and rows as they are, their mark first.
fn dbf(language: u8, fields: &[(&str, u8, u8)], rows: &[&[u8]]) -> Vec<u8> {
    let width: u16 = 1 + fields.iter().map(|(.., width)| u16::from(*width)).sum::<u16>();
    let mut file = vec![0; 32];
    file[0] = 3;
    file[4..8].copy_from_slice(&u32::try_from(rows.len()).unwrap().to_le_bytes());
    file[8..10].copy_from_slice(&u16::try_from(33 + 32 * fields.len()).unwrap().to_le_bytes());
    file[10..12].copy_from_slice(&width.to_le_bytes());
    file[29] = language;
    for (name, kind, width) in fields {
        let mut field = [0; 32];
        field[..name.len()].copy_from_slice(name.as_bytes());
        (field[11], field[16]) = (*kind, *width);
        file.extend(field);
    }
    file.push(b'\r');
    rows.iter().for_each(|row| file.extend(*row));
    file
}

fn folder(files: &[(&str, &[u8])]) -> (Folder, PathBuf) {
    let folder = Folder::new();
    files.iter().for_each(|(name, bytes)| folder.write(name, bytes));
    let path = folder.path("a.shp");
    (folder, path)
}

/// The features, or the text of the error.
fn read(path: &std::path::Path, limits: &ReadLimits) -> Result<Vec<Value>, String> {
    let mut features = Features::shapefile(path, limits).map_err(|e| e.to_string())?;
    let mut text = String::new();
    features.read_to_string(&mut text).map_err(|e| e.to_string())?;
    Ok(features_of(&text))
}

fn of_records(records: &[Vec<u8>]) -> Result<Vec<Value>, String> {
    let (_folder, path) = folder(&[("a.shp", &shp(records))]);
    read(&path, &ReadLimits::default())
}

#[test]
fn every_shape_is_a_geometry() {
    let square = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0];
    let mut multipoint = vec![0; 32];
    multipoint.extend(2_i32.to_le_bytes());
    multipoint.extend(numbers(&[46.8, 40.0, 46.9, 40.1]));
    for (kind, content, geometry) in [
        (0, vec![], Value::Null),
        (1, numbers(&[46.8, 40.0]), json!({"type": "Point", "coordinates": [46.8, 40]})),
        (1, numbers(&[f64::NAN; 2]), Value::Null),
        (11, numbers(&[46.8, 40.0, 7.5, 3.0]), json!({"type": "Point", "coordinates": [46.8, 40, 7.5]})),
        (11, numbers(&[46.8, 40.0, 7.5]), json!({"type": "Point", "coordinates": [46.8, 40, 7.5]})),
        (11, numbers(&[46.8, 40.0, f64::NAN]), json!({"type": "Point", "coordinates": [46.8, 40]})),
        (21, numbers(&[46.8, 40.0, 3.0]), json!({"type": "Point", "coordinates": [46.8, 40]})),
        (8, multipoint, json!({"type": "MultiPoint", "coordinates": [[46.8, 40], [46.9, 40.1]]})),
        (
            3,
            parts(&[0], 2, &[1.0, 2.0, 3.0, 4.0]),
            json!({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}),
        ),
        (
            13,
            parts(&[0, 2], 4, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 0.0, 9.0, 9.0, 9.1, 9.2, 9.3]),
            json!({"type": "MultiLineString",
                "coordinates": [[[1, 2, 9], [3, 4, 9.1]], [[5, 6, 9.2], [7, 8, 9.3]]]}),
        ),
        (3, parts(&[], 0, &[]), Value::Null),
        (
            5,
            parts(&[0], 5, &square),
            json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}),
        ),
    ] {
        let found = of_records(&[record(kind, &content)]).unwrap();
        assert_eq!(found, [json!({"type": "Feature", "properties": {}, "geometry": geometry})], "{kind}");
    }
}

#[test]
fn rows_are_properties_in_their_encoding() {
    let points: Vec<Vec<u8>> =
        (0..3).map(|at| record(21, &numbers(&[46.0 + f64::from(at), 40.0, 1.0]))).collect();
    let fields = [("NAME", b'C', 6), ("N", b'N', 8), ("DAY", b'D', 8), ("OK", b'L', 1), ("MEMO", b'M', 2)];
    let rows: [&[u8]; 3] = [
        b" \xF2\xE5\xF1\xF2     46.8020261120T  ",
        b"*gone         120261120F  ",
        b"          -0007        ?12",
    ];
    let rows: Vec<Vec<u8>> = rows
        .iter()
        .map(|row| row.iter().copied().chain(std::iter::repeat(b' ')).take(26).collect())
        .collect();
    let rows: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
    let (shp, table) = (shp(&points), |language| dbf(language, &fields, &rows));
    let expected = [
        json!({"NAME": "тест", "N": 46.8, "DAY": "2026-11-20", "OK": true, "MEMO": null}),
        json!({"NAME": null, "N": -7, "DAY": null, "OK": null, "MEMO": null}),
    ];
    for files in [
        &[("a.shp", &*shp), ("a.dbf", &*table(0)), ("a.cpg", b"1251\r\n")][..],
        &[("a.shp", &shp), ("a.DBF", &table(0xC9))],
    ] {
        let (_folder, path) = folder(files);
        let mut features = Features::shapefile(&path, &ReadLimits::default()).unwrap();
        let passed_over = features.passed_over();
        let mut text = String::new();
        features.read_to_string(&mut text).unwrap();
        let found = features_of(&text);
        assert_eq!([&found[0]["properties"], &found[1]["properties"]], [&expected[0], &expected[1]]);
        assert_eq!(found[1]["geometry"]["coordinates"], json!([48, 40]));
        let counts = passed_over.counts();
        assert_eq!(
            counts.iter().map(|(kind, count)| (&**kind, *count)).collect::<Vec<_>>(),
            [
                ("a row marked as deleted", 1),
                ("a value of `MEMO`, whose type M is not read", 1),
                ("the measures (M) of a shape", 2)
            ]
        );
    }
    // Without a word of the encoding it is UTF-8.
    let (_folder, path) = folder(&[("a.shp", &shp), ("a.dbf", &table(0))]);
    let error = read(&path, &ReadLimits::default()).unwrap_err();
    assert!(
        error.contains("a.dbf: feature 1, NAME: bytes that are no UTF-8") && error.contains(".cpg"),
        "{error}"
    );
}

#[test]
fn the_system_is_the_one_of_the_prj() {
    let shp = shp(&[record(1, &numbers(&[500_000.0, 4_400_000.0]))]);
    for (prj, crs) in [
        ("GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\"]]", None),
        ("PROJCS[\"WGS_1984_UTM_Zone_38N\",GEOGCS[\"GCS_WGS_1984\"]]", Some("EPSG:32638")),
    ] {
        let (_folder, path) = folder(&[("a.shp", &shp), ("a.prj", prj.as_bytes())]);
        let features =
            Features::shapefile(&path, &ReadLimits::default()).unwrap().for_layer(LayerKind::Posts);
        assert_eq!(features.crs().map(ToString::to_string).as_deref(), crs);
        let options = LayerOptions::default().with_crs(features.crs().cloned());
        let posts = read_posts::<NoProperties>(&Source::read("a.geojsonl", features).unwrap(), &options);
        // Metres are no degrees.
        assert_eq!(posts.is_ok(), crs.is_some(), "{:?}", posts.err());
    }
    let (_folder, path) = folder(&[("a.shp", &shp), ("a.prj", b"PROJCS[\"Ours\",GEOGCS[\"GCS_WGS_1984\"]]")]);
    let error = read(&path, &ReadLimits::default()).unwrap_err();
    assert!(
        error.contains("a.prj: the coordinate reference system `Ours`") && error.contains("ogr2ogr"),
        "{error}"
    );
}

#[test]
fn what_is_damaged_is_named() {
    let line = record(3, &parts(&[0], 2, &[1.0, 2.0, 3.0, 4.0]));
    let with = |at: usize, value: i32| {
        let mut record = line.clone();
        record[at..at + 4].copy_from_slice(&value.to_le_bytes());
        record
    };
    for (record, expected) in [
        (with(0, 7), "a shape of the type 7"),
        (with(36, i32::MAX), "a count of 2147483647 in a shape that has not so many"),
        (with(36, -1), "a count of -1"),
        (with(40, i32::MAX), "a count of 2147483647"),
        (with(40, 3), "a count of 3 in a shape that has not so many"),
        (with(44, 5), "parts that are not one behind the other"),
        (with(44, -5), "a count of -5"),
        (
            record(3, &parts(&[0], 2, &[1.0, f64::NAN, 3.0, 4.0])),
            "the position 1, NaN, expected finite numbers",
        ),
        (record(1, &numbers(&[f64::INFINITY, 1.0])), "the position inf, 1"),
        (line[..20].to_vec(), "a shape that ends too early"),
        (vec![], "a shape that ends too early"),
    ] {
        let error = of_records(&[line.clone(), record]).unwrap_err();
        assert!(error.contains("a.shp: feature 2: ") && error.contains(expected), "{error}");
    }
    // Numbers that are far too large are numbers: whoever reads the layer names them.
    let far = of_records(&[record(1, &numbers(&[1e308, -1e308]))]).unwrap();
    assert_eq!(far[0]["geometry"]["coordinates"], json!([1e308, -1e308]));

    let whole = shp(&[line.clone(), line.clone()]);
    let mut large = whole.clone();
    large[24..28].copy_from_slice(&[0x7F; 4]);
    let mut long_record = whole.clone();
    long_record[104..108].copy_from_slice(&[0xFF; 4]);
    let table = dbf(0, &[("A", b'C', 1)], &[b" a", b" b"]);
    let mut many_rows = table.clone();
    many_rows[4..8].copy_from_slice(&[0xFF; 4]);
    let mut wide = table.clone();
    wide[32 + 16] = 255;
    for (shp, dbf, expected) in [
        (&b"PK"[..], &table[..], "a.shp: no Shapefile"),
        (&whole[..whole.len() - 10], &table, "in all: the .shp is damaged or cut short"),
        (&large, &table, "4278124286 bytes by its header"),
        (&long_record, &table, "a record of 8589934590 bytes"),
        (&whole, &many_rows, "a.dbf: 4294967295 rows of 2 bytes by its header"),
        (&whole, &wide, "a.dbf: fields of 256 bytes in rows of 2"),
        (&whole, &table[..20], "a.dbf: a header of less than 32 bytes"),
        (&whole, &[0; 40], "a.dbf: no table of dBASE"),
        (
            &whole,
            &dbf(0, &[("A", b'C', 1)], &[b" a"]),
            "a.dbf: feature 2: fewer rows than the .shp has shapes",
        ),
        (
            &whole,
            &dbf(0, &[("A", b'C', 1)], &[b" a", b" a", b" a"]),
            "a.dbf: feature 3: more rows than the .shp has shapes",
        ),
    ] {
        let (_folder, path) = folder(&[("a.shp", shp), ("a.dbf", dbf)]);
        let error = read(&path, &ReadLimits::default()).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    // Any bytes are features or an error.
    for at in 0..whole.len() {
        for bit in [0x01, 0x80, 0xFF] {
            let (mut shp, mut dbf) = (whole.clone(), table.clone());
            shp[at] ^= bit;
            let at = at % dbf.len();
            dbf[at] ^= bit;
            let (_folder, path) = folder(&[("a.shp", &shp), ("a.dbf", &dbf)]);
            drop(read(&path, &ReadLimits::default()));
        }
    }
    let limits = ReadLimits::default().with_record_bytes(60);
    let (_folder, path) = folder(&[("a.shp", &whole)]);
    let mut features = Features::shapefile(&path, &limits).unwrap();
    let error = Source::read("a.geojsonl", &mut features).unwrap_err();
    assert_eq!(error.exceeded(), Some(Limit::Record), "{error}");
    assert!(Features::shapefile(&path.with_extension("none"), &limits).err().unwrap().is_io());
}
