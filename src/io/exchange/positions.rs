//! Positions as GeoJSON writes them, with the digits that they had.

use std::borrow::Cow;

use serde_json::{Number, Value};

use crate::io::json::raw::write_string;

/// The positions of a point, a line or a ring, written with and without the third ordinate: whether all have one shows
/// only at the end.
#[derive(Debug, Clone)]
pub(crate) struct Positions {
    flat: String,
    tall: String,
    is_tall: bool,
    count: usize,
    /// Where the first position ends in each text, and where the last one begins in the flat one.
    first_end: (usize, usize),
    last_start: usize,
}

impl Default for Positions {
    fn default() -> Self {
        let (flat, tall) = (String::new(), String::new());
        Positions { flat, tall, is_tall: true, count: 0, first_end: (0, 0), last_start: 0 }
    }
}

impl Positions {
    /// Appends a position: longitude, latitude, and perhaps a height, as they are written.
    pub fn push(&mut self, lon: &str, lat: &str, up: Option<&str>) {
        if self.count > 0 {
            self.flat.push(',');
            self.tall.push(',');
        }
        self.last_start = self.flat.len();
        let start = self.tall.len();
        self.tall.push('[');
        write_number(lon, &mut self.tall);
        self.tall.push(',');
        write_number(lat, &mut self.tall);
        self.flat.push_str(&self.tall[start..]);
        self.flat.push(']');
        if let Some(up) = up {
            self.tall.push(',');
            write_number(up, &mut self.tall);
        }
        self.tall.push(']');
        self.is_tall &= up.is_some();
        self.count += 1;
        if self.count == 1 {
            self.first_end = (self.flat.len(), self.tall.len());
        }
    }

    /// Appends the first position where the last one is another.
    pub fn close(&mut self) {
        let (first, last) = (&self.flat[..self.first_end.0], &self.flat[self.last_start..]);
        if self.count > 1 && !is_same(first, last) {
            for (text, end) in [(&mut self.flat, self.first_end.0), (&mut self.tall, self.first_end.1)] {
                text.push(',');
                text.extend_from_within(..end);
            }
            self.count += 1;
        }
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// Returns `true` if each position has a third ordinate.
    pub fn is_tall(&self) -> bool {
        self.is_tall
    }

    /// The positions with `,` between.
    pub fn text(&self, is_tall: bool) -> &str {
        if is_tall { &self.tall } else { &self.flat }
    }
}

/// Are these positions the same, however their numbers are written?
fn is_same(first: &str, last: &str) -> bool {
    let numbers = |text: &str| -> Option<Vec<f64>> {
        let inner = text.trim_start_matches('[').trim_end_matches(']');
        inner.split(',').map(|number| number.parse().ok()).collect()
    };
    first == last || numbers(first).is_some_and(|first| Some(first) == numbers(last))
}

/// A number as JSON has it; what is none is a string, which the readers of GeoJSON then blame.
pub(crate) fn write_number(text: &str, out: &mut String) {
    match json_number(text) {
        Some(number) => out.push_str(&number),
        None => write_string(text, out),
    }
}

/// Is this a number?
pub(crate) fn is_number(text: &str) -> bool {
    json_number(text).is_some()
}

/// The text as a value: a number where it is one.
pub(crate) fn number_value(text: String) -> Value {
    let number = json_number(&text).and_then(|number| serde_json::from_str::<Number>(&number).ok());
    number.map_or(Value::String(text), Value::Number)
}

fn json_number(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    if is_json_number(text) {
        return Some(Cow::Borrowed(text));
    }
    // XML permits a plus, zeros in front, and no digit before or behind the point.
    text.parse::<f64>().ok().filter(|number| number.is_finite())?;
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = rest.split_at(rest.find(['e', 'E']).unwrap_or(rest.len()));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(Cow::Owned(format!("{sign}{whole}{point}{fraction}{exponent}")))
}

fn is_json_number(text: &str) -> bool {
    text.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        && serde_json::from_str::<Number>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stay_and_what_is_no_number_becomes_a_string() {
        for (text, json) in [
            ("46.434981000", "46.434981000"),
            (" -0.5\n", "-0.5"),
            ("1e2", "1e2"),
            ("+46.5", "46.5"),
            ("-.5", "-0.5"),
            ("046.", "46"),
            ("000", "0"),
            ("+1.e+1", "1e+1"),
            ("undefined", "\"undefined\""),
            ("NaN", "\"NaN\""),
            ("inf", "\"inf\""),
            ("1e999", "\"1e999\""),
            ("46,5", "\"46,5\""),
            ("", "\"\""),
            ("0x10", "\"0x10\""),
        ] {
            let mut out = String::new();
            write_number(text, &mut out);
            assert_eq!(out, json, "{text}");
        }
    }

    #[test]
    fn rings_are_closed_once() {
        let ring = |points: &[(&str, &str)]| {
            let mut ring = Positions::default();
            points.iter().for_each(|(lon, lat)| ring.push(lon, lat, Some("7")));
            ring.close();
            (ring.text(false).to_owned(), ring.text(true).to_owned(), ring.count())
        };
        let (flat, tall, count) = ring(&[("1", "2"), ("3", "4"), ("5", "6")]);
        assert_eq!((&*flat, count), ("[1,2],[3,4],[5,6],[1,2]", 4));
        assert_eq!(tall, "[1,2,7],[3,4,7],[5,6,7],[1,2,7]");
        assert_eq!(ring(&[("1", "2"), ("3", "4"), ("1.0", "2.00")]).2, 3);
        assert_eq!(ring(&[("1", "2")]).2, 1);
        assert_eq!(ring(&[]).2, 0);
    }
}
