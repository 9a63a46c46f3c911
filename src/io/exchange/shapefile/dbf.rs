//! The rows of a `.dbf`, the table of attributes.

use std::fs::File;
use std::io::{BufReader, Read};

use encoding_rs::{Encoding, UTF_8};
use serde_json::Value;

use super::encodings;
use crate::Error;
use crate::io::exchange::{ForeignFeature, PassedOver};

/// What a row was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Record {
    Read,
    /// Marked as deleted.
    Deleted,
    /// There are no more.
    AtEnd,
}

struct Field {
    name: String,
    kind: u8,
    bytes: usize,
}

/// The rows of a `.dbf`.
pub(super) struct Dbf {
    input: BufReader<File>,
    fields: Vec<Field>,
    left: u64,
    row: Vec<u8>,
    encoding: &'static Encoding,
}

fn damaged(why: &str) -> Error {
    Error::input(format!("{why}: the .dbf is damaged or cut short; copy it again"))
}

impl Dbf {
    /// Reads the names of the fields; `label` is what a `.cpg` says of the encoding.
    pub fn open(file: File, label: Option<&str>) -> Result<Self, Error> {
        let fail = |e| Error::io("read it", e);
        let bytes = file.metadata().map_err(fail)?.len();
        let mut input = BufReader::with_capacity(1 << 16, file);
        let mut head = [0; 32];
        if bytes < 32 {
            return Err(damaged("a header of less than 32 bytes"));
        }
        input.read_exact(&mut head).map_err(fail)?;
        let count = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        let head_bytes = u64::from(u16::from_le_bytes([head[8], head[9]]));
        let row_bytes = usize::from(u16::from_le_bytes([head[10], head[11]]));
        if head_bytes < 33 || row_bytes == 0 {
            return Err(Error::input("no table of dBASE, expected the .dbf of a Shapefile"));
        }
        // The mark of the end may be left out.
        let claimed = head_bytes + count * row_bytes as u64;
        if claimed > bytes {
            return Err(damaged(&format!(
                "{count} rows of {row_bytes} bytes by its header, and {bytes} bytes in all"
            )));
        }
        let encoding = match label.filter(|label| !label.is_empty()) {
            Some(label) => encodings::of_label(label)?,
            None => encodings::of_language(head[29]).unwrap_or(UTF_8),
        };
        let mut described = Vec::new();
        input.by_ref().take(head_bytes - 32).read_to_end(&mut described).map_err(fail)?;
        let (mut fields, mut taken) = (Vec::new(), 1);
        for field in described.chunks_exact(32).take_while(|field| field[0] != b'\r') {
            let name = &field[..field[..11].iter().position(|&byte| byte == 0).unwrap_or(11)];
            let name = match encodings::decoded(name, encoding)? {
                name if name.trim().is_empty() => format!("column_{}", fields.len() + 1),
                name => name,
            };
            let bytes = usize::from(field[16]);
            taken += bytes;
            fields.push(Field { name, kind: field[11].to_ascii_uppercase(), bytes });
        }
        if taken > row_bytes {
            return Err(damaged(&format!("fields of {taken} bytes in rows of {row_bytes}")));
        }
        Ok(Dbf { input, fields, left: count, row: vec![0; row_bytes], encoding })
    }

    /// Reads the next row into the properties of a feature.
    pub fn read(&mut self, feature: &mut ForeignFeature, passed_over: &PassedOver) -> Result<Record, Error> {
        if self.left == 0 {
            return Ok(Record::AtEnd);
        }
        self.left -= 1;
        self.input.read_exact(&mut self.row).map_err(|e| Error::io("read it", e))?;
        if self.row[0] == b'*' {
            return Ok(Record::Deleted);
        }
        let mut rest = &self.row[1..];
        for field in &self.fields {
            let (cell, behind) =
                rest.split_at_checked(field.bytes).ok_or_else(|| damaged("a row that is too short"))?;
            rest = behind;
            let value = match value(field, cell, self.encoding).map_err(|e| e.under(&field.name))? {
                Some(value) => value,
                None => {
                    passed_over.count(&format!(
                        "a value of `{}`, whose type {} is not read",
                        field.name, field.kind as char
                    ));
                    Value::Null
                }
            };
            feature.push(&field.name, value);
        }
        Ok(Record::Read)
    }
}

/// The value of a cell; none if its type is not read and it holds something.
fn value(field: &Field, cell: &[u8], encoding: &'static Encoding) -> Result<Option<Value>, Error> {
    let is_blank = cell.iter().all(|&byte| matches!(byte, b' ' | 0));
    if field.kind == b'I' && field.bytes == 4 {
        return Ok(cell.try_into().ok().map(|four| Value::from(i32::from_le_bytes(four))));
    }
    if is_blank {
        return Ok(Some(Value::Null));
    }
    Ok(Some(match field.kind {
        b'C' => Value::from(encodings::decoded(cell, encoding)?),
        b'N' | b'F' => number(&encodings::decoded(cell, encoding)?),
        b'D' => date(&encodings::decoded(cell, encoding)?),
        b'L' => match cell[0] {
            b'T' | b't' | b'Y' | b'y' => Value::from(true),
            b'F' | b'f' | b'N' | b'n' => Value::from(false),
            _ => Value::Null,
        },
        _ => return Ok(None),
    }))
}

/// A number in its digits where JSON can have them; what is none stays a text, and one of asterisks did not fit.
fn number(text: &str) -> Value {
    let text = text.trim();
    if text.starts_with('*') {
        return Value::Null;
    }
    let whole = text.strip_prefix('+').unwrap_or(text);
    if let Ok(number) = whole.parse::<i64>() {
        return Value::from(number);
    }
    if let Ok(number) = whole.parse::<u64>() {
        return Value::from(number);
    }
    let finite = whole.parse().ok().filter(|number: &f64| number.is_finite());
    finite.map_or_else(|| Value::from(text), Value::from)
}

fn date(text: &str) -> Value {
    let text = text.trim();
    match text.as_bytes() {
        digits if digits.iter().all(|&byte| byte == b'0') => Value::Null,
        digits if digits.len() == 8 && digits.iter().all(u8::is_ascii_digit) => {
            Value::from(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
        }
        _ => Value::from(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_become_values() {
        for (kind, cell, json) in [
            (b'C', "тест  ", "\"тест\""),
            (b'C', "  a\0\0", "\"  a\""),
            (b'C', "   ", "null"),
            (b'N', "  -12", "-12"),
            (b'N', "+007", "7"),
            (b'N', "46.80", "46.8"),
            (b'N', ".5", "0.5"),
            (b'F', "1e-3", "0.001"),
            (b'N', "18446744073709551615", "18446744073709551615"),
            (b'N', "*****", "null"),
            (b'N', "nan", "\"nan\""),
            (b'D', "20261120", "\"2026-11-20\""),
            (b'D', "00000000", "null"),
            (b'D', "2026", "\"2026\""),
            (b'L', "Y", "true"),
            (b'L', "f", "false"),
            (b'L', "?", "null"),
            (b'I', "\u{1}\0\0\0", "1"),
            (b'M', "    ", "null"),
        ] {
            let field = Field { name: "a".to_owned(), kind, bytes: cell.len() };
            let found = value(&field, cell.as_bytes(), UTF_8).unwrap().unwrap();
            assert_eq!(found.to_string(), json, "{cell}");
        }
        let memo = Field { name: "a".to_owned(), kind: b'M', bytes: 2 };
        assert!(value(&memo, b"12", UTF_8).unwrap().is_none());
    }
}
