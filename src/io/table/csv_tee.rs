//! The text of a CSV record, kept while it is read, and how large it may be.

use std::io::{BufRead, Read};

use crate::Error;
use crate::io::file::limits::ReadLimits;

/// A row of more fields is none: each takes many times the byte that it may have in the file.
const MOST_FIELDS: usize = 100_000;

/// What has been read and not yet given up, so that a bad record can be told as it stands.
pub(crate) struct Tee<'a> {
    input: Box<dyn BufRead + 'a>,
    kept: Vec<u8>,
    /// The place of the first byte kept.
    start: usize,
    /// Where the record that is being read begins, or the empty lines before it.
    record: usize,
    /// Line ends before the record that are not kept.
    pub empty_lines: u64,
    delimiter: u8,
    pub limits: ReadLimits,
    seen: Seen,
}

/// What has been seen of a long record.
#[derive(Default)]
struct Seen {
    bytes: usize,
    fields: usize,
    is_quoted: bool,
}

impl Read for Tee<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(bytes)?;
        self.kept.extend_from_slice(&bytes[..count]);
        let from = (self.record - self.start).min(self.kept.len());
        let record = &self.kept[from..];
        if record.len() > LONG {
            let empty =
                record.iter().position(|&byte| byte != b'\n' && byte != b'\r').unwrap_or(record.len());
            self.empty_lines += memchr::memchr_iter(b'\n', &record[..empty]).count() as u64;
            self.kept.drain(..from + empty);
            self.start += from + empty;
            self.record = self.start;
            self.fits().map_err(std::io::Error::other)?;
        }
        Ok(count)
    }
}

/// A record is looked at once it is longer than what is read at a time.
const LONG: usize = 1 << 18;

impl<'a> Tee<'a> {
    /// Checks what is new of the record, which is all that is kept.
    fn fits(&mut self) -> Result<(), Error> {
        self.limits.record("the row", self.kept.len())?;
        let new = &self.kept[self.seen.bytes.min(self.kept.len())..];
        for at in memchr::memchr2_iter(b'"', self.delimiter, new) {
            match new[at] {
                b'"' => self.seen.is_quoted = !self.seen.is_quoted,
                _ if self.seen.is_quoted => {}
                _ => self.seen.fields += 1,
            }
            if self.seen.fields > MOST_FIELDS {
                let message = format!("the row has more than {MOST_FIELDS} fields. Is it a table?");
                return Err(Error::input(message));
            }
        }
        self.seen.bytes = self.kept.len();
        Ok(())
    }

    pub fn new(input: Box<dyn BufRead + 'a>, delimiter: u8, limits: ReadLimits) -> Self {
        Tee {
            input,
            kept: Vec::new(),
            start: 0,
            record: 0,
            empty_lines: 0,
            delimiter,
            limits,
            seen: Seen::default(),
        }
    }

    /// A record begins at this byte; what stands before it is forgotten, now and then.
    pub fn begin(&mut self, byte: usize) {
        (self.record, self.empty_lines, self.seen) = (byte.max(self.start), 0, Seen::default());
        let count = byte.saturating_sub(self.start).min(self.kept.len());
        if count > 1 << 16 {
            self.kept.drain(..count);
            self.start += count;
        }
    }

    pub fn slice(&self, from: usize, to: usize) -> &[u8] {
        let at = |byte: usize| byte.saturating_sub(self.start).min(self.kept.len());
        &self.kept[at(from)..at(to)]
    }
}
