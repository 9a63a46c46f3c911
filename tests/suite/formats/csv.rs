//! CSV and TSV through the program: every column and value as it came, the answers behind them.

use serde_json::{Value, json};

use crate::program::{Folder, Run, collection, feature, gunzip, json, multi_point, point, properties};
use crate::text::gzip;

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson";

/// `patrol annotate` of a text under a name, to another name.
fn annotate(folder: &Folder, input: &str, text: impl AsRef<[u8]>, output: &str, more: &str) -> Run {
    folder.write(input, text);
    folder.run(&format!("{LAYERS} --incidents {input} --output {output} --force {more}"))
}

/// Header and records, as another reader has them.
fn table(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The value in the column `name` of a record (from 1).
fn cell<'t>(table: &'t [Vec<String>], name: &str, record: usize) -> &'t str {
    let at = table[0].iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"));
    &table[record][at]
}

const NASTY: &str = "id,Lon,LAT,note,empty\r\n\
    007,46.80,40.010,\"a \"\"quoted\"\", comma\r\nand a line\",\r\n\
    1e5,+46.5,39.50,   spaces   ,\r\n\
    ,,,'; ünï,x\r\n";

#[test]
fn every_value_comes_out_as_it_went_in() {
    let folder = Folder::with_demonstration();
    for bom in ["", "\u{FEFF}"] {
        annotate(&folder, "in.csv", format!("{bom}{NASTY}"), "out.csv", "").ok();
        let (read, written) = (table(NASTY, b','), table(&folder.read("out.csv"), b','));
        assert_eq!(written.len(), 4);
        for (read, written) in read.iter().zip(&written) {
            assert_eq!(read[..], written[..read.len()]);
        }
        let added = &written[0][5..];
        assert_eq!(added.first().unwrap(), "post_id");
        assert_eq!(added.last().unwrap(), "location_warning");
        assert_eq!(cell(&written, "location_warning", 1), "");
        assert_eq!(cell(&written, "location_warning", 3), "not located: longitude and latitude are empty");
        assert_eq!(cell(&written, "post_id", 3), "");
        assert!(["true", "false"].contains(&cell(&written, "in_corridor", 1)));
    }
}

#[test]
fn the_answers_are_those_of_the_same_points_as_geojson() {
    let folder = Folder::with_demonstration();
    let rows = [(46.807759, 40.068059), (46.75, 39.82), (0.0, 0.0), (-180.0, 90.0)];
    let points: Vec<_> = rows.iter().map(|&(lon, lat)| point("null", "{}", lon, lat)).collect();
    let text: String = rows.iter().map(|(lon, lat)| format!("{lon},{lat}\n")).collect();
    for more in ["", "-k 2 --prefix near_", "--max-distance 20000", "--edges geodesic"] {
        annotate(&folder, "in.csv", format!("x,y\n{text}"), "out.csv", more).ok();
        annotate(&folder, "in.geojson", collection(&points), "out.geojson", more).ok();
        let written = table(&folder.read("out.csv"), b',');
        for (at, expected) in properties(&folder.read("out.geojson")).iter().enumerate() {
            for name in &written[0][2..] {
                let found = cell(&written, name, at + 1);
                let expected = match &expected[name] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => {
                        if !other.is_number() && !other.is_boolean() {
                            assert_eq!(&json(found), other, "{name}");
                        }
                        if other.is_number() {
                            assert_eq!(found.parse::<f64>().ok(), other.as_f64(), "{name}");
                        }
                        found.to_owned()
                    }
                };
                assert_eq!(found, expected, "{name} of row {at}, {more}");
            }
            let written = |name: &String| expected[name].is_null() || written[0].contains(name);
            assert!(expected.as_object().unwrap().keys().all(written));
        }
        // The same rows as features.
        annotate(&folder, "in.csv", format!("x,y\n{text}"), "rows.geojson", more).ok();
        let of_rows = properties(&folder.read("rows.geojson"));
        for (of_row, expected) in of_rows.iter().zip(properties(&folder.read("out.geojson"))) {
            let mut of_row = of_row.clone();
            of_row.as_object_mut().unwrap().retain(|name, _| name != "x" && name != "y");
            assert_eq!(of_row, expected);
        }
    }
}

#[test]
fn rows_become_features_with_their_digits() {
    let folder = Folder::with_demonstration();
    annotate(&folder, "in.csv", NASTY, "out.geojson", "").ok();
    let text = folder.read("out.geojson");
    assert!(text.contains("\"coordinates\":[46.80,40.010]"), "{text}");
    assert!(text.contains("\"coordinates\":[46.5,39.50]"), "{text}");
    let whole = json(&text);
    assert_eq!(whole["patrol_corridor"]["incidents"], json!({"file": "in.csv", "features": 3}));
    assert_eq!(whole["patrol_corridor"]["posts"]["file"], "posts.geojson");
    let found = properties(&text);
    assert_eq!((&found[0]["id"], &found[0]["Lon"]), (&json!("007"), &json!("46.80")));
    assert_eq!(found[0]["note"], "a \"quoted\", comma\r\nand a line");
    assert_eq!(whole["features"][2]["geometry"], json!(null));
    assert_eq!(found[2]["location_warning"], "not located: longitude and latitude are empty");
    assert_eq!(found[2].get("post_id"), None);
    // A sequence says where it comes from where it is asked to.
    annotate(&folder, "in.csv", NASTY, "out.geojsonl", "").ok();
    assert!(!folder.read("out.geojsonl").contains("patrol_corridor"));
    for (name, begin) in [("out.geojsonl", ""), ("out.geojsons", "\u{1E}")] {
        annotate(&folder, "in.csv", NASTY, name, "--provenance").ok();
        let text = folder.read(name);
        assert_eq!(text.lines().count(), 3);
        for line in text.lines() {
            let feature = json(line.strip_prefix(begin).unwrap());
            assert_eq!(feature["patrol_corridor"]["incidents"], json!({"file": "in.csv"}));
        }
    }
    annotate(&folder, "in.csv", "lon,lat\n", "out.geojson", "").ok();
    assert_eq!(properties(&folder.read("out.geojson")), [json!(null); 0]);
}

#[test]
fn the_delimiter_follows_the_name_and_the_header() {
    let folder = Folder::with_demonstration();
    let comma = "a,lon,lat\n\"1;\t2\",46.5,39.5\n";
    annotate(&folder, "in.csv", comma, "expected.csv", "").ok();
    let expected = folder.read("expected.csv");
    let tab = "a\tlon\tlat\n\"1;\t2\"\t46.5\t39.5\n";
    for (name, text) in [("in.tsv", tab), ("in.csv", "a;lon;lat\n\"1;\t2\";46.5;39.5\n")] {
        annotate(&folder, name, text, "out.csv", "").ok();
        assert_eq!(folder.read("out.csv"), expected, "{name}");
        annotate(&folder, "in.csv.gz", gzip(comma), "out.csv.gz", "").ok();
        assert_eq!(gunzip(&std::fs::read(folder.path("out.csv.gz")).unwrap()), expected);
        annotate(&folder, name, text, "out.tsv", "").ok();
        assert_eq!(table(&folder.read("out.tsv"), b'\t'), table(&expected, b','), "{name}");
    }
    let line = format!("{LAYERS} --incidents - --input-format tsv --output - --output-format csv");
    assert_eq!(folder.run_with(&line, tab).ok(), expected);
}

#[test]
fn the_columns_of_the_position_are_found_or_named() {
    let folder = Folder::with_demonstration();
    for header in ["LONGITUDE,Latitude", "lng,lat", "long,y", "decimalLongitude,decimalLatitude", "X,Y"] {
        annotate(&folder, "in.csv", format!("{header}\n46.5,39.5\n"), "out.csv", "").ok();
    }
    let both = "x,y,lon,lat\n1,2,46.5,39.5\n";
    annotate(&folder, "in.csv", both, "out.csv", "").fails(2, &["in.csv:1:", "`x`, `lon`", "--lon-field"]);
    annotate(&folder, "in.csv", both, "out.geojson", "--lon-field lon --lat-field lat").ok();
    assert!(folder.read("out.geojson").contains("[46.5,39.5]"));
    annotate(&folder, "in.csv", both, "out.csv", "--lon-field lon").fails(2, &["`y`, `lat`", "--lat-field"]);
    annotate(&folder, "in.csv", both, "out.csv", "--lon-field Lon --lat-field lat")
        .fails(2, &["no column `Lon`"]);
    annotate(&folder, "in.csv", "a,b\n1,2\n", "out.csv", "")
        .fails(2, &["in.csv:1:", "longitude", "--lon-field"]);
    annotate(&folder, "in.csv", "", "out.csv", "").fails(2, &["in.csv:1:", "no header row"]);
}

const BAD: &str = "id,lon,lat\r\n1,46.5,39.5\r\n\r\n2,46.5\r\n\"3\r\n\",46.5,north\r\n4,\"46,5\",39\r\n5,39.5,146.5\r\n6,46.6,39.6\r\n";

#[test]
fn what_is_wrong_is_told_with_line_and_column() {
    let folder = Folder::with_demonstration();
    let before = folder.names().len();
    for (row, words) in [
        ("2,46.5", &["in.csv:3: feature 2: 2 fields, expected 3"][..]),
        ("2,46.5,39.5,1", &["in.csv:3: feature 2: 4 fields, expected 3"]),
        ("2,46.5,north", &["in.csv:3: feature 2, column `lat`: `north`, expected a number of degrees"]),
        ("2,\"46,5\",39", &["in.csv:3: feature 2, column `lon`: `46,5`", "decimal point"]),
        ("2,39.5,146.5", &["in.csv:3: feature 2, columns `lon`, `lat`: ", "latitude, longitude order?"]),
        ("2,46.5,\"39.5", &["in.csv:3: feature 2: a quote that is never closed"]),
        ("2,46.5,NaN", &["in.csv:3: feature 2, column `lat`: `NaN`"]),
    ] {
        for end in ["\n", "\r\n"] {
            let text = format!("id,lon,lat{end}1,46.5,39.5{end}{row}{end}");
            annotate(&folder, "in.csv", text, "out.csv", "").fails(2, words);
        }
    }
    annotate(&folder, "in.csv", b"id,lon,lat\n\xFF,1,2\n", "out.csv", "")
        .fails(2, &["in.csv:2:", "`id`", "UTF-8"]);
    let mut cut = gzip(NASTY);
    cut.truncate(cut.len() - 9);
    annotate(&folder, "in.csv.gz", cut, "out.csv", "").fails(2, &["in.csv.gz", "damaged gzip"]);
    assert_eq!(folder.names().len(), before + 2, "no output");
}

#[test]
fn bad_rows_can_be_set_aside_as_they_stand() {
    let folder = Folder::with_demonstration();
    let run = annotate(&folder, "in.csv", BAD, "out.csv", "--skip-invalid --rejects rejects.jsonl");
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(
        run.err.contains(
            "read 6: exact 2, in a region 0, in an unknown region 0, without a location 0, rejected 4"
        ),
        "{}",
        run.err
    );
    let rejects: Vec<Value> = folder.read("rejects.jsonl").lines().map(json).collect();
    let told: Vec<_> = rejects
        .iter()
        .map(|reject| {
            (
                reject["line"].as_u64().unwrap(),
                reject["feature"].as_u64().unwrap(),
                reject["text"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [(4, 2, "2,46.5"), (5, 3, "\"3\r\n\",46.5,north"), (7, 4, "4,\"46,5\",39"), (8, 5, "5,39.5,146.5"),]
    );
    assert!(rejects[1]["reason"].as_str().unwrap().starts_with("column `lat`: `north`"));
    let written = table(&folder.read("out.csv"), b',');
    assert_eq!((cell(&written, "id", 1), cell(&written, "id", 2), written.len()), ("1", "6", 3));
}

#[test]
fn names_in_the_way() {
    let folder = Folder::with_demonstration();
    let text =
        "corridor,lon,lat,post_id,post_distance_m,route_distance_m,in_corridor\na,46.5,39.5,7,1,2,true\n";
    annotate(&folder, "in.csv", text, "out.csv", "")
        .fails(2, &["in.csv", "the column `corridor`", "--replace"]);
    annotate(&folder, "in.csv", text, "out.csv", "--prefix p_").ok();
    let prefixed = table(&folder.read("out.csv"), b',');
    assert_eq!((cell(&prefixed, "corridor", 1), cell(&prefixed, "post_id", 1)), ("a", "7"));
    annotate(&folder, "in.csv", "lon,lat\n46.5,39.5\n", "first.csv", "").ok();
    for output in ["out.csv", "out.geojson"] {
        annotate(&folder, "in.csv", text, output, "--replace").ok();
    }
    assert_eq!(folder.read("out.csv"), folder.read("first.csv"));
    let again = folder.read("first.csv");
    annotate(&folder, "again.csv", &again, "out.csv", "--replace").ok();
    assert_eq!(folder.read("out.csv"), again);
    let twice = "a,lon,lat,a\n1,46.5,39.5,2\n";
    annotate(&folder, "in.csv", twice, "out.csv", "").ok();
    annotate(&folder, "in.csv", twice, "out.geojson", "").fails(2, &["two columns `a`"]);
}

#[test]
fn features_become_rows() {
    let folder = Folder::with_demonstration();
    let features = [
        point("7", r#"{"n":1.50,"deep":{"a":[1, 2]},"yes":true,"big":9007199254740993}"#, 46.5, 39.5),
        multi_point("null", r#"{"text":"a,\"b\"\n","n":null}"#, "[[46.5, 39.5], [46.6, 39.6]]"),
        feature("\"x\"", "null", r#"{"type":"Point","coordinates":[46.70,39.70,120.0]}"#),
        feature("null", "{}", "null"),
    ];
    let text = collection(&features).replace("\"features\"", "\"name\":\"day\",\"features\"");
    let run = annotate(&folder, "in.geojson", text, "out.csv", "");
    assert!(run.err.contains("left out `name`"), "{}", run.err);
    run.ok();
    let written = table(&folder.read("out.csv"), b',');
    assert_eq!(
        written[0][..9],
        ["id", "n", "deep", "yes", "big", "text", "longitude", "latitude", "geometry"]
    );
    assert_eq!(
        written[1][..9],
        ["7", "1.50", r#"{"a":[1, 2]}"#, "true", "9007199254740993", "", "46.5", "39.5", ""]
    );
    assert_eq!(cell(&written, "text", 2), "a,\"b\"\n");
    assert_eq!(
        cell(&written, "geometry", 2),
        r#"{"type":"MultiPoint","coordinates":[[46.5, 39.5], [46.6, 39.6]]}"#
    );
    assert_eq!(cell(&written, "geometry", 3), r#"{"type":"Point","coordinates":[46.70,39.70,120.0]}"#);
    assert_eq!(cell(&written, "location_warning", 4), "not located: the geometry is null");
    assert!((1..4).all(|record| !cell(&written, "post_id", record).is_empty()));
    // The answers are the same as in the features.
    folder.run(&format!("{LAYERS} --incidents in.geojson --output out.geojson")).ok();
    for (at, found) in properties(&folder.read("out.geojson")).iter().enumerate().take(3) {
        assert_eq!(found["post_id"], cell(&written, "post_id", at + 1));
        assert_eq!(
            found["route_chainage_m"].as_f64().unwrap(),
            cell(&written, "route_chainage_m", at + 1).parse::<f64>().unwrap()
        );
    }
    // Names that are taken.
    let features = [point("7", r#"{"id":8,"longitude":1,"corridors_seen":2}"#, 46.5, 39.5)];
    annotate(&folder, "in.geojsonl", features.concat(), "out.csv", "").ok();
    assert_eq!(
        table(&folder.read("out.csv"), b',')[0][..6],
        ["feature_id", "id", "longitude", "corridors_seen", "lon", "lat"]
    );
}

#[test]
fn threads_make_no_difference() {
    let folder = Folder::with_demonstration();
    let mut random = fastrand::Rng::with_seed(18);
    let mut text = String::from("n,lon,lat,note\n");
    for n in 0..20_000 {
        let (lon, lat) = (46.0 + random.f64(), 39.3 + random.f64());
        let bad = if n % 4099 == 5 { "x" } else { "" };
        text.push_str(&format!("{n:06},{lon},{bad}{lat:.5},\"{}\"\n", "\"\"\n,".repeat(n % 3)));
    }
    for output in ["csv", "geojson"] {
        let run = |threads: usize| {
            let more = format!("--threads {threads} --skip-invalid --rejects rejects.jsonl");
            let run = annotate(&folder, "in.csv", &text, &format!("out.{output}"), &more);
            assert_eq!(run.status, 1, "{}", run.err);
            (folder.read(&format!("out.{output}")), folder.read("rejects.jsonl"), run.err)
        };
        let one = run(1);
        assert_eq!(one.1.lines().count(), 5);
        for threads in [2, 3, 8] {
            assert!(run(threads) == one, "{threads} threads, {output}");
        }
    }
}
