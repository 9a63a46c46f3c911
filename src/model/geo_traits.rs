//! `geo-traits`: positions as coordinates, and routes out of whatever has coordinates.

use geo_traits::{CoordTrait, Dimensions, LineStringTrait, MultiLineStringTrait};

use crate::{Error, FeatureId, PatrolRoute, Position};

/// Longitude and latitude in degrees.
impl CoordTrait for Position {
    type T = f64;

    fn dim(&self) -> Dimensions {
        Dimensions::Xy
    }

    /// The longitude at 0, the latitude at 1 and beyond.
    fn nth_or_panic(&self, n: usize) -> f64 {
        if n == 0 { self.lon_deg() } else { self.lat_deg() }
    }

    fn x(&self) -> f64 {
        self.lon_deg()
    }

    fn y(&self) -> f64 {
        self.lat_deg()
    }
}

impl Position {
    /// A position from the first two ordinates of a coordinate, longitude and latitude in degrees.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// let position = Position::from_coord(&geo_types::Coord { x: 46.8, y: 40.0 })?;
    /// assert_eq!(Position::from_coord(&position)?, position);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`from_lon_lat`](Self::from_lon_lat).
    pub fn from_coord(coord: &impl CoordTrait<T = f64>) -> Result<Self, Error> {
        Position::from_lon_lat(coord.x(), coord.y())
    }
}

impl PatrolRoute {
    /// A route of one part out of any line: of `geo-types`, GeoArrow, WKB, a type of your own.
    ///
    /// ```
    /// use patrol_corridor::PatrolRoute;
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// assert_eq!(PatrolRoute::from_line("R5", &line)?, PatrolRoute::from_line_string("R5", &line)?);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`from_line_string`](Self::from_line_string).
    pub fn from_line(id: impl Into<FeatureId>, line: &impl LineStringTrait<T = f64>) -> Result<Self, Error> {
        Self::from_parts(id, vec![positions(line)?])
    }

    /// A route of several parts out of any lines, as [`from_line`](Self::from_line).
    ///
    /// ```
    /// use patrol_corridor::PatrolRoute;
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let lines = geo_types::MultiLineString::new(vec![line]);
    /// assert_eq!(PatrolRoute::from_lines("R5", &lines)?.parts().len(), 1);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`from_line_string`](Self::from_line_string).
    pub fn from_lines(
        id: impl Into<FeatureId>,
        lines: &impl MultiLineStringTrait<T = f64>,
    ) -> Result<Self, Error> {
        let parts = lines.line_strings().enumerate();
        let part = |(n, line)| positions(&line).map_err(|error: Error| error.under(&format!("[{n}]")));
        Self::from_parts(id, parts.map(part).collect::<Result<_, _>>()?)
    }
}

fn positions(line: &impl LineStringTrait<T = f64>) -> Result<Vec<Position>, Error> {
    let coords = line.coords().enumerate();
    let read = |(n, coord)| Position::from_coord(&coord).map_err(|error| error.under(&format!("[{n}]")));
    coords.map(read).collect()
}
