//! Lines of position: what each observed number says about small steps from a place.

use super::observation::FixObservation;
use crate::Position;
use crate::geodesy::ellipsoid::MEAN_RADIUS_M;
use crate::geodesy::turn::turn_deg;
use crate::geodesy::{Inverse, inverse};

/// A symmetric matrix of two rows: east and east, east and north, north and north.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Symmetric(pub [f64; 3]);

impl Symmetric {
    fn add(&mut self, scale: f64, [a, b, c]: [f64; 3]) {
        let [x, y, z] = self.0;
        self.0 = [x + scale * a, y + scale * b, z + scale * c];
    }

    /// With the same added on the diagonal.
    pub fn lifted(self, by: f64) -> Self {
        let [x, y, z] = self.0;
        Symmetric([x + by, y, z + by])
    }

    pub fn trace(self) -> f64 {
        self.0[0] + self.0[2]
    }

    /// The smaller eigenvalue.
    pub fn least(self) -> f64 {
        let [x, y, z] = self.0;
        0.5 * (x + z) - (0.5 * (x - z)).hypot(y)
    }

    /// `None` where it is not positive definite, as far as rounding lets that be seen.
    pub fn inverse(self) -> Option<[f64; 3]> {
        let [x, y, z] = self.0;
        let determinant = x * z - y * y;
        let is_positive = x > 0.0 && z > 0.0 && determinant > 1e-14 * x * z;
        is_positive.then(|| [z / determinant, -y / determinant, x / determinant])
    }

    /// What it maps to this vector.
    pub fn solve(self, [a, b]: [f64; 2]) -> Option<[f64; 2]> {
        self.inverse().map(|[x, y, z]| [x * a + y * b, y * a + z * b])
    }
}

/// One observed number at a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// Which observation it belongs to.
    pub observation: usize,
    /// Observed minus computed, in standard deviations.
    pub residual: f64,
    /// What a metre to the east and one to the north add to the computed one, in standard deviations.
    pub gradient: [f64; 2],
    /// Its second derivatives.
    bend: [f64; 3],
}

/// All observed numbers at a place.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub list: Vec<Term>,
    /// The nearest observer who took a bearing, and the distance.
    pub nearest_bearing: Option<(usize, f64)>,
    /// The distance to the farthest of all.
    pub farthest_m: f64,
}

pub(super) fn terms(observations: &[FixObservation], at: Position) -> Terms {
    let mut terms =
        Terms { list: Vec::with_capacity(2 * observations.len()), nearest_bearing: None, farthest_m: 0.0 };
    for (i, observation) in observations.iter().enumerate() {
        terms.observe(i, observation, inverse(observation.from, at));
    }
    terms
}

impl Terms {
    fn observe(&mut self, observation: usize, what: &FixObservation, path: Inverse) {
        let (sin, cos) = path.azimuth2_deg.to_radians().sin_cos();
        // Onwards, and to the right of it.
        let (onwards, right) = ([sin, cos], [cos, -sin]);
        let across = [right[0] * right[0], right[0] * right[1], right[1] * right[1]];
        // How far geodesics spread that leave an observer by one radian apart.
        let spread_m = (MEAN_RADIUS_M * (path.distance_m / MEAN_RADIUS_M).sin()).max(1e-3);
        self.farthest_m = self.farthest_m.max(path.distance_m);
        if let Some(azimuth) = what.azimuth_deg {
            if self.nearest_bearing.is_none_or(|(_, nearest_m)| path.distance_m < nearest_m) {
                self.nearest_bearing = Some((observation, path.distance_m));
            }
            let per = 1.0 / azimuth.deviation.to_radians();
            let mixed = [
                2.0 * onwards[0] * right[0],
                onwards[0] * right[1] + onwards[1] * right[0],
                2.0 * onwards[1] * right[1],
            ];
            self.list.push(Term {
                observation,
                residual: turn_deg(path.azimuth1_deg, azimuth.value) / azimuth.deviation,
                gradient: right.map(|x| per * x / spread_m),
                bend: mixed.map(|x| -per * x / (spread_m * spread_m)),
            });
        }
        if let Some(distance) = what.distance_m {
            let per = 1.0 / distance.deviation;
            self.list.push(Term {
                observation,
                residual: (distance.value - path.distance_m) * per,
                gradient: onwards.map(|x| per * x),
                bend: across.map(|x| per * x / spread_m),
            });
        }
    }

    pub fn sum_of_squares(&self) -> f64 {
        self.list.iter().map(|term| term.residual * term.residual).sum()
    }

    /// Downhill: minus the gradient of half the sum of squares.
    pub fn downhill(&self) -> [f64; 2] {
        [0, 1].map(|axis| self.list.iter().map(|term| term.residual * term.gradient[axis]).sum())
    }

    /// The normal matrix of least squares.
    pub fn normal(&self) -> Symmetric {
        let mut sum = Symmetric::default();
        for Term { gradient: [e, n], .. } in &self.list {
            sum.add(1.0, [e * e, e * n, n * n]);
        }
        sum
    }

    /// The second derivatives of half the sum of squares.
    pub fn hessian(&self) -> Symmetric {
        let mut sum = self.normal();
        for term in &self.list {
            sum.add(-term.residual, term.bend);
        }
        sum
    }
}
