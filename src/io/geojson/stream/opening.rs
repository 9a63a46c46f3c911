//! What kind of text it is, by its beginning.

use crate::Error;
use crate::io::RawFeature;
use crate::io::geojson::document;
use crate::io::geojson::names;
use crate::io::json::raw::{self, members, unquote};

/// How long a second line is waited for before a text with a broken first line counts as one text.
const LINE_BYTES: usize = 1 << 22;

/// What a beginning says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// More of the text is needed.
    Unknown,
    /// A FeatureCollection; its features begin behind this byte.
    Collection { features_at: usize },
    /// A record a line.
    Lines,
    /// RFC 8142.
    Sequence,
    /// One text that is no FeatureCollection with features, or none at all.
    One,
}

/// Tells from the first bytes of a text, `whole` where they are all of it, what kind it is; `by_name`
/// where the file's name says that it has a record a line.
pub(crate) fn recognise(text: &[u8], whole: bool, by_name: bool) -> Opening {
    let unknown = |otherwise: Opening| if whole { otherwise } else { Opening::Unknown };
    let Some(start) = skip_blanks(text, 0) else {
        return unknown(if by_name { Opening::Lines } else { Opening::One });
    };
    match text[start] {
        0x1E => return Opening::Sequence,
        b'{' => {}
        _ if by_name => return Opening::Lines,
        _ => return Opening::One,
    }
    match object_end(text, start) {
        Object::Collection(features_at) => Opening::Collection { features_at },
        Object::Open if by_name && text[start..].contains(&b'\n') => Opening::Lines,
        Object::Open => match broken_first_line(text, start, whole) {
            Some(opening) => opening,
            None => unknown(Opening::One),
        },
        Object::End(end) => match skip_blanks(text, end) {
            None => unknown(Opening::One),
            Some(_) if text[start..end].contains(&b'\n') => match broken_first_line(text, start, whole) {
                Some(opening) => opening,
                None => Opening::One,
            },
            Some(_) => Opening::Lines,
        },
    }
}

fn skip_blanks(text: &[u8], from: usize) -> Option<usize> {
    let blank = |b: &u8| matches!(b, b' ' | b'\n' | b'\r' | b'\t');
    text[from..].iter().position(|b| !blank(b)).map(|at| from + at)
}

/// Where an object leads to.
enum Object {
    /// To its `features`, an array whose elements begin here.
    Collection(usize),
    /// It closes before here.
    End(usize),
    /// Not to its end yet.
    Open,
}

/// Follows an object through brackets and strings, to its end or to its own `features` array.
fn object_end(text: &[u8], start: usize) -> Object {
    let (mut depth, mut at) = (0_u32, start);
    // The last string of the object itself, and whether it is a key.
    let mut key: Option<&[u8]> = None;
    let mut is_collection = true;
    let mut value_of_type = false;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => {
                let mut end = at + 1;
                loop {
                    match text.get(end) {
                        None => return Object::Open,
                        Some(b'"') => break,
                        Some(b'\\') => end += 2,
                        Some(_) => end += 1,
                    }
                }
                if depth == 1 {
                    let string = &text[at..=end];
                    if std::mem::take(&mut value_of_type) {
                        is_collection = is_text(string, "FeatureCollection");
                    }
                    key = Some(string);
                }
                at = end;
            }
            b':' if depth == 1 => value_of_type = key.is_some_and(|key| is_text(key, "type")),
            b'[' if depth == 1 && is_collection && key.is_some_and(|key| is_text(key, "features")) => {
                return Object::Collection(at + 1);
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Object::End(at + 1);
                }
            }
            b',' if depth == 1 => (key, value_of_type) = (None, false),
            _ => {}
        }
        at += 1;
    }
    Object::Open
}

fn is_text(string: &[u8], wanted: &str) -> bool {
    std::str::from_utf8(string).is_ok_and(|string| unquote(string) == wanted)
}

/// `Lines` where the first line is no object of its own and the second is a feature: lines were meant,
/// and the first is broken. `Unknown` where the second line is not here yet.
fn broken_first_line(text: &[u8], start: usize, whole: bool) -> Option<Opening> {
    let first = start + text[start..].iter().position(|&b| b == b'\n')?;
    let second = skip_blanks(text, first)?;
    if text[second] != b'{' {
        return None;
    }
    let end = match text[second..].iter().position(|&b| b == b'\n') {
        Some(length) => second + length,
        None if whole => text.len(),
        None if text.len() - second < LINE_BYTES => return Some(Opening::Unknown),
        None => return None,
    };
    let line = std::str::from_utf8(&text[second..end]).ok()?;
    RawFeature::alone(line).parts().is_ok().then_some(Opening::Lines)
}

/// Holds the text before the features against the rules, as far as it goes: the rest of the members may
/// stand behind them.
pub(crate) fn check_head(head: &str) -> Result<(), Error> {
    let object = format!("{head}]}}");
    let text = object.trim_start_matches(raw::BLANK);
    let lead = (object.len() - text.len()) as u64;
    raw::validate(text).map_err(|error| {
        let error = error.shift_byte(lead);
        let at = error.byte().unwrap_or(0) as usize;
        error.at_line(1 + raw::newlines_before(&object, at))
    })?;
    let mut seen = names::Seen::default();
    for member in members(text) {
        if seen.again(&member.key) {
            return Err(document::place(names::duplicate(&member.key), &object, member.key_text));
        }
    }
    Ok(())
}
