//! A place on the ellipsoid, as longitude and latitude.

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
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    lon_deg: f64,
    lat_deg: f64,
}

impl Position {
    /// A position from longitude and latitude in degrees, in this order (RFC 7946 section 3.1.1).
    ///
    /// # Errors
    /// Where one is not finite or out of range.
    pub fn from_lon_lat(lon_deg: f64, lat_deg: f64) -> Result<Self, Error> {
        if !(-90.0..=90.0).contains(&lat_deg) {
            let swapped = (-90.0..=90.0).contains(&lon_deg) && (-180.0..=180.0).contains(&lat_deg);
            return Err(Error::input(if swapped {
                format!(
                    "latitude {lat_deg} is out of range: are the coordinates in latitude, longitude order?"
                )
            } else {
                format!("latitude {lat_deg} is out of range: expected -90 to 90 degrees")
            }));
        }
        if !(-180.0..=180.0).contains(&lon_deg) {
            return Err(Error::input(format!(
                "longitude {lon_deg} is out of range: expected -180 to 180 degrees"
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
    #[inline]
    pub fn lon_deg(self) -> f64 {
        self.lon_deg
    }

    /// The latitude in degrees, -90 to 90.
    #[inline]
    pub fn lat_deg(self) -> f64 {
        self.lat_deg
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
