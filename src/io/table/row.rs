//! A row of a table: an incident, its cells and its geometry, with their texts as they stand.

use std::borrow::Cow;

#[cfg(feature = "tables")]
use crate::io::crs::Transformation;
use crate::io::json::raw::{self, write_string};
use crate::io::table::column::Column;
use crate::io::table::no_position::NoPosition;
#[cfg(feature = "tables")]
use crate::number::{DEGREE_DECIMALS, write_rounded};
use crate::region::{Axis, DmsAngle};
use crate::text::shown;
use crate::{Error, FeatureId, IncidentGeometry, Position};

/// An interval of the row's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

/// A cell, whose text stands in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Not there: a feature without this property.
    Absent,
    Null,
    Bool(bool),
    /// A number in the digits of JSON.
    Number(Span),
    Text(Span),
    /// JSON text.
    Json(Span),
}

/// The geometry of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Geometry {
    None,
    /// Two numbers in the digits of JSON.
    Point {
        lon: Span,
        lat: Span,
    },
    /// A geometry's GeoJSON text.
    Json(Span),
}

/// What a thread can do by itself: the bytes of some rows.
pub(crate) type Encode = Box<dyn Fn(&[Row], &mut Vec<u8>) + Send + Sync>;

/// A row: an incident with its cells, in the order of the columns.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    text: String,
    pub cells: Vec<Cell>,
    pub geometry: Geometry,
    pub incident_geometry: IncidentGeometry,
    /// Why it has no position, where that is known.
    pub no_position: Option<NoPosition>,
    /// Its number, from 1, and the line on which it begins; 0 in a format without lines.
    pub number: u64,
    pub line: u64,
    /// Its numbers may have decimals behind a comma.
    pub decimal_comma: bool,
    /// The text as it stands, where that is kept.
    pub source: Option<Span>,
    /// The Arrow records that it came from, and its place in them.
    #[cfg(feature = "parquet")]
    pub record: Option<(std::sync::Arc<arrow_array::RecordBatch>, usize)>,
}

impl Row {
    pub fn with_capacity(bytes: usize, cells: usize) -> Self {
        Row {
            text: String::with_capacity(bytes),
            cells: Vec::with_capacity(cells),
            geometry: Geometry::None,
            incident_geometry: IncidentGeometry::None,
            no_position: None,
            number: 0,
            line: 0,
            decimal_comma: false,
            source: None,
            #[cfg(feature = "parquet")]
            record: None,
        }
    }

    /// How much text it holds.
    #[cfg(feature = "parquet")]
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    pub fn text(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }

    /// Keeps a text.
    pub fn keep(&mut self, text: &str) -> Span {
        self.keep_with(|out| out.push_str(text))
    }

    /// Keeps what `write` appends.
    pub fn keep_with(&mut self, write: impl FnOnce(&mut String)) -> Span {
        let start = self.text.len();
        write(&mut self.text);
        Span { start, end: self.text.len() }
    }

    pub fn push_text(&mut self, text: &str) {
        let span = self.keep(text);
        self.cells.push(Cell::Text(span));
    }

    /// The cell's plain text, as a table of texts has it: nothing for null.
    pub fn plain(&self, cell: Cell) -> &str {
        match cell {
            Cell::Absent | Cell::Null => "",
            Cell::Bool(true) => "true",
            Cell::Bool(false) => "false",
            Cell::Number(span) | Cell::Text(span) | Cell::Json(span) => self.text(span),
        }
    }

    /// Appends the cell as JSON.
    pub fn write_json(&self, cell: Cell, out: &mut String) {
        match cell {
            Cell::Absent | Cell::Null => out.push_str("null"),
            Cell::Text(span) => write_string(self.text(span), out),
            cell => out.push_str(self.plain(cell)),
        }
    }

    /// Appends the geometry as GeoJSON.
    pub fn write_geometry(&self, out: &mut String) {
        match self.geometry {
            Geometry::None => out.push_str("null"),
            Geometry::Json(span) => out.push_str(self.text(span)),
            Geometry::Point { lon, lat } => {
                out.push_str("{\"type\":\"Point\",\"coordinates\":[");
                out.push_str(self.text(lon));
                out.push(',');
                out.push_str(self.text(lat));
                out.push_str("]}");
            }
        }
    }

    /// The position in two cells of degrees with minutes or the letters of their hemispheres: `48°17'24"N`, `38°07'12"E`.
    fn dms_of(&self, lon: usize, lat: usize) -> Option<Position> {
        let [lon, lat] = [lon, lat].map(|at| self.plain(self.cells[at]));
        // As good as always they are plain numbers.
        let is_plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b',' | b' ');
        let is_dms = |text: &str| !text.bytes().all(is_plain);
        if !(is_dms(lon) && is_dms(lat)) {
            return None;
        }
        let [lon, lat] = [lon, lat].map(|text| self.with_points(text));
        let [lon, lat]: [Option<DmsAngle>; 2] = [lon, lat].map(|text| text.trim().parse().ok());
        let is_of = |angle: &DmsAngle, axis| angle.axis.is_none_or(|own| own == axis);
        let (lon, lat) = (
            lon.filter(|angle| is_of(angle, Axis::Longitude))?,
            lat.filter(|angle| is_of(angle, Axis::Latitude))?,
        );
        Position::from_lon_lat(lon.degrees, lat.degrees).ok()
    }

    /// A text whose numbers have decimal points, where the table has decimal commas: `2,5..7 km` is `2.5..7 km`. A text
    /// in which a comma can be anything else stays as it is.
    pub fn with_points<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.decimal_comma || !text.contains(',') {
            return Cow::Borrowed(text);
        }
        let is_digit = |part: Option<&str>, last: bool| {
            let mut bytes = part.unwrap_or_default().bytes();
            if last { bytes.next_back() } else { bytes.next() }.is_some_and(|byte| byte.is_ascii_digit())
        };
        let number =
            |part: &str| part.matches(',').count() < 2 && !(part.contains(',') && part.contains('.'));
        let numbers = text.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
        let plain = numbers.flat_map(|numbers| numbers.split("..")).all(number);
        let (before, behind) = (text.split(','), text.split(',').skip(1));
        let is_between = before.zip(behind).all(|(a, b)| is_digit(Some(a), true) && is_digit(Some(b), false));
        if plain && is_between { Cow::Owned(text.replace(',', ".")) } else { Cow::Borrowed(text) }
    }

    /// Takes the place from two cells in another system; both numbers, or neither.
    ///
    /// # Errors
    /// Where one holds no number, or the position has no place in the system.
    #[cfg(feature = "tables")]
    pub fn locate_in(
        &mut self,
        to_wgs84: &mut Transformation,
        cells: [usize; 2],
        names: [&str; 2],
    ) -> Result<(), Error> {
        let texts = cells.map(|at| self.with_points(self.plain(self.cells[at]).trim()).into_owned());
        match [texts[0].is_empty(), texts[1].is_empty()] {
            [true, true] => {
                self.no_position = Some(NoPosition::NoLonLat);
                return Ok(());
            }
            [true, false] => self.no_position = Some(NoPosition::NoLongitude),
            [false, true] => self.no_position = Some(NoPosition::NoLatitude),
            [false, false] => {}
        }
        if self.no_position.is_some() {
            return Ok(());
        }
        let number = |at: usize| {
            let found = texts[at].parse().ok().filter(|number: &f64| number.is_finite());
            let wrong = || Error::input(format!("`{}`, expected a number", shown(&texts[at])));
            found.ok_or_else(|| wrong().under(&format!("column `{}`", names[at])))
        };
        let (x, y) = (number(0)?, number(1)?);
        let place = to_wgs84.convert(x, y);
        let [lon, lat] =
            place.map_err(|error| error.under(&format!("columns `{}`, `{}`", names[0], names[1])))?;
        self.incident_geometry = IncidentGeometry::Point(Position::from_lon_lat(lon, lat)?);
        let [lon, lat] =
            [lon, lat].map(|degrees| self.keep_with(|out| write_rounded::<DEGREE_DECIMALS>(degrees, out)));
        self.geometry = Geometry::Point { lon, lat };
        Ok(())
    }

    /// Takes the place from two cells that hold longitude and latitude; `names` are their columns.
    ///
    /// # Errors
    /// Where one holds no number, or a number out of range.
    pub fn locate(&mut self, lon: usize, lat: usize, names: [&str; 2]) -> Result<(), Error> {
        if let Some(position) = self.dms_of(lon, lat) {
            let digits = [position.lon_deg(), position.lat_deg()].map(|deg| self.keep(&deg.to_string()));
            self.incident_geometry = IncidentGeometry::Point(position);
            self.geometry = Geometry::Point { lon: digits[0], lat: digits[1] };
            return Ok(());
        }
        let mut read = |at: usize, name: &str| -> Result<Option<(Span, f64)>, Error> {
            let found = self.with_points(self.plain(self.cells[at]).trim());
            let found = found.as_ref();
            if found.is_empty() {
                return Ok(None);
            }
            let degrees = degrees(found).map_err(|error| error.under(&format!("column `{name}`")))?;
            let digits = json_number(found, degrees);
            Ok(Some((self.keep(&digits), degrees)))
        };
        let (lon_found, lat_found) = (read(lon, names[0])?, read(lat, names[1])?);
        match (lon_found, lat_found) {
            (Some((lon, lon_deg)), Some((lat, lat_deg))) => {
                let position = Position::from_lon_lat(lon_deg, lat_deg)
                    .map_err(|e| e.under(&format!("columns `{}`, `{}`", names[0], names[1])))?;
                self.incident_geometry = IncidentGeometry::Point(position);
                self.geometry = Geometry::Point { lon, lat };
            }
            (None, None) => self.no_position = Some(NoPosition::NoLonLat),
            (None, Some(_)) => self.no_position = Some(NoPosition::NoLongitude),
            (Some(_), None) => self.no_position = Some(NoPosition::NoLatitude),
        }
        Ok(())
    }
}

/// A number of degrees as tables have it, with no blanks around it.
///
/// # Errors
/// Returns an error if the text is no finite number.
pub(in crate::io) fn degrees(found: &str) -> Result<f64, Error> {
    let wrong = || {
        let hint = match found {
            _ if found.contains(',') => ": write a decimal point",
            _ if found.contains(['°', 'N', 'S', 'E', 'W']) => {
                ": south and west are negative, and degrees with minutes or letters stand in a column `dms`"
            }
            _ => "",
        };
        Error::input(format!("`{}`, expected a number of degrees{hint}", shown(found)))
    };
    let is_decimal = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
    let degrees = found.parse().ok().filter(|degrees: &f64| degrees.is_finite());
    degrees.filter(|_| found.chars().all(is_decimal)).ok_or_else(wrong)
}

/// The digits as they stand, where JSON can have them; else (`+1`, `.5`, `046`) those of the value.
fn json_number(text: &str, value: f64) -> String {
    match FeatureId::number(text) {
        Some(_) => text.to_owned(),
        None => format!("{value}"),
    }
}

/// Appends `"name":value` for each cell that is there; for the properties of a feature.
pub(crate) fn write_properties(row: &Row, columns: &[Column], out: &mut String) {
    let mut first = true;
    for (column, &cell) in columns.iter().zip(&row.cells) {
        if cell == Cell::Absent {
            continue;
        }
        if !std::mem::replace(&mut first, false) {
            out.push(',');
        }
        write_string(&column.name, out);
        out.push(':');
        row.write_json(cell, out);
    }
}

/// The cell that a JSON value stands for.
pub(crate) fn cell_of(value: Option<&str>, row: &mut Row) -> Cell {
    match value {
        None => Cell::Absent,
        Some("null") => Cell::Null,
        Some("true") => Cell::Bool(true),
        Some("false") => Cell::Bool(false),
        Some(text) if raw::is_string(text) => Cell::Text(row.keep(&raw::unquote(text))),
        Some(text) if raw::is_number(text) => Cell::Number(row.keep(text)),
        Some(text) => Cell::Json(row.keep(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(lon: &str, lat: &str) -> Result<(Row, String), Error> {
        let mut row = Row::with_capacity(0, 2);
        row.push_text(lon);
        row.push_text(lat);
        row.locate(0, 1, ["lon", "lat"])?;
        let mut geometry = String::new();
        row.write_geometry(&mut geometry);
        Ok((row, geometry))
    }

    #[test]
    fn digits_stay_where_json_can_have_them() {
        for (lon, lat, expected) in [
            ("46.50", " 39.6e0 ", "[46.50,39.6e0]"),
            ("+46.5", ".5", "[46.5,0.5]"),
            ("046.5", "-0", "[46.5,-0]"),
            ("5.", "1E1", "[5,1E1]"),
        ] {
            assert!(located(lon, lat).unwrap().1.contains(expected), "{lon} {lat}");
        }
    }

    #[test]
    fn what_is_no_number_is_told() {
        for (lon, lat, words) in [
            ("46,5", "39", "column `lon`: `46,5`, expected a number of degrees: write a decimal point"),
            ("nan", "39", "`nan`"),
            ("1", "inf", "column `lat`"),
            ("1e999", "0", "`1e999`"),
            ("39", "146", "columns `lon`, `lat`: "),
        ] {
            let error = located(lon, lat).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        assert_eq!(located("", "1").unwrap().0.no_position, Some(NoPosition::NoLongitude));
    }
}
