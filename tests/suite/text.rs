//! JSON text in the plainest terms, apart from the crate's own: what is taken out of a text, byte for byte, and how it is packed.

use std::io::Write;

use serde::Deserialize;
use serde_json::value::RawValue;

/// The text as gzip.
pub fn gzip(text: &str) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

/// The text of the features of a FeatureCollection.
pub fn features(collection: &str) -> Vec<&str> {
    #[derive(Deserialize)]
    struct Collection<'a> {
        #[serde(borrow)]
        features: Vec<&'a RawValue>,
    }
    let collection: Collection<'_> =
        serde_json::from_str(collection).unwrap_or_else(|e| panic!("{e}: {collection}"));
    collection.features.iter().map(|feature| feature.get()).collect()
}

/// The text without the members that `gone` names, each with the comma before it (of a first one: behind it).
pub fn without(text: &str, gone: impl Fn(&str) -> bool) -> String {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'"' {
            out.push(bytes[at]);
            at += 1;
            continue;
        }
        let string = &text[at..string_end(bytes, at)];
        at += string.len();
        let colon = blanks_end(bytes, at);
        let key = serde_json::from_str::<String>(string).unwrap_or_default();
        if bytes.get(colon) != Some(&b':') || !gone(&key) {
            out.extend_from_slice(string.as_bytes());
            continue;
        }
        at = value_end(bytes, blanks_end(bytes, colon + 1));
        if out.last() == Some(&b',') {
            out.pop();
        } else if bytes.get(at) == Some(&b',') {
            at += 1;
        }
    }
    String::from_utf8(out).unwrap()
}

/// The text without the white space between its tokens.
pub fn compact(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut at = blanks_end(bytes, 0);
    while at < bytes.len() {
        let end = if bytes[at] == b'"' {
            string_end(bytes, at)
        } else {
            at + text[at..].chars().next().unwrap().len_utf8()
        };
        out.push_str(&text[at..end]);
        at = blanks_end(bytes, end);
    }
    out
}

fn blanks_end(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        at += 1;
    }
    at
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

fn value_end(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    loop {
        match bytes[at] {
            b'"' => {
                at = string_end(bytes, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth == 0 => return at,
            b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
}

#[test]
fn members_are_taken_out_of_the_text() {
    let text = r#"{ "a":[1, {"z_1":"},"}] ,"\u007a_2":{"x":"\"]"},"b":"z_3","z_4":-1e5 }"#;
    let gone = |key: &str| key.starts_with("z_");
    assert_eq!(without(text, gone), r#"{ "a":[1, {}] ,"b":"z_3" }"#);
    assert_eq!(without(r#"{"z_1":1,"z_2":[],"a":0}"#, gone), r#"{"a":0}"#);
    assert_eq!(without(r#"{ "z_1":1,"z_2":null }"#, gone), "{  }");
    assert_eq!(compact(" { \"a b\" : [ 1 ,\r\n\t\"\\\" \" ] }\n"), "{\"a b\":[1,\"\\\" \"]}");
}

/// Those of a sequence, or of a collection where the file is in another system.
pub fn features_of(text: &str) -> Vec<serde_json::Value> {
    if let Ok(collection) = serde_json::from_str::<serde_json::Value>(text) {
        return collection["features"].as_array().unwrap().clone();
    }
    let records = text.split('\u{1e}').filter(|record| !record.trim().is_empty());
    records.map(|record| serde_json::from_str(record).unwrap()).collect()
}
