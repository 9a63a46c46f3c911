//! The map as one SVG file, which also is what a picture is made of.

use super::draw::Drawing;
use super::frame::px_text;
use super::labels::text_width;
use super::land::{FINEST_M_PER_PX, Land};
use super::legend;
use super::scene::{Scene, nice_below};
use crate::report::markup::escaped;

/// How the signs look; colours by name.
pub(super) const STYLE: &str = include_str!("map.css");

/// The fonts, the system's own first.
pub(super) const FAMILIES: &str = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";

/// The colours of a light map: Okabe and Ito's, which colour-blind people can tell apart.
pub(super) const LIGHT: [(&str, &str); 28] = [
    ("paper", "#ffffff"),
    ("ink", "#1c1c1c"),
    ("mute", "#5b5b5b"),
    ("line", "#d4d4d4"),
    ("grid", "#c3c8cd"),
    ("land", "#faf8f3"),
    ("water", "#e8f1f8"),
    ("coast", "#668ba3"),
    ("strong", "#8a3c00"),
    ("corridor", "#56b4e9"),
    ("route", "#0072b2"),
    ("gap", "#e69f00"),
    ("region", "#cc79a7"),
    ("incident", "#d55e00"),
    ("foot", "#009e73"),
    ("post", "#1c1c1c"),
    ("b0", "#fdd5b4"),
    ("b1", "#f6a56c"),
    ("b2", "#d55e00"),
    ("b3", "#973f00"),
    ("b4", "#4d1f00"),
    ("c0", "#d55e00"),
    ("c1", "#0072b2"),
    ("c2", "#009e73"),
    ("c3", "#b05585"),
    ("c4", "#e69f00"),
    ("c5", "#3d9ad1"),
    ("c6", "#6b6b6b"),
];

/// A style with the light colours in it, for what knows no variables.
pub(super) fn plain_style(style: &str) -> String {
    LIGHT.iter().fold(style.replace('\n', ""), |style, (name, colour)| {
        style.replace(&format!("var(--{name})"), colour)
    })
}

/// The scale bar with its lower left end at 0, 0 and the north arrow beside it: below the map, where they hide nothing of it.
/// A page moves them about.
pub(super) fn scale_and_north(scene: &Scene, land: Option<&Land>, in_page: bool) -> String {
    let (length_px, label) = scale_bar(scene.frame.metres_per_px);
    let length = px_text(length_px);
    let where_true = scene.frame.projection.where_true();
    // The page says so at each zoom.
    let coast = match land {
        Some(land) if land.is_coarse() || in_page && land.is_near_coast => format!(
            "<text id=\"coast\" class=\"gl\" x=\"0\" y=\"-39\" data-finest=\"{FINEST_M_PER_PX:.1}\">coast not to scale</text>"
        ),
        _ => String::new(),
    };
    format!(
        "<path class=\"fb\" d=\"M-8 6V-48H176V6Z\"/>{coast}<path id=\"bar\" class=\"fl\" d=\"M0 -6V0H{length}V-6\"/><text id=\"bar-text\" class=\"fu\" \
         x=\"0\" y=\"-10\">{label}</text><text class=\"gl\" x=\"0\" y=\"-28\">{where_true}</text><g transform=\"translate(160 -2)\"><title>North at the \
         centre</title><path class=\"fl\" d=\"M0 0V-28M-5 -20L0 -30L5 -20\"/><text class=\"fu\" x=\"0\" y=\"-33\" \
         text-anchor=\"middle\">N</text></g>"
    )
}

/// The length of the scale bar in pixels, and what it stands for: the greatest round number up to 130 pixels.
fn scale_bar(metres_per_px: f64) -> (f64, String) {
    let length_m = nice_below(130.0 * metres_per_px);
    let label = if length_m >= 1e3 { format!("{} km", length_m / 1e3) } else { format!("{length_m} m") };
    (length_m / metres_per_px, label)
}

/// The legend's entries and the notes under a picture, and how high they are.
fn legend(scene: &Scene, top: f64) -> (String, f64) {
    let mut out = String::new();
    let (mut x, mut y) = (16.0, top + 14.0);
    // Of a map without a coast there is nothing to tell apart.
    let land = legend::land(scene).filter(|_| scene.land.as_ref().is_some_and(|land| land.has_coast));
    for entry in legend::entries(scene).into_iter().chain(land) {
        let width = 50.0 + text_width(&entry.label, 12.0);
        if x > 16.0 && x + width > scene.frame.width {
            (x, y) = (16.0, y + 22.0);
        }
        out.push_str(&format!(
            "<g transform=\"translate({} {})\">{}</g><text class=\"fu\" x=\"{}\" y=\"{}\">{}</text>\n",
            px_text(x),
            px_text(y),
            entry.sign,
            px_text(x + 36.0),
            px_text(y + 11.0),
            escaped(&entry.label)
        ));
        x += width;
    }
    y += 26.0;
    for note in &scene.notes {
        out.push_str(&format!(
            "<text class=\"gl\" x=\"16\" y=\"{}\">{}</text>\n",
            px_text(y + 8.0),
            escaped(note)
        ));
        y += 14.0;
    }
    (out, y + 8.0 - top)
}

/// The file.
pub(super) fn document(scene: &Scene) -> String {
    const TOP: f64 = 40.0;
    const SCALE: f64 = 56.0;
    let (width, height) = (scene.frame.width, scene.frame.height);
    let (legend, legend_height) = legend(scene, TOP + height + SCALE);
    let total = px_text(TOP + height + SCALE + legend_height);
    let title = escaped(&scene.title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {total}\" width=\"{width}\" height=\"{total}\" role=\"img\" \
         aria-label=\"{title}\" font-family=\"{FAMILIES}\">\n<title>{title}</title>\n<style>{}</style>\n\
         <clipPath id=\"frame\"><path d=\"M0 0H{width}V{h}H0Z\"/></clipPath>\n<path class=\"bg\" d=\"M0 0H{width}V{total}H0Z\"/>\n\
         <text class=\"tt\" x=\"16\" y=\"26\">{title}</text>\n<g transform=\"translate(0 {TOP})\"><g clip-path=\"url(#frame)\">\n{}</g>\n\
         <path class=\"fr\" d=\"M.5 .5H999.5V{b}H.5Z\"/></g>\n<g transform=\"translate(24 {})\">{}</g>\n{legend}</svg>\n",
        plain_style(STYLE),
        Drawing::layers(scene, scene.land.as_ref(), false),
        px_text(TOP + height + SCALE - 6.0),
        scale_and_north(scene, scene.land.as_ref(), false),
        h = px_text(height),
        b = px_text(height - 0.5),
    )
}
