//! Names as a map writes them: their texts, how wide they are, and where they begin once they are placed.

pub(super) mod along;
pub(super) mod beside;
mod font_widths;
mod metrics;
pub(super) mod placer;
pub(super) mod within;

use super::frame::px_text;
use crate::report::markup::{escaped, is_right_to_left, isolated, without_directions};

pub(super) use metrics::Rise;
use placer::{AIR, Point, Quad};

/// No name is longer, in pixels.
const LONGEST_PX: f64 = 260.0;

/// The width of a text, by the table of widths: on any machine the same.
pub(super) fn text_width(text: &str, size_px: f64) -> f64 {
    metrics::width(text) * size_px
}

/// A kind of label. What comes first is placed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Incident,
    Post,
    Route,
    Corridor,
    Town,
    Mark,
    Angle,
}

impl Kind {
    /// The classes of its text in the style.
    pub fn class(self) -> &'static str {
        match self {
            Kind::Incident => "lb il",
            Kind::Post => "lb pl",
            Kind::Route => "lb rl",
            Kind::Corridor => "lb cl",
            Kind::Town => "lb tl",
            Kind::Mark => "lb kl",
            Kind::Angle => "gl",
        }
    }

    fn size_px(self) -> f64 {
        match self {
            Kind::Corridor => 11.0,
            Kind::Mark | Kind::Angle => 9.0,
            _ => 10.0,
        }
    }
}

/// A text that is to be placed.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub kind: Kind,
    /// As it is written: on one line, not too long, turning nothing around it.
    pub text: String,
    pub width: f64,
}

impl Label {
    /// `None` of a text that shows nothing.
    pub fn new(kind: Kind, text: &str) -> Option<Self> {
        let size = kind.size_px();
        let bold = if matches!(kind, Kind::Incident | Kind::Route) { font_widths::BOLD } else { 1.0 };
        let text = isolated(&shortened(text, LONGEST_PX / size));
        let mut width = bold * text_width(&text, size);
        if kind == Kind::Corridor && is_spaced(&text) {
            // Spread over the area; letters that join stay together.
            width += 0.3 * size * (text.chars().count() as f64 - 1.0);
        }
        (width > 0.0).then_some(Label { kind, text, width })
    }

    pub fn rise(&self) -> Rise {
        let (rise, size) = (metrics::rise(&self.text), self.kind.size_px());
        Rise { above: size * rise.above, below: size * rise.below }
    }

    pub fn text_box(&self) -> beside::TextBox {
        beside::TextBox { width: self.width, rise: self.rise() }
    }

    /// How the text takes its width, whatever the font. Arabic and what else joins is never pulled apart: its letters get wider.
    pub fn adjust(&self) -> &'static str {
        if self.kind == Kind::Corridor && is_spaced(&self.text) { "spacing" } else { "spacingAndGlyphs" }
    }

    /// The attributes of a text element that make it as wide as the table says.
    pub fn length(&self) -> String {
        format!(" textLength=\"{}\" lengthAdjust=\"{}\"", px_text(self.width), self.adjust())
    }
}

/// Returns `true` for scripts whose letters stand apart: Latin, Greek, Cyrillic, Armenian, Hebrew, Georgian, Han and the like.
fn is_spaced(text: &str) -> bool {
    let joins = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{200c}'..='\u{200d}' | '\u{1f000}'..);
    !text.chars().any(|c| joins(c) || is_right_to_left(c))
}

/// The text on one line, cut where it is wider than `most` of its size.
fn shortened(text: &str, most: f64) -> String {
    // Nobody reads more of it, and no letter is a hundredth of its size wide.
    const MOST_CHARS: usize = 200;
    let mut words = String::new();
    for word in without_directions(text).split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if words.len() > 8 * MOST_CHARS {
            break;
        }
    }
    let mut kept: String = words.chars().take(MOST_CHARS).collect();
    if kept.len() == words.len() && metrics::width(&kept) <= most {
        return kept;
    }
    while metrics::width(&kept) > most - 1.0 {
        kept.pop();
    }
    format!("{}\u{2026}", kept.trim_end())
}

/// A label in its place.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub label: Label,
    /// Where it begins on its baseline.
    pub start: Point,
    /// How far its direction is turned clockwise.
    pub turn_deg: f64,
    pub leader: Option<[Point; 2]>,
}

impl Placed {
    /// In a room that its box has about it.
    pub fn new(label: Label, quad: &Quad, leader: Option<[Point; 2]>) -> Self {
        let [top, _, right, left] = quad.0;
        let unit = |from: Point, to: Point| {
            let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
            let length = dx.hypot(dy);
            [dx / length, dy / length]
        };
        let (along, up) = (unit(left, right), unit(left, top));
        let below = label.rise().below;
        let start = [0, 1].map(|axis| left[axis] + AIR * along[axis] + below * up[axis]);
        let turn_deg = along[1].atan2(along[0]).to_degrees();
        Placed { label, start, turn_deg, leader }
    }

    /// The middle of its baseline.
    pub fn middle(&self) -> Point {
        let (sin, cos) = self.turn_deg.to_radians().sin_cos();
        [self.start[0] + 0.5 * self.label.width * cos, self.start[1] + 0.5 * self.label.width * sin]
    }

    /// The label as SVG, seen from a place, with its leader before it.
    pub fn svg(&self, [x, y]: Point) -> String {
        let from = |[px, py]: Point| [px_text(px - x), px_text(py - y)];
        let leader = self.leader.map_or(String::new(), |[a, b]| {
            let ([ax, ay], [bx, by]) = (from(a), from(b));
            format!("<path class=\"ld\" d=\"M{ax} {ay}L{bx} {by}\"/>")
        });
        let [sx, sy] = from(self.start);
        let place = match self.turn_deg == 0.0 {
            true => format!("x=\"{sx}\" y=\"{sy}\""),
            false => format!("transform=\"translate({sx} {sy})rotate({})\"", px_text(self.turn_deg)),
        };
        let (class, length, text) = (self.label.kind.class(), self.label.length(), escaped(&self.label.text));
        format!("{leader}<text class=\"{class}\" {place}{length}>{text}</text>")
    }
}
