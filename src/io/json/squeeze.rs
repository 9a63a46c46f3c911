//! Long white space between the tokens of JSON is dropped as it is read; what is left has its own lines and bytes.

use std::ops::Range;

use crate::Error;
use crate::io::geojson::stream::Passed;

/// White space of fewer bytes stays as it is.
pub(crate) const LEAST: usize = 1 << 10;
/// A run of that length covers a byte at any such distance.
const STEP: usize = LEAST / 2;

/// What has been dropped of a text that begins outside of strings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Squeeze {
    cuts: Vec<Cut>,
    /// So much of the text has been looked at.
    done: usize,
    /// Up to here strings have been followed; never inside an escape.
    known: usize,
    in_string: bool,
}

/// A place where something is missing.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// Where what is left of the white space begins.
    at: usize,
    /// The first line of what is left that stands lower than it did.
    line: u64,
    bytes: u64,
    lines: u64,
}

/// White space, and what separates the records of a sequence.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x1E)
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// What stands for some white space: a line break and the beginning of a record must stay.
fn rest_of(run: &[u8]) -> &'static [u8] {
    match (run.contains(&b'\n'), run.contains(&0x1E)) {
        (true, true) => b"\n\x1E",
        (true, false) => b"\n",
        (false, true) => b"\x1E",
        (false, false) => b" ",
    }
}

impl Squeeze {
    /// Drops the long white space of what has been appended to the text since the last call.
    pub fn squeeze(&mut self, text: &mut Vec<u8>) {
        // A run may have begun before.
        let start = text[..self.done].iter().rposition(|&byte| !is_blank(byte)).map_or(0, |at| at + 1);
        let (mut read, mut write, mut at) = (start, start, start);
        while at < text.len() {
            if !is_blank(text[at]) {
                at += STEP;
                continue;
            }
            let from =
                text[read..at].iter().rposition(|&byte| !is_blank(byte)).map_or(read, |last| read + last + 1);
            let to = text[at..].iter().position(|&byte| !is_blank(byte)).map_or(text.len(), |next| at + next);
            at = to;
            // What follows on a place where something is missing is of the same white space.
            let goes_on = self.cuts.last().is_some_and(|cut| cut.at == write + (from - read));
            if to - from < LEAST && !goes_on {
                continue;
            }
            text.copy_within(read..from, write);
            write += from - read;
            read = from;
            if self.is_in_string(text, write) {
                continue;
            }
            let rest = rest_of(&text[from..to]);
            let bytes = (to - from - rest.len()) as u64;
            let lines = newlines(&text[from..to]) - newlines(rest);
            self.cut(Cut { at: write, line: 0, bytes, lines });
            text[write..write + rest.len()].copy_from_slice(rest);
            write += rest.len();
            read = to;
        }
        if write < read {
            text.copy_within(read.., write);
            text.truncate(write + (text.len() - read));
        }
        self.done = text.len();
    }

    /// Drops these runs of white space, all but a byte of each; returns where each ended and how much of it is gone.
    pub fn drop_runs(&mut self, text: &mut Vec<u8>, runs: &[Range<usize>]) -> Vec<(usize, usize)> {
        let start = runs.first().map_or(text.len(), |run| run.start);
        let (mut read, mut write) = (start, start);
        let mut dropped = Vec::with_capacity(runs.len());
        for run in runs {
            text.copy_within(read..run.start, write);
            write += run.start - read;
            let rest = rest_of(&text[run.clone()]);
            let bytes = run.len() - rest.len();
            let lines = newlines(&text[run.clone()]) - newlines(rest);
            self.cut(Cut { at: write, line: 0, bytes: bytes as u64, lines });
            text[write..write + rest.len()].copy_from_slice(rest);
            write += rest.len();
            read = run.end;
            dropped.push((run.end, bytes));
        }
        text.copy_within(read.., write);
        text.truncate(write + (text.len() - read));
        dropped
    }

    /// Takes what has been dropped before `end`; what is behind that counts from there.
    pub fn split_off_before(&mut self, end: usize) -> Squeeze {
        let count = self.cuts.partition_point(|cut| cut.at < end);
        let mut rest = self.cuts.split_off(count);
        rest.iter_mut().for_each(|cut| cut.at -= end);
        let cuts = std::mem::replace(&mut self.cuts, rest);
        (self.done, self.known, self.in_string) = (0, 0, false);
        Squeeze { cuts, ..Squeeze::default() }
    }

    /// Nothing has been dropped.
    pub fn is_empty(&self) -> bool {
        self.cuts.is_empty()
    }

    fn cut(&mut self, cut: Cut) {
        match self.cuts.last_mut().filter(|last| last.at == cut.at) {
            Some(last) => {
                last.bytes += cut.bytes;
                last.lines += cut.lines;
            }
            None => self.cuts.push(cut),
        }
    }

    /// Follows strings from where that ended; the text before `to` is as it will stay.
    fn is_in_string(&mut self, text: &[u8], to: usize) -> bool {
        while self.known < to {
            let rest = &text[self.known..to];
            if !self.in_string {
                match memchr::memchr(b'"', rest) {
                    None => self.known = to,
                    Some(at) => (self.known, self.in_string) = (self.known + at + 1, true),
                }
                continue;
            }
            match memchr::memchr2(b'"', b'\\', rest) {
                None => self.known = to,
                Some(at) if rest[at] == b'"' => (self.known, self.in_string) = (self.known + at + 1, false),
                // White space that an escape swallows is no white space between tokens.
                Some(at) => self.known += at + 2,
            }
        }
        self.in_string
    }

    /// All that has been dropped.
    pub fn dropped(&self) -> Passed {
        let mut all = Passed::default();
        for cut in &self.cuts {
            all += Passed { features: 0, lines: cut.lines, bytes: cut.bytes };
        }
        all
    }

    /// Counts lines once the text is whole.
    pub fn finish(mut self, text: &[u8]) -> Self {
        let (mut at, mut line) = (0, 1);
        for cut in &mut self.cuts {
            // The line break that stays is the first byte of what stays.
            let end = (cut.at + 1).min(text.len());
            line += newlines(&text[at..end]);
            (at, cut.line) = (end, line);
        }
        self
    }

    /// Line and byte in what was read, of an error in what is left of it.
    pub fn place(&self, error: Error) -> Error {
        error.placed(|line| self.line(line), |byte| self.byte(byte))
    }

    /// The line in what was read, of a line in what is left of it.
    pub fn line(&self, line: u64) -> u64 {
        let above = self.cuts.iter().take_while(|cut| cut.line <= line);
        line + above.map(|cut| cut.lines).sum::<u64>()
    }

    /// The byte in what was read, of a byte in what is left of it.
    pub fn byte(&self, byte: u64) -> u64 {
        let before = self.cuts.iter().take_while(|cut| (cut.at as u64) < byte);
        byte + before.map(|cut| cut.bytes).sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Squeezes a text that comes in pieces.
    fn squeezed(text: &[u8], piece: usize) -> (String, Squeeze) {
        let (mut out, mut squeeze) = (Vec::new(), Squeeze::default());
        for piece in text.chunks(piece) {
            out.extend_from_slice(piece);
            squeeze.squeeze(&mut out);
        }
        (String::from_utf8(out).unwrap(), squeeze)
    }

    #[test]
    fn white_space_goes_and_places_stay() {
        let long = " \n".repeat(LEAST);
        let text = format!(
            "{long}{{\"a\":\"{}\\\"{}\",{long}\"b\":{long}1}}{long}",
            " ".repeat(3000),
            " ".repeat(3000)
        );
        let whole = squeezed(text.as_bytes(), text.len()).0;
        assert_eq!(whole, format!("\n{{\"a\":\"{0}\\\"{0}\",\n\"b\":\n1}}\n", " ".repeat(3000)));
        for piece in [1, 7, 511, 1024, 5000] {
            let (out, squeeze) = squeezed(text.as_bytes(), piece);
            assert_eq!(out, whole, "{piece}");
            for token in ["{", "\"b\"", "1}"] {
                let (at, was_at) = (out.find(token).unwrap(), text.find(token).unwrap());
                let line = 1 + newlines(&out.as_bytes()[..at]);
                let error = Error::input("x").at_byte(at as u64).at_line(line);
                let placed = squeeze.clone().finish(out.as_bytes()).place(error);
                assert_eq!(placed.byte(), Some(was_at as u64), "{token} {piece}");
                assert_eq!(placed.line(), Some(1 + newlines(&text.as_bytes()[..was_at])), "{token} {piece}");
            }
            assert_eq!(squeeze.dropped().bytes as usize, text.len() - out.len());
        }
    }

    #[test]
    fn what_separates_records_stays() {
        let text = format!("\x1E{{}}{}\x1E{}{{}}", "\n".repeat(5000), "\x1E ".repeat(5000));
        assert_eq!(squeezed(text.as_bytes(), 100).0, "\x1E{}\n\x1E{}");
        let short = format!("{{{}}}", " ".repeat(LEAST - 1));
        assert_eq!(squeezed(short.as_bytes(), 100).0, short);
    }
}
