//! Hot spots: incidents per kilometre along the routes, by kernels that spread along the network.

mod links;
mod options;
mod profile;
mod spread;

pub use options::HotspotOptions;
pub use spread::Split;

use self::links::Links;
use self::profile::{Parabola, profile};
use self::spread::{Foot, spread};
use crate::geodesy::ecef::SurfacePoint;
use crate::index::LocateOptions;
use crate::memory::room;
use crate::parallel::in_parallel;
use crate::region::DescribedRegion;
use crate::region::even_point;
use crate::{Error, IncidentGeometry, PatrolIndex, Position};

/// How many points stand for a region, each for as much of it as any other and always the same ones.
const REGION_POINTS: u32 = 64;

/// Where an incident is placed along the routes.
///
/// ```
/// use patrol_corridor::analysis::{DensityPlace, HotspotOptions, route_density};
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute, Position};
/// let line: geo_types::LineString = vec![(46.75, 40.0), (46.85, 40.0)].into();
/// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R4", &line)?], Edges::Planar)?;
/// let heard = Position::from_lon_lat(46.80, 40.01)?;
/// let about = DescribedRegion::Sector(AnnularSector::disc(heard, 500.0)?);
/// let places = [DensityPlace::Positions(&[heard]), DensityPlace::Region(&about)];
/// let density = route_density(&index, &places, &HotspotOptions::new(1_000.0))?;
/// assert_eq!(format!("{:.3}", density.placed()), "0.344"); // the position is 1.1 km off
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum DensityPlace<'a> {
    /// By the one of these positions that is nearest to a route, with weight 1; without any it is left out.
    Positions(&'a [Position]),
    /// By 64 points that fill the region evenly, each at its own foot with weight 1/64. A region that is a position
    /// counts as one.
    Region(&'a DescribedRegion),
}

impl<'a> From<&'a IncidentGeometry> for DensityPlace<'a> {
    /// A geometry that locates no incident has no positions.
    fn from(place: &'a IncidentGeometry) -> Self {
        DensityPlace::Positions(place.positions())
    }
}

/// The density of incidents along the routes of an area.
///
/// ```
/// use patrol_corridor::analysis::{HotspotOptions, route_density};
/// use patrol_corridor::{Edges, IncidentGeometry, PatrolIndex, PatrolRoute, Position};
/// let line: geo_types::LineString = vec![(46.75, 40.0), (46.85, 40.0)].into();
/// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R4", &line)?], Edges::Planar)?;
/// let at = |lon, lat| Position::from_lon_lat(lon, lat).map(IncidentGeometry::Point);
/// let incidents = [at(46.80, 40.001)?, at(46.801, 40.0)?, at(46.80, 40.2)?, IncidentGeometry::None];
/// let incidents = incidents.each_ref().map(Into::into);
/// let density = route_density(&index, &incidents, &HotspotOptions::new(1_000.0))?;
/// assert_eq!((density.placed(), density.too_far(), density.without_point()), (2.0, &[(2, 1.0)][..], &[3][..]));
/// assert_eq!(format!("{:.3} per km", density.mean_per_km()), "0.234 per km");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
pub struct RouteDensity {
    links: Links,
    /// By link.
    profiles: Vec<Vec<Parabola>>,
    /// The distances along each link of the incidents on it, ascending, with their weights.
    incidents: Vec<Vec<(f64, f64)>>,
    placed: f64,
    too_far: Vec<(usize, f64)>,
    without_point: Vec<usize>,
}

/// An interval of a route along which the density is high.
///
/// ```
/// use patrol_corridor::analysis::{HotspotOptions, route_density};
/// # use patrol_corridor::{Edges, IncidentGeometry, PatrolIndex, PatrolRoute, Position};
/// let line: geo_types::LineString = vec![(46.75, 40.0), (46.85, 40.0)].into();
/// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R4", &line)?], Edges::Planar)?;
/// let at = |lon, lat| Position::from_lon_lat(lon, lat).map(IncidentGeometry::Point);
/// let incidents = [at(46.80, 40.001)?, at(46.801, 40.0)?, at(46.80, 40.2)?, IncidentGeometry::None];
/// let incidents = incidents.each_ref().map(Into::into);
/// let density = route_density(&index, &incidents, &HotspotOptions::new(1_000.0))?;
/// let hottest = density.hot_intervals(2.0)[0];
/// assert_eq!(format!("{:.3} at {:.0} m", hottest.peak_per_km, hottest.peak_chainage_m), "1.497 at 4312 m");
/// assert_eq!((hottest.route, hottest.incidents), (0, 2.0));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct HotInterval {
    /// The route's place in the layer.
    pub route: usize,
    /// Where it begins, in metres along the route.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// Where the density is greatest, the first such place.
    pub peak_chainage_m: f64,
    /// The density there, in incidents per kilometre.
    pub peak_per_km: f64,
    /// How many incidents have their foot on the stretch: the sum of their weights, a whole number without regions.
    pub incidents: f64,
}

/// The kernel density of incidents along the routes (Okabe & Sugihara 2012, Spatial Analysis along Networks,
/// chapter 9), in incidents per kilometre over whatever time the incidents are of.
///
/// Each incident is placed at its foot on the nearest route (a MultiPoint by its nearest position, a region by points
/// that fill it, see [`DensityPlace`]) and spread along the network by an Epanechnikov kernel in metres along the routes; at junctions and ends by [`Split`], so that
/// it weighs 1 in all. An interval that several routes share, vertex by vertex, is one of the network. Routes that
/// only cross, without a common vertex, are not joined. Exact but for rounding: no grid.
///
/// ```
/// use patrol_corridor::analysis::{HotspotOptions, route_density};
/// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute, IncidentGeometry, Position};
/// let line: geo_types::LineString = vec![(46.0, 40.0), (46.2, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R1", &line)?;
/// let index = PatrolIndex::new(vec![], vec![route], Edges::Planar)?;
/// let incident = IncidentGeometry::Point(Position::from_lon_lat(46.1, 40.0001)?);
/// let density = route_density(&index, &[(&incident).into()], &HotspotOptions::new(1_000.0))?;
/// assert_eq!((density.placed(), density.too_far().len()), (1.0, 0));
/// let hottest = density.hot_intervals(2.0)[0];
/// // One incident within 1 km to either side: 0.75 per km at its foot.
/// assert!((hottest.peak_per_km - 0.75).abs() < 1e-9);
/// assert!((density.integral() - 1.0).abs() < 1e-9);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where the bandwidth or the greatest distance is not a number greater than 0, there is no route, or there are too
/// many ways through the network within the bandwidth.
pub fn route_density(
    index: &PatrolIndex,
    incidents: &[DensityPlace<'_>],
    options: &HotspotOptions,
) -> Result<RouteDensity, Error> {
    for (what, metres) in [("bandwidth", options.bandwidth_m), ("greatest distance", options.max_distance_m)]
    {
        if !(metres > 0.0 && metres.is_finite()) {
            return Err(Error::argument(format!(
                "the {what} {metres}, expected a number of metres greater than 0"
            )));
        }
    }
    if index.routes().is_empty() {
        return Err(Error::input("no routes, expected at least one: the density is along routes"));
    }
    room(incidents.iter().map(bytes_of).sum())?;
    let links = Links::new(index, options.joined);
    let placing = in_parallel(incidents.len(), options.threads, |i| {
        feet(index, &links, &incidents[i], options.max_distance_m)
    });
    let mut places = Vec::new();
    let (mut too_far, mut without_point) = (Vec::new(), Vec::new());
    for (i, feet) in placing.into_iter().enumerate() {
        if feet.is_empty() {
            without_point.push(i);
            continue;
        }
        let weight = 1.0 / feet.len() as f64;
        let count = feet.len();
        let on_links = feet.into_iter().flatten().map(|(link, offset_m)| Foot { link, offset_m, weight });
        let before = places.len();
        places.extend(on_links);
        let far = count - (places.len() - before);
        if far > 0 {
            too_far.push((i, far as f64 * weight));
        }
    }
    let kernels = spread(&links, &places, options.bandwidth_m, options.split)?;
    let profiles = in_parallel(links.links.len(), options.threads, |link| {
        profile(&kernels[link], links.links[link].length_m, options.bandwidth_m)
    });
    let mut on_links = vec![Vec::new(); links.links.len()];
    for foot in &places {
        on_links[foot.link as usize].push((foot.offset_m, foot.weight));
    }
    let by_offset = |a: &(f64, f64), b: &(f64, f64)| a.0.total_cmp(&b.0);
    on_links.iter_mut().for_each(|on_link: &mut Vec<(f64, f64)>| on_link.sort_by(by_offset));
    // Halves, quarters and so on: nothing is rounded.
    let placed = places.iter().map(|foot| foot.weight).sum();
    Ok(RouteDensity { links, profiles, incidents: on_links, placed, too_far, without_point })
}

/// What an incident takes while densities are made: a foot and its kernels for each point that stands for it.
fn bytes_of(place: &DensityPlace<'_>) -> usize {
    let points = if matches!(place, DensityPlace::Region(_)) { REGION_POINTS as usize } else { 1 };
    256 * points
}

/// Where the points of an incident are on the links, of equal weight; `None` for those that are too far.
fn feet(
    index: &PatrolIndex,
    links: &Links,
    place: &DensityPlace<'_>,
    max_distance_m: f64,
) -> Vec<Option<(u32, f64)>> {
    let foot = |positions: &[Position]| foot(index, links, positions, max_distance_m);
    match place {
        DensityPlace::Positions([]) => vec![],
        DensityPlace::Positions(positions) => vec![foot(positions)],
        DensityPlace::Region(region) => {
            let count = if region.covering_circle().radius_m == 0.0 { 1 } else { REGION_POINTS };
            let points = (0..count).map(|i| region.even(even_point(i, count)));
            points.map(|at| foot(&[at])).collect()
        }
    }
}

/// The foot of the nearest of some positions.
fn foot(
    index: &PatrolIndex,
    links: &Links,
    positions: &[Position],
    max_distance_m: f64,
) -> Option<(u32, f64)> {
    let options = LocateOptions { max_distance_m: Some(max_distance_m), ..LocateOptions::default() };
    let hits = positions.iter().filter_map(|&at| index.nearest_routes(at, &options).first().copied());
    let hit = hits.min_by(|a, b| a.location.offset_m.total_cmp(&b.location.offset_m))?;
    // On a route without length nothing can be spread.
    links.place(hit.route, hit.location.chainage_m, SurfacePoint::new(hit.location.foot).ecef)
}

impl RouteDensity {
    /// How many incidents were placed: the sum of their weights.
    #[must_use]
    pub fn placed(&self) -> f64 {
        self.placed
    }

    /// The incidents that are too far from every route (or nearest to one without length), by index in what was given,
    /// each with its weight that is: 1 of a position, of a region the share of its points.
    #[must_use]
    pub fn too_far(&self) -> &[(usize, f64)] {
        &self.too_far
    }

    /// The incidents that have no position and no region.
    #[must_use]
    pub fn without_point(&self) -> &[usize] {
        &self.without_point
    }

    /// The length of the network in metres: what routes share counts once.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.links.length_m()
    }

    /// The incidents placed by the length of the network, per kilometre; 0 where that has no length.
    #[must_use]
    pub fn mean_per_km(&self) -> f64 {
        let length_m = self.length_m();
        if length_m > 0.0 { self.placed / (length_m / 1e3) } else { 0.0 }
    }

    /// The density summed over the length of the network: the number of incidents placed, but for rounding.
    pub fn integral(&self) -> f64 {
        self.profiles.iter().flatten().map(Parabola::integral).sum()
    }

    /// The density at a distance along a route, in incidents per kilometre; 0 off its ends and on a route without
    /// length. On the border of two parts it is that of the later one.
    ///
    /// ```
    /// # use patrol_corridor::analysis::{HotspotOptions, route_density};
    /// # use patrol_corridor::{Edges, IncidentGeometry, PatrolIndex, PatrolRoute, Position};
    /// # let line: geo_types::LineString = vec![(46.75, 40.0), (46.85, 40.0)].into();
    /// # let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R4", &line)?], Edges::Planar)?;
    /// # let at = |lon, lat| Position::from_lon_lat(lon, lat).map(IncidentGeometry::Point);
    /// # let incidents = [at(46.80, 40.001)?, at(46.801, 40.0)?, at(46.80, 40.2)?, IncidentGeometry::None];
    /// # let incidents = incidents.each_ref().map(Into::into);
    /// # let density = route_density(&index, &incidents, &HotspotOptions::new(1_000.0))?;
    /// let (peak_per_km, chainage_m) = density.greatest(0).unwrap();
    /// assert!((density.per_km(0, chainage_m) - peak_per_km).abs() < 1e-9);
    /// // The kernels end 1 km from their incidents, and the route where it ends.
    /// assert_eq!((density.per_km(0, 1_000.0), density.per_km(0, 20_000.0)), (0.0, 0.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where there is no such route.
    #[must_use]
    pub fn per_km(&self, route: usize, chainage_m: f64) -> f64 {
        let pieces = self.route_pieces(route);
        let after = pieces.partition_point(|(piece, _)| piece.from_m <= chainage_m);
        match pieces.get(after.max(1) - 1) {
            Some((piece, _)) if chainage_m >= piece.from_m && chainage_m <= piece.to_m + 1e-6 => {
                1e3 * piece.value(chainage_m.min(piece.to_m))
            }
            _ => 0.0,
        }
    }

    /// The greatest density of each route and its place along it, in incidents per kilometre and metres; none of a
    /// route without length.
    ///
    /// ```
    /// # use patrol_corridor::analysis::{HotspotOptions, route_density};
    /// # use patrol_corridor::{Edges, IncidentGeometry, PatrolIndex, PatrolRoute, Position};
    /// # let line: geo_types::LineString = vec![(46.75, 40.0), (46.85, 40.0)].into();
    /// # let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R4", &line)?], Edges::Planar)?;
    /// # let at = |lon, lat| Position::from_lon_lat(lon, lat).map(IncidentGeometry::Point);
    /// # let incidents = [at(46.80, 40.001)?, at(46.801, 40.0)?, at(46.80, 40.2)?, IncidentGeometry::None];
    /// # let incidents = incidents.each_ref().map(Into::into);
    /// # let density = route_density(&index, &incidents, &HotspotOptions::new(1_000.0))?;
    /// let (peak_per_km, chainage_m) = density.greatest(0).unwrap();
    /// assert_eq!(format!("{peak_per_km:.4} per km at {chainage_m:.1} m"), "1.4973 per km at 4312.4 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where there is no such route.
    #[must_use]
    pub fn greatest(&self, route: usize) -> Option<(f64, f64)> {
        let tops = self.route_pieces(route).into_iter().map(|(piece, _)| piece.greatest());
        let best = tops.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        Some((1e3 * best.1, best.0))
    }

    /// How many incidents have their foot on an interval of a route, by weight.
    ///
    /// ```
    /// # use patrol_corridor::analysis::{HotspotOptions, route_density};
    /// # use patrol_corridor::{Edges, IncidentGeometry, PatrolIndex, PatrolRoute, Position};
    /// # let line: geo_types::LineString = vec![(46.75, 40.0), (46.85, 40.0)].into();
    /// # let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R4", &line)?], Edges::Planar)?;
    /// # let at = |lon, lat| Position::from_lon_lat(lon, lat).map(IncidentGeometry::Point);
    /// # let incidents = [at(46.80, 40.001)?, at(46.801, 40.0)?, at(46.80, 40.2)?, IncidentGeometry::None];
    /// # let incidents = incidents.each_ref().map(Into::into);
    /// # let density = route_density(&index, &incidents, &HotspotOptions::new(1_000.0))?;
    /// // The two incidents are 85 m apart.
    /// assert_eq!(density.incidents_on(0, 4_000.0, 5_000.0), 2.0);
    /// assert_eq!(density.incidents_on(0, 0.0, 4_000.0), 0.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where there is no such route.
    #[must_use]
    pub fn incidents_on(&self, route: usize, from_m: f64, to_m: f64) -> f64 {
        // A link that the route runs along twice counts once.
        let mut ranges: Vec<(u32, f64, f64)> = Vec::new();
        for span in &self.links.routes[route] {
            let (from_m, to_m) = (span.from_m.max(from_m), span.to_m.min(to_m));
            if from_m <= to_m {
                let (a, b) = (span.on_link_m(from_m), span.on_link_m(to_m));
                ranges.push((span.link, a.min(b) - 1e-6, a.max(b) + 1e-6));
            }
        }
        ranges.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut sum = 0.0;
        let mut counted: Option<(u32, usize)> = None;
        for (link, from_m, to_m) in ranges {
            let on_link = &self.incidents[link as usize];
            let before = counted.filter(|(last, _)| *last == link).map_or(0, |(_, end)| end);
            let start = on_link.partition_point(|(offset_m, _)| *offset_m < from_m).max(before);
            let end = on_link.partition_point(|(offset_m, _)| *offset_m <= to_m).max(start);
            sum += on_link[start..end].iter().map(|(_, weight)| weight).sum::<f64>();
            counted = Some((link, end));
        }
        sum
    }

    /// Returns the intervals along which the density is at least so many times that of the whole network
    /// ([`mean_per_km`](Self::mean_per_km)), the greatest peak first; equal ones by route and chainage. An interval shared
    /// by several routes is reported once per route, and none crosses a gap. Without incidents there are none.
    ///
    /// ```
    /// # use patrol_corridor::analysis::{HotspotOptions, route_density};
    /// # use patrol_corridor::{Edges, IncidentGeometry, PatrolIndex, PatrolRoute, Position};
    /// # let line: geo_types::LineString = vec![(46.75, 40.0), (46.85, 40.0)].into();
    /// # let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R4", &line)?], Edges::Planar)?;
    /// # let at = |lon, lat| Position::from_lon_lat(lon, lat).map(IncidentGeometry::Point);
    /// # let incidents = [at(46.80, 40.001)?, at(46.801, 40.0)?, at(46.80, 40.2)?, IncidentGeometry::None];
    /// # let incidents = incidents.each_ref().map(Into::into);
    /// # let density = route_density(&index, &incidents, &HotspotOptions::new(1_000.0))?;
    /// let hot = density.hot_intervals(3.0);
    /// assert_eq!(hot.len(), 1);
    /// assert!((density.per_km(0, hot[0].from_m) - 3.0 * density.mean_per_km()).abs() < 1e-9);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn hot_intervals(&self, times_mean: f64) -> Vec<HotInterval> {
        let mut found = Vec::new();
        let least = times_mean * self.mean_per_km() / 1e3;
        if self.placed == 0.0 || least.is_nan() {
            return found;
        }
        for route in 0..self.links.routes.len() {
            let first = found.len();
            for (piece, follows) in self.route_pieces(route) {
                for (from_m, to_m) in piece.at_least(least) {
                    let (peak_chainage_m, peak_per_m) = piece.within(from_m, to_m).greatest();
                    let peak_per_km = 1e3 * peak_per_m;
                    let interval =
                        HotInterval { route, from_m, to_m, peak_chainage_m, peak_per_km, incidents: 0.0 };
                    // Where two pieces meet there is rounding, no gap.
                    let joins = follows || from_m > piece.from_m;
                    match found[first..].last_mut() {
                        Some(last) if joins && from_m - last.to_m <= 1e-3 => extend(last, &interval),
                        _ => found.push(interval),
                    }
                }
            }
            for interval in &mut found[first..] {
                interval.incidents = self.incidents_on(route, interval.from_m, interval.to_m);
            }
        }
        // Peaks that differ by rounding only are equal: those of an interval that routes share.
        let grade = |interval: &HotInterval| (interval.peak_per_km * 1e9).round();
        found.sort_by(|a, b| grade(b).total_cmp(&grade(a)));
        found
    }

    /// The density along a route in its own direction, and whether each piece follows the one before without a gap.
    fn route_pieces(&self, route: usize) -> Vec<(Parabola, bool)> {
        let mut found = Vec::new();
        for span in &self.links.routes[route] {
            let (low_m, high_m) = span.link_range_m();
            let profile = &self.profiles[span.link as usize];
            let start = profile.partition_point(|piece| piece.to_m <= low_m);
            let within = profile[start..].iter().take_while(|piece| piece.from_m < high_m);
            let cut = within.map(|piece| piece.within(low_m, high_m));
            let along: Vec<Parabola> = if span.forward {
                cut.map(|piece| piece.moved(span.from_m + (piece.from_m - low_m))).collect()
            } else {
                let turned = cut.map(|piece| piece.turned(span.from_m + (high_m - piece.to_m)));
                let mut turned: Vec<_> = turned.collect();
                turned.reverse();
                turned
            };
            found.extend(along.into_iter().enumerate().map(|(i, piece)| (piece, i > 0 || span.follows)));
        }
        found
    }
}

fn extend(last: &mut HotInterval, next: &HotInterval) {
    last.to_m = next.to_m;
    if next.peak_per_km > last.peak_per_km {
        (last.peak_per_km, last.peak_chainage_m) = (next.peak_per_km, next.peak_chainage_m);
    }
}
