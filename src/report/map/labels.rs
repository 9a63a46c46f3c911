//! Which labels are shown: one that would lie on another is left out.

/// The height of a letter and of a line, in parts of the font's size.
const LETTER: f64 = 0.58;
const LINE: f64 = 1.15;

/// The width of a text, by a rough guess that does for any script.
pub(super) fn text_width(text: &str, size_px: f64) -> f64 {
    let units = |c: char| match c {
        'i' | 'l' | 'j' | '.' | ',' | ' ' | '-' | '\'' | '\u{2032}' => 0.6,
        // Hangul, kana, Han and what is as wide; emoji.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{ffef}' | '\u{1f000}'.. => 1.75,
        // Combining marks of the scripts where they are many.
        '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' => 0.0,
        _ => 1.0,
    };
    text.chars().map(units).sum::<f64>() * LETTER * size_px
}

/// The rectangles that are taken: left, top, right, bottom.
#[derive(Debug, Default)]
pub(super) struct Taken(Vec<[f64; 4]>);

impl Taken {
    /// Takes the room of a symbol, whatever is there.
    pub fn symbol(&mut self, [x, y]: [f64; 2], half_px: f64) {
        self.0.push([x - half_px, y - half_px, x + half_px, y + half_px]);
    }

    /// Takes the room of a text that begins at a place on its baseline, if it is free.
    pub fn text(&mut self, [x, y]: [f64; 2], width: f64, size_px: f64) -> bool {
        let room = [x, y - 0.85 * size_px, x + width, y + (LINE - 0.85) * size_px];
        let meets = |taken: &[f64; 4]| {
            room[0] < taken[2] && taken[0] < room[2] && room[1] < taken[3] && taken[1] < room[3]
        };
        let is_free = !self.0.iter().any(meets);
        if is_free {
            self.0.push(room);
        }
        is_free
    }
}
