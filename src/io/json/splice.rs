//! New members into a feature's text, and earlier ones out; everything else stays byte for byte.

use std::ops::Range;

use smallvec::SmallVec;

use crate::io::geojson::feature::{FeatureParts, Properties};
use crate::io::json::raw::{self, members};
use crate::{Error, ErrorKind};

/// Byte ranges of an object's text, ascending.
pub(crate) type Ranges = SmallVec<[Range<usize>; 4]>;

/// The byte ranges to leave out so that the members whose key (without escapes) `remove` names are
/// gone: each with the comma before it and the white space behind that comma, so that removing what
/// [`splice`] has added gives back the text as it was.
pub(crate) fn removals(object: &str, remove: &dyn Fn(&str) -> bool) -> Ranges {
    let mut ranges = Ranges::new();
    let mut kept_before = false;
    // Set while the members so far are all removed: the first kept one must lose what is before it.
    let mut first_key: Option<usize> = None;
    let mut last_end = 0;
    for member in members(object) {
        let key = raw::offset_in(object, member.key_text);
        let end = raw::offset_in(object, member.value) + member.value.len();
        if remove(&member.key) {
            if kept_before {
                let comma = object[last_end..key].find(',').map_or(key, |at| last_end + at);
                ranges.push(comma..end);
            } else {
                first_key.get_or_insert(key);
            }
        } else {
            if let Some(start) = first_key.take() {
                ranges.push(start..key);
            }
            kept_before = true;
        }
        last_end = end;
    }
    if let Some(start) = first_key {
        ranges.push(start..last_end);
    }
    ranges
}

/// Where a new member goes: behind the last member that is kept, or behind the opening brace.
pub(crate) fn end_of_members(object: &str, removed: &[Range<usize>]) -> usize {
    if removed.is_empty() {
        // No need to look at the members: the last one ends before the closing brace.
        return object.strip_suffix('}').unwrap_or(object).trim_end_matches(raw::BLANK).len().max(1);
    }
    members(object)
        .map(|member| {
            let start = raw::offset_in(object, member.key_text);
            (start, raw::offset_in(object, member.value) + member.value.len())
        })
        .filter(|&(start, _)| !removed.iter().any(|range| range.contains(&start)))
        .map(|(_, end)| end)
        .last()
        .unwrap_or(1)
}

/// Appends a feature with `new` members (`"a":1,"b":"x"`, no leading comma) at the end of its
/// properties, and without the properties that `remove` names.
///
/// Properties that are null or missing become an object; a bare geometry becomes a feature.
pub(crate) fn splice(
    parts: &FeatureParts<'_>,
    remove: Option<&dyn Fn(&str) -> bool>,
    new: &str,
    out: &mut Vec<u8>,
) {
    let text = parts.feature.text;
    if parts.bare_geometry {
        put(out, ["{\"type\":\"Feature\",\"geometry\":", text, ",\"properties\":{", new, "}}"]);
        return;
    }
    match parts.properties {
        Properties::Object(object) => {
            let start = raw::offset_in(text, object);
            let mut removed = remove.map(|remove| removals(object, remove)).unwrap_or_default();
            let at = start + end_of_members(object, &removed);
            removed.iter_mut().for_each(|range| *range = range.start + start..range.end + start);
            kept(text, 0..at, &removed, |piece| put(out, [piece]));
            if !new.is_empty() {
                if at > start + 1 {
                    out.push(b',');
                }
                put(out, [new]);
            }
            kept(text, at..text.len(), &removed, |piece| put(out, [piece]));
        }
        Properties::Null(null) => {
            let start = raw::offset_in(text, null);
            put(out, [&text[..start], "{", new, "}", &text[start + null.len()..]]);
        }
        Properties::Missing => {
            let at = end_of_members(text, &[]);
            put(out, [&text[..at], ",\"properties\":{", new, "}", &text[at..]]);
        }
    }
}

fn put<const N: usize>(out: &mut Vec<u8>, pieces: [&str; N]) {
    for piece in pieces {
        out.extend_from_slice(piece.as_bytes());
    }
}

/// Takes the line breaks between the tokens of the JSON text `out[start..]` away.
pub(crate) fn fold_lines(out: &mut Vec<u8>, start: usize) {
    // Inside a string a line break is always escaped, so each raw one stands between tokens.
    let is_break = |b: &u8| matches!(b, b'\n' | b'\r');
    if memchr::memchr2(b'\n', b'\r', &out[start..]).is_some() {
        let line: Vec<u8> = out.drain(start..).filter(|byte| !is_break(byte)).collect();
        out.extend_from_slice(&line);
    }
}

/// Puts the member `name`, given whole as `"name":...`, at the end of the feature `out[start..]`.
///
/// # Errors
/// Where the feature has a member of that name already, unless `replace` takes it out.
pub(crate) fn splice_into_feature(
    out: &mut Vec<u8>,
    start: usize,
    member: &str,
    name: &str,
    replace: bool,
) -> Result<(), Error> {
    let text = String::from_utf8_lossy(&out[start..]).into_owned();
    let removed = removals(&text, &|key| key == name);
    if !removed.is_empty() && !replace {
        let message = format!("there is already a member `{name}`, which is to be written: take it out");
        return Err(Error::input(message).of_kind(ErrorKind::NameInTheWay).at_byte(0));
    }
    let at = end_of_members(&text, &removed);
    out.truncate(start);
    kept(&text, 0..at, &removed, |piece| put(out, [piece]));
    put(out, [",", member]);
    kept(&text, at..text.len(), &removed, |piece| put(out, [piece]));
    Ok(())
}

/// Gives `put` the pieces of `text[window]` without `ranges`, which are ascending.
pub(crate) fn kept(text: &str, window: Range<usize>, ranges: &[Range<usize>], mut put: impl FnMut(&str)) {
    let mut from = window.start;
    for range in ranges {
        let (at, until) = (range.start.max(from), range.end.min(window.end));
        if at < until {
            put(&text[from..at]);
            from = until;
        }
    }
    put(&text[from..window.end.max(from)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::geojson::feature::RawFeature;

    fn spliced(text: &str, remove: &[&str], new: &str) -> String {
        let feature = RawFeature { text, number: 1, line: 1, offset: 0, alone: true, validated: false };
        let parts = feature.parts().unwrap();
        let mut out = Vec::new();
        splice(&parts, Some(&|key| remove.contains(&key)), new, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn properties(object: &str, remove: &[&str], new: &str) -> String {
        let text = format!(r#"{{"type":"Feature","properties":{object} }}"#);
        let out = spliced(&text, remove, new);
        out[r#"{"type":"Feature","properties":"#.len()..out.len() - 2].to_owned()
    }

    #[test]
    fn new_members_come_last() {
        assert_eq!(properties(r#"{ "a":1 }"#, &[], r#""b":2"#), r#"{ "a":1,"b":2 }"#);
        assert_eq!(properties("{ }", &[], r#""b":2"#), r#"{"b":2 }"#);
        assert_eq!(properties("null", &[], r#""b":2"#), r#"{"b":2}"#);
        assert_eq!(
            spliced(r#"{"type":"Feature","geometry":null }"#, &[], r#""b":2"#),
            r#"{"type":"Feature","geometry":null,"properties":{"b":2} }"#
        );
        assert_eq!(
            spliced(r#"{"type":"Point","coordinates":[1,2]}"#, &[], r#""b":2"#),
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"b":2}}"#
        );
    }

    #[test]
    fn removed_members_take_their_comma() {
        let object = r#"{ "a" : 1 , "b":2 ,  "c": 3 }"#;
        assert_eq!(properties(object, &["c"], ""), r#"{ "a" : 1 , "b":2  }"#);
        assert_eq!(properties(object, &["a"], ""), r#"{ "b":2 ,  "c": 3 }"#);
        assert_eq!(properties(object, &["b"], ""), r#"{ "a" : 1  ,  "c": 3 }"#);
        assert_eq!(properties(object, &["a", "b"], ""), r#"{ "c": 3 }"#);
        assert_eq!(properties(object, &["a", "b", "c"], ""), "{  }");
        assert_eq!(properties(r#"{"\u0061":1,"b":2}"#, &["a"], ""), r#"{"b":2}"#);
    }

    /// Every way to remove of four members, with and without one that is new, leaves a JSON object
    /// with exactly what is expected in it.
    #[test]
    fn any_removal_leaves_an_object() {
        let object = "{ \"a\":1,\n\"b\" : [2] ,\"c\":{} , \"d\":\"x\" }";
        for bits in 0..16_u32 {
            let gone: Vec<&str> = ["a", "b", "c", "d"]
                .into_iter()
                .enumerate()
                .filter(|(i, _)| bits >> i & 1 == 1)
                .map(|(_, k)| k)
                .collect();
            for new in ["", r#""n":1,"m":2"#] {
                let out = properties(object, &gone, new);
                raw::validate(&out).unwrap_or_else(|e| panic!("{gone:?}: {out}: {e}"));
                let keys: Vec<_> = members(&out).map(|m| m.key.into_owned()).collect();
                let mut expected: Vec<_> =
                    ["a", "b", "c", "d"].into_iter().filter(|k| !gone.contains(k)).collect();
                if !new.is_empty() {
                    expected.extend(["n", "m"]);
                }
                assert_eq!(keys, expected, "{out}");
            }
        }
    }

    #[test]
    fn one_line_is_one_line() {
        let text = "{\"type\":\"Feature\",\r\n\"properties\":{\n\"a\":\"x\\ny\"}\n}";
        let feature = RawFeature { text, number: 1, line: 1, offset: 0, alone: true, validated: false };
        let mut out = b"before\n".to_vec();
        splice(&feature.parts().unwrap(), None, "\"b\":2", &mut out);
        fold_lines(&mut out, b"before\n".len());
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "before\n{\"type\":\"Feature\",\"properties\":{\"a\":\"x\\ny\",\"b\":2}}"
        );
    }
}
