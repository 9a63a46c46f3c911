//! Text for people: what comes out of a file is shown, and makes a terminal do nothing else.

use std::borrow::Cow;
use std::fmt::{self, Write};

/// Returns `true` for a character that acts on the text around it instead of being shown: a control character (a line
/// break and U+0080 to U+009F among them), a line or paragraph separator, an embedding, override or isolate of direction.
///
/// The joiners and marks U+200C to U+200F are shown: Persian can't be written without them.
///
/// ```
/// use patrol_corridor::text::acts;
/// assert!(['\u{1b}', '\n', '\u{9b}', '\u{202e}', '\u{2028}'].into_iter().all(acts));
/// assert!(!['a', '\u{200c}', '\u{301}'].into_iter().any(acts));
/// ```
#[must_use]
pub fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || turns(c)
}

/// Returns `true` for an embedding, override or isolate of direction, and for the end of one.
pub(crate) fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the text on one line, with each character that [`acts`] as an escape of Rust: `\u{1b}`, `\n`.
///
/// A text that is escaped already stays as it is.
///
/// ```
/// use patrol_corridor::text::escaped;
/// assert_eq!(escaped("OP-7\u{1b}[2J\r\n"), "OP-7\\u{1b}[2J\\r\\n");
/// assert_eq!(escaped("می\u{200c}خواهم"), "می\u{200c}خواهم");
/// ```
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    // A String takes whatever is written.
    let _ = OneLine(&mut out).write_str(text);
    Cow::Owned(out)
}

/// Writes what is written to it as [`escaped`] has it.
pub(crate) struct OneLine<'w, W: Write>(pub &'w mut W);

impl<W: Write> Write for OneLine<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for piece in text.split_inclusive(acts) {
            match piece.chars().next_back().filter(|&last| acts(last)) {
                None => self.0.write_str(piece)?,
                Some(last) => {
                    self.0.write_str(&piece[..piece.len() - last.len_utf8()])?;
                    write!(self.0, "{}", last.escape_default())?;
                }
            }
        }
        Ok(())
    }
}

/// A found text for a message, not too long.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_owned(),
    }
}
