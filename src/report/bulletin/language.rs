//! The languages that bulletins are written in. Another one is an arm of `data` and a folder of `locales`.

use std::fmt;
use std::str::FromStr;

use crate::Error;

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
    /// `ar`, right to left, with Arabic digits.
    Arabic,
    /// `es`
    Spanish,
    /// `fa`, right to left, with Persian digits.
    Persian,
    /// `fr`
    French,
    /// `ru`
    Russian,
}

/// What is known of a language beside its messages.
pub(super) struct LanguageData {
    pub tag: &'static str,
    pub is_right_to_left: bool,
    /// The digit 0; those of ASCII or others follow it.
    pub zero: char,
    pub decimal: char,
    /// A native speaker has read the messages.
    pub is_reviewed: bool,
    /// Its messages, each file with its own, and those that other vocabularies put in their place.
    pub catalogue: [&'static str; 3],
    pub ranger: &'static str,
    pub research: &'static str,
}

macro_rules! language {
    ($tag:literal, rtl: $rtl:literal, zero: $zero:literal, decimal: $decimal:literal, reviewed: $reviewed:literal) => {
        &LanguageData {
            tag: $tag,
            is_right_to_left: $rtl,
            zero: $zero,
            decimal: $decimal,
            is_reviewed: $reviewed,
            catalogue: [
                include_str!(concat!("locales/", $tag, "/numbers_and_dates.ftl")),
                include_str!(concat!("locales/", $tag, "/page.ftl")),
                include_str!(concat!("locales/", $tag, "/incidents.ftl")),
            ],
            ranger: include_str!(concat!("locales/", $tag, "/ranger.ftl")),
            research: include_str!(concat!("locales/", $tag, "/research.ftl")),
        }
    };
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Language; 6] = [
        Language::English,
        Language::Arabic,
        Language::Spanish,
        Language::Persian,
        Language::French,
        Language::Russian,
    ];

    pub(super) fn data(self) -> &'static LanguageData {
        match self {
            Language::English => language!("en", rtl: false, zero: '0', decimal: '.', reviewed: true),
            Language::Arabic => {
                language!("ar", rtl: true, zero: '\u{0660}', decimal: '\u{066B}', reviewed: false)
            }
            Language::Spanish => language!("es", rtl: false, zero: '0', decimal: ',', reviewed: false),
            Language::Persian => {
                language!("fa", rtl: true, zero: '\u{06F0}', decimal: '\u{066B}', reviewed: false)
            }
            Language::French => language!("fr", rtl: false, zero: '0', decimal: ',', reviewed: false),
            Language::Russian => language!("ru", rtl: false, zero: '0', decimal: ',', reviewed: false),
        }
    }

    /// Its BCP 47 tag.
    ///
    /// ```
    /// use patrol_corridor::report::bulletin::Language;
    /// assert_eq!(Language::default().tag(), "en");
    /// ```
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.data().tag
    }

    /// `ltr` or `rtl`.
    ///
    /// ```
    /// use patrol_corridor::report::bulletin::Language;
    /// assert_eq!((Language::English.direction(), Language::Persian.direction()), ("ltr", "rtl"));
    /// ```
    #[must_use]
    pub fn direction(self) -> &'static str {
        if self.data().is_right_to_left { "rtl" } else { "ltr" }
    }

    /// Returns `true` if a native speaker has read its messages. A bulletin in another language says that none has.
    ///
    /// ```
    /// use patrol_corridor::report::bulletin::Language;
    /// assert!(Language::English.is_reviewed() && !Language::Persian.is_reviewed());
    /// ```
    #[must_use]
    pub fn is_reviewed(self) -> bool {
        self.data().is_reviewed
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = Error;

    /// By its tag.
    fn from_str(text: &str) -> Result<Self, Error> {
        Language::ALL.into_iter().find(|language| language.tag() == text).ok_or_else(|| {
            let tags = Language::ALL.map(Language::tag).join(", ");
            Error::argument(format!("the language `{text}`, expected one of {tags}"))
        })
    }
}
