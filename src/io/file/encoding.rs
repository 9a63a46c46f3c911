//! Text in other encodings than UTF-8, turned into UTF-8 as it is read.

use std::io::Read;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::Error;

/// The encoding of a text that begins so, by its byte order mark, or by the zeros of UTF-16 without one; none is UTF-8.
pub(crate) fn of_start(start: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(start) {
        Some((encoding, _)) => Some(encoding).filter(|&encoding| encoding != UTF_8),
        // A header begins with ASCII, as good as always.
        None => match start {
            [first, 0, second, 0, ..] if *first > 0 && *second > 0 => Some(UTF_16LE),
            [0, first, 0, second, ..] if *first > 0 && *second > 0 => Some(UTF_16BE),
            _ => None,
        },
    }
}

/// The encoding of that name (`windows-1251`, `cp1256`, `utf-16le`); none where it is UTF-8.
///
/// # Errors
/// Returns an error if there is no such name in the Encoding Standard.
pub(crate) fn named(name: &str) -> Result<Option<&'static Encoding>, Error> {
    let plain = name.trim().to_ascii_lowercase();
    // Python and Excel say `cp1251`, which the standard knows for few of them.
    let numbered = plain.strip_prefix("cp").map(|number| format!("windows-{number}"));
    let found = Encoding::for_label(plain.as_bytes())
        .or_else(|| numbered.and_then(|numbered| Encoding::for_label(numbered.as_bytes())));
    let found = found.ok_or_else(|| {
        Error::argument(format!(
            "the encoding `{name}`, expected one of the Encoding Standard, such as windows-1251, windows-1252, \
             windows-1256 or utf-16le"
        ))
    });
    Ok(found.map(Some)?.filter(|&encoding| encoding != UTF_8))
}

/// A text in UTF-8, out of one in another encoding.
pub(crate) struct Decoded<R> {
    input: R,
    name: &'static str,
    decoder: Decoder,
    source: Vec<u8>,
    /// What of it has been decoded, and what there is.
    from: usize,
    to: usize,
    at_end: bool,
    is_done: bool,
    text: Vec<u8>,
    /// What of the text has been given.
    given: usize,
}

const BLOCK_BYTES: usize = 1 << 16;

impl<R: Read> Decoded<R> {
    pub fn new(input: R, encoding: &'static Encoding) -> Self {
        Decoded {
            input,
            name: encoding.name(),
            decoder: encoding.new_decoder(),
            source: vec![0; BLOCK_BYTES],
            from: 0,
            to: 0,
            at_end: false,
            is_done: false,
            text: Vec::new(),
            given: 0,
        }
    }

    /// Fills the text again.
    fn decode(&mut self) -> std::io::Result<()> {
        if self.from == self.to && !self.at_end {
            (self.from, self.to) = (0, self.input.read(&mut self.source)?);
            self.at_end = self.to == 0;
        }
        self.text.resize(BLOCK_BYTES, 0);
        let source = &self.source[self.from..self.to];
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(source, &mut self.text, self.at_end);
        self.from += read;
        self.text.truncate(written);
        self.given = 0;
        match result {
            DecoderResult::Malformed(..) => {
                let name = self.name;
                let message = format!("bytes that are no {name}: is the file in another encoding?");
                Err(std::io::Error::other(Error::input(message)))
            }
            DecoderResult::InputEmpty => {
                self.is_done = self.at_end;
                Ok(())
            }
            DecoderResult::OutputFull => Ok(()),
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.given == self.text.len() && !self.is_done {
            self.decode()?;
        }
        let count = (self.text.len() - self.given).min(buffer.len());
        buffer[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}
