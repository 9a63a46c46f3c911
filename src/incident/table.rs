//! Which columns of a table say where and when its incidents happened.

use super::annotated::{Reference, area_name, prefix_of};
use super::options::ReadOptions;
use crate::described::{DescribedColumns, DescribedTexts};
use crate::io::{Cell, plain_text};
use crate::io::{Column, LonLat, Row, Rows};
use crate::{Error, IncidentGeometry};
use std::borrow::Cow;

/// Which columns of a table say where and when its incidents happened.
#[derive(Debug, Clone, Default)]
pub(crate) struct IncidentColumns {
    described: DescribedColumns,
    time: Option<(usize, String)>,
    /// The columns of the date and of the time of day.
    time_parts: Option<[usize; 2]>,
    /// The columns of the form and the area of earlier annotations.
    earlier: Vec<[usize; 2]>,
    /// Properties of features that may have no geometry.
    lon_lat: Option<LonLat>,
    id: Option<usize>,
}

impl IncidentColumns {
    /// Finds them.
    ///
    /// # Errors
    /// Returns an error where neither a position nor a described location has a column, or where a column that the options
    /// name is not there.
    pub fn find(rows: &mut Rows<'_>, options: &ReadOptions) -> Result<Self, Error> {
        let no_position = rows.source.no_position();
        let found = IncidentColumns::of(rows, options)?;
        match no_position.filter(|_| !found.tell()) {
            Some(error) => Err(error),
            None => Ok(found),
        }
    }

    /// Finds those that there are.
    fn of(rows: &Rows<'_>, options: &ReadOptions) -> Result<Self, Error> {
        let columns = rows.columns();
        let described = DescribedColumns::find(columns, &options.time_field, &options.fields);
        let time = described.time.map(|at| (at, columns[at].name.clone()));
        let place_of = |name: &str| columns.iter().position(|column| column.name == name);
        let earlier = columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| Some([at, place_of(&area_name(prefix_of(&column.name)?))?]));
        let earlier = earlier.collect();
        let lon_lat = match rows.source.has_geometries() {
            true => LonLat::find(&options.position, columns),
            false => None,
        };
        if let Some((_, own)) = options
            .fields
            .all()
            .find(|(_, own)| !columns.iter().any(|column| column.name == *own || column.name.trim() == *own))
        {
            return Err(unknown_column(own, columns).in_file(&rows.name));
        }
        let id = match &options.id_field {
            Some(name) => Some(place_of(name).ok_or_else(|| unknown_column(name, columns))?),
            None => place_of("id"),
        };
        if options.time_field != "time" && time.is_none() {
            return Err(unknown_column(&options.time_field, columns).in_file(&rows.name));
        }
        let part = |name: &String| place_of(name).ok_or_else(|| unknown_column(name, columns));
        let time_parts = match &options.time_parts {
            Some([date, clock]) => Some([part(date)?, part(clock)?]),
            None => None,
        };
        Ok(IncidentColumns { described, time, time_parts, earlier, lon_lat, id })
    }

    /// Returns `true` if a row can describe its location.
    pub fn tell(&self) -> bool {
        self.described.tell()
    }

    /// Returns `true` if a row can have a region.
    pub fn tell_regions(&self) -> bool {
        self.described.tell() || !self.earlier.is_empty()
    }

    /// The column of the time.
    pub fn time(&self) -> Option<usize> {
        self.time.as_ref().map(|(at, _)| *at)
    }

    /// The texts of the date and of the time of day of a row, if a time is split into two columns.
    pub fn time_parts<'r>(&self, row: &'r Row) -> Option<[Cow<'r, str>; 2]> {
        self.time_parts.map(|parts| parts.map(|at| text_of(row, at)))
    }

    /// The name of the column of the time.
    pub fn time_name(&self) -> &str {
        self.time.as_ref().map_or("time", |(_, name)| name)
    }

    /// The column of the id.
    pub fn id(&self) -> Option<usize> {
        self.id
    }

    /// The texts of a described location.
    pub fn texts<'r>(&self, row: &'r Row) -> DescribedTexts<'r> {
        self.described.texts(row)
    }

    /// What an earlier annotation says of the geometry.
    pub fn reference(&self, row: &Row) -> Option<Reference> {
        let found = self.earlier.iter();
        found
            .filter_map(|&[form, area]| {
                let area = text_of(row, area);
                (!area.is_empty()).then(|| Reference::of(&text_of(row, form), &area))?
            })
            .next()
    }

    /// Returns `true` if rows without a geometry may have a position in columns.
    pub fn has_lon_lat(&self) -> bool {
        self.lon_lat.is_some()
    }

    /// The position in the columns of a row without a geometry.
    pub fn position_of(&self, row: &Row) -> Result<Option<IncidentGeometry>, Error> {
        self.lon_lat.as_ref().map_or(Ok(None), |columns| columns.place(row))
    }
}

/// Which columns of a table say what an incident is, when and where it happened: the name of each field with that of its
/// column, by the order of the columns.
///
/// ```
/// use patrol_corridor::incident::{ReadOptions, columns_read};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// let log = "No;Time;lat;lon;observer_post;remarks\n".as_bytes();
/// let rows = Rows::csv("log.csv", log, None, &PositionColumns::default())?;
/// let read = columns_read(&rows, &ReadOptions::default())?;
/// let read: Vec<String> = read.iter().map(|(field, column)| format!("{field}={column}")).collect();
/// assert_eq!(read, ["time=Time", "latitude=lat", "longitude=lon", "observer_post=observer_post"]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Returns an error if a column that the options name is not there.
pub fn columns_read(rows: &Rows<'_>, options: &ReadOptions) -> Result<Vec<(&'static str, String)>, Error> {
    let found = IncidentColumns::of(rows, options)?;
    let mut all: Vec<(&'static str, usize)> = rows.source.position_columns().unwrap_or_default();
    let parts = found.time_parts.map(|[date, clock]| [("date", date), ("time_of_day", clock)]);
    all.extend(parts.into_iter().flatten());
    all.extend(found.time().filter(|_| found.time_parts.is_none()).map(|at| ("time", at)));
    all.extend(found.id.map(|at| ("id", at)));
    let others: Vec<_> =
        found.described.columns().filter(|(_, at)| !all.iter().any(|(_, known)| known == at)).collect();
    all.extend(others);
    all.sort_by_key(|&(_, at)| at);
    Ok(all.into_iter().map(|(field, at)| (field, rows.columns()[at].name.clone())).collect())
}

fn unknown_column(name: &str, columns: &[Column]) -> Error {
    let there: Vec<String> = columns.iter().map(|column| format!("`{}`", column.name)).collect();
    Error::argument(format!("there is no column `{name}`; the columns are {}", there.join(", ")))
}

/// The plain text of a cell.
pub(super) fn text_of(row: &Row, column: usize) -> Cow<'_, str> {
    match row.cells[column] {
        Cell::Json(span) => plain_text(row.text(span)),
        cell => Cow::Borrowed(row.plain(cell)),
    }
}
