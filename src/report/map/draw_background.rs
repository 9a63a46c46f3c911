//! The background of a map as SVG elements, and what is said of it.

use std::fmt::Write;

use super::background::{Background, BackgroundFeature, BackgroundKind, Style};
use super::frame::{Frame, Shape, px_text};
use crate::report::markup::escaped;

/// Towns and other names beyond this would be more than a map can show at any zoom.
const MOST_NAMES: usize = 300;

/// A name on the background, with a dot at its place.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub text: String,
    pub at: [f64; 2],
}

/// The background of a map.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Areas and lines.
    pub shapes: String,
    pub borders: String,
    /// Those that come first get their places first.
    pub names: Vec<Name>,
    pub notes: Vec<String>,
}

impl Drawn {
    pub fn new(backgrounds: &[Background], frame: &Frame) -> Self {
        let mut drawn = Drawn::default();
        for background in backgrounds {
            for feature in &background.features {
                drawn.add(feature, background.kind, frame);
            }
            let what = match background.kind {
                BackgroundKind::Borders => "Borders",
                BackgroundKind::Towns => "Towns",
                BackgroundKind::Shapes => "Background",
            };
            drawn.notes.extend(background.source.as_ref().map(|source| format!("{what}: {source}")));
            if background.kind == BackgroundKind::Borders {
                drawn.notes.push("Boundaries shown do not imply endorsement".to_owned());
            }
        }
        drawn.names = spread(drawn.names);
        drawn
    }

    fn add(&mut self, feature: &BackgroundFeature, kind: BackgroundKind, frame: &Frame) {
        let positions = feature.geometry.positions();
        let shown = positions.iter().map(|&position| frame.px(position)).filter(|&at| frame.is_inside(at));
        if !feature.name.is_empty() {
            self.names.extend(shown.map(|at| Name { text: feature.name.clone(), at }));
        }
        let shape = frame.seen(&feature.geometry);
        if shape.is_empty() {
            return;
        }
        let title = match feature.name.is_empty() {
            true => String::new(),
            false => format!("<title>{}</title>", escaped(&feature.name)),
        };
        match kind {
            BackgroundKind::Borders => {
                let outline = if shape.outline.is_empty() { shape.fill } else { shape.outline };
                let _ = write!(self.borders, "<path class=\"bd\" d=\"{outline}\">{title}</path>");
            }
            BackgroundKind::Shapes | BackgroundKind::Towns => {
                self.shapes.push_str(&styled(&shape, &feature.style, &title));
            }
        }
    }
}

/// As many names as a map can show: the first ones that are well apart, then those that are less so.
fn spread(names: Vec<Name>) -> Vec<Name> {
    let mut kept: Vec<Name> = Vec::new();
    let mut left = names;
    for apart_px in [40.0, 20.0, 0.0] {
        let mut later = Vec::new();
        for name in left {
            let near = |other: &Name| (other.at[0] - name.at[0]).hypot(other.at[1] - name.at[1]) < apart_px;
            match kept.len() >= MOST_NAMES || kept.iter().any(near) {
                true => later.push(name),
                false => kept.push(name),
            }
        }
        left = later;
    }
    kept
}

/// An area and its outline, or a line, in the colours that were asked for. Rules of the style sheet would come before them, so
/// that what was not asked for has a class each.
fn styled(Shape { fill, outline }: &Shape, style: &Style, title: &str) -> String {
    let mut out = String::new();
    let number = |name: &str, value: Option<f64>| {
        value.map_or(String::new(), |value| format!(" {name}=\"{}\"", px_text(value)))
    };
    let (line, line_class) = match &style.stroke {
        Some(colour) => (format!(" stroke=\"{colour}\""), ""),
        None => (String::new(), "bl"),
    };
    let line =
        line + &number("stroke-width", style.stroke_width) + &number("stroke-opacity", style.stroke_opacity);
    if !fill.is_empty() {
        let (area, area_class) = match &style.fill {
            Some(colour) => (format!(" fill=\"{colour}\""), ""),
            None => (String::new(), "bf"),
        };
        let area = area + &number("fill-opacity", style.fill_opacity);
        let (edge, edge_class) = if outline.is_empty() { (line.as_str(), line_class) } else { ("", "") };
        let class = format!("{area_class} {edge_class}");
        let _ = write!(out, "<path class=\"{}\" d=\"{fill}\"{area}{edge}>{title}</path>", class.trim());
    }
    if !outline.is_empty() {
        let _ =
            write!(out, "<path class=\"{line_class}\" d=\"{outline}\" fill=\"none\"{line}>{title}</path>");
    }
    out
}
