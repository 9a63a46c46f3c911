//! The id of a feature, as its layer writes it.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

#[cfg(feature = "serde")]
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A feature's id: a text or a number, which differ (`"1"` is not `1`). Numbers are equal by their value, however they are
/// written and however many digits they have.
///
/// ```
/// use patrol_corridor::FeatureId;
/// assert_ne!(FeatureId::text("1"), FeatureId::number("1").unwrap());
/// assert_eq!(FeatureId::number("1.0"), FeatureId::number("1"));
/// assert_ne!(FeatureId::number("9007199254740993"), FeatureId::number("9007199254740992"));
/// assert_eq!(FeatureId::number("1.50").unwrap().to_string(), "1.50");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FeatureId(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Text(String),
    /// The digits as the layer has them: a 64-bit id is never turned into a float.
    Number(String),
}

impl PartialEq for Kind {
    fn eq(&self, other: &Kind) -> bool {
        match (self, other) {
            (Kind::Text(one), Kind::Text(other)) => one == other,
            (Kind::Number(one), Kind::Number(other)) => {
                one == other || Decimal::of(one) == Decimal::of(other)
            }
            _ => false,
        }
    }
}

impl Eq for Kind {}

impl Hash for Kind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Kind::Text(text) => text.hash(state),
            Kind::Number(digits) => Decimal::of(digits).hash(state),
        }
    }
}

/// The exact value of a JSON number: one for all ways to write it.
#[derive(PartialEq, Eq, Hash)]
struct Decimal<'d> {
    is_negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: Cow<'d, str>,
    /// The power of ten of the last digit. One that no i128 holds stays as it is written.
    exponent: Result<i128, String>,
}

impl<'d> Decimal<'d> {
    fn of(number: &'d str) -> Self {
        let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let absolute = integer.trim_start_matches('-');
        // Most are integers, which need no copy.
        let all = match fraction {
            "" => Cow::Borrowed(absolute),
            _ => Cow::Owned([absolute, fraction].concat()),
        };
        let trimmed = all.trim_end_matches('0');
        let dropped = all.len() - trimmed.len();
        let digits = match &all {
            Cow::Borrowed(all) => Cow::Borrowed(all[..trimmed.len()].trim_start_matches('0')),
            Cow::Owned(_) => Cow::Owned(trimmed.trim_start_matches('0').to_owned()),
        };
        if digits.is_empty() {
            return Decimal { is_negative: false, digits, exponent: Ok(0) };
        }
        let of_last =
            |exponent: i128| exponent.checked_add(dropped as i128)?.checked_sub(fraction.len() as i128);
        let value = exponent.parse().ok().and_then(of_last);
        let exponent = value.ok_or_else(|| number.to_owned());
        Decimal { is_negative: integer.starts_with('-'), digits, exponent }
    }
}

impl FeatureId {
    /// An id that is a text.
    ///
    /// ```
    /// use patrol_corridor::FeatureId;
    /// assert_eq!(FeatureId::text("OP-21"), "OP-21".into());
    /// ```
    pub fn text(text: impl Into<String>) -> Self {
        FeatureId(Kind::Text(text.into()))
    }

    /// An id that is a number, in the digits of its JSON text; `None` where that is not a JSON number.
    ///
    /// ```
    /// use patrol_corridor::FeatureId;
    /// assert_eq!(FeatureId::number("21"), FeatureId::number("2.1e1"));
    /// assert_eq!(FeatureId::number("OP-21"), None);
    /// // JSON has no leading zeros.
    /// assert_eq!(FeatureId::number("021"), None);
    /// ```
    #[must_use]
    pub fn number(digits: &str) -> Option<Self> {
        is_json_number(digits).then(|| FeatureId(Kind::Number(digits.to_owned())))
    }

    /// True where the id is a number.
    ///
    /// ```
    /// use patrol_corridor::FeatureId;
    /// assert!(FeatureId::number("21").is_some_and(|id| id.is_number()));
    /// assert!(!FeatureId::text("21").is_number());
    /// ```
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.0, Kind::Number(_))
    }

    /// The text, or the digits of the number.
    ///
    /// ```
    /// use patrol_corridor::FeatureId;
    /// assert_eq!(FeatureId::text("OP-21").as_str(), "OP-21");
    /// // Digits stay as they were written.
    /// assert_eq!(FeatureId::number("1.50").unwrap().as_str(), "1.50");
    /// ```
    #[must_use]
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

#[cfg(feature = "serde")]
impl Serialize for FeatureId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Kind::Text(text) => serializer.serialize_str(text),
            Kind::Number(digits) => {
                // Of a float that keeps its value; else its digits.
                if let Ok(integer) = digits.parse::<i64>() {
                    serializer.serialize_i64(integer)
                } else if let Ok(integer) = digits.parse::<u64>() {
                    serializer.serialize_u64(integer)
                } else if let Some(float) = digits.parse::<f64>().ok().filter(|float| {
                    FeatureId::number(&float.to_string()).is_some_and(|written| written == *self)
                }) {
                    serializer.serialize_f64(float)
                } else {
                    serializer.collect_map([(DIGITS, digits)])
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

impl From<String> for FeatureId {
    fn from(text: String) -> Self {
        FeatureId::text(text)
    }
}

impl From<u64> for FeatureId {
    fn from(number: u64) -> Self {
        FeatureId(Kind::Number(number.to_string()))
    }
}

impl From<i64> for FeatureId {
    fn from(number: i64) -> Self {
        FeatureId(Kind::Number(number.to_string()))
    }
}

impl From<u32> for FeatureId {
    fn from(number: u32) -> Self {
        FeatureId::from(u64::from(number))
    }
}

impl From<i32> for FeatureId {
    fn from(number: i32) -> Self {
        FeatureId::from(i64::from(number))
    }
}

/// A text, a number, or the digits of a number as [`FeatureId`]'s `Serialize` writes those that no reader keeps.
#[cfg(feature = "serde")]
impl<'de> Deserialize<'de> for FeatureId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

#[cfg(feature = "serde")]
struct IdVisitor;

#[cfg(feature = "serde")]
impl<'de> de::Visitor<'de> for IdVisitor {
    type Value = FeatureId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id: a text or a number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<FeatureId, E> {
        Ok(FeatureId::text(text))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<FeatureId, E> {
        Ok(FeatureId::from(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<FeatureId, E> {
        Ok(FeatureId::from(number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<FeatureId, E> {
        FeatureId::number(&number.to_string())
            .ok_or_else(|| E::custom(format!("the id {number} is no number")))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<FeatureId, A::Error> {
        use de::Error;
        match map.next_entry::<String, String>()? {
            Some((key, digits)) if key == DIGITS => FeatureId::number(&digits)
                .ok_or_else(|| A::Error::custom(format!("the id `{digits}` is not a number"))),
            _ => Err(A::Error::custom(format!("an id that is an object has the member `{DIGITS}` alone"))),
        }
    }
}

/// The one member of a number that neither integers nor floats of 64 bits hold.
#[cfg(feature = "serde")]
const DIGITS: &str = "number";

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_one_id_however_it_is_written() {
        let id = |digits: &str| FeatureId::number(digits).unwrap();
        let hash = |id: &FeatureId| {
            let mut state = std::hash::DefaultHasher::new();
            id.hash(&mut state);
            state.finish()
        };
        for same in [
            &["1", "1.0", "1e0", "10e-1", "0.1E+1", "1000e-3", "1.000e00"][..],
            &["0", "-0", "0.0", "-0e5", "0e99999999999999999999999999999999999999999999"],
            &["-1.5", "-15e-1", "-0.15e1"],
            &["10", "1e1", "1E+1", "10.0"],
            &["9007199254740993", "9007199254740993.0", "9.007199254740993e15"],
            &["1e400", "10e399"],
        ] {
            for one in same {
                for other in same {
                    assert_eq!(id(one), id(other));
                    assert_eq!(hash(&id(one)), hash(&id(other)));
                }
            }
        }
        let different = [
            "1",
            "-1",
            "10",
            "100",
            "0.1",
            "11",
            "0",
            "9007199254740993",
            "9007199254740992",
            "1e400",
            "1e401",
            "1e99999999999999999999999999999999999999999999",
            "1e99999999999999999999999999999999999999999998",
        ];
        for (i, one) in different.iter().enumerate() {
            assert!(different[i + 1..].iter().all(|other| id(one) != id(other)), "{one}");
        }
        assert_ne!(id("1"), FeatureId::text("1"));
    }
}
