//! What explains a map: its legend, its scale, its notes.

use super::super::frame::px_text;
use super::super::legend;
use super::super::scene::Scene;
use super::column::{Look, Piece, Section};
use super::scale::scale;

/// No note has more lines than this.
const MOST_LINES: usize = 12;

/// The sections, for columns of a width, with letters and signs of a size.
pub(super) fn sections(scene: &Scene, unit_m: f64, width: f64, size: f64) -> Vec<Section> {
    let heading = |text: &str| {
        let look = Look::bold(11.5 * size);
        Piece { height: 19.0 * size, svg: look.line(text, [0.0, 11.0 * size], "") }
    };
    let mut legend = vec![heading("Legend")];
    for entry in legend::entries(scene) {
        let look = Look::ink(10.5 * size);
        let left = 36.0 * size;
        let (text, height) = look.paragraph(&entry.label, [left, 0.0], width - left, MOST_LINES);
        let sign = format!(
            "<g transform=\"translate(0 {}) scale({})\">{}</g>",
            px_text(-0.5 * size),
            px_text(size),
            entry.sign
        );
        legend.push(Piece { height: (height + 5.0 * size).max(19.0 * size), svg: sign + &text });
    }
    let mut notes = vec![heading("Notes and sources")];
    for note in &scene.notes {
        let (svg, height) = Look::mute(9.5 * size).paragraph(note, [0.0, 0.0], width, MOST_LINES);
        notes.push(Piece { height: height + 3.5 * size, svg });
    }
    let scale = vec![heading("Scale"), scale(scene, unit_m, width, size)];
    [legend, scale, notes].into_iter().filter(|section| section.len() > 1).collect()
}
