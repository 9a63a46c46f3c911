//! Texts of Excel: those that many cells share, and their runs and escapes.

use quick_xml::events::Event;

use super::package::Package;
use super::xml::{Xml, push_reference};
use crate::Error;
use crate::io::file::limits::ReadLimits;
use crate::memory;

/// Texts that cells refer to by their number, one behind the other.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

/// The texts of that part.
pub(super) fn shared(package: &Package, path: &str) -> Result<Strings, Error> {
    let mut xml = Xml::open(package, path)?;
    let mut strings = Strings::default();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "si" => {
                let mut text = String::new();
                push(&mut xml, package.limits(), &mut text)?;
                package.limits().text(strings.text.len() + text.len())?;
                if strings.text.capacity() - strings.text.len() < text.len() {
                    let more = text.len().max(strings.text.len()).max(1 << 12);
                    // Old and new text are both there until one is copied.
                    memory::room(more + strings.text.len())?;
                    strings.text.try_reserve_exact(more).map_err(|_| memory::no_room())?;
                }
                strings.text.push_str(&text);
                memory::push(&mut strings.ends, strings.text.len())?;
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Appends the text of an `si` or `is` that has begun: that of its `t`, without the readings of Japanese names.
pub(super) fn push(xml: &mut Xml, limits: &ReadLimits, out: &mut String) -> Result<(), Error> {
    let (start, mut depth, mut is_text) = (out.len(), 1, false);
    let mut skips = false;
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "rPh" => skips = true,
                name => {
                    is_text = name == "t";
                    depth += 1;
                }
            },
            Event::End(_) => {
                is_text = false;
                depth -= 1;
            }
            Event::Text(text) if is_text => out.push_str(&text.xml10_content()),
            Event::CData(text) if is_text => out.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if is_text => push_reference(&reference, out),
            Event::Eof => return Err(xml.too_short()),
            _ => {}
        }
        if std::mem::take(&mut skips) {
            xml.skip()?;
        }
        if depth == 0 {
            break;
        }
        limits.record("a text of the workbook", out.len() - start)?;
    }
    unescape(out, start);
    Ok(())
}

/// Undoes what stands for characters that XML does not have: `_x000D_`.
pub(super) fn unescape(text: &mut String, start: usize) {
    if !text[start..].contains("_x") {
        return;
    }
    let tail = text.split_off(start);
    let mut rest = &*tail;
    while let Some(at) = rest.find("_x") {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)) {
            Some(char) => {
                text.push(char);
                rest = &rest[7..];
            }
            None => {
                text.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone() {
        for (text, expected) in [
            ("a_x000D_\nb", "a\r\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x12_ _xé000_ _x", "_x12_ _xé000_ _x"),
            ("_xD800_", "_xD800_"),
        ] {
            let mut text = format!("_x0041_{text}");
            unescape(&mut text, 7);
            assert_eq!(text, format!("_x0041_{expected}"));
        }
    }
}
