//! The words of a bulletin, by Fluent catalogues.

use std::fmt;
use std::str::FromStr;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use crate::Error;
use crate::number::{fixed, rounded};
pub(super) use crate::report::markup::{FSI, PDI};
use crate::report::markup::{is_right_to_left, without_directions};
use crate::text::acts;

/// A language that bulletins are written in.
///
/// ```
/// use patrol_corridor::report::bulletin::Language;
/// assert_eq!("fa".parse::<Language>()?, Language::Persian);
/// assert_eq!((Language::Persian.tag(), Language::Persian.direction()), ("fa", "rtl"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Language {
    /// `en`
    #[default]
    English,
    /// `fa`, right to left, with Persian digits.
    Persian,
}

impl Language {
    /// Its BCP 47 tag.
    ///
    /// ```
    /// use patrol_corridor::report::bulletin::Language;
    /// assert_eq!(Language::default().tag(), "en");
    /// ```
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Persian => "fa",
        }
    }

    /// `ltr` or `rtl`.
    ///
    /// ```
    /// use patrol_corridor::report::bulletin::Language;
    /// assert_eq!((Language::English.direction(), Language::Persian.direction()), ("ltr", "rtl"));
    /// ```
    #[must_use]
    pub fn direction(self) -> &'static str {
        match self {
            Language::English => "ltr",
            Language::Persian => "rtl",
        }
    }

    fn catalogue(self) -> &'static str {
        match self {
            Language::English => include_str!("locales/en.ftl"),
            Language::Persian => include_str!("locales/fa.ftl"),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "en" => Ok(Language::English),
            "fa" => Ok(Language::Persian),
            _ => Err(Error::argument(format!("the language `{text}`, expected en or fa"))),
        }
    }
}

/// What is put into a message.
pub(super) enum Arg<'t> {
    /// A number that decides on plurals.
    Count(u64),
    /// A text that is ready: of this catalogue, or by [`Words::name`].
    Text(&'t str),
}

/// The catalogue of a language.
pub(super) struct Words {
    bundle: FluentBundle<FluentResource>,
    language: Language,
}

impl Words {
    pub fn new(language: Language) -> Self {
        // A tag of two letters is one; and the catalogues are tested.
        let mut bundle = FluentBundle::new(vec![language.tag().parse().unwrap_or_default()]);
        let resource = FluentResource::try_new(language.catalogue().to_owned());
        let _ = bundle.add_resource(resource.unwrap_or_else(|(parsed, _)| parsed));
        // Names are isolated where they are made: texts of the catalogue go into each other without.
        bundle.set_use_isolating(false);
        if language == Language::Persian {
            bundle.set_formatter(Some(|value, _| match value {
                FluentValue::Number(number) => Some(persian(&number.as_string())),
                _ => None,
            }));
        }
        Words { bundle, language }
    }

    /// A message.
    pub fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            match arg {
                Arg::Count(count) => values.set(*name, *count),
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
        let is_foreign = self.language == Language::Persian || one_line.chars().any(is_right_to_left);
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

    /// Digits and signs between them, of this language.
    pub fn digits(&self, text: &str) -> String {
        match self.language {
            Language::English => text.to_owned(),
            Language::Persian if text.chars().all(|c| c.is_ascii_digit()) => persian(text),
            Language::Persian => format!("{FSI}{}{PDI}", persian(text)),
        }
    }
}

/// Digits and decimal point of Persian.
fn persian(text: &str) -> String {
    let digit = |c: char| match c {
        '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + 0x06F0).unwrap_or(c),
        '.' => '\u{066B}',
        c => c,
    };
    text.chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_their_digits() {
        let (en, fa) = (Words::new(Language::English), Words::new(Language::Persian));
        assert_eq!(en.decimal(33.367, 1), "33.4");
        assert_eq!(fa.decimal(33.367, 1), "\u{2068}۳۳٫۴\u{2069}");
        assert_eq!((en.decimal(-0.01, 1), en.decimal(-0.06, 1)), ("0.0".to_owned(), "-0.1".to_owned()));
        assert_eq!(fa.whole(27), "۲۷");
        assert_eq!([en.signed(3.0), en.signed(-1.5), en.signed(0.0)], ["+3", "\u{2212}1.5", "0"]);
    }

    #[test]
    fn names_keep_their_direction_to_themselves() {
        let (en, fa) = (Words::new(Language::English), Words::new(Language::Persian));
        assert_eq!(en.name("OP-1\nx"), "OP-1 x");
        assert_eq!(en.name("پست ۱"), "\u{2068}پست ۱\u{2069}");
        assert_eq!(fa.name("OP-1"), "\u{2068}OP-1\u{2069}");
        assert_eq!(en.name("a\u{202E}b\u{2069}\u{2066}c"), "abc");
    }

    #[test]
    fn numbers_decide_on_words() {
        let (en, fa) = (Words::new(Language::English), Words::new(Language::Persian));
        let said = |words: &Words, count| words.counted("lead-incidents", count);
        assert_eq!(said(&en, 0), "no violation was recorded");
        assert_eq!(said(&en, 1), "one violation was recorded");
        assert_eq!(said(&en, 11), "11 violations were recorded");
        assert!(said(&fa, 3).starts_with("سه "), "{}", said(&fa, 3));
        assert!(said(&fa, 11).starts_with("۱۱ "), "{}", said(&fa, 11));
    }
}
