//! Where the name of an area may lie: wholly within it, along its longest edges or level, near its middle.

use super::metrics::Rise;
use super::placer::{AIR, Candidate, Point, Quad};

/// From row to row, in pixels.
const ROW: f64 = 5.0;
const MOST_ROWS: f64 = 200.0;

/// Directions of edges are gathered in classes of so many degrees.
const CLASS_DEG: f64 = 10.0;
const MOST_DIRECTIONS: usize = 5;

/// The candidates that are kept.
const MOST: usize = 600;

/// The directions that the name may take, of length 1 and never upside down: level, and those of the longest edges that are
/// in the frame.
fn directions(rings: &[Vec<Point>], frame: [f64; 4]) -> Vec<[f64; 2]> {
    let mut classes = vec![(0.0_f64, [0.0_f64; 2]); (180.0 / CLASS_DEG) as usize];
    let is_shown = |ends: &&[Point]| {
        (0..2).all(|axis| {
            let (a, b) = (ends[0][axis], ends[1][axis]);
            a.max(b) > frame[axis] && a.min(b) < frame[axis + 2]
        })
    };
    for ends in rings.iter().flat_map(|ring| ring.windows(2)).filter(is_shown) {
        let (mut dx, mut dy) = (ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]);
        if dx < 0.0 || (dx == 0.0 && dy > 0.0) {
            (dx, dy) = (-dx, -dy);
        }
        let class = ((dy.atan2(dx).to_degrees() + 90.0) / CLASS_DEG) as usize;
        let (length, sum) = &mut classes[class.min((180.0 / CLASS_DEG) as usize - 1)];
        *length += dx.hypot(dy);
        *sum = [sum[0] + dx, sum[1] + dy];
    }
    classes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let edges = classes.iter().take(MOST_DIRECTIONS).filter(|(length, _)| *length > 0.0);
    let mut found = vec![[1.0, 0.0]];
    found.extend(edges.map(|(_, [x, y])| [x / x.hypot(*y), y / x.hypot(*y)]));
    found
}

/// Where each of some rows, which ascend, crosses the rings, in order. Points are along and across on a turned plane.
fn crossings(rings: &[Vec<Point>], rows: &[f64]) -> Vec<Vec<f64>> {
    let mut found = vec![Vec::new(); rows.len()];
    for ends in rings.iter().flat_map(|ring| ring.windows(2)) {
        let ([a, v], [b, w]) = (ends[0], ends[1]);
        let first = rows.partition_point(|row| *row < v.min(w));
        let crossed = rows[first..].iter().take_while(|row| **row < v.max(w));
        for (row, crossings) in crossed.zip(&mut found[first..]) {
            crossings.push(a + (row - v) / (w - v) * (b - a));
        }
    }
    found.iter_mut().for_each(|row| row.sort_by(f64::total_cmp));
    found
}

/// The intervals that lie in the first and in the second list, each of even length.
fn common(a: &[f64], b: &[f64]) -> Vec<f64> {
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i + 1 < a.len() && j + 1 < b.len() {
        let (from, to) = (a[i].max(b[j]), a[i + 1].min(b[j + 1]));
        if from < to {
            found.extend([from, to]);
        }
        if a[i + 1] < b[j + 1] { i += 2 } else { j += 2 }
    }
    found
}

/// The candidates of a text within closed rings (even-odd), as far as a frame shows them, the cheapest first.
pub(crate) fn candidates(rings: &[Vec<Point>], frame: [f64; 4], width: f64, rise: Rise) -> Vec<Candidate> {
    let [left, top, right, bottom] = frame;
    let half = 0.5 * (rise.above + rise.below);
    let seen = rings.iter().flatten().map(|[x, y]| [x.clamp(left, right), y.clamp(top, bottom)]);
    let bounds = seen
        .fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |b, [x, y]| {
            [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)]
        });
    let middle = [0.5 * (bounds[0] + bounds[2]), 0.5 * (bounds[1] + bounds[3])];
    let size = (bounds[2] - bounds[0]).hypot(bounds[3] - bounds[1]).max(1.0);
    let mut found: Vec<Candidate> = Vec::new();
    if !size.is_finite() {
        return found;
    }
    for unit in directions(rings, frame) {
        let to_plane = |[x, y]: Point| [x * unit[0] + y * unit[1], y * unit[0] - x * unit[1]];
        let from_plane = |[u, v]: Point| [u * unit[0] - v * unit[1], u * unit[1] + v * unit[0]];
        let turned: Vec<Vec<Point>> =
            rings.iter().map(|ring| ring.iter().copied().map(to_plane).collect()).collect();
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
        let view = vec![corners.map(to_plane).to_vec()];
        let spread = |rings: &[Vec<Point>]| {
            let rows = rings.iter().flatten().map(|at| at[1]);
            (rows.clone().fold(f64::INFINITY, f64::min), rows.fold(f64::NEG_INFINITY, f64::max))
        };
        let ((low, high), (first, last)) = (spread(&turned), spread(&view));
        let (low, high) = (low.max(first) + half, high.min(last) - half);
        let steps = ((high - low) / ROW).floor().clamp(0.0, MOST_ROWS);
        if high < low {
            continue;
        }
        let row = |n: u32| low + (high - low) * (f64::from(n) + 0.5) / (steps + 1.0);
        let rows: Vec<f64> = (0..=steps as u32).map(row).collect();
        // Edges lean little within the height of a line: its top, middle and bottom show what is free.
        let inside = [-half, 0.0, half].map(|by| {
            let rows: Vec<f64> = rows.iter().map(|row| row + by).collect();
            let (own, view) = (crossings(&turned, &rows), crossings(&view, &rows));
            own.iter().zip(view).map(|(own, view)| common(own, &view)).collect::<Vec<_>>()
        });
        for (n, &across) in rows.iter().enumerate() {
            let free = common(&common(&inside[0][n], &inside[1][n]), &inside[2][n]);
            for part in free.chunks_exact(2).filter(|part| part[1] - part[0] >= width + 6.0) {
                let room = part[1] - part[0] - width - 6.0;
                for share in [0.5, 0.25, 0.75] {
                    let along = part[0] + 3.0 + 0.5 * width + share * room;
                    let centre = from_plane([along, across]);
                    let far = (centre[0] - middle[0]).hypot(centre[1] - middle[1]) / size;
                    let lean = unit[1].abs();
                    let tight = width / (part[1] - part[0]);
                    found.push(Candidate {
                        quad: Quad::turned(centre, [0.5 * width + AIR, half], unit),
                        cost: 3.0 * far + 0.6 * lean + tight,
                        leader: None,
                    });
                }
            }
        }
    }
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    found.truncate(MOST);
    found
}
