//! Lossless: members that are spliced into every feature and taken out again leave the file as it was.

use std::fs;
use std::path::{Path, PathBuf};

use super::Source;
use super::document::Document;
use super::feature::Properties;
use super::raw;
use super::splice::{fold_lines, splice};

const NEW: &str = r#""test_a":1.50,"test_b":{"x":[null,"}"]},"test_\u0063":"é""#;

fn is_new(key: &str) -> bool {
    key.starts_with("test_")
}

/// The document with every feature spliced anew; a collection with a member of its own more.
fn rewritten(source: &Source, remove: bool, new: &str, provenance: &str) -> Option<String> {
    let document = Document::parse(source).ok()?;
    let mut out = Vec::new();
    let remove_member: &dyn Fn(&str) -> bool = &|key| remove && is_new(key);
    let (head, tail) = match &document.collection {
        Some(collection) => {
            // With nothing to change, the edit must give the slices back.
            let same = collection.edited(&|_| false, "");
            assert_eq!(same, (collection.head.to_owned(), collection.tail.to_owned()));
            collection.edited(&|key| remove && key == "test_provenance", provenance)
        }
        None => {
            let (first, last) = (document.features.first()?, document.features.last()?);
            let text = source.text();
            let end = raw::offset_in(text, last.text) + last.text.len();
            (text[..raw::offset_in(text, first.text)].to_owned(), text[end..].to_owned())
        }
    };
    out.extend_from_slice(head.as_bytes());
    for (i, feature) in document.features.iter().enumerate() {
        splice(&feature.parts().ok()?, remove.then_some(remove_member), new, &mut out);
        out.extend_from_slice(document.separator(i).as_bytes());
    }
    out.extend_from_slice(tail.as_bytes());
    Some(String::from_utf8(out).expect("slices of UTF-8"))
}

/// How many features came through; those whose properties are no object can't come back as they were.
fn hold(name: &str, bytes: Vec<u8>) -> usize {
    let Ok(source) = Source::from_bytes(name, bytes) else { return 0 };
    let Some(with) = rewritten(&source, false, NEW, r#""test_provenance":{"a":[]}"#) else { return 0 };
    let again = Source::from_bytes(name, with.clone().into()).unwrap();
    let document = Document::parse(&again).unwrap_or_else(|e| panic!("{e}:\n{with}"));
    for feature in &document.features {
        let parts = feature.parts().unwrap();
        assert_eq!(parts.property("test_c"), Some("\"é\""), "{name}");
        let mut line = Vec::new();
        splice(&parts, None, "\"test_d\":1", &mut line);
        fold_lines(&mut line, 0);
        assert!(!line.contains(&b'\n') && raw::validate(std::str::from_utf8(&line).unwrap()).is_ok());
    }
    if document.collection.is_some() {
        assert_eq!(with.matches("test_provenance").count(), 1, "{name}");
    }
    let without = rewritten(&again, true, "", "").unwrap();
    let original = Document::parse(&source).unwrap();
    let objects = original.features.iter().map(|feature| feature.parts().unwrap());
    if objects.clone().all(|parts| matches!(parts.properties, Properties::Object(_))) {
        assert_eq!(without, source.text(), "{name}");
    } else {
        // Nothing but the properties differs: every geometry is there to the last digit.
        for (before, after) in objects
            .zip(&Document::parse(&Source::from_bytes(name, without.into()).unwrap()).unwrap().features)
        {
            assert_eq!(before.geometry, after.parts().unwrap().geometry, "{name}");
        }
    }
    original.features.len()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn every_fixture_comes_back() {
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"), &mut files);
    let features: usize =
        files.iter().map(|path| hold(&path.display().to_string(), fs::read(path).unwrap())).sum();
    assert!(features > 80, "{features}");
}

#[test]
fn odd_spelling_comes_back() {
    let odd = "{ \"type\" :\t\"Feature\" , \"id\":1.0e0,\r\n\"x\":[1.0 , -0,1E+2,\"\\u00e9\\/\\ud800\"], \"properties\":{ \"a\" : 1 ,\n \"a\":2 } , \"geometry\":null }";
    let bare = "{\"type\":\"Point\" ,\"coordinates\":[ 1.10,2,3,4 ],\"foo\":1.0}";
    for text in [
        odd.to_owned(),
        format!(" \n{odd}\n"),
        format!(
            "{{\"a\":[{{}}] , \"features\" :[\n{odd}\n ,\t{odd}] ,\"type\":\"FeatureCollection\" ,\n\"bbox\":[0,0,1,1]\n}}\n\n"
        ),
        "{\"type\":\"FeatureCollection\",\"features\":[ \n ]}".into(),
        format!("\u{1E}{odd}\n\u{1E}{odd}\n"),
        bare.to_owned(),
        format!("{bare}\n\n  {bare}\r\n"),
        "{\"features\":[],\"type\":\"FeatureCollection\" }".into(),
    ] {
        let features = hold("odd", text.clone().into());
        assert_eq!(
            features,
            text.matches("\"Feature\"").count() + text.matches("\"Point\"").count(),
            "{text}"
        );
    }
}

/// A member of the collection goes, wherever it stands.
#[test]
fn provenance_is_replaced_wherever_it_stands() {
    for (text, expected) in [
        (
            r#"{"old":1,"type":"FeatureCollection","features":[ ]}"#,
            r#"{"type":"FeatureCollection","features":[ ],"n":2}"#,
        ),
        (
            r#"{"type":"FeatureCollection" , "old":1 ,"features":[]}"#,
            r#"{"type":"FeatureCollection"  ,"features":[],"n":2}"#,
        ),
        (
            r#"{"type":"FeatureCollection","features":[],"old":1 }"#,
            r#"{"type":"FeatureCollection","features":[],"n":2 }"#,
        ),
        (
            r#"{"features":[], "old":1,"type":"FeatureCollection"}"#,
            r#"{"features":[],"type":"FeatureCollection","n":2}"#,
        ),
    ] {
        let source = Source::from_bytes("x", text.into()).unwrap();
        let document = Document::parse(&source).unwrap();
        let (head, tail) = document.collection.unwrap().edited(&|key| key == "old", "\"n\":2");
        assert_eq!(head + &tail, expected, "{text}");
    }
}
