//! Some features that are worked on together, and where each stands.

use std::ops::Range;

use super::passed::Passed;
use super::utf8::not_utf8;
use crate::Error;
use crate::io::RawFeature;
use crate::io::file::limits::ReadLimits;
use crate::io::geojson::feature::Cutter;
use crate::io::json::raw::BLANK;
use crate::io::json::squeeze::Squeeze;

/// A piece of the text: whole features and what stands between them.
#[derive(Debug)]
pub(crate) struct Batch {
    pub text: Vec<u8>,
    pub records: Records,
    /// White space that is not in the text.
    pub squeeze: Squeeze,
    pub limits: ReadLimits,
}

/// How the features stand in the text of a batch.
#[derive(Debug)]
pub(crate) enum Records {
    /// In a `features` array, at these places.
    Collection(Vec<Range<usize>>),
    /// One a line.
    Lines,
    /// Each behind a 0x1E.
    Sequence,
    /// The text is one.
    One,
}

impl Batch {
    /// Calls `each` with every feature and the text between it and the one before, until it says stop;
    /// gives how much the batch held. Numbers, lines and bytes count from the start of the batch.
    ///
    /// # Errors
    /// Where the text is not UTF-8 or a feature is too large, behind the features before that.
    pub fn for_each<'a>(
        &'a self,
        mut each: impl FnMut(RawFeature<'a>, &'a str) -> bool,
    ) -> Result<Passed, Error> {
        let mut too_large = None;
        let mut each = |mut feature: RawFeature<'a>, between: &'a str| {
            if !self.squeeze.is_empty() {
                feature.line = self.squeeze.line(feature.line);
                feature.offset = self.squeeze.byte(feature.offset);
            }
            if let Err(error) = self.limits.record("the feature", feature.text.len()) {
                too_large = Some(feature.blame(error.at_byte(0)));
                return false;
            }
            each(feature, between)
        };
        let (text, fault) = match std::str::from_utf8(&self.text) {
            Ok(text) => (text, None),
            Err(error) => (self.whole_records(error.valid_up_to()), Some(not_utf8(error, 0))),
        };
        let mut cutter = Cutter::new(text);
        match &self.records {
            Records::Collection(ranges) => {
                let mut end = 0;
                for range in ranges.iter().take_while(|range| range.end <= text.len()) {
                    let feature = cutter.feature(&text[range.clone()], false, false);
                    let between = &text[end..range.start];
                    end = range.end;
                    if !each(feature, between) {
                        break;
                    }
                }
            }
            Records::Lines => alone(text.split('\n'), &mut cutter, &mut each),
            Records::Sequence => alone(text.split('\u{1E}'), &mut cutter, &mut each),
            Records::One => alone(std::iter::once(text), &mut cutter, &mut each),
        }
        match too_large.or(fault) {
            None => {
                let mut passed = Passed { features: cutter.number, ..Passed::text(text) };
                passed += self.squeeze.dropped();
                Ok(passed)
            }
            Some(fault) => Err(fault),
        }
    }

    /// The text up to the last record that ends before `end`.
    fn whole_records(&self, end: usize) -> &str {
        let valid = std::str::from_utf8(&self.text[..end]).unwrap_or("");
        let border = match self.records {
            Records::Collection(_) => end,
            Records::Lines => valid.rfind('\n').unwrap_or(0),
            Records::Sequence => valid.rfind('\u{1E}').unwrap_or(0),
            Records::One => 0,
        };
        &valid[..border]
    }
}

/// Calls `each` with the records that are not blank, until it says stop.
fn alone<'a>(
    records: impl Iterator<Item = &'a str>,
    cutter: &mut Cutter<'a>,
    each: &mut impl FnMut(RawFeature<'a>, &'a str) -> bool,
) {
    for record in records.map(|record| record.trim_matches(BLANK)).filter(|record| !record.is_empty()) {
        if !each(cutter.feature(record, true, false), "") {
            break;
        }
    }
}
