//! Names in SQLite, of which no two may differ in case only.

use std::collections::HashSet;

use super::tables::LAYER_STYLES;
use crate::Error;
use crate::io::table::column::Column;
use crate::text::shown;

/// Names of columns.
pub(super) struct Names {
    /// In lower case: the names of the input, and those that have been given.
    read: HashSet<String>,
    given: HashSet<String>,
}

impl Names {
    pub fn new(columns: &[Column]) -> Self {
        let read = columns.iter().map(|column| column.name.to_ascii_lowercase()).collect();
        Names { read, given: HashSet::new() }
    }

    fn give(&mut self, mut candidates: impl Iterator<Item = String>) -> String {
        let is_free = |name: &String| {
            let low = name.to_ascii_lowercase();
            !self.given.contains(&low) && !self.read.contains(&low)
        };
        let name = candidates.find(is_free).unwrap_or_default();
        self.given.insert(name.to_ascii_lowercase());
        name
    }

    /// A name of ours, that no column has.
    pub fn free(&mut self, first: &str, second: &str) -> String {
        let numbered = (2..).map(|number| format!("{second}_{number}"));
        self.give([first.to_owned(), second.to_owned()].into_iter().chain(numbered))
    }

    /// The column's own name, or one that can be told from the others.
    pub fn of_column(&mut self, name: &str) -> String {
        let plain = name.replace('\0', "");
        let plain = if plain.is_empty() { "column".to_owned() } else { plain };
        if plain == name && !self.given.contains(&name.to_ascii_lowercase()) {
            self.given.insert(name.to_ascii_lowercase());
            return plain;
        }
        let numbered = (2..).map(|number| format!("{plain}_{number}"));
        self.give(std::iter::once(plain.clone()).chain(numbered))
    }
}

/// A name as SQL has it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Checks the names of the layers of one file.
///
/// # Errors
/// Returns an error if a name is empty or one of the format's own, or if two differ at most in case.
pub(super) fn check_layers(names: &[&str]) -> Result<(), Error> {
    for (i, name) in names.iter().enumerate() {
        let low = name.to_ascii_lowercase();
        if names[..i].iter().any(|other| other.eq_ignore_ascii_case(name)) {
            return Err(Error::argument(format!(
                "two layers `{}` in one GeoPackage: give one of them another name",
                shown(name)
            )));
        }
        let is_taken = ["gpkg_", "rtree_", "sqlite_"].iter().any(|start| low.starts_with(start));
        if low.is_empty()
            || is_taken
            || [LAYER_STYLES, "qgis_projects"].contains(&&*low)
            || low.contains('\0')
        {
            return Err(Error::argument(format!(
                "a GeoPackage has no layer of the name `{}`: give it another one",
                shown(name)
            )));
        }
    }
    Ok(())
}
