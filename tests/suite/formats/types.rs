//! Types on the way between binary formats: widths stay, times stay times where the format has them.

use std::fs::File;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, Date32Array, Float64Array, Int8Array, RecordBatch, Time32SecondArray,
    TimestampMicrosecondArray, UInt16Array, UInt64Array,
};
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rusqlite::Connection;

use crate::program::{Folder, json, properties};

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson";

fn sample() -> Vec<(&'static str, ArrayRef)> {
    let seen = TimestampMicrosecondArray::from(vec![Some(1_600_000_000_123_456), None]);
    vec![
        ("lon", Arc::new(Float64Array::from(vec![46.5, 46.6]))),
        ("lat", Arc::new(Float64Array::from(vec![39.5, 39.6]))),
        ("seen", Arc::new(seen.with_timezone("UTC"))),
        ("day", Arc::new(Date32Array::from(vec![Some(18_532), None]))),
        ("at", Arc::new(Time32SecondArray::from(vec![Some(3_723), None]))),
        ("small", Arc::new(Int8Array::from(vec![-7, 7]))),
        ("port", Arc::new(UInt16Array::from(vec![65_535, 1]))),
        ("huge", Arc::new(UInt64Array::from(vec![u64::MAX, 1]))),
        ("gap", Arc::new(Float64Array::from(vec![f64::NAN, 0.5]))),
    ]
}

fn with_sample() -> Folder {
    let folder = Folder::with_demonstration();
    let columns = sample().into_iter().map(|(name, array)| (name, array, true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    let file = File::create(folder.path("in.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    folder
}

/// Converts, and gives the warning.
fn convert(folder: &Folder, from: &str, to: &str) -> String {
    let run = folder.run(&format!("{LAYERS} --incidents {from} --output {to} --replace --force"));
    assert_eq!(run.status, 0, "{}", run.err);
    run.err.lines().find(|line| line.contains("left out")).unwrap_or_default().to_owned()
}

#[test]
fn widths_stay_by_way_of_flatgeobuf() {
    let folder = with_sample();
    let told = convert(&folder, "in.parquet", "there.fgb");
    assert!(told.contains("`at` holds times of day") && !told.contains("`seen`"), "{told}");
    let told = convert(&folder, "there.fgb", "back.parquet");
    assert!(told.contains("`seen` holds times") && told.contains("`day` holds times"), "{told}");
    let file = File::open(folder.path("back.parquet")).unwrap();
    let schema = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().schema().clone();
    for (name, expected) in [
        ("small", DataType::Int8),
        ("port", DataType::UInt16),
        ("huge", DataType::UInt64),
        ("gap", DataType::Float64),
        ("seen", DataType::Utf8),
    ] {
        assert_eq!(*schema.field_with_name(name).unwrap().data_type(), expected, "{name}");
    }
    convert(&folder, "back.parquet", "back.geojson");
    let found = properties(&folder.read("back.geojson"));
    let expected =
        r#"["2020-09-13T12:26:40.123456Z","2020-09-27","01:02:03",-7,65535,18446744073709551615,"NaN"]"#;
    let names = ["seen", "day", "at", "small", "port", "huge", "gap"];
    let values: Vec<_> = names.iter().map(|name| found[0][name].clone()).collect();
    assert_eq!(serde_json::Value::from(values), json(expected));
}

#[test]
fn geopackage_has_types_of_its_own() {
    let folder = with_sample();
    let told = convert(&folder, "in.parquet", "out.gpkg");
    for word in ["`huge` holds numbers of 64 bits", "`at` holds times of day", "`NaN` of `gap`"] {
        assert!(told.contains(word), "{word} in {told}");
    }
    let database = Connection::open(folder.path("out.gpkg")).unwrap();
    for (name, declared, value) in [
        ("seen", "DATETIME", "2020-09-13T12:26:40.123456Z"),
        ("day", "DATE", "2020-09-27"),
        ("at", "TEXT", "01:02:03"),
        ("small", "TINYINT", "-7"),
        ("port", "MEDIUMINT", "65535"),
        ("huge", "TEXT", "18446744073709551615"),
        ("gap", "DOUBLE", "NULL"),
    ] {
        let declaration = "SELECT type FROM pragma_table_info('incidents') WHERE name = ?";
        let found: String = database.query_row(declaration, [name], |row| row.get(0)).unwrap();
        assert_eq!(found, declared, "{name}");
        let query = format!("SELECT ifnull(CAST(\"{name}\" AS TEXT), 'NULL') FROM incidents WHERE fid = 1");
        let found: String = database.query_row(&query, [], |row| row.get(0)).unwrap();
        assert_eq!(found, value, "{name}");
    }
}

#[test]
fn parquet_comes_through_a_pipe() {
    let folder = with_sample();
    convert(&folder, "in.parquet", "direct.csv");
    let bytes = std::fs::read(folder.path("in.parquet")).unwrap();
    let line = format!("{LAYERS} --incidents - --input-format parquet --output - --output-format csv");
    assert_eq!(folder.run_with(&line, bytes).ok(), folder.read("direct.csv"));
}
