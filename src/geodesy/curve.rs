//! A short piece of an edge as a cubic in ECEF, and the point of it nearest to a position.
//!
//! `P(t) = A + t D + t(1 - t) (H + (t - 1/2) G)`, `t` in 0..1, goes through the edge at 0, 1/4, 1/2, 3/4
//! and 1 but for 2 micrometres. Near by, the point nearest by chord is found by Newton's method and
//! then moved to where the geodesic, not the chord, meets the curve at a right angle: that differs by
//! 0.05 m at 200 km. Beyond 500 km, Karney's geodesics decide.

mod far;

use super::Position;
use super::distance::{SECTION_CHORD_M, SERIES_CHORD_M, departure, series_m, surface_distance_m};
use super::ecef::{SurfacePoint, Vec3, add_scaled, cross, dot, norm2, position_of, sub};
use super::ellipsoid::inverse;
use super::root::root;
use super::velocity::velocity_at;

/// How the points of a piece are known exactly, beside the cubic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Source {
    /// Longitude and latitude at the start and their growth to the end, in degrees.
    Planar { lon: f64, lat: f64, dlon: f64, dlat: f64 },
    /// The cubic is as good as the geodesic itself.
    Geodesic,
}

/// A piece of an edge, 20 km long at most.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Curve {
    start: Vec3,
    chord: Vec3,
    bow: Vec3,
    twist: Vec3,
    /// `chord . chord`
    chord2: f64,
    /// At most this much curvature in space, 1/m.
    curvature: f64,
    length_m: f64,
    /// Length to `t`, by the whole: `t + t(1 - t) (skew + pace (t - 1/2))`.
    skew: f64,
    pace: f64,
    source: Source,
}

/// The nearest point of a piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Closest {
    /// Where on the piece, 0..=1.
    pub t: f64,
    /// The geodesic distance in metres.
    pub distance_m: f64,
}

impl Curve {
    /// The cubic through the points at 0, 1/4, 1/2, 3/4, 1, and how far it is from those at the quarters.
    pub fn through(points: [Vec3; 5], length_m: f64, source: Source) -> (Self, f64) {
        let [start, quarter, middle, three, end] = points;
        let chord = sub(end, start);
        let off = |point: Vec3, t: f64| sub(point, add_scaled(start, t, chord));
        let (d1, d2, d3) = (off(quarter, 0.25), off(middle, 0.5), off(three, 0.75));
        let bow = d2.map(|x| 4.0 * x);
        let twist = sub(d3, d1).map(|x| x * (32.0 / 3.0));
        let mean = add_scaled(d1, 1.0, d3).map(|x| 0.5 * x);
        let error_m = norm2(add_scaled(mean, -3.0 / 16.0, bow)).sqrt();
        let chord2 = norm2(chord);
        let curvature = (2.0 * norm2(bow).sqrt() + 3.0 * norm2(twist).sqrt()) / chord2.max(f64::MIN_POSITIVE);
        let curve =
            Curve { start, chord, bow, twist, chord2, curvature, length_m, skew: 0.0, pace: 0.0, source };
        (curve, error_m)
    }

    /// A place without extent, for a route whose vertices are all one.
    pub fn point(at: Position) -> Self {
        let start = SurfacePoint::new(at).ecef;
        let source = Source::Planar { lon: at.lon_deg(), lat: at.lat_deg(), dlon: 0.0, dlat: 0.0 };
        Curve::through([start; 5], 0.0, source).0
    }

    pub fn with_pace(mut self, skew: f64, pace: f64) -> Self {
        (self.skew, self.pace) = (skew, pace);
        self
    }

    pub fn length_m(&self) -> f64 {
        self.length_m
    }

    /// The ends of the chord and how far the curve can be from it: nothing of the piece lies outside.
    pub fn capsule(&self) -> (Vec3, Vec3, f64) {
        let radius = 0.25 * (norm2(self.bow).sqrt() + 0.5 * norm2(self.twist).sqrt()) + 1e-5;
        (self.start, add_scaled(self.start, 1.0, self.chord), radius)
    }

    /// How it bends away from its chord: by `t(1 - t) (bow + (t - 1/2) twist)`.
    pub fn bends(&self) -> (Vec3, Vec3) {
        (self.bow, self.twist)
    }

    /// No more than this much it is curved in space, 1/m.
    pub fn curvature(&self) -> f64 {
        self.curvature
    }

    /// Where the piece begins and ends.
    #[inline]
    pub fn ends(&self) -> (Vec3, Vec3) {
        (self.start, add_scaled(self.start, 1.0, self.chord))
    }

    #[inline]
    fn at(&self, t: f64) -> Vec3 {
        let bend = add_scaled(self.bow, t - 0.5, self.twist);
        add_scaled(add_scaled(self.start, t, self.chord), t * (1.0 - t), bend)
    }

    /// dP/dt
    #[inline]
    fn velocity(&self, t: f64) -> Vec3 {
        let bend = add_scaled(self.bow, t - 0.5, self.twist);
        add_scaled(add_scaled(self.chord, 1.0 - 2.0 * t, bend), t * (1.0 - t), self.twist)
    }

    /// d2P/dt2
    #[inline]
    fn acceleration(&self, t: f64) -> Vec3 {
        let bend = add_scaled(self.bow, t - 0.5, self.twist);
        add_scaled(bend.map(|x| -2.0 * x), 2.0 * (1.0 - 2.0 * t), self.twist)
    }

    /// The point at `t` on the ellipsoid.
    pub fn surface(&self, t: f64) -> SurfacePoint {
        match self.source {
            Source::Planar { .. } => SurfacePoint::new(self.position(t)),
            Source::Geodesic => SurfacePoint::from_ecef(self.at(t)),
        }
    }

    /// Longitude and latitude at `t`.
    pub fn position(&self, t: f64) -> Position {
        match self.source {
            Source::Planar { lon, lat, dlon, dlat } => Position::wrapped(lon + t * dlon, lat + t * dlat),
            Source::Geodesic => position_of(self.at(t)),
        }
    }

    /// Metres along the curve from its start to `t`.
    #[inline]
    pub fn along_m(&self, t: f64) -> f64 {
        self.length_m * (t + t * (1.0 - t) * (self.skew + self.pace * (t - 0.5)))
    }

    /// The `t` that lies `along_m` metres from the start.
    pub fn t_at(&self, along_m: f64) -> f64 {
        if self.length_m == 0.0 {
            return 0.0;
        }
        let wanted = (along_m / self.length_m).clamp(0.0, 1.0);
        let mut t = wanted;
        // The pace hardly changes over a piece: Newton's method settles at once.
        for _ in 0..8 {
            let bend = self.skew + self.pace * (t - 0.5);
            let slope = 1.0 + (1.0 - 2.0 * t) * bend + t * (1.0 - t) * self.pace;
            let step = (t + t * (1.0 - t) * bend - wanted) / slope;
            if !step.is_finite() {
                break;
            }
            t = (t - step).clamp(0.0, 1.0);
            if step.abs() < 1e-15 {
                break;
            }
        }
        t
    }

    /// The unit tangent at `t`, towards growing `t`, in the tangent plane of the ellipsoid.
    pub fn tangent(&self, t: f64, here: &SurfacePoint) -> Vec3 {
        let velocity = match self.source {
            Source::Planar { dlon, dlat, .. } => {
                let (east, north) = here.east_north();
                let (x, y) = velocity_at((here.normal[2], north[2]), dlon, dlat);
                add_scaled(east.map(|e| e * x), y, north)
            }
            Source::Geodesic => self.velocity(t),
        };
        unit(add_scaled(velocity, -dot(velocity, here.normal), here.normal))
    }

    /// dP/dt in the direction of the edge itself. That of the cubic is off by its 2 micrometres over the length
    /// of a piece: in the hollow of a planar edge around a pole that makes 1.4 mm of chainage.
    fn exact_velocity(&self, t: f64) -> Vec3 {
        let velocity = self.velocity(t);
        match self.source {
            Source::Planar { .. } => {
                let speed = norm2(velocity).sqrt();
                self.tangent(t, &self.surface(t)).map(|x| x * speed)
            }
            Source::Geodesic => velocity,
        }
    }

    /// The geodesic distance from the point at `t` to `q`, in metres.
    pub fn distance_m(&self, t: f64, q: &SurfacePoint) -> f64 {
        let here = self.at(t);
        if norm2(sub(q.ecef, here)) > SERIES_CHORD_M * SERIES_CHORD_M {
            return surface_distance_m(&self.surface(t), q);
        }
        series_to(here, q)
    }

    /// The curve itself turns on its way (a planar edge close to a pole): what is asked of it in one step
    /// wants several.
    pub fn is_bent(&self) -> bool {
        self.curvature * self.length_m > 0.05
    }

    /// How fast the distance to `q` grows along the curve at `t`: -1..=1, exact near and far.
    pub fn slope(&self, t: f64, q: &SurfacePoint) -> f64 {
        let here = self.surface(t);
        -dot(self.tangent(t, &here), direction(&here, q))
    }

    /// The nearest point by the distance that counts, good to 1e-5 m; where the piece is farther than
    /// `limit_m` the answer may be any that is, too.
    #[inline]
    pub fn closest(&self, q: &SurfacePoint, limit_m: f64) -> Closest {
        if self.length_m == 0.0 {
            return Closest { t: 0.0, distance_m: surface_distance_m(&self.surface(0.0), q) };
        }
        let t = self.closest_by_chord(q.ecef);
        let foot = self.at(t);
        // Up to 500 km the distance at the point nearest by chord is the least one to a micrometre, though
        // that point may be a metre off: `settle` looks after that.
        if norm2(sub(q.ecef, foot)) > SERIES_CHORD_M * SERIES_CHORD_M {
            return self.closest_far(q, limit_m);
        }
        Closest { t, distance_m: series_to(foot, q) }
    }

    /// From the nearest point by [`closest`](Self::closest) to the one where the geodesic is shortest.
    pub fn settle(&self, found: Closest, q: &SurfacePoint) -> Closest {
        // Chord and geodesic part by d^3/24 e'^2/N^2: less than a micrometre at 5 km, a metre at 500 km.
        // What is farther by chord, Karney has found: by chord, as `closest` has it, for 500 km of that are 128 m
        // more along the ground.
        let reach2 = norm2(sub(q.ecef, self.at(found.t)));
        if self.length_m == 0.0 || found.distance_m < 5_000.0 || reach2 > SERIES_CHORD_M * SERIES_CHORD_M {
            return found;
        }
        let far = found.distance_m > SECTION_CHORD_M;
        let mut t = found.t;
        for round in 0..4 {
            let (foot, velocity) = (self.at(t), self.exact_velocity(t));
            let chord = sub(q.ecef, foot);
            let mut towards = departure(SurfacePoint::normal_at(foot), chord);
            if far && round > 0 {
                let length = norm2(towards).sqrt();
                towards = direction(&self.surface(t), q).map(|x| x * length);
            }
            let second = norm2(velocity) - dot(chord, self.acceleration(t));
            if second <= 0.0 {
                return found;
            }
            let next = (t + dot(towards, velocity) / second).clamp(0.0, 1.0);
            let moved = next - t;
            t = next;
            // A step leaves less than a hundredth of itself: 10 micrometres of a millimetre.
            if moved * moved * self.chord2 < 1e-6 && (round > 0 || !far) {
                break;
            }
        }
        Closest { t, distance_m: series_to(self.at(t), q) }
    }

    #[inline]
    fn closest_by_chord(&self, q: Vec3) -> f64 {
        let along = (dot(sub(q, self.start), self.chord) / self.chord2).clamp(0.0, 1.0);
        let reach2 = norm2(sub(q, self.at(along)));
        // Where the curve bends away from q faster than a circle around it, one start is not enough.
        if reach2 * self.curvature * self.curvature > 0.1 {
            return self.closest_by_chord_bent(q);
        }
        self.newton(q, along, 0.0, 1.0)
    }

    /// Newton's method on half the squared chord, kept within `low..=high`.
    #[inline]
    fn newton(&self, q: Vec3, mut t: f64, low: f64, high: f64) -> f64 {
        for _ in 0..8 {
            let velocity = self.velocity(t);
            let chord = sub(q, self.at(t));
            let second = norm2(velocity) - dot(chord, self.acceleration(t));
            if second <= 0.0 {
                break;
            }
            let next = (t + dot(chord, velocity) / second).clamp(low, high);
            let moved = next - t;
            t = next;
            // What a step of a millimetre leaves is by the bend of a piece less than 0.1 micrometre.
            if moved * moved * self.chord2 < 1e-6 {
                break;
            }
        }
        t
    }

    /// The nearest by chord of the ends and of all minima between them that a scan in 16 steps brackets;
    /// the first of those that are equal.
    fn closest_by_chord_bent(&self, q: Vec3) -> f64 {
        const STEPS: u32 = 16;
        let slope = |t: f64| -dot(sub(q, self.at(t)), self.velocity(t));
        let chord2 = |t: f64| norm2(sub(q, self.at(t)));
        let mut best = (chord2(0.0), 0.0);
        let mut consider = |t: f64| {
            let found = chord2(t);
            if found < best.0 {
                best = (found, t);
            }
        };
        let (mut t0, mut s0) = (0.0, slope(0.0));
        for i in 1..=STEPS {
            let t1 = f64::from(i) / f64::from(STEPS);
            let s1 = slope(t1);
            if s0 < 0.0 && s1 >= 0.0 {
                consider(root(&slope, (t0, s0), (t1, s1), 1e-12));
            }
            (t0, s0) = (t1, s1);
        }
        consider(1.0);
        best.1
    }

    /// On which side of the curve at `t` a direction points: positive to the left, the sine of the angle.
    /// `here` is the point at `t`.
    pub fn leftness(&self, t: f64, here: &SurfacePoint, q: &SurfacePoint) -> f64 {
        dot(cross(self.tangent(t, here), direction(here, q)), here.normal)
    }
}

/// The distance from a point of a piece, within the reach of the series.
#[inline]
fn series_to(foot: Vec3, q: &SurfacePoint) -> f64 {
    series_m((foot, SurfacePoint::normal_at(foot)), (q.ecef, q.normal))
}

/// The unit direction at `here` of the geodesic to `q`, in the tangent plane.
pub(crate) fn direction(here: &SurfacePoint, q: &SurfacePoint) -> Vec3 {
    let chord = sub(q.ecef, here.ecef);
    if norm2(chord) <= SECTION_CHORD_M * SECTION_CHORD_M {
        return unit(departure(here.normal, chord));
    }
    let (east, north) = here.east_north();
    let (sin, cos) = inverse(here.position, q.position).azimuth1_deg.to_radians().sin_cos();
    add_scaled(east.map(|e| e * sin), cos, north)
}

#[inline]
fn unit(v: Vec3) -> Vec3 {
    let length = norm2(v).sqrt();
    if length == 0.0 {
        return v;
    }
    let per_length = 1.0 / length;
    v.map(|x| x * per_length)
}
