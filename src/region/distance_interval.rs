//! Distances as people report them: one, or from one to another.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::Error;

/// One distance, or two between which something lies.
///
/// ```
/// use patrol_corridor::region::DistanceInterval;
/// let heard: DistanceInterval = "2km..7km".parse()?;
/// assert_eq!(heard.metres(), 2_000.0..=7_000.0);
/// assert_eq!("2-7 km".parse::<DistanceInterval>()?, heard);
/// assert_eq!(heard.to_string(), "2000..7000 m");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistanceInterval {
    nearest_m: f64,
    farthest_m: f64,
}

/// In metres, each exact by its definition (SI brochure, 9th edition; international yard and pound, 1959).
/// Each as digits and the number of them behind the point.
const UNITS: [(&str, Decimal); 32] = [
    ("kilometres", (1_000, 0)),
    ("kilometers", (1_000, 0)),
    ("kilometre", (1_000, 0)),
    ("kilometer", (1_000, 0)),
    ("km", (1_000, 0)),
    ("metres", (1, 0)),
    ("meters", (1, 0)),
    ("metre", (1, 0)),
    ("meter", (1, 0)),
    ("nmi", (1_852, 0)),
    ("NM", (1_852, 0)),
    ("miles", (1_609_344, 3)),
    ("mile", (1_609_344, 3)),
    ("mi", (1_609_344, 3)),
    ("yards", (9_144, 4)),
    ("yard", (9_144, 4)),
    ("yd", (9_144, 4)),
    ("feet", (3_048, 4)),
    ("foot", (3_048, 4)),
    ("ft", (3_048, 4)),
    ("m", (1, 0)),
    // Russian and Ukrainian, Arabic, Persian.
    ("километров", (1_000, 0)),
    ("километра", (1_000, 0)),
    ("км", (1_000, 0)),
    ("метров", (1, 0)),
    ("метра", (1, 0)),
    ("м", (1, 0)),
    ("كيلومتر", (1_000, 0)),
    ("كم", (1_000, 0)),
    ("کیلومتر", (1_000, 0)),
    ("متر", (1, 0)),
    ("م", (1, 0)),
];

/// A decimal as digits and the number of them behind the point.
pub(super) type Decimal = (i128, usize);

/// What stands between a distance and how far it may be off.
pub(crate) const PLUS_MINUS: [&str; 3] = ["+-", "+/-", "±"];

/// What stands between two distances.
pub(super) const SEPARATORS: [&str; 7] = ["...", "..", "…", "–", "—", "-", " to "];

impl DistanceInterval {
    /// Between two distances in metres.
    ///
    /// ```
    /// use patrol_corridor::region::DistanceInterval;
    /// assert_eq!(DistanceInterval::from_metres(2_000.0..=7_000.0)?, "2km..7km".parse()?);
    /// assert!(DistanceInterval::from_metres(7_000.0..=2_000.0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where one is negative or not finite, or the first is the greater.
    pub fn from_metres(metres: RangeInclusive<f64>) -> Result<Self, Error> {
        let (nearest_m, farthest_m) = metres.into_inner();
        if !(nearest_m >= 0.0 && nearest_m <= farthest_m && farthest_m.is_finite()) {
            return Err(Error::input(format!(
                "the distances {nearest_m} to {farthest_m} m, expected two of at least 0, the smaller first"
            )));
        }
        // A negative zero would be written with its sign, which reads as a hyphen.
        Ok(DistanceInterval { nearest_m: nearest_m + 0.0, farthest_m: farthest_m + 0.0 })
    }

    /// Both ends, in metres.
    ///
    /// ```
    /// use patrol_corridor::region::DistanceInterval;
    /// let metres = |text: &str| text.parse::<DistanceInterval>().map(DistanceInterval::metres);
    /// assert_eq!(metres("5 km +- 500 m")?, 4_500.0..=5_500.0);
    /// assert_eq!(metres("1 mi")?, 1_609.344..=1_609.344);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn metres(self) -> RangeInclusive<f64> {
        self.nearest_m..=self.farthest_m
    }
}

impl fmt::Display for DistanceInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.nearest_m == self.farthest_m {
            true => write!(f, "{} m", self.nearest_m),
            false => write!(f, "{}..{} m", self.nearest_m, self.farthest_m),
        }
    }
}

impl FromStr for DistanceInterval {
    type Err = Error;

    /// `2km..7km`, `2..7km`, `2-7 km`, `2 to 7 km`, `5 km +- 500 m`, `900 m`, `1500` (metres). A unit behind the second
    /// number is that of the first as well.
    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = |why: &str| {
            Error::input(format!(
                "the distance `{text}`{why}, expected a number with m, km, mi, nmi, yd or ft (`900 m`; without \
                 a unit metres) or two of them, the smaller first (`2km..7km`, `2-7 km`)"
            ))
        };
        if text.contains(',') {
            return Err(refused(", which has a comma (decimals stand behind a point)"));
        }
        if text.trim_start().starts_with(['-', '−']) {
            return Err(refused(", which is negative"));
        }
        let start = text.trim_start().to_lowercase();
        if ["about", "approx", "around", "some", "ca", "c.", "~", "≈"]
            .iter()
            .any(|word| start.starts_with(word))
        {
            return Err(refused(
                ", which doesn't say how far off it may be (of about 3 km make `2.5km..3.5km`)",
            ));
        }
        if let Some((middle, off)) = PLUS_MINUS.iter().find_map(|mark| text.split_once(mark)) {
            let (middle, off) = number(middle).zip(number(off)).ok_or_else(|| refused(""))?;
            if middle.1.is_some() && off.1.is_none() {
                return Err(refused(", whose second number has no unit"));
            }
            let unit = off.1.unwrap_or(1.0);
            let (middle_m, off_m) = (middle.0 * middle.1.unwrap_or(unit), off.0 * unit);
            return DistanceInterval::from_metres((middle_m - off_m).max(0.0)..=middle_m + off_m);
        }
        let split = SEPARATORS.iter().find_map(|separator| text.split_once(separator));
        let (first, second) = match split {
            None => (number(text), None),
            Some((first, second)) => (number(first), Some(number(second))),
        };
        let (first, unit) = first.ok_or_else(|| refused(""))?;
        let (nearest_m, farthest_m) = match second {
            None => (first * unit.unwrap_or(1.0), first * unit.unwrap_or(1.0)),
            Some(second) => {
                let (second, second_unit) = second.ok_or_else(|| refused(""))?;
                if unit.is_some() && second_unit.is_none() {
                    return Err(refused(", whose second number has no unit"));
                }
                let second_unit = second_unit.unwrap_or(1.0);
                (first * unit.unwrap_or(second_unit), second * second_unit)
            }
        };
        DistanceInterval::from_metres(nearest_m..=farthest_m).map_err(|_| refused(""))
    }
}

/// A number and what its unit is in metres.
fn number(text: &str) -> Option<(f64, Option<f64>)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let metres =
        unit_of(unit.trim_start())?.map(|(digits, places)| digits as f64 / 10_f64.powi(places as i32));
    Some((digits.parse().ok()?, metres))
}

/// What a unit is in metres, the inner `None` without one; `None` for a word that is no unit.
pub(super) fn unit_of(unit: &str) -> Option<Option<Decimal>> {
    if unit.is_empty() {
        return Some(None);
    }
    let is_named = |name: &str| name == unit || name.to_lowercase() == unit.to_lowercase();
    Some(Some(UNITS.iter().find(|(name, _)| is_named(name))?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_in_their_ways() {
        for (text, metres) in [
            ("2km..7km", (2e3, 7e3)),
            ("2..7km", (2e3, 7e3)),
            ("2-7 km", (2e3, 7e3)),
            ("2-7 км", (2e3, 7e3)),
            ("900 м", (900.0, 900.0)),
            ("5 کیلومتر", (5e3, 5e3)),
            ("2–7 km", (2e3, 7e3)),
            ("2 to 7 KM", (2e3, 7e3)),
            ("500m..1.5km", (500.0, 1_500.0)),
            ("500...900", (500.0, 900.0)),
            ("900", (900.0, 900.0)),
            (" 900 m ", (900.0, 900.0)),
            ("0..5km", (0.0, 5e3)),
            ("2…7 km", (2e3, 7e3)),
            ("5 km +- 500 m", (4_500.0, 5_500.0)),
            ("5±0.5 km", (4_500.0, 5_500.0)),
            ("300 +/- 400", (0.0, 700.0)),
            ("1 nmi", (1_852.0, 1_852.0)),
            ("2 mi", (3_218.688, 3_218.688)),
            ("1 mile", (1_609.344, 1_609.344)),
            ("100 feet", (30.48, 30.48)),
        ] {
            let parsed: DistanceInterval = text.parse().unwrap();
            assert_eq!(parsed.metres(), metres.0..=metres.1, "{text}");
        }
    }

    #[test]
    fn what_is_no_distance_is_named() {
        for text in [
            "",
            "km",
            "7km..2km",
            "2km..7",
            "-5",
            "2,5 km",
            "2 leagues",
            "2..",
            "..7km",
            "1e3",
            "inf",
            "2km-7km-9km",
            "5km +- 500",
            "5 +- km",
            "5km +- -1km",
        ] {
            let error = text.parse::<DistanceInterval>().unwrap_err();
            assert!(error.is_input() && error.message().contains(&format!("`{text}`")), "{error}");
        }
    }
}
