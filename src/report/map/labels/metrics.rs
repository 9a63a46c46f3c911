//! How much room a text needs, by one table of widths: the same on every machine, whatever its fonts.

use super::font_widths::{ARABIC, LAM_ALIF, LETTERS, OTHER, SAME, UNIT};

/// How far a line of text reaches above and below its baseline, in parts of the font's size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rise {
    pub above: f64,
    pub below: f64,
}

/// The room of a line: more for scripts that stack marks on their letters.
pub(super) fn rise(text: &str) -> Rise {
    // South and South-East Asian scripts and Tibetan; marks on Arabic.
    let is_tall = |c: char| matches!(c, '\u{900}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{64b}'..='\u{65f}');
    match text.chars().any(is_tall) {
        true => Rise { above: 1.1, below: 0.45 },
        false => Rise { above: 0.93, below: 0.24 },
    }
}

/// The width of a text in parts of the font's size. Letters of Arabic join as a font joins them.
pub(super) fn width(text: &str) -> f64 {
    let mut units = 0;
    // The letter of Arabic before this one, whether something joined it, and what it was.
    let mut before: Option<(Letter, bool, char)> = None;
    let add = |units: &mut u32, last: Option<(Letter, bool, char)>, joins_next: bool| {
        if let Some((letter, joined, _)) = last {
            *units += u32::from(letter.width(joined, joins_next && letter.joins_behind()));
        }
    };
    for c in text.chars() {
        if let Some(letter) = Letter::of(c) {
            let joined = letter.joins() && before.is_some_and(|(last, ..)| last.joins_behind());
            if let Some((_, is_joined, '\u{644}')) = before
                && matches!(c, '\u{622}' | '\u{623}' | '\u{625}' | '\u{627}')
            {
                units += u32::from(LAM_ALIF[usize::from(is_joined)]);
                before = None;
                continue;
            }
            add(&mut units, before, joined);
            before = Some((letter, joined, c));
            continue;
        }
        let own = u32::from(plain(c));
        // Marks stand on a letter and don't part it from the next.
        if own == 0 && c != '\u{200c}' {
            continue;
        }
        add(&mut units, before.take(), false);
        units += own;
    }
    add(&mut units, before, false);
    f64::from(units) * UNIT
}

/// The widths of an Arabic letter: alone, first, within, last.
#[derive(Clone, Copy)]
struct Letter([u8; 4]);

impl Letter {
    fn of(c: char) -> Option<Self> {
        let code = u32::from(c);
        let (first, letters) = &ARABIC[ARABIC.partition_point(|(first, _)| *first <= code).checked_sub(1)?];
        letters.get((code - first) as usize).copied().map(Letter)
    }

    fn joins_behind(self) -> bool {
        self.0[1] > 0
    }

    fn joins(self) -> bool {
        self.0[3] > 0
    }

    fn width(self, joined: bool, joins_next: bool) -> u8 {
        match (joined, joins_next) {
            (false, false) => self.0[0],
            (false, true) => self.0[1],
            (true, true) => self.0[2],
            (true, false) => self.0[3],
        }
    }
}

/// The width of any other letter, in units.
fn plain(c: char) -> u8 {
    let code = u32::from(c);
    if c.is_control() {
        // Drawn as U+FFFD.
        return 200;
    }
    let block = LETTERS.partition_point(|(first, _)| *first <= code).checked_sub(1).map(|n| LETTERS[n]);
    if let Some(units) = block.and_then(|(first, widths)| widths.get((code - first) as usize)) {
        return *units;
    }
    let range = SAME.partition_point(|(first, ..)| *first <= code).checked_sub(1).map(|n| SAME[n]);
    range.filter(|(_, last, _)| code <= *last).map_or(OTHER, |(.., units)| units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(LETTERS.windows(2).all(|two| two[0].0 + two[0].1.len() as u32 <= two[1].0));
        assert!(ARABIC.windows(2).all(|two| two[0].0 + two[0].1.len() as u32 <= two[1].0));
        assert!(SAME.windows(2).all(|two| two[0].1 < two[1].0));
        assert!(SAME.iter().all(|(first, last, _)| first <= last));
    }

    #[test]
    fn widths_are_those_of_dejavu_sans() {
        // By HarfBuzz without kerning, in thousandths.
        for (text, thousandths) in [
            ("OP-21", 3_023.4),
            ("\u{421}\u{435}\u{432}", 1_902.8),
            ("\u{646}\u{642}\u{637}\u{629}", 2_140.6),
        ] {
            assert!((1000.0 * width(text) - thousandths).abs() < 12.0, "{text}: {}", width(text));
        }
        assert_eq!(width("e\u{301}"), width("e"));
        assert_eq!(width("\u{200f}\u{2068}\u{2069}"), 0.0);
        assert_eq!(width("\u{5317}\u{4eac}"), 2.0);
    }

    #[test]
    fn arabic_letters_join() {
        // Three letters within a word are narrower than the three alone.
        let alone: f64 = ["\u{628}", "\u{628}", "\u{628}"].map(width).iter().sum();
        assert!(width("\u{628}\u{628}\u{628}") < 0.6 * alone);
        // A mark does not part them; what joins nothing does.
        assert_eq!(width("\u{628}\u{64e}\u{628}"), width("\u{628}\u{628}"));
        let is_sum = |text: &str, sum: f64| assert!((width(text) - sum).abs() < 1e-9, "{text}");
        is_sum("\u{628}\u{200c}\u{628}", 2.0 * width("\u{628}"));
        is_sum("\u{627}\u{628}", width("\u{627}") + width("\u{628}"));
        assert!(width("\u{644}\u{627}") < width("\u{644}") + width("\u{627}"));
    }
}
