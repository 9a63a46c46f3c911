//! The names that a file has of its own for the members that are read.

use super::field_list::DESCRIBED_FIELDS;
use crate::Error;
use crate::io::{LAT_NAMES, LON_NAMES};

/// What is read of an incident besides where, when and its id: by the bulletin, the map and others.
const OTHER_FIELDS: [&str; 6] = ["type", "status", "description", "killed", "wounded", "settled_with"];

/// The names that a file has of its own for the members that are read: `killed` may be its `fatalities`.
///
/// Time, id, longitude and latitude are named in [`ReadOptions`](crate::incident::ReadOptions) by themselves.
///
/// ```
/// use patrol_corridor::described::FieldNames;
/// let mut names = FieldNames::default();
/// names.set("killed", "fatalities")?;
/// assert_eq!(names.own("killed"), Some("fatalities"));
/// assert!(names.set("colour", "Farbe").is_err()); // nobody reads that
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNames {
    /// What is read, and the file's name for it.
    own: Vec<(&'static str, String)>,
    /// Names that a file may have; the field's own is read as well.
    maybe: Vec<(&'static str, String)>,
}

impl FieldNames {
    /// From now on `own` is read as `field`.
    ///
    /// ```
    /// use patrol_corridor::described::FieldNames;
    /// let mut names = FieldNames::default();
    /// names.set("observer_post", "Пост")?;
    /// names.set("observer_post", "Post")?; // the last one counts
    /// assert_eq!(names.own("observer_post"), Some("Post"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where no field of that name is read.
    pub fn set(&mut self, field: &str, own: impl Into<String>) -> Result<(), Error> {
        let known = Self::known_as(field)?;
        self.own.retain(|(field, _)| *field != known);
        self.maybe.retain(|(field, _)| *field != known);
        self.own.push((known, own.into()));
        Ok(())
    }

    /// From now on `own` is read as `field` where the file has it.
    ///
    /// ```
    /// use patrol_corridor::described::FieldNames;
    /// let mut names = FieldNames::default();
    /// names.set_if_there("killed", "fatalities")?;
    /// assert!(names.has_own("fatalities") && names.own("killed").is_none());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`set`](Self::set).
    pub fn set_if_there(&mut self, field: &str, own: impl Into<String>) -> Result<(), Error> {
        let known = Self::known_as(field)?;
        self.maybe.push((known, own.into()));
        Ok(())
    }

    fn known_as(field: &str) -> Result<&'static str, Error> {
        let known = Self::known();
        let found = known.iter().find(|known| known.eq_ignore_ascii_case(field)).copied();
        found.ok_or_else(|| {
            let known = known.join(", ");
            Error::argument(format!("the field `{field}`, which is not read; those that are: {known}"))
        })
    }

    /// The file's own name for a field, where it has one.
    ///
    /// ```
    /// use patrol_corridor::described::FieldNames;
    /// assert_eq!(FieldNames::default().own("type"), None);
    /// ```
    #[must_use]
    pub fn own(&self, field: &str) -> Option<&str> {
        self.own.iter().find(|(known, _)| *known == field).map(|(_, own)| own.as_str())
    }

    /// True for a name of the file that is read as a field.
    ///
    /// ```
    /// use patrol_corridor::described::FieldNames;
    /// let mut names = FieldNames::default();
    /// names.set("type", "Event_Type")?;
    /// assert!(names.has_own("Event_Type") && !names.has_own("type"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn has_own(&self, name: &str) -> bool {
        self.own.iter().chain(&self.maybe).any(|(_, own)| own == name || own == name.trim())
    }

    /// Every field that can have a name of its own.
    ///
    /// ```
    /// use patrol_corridor::described::FieldNames;
    /// assert!(FieldNames::known().contains(&"killed"));
    /// ```
    #[must_use]
    pub fn known() -> Vec<&'static str> {
        let described = DESCRIBED_FIELDS.iter().map(|field| field.name).filter(|name| *name != "time");
        OTHER_FIELDS.into_iter().chain(described).collect()
    }

    /// The names of the file, with what they are read as.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.own.iter().map(|(field, own)| (*field, own.as_str()))
    }

    /// What a name of the file is read as: itself, as good as always; none where another is read in its place.
    #[inline]
    pub(crate) fn read_as<'n>(&self, name: &'n str) -> Option<&'n str> {
        if self.own.is_empty() && self.maybe.is_empty() {
            return Some(name);
        }
        self.among_own(name)
    }

    fn among_own<'n>(&self, name: &'n str) -> Option<&'n str> {
        match self.own.iter().chain(&self.maybe).find(|(_, own)| own == name || own == name.trim()) {
            Some((field, _)) => Some(field),
            None => {
                let is_replaced = |(field, _): &(&str, String)| field.eq_ignore_ascii_case(name.trim());
                (!self.own.iter().any(is_replaced)).then_some(name)
            }
        }
    }
}

/// Names of columns that are not read and that others have for what is: with the field each looks like, where the table has no
/// column that is read as it.
///
/// ```
/// use patrol_corridor::described::{FieldNames, looks_like_read};
/// let header = ["id", "lon", "lat", "event_date", "fatalities"];
/// let names = FieldNames::default();
/// assert_eq!(looks_like_read(&header, &names), [("event_date", "time"), ("fatalities", "killed")]);
/// assert!(looks_like_read(&["id", "time", "lon", "lat", "event_date"], &names).is_empty());
/// ```
#[must_use]
pub fn looks_like_read<'n>(header: &[&'n str], names: &FieldNames) -> Vec<(&'n str, &'static str)> {
    let is_read = |field: &str| {
        let usual = match field {
            "longitude" => &LON_NAMES[..],
            "latitude" => &LAT_NAMES,
            "distance_m" => &["distance_m", "distance_min_m", "distance_max_m"],
            "uncertainty_m" => &["uncertainty_m", "coordinateuncertaintyinmeters"],
            _ => &[],
        };
        let is = |name: &&str| {
            // These are read as they stand, the others in any case.
            if OTHER_FIELDS.contains(&field) {
                return **name == *field;
            }
            let name = name.trim().to_lowercase();
            name == field || usual.contains(&&*name)
        };
        let maybe = names.maybe.iter().any(|(known, own)| *known == field && header.contains(&own.as_str()));
        maybe || names.own(field).is_some() || header.iter().any(is)
    };
    let lines = OTHER_NAMES.lines().filter(|line| !line.starts_with('#'));
    let posts: Vec<&str> = OTHER_NAMES
        .lines()
        .filter(|line| line.starts_with("observer_post"))
        .flat_map(str::split_whitespace)
        .collect();
    let is_post = |name: &&str| posts.contains(&&*stem(name)) || **name == *"observer_post";
    let has_post = header.iter().any(is_post) || names.own("observer_post").is_some();
    // A direction and a distance say nothing without whom they count from.
    let is_position = |name: &&&str| LON_NAMES.contains(&&*name.trim().to_lowercase());
    let has_position = header.iter().any(|name| is_position(&name));
    let is_idle = |field: &str| match field {
        "bearing" | "distance_m" => !has_post,
        // In a table of positions these are other things.
        "route_id" | "chainage_m" => has_position,
        _ => false,
    };
    let found = lines.filter_map(|line| {
        let mut words = line.split_whitespace();
        let field = words.next()?;
        let others: Vec<&str> = words.chain([field]).collect();
        let other = |name: &&&str| names.read_as(name) == Some(**name) && others.contains(&&*stem(name));
        (!is_read(field) && !is_idle(field))
            .then(|| header.iter().find(other))
            .flatten()
            .map(|name| (*name, field))
    });
    found.collect()
}

/// See its first lines.
const OTHER_NAMES: &str = include_str!("other_names.txt");

/// A name without what people put between words, in lower case.
fn stem(name: &str) -> String {
    let between = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '_' | '.' | ':' | '/' | '(' | ')');
    name.to_lowercase().chars().filter(between).collect()
}
