//! Land and water below all that is drawn, by Natural Earth: it has no lakes and no borders.

mod clip;
mod coasts;
mod flat;
#[cfg(test)]
mod land_tests;

use clip::{Point, Rectangle, distance2, is_inside, write_ring};
use coasts::{Coasts, Detail};

use super::frame::Frame;
use super::thin::thinned;
use crate::Position;

/// Finer than 1:1,000,000 no coast is to scale, in metres to a pixel of a 96th of an inch.
pub(super) const FINEST_M_PER_PX: f64 = 1e6 * 0.0254 / 96.0;

/// Finer than this the finer coasts are drawn, in metres to a pixel: about 1:15,000,000.
const FINE_M_PER_PX: f64 = 4_000.0;

/// Lines go on beyond the picture by this, so that none shows where they are closed.
const BEYOND_PX: f64 = 16.0;

/// Path data may be this long; the last tolerance is taken however long it is.
const MOST_BYTES: usize = 60_000;
const TOLERANCES_PX: [f64; 4] = [0.25, 0.5, 1.0, 2.0];

/// Land on a map.
#[derive(Debug, Clone)]
pub(super) struct Land {
    detail: Detail,
    metres_per_px: f64,
    /// Left, top, right and bottom of the part of the picture that it is drawn for.
    pub sides: [f64; 4],
    /// Path data to be filled by the even-odd rule; empty where all is water.
    pub path: String,
    /// A coast is in view.
    pub has_coast: bool,
    /// A coast may be in view: one is nearer than the data is exact.
    pub is_near_coast: bool,
}

impl Land {
    /// Within these sides of the picture: left, top, right and bottom.
    pub fn of(frame: &Frame, [left, top, right, bottom]: [f64; 4]) -> Self {
        let detail = if frame.metres_per_px < FINE_M_PER_PX { Detail::Fine } else { Detail::Coarse };
        let coasts = Coasts::read(detail);
        let picture = Rectangle { low: [left, top], high: [right, bottom] };
        let seen = picture.widened(BEYOND_PX);
        let near = picture.widened((detail.error_m() / frame.metres_per_px).max(BEYOND_PX));
        let lines = flat::lines(frame, &coasts, detail.longest_edge_m(), &near);
        let is_near_coast = lines.iter().any(|line| near.is_crossed_by(line));
        let mut shown: Vec<Vec<Point>> = lines.iter().map(|line| seen.clipped(line)).collect();
        shown.retain(|line| seen.is_crossed_by(line));
        let has_coast = shown.iter().any(|line| picture.is_crossed_by(&picture.clipped(line)));
        if !has_coast {
            // Of a picture without a coast a coast beside it tells nothing.
            shown.clear();
        }
        let mut path = String::new();
        for tolerance_px in TOLERANCES_PX {
            path.clear();
            shown = shown.iter().map(|line| thinned(line, tolerance_px)).collect();
            shown.iter().for_each(|line| write_ring(line, &mut path));
            if path.len() <= MOST_BYTES {
                break;
            }
        }
        // The lines have land on one side: one place tells on which.
        let is_turned = clearest(&shown, &picture, frame)
            .is_some_and(|(at, position)| is_inside(&shown, at) != coasts.is_land(position));
        if is_turned {
            write_ring(&seen.corners(), &mut path);
        }
        let sides = [left, top, right, bottom];
        Land { detail, metres_per_px: frame.metres_per_px, sides, path, has_coast, is_near_coast }
    }

    /// Returns `true` if a coast is in view, or may be, and the map is finer than any coast.
    pub fn is_coarse(&self) -> bool {
        self.is_near_coast && self.metres_per_px < FINEST_M_PER_PX
    }

    /// Returns `true` if there is nothing but land.
    pub fn is_all_land(&self) -> bool {
        !self.has_coast && !self.path.is_empty()
    }

    /// What a reader must know: the source, and what is not to scale.
    pub fn notes(&self) -> Vec<String> {
        let scale = self.detail.scale();
        let mut notes = vec![format!("Land: Natural Earth {scale}; lakes and rivers are not drawn")];
        if self.is_coarse() {
            notes.push(format!("The coast line is not to scale: it is that of a map of {scale}"));
        }
        notes
    }
}

/// Of some places all over the picture the one that is farthest from all lines: where it is, and on the Earth.
fn clearest(lines: &[Vec<Point>], picture: &Rectangle, frame: &Frame) -> Option<(Point, Position)> {
    const EACH_WAY: u32 = 5;
    let part = |n: u32| (f64::from(n) + 0.5) / f64::from(EACH_WAY);
    let place = |axis: usize, n: u32| picture.low[axis] + part(n) * (picture.high[axis] - picture.low[axis]);
    let places = (0..EACH_WAY * EACH_WAY).map(|n| [place(0, n % EACH_WAY), place(1, n / EACH_WAY)]);
    let clearance2 = |at| lines.iter().map(|line| distance2(line, at)).fold(f64::INFINITY, f64::min);
    places
        .filter_map(|at| Some((clearance2(at), at, frame.position(at)?)))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, at, position)| (at, position))
}
