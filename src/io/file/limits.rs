//! How much is read at most: of one record, of a text that is held whole, and no more than there is memory for.

use crate::error::{Error, Limit};
use crate::memory::room;
use crate::setters::setters;

/// How much a reader takes at most, so that no file brings down the program that reads it.
///
/// # Units
/// Bytes, after gzip is undone.
///
/// # Examples
/// ```
/// use patrol_corridor::io::{ReadLimits, Source};
/// let limits = ReadLimits::default().with_text_bytes(20);
/// let text = r#"{"type":"Point","coordinates":[46.8,40.0]}"#;
/// let error = Source::read_within("post.geojson", text.as_bytes(), &limits).unwrap_err();
/// assert!(error.to_string().contains("the text is larger than 20 bytes"), "{error}");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadLimits {
    /// The largest record: a feature, a line, a row, or what a FeatureCollection has before or after its features.
    pub record_bytes: u64,
    /// The largest text that is held whole, as that of a layer. Long white space between tokens is not counted.
    pub text_bytes: u64,
    /// What packed data (gzip, Parquet) may hold where that is over a hundred times its own size. White space is not
    /// counted.
    pub inflated_bytes: u64,
}

impl Default for ReadLimits {
    /// 64 MB a record and 2 GB a text; six million edges of GeoJSON are about 1 GB. 100 MB out of packed data of
    /// less than 1 MB: no real log is so uniform.
    fn default() -> Self {
        ReadLimits { record_bytes: 64_000_000, text_bytes: 2_000_000_000, inflated_bytes: 100_000_000 }
    }
}

/// A record of this size or more is copied and parsed only where there is memory for it.
const LARGE: usize = 4 << 20;

/// Logs of people unpack to three to thirty times their size; gzip can a thousandfold.
const MOST_FOLD: u64 = 100;

/// How often a record is in memory while it is worked on: read, kept, parsed, written.
const COPIES: usize = 6;

impl ReadLimits {
    /// Checks the size of a record that has not ended yet; `what` names it (`the feature`).
    pub(crate) fn record(&self, what: &str, bytes: usize) -> Result<(), Error> {
        if bytes as u64 > self.record_bytes {
            return Err(Error::limit(
                Limit::Record,
                format!(
                    "{what} is larger than {}. Split it, or permit larger ones",
                    shown_bytes(self.record_bytes)
                ),
            ));
        }
        if bytes >= LARGE { room(bytes.saturating_mul(COPIES)) } else { Ok(()) }
    }

    /// Checks what packed data holds; `what` names it (`gzip data`).
    pub(crate) fn inflated(&self, what: &str, packed_bytes: u64, bytes: u64) -> Result<(), Error> {
        if bytes <= self.inflated_bytes || bytes / MOST_FOLD <= packed_bytes {
            return Ok(());
        }
        let most = shown_bytes(self.inflated_bytes);
        let message = format!(
            "{what} that unpacks to more than {MOST_FOLD} times its size and over {most}. Is it what it should be? \
             Unpack it, or permit more"
        );
        Err(Error::limit(Limit::Inflated, message))
    }

    /// Checks the size of a text that is held whole.
    pub(crate) fn text(&self, bytes: usize) -> Result<(), Error> {
        if bytes as u64 > self.text_bytes {
            let most = shown_bytes(self.text_bytes);
            let message = format!("the text is larger than {most}. Split it, or permit a larger one");
            return Err(Error::limit(Limit::Text, message));
        }
        Ok(())
    }
}

setters! { ReadLimits {
    with_record_bytes(record_bytes: u64);
    with_text_bytes(text_bytes: u64);
    with_inflated_bytes(inflated_bytes: u64);
}}

fn shown_bytes(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{bytes} bytes"),
        1_000_000..1_000_000_000 => format!("{} MB", bytes as f64 / 1e6),
        _ => format!("{} GB", bytes as f64 / 1e9),
    }
}
