//! A whole text taken to WGS84, before it is read as a layer or as rows.

use crate::memory::{push, room};
use std::ops::Range;

use crate::Error;
use crate::io::crs::{self, Crs, Reprojection, Reprojector, Systems};
use crate::io::file::source::Source;
use crate::io::geojson::document::{Document, place};
use crate::io::json::raw::{self, BLANK};
use crate::io::json::splice::removals;

impl Source {
    /// The text in WGS84 longitude and latitude, and what was done: `crs` is what the caller says the text is
    /// in, the legacy `crs` members of the text must say the same. Lines stay lines, and the checksum that of
    /// the bytes as they were read; what is in WGS84 already stays as it is.
    ///
    /// Positions are rounded to 1e-10 degrees (0.01 mm), heights are kept. `crs` members go, and so do `bbox`
    /// members, which the report counts.
    ///
    /// # Errors
    /// Where the text is not GeoJSON on its outermost level, this build does not read a system, the text and
    /// the caller disagree, or a position has no place in its system. What is wrong with the structure of a
    /// feature is left to whoever reads it.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Source};
    /// let text = r#"{"type":"Point","coordinates":[500000,4427757.2187,812.5]}"#;
    /// let source = Source::from_bytes("post.geojson", text.into())?;
    /// let (source, done) = source.in_wgs84(Some(&Crs::from_name("EPSG:32638")?))?;
    /// assert_eq!(source.text(), r#"{"type":"Point","coordinates":[45,39.9999999997,812.5]}"#);
    /// assert_eq!(done[0].operations.len(), 1);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn in_wgs84(self, crs: Option<&Crs>) -> Result<(Source, Vec<Reprojection>), Error> {
        if !self.needs_reprojection(crs) {
            return Ok((self, Vec::new()));
        }
        let (text, done) = reprojected(self.text(), crs).map_err(|error| self.blame(error))?;
        let source = text.map(|text| self.with_text(text)).unwrap_or(self);
        Ok((source, done))
    }

    /// False where the text is in WGS84 for sure, without a look at its features.
    pub(crate) fn needs_reprojection(&self, crs: Option<&Crs>) -> bool {
        let is_told = crs.is_some_and(|crs| !crs.is_wgs84());
        let has_member = || may_name_a_crs(self.text());
        let is_empty = self.is_sequence_by_name() && self.text().trim_matches(BLANK).is_empty();
        !is_empty && (is_told || has_member())
    }
}

/// False where no `crs` member is in the text for sure; its name may be written with escapes.
pub(crate) fn may_name_a_crs(text: &str) -> bool {
    let has = |what: &[u8]| memchr::memmem::find(text.as_bytes(), what).is_some();
    has(b"\"crs\"") || has(b"\\u00")
}

/// The text in WGS84, `None` where it is so already.
fn reprojected(text: &str, told: Option<&Crs>) -> Result<(Option<String>, Vec<Reprojection>), Error> {
    let document = Document::parse_text(text)?;
    let blame = |error: Error| match document.crs {
        Some(value) => place(error.under("crs"), text, value),
        None => error,
    };
    let systems = Systems::new(told.cloned(), document.crs, None).map_err(blame)?;
    let mut frame = Vec::new();
    // Of another system, or a link that the caller has said the system of.
    let is_foreign = document.crs.is_some_and(|value| crs::check(value).is_err());
    if let Some(root) = document.collection.filter(|_| is_foreign || !systems.input.is_wgs84()) {
        let start = raw::offset_in(text, root);
        let ranges = removals(root, &|key| systems.leaves_out(key) || (is_foreign && key == "crs"));
        frame.extend(ranges.into_iter().map(|range| range.start + start..range.end + start));
    }
    let has_box = !systems.input.is_wgs84()
        && document.collection.is_some_and(|root| raw::members(root).any(|member| member.key == "bbox"));
    let mut reprojector = Reprojector::new(systems).map_err(blame)?;
    // Line breaks stay, so that what is behind keeps its line.
    let breaks = |range: &Range<usize>| text[range.clone()].chars().filter(|&c| c == '\n').collect();
    let mut edits: Vec<_> =
        frame.into_iter().map(|range: Range<usize>| (range.clone(), breaks(&range))).collect();
    for feature in &document.features {
        // A feature of the collection that is none is told by the reader.
        if let Some(new) = reprojector.feature(feature)?.wgs84 {
            let start = raw::offset_in(text, feature.text);
            push(&mut edits, (start..start + feature.text.len(), new))?;
        }
    }
    if has_box {
        reprojector.note_box_left_out();
    }
    let done = reprojector.reports().cloned().collect();
    if edits.is_empty() {
        return Ok((None, done));
    }
    edits.sort_by_key(|(range, _)| range.start);
    room(2 * text.len())?;
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    Ok((Some(out), done))
}

/// The value of the `crs` member of a collection whose text stands in two parts around its features.
///
/// # Errors
/// Where the memory left does not hold the two parts once more: each may be as large as a record.
pub(crate) fn crs_around(head: &str, tail: &str) -> Result<Option<String>, Error> {
    room(head.len() + tail.len())?;
    let mut skeleton = String::with_capacity(head.len() + tail.len());
    skeleton.push_str(head);
    skeleton.push_str(tail);
    Ok(crs::of_collection(skeleton.trim_matches(BLANK)).map(str::to_owned))
}

/// Holds that a collection whose text stands in two parts around its features is in WGS84.
pub(crate) fn require_wgs84(head: Option<&str>, tail: &str) -> Result<(), Error> {
    match head.map_or(Ok(None), |head| crs_around(head, tail))? {
        Some(value) => crs::check(&value).map_err(|error| error.under("crs")),
        None => Ok(()),
    }
}
