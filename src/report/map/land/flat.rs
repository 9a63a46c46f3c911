//! Coasts on the picture: closed lines that are right within the part that is seen.
//!
//! Beyond that part a line may take another way than its coast, so that far coasts need not be computed. By the even-odd
//! rule what is inside of the lines is then the land that is seen, or it is the water: ask for one place which it is.

use std::f64::consts::{FRAC_PI_4, PI, TAU};

use super::super::frame::Frame;
use super::super::projection::Projection;
use super::clip::{Point, Rectangle};
use super::coasts::{Coasts, Piece};
use crate::Position;
use crate::geodesy::Ellipsoid;

/// The coasts that show within a rectangle, clipped to it.
pub(super) fn lines(
    frame: &Frame,
    coasts: &Coasts,
    longest_edge_m: f64,
    seen: &Rectangle,
) -> Vec<Vec<Point>> {
    let mut lines = Vec::new();
    match frame.projection {
        Projection::Azimuthal { centre } => {
            let disc = Disc::around(frame, centre.position, longest_edge_m, seen);
            lines.extend(coasts.rings().map(|ring| seen.clipped(&disc.ring(coasts, ring))));
        }
        Projection::Cylindrical { lon_deg, .. } => {
            coasts.rings().for_each(|ring| add_unrolled(frame, lon_deg, coasts, ring, seen, &mut lines));
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The part of an azimuthal map where coasts are computed: a disc about the centre around all that is seen. Its edge
/// is farther from that than any edge of a coast is long.
struct Disc<'f> {
    frame: &'f Frame,
    middle: Point,
    radius_px: f64,
    /// Edges are cut at this.
    step_px: f64,
    /// A rectangle of degrees around it: from its western meridian so many degrees to the east, and latitudes.
    west_deg: f64,
    width_deg: f64,
    lats_deg: [f64; 2],
}

impl<'f> Disc<'f> {
    fn around(frame: &'f Frame, centre: Position, longest_edge_m: f64, seen: &Rectangle) -> Self {
        // The shortest degree of a meridian, at the equator, is longer.
        const LEAST_M_PER_DEG: f64 = 110_000.0;
        let middle = frame.to_px([0.0; 2]);
        let far = |[x, y]: Point| (x - middle[0]).hypot(y - middle[1]);
        let seen_px = seen.corners().map(far).into_iter().fold(0.0, f64::max);
        let radius_px = seen_px + longest_edge_m / frame.metres_per_px;
        let radius_deg = (radius_px * frame.metres_per_px / LEAST_M_PER_DEG).min(180.0);
        let lats_deg = [centre.lat_deg() - radius_deg, centre.lat_deg() + radius_deg];
        let has_pole = lats_deg[0] <= -90.0 || lats_deg[1] >= 90.0;
        let sine = radius_deg.to_radians().sin() / centre.lat_deg().to_radians().cos();
        let half_deg = if has_pole { 180.0 } else { sine.clamp(0.0, 1.0).asin().to_degrees() + 0.01 };
        // An edge is straight in degrees. It bends on the map: by L^2 / 8R at 45 degrees of latitude, here a 20th of a pixel.
        let step_m = (8.0 * 0.05 * frame.metres_per_px * Ellipsoid::WGS84.semi_major_m).sqrt();
        let step_px = (step_m / frame.metres_per_px).max(1.0);
        let (west_deg, width_deg) = (centre.lon_deg() - half_deg, 2.0 * half_deg);
        Disc { frame, middle, radius_px, step_px, west_deg, width_deg, lats_deg }
    }

    fn may_have(&self, coasts: &Coasts, piece: &Piece) -> bool {
        let [low, high] = coasts.bounds_deg(piece);
        let east_of_west_deg = (low[0] - self.west_deg).rem_euclid(360.0);
        low[1] <= self.lats_deg[1]
            && high[1] >= self.lats_deg[0]
            && (east_of_west_deg <= self.width_deg || east_of_west_deg + (high[0] - low[0]) >= 360.0)
    }

    /// A ring, closed beyond the disc where it leaves it; nothing of one that is nowhere in it.
    fn ring(&self, coasts: &Coasts, ring: &[Piece]) -> Vec<Point> {
        let mut line: Vec<Point> = Vec::new();
        let (mut is_away, mut began_away) = (false, false);
        let mut before = [0.0; 2];
        for piece in ring {
            if !self.may_have(coasts, piece) {
                is_away = true;
                continue;
            }
            for at in coasts.points(piece).map(|at| coasts.degrees(at)) {
                let px = self.px(at);
                if (px[0] - self.middle[0]).hypot(px[1] - self.middle[1]) > self.radius_px {
                    is_away = true;
                    continue;
                }
                match line.last().copied() {
                    None => began_away = is_away,
                    Some(last) if is_away => self.walk_around(last, px, &mut line),
                    Some(last) => {
                        let length_px = (px[0] - last[0]).hypot(px[1] - last[1]);
                        let count = (length_px / self.step_px).ceil().min(1_000.0);
                        // Each piece begins its longitudes anew.
                        before[0] += 360.0 * ((at[0] - before[0]) / 360.0).round();
                        for i in 1..count as u32 {
                            let u = f64::from(i) / count;
                            line.push(
                                self.px([0, 1].map(|axis| before[axis] + u * (at[axis] - before[axis]))),
                            );
                        }
                    }
                }
                line.push(px);
                (is_away, before) = (false, at);
            }
        }
        if let (Some(first), Some(last), true) =
            (line.first().copied(), line.last().copied(), is_away || began_away)
        {
            self.walk_around(last, first, &mut line);
        }
        line
    }

    fn px(&self, [lon, lat]: [f64; 2]) -> Point {
        self.frame.px(Position::wrapped(lon, lat))
    }

    /// From a place to another outside of the disc, which all that is seen is well within.
    fn walk_around(&self, from: Point, to: Point, line: &mut Vec<Point>) {
        let [start, end] = [from, to].map(|[x, y]| (y - self.middle[1]).atan2(x - self.middle[0]));
        let turn = (end - start + PI).rem_euclid(TAU) - PI;
        let count = (turn.abs() / FRAC_PI_4).ceil().max(1.0);
        for i in 0..=count as u32 {
            let (sin, cos) = (start + turn * f64::from(i) / count).sin_cos();
            // The corners of an octagon twice as far.
            line.push([
                self.middle[0] + 2.0 * self.radius_px * cos,
                self.middle[1] + 2.0 * self.radius_px * sin,
            ]);
        }
    }
}

/// Adds a ring of a cylindrical map as often as it shows, clipped. One that goes around a pole is a line from edge to edge,
/// closed below the map.
fn add_unrolled(
    frame: &Frame,
    lon_deg: f64,
    coasts: &Coasts,
    ring: &[Piece],
    seen: &Rectangle,
    lines: &mut Vec<Vec<Point>>,
) {
    let (Some(turn_m), Some(pole_m)) = (frame.projection.turn_m(), frame.projection.pole_m()) else { return };
    let mut last_deg = lon_deg;
    let plane = |[lon, lat]: [f64; 2]| frame.to_px([(lon - lon_deg) / 360.0 * turn_m, lat / 90.0 * pole_m]);
    let line: Vec<Point> = ring
        .iter()
        .flat_map(|piece| coasts.points(piece))
        .map(|at| {
            let [lon, lat] = coasts.degrees(at);
            last_deg = lon - 360.0 * ((lon - last_deg) / 360.0).round();
            plane([last_deg, lat])
        })
        .collect();
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return };
    let turn_px = turn_m / frame.metres_per_px;
    let (low, high) = line
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at[0]), high.max(at[0])));
    let turns =
        ((seen.low[0] - high) / turn_px).ceil() as i32..=((seen.high[0] - low) / turn_px).floor() as i32;
    let moved = |turns: i32| line.iter().map(move |[x, y]| [x + f64::from(turns) * turn_px, *y]);
    let goes_around = (last[0] - first[0]) / turn_px;
    if goes_around.abs() < 0.5 {
        lines.extend(turns.map(|turns| seen.clipped(&moved(turns).collect::<Vec<_>>())));
        return;
    }
    let mut all: Vec<Point> = match goes_around > 0.0 {
        true => turns.flat_map(moved).collect(),
        false => turns.rev().flat_map(moved).collect(),
    };
    let below = seen.high[1] + 1.0;
    let ends = [all.last(), all.first()].map(|end| end.map(|end| [end[0], below]));
    all.extend(ends.into_iter().flatten());
    lines.push(seen.clipped(&all));
}
