//! From the Earth to the picture: lines, polygons and points as SVG path data.

use super::projection::{Bounds, Projection, along};
use super::thin::thinned;
use crate::geodesy::ecef::SurfacePoint;
use crate::{Edges, IncidentGeometry, Position, Region};

/// How wide a map without paper is, in its own units (pixels at its first size).
const FREE_WIDTH: f64 = 1000.0;
/// How high it may be.
const FREE_HEIGHTS: [f64; 2] = [520.0, 1100.0];
/// The size of a map in that of what is shown; on paper it grows to a round fraction besides.
const MARGIN: f64 = 1.12;
const MARGIN_ON_PAPER: f64 = 1.05;
/// How far beyond its frame a page draws, in the map's units: panes of screens are higher or wider than the frame.
const APRON: f64 = 900.0;
/// A page draws nothing that is farther from the middle of an azimuthal map, in metres: there it is all distortion.
const FARTHEST_DRAWN_M: f64 = 15_000_000.0;
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

/// The room that a map has on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    pub width: f64,
    pub height: f64,
    /// The length of a unit on the paper, in metres.
    pub unit_m: f64,
}

/// A map's rectangle on the plane, and the picture that it fills.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub projection: Projection,
    /// The plane's coordinates of the picture's upper left corner.
    pub corner_m: [f64; 2],
    pub metres_per_px: f64,
    pub width: f64,
    pub height: f64,
    /// What it is around, without a margin: left, top, right and bottom on the picture.
    pub area: [f64; 4],
    /// How wide and high what is shown is on the plane.
    pub shown_m: [f64; 2],
    /// It has a border of paper around it.
    pub is_on_paper: bool,
}

impl Frame {
    /// Around all positions, with a margin; and where they are on the plane. What is shown grows until it fills the room
    /// on paper, or has the shape of a map without paper.
    pub fn around(positions: &[Position], room: Option<Room>) -> (Self, Vec<[f64; 2]>) {
        let points: Vec<SurfacePoint> =
            positions.iter().map(|&position| SurfacePoint::new(position)).collect();
        let (projection, plane) = Projection::around(&points);
        let mut bounds = Bounds::default();
        plane.iter().for_each(|&point| bounds.add(point));
        let mut middle = bounds.middle();
        let margin = if room.is_some() { MARGIN_ON_PAPER } else { MARGIN };
        let shown_m = bounds.size().map(|size| (margin * size).max(LEAST_EXTENT_M));
        let [mut width, mut height] = shown_m;
        let px_width = room.map_or(FREE_WIDTH, |room| room.width);
        if let Some(turn_m) = projection.turn_m() {
            width = width.min(turn_m);
        }
        let [lowest, highest] =
            room.map_or(FREE_HEIGHTS, |room| [room.height; 2]).map(|height| height / px_width);
        height = height.max(lowest * width);
        // A round fraction, where there is more of the Earth to show.
        if let (Some(room), None) = (room, projection.turn_m()) {
            let whole = room.height * room.unit_m;
            height = whole * round_scale((height / whole).max(width / (room.width * room.unit_m)));
        }
        if let Some(pole_m) = projection.pole_m() {
            // Nothing lies beyond the poles.
            height = height.min(2.0 * pole_m);
            middle[1] = middle[1].clamp(0.5 * height - pole_m, pole_m - 0.5 * height);
        }
        width = width.max(height / highest);
        let mut frame = Frame {
            projection,
            corner_m: [middle[0] - 0.5 * width, middle[1] + 0.5 * height],
            metres_per_px: width / px_width,
            width: px_width,
            height: (px_width * height / width).round(),
            shown_m,
            is_on_paper: room.is_some(),
            area: [0.0; 4],
        };
        let size = bounds.size();
        let [[left, top], [right, bottom]] = [-0.5, 0.5].map(|half| {
            let [x, y] = frame.to_px(bounds.middle());
            [x + half * size[0] / frame.metres_per_px, y + half * size[1] / frame.metres_per_px]
        });
        frame.area = [left, top, right, bottom];
        (frame, plane)
    }

    pub fn to_px(self, [x, y]: [f64; 2]) -> [f64; 2] {
        [(x - self.corner_m[0]) / self.metres_per_px, (self.corner_m[1] - y) / self.metres_per_px]
    }

    /// Where a position is on the picture.
    pub fn px(&self, position: Position) -> [f64; 2] {
        self.to_px(self.projection.project(&SurfacePoint::new(position)))
    }

    /// The middle on the picture of what these positions span.
    pub fn middle_px(&self, positions: &[Position]) -> [f64; 2] {
        let mut bounds = Bounds::default();
        positions.iter().for_each(|&position| bounds.add(self.px(position)));
        bounds.middle()
    }

    /// What is at a place of the picture.
    pub fn position(&self, [x, y]: [f64; 2]) -> Option<Position> {
        self.projection
            .unproject([self.corner_m[0] + x * self.metres_per_px, self.corner_m[1] - y * self.metres_per_px])
    }

    pub fn is_inside(&self, [x, y]: [f64; 2]) -> bool {
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// Left, top, right and bottom of the picture.
    pub fn sides(&self) -> [f64; 4] {
        [0.0, 0.0, self.width, self.height]
    }

    /// What a page can show: left, top, right and bottom. The frame, and beyond it as much as panes of other forms need, but
    /// nothing beyond the edges of the plane.
    pub fn page_bounds(&self) -> [f64; 4] {
        let (mut low, mut high) = ([-APRON; 2], [self.width + APRON, self.height + APRON]);
        let middle = self.to_px([0.0; 2]);
        let half = match (self.projection.turn_m(), self.projection.pole_m()) {
            (Some(turn_m), Some(pole_m)) => [0.5 * turn_m, pole_m],
            _ => [FARTHEST_DRAWN_M * std::f64::consts::FRAC_1_SQRT_2; 2],
        };
        for axis in 0..2 {
            let half = half[axis] / self.metres_per_px;
            low[axis] = low[axis].max(middle[axis] - half).round();
            high[axis] = high[axis].min(middle[axis] + half).round();
        }
        [low[0], low[1], high[0], high[1]]
    }

    /// How finely edges are cut: a 50th of the picture.
    fn step_m(&self) -> f64 {
        0.02 * self.width * self.metres_per_px
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

    /// The paths of a geometry if any of it may be on the picture; nothing else has paths.
    pub fn seen(&self, geometry: &IncidentGeometry) -> Shape {
        let mut positions = Vec::new();
        add_positions(geometry, &mut positions);
        let mut bounds = Bounds::default();
        positions.iter().for_each(|&position| bounds.add(self.px(position)));
        let turn = self.turn_px().unwrap_or(0.0);
        let is_seen = [-turn, 0.0, turn].iter().any(|shift| {
            let [low, high] = [bounds.low[0] + shift, bounds.high[0] + shift];
            high >= 0.0 && low <= self.width && bounds.high[1] >= 0.0 && bounds.low[1] <= self.height
        });
        if is_seen { self.geometry(geometry) } else { Shape::default() }
    }

    fn turn_px(&self) -> Option<f64> {
        self.projection.turn_m().map(|turn_m| turn_m / self.metres_per_px)
    }
}

/// Adds all positions of a geometry.
pub(super) fn add_positions(place: &IncidentGeometry, out: &mut Vec<Position>) {
    match place {
        IncidentGeometry::Lines(lines) => out.extend(lines.iter().flatten()),
        IncidentGeometry::Region(region) => out.extend(region.polygons().iter().flatten().flatten()),
        IncidentGeometry::Collection(places) => places.iter().for_each(|place| add_positions(place, out)),
        place => out.extend(place.positions()),
    }
}

/// The least denominator of a fraction that people measure by, that is not less.
fn round_scale(least: f64) -> f64 {
    const ROUND: [f64; 24] = [
        1.0, 1.1, 1.2, 1.25, 1.4, 1.5, 1.6, 1.8, 2.0, 2.2, 2.5, 2.75, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 7.0,
        7.5, 8.0, 9.0, 10.0,
    ];
    let ten = 10.0_f64.powf(least.log10().floor());
    ROUND.into_iter().map(|n| n * ten).find(|n| *n >= least * (1.0 - 1e-9)).unwrap_or(least)
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
    width: f64,
}

impl Path {
    fn new(frame: &Frame) -> Self {
        Path { data: String::new(), turn: frame.turn_px(), width: frame.width }
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
            if shift == 0.0 || (high + shift > 0.0 && low + shift < self.width) {
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
