//! Bytes that are to be UTF-8.

use crate::Error;

/// The text of some bytes; `before` is how many stand before them.
pub(crate) fn text_of(bytes: Vec<u8>, before: u64) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|error| not_utf8(error.utf8_error(), before))
}

/// What a text says that is not UTF-8.
pub(crate) fn not_utf8(error: std::str::Utf8Error, before: u64) -> Error {
    Error::json("not JSON: bytes that are not UTF-8, expected UTF-8 (RFC 8259 section 8.1)")
        .at_byte(before + error.valid_up_to() as u64)
}
