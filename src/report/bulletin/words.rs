//! The words of a bulletin, by Fluent catalogues.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

use super::language::{Language, LanguageData};
use super::variables::resource;
use super::wording::{Vocabulary, Wording};
use crate::number::{fixed, rounded};
pub(super) use crate::report::markup::{FSI, PDI};
use crate::report::markup::{is_right_to_left, without_directions};
use crate::text::acts;
use crate::time::{Calendar, Day};

/// What is put into a message.
pub(super) enum Arg<'t> {
    /// A number that decides on plurals; `n` comes with `number`, its digits.
    Count(u64),
    /// A text that is ready: of this catalogue, or by [`Words::name`].
    Text(&'t str),
}

/// The catalogue of a language, with a vocabulary in it.
pub(super) struct Words {
    bundle: FluentBundle<FluentResource>,
    language: &'static LanguageData,
    wording: Wording,
}

impl Words {
    pub fn new(wording: &Wording) -> Self {
        let language = wording.language.data();
        // A tag of two letters is one; and the catalogues are tested.
        let mut bundle = FluentBundle::new(vec![language.tag.parse().unwrap_or_default()]);
        for messages in language.catalogue {
            bundle.add_resource_overriding(resource(messages));
        }
        match &wording.vocabulary {
            Vocabulary::Ceasefire => {}
            Vocabulary::Ranger => bundle.add_resource_overriding(resource(language.ranger)),
            Vocabulary::Research => bundle.add_resource_overriding(resource(language.research)),
            Vocabulary::Own(own) => bundle.add_resource_overriding(resource(&own.text)),
        }
        // Names are isolated where they are made: texts of the catalogue go into each other without.
        bundle.set_use_isolating(false);
        Words { bundle, language, wording: wording.clone() }
    }

    /// A message.
    pub fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            match arg {
                Arg::Count(count) => {
                    if *name == "n" {
                        values.set("number", self.whole(*count));
                    }
                    values.set(*name, self.of_the_same_form(*count));
                }
                Arg::Text(text) => values.set(*name, *text),
            }
        }
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&values), &mut errors);
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        said.into_owned()
    }

    /// A number that takes the same plural and that Fluent knows the plural of: its rules for Arabic leave out the last two digits
    /// of a number over 99 (intl_pluralrules 7.0).
    fn of_the_same_form(&self, count: u64) -> u64 {
        match (self.language.tag, count % 100) {
            ("ar", rest @ 3..) => rest,
            ("ar", _) if count > 99 => 100,
            _ => count,
        }
    }

    /// A message without arguments.
    pub fn plain(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// A message about a number of things, the number in a word up to ten.
    pub fn counted(&self, id: &str, count: u64) -> String {
        let word = self.say("number-word", &[("n", Arg::Count(count))]);
        self.say(id, &[("n", Arg::Count(count)), ("word", Arg::Text(&word))])
    }

    /// A name, an id or another text out of the data, on one line and isolated where its direction may be another.
    pub fn name(&self, text: &str) -> String {
        let mut one_line = String::with_capacity(text.len());
        for c in without_directions(text).chars() {
            match c {
                c if acts(c) => one_line.push(' '),
                c => one_line.push(c),
            }
        }
        let is_foreign = self.is_right_to_left() || one_line.chars().any(is_right_to_left);
        if is_foreign { format!("{FSI}{}{PDI}", one_line.trim()) } else { one_line.trim().to_owned() }
    }

    /// A whole number.
    pub fn whole(&self, count: u64) -> String {
        self.digits(&count.to_string())
    }

    /// A number with so many decimals.
    pub fn decimal(&self, number: f64, decimals: usize) -> String {
        self.digits(&fixed(number, decimals))
    }

    /// A number with its sign, and a decimal where it has one.
    pub fn signed(&self, number: f64) -> String {
        let number = rounded(number, 1);
        let digits = fixed(number.abs(), usize::from(number.fract() != 0.0));
        self.digits(&match number {
            0.0 => digits,
            // A minus, not a hyphen.
            n if n < 0.0 => format!("\u{2212}{digits}"),
            _ => format!("+{digits}"),
        })
    }

    /// A number with a decimal where it has one.
    pub fn shortest(&self, number: f64) -> String {
        let number = rounded(number, 2);
        let decimals = [1.0, 10.0].into_iter().position(|n| (number * n).fract() == 0.0).unwrap_or(2);
        match decimals {
            0 if number >= 0.0 => self.whole(number as u64),
            decimals => self.decimal(number, decimals),
        }
    }

    /// Digits and signs between them, of this language.
    pub fn digits(&self, text: &str) -> String {
        let LanguageData { zero, decimal, is_right_to_left, .. } = *self.language;
        let digit = |c: char| match c {
            '0'..='9' => digit_from(zero, c),
            '.' => decimal,
            c => c,
        };
        let shown: String = text.chars().map(digit).collect();
        match is_right_to_left && !text.chars().all(|c| c.is_ascii_digit()) {
            true => format!("{FSI}{shown}{PDI}"),
            false => shown,
        }
    }

    /// A type in the words that it has been given, else as it is.
    pub fn kind(&self, kind: &str) -> String {
        self.name(self.wording.types.name(kind, self.wording.language).unwrap_or(kind))
    }

    /// The year, month and day of the month in the calendar of dates.
    pub fn date_of(&self, day: Day) -> (i32, u8, u8) {
        day.date_in(self.wording.calendar)
    }

    /// Whether months are those of the Gregorian calendar.
    pub fn is_gregorian(&self) -> bool {
        self.wording.calendar == Calendar::Gregorian
    }

    /// Whose months dates have.
    pub fn calendar(&self) -> &'static str {
        match self.wording.calendar {
            #[cfg(feature = "calendars")]
            Calendar::Persian => "persian",
            _ => "gregorian",
        }
    }

    pub fn is_right_to_left(&self) -> bool {
        self.language.is_right_to_left
    }

    /// Whether nobody has reviewed the messages.
    pub fn is_translation(&self) -> bool {
        !self.language.is_reviewed
    }

    pub fn language(&self) -> Language {
        self.wording.language
    }
}

fn digit_from(zero: char, digit: char) -> char {
    char::from_u32(u32::from(zero) + u32::from(digit) - u32::from('0')).unwrap_or(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_their_digits() {
        let (en, fa) = (Words::new(&Language::English.into()), Words::new(&Language::Persian.into()));
        assert_eq!(en.decimal(33.367, 1), "33.4");
        assert_eq!(fa.decimal(33.367, 1), "\u{2068}۳۳٫۴\u{2069}");
        assert_eq!((en.decimal(-0.01, 1), en.decimal(-0.06, 1)), ("0.0".to_owned(), "-0.1".to_owned()));
        assert_eq!(fa.whole(27), "۲۷");
        assert_eq!([en.signed(3.0), en.signed(-1.5), en.signed(0.0)], ["+3", "\u{2212}1.5", "0"]);
    }

    #[test]
    fn names_keep_their_direction_to_themselves() {
        let (en, fa) = (Words::new(&Language::English.into()), Words::new(&Language::Persian.into()));
        assert_eq!(en.name("OP-1\nx"), "OP-1 x");
        assert_eq!(en.name("پست ۱"), "\u{2068}پست ۱\u{2069}");
        assert_eq!(fa.name("OP-1"), "\u{2068}OP-1\u{2069}");
        assert_eq!(en.name("a\u{202E}b\u{2069}\u{2066}c"), "abc");
    }

    #[test]
    fn numbers_decide_on_words() {
        let (en, fa) = (Words::new(&Language::English.into()), Words::new(&Language::Persian.into()));
        let said = |words: &Words, count| words.counted("lead-incidents", count);
        assert_eq!(said(&en, 0), "no violation was recorded");
        assert_eq!(said(&en, 1), "one violation was recorded");
        assert_eq!(said(&en, 11), "11 violations were recorded");
        assert!(said(&fa, 3).starts_with("سه "), "{}", said(&fa, 3));
        assert!(said(&fa, 11).starts_with("۱۱ "), "{}", said(&fa, 11));
    }
}
