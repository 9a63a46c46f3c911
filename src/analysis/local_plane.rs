//! A plane in which shapes are joined and cut: azimuthal equidistant about a centre, exact there, and within a
//! micrometre back.
//!
//! A point lies at its geodesic distance and azimuth from the centre (Snyder 1987, Map Projections,
//! chapter 25, by Karney's geodesics instead of series). No scale is smaller than 1, and none is larger
//! than 1.6 up to 10,000 km. The map folds at the antipode only.

use geo_types::Coord;

use crate::geodesy::departures::Departures;
use crate::geodesy::ecef::{SurfacePoint, Vec3, add_scaled, dot, norm2};
use crate::geodesy::ellipsoid::MEAN_RADIUS_M;
use crate::geodesy::inverse;
use crate::{Error, Position};

/// What is farther than this from the centre (degrees of arc) is too close to the antipode.
const REACH_DEG: f64 = 165.0;

/// The plane about a centre.
#[derive(Debug, Clone, Copy)]
pub(super) struct LocalPlane {
    centre: Position,
    departures: Departures,
}

impl LocalPlane {
    pub fn new(centre: Position) -> Self {
        LocalPlane { centre, departures: Departures::new(centre) }
    }

    /// About the middle of some positions; `None` where one of them may be farther from there.
    pub fn around(positions: &[Position], reach_m: f64) -> Option<Self> {
        let normals: Vec<Vec3> = positions.iter().map(|&p| SurfacePoint::new(p).normal).collect();
        let sum = normals.iter().fold([0.0; 3], |sum, &normal| add_scaled(sum, 1.0, normal));
        let length = norm2(sum).sqrt();
        let cosine = (reach_m / MEAN_RADIUS_M).clamp(0.0, std::f64::consts::PI).cos();
        let is_near = |normal: &Vec3| dot(*normal, sum) >= cosine * length;
        (length > 1e-3 * normals.len() as f64 && normals.iter().all(is_near))
            .then(|| LocalPlane::new(centre(sum)))
    }

    /// As [`around`](Self::around), or where the positions are all around the Earth about a point from whose antipode
    /// they stay away.
    ///
    /// # Errors
    /// Where there is no such point.
    pub fn around_all(positions: &[Position]) -> Result<Self, Error> {
        let normals: Vec<Vec3> = positions.iter().map(|&p| SurfacePoint::new(p).normal).collect();
        let sum = normals.iter().fold([0.0; 3], |sum, &normal| add_scaled(sum, 1.0, normal));
        // The cosine of the angle to the farthest.
        let farthest = |axis: Vec3| {
            let length = norm2(axis).sqrt();
            normals.iter().map(|&normal| dot(normal, axis) / length).fold(1.0, f64::min)
        };
        if norm2(sum) > 1e-6 * normals.len() as f64 && farthest(sum) > 0.0 {
            return Ok(LocalPlane::new(centre(sum)));
        }
        let signs = [-1.0, 0.0, 1.0];
        let axes = signs.iter().flat_map(|&x| signs.iter().flat_map(move |&y| signs.map(|z| [x, y, z])));
        let best = axes
            .filter(|&axis| axis != [0.0; 3])
            .map(|axis| (farthest(axis), axis))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((cosine, axis)) if cosine > REACH_DEG.to_radians().cos() => {
                Ok(LocalPlane::new(centre(axis)))
            }
            _ => Err(Error::input(
                "a shape that reaches all around the Earth, expected one that leaves out some point \
                 of it by 1,500 km: divide it",
            )),
        }
    }

    /// About the middles of the faces of a cube.
    pub fn cube() -> [Self; 6] {
        [(0.0, 0.0), (90.0, 0.0), (180.0, 0.0), (-90.0, 0.0), (0.0, 90.0), (0.0, -90.0)]
            .map(|(lon, lat)| LocalPlane::new(Position::wrapped(lon, lat)))
    }

    pub fn centre(&self) -> Position {
        self.centre
    }

    /// Metres to the east and to the north.
    pub fn project(&self, position: Position) -> Coord {
        let path = inverse(self.centre, position);
        let (sin, cos) = path.azimuth1_deg.to_radians().sin_cos();
        Coord { x: path.distance_m * sin, y: path.distance_m * cos }
    }

    /// Back to the Earth.
    pub fn unproject(&self, at: Coord) -> Position {
        self.departures.end(at.x.atan2(at.y).to_degrees(), at.x.hypot(at.y))
    }
}

/// The position whose normal has a direction.
fn centre([x, y, z]: Vec3) -> Position {
    Position::wrapped(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())
}
