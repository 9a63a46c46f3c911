//! Meridians and parallels at round angles.

use super::frame::{Frame, px_text};
use super::labels::text_width;
use super::projection::{Projection, angle_text};
use crate::Position;

/// The steps in seconds of arc, and how many parts their labels need.
const STEPS: [(f64, u32); 16] = [
    (108_000.0, 0),
    (54_000.0, 0),
    (36_000.0, 0),
    (18_000.0, 0),
    (7_200.0, 0),
    (3_600.0, 0),
    (1_800.0, 1),
    (1_200.0, 1),
    (600.0, 1),
    (300.0, 1),
    (120.0, 1),
    (60.0, 1),
    (30.0, 2),
    (10.0, 2),
    (5.0, 2),
    (1.0, 2),
];

/// The size of the labels' letters.
const LABEL_PX: f64 = 9.0;

/// A line and its label.
#[derive(Debug)]
pub(super) struct GridLine {
    pub path: String,
    pub label: String,
    /// Where the label begins on its baseline, and whether it stands at the lower edge.
    pub at: Option<([f64; 2], bool)>,
    pub is_meridian: bool,
    /// Where the line meets the edges of the picture: left, top, right, bottom.
    pub ends: [Vec<[f64; 2]>; 4],
}

/// The lines that cross the picture.
pub(super) fn lines(frame: &Frame) -> Vec<GridLine> {
    // What the picture spans, by samples.
    const SAMPLES: u32 = 24;
    let middle = frame.position([0.5 * frame.width, 0.5 * frame.height]);
    let lon0 = match (frame.projection, middle) {
        (Projection::Cylindrical { lon_deg, .. }, _) => lon_deg,
        (_, Some(middle)) => middle.lon_deg(),
        _ => 0.0,
    };
    let (mut lons, mut lats) = ((0.0_f64, 0.0_f64), (90.0_f64, -90.0_f64));
    for i in 0..=SAMPLES {
        for j in 0..=SAMPLES {
            let [x, y] = [i, j].map(|n| f64::from(n) / f64::from(SAMPLES));
            let Some(at) = frame.position([x * frame.width, y * frame.height]) else { continue };
            let east = Position::wrapped(at.lon_deg() - lon0, 0.0).lon_deg();
            lons = (lons.0.min(east), lons.1.max(east));
            lats = (lats.0.min(at.lat_deg()), lats.1.max(at.lat_deg()));
        }
    }
    for pole in [90.0, -90.0] {
        if frame.is_inside(frame.px(Position::wrapped(lon0, pole))) && frame.projection.turn_m().is_none() {
            lons = (-180.0, 180.0);
            lats = (lats.0.min(pole), lats.1.max(pole));
        }
    }
    let step = |span_deg: f64| {
        let span = 3_600.0 * span_deg;
        STEPS.iter().copied().find(|(step, _)| span / step >= 4.0).unwrap_or(STEPS[STEPS.len() - 1])
    };
    let mut found = Vec::new();
    let (lat_step, lat_parts) = step(lats.1 - lats.0);
    let (lon_step, lon_parts) = step(lons.1 - lons.0);
    let multiples = |low: f64, high: f64, step: f64| {
        let (first, last) = ((low * 3_600.0 / step).ceil() as i64, (high * 3_600.0 / step).floor() as i64);
        (first..=last.min(first + 400)).map(move |n| n as f64 * step / 3_600.0)
    };
    // A little more than what is seen, so that lines reach the edge.
    let low = (lats.0 - 0.1 * (lats.1 - lats.0)).max(-90.0);
    let high = (lats.1 + 0.1 * (lats.1 - lats.0)).min(90.0);
    let mut last = f64::NAN;
    for lon in multiples(lon0 + lons.0, lon0 + lons.1, lon_step) {
        let wrapped = Position::wrapped(lon, 0.0).lon_deg();
        if lon - last >= 360.0 {
            break;
        }
        last = if last.is_nan() { lon } else { last };
        let points = (0..=60).map(|i| Position::wrapped(wrapped, low + (high - low) * f64::from(i) / 60.0));
        found.push(grid_line(frame, points, angle_text(wrapped, ['E', 'W'], lon_parts), true));
    }
    let (west, east) = ((lons.0 * 1.1).max(-180.0), (lons.1 * 1.1).min(180.0));
    for lat in multiples(lats.0, lats.1, lat_step).filter(|lat| lat.abs() < 90.0) {
        let points = (0..=120).map(|i| {
            // At the edge of a cylindrical map the longitude would change sides.
            let u = (f64::from(i) / 120.0).clamp(1e-9, 1.0 - 1e-9);
            Position::wrapped(lon0 + west + (east - west) * u, lat)
        });
        found.push(grid_line(frame, points, angle_text(lat, ['N', 'S'], lat_parts), false));
    }
    found
}

fn grid_line(
    frame: &Frame,
    points: impl Iterator<Item = Position>,
    label: String,
    is_meridian: bool,
) -> GridLine {
    let points: Vec<[f64; 2]> = points.map(|position| frame.px(position)).collect();
    let mut path = String::new();
    for (i, [x, y]) in points.iter().enumerate() {
        path.push(if i == 0 { 'M' } else { 'L' });
        path.push_str(&format!("{} {}", px_text(*x), px_text(*y)));
    }
    // Where it enters at the lower edge, or at the left one
    // (on a cylindrical map lines may end just there).
    let inset = match (frame.projection.turn_m(), frame.is_on_paper) {
        (None, _) => 0.0,
        (Some(_), false) => 0.5,
        // The map's middle is within half a degree of that of the projection.
        (Some(_), true) => 3.0,
    };
    let ends = [
        crossings(&points, 0, inset, frame.height),
        crossings(&points, 1, inset, frame.width),
        crossings(&points, 0, frame.width - inset, frame.height),
        crossings(&points, 1, frame.height - inset, frame.width),
    ];
    let axis = usize::from(is_meridian);
    let (crossings, most) = if is_meridian { (&ends[3], frame.width) } else { (&ends[0], frame.height) };
    let room = |at: &&[f64; 2]| at[1 - axis] > 12.0 && at[1 - axis] < most - 12.0;
    let at = match crossings.iter().find(room) {
        Some([x, _]) if is_meridian => Some(([x + 3.0, frame.height - 4.0], true)),
        Some([_, y]) => Some(([4.0, y - 3.0], false)),
        // In a corner there is no room.
        None if !crossings.is_empty() => None,
        None => {
            let inside: Vec<_> = points.iter().filter(|at| frame.is_inside(**at)).collect();
            inside.get(inside.len() / 2).map(|[x, y]| ([x + 3.0, y - 3.0], false))
        }
    };
    // Nor is there for a part of a label.
    let at = at.filter(|([x, _], _)| x + text_width(&label, LABEL_PX) <= frame.width);
    GridLine { path, label, at, is_meridian, ends }
}

/// Where a line crosses an edge of the picture: where its coordinate is that of the border.
fn crossings(points: &[[f64; 2]], axis: usize, border: f64, most: f64) -> Vec<[f64; 2]> {
    let crossing = |ends: &[[f64; 2]]| {
        let (a, b) = (ends[0][axis] - border, ends[1][axis] - border);
        if a == b || (a > 0.0) == (b > 0.0) {
            return None;
        }
        let u = a / (a - b);
        let at = [0, 1].map(|i| ends[0][i] + u * (ends[1][i] - ends[0][i]));
        Some(at).filter(|at| (0.0..=most).contains(&at[1 - axis]))
    };
    points.windows(2).filter_map(crossing).collect()
}
