//! Formats behind features: types survive the way through the program; a build without them says so.

use crate::program::Folder;

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson";

#[test]
fn a_build_without_a_format_names_the_one_that_has_it() {
    let folder = Folder::with_demonstration();
    for (name, feature, built) in [
        ("x.fgb", "flatgeobuf", cfg!(feature = "flatgeobuf")),
        ("x.parquet", "parquet", cfg!(feature = "parquet")),
        ("x.geoparquet", "parquet", cfg!(feature = "parquet")),
        ("x.gpkg", "geopackage", cfg!(feature = "geopackage")),
    ] {
        if built {
            continue;
        }
        folder.write(name, "");
        let words = [name, "cargo install --path . --features", feature];
        if feature != "geopackage" {
            folder.run(&format!("{LAYERS} --incidents {name} --output out.geojson")).fails(2, &words);
        }
        folder
            .run(&format!("{LAYERS} --incidents incidents.geojson --output {name} --force"))
            .fails(2, &words);
    }
}

#[cfg(feature = "flatgeobuf")]
mod flatgeobuf {
    use serde_json::json;

    use super::LAYERS;
    use crate::program::{Folder, collection, feature, json, line, multi_point, point, properties};

    fn convert(folder: &Folder, from: &str, to: &str) -> String {
        folder.run(&format!("{LAYERS} --incidents {from} --output {to} --replace --force")).ok();
        if to.ends_with(".fgb") { String::new() } else { folder.read(to) }
    }

    #[test]
    fn types_digits_and_order_survive() {
        let folder = Folder::with_demonstration();
        let whole = r#"{"id":"007","big":9007199254740993,"huge":18446744073709551615,"part":0.1,"yes":true,"deep":{"a":[1]},"mixed":"x"}"#;
        let features = [
            point("null", whole, 46.5, 39.6),
            point("null", r#"{"mixed":5,"big":-1,"deep":[]}"#, 46.9, 40.1),
            feature("null", "{}", "null"),
        ];
        folder.write("in.geojson", collection(&features));
        convert(&folder, "in.geojson", "first.fgb");
        convert(&folder, "first.fgb", "second.fgb");
        let direct = properties(&convert(&folder, "in.geojson", "direct.geojson"));
        let text = convert(&folder, "second.fgb", "out.geojson");
        let found = properties(&text);
        for (found, expected) in found.iter().zip(&direct) {
            for (name, value) in expected.as_object().unwrap() {
                match name.as_str() {
                    // One type a column.
                    "mixed" => assert_eq!(found[name], *value.as_str().unwrap_or("5")),
                    "location_warning" => assert!(found[name].as_str().unwrap().starts_with("not located")),
                    _ => assert_eq!(&found[name], value, "{name}"),
                }
            }
        }
        assert_eq!(found[0]["huge"], json!(18446744073709551615_u64));
        assert!(text.contains("[46.5,39.6]") && text.contains("[46.9,40.1]"), "{text}");
        assert_eq!(json(&text)["patrol_corridor"]["incidents"], json!({"file": "second.fgb", "features": 3}));
    }

    #[test]
    fn any_geometry_is_kept() {
        let folder = Folder::with_demonstration();
        let shapes = [
            multi_point("1", "{}", "[[46.5,39.5],[46.6,39.6]]"),
            line("2", "{}", "[[46.5,39.5],[46.6,39.6]]"),
            point("3", "{}", 46.7, 39.7),
            feature("4", "{}", r#"{"type":"Polygon","coordinates":[[[46,39],[47,39],[47,40],[46,39]]]}"#),
            feature("5", "{}", r#"{"type":"Point","coordinates":[46.7,39.7,120.5]}"#),
        ];
        folder.write("in.geojson", collection(&shapes));
        convert(&folder, "in.geojson", "there.fgb");
        let found = json(&convert(&folder, "there.fgb", "back.geojson"));
        let expected = json(&convert(&folder, "in.geojson", "direct.geojson"));
        for (found, expected) in
            found["features"].as_array().unwrap().iter().zip(expected["features"].as_array().unwrap())
        {
            assert_eq!(found["geometry"], expected["geometry"]);
            assert_eq!(found["properties"]["post_id"], expected["properties"]["post_id"]);
            assert_eq!(found["properties"]["id"], expected["id"]);
        }
        // And as a table.
        let table = convert(&folder, "there.fgb", "out.csv");
        assert!(table.lines().next().unwrap().contains("longitude,latitude,geometry,post_id"), "{table}");
    }

    #[test]
    fn text_stays_text_and_a_table_becomes_points() {
        let folder = Folder::with_demonstration();
        folder.write("in.csv", "id,lon,lat\n007,46.50,39.5\n008,,\n");
        convert(&folder, "in.csv", "there.fgb");
        let found = properties(&convert(&folder, "there.fgb", "back.geojson"));
        assert_eq!((&found[0]["id"], &found[0]["lon"]), (&json!("007"), &json!("46.50")));
        assert!(found[0]["post_distance_m"].is_number());
        assert_eq!(
            found[1]["location_warning"].as_str().map(|text| text.starts_with("not located")),
            Some(true)
        );
    }

    #[test]
    fn damaged_files_and_other_systems_are_told() {
        let folder = Folder::with_demonstration();
        folder.write("in.fgb", "{}");
        let run = || folder.run(&format!("{LAYERS} --incidents in.fgb --output out.geojson --force"));
        run().fails(2, &["in.fgb", "FlatGeobuf"]);
        folder.write("good.csv", "id,lon,lat\n007,46.50,39.5\n008,46.6,39.6\n");
        convert(&folder, "good.csv", "in.fgb");
        let bytes = std::fs::read(folder.path("in.fgb")).unwrap();
        let mut random = fastrand::Rng::with_seed(1);
        for cut in (9..bytes.len()).step_by(37) {
            folder.write("in.fgb", &bytes[..cut]);
            let run = run();
            assert!(run.status == 2 && !run.err.contains("panicked"), "{cut}: {}", run.err);
        }
        for _ in 0..40 {
            let mut bytes = bytes.clone();
            let at = random.usize(8..bytes.len());
            bytes[at] = random.u8(..);
            folder.write("in.fgb", &bytes);
            let run = run();
            assert!(!run.err.contains("panicked"), "{at}: {}", run.err);
        }
    }
}

#[cfg(feature = "parquet")]
mod parquet {
    use std::fs::File;
    use std::sync::Arc;

    use arrow_array::builder::{Int32Builder, ListBuilder};
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, Int64Type};
    use arrow_array::{
        Array, ArrayRef, Decimal128Array, DictionaryArray, Float64Array, Int64Array, RecordBatch,
        StringArray, TimestampMicrosecondArray,
    };
    use arrow_select::concat::concat_batches;
    use parquet::arrow::ArrowWriter;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use parquet::file::metadata::KeyValue;
    use parquet::file::properties::WriterProperties;
    use serde_json::json;

    use super::LAYERS;
    use crate::program::{Folder, collection, feature, json, multi_point, point};

    fn convert(folder: &Folder, from: &str, to: &str, more: &str) {
        folder.run(&format!("{LAYERS} --incidents {from} --output {to} --force {more}")).ok();
    }

    /// All records of a file, and its metadata `geo`.
    fn records(folder: &Folder, name: &str) -> (RecordBatch, Option<String>) {
        let file = File::open(folder.path(name)).unwrap();
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let metadata = builder.metadata().file_metadata().key_value_metadata().cloned().unwrap_or_default();
        let geo = metadata.into_iter().find(|pair| pair.key == "geo").and_then(|pair| pair.value);
        let schema = builder.schema().clone();
        let parts: Vec<_> = builder.build().unwrap().map(Result::unwrap).collect();
        (concat_batches(&schema, &parts).unwrap(), geo)
    }

    fn write(folder: &Folder, name: &str, batch: &RecordBatch, geo: Option<&str>) {
        let pairs = geo.map(|geo| vec![KeyValue::new("geo".to_owned(), geo.to_owned())]);
        let properties = WriterProperties::builder().set_key_value_metadata(pairs).build();
        let file = File::create(folder.path(name)).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
        writer.write(batch).unwrap();
        writer.close().unwrap();
    }

    /// Columns of many types; every tenth row has no position.
    fn sample(rows: i64) -> RecordBatch {
        let mut lists = ListBuilder::new(Int32Builder::new());
        for row in 0..rows {
            lists.append_value([Some(row as i32), None]);
        }
        let at = |row: i64| (row % 10 != 9).then_some(row as f64 / rows as f64);
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("id", Arc::new((0..rows).map(|row| Some((1 << 53) + 1 + row)).collect::<Int64Array>())),
            ("lon", Arc::new((0..rows).map(|row| at(row).map(|x| 46.0 + x)).collect::<Float64Array>())),
            ("lat", Arc::new((0..rows).map(|row| at(row).map(|y| 39.5 + y)).collect::<Float64Array>())),
            ("seen", {
                let times = TimestampMicrosecondArray::from_iter_values(
                    (0..rows).map(|row| 1_600_000_000_123_456 + row),
                );
                Arc::new(times.with_timezone("UTC"))
            }),
            ("cost", {
                let costs = Decimal128Array::from_iter_values((0..rows).map(|row| i128::from(row) * 5));
                Arc::new(costs.with_precision_and_scale(20, 2).unwrap())
            }),
            ("kind", {
                let kinds = (0..rows).map(|row| if row % 2 == 0 { "shelling" } else { "fire" });
                Arc::new(kinds.collect::<DictionaryArray<arrow_array::types::Int32Type>>())
            }),
            ("list", Arc::new(lists.finish())),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
            .unwrap()
    }

    #[test]
    fn every_column_of_every_type_stays() {
        let folder = Folder::with_demonstration();
        let before = sample(10_000);
        write(&folder, "in.parquet", &before, None);
        let mut outputs = Vec::new();
        for threads in [1, 3] {
            convert(&folder, "in.parquet", "out.parquet", &format!("--threads {threads}"));
            outputs.push(records(&folder, "out.parquet").0);
        }
        assert_eq!(outputs[0], outputs[1]);
        let after = &outputs[0];
        for (at, field) in before.schema().fields().iter().enumerate() {
            assert_eq!(after.schema().field(at), &**field);
            assert_eq!(after.column(at), before.column(at), "{}", field.name());
        }
        let metres = after.column_by_name("post_distance_m").unwrap().as_primitive::<Float64Type>();
        assert_eq!(metres.null_count(), 1000);
        // Again, over its own answers.
        convert(&folder, "out.parquet", "again.parquet", "--replace");
        assert_eq!(&records(&folder, "again.parquet").0, after);
        folder
            .run(&format!("{LAYERS} --incidents out.parquet --output again.parquet --force"))
            .fails(2, &["the column `post_id`", "--replace"]);
        // As text the values are the same.
        convert(&folder, "in.parquet", "out.geojsonl", "");
        let text = folder.read("out.geojsonl");
        let first = json(text.lines().next().unwrap());
        assert_eq!(first["properties"]["id"], json!(9007199254740993_u64));
        assert_eq!(first["properties"]["seen"], "2020-09-13T12:26:40.123456Z");
        assert_eq!(first["properties"]["list"], json!([0, null]));
        assert_eq!(first["properties"]["kind"], "shelling");
        assert!(text.lines().nth(3).unwrap().contains("\"cost\":0.15,"), "{text}");
        assert_eq!(first["properties"]["post_distance_m"].as_f64(), Some(metres.value(0)));
        assert_eq!(text.lines().count(), 10_000);
    }

    #[test]
    fn geoparquet_comes_and_goes() {
        let folder = Folder::with_demonstration();
        let features = [
            point("\"a\"", r#"{"n":9007199254740993,"x":0.5}"#, 46.5, 39.6),
            multi_point("\"b\"", "{}", "[[46.5,39.5],[46.6,39.6]]"),
            feature("\"c\"", "{}", r#"{"type":"Point","coordinates":[46.7,39.7,120.5]}"#),
            feature("\"d\"", "{}", "null"),
            feature("\"e\"", "{}", r#"{"type":"LineString","coordinates":[[46,39],[47,40]]}"#),
        ];
        folder.write("in.geojson", collection(&features));
        convert(&folder, "in.geojson", "there.parquet", "");
        convert(&folder, "there.parquet", "twice.parquet", "--replace");
        let (there, geo) = records(&folder, "there.parquet");
        let (twice, geo_again) = records(&folder, "twice.parquet");
        assert_eq!(geo, geo_again);
        assert_eq!(there.num_columns(), twice.num_columns());
        for field in there.schema().fields() {
            assert_eq!(there.column_by_name(field.name()), twice.column_by_name(field.name()), "{field}");
        }
        assert_eq!(there.column_by_name("n").unwrap().as_primitive::<Int64Type>().value(0), 9007199254740993);
        convert(&folder, "twice.parquet", "back.geojson", "--replace");
        convert(&folder, "in.geojson", "direct.geojson", "");
        let (back, direct) = (json(&folder.read("back.geojson")), json(&folder.read("direct.geojson")));
        for at in 0..features.len() {
            let (back, direct) = (&back["features"][at], &direct["features"][at]);
            assert_eq!(back["geometry"], direct["geometry"]);
            assert_eq!(back["properties"]["id"], direct["id"]);
            for name in ["n", "post_id", "post_distance_m", "route_side", "in_corridor", "location_warning"] {
                assert_eq!(back["properties"][name], direct["properties"][name], "{name} of {at}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        let folder = Folder::with_demonstration();
        let fails = |words: &[&str]| {
            folder.run(&format!("{LAYERS} --incidents in.parquet --output out.csv --force")).fails(2, words);
        };
        folder.write("in.parquet", "id,lon,lat\n");
        fails(&["in.parquet", "Parquet data that can't be read"]);
        let text: ArrayRef = Arc::new(StringArray::from(vec!["46.5", "north"]));
        let lat: ArrayRef = Arc::new(StringArray::from(vec!["39.5", "39.5"]));
        let batch = RecordBatch::try_from_iter([("lon", text), ("lat", lat)]).unwrap();
        write(&folder, "in.parquet", &batch, None);
        fails(&["in.parquet", "feature 2, column `lon`: `north`"]);
        let more = "--skip-invalid --rejects rejects.jsonl";
        let run = folder.run(&format!("{LAYERS} --incidents in.parquet --output out.parquet {more}"));
        assert_eq!(run.status, 1, "{}", run.err);
        assert_eq!(records(&folder, "out.parquet").0.num_rows(), 1);
        assert!(folder.read("rejects.jsonl").contains("north"));
        let crs = r#"{"primary_column":"lon","columns":{"lon":{"encoding":"WKB","crs":{"name":"Pulkovo 1942","id":{"authority":"EPSG","code":4284}}}}}"#;
        write(&folder, "in.parquet", &batch, Some(crs));
        fails(&["in.parquet", "`Pulkovo 1942` (EPSG:4284)", "reproject"]);
        let bytes = std::fs::read(folder.path("in.parquet")).unwrap();
        folder.write("in.parquet", &bytes[..bytes.len() / 2]);
        fails(&["in.parquet"]);
    }
}
