//! Earth-centred, earth-fixed coordinates in metres, where distances need no trigonometry.

use super::{Ellipsoid, Position};

/// A vector in ECEF axes: x towards 0 E on the equator, z towards the north pole.
pub(crate) type Vec3 = [f64; 3];

#[inline]
pub(crate) fn sub(a: Vec3, b: Vec3) -> Vec3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

#[inline]
pub(crate) fn dot(a: Vec3, b: Vec3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline]
pub(crate) fn cross(a: Vec3, b: Vec3) -> Vec3 {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// a + s b
#[inline]
pub(crate) fn add_scaled(a: Vec3, s: f64, b: Vec3) -> Vec3 {
    [a[0] + s * b[0], a[1] + s * b[1], a[2] + s * b[2]]
}

#[inline]
pub(crate) fn norm2(a: Vec3) -> f64 {
    dot(a, a)
}

const A: f64 = Ellipsoid::WGS84.semi_major_m;
const B: f64 = Ellipsoid::WGS84.semi_minor_m();
const E2: f64 = Ellipsoid::WGS84.eccentricity_squared();

/// Sine and cosine of an angle of at most a few turns, in degrees: to an ulp or two, the same on every
/// platform, and exact at the multiples of 90.
///
/// The polynomials are those of fdlibm (`k_sin.c`, `k_cos.c`) for a quarter turn; degrees, unlike
/// radians, are reduced to it without rounding. Three times as fast as the system's functions.
#[inline(always)]
pub(crate) fn sin_cos_deg(angle_deg: f64) -> (f64, f64) {
    // Adding and taking away 1.5 * 2^52 rounds to an integer in any instruction set.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    let quarters = (angle_deg * (1.0 / 90.0) + ROUND) - ROUND;
    let x = (angle_deg - 90.0 * quarters).to_radians();
    let z = x * x;
    let sin_tail = 8.333_333_333_322_49e-3
        + z * (-1.984_126_982_985_795e-4
            + z * (2.755_731_370_707_006_8e-6
                + z * (-2.505_076_025_340_686_3e-8 + z * 1.589_690_995_211_55e-10)));
    let sin = x + z * x * (-1.666_666_666_666_663_2e-1 + z * sin_tail);
    let cos_tail = z
        * (4.166_666_666_666_66e-2
            + z * (-1.388_888_888_887_411e-3
                + z * (2.480_158_728_947_673e-5
                    + z * (-2.755_731_435_139_066_3e-7
                        + z * (2.087_572_321_298_175e-9 + z * -1.135_964_755_778_819_5e-11)))));
    let whole = 1.0 - 0.5 * z;
    let cos = whole + (((1.0 - whole) - 0.5 * z) + z * cos_tail);
    let quadrant = quarters as i32 & 3;
    let (s, c) = if quadrant & 1 == 0 { (sin, cos) } else { (cos, sin) };
    (if quadrant & 2 == 0 { s } else { -s }, if (quadrant + 1) & 2 == 0 { c } else { -c })
}

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
    #[inline]
    pub fn new(position: Position) -> Self {
        let (sin_lat, cos_lat) = sin_cos_deg(position.lat_deg());
        let (sin_lon, cos_lon) = sin_cos_deg(position.lon_deg());
        let n = A / (1.0 - E2 * sin_lat * sin_lat).sqrt();
        let normal = [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat];
        SurfacePoint { position, ecef: [n * normal[0], n * normal[1], n * (1.0 - E2) * sin_lat], normal }
    }

    /// From a point that lies on the ellipsoid but for some micrometres.
    pub fn from_ecef(ecef: Vec3) -> Self {
        SurfacePoint { position: position_of(ecef), ecef, normal: Self::normal_at(ecef) }
    }

    /// The unit normal at a point that lies on the ellipsoid but for some micrometres.
    #[inline(always)]
    pub fn normal_at([x, y, z]: Vec3) -> Vec3 {
        let scaled = [x, y, z / (1.0 - E2)];
        let per_length = 1.0 / norm2(scaled).sqrt();
        scaled.map(|x| x * per_length)
    }

    /// The unit vectors to the east and to the north; at a pole by the longitude that was given.
    #[inline]
    pub fn east_north(&self) -> (Vec3, Vec3) {
        let [x, y, z] = self.normal;
        let cos_lat = (x * x + y * y).sqrt();
        let (sin_lon, cos_lon) = if cos_lat > 1e-12 {
            let per_cos = 1.0 / cos_lat;
            (y * per_cos, x * per_cos)
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
#[inline]
pub(crate) fn section_curvature(middle: Vec3, chord: Vec3, chord2: f64) -> f64 {
    const IA2: f64 = 1.0 / (A * A);
    const IB2: f64 = 1.0 / (B * B);
    let along = (chord[0] * chord[0] + chord[1] * chord[1]) * IA2 + chord[2] * chord[2] * IB2;
    let (x, y, z) = (middle[0] * IA2, middle[1] * IA2, middle[2] * IB2);
    let level = middle[0] * x + middle[1] * y + middle[2] * z;
    along / chord2 * (level / (x * x + y * y + z * z)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::sin_cos_deg;

    #[test]
    fn sines_by_degrees_are_those_of_the_system() {
        for i in -200_000..=200_000 {
            let angle_deg = f64::from(i) * 1.798_765_4e-3;
            let (sin, cos) = sin_cos_deg(angle_deg);
            let (expected_sin, expected_cos) = angle_deg.to_radians().sin_cos();
            // The system has the angle in radians, rounded: that alone is 4e-16 at 180 degrees.
            assert!((sin - expected_sin).abs() < 1e-15, "sin {angle_deg}: {sin} {expected_sin}");
            assert!((cos - expected_cos).abs() < 1e-15, "cos {angle_deg}: {cos} {expected_cos}");
            assert!((sin * sin + cos * cos - 1.0).abs() < 5e-16);
        }
    }

    #[test]
    fn quarter_turns_are_exact() {
        let expected = [(0.0, -1.0), (-1.0, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, -1.0)];
        for (angle_deg, expected) in [-180.0, -90.0, 0.0, 90.0, 180.0].into_iter().zip(expected) {
            assert_eq!(sin_cos_deg(angle_deg), expected, "{angle_deg}");
        }
    }
}
