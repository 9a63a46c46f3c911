//! GPX out: what XML readers find, what comes back, and what has no place.

use std::io::{Cursor, Read};

use patrol_corridor::io::{Features, ReadLimits};
use serde_json::{Value, json};

use crate::program::{Folder, collection, feature};

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson";

/// `patrol annotate` of a text under a name; what it says, and the GPX.
fn annotate(folder: &Folder, input: &str, text: impl AsRef<[u8]>) -> (String, String) {
    folder.write(input, text);
    let run = folder.run(&format!("{LAYERS} --incidents {input} --output out.gpx --replace --force"));
    assert_eq!(run.status, 0, "{}", run.err);
    (run.err, folder.read("out.gpx"))
}

fn read(text: &str) -> Vec<Value> {
    let bytes = Cursor::new(text.as_bytes().to_vec());
    let mut out = String::new();
    Features::gpx("out.gpx", bytes, &ReadLimits::default()).unwrap().read_to_string(&mut out).unwrap();
    let texts = out.split('\u{1e}').map(str::trim).filter(|text| !text.is_empty());
    texts.map(|text| serde_json::from_str(text).unwrap()).collect()
}

#[test]
fn a_waypoint_says_what_a_handset_shows() {
    let folder = Folder::with_demonstration();
    let incidents = folder.read("incidents.geojson");
    let (_, text) = annotate(&folder, "in.geojson", incidents);
    let document = roxmltree::Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(
        (root.attribute("version"), root.tag_name().namespace()),
        (Some("1.1"), Some("http://www.topografix.com/GPX/1/1"))
    );
    let first = root.children().find(|node| node.tag_name().name() == "wpt").unwrap();
    assert_eq!((first.attribute("lat"), first.attribute("lon")), (Some("40.068059"), Some("46.807759")));
    let members: Vec<_> = first.children().filter(|node| node.is_element()).collect();
    let names: Vec<_> = members.iter().map(|node| node.tag_name().name()).collect();
    assert_eq!(names, ["time", "name", "desc", "type", "extensions"]);
    let texts: Vec<_> = members[..4].iter().map(|node| node.text().unwrap_or_default()).collect();
    let description = "1.7 km WSW of OP-21; 1.3 km from R4 at km 33.4";
    assert_eq!(texts, ["2021-01-01T01:40:00Z", "INC-1", description, "small-arms fire"]);
}

#[test]
fn every_value_of_a_csv_comes_back_or_is_named() {
    let folder = Folder::with_demonstration();
    let csv = "id,lon,lat,time,type,_name,größe,a b,1st\n\
        007,46.80,40.0100,2020-10-04T13:45:00+04:00,\" ]]> <script>\r\n&amp; \",x,\u{200f}عربي,lost,lost\n\
        ,46.5,39.5,04.10.2020,,,,,\n";
    let (err, text) = annotate(&folder, "in.csv", csv);
    assert!(err.contains("`a b` (no name of XML), `1st` (no name of XML)"), "{err}");
    roxmltree::Document::parse(&text).unwrap();
    let back = read(&text);
    assert_eq!(back.len(), 2);
    assert_eq!(back[0]["geometry"], json!({"type": "Point", "coordinates": [46.80, 40.01]}));
    for (name, value) in [
        ("id", "007"),
        ("lon", "46.80"),
        ("time", "2020-10-04T13:45:00+04:00"),
        ("type", " ]]> <script>\r\n&amp; "),
        ("_name", "x"),
        ("größe", "\u{200f}عربي"),
    ] {
        assert_eq!(back[0]["properties"][name], value, "{name}");
    }
    assert_eq!(back[1]["properties"]["id"], "");
    assert!(text.contains("<name>2</name>"));
    for absent in ["name", "desc", "gpx_type", "time_2"] {
        assert_eq!(back[0]["properties"].get(absent), None, "{absent}");
    }
}

#[test]
fn lines_are_tracks_and_what_has_no_place_is_counted() {
    let folder = Folder::with_demonstration();
    let of = |geometry: Value| feature("null", r#"{"id":"x"}"#, &geometry.to_string());
    let line = json!({"type": "LineString", "coordinates": [[46.5, 39.6, 700], [46.7, 39.8, 701]]});
    let lines =
        json!({"type": "MultiLineString", "coordinates": [[[46.5, 39.6], [46.7, 39.8]], [[1, 2], [3, 4]]]});
    let area = json!({"type": "Polygon", "coordinates": [[[46, 39], [47, 39], [47, 40], [46, 39]]]});
    let points = json!({"type": "MultiPoint", "coordinates": [[46.5, 39.6], [46.7, 39.8]]});
    let point = json!({"type": "Point", "coordinates": [4.65e1, 39.6]});
    let features = [of(line.clone()), of(area), of(points), of(Value::Null), of(lines.clone()), of(point)];
    let (err, text) = annotate(&folder, "in.geojson", collection(&features));
    for words in ["1 with areas or several", "1 without a position", "2 positions that belong together"] {
        assert!(err.contains(words), "{words} in {err}");
    }
    let back = read(&text);
    let geometries: Vec<_> = back.iter().map(|feature| &feature["geometry"]).collect();
    assert_eq!(geometries.len(), 5);
    // Waypoints are before tracks by the schema.
    assert_eq!(geometries[..3].iter().filter(|geometry| geometry["type"] == "Point").count(), 3);
    assert_eq!(geometries[3..], [&line, &lines]);
}

#[test]
fn positions_are_those_that_the_schema_has() {
    let folder = Folder::with_demonstration();
    let csv = "id,lon,lat\na,180,90\nb,-180,-90\nc,1.5e2,1E-3\nd,-0.0,+0.5\n";
    let (_, text) = annotate(&folder, "in.csv", csv);
    for position in [
        "lat=\"90\" lon=\"-180\"",
        "lat=\"-90\" lon=\"-180\"",
        "lat=\"0.001\" lon=\"150\"",
        "lat=\"0.5\" lon=\"-0.0\"",
    ] {
        assert!(text.contains(position), "{position}");
    }
}

#[test]
fn a_phone_reads_what_a_prefix_names() {
    let folder = Folder::with_demonstration();
    folder.write("in.csv", "id,lon,lat\nA,46.807759,40.068059\n");
    let line = format!("{LAYERS} --incidents in.csv --output out.gpx --prefix near_");
    folder.run(&line).ok();
    assert!(folder.read("out.gpx").contains("<desc>1.7 km WSW of OP-21;"));
}
