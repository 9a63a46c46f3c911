//! The text of an XML file: unpacked, decoded, and held to the limit of a record.

use std::io::{BufRead, BufReader, Cursor, Read};

use encoding_rs::Encoding;

use crate::Error;
use crate::io::file::encoding::{self, Decoded};
use crate::io::file::gzip::{self, Inflated};
use crate::io::file::limits::ReadLimits;

/// In which the declaration of the encoding is looked for.
const HEAD_BYTES: usize = 1 << 10;

/// Memory is asked for each time a feature has grown by so much.
const STEP_BYTES: usize = 1 << 20;

/// Text in UTF-8, and whether it was gzip.
pub(super) fn decoded(
    name: &str,
    format: &str,
    reader: Box<dyn Read + Send>,
    limits: &ReadLimits,
) -> Result<(Box<dyn Read + Send>, bool), Error> {
    let (start, mut input) = peeked(reader, 4, false)?;
    gzip::refuse_empty(name, &start)?;
    if start == *b"PK\x03\x04" {
        let kind = if format == "KML" { "KMZ, a ZIP archive" } else { "a ZIP archive" };
        return Err(Error::input(format!("this is no {format}: it is {kind}. Name it .kmz, or unpack it")));
    }
    let is_gzip = gzip::is_gzip(&start);
    if is_gzip {
        input = Box::new(Inflated::new(input, limits));
    }
    let (start, input) = peeked(input, HEAD_BYTES, is_gzip)?;
    let found = match encoding::of_start(&start) {
        None if !start.starts_with(b"\xEF\xBB\xBF") => match declared(&start) {
            // UTF-16 would not have been readable up to here.
            Some(declared) => encoding::named(declared)
                .map_err(|error| Error::input(error.message().to_owned()).at_line(1))?
                .filter(|encoding: &&Encoding| encoding.is_ascii_compatible()),
            None => None,
        },
        found => found,
    };
    Ok((
        match found {
            Some(encoding) => Box::new(Decoded::new(input, encoding)),
            None => input,
        },
        is_gzip,
    ))
}

/// The first bytes, and a reader that begins with them.
fn peeked(
    mut reader: Box<dyn Read + Send>,
    bytes: usize,
    is_gzip: bool,
) -> Result<(Vec<u8>, Box<dyn Read + Send>), Error> {
    let mut start = Vec::with_capacity(bytes);
    let read = reader.by_ref().take(bytes as u64).read_to_end(&mut start);
    read.map_err(|fault| gzip::read_error(fault, is_gzip))?;
    Ok((start.clone(), Box::new(Cursor::new(start).chain(reader))))
}

/// The name of the encoding in the declaration.
fn declared(start: &[u8]) -> Option<&str> {
    let end = start.windows(2).position(|two| two == b"?>")?;
    let declaration = std::str::from_utf8(&start[..end]).ok()?.trim_start().strip_prefix("<?xml")?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split_once(quote).map(|(name, _)| name)
}

/// Counts lines, and holds what is read of one record to its limit.
pub(super) struct Held {
    input: BufReader<Box<dyn Read + Send>>,
    line: u64,
    /// Of the record so far, and when memory was asked for.
    taken: usize,
    checked: usize,
    limits: ReadLimits,
}

impl Held {
    pub fn new(input: Box<dyn Read + Send>, limits: &ReadLimits) -> Self {
        let input = BufReader::with_capacity(1 << 16, input);
        Held { input, line: 1, taken: 0, checked: 0, limits: *limits }
    }

    pub fn line(&self) -> u64 {
        self.line
    }

    /// Counts what a record costs besides its text.
    pub fn add(&mut self, bytes: usize) {
        self.taken += bytes;
    }

    pub fn start_counting(&mut self) {
        (self.taken, self.checked) = (0, 0);
    }
}

impl Read for Held {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Held {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.taken as u64 > self.limits.record_bytes || self.taken >= self.checked + STEP_BYTES {
            self.limits.record("the feature", self.taken).map_err(std::io::Error::other)?;
            self.checked = self.taken;
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        let taken = self.input.buffer().get(..count).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', taken).count() as u64;
        self.taken += count;
        self.input.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_name_their_encoding() {
        for (text, name) in [
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>", Some("UTF-8")),
            ("<?xml version='1.0'\tencoding = 'windows-1251' standalone='no' ?>", Some("windows-1251")),
            ("<?xml version='1.0'?><a encoding='x'/>", None),
            ("<?xml version='1.0' encoding=UTF-8?>", None),
            ("<?xml version='1.0' encoding='UTF-8", None),
            ("<a encoding='x'?>", None),
            ("", None),
        ] {
            assert_eq!(declared(text.as_bytes()), name, "{text}");
        }
    }

    #[test]
    fn lines_are_counted_and_records_held_to_their_limit() {
        let limits = ReadLimits { record_bytes: 10, ..ReadLimits::default() };
        let mut held = Held::new(Box::new(Cursor::new("a\nb\n\nc, and more than ten bytes")), &limits);
        let mut six = [0; 6];
        held.read_exact(&mut six).unwrap();
        assert_eq!(held.line(), 4);
        held.start_counting();
        held.read_exact(&mut six).unwrap();
        held.add(5);
        let error = held.read(&mut six).unwrap_err();
        assert!(error.to_string().contains("the feature is larger than 10 bytes"), "{error}");
    }
}
