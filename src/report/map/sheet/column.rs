//! What explains a map, in pieces that go down a column and on in the next.

use super::super::frame::px_text;
use super::super::wrap::wrapped;
use crate::report::markup::{escaped, without_directions};

/// From one line to the next, in parts of the font's size.
const LEADING: f64 = 1.3;
/// Bold letters are so much wider.
pub(super) const BOLD: f64 = 1.15;

/// A piece that stays whole; its upper left corner is 0, 0.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub height: f64,
    pub svg: String,
}

/// Pieces under a heading, which is the first of them.
pub(super) type Section = Vec<Piece>;

/// The looks of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub size: f64,
    /// In the colour of what matters less.
    pub is_mute: bool,
    pub is_bold: bool,
}

impl Look {
    pub fn ink(size: f64) -> Self {
        Look { size, is_mute: false, is_bold: false }
    }

    pub fn mute(size: f64) -> Self {
        Look { is_mute: true, ..Look::ink(size) }
    }

    pub fn bold(size: f64) -> Self {
        Look { is_bold: true, ..Look::ink(size) }
    }

    /// One line at a place on its baseline.
    pub fn line(self, text: &str, [x, y]: [f64; 2], anchor: &str) -> String {
        let class = if self.is_mute { "sm" } else { "sk" };
        let weight = if self.is_bold { " font-weight=\"bold\"" } else { "" };
        let anchor = if anchor.is_empty() { String::new() } else { format!(" text-anchor=\"{anchor}\"") };
        format!(
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor}>{}</text>\n",
            px_text(x),
            px_text(y),
            px_text(self.size),
            escaped(text)
        )
    }

    /// The lines of a text that is to fit into a width.
    pub fn lines(self, text: &str, width: f64, most_lines: usize) -> Vec<String> {
        let widened = if self.is_bold { BOLD } else { 1.0 };
        // Letters of other fonts may be wider than those that are measured by.
        const SPARE: f64 = 0.95;
        wrapped(&without_directions(text), self.size * widened, SPARE * width, most_lines)
    }

    /// A text of several lines from an upper edge on, and how high it is.
    pub fn paragraph(self, text: &str, [x, top]: [f64; 2], width: f64, most_lines: usize) -> (String, f64) {
        let lines = self.lines(text, width, most_lines);
        let at = |i: usize| [x, top + (i as f64 * LEADING + 0.95) * self.size];
        let svg = lines.iter().enumerate().map(|(i, line)| self.line(line, at(i), "")).collect();
        (svg, lines.len() as f64 * LEADING * self.size)
    }

    /// How high so many lines are.
    pub fn height(self, lines: usize) -> f64 {
        lines as f64 * LEADING * self.size
    }
}

/// Columns side by side, of one height; the last one is lower by the height of its foot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Columns {
    pub count: usize,
    pub width: f64,
    pub gap: f64,
    pub height: f64,
    /// The size of letters and signs, in parts of the usual.
    pub size: f64,
}

/// Before a heading, in parts of the usual size.
const BEFORE: f64 = 12.0;

impl Columns {
    pub fn total_width(&self) -> f64 {
        self.count as f64 * (self.width + self.gap) - self.gap
    }

    /// Where each piece goes, of the first ones where there is no room for all. Sections that are to stay whole go on in no
    /// other column.
    pub fn places(&self, sections: &[Section], foot: f64, are_whole: bool) -> Vec<[f64; 2]> {
        let (mut column, mut y) = (0, 0.0);
        let mut places = Vec::new();
        let room = |column: usize| if column + 1 == self.count { self.height - foot } else { self.height };
        for section in sections {
            let whole: f64 = section.iter().map(|piece| piece.height).sum();
            for (i, piece) in section.iter().enumerate() {
                // A heading stays with what is under it.
                let with = if i == 0 { section.get(1).map_or(0.0, |next| next.height) } else { 0.0 };
                let before = if i == 0 && y > 0.0 { BEFORE * self.size } else { 0.0 };
                let needed = if i == 0 && are_whole { whole } else { piece.height + with };
                if y + before + needed > room(column) && y > 0.0 {
                    (column, y) = (column + 1, 0.0);
                } else {
                    y += before;
                }
                if column >= self.count || y + needed > room(column) {
                    return places;
                }
                places.push([column as f64 * (self.width + self.gap), y]);
                y += piece.height;
            }
        }
        places
    }

    /// True where there is room for all.
    pub fn hold(&self, sections: &[Section], foot: f64, are_whole: bool) -> bool {
        self.places(sections, foot, are_whole).len() == sections.iter().map(Vec::len).sum::<usize>()
    }

    /// The same height or the least one that has room for all, and whether sections stay whole: they do unless that takes
    /// much more.
    pub fn lowest(&self, sections: &[Section], foot: f64) -> Option<Columns> {
        const MOST: f64 = 4_000.0;
        let least = |are_whole| {
            let mut columns = Columns { height: foot.ceil(), ..*self };
            while !columns.hold(sections, foot, are_whole) {
                columns.height += 4.0;
                if columns.height > MOST {
                    return None;
                }
            }
            Some(columns)
        };
        let (split, whole) = (least(false)?, least(true));
        Some(whole.filter(|whole| whole.height <= 1.3 * split.height).unwrap_or(split))
    }
}
