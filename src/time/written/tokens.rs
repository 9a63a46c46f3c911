//! A text cut into numbers, words and marks, and the names of months and days.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Digits of every script are ASCII ones, likewise blanks and marks; what only directs the writing falls away.
pub(super) fn folded_char(c: char) -> Option<char> {
    let digit = |zero: u32| char::from_digit(u32::from(c).wrapping_sub(zero), 10);
    Some(match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => return None,
        '\u{61c}' | '\u{feff}' => return None,
        '٠'..='٩' => digit(0x660)?,
        '۰'..='۹' => digit(0x6f0)?,
        '०'..='९' => digit(0x966)?,
        '０'..='９' => digit(0xff10)?,
        '،' | '，' => ',',
        '：' => ':',
        '٫' | '．' => '.',
        '／' => '/',
        '＋' => '+',
        '－' | '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
        // Arabic letters that Persian writes otherwise, and those whose hamza is often left out.
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'أ' | 'إ' | 'آ' => 'ا',
        _ if c.is_whitespace() => ' ',
        _ => c,
    })
}

/// In small letters, without accents that stand for themselves: a Turkish `İ` leaves one behind.
pub(super) fn folded(text: &str) -> String {
    let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}');
    text.chars().filter_map(folded_char).flat_map(char::to_lowercase).filter(|c| !is_accent(c)).collect()
}

/// The names of months and days of the week, and the words that say nothing.
pub(super) struct Names {
    pub months: HashMap<String, i8>,
    /// Of the Solar Hijri calendar.
    #[cfg(feature = "calendars")]
    pub persian_months: HashMap<String, i8>,
    /// Monday is 1.
    pub weekdays: HashMap<String, i8>,
    pub fillers: HashSet<String>,
}

/// Two words of one name stand with a `_` between.
pub(super) static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let (mut months, mut persian_months) = (HashMap::new(), HashMap::new());
    let (mut weekdays, mut fillers) = (HashMap::new(), HashSet::new());
    for line in include_str!("months.txt").lines() {
        let mut words = line.split_whitespace();
        let kind = words.next().unwrap_or("#");
        let words = words.map(folded);
        let number = |prefix| kind.strip_prefix(prefix).and_then(|number| number.parse::<i8>().ok());
        if let Some(month) = number("") {
            months.extend(words.map(|word| (word, month)));
        } else if let Some(weekday) = number("weekday") {
            weekdays.extend(words.map(|word| (word, weekday)));
        } else if let Some(month) = number("persian") {
            persian_months.extend(words.map(|word| (word, month)));
        } else if kind == "skip" {
            fillers.extend(words);
        }
    }
    Names {
        months,
        #[cfg(feature = "calendars")]
        persian_months,
        weekdays,
        fillers,
    }
});

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Piece<'t> {
    /// Its digits, as their count says what they are.
    Number(&'t str),
    /// With the dot of an abbreviation, which is left out here.
    Word(&'t str),
    Mark(char),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub piece: Piece<'t>,
    /// A blank stands before it.
    pub gap: bool,
}

/// `None` where the text has a character that no time has.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(c) = rest.trim_start().chars().next() {
        let gap = rest.starts_with(' ');
        rest = rest.trim_start();
        let is_number = c.is_ascii_digit();
        let of_piece = |c: char| if is_number { c.is_ascii_digit() } else { c.is_alphabetic() };
        let length = rest.find(|c| !of_piece(c)).unwrap_or(rest.len()).max(c.len_utf8());
        let (piece, behind) = rest.split_at_checked(length)?;
        let (piece, behind) = match c {
            _ if is_number => (Piece::Number(piece), behind),
            // What ISO 8601 has is no abbreviation.
            _ if c.is_alphabetic() && matches!(piece, "t" | "z") => (Piece::Word(piece), behind),
            _ if c.is_alphabetic() => (Piece::Word(piece), behind.strip_prefix('.').unwrap_or(behind)),
            ':' | '.' | ',' | '/' | '+' | '-' => (Piece::Mark(c), behind),
            _ => return None,
        };
        found.push(Token { piece, gap });
        rest = behind;
    }
    Some(found)
}

/// Leaves the filling words out, and a blank in their place.
pub(super) fn without_fillers<'t>(tokens: &[Token<'t>]) -> Vec<Token<'t>> {
    let (mut found, mut rest, mut gap) = (Vec::new(), tokens, false);
    while let Some((token, behind)) = rest.split_first() {
        let filler = named(rest, |name| NAMES.fillers.contains(name).then_some(()));
        match filler {
            Some((_, behind)) => (rest, gap) = (behind, true),
            None => {
                let is_mark = matches!(token.piece, Piece::Mark(_));
                found.push(Token { gap: token.gap || gap && !is_mark, ..*token });
                (rest, gap) = (behind, false);
            }
        }
    }
    found
}

/// What the first two words mean, else the first, and what comes behind them.
pub(super) fn named<'a, 't, T>(
    tokens: &'a [Token<'t>],
    meaning: impl Fn(&str) -> Option<T>,
) -> Option<(T, &'a [Token<'t>])> {
    let (first, behind) = tokens.split_first()?;
    let Piece::Word(word) = first.piece else { return None };
    if let Some((Token { piece: Piece::Word(second), .. }, behind)) = behind.split_first()
        && let Some(found) = meaning(&format!("{word}_{second}"))
    {
        return Some((found, behind));
    }
    meaning(word).map(|found| (found, behind))
}
