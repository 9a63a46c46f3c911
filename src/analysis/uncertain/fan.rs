//! The points of a sector: where they lie in the tangent plane at its apex, and parts that hold many of them.

use std::ops::Range;

use super::plane::Vec2;
use crate::geodesy::Ellipsoid;
use crate::geodesy::ecef::{SurfacePoint, Vec3, add_scaled, norm2, sin_cos_deg};
use crate::region::AnnularSector;
use crate::region::even_point;

/// 2,048 points.
const LOG_POINTS: u32 = 11;

/// So few points are looked at one by one.
const FEW_POINTS: u32 = 4;

/// Sectors that reach no farther are sampled by circles instead of geodesics.
const CIRCLES_M: f64 = 500_000.0;

/// A sector whose radii are arcs of circles, with the radius of curvature that the ellipsoid has at the apex in their
/// direction (Euler): up to 500 km within a thousandth of the distance of the geodesics, and twenty times as fast.
pub(super) struct Fan {
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
    /// How many points a region's shares are counted by: a power of two.
    pub const POINTS: u32 = 1 << LOG_POINTS;

    /// `None` where the sector reaches too far.
    pub fn new(sector: &AnnularSector) -> Option<Self> {
        if sector.farthest_m() > CIRCLES_M {
            return None;
        }
        const A: f64 = Ellipsoid::WGS84.semi_major_m;
        const E2: f64 = Ellipsoid::WGS84.eccentricity_squared();
        let apex = SurfacePoint::new(sector.apex());
        let (east, north) = apex.east_north();
        let w2 = 1.0 - E2 * apex.normal[2] * apex.normal[2];
        let curvatures = [w2.sqrt() / A, w2 * w2.sqrt() / (A * (1.0 - E2))];
        let ends = [sector.nearest_m(), sector.farthest_m()];
        let ends = if sector.half_width_deg() == 0.0 { ends } else { ends.map(|m| m * m) };
        let (azimuth_deg, half_width_deg) = (sector.azimuth_deg(), sector.half_width_deg());
        Some(Fan { apex, east, north, curvatures, azimuth_deg, half_width_deg, ends })
    }

    pub fn apex(&self) -> &SurfacePoint {
        &self.apex
    }

    pub fn farthest_m(&self) -> f64 {
        self.along_m(1.0)
    }

    fn along_m(&self, v: f64) -> f64 {
        let [inner, outer] = self.ends;
        let along = inner + v * (outer - inner);
        if self.half_width_deg == 0.0 { along } else { along.sqrt() }
    }

    /// A point in the tangent plane at the apex, metres to the east and to the north, and how far below it lies.
    fn in_plane(&self, u: f64, along_m: f64) -> (Vec2, f64) {
        let (sin, cos) = sin_cos_deg(self.azimuth_deg + self.half_width_deg * (2.0 * u - 1.0));
        let [to_east, to_north] = self.curvatures;
        let curvature = to_east * sin * sin + to_north * cos * cos;
        let x = curvature * along_m;
        // Sine and cosine of up to 0.08 to 1e-9.
        let x2 = x * x;
        let across_m = along_m * (1.0 - x2 / 6.0 * (1.0 - x2 / 20.0));
        ([across_m * sin, across_m * cos], 0.5 * along_m * x * (1.0 - x2 / 12.0 * (1.0 - x2 / 30.0)))
    }

    /// As [`DescribedRegion::even`](crate::region::DescribedRegion::even).
    pub fn even(&self, [u, v]: [f64; 2]) -> SurfacePoint {
        let ([east_m, north_m], down_m) = self.in_plane(u, self.along_m(v));
        let at = add_scaled(self.apex.ecef, east_m, self.east);
        let at = add_scaled(at, north_m, self.north);
        on_ellipsoid(add_scaled(at, -down_m, self.apex.normal))
    }

    /// Hands parts that together hold all points to `settle`, with a list, and where in it stands what was left of the part
    /// that they were cut from. Where that returns `false`, having put what it leaves at the end of the list, the part is
    /// cut. A part of one point must be settled.
    ///
    /// The points are a net: of the 2^11 each rectangle of the unit square by halves of halves that is a 2^-n th of it
    /// holds 2^(11 - n) (Niederreiter 1992, chapter 4).
    pub fn for_each_part(
        &self,
        mut list: Vec<u32>,
        settle: &mut impl FnMut(&Part, &mut Vec<u32>, Range<usize>) -> bool,
    ) {
        let all = 0..list.len();
        self.visit(&Block { bits: [0, 0], index: [0, 0] }, &mut list, all, settle);
    }

    fn visit(
        &self,
        block: &Block,
        list: &mut Vec<u32>,
        among: Range<usize>,
        settle: &mut impl FnMut(&Part, &mut Vec<u32>, Range<usize>) -> bool,
    ) {
        let end = list.len();
        let (part, axis) = self.part(block);
        if !settle(&part, list, among) {
            let left = end..list.len();
            if part.count <= FEW_POINTS {
                block.for_each_point(&mut |block| self.visit(block, list, left.clone(), settle));
            } else {
                for half in block.halves(axis) {
                    self.visit(&half, list, left.clone(), settle);
                }
            }
        }
        list.truncate(end);
    }

    /// A circle in the plane that holds a block, and across which axis it is longer.
    fn part(&self, block: &Block) -> (Part, usize) {
        if let Some(point) = block.point() {
            let (centre, _) = self.in_plane(point[0], self.along_m(point[1]));
            return (Part { centre, radius_m: 0.0, count: 1, point: Some(point) }, 0);
        }
        let [(u, width), (v, height)] = [0, 1].map(|axis| {
            let width = 1.0 / f64::from(1_u32 << block.bits[axis]);
            ((f64::from(block.index[axis]) + 0.5) * width, width)
        });
        let (near_m, far_m) = (self.along_m(v - 0.5 * height), self.along_m(v + 0.5 * height));
        let along_m = 0.5 * (near_m + far_m);
        let half_angle = (self.half_width_deg * width).to_radians();
        // No longer than in the plane of the distances and angles themselves, for the ellipsoid is nowhere curved
        // negatively; and a chord is no longer than its arc.
        let turn2 = half_angle.min(2.0).powi(2);
        let corner_m2 = |m: f64| (m - along_m) * (m - along_m) + m * along_m * turn2;
        let radius_m = corner_m2(near_m).max(corner_m2(far_m)).sqrt() * (1.0 + 1e-9);
        let (centre, _) = self.in_plane(u, along_m);
        let axis = usize::from(2.0 * far_m * half_angle < far_m - near_m);
        let count = 1 << (LOG_POINTS - block.bits[0] - block.bits[1]);
        (Part { centre, radius_m, count, point: None }, axis)
    }
}

/// Some of the points of a fan.
#[derive(Debug)]
pub(super) struct Part {
    /// A circle in the tangent plane at the apex that holds them.
    pub centre: Vec2,
    pub radius_m: f64,
    pub count: u32,
    /// The point where it is one, within the unit square.
    pub point: Option<[f64; 2]>,
}

/// A rectangle of the unit square: how often it was halved along either axis, and which one it is.
#[derive(Debug, Clone, Copy)]
struct Block {
    bits: [u32; 2],
    index: [u32; 2],
}

impl Block {
    fn halves(&self, axis: usize) -> [Block; 2] {
        [0, 1].map(|half| {
            let mut block = *self;
            block.bits[axis] += 1;
            block.index[axis] = 2 * block.index[axis] + half;
            block
        })
    }

    fn for_each_point(&self, take: &mut impl FnMut(&Block)) {
        if self.bits[0] + self.bits[1] == LOG_POINTS {
            return take(self);
        }
        for half in self.halves(0) {
            half.for_each_point(take);
        }
    }

    /// The only point in it. Of the number of a point the first bits are those of its place along the first axis, the
    /// last ones in reverse those along the second.
    fn point(&self) -> Option<[f64; 2]> {
        let [first, second] = self.bits;
        if first + second < LOG_POINTS {
            return None;
        }
        let reversed = if second == 0 { 0 } else { self.index[1].reverse_bits() >> (32 - second) };
        Some(even_point(self.index[0] << second | reversed, Fan::POINTS))
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

#[cfg(test)]
mod tests {
    use super::super::plane::length;
    use super::*;
    use crate::Position;
    use crate::geodesy::distance_m;
    use crate::region::DescribedRegion;

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
            let (fan, region) = (Fan::new(&sector).unwrap(), DescribedRegion::Sector(sector));
            for _ in 0..20 {
                let at = [rng.f64(), rng.f64()];
                let off_m = distance_m(fan.even(at).position, region.even(at));
                assert!(off_m <= 1e-3 * farthest_m, "{sector:?} {at:?}: {off_m}");
            }
        }
    }

    #[test]
    fn parts_hold_each_point_once() {
        let mut rng = fastrand::Rng::with_seed(4);
        for round in 0..60 {
            let apex = Position::wrapped(360.0 * rng.f64() - 180.0, 90.0 - 180.0 * rng.f64());
            let farthest_m = CIRCLES_M * 10.0_f64.powf(-3.0 * rng.f64());
            let half_width_deg = [0.0, 11.25, 90.0, 180.0][round % 4];
            let nearest_m = farthest_m * rng.f64() * f64::from(rng.u8(0..2));
            let sector = AnnularSector::new(apex, 33.0, half_width_deg, nearest_m..=farthest_m).unwrap();
            let fan = Fan::new(&sector).unwrap();
            // The parts around a point, the largest first.
            let mut around: Vec<(Vec2, f64)> = Vec::new();
            let (mut seen, mut total) = (std::collections::BTreeSet::new(), 0);
            fan.for_each_part(Vec::new(), &mut |part, _, _| {
                let Some([u, v]) = part.point else {
                    around.push((part.centre, part.radius_m));
                    // Some are not cut.
                    let is_settled = rng.u8(0..8) == 0 && part.count < 64;
                    total += if is_settled { part.count } else { 0 };
                    return is_settled;
                };
                total += 1;
                assert!(seen.insert((u.to_bits(), v.to_bits())));
                let (centre, radius_m) = around[0];
                let apart_m = length([part.centre[0] - centre[0], part.centre[1] - centre[1]]);
                assert!(apart_m <= radius_m, "{sector:?}");
                true
            });
            assert_eq!(total, Fan::POINTS);
            assert!(seen.len() > 400);
        }
        // Each smaller part, too.
        let sector = AnnularSector::new(Position::wrapped(46.0, 39.0), 22.5, 11.25, 2e3..=7e3).unwrap();
        let fan = Fan::new(&sector).unwrap();
        for first in 0..=LOG_POINTS {
            for second in 0..LOG_POINTS.saturating_sub(first) {
                for i in 0..Fan::POINTS {
                    let [u, v] = even_point(i, Fan::POINTS);
                    let index = [(first, u), (second, v)].map(|(bits, x)| (x * f64::from(1 << bits)) as u32);
                    let (part, _) = fan.part(&Block { bits: [first, second], index });
                    let (at, _) = fan.in_plane(u, fan.along_m(v));
                    let apart_m = length([part.centre[0] - at[0], part.centre[1] - at[1]]);
                    assert!(apart_m <= part.radius_m, "{first} {second} {i}");
                }
            }
        }
    }
}
