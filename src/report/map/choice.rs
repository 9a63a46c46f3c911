//! What is chosen of the incidents of a map, as a caller says it.

use std::fmt;
use std::str::FromStr;

use crate::Error;

/// A condition that incidents of a map fulfil: `type=shelling` or `status!=settled`.
///
/// The member is named as the file has it, or as it is read. Its value is compared as text, whether letters are upper or lower case. Several
/// conditions `NAME=VALUE` of one name are alternatives; all others must hold.
///
/// ```
/// use patrol_corridor::report::map::Filter;
/// let filter: Filter = "status!=settled".parse()?;
/// assert_eq!(filter.to_string(), "status!=settled");
/// assert!("status".parse::<Filter>().is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) is_equal: bool,
}

impl FromStr for Filter {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wanted = || {
            Error::argument(format!("the filter `{text}`, expected NAME=VALUE or NAME!=VALUE: type=shelling"))
        };
        let (name, value) = text.split_once('=').ok_or_else(wanted)?;
        let (name, is_equal) = name.strip_suffix('!').map_or((name, true), |name| (name, false));
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        if name.is_empty() { Err(wanted()) } else { Ok(Filter { name, value, is_equal }) }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Filter { name, value, is_equal } = self;
        write!(f, "{name}{}{value}", if *is_equal { "=" } else { "!=" })
    }
}

/// Which members of the incidents a map holds. `id` and `time` are the names of whatever holds them; the answers are
/// `nearest_post` and `nearest_route`.
///
/// ```
/// use patrol_corridor::report::map::{FieldChoice, MapOptions};
/// let options = MapOptions::default().with_fields(FieldChoice::Without(vec!["informant".to_owned()]));
/// assert_eq!(options.fields, FieldChoice::Without(vec!["informant".to_owned()]));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldChoice {
    /// All of them.
    #[default]
    All,
    /// These, and the answers. Without `id` incidents are numbered.
    Only(Vec<String>),
    /// All but these.
    Without(Vec<String>),
}
