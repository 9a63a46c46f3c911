//! The UTM and UPS grids and the MGRS references of their squares, by the crate `mgrs-convert`.
//!
//! Chosen of those there are in November 2026: 0.1.0 of August 2026, MIT or Apache-2.0, no dependencies, Rust 1.81;
//! Krüger's series to the sixth order (Karney 2011, Transverse Mercator with an accuracy of a few nanometers), its
//! references compared with GeographicLib's GeoConvert square by square. It is young and has one author: the
//! table `tests/fixtures/mgrs` holds it to what others say. `geoconvert` 1.0.2, older and better known, panics on some
//! input. What the chosen one takes and is no reference is refused here: the zones 32X, 34X and 36X do not exist.
//! It forces no zone on a position, which nothing here needs: squares go from the grid to the ellipsoid only.

use mgrs_convert::{LatLon, Mgrs, Precision, UtmUps};

use super::{Position, inverse};
use crate::Error;

/// The most pairs of digits: squares of 1 m.
const MOST_PAIRS: u8 = 5;

/// One of the zones of UTM, or a polar cap of UPS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GridZone {
    /// 1 to 60; 0 for UPS.
    pub zone: u8,
    /// Its northings count from the equator, or in UPS around the north pole.
    pub is_north: bool,
}

impl GridZone {
    fn grid_point(self, easting_m: f64, northing_m: f64) -> Result<UtmUps, Error> {
        let point = match self.zone {
            0 => UtmUps::ups(self.is_north, easting_m, northing_m),
            zone => UtmUps::utm(zone, self.is_north, easting_m, northing_m),
        };
        point.map_err(|why| {
            Error::input(format!(
                "the grid coordinates {easting_m} E {northing_m} N in zone {}, expected some that are on the grid: \
                 {why}",
                self.zone
            ))
        })
    }

    /// The place of an easting and a northing, to 5 nm.
    pub fn position(self, easting_m: f64, northing_m: f64) -> Result<Position, Error> {
        Ok(position(self.grid_point(easting_m, northing_m)?))
    }

    /// The MGRS reference, without spaces, of the square with so many pairs of digits around a point.
    pub fn mgrs(self, easting_m: f64, northing_m: f64, digit_pairs: u8) -> Result<String, Error> {
        let square = self.grid_point(easting_m, northing_m)?.to_mgrs(precision(digit_pairs)?);
        let square = square.map_err(|why| {
            Error::input(format!(
                "the grid coordinates {easting_m} E {northing_m} N in zone {}, expected some that are on the grid of \
                 MGRS: {why}",
                self.zone
            ))
        })?;
        Ok(square.to_string())
    }

    /// The grid is nowhere smaller than the ground by more than this factor: on the middle meridian of a zone, or at
    /// the pole.
    pub fn least_scale(self) -> f64 {
        if self.zone == 0 { 0.994 } else { 0.9996 }
    }
}

fn position(point: UtmUps) -> Position {
    let at = point.to_latlon();
    Position::wrapped(at.lon(), at.lat())
}

fn precision(digit_pairs: u8) -> Result<Precision, Error> {
    let precision = Precision::new(digit_pairs).ok().filter(|_| digit_pairs <= MOST_PAIRS);
    precision
        .ok_or_else(|| Error::argument(format!("{digit_pairs} pairs of digits, expected 0 to {MOST_PAIRS}")))
}

fn lat_lon(position: Position) -> Result<LatLon, Error> {
    LatLon::new(position.lat_deg(), position.lon_deg()).map_err(|why| Error::input(why.to_string()))
}

/// What an MGRS reference names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MgrsSquare {
    pub zone: GridZone,
    /// The easting and northing of its south-western corner.
    pub corner_m: [f64; 2],
    pub size_m: f64,
    /// The letter of its band as it was written; a square that lies in two bands has two names.
    pub band: Option<char>,
}

/// The reference, without spaces, of the square that a position lies in.
pub(crate) fn mgrs_around(position: Position, digit_pairs: u8) -> Result<String, Error> {
    let place = lat_lon(position)?;
    let point = place.to_utmups();
    if point.zone() != 0 {
        return Ok(place.to_mgrs(precision(digit_pairs)?).to_string());
    }
    // The crate's sine of 180 degrees is not 0: what lies on an axis of UPS by less than that lies on it.
    let [easting_m, northing_m] = [point.easting(), point.northing()].map(|x| (x * 1e8).round() / 1e8);
    GridZone { zone: 0, is_north: point.is_north() }.mgrs(easting_m, northing_m, digit_pairs)
}

/// An MGRS reference, with or without spaces, in any case.
pub(crate) fn parse_mgrs(text: &str) -> Result<MgrsSquare, Error> {
    let refused = |why: &str| {
        Error::input(format!(
            "the grid reference `{text}`: {why}; expected MGRS, a zone with its letter, two letters of a square of \
             100 km and 0 to {MOST_PAIRS} pairs of digits (`38T NK 12 34` is a square of 1 km)"
        ))
    };
    // In groups the digits must say themselves which are the easting's.
    let behind_letters = text.rfind(|c: char| c.is_ascii_alphabetic()).map_or(text, |at| &text[at + 1..]);
    let groups: Vec<usize> = behind_letters.split_whitespace().map(str::len).collect();
    match groups[..] {
        [easting, northing] if easting != northing => {
            return Err(refused("its two groups of digits are not equally long"));
        }
        [_, _, _, ..] => return Err(refused("it has more than two groups of digits")),
        _ => {}
    }
    let joined: String = text.split_whitespace().collect::<String>().to_ascii_uppercase();
    let square: Mgrs = joined.parse().map_err(|why: mgrs_convert::Error| refused(&why.to_string()))?;
    let pairs = square.precision().get();
    if pairs > MOST_PAIRS {
        return Err(refused("it is finer than 1 m"));
    }
    let centre = square.to_utmups();
    if ["32X", "34X", "36X"].iter().any(|zone| joined.starts_with(zone)) {
        return Err(refused("there is no such zone around Svalbard"));
    }
    let size_m = 10_f64.powi(i32::from(MOST_PAIRS - pairs));
    let corner_m = [centre.easting(), centre.northing()].map(|middle| (middle - 0.5 * size_m).round());
    let zone = GridZone { zone: centre.zone(), is_north: centre.is_north() };
    let band = joined.chars().find(char::is_ascii_alphabetic).filter(|_| zone.zone > 0);
    Ok(MgrsSquare { zone, corner_m, size_m, band })
}

/// The azimuth of grid north at a position, in degrees, positive to the east: the convergence of the position's own zone
/// of UTM, near the poles of UPS. What a bearing from grid north must be turned by to count from true north.
///
/// By the way that a northing leads over 10 m either way; within 1e-6 degrees.
///
/// ```
/// use patrol_corridor::{Position, geodesy};
/// let post = Position::from_lon_lat(46.75, 39.82)?;
/// assert!((geodesy::grid_convergence_deg(post) - 1.120869).abs() < 1e-6);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[must_use]
pub fn grid_convergence_deg(at: Position) -> f64 {
    const STEP_M: f64 = 10.0;
    let Ok(place) = lat_lon(at) else { return 0.0 };
    let here = place.to_utmups();
    let zone = GridZone { zone: here.zone(), is_north: here.is_north() };
    let azimuth = |step_m: f64| {
        let there = zone.position(here.easting(), here.northing() + step_m);
        there.map(|there| inverse(at, there).azimuth1_deg)
    };
    let (Ok(ahead_deg), Ok(behind_deg)) = (azimuth(STEP_M), azimuth(-STEP_M)) else { return 0.0 };
    // The middle of both: what the line bends goes out.
    let bend_deg = (behind_deg - ahead_deg).rem_euclid(360.0) - 180.0;
    (ahead_deg + 0.5 * bend_deg + 180.0).rem_euclid(360.0) - 180.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against `GeoConvert -c` of GeographicLib.
    #[test]
    fn convergence_is_that_of_geographiclib() {
        for (lat, lon, expected_deg) in [
            (39.82, 46.75, 1.120_869_288_81),
            (-33.9, 18.4, 1.450_832_911_53),
            (70.0, -40.0, -0.939_703_808_25),
            (0.0, 3.0, 0.0),
            (85.0, 30.0, 30.0),
            (-85.0, 30.0, -30.0),
        ] {
            let found_deg = grid_convergence_deg(Position::wrapped(lon, lat));
            assert!((found_deg - expected_deg).abs() < 1e-6, "{lat} {lon}: {found_deg}");
        }
    }
}
