//! The declination of the compass needle, by the World Magnetic Model.
//!
//! By the crate `world_magnetic_model` 1.2025.0 (MIT or Apache-2.0; the models of 2020 and 2025, no files, no unsafe
//! code). It computes in single precision, which costs less than the 0.01 degrees to which NOAA publishes its test
//! values, and the model itself is good to about 0.3 degrees at most latitudes.

use world_magnetic_model::time::{Date, Month};
use world_magnetic_model::uom::si::angle::degree;
use world_magnetic_model::uom::si::f32::{Angle, Length};
use world_magnetic_model::uom::si::length::meter;
use world_magnetic_model::uom::si::magnetic_flux_density::nanotesla;
use world_magnetic_model::{Error as ModelError, GeomagneticField};

use super::Position;
use crate::{Error, ErrorKind};

/// Where the field points along the ground by less than this, the model's report tells to take care with compasses
/// (Chulliat et al. 2025, The US/UK World Magnetic Model for 2025-2030, section 1.8), in nanotesla.
const CAUTION_NT: f32 = 6_000.0;

/// How a compass points at a place on a day.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::geodesy::Declination;
/// let post = Position::from_lon_lat(46.75, 39.82)?;
/// let declination = Declination::on_day(post, "2020-10-04")?;
/// assert!((declination.degrees - 6.4).abs() < 0.3 && declination.is_reliable);
/// assert!(Declination::on_day(post, "1994-05-12").is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Declination {
    /// The azimuth of magnetic north, positive to the east.
    pub degrees: f64,
    /// One standard deviation of the model there, in degrees.
    pub deviation_deg: f64,
    /// False near the magnetic poles, where compasses are not to be relied on: the field along the ground is weaker than
    /// 6,000 nT.
    pub is_reliable: bool,
}

impl Declination {
    /// At a place on the ellipsoid, on a day: a date (`2020-10-04`), or a time that begins with one (RFC 3339,
    /// `2020-10-04T13:45:00+04:00`), of which the time of day makes no difference.
    ///
    /// # Errors
    /// Where the text is no date, or outside the years of the model: 2020 to 2029.
    pub fn on_day(at: Position, day: &str) -> Result<Self, Error> {
        let date = date(day)?;
        let angle = |degrees: f64| Angle::new::<degree>(degrees as f32);
        let field = GeomagneticField::new(
            Length::new::<meter>(0.0),
            angle(at.lat_deg()),
            angle(at.lon_deg().clamp(-180.0, 180.0)),
            date,
        );
        let field = field.map_err(|why| match why {
            ModelError::DateOutsideOfValidityRange { min_date, max_date } => {
                let message = format!(
                    "found the day `{}`, expected one from {min_date} to {max_date}, for which the magnetic model is \
                     made: give the declination yourself",
                    day.trim()
                );
                Error::input(message).of_kind(ErrorKind::NoDeclination)
            }
            _ => Error::input(format!("found no magnetic declination there: {why}")),
        })?;
        Ok(Declination {
            degrees: f64::from(field.declination().get::<degree>()),
            deviation_deg: f64::from(field.declination_uncertainty().get::<degree>()),
            is_reliable: field.h().get::<nanotesla>() >= CAUTION_NT,
        })
    }
}

/// The date at the start of a text.
fn date(text: &str) -> Result<Date, Error> {
    let refused = || {
        Error::input(format!(
            "found the time `{text}`, expected RFC 3339 or a date (`2020-10-04T13:45:00Z`, `2020-10-04`)"
        ))
    };
    let trimmed = text.trim();
    let (day, rest) = trimmed.split_at_checked(10).ok_or_else(refused)?;
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, day] = parts[..] else { return Err(refused()) };
    let is_digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    if !(is_digits(year, 4) && is_digits(month, 2) && is_digits(day, 2)) {
        return Err(refused());
    }
    // Behind the date a time of day may stand, and nothing else.
    let time = rest.strip_prefix(['T', 't', ' ']).map(str::trim_start);
    let is_time = |time: &str| {
        time.starts_with(|c: char| c.is_ascii_digit())
            && time.chars().all(|c| c.is_ascii_digit() || "+-:.ZzUTC ".contains(c))
    };
    if !(rest.is_empty() || time.is_some_and(is_time)) {
        return Err(refused());
    }
    let number = |part: &str| part.parse::<u16>().map_err(|_| refused());
    let month = Month::try_from(number(month)? as u8).map_err(|_| refused())?;
    Date::from_calendar_date(i32::from(number(year)?), month, number(day)? as u8).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_their_ways() {
        for text in [
            "2020-10-04",
            " 2020-10-04 ",
            "2020-10-04T13:45:00Z",
            "2020-10-04T13:45:00.25+04:00",
            "2020-10-04 13:45:00",
            "2020-10-04t13:45z",
            "2020-10-04 00:00:00 UTC",
        ] {
            assert_eq!(date(text).unwrap().to_string(), "2020-10-04", "{text}");
        }
        for text in [
            "",
            "2020",
            "4.10.2020",
            "04/10/2020",
            "2020-13-04",
            "2020-02-30",
            "2020-10-4",
            "20201004T00",
            "2020-10-04x",
            "2020-10-04T",
            "2020-10-040",
            "+020-10-04",
            "२०२०-१०-०४",
        ] {
            let error = date(text).expect_err(text);
            assert!(error.message().contains(&format!("`{text}`")), "{error}");
        }
    }
}
