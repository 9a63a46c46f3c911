//! A logo: a picture out of a file, as a data URI that brings nothing else along.

use crate::Error;
use crate::io::base64;

/// A picture of the title block: PNG, JPEG or SVG.
///
/// ```
/// use patrol_corridor::report::map::Logo;
/// let logo = Logo::new(b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0H9V9Z'/></svg>")?;
/// assert_eq!(logo.media_type(), "image/svg+xml");
/// assert!(Logo::new(b"<svg><script>alert(1)</script></svg>").is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    media_type: &'static str,
    bytes: Vec<u8>,
}

impl Logo {
    /// No larger file is taken, in bytes.
    pub const MOST_BYTES: usize = 1_000_000;
    /// No more pixels are taken each way.
    pub const MOST_PIXELS: u32 = 4_096;

    /// Takes the bytes of a file, whose first ones tell the format.
    ///
    /// # Errors
    /// Returns an error if it is no PNG, JPEG or SVG, if it is too large, and if an SVG has scripts, refers to anything
    /// outside of itself, or declares entities.
    pub fn new(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > Self::MOST_BYTES {
            return Err(Error::input(format!(
                "the logo has {} bytes, and {} are the most: write it smaller",
                bytes.len(),
                Self::MOST_BYTES
            )));
        }
        let (media_type, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            ("image/png", Some(png_size(bytes)))
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            ("image/jpeg", Some(jpeg_frame(bytes).map(|frame| frame.size)))
        } else {
            check_svg(bytes)?;
            ("image/svg+xml", None)
        };
        match size {
            Some(None) => {
                Err(Error::input("the logo has no size: the file is cut or damaged; write it anew"))
            }
            Some(Some(size)) if size.iter().any(|side| !(1..=Self::MOST_PIXELS).contains(side)) => {
                let [width, height] = size;
                let most = Self::MOST_PIXELS;
                Err(Error::input(format!(
                    "the logo has {width} by {height} pixels, and {most} by {most} are the most: write it smaller"
                )))
            }
            _ => Ok(Logo { media_type, bytes: bytes.to_vec() }),
        }
    }

    /// Returns the media type of the file.
    ///
    /// ```
    /// use patrol_corridor::report::map::Logo;
    /// assert_eq!(Logo::new(b"<svg xmlns='http://www.w3.org/2000/svg'/>")?.media_type(), "image/svg+xml");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// As an address that has the whole file in it.
    pub(super) fn data_uri(&self) -> String {
        format!("data:{};base64,{}", self.media_type, base64(&self.bytes))
    }
}

/// The size in the first chunk of a PNG (ISO 15948, section 11.2.2).
fn png_size(bytes: &[u8]) -> Option<[u32; 2]> {
    let side = |from: usize| bytes.get(from..from + 4)?.try_into().ok().map(u32::from_be_bytes);
    (bytes.get(12..16)? == b"IHDR").then_some([side(16)?, side(20)?])
}

/// What the frame header of a JPEG tells.
pub(super) struct JpegFrame {
    pub size: [u32; 2],
    /// Of a part of a pixel.
    #[cfg(feature = "pdf")]
    pub bits: u8,
    /// How many parts a pixel has.
    #[cfg(feature = "pdf")]
    pub parts: u8,
}

/// The frame header of a JPEG (ISO 10918-1, section B.2.2).
pub(super) fn jpeg_frame(bytes: &[u8]) -> Option<JpegFrame> {
    let mut at = 2;
    loop {
        let [0xff, marker, high, low] = *bytes.get(at..at + 4)? else { return None };
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let side = |from: usize| {
                let bytes = bytes.get(from..from + 2)?.try_into().ok()?;
                Some(u32::from(u16::from_be_bytes(bytes)))
            };
            let size = [side(at + 7)?, side(at + 5)?];
            return Some(JpegFrame {
                size,
                #[cfg(feature = "pdf")]
                bits: *bytes.get(at + 4)?,
                #[cfg(feature = "pdf")]
                parts: *bytes.get(at + 9)?,
            });
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low])).max(2);
    }
}

/// What SVG that is shown as a picture must not have: programs that show it so run nothing in it and fetch nothing for it,
/// and this holds for those too that take it out of the map.
fn check_svg(bytes: &[u8]) -> Result<(), Error> {
    let not_a_logo = || Error::input("the logo is no PNG, JPEG or SVG; convert it to one of these");
    let text = std::str::from_utf8(bytes).map_err(|_| not_a_logo())?;
    let text = text.to_ascii_lowercase();
    let is_svg = text.trim_start_matches('\u{feff}').trim_start().starts_with('<') && text.contains("<svg");
    if !is_svg {
        return Err(not_a_logo());
    }
    const NOT: [(&str, &str); 6] = [
        ("<script", "a script"),
        ("javascript:", "a script"),
        ("<foreignobject", "a foreign object"),
        ("<!entity", "an entity"),
        ("@import", "a style from outside"),
        ("<?xml-stylesheet", "a style from outside"),
    ];
    let has_handler =
        text.split(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '/')).any(|word| {
            let name = word.split('=').next().unwrap_or_default();
            word.contains('=')
                && name.len() > 2
                && name.starts_with("on")
                && name.bytes().all(|b| b.is_ascii_lowercase())
        });
    let what = NOT
        .iter()
        .find(|(not, _)| text.contains(not))
        .map(|(_, what)| *what)
        .or(has_handler.then_some("a script"))
        .or(refers_outside(&text).then_some("a reference to another file"));
    match what {
        Some(what) => Err(Error::input(format!(
            "the logo has {what}, which a map takes from nowhere: save it as plain SVG without, or as PNG"
        ))),
        None => Ok(()),
    }
}

/// True where an address is no place within the file and no picture that is in it.
fn refers_outside(text: &str) -> bool {
    let begins_inside = |address: &str| {
        let address = address.trim_start();
        ["#", "data:image/png", "data:image/jpeg"].iter().any(|inside| address.starts_with(inside))
    };
    let quoted = |rest: &str| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest[1..].split(quote).next().map(str::to_owned)
    };
    let links = ["href", "src"].iter().flat_map(|name| text.split(name).skip(1));
    let mut addresses = links.filter_map(quoted);
    let mut styles = text.split("url(").skip(1);
    addresses.any(|address| !begins_inside(&address))
        || styles.any(|rest| !begins_inside(rest.trim_start().trim_start_matches(['"', '\''])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_bring_nothing_along_are_taken() {
        let good: [&[u8]; 3] = [
            b"\xef\xbb\xbf<?xml version='1.0'?><!DOCTYPE svg><svg><path fill='url(#a)' d='M0 0'/></svg>",
            b"<svg xmlns='http://www.w3.org/2000/svg'><use xlink:href = '#one'/></svg>",
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x20\0\0\0\x10\x08\x06\0\0\0",
        ];
        for bytes in good {
            assert!(Logo::new(bytes).is_ok(), "{}", String::from_utf8_lossy(bytes));
        }
        let jpeg = b"\xff\xd8\xff\xe0\0\x04AB\xff\xc0\0\x0b\x08\0\x10\0\x20\x03";
        assert_eq!(jpeg_frame(jpeg).unwrap().size, [32, 16]);
        assert_eq!(Logo::new(jpeg).unwrap().data_uri(), format!("data:image/jpeg;base64,{}", base64(jpeg)));
    }

    #[test]
    fn all_others_are_refused_by_what_they_have() {
        let large = [b"<svg>".as_slice(), &vec![b' '; Logo::MOST_BYTES]].concat();
        let bad: [(&[u8], &str); 13] = [
            (b"", "no PNG"),
            (b"GIF89a", "no PNG"),
            (b"<html></html>", "no PNG"),
            (b"<svg><SCRIPT/></svg>", "a script"),
            (b"<svg onload='x()'/>", "a script"),
            (b"<svg><a href='javascript:x'/></svg>", "a script"),
            (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "an entity"),
            (b"<svg><image href='file:///etc/passwd'/></svg>", "another file"),
            (b"<svg><use xlink:href=\"http://a/b.svg#c\"/></svg>", "another file"),
            (b"<svg><path fill='url( https://a/b )'/></svg>", "another file"),
            (b"<svg><image href='data:image/svg+xml;base64,AAAA'/></svg>", "another file"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\0\0\x10", "65536 by 16"),
            (b"\xff\xd8\xff\xe0", "no size"),
        ];
        for (bytes, what) in bad.into_iter().chain([(large.as_slice(), "are the most")]) {
            let message = Logo::new(bytes).unwrap_err().to_string();
            assert!(message.contains(what), "{message}");
        }
    }
}
