//! The parts of a described location: in properties of GeoJSON, in columns of a table.

use std::borrow::Cow;

use super::field_list::{DESCRIBED_FIELDS, DescribedField};
use super::field_names::FieldNames;
use super::reasons::NotLocated;
use crate::io::{Cell, Column, FeatureParts, Member, Row, is_nearly, listed_text, members, plain_text};

/// The texts of one described location by the names of their fields, in any case; what is blank is not there.
///
/// ```
/// use patrol_corridor::described::DescribedTexts;
/// let mut texts = DescribedTexts::default();
/// assert!(texts.set("mgrs", "38T NK 12 34"));
/// assert!(!texts.set("weather", "fog"));
/// assert_eq!(texts.get("mgrs"), Some("38T NK 12 34"));
/// assert_eq!(texts.get("dms"), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DescribedTexts<'t> {
    texts: [Option<Cow<'t, str>>; DESCRIBED_FIELDS.len()],
}

impl<'t> DescribedTexts<'t> {
    /// Sets a field; false where there is none of that name.
    ///
    /// ```
    /// use patrol_corridor::described::DescribedTexts;
    /// let mut heard = DescribedTexts::default();
    /// // Names are found in any case.
    /// assert!(heard.set("Bearing", "043"));
    /// assert_eq!(heard.get("bearing"), Some("043"));
    /// assert!(!heard.set("caller", "OP-21"));
    /// ```
    pub fn set(&mut self, name: &str, text: impl Into<Cow<'t, str>>) -> bool {
        let Some(place) = place_of(name) else { return false };
        let text = text.into();
        self.texts[place] = (!text.trim().is_empty()).then_some(text);
        true
    }

    /// The text of a field, where there is one.
    ///
    /// ```
    /// use patrol_corridor::described::DescribedTexts;
    /// let mut heard = DescribedTexts::default();
    /// heard.set("bearing", "NNE");
    /// heard.set("distance_m", "  ");
    /// assert_eq!(heard.get("bearing"), Some("NNE"));
    /// // What is blank is not there.
    /// assert_eq!(heard.get("distance_m"), None);
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.texts[place_of(name)?].as_deref()
    }

    /// The texts of a feature's properties; several in an array (or in the text of one, as tables hold it) stand with `;`
    /// between.
    fn of_feature(parts: &FeatureParts<'t>, own: &FieldNames) -> Self {
        let mut texts = DescribedTexts::default();
        for member in members(parts.properties.object()) {
            if let Some(key) = own.read_as(&member.key)
                && may_name_one(key)
                && let Some(place) = place_of(key)
            {
                let text = match DESCRIBED_FIELDS[place].unit {
                    "" => plain_text(member.value),
                    _ => decimal(member.value).map_or_else(|| plain_text(member.value), Cow::Owned),
                };
                texts.fill(place, key, listed_text(text));
            }
        }
        texts
    }

    /// The same with the time of the property that holds it, where that has another name than its field.
    pub(crate) fn of_feature_at(parts: &FeatureParts<'t>, time_field: &str, own: &FieldNames) -> Self {
        let mut texts = DescribedTexts::of_feature(parts, own);
        if time_field != TIME
            && let Some(time) = parts.property(time_field)
        {
            texts.set(TIME, plain_text(time));
        }
        texts
    }

    /// Of names that differ in case alone the documented one counts, or the first that is not blank.
    fn fill(&mut self, place: usize, name: &str, text: Cow<'t, str>) {
        let is_free = self.texts[place].is_none() || name == DESCRIBED_FIELDS[place].name;
        if is_free && !text.trim().is_empty() {
            self.texts[place] = Some(text);
        }
    }

    /// What is said of an observation or of a place along a route, where what it would add to is missing.
    ///
    /// Such names stand in tables for other things, too, so that is no error.
    pub(crate) fn incomplete(&self) -> Option<NotLocated> {
        ADDING_FIELDS.into_iter().find_map(|[field, lacking, expected]| {
            let text = self.get(field)?.to_owned();
            Some(NotLocated::Incomplete { field, text, lacking, expected })
        })
    }

    /// Returns `true` if a field other than an uncertainty says a position or a square of the grid.
    pub(crate) fn name_a_position(&self) -> bool {
        ["mgrs", "utm", "utm_zone", "dms"].iter().any(|name| self.get(name).is_some())
    }

    /// True where nothing is reported, or nothing but what makes no difference to a position.
    pub(crate) fn tell_nothing(&self, has_position: bool) -> bool {
        let mut told = self.texts.iter().zip(DESCRIBED_FIELDS).filter(|(text, _)| text.is_some());
        !told.any(|(_, field)| field.tells && (field.of_position || !has_position))
    }
}

/// Fields that only add to another, what that is, and what it would hold.
const ADDING_FIELDS: [[&str; 3]; 8] = [
    ["bearing", "observer_post", "the id of the post that it was observed from"],
    ["distance_m", "observer_post", "the id of the post that it was observed from"],
    ["distance_min_m", "observer_post", "the id of the post that it was observed from"],
    ["distance_max_m", "observer_post", "the id of the post that it was observed from"],
    ["offset_m", "chainage_m", "the distance along the route"],
    ["chainage_tolerance_m", "chainage_m", "the distance along the route"],
    ["uncertainty_m", "a position", "a position or a grid reference"],
    ["coordinateUncertaintyInMeters", "a position", "a position or a grid reference"],
];

/// A number that JSON has with an exponent (`2E3`), as people write it; `None` for all else.
fn decimal(value: &str) -> Option<String> {
    let is_number = value.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    let number = (is_number && value.contains(['e', 'E'])).then(|| value.parse::<f64>().ok())?;
    number.filter(|number| number.is_finite()).map(|number| number.to_string())
}

/// The field of the time.
const TIME: &str = "time";

/// True for the name of the property or column that holds the time: as it is given, or the usual one in any case.
pub(crate) fn names_time(name: &str, time_field: &str) -> bool {
    name == time_field || (time_field == TIME && name.eq_ignore_ascii_case(TIME))
}

/// The property that holds the time, where it is not blank; of several the one named as given counts, or the first.
pub(crate) fn time_member<'t>(parts: &FeatureParts<'t>, time_field: &str) -> Option<Member<'t>> {
    let named = members(parts.properties.object()).filter(|member| names_time(&member.key, time_field));
    let told = named.filter(|member| !plain_text(member.value).trim().is_empty());
    told.reduce(|first, next| if next.key == time_field { next } else { first })
}

/// Names of columns or properties that are not read and are nearly those of [`DESCRIBED_FIELDS`], with the names that
/// would be: blanks within, another unit or none. What only adds to a report counts beside one.
///
/// ```
/// use patrol_corridor::described::nearly_read;
/// let header = ["observer_post", "bearing", "Distance (km)", "weather"];
/// assert_eq!(nearly_read(&header), [("Distance (km)", "distance_m")]);
/// assert!(nearly_read(&["longitude", "latitude", "distance"]).is_empty());
/// // These are read.
/// assert!(nearly_read(&["MGRS ", "Uncertainty_M"]).is_empty());
/// ```
#[must_use]
pub fn nearly_read<'n>(names: &[&'n str]) -> Vec<(&'n str, &'static str)> {
    let is = |name: &str, field: &DescribedField| name.trim().eq_ignore_ascii_case(field.name);
    let nearly = |name: &str, field: &DescribedField| !is(name, field) && is_nearly(name, field.name);
    let mut places = DESCRIBED_FIELDS.iter().filter(|field| field.tells && !field.of_position);
    let is_report = places.any(|field| names.iter().any(|name| is(name, field) || nearly(name, field)));
    let fields = DESCRIBED_FIELDS.iter().filter(|field| field.tells || is_report);
    let unread = fields.filter(|field| !names.iter().any(|name| is(name, field)));
    unread.filter_map(|field| Some((*names.iter().find(|name| nearly(name, field))?, field.name))).collect()
}

fn place_of(name: &str) -> Option<usize> {
    DESCRIBED_FIELDS.iter().position(|field| field.name.eq_ignore_ascii_case(name))
}

/// Bit n: a field that tells has a name of n bytes; of those of a position, or of all.
const fn lengths_that_tell(of_position_only: bool) -> u64 {
    let (mut lengths, mut i) = (0, 0);
    while i < DESCRIBED_FIELDS.len() {
        let field = &DESCRIBED_FIELDS[i];
        if field.tells && (field.of_position || !of_position_only) {
            lengths |= 1 << field.name.len();
        }
        i += 1;
    }
    lengths
}

/// Bit n: a name of n bytes may be one of those that [`tells_beside`] is true of.
pub(crate) const fn lengths_beside(has_position: bool) -> u64 {
    const LENGTHS: [u64; 2] = [lengths_that_tell(false), lengths_that_tell(true)];
    LENGTHS[has_position as usize]
}

/// True for the name of a field that makes a described location of a feature, with a position or without.
pub(crate) fn tells_beside(name: &str, has_position: bool) -> bool {
    let mut fields =
        DESCRIBED_FIELDS.iter().filter(|field| field.tells && (field.of_position || !has_position));
    fields.any(|field| field.name.eq_ignore_ascii_case(name))
}

/// False where no field has a name of this length: most properties are told apart by that.
fn may_name_one(name: &str) -> bool {
    const LENGTHS: u64 = {
        let (mut lengths, mut i) = (0, 0);
        while i < DESCRIBED_FIELDS.len() {
            lengths |= 1 << DESCRIBED_FIELDS[i].name.len();
            i += 1;
        }
        lengths
    };
    name.len() < 64 && LENGTHS >> name.len() & 1 == 1
}

/// Which columns of a table hold fields of a described location.
#[derive(Debug, Clone, Default)]
pub(crate) struct DescribedColumns {
    /// Column and field, and the name of the column.
    found: Vec<(usize, usize, String)>,
    tells: bool,
    /// The column of the time.
    pub time: Option<usize>,
}

impl DescribedColumns {
    /// In a table whose times stand in the column `time_field`.
    pub fn find<'c>(columns: &'c [Column], time_field: &str, own: &FieldNames) -> Self {
        let has_own_time = time_field != TIME && columns.iter().any(|column| column.name == time_field);
        let read_as = |column: &'c Column| own.read_as(&column.name).unwrap_or_default().trim();
        let named = |column: &'c Column| match read_as(column) {
            name if !has_own_time => name.to_owned(),
            _ if column.name == time_field => TIME.to_owned(),
            name if name.eq_ignore_ascii_case(TIME) => String::new(),
            name => name.to_owned(),
        };
        let places = columns.iter().map(named).enumerate();
        let found = places.filter_map(|(at, name)| Some((at, place_of(&name)?, name)));
        let found: Vec<_> = found.collect();
        let tells = found.iter().any(|&(_, field, _)| DESCRIBED_FIELDS[field].tells);
        let is_given = |column: &Column| column.name == time_field;
        let is_time = |column: &Column| names_time(column.name.trim(), time_field);
        let time = columns.iter().position(is_given).or_else(|| columns.iter().position(is_time));
        DescribedColumns { found, tells, time }
    }

    /// Its columns, each with the name of its field.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.found.iter().map(|&(at, field, _)| (DESCRIBED_FIELDS[field].name, at))
    }

    /// True where a row can report something else than a position.
    pub fn tell(&self) -> bool {
        self.tells
    }

    /// The texts of a row.
    pub fn texts<'r>(&self, row: &'r Row) -> DescribedTexts<'r> {
        let mut texts = DescribedTexts::default();
        for (at, field, name) in &self.found {
            let text = match row.cells[*at] {
                Cell::Json(span) => plain_text(row.text(span)),
                Cell::Number(span) if !DESCRIBED_FIELDS[*field].unit.is_empty() => {
                    let number = row.text(span);
                    decimal(number).map_or(Cow::Borrowed(number), Cow::Owned)
                }
                cell => listed_text(Cow::Borrowed(row.plain(cell))),
            };
            let text = match (DESCRIBED_FIELDS[*field].unit.is_empty(), text) {
                (false, Cow::Borrowed(text)) => row.with_points(text),
                (_, text) => text,
            };
            texts.fill(*field, name, text);
        }
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::DESCRIBED_FIELDS;
    use crate::io::INCIDENT_FIELDS;

    #[test]
    fn what_a_check_holds_incidents_against_is_what_is_read() {
        let read: Vec<&str> = DESCRIBED_FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(INCIDENT_FIELDS[1..], read);
    }
}
