//! How a bulletin is put into words: `--lang`, `--vocabulary`, `--types`, `--dates`.

use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::report::bulletin::{Language, OwnVocabulary, TypeNames, Vocabulary, Wording};
use patrol_corridor::time::Calendar;

const HEADING: &str = "Words";

/// Language, vocabulary, names of types, calendar.
#[derive(Debug, clap::Args)]
pub struct WordingArgs {
    /// Language of the bulletin: en, ar, es, fa, fr or ru
    #[arg(long, help_heading = HEADING, value_name = "TAG", default_value_t = Language::English)]
    lang: Language,
    /// What incidents are called: ceasefire, ranger, research, or a file of own messages [default: ceasefire]
    ///
    /// A file ends in .ftl and holds messages in the format of Fluent, which take the place of those of the ceasefire; docs/bulletin.md
    /// lists them.
    #[arg(long, help_heading = HEADING, value_name = "NAME")]
    vocabulary: Option<PathBuf>,
    /// CSV that names the types: a column `type`, and one for each language under its tag
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    types: Option<PathBuf>,
    /// Calendar of the dates in it: gregorian, persian or buddhist
    #[arg(long, help_heading = HEADING, value_name = "NAME", default_value = "gregorian")]
    dates: Calendar,
}

impl WordingArgs {
    /// The files that are read.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.own().into_iter().chain(&self.types)
    }

    /// The file of an own vocabulary.
    fn own(&self) -> Option<&PathBuf> {
        self.vocabulary.as_ref().filter(|path| path.extension().is_some())
    }

    /// The wording that was asked for.
    pub fn read(&self) -> Result<Wording, Error> {
        let vocabulary = match (self.own(), self.vocabulary.as_deref().and_then(Path::to_str)) {
            (Some(path), _) => {
                let own = OwnVocabulary::read(&text(path)?);
                Vocabulary::Own(own.map_err(|error| error.in_file(path.display().to_string()))?)
            }
            (None, None | Some("ceasefire")) => Vocabulary::Ceasefire,
            (None, Some("ranger")) => Vocabulary::Ranger,
            (None, Some("research")) => Vocabulary::Research,
            (None, Some(other)) => {
                return Err(Error::argument(format!(
                    "--vocabulary: `{other}`, expected ceasefire, ranger, research, or a file that ends in .ftl"
                )));
            }
        };
        let types = match &self.types {
            None => TypeNames::default(),
            Some(path) => {
                TypeNames::read(&text(path)?).map_err(|error| error.in_file(path.display().to_string()))?
            }
        };
        Ok(Wording::new(self.lang).with_vocabulary(vocabulary).with_types(types).with_calendar(self.dates))
    }
}

fn text(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|e| Error::io("read it", e).in_file(path.display().to_string()))
}
