//! Shares of a region, by points that fill it evenly.

use std::cell::OnceCell;
use std::ops::Range;

use super::candidates::Contest;
use super::fan::{Fan, Part};
use super::items::Item;
use super::plane::{Flat, Plane};
use super::whole::Whole;
use crate::geodesy::Position;
use crate::geodesy::distance::{SERIES_CHORD_M, surface_distance_m};
use crate::geodesy::ecef::{SurfacePoint, Vec3};
use crate::geodesy::far::FarPoint;
use crate::linear::TIE_M;
use crate::region::even_point;
use crate::region::{CoveringCircle, DescribedRegion};

/// What is farther is not told from nearly.
const NEARLY_M: f64 = 18_000_000.0;

/// Points of a region, each of which stands for as much of it as any other; one where it is a place.
///
/// Those of a sector are counted by parts of it: in the tangent plane at its apex bounds mostly tell what all points of a
/// part have in common. Only where they don't a point is measured on the ellipsoid.
pub(super) struct Samples<'a> {
    whole: &'a Whole<'a>,
    fan: Option<Fan>,
    points: OnceCell<Vec<SurfacePoint>>,
}

impl<'a> Samples<'a> {
    pub fn new(whole: &'a Whole<'a>) -> Self {
        let fan = match whole.region {
            DescribedRegion::Sector(sector) if whole.common.is_none() && whole.circle.radius_m > 0.0 => {
                Fan::new(sector)
            }
            _ => None,
        };
        Samples { whole, fan, points: OnceCell::new() }
    }

    fn points(&self) -> &[SurfacePoint] {
        self.points.get_or_init(|| self.even_points())
    }

    fn even_points(&self) -> Vec<SurfacePoint> {
        let Whole { region, circle, common, .. } = self.whole;
        if let Some(common) = common {
            let points = common.samples();
            let points = if points.is_empty() { vec![common.reference()] } else { points };
            return points.into_iter().map(SurfacePoint::new).collect();
        }
        let count = if circle.radius_m == 0.0 { 1 } else { Fan::POINTS };
        let points = (0..count).map(|i| even_point(i, count));
        match &self.fan {
            Some(fan) => points.map(|at| fan.even(at)).collect(),
            None => points.map(|at| SurfacePoint::new(region.even(at))).collect(),
        }
    }

    /// The items in the plane of the fan, where all are near enough.
    fn flat(&self, items: &[&Item<'_>]) -> Option<(&Fan, Vec<Flat>, f64)> {
        let fan = self.fan.as_ref()?;
        let (flats, longer) = Plane::new(fan.apex()).flat(items.iter().copied(), fan.farthest_m())?;
        Some((fan, flats, longer))
    }

    /// The share of the points that each of the places in a contest wins.
    pub fn shares(&self, contest: &Contest<'_>) -> Vec<f64> {
        let items: Vec<&Item<'_>> = contest.items.iter().collect();
        let slots: Vec<usize> =
            items.iter().map(|item| contest.places.binary_search(&item.place).unwrap_or(0)).collect();
        let mut counts = vec![0_u32; contest.places.len()];
        let Some((fan, flats, longer)) = self.flat(&items) else { return self.shares_by_points(contest) };
        let mut distances = vec![0.0; counts.len()];
        let mut lows = vec![0.0; items.len()];
        let all = (0..items.len() as u32).collect();
        fan.for_each_part(all, &mut |part: &Part, list: &mut Vec<u32>, among: Range<usize>| {
            let mut high_m = f64::INFINITY;
            for (&i, low_m) in list[among.clone()].iter().zip(&mut lows) {
                let flat = &flats[i as usize];
                let distance_m = flat.distance_m(part.centre);
                high_m = high_m.min(distance_m + flat.slack_m);
                *low_m = distance_m - flat.slack_m;
            }
            // Nothing that is farther is the nearest, or tied with it, anywhere in the part.
            let limit_m = (high_m + part.radius_m) * (1.0 + longer) + TIE_M + part.radius_m;
            let (first, mut slot, mut is_one) = (list.len(), usize::MAX, true);
            for (at, &low_m) in among.zip(&lows) {
                if low_m <= limit_m {
                    let i = list[at];
                    list.push(i);
                    is_one &= slot == usize::MAX || slot == slots[i as usize];
                    slot = slots[i as usize];
                }
            }
            if is_one {
                counts[slot] += part.count;
                return true;
            }
            let Some(point) = part.point else { return false };
            let q = fan.even(point);
            distances.fill(f64::INFINITY);
            for &i in &list[first..] {
                let distance_m = items[i as usize].exact(&q).low_m;
                distances[slots[i as usize]] = distances[slots[i as usize]].min(distance_m);
            }
            count_first(&distances, &mut counts);
            true
        });
        shares_of(&counts, Fan::POINTS)
    }

    fn shares_by_points(&self, Contest { places, items }: &Contest<'_>) -> Vec<f64> {
        let Whole { circle, q: centre, .. } = self.whole;
        let points = self.points();
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
            count_first(&distances, &mut counts);
        }
        shares_of(&counts, points.len() as u32)
    }

    /// The share of the points that lie within the half width of a piece, or in a region.
    pub fn inside(&self, beside: &[(Item<'_>, f64)], is_in_region: Option<&dyn Fn(Position) -> bool>) -> f64 {
        let items: Vec<&Item<'_>> = beside.iter().map(|(item, _)| item).collect();
        let flat = if is_in_region.is_none() { self.flat(&items) } else { None };
        let Some((fan, flats, longer)) = flat else { return self.inside_by_points(beside, is_in_region) };
        let mut count = 0;
        let all = (0..items.len() as u32).collect();
        fan.for_each_part(all, &mut |part: &Part, list: &mut Vec<u32>, among: Range<usize>| {
            let first = list.len();
            for at in among {
                let i = list[at];
                let (flat, half_width_m) = (&flats[i as usize], beside[i as usize].1);
                let distance_m = flat.distance_m(part.centre);
                if (distance_m + flat.slack_m + part.radius_m) * (1.0 + longer) <= half_width_m {
                    count += part.count;
                    return true;
                }
                if distance_m - flat.slack_m - part.radius_m <= half_width_m {
                    list.push(i);
                }
            }
            let left = &list[first..];
            let Some(point) = part.point.filter(|_| !left.is_empty()) else { return left.is_empty() };
            let q = fan.even(point);
            count += u32::from(left.iter().any(|&i| is_beside(&beside[i as usize], &q)));
            true
        });
        f64::from(count) / f64::from(Fan::POINTS)
    }

    fn inside_by_points(
        &self,
        beside: &[(Item<'_>, f64)],
        is_in_region: Option<&dyn Fn(Position) -> bool>,
    ) -> f64 {
        // One piece often serves many.
        let mut last = 0;
        let mut count = 0_u32;
        let points = self.points();
        for q in points {
            let found = match beside.get(last) {
                Some(first) if is_beside(first, q) => Some(last),
                _ => beside.iter().position(|one| is_beside(one, q)),
            };
            last = found.unwrap_or(last);
            count += u32::from(found.is_some() || is_in_region.is_some_and(|holds| holds(q.position)));
        }
        f64::from(count) / points.len() as f64
    }
}

/// Counts for the nearest; of those that are tied for the first in the layer, as everywhere.
fn count_first(distances: &[f64], counts: &mut [u32]) {
    let least_m = distances.iter().copied().fold(f64::INFINITY, f64::min);
    if let Some(first) = distances.iter().position(|d| *d <= least_m + TIE_M) {
        counts[first] += 1;
    }
}

fn shares_of(counts: &[u32], total: u32) -> Vec<f64> {
    counts.iter().map(|&count| f64::from(count) / f64::from(total)).collect()
}

fn is_beside(&(item, half_width_m): &(Item<'_>, f64), q: &SurfacePoint) -> bool {
    item.chord_low_m(q) <= half_width_m && item.exact(q).low_m <= half_width_m
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
