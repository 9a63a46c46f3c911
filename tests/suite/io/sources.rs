//! The forms of text that a layer may have, and how it is packed.

use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_incidents};
use patrol_corridor::{Error, IncidentGeometry, Position};

use crate::support::check;
use crate::text::gzip;

const ONE: &str =
    r#"{"type":"Feature","id":"a","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
const TWO: &str =
    r#"{"type":"Feature","id":"b","properties":null,"geometry":{"type":"Point","coordinates":[3,4]}}"#;

fn ids(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Vec<String>, Error> {
    let source = Source::from_bytes(name, bytes.into())?;
    let layer = read_incidents::<NoProperties>(&source, &LayerOptions::default())?;
    assert_eq!(layer.features, layer.items.len() as u64);
    Ok(layer.items.iter().map(|incident| incident.id.to_string()).collect())
}

#[test]
fn every_form_gives_the_same_features() {
    let pretty = |text: &str| text.replace(',', ",\n  ").replace('{', "{\r\n");
    for text in [
        format!(r#"{{"type":"FeatureCollection","features":[{ONE},{TWO}]}}"#),
        // The members of a collection stand in any order, and a bbox holds a `[` too.
        format!(
            r#"{{"bbox":[0,0,9,9],"x":[{{"features":[]}}],"features":[ {ONE} , {TWO} ],"type":"FeatureCollection"}}"#
        ),
        pretty(&format!(r#"{{"type":"FeatureCollection","features":[{ONE},{TWO}]}}"#)),
        format!("{ONE}\n{TWO}\n"),
        format!("{ONE}\r\n\r\n   {TWO}"),
        format!("\n\n{ONE}\n \t\n{TWO}\n\n"),
        format!("\u{1E}{ONE}\n\u{1E}{TWO}\n"),
        format!("\u{1E}{ONE}\u{1E}\u{1E}{TWO}"),
        format!("\u{1E}{}\n\u{1E}{}\n", pretty(ONE), pretty(TWO)),
        format!("\u{FEFF}{ONE}\n{TWO}"),
    ] {
        assert_eq!(ids("x", &*text).unwrap(), ["a", "b"], "{text}");
        assert_eq!(ids("x", gzip(&text)).unwrap(), ["a", "b"], "{text}");
        assert!(check("x", text.clone().into(), None).is_empty(), "{text}");
    }
    assert_eq!(ids("x", ONE).unwrap(), ["a"]);
    assert_eq!(ids("x", pretty(ONE)).unwrap(), ["a"]);
    assert_eq!(ids("x", format!("\u{1E}{ONE}\n")).unwrap(), ["a"]);
}

#[test]
fn bare_geometries_are_features_without_an_id() {
    let text = "{\"type\":\"Point\",\"coordinates\":[2,49]}\n    {\"type\":\"Point\",\"coordinates\":[3,50]}";
    assert_eq!(ids("x", text).unwrap(), ["#1", "#2"]);
    let source = Source::from_bytes("x", text.lines().next().unwrap().into()).unwrap();
    let layer = read_incidents::<NoProperties>(&source, &LayerOptions::default()).unwrap();
    assert_eq!(layer.items[0].geometry, IncidentGeometry::Point(Position::from_lon_lat(2.0, 49.0).unwrap()));
    let error = ids(
        "x",
        format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}]}}", text.lines().next().unwrap()),
    );
    let error = error.unwrap_err();
    assert_eq!(error.line(), Some(2));
    assert!(error.to_string().contains("the type `Point`, expected `Feature`"), "{error}");
}

#[test]
fn gzip_may_have_members_and_must_be_whole() {
    let two = [gzip(&format!("{ONE}\n")), gzip(TWO)].concat();
    assert_eq!(ids("x.gz", two.clone()).unwrap(), ["a", "b"]);
    let error = ids("x.gz", &two[..two.len() - 3]).unwrap_err();
    assert!(error.to_string().starts_with("x.gz: damaged gzip data"), "{error}");
    assert!(error.is_input());
}

#[test]
fn empty_layers_are_layers() {
    assert_eq!(ids("x", r#"{"type":"FeatureCollection","features":[]}"#).unwrap(), [""; 0]);
    assert_eq!(ids("x.geojsonl", "").unwrap(), [""; 0]);
    assert_eq!(ids("x.geojsons.gz", gzip("\n")).unwrap(), [""; 0]);
    assert!(check("x.ndjson", Vec::new(), None).is_empty());
    assert!(ids("x.geojson", "").unwrap_err().is_json());
    assert!(ids("x.geojson", " \n").unwrap_err().to_string().contains("empty"));
}

#[test]
fn provenance_is_of_the_bytes_as_they_were_read() {
    let source = Source::from_bytes("a/b/posts.geojson", b"abc".to_vec()).unwrap();
    assert_eq!((source.name(), source.file(), source.text()), ("a/b/posts.geojson", "posts.geojson", "abc"));
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(source.sha256(), abc);
    let packed = Source::from_bytes("x", gzip("abc")).unwrap();
    assert_eq!(packed.text(), "abc");
    assert_ne!(packed.sha256(), abc);
    assert_eq!(Source::read("<stdin>", &b"\xEF\xBB\xBF{}"[..]).unwrap().text(), "{}");
    assert!(Source::open("/no/such/file").unwrap_err().is_io());
}

#[test]
fn faults_of_syntax_name_their_line() {
    for (text, line, words) in [
        ("{\n\"type\": \"FeatureCollection\",\n\"features\": [\n{},\n]}".to_owned(), 5, "not JSON"),
        ("\n\n{\"type\":".to_owned(), 3, "the text ends too early"),
        (format!("{ONE}\n{{\"type\":\"Feature\",}}\n{TWO}"), 2, "not JSON"),
        (format!("{ONE}\n{TWO}\n\n  {{\"type\""), 4, "not JSON"),
        (format!("{{\"type\":\"Feature\"\n{ONE}\n{TWO}"), 1, "not JSON"),
        (format!("\u{1E}{ONE}\n\u{1E}{{\n\"type\":\n}}\n"), 4, "not JSON"),
        (format!("{ONE} {TWO}"), 1, "trailing characters"),
        (format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{ONE}\n}}"), 3, "not JSON"),
        (format!("{ONE}\n[]"), 2, "an array, expected a Feature or a geometry object"),
        (
            format!("{ONE}\n{{\"type\":\"FeatureCollection\",\"features\":[]}}"),
            2,
            "the type `FeatureCollection`",
        ),
    ] {
        let error = ids("x", &*text).unwrap_err();
        assert_eq!(error.line(), Some(line), "{text}: {error}");
        assert!(error.to_string().contains(words), "{text}: {error}");
        let found = check("x", text.clone().into(), None);
        assert!(found.iter().any(|f| f.is_error() && f.line == Some(line)), "{text}: {found:?}");
    }
}

#[test]
fn text_that_is_not_utf8_names_its_byte() {
    let error = ids("x", b"{\"type\":\"\xFF\"}".to_vec()).unwrap_err();
    assert_eq!((error.byte(), error.is_json()), (Some(9), true));
    assert!(error.to_string().contains("the byte 0xFF at offset 9, expected UTF-8"), "{error}");
    assert!(ids("x", b"\xFF\xFE{\0}\0".to_vec()).unwrap_err().to_string().contains("UTF-16"));
    let found = check("x", b"{\n\xFF}".to_vec(), None);
    assert!(found[0].to_string().starts_with("x:2: error: not JSON: "), "{}", found[0]);
    // What is wrong with a file as a whole is told on its first line.
    let found = check("x", b"\x1F\x8B".to_vec(), None);
    assert!(found[0].to_string().starts_with("x:1: error: damaged gzip data"), "{}", found[0]);
}

#[test]
fn members_that_stand_twice_are_refused() {
    for text in [
        r#"{"type":"FeatureCollection","features":[],"features":[]}"#.to_owned(),
        r#"{"type":"FeatureCollection","features":[],"typ\u0065":"FeatureCollection"}"#.to_owned(),
        ONE.replace("\"id\"", "\"bbox\":[0,0,9,9],\"bbox\":[0,0,9,9],\"id\""),
        ONE.replace("\"coordinates\"", "\"coordinates\":[9,9],\"coordinates\""),
    ] {
        let error = ids("x", &*text).unwrap_err();
        assert!(error.to_string().contains("` twice in one object"), "{text}: {error}");
    }
    // Any other member may.
    assert_eq!(ids("x", ONE.replace("\"id\"", "\"x\":1,\"x\":2,\"id\"")).unwrap(), ["a"]);
}

#[test]
fn a_legacy_crs_is_read_where_it_is_wgs84() {
    let crs = |value: &str| format!(r#"{{"type":"FeatureCollection","features":[{ONE}],"crs":{value}}}"#);
    let named = |name: &str| format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#);
    for value in [named("urn:ogc:def:crs:OGC:1.3:CRS84"), named("urn:ogc:def:crs:EPSG::4326"), "null".into()]
    {
        assert_eq!(ids("x", crs(&value)).unwrap(), ["a"], "{value}");
    }
    // Neither build knows this one.
    let foreign = named("urn:ogc:def:crs:EPSG::99999");
    let on_root = ONE.replace("\"id\"", &format!("\"crs\":{foreign},\"id\""));
    let on_geometry = format!(r#"{{"type":"Point","coordinates":[2,49],"crs":{foreign}}}"#);
    for text in [crs(&foreign), on_root, on_geometry] {
        let error = ids("x", &*text).unwrap_err().to_string();
        assert!(
            error.contains("the CRS EPSG:99999") && (error.contains("ogr2ogr") || cfg!(feature = "proj")),
            "{error}"
        );
    }
}
