//! Nothing is dropped without a word: what an output can't hold is named, and what it can comes back.

#[cfg(any(feature = "flatgeobuf", feature = "formats"))]
use crate::program::json;
use crate::program::{Folder, collection, feature, point};

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson";

/// What is said to be left out on the way to a format.
fn told(folder: &Folder, from: &str, to: &str) -> String {
    let run = folder.run(&format!("{LAYERS} --incidents {from} --output {to} --replace --force"));
    assert_eq!(run.status, 0, "{}", run.err);
    run.err.lines().find(|line| line.contains("left out")).unwrap_or_default().to_owned()
}

/// Features with something that each kind of table lacks.
fn hard() -> String {
    let line = r#"{"type":"LineString","seen_by":"B","coordinates":[[46,39,1,5],[47,40]]}"#;
    let all = format!(r#"{{"type":"GeometryCollection","geometries":[{line}],"bbox":[46,39,47,40]}}"#);
    let first = point("1", r#"{"mix":1,"a":1,"a":2,"x":0.1234567890123456789}"#, 46.5, 39.6).replacen(
        '{',
        "{\"bbox\":[1,2,3,4],",
        1,
    );
    let features = [first, feature("2", r#"{"mix":"x"}"#, &all)];
    collection(&features).replace("\"features\"", "\"name\":\"day\",\"features\"")
}

#[test]
fn csv_tells_what_no_table_holds() {
    let folder = Folder::with_demonstration();
    folder.write("in.geojson", hard());
    let told = told(&folder, "in.geojson", "out.csv");
    for word in ["`name`", "`bbox` of features", "all but the last `a`"] {
        assert!(told.contains(word), "{word} in {told}");
    }
    // Text holds geometries and values as they are.
    for word in ["of geometries", "ordinates", "`mix`", "`x`"] {
        assert!(!told.contains(word), "{word} in {told}");
    }
    assert!(folder.read("out.csv").contains("seen_by"));
}

#[cfg(feature = "formats")]
#[test]
fn binary_formats_tell_what_they_lack() {
    let folder = Folder::with_demonstration();
    folder.write("in.geojson", hard());
    for to in ["out.fgb", "out.parquet", "out.gpkg"] {
        let told = told(&folder, "in.geojson", to);
        let expected = [
            "`name`",
            "`bbox` of features",
            "all but the last `a`",
            "`bbox` of geometries",
            "`seen_by` of geometries",
            "ordinates behind the third",
            "the types of the values of `mix`",
            "digits of `x`",
        ];
        for word in expected {
            assert!(told.contains(word), "{to}: {word} in {told}");
        }
    }
    for from in ["out.fgb", "out.parquet"] {
        told(&folder, from, "back.geojson");
        let back = json(&folder.read("back.geojson"));
        let line = &back["features"][1]["geometry"]["geometries"][0];
        assert_eq!(line["coordinates"], json("[[46,39,1],[47,40]]"), "{from}");
    }
    // And nothing where nothing is lost.
    folder.write("plain.geojson", collection(&[point("1", r#"{"n":1}"#, 46.5, 39.6)]));
    for to in ["out.csv", "out.fgb", "out.parquet", "out.gpkg"] {
        assert_eq!(told(&folder, "plain.geojson", to), "");
    }
}

#[cfg(feature = "flatgeobuf")]
#[test]
fn geometries_of_all_kinds_come_back_from_flatgeobuf() {
    let folder = Folder::with_demonstration();
    let line = r#"{"type":"LineString","coordinates":[[46,39],[47,40]]}"#;
    let ring = "[[0,0],[1,0],[1,1],[0,0]]";
    let polygon =
        format!(r#"{{"type":"Polygon","coordinates":[{ring},[[0.5,0.1],[0.6,0.1],[0.6,0.2],[0.5,0.1]]]}}"#);
    let shapes = [
        line.to_owned(),
        polygon.clone(),
        r#"{"type":"MultiLineString","coordinates":[[[46,39],[47,40]]]}"#.to_owned(),
        r#"{"type":"MultiLineString","coordinates":[[[46,39],[47,40]],[[1,2],[3,4]]]}"#.to_owned(),
        format!(r#"{{"type":"MultiPolygon","coordinates":[[{ring}],[{ring}]]}}"#),
        r#"{"type":"Point","coordinates":[46,39,7.5]}"#.to_owned(),
        r#"{"type":"MultiPoint","coordinates":[[46,39],[47,40,3]]}"#.to_owned(),
        r#"{"type":"GeometryCollection","geometries":[]}"#.to_owned(),
        format!(
            r#"{{"type":"GeometryCollection","geometries":[{line},{polygon},
                {{"type":"GeometryCollection","geometries":[{{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}}]}}]}}"#
        ),
    ];
    // Alone, so that the header names the type; and all of them in one file.
    for shape in &shapes {
        folder.write("in.geojson", collection(&[feature("1", "{}", shape)]));
        told(&folder, "in.geojson", "out.fgb");
        told(&folder, "out.fgb", "back.geojson");
        assert_eq!(json(&folder.read("back.geojson"))["features"][0]["geometry"], json(shape));
    }
    let features: Vec<String> = shapes.iter().map(|shape| feature("1", "{}", shape)).collect();
    folder.write("in.geojson", collection(&features));
    told(&folder, "in.geojson", "out.fgb");
    told(&folder, "out.fgb", "back.geojson");
    let back = json(&folder.read("back.geojson"));
    for (at, shape) in shapes.iter().enumerate() {
        assert_eq!(back["features"][at]["geometry"], json(shape));
    }
}

#[cfg(feature = "formats")]
#[test]
fn a_row_without_a_line_is_rejected_by_its_number() {
    let folder = Folder::with_demonstration();
    folder.write("in.csv", "id,lon,lat\n1,46.5,39.6\n2,north,39.6\n");
    let more = "--skip-invalid --rejects rejects.jsonl --force";
    let run = folder.run(&format!("{LAYERS} --incidents in.csv --output good.csv {more}"));
    assert_eq!(run.status, 1, "{}", run.err);
    assert_eq!(json(&folder.read("rejects.jsonl"))["line"], json("3"));
    // The text columns of the table go through Parquet, and are read as positions there.
    folder.write(
        "in.geojson",
        collection(&[
            point("1", r#"{"lon":"46.5","lat":"39.5"}"#, 46.5, 39.6),
            point("2", r#"{"lon":"north","lat":"39.5"}"#, 46.5, 39.6),
        ]),
    );
    told(&folder, "in.geojson", "in.fgb");
    let mut bytes = std::fs::read(folder.path("in.fgb")).unwrap();
    // The last position of the file leaves the Earth.
    let place = 46.5_f64.to_le_bytes();
    let at = bytes.windows(8).rposition(|window| window == place).unwrap();
    bytes[at..at + 8].copy_from_slice(&246.5_f64.to_le_bytes());
    folder.write("in.fgb", &bytes);
    let run = folder.run(&format!("{LAYERS} --incidents in.fgb --output good.csv --replace {more}"));
    assert_eq!(run.status, 1, "{}", run.err);
    let reject = json(&folder.read("rejects.jsonl"));
    assert_eq!((&reject["line"], &reject["feature"]), (&json("null"), &json("2")));
    assert!(reject["text"].as_str().unwrap().contains("north"), "{reject}");
}
