//! What KML and GPX share: text that XML can hold, names that differ, and the positions of a geometry.

use std::collections::BTreeMap;
#[cfg(feature = "kml")]
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::Error;
use crate::io::json::raw::{elements, is_number, members, unquote};
#[cfg(feature = "kml")]
use crate::io::table::column::Column;

/// Where a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Element,
    Attribute,
}

/// The columns that have a place of their own in a placemark or a waypoint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct NamedColumns {
    pub id: Option<usize>,
    pub time: Option<usize>,
}

/// What did not fit, with how often; the threads add to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Losses {
    counts: BTreeMap<String, u64>,
}

/// Losses of all threads.
pub(super) type SharedLosses = Arc<Mutex<Losses>>;

/// So many losses are named.
const MOST_NAMED: usize = 50;

/// What forbidden characters are called in a warning.
const FORBIDDEN: &str = "characters that XML forbids (U+FFFD from now on)";

impl Losses {
    /// Counts something that was left out.
    pub fn add(&mut self, what: &str, count: u64) {
        // Members of geometries may have any number of names.
        let is_full = self.counts.len() >= MOST_NAMED && !self.counts.contains_key(what);
        let what = if is_full { "others" } else { what };
        match self.counts.get_mut(what) {
            _ if count == 0 => {}
            Some(before) => *before += count,
            None => drop(self.counts.insert(what.to_owned(), count)),
        }
    }

    /// Counts characters that XML forbids.
    pub fn forbid(&mut self, count: u64) {
        self.add(FORBIDDEN, count);
    }

    /// Takes in what a thread has counted.
    pub fn gather(self, shared: &SharedLosses) {
        let mut all = shared.lock().unwrap_or_else(PoisonError::into_inner);
        self.counts.iter().for_each(|(what, count)| all.add(what, *count));
    }

    /// All of them for a warning.
    pub fn told(shared: &SharedLosses) -> Vec<String> {
        let all = shared.lock().unwrap_or_else(PoisonError::into_inner);
        all.counts.iter().map(|(what, count)| format!("{count} {what}")).collect()
    }
}

/// Returns `true` if XML 1.0 can hold the character.
fn is_permitted(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Returns `true` if a text can be the name of an element, without a colon.
#[cfg(feature = "gpx")]
pub(super) fn is_name(text: &str) -> bool {
    let is_start = |c: char| {
        matches!(c, 'A'..='Z' | 'a'..='z' | '_' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
            | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
            | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
    };
    let is_further = |c: char| {
        is_start(c)
            || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
    };
    text.starts_with(is_start) && text.chars().all(is_further)
}

/// Appends a text; returns how many of its characters XML forbids, each U+FFFD from now on.
pub(super) fn push_text(text: &str, within: Within, out: &mut Vec<u8>) -> u64 {
    let mut forbidden = 0;
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            // Readers make a line feed of it, and blanks of all three in an attribute.
            '\r' => "&#13;",
            '"' if within == Within::Attribute => "&quot;",
            '\n' if within == Within::Attribute => "&#10;",
            '\t' if within == Within::Attribute => "&#9;",
            c if is_permitted(c) => continue,
            _ => {
                forbidden += 1;
                "\u{FFFD}"
            }
        };
        out.extend_from_slice(&text.as_bytes()[from..at]);
        out.extend_from_slice(instead.as_bytes());
        from = at + c.len_utf8();
    }
    out.extend_from_slice(&text.as_bytes()[from..]);
    forbidden
}

/// The names of the columns as XML can hold them, no two the same, and which of them changed.
#[cfg(feature = "kml")]
pub(super) fn names(columns: &[Column]) -> (Vec<String>, Vec<String>) {
    let mut given: HashSet<String> = columns.iter().map(|column| column.name.clone()).collect();
    let mut lost = Vec::new();
    let names = columns.iter().map(|column| {
        if column.name.chars().all(is_permitted) {
            return column.name.clone();
        }
        let plain: String = column
            .name
            .chars()
            .map(|c| if is_permitted(c) { c } else { char::REPLACEMENT_CHARACTER })
            .collect();
        let numbered = (2..).map(|number| format!("{plain}_{number}"));
        let mut candidates = std::iter::once(plain.clone()).chain(numbered);
        let name = candidates.find(|name| !given.contains(name)).unwrap_or_default();
        given.insert(name.clone());
        lost.push(format!("the name `{}` (`{name}` from now on)", crate::text::shown(&column.name)));
        name
    });
    (names.collect(), lost)
}

/// An error of writing the output.
pub(super) fn fail(e: std::io::Error) -> Error {
    Error::io("write the output", e)
}

/// Returns `true` if a text is a time that KML and GPX can hold as it is: RFC 3339 with a `T` and a zone.
#[cfg(feature = "kml")]
pub(super) fn is_time(text: &str) -> bool {
    let is = |at: usize, byte: u8| text.as_bytes().get(at) == Some(&byte);
    // Both are behind 19 characters.
    let is_utc = text.ends_with('Z');
    let offset = text.len().saturating_sub(6);
    let has_offset = offset >= 19 && (is(offset, b'+') || is(offset, b'-')) && is(offset + 3, b':');
    is(4, b'-')
        && is(7, b'-')
        && is(10, b'T')
        && is(13, b':')
        && is(16, b':')
        && (is_utc || has_offset)
        && !text.contains([' ', ','])
        && crate::time::Timestamp::read(text, None).is_ok()
}

/// What a part of a geometry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Point,
    Line,
    Area,
}

/// A point, line or area of a geometry, as the text of its GeoJSON coordinates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'g> {
    pub kind: PartKind,
    pub coordinates: &'g str,
}

impl<'g> Part<'g> {
    /// The lists of positions: of a point one with a single position, of an area one a ring.
    pub fn lists(self) -> Vec<Vec<Vec<&'g str>>> {
        let positions =
            |list| elements(list).map(numbers).filter(|numbers| numbers.len() > 1).collect::<Vec<_>>();
        let lists: Vec<Vec<Vec<&str>>> = match self.kind {
            PartKind::Point => {
                vec![Some(numbers(self.coordinates)).filter(|point| point.len() > 1).into_iter().collect()]
            }
            PartKind::Line => vec![positions(self.coordinates)],
            PartKind::Area => elements(self.coordinates).map(positions).collect(),
        };
        // A hole in nothing is nothing.
        let is_something = lists.first().is_some_and(|list| !list.is_empty());
        if is_something { lists.into_iter().filter(|list| !list.is_empty()).collect() } else { Vec::new() }
    }
}

/// The numbers of a position, with their digits.
fn numbers(position: &str) -> Vec<&str> {
    elements(position).filter(|number| is_number(number)).collect()
}

/// The parts of a GeoJSON geometry, those of collections taken out of them; what has no place in XML is counted.
pub(super) fn parts<'g>(geometry: &'g str, losses: &mut Losses) -> Vec<Part<'g>> {
    let mut parts = Vec::new();
    let mut waiting = vec![geometry];
    while let Some(geometry) = waiting.pop() {
        let (mut kind, mut coordinates) = (Default::default(), "");
        for member in members(geometry) {
            match &*member.key {
                "type" => kind = unquote(member.value),
                "coordinates" => coordinates = member.value,
                "geometries" => {
                    let start = waiting.len();
                    waiting.extend(elements(member.value));
                    waiting[start..].reverse();
                }
                name => losses.add(&format!("`{}` of geometries", crate::text::shown(name)), 1),
            }
        }
        let (kind, is_multi) = match &*kind {
            "Point" => (PartKind::Point, false),
            "MultiPoint" => (PartKind::Point, true),
            "LineString" => (PartKind::Line, false),
            "MultiLineString" => (PartKind::Line, true),
            "Polygon" => (PartKind::Area, false),
            "MultiPolygon" => (PartKind::Area, true),
            _ => continue,
        };
        match is_multi {
            true => parts.extend(elements(coordinates).map(|coordinates| Part { kind, coordinates })),
            false => parts.push(Part { kind, coordinates }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_what_xml_forbids_is_counted() {
        let mut out = Vec::new();
        assert_eq!(push_text("a<b>&\"\r\n\u{0}\u{1b}]]>\u{fffe}é😀", Within::Element, &mut out), 3);
        assert_eq!(
            String::from_utf8_lossy(&out),
            "a&lt;b&gt;&amp;\"&#13;\n\u{fffd}\u{fffd}]]&gt;\u{fffd}é😀"
        );
        out.clear();
        assert_eq!(push_text("\"\t\n", Within::Attribute, &mut out), 0);
        assert_eq!(String::from_utf8_lossy(&out), "&quot;&#9;&#10;");
    }

    #[cfg(feature = "kml")]
    #[test]
    fn times_are_those_of_rfc_3339() {
        for text in ["2020-10-04T13:45:00Z", "2020-10-04T13:45:00.25+04:00", "2020-10-04T13:45:00-00:30"] {
            assert!(is_time(text), "{text}");
        }
        for text in [
            "2020-10-04 13:45:00Z",
            "2020-10-04T13:45Z",
            "2020-10-04T13:45:00",
            "2020-10-04",
            "2020-13-04T13:45:00Z",
            "2020-10-04T13:45:00+0400",
            "20201004T134500Z",
            "",
        ] {
            assert!(!is_time(text), "{text}");
        }
    }

    #[test]
    fn collections_are_taken_apart_in_order() {
        let text = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2.50]},
            {"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[3,4],[5,6,7]]}]},
            {"type":"Polygon","coordinates":[[],[[1,1],[2,2],[1,1]]]}]}"#;
        let mut losses = Losses::default();
        let lists: Vec<_> = parts(text, &mut losses).iter().map(|part| part.lists()).collect();
        assert_eq!(lists[0], [[["1", "2.50"]]]);
        assert_eq!(lists[2], [[["5", "6", "7"]]]);
        assert!(lists[3].is_empty());
    }
}
