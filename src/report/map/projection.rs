//! The plane of a map, chosen for what is on it.

use crate::geodesy::distance::{SERIES_CHORD_M, series_m};
use crate::geodesy::ecef::{SurfacePoint, add_scaled, dot, norm2, sub};
use crate::geodesy::ellipsoid::MEAN_RADIUS_M;
use crate::geodesy::far::{FarPoint, direction_nearly};
use crate::geodesy::turn::short_way_deg;
use crate::geodesy::{Ellipsoid, direct, inverse};
use crate::number::{rounded, write_fixed};
use crate::{Edges, Position};

/// What is farther than this from the middle goes on a map of the whole Earth, in metres.
const FARTHEST_LOCAL_M: f64 = 6_000_000.0;

/// About so many positions tell where the middle of a map is.
const MOST_FOR_CENTRE: usize = 4096;

/// Within this the fast formulas are off by less than a hundredth of a pixel of a map that reaches as far, in metres.
const NEARLY_M: f64 = 2_000_000.0;

/// How the Earth is laid on the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Projection {
    /// Azimuthal equidistant about a centre, by geodesics of the ellipsoid (Snyder 1987, chapter 25, with
    /// Karney's geodesics instead of series): distances and azimuths from the centre are true.
    Azimuthal { centre: SurfacePoint },
    /// Equidistant cylindrical about a meridian, true on a parallel (Snyder 1987, chapter 12, on the sphere of
    /// the Earth's mean radius).
    Cylindrical { lon_deg: f64, parallel_deg: f64 },
}

impl Projection {
    /// For these positions, about 0, 0 where there are none; and where they are on the plane.
    pub fn around(points: &[SurfacePoint]) -> (Self, Vec<[f64; 2]>) {
        let azimuthal = Self::azimuthal_around(points);
        let plane = |projection: Self| points.iter().map(|point| projection.project(point)).collect();
        if let Some(azimuthal) = azimuthal {
            let plane: Vec<[f64; 2]> = plane(azimuthal);
            if plane.iter().all(|[x, y]| x.hypot(*y) <= FARTHEST_LOCAL_M) {
                return (azimuthal, plane);
            }
        }
        let cylindrical = Self::cylindrical(points);
        (cylindrical, plane(cylindrical))
    }

    /// About the middle of these positions; none where they have no middle.
    fn azimuthal_around(points: &[SurfacePoint]) -> Option<Self> {
        let [x, y, z] = points.iter().fold([0.0; 3], |sum, point| add_scaled(sum, 1.0, point.normal));
        if norm2([x, y, z]) < 1e-12 * points.len() as f64 {
            return None;
        }
        let mut centre = Position::wrapped(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees());
        // The middle of what is seen, not of the mass; of many positions some show it.
        let every = points.len().div_ceil(MOST_FOR_CENTRE).max(1);
        for _ in 0..2 {
            let mut bounds = Bounds::default();
            for point in points.iter().step_by(every) {
                bounds.add(Self::azimuthal(centre).project(point));
            }
            let [x, y] = bounds.middle();
            if x.hypot(y) < 1.5 * FARTHEST_LOCAL_M {
                centre = direct(centre, x.atan2(y).to_degrees(), x.hypot(y)).position;
            }
        }
        Some(Self::azimuthal(centre))
    }

    fn azimuthal(centre: Position) -> Self {
        Projection::Azimuthal { centre: SurfacePoint::new(centre) }
    }

    /// About the meridian in the middle of the arc of longitude that has all positions on it.
    fn cylindrical(points: &[SurfacePoint]) -> Self {
        let mut lons: Vec<f64> = points.iter().map(|point| point.position.lon_deg()).collect();
        lons.sort_unstable_by(f64::total_cmp);
        // The widest empty arc, and where it begins.
        let around = lons.first().zip(lons.last()).map(|(first, last)| (first + 360.0 - last, *last));
        let between = lons.windows(2).map(|pair| (pair[1] - pair[0], pair[0]));
        let (arc_deg, from_deg) = between
            .chain(around)
            .fold((0.0, 0.0), |best: (f64, f64), arc| if arc.0 > best.0 { arc } else { best });
        let opposite_deg = from_deg + 0.5 * arc_deg;
        // Small arcs are gaps between points, not the empty side of the Earth.
        let lon_deg =
            if arc_deg < 10.0 { 0.0 } else { Position::wrapped(opposite_deg + 180.0, 0.0).lon_deg() };
        let lats = points.iter().map(|point| point.position.lat_deg());
        let (low, high) =
            lats.fold((90.0, -90.0), |(low, high): (f64, f64), lat| (low.min(lat), high.max(lat)));
        let parallel_deg = (0.5 * (low + high)).round().clamp(-60.0, 60.0);
        Projection::Cylindrical { lon_deg: lon_deg.round(), parallel_deg }
    }

    /// Metres to the east and to the north.
    pub fn project(&self, point: &SurfacePoint) -> [f64; 2] {
        match self {
            Projection::Azimuthal { centre } => about(centre, point),
            Projection::Cylindrical { lon_deg, parallel_deg } => {
                let position = point.position;
                let east = Position::wrapped(position.lon_deg() - lon_deg, 0.0).lon_deg().to_radians();
                let north = position.lat_deg().to_radians();
                [MEAN_RADIUS_M * parallel_deg.to_radians().cos() * east, MEAN_RADIUS_M * north]
            }
        }
    }

    /// Back to the Earth; `None` beyond its edge.
    pub fn unproject(&self, [x, y]: [f64; 2]) -> Option<Position> {
        match self {
            Projection::Azimuthal { centre } => {
                let distance_m = x.hypot(y);
                let azimuth_deg = x.atan2(y).to_degrees();
                (distance_m < 20_000_000.0).then(|| direct(centre.position, azimuth_deg, distance_m).position)
            }
            Projection::Cylindrical { lon_deg, parallel_deg } => {
                let lat = (y / MEAN_RADIUS_M).to_degrees();
                let east = (x / MEAN_RADIUS_M / parallel_deg.to_radians().cos()).to_degrees();
                (lat.abs() <= 90.0 && east.abs() <= 180.0).then(|| Position::wrapped(lon_deg + east, lat))
            }
        }
    }

    /// What a step around the Earth is on the plane, where the plane has an edge there.
    pub fn turn_m(&self) -> Option<f64> {
        match self {
            Projection::Azimuthal { .. } => None,
            Projection::Cylindrical { parallel_deg, .. } => {
                Some(std::f64::consts::TAU * MEAN_RADIUS_M * parallel_deg.to_radians().cos())
            }
        }
    }

    /// How far the poles are from the equator on the plane, where they are its edges.
    pub fn pole_m(&self) -> Option<f64> {
        self.turn_m().map(|_| std::f64::consts::FRAC_PI_2 * MEAN_RADIUS_M)
    }

    /// Where the scale is true, in short.
    pub fn where_true(&self) -> &'static str {
        match self {
            Projection::Azimuthal { .. } => "true at the centre",
            Projection::Cylindrical { .. } => "the notes say where it is true",
        }
    }

    /// The name, and where it is true.
    pub fn description(&self) -> String {
        match self {
            Projection::Azimuthal { centre } => format!(
                "Azimuthal equidistant about {}, WGS84; scale and north are true at the centre",
                place_text(centre.position, 2)
            ),
            Projection::Cylindrical { lon_deg, parallel_deg } => format!(
                "Equidistant cylindrical about the meridian {}; scale true on {} and along meridians",
                angle_text(*lon_deg, ['E', 'W'], 0),
                match parallel_deg.abs() {
                    0.0 => "the equator".to_owned(),
                    deg => format!("the parallels \u{b1}{deg}\u{b0}"),
                }
            ),
        }
    }
}

/// Metres to the east and to the north along the geodesic from the centre.
fn about(centre: &SurfacePoint, to: &SurfacePoint) -> [f64; 2] {
    let chord_m2 = norm2(sub(to.ecef, centre.ecef));
    if chord_m2 > NEARLY_M * NEARLY_M {
        let path = inverse(centre.position, to.position);
        let (sin, cos) = path.azimuth1_deg.to_radians().sin_cos();
        return [path.distance_m * sin, path.distance_m * cos];
    }
    let distance_m = if chord_m2 < SERIES_CHORD_M * SERIES_CHORD_M {
        series_m((centre.ecef, centre.normal), (to.ecef, to.normal))
    } else {
        let bounds = FarPoint::new(centre).bounds_to(to.ecef, || to.position);
        0.5 * (bounds.low_m + bounds.high_m)
    };
    let (direction, _) = direction_nearly(centre, to.ecef, distance_m);
    let (east, north) = centre.east_north();
    [distance_m * dot(direction, east), distance_m * dot(direction, north)]
}

/// A position for a reader, in degrees with so many decimals.
pub(super) fn place_text(position: Position, decimals: usize) -> String {
    let mut text = String::with_capacity(32);
    let mut part = |deg: f64, [plus, minus]: [&str; 2]| {
        write_fixed(deg.abs(), decimals, &mut text);
        text.push_str(if rounded(deg, decimals as u32) < 0.0 { minus } else { plus });
    };
    part(position.lat_deg(), ["\u{b0}N ", "\u{b0}S "]);
    part(position.lon_deg(), ["\u{b0}E", "\u{b0}W"]);
    text
}

/// An angle for a reader: degrees, with minutes and seconds where `parts` is 1 and 2.
pub(super) fn angle_text(deg: f64, [plus, minus]: [char; 2], parts: u32) -> String {
    let per_degree = 60_i64.pow(parts);
    let count = (deg.abs() * per_degree as f64).round() as i64;
    let letter = match count {
        0 => String::new(),
        // 180 is both.
        _ if count == 180 * per_degree => String::new(),
        _ => String::from(if deg < 0.0 { minus } else { plus }),
    };
    let degrees = count / per_degree;
    match parts {
        0 => format!("{degrees}\u{b0}{letter}"),
        1 => format!("{degrees}\u{b0}{:02}\u{2032}{letter}", count % 60),
        _ => format!("{degrees}\u{b0}{:02}\u{2032}{:02}\u{2033}{letter}", count / 60 % 60, count % 60),
    }
}

/// A rectangle that grows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub low: [f64; 2],
    pub high: [f64; 2],
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { low: [f64::INFINITY; 2], high: [f64::NEG_INFINITY; 2] }
    }
}

impl Bounds {
    pub fn add(&mut self, at: [f64; 2]) {
        for (axis, &at) in at.iter().enumerate() {
            self.low[axis] = self.low[axis].min(at);
            self.high[axis] = self.high[axis].max(at);
        }
    }

    /// 0, 0 where nothing was added.
    pub fn middle(&self) -> [f64; 2] {
        if self.low[0] > self.high[0] {
            return [0.0; 2];
        }
        [0, 1].map(|axis| 0.5 * (self.low[axis] + self.high[axis]))
    }

    pub fn size(&self) -> [f64; 2] {
        [0, 1].map(|axis| (self.high[axis] - self.low[axis]).max(0.0))
    }
}

/// Positions along a line, close enough for a map of its size that straight pieces between them will do.
pub(super) fn along(line: &[Position], edges: Edges, step_m: f64) -> Vec<Position> {
    let mut positions = Vec::with_capacity(line.len());
    positions.extend(line.first());
    for ends in line.windows(2) {
        let path = inverse(ends[0], ends[1]);
        let dlon = short_way_deg(ends[0].lon_deg(), ends[1].lon_deg());
        // Along a parallel near a pole the way is longer than the shortest.
        let [lon_m, lat_m] = [dlon.abs(), (ends[1].lat_deg() - ends[0].lat_deg()).abs()]
            .map(|deg| deg.to_radians() * Ellipsoid::WGS84.semi_major_m);
        let lat = ends[0].lat_deg().abs().min(ends[1].lat_deg().abs()).to_radians();
        let length_m = match edges {
            Edges::Planar => path.distance_m.max((lon_m * lat.cos()).hypot(lat_m)),
            Edges::Geodesic => path.distance_m,
        };
        let count = (length_m / step_m).ceil().clamp(1.0, 400.0) as u32;
        for i in 1..count {
            let u = f64::from(i) / f64::from(count);
            positions.push(match edges {
                Edges::Planar => Position::wrapped(
                    ends[0].lon_deg() + u * dlon,
                    ends[0].lat_deg() + u * (ends[1].lat_deg() - ends[0].lat_deg()),
                ),
                Edges::Geodesic => direct(ends[0], path.azimuth1_deg, u * path.distance_m).position,
            });
        }
        positions.push(ends[1]);
    }
    positions
}
