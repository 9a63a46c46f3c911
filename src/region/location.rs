//! A location as it was reported, and the region that it leaves open.

use super::described_region::DescribedRegion;
use super::direction::Bearing;
use super::distance_interval::DistanceInterval;
use super::ellipse::GeodesicEllipse;
use super::grid::GridSquare;
use super::interval::RouteInterval;
use super::sector::AnnularSector;
use crate::setters::setters;
use crate::{Error, Position};

/// How a location was reported.
///
/// ```
/// use patrol_corridor::{Position, region::{LocationForm, Observation}};
/// let post = Position::from_lon_lat(46.75, 39.82)?;
/// let form = |bearing: &str| Observation::new(bearing.parse()?).from_place(post).map(|location| location.form());
/// // Degrees are taken for exact, a compass point stands for 22.5 of them.
/// assert_eq!((form("043")?, form("NNE")?), (LocationForm::Ray, LocationForm::Sector));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LocationForm {
    /// A position, taken for exact.
    Position,
    /// A position with an uncertainty in metres.
    Circle,
    /// A square of the grid.
    Grid,
    /// A direction from a post with a distance, an interval or a tolerance.
    Sector,
    /// A direction from a post alone, taken for exact.
    Ray,
    /// A place along a route.
    Route,
    /// Several observations of one incident.
    Fix,
}

impl LocationForm {
    /// The word in the output.
    ///
    /// ```
    /// use patrol_corridor::region::LocationForm;
    /// assert_eq!(LocationForm::Grid.as_str(), "grid");
    /// assert_eq!(LocationForm::Fix.to_string(), LocationForm::Fix.as_str());
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            LocationForm::Position => "position",
            LocationForm::Circle => "circle",
            LocationForm::Grid => "grid",
            LocationForm::Sector => "sector",
            LocationForm::Ray => "ray",
            LocationForm::Route => "route",
            LocationForm::Fix => "fix",
        }
    }
}

impl std::fmt::Display for LocationForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was observed from a place: a direction, and mostly a distance.
///
/// Numbers are exact here unless a tolerance or an interval is given; what the text of a log leaves open is told by
/// [`DescribedReader`](crate::described::DescribedReader).
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::region::{LocationForm, Observation};
/// let post = Position::from_lon_lat(46.75, 39.82)?;
/// let mut heard = Observation::new("NNE".parse()?);
/// heard.distance = Some("2km..7km".parse()?);
/// let location = heard.from_place(post)?;
/// assert_eq!(location.form(), LocationForm::Sector);
/// assert!((location.region().area_km2() - 8.836).abs() < 5e-4);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Observation {
    /// In which direction.
    pub bearing: Bearing,
    /// The azimuth of the north that the bearing counts from, in degrees: 0 for true north, the convergence of the
    /// grid, or the declination of the needle (positive to the east).
    pub north_azimuth_deg: f64,
    /// How far the direction may be off to either side, in degrees; `None` for what is usual:
    /// [`Bearing::usual_tolerance_deg`].
    pub tolerance_deg: Option<f64>,
    /// How far off; `None` for a bearing alone.
    pub distance: Option<DistanceInterval>,
    /// How far a bearing alone reaches, in metres.
    pub greatest_range_m: f64,
}

impl Observation {
    /// A bearing alone carries so far unless something else is said, in metres: the sound of artillery in still air, and
    /// more than one sees from most posts.
    pub const USUAL_RANGE_M: f64 = 20_000.0;

    /// A bearing alone, from true north, with what is usual otherwise.
    ///
    /// ```
    /// use patrol_corridor::region::Observation;
    /// let heard = Observation::new("NNE".parse()?);
    /// assert_eq!((heard.north_azimuth_deg, heard.greatest_range_m), (0.0, Observation::USUAL_RANGE_M));
    /// assert!(heard.tolerance_deg.is_none() && heard.distance.is_none());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new(bearing: Bearing) -> Self {
        Observation {
            bearing,
            north_azimuth_deg: 0.0,
            tolerance_deg: None,
            distance: None,
            greatest_range_m: Self::USUAL_RANGE_M,
        }
    }

    /// Where that is, seen from a position. A bearing alone is a ray, and a sector where it has a tolerance.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::Observation};
    /// let mut seen = Observation::new("043".parse()?);
    /// (seen.tolerance_deg, seen.distance) = (Some(5.0), Some("4-6 km".parse()?));
    /// let location = seen.from_place(Position::from_lon_lat(46.75, 39.82)?)?;
    /// assert_eq!(format!("{:.3} km2", location.region().area_km2()), "1.745 km2");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the tolerance is not within 0 and 180 degrees, or something is farther than 5,000 km.
    pub fn from_place(&self, place: Position) -> Result<DescribedLocation, Error> {
        let half_width_deg = self.tolerance_deg.unwrap_or(self.bearing.usual_tolerance_deg());
        let azimuth_deg = self.bearing.azimuth_deg() + self.north_azimuth_deg;
        let distances_m = self.distance.map_or(0.0..=self.greatest_range_m, DistanceInterval::metres);
        let sector = AnnularSector::new(place, azimuth_deg, half_width_deg, distances_m)?;
        let is_ray = self.distance.is_none() && half_width_deg == 0.0;
        let form = if is_ray { LocationForm::Ray } else { LocationForm::Sector };
        Ok(DescribedLocation { form, region: DescribedRegion::Sector(sector) })
    }
}

setters! { Observation {
    with_north_azimuth_deg(north_azimuth_deg: f64);
    with_tolerance_deg(tolerance_deg: impl Into<Option<f64>>);
    with_distance(distance: impl Into<Option<DistanceInterval>>);
    with_greatest_range_m(greatest_range_m: f64);
}}

/// A location as it was reported: its form, and the region in which it lies.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::region::DescribedLocation;
/// let near_town = DescribedLocation::circle(Position::from_lon_lat(46.75, 39.82)?, 25_000.0)?;
/// assert_eq!(near_town.form().as_str(), "circle");
/// assert!((near_town.region().area_km2() - 1_963.5).abs() < 0.1);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct DescribedLocation {
    form: LocationForm,
    region: DescribedRegion,
}

impl DescribedLocation {
    /// A position, taken for exact.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::DescribedLocation};
    /// let place = Position::from_lon_lat(46.75, 39.82)?;
    /// let location = DescribedLocation::position(place);
    /// assert_eq!((location.region().reference(), location.region().area_km2()), (place, 0.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn position(position: Position) -> Self {
        let point = AnnularSector::position(position);
        DescribedLocation { form: LocationForm::Position, region: DescribedRegion::Sector(point) }
    }

    /// A position that may be off by so many metres.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::DescribedLocation};
    /// let place = Position::from_lon_lat(46.807759, 40.068059)?;
    /// let location = DescribedLocation::circle(place, 500.0)?;
    /// let bounds = location.region().distance_bounds(Position::from_lon_lat(46.826567, 40.072204)?);
    /// assert_eq!(format!("{:.0} to {:.0} m", bounds.min_m, bounds.max_m), "1169 to 2169 m");
    /// assert!(DescribedLocation::circle(place, f64::NAN).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the uncertainty is not within 0 and 5,000 km.
    pub fn circle(centre: Position, uncertainty_m: f64) -> Result<Self, Error> {
        let disc = AnnularSector::disc(centre, uncertainty_m)?;
        Ok(DescribedLocation { form: LocationForm::Circle, region: DescribedRegion::Sector(disc) })
    }

    /// A square of the grid: what an MGRS reference names.
    ///
    /// ```
    /// use patrol_corridor::region::DescribedLocation;
    /// let location = DescribedLocation::grid("38S NK 78 07".parse()?);
    /// assert_eq!(location.form().as_str(), "grid");
    /// assert_eq!(format!("{:.4} km2", location.region().area_km2()), "1.0006 km2");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn grid(square: GridSquare) -> Self {
        DescribedLocation { form: LocationForm::Grid, region: DescribedRegion::Square(square) }
    }

    /// A place along a route: the interval of it that the tolerance leaves open.
    ///
    /// ```
    /// use patrol_corridor::{Edges, Position, region::{DescribedLocation, RouteInterval}};
    /// let line = vec![Position::from_lon_lat(46.75, 39.82)?, Position::from_lon_lat(46.73, 39.87)?];
    /// let location = DescribedLocation::along_route(RouteInterval::new(vec![line], Edges::Planar)?);
    /// assert_eq!((location.form().as_str(), location.region().area_km2()), ("route", 0.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn along_route(interval: RouteInterval) -> Self {
        DescribedLocation { form: LocationForm::Route, region: DescribedRegion::Interval(interval) }
    }

    /// A place beside a route: all within a distance of a position, in metres.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::DescribedLocation};
    /// let location = DescribedLocation::beside_route(Position::from_lon_lat(46.75, 39.82)?, 250.0)?;
    /// assert_eq!((location.form().as_str(), location.region().covering_circle().radius_m), ("route", 250.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the distance is not within 0 and 5,000 km.
    pub fn beside_route(centre: Position, within_m: f64) -> Result<Self, Error> {
        let disc = AnnularSector::disc(centre, within_m)?;
        Ok(DescribedLocation { form: LocationForm::Route, region: DescribedRegion::Sector(disc) })
    }

    /// All at a distance from a post, whatever the direction: a ring.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::DescribedLocation};
    /// // 2 to 3 km from the post; nobody noted the direction.
    /// let location = DescribedLocation::ring(Position::from_lon_lat(46.75, 39.82)?, "2-3 km".parse()?)?;
    /// assert_eq!(format!("{:.2} km2", location.region().area_km2()), "15.71 km2");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the distances are not within 0 and 5,000 km.
    pub fn ring(centre: Position, distance: DistanceInterval) -> Result<Self, Error> {
        let ring = AnnularSector::new(centre, 0.0, 180.0, distance.metres())?;
        Ok(DescribedLocation { form: LocationForm::Sector, region: DescribedRegion::Sector(ring) })
    }

    /// Several observations of one incident: the ellipse in which it lies by all of them.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::{DescribedLocation, GeodesicEllipse}};
    /// let ellipse = GeodesicEllipse::new(Position::from_lon_lat(46.75, 39.82)?, [900.0, 300.0], 30.0)?;
    /// let location = DescribedLocation::fix(ellipse);
    /// assert_eq!(location.form().as_str(), "fix");
    /// assert!((location.region().area_km2() - 0.848).abs() < 5e-4);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn fix(ellipse: GeodesicEllipse) -> Self {
        DescribedLocation { form: LocationForm::Fix, region: DescribedRegion::Ellipse(ellipse) }
    }

    /// How it was reported.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::{DescribedLocation, LocationForm}};
    /// let place = Position::from_lon_lat(46.75, 39.82)?;
    /// assert_eq!(DescribedLocation::position(place).form(), LocationForm::Position);
    /// assert_eq!(DescribedLocation::circle(place, 500.0)?.form(), LocationForm::Circle);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn form(&self) -> LocationForm {
        self.form
    }

    /// Where it can be.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::{DescribedLocation, DescribedRegion}};
    /// let location = DescribedLocation::circle(Position::from_lon_lat(46.75, 39.82)?, 500.0)?;
    /// let DescribedRegion::Sector(disc) = location.region() else { panic!("a circle is a sector of the whole turn") };
    /// assert_eq!(disc.farthest_m(), 500.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn region(&self) -> &DescribedRegion {
        &self.region
    }
}
