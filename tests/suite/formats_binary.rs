//! Formats behind features: types survive the way through the program; a build without them says so.

use crate::program::Folder;

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson";

#[test]
fn a_build_without_a_format_names_the_one_that_has_it() {
    let folder = Folder::with_demonstration();
    for (name, feature, built) in [("x.fgb", "flatgeobuf", cfg!(feature = "flatgeobuf"))] {
        if built {
            continue;
        }
        folder.write(name, "");
        let words = [name, "cargo install", feature];
        folder.run(&format!("{LAYERS} --incidents {name} --output out.geojson")).fails(2, &words);
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
