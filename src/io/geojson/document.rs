//! A whole input text: which of the five forms it has, and where its features stand.

use crate::Error;
use crate::io::geojson::feature::{Cutter, RawFeature};
use crate::io::geojson::names;
use crate::io::json::raw::{self, BLANK, elements, kind_of, members, unquote};
use crate::io::{Source, crs};
use crate::memory::push;

/// An input text taken apart: slices of the text, nothing copied.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// Its features in order. Lines and records of a sequence have not been validated.
    pub features: Vec<RawFeature<'a>>,
    /// A FeatureCollection's text.
    pub collection: Option<&'a str>,
    /// The value of its `crs`.
    pub crs: Option<&'a str>,
}

/// A text cut into its records.
#[derive(Debug)]
pub(crate) enum Records<'a> {
    /// One JSON text, or what was meant to be one.
    One(&'a str),
    /// A record a line; the slices are trimmed.
    Lines(Vec<&'a str>),
    /// RFC 8142 records; the slices are trimmed.
    Sequence(Vec<&'a str>),
}

/// Cuts a text into records; their grammar is not checked.
///
/// # Errors
/// Where there is no memory for the list of them.
pub(crate) fn records(text: &str) -> Result<Records<'_>, Error> {
    let trimmed = text.trim_matches(BLANK);
    if let Some(rest) = trimmed.strip_prefix('\u{1E}') {
        // A control character can't stand inside a JSON string: each one begins a record.
        return Ok(Records::Sequence(cut_at('\u{1E}', rest)?));
    }
    let mut lines = trimmed.split('\n').map(|line| line.trim_matches(BLANK)).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("");
    let Some(second) = lines.next() else { return Ok(Records::One(trimmed)) };
    let last = lines.next_back().unwrap_or(second);
    let whole = |line: &str| line.starts_with('{') && line.ends_with('}') && raw::validate(line).is_ok();
    // The second and the last line tell, where the first is broken, that lines were meant.
    if whole(first) || (first.starts_with('{') && whole(second) && whole(last)) {
        return Ok(Records::Lines(cut_at('\n', trimmed)?));
    }
    Ok(Records::One(trimmed))
}

/// The records that are not blank.
fn cut_at(border: char, text: &str) -> Result<Vec<&str>, Error> {
    let mut records = Vec::new();
    for record in text.split(border).map(|record| record.trim_matches(BLANK)) {
        if !record.is_empty() {
            push(&mut records, record)?;
        }
    }
    Ok(records)
}

impl<'a> Document<'a> {
    /// Takes a text apart.
    ///
    /// # Errors
    /// Where the text is not JSON (a record of a sequence or a line: when its parts are asked for), or
    /// not GeoJSON on its outermost level, or in another CRS than WGS84.
    pub(crate) fn parse(source: &'a Source) -> Result<Self, Error> {
        if source.is_sequence_by_name() && source.text().trim_matches(BLANK).is_empty() {
            return Ok(Document::of(Vec::new()));
        }
        let parsed = Self::parse_text(source.text()).and_then(|document| match document.crs {
            Some(value) => match crs::check(value) {
                Ok(()) => Ok(document),
                Err(error) => Err(place(error.under("crs"), source.text(), value)),
            },
            None => Ok(document),
        });
        parsed.map_err(|error| source.blame(error))
    }

    fn of(features: Vec<RawFeature<'a>>) -> Self {
        Document { features, collection: None, crs: None }
    }

    /// As [`parse`](Self::parse), whatever the CRS.
    pub(crate) fn parse_text(text: &'a str) -> Result<Self, Error> {
        let mut cutter = Cutter::new(text);
        let mut alone = |records: Vec<&'a str>, validated: bool| {
            let mut features = Vec::new();
            for record in records {
                push(&mut features, cutter.feature(record, true, validated))?;
            }
            Ok::<_, Error>(features)
        };
        let features = match records(text)? {
            Records::Lines(lines) => alone(lines, false)?,
            Records::Sequence(records) => alone(records, false)?,
            Records::One(root) => match root_type(root, text)? {
                Root::Collection => return Self::parse_collection(root, text),
                Root::Record => alone(vec![root], true)?,
            },
        };
        Ok(Document::of(features))
    }

    fn parse_collection(root: &'a str, text: &'a str) -> Result<Self, Error> {
        let blame = |error: Error, at: &str| place(error, text, at);
        let (mut array, mut crs) = (None, None);
        let mut seen = names::Seen::default();
        for member in members(root) {
            if seen.again(&member.key) {
                return Err(blame(names::duplicate(&member.key), member.key_text));
            }
            match &*member.key {
                "features" => array = Some(member.value),
                "crs" => crs = Some(member.value),
                _ => {}
            }
        }
        let Some(array) = array else {
            let error = Error::input("a FeatureCollection without `features`, expected an array");
            return Err(blame(error, root));
        };
        if !array.starts_with('[') {
            let error = Error::input(format!("{}, expected an array", kind_of(array)));
            return Err(blame(error.under("features"), array));
        }
        let mut cutter = Cutter::new(text);
        let mut features = Vec::new();
        for element in elements(array) {
            push(&mut features, cutter.feature(element, false, true))?;
        }
        Ok(Document { features, collection: Some(root), crs })
    }
}

/// What a feature of any kind becomes in memory, besides its own text.
pub(crate) const FEATURE_BYTES: usize = 512;

/// Names line and byte of `at` in `text`.
pub(crate) fn place(error: Error, text: &str, at: &str) -> Error {
    let at = raw::offset_in(text, at);
    error.at_byte(at as u64).at_line(1 + raw::newlines_before(text, at))
}

enum Root {
    Collection,
    /// A Feature or a geometry.
    Record,
}

/// Holds a whole FeatureCollection against the rules of its outermost level.
pub(crate) fn check_collection(text: &str) -> Result<(), Error> {
    let root = text.trim_matches(BLANK);
    match root_type(root, text)? {
        Root::Collection => Document::parse_collection(root, text).map(|_| ()),
        Root::Record => {
            let error = Error::input("a member `features`, expected it in a FeatureCollection only");
            Err(place(error, text, root))
        }
    }
}

/// Holds the one text of a file, which is no collection with features, against the rules of its outermost
/// level.
pub(crate) fn check_one(text: &str) -> Result<(), Error> {
    let root = text.trim_matches(BLANK);
    match root_type(root, text)? {
        Root::Collection => Document::parse_collection(root, text).map(|_| ()),
        Root::Record => Ok(()),
    }
}

/// Validates the one JSON text of a file, and tells what it is.
fn root_type(root: &str, text: &str) -> Result<Root, Error> {
    raw::validate(root).map_err(|error| {
        let error = error.shift_byte(raw::offset_in(text, root) as u64);
        let at = error.byte().and_then(|byte| usize::try_from(byte).ok()).unwrap_or(0);
        error.at_line(1 + raw::newlines_before(text, at))
    })?;
    let expected = "a FeatureCollection, a Feature or a geometry";
    if !root.starts_with('{') {
        let error = Error::input(format!("not GeoJSON: {}, expected {expected}", kind_of(root)));
        return Err(place(error, text, root));
    }
    let Some(kind) = members(root).find(|member| member.key == "type").map(|member| member.value) else {
        let error = Error::input(format!("not GeoJSON: an object without `type`, expected {expected}"));
        return Err(place(error, text, root));
    };
    if !raw::is_string(kind) {
        let error = Error::input(format!("not GeoJSON: {}, expected {expected}", kind_of(kind)));
        return Err(place(error.under("type"), text, kind));
    }
    match &*unquote(kind) {
        "FeatureCollection" => Ok(Root::Collection),
        "Feature" => Ok(Root::Record),
        other if names::GEOMETRY_TYPES.contains(&other) => Ok(Root::Record),
        other => {
            let known = [&["FeatureCollection"][..], &names::RECORD_TYPES[..]].concat();
            Err(place(names::unknown_type(other, &known, expected).under("type"), text, kind))
        }
    }
}
