//! How the figures are put into words: language, vocabulary, names of types, calendar of dates.

use std::collections::BTreeMap;

use fluent_bundle::FluentResource;

use super::language::Language;
use super::variables::{is_of_vocabularies, said_by, variables_of};
use crate::setters::setters;
use crate::time::Calendar;
use crate::{Error, ErrorKind};

/// How a bulletin is put into words.
///
/// ```
/// use patrol_corridor::report::bulletin::{Language, Vocabulary, Wording};
/// let wording = Wording::new(Language::French).with_vocabulary(Vocabulary::Research);
/// assert_eq!(wording.language.tag(), "fr");
/// // A language alone is a wording.
/// assert_eq!(Wording::from(Language::French).vocabulary, Vocabulary::Ceasefire);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Wording {
    /// The language.
    pub language: Language,
    /// What incidents, casualties and statuses are called.
    pub vocabulary: Vocabulary,
    /// What types are called.
    pub types: TypeNames,
    /// The calendar of dates.
    pub calendar: Calendar,
}

impl Wording {
    /// In a language, with the vocabulary of a ceasefire, types as the data have them, and dates of the Gregorian calendar.
    ///
    /// ```
    /// use patrol_corridor::report::bulletin::{Language, Wording};
    /// assert_eq!(Wording::new(Language::English), Wording::default());
    /// ```
    #[must_use]
    pub fn new(language: Language) -> Self {
        Wording { language, ..Wording::default() }
    }
}

impl From<Language> for Wording {
    fn from(language: Language) -> Self {
        Wording::new(language)
    }
}

setters! { Wording {
    with_vocabulary(vocabulary: Vocabulary);
    with_types(types: TypeNames);
    with_calendar(calendar: Calendar);
}}

/// What incidents, casualties and statuses are called.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Vocabulary {
    /// Violations of a ceasefire.
    #[default]
    Ceasefire,
    /// Incidents in a park or reserve.
    Ranger,
    /// Events of a data set.
    Research,
    /// Own messages, over those of a ceasefire.
    Own(OwnVocabulary),
}

/// Messages in the format of Fluent (`.ftl`) that take the place of those of a ceasefire.
///
/// The messages that can be given, and what is put into them, are those of `src/report/bulletin/locales/en/ranger.ftl`.
///
/// ```
/// use patrol_corridor::report::bulletin::OwnVocabulary;
/// let own = OwnVocabulary::read("lead-none-known = no poaching is known\nkilled = Carcasses\n")?;
/// assert_eq!(own.len(), 2);
/// let error = OwnVocabulary::read("kiled = Carcasses").unwrap_err();
/// assert!(error.to_string().contains("`kiled`"), "{error}");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnVocabulary {
    pub(super) text: String,
    count: usize,
}

impl OwnVocabulary {
    /// Reads messages.
    ///
    /// # Errors
    /// Returns an error that names the line if the text is no Fluent, and the message if there is none of that name in a vocabulary
    /// or it is given more than there is.
    pub fn read(text: &str) -> Result<Self, Error> {
        let refused = |message: String| Error::input(message).of_kind(ErrorKind::Argument);
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
            let at = errors.first().map_or(0, |error| error.pos.start);
            let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
            let why = errors.first().map_or_else(String::new, |error| format!(": {error}"));
            refused(format!("line {line} is no message of Fluent{why}"))
        })?;
        let mut count = 0;
        for (id, variables) in said_by(&resource) {
            if !is_of_vocabularies(&id) {
                return Err(refused(format!("the message `{id}`, which is not one of a vocabulary")));
            }
            let known = variables_of(&id);
            if let Some(other) = variables.iter().find(|name| !known.contains(*name)) {
                return Err(refused(format!(
                    "the message `{id}` has the variable `${other}`, which it is not given"
                )));
            }
            count += 1;
        }
        Ok(OwnVocabulary { text: text.to_owned(), count })
    }

    /// How many messages there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Returns `true` if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// What types are called in each language.
///
/// ```
/// use patrol_corridor::report::bulletin::{Language, TypeNames};
/// let types = TypeNames::read("type,en,fa\nSAF,small-arms fire,تیراندازی با سلاح سبک\n")?;
/// assert_eq!(types.name("saf", Language::English), Some("small-arms fire"));
/// assert_eq!(types.name("saf", Language::French), None);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeNames(BTreeMap<(String, &'static str), String>);

impl TypeNames {
    /// Reads a CSV with a column `type` and one for each language, under its tag; empty cells name nothing.
    ///
    /// # Errors
    /// Returns an error that names the row or the column if it can't be read, has no column `type`, another column than those of
    /// languages, or a type twice.
    pub fn read(text: &str) -> Result<Self, Error> {
        let mut reader =
            csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let broken = |error: csv::Error| Error::input(error.to_string());
        let head = reader.headers().map_err(broken)?.clone();
        let at = head.iter().position(|name| name.trim() == "type");
        let at = at
            .ok_or_else(|| Error::input("no column `type`: it holds the types as the incidents have them"))?;
        let mut columns = Vec::new();
        for (n, name) in head.iter().enumerate().filter(|(n, _)| *n != at) {
            let language: Language = name.trim().parse().map_err(|error: Error| error.under(name.trim()))?;
            columns.push((n, language.tag()));
        }
        let mut names = BTreeMap::new();
        for (n, row) in reader.records().enumerate() {
            let row = row.map_err(broken)?;
            let kind = row.get(at).unwrap_or_default().trim().to_lowercase();
            for (column, tag) in &columns {
                let name = row.get(*column).unwrap_or_default().trim();
                if !name.is_empty() && names.insert((kind.clone(), *tag), name.to_owned()).is_some() {
                    return Err(Error::input(format!("row {}: the type `{kind}` is named twice", n + 1)));
                }
            }
        }
        Ok(TypeNames(names))
    }

    /// What a type is called in a language, in upper or lower case; `None` where it is not named.
    #[must_use]
    pub fn name(&self, kind: &str, language: Language) -> Option<&str> {
        self.0.get(&(kind.to_lowercase(), language.tag())).map(String::as_str)
    }
}
