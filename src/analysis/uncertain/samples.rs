//! Shares of a region, by points that fill it evenly.

use super::Whole;
use super::candidates::Contest;
use super::items::Item;
use crate::geodesy::distance::{SERIES_CHORD_M, surface_distance_m};
use crate::geodesy::ecef::{SurfacePoint, Vec3, add_scaled, norm2, sin_cos_deg};
use crate::geodesy::far::FarPoint;
use crate::geodesy::{Ellipsoid, Position};
use crate::linear::TIE_M;
use crate::model::reported::even_point;
use crate::model::{AnnularSector, CoveringCircle, ReportedRegion};

/// How many points a region's shares are counted by.
const SAMPLES: u32 = 2_048;

/// Sectors that reach no farther are sampled by circles instead of geodesics.
const CIRCLES_M: f64 = 500_000.0;

/// What is farther is not told from nearly.
const NEARLY_M: f64 = 18_000_000.0;

/// Points of a region, each of which stands for as much of it as any other; one where it is a place.
pub(super) fn even_points(Whole { region, circle, common, .. }: &Whole<'_>) -> Vec<SurfacePoint> {
    if let Some(common) = common {
        let points = common.samples();
        let points = if points.is_empty() { vec![common.reference()] } else { points };
        return points.into_iter().map(SurfacePoint::new).collect();
    }
    let count = if circle.radius_m == 0.0 { 1 } else { SAMPLES };
    let points = (0..count).map(|i| even_point(i, count));
    match region {
        ReportedRegion::Sector(sector) if sector.farthest_m() <= CIRCLES_M => {
            let fan = Fan::new(sector);
            points.map(|at| fan.even(at)).collect()
        }
        _ => points.map(|at| SurfacePoint::new(region.even(at))).collect(),
    }
}

/// A sector whose radii are arcs of circles, with the radius of curvature that the ellipsoid has at the apex in their
/// direction (Euler): up to 500 km within a thousandth of the distance of the geodesics, and twenty times as fast.
struct Fan {
    apex: SurfacePoint,
    east: Vec3,
    north: Vec3,
    /// The curvatures to the east and to the north, 1/m.
    curvatures: [f64; 2],
    azimuth_deg: f64,
    half_width_deg: f64,
    /// The squares of the distances at which it begins and ends, or for a ray the distances.
    ends: [f64; 2],
}

impl Fan {
    fn new(sector: &AnnularSector) -> Self {
        const A: f64 = Ellipsoid::WGS84.semi_major_m;
        const E2: f64 = Ellipsoid::WGS84.eccentricity_squared();
        let apex = SurfacePoint::new(sector.apex());
        let (east, north) = apex.east_north();
        let w2 = 1.0 - E2 * apex.normal[2] * apex.normal[2];
        let curvatures = [w2.sqrt() / A, w2 * w2.sqrt() / (A * (1.0 - E2))];
        let ends = [sector.nearest_m(), sector.farthest_m()];
        let ends = if sector.half_width_deg() == 0.0 { ends } else { ends.map(|m| m * m) };
        let (azimuth_deg, half_width_deg) = (sector.azimuth_deg(), sector.half_width_deg());
        Fan { apex, east, north, curvatures, azimuth_deg, half_width_deg, ends }
    }

    /// As [`ReportedRegion::even`].
    fn even(&self, [u, v]: [f64; 2]) -> SurfacePoint {
        let [inner, outer] = self.ends;
        let along = inner + v * (outer - inner);
        let along_m = if self.half_width_deg == 0.0 { along } else { along.sqrt() };
        let (sin, cos) = sin_cos_deg(self.azimuth_deg + self.half_width_deg * (2.0 * u - 1.0));
        let [to_east, to_north] = self.curvatures;
        let curvature = to_east * sin * sin + to_north * cos * cos;
        let x = curvature * along_m;
        // Sine and cosine of up to 0.08 to 1e-9.
        let x2 = x * x;
        let across_m = along_m * (1.0 - x2 / 6.0 * (1.0 - x2 / 20.0));
        let down_m = 0.5 * along_m * x * (1.0 - x2 / 12.0 * (1.0 - x2 / 30.0));
        let at = add_scaled(self.apex.ecef, across_m * sin, self.east);
        let at = add_scaled(at, across_m * cos, self.north);
        on_ellipsoid(add_scaled(at, -down_m, self.apex.normal))
    }
}

/// The point of the ellipsoid on the ray from the centre of the Earth.
fn on_ellipsoid(at: Vec3) -> SurfacePoint {
    const PER_A: f64 = 1.0 / Ellipsoid::WGS84.semi_major_m;
    const PER_B: f64 = 1.0 / Ellipsoid::WGS84.semi_minor_m();
    let [x, y, z] = at;
    let out = norm2([x * PER_A, y * PER_A, z * PER_B]).sqrt();
    SurfacePoint::from_ecef(at.map(|x| x / out))
}

/// The share of the points that each of the places in a contest wins.
pub(super) fn shares(
    Contest { places, items }: &Contest<'_>,
    Whole { circle, q: centre, .. }: &Whole<'_>,
    points: &[SurfacePoint],
) -> Vec<f64> {
    let mut rivals: Vec<Rival<'_>> = items.iter().map(|item| Rival::new(item, centre, circle)).collect();
    // The nearest first, so that few of the others need to be measured.
    rivals.sort_by(|a, b| a.item.chord_low_m(centre).total_cmp(&b.item.chord_low_m(centre)));
    let slots: Vec<usize> =
        rivals.iter().map(|rival| places.binary_search(&rival.item.place).unwrap_or(0)).collect();
    let mut counts = vec![0_u32; places.len()];
    let mut distances = vec![f64::INFINITY; places.len()];
    for q in points {
        let far = FarPoint::new(q);
        distances.fill(f64::INFINITY);
        let mut least_m = f64::INFINITY;
        for (rival, &slot) in rivals.iter().zip(&slots) {
            if rival.item.chord_low_m(q) > least_m + TIE_M {
                continue;
            }
            let distance_m = rival.distance_m(q, &far);
            distances[slot] = distances[slot].min(distance_m);
            least_m = least_m.min(distance_m);
        }
        // Of those that are tied the first in the layer, as everywhere.
        if let Some(first) = distances.iter().position(|d| *d <= least_m + TIE_M) {
            counts[first] += 1;
        }
    }
    counts.into_iter().map(|count| f64::from(count) / points.len() as f64).collect()
}

/// An item whose distances are compared with those of others over a region.
struct Rival<'a> {
    item: &'a Item<'a>,
    /// What the series for far distances is short of at the centre of the region; elsewhere in it the same but for a part
    /// in ten million of the way there. 0 where the centre is so near that the series (0/0 at no distance) says nothing.
    short_m: f64,
    is_too_far: bool,
}

impl<'a> Rival<'a> {
    fn new(item: &'a Item<'a>, centre: &SurfacePoint, circle: &CoveringCircle) -> Self {
        let distance_m = surface_distance_m(&item.middle, centre);
        let is_too_far = distance_m + circle.radius_m > NEARLY_M;
        let short_m = match is_too_far || distance_m < SERIES_CHORD_M {
            true => 0.0,
            false => distance_m - nearly_m(&FarPoint::new(centre), item.middle.ecef, item.middle.position),
        };
        Rival { item, short_m, is_too_far }
    }

    fn distance_m(&self, q: &SurfacePoint, far: &FarPoint) -> f64 {
        if self.is_too_far || !self.item.is_far(q) {
            return self.item.exact(q).low_m;
        }
        let middle_m = nearly_m(far, self.item.middle.ecef, self.item.middle.position) + self.short_m;
        let Some(piece) = self.item.piece else { return middle_m };
        // The distance along a piece that is short against it: a parabola.
        let (start, end) = piece.curve.ends();
        let start_m = nearly_m(far, start, piece.curve.position(0.0)) + self.short_m;
        let end_m = nearly_m(far, end, piece.curve.position(1.0)) + self.short_m;
        let (slope, bend) = (end_m - start_m, 2.0 * (start_m + end_m - 2.0 * middle_m));
        let top = if bend > 0.0 { slope / (2.0 * bend) } else { f64::INFINITY };
        match top.abs() < 0.5 {
            true => middle_m - slope * slope / (4.0 * bend),
            false => start_m.min(end_m),
        }
    }
}

fn nearly_m(from: &FarPoint, to: Vec3, position: Position) -> f64 {
    let bounds = from.bounds_to(to, || position);
    0.5 * (bounds.low_m + bounds.high_m)
}

/// How many of the points lie within the half width of a piece, or in a region.
pub(super) fn inside(
    points: &[SurfacePoint],
    beside: &[(Item<'_>, f64)],
    is_in_region: impl Fn(Position) -> bool,
) -> u32 {
    // One piece often serves many.
    let mut last = 0;
    let is_beside = |&(item, half_width_m): &(Item<'_>, f64), q: &SurfacePoint| {
        item.chord_low_m(q) <= half_width_m && item.exact(q).low_m <= half_width_m
    };
    let mut count = 0;
    for q in points {
        let found = match beside.get(last) {
            Some(first) if is_beside(first, q) => Some(last),
            _ => beside.iter().position(|one| is_beside(one, q)),
        };
        last = found.unwrap_or(last);
        count += u32::from(found.is_some() || is_in_region(q.position));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::distance_m;

    #[test]
    fn circles_keep_to_geodesics() {
        let mut rng = fastrand::Rng::with_seed(3);
        for _ in 0..400 {
            let apex = Position::wrapped(360.0 * rng.f64() - 180.0, 90.0 - 180.0 * rng.f64());
            let farthest_m = CIRCLES_M * 10.0_f64.powf(-4.0 * rng.f64());
            let half_width_deg = [0.0, 11.25, 180.0][rng.usize(0..3)];
            let nearest_m = farthest_m * rng.f64() * f64::from(rng.u8(0..2));
            let distances = nearest_m..=farthest_m;
            let sector = AnnularSector::new(apex, 360.0 * rng.f64(), half_width_deg, distances).unwrap();
            let (fan, region) = (Fan::new(&sector), ReportedRegion::Sector(sector));
            for _ in 0..20 {
                let at = [rng.f64(), rng.f64()];
                let off_m = distance_m(fan.even(at).position, region.even(at));
                assert!(off_m <= 1e-3 * farthest_m, "{sector:?} {at:?}: {off_m}");
            }
        }
    }
}
