//! The id of a feature, as its layer writes it.

use std::fmt;

use serde::{Serialize, Serializer};

/// A feature's id: a text or a number, which differ (`"1"` is not `1`).
///
/// ```
/// use patrol_corridor::FeatureId;
/// assert_ne!(FeatureId::text("1"), FeatureId::number("1").unwrap());
/// assert_eq!(FeatureId::number("1.50").unwrap().to_string(), "1.50");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FeatureId(Kind);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    Text(String),
    /// The digits as the layer has them: a 64-bit id is never turned into a float.
    Number(String),
}

impl FeatureId {
    /// An id that is a text.
    pub fn text(text: impl Into<String>) -> Self {
        FeatureId(Kind::Text(text.into()))
    }

    /// An id that is a number, in the digits of its JSON text; `None` where that is not a JSON number.
    pub fn number(digits: &str) -> Option<Self> {
        is_json_number(digits).then(|| FeatureId(Kind::Number(digits.to_owned())))
    }

    /// True where the id is a number.
    pub fn is_number(&self) -> bool {
        matches!(self.0, Kind::Number(_))
    }

    /// The text, or the digits of the number.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Kind::Text(text) | Kind::Number(text) => text,
        }
    }
}

/// The text, or the digits of the number, without quotes.
impl fmt::Display for FeatureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for FeatureId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Kind::Text(text) => serializer.serialize_str(text),
            Kind::Number(digits) => {
                // Integers keep all their digits; what is left is a float, as every reader has it.
                if let Ok(integer) = digits.parse::<i64>() {
                    serializer.serialize_i64(integer)
                } else if let Ok(integer) = digits.parse::<u64>() {
                    serializer.serialize_u64(integer)
                } else {
                    serializer.serialize_f64(digits.parse().unwrap_or(f64::NAN))
                }
            }
        }
    }
}

impl From<&str> for FeatureId {
    fn from(text: &str) -> Self {
        FeatureId::text(text)
    }
}

impl From<u64> for FeatureId {
    fn from(number: u64) -> Self {
        FeatureId(Kind::Number(number.to_string()))
    }
}

/// The grammar of RFC 8259 section 6.
fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| -> usize { text.bytes().take_while(u8::is_ascii_digit).count() };
    let rest = text.strip_prefix('-').unwrap_or(text);
    let integer = digits(rest);
    if integer == 0 || (integer > 1 && rest.starts_with('0')) {
        return false;
    }
    let mut rest = &rest[integer..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}
