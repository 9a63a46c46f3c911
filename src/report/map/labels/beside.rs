//! Where the name of a point may lie: at one of eight places around its symbol, or farther off at the end of a leader.

use super::metrics::Rise;
use super::placer::{AIR, Candidate, Point, Quad};

/// How far a leader may reach, in pixels.
const REACHES: [f64; 4] = [17.0, 25.0, 34.0, 46.0];

/// What a leader costs: more than anything at the symbol.
const LEADER_COST: f64 = 100.0;

/// A text in its room: a width, and how far the line reaches above and below the baseline, in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextBox {
    pub width: f64,
    pub rise: Rise,
}

impl TextBox {
    /// The room of the text if it begins at a place on its baseline, with a little air at both ends.
    pub fn at(&self, [x, y]: Point) -> Quad {
        Quad::upright([x - AIR, y - self.rise.above], [x + self.width + AIR, y + self.rise.below])
    }

    fn height(&self) -> f64 {
        self.rise.above + self.rise.below
    }
}

/// Where the text may begin on its baseline, from the symbol's middle, the best place first, each with its cost: to the right and
/// above first, as maps have it. A symbol reaches `half` pixels from its middle.
fn around(text: &TextBox, half: f64) -> [(Point, f64); 8] {
    let width = text.width;
    let [right, left] = [half + 2.0, -half - 2.0 - width];
    let level = 0.5 * (text.rise.above - text.rise.below);
    let [up, down] = [-0.3 * half, text.rise.above - 1.0];
    let [over, under] = [-half - text.rise.below, half + text.rise.above];
    [
        ([right, up], 0.0),
        ([right, level], 0.3),
        ([right, down], 0.6),
        ([left, up], 1.0),
        ([left, level], 1.3),
        ([left, down], 1.6),
        ([-0.5 * width, over], 2.0),
        ([-0.5 * width, under], 2.4),
    ]
}

/// The candidates of a text beside the symbol at a place.
pub(crate) fn candidates(at: Point, text: TextBox, half: f64) -> impl Iterator<Item = Candidate> {
    around(&text, half).into_iter().map(move |([x, y], cost)| Candidate {
        quad: text.at([at[0] + x, at[1] + y]),
        cost,
        leader: None,
    })
}

/// The candidates at the ends of leaders.
pub(crate) fn far_candidates(at: Point, text: TextBox, half: f64) -> impl Iterator<Item = Candidate> {
    REACHES.into_iter().flat_map(move |reach| {
        (0..16).map(move |n| {
            // To the right and up first, then to either side of it.
            let turn = if n % 2 == 0 { n / 2 } else { -(n + 1) / 2 };
            let (sin, cos) = (-0.125 * std::f64::consts::PI * f64::from(2 + turn)).sin_cos();
            let point = |r: f64| [at[0] + r * cos, at[1] + r * sin];
            let end = point(half + reach);
            let left = match cos {
                0.3.. => end[0] + 2.0,
                ..=-0.3 => end[0] - 2.0 - text.width,
                _ => end[0] - 0.5 * text.width,
            };
            let middle = end[1] + if cos.abs() < 0.3 { sin.signum() * 0.5 * text.height() } else { 0.0 };
            let baseline = middle + 0.5 * (text.rise.above - text.rise.below);
            Candidate {
                quad: text.at([left, baseline]),
                cost: LEADER_COST + reach + 0.1 * f64::from(n),
                leader: Some([point(half + 1.0), end]),
            }
        })
    })
}

/// The candidates of the number at a kilometre mark: beyond its tick, which points in a direction (of length 1), or on the
/// other side of the line.
pub(crate) fn mark_candidates(at: Point, text: TextBox, [ux, uy]: Point) -> [Candidate; 2] {
    let reach = ux.abs() * (0.5 * text.width + AIR) + uy.abs() * 0.5 * text.height();
    [(5.0 + reach, 0.0), (-3.5 - reach, 0.5)].map(|(by, cost)| {
        let middle = [at[0] + by * ux, at[1] + by * uy];
        let baseline = middle[1] + 0.5 * (text.rise.above - text.rise.below);
        Candidate { quad: text.at([middle[0] - 0.5 * text.width, baseline]), cost, leader: None }
    })
}

/// The one candidate of a text that begins where it must.
pub(crate) fn fixed_candidate(start: Point, text: TextBox) -> Candidate {
    Candidate { quad: text.at(start), cost: 0.0, leader: None }
}
