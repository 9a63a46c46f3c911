//! Nothing of the incidents is lost: each member and each cell comes out as it came in, the answers behind.

use std::collections::HashSet;

use serde_json::value::RawValue;

use super::members::Members;

/// The texts of the features of a collection; `None` of any other text.
fn collection(text: &str) -> Option<Vec<&RawValue>> {
    let members: Members<'_> = serde_json::from_str(text).ok()?;
    serde_json::from_str(members.get("features")?.get()).ok()
}

fn texts(members: &Members<'_>) -> Vec<(String, String)> {
    members.0.iter().map(|(key, value)| (key.clone(), value.get().to_owned())).collect()
}

/// Each property as it came, before those of the annotation; each other member likewise. Features by their numbers, those
/// that were rejected left out.
pub fn in_features(before: &str, after: &str, rejected: &HashSet<u64>) {
    let after = collection(after).expect("a collection");
    let before: Vec<&str> = match collection(before) {
        Some(features) => features.into_iter().map(RawValue::get).collect(),
        None => before.lines().collect(),
    };
    let kept = (1..).zip(before).filter(|(number, _)| !rejected.contains(number));
    let kept: Vec<&str> = kept.map(|(_, text)| text).collect();
    assert_eq!(kept.len(), after.len());
    for (before, after) in kept.into_iter().zip(after) {
        let was: Members<'_> = serde_json::from_str(before).expect("a feature");
        let is: Members<'_> = serde_json::from_str(after.get()).expect("a feature");
        let others = |key: &str| key == "properties";
        assert_eq!(is.without(others), was.without(others));
        let of = |members: &Members<'_>| -> Vec<(String, String)> {
            let text = members.get("properties").expect("properties").get();
            texts(&serde_json::from_str(text).expect("an object"))
        };
        let (had, has) = (of(&was), of(&is));
        assert!(has.len() > had.len() && has[..had.len()] == had[..], "{had:?}\n{has:?}");
    }
}

fn records(text: &str, delimiter: u8) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).delimiter(delimiter);
    // As many cells in each, or it is an error.
    reader.from_reader(text.as_bytes()).records().collect::<Result<_, _>>().expect("a table")
}

/// The columns and the cells of the log first, those of the annotation behind.
pub fn in_rows(before: &str, after: &str, delimiter: u8, rejected: &HashSet<u64>) {
    let (before, after) = (records(before, delimiter), records(after, delimiter));
    let kept: Vec<_> = (0..).zip(&before).filter(|(number, _)| !rejected.contains(number)).collect();
    assert_eq!(after.len(), kept.len());
    for ((number, before), after) in kept.into_iter().zip(&after) {
        let is_same = before.iter().zip(after).all(|(before, after)| before == after);
        assert!(is_same && after.len() > before.len(), "row {number}: {before:?}\n{after:?}");
    }
}
