//! The way between a coordinate reference system and WGS84, with every check that PROJ leaves out.

use super::Crs;
use super::engine::{Direction, Engine};
use super::report::{Reprojection, WGS84_SHOWN};
use crate::{Error, Position};

#[cfg(feature = "proj")]
use super::by_proj::ByProj as Chosen;
#[cfg(not(any(feature = "crs", feature = "proj")))]
use super::none::NoEngine as Chosen;
#[cfg(all(feature = "crs", not(feature = "proj")))]
use super::plane::Plane as Chosen;

/// The way between a coordinate reference system and WGS84 longitude and latitude.
///
/// In a build with the feature `proj` it is PROJ's and neither `Send` nor `Sync`: make one a thread, which
/// takes some milliseconds. Heights are no part of it.
///
/// ```
/// use patrol_corridor::io::{Crs, Transformation};
/// let mut to_wgs84 = Transformation::to_wgs84(&Crs::from_name("EPSG:32638")?)?;
/// let [lon, lat] = to_wgs84.convert(500_000.0, 4_427_757.218_738)?;
/// assert!((lon - 45.0).abs() < 1e-9 && (lat - 40.0).abs() < 1e-9);
/// assert_eq!(to_wgs84.report().outside, 0);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub struct Transformation {
    engine: Chosen,
    direction: Direction,
    crs: Crs,
    report: Reprojection,
    /// There is one way only.
    is_single: bool,
    /// The operation of the last position.
    last: usize,
}

impl std::fmt::Debug for Transformation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transformation").field("report", &self.report).finish_non_exhaustive()
    }
}

/// How far a position outside the area of use may come back from where it was.
const ROUND_TRIP_M: f64 = 1e-3;
/// The same where there are several ways, which differ by that much: only nonsense is told from sense.
const ROUND_TRIP_OF_SEVERAL_M: f64 = 1e3;
const METRES_A_DEGREE: f64 = 111_320.0;

impl Transformation {
    /// From a system to WGS84 longitude and latitude.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Transformation};
    /// let web = Transformation::to_wgs84(&Crs::from_name("EPSG:3857")?)?;
    /// assert_eq!(web.report().to, "WGS84");
    /// // There is no such system.
    /// assert!(Transformation::to_wgs84(&Crs::from_name("EPSG:1")?).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where this build does not read the system; the text says what to do.
    pub fn to_wgs84(from: &Crs) -> Result<Self, Error> {
        Self::new(from, Direction::ToWgs84)
    }

    /// From WGS84 longitude and latitude to a system.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Transformation};
    /// let mut to_utm = Transformation::from_wgs84(&Crs::from_name("EPSG:32638")?)?;
    /// let [easting, northing] = to_utm.convert(46.807759, 40.068059)?;
    /// assert_eq!(format!("{easting:.2} {northing:.2}"), "654160.89 4436876.90");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`to_wgs84`](Self::to_wgs84).
    pub fn from_wgs84(to: &Crs) -> Result<Self, Error> {
        Self::new(to, Direction::FromWgs84)
    }

    fn new(crs: &Crs, direction: Direction) -> Result<Self, Error> {
        let engine = Chosen::new(crs, direction)?;
        let shown = match engine.name() {
            Some(name) if name != crs.to_string() => format!("{crs} ({name})"),
            _ => crs.to_string(),
        };
        let (from, to) = match direction {
            Direction::ToWgs84 => (shown, WGS84_SHOWN.to_owned()),
            Direction::FromWgs84 => (WGS84_SHOWN.to_owned(), shown),
        };
        let mut report = Reprojection::new(from, to, engine.by(), engine.area());
        let only = engine.only_operation();
        let is_single = only.is_some();
        report.operations.extend(only);
        Ok(Transformation { engine, direction, crs: crs.clone(), report, is_single, last: 0 })
    }

    /// Converts one position: x (easting, longitude) and y (northing, latitude) in the units of the system.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Transformation};
    /// let mut to_wgs84 = Transformation::to_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
    /// let [lon, lat] = to_wgs84.convert(654_165.0, 4_436_970.0)?;
    /// assert_eq!(format!("{lon:.6} {lat:.6}"), "46.807829 40.068897");
    /// // Degrees are taken for metres too: the place is far outside the zone, and that is counted.
    /// to_wgs84.convert(46.807759, 40.068059)?;
    /// assert_eq!(to_wgs84.report().outside, 1);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where a number is not finite, longitude or latitude is out of range, or the position has no place in
    /// the other system.
    pub fn convert(&mut self, x: f64, y: f64) -> Result<[f64; 2], Error> {
        let from = [x, y];
        if self.direction == Direction::FromWgs84 {
            Position::from_lon_lat(x, y)?;
        }
        let to = match self.engine.forward(from) {
            Some(to) if to.iter().chain(&from).all(|number| number.is_finite()) => to,
            _ => return Err(self.no_place(from)),
        };
        if !self.is_single {
            self.note_operation(from);
        }
        let [lon, lat] = if self.direction == Direction::ToWgs84 { to } else { from };
        let is_inside = self.report.area_of_use.as_ref().is_some_and(|area| area.contains(lon, lat));
        if !is_inside {
            self.outside(from, to, [lon, lat])?;
        }
        if let Some(operation) = self.report.operations.get_mut(self.last) {
            operation.positions += 1;
        }
        match self.direction {
            // A hair beyond 180 is rounding.
            Direction::ToWgs84 => {
                let position = Position::wrapped(lon, lat);
                Ok([position.lon_deg(), position.lat_deg()])
            }
            Direction::FromWgs84 => Ok(to),
        }
    }

    /// Outside of its area a projection may give any number: only what leads back is one.
    #[cold]
    fn outside(&mut self, from: [f64; 2], to: [f64; 2], degrees: [f64; 2]) -> Result<(), Error> {
        let allowed_m = if self.is_single { ROUND_TRIP_M } else { ROUND_TRIP_OF_SEVERAL_M };
        let in_degrees = self.direction == Direction::FromWgs84 || self.engine.is_degrees();
        let allowed = if in_degrees { allowed_m / METRES_A_DEGREE } else { allowed_m };
        let back = self.engine.back(to).unwrap_or([f64::NAN; 2]);
        let mut dx = (back[0] - from[0]).abs();
        if in_degrees {
            // At a pole any longitude will do, and 180 is -180.
            let cos = from[1].to_radians().cos().abs();
            dx = dx.min((360.0 - dx).abs()) * cos;
        }
        // Not the other way round: NaN is no way back.
        let is_back = dx <= allowed && (back[1] - from[1]).abs() <= allowed;
        if !is_back || !(-90.0..=90.0).contains(&degrees[1]) {
            return Err(self.no_place(from));
        }
        if self.report.area_of_use.is_some() {
            self.report.note_outside(degrees);
        }
        Ok(())
    }

    fn note_operation(&mut self, from: [f64; 2]) {
        let Some(operation) = self.engine.operation(from) else { return };
        let known = self.report.operations.iter().position(|known| known.name == operation.name);
        self.last = known.unwrap_or_else(|| {
            self.report.operations.push(operation);
            self.report.operations.len() - 1
        });
    }

    #[cold]
    fn no_place(&self, [x, y]: [f64; 2]) -> Error {
        let looks_like_degrees = self.direction == Direction::ToWgs84
            && !self.engine.is_degrees()
            && Position::from_lon_lat(x, y).is_ok();
        let hint = match (self.direction, looks_like_degrees) {
            (_, true) => ": are these longitude and latitude already?",
            (Direction::ToWgs84, _) => ": is it the right CRS, and x (easting) before y (northing)?",
            (Direction::FromWgs84, _) => ": choose a CRS that is made for this place",
        };
        Error::input(format!(
            "the position [{x}, {y}], which has no place in {}, expected one within its area of use{}{hint}",
            if self.direction == Direction::ToWgs84 { &self.report.from } else { &self.report.to },
            self.report.area_in_words().map_or(String::new(), |area| format!(", {area}")),
        ))
    }

    /// The system that is not WGS84.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Transformation};
    /// let to_wgs84 = Transformation::to_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
    /// assert_eq!(to_wgs84.crs().epsg(), Some(32638));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn crs(&self) -> &Crs {
        &self.crs
    }

    /// True where the coordinates of that system are degrees.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Transformation};
    /// assert!(!Transformation::to_wgs84(&Crs::from_name("EPSG:32638")?)?.is_degrees());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_degrees(&self) -> bool {
        self.engine.is_degrees()
    }

    /// What has been done so far.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Transformation};
    /// let mut to_wgs84 = Transformation::to_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
    /// assert_eq!(to_wgs84.report().operations[0].positions, 0);
    /// to_wgs84.convert(654_165.0, 4_436_970.0)?;
    /// assert_eq!(to_wgs84.report().operations[0].positions, 1);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> &Reprojection {
        &self.report
    }

    pub(crate) fn note_box_left_out(&mut self) {
        self.report.boxes_left_out += 1;
    }
}
