//! The cell of a post: all that is nearer to it than to any other, by geodesic distance.
//!
//! Seen from the post a border with another is a function of the azimuth: how far one goes until both are as
//! near. Which borders there are, gnomonic half-planes tell on a sphere (Aurenhammer 1991, Voronoi
//! Diagrams, ACM Computing Surveys 23); where they run and meet, Karney's geodesics.

use geo_types::Coord;

use crate::Position;
use crate::geodesy::departures::Departures;
use crate::geodesy::distance::{SERIES_CHORD_M, series_m};
use crate::geodesy::ecef::{SurfacePoint, dot, norm2, sub};
use crate::geodesy::ellipsoid::MEAN_RADIUS_M;
use crate::geodesy::{direct, inverse};

/// By how much a sphere may misjudge which borders there are.
const DOUBT: f64 = 0.02;

/// Borders are good to this.
const EXACT_M: f64 = 1e-5;

/// What a cell ends at.
#[derive(Debug, Clone, Copy)]
struct Wall {
    /// The post behind it; `None` for the frame.
    post: Option<usize>,
    at: Position,
    /// The azimuth from the cell's post, and half the distance (of the frame: all of it).
    azimuth_deg: f64,
    half_m: f64,
}

impl Wall {
    /// Its unit normal in the gnomonic plane, and its distance there.
    fn line(&self) -> (Coord, f64) {
        let (sin, cos) = self.azimuth_deg.to_radians().sin_cos();
        (Coord { x: sin, y: cos }, (self.half_m / MEAN_RADIUS_M).tan())
    }
}

/// A border: the post behind it and where it begins, going clockwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Border {
    /// `None` where it is the frame.
    pub post: Option<usize>,
    pub azimuth_deg: f64,
    pub distance_m: f64,
}

/// A post that asks for its cell, and the posts around it.
pub(super) struct Cell {
    centre: Position,
    walls: Vec<Wall>,
}

impl Cell {
    /// The cell within a frame of at least `frame_m`, by posts that come nearest first.
    ///
    /// `None` for the posts as soon as what comes is too far to matter.
    pub fn new(centre: Position, frame_m: f64, posts: impl Iterator<Item = (usize, Position)>) -> Self {
        let mut walls: Vec<Wall> = (0..8)
            .map(|i| Wall { post: None, at: centre, azimuth_deg: 45.0 * f64::from(i), half_m: frame_m })
            .collect();
        let mut corners = vec![];
        for (i, wall) in walls.iter().enumerate() {
            let (azimuth, (_, reach)) = ((wall.azimuth_deg + 22.5).to_radians(), wall.line());
            let length = reach / 22.5_f64.to_radians().cos();
            corners.push((Coord { x: azimuth.sin(), y: azimuth.cos() } * length, i));
        }
        for (post, at) in posts {
            let path = inverse(centre, at);
            let wall =
                Wall { post: Some(post), at, azimuth_deg: path.azimuth1_deg, half_m: 0.5 * path.distance_m };
            let farthest = corners.iter().map(|(c, _)| c.x.hypot(c.y)).fold(0.0, f64::max);
            if wall.half_m / MEAN_RADIUS_M * (1.0 - DOUBT) > farthest.atan() {
                break;
            }
            walls.push(wall);
            clip(&mut corners, wall.line(), walls.len() - 1);
        }
        // What comes close to a corner may turn out to cut it.
        walls.retain(|wall| {
            let (normal, reach) = wall.line();
            corners.iter().any(|(c, _)| c.x * normal.x + c.y * normal.y > (1.0 - DOUBT) * reach)
        });
        Cell { centre, walls }
    }

    /// Its borders, clockwise.
    pub fn borders(&self) -> Vec<Border> {
        // Enough directions that every border of some length is met; corners between them find the others.
        let mut samples: Vec<f64> = (0..24).map(|i| 15.0 * f64::from(i)).collect();
        samples.extend(self.walls.iter().map(|wall| wall.azimuth_deg));
        samples.sort_unstable_by(f64::total_cmp);
        samples.dedup();
        let met: Vec<(f64, usize)> =
            samples.iter().map(|&azimuth| (azimuth, self.nearest(azimuth).0)).collect();
        let mut borders = Vec::new();
        for (i, &(from, wall)) in met.iter().enumerate() {
            let (mut to, next) = met[(i + 1) % met.len()];
            if i + 1 == met.len() {
                to += 360.0;
            }
            self.turn((from, wall), (to, next), 0, &mut borders);
        }
        if borders.is_empty()
            && let Some(&(azimuth_deg, wall)) = met.first()
        {
            let distance_m = self.reach_m(wall, azimuth_deg);
            borders.push(Border { post: self.walls[wall].post, azimuth_deg, distance_m });
        }
        borders
    }

    /// Adds the borders that begin between two directions.
    fn turn(&self, a: (f64, usize), b: (f64, usize), depth: u32, borders: &mut Vec<Border>) {
        if a.1 == b.1 || depth > 64 {
            return;
        }
        let (azimuth_deg, distance_m) = self.corner(a, b);
        let (lowest, lowest_m) = self.nearest(azimuth_deg);
        if lowest != a.1 && lowest != b.1 && lowest_m < distance_m - 10.0 * EXACT_M {
            self.turn(a, (azimuth_deg, lowest), depth + 1, borders);
            self.turn((azimuth_deg, lowest), b, depth + 1, borders);
            return;
        }
        borders.push(Border { post: self.walls[b.1].post, azimuth_deg, distance_m });
    }

    /// Where two walls meet between a direction in which the first is nearer and one where the second is.
    fn corner(&self, (mut t0, a): (f64, usize), (mut t1, b): (f64, usize)) -> (f64, f64) {
        let gap = |t: f64| {
            let (to_a, to_b) = (self.reach_m(a, t), self.reach_m(b, t));
            // Inverse, so that a wall that is not met counts as far away.
            1.0 / to_b - 1.0 / to_a
        };
        let (mut f0, mut f1) = (gap(t0), gap(t1));
        let mut t = 0.5 * (t0 + t1);
        for round in 0..60 {
            let secant = t0 - f0 * (t1 - t0) / (f1 - f0);
            t = if round % 3 < 2 && secant > t0 && secant < t1 { secant } else { 0.5 * (t0 + t1) };
            let f = gap(t);
            let reach_m = self.reach_m(a, t);
            if f == 0.0 || f.abs() * reach_m * reach_m < 0.1 * EXACT_M || t1 - t0 < 1e-13 {
                break;
            }
            if f < 0.0 { (t0, f0) = (t, f) } else { (t1, f1) = (t, f) }
        }
        (t, self.reach_m(a, t).min(self.reach_m(b, t)))
    }

    /// The wall that is met first in a direction, and how far off it is.
    fn nearest(&self, azimuth_deg: f64) -> (usize, f64) {
        let guess = |wall: &Wall| guess_m(wall, azimuth_deg);
        let least = self.walls.iter().map(guess).fold(f64::INFINITY, f64::min);
        let near = self.walls.iter().enumerate().filter(|(_, wall)| guess(wall) <= least * (1.0 + DOUBT));
        near.map(|(i, _)| (i, self.reach_m(i, azimuth_deg)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .unwrap_or((0, f64::INFINITY))
    }

    fn reach_m(&self, wall: usize, azimuth_deg: f64) -> f64 {
        let wall = &self.walls[wall];
        match wall.post {
            None => guess_m(wall, azimuth_deg),
            Some(_) => reach_m(self.centre, wall, azimuth_deg),
        }
    }

    pub fn position(&self, border: &Border) -> Position {
        direct(self.centre, border.azimuth_deg, border.distance_m).position
    }

    /// A point of the frame in a direction.
    pub fn frame_point(&self, azimuth_deg: f64) -> Position {
        let frame = self.walls.iter().filter(|wall| wall.post.is_none());
        let least = frame.map(|wall| guess_m(wall, azimuth_deg)).fold(f64::INFINITY, f64::min);
        direct(self.centre, azimuth_deg, least).position
    }
}

/// Cuts a convex polygon: corners, each with the wall that begins there.
fn clip(corners: &mut Vec<(Coord, usize)>, (normal, reach): (Coord, f64), wall: usize) {
    let height = |c: Coord| c.x * normal.x + c.y * normal.y - reach;
    if corners.iter().all(|&(c, _)| height(c) <= 0.0) {
        return;
    }
    let mut left = Vec::with_capacity(corners.len() + 2);
    for (i, &(c, own)) in corners.iter().enumerate() {
        let (next, _) = corners[(i + 1) % corners.len()];
        let (h0, h1) = (height(c), height(next));
        if h0 <= 0.0 {
            left.push((c, own));
        }
        if (h0 <= 0.0) != (h1 <= 0.0) {
            let at = c + (next - c) * (h0 / (h0 - h1));
            left.push((at, if h1 > 0.0 { wall } else { own }));
        }
    }
    *corners = left;
}

/// How far a wall is in a direction, on a sphere; infinite where it is not met.
fn guess_m(wall: &Wall, azimuth_deg: f64) -> f64 {
    let cos = (azimuth_deg - wall.azimuth_deg).to_radians().cos();
    if cos <= 1e-6 {
        return f64::INFINITY;
    }
    MEAN_RADIUS_M * ((wall.half_m / MEAN_RADIUS_M).tan() / cos).atan()
}

/// How far one goes in a direction until a post is as near as where one set out; infinite where it never is.
fn reach_m(centre: Position, wall: &Wall, azimuth_deg: f64) -> f64 {
    let (departures, post) = (Departures::new(centre), SurfacePoint::new(wall.at));
    let mut distance_m = guess_m(wall, azimuth_deg);
    if distance_m > 9e6 {
        return f64::INFINITY;
    }
    for _ in 0..30 {
        let [from_post_m, slope] = near_slope(&departures, &post, azimuth_deg, distance_m)
            .unwrap_or_else(|| far_slope(centre, wall.at, azimuth_deg, distance_m));
        let step = (distance_m - from_post_m) / slope;
        if !step.is_finite() {
            break;
        }
        // Half way at most, either way.
        distance_m += step.clamp(-0.5 * distance_m, distance_m);
        if step.abs() < EXACT_M {
            break;
        }
    }
    distance_m
}

/// How far a post is from where a geodesic ends, and how its lead over the way gone changes; `None` beyond 500 km.
fn near_slope(from: &Departures, post: &SurfacePoint, azimuth_deg: f64, distance_m: f64) -> Option<[f64; 2]> {
    let (here, heading) = from.near(azimuth_deg, distance_m)?;
    let chord = sub(here, post.ecef);
    let chord_m = norm2(chord).sqrt();
    let from_post_m = series_m((here, SurfacePoint::normal_at(here)), (post.ecef, post.normal));
    // A step is as good by the chord as by the geodesic.
    (chord_m > 0.0 && chord_m <= SERIES_CHORD_M).then(|| [from_post_m, dot(heading, chord) / chord_m - 1.0])
}

fn far_slope(centre: Position, post: Position, azimuth_deg: f64, distance_m: f64) -> [f64; 2] {
    let here = direct(centre, azimuth_deg, distance_m);
    let from_post = inverse(post, here.position);
    [from_post.distance_m, (here.azimuth2_deg - from_post.azimuth2_deg).to_radians().cos() - 1.0]
}

/// The border of two posts, as points that both their cells share.
pub(super) struct SharedBorder {
    from: Position,
    wall: Wall,
    spacing_m: f64,
}

impl SharedBorder {
    /// As seen from the post that stands first in the layer.
    pub fn new(first: Position, second: Position, spacing_m: f64) -> Self {
        let path = inverse(first, second);
        let half_m = 0.5 * path.distance_m;
        let wall = Wall { post: Some(0), at: second, azimuth_deg: path.azimuth1_deg, half_m };
        SharedBorder { from: first, wall, spacing_m }
    }

    /// The points strictly between two places of the border, from one to the other.
    pub fn between(&self, start: Position, end: Position) -> Vec<Position> {
        // Points lie at whole multiples of the spacing along the tangent in the middle of the border.
        let place = |at: Position| {
            let off_deg = inverse(self.from, at).azimuth1_deg - self.wall.azimuth_deg;
            let off_deg = ((off_deg + 540.0).rem_euclid(360.0) - 180.0).clamp(-89.99, 89.99);
            off_deg.to_radians().tan() * self.wall.half_m / self.spacing_m
        };
        let (start, end) = (place(start), place(end));
        let margin = 1e-6;
        let (low, high) = ((start.min(end) + margin).ceil() as i64, (start.max(end) - margin).floor() as i64);
        let point = |i: i64| {
            let off = (i as f64 * self.spacing_m / self.wall.half_m).atan();
            let azimuth_deg = self.wall.azimuth_deg + off.to_degrees();
            direct(self.from, azimuth_deg, reach_m(self.from, &self.wall, azimuth_deg)).position
        };
        if start <= end { (low..=high).map(point).collect() } else { (low..=high).rev().map(point).collect() }
    }
}
