//! Which columns of a table hold longitude and latitude.

use super::table::Column;
use crate::Error;

/// The columns of longitude and latitude, where the usual names do not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PositionColumns {
    /// The column of longitudes.
    pub lon: Option<String>,
    /// The column of latitudes.
    pub lat: Option<String>,
}

/// The usual names, in lower case.
const LON_NAMES: [&str; 6] = ["longitude", "lon", "lng", "long", "x", "decimallongitude"];
const LAT_NAMES: [&str; 4] = ["latitude", "lat", "y", "decimallatitude"];

impl PositionColumns {
    /// True where none is named, and none has a usual name.
    pub(crate) fn are_nowhere(&self, columns: &[Column]) -> bool {
        let usual = |column: &Column| {
            let name = column.name.trim().to_lowercase();
            LON_NAMES.contains(&&*name) || LAT_NAMES.contains(&&*name)
        };
        self.lon.is_none() && self.lat.is_none() && !columns.iter().any(usual)
    }

    /// The places of the two columns among these.
    pub(crate) fn find(&self, columns: &[Column]) -> Result<[usize; 2], Error> {
        let one = |named: &Option<String>, usual: &[&str], what: &str, option: &str| {
            let quoted = |at: &[usize]| -> String {
                at.iter().map(|&at| format!("`{}`", columns[at].name)).collect::<Vec<_>>().join(", ")
            };
            let wanted = |column: &Column| match named {
                Some(name) => column.name == *name,
                None => usual.contains(&column.name.trim().to_lowercase().as_str()),
            };
            let found: Vec<usize> = (0..columns.len()).filter(|&at| wanted(&columns[at])).collect();
            match (&found[..], named) {
                ([at], _) => Ok(*at),
                ([], Some(name)) => Err(Error::argument(format!(
                    "found no column `{name}`, expected the {what} there: the columns are {}",
                    quoted(&(0..columns.len()).collect::<Vec<_>>())
                ))),
                ([], None) => Err(Error::input(format!(
                    "found no column for the {what}, expected one of {}: name it with {option}, or report places by \
                     columns as `mgrs` or `observer_post`",
                    usual.join(", ")
                ))),
                (several, Some(_)) => Err(Error::input(format!(
                    "found {} columns {}, expected one: rename the others",
                    several.len(),
                    quoted(several)
                ))),
                (several, None) => Err(Error::input(format!(
                    "found {} for the {what}, expected one column: name it with {option}",
                    quoted(several)
                ))),
            }
        };
        Ok([
            one(&self.lon, &LON_NAMES, "longitude", "--lon-field")?,
            one(&self.lat, &LAT_NAMES, "latitude", "--lat-field")?,
        ])
    }
}
