//! Earth-centred, earth-fixed coordinates in metres, where distances need no trigonometry.

use super::{Ellipsoid, Position};

/// A vector in ECEF axes: x towards 0 E on the equator, z towards the north pole.
pub(crate) type Vec3 = [f64; 3];

pub(crate) fn sub(a: Vec3, b: Vec3) -> Vec3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub(crate) fn dot(a: Vec3, b: Vec3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(crate) fn cross(a: Vec3, b: Vec3) -> Vec3 {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// a + s b
pub(crate) fn add_scaled(a: Vec3, s: f64, b: Vec3) -> Vec3 {
    [a[0] + s * b[0], a[1] + s * b[1], a[2] + s * b[2]]
}

pub(crate) fn norm2(a: Vec3) -> f64 {
    dot(a, a)
}

const A: f64 = Ellipsoid::WGS84.semi_major_m;
const B: f64 = Ellipsoid::WGS84.semi_minor_m();
const E2: f64 = Ellipsoid::WGS84.eccentricity_squared();

/// A position on the ellipsoid with what the fast formulas need of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SurfacePoint {
    pub position: Position,
    /// ECEF, metres.
    pub ecef: Vec3,
    /// The unit normal of the ellipsoid, outwards.
    pub normal: Vec3,
}

impl SurfacePoint {
    pub fn new(position: Position) -> Self {
        let (sin_lat, cos_lat) = position.lat_deg().to_radians().sin_cos();
        let (sin_lon, cos_lon) = position.lon_deg().to_radians().sin_cos();
        let n = A / (1.0 - E2 * sin_lat * sin_lat).sqrt();
        let normal = [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat];
        SurfacePoint { position, ecef: [n * normal[0], n * normal[1], n * (1.0 - E2) * sin_lat], normal }
    }

    /// From a point that lies on the ellipsoid but for some micrometres.
    pub fn from_ecef(ecef: Vec3) -> Self {
        SurfacePoint { position: position_of(ecef), ecef, normal: Self::normal_at(ecef) }
    }

    /// The unit normal at a point that lies on the ellipsoid but for some micrometres.
    pub fn normal_at([x, y, z]: Vec3) -> Vec3 {
        let scaled = [x, y, z / (1.0 - E2)];
        let length = norm2(scaled).sqrt();
        scaled.map(|x| x / length)
    }

    /// The unit vectors to the east and to the north; at a pole by the longitude that was given.
    pub fn east_north(&self) -> (Vec3, Vec3) {
        let [x, y, z] = self.normal;
        let cos_lat = x.hypot(y);
        let (sin_lon, cos_lon) = if cos_lat > 1e-12 {
            (y / cos_lat, x / cos_lat)
        } else {
            self.position.lon_deg().to_radians().sin_cos()
        };
        ([-sin_lon, cos_lon, 0.0], [-z * cos_lon, -z * sin_lon, cos_lat])
    }
}

/// Longitude and latitude of a point on the ellipsoid: exact there, as the normal has it.
pub(crate) fn position_of([x, y, z]: Vec3) -> Position {
    let lat = z.atan2((1.0 - E2) * x.hypot(y));
    Position::wrapped(y.atan2(x).to_degrees(), lat.to_degrees())
}

/// What the distance formula takes from the middle of the chord: the curvature of the ellipsoid's
/// section along `chord` at `middle`.
pub(crate) fn section_curvature(middle: Vec3, chord: Vec3, chord2: f64) -> f64 {
    const IA2: f64 = 1.0 / (A * A);
    const IB2: f64 = 1.0 / (B * B);
    let along = (chord[0] * chord[0] + chord[1] * chord[1]) * IA2 + chord[2] * chord[2] * IB2;
    let (x, y, z) = (middle[0] * IA2, middle[1] * IA2, middle[2] * IB2);
    let level = middle[0] * x + middle[1] * y + middle[2] * z;
    along / chord2 * (level / (x * x + y * y + z * z)).sqrt()
}
