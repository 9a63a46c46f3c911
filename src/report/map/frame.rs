//! From the Earth to the picture: lines, polygons and points as SVG path data.

use super::projection::{Bounds, Projection, along};
use super::thin::thinned;
use crate::geodesy::ecef::SurfacePoint;
use crate::{Edges, IncidentGeometry, Position, Region};

/// How wide the map is, in its own units (pixels at its first size).
pub(super) const WIDTH: f64 = 1000.0;
/// How high it may be.
const HEIGHTS: [f64; 2] = [520.0, 1100.0];
/// What is smaller is widened to this, in metres.
const LEAST_EXTENT_M: f64 = 200.0;

/// Paths: what is filled, and the outline, empty where it is the edge of what is filled.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    pub fill: String,
    pub outline: String,
}

impl Shape {
    pub fn is_empty(&self) -> bool {
        self.fill.is_empty() && self.outline.is_empty()
    }
}

/// A map's rectangle on the plane, and the picture that it fills.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub projection: Projection,
    /// The plane's coordinates of the picture's upper left corner.
    corner_m: [f64; 2],
    pub metres_per_px: f64,
    pub height: f64,
}

impl Frame {
    /// Around all positions, with a margin; and where they are on the plane.
    pub fn around(positions: &[Position]) -> (Self, Vec<[f64; 2]>) {
        let points: Vec<SurfacePoint> =
            positions.iter().map(|&position| SurfacePoint::new(position)).collect();
        let (projection, plane) = Projection::around(&points);
        let mut bounds = Bounds::default();
        plane.iter().for_each(|&point| bounds.add(point));
        let mut middle = bounds.middle();
        let [mut width, mut height] = bounds.size().map(|size| (1.12 * size).max(LEAST_EXTENT_M));
        if let Some(turn_m) = projection.turn_m() {
            width = width.min(turn_m);
        }
        let [lowest, highest] = HEIGHTS.map(|height| height / WIDTH);
        height = height.max(lowest * width);
        if let Some(pole_m) = projection.pole_m() {
            // Nothing lies beyond the poles.
            height = height.min(2.0 * pole_m);
            middle[1] = middle[1].clamp(0.5 * height - pole_m, pole_m - 0.5 * height);
        }
        width = width.max(height / highest);
        let frame = Frame {
            projection,
            corner_m: [middle[0] - 0.5 * width, middle[1] + 0.5 * height],
            metres_per_px: width / WIDTH,
            height: (WIDTH * height / width).round(),
        };
        (frame, plane)
    }

    pub fn to_px(self, [x, y]: [f64; 2]) -> [f64; 2] {
        [(x - self.corner_m[0]) / self.metres_per_px, (self.corner_m[1] - y) / self.metres_per_px]
    }

    /// Where a position is on the picture.
    pub fn px(&self, position: Position) -> [f64; 2] {
        self.to_px(self.projection.project(&SurfacePoint::new(position)))
    }

    /// What is at a place of the picture.
    pub fn position(&self, [x, y]: [f64; 2]) -> Option<Position> {
        self.projection
            .unproject([self.corner_m[0] + x * self.metres_per_px, self.corner_m[1] - y * self.metres_per_px])
    }

    pub fn is_inside(&self, [x, y]: [f64; 2]) -> bool {
        (0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// How finely edges are cut: a 50th of the picture.
    fn step_m(&self) -> f64 {
        0.02 * WIDTH * self.metres_per_px
    }

    /// The line on the picture, whole, also where it leaves the plane's edge for the other side.
    pub fn line(&self, line: &[Position], edges: Edges) -> Vec<[f64; 2]> {
        let turn = self.turn_px();
        let mut points: Vec<[f64; 2]> = Vec::new();
        for position in along(line, edges, self.step_m()) {
            let mut at = self.px(position);
            if let (Some(turn), Some(last)) = (turn, points.last()) {
                at[0] -= turn * ((at[0] - last[0]) / turn).round();
            }
            points.push(at);
        }
        points
    }

    /// The path data of lines.
    pub fn lines_path(&self, lines: &[Vec<Position>], edges: Edges) -> String {
        let mut path = Path::new(self);
        lines.iter().for_each(|line| path.add(&self.line(line, edges), false));
        path.data
    }

    /// The paths of a region. Its outline goes without the seams along 180 degrees and at the poles that GeoJSON
    /// cuts it at; it is empty where there are none, and the edge of what is filled is the outline.
    pub fn region(&self, region: &Region) -> Shape {
        let (mut fill, mut outline) = (Path::new(self), Path::new(self));
        let rings = || region.polygons().iter().flatten();
        rings().for_each(|ring| fill.add(&thinned(&self.line(ring, Edges::Planar), THIN_PX), true));
        if rings().any(|ring| ring.windows(2).any(|ends| is_seam(ends[0], ends[1]))) {
            for ring in rings() {
                for part in without_seams(ring) {
                    outline.add(&thinned(&self.line(&part, Edges::Planar), THIN_PX), false);
                }
            }
        }
        Shape { fill: fill.data, outline: outline.data }
    }

    /// The paths of any place. Points are left out.
    pub fn geometry(&self, geometry: &IncidentGeometry) -> Shape {
        match geometry {
            IncidentGeometry::Region(region) => self.region(region),
            IncidentGeometry::Lines(lines) => {
                Shape { fill: String::new(), outline: self.lines_path(lines, Edges::Planar) }
            }
            IncidentGeometry::Collection(geometries) => {
                let mut all = Shape::default();
                for shape in geometries.iter().map(|geometry| self.geometry(geometry)) {
                    // One that is both would need the outline of each.
                    all.outline.push_str(if shape.outline.is_empty() { &shape.fill } else { &shape.outline });
                    all.fill.push_str(&shape.fill);
                }
                all
            }
            _ => Shape::default(),
        }
    }

    fn turn_px(&self) -> Option<f64> {
        self.projection.turn_m().map(|turn_m| turn_m / self.metres_per_px)
    }
}

/// The parts of a ring between its seams.
fn without_seams(ring: &[Position]) -> Vec<Vec<Position>> {
    let mut parts: Vec<Vec<Position>> = vec![Vec::new()];
    for ends in ring.windows(2) {
        if is_seam(ends[0], ends[1]) {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            if part.is_empty() {
                part.push(ends[0]);
            }
            part.push(ends[1]);
        }
    }
    parts
}

/// Points of outlines that are nearer than this to the line that the others make are left out, in pixels.
const THIN_PX: f64 = 0.03;

/// An edge that is there only because the map ends there.
fn is_seam(a: Position, b: Position) -> bool {
    (a.lon_deg().abs() == 180.0 && b.lon_deg().abs() == 180.0)
        || (a.lat_deg().abs() == 90.0 && a.lat_deg() == b.lat_deg())
}

/// Path data in hundredths of a pixel.
struct Path {
    data: String,
    turn: Option<f64>,
}

impl Path {
    fn new(frame: &Frame) -> Self {
        Path { data: String::new(), turn: frame.turn_px() }
    }

    /// Adds a line, and where the plane has an edge it again a turn to either side as far as that shows.
    fn add(&mut self, points: &[[f64; 2]], closed: bool) {
        if points.len() < 2 {
            return;
        }
        let low = points.iter().map(|at| at[0]).fold(f64::INFINITY, f64::min);
        let high = points.iter().map(|at| at[0]).fold(f64::NEG_INFINITY, f64::max);
        for shift in [0.0, -1.0, 1.0] {
            let shift = match self.turn {
                Some(turn) => turn * shift,
                None if shift == 0.0 => 0.0,
                None => continue,
            };
            if shift == 0.0 || (high + shift > 0.0 && low + shift < WIDTH) {
                self.add_once(points, shift, closed);
            }
        }
    }

    fn add_once(&mut self, points: &[[f64; 2]], shift: f64, closed: bool) {
        let mut last = None;
        for (i, at) in points.iter().enumerate() {
            let at = [hundredths(at[0] + shift), hundredths(at[1])];
            if last == Some(at) && i + 1 < points.len() {
                continue;
            }
            self.data.push(if last.is_none() { 'M' } else { 'L' });
            self.data.push_str(&format!("{} {}", number(at[0]), number(at[1])));
            last = Some(at);
        }
        if closed {
            self.data.push('Z');
        }
    }
}

fn hundredths(px: f64) -> i64 {
    (100.0 * px.clamp(-1e9, 1e9)).round() as i64
}

fn number(hundredths: i64) -> String {
    px_text(hundredths as f64 / 100.0)
}

/// A number of pixels to a hundredth, in as few digits as that takes.
pub(super) fn px_text(px: f64) -> String {
    let rounded = (100.0 * px).round() / 100.0;
    // -0 is 0.
    format!("{}", rounded + 0.0)
}
