//! Which columns of a table hold longitude and latitude.

use std::borrow::Cow;

use crate::io::table::column::Column;
use crate::io::table::row::{Row, degrees};
use crate::setters::setters;
use crate::{Error, ErrorKind, IncidentGeometry, Position};

/// The columns of longitude and latitude, where the usual names do not tell.
///
/// ```
/// use patrol_corridor::io::{PositionColumns, Rows};
/// let csv = "id,east_deg,north_deg\nINC-1,46.807759,40.068059\n".as_bytes();
/// // These are no usual names.
/// let named = PositionColumns::default().with_lon("east_deg").with_lat("north_deg");
/// assert!(Rows::csv("day.csv", csv, None, &named).is_ok());
/// let misnamed = named.with_lat("north");
/// assert!(Rows::csv("day.csv", csv, None, &misnamed).is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PositionColumns {
    /// The column of longitudes.
    pub lon: Option<String>,
    /// The column of latitudes.
    pub lat: Option<String>,
}

/// The usual names, in lower case.
pub(crate) const LON_NAMES: [&str; 7] =
    ["longitude", "lon", "lng", "long", "x", "decimallongitude", "easting"];
pub(crate) const LAT_NAMES: [&str; 5] = ["latitude", "lat", "y", "decimallatitude", "northing"];

impl PositionColumns {
    /// The places of the two columns among these; or what is wrong where none is named and none has a usual name,
    /// for rows may tell otherwise where something was.
    pub(crate) fn find_or_nowhere(&self, columns: &[Column]) -> Result<Result<[usize; 2], Error>, Error> {
        match self.find(columns) {
            Err(error) if !self.are_nowhere(columns) => Err(error),
            found => Ok(found),
        }
    }

    fn are_nowhere(&self, columns: &[Column]) -> bool {
        let is_usual =
            |column| is_usual(&LON_NAMES, column, columns) || is_usual(&LAT_NAMES, column, columns);
        self.lon.is_none() && self.lat.is_none() && !columns.iter().any(is_usual)
    }

    /// The places of the two columns among these.
    fn find(&self, columns: &[Column]) -> Result<[usize; 2], Error> {
        let one = |named: &Option<String>, usual: &[&str], what: &str| {
            let quoted = |at: &[usize]| -> String {
                at.iter().map(|&at| format!("`{}`", columns[at].name)).collect::<Vec<_>>().join(", ")
            };
            let wanted = |column: &Column| match named {
                Some(name) => column.name == *name,
                None => is_usual(usual, column, columns),
            };
            let found: Vec<usize> = (0..columns.len()).filter(|&at| wanted(&columns[at])).collect();
            match (&found[..], named) {
                ([at], _) => Ok(*at),
                ([], named) => {
                    let there = quoted(&(0..columns.len()).collect::<Vec<_>>());
                    let missing = match named {
                        Some(name) => format!("there is no column `{name}` for the {what}"),
                        None => format!("no column holds the {what}"),
                    };
                    Err(Error::input(format!(
                        "{missing}; the columns are {there}. Name the columns of longitude and latitude, or describe locations \
                         by columns such as `mgrs` or `observer_post`"
                    ))
                    .of_kind(ErrorKind::PositionColumns))
                }
                (several, _) => Err(Error::input(format!(
                    "{} columns hold the {what}: {}; name the one that counts",
                    several.len(),
                    quoted(several)
                ))
                .of_kind(ErrorKind::PositionColumns)),
            }
        };
        Ok([one(&self.lon, &LON_NAMES, "longitude")?, one(&self.lat, &LAT_NAMES, "latitude")?])
    }
}

setters! { PositionColumns {
    with_lon(lon: impl Into<String>) => Some(lon.into());
    with_lat(lat: impl Into<String>) => Some(lat.into());
}}

/// True of one of the usual names; easting and northing are a UTM reference where a column has its zone.
fn is_usual(usual: &[&str], column: &Column, columns: &[Column]) -> bool {
    let name = column.name.trim().to_lowercase();
    let has_zone = || columns.iter().any(|column| column.name.trim().eq_ignore_ascii_case("utm_zone"));
    usual.contains(&&*name) && !(matches!(&*name, "easting" | "northing") && has_zone())
}

/// The names of properties that a feature without a geometry may have its position in, in lower case.
const PROPERTY_NAMES: [[&str; 2]; 2] = [["lon", "lat"], ["longitude", "latitude"]];

/// The position in the properties of a feature without a geometry; `None` where one of the two is missing or blank.
///
/// # Errors
/// Returns an error if one is no number of degrees, or out of range; its path is the name of the property.
pub(crate) fn lon_lat_of<'t>(
    position: &PositionColumns,
    properties: impl Iterator<Item = (Cow<'t, str>, Cow<'t, str>)>,
) -> Result<Option<IncidentGeometry>, Error> {
    type Named<'t> = Option<(Cow<'t, str>, Cow<'t, str>)>;
    let mut found: [[Named<'t>; 2]; 3] = Default::default();
    for (name, text) in properties {
        if text.trim().is_empty() {
            continue;
        }
        for (pair, found) in pairs(position).into_iter().zip(&mut found) {
            for (wanted, slot) in pair.into_iter().zip(found) {
                if wanted.is_some_and(|wanted| is_named(wanted, &name)) {
                    *slot = Some((name.clone(), text.clone()));
                }
            }
        }
    }
    let pair = found.into_iter().find_map(|[lon, lat]| lon.zip(lat));
    pair.map(|(lon, lat)| place([&lon.0, &lat.0], [&lon.1, &lat.1])).transpose()
}

/// The named properties, then the usual ones.
fn pairs(position: &PositionColumns) -> [[Option<Wanted<'_>>; 2]; 3] {
    let [first, second] = PROPERTY_NAMES.map(|pair| pair.map(|name| Some(Wanted::InAnyCase(name))));
    let own = [&position.lon, &position.lat].map(|name| name.as_deref().map(Wanted::Exactly));
    match own {
        [None, None] => [own, first, second],
        // Whoever names one does not mean the usual ones.
        [lon, lat] => {
            [[lon.or(first[0]), lat.or(first[1])], [lon.or(second[0]), lat.or(second[1])], [None; 2]]
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Wanted<'n> {
    Exactly(&'n str),
    InAnyCase(&'static str),
}

fn is_named(wanted: Wanted<'_>, name: &str) -> bool {
    match wanted {
        Wanted::Exactly(wanted) => name == wanted,
        Wanted::InAnyCase(wanted) => name.trim().eq_ignore_ascii_case(wanted),
    }
}

fn place(names: [&str; 2], texts: [&str; 2]) -> Result<IncidentGeometry, Error> {
    let [lon, lat] = [0, 1].map(|at| degrees(texts[at].trim()).map_err(|error| error.under(names[at])));
    let position = Position::from_lon_lat(lon?, lat?).map_err(|error| error.under(names[1]))?;
    Ok(IncidentGeometry::Point(position))
}

/// The columns of a table with geometries that rows without one may have their position in.
#[derive(Debug, Clone)]
pub(crate) struct LonLat {
    pairs: Vec<[usize; 2]>,
    names: Vec<String>,
}

impl LonLat {
    /// Finds them; `None` where there are none.
    pub fn find(position: &PositionColumns, columns: &[Column]) -> Option<Self> {
        let at = |wanted: Option<Wanted<'_>>| {
            columns.iter().position(|column| wanted.is_some_and(|wanted| is_named(wanted, &column.name)))
        };
        let found = pairs(position).into_iter().filter_map(|[lon, lat]| Some([at(lon)?, at(lat)?]));
        let pairs: Vec<[usize; 2]> = found.collect();
        let names = columns.iter().map(|column| column.name.clone()).collect();
        (!pairs.is_empty()).then_some(LonLat { pairs, names })
    }

    /// The position of a row; `None` where one of the two is missing or blank.
    ///
    /// # Errors
    /// As [`lon_lat_of`].
    pub fn place(&self, row: &Row) -> Result<Option<IncidentGeometry>, Error> {
        for &[lon, lat] in &self.pairs {
            let texts = [row.plain(row.cells[lon]), row.plain(row.cells[lat])];
            if texts.iter().all(|text| !text.trim().is_empty()) {
                return place([&self.names[lon], &self.names[lat]], texts).map(Some);
            }
        }
        Ok(None)
    }
}
