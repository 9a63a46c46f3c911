//! The encoding of a `.dbf`: what the `.cpg` beside it says, or the language in its header.

use encoding_rs::{Encoding, UTF_8};

use crate::Error;

/// The encoding that a `.cpg` names: `UTF-8`, `1251`, `ANSI 1251`, `ISO 88595`, `OEM 866`.
///
/// # Errors
/// Where it is not one that can be read.
pub(super) fn of_label(label: &str) -> Result<&'static Encoding, Error> {
    let label = label.lines().next().unwrap_or_default().trim();
    let plain = label.to_ascii_lowercase();
    if let Some(language) = plain.strip_prefix("ldid/").and_then(|number| number.trim().parse().ok()) {
        return of_language(language).ok_or_else(|| unknown(label));
    }
    if let Some(found) = Encoding::for_label(plain.as_bytes()) {
        return Ok(found);
    }
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let named = match &*digits {
        "65001" | "8" if plain.contains("utf") || digits.len() > 1 => "utf-8".to_owned(),
        "866" => "ibm866".to_owned(),
        "874" => "windows-874".to_owned(),
        "932" => "shift_jis".to_owned(),
        "936" => "gbk".to_owned(),
        "949" => "euc-kr".to_owned(),
        "950" => "big5".to_owned(),
        digits if digits.starts_with("8859") => format!("iso-8859-{}", &digits[4..]),
        digits => format!("windows-{digits}"),
    };
    Encoding::for_label(named.as_bytes()).ok_or_else(|| unknown(label))
}

fn unknown(label: &str) -> Error {
    let shown = crate::text::shown(label);
    Error::input(format!(
        "the encoding `{shown}`, which is not known; write one such as UTF-8, windows-1251 or windows-1256 into the .cpg"
    ))
}

/// The encoding of a number in the header; none if it says nothing, or one of DOS that is not known here.
pub(super) fn of_language(language: u8) -> Option<&'static Encoding> {
    let label = match language {
        0x03 | 0x57..=0x59 => "windows-1252",
        0x13 | 0x7B => "shift_jis",
        0x26 | 0x65 => "ibm866",
        0x4D | 0x7A => "gbk",
        0x4E | 0x79 => "euc-kr",
        0x4F | 0x78 => "big5",
        0x50 | 0x7C => "windows-874",
        0x7D => "windows-1255",
        0x7E => "windows-1256",
        0xC8 => "windows-1250",
        0xC9 => "windows-1251",
        0xCA => "windows-1254",
        0xCB => "windows-1253",
        0xCC => "windows-1257",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// A text without the blanks behind it.
///
/// # Errors
/// Where its bytes are none of the encoding.
pub(super) fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Result<String, Error> {
    let end = bytes.iter().rposition(|&byte| byte != b' ' && byte != 0).map_or(0, |last| last + 1);
    let text = &bytes[..end];
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(text) {
        return Ok(text.trim_end_matches([' ', '\0']).to_owned());
    }
    if encoding == UTF_8 {
        // Writers cut long texts at the width of the field, within a letter.
        if let Err(fault) = std::str::from_utf8(text)
            && fault.error_len().is_none()
            && end == bytes.len()
        {
            return Ok(String::from_utf8_lossy(&text[..fault.valid_up_to()]).into_owned());
        }
    }
    let name = encoding.name();
    Err(Error::input(format!(
        "bytes that are no {name}: write the name of the encoding, such as windows-1251, into a file of the same name that \
         ends in .cpg"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_have_many_names() {
        for (label, name) in [
            ("UTF-8", "UTF-8"),
            ("utf8\r\n", "UTF-8"),
            ("65001", "UTF-8"),
            ("1251", "windows-1251"),
            ("ANSI 1251", "windows-1251"),
            ("cp1256", "windows-1256"),
            ("ISO 88595", "ISO-8859-5"),
            ("ISO-8859-5", "ISO-8859-5"),
            ("OEM 866", "IBM866"),
            ("LDID/201", "windows-1251"),
        ] {
            assert_eq!(of_label(label).unwrap().name(), name, "{label}");
        }
        for label in ["", "klingon", "OEM 437", "LDID/300", "LDID/1"] {
            assert!(of_label(label).is_err(), "{label}");
        }
    }

    #[test]
    fn texts_may_be_cut_within_a_letter() {
        assert_eq!(decoded("тест".as_bytes(), UTF_8).unwrap(), "тест");
        assert_eq!(decoded(&"тест".as_bytes()[..7], UTF_8).unwrap(), "тес");
        assert!(decoded(b"a\xFF  ", UTF_8).unwrap_err().to_string().contains(".cpg"));
    }
}
