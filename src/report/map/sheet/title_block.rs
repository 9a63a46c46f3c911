//! The title block: who publishes the map, of when it is, and what the sheet is.

use super::super::frame::px_text;
use super::super::paper::Sheet;
use super::super::scene::Scene;
use super::column::{Look, Piece};
use super::scale::fraction;

/// No text of it has more lines.
const MOST_LINES: usize = 10;

/// The rows that have something in them: what each is, and its text.
pub(super) fn rows(scene: &Scene, sheet: &Sheet, sheet_name: &str) -> Vec<(&'static str, String)> {
    let fraction = format!("{} at {}", fraction(scene, sheet.paper.unit_mm() / 1e3), sheet.paper.name());
    let rows = [
        ("Author", sheet.title_block.author.as_str()),
        ("DTG", &sheet.title_block.date_time_group),
        ("Classification", &sheet.title_block.classification),
        ("Scale", &fraction),
        ("Datum", "WGS84"),
        ("Sheet", sheet_name),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.trim().is_empty());
    filled.map(|(name, value)| (name, value.to_owned())).collect()
}

/// The title block, in a box of a width.
pub(super) fn title_block(scene: &Scene, sheet: &Sheet, sheet_name: &str, width: f64, size: f64) -> Piece {
    let pad = 6.0 * size;
    let mut out = String::new();
    let mut y = 0.0;
    // The unit with its logo at the head.
    if sheet.logo.is_some() || !sheet.title_block.unit.is_empty() {
        let logo_px = 46.0 * size;
        let (mut x, mut height) = (pad, 0.0_f64);
        if let Some(logo) = &sheet.logo {
            out.push_str(&format!(
                "<image x=\"{p}\" y=\"{p}\" width=\"{s}\" height=\"{s}\" preserveAspectRatio=\"xMidYMid meet\" href=\"{}\"/>\n",
                logo.data_uri(),
                p = px_text(pad),
                s = px_text(logo_px),
            ));
            (x, height) = (x + logo_px + pad, logo_px);
        }
        let look = Look::bold(12.5 * size);
        let lines = look.lines(&sheet.title_block.unit, width - x - pad, MOST_LINES);
        let text_height = look.height(lines.len());
        height = height.max(text_height);
        // In the middle of the logo's height.
        let top = pad + 0.5 * (height - text_height);
        out.push_str(&look.paragraph(&sheet.title_block.unit, [x, top], width - x - pad, MOST_LINES).0);
        y = height + 2.0 * pad;
    }
    let left = 82.0 * size;
    for (name, value) in rows(scene, sheet, sheet_name) {
        if y > 0.0 {
            out.push_str(&format!("<path class=\"sr\" d=\"M0 {0}H{1}\"/>\n", px_text(y), px_text(width)));
        }
        let top = y + 3.0 * size;
        out.push_str(&Look::mute(9.0 * size).paragraph(name, [pad, top + size], left - pad, 1).0);
        let (text, height) =
            Look::ink(10.0 * size).paragraph(&value, [left, top], width - left - pad, MOST_LINES);
        out.push_str(&text);
        y = top + height + 2.0 * size;
    }
    out.push_str(&format!("<path class=\"sl\" d=\"M0 0H{0}V{1}H0Z\"/>\n", px_text(width), px_text(y)));
    Piece { height: y, svg: out }
}
