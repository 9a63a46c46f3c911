//! The JSON test suite, and nesting without end: never a panic, never an overflow, always an answer.

use std::fs;
use std::path::Path;

use crate::support::check;
use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_incidents};
use patrol_corridor::{Error, IncidentGeometry};

fn read(name: &str, bytes: Vec<u8>) -> Result<usize, Error> {
    let source = Source::from_bytes(name, bytes)?;
    read_incidents::<NoProperties>(&source, &LayerOptions::default()).map(|layer| layer.items.len())
}

#[test]
fn what_is_no_json_is_refused_as_such() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/json_parsing");
    let (mut yes, mut no, mut either) = (0, 0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".json") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let findings = check(&name, bytes.clone(), None);
        assert!(findings.iter().any(|finding| finding.is_error()), "{name} is no GeoJSON");
        let error = read(&name, bytes).unwrap_err();
        assert_eq!(error.file(), Some(&*name));
        match &name[..2] {
            "n_" => {
                assert!(error.is_json(), "{name}: {error}");
                assert!(findings[0].message.starts_with("not JSON: "), "{name}: {findings:?}");
                no += 1;
            }
            "y_" => {
                assert!(error.is_input(), "{name}: {error}");
                assert!(findings[0].message.starts_with("not GeoJSON: "), "{name}: {findings:?}");
                yes += 1;
            }
            _ => either += 1,
        }
    }
    assert!(yes > 30 && no > 80 && either > 15, "{yes} {no} {either}");
}

#[test]
fn nesting_without_end() {
    let open = |text: &str| text.repeat(100_000).into_bytes();
    for bytes in [open("["), open("[{\"\":"), open("{\"a\":")] {
        assert!(read("deep", bytes.clone()).unwrap_err().is_json());
        assert_eq!(check("deep", bytes, None).len(), 1);
    }
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(read("deep", deep.clone().into()).unwrap_err().to_string().contains("an array"));
    // In the properties it is nobody's business how deep a value is.
    let point = r#"{"type":"Point","coordinates":[1,2]}"#;
    let feature = format!(r#"{{"type":"Feature","geometry":{point},"properties":{{"x":{deep}}}}}"#);
    assert_eq!(read("deep", feature.clone().into()).unwrap(), 1);
    assert!(check("deep", feature.into(), None).is_empty());
    // In a geometry it is an error that says so.
    let lead = "{\"type\":\"GeometryCollection\",\"geometries\":[";
    let nested = |depth: usize| lead.repeat(depth) + point + &"]}".repeat(depth);
    assert_eq!(read("deep", nested(100).into()).unwrap(), 1);
    for depth in [101, 2000] {
        let error = read("deep", nested(depth).into()).unwrap_err();
        assert!(error.to_string().contains("nested more than 100 deep"), "{error}");
        let findings = check("deep", nested(depth).into(), None);
        assert!(findings.iter().any(|finding| finding.message.contains("nested more than 100 deep")));
    }
    let ring = format!("{{\"type\":\"Polygon\",\"coordinates\":{deep}}}");
    assert!(
        read("deep", ring.clone().into()).unwrap_err().to_string().contains("an array, expected a number")
    );
    assert!(check("deep", ring.into(), None).iter().any(|finding| finding.is_error()));
}

#[test]
fn every_cut_of_a_file_has_an_answer() {
    let text = "\u{FEFF}{\"type\":\"FeatureCollection\",\"bbox\":[0,0,1,1],\"features\":[{\"type\":\"Feature\",\"id\":\"\\u00e9\",\
                \"properties\":{\"name\":\"é\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}}]}";
    for end in 0..text.len() {
        assert!(read("cut", text.as_bytes()[..end].to_vec()).is_err(), "{end}");
        assert!(!check("cut", text.as_bytes()[..end].to_vec(), None).is_empty());
    }
    assert_eq!(read("cut", text.into()).unwrap(), 1);
}

#[test]
fn odd_numbers_are_read_as_they_are() {
    let text =
        r#"{"type":"MultiPoint","coordinates":[[-0,1e1],[1.5E-2,0.1],[51.248178375505404,-90,1e300]]}"#;
    let source = Source::from_bytes("n", text.into()).unwrap();
    let layer = read_incidents::<NoProperties>(&source, &LayerOptions::default()).unwrap();
    let IncidentGeometry::MultiPoint(positions) = &layer.items[0].geometry else { panic!() };
    let bits: Vec<u64> = positions.iter().map(|p| p.lon_deg().to_bits()).collect();
    assert_eq!(bits, [(-0.0_f64).to_bits(), 0.015_f64.to_bits(), 51.248178375505404_f64.to_bits()]);
}
