//! Where to begin: places that satisfy two of the observations, or one bearing at some distance.
//!
//! On a sphere or in the plane: a start need only lie in the right valley.

use super::observation::FixObservation;
use super::observation::MOST_M;
use crate::Position;
use crate::geodesy::distance::{azimuth_deg, surface_distance_m};
use crate::geodesy::ecef::{SurfacePoint, Vec3, add_scaled, cross, dot, norm2, sin_cos_deg};
use crate::geodesy::{direct, distance_m, inverse};

use crate::geodesy::turn::turn_deg;

/// Along each bearing, in metres.
const ALONG_M: [f64; 6] = [500.0, 3_000.0, 15_000.0, 60_000.0, 200_000.0, 700_000.0];

/// Pairs of observations are taken up to so many.
const MOST_PAIRS: usize = 300;

/// Starts nearer to each other than this share of their distance from the nearest observer are taken for one.
const CLOSE: f64 = 0.2;

/// Where two observations agree, as those of one observer do.
pub(super) fn meetings(observations: &[FixObservation]) -> Vec<Position> {
    let mut all = Vec::new();
    for observation in observations {
        if let (Some(azimuth), Some(distance)) = (observation.azimuth_deg, observation.distance_m) {
            all.push(direct(observation.from, azimuth.value, distance.value).position);
        }
    }
    let pairs = (0..observations.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
    for (i, j) in pairs.take(MOST_PAIRS) {
        meet(&observations[i], &observations[j], &mut all);
    }
    all
}

/// Places along each bearing.
pub(super) fn along(observations: &[FixObservation]) -> Vec<Position> {
    let bearings = observations.iter().filter_map(|o| o.azimuth_deg.map(|azimuth| (o.from, azimuth.value)));
    bearings.flat_map(|(from, azimuth)| ALONG_M.map(|m| direct(from, azimuth, m).position)).collect()
}

/// Up to `most` of some starts that lie apart, those with the smallest sums of squares first.
pub(super) fn best(observations: &[FixObservation], all: Vec<Position>, most: usize) -> Vec<Position> {
    let observers: Vec<SurfacePoint> =
        observations.iter().map(|observation| SurfacePoint::new(observation.from)).collect();
    let mut ranked: Vec<(f64, f64, Position)> = all
        .into_iter()
        .map(|at| {
            let (sum, nearest_m) = rate(observations, &observers, at);
            (sum, nearest_m, at)
        })
        .collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut chosen: Vec<Position> = Vec::new();
    for (_, nearest_m, at) in ranked {
        let is_close = |&other: &Position| distance_m(other, at) < CLOSE * nearest_m;
        if chosen.len() < most && !chosen.iter().any(is_close) {
            chosen.push(at);
        }
    }
    chosen
}

/// The sum of squares at a place, and the distance to the nearest observer.
fn rate(observations: &[FixObservation], observers: &[SurfacePoint], at: Position) -> (f64, f64) {
    let place = SurfacePoint::new(at);
    let (mut sum, mut nearest_m) = (0.0, f64::INFINITY);
    for (observation, from) in observations.iter().zip(observers) {
        let away_m = surface_distance_m(from, &place);
        nearest_m = nearest_m.min(away_m);
        if let Some(azimuth) = observation.azimuth_deg {
            sum += (turn_deg(azimuth_deg(from, &place), azimuth.value) / azimuth.deviation).powi(2);
        }
        if let Some(distance) = observation.distance_m {
            sum += ((distance.value - away_m) / distance.deviation).powi(2);
        }
    }
    (sum, nearest_m)
}

/// Where two observations agree.
fn meet(a: &FixObservation, b: &FixObservation, all: &mut Vec<Position>) {
    if let (Some(to_a), Some(to_b)) = (a.azimuth_deg, b.azimuth_deg) {
        all.extend(crossing(a.from, to_a.value, b.from, to_b.value).map(|crossing| crossing.position));
    }
    for (one, other) in [(a, b), (b, a)] {
        if let (Some(azimuth), Some(range)) = (one.azimuth_deg, other.distance_m) {
            // Along the bearing to the circle: the law of cosines.
            let path = inverse(one.from, other.from);
            let (sin, cos) = (path.azimuth1_deg - azimuth.value).to_radians().sin_cos();
            let half_m = (range.value.powi(2) - (path.distance_m * sin).powi(2)).max(0.0).sqrt();
            let along_m = [path.distance_m * cos - half_m, path.distance_m * cos + half_m];
            let ahead = along_m.into_iter().filter(|m| *m > 0.0);
            all.extend(ahead.map(|m| direct(one.from, azimuth.value, m).position));
        }
    }
    if let (Some(to_a), Some(to_b)) = (a.distance_m, b.distance_m) {
        let path = inverse(a.from, b.from);
        let cosine = (to_a.value.powi(2) + path.distance_m.powi(2) - to_b.value.powi(2))
            / (2.0 * to_a.value * path.distance_m);
        if cosine.is_finite() {
            let off_deg = cosine.clamp(-1.0, 1.0).acos().to_degrees();
            all.extend(
                [-off_deg, off_deg].map(|off| direct(a.from, path.azimuth1_deg + off, to_a.value).position),
            );
        }
    }
}

/// Where the lines of two bearings meet on the sphere.
pub(super) struct Crossing {
    pub position: Position,
    /// Whether that is ahead of both observers.
    pub is_ahead: [bool; 2],
}

/// The nearer of their two meetings, where it is within reach; `None` for one line.
pub(super) fn crossing(a: Position, a_azimuth_deg: f64, b: Position, b_azimuth_deg: f64) -> Option<Crossing> {
    let [(from_a, to_a), (from_b, to_b)] =
        [(a, a_azimuth_deg), (b, b_azimuth_deg)].map(|(at, azimuth_deg)| {
            let at = SurfacePoint::new(at);
            let (east, north) = at.east_north();
            let (sin, cos) = sin_cos_deg(azimuth_deg);
            (at.normal, add_scaled(north.map(|x| cos * x), sin, east))
        });
    let meeting: Vec3 = cross(cross(from_a, to_a), cross(from_b, to_b));
    let length = norm2(meeting).sqrt();
    if length < 1e-12 {
        return None;
    }
    // One of both ends of the axis is on the observers' side of the Earth.
    let side = dot(meeting, add_scaled(from_a, 1.0, from_b));
    let [x, y, z] = meeting.map(|part| part / length.copysign(side));
    let position = Position::wrapped(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees());
    let is_near = distance_m(a, position).max(distance_m(b, position)) <= MOST_M;
    let is_ahead = [to_a, to_b].map(|to| dot(to, [x, y, z]) > 0.0);
    is_near.then_some(Crossing { position, is_ahead })
}
