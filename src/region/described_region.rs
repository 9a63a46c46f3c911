//! The region of a reported location, whatever its form.

use super::cell::{Cell, CoveringCircle, DistanceBounds};
use super::ellipse::GeodesicEllipse;
use super::grid::GridSquare;
use super::interval::RouteInterval;
use super::sector::AnnularSector;
use crate::Position;

/// Where something can have happened: an exact shape on the ellipsoid.
///
/// ```
/// use patrol_corridor::{Position, region::{AnnularSector, DescribedRegion, GridSquare}};
/// let place = Position::from_lon_lat(46.75, 39.82)?;
/// let regions = [
///     DescribedRegion::Sector(AnnularSector::disc(place, 500.0)?),
///     DescribedRegion::Square(GridSquare::around(place, 2)?),
/// ];
/// assert!(regions.iter().all(|region| region.contains(place)));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum DescribedRegion {
    /// A disc, a ring, a sector of one, a ray, or (a disc of no radius) a position.
    Sector(AnnularSector),
    /// A square of the UTM or UPS grid.
    Square(GridSquare),
    /// An ellipse, as a fix has it.
    Ellipse(GeodesicEllipse),
    /// An interval of a route.
    Interval(RouteInterval),
}

/// Asks the shape at hand.
macro_rules! of_shape {
    ($region:expr, $shape:ident => $answer:expr) => {
        match $region {
            DescribedRegion::Sector($shape) => $answer,
            DescribedRegion::Square($shape) => $answer,
            DescribedRegion::Ellipse($shape) => $answer,
            DescribedRegion::Interval($shape) => $answer,
        }
    };
}

impl DescribedRegion {
    /// The point that stands for it where one is needed.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::{AnnularSector, DescribedRegion}};
    /// let place = Position::from_lon_lat(46.75, 39.82)?;
    /// assert_eq!(DescribedRegion::Sector(AnnularSector::disc(place, 500.0)?).reference(), place);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn reference(&self) -> Position {
        of_shape!(self, shape => shape.reference())
    }

    /// True where a position lies in it, its edge included.
    ///
    /// ```
    /// use patrol_corridor::region::{DescribedRegion, GridSquare};
    /// let square = DescribedRegion::Square("38S NK 78 07".parse::<GridSquare>()?);
    /// assert!(square.contains(square.reference()));
    /// assert!(!square.contains("46.75,39.82".parse()?));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        of_shape!(self, shape => shape.contains(position))
    }

    /// Bounds of the distance from a position to its points, in metres: exact but for what the shape's own
    /// `distance_bounds` says.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// let at = |lon, lat| Position::from_lon_lat(lon, lat);
    /// let region = DescribedRegion::Sector(AnnularSector::disc(at(46.75, 39.82)?, 500.0)?);
    /// let bounds = region.distance_bounds(at(46.75, 39.90)?);
    /// assert!((bounds.max_m - bounds.min_m - 1_000.0).abs() < 1e-6);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn distance_bounds(&self, position: Position) -> DistanceBounds {
        of_shape!(self, shape => shape.distance_bounds(position))
    }

    /// A circle that holds it.
    ///
    /// ```
    /// use patrol_corridor::region::{DescribedRegion, GridSquare};
    /// let circle = DescribedRegion::Square("38S NK 78 07".parse::<GridSquare>()?).covering_circle();
    /// // Half a diagonal of 1 km.
    /// assert_eq!(format!("{:.1} m", circle.radius_m), "707.4 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn covering_circle(&self) -> CoveringCircle {
        of_shape!(self, shape => shape.covering_circle())
    }

    /// Its area on WGS84 in square kilometres; 0 for a ray or an interval of a route.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::{AnnularSector, DescribedRegion}};
    /// let sector = AnnularSector::new(Position::from_lon_lat(46.75, 39.82)?, 22.5, 11.25, 2_000.0..=7_000.0)?;
    /// assert!((DescribedRegion::Sector(sector).area_km2() - 8.836).abs() < 5e-4);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn area_km2(&self) -> f64 {
        match self {
            DescribedRegion::Sector(sector) => sector.area_km2(),
            DescribedRegion::Square(square) => square.area_km2(),
            DescribedRegion::Ellipse(ellipse) => ellipse.area_km2(),
            DescribedRegion::Interval(_) => 0.0,
        }
    }

    /// The MGRS reference of the square around the reference point that is at least as wide as the region: as wide as
    /// the diameter of its covering circle, a square of the grid as itself. `None` if that is more than 100 km.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// let about = |radius_m| {
    ///     let at = Position::from_lon_lat(46.807759, 40.068059)?;
    ///     AnnularSector::disc(at, radius_m).map(DescribedRegion::Sector)
    /// };
    /// assert_eq!(about(50.0)?.mgrs().as_deref(), Some("38TPK541368")); // 100 m
    /// assert_eq!(about(60.0)?.mgrs().as_deref(), Some("38TPK5436")); // 1 km
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn mgrs(&self) -> Option<String> {
        let width_m = match self {
            // One that has a name of its own.
            DescribedRegion::Square(square) if square.size_m().log10().fract() == 0.0 => {
                return Some(square.to_string());
            }
            DescribedRegion::Square(square) => square.size_m(),
            _ => 2.0 * self.covering_circle().radius_m,
        };
        // A covering circle may be wider than its region by rounding.
        let is_wide = |pairs: &u8| 10_f64.powi(5 - i32::from(*pairs)) >= width_m * (1.0 - 1e-9);
        let pairs = (0..=5).rev().find(is_wide)?;
        GridSquare::around(self.reference(), pairs).ok().map(|square| square.to_string())
    }

    /// Its boundary: closed rings on the globe, the outer one counter-clockwise; none where it has no area. What
    /// crosses 180 degrees or holds a pole is not cut.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::{AnnularSector, DescribedRegion}};
    /// let place = Position::from_lon_lat(46.75, 39.82)?;
    /// assert!(DescribedRegion::Sector(AnnularSector::position(place)).boundary().is_empty());
    /// let rings = DescribedRegion::Sector(AnnularSector::disc(place, 500.0)?).boundary();
    /// assert_eq!((rings.len(), rings[0].len()), (1, 361));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn boundary(&self) -> Vec<Vec<Position>> {
        match self {
            DescribedRegion::Sector(sector) => sector.boundary(),
            DescribedRegion::Square(square) => vec![square.boundary()],
            DescribedRegion::Ellipse(ellipse) => vec![ellipse.boundary()],
            DescribedRegion::Interval(_) => Vec::new(),
        }
    }

    /// The parts to begin with, which together are the whole.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        of_shape!(self, shape => shape.cells())
    }

    /// A circle around a part; its centre lies in the part.
    pub(crate) fn cell_circle(&self, cell: &Cell) -> CoveringCircle {
        of_shape!(self, shape => shape.cell_circle(cell))
    }

    /// Two halves of a part.
    pub(crate) fn cell_halves(&self, cell: &Cell) -> [Cell; 2] {
        of_shape!(self, shape => shape.cell_halves(cell))
    }

    /// The point that two numbers within 0 and 1 stand for: equal areas of the unit square are equal areas (lengths,
    /// where it has none) of the region.
    pub(crate) fn even(&self, at: [f64; 2]) -> Position {
        of_shape!(self, shape => shape.even(at))
    }
}
