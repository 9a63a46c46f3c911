//! The border of a map on paper: two lines, and between them what the graticule's lines are.

use std::fmt::Write;

use super::super::frame::px_text;
use super::super::graticule;
use super::super::labels::text_width;
use super::super::scene::Scene;
use super::column::Look;

/// The distance of the two lines.
pub(super) const GUTTER: f64 = 15.0;
const LABEL_PX: f64 = 9.0;
/// Between two labels.
const APART: f64 = 6.0;

/// Labels along one edge that are on none of the others, by where they begin and end.
#[derive(Default)]
struct Edge(Vec<[f64; 2]>);

impl Edge {
    fn take(&mut self, middle: f64, width: f64, length: f64) -> bool {
        let [from, to] = [middle - 0.5 * width, middle + 0.5 * width];
        let is_free = from >= 0.0
            && to <= length
            && self.0.iter().all(|other| to + APART < other[0] || other[1] + APART < from);
        if is_free {
            self.0.push([from, to]);
        }
        is_free
    }
}

/// The border about a map whose upper left corner is 0, 0.
pub(super) fn border(scene: &Scene) -> String {
    let (width, height) = (scene.frame.width, scene.frame.height);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<path class=\"sl\" d=\"M0 0H{w}V{h}H0Z\"/><path class=\"sn\" d=\"M-{GUTTER} -{GUTTER}H{wo}V{ho}H-{GUTTER}Z\"/>",
        w = px_text(width),
        h = px_text(height),
        wo = px_text(width + GUTTER),
        ho = px_text(height + GUTTER),
    );
    let lines = graticule::lines(&scene.frame);
    let look = Look::ink(LABEL_PX);
    for edge in 0..4 {
        let is_level = edge % 2 == 1;
        let mut taken = Edge::default();
        // Near a pole an edge may be met by the others alone.
        let has_usual = lines.iter().any(|line| line.is_meridian == is_level && !line.ends[edge].is_empty());
        for line in lines.iter().filter(|line| !has_usual || line.is_meridian == is_level) {
            for &[x, y] in &line.ends[edge] {
                let (along, length) = if is_level { (x, width) } else { (y, height) };
                if !taken.take(along, text_width(&line.label, LABEL_PX), length) {
                    continue;
                }
                let [x, y] = [px_text(x), px_text(y)];
                let (tick, at) = match edge {
                    0 => (format!("M0 {y}h-3"), format!("translate(-4.5 {y}) rotate(-90)")),
                    1 => (format!("M{x} 0v-3"), format!("translate({x} -4.5)")),
                    2 => (
                        format!("M{} {y}h3", px_text(width)),
                        format!("translate({} {y}) rotate(90)", px_text(width + 4.5)),
                    ),
                    _ => (
                        format!("M{x} {}v3", px_text(height)),
                        format!("translate({x} {})", px_text(height + 11.0)),
                    ),
                };
                let text = look.line(&line.label, [0.0, 0.0], "middle");
                let _ = write!(out, "<path class=\"sl\" d=\"{tick}\"/><g transform=\"{at}\">{text}</g>");
            }
        }
    }
    out
}
