//! What several regions have in common, by branch and bound on the parts of one of them.

use std::collections::BinaryHeap;

use geo::{BooleanOps, MultiPolygon};
use geo_types::{LineString, MultiLineString};

use super::local_plane::LocalPlane;
use super::outline;
use super::ranked::Ranked;
use super::region_outline::{fine_geometry, region_geometry};
use crate::geodesy::bound::SLACK_M;
use crate::geodesy::ecef::{SurfacePoint, add_scaled};
use crate::model::cut_at_antimeridian;
use crate::region::{Cell, even_point};
use crate::region::{CoveringCircle, DescribedRegion};
use crate::{Edges, IncidentGeometry, Position};

/// Smaller parts are not cut: where none but such are left the regions do not meet.
const SMALLEST_M: f64 = 1e-3;

/// After so many parts what is not proven to meet does not.
const MOST_PARTS: usize = 6_000;

/// How near to a line or a position counts as on it.
const ON_LINE_M: f64 = 1e-3;

/// As many points of the first region are looked at as give this many in common, ...
const WANTED_SAMPLES: u32 = 1_024;

/// ... and no more than this.
const MOST_SAMPLES: u32 = 1 << 14;

/// All points that lie in each of several regions.
///
/// They are found to have a point in common by proof: a point of one that lies in all others, to a micrometre (within
/// 1 mm of those that have no area). Regions that only touch, or share less than a part of 1 mm, or a sliver too thin to
/// be found in 6,000 parts, count as apart: doubt never joins.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::CommonRegion;
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// let disc = |lon| -> Result<_, patrol_corridor::Error> {
///     let disc = AnnularSector::disc(Position::from_lon_lat(lon, 40.0)?, 1_000.0)?;
///     Ok(DescribedRegion::Sector(disc))
/// };
/// let (west, middle, east) = (disc(46.80)?, disc(46.815)?, disc(46.83)?);
/// let common = CommonRegion::find(vec![&west, &middle]).unwrap();
/// assert!(west.contains(common.reference()) && middle.contains(common.reference()));
/// assert!((common.area_km2() - 0.7672).abs() < 1e-3, "{}", common.area_km2());
/// assert!(CommonRegion::find(vec![&west, &middle, &east]).is_none());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CommonRegion<'a> {
    /// The first is the one whose parts are looked at.
    regions: Vec<&'a DescribedRegion>,
    /// A point that is proven to lie in all.
    witness: Position,
}

/// What is known of a part of the first region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Its centre lies in all.
    Inside,
    /// Some of it may.
    Open,
    /// Nothing of it does.
    Outside,
}

/// True where a region has no area.
fn is_line(region: &DescribedRegion) -> bool {
    match region {
        DescribedRegion::Sector(sector) => sector.is_line(),
        DescribedRegion::Interval(_) => true,
        DescribedRegion::Square(_) | DescribedRegion::Ellipse(_) => false,
    }
}

impl<'a> CommonRegion<'a> {
    /// What regions have in common; `None` where that is nothing, or not proven to be anything, or there is no region.
    ///
    /// ```
    /// # use patrol_corridor::Position;
    /// # use patrol_corridor::analysis::CommonRegion;
    /// # use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// # let disc = |lon| -> Result<_, patrol_corridor::Error> {
    /// #     let disc = AnnularSector::disc(Position::from_lon_lat(lon, 40.0)?, 1_000.0)?;
    /// #     Ok(DescribedRegion::Sector(disc))
    /// # };
    /// # let (west, east) = (disc(46.80)?, disc(46.815)?);
    /// // Discs of 1 km whose centres are 1.3 km apart.
    /// assert!(CommonRegion::find(vec![&west, &east]).is_some());
    /// let far = disc(46.83)?;
    /// assert!(CommonRegion::find(vec![&west, &far]).is_none());
    /// assert!(CommonRegion::find(vec![]).is_none());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn find(mut regions: Vec<&'a DescribedRegion>) -> Option<Self> {
        // What does not depend on the order: lines first, for they have the fewest parts, then the smallest.
        let key = |region: &&DescribedRegion| {
            let circle = region.covering_circle();
            (!is_line(region), circle.radius_m, circle.centre.lon_deg(), circle.centre.lat_deg())
        };
        regions.sort_by(|a, b| {
            let (a, b) = (key(a), key(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)).then(a.3.total_cmp(&b.3))
        });
        let first = *regions.first()?;
        let mut common = CommonRegion { regions, witness: first.reference() };
        if common.contains(common.witness) {
            return Some(common);
        }
        let mut open = BinaryHeap::new();
        let look = |common: &Self, open: &mut BinaryHeap<Ranked<Cell>>, part: Cell| {
            let circle = first.cell_circle(&part);
            let (standing, off_m) = common.off(&circle);
            match standing {
                Standing::Inside => return Some(circle.centre),
                // What is nearest to all others first.
                Standing::Open if circle.radius_m > SMALLEST_M => {
                    open.push(Ranked { bound: -off_m, item: part })
                }
                _ => {}
            }
            None
        };
        let mut found = first.cells().into_iter().find_map(|part| look(&common, &mut open, part));
        let mut count = 0;
        while let (None, Some(Ranked { item, .. })) = (found, open.pop()) {
            count += 1;
            if count > MOST_PARTS {
                return None;
            }
            found = first.cell_halves(&item).into_iter().find_map(|half| look(&common, &mut open, half));
        }
        common.witness = found?;
        Some(common)
    }

    /// How a part of the first region stands, and how far its centre is at most from any of the others.
    fn off(&self, circle: &CoveringCircle) -> (Standing, f64) {
        let mut standing = Standing::Inside;
        let mut most_m = 0.0_f64;
        for region in &self.regions[1..] {
            let off_m = region.distance_bounds(circle.centre).min_m;
            if off_m > circle.radius_m + SLACK_M + ON_LINE_M {
                return (Standing::Outside, off_m);
            }
            most_m = most_m.max(off_m);
            if !holds(region, circle.centre, off_m) {
                standing = Standing::Open;
            }
        }
        (standing, most_m)
    }

    /// How a part of the first region stands.
    pub(super) fn standing(&self, circle: &CoveringCircle) -> Standing {
        self.off(circle).0
    }

    /// The region whose parts are looked at.
    pub(super) fn first(&self) -> &'a DescribedRegion {
        self.regions[0]
    }

    /// The regions, in an order that does not depend on the one in which they were given.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::analysis::CommonRegion;
    /// use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// let at = Position::from_lon_lat(46.807759, 40.068059)?;
    /// let disc = |radius_m| AnnularSector::disc(at, radius_m).map(DescribedRegion::Sector);
    /// let (narrow, wide) = (disc(500.0)?, disc(1_000.0)?);
    /// let one = CommonRegion::find(vec![&narrow, &wide]).unwrap();
    /// let other = CommonRegion::find(vec![&wide, &narrow]).unwrap();
    /// assert!(std::ptr::eq(one.regions()[0], other.regions()[0]));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn regions(&self) -> &[&'a DescribedRegion] {
        &self.regions
    }

    /// True where a position lies in all of the regions (within 1 mm of those without an area).
    ///
    /// ```
    /// # use patrol_corridor::Position;
    /// # use patrol_corridor::analysis::CommonRegion;
    /// # use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// # let disc = |lon| -> Result<_, patrol_corridor::Error> {
    /// #     let disc = AnnularSector::disc(Position::from_lon_lat(lon, 40.0)?, 1_000.0)?;
    /// #     Ok(DescribedRegion::Sector(disc))
    /// # };
    /// # let (west, east) = (disc(46.80)?, disc(46.815)?);
    /// let common = CommonRegion::find(vec![&west, &east]).unwrap();
    /// assert!(common.contains(Position::from_lon_lat(46.8075, 40.0)?));
    /// // In the western one only.
    /// assert!(!common.contains(Position::from_lon_lat(46.80, 40.0)?));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        self.regions.iter().all(|region| match is_line(region) {
            true => holds(region, position, region.distance_bounds(position).min_m),
            false => region.contains(position),
        })
    }

    /// A point in all of the regions, near the middle of what they have in common.
    ///
    /// ```
    /// # use patrol_corridor::Position;
    /// # use patrol_corridor::analysis::CommonRegion;
    /// # use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// # let disc = |lon| -> Result<_, patrol_corridor::Error> {
    /// #     let disc = AnnularSector::disc(Position::from_lon_lat(lon, 40.0)?, 1_000.0)?;
    /// #     Ok(DescribedRegion::Sector(disc))
    /// # };
    /// # let (west, east) = (disc(46.80)?, disc(46.815)?);
    /// let common = CommonRegion::find(vec![&west, &east]).unwrap();
    /// let middle = common.reference();
    /// assert!((middle.lon_deg() - 46.8075).abs() < 1e-3 && (middle.lat_deg() - 40.0).abs() < 1e-3, "{middle:?}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn reference(&self) -> Position {
        let samples = self.samples();
        let sum =
            samples.iter().fold([0.0; 3], |sum, &at| add_scaled(sum, 1.0, SurfacePoint::new(at).normal));
        let [x, y, z] = sum;
        let middle = Position::wrapped(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees());
        if !samples.is_empty() && self.contains(middle) {
            return middle;
        }
        // The middle of a crescent lies outside.
        let away_m = |at: &Position| crate::geodesy::distance_m(*at, middle);
        let nearest = samples.iter().min_by(|a, b| away_m(a).total_cmp(&away_m(b)));
        nearest.copied().unwrap_or(self.witness)
    }

    /// Points that fill what they have in common evenly; none where it is too small a part of the first.
    pub(super) fn samples(&self) -> Vec<Position> {
        let mut count = WANTED_SAMPLES;
        loop {
            let all = (0..count).map(|i| self.first().even(even_point(i, count)));
            let inside: Vec<Position> = all.filter(|&at| self.contains(at)).collect();
            if inside.len() >= WANTED_SAMPLES as usize || count >= MOST_SAMPLES {
                return inside;
            }
            count *= 4;
        }
    }

    /// It as a geometry by RFC 7946, of the outlines that [`region_geometry`] draws: cut at 180 degrees. A line
    /// where one of the regions is one, a Point where two are, and where what they share is too small to be drawn.
    ///
    /// ```
    /// # use patrol_corridor::Position;
    /// # use patrol_corridor::analysis::CommonRegion;
    /// # use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// # let disc = |lon| -> Result<_, patrol_corridor::Error> {
    /// #     let disc = AnnularSector::disc(Position::from_lon_lat(lon, 40.0)?, 1_000.0)?;
    /// #     Ok(DescribedRegion::Sector(disc))
    /// # };
    /// # let (west, east) = (disc(46.80)?, disc(46.815)?);
    /// use patrol_corridor::IncidentGeometry;
    /// let common = CommonRegion::find(vec![&west, &east]).unwrap();
    /// let IncidentGeometry::Region(lens) = common.geometry() else { panic!("two discs share an area") };
    /// assert_eq!(lens.polygons().len(), 1);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn geometry(&self) -> IncidentGeometry {
        if let [one] = self.regions[..] {
            return region_geometry(one);
        }
        let circle = self.first().covering_circle();
        let plane = LocalPlane::new(circle.centre);
        let tolerance_m = (1e-5 * circle.radius_m).clamp(1e-3, 0.5);
        let (lines, areas): (Vec<&DescribedRegion>, Vec<&DescribedRegion>) =
            self.regions.iter().partition(|region| is_line(region));
        let shapes = areas.iter().filter_map(|region| match fine_geometry(region) {
            IncidentGeometry::Region(region) => {
                Some(outline::shape(&plane, &region, Edges::Planar, tolerance_m))
            }
            _ => None,
        });
        let shape: Option<MultiPolygon> = shapes.reduce(|all, one| all.intersection(&one));
        let drawn = match (&lines[..], shape) {
            ([], Some(shape)) => outline::region(&plane, &shape, tolerance_m)
                .ok()
                .filter(|region| !region.polygons().is_empty())
                .map(IncidentGeometry::Region),
            ([line], Some(shape)) => clip(&plane, line, &shape),
            _ => None,
        };
        drawn.unwrap_or(IncidentGeometry::Point(self.witness))
    }

    /// The area of what [`geometry`](Self::geometry) draws, in square kilometres; of one region its own.
    ///
    /// ```
    /// # use patrol_corridor::Position;
    /// # use patrol_corridor::analysis::CommonRegion;
    /// # use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// # let disc = |lon| -> Result<_, patrol_corridor::Error> {
    /// #     let disc = AnnularSector::disc(Position::from_lon_lat(lon, 40.0)?, 1_000.0)?;
    /// #     Ok(DescribedRegion::Sector(disc))
    /// # };
    /// # let (west, east) = (disc(46.80)?, disc(46.815)?);
    /// let common = CommonRegion::find(vec![&west, &east]).unwrap();
    /// assert_eq!(format!("{:.3}", common.area_km2()), "0.768");
    /// // Of one region its own.
    /// assert_eq!(CommonRegion::find(vec![&west]).unwrap().area_km2(), west.area_km2());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn area_km2(&self) -> f64 {
        match self.regions[..] {
            [one] => one.area_km2(),
            _ => self.geometry().area_km2(),
        }
    }
}

/// True where a point lies in a region, which is so far off.
fn holds(region: &DescribedRegion, position: Position, off_m: f64) -> bool {
    match is_line(region) {
        true => off_m <= ON_LINE_M,
        false => off_m <= ON_LINE_M && region.contains(position),
    }
}

/// What of a line lies in a shape.
fn clip(plane: &LocalPlane, line: &DescribedRegion, shape: &MultiPolygon) -> Option<IncidentGeometry> {
    let IncidentGeometry::Lines(lines) = region_geometry(line) else { return None };
    let project = |line: &Vec<Position>| line.iter().map(|&at| plane.project(at)).collect::<LineString>();
    let clipped = shape.clip(&MultiLineString(lines.iter().map(project).collect()), false);
    let on_globe = |line: &LineString| line.0.iter().map(|&at| plane.unproject(at)).collect::<Vec<_>>();
    let lines: Vec<Vec<Position>> = clipped
        .iter()
        .filter(|line| line.0.len() > 1)
        .flat_map(|line| cut_at_antimeridian(&on_globe(line), Edges::Planar))
        .collect();
    (!lines.is_empty()).then_some(IncidentGeometry::Lines(lines))
}
