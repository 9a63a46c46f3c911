//! Degrees, minutes and seconds, in the usual ways of writing.

use crate::{Error, Position};

/// What an angle's letter says that it is.
///
/// ```
/// use patrol_corridor::region::{Axis, DmsAngle};
/// let axis = |text: &str| text.parse::<DmsAngle>().map(|angle| angle.axis);
/// assert_eq!(axis("40 04 05.3 N")?, Some(Axis::Latitude));
/// assert_eq!(axis("046 48 28 E")?, Some(Axis::Longitude));
/// assert_eq!(axis("40.0681")?, None);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// N or S.
    Latitude,
    /// E or W.
    Longitude,
}

impl Axis {
    /// No angle is greater, in degrees.
    fn most_deg(self) -> f64 {
        match self {
            Axis::Latitude => 90.0,
            Axis::Longitude => 180.0,
        }
    }
}

/// An angle in decimal degrees, south and west negative, out of its text and back into it.
///
/// ```
/// use patrol_corridor::region::{Axis, DmsAngle};
/// for text in ["45°45′45.36″N", "45 45 45.36 N", "N 45° 45.756'", "45d45'45.36\"N", "454545.36N", "45.7626N"] {
///     let angle: DmsAngle = text.parse()?;
///     assert!((angle.degrees - 45.7626).abs() < 1e-12 && angle.axis == Some(Axis::Latitude), "{text}");
///     assert_eq!(format!("{angle:.2}"), "45°45′45.36″N");
/// }
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DmsAngle {
    /// Decimal degrees.
    pub degrees: f64,
    /// What its letter says; `None` without one.
    pub axis: Option<Axis>,
}

/// What stands behind degrees, minutes and seconds. The typographic marks are those of Unicode's General
/// Punctuation, and what keyboards have instead.
const MARKS: [&[&str]; 3] = [
    &["°", "º", "˚", "d", "D", "deg"],
    &["′", "'", "’", "‘", "´", "ʹ", "`", "m", "min"],
    &["″", "\"", "”", "“", "ʺ", "''", "′′", "’’", "´´", "ʹʹ", "``", "s", "sec"],
];

impl std::str::FromStr for DmsAngle {
    type Err = Error;

    /// A sign or a letter (N, S, E, W, before or behind), then degrees, or degrees and minutes, or degrees, minutes
    /// and seconds, with marks, spaces, colons or hyphens between; or all digits in one (`DDMMSS`,
    /// `DDDMMSS`) with a letter. Only the last number may have decimals; minutes and seconds are less than 60.
    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).map_err(|why| {
            Error::input(format!(
                "the angle `{text}`, {why}: expected degrees, minutes and seconds (`40°04'05.3\"N`, \
                 `40 04 05.3 N`, `N40 04.088`, `400405N`, `40.0681`)"
            ))
        })
    }
}

/// No more decimals of a second than a double holds in an angle: 30 nm.
const MOST_DECIMALS: usize = 9;

impl std::fmt::Display for DmsAngle {
    /// Degrees, minutes and seconds with so many decimals as `{:.2}` says, 2 (30 cm) unless it says, 9 at most; with the
    /// letter of its axis, or a sign where it has none. What is written comes back to the digit when it is read.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let decimals = f.precision().unwrap_or(2).min(MOST_DECIMALS);
        if !(-360.0..=360.0).contains(&self.degrees) {
            return write!(f, "{}°", self.degrees);
        }
        // In units of the last digit, so that 59.996″ carries into the minutes.
        let per_second = 10_u64.pow(decimals as u32);
        let units = (self.degrees.abs() * 3600.0 * per_second as f64).round() as u64;
        let (seconds, part) = (units / per_second, units % per_second);
        let (degrees, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let is_negative = units > 0 && self.degrees < 0.0;
        let (width, letter) = match (self.axis, is_negative) {
            (Some(Axis::Latitude), false) => (2, "N"),
            (Some(Axis::Latitude), true) => (2, "S"),
            (Some(Axis::Longitude), false) => (3, "E"),
            (Some(Axis::Longitude), true) => (3, "W"),
            (None, _) => (1, ""),
        };
        let sign = if self.axis.is_none() && is_negative { "-" } else { "" };
        write!(f, "{sign}{degrees:0width$}°{minutes:02}′{seconds:02}")?;
        if decimals > 0 {
            write!(f, ".{part:0decimals$}")?;
        }
        write!(f, "″{letter}")
    }
}

/// A position in degrees, minutes and seconds with so many decimals, 9 at most; [`position_from_dms`] reads it.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::region::position_to_dms;
/// let post = Position::from_lon_lat(-46.807778, 40.999999)?;
/// assert_eq!(position_to_dms(post, 1), "41°00′00.0″N 046°48′28.0″W");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[must_use]
pub fn position_to_dms(position: Position, decimals: usize) -> String {
    let lat = DmsAngle { degrees: position.lat_deg(), axis: Some(Axis::Latitude) };
    let lon = DmsAngle { degrees: position.lon_deg(), axis: Some(Axis::Longitude) };
    format!("{lat:.decimals$} {lon:.decimals$}")
}

fn parse(text: &str) -> Result<DmsAngle, String> {
    let (rest, letter) = take_letter(text.trim())?;
    let (rest, sign) = match rest.strip_prefix(['-', '−']) {
        Some(rest) => (rest, Some(-1.0)),
        None => match rest.strip_prefix('+') {
            Some(rest) => (rest, Some(1.0)),
            None => (rest, None),
        },
    };
    if let (Some(_), Some(letter)) = (sign, letter) {
        return Err(format!("which has a sign and the letter {letter}"));
    }
    let numbers = match packed(rest, letter) {
        Some(numbers) => numbers,
        None => numbers(rest)?,
    };
    let mut degrees = 0.0;
    for (i, (number, has_decimals)) in numbers.iter().enumerate() {
        if i > 0 && *number >= 60.0 {
            let what = if i == 1 { "minutes" } else { "seconds" };
            return Err(format!("whose {what} are {number}, not less than 60"));
        }
        if *has_decimals && i + 1 < numbers.len() {
            return Err("which has decimals before its last number".into());
        }
    }
    // The smallest first, so that nothing is lost.
    for (number, _) in numbers.iter().rev() {
        degrees = degrees / 60.0 + number;
    }
    if degrees > 360.0 {
        return Err(format!("which is {degrees} degrees, more than a turn"));
    }
    let (axis, is_negative) = match letter {
        Some('N') => (Some(Axis::Latitude), false),
        Some('S') => (Some(Axis::Latitude), true),
        Some('E') => (Some(Axis::Longitude), false),
        Some(_) => (Some(Axis::Longitude), true),
        None => (None, sign == Some(-1.0)),
    };
    if let Some(axis) = axis
        && degrees > axis.most_deg()
    {
        return Err(format!("which is {degrees} degrees, more than the {} of its letter", axis.most_deg()));
    }
    Ok(DmsAngle { degrees: if is_negative { -degrees } else { degrees }, axis })
}

/// The letter of a hemisphere at either end, and what else there is.
fn take_letter(text: &str) -> Result<(&str, Option<char>), String> {
    let is_letter = |c: &char| "NSEWnsew".contains(*c);
    // Behind minutes that are marked by an `m` an `s` marks seconds.
    let marks_seconds = |c: &char| *c == 's' && text.contains('m');
    let last = text.chars().next_back().filter(|c| is_letter(c) && !marks_seconds(c));
    let first = text.chars().next().filter(is_letter);
    match (first, last) {
        (Some(first), None) => Ok((text[1..].trim_start(), Some(first.to_ascii_uppercase()))),
        (None, Some(last)) => Ok((text[..text.len() - 1].trim_end(), Some(last.to_ascii_uppercase()))),
        (Some(first), Some(last)) => Err(format!("which has the letters {first} and {last}")),
        (None, None) => Ok((text, None)),
    }
}

/// Digits in one: two of seconds and two of minutes behind those of the degrees.
fn packed(text: &str, letter: Option<char>) -> Option<Vec<(f64, bool)>> {
    letter?;
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    // Five digits are no seconds: in aviation `05805W` is 58 degrees and 5 minutes.
    if !(is_digits(whole) && is_digits(decimals) && (6..=7).contains(&whole.len())) {
        return None;
    }
    let (degrees, rest) = whole.split_at(whole.len() - 4);
    let (minutes, seconds) = rest.split_at(2);
    let seconds = format!("{seconds}.{decimals}0");
    Some(vec![(degrees.parse().ok()?, false), (minutes.parse().ok()?, false), (seconds.parse().ok()?, true)])
}

/// One to three numbers, each with whether it has decimals.
fn numbers(text: &str) -> Result<Vec<(f64, bool)>, String> {
    let mut numbers = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if numbers.len() == 3 {
            return Err(format!("which has `{rest}` behind its seconds"));
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let number: f64 = digits.parse().map_err(|_| format!("in which `{rest}` is no number"))?;
        // Its own mark, the longest that fits; a space or a colon will do.
        let behind = after.trim_start();
        let marks = MARKS[numbers.len()].iter();
        let mark = marks.filter(|mark| behind.starts_with(**mark)).max_by_key(|mark| mark.len());
        rest = match mark {
            Some(mark) => behind[mark.len()..].trim_start(),
            // A hyphen right behind the number: before one it would be a sign.
            None => match behind.strip_prefix(':').or_else(|| after.strip_prefix('-')) {
                Some(next) if !next.is_empty() => next.trim_start(),
                _ if after.is_empty() || behind.len() < after.len() => behind,
                _ => return Err(format!("in which `{after}` is no mark")),
            },
        };
        numbers.push((number, digits.contains('.')));
    }
    if numbers.is_empty() {
        return Err("which has no number".into());
    }
    Ok(numbers)
}

/// A position out of one text: two angles with a comma or a semicolon between, or with the letters of their
/// hemispheres. Without letters latitude comes first, as everywhere that degrees, minutes and seconds are written.
///
/// ```
/// use patrol_corridor::region::position_from_dms;
/// let position = position_from_dms("40°04'05\"N 46°48'28\"E")?;
/// assert!((position.lon_deg() - 46.807778).abs() < 1e-6 && (position.lat_deg() - 40.068056).abs() < 1e-6);
/// assert_eq!(position_from_dms("E046 48 28, N40 04 05")?, position);
/// assert_eq!(position_from_dms("40 04 05, 46 48 28")?, position);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where it is no two angles, or not one latitude and one longitude in their ranges.
pub fn position_from_dms(text: &str) -> Result<Position, Error> {
    if text.matches(',').count() > 1 {
        return Err(Error::input(format!(
            "the position `{text}`, which has more than one comma, expected decimals behind a point \
             (`40°04'05.3\"N, 46°48'28.7\"E`)"
        )));
    }
    let Some((first, second)) = two_angles(text) else {
        return Err(Error::input(format!(
            "the position `{text}`, expected a latitude and a longitude with a comma between or with their \
             letters (`40°04'05\"N 46°48'28\"E`, `40 04 05, 46 48 28`)"
        )));
    };
    let (first, second): (DmsAngle, DmsAngle) = (first.parse()?, second.parse()?);
    let (lat, lon) = match (first.axis, second.axis) {
        (Some(Axis::Longitude), Some(Axis::Latitude)) => (second, first),
        (Some(Axis::Latitude), Some(Axis::Longitude)) | (None, None) => (first, second),
        _ => {
            return Err(Error::input(format!(
                "the position `{text}`, expected one angle with N or S and one with E or W"
            )));
        }
    };
    Position::from_lon_lat(lon.degrees, lat.degrees)
}

/// More letters N, S, E, W than two angles in words have (`40 deg 04 min 05 sec N` twice).
const MOST_LETTERS: usize = 12;

/// True where one text is a latitude and the other a longitude.
fn are_both_axes((first, second): (&str, &str)) -> bool {
    let axis = |text: &str| parse(text).ok().and_then(|angle| angle.axis);
    matches!((axis(first), axis(second)), (Some(first), Some(second)) if first != second)
}

/// The texts of two angles.
fn two_angles(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if let Some(parts) = text.split_once([',', ';']) {
        return Some(parts);
    }
    let is_letter = |c: char| "NSEWnsew".contains(c);
    let letters: Vec<usize> = text.match_indices(is_letter).map(|(at, _)| at).collect();
    match letters[..] {
        [0, second] => Some(text.split_at(second)),
        [first, _] => Some(text.split_at(first + 1)),
        // Letters stand for minutes and seconds as well (`40d04m05sN 46d48m28sE`): where both parts are angles.
        _ if letters.len() <= MOST_LETTERS => (letters.iter())
            .flat_map(|&at| [text.split_at(at), text.split_at(at + 1)])
            .find(|parts| are_both_axes(*parts)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_in_their_ways() {
        for (text, degrees) in [
            ("45.76260", 45.7626),
            ("-45.76260 ", -45.7626),
            ("45.76260°S", -45.7626),
            ("45°45.756′ E", 45.7626),
            ("45 45.756 E", 45.7626),
            ("45º45'45.36\"S", -45.7626),
            ("-45°45’45.36”", -45.7626),
            ("45° 45′ 45.36″ W", -45.7626),
            ("45:45:45.36", 45.7626),
            ("-45 45 45.36 ", -45.7626),
            ("000 00 00 ", 0.0),
            ("0.0°", 0.0),
            ("5d59", 5.0 + 59.0 / 60.0),
            ("30d30'30\"", 30.0 + 30.5 / 60.0),
            ("30d30m30s", 30.0 + 30.5 / 60.0),
            ("N30d30m30s", 30.0 + 30.5 / 60.0),
            ("321942N", 32.0 + 19.0 / 60.0 + 42.0 / 3600.0),
            ("0671328.35W", -(67.0 + 13.0 / 60.0 + 28.35 / 3600.0)),
            ("40-04-05N", 40.0 + 4.0 / 60.0 + 5.0 / 3600.0),
            ("-40-04-05.5", -(40.0 + 4.0 / 60.0 + 5.5 / 3600.0)),
            ("40°04ʹ05ʺN", 40.0 + 4.0 / 60.0 + 5.0 / 3600.0),
            ("40°04´05´´N", 40.0 + 4.0 / 60.0 + 5.0 / 3600.0),
            ("40°04`05``N", 40.0 + 4.0 / 60.0 + 5.0 / 3600.0),
        ] {
            let angle: DmsAngle = text.parse().unwrap();
            assert!((angle.degrees - degrees).abs() < 1e-12, "{text}: {}", angle.degrees);
        }
    }

    #[test]
    fn what_is_no_angle_is_named() {
        for text in [
            "",
            "N",
            "xxx",
            "0 0 0 0",
            "5d70.0",
            "5d60",
            "5d60.0",
            "45°N 3",
            "N45°S",
            "-45°S",
            "1.5 30 N",
            "400",
            "4a5",
            "45,5",
            "1e2",
            "45 ° ° N",
            "40 -04 05 N",
            "40°-04'05\"N",
            "40-04-05-06N",
            "40--04N",
            "40-N",
        ] {
            let error = text.parse::<DmsAngle>().unwrap_err();
            assert!(error.is_input() && error.message().contains(&format!("`{text}`")), "{error}");
        }
    }

    #[test]
    fn positions_are_refused_where_axes_do_not_fit() {
        for text in ["40N 50N", "40 46", "40N, 46", "140 04 05, 46 48 28", "E40 E46", "40"] {
            assert!(position_from_dms(text).is_err(), "{text}");
        }
    }
}
