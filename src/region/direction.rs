//! Directions as people report them: one of 16 compass points, or degrees.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::bearing_span::{Azimuth, span_deg};
use crate::Error;

/// One of the 16 compass points of the compass rose, each 22.5 degrees wide.
///
/// ```
/// use patrol_corridor::region::CompassPoint;
/// let wind: CompassPoint = "north-north-east".parse()?;
/// assert_eq!((wind.to_string().as_str(), wind.azimuth_deg()), ("NNE", 22.5));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CompassPoint(u8);

/// Clockwise from north.
const COMPASS_POINTS: [&str; 16] =
    ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];

impl CompassPoint {
    /// The one that is nearest to an azimuth in degrees.
    #[cfg(feature = "gpx")]
    pub(crate) fn nearest(azimuth_deg: f64) -> Option<Self> {
        let point = (azimuth_deg.rem_euclid(360.0) / 22.5).round();
        point.is_finite().then_some(CompassPoint(point as u8 % 16))
    }

    /// Half of the angle that a compass point stands for, in degrees.
    pub const HALF_WIDTH_DEG: f64 = 11.25;

    /// The azimuth of its middle, degrees clockwise from north.
    ///
    /// ```
    /// use patrol_corridor::region::CompassPoint;
    /// let azimuth_deg = |text: &str| text.parse::<CompassPoint>().map(CompassPoint::azimuth_deg);
    /// assert_eq!((azimuth_deg("E")?, azimuth_deg("NNW")?), (90.0, 337.5));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn azimuth_deg(self) -> f64 {
        22.5 * f64::from(self.0)
    }
}

impl fmt::Display for CompassPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(COMPASS_POINTS[usize::from(self.0)])
    }
}

impl FromStr for CompassPoint {
    type Err = Error;

    /// The letters in any case (`NNE`) or the words (`north-north-east`, `North North East`, `northeast`), in English, German,
    /// French, Spanish, Russian, Ukrainian, Arabic or Persian (`ССВ`, `nord-est`).
    fn from_str(text: &str) -> Result<Self, Error> {
        letters(text)
            .and_then(|letters| COMPASS_POINTS.iter().position(|&point| point == letters))
            .map(|place| CompassPoint(place as u8))
            .ok_or_else(|| {
                Error::input(format!(
                    "the direction `{text}`, expected one of the 16 compass points ({}; `north-north-east` is NNE)",
                    COMPASS_POINTS.join(", ")
                ))
            })
    }
}

/// The letters of a direction in words or letters of some languages; `None` where it has anything else.
fn letters(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let (mut rest, mut letters) = (lower.as_str(), String::new());
    while !rest.is_empty() {
        let (word, letter) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
        letters.push(*letter);
        // A zero-width non-joiner stands between the words of Persian.
        rest = rest[word.len()..].trim_start_matches([' ', '-', '\t', '\u{a0}', '\u{200c}']);
    }
    Some(letters)
}

/// Words with their letters, the longer ones first.
static WORDS: LazyLock<Vec<(&str, char)>> = LazyLock::new(|| {
    let lines = include_str!("directions.txt").lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(|line| {
        let mut words = line.split_whitespace();
        let letter = words.next().and_then(|first| first.chars().next()).unwrap_or('N');
        words.map(move |word| (word, letter))
    });
    let mut words: Vec<(&str, char)> = words.collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    words
});

/// From which north a bearing counts.
///
/// ```
/// use patrol_corridor::region::North;
/// assert_eq!("Magnetic".parse::<North>()?, North::Magnetic);
/// assert_eq!(North::default(), North::True);
/// assert!("up".parse::<North>().is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum North {
    /// The meridian's.
    #[default]
    True,
    /// That of the UTM (near the poles UPS) grid.
    Grid,
    /// The compass needle's.
    Magnetic,
}

impl North {
    /// The word in tables and on the command line.
    ///
    /// ```
    /// use patrol_corridor::region::North;
    /// assert_eq!([North::True, North::Grid, North::Magnetic].map(North::as_str), ["true", "grid", "magnetic"]);
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            North::True => "true",
            North::Grid => "grid",
            North::Magnetic => "magnetic",
        }
    }
}

impl fmt::Display for North {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for North {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        match word.trim().to_ascii_lowercase().as_str() {
            "true" => Ok(North::True),
            "grid" => Ok(North::Grid),
            "magnetic" => Ok(North::Magnetic),
            _ => Err(Error::input(format!("the north `{word}`, expected `true`, `grid` or `magnetic`"))),
        }
    }
}

/// A direction as it was reported.
///
/// ```
/// use patrol_corridor::region::Bearing;
/// let wind: Bearing = "NNE".parse()?;
/// let degrees: Bearing = "043°".parse()?;
/// assert_eq!((wind.azimuth_deg(), wind.usual_tolerance_deg()), (22.5, 11.25));
/// assert_eq!((degrees.azimuth_deg(), degrees.usual_tolerance_deg()), (43.0, 0.0));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Bearing {
    /// One of the 16 compass points.
    CompassPoint(CompassPoint),
    /// Degrees clockwise from north, 0 <= x < 360.
    Degrees(f64),
    /// Any direction clockwise from one to another: `NNE to E`, `045-060`.
    Between {
        /// Where it begins, degrees clockwise from north, 0 <= x < 360.
        from_deg: f64,
        /// How wide it is, in degrees.
        width_deg: f64,
    },
}

impl Bearing {
    /// Degrees clockwise from the north that it counts from, 0 <= x < 360; between two directions the middle.
    ///
    /// ```
    /// use patrol_corridor::region::Bearing;
    /// let azimuth_deg = |text: &str| text.parse::<Bearing>().map(Bearing::azimuth_deg);
    /// assert_eq!((azimuth_deg("WSW")?, azimuth_deg("043.5")?, azimuth_deg("360")?), (247.5, 43.5, 0.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn azimuth_deg(self) -> f64 {
        match self {
            Bearing::CompassPoint(point) => point.azimuth_deg(),
            Bearing::Degrees(degrees) => degrees,
            Bearing::Between { from_deg, width_deg } => (from_deg + 0.5 * width_deg).rem_euclid(360.0),
        }
    }

    /// Half of the angle that it leaves open by itself: that of a compass point, or between two directions; of degrees none.
    ///
    /// Logs are read otherwise: their degrees have
    /// [`DescribedOptions::bearing_tolerance_deg`](crate::described::DescribedOptions::bearing_tolerance_deg).
    ///
    /// ```
    /// use patrol_corridor::region::Bearing;
    /// let tolerance_deg = |text: &str| text.parse::<Bearing>().map(Bearing::usual_tolerance_deg);
    /// assert_eq!((tolerance_deg("NE")?, tolerance_deg("045")?), (11.25, 0.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn usual_tolerance_deg(self) -> f64 {
        match self {
            Bearing::CompassPoint(_) => CompassPoint::HALF_WIDTH_DEG,
            Bearing::Degrees(_) => 0.0,
            Bearing::Between { width_deg, .. } => 0.5 * width_deg,
        }
    }
}

/// The mils of NATO.
const MILS_A_TURN: f64 = 6_400.0;

/// A bearing without what it is called.
fn without_its_name(text: &str) -> &str {
    const NAMES: [&str; 7] = ["azimuth", "bearing", "heading", "azimut", "азимут", "az", "brg"];
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_name = NAMES.contains(&&*first.to_lowercase());
    if is_name { text[first.len()..].trim_start_matches([' ', '.', ':', '=']) } else { text }
}

fn plain_number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    text.parse().ok().filter(|_| is_plain)
}

/// The azimuth of a bearing that counts from north or south to east or west: `S10W`, `N 45.5° E`.
fn of_quadrant(text: &str) -> Option<f64> {
    let (from, to) =
        (text.chars().next()?.to_ascii_uppercase(), text.chars().next_back()?.to_ascii_uppercase());
    let inner = text.get(1..text.len().checked_sub(1)?)?.trim();
    let degrees = plain_number(inner.trim_end_matches(['°', 'º']).trim_end()).filter(|d| *d <= 90.0)?;
    let azimuth = match (from, to) {
        ('N', 'E') => degrees,
        ('S', 'E') => 180.0 - degrees,
        ('S', 'W') => 180.0 + degrees,
        ('N', 'W') => 360.0 - degrees,
        _ => return None,
    };
    Some(azimuth % 360.0)
}

/// One end of what is between two directions.
fn of_span(text: &str) -> Option<Azimuth> {
    if let Ok(point) = text.parse::<CompassPoint>() {
        return Some([point.azimuth_deg(), CompassPoint::HALF_WIDTH_DEG]);
    }
    let number = text.trim_end_matches(['°', 'º']).trim_end();
    plain_number(number)
        .filter(|degrees| (0.0..=360.0).contains(degrees))
        .map(|degrees| [degrees % 360.0, 0.0])
}

impl FromStr for Bearing {
    type Err = Error;

    /// A compass point, or degrees from 0 to 360: `43`, `043`, `43.5`, `43°`, `43 deg`, `43 degrees`, `azimuth 43`; mils of
    /// 6,400 to the turn (`764 mils`); degrees of a quadrant (`S10W` is 190). Two of them with a word between them are all
    /// directions from one to the other, the shorter way round (`NNE to E`, `north-north-east and north`, `350-010`).
    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = |why: &str| {
            Error::input(format!(
                "the bearing `{text}`{why}, expected degrees from 0 to 360 (`43`, `043.5`, `43°`) or one of the \
                 16 compass points (`NNE`, `north-north-east`)"
            ))
        };
        let trimmed = without_its_name(text.trim());
        // A hyphen with blanks around it is between two.
        let is_one = || !trimmed.contains(" - ") && trimmed.parse::<CompassPoint>().is_ok();
        if let Some(span) = span_deg(trimmed, of_span).filter(|_| !is_one()) {
            let [from_deg, width_deg] = span.map_err(|()| refused(", half a turn either way round"))?;
            return Ok(Bearing::Between { from_deg, width_deg });
        }
        if !trimmed.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
            if let Some(degrees) = of_quadrant(trimmed) {
                return Ok(Bearing::Degrees(degrees));
            }
            return trimmed.parse().map(Bearing::CompassPoint).map_err(|_| refused(""));
        }
        if let Some(mils) = ["mils", "mil"].iter().find_map(|unit| trimmed.strip_suffix(unit)) {
            let mils = plain_number(mils.trim_end()).filter(|mils| (0.0..=MILS_A_TURN).contains(mils));
            let degrees = mils.map(|mils| mils * 360.0 / MILS_A_TURN % 360.0);
            return degrees
                .map(Bearing::Degrees)
                .ok_or_else(|| refused(", which is not from 0 to 6400 mils"));
        }
        let units = ["°", "º", "degrees", "degree", "deg"];
        let number = units.iter().find_map(|unit| trimmed.strip_suffix(unit)).unwrap_or(trimmed).trim_end();
        let is_plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        match number.parse::<f64>() {
            Ok(degrees) if is_plain && (0.0..360.0).contains(&degrees) => Ok(Bearing::Degrees(degrees)),
            Ok(360.0) if is_plain => Ok(Bearing::Degrees(0.0)),
            Ok(_) if is_plain => Err(refused(", which is more than a turn")),
            _ => Err(refused("")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bearings_as_people_write_them() {
        for (text, degrees) in [
            ("ССВ", 22.5),
            ("северо-северо-восток", 22.5),
            ("юго-запад", 225.0),
            ("nord-est", 45.0),
            ("sudeste", 135.0),
            ("suroeste", 225.0),
            ("Südwest", 225.0),
            ("شمال شرق", 45.0),
            ("جنوب غرب", 225.0),
            ("ПнСх", 45.0),
            ("azimuth 23", 23.0),
            ("Азимут: 23", 23.0),
            ("1600 mils", 90.0),
            ("6400 mil", 0.0),
            ("S10W", 190.0),
            ("N 45.5° E", 45.5),
            ("n0w", 0.0),
        ] {
            let bearing: Bearing = text.parse().unwrap_or_else(|error| panic!("{error}"));
            assert!((bearing.azimuth_deg() - degrees).abs() < 1e-9, "{text}: {bearing:?}");
        }
        for (text, from_deg, width_deg) in [
            ("NNE to E", 11.25, 90.0),
            ("E to NNE", 11.25, 90.0),
            ("north-north-east and north", 348.75, 45.0),
            ("between N and NW", 303.75, 67.5),
            ("NNE-E", 11.25, 90.0),
            ("N..NE", 348.75, 67.5),
            ("045-060", 45.0, 15.0),
            ("350° to 010°", 350.0, 20.0),
            ("от С до СВ", 348.75, 67.5),
            ("de nord à est", 348.75, 112.5),
            ("از شمال تا شرق", 348.75, 112.5),
        ] {
            let bearing: Bearing = text.parse().unwrap_or_else(|error| panic!("{error}"));
            let Bearing::Between { from_deg: from, width_deg: width } = bearing else {
                panic!("{text}: {bearing:?}")
            };
            assert!(
                (from - from_deg).abs() < 1e-9 && (width - width_deg).abs() < 1e-9,
                "{text}: {bearing:?}"
            );
            assert!((bearing.usual_tolerance_deg() - 0.5 * width_deg).abs() < 1e-9);
        }
        // One direction is one, however it is written.
        assert!(matches!("north-east".parse(), Ok(Bearing::CompassPoint(_))));
        assert!(matches!("N-NE".parse(), Ok(Bearing::CompassPoint(_))));
        // Which way round nobody says.
        assert!("N to S".parse::<Bearing>().unwrap_err().message().contains("half a turn either way"));
        // `NO` is north-west in French and Spanish, north-east in German.
        for text in ["NO", "S95W", "N45N", "6401 mils", "W10S", "azimuth", "-5", "ЗС", "norden"] {
            assert!(text.parse::<Bearing>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_wind_in_letters_and_words() {
        for (i, point) in COMPASS_POINTS.iter().enumerate() {
            let expected_deg = 22.5 * i as f64;
            let words: Vec<&str> = point
                .chars()
                .map(|letter| match letter {
                    'N' => "north",
                    'E' => "east",
                    'S' => "south",
                    _ => "west",
                })
                .collect();
            let spellings =
                [point.to_string(), point.to_lowercase(), words.join("-"), words.join(" "), words.concat()];
            for text in spellings {
                assert_eq!(text.parse::<CompassPoint>().unwrap().azimuth_deg(), expected_deg, "{text}");
                assert_eq!(text.parse::<Bearing>().unwrap().azimuth_deg(), expected_deg, "{text}");
            }
            assert_eq!(point.parse::<CompassPoint>().unwrap().to_string(), *point);
        }
    }

    #[test]
    fn degrees_in_their_ways() {
        for (text, degrees) in [
            ("43", 43.0),
            ("043", 43.0),
            (" 43.5 ", 43.5),
            ("43°", 43.0),
            ("43 deg", 43.0),
            ("0", 0.0),
            ("360", 0.0),
        ] {
            assert_eq!(text.parse::<Bearing>().unwrap(), Bearing::Degrees(degrees), "{text}");
        }
    }

    #[test]
    fn what_is_no_direction_is_named() {
        for text in
            ["", "NNNE", "EN", "north by east", "361", "-5", "1e2", "inf", "NaN", "43 miles", "4 3", "٤٣"]
        {
            let error = text.parse::<Bearing>().unwrap_err();
            assert!(error.is_input() && error.message().contains(&format!("`{text}`")), "{error}");
        }
    }
}
