//! What a table of text is written in: its encoding, its separator, its decimal mark.

use std::io::{BufRead, BufReader, Cursor, Read};

use crate::Error;
use crate::io::crs::Crs;
use crate::io::file::encoding::{self, Decoded};
use crate::io::file::gzip::{self, Inflated};
use crate::io::file::limits::ReadLimits;
use crate::setters::setters;

/// How a table of text is read, where it does not tell itself.
///
/// ```
/// use patrol_corridor::io::{CsvOptions, PositionColumns, Rows};
/// let log = b"id;lat;lon;what\n1;48,29;38,12;\xE2\xE7\xF0\xFB\xE2\n"; // as Excel saves it in Russia
/// let options = CsvOptions::default().with_encoding("windows-1251");
/// let rows = Rows::csv_with("log.csv", &log[..], &PositionColumns::default(), &options)?;
/// assert_eq!(rows.columns().len(), 4); // the separator was found
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvOptions {
    /// The separator; none finds it: a comma, a semicolon, a tab or `|`.
    pub delimiter: Option<u8>,
    /// The encoding by its name in the Encoding Standard (`windows-1251`); none is UTF-8, or UTF-16 where the text begins so.
    pub encoding: Option<String>,
    /// Decimals stand behind a comma, though commas separate. Of any other separator that needs no word.
    pub decimal_comma: bool,
    /// The system of the columns of the position, where that is not longitude and latitude: x (easting) and y (northing), or
    /// degrees of another datum. Positions are taken to WGS84; the columns stay as they are.
    pub crs: Option<Crs>,
    /// How much is read at most.
    pub limits: ReadLimits,
}

setters! { CsvOptions {
    with_delimiter(delimiter: impl Into<Option<u8>>);
    with_encoding(encoding: impl Into<String>) => Some(encoding.into());
    with_decimal_comma(decimal_comma: bool);
    with_crs(crs: impl Into<Option<Crs>>);
    with_limits(limits: ReadLimits);
}}

/// A table of text that has been opened: UTF-8 up to its header.
pub(crate) struct Opened<'a> {
    pub input: Box<dyn BufRead + 'a>,
    pub delimiter: u8,
    pub decimal_comma: bool,
    /// There are numbers with commas where other marks separate.
    pub has_commas: bool,
    pub is_gzip: bool,
    /// Lines before the header: a line `sep=;`.
    pub lines_before: u64,
    /// What the text was taken for, where that is not as written by most programs.
    pub encoding: Option<&'static str>,
}

/// So much is looked at to find the separator.
const SAMPLE_BYTES: usize = 1 << 16;

/// The separators, the likelier ones first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(crate) fn open<'a>(
    name: &str,
    input: Box<dyn Read + 'a>,
    options: &CsvOptions,
) -> Result<Opened<'a>, Error> {
    let mut input = filled(input).map_err(|fault| gzip::read_error(fault, false))?;
    let start = input.fill_buf().map_err(|fault| gzip::read_error(fault, false))?;
    gzip::refuse_empty(name, start)?;
    let is_gzip = gzip::is_gzip(start);
    let fail = |fault| gzip::read_error(fault, is_gzip);
    let mut input: Box<dyn BufRead + 'a> = match is_gzip {
        true => filled(Box::new(Inflated::new(input, &options.limits))).map_err(fail)?,
        false => input,
    };
    let start = input.fill_buf().map_err(fail)?;
    let encoding = match &options.encoding {
        // What was written of it is UTF-8, and is read by the same options again.
        Some(name) => encoding::named(name)?.filter(|_| !is_utf8(start)),
        None => encoding::of_start(start),
    };
    if let Some(encoding) = encoding {
        input = filled(Box::new(Decoded::new(input, encoding))).map_err(fail)?;
    }
    let start = input.fill_buf().map_err(fail)?;
    let mark_bytes = if start.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let told = told_delimiter(&start[mark_bytes..]);
    let delimiter = options.delimiter.or(told.map(|(delimiter, _)| delimiter));
    let skipped = mark_bytes + told.map_or(0, |(_, bytes)| bytes);
    let delimiter = delimiter.unwrap_or_else(|| found_delimiter(&start[skipped..]));
    let is_number = |three: &[u8]| matches!(three, [a, b',', c] if a.is_ascii_digit() && c.is_ascii_digit());
    let has_commas = delimiter != b',' && start.windows(3).any(is_number);
    input.consume(skipped);
    Ok(Opened {
        input,
        delimiter,
        decimal_comma: options.decimal_comma || delimiter != b',',
        has_commas,
        is_gzip,
        lines_before: u64::from(told.is_some()),
        encoding: encoding.map(encoding_rs::Encoding::name),
    })
}

/// A reader whose first buffer is full, or all there is: a pipe gives as little as it likes.
fn filled<'a>(mut input: Box<dyn Read + 'a>) -> std::io::Result<Box<dyn BufRead + 'a>> {
    let mut start = Vec::with_capacity(SAMPLE_BYTES);
    input.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut start)?;
    Ok(Box::new(Cursor::new(start).chain(BufReader::with_capacity(SAMPLE_BYTES, input))))
}

/// Returns `true` for text with more than ASCII that is UTF-8, which no text in a code page is by chance.
fn is_utf8(start: &[u8]) -> bool {
    let valid = match std::str::from_utf8(start) {
        Ok(_) => true,
        // Cut within a character.
        Err(error) => error.error_len().is_none(),
    };
    valid && !start.is_ascii()
}

/// The separator that a line `sep=;` tells, as Excel has it, and the bytes of that line.
fn told_delimiter(start: &[u8]) -> Option<(u8, usize)> {
    let end = start.iter().position(|&byte| byte == b'\n')?;
    let line = start[..end].strip_suffix(b"\r").unwrap_or(&start[..end]);
    let quoted = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\""));
    match quoted.unwrap_or(line) {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && delimiter.is_ascii() => {
            Some((*delimiter, end + 1))
        }
        _ => None,
    }
}

/// The separator by which the header has most fields and the rows behind it as many.
fn found_delimiter(start: &[u8]) -> u8 {
    let counts = |delimiter: u8| {
        let (mut counts, mut fields, mut is_quoted) = (Vec::new(), 1_usize, false);
        for &byte in start {
            match byte {
                b'"' => is_quoted = !is_quoted,
                b'\n' if !is_quoted => counts.push(std::mem::replace(&mut fields, 1)),
                byte if byte == delimiter && !is_quoted => fields += 1,
                _ => {}
            }
            if counts.len() > 50 {
                break;
            }
        }
        // The last line may go on behind what is looked at.
        if start.len() < SAMPLE_BYTES || counts.is_empty() {
            counts.push(fields);
        }
        counts
    };
    let rank = |&delimiter: &u8| {
        let counts = counts(delimiter);
        let header = counts[0];
        let rows = counts.iter().filter(|&&count| count == header).count();
        // A separator that the header does not have is none.
        (header > 1).then_some((rows * 20 / counts.len(), header))
    };
    let ranked = DELIMITERS.iter().rev().filter_map(|delimiter| Some((rank(delimiter)?, *delimiter)));
    ranked.max_by_key(|(rank, _)| *rank).map_or(b',', |(_, delimiter)| delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_found() {
        for (text, expected) in [
            ("id,lon,lat\n1,2,3\n", b','),
            ("id;lon;lat\n1;46,5;39,1\n2;46,6;39,2\n", b';'),
            ("id\tlon\tlat\n1\t46,5\t39,1", b'\t'),
            ("id|lon|lat\n1|2|3\n", b'|'),
            ("id,lon,lat,note\n1,2,3,\"a;b;c;d;e\"\n", b','),
            ("a;b,lon,lat\n1,2,3\n", b','),
            ("\"a,b\";lon;lat\n1;2;3\n", b';'),
            ("alone\n1\n", b','),
            ("lon, lat; deg\n1,2\n3,4\n", b','),
            ("", b','),
        ] {
            assert_eq!(found_delimiter(text.as_bytes()) as char, expected as char, "{text}");
        }
    }
}
