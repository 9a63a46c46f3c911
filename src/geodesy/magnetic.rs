//! The declination of the compass needle, by the World Magnetic Model (`wmm.rs`).
//!
//! A sum of spherical harmonics (Chulliat et al. 2025, section 1.2), good to about 0.3 degrees at most latitudes. The
//! tests hold it against NOAA's own values and against the crate `world_magnetic_model`.

use jiff::civil::Date;

use super::Ellipsoid;
use super::Position;
use super::ecef::sin_cos_deg;
use super::wmm::{DEGREES, MODELS, Model};
use crate::{Error, ErrorKind};

/// Where the field points along the ground by less than this, the model's report tells to take care with compasses
/// (Chulliat et al. 2025, The US/UK World Magnetic Model for 2025-2030, section 1.8), in nanotesla.
const CAUTION_NT: f64 = 6_000.0;

/// What the model's coefficients belong to, in metres.
const REFERENCE_RADIUS_M: f64 = 6_371_200.0;

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
#[non_exhaustive]
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
    /// ```
    /// use patrol_corridor::{ErrorKind, Position, geodesy::Declination};
    /// let post = Position::from_lon_lat(46.826567, 40.072204)?;
    /// let on = |day| Declination::on_day(post, day);
    /// let (then, later) = (on("2020-10-04")?, on("2026-11-20T06:10:00+04:00")?);
    /// assert_eq!(format!("{:.1}, {:.1}", then.degrees, later.degrees), "6.3, 6.5");
    /// assert_eq!(on("2031-01-01").unwrap_err().kind(), ErrorKind::NoDeclination);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the text is no date, or outside the years of the model: 2020 to 2029.
    pub fn on_day(at: Position, day: &str) -> Result<Self, Error> {
        if cfg!(not(feature = "magnetic")) {
            let message =
                "this build has no magnetic model (feature `magnetic`): give the declination yourself";
            return Err(Error::input(message).of_kind(ErrorKind::NoDeclination));
        }
        let date = date(day)?;
        let covers = |model: &&Model| (0..5).contains(&(date.year() - model.first_year));
        let Some(model) = MODELS.iter().find(covers) else {
            let message = format!(
                "the day `{}`, expected one from 2020-01-01 to 2029-12-31, for which the magnetic model is made: \
                 give the declination yourself",
                day.trim()
            );
            return Err(Error::input(message).of_kind(ErrorKind::NoDeclination));
        };
        let day = f64::from(date.day_of_year() - 1) / f64::from(date.days_in_year());
        let [north_nt, east_nt] =
            along_the_ground(at, model, f64::from(date.year() - model.first_year) + day);
        let level_nt = north_nt.hypot(east_nt);
        let [everywhere_deg, by_strength] = model.deviation;
        Ok(Declination {
            degrees: east_nt.atan2(north_nt).to_degrees(),
            deviation_deg: everywhere_deg.hypot(by_strength / level_nt).min(180.0),
            is_reliable: level_nt >= CAUTION_NT,
        })
    }
}

/// The field to the north and to the east in nanotesla, so many years after the model's first day.
///
/// Of the associated Legendre functions (Schmidt's) those of order 1 and up are divided by the sine of the colatitude, so
/// that nothing is singular at a pole.
fn along_the_ground(at: Position, model: &Model, years: f64) -> [f64; 2] {
    let (sin_lat, cos_lat) = sin_cos_deg(at.lat_deg());
    // Geocentric: from the ellipsoid's surface.
    let e2 = Ellipsoid::WGS84.eccentricity_squared();
    let normal_m = Ellipsoid::WGS84.semi_major_m / (1.0 - e2 * sin_lat * sin_lat).sqrt();
    let (axis_m, up_m) = (normal_m * cos_lat, normal_m * (1.0 - e2) * sin_lat);
    let radius_m = axis_m.hypot(up_m);
    let (sin, cos) = (axis_m / radius_m, up_m / radius_m);
    let (mut north, mut east, mut down) = (0.0, 0.0, 0.0);
    // Of one order those of the degree before, and of that before it.
    let mut diagonal = 1.0;
    for m in 0..=DEGREES {
        let order = m as f64;
        if m > 1 {
            diagonal *= sin * ((2.0 * order - 1.0) / (2.0 * order)).sqrt();
        }
        let (sin_turn, cos_turn) = (order * at.lon_deg().to_radians()).sin_cos();
        let (mut last, mut before) = (0.0, 0.0);
        for n in m..=DEGREES {
            let degree = n as f64;
            let root = (degree * degree - order * order).sqrt();
            let here = match n == m {
                true => diagonal,
                false => {
                    let back = ((degree - 1.0).powi(2) - order * order).max(0.0).sqrt();
                    ((2.0 * degree - 1.0) * cos * last - back * before) / root
                }
            };
            let by_colatitude = match m {
                0 => (degree * cos * here - degree * last) / sin.max(1e-12),
                _ => degree * cos * here - root * last,
            };
            (before, last) = (last, here);
            if n == 0 {
                continue;
            }
            let [g, h, g_change, h_change] = model.coefficients[n * (n + 1) / 2 + m - 1];
            let (g, h) = (g + years * g_change, h + years * h_change);
            let scale = (REFERENCE_RADIUS_M / radius_m).powi(n as i32 + 2);
            let along = scale * (g * cos_turn + h * sin_turn);
            north += along * by_colatitude;
            east += scale * order * (g * sin_turn - h * cos_turn) * here;
            down -= along * (degree + 1.0) * if m == 0 { here } else { sin * here };
        }
    }
    // From the sphere's level to the ellipsoid's.
    let (tilt_sin, tilt_cos) = (cos * cos_lat - sin * sin_lat, sin * cos_lat + cos * sin_lat);
    [north * tilt_cos - down * tilt_sin, east]
}

/// The date at the start of a text.
fn date(text: &str) -> Result<Date, Error> {
    let refused = || {
        Error::input(format!(
            "the time `{text}`, expected RFC 3339 or a date (`2020-10-04T13:45:00Z`, `2020-10-04`)"
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
    let number = |part: &str| part.parse::<i16>().map_err(|_| refused());
    Date::new(number(year)?, number(month)? as i8, number(day)? as i8).map_err(|_| refused())
}

#[cfg(all(test, feature = "magnetic"))]
mod tests {
    use super::*;

    /// Against the crate, which computes in single precision.
    #[test]
    fn as_the_crate_has_it() {
        use world_magnetic_model::GeomagneticField;
        use world_magnetic_model::time::Date;
        use world_magnetic_model::uom::si::angle::degree;
        use world_magnetic_model::uom::si::f32::{Angle, Length};
        use world_magnetic_model::uom::si::length::meter;
        use world_magnetic_model::uom::si::magnetic_flux_density::nanotesla;
        for i in 0..4_000_u16 {
            let part = |factor: f64| (f64::from(i) * factor).fract();
            let (lat, lon) = (179.8 * part(0.618_034) - 89.9, 360.0 * part(0.754_878) - 180.0);
            let (year, day_of_year) = (2020 + i % 10, 1 + i % 365);
            let date = Date::from_ordinal_date(i32::from(year), day_of_year).unwrap();
            let angle = |degrees: f64| Angle::new::<degree>(degrees as f32);
            let expected =
                GeomagneticField::new(Length::new::<meter>(0.0), angle(lat), angle(lon), date).unwrap();
            let found = Declination::on_day(Position::wrapped(lon, lat), &date.to_string()).unwrap();
            let level_nt = f64::from(expected.h().get::<nanotesla>());
            let off_deg = found.degrees - f64::from(expected.declination().get::<degree>());
            let off_deg = (off_deg + 540.0).rem_euclid(360.0) - 180.0;
            // What single precision leaves of the field: 0.2 nT.
            assert!(
                off_deg.abs() < (0.2 / level_nt).to_degrees(),
                "{lat} {lon} {date}: {found:?} {expected:?}"
            );
            let deviation_deg = f64::from(expected.declination_uncertainty().get::<degree>());
            assert!((found.deviation_deg / deviation_deg - 1.0).abs() < 1e-3, "{lat} {lon} {date}");
        }
    }

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
