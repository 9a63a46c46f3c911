//! A place on the ellipsoid, as longitude and latitude.

use std::fmt;
use std::str::FromStr;

use crate::Error;

/// Longitude and latitude on WGS84, finite and in range.
///
/// # Units
/// Degrees: longitude -180 to 180, latitude -90 to 90. The digits that came in are kept: -180 and
/// 180 are the same meridian and stay as they were given.
///
/// ```
/// use patrol_corridor::Position;
/// let post = Position::from_lon_lat(46.546782, 39.586975)?;
/// assert_eq!(post.lon_deg(), 46.546782);
/// let point: geo_types::Point = post.into();
/// assert_eq!(Position::try_from(point)?, post);
/// // `LON,LAT`, as people type it; what is shown reads back to the same bits.
/// assert_eq!(post.to_string(), "46.546782,39.586975");
/// assert_eq!("46.546782, 39.586975".parse::<Position>()?, post);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "LonLat"))]
pub struct Position {
    lon_deg: f64,
    lat_deg: f64,
}

/// What the last digits of a sum of degrees may be off.
const NOISE_DEG: f64 = 1e-9;

/// What is asked where a number is far too large for degrees.
fn metres(number: f64) -> &'static str {
    match number.abs() {
        1_000.0.. => ". Are these metres of a projected system? Name it, or convert them",
        _ => "",
    }
}

impl Position {
    /// A position from longitude and latitude in degrees, in this order (RFC 7946 section 3.1.1).
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// assert_eq!(Position::from_lon_lat(46.8, 40.0)?.lat_deg(), 40.0);
    /// let swapped = Position::from_lon_lat(40.0, 146.8).unwrap_err();
    /// assert!(swapped.message().ends_with("are the coordinates in latitude, longitude order?"));
    /// assert!(Position::from_lon_lat(f64::NAN, 40.0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// What is beyond 180 or 90 by no more than 1e-9 degrees, as sums of doubles are, is 180 or 90.
    ///
    /// # Errors
    /// Where one is not finite or out of range.
    pub fn from_lon_lat(lon_deg: f64, lat_deg: f64) -> Result<Self, Error> {
        let within = |deg: f64, most_deg: f64| match deg.abs() - most_deg {
            0.0..=NOISE_DEG => most_deg.copysign(deg),
            _ => deg,
        };
        let (lon_deg, lat_deg) = (within(lon_deg, 180.0), within(lat_deg, 90.0));
        if !(-90.0..=90.0).contains(&lat_deg) {
            let swapped = (-90.0..=90.0).contains(&lon_deg) && (-180.0..=180.0).contains(&lat_deg);
            return Err(Error::input(if swapped {
                format!(
                    "latitude {lat_deg} is out of range: are the coordinates in latitude, longitude order?"
                )
            } else {
                format!("latitude {lat_deg} is out of range: expected -90 to 90 degrees{}", metres(lat_deg))
            }));
        }
        if !(-180.0..=180.0).contains(&lon_deg) {
            return Err(Error::input(format!(
                "longitude {lon_deg} is out of range: expected -180 to 180 degrees{}",
                metres(lon_deg)
            )));
        }
        Ok(Position { lon_deg, lat_deg })
    }

    /// For results that are in range by their making: wraps the longitude, clamps the latitude.
    #[inline]
    pub(crate) fn wrapped(lon_deg: f64, lat_deg: f64) -> Self {
        let lon_deg = if (-180.0..=180.0).contains(&lon_deg) {
            lon_deg
        } else {
            (lon_deg + 180.0).rem_euclid(360.0) - 180.0
        };
        Position { lon_deg, lat_deg: lat_deg.clamp(-90.0, 90.0) }
    }

    /// The longitude in degrees, -180 to 180.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// assert_eq!("46.826567,40.072204".parse::<Position>()?.lon_deg(), 46.826567);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn lon_deg(self) -> f64 {
        self.lon_deg
    }

    /// The latitude in degrees, -90 to 90.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// assert_eq!("46.826567,40.072204".parse::<Position>()?.lat_deg(), 40.072204);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn lat_deg(self) -> f64 {
        self.lat_deg
    }
}

/// `LON,LAT` in degrees, each with as many digits as it takes to read it back.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.lon_deg, self.lat_deg)
    }
}

impl FromStr for Position {
    type Err = Error;

    /// `LON,LAT` in degrees; blanks around either are allowed.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong =
            || Error::input(format!("the position `{text}`, expected LON,LAT in degrees: `-71.1,42.3`"));
        let (lon, lat) = text.split_once(',').ok_or_else(wrong)?;
        let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
        Position::from_lon_lat(number(lon)?, number(lat)?)
    }
}

/// What serde reads of a position before it is checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct LonLat {
    lon_deg: f64,
    lat_deg: f64,
}

#[cfg(feature = "serde")]
impl TryFrom<LonLat> for Position {
    type Error = Error;

    fn try_from(LonLat { lon_deg, lat_deg }: LonLat) -> Result<Self, Error> {
        Position::from_lon_lat(lon_deg, lat_deg)
    }
}

impl From<Position> for geo_types::Coord {
    fn from(position: Position) -> Self {
        geo_types::Coord { x: position.lon_deg, y: position.lat_deg }
    }
}

impl From<Position> for geo_types::Point {
    fn from(position: Position) -> Self {
        geo_types::Point::new(position.lon_deg, position.lat_deg)
    }
}

impl TryFrom<geo_types::Coord> for Position {
    type Error = Error;

    fn try_from(coord: geo_types::Coord) -> Result<Self, Error> {
        Position::from_lon_lat(coord.x, coord.y)
    }
}

impl TryFrom<geo_types::Point> for Position {
    type Error = Error;

    fn try_from(point: geo_types::Point) -> Result<Self, Error> {
        Position::from_lon_lat(point.x(), point.y())
    }
}
