//! The names under which a sighting's parts stand: properties of GeoJSON, columns of a table.

use std::borrow::Cow;

use crate::io::{Cell, Column, FeatureParts, Row, listed_text, members, plain_text};

/// A property or column that tells where a sighting was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SightingField {
    /// Its name.
    pub name: &'static str,
    /// Its unit; empty where it has none.
    pub unit: &'static str,
    /// What it holds, and how it is written.
    pub meaning: &'static str,
    /// True where it makes a region of a position; false where it stands for a position.
    pub(crate) of_position: bool,
    /// True where something is reported as soon as it is there; others say more of one that is.
    pub(crate) tells: bool,
}

const fn field(name: &'static str, unit: &'static str, meaning: &'static str) -> SightingField {
    SightingField { name, unit, meaning, of_position: false, tells: false }
}

const fn telling(name: &'static str, unit: &'static str, meaning: &'static str) -> SightingField {
    SightingField { tells: true, ..field(name, unit, meaning) }
}

const fn of_position(name: &'static str, unit: &'static str, meaning: &'static str) -> SightingField {
    SightingField { of_position: true, ..telling(name, unit, meaning) }
}

/// Every name that is read, in the order of the documentation.
pub const SIGHTING_FIELDS: &[SightingField] = &[
    of_position("uncertainty_m", "m", "how far the position (or the grid square) may be off; `900`, `25 km`"),
    of_position(
        "where_prec",
        "",
        "UCDP's class of the position, 1 to 7, where no uncertainty is given in metres",
    ),
    of_position("geo_precision", "", "ACLED's class of the position, 1 to 3, likewise"),
    telling("mgrs", "", "MGRS reference of 0 to 5 pairs of digits (`38T NK 12 34` is a square of 1 km)"),
    telling(
        "utm",
        "",
        "UTM reference, a square of 1 m: zone, hemisphere or band, easting, northing (`38 north 512345 4412345`)",
    ),
    telling("dms", "", "latitude and longitude in degrees, minutes and seconds (`40°04'05\"N 46°48'28\"E`)"),
    telling(
        "observer_post",
        "",
        "id of the post that it was observed from; of several observations of one incident with `;` between",
    ),
    field("bearing", "degrees", "direction from there: one of 16 winds (`NNE`) or degrees (`043`)"),
    field(
        "bearing_tolerance_deg",
        "degrees",
        "how far the direction may be off to either side; without it 11.25 for a wind, and degrees are exact (in a fix \
         good to 1)",
    ),
    field(
        "distance_m",
        "m",
        "distance from there, or two between which it was (`2km..7km`); without a unit in metres",
    ),
    field("distance_min_m", "m", "no nearer than this; alone to the greatest range"),
    field("distance_max_m", "m", "no farther than this; alone from the post on"),
    field(
        "north",
        "",
        "the north that the direction counts from: `true` (where nothing is said), `grid` (of UTM) or `magnetic`",
    ),
    field("route_id", "", "id of the route, where `chainage_m` tells the place along it"),
    telling(
        "chainage_m",
        "m",
        "distance along the route from its first vertex, or two between which it was (`12400`, `km 12.4`, `12.2km..12.6km`)",
    ),
    field("chainage_tolerance_m", "m", "how far the place may be off either way along the route"),
    field("offset_m", "m", "distance from the route, or two between which it was; on the route without it"),
    field("side", "", "side of the route facing increasing chainage: `left` or `right`; without it either"),
    field("time", "", "when it was: RFC 3339 or a date (`2020-10-04`); for the magnetic declination"),
];

/// The texts of one sighting by the names of their fields; what is blank is not there.
///
/// ```
/// use patrol_corridor::sightings::SightingTexts;
/// let mut texts = SightingTexts::default();
/// assert!(texts.set("mgrs", "38T NK 12 34"));
/// assert!(!texts.set("weather", "fog"));
/// assert_eq!(texts.get("mgrs"), Some("38T NK 12 34"));
/// assert_eq!(texts.get("dms"), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SightingTexts<'t> {
    texts: [Option<Cow<'t, str>>; SIGHTING_FIELDS.len()],
}

impl<'t> SightingTexts<'t> {
    /// Sets a field; false where there is none of that name.
    pub fn set(&mut self, name: &str, text: impl Into<Cow<'t, str>>) -> bool {
        let Some(place) = place_of(name) else { return false };
        let text = text.into();
        self.texts[place] = (!text.trim().is_empty()).then_some(text);
        true
    }

    /// The text of a field, where there is one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.texts[place_of(name)?].as_deref()
    }

    /// The texts of a feature's properties; several in an array (or in the text of one, as tables hold it) stand with `;`
    /// between.
    pub(crate) fn of_feature(parts: &FeatureParts<'t>) -> Self {
        let mut texts = SightingTexts::default();
        for member in members(parts.properties.object()) {
            if may_name_a_sighting(&member.key)
                && let Some(place) = place_of(&member.key)
            {
                let text = listed_text(plain_text(member.value));
                texts.texts[place] = (!text.trim().is_empty()).then_some(text);
            }
        }
        texts
    }

    /// True where nothing is reported, or nothing but what makes no difference to a position.
    pub(crate) fn tell_nothing(&self, has_position: bool) -> bool {
        let mut told = self.texts.iter().zip(SIGHTING_FIELDS).filter(|(text, _)| text.is_some());
        !told.any(|(_, field)| field.tells && (field.of_position || !has_position))
    }
}

fn place_of(name: &str) -> Option<usize> {
    SIGHTING_FIELDS.iter().position(|field| field.name == name)
}

/// Bit n: a field that tells has a name of n bytes; of those of a position, or of all.
const fn lengths_that_tell(of_position_only: bool) -> u64 {
    let (mut lengths, mut i) = (0, 0);
    while i < SIGHTING_FIELDS.len() {
        let field = &SIGHTING_FIELDS[i];
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

/// True for the name of a field that makes a sighting of a feature, with a position or without.
pub(crate) fn tells_beside(name: &str, has_position: bool) -> bool {
    let mut fields =
        SIGHTING_FIELDS.iter().filter(|field| field.tells && (field.of_position || !has_position));
    fields.any(|field| field.name == name)
}

/// False where no field has a name of this length: most properties are told apart by that.
fn may_name_a_sighting(name: &str) -> bool {
    const LENGTHS: u64 = {
        let (mut lengths, mut i) = (0, 0);
        while i < SIGHTING_FIELDS.len() {
            lengths |= 1 << SIGHTING_FIELDS[i].name.len();
            i += 1;
        }
        lengths
    };
    name.len() < 64 && LENGTHS >> name.len() & 1 == 1
}

/// Which columns of a table hold fields of a sighting.
#[derive(Debug, Clone, Default)]
pub(crate) struct SightingColumns {
    /// Column and field.
    found: Vec<(usize, usize)>,
    tells: bool,
}

impl SightingColumns {
    pub fn find(columns: &[Column]) -> Self {
        let places = columns.iter().enumerate();
        let found: Vec<_> = places.filter_map(|(at, column)| Some((at, place_of(&column.name)?))).collect();
        let tells = found.iter().any(|&(_, field)| SIGHTING_FIELDS[field].tells);
        SightingColumns { found, tells }
    }

    /// True where a row can report something else than a position.
    pub fn tell(&self) -> bool {
        self.tells
    }

    /// The texts of a row.
    pub fn texts<'r>(&self, row: &'r Row) -> SightingTexts<'r> {
        let mut texts = SightingTexts::default();
        for &(at, field) in &self.found {
            let text = match row.cells[at] {
                Cell::Json(span) => plain_text(row.text(span)),
                cell => listed_text(Cow::Borrowed(row.plain(cell))),
            };
            texts.texts[field] = (!text.trim().is_empty()).then_some(text);
        }
        texts
    }
}
