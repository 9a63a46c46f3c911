//! JSON text as it stands: its grammar is checked once, then members and elements are slices of it.
//!
//! [`validate`] holds a text against RFC 8259 (without recursion, so that deep nesting is no danger).
//! The iterators behind it only find where a value ends: they trust the grammar, never recurse, never
//! allocate, and on a text that was not validated give nonsense rather than a panic.

use std::borrow::Cow;

use crate::Error;

/// White space between the tokens of JSON.
pub(crate) const BLANK: [char; 4] = [' ', '\t', '\n', '\r'];

/// Holds one JSON text against the grammar; the byte of a fault is counted from the start of `text`.
pub(crate) fn validate(text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::json("not JSON: an empty text, expected GeoJSON").at_byte(0));
    }
    let Err(fault) = serde_json::from_str::<serde::de::IgnoredAny>(text) else { return Ok(()) };
    // serde_json counts lines from 1 and columns in bytes from 1; 0 is the line's end before.
    let line_start: usize =
        text.split_inclusive('\n').take(fault.line().saturating_sub(1)).map(str::len).sum();
    let byte = (line_start + fault.column().saturating_sub(1)).min(text.len());
    let byte = if fault.is_eof() { text.len() } else { byte };
    let reason = reason(&fault);
    let found = match text.as_bytes().get(byte) {
        Some(&found) if found.is_ascii_graphic() && !fault.is_eof() => {
            format!("`{}`", char::from(found))
        }
        Some(_) if !fault.is_eof() => "an unexpected byte".to_owned(),
        _ => "the text ends too early".to_owned(),
    };
    let (byte, word) = other_value(text, byte).map_or((byte, None), |(start, word)| (start, Some(word)));
    let before = text.char_indices().take_while(|&(at, _)| at < byte).last();
    let before = before.map_or("", |(at, c)| &text[..at + c.len_utf8()]).trim_end_matches(BLANK);
    let shown = before.char_indices().rev().take(SHOWN).last().map_or(before, |(at, _)| &before[at..]);
    let behind = shown.replace(char::is_control, " ");
    let is_text =
        behind.is_empty() && matches!(text.as_bytes().get(byte), Some(b'A'..=b'Z' | b'a'..=b'z' | b'#'));
    let behind = if behind.is_empty() { String::new() } else { format!(" behind `{behind}`") };
    if let Some(word) = word {
        let message =
            format!("not JSON: `{word}` is no value of JSON{behind}, expected null or a number: replace it");
        return Err(Error::json(message).at_byte(byte as u64));
    }
    let hint = if is_text { ": is it a table? This must be GeoJSON, which begins with `{`" } else { "" };
    Err(Error::json(format!("not JSON: {reason} ({found}{behind}){hint}")).at_byte(byte as u64))
}

/// The word around a fault and where it begins, where it is a value that other notations have.
fn other_value(text: &str, byte: usize) -> Option<(usize, &str)> {
    const WORDS: [&str; 6] = ["nan", "infinity", "-infinity", "inf", "-inf", "none"];
    let is_of_word = |c: char| c.is_ascii_alphabetic() || c == '-';
    let start = text.get(..byte)?.trim_end_matches(is_of_word).len();
    let rest = &text[start..];
    let word = &rest[..rest.find(|c| !is_of_word(c)).unwrap_or(rest.len())];
    WORDS.contains(&&*word.to_ascii_lowercase()).then_some((start, word))
}

/// How many characters before a fault of syntax are shown.
const SHOWN: usize = 24;

/// What serde_json has against a text, without its own words on the place.
pub(crate) fn reason(fault: &serde_json::Error) -> String {
    let mut text = fault.to_string();
    if let Some(place) = text.rfind(" at line ") {
        text.truncate(place);
    }
    text
}

/// One member of an object.
#[derive(Debug, Clone)]
pub(crate) struct Member<'a> {
    /// The key without quotes and escapes.
    pub key: Cow<'a, str>,
    /// The key as it is written, with its quotes.
    pub key_text: &'a str,
    /// The value as it is written.
    pub value: &'a str,
}

/// The members of an object, in order; none where `text` is not an object.
pub(crate) fn members(text: &str) -> Members<'_> {
    Members { items: Items::new(text, b'{') }
}

/// The elements of an array, in order; none where `text` is not an array.
pub(crate) fn elements(text: &str) -> Elements<'_> {
    Elements { items: Items::new(text, b'[') }
}

/// See [`members`].
#[derive(Debug, Clone)]
pub(crate) struct Members<'a> {
    items: Items<'a>,
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    #[inline]
    fn next(&mut self) -> Option<Member<'a>> {
        let key_text = self.items.next_value()?;
        self.items.skip(b':');
        let value = self.items.next_value()?;
        self.items.skip(b',');
        Some(Member { key: unquote(key_text), key_text, value })
    }
}

/// See [`elements`].
#[derive(Debug, Clone)]
pub(crate) struct Elements<'a> {
    items: Items<'a>,
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        let value = self.items.next_value()?;
        self.items.skip(b',');
        Some(value)
    }
}

/// What stands between the brackets of an object or an array.
#[derive(Debug, Clone)]
struct Items<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Items<'a> {
    #[inline]
    fn new(text: &'a str, bracket: u8) -> Self {
        let at = if text.as_bytes().first() == Some(&bracket) { 1 } else { text.len() };
        Items { text, at }
    }

    #[inline]
    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.text.as_bytes().get(self.at) {
            self.at += 1;
        }
    }

    /// Skips white space and `token`.
    #[inline]
    fn skip(&mut self, token: u8) {
        self.blanks();
        if self.text.as_bytes().get(self.at) == Some(&token) {
            self.at += 1;
        }
    }

    #[inline]
    fn next_value(&mut self) -> Option<&'a str> {
        self.blanks();
        let start = self.at;
        let end = value_end(self.text.as_bytes(), start);
        self.at = end;
        // Nothing was passed: a closing bracket, or the end.
        if end == start { None } else { self.text.get(start..end) }
    }
}

/// Where the value that begins at `at` ends.
#[inline]
fn value_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        None => at,
        Some(b'"') => string_end(bytes, at),
        Some(b'{' | b'[') => {
            let mut depth = 0_usize;
            let mut i = at;
            while let Some(&byte) = bytes.get(i) {
                match byte {
                    b'"' => {
                        i = string_end(bytes, i);
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => {
                        depth -= 1;
                        if depth == 0 {
                            return i + 1;
                        }
                    }
                    _ => {}
                }
                i += 1;
            }
            i
        }
        Some(_) => {
            let rest = &bytes[at..];
            let end = rest.iter().position(|b| {
                matches!(b, b',' | b':' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t' | b'"' | b'{' | b'[')
            });
            end.map_or(bytes.len(), |length| at + length)
        }
    }
}

/// Where the string whose opening quote is at `at` ends.
#[inline]
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut i = at + 1;
    // Eight bytes at a time: most strings are short, and their ends hard to foretell byte by byte.
    while let Some(eight) = bytes.get(i..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        match first_of(word, b'"').min(first_of(word, b'\\')) {
            8 => i += 8,
            place if eight[place] == b'"' => return i + place + 1,
            place => i += place + 2,
        }
    }
    while let Some(&byte) = bytes.get(i) {
        match byte {
            b'"' => return i + 1,
            b'\\' => i += 2,
            _ => i += 1,
        }
    }
    bytes.len()
}

/// The place of the first byte of that kind among eight, 8 without one.
#[inline]
fn first_of(word: u64, byte: u8) -> usize {
    const ONES: u64 = u64::MAX / 255;
    // A byte that is zero borrows; what lies above the first one may be wrong, and is not looked at.
    let zero = word ^ (ONES * u64::from(byte));
    let found = zero.wrapping_sub(ONES) & !zero & (ONES << 7);
    (found.trailing_zeros() / 8) as usize
}

/// A string without its quotes and escapes; an escaped half of a surrogate pair becomes U+FFFD.
#[inline]
pub(crate) fn unquote(text: &str) -> Cow<'_, str> {
    let inner = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
    if inner.contains('\\') { Cow::Owned(unescape(inner)) } else { Cow::Borrowed(inner) }
}

/// A value as a table of texts has it: a string without its quotes, the elements of an array with `;` between, nothing
/// for null (in an array too), anything else as it is written.
pub(crate) fn plain_text(value: &str) -> Cow<'_, str> {
    match value.as_bytes().first() {
        Some(b'n') => Cow::Borrowed(""),
        Some(b'[') => {
            let text = |element| if element == "null" { Cow::Borrowed("") } else { unquote(element) };
            Cow::Owned(elements(value).map(text).collect::<Vec<_>>().join(";"))
        }
        _ => unquote(value),
    }
}

/// A list of JSON that had to become text, as [`plain_text`] has it; any other text as it is.
pub(crate) fn listed_text(text: Cow<'_, str>) -> Cow<'_, str> {
    let list = text.trim();
    match list.starts_with('[') && list.ends_with(']') && validate(list).is_ok() {
        true => Cow::Owned(plain_text(list).into_owned()),
        false => text,
    }
}

fn unescape(mut text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    while let Some(at) = text.find('\\') {
        out.push_str(&text[..at]);
        let escape = text.as_bytes().get(at + 1).copied();
        text = text.get(at + 2..).unwrap_or("");
        match escape {
            Some(b'b') => out.push('\u{8}'),
            Some(b'f') => out.push('\u{c}'),
            Some(b'n') => out.push('\n'),
            Some(b'r') => out.push('\r'),
            Some(b't') => out.push('\t'),
            Some(b'u') => {
                let unit = hex4(text);
                text = text.get(4..).unwrap_or("");
                let low = text.strip_prefix("\\u").and_then(hex4_checked);
                let code = match (unit, low) {
                    (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                        text = &text[6..];
                        0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
                    }
                    _ => unit,
                };
                out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            Some(other) => out.push(char::from(other)),
            None => {}
        }
    }
    out.push_str(text);
    out
}

fn hex4_checked(text: &str) -> Option<u32> {
    u32::from_str_radix(text.get(..4)?, 16).ok()
}

fn hex4(text: &str) -> u32 {
    hex4_checked(text).unwrap_or(0xFFFD)
}

/// What a value is, for "found …".
pub(crate) fn kind_of(value: &str) -> &'static str {
    match value.as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't') => "true",
        Some(b'f') => "false",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// True where the value is a string.
pub(crate) fn is_string(value: &str) -> bool {
    value.starts_with('"')
}

/// True where the value is a number.
#[inline]
pub(crate) fn is_number(value: &str) -> bool {
    matches!(value.as_bytes().first(), Some(b'-' | b'0'..=b'9'))
}

/// Where `part` begins in `whole`, in bytes; 0 where it is no slice of it.
pub(crate) fn offset_in(whole: &str, part: &str) -> usize {
    let at = (part.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
    if at <= whole.len() { at } else { 0 }
}

/// How many lines end in `text`.
pub(crate) fn newlines(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// How many lines end before byte `at`.
pub(crate) fn newlines_before(text: &str, at: usize) -> u64 {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at.min(text.len())]).count() as u64
}

/// Writes `text` as a JSON string, quotes included.
pub(crate) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    if !text.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
        // As good as always.
        out.push_str(text);
        out.push('"');
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
#[path = "raw_tests.rs"]
mod tests;
