//! `patrol annotate`: what it reads and writes, in which forms, and what it never writes over.

mod forms;
mod overwriting;
mod rejects;

use crate::text::features;

fn is_new(key: &str) -> bool {
    ["post_", "route_", "corridor", "in_corridor"].iter().any(|start| key.starts_with(start))
}

/// The features of an output in one of the three forms, of which the form itself is held.
fn read(form: &str, text: &str) -> Vec<String> {
    match form {
        "geojson" => features(text).into_iter().map(str::to_owned).collect(),
        "geojsonl" => {
            assert!(text.ends_with('\n') && !text.contains(['\u{1E}', '\r']), "{text:?}");
            text.lines().map(str::to_owned).collect()
        }
        _ => {
            // RFC 8142: each begins with 0x1E and ends with a line feed.
            let records = text.strip_prefix('\u{1E}').unwrap().split('\u{1E}');
            records.map(|record| record.strip_suffix('\n').unwrap().to_owned()).collect()
        }
    }
}

const MIXED: [&str; 4] = [
    "{\"type\":\"Feature\",\"id\":\"good\", \"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[46.6,39.7]}}",
    "{\"type\":\"Feature\",\"id\":\"swapped\",\r\n \"properties\" : { \"note\":\"\\u00e9 é \\\" ]}\" , \"n\":1.500e400},\n\t\"geometry\":{\"type\":\"Point\",\"coordinates\":[ 39.70, 146.6 ]} }",
    "{\"type\":\"Feature\",\"id\":3,\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[46.7]}}",
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}",
];
