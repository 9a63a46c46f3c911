//! KML and KMZ out: what XML and ZIP readers find, and what comes back.

use std::io::{Cursor, Read};

use patrol_corridor::io::{Features, ReadLimits};
use serde_json::{Value, json};

use crate::program::{Folder, collection, feature, json as parsed, point};

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson";

/// `patrol annotate` of a text under a name, to another name; what it says.
fn annotate(folder: &Folder, input: &str, text: impl AsRef<[u8]>, output: &str) -> String {
    folder.write(input, text);
    let run = folder.run(&format!("{LAYERS} --incidents {input} --output {output} --replace --force"));
    assert_eq!(run.status, 0, "{}", run.err);
    run.err
}

/// Each feature of a KML text.
fn read(text: &str) -> Vec<Value> {
    let mut features =
        Features::kml("out.kml", Cursor::new(text.as_bytes().to_vec()), &ReadLimits::default()).unwrap();
    let mut out = String::new();
    features.read_to_string(&mut out).unwrap();
    let texts = out.split('\u{1e}').map(str::trim).filter(|text| !text.is_empty());
    texts.map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn table(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cells of the columns that the first table has, of both.
fn same_columns(first: &[Vec<String>], second: &[Vec<String>]) {
    assert_eq!(first.len(), second.len());
    for (at, name) in first[0].iter().enumerate() {
        let there = second[0].iter().position(|other| other == name);
        let there = there.unwrap_or_else(|| panic!("no column {name:?} in {:?}", second[0]));
        for (first, second) in first.iter().zip(second) {
            assert_eq!(first[at], second[there], "{name:?}");
        }
    }
}

const NASTY: &str = "id,lon,lat,time,\"a <b> & \"\"c\"\"\n\td\",name,folder,\n\
    007,46.80,40.0100,2020-10-04T13:45:00+04:00,\"]]> <script>alert(1)</script> &amp;\r\nb\",N,F,x\n\
    1e5,46.5,39.50,04.10.2020,\"   blanks \t\",,,\n\
    ,46.6,39.7,2020-10-04T13:45:00Z,ünï😀\u{200f}عربي,1,2,3\n\
    nowhere,,,,,,,\n";

#[test]
fn every_value_of_a_csv_comes_back() {
    let folder = Folder::with_demonstration();
    for output in ["out.kml", "out.kmz", "out.kml.gz"] {
        annotate(&folder, "in.csv", NASTY, output);
        folder.run(&format!("{LAYERS} --incidents {output} --output back.csv --replace --force")).ok();
        folder.run(&format!("{LAYERS} --incidents in.csv --output there.csv --force")).ok();
        let (there, back) = (table(&folder.read("there.csv")), table(&folder.read("back.csv")));
        same_columns(&table(NASTY), &back);
        // Why a row has no position is said in other words of a table than of a placemark.
        let answers = |row: &Vec<String>| row[8..row.len() - 1].to_vec();
        same_columns(&there.iter().map(answers).collect::<Vec<_>>(), &back);
    }
}

#[test]
fn a_placemark_has_the_name_time_and_digits_of_its_row() {
    let folder = Folder::with_demonstration();
    annotate(&folder, "in.csv", NASTY, "out.kml");
    let text = folder.read("out.kml");
    let document = roxmltree::Document::parse(&text).unwrap();
    let placemarks: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("Placemark") || node.tag_name().name() == "Placemark")
        .collect();
    assert_eq!(placemarks.len(), 4);
    let of = |at: usize, name: &str| {
        let found = placemarks[at].descendants().find(|node| node.tag_name().name() == name);
        found.map(|node| node.text().unwrap_or_default().to_owned())
    };
    let names: Vec<_> = (0..4).map(|at| of(at, "name").unwrap()).collect();
    assert_eq!(names, ["007", "1e5", "3", "nowhere"]);
    let times: Vec<_> = (0..4).map(|at| of(at, "when")).collect();
    let [first, third] =
        ["2020-10-04T13:45:00+04:00", "2020-10-04T13:45:00Z"].map(|time| Some(time.to_owned()));
    assert_eq!(times, [first, None, third, None]);
    assert_eq!(of(0, "coordinates").unwrap(), "46.80,40.0100");
    assert_eq!(of(3, "coordinates"), None);
    let cell = placemarks[0].descendants().find(|node| node.attribute("name") == Some("a <b> & \"c\"\n\td"));
    assert_eq!(cell.unwrap().text(), Some("]]> <script>alert(1)</script> &amp;\r\nb"));
}

#[test]
fn types_and_geometries_of_features_come_back() {
    let folder = Folder::with_demonstration();
    let geometries = [
        json!({"type": "Point", "coordinates": [46.5, 39.6, 700]}),
        json!({"type": "LineString", "coordinates": [[46.5, 39.6], [46.7, 39.8]]}),
        json!({"type": "MultiPoint", "coordinates": [[46.5, 39.6], [46.7, 39.8]]}),
        json!({"type": "MultiLineString", "coordinates": [[[46.5, 39.6], [46.7, 39.8]], [[1, 2], [3, 4]]]}),
        json!({"type": "Polygon", "coordinates":
            [[[46, 39], [47, 39], [47, 40], [46, 39]], [[46.5, 39.2], [46.8, 39.5], [46.8, 39.3], [46.5, 39.2]]]}),
        json!({"type": "MultiPolygon", "coordinates":
            [[[[46, 39], [47, 39], [47, 40], [46, 39]]], [[[1, 1], [2, 1], [2, 2], [1, 1]]]]}),
        json!({"type": "GeometryCollection", "geometries": [
            {"type": "Point", "coordinates": [46.5, 39.6]},
            {"type": "LineString", "coordinates": [[46.5, 39.6], [46.7, 39.8]]}]}),
        json!({"type": "Point", "coordinates": [180, 90]}),
        json!({"type": "Point", "coordinates": [-180, -90]}),
        json!({"type": "LineString", "coordinates": [[179.5, 10], [180, 10.25]]}),
        Value::Null,
    ];
    let properties = r#"{"id":"n","whole":-5,"large":5000000000,"real":0.25,"is":true,"not":false,"text":"1","empty":"","none":null,"list":[1,"a"]}"#;
    let features: Vec<String> =
        geometries.iter().map(|geometry| feature("null", properties, &geometry.to_string())).collect();
    let err = annotate(&folder, "in.geojson", collection(&features), "out.kml");
    assert!(err.contains("11 integers of `large` beyond 32 bits"), "{err}");
    let back = read(&folder.read("out.kml"));
    assert_eq!(back.len(), geometries.len());
    for (back, geometry) in back.iter().zip(&geometries) {
        assert_eq!(back["geometry"], *geometry);
        assert_eq!(back.get("id"), None);
        let own = &back["properties"];
        for (name, value) in parsed(properties).as_object().unwrap() {
            let expected = match name.as_str() {
                "list" => json!("[1,\"a\"]"),
                "none" => Value::Null,
                _ => value.clone(),
            };
            assert_eq!(own[name], expected, "{name}");
        }
        assert_eq!(own.get("name"), None);
    }
    let text = folder.read("out.kml");
    assert!(text.contains("<altitudeMode>absolute</altitudeMode><coordinates>46.5,39.6,700</coordinates>"));
    assert!(text.contains("<SimpleField type=\"bool\" name=\"is\"/>"));
}

#[test]
fn hostile_texts_are_kept_or_counted() {
    let folder = Folder::with_demonstration();
    let long = "n".repeat(100_000);
    let features = [
        point(
            "null",
            &format!(r#"{{"id":"a\u0000\u001bb\uffff","{long}":"{long}","]]>":"<![CDATA[x]]>"}}"#),
            46.5,
            39.6,
        ),
        point("null", r#"{"id":"b","a\u0001":"1","a\ufffd":"2","":"3","&#0;":"%ENTITY;"}"#, 46.5, 39.6),
    ];
    let err = annotate(&folder, "in.geojson", collection(&features), "out.kml");
    assert!(err.contains("3 characters that XML forbids (U+FFFD from now on)"), "{err}");
    assert!(err.contains("the name `a") && !err.contains('\u{1}'), "{err}");
    let text = folder.read("out.kml");
    roxmltree::Document::parse(&text).unwrap();
    let back = read(&text);
    assert_eq!(back[0]["properties"]["id"], "a\u{fffd}\u{fffd}b\u{fffd}");
    assert_eq!(back[0]["properties"][&long], Value::from(long.as_str()));
    assert_eq!(back[0]["properties"]["]]>"], "<![CDATA[x]]>");
    for (name, value) in [("a\u{fffd}_2", "1"), ("a\u{fffd}", "2"), ("", "3"), ("&#0;", "%ENTITY;")] {
        assert_eq!(back[1]["properties"][name], value, "{name}");
    }
}

#[test]
fn what_someone_changed_in_a_placemark_is_read() {
    let folder = Folder::with_demonstration();
    annotate(&folder, "in.csv", "id,lon,lat\nA,46.5,39.6\n,46.5,39.6\n", "out.kml");
    let text = folder.read("out.kml");
    assert_eq!(read(&text).iter().filter(|feature| feature["properties"].get("name").is_some()).count(), 0);
    let changed = text.replace("<name>A</name>", "<name>Gate</name><description>see there</description>");
    let feature = &read(&changed)[0];
    assert_eq!(feature["properties"]["name"], "Gate");
    assert_eq!(feature["properties"]["description"], "see there");
    assert_eq!(feature["properties"]["id"], "A");
}

#[test]
fn the_output_is_the_same_on_any_number_of_threads_and_through_a_pipe() {
    let folder = Folder::with_demonstration();
    let rows: String = (0..20_000).map(|n| format!("I-{n},46.{n:05},39.6\n")).collect();
    folder.write("in.csv", format!("id,lon,lat\n{rows}"));
    let line = |more: &str| format!("{LAYERS} --incidents in.csv --force --quiet {more}");
    for format in ["kml", "kmz"] {
        folder.run(&line(&format!("--output one.{format} --threads 1"))).ok();
        folder.run(&line(&format!("--output two.{format} --threads 3"))).ok();
        let [one, two] =
            ["one", "two"].map(|name| std::fs::read(folder.path(&format!("{name}.{format}"))).unwrap());
        assert!(one == two, "{format}");
    }
    let piped = folder.run(&line("--output - --output-format kml")).ok();
    assert_eq!(piped, folder.read("one.kml"));
    let mut archive =
        zip::ZipArchive::new(Cursor::new(std::fs::read(folder.path("one.kmz")).unwrap())).unwrap();
    let mut text = String::new();
    archive.by_name("doc.kml").unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, piped);
}

#[test]
fn a_table_without_rows_is_a_document_without_placemarks() {
    let folder = Folder::with_demonstration();
    for output in ["out.kml", "out.kmz"] {
        annotate(&folder, "in.csv", "id,lon,lat\n", output);
    }
    assert!(read(&folder.read("out.kml")).is_empty());
    folder.run(&format!("{LAYERS} --incidents out.kmz --output back.geojson")).ok();
}
