//! What becomes of the columns of a table, and of its rows.

use super::annotator::{Annotator, in_the_way_of};
use super::connectors::Connectors;
use super::earlier::Earlier;
use super::output_form::OutputForm;
use super::output_form::TableForm;
use super::regions::push_region;
use crate::Error;
use crate::incident::{Answer, IncidentColumns, Location, Reading, id_of};
#[cfg(any(feature = "gpx", feature = "kml"))]
use crate::io::NamedColumns;
use crate::io::{
    Cell, Column, ColumnKind, Encode, Geometry, Row, Rows, Target, first_duplicate, write_properties,
};
use crate::number::{DEGREE_DECIMALS, write_rounded};
use crate::parallel::a_part_a_thread;
use crate::region::DescribedRegion;

/// In what forms layers beside the output are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FormsBeside {
    pub regions: Option<OutputForm>,
    pub connectors: Option<OutputForm>,
}

/// What becomes of the columns.
pub(crate) struct Plan<'a> {
    /// Which of the columns that are read say where and when.
    pub incidents: IncidentColumns,
    /// What an earlier annotation wrote.
    #[cfg_attr(not(feature = "parquet"), allow(dead_code))]
    earlier: Option<Earlier<'a>>,
    /// How the location was reported, as an earlier annotation has it.
    forms: Option<[usize; 2]>,
    /// A row without a position gets one from its region.
    places_regions: bool,
    /// In what forms regions and connectors are wanted.
    beside: FormsBeside,
    /// Which of the columns that are read go on.
    kept: Vec<usize>,
    /// Longitude and latitude get columns; the geometry gets one.
    position: bool,
    geometry: bool,
    /// All columns that are written.
    pub columns: Vec<Column>,
}

/// What has become of some rows.
#[derive(Default)]
pub(crate) struct Done {
    /// What the encoder gave.
    pub encoded: Vec<u8>,
    /// The features of their regions.
    pub regions: Vec<u8>,
    /// The features of their connectors.
    pub connectors: Connectors,
    pub answers: Vec<Option<Answer>>,
}

/// Some rows and what was read of them.
type Part<'p> = (&'p mut [Row], &'p [Reading]);

impl<'a> Plan<'a> {
    pub fn new(
        rows: &mut Rows<'_>,
        annotator: &'a Annotator,
        form: TableForm,
        beside: FormsBeside,
    ) -> Result<Self, Error> {
        let incidents = IncidentColumns::find(rows, annotator.reader().options())?;
        let read = rows.columns();
        let added = annotator.columns(incidents.tell_regions());
        let earlier = annotator.options().replace.then(|| {
            let names = read.iter().map(|column| column.name.as_str().into());
            Earlier::among(names, &annotator.options().prefix, annotator.options().simplestyle, false)
        });
        let goes = |name: &str| earlier.as_ref().is_some_and(|earlier| earlier.takes_out(name));
        let kept: Vec<usize> = (0..read.len()).filter(|&at| !goes(&read[at].name)).collect();
        let place_of = |name: &str| {
            let name = format!("{}{name}", annotator.options().prefix);
            read.iter().position(|column| column.name == name)
        };
        let forms = place_of("location_form").zip(place_of("location_area_km2"));
        let forms = forms.filter(|_| earlier.is_some()).map(|(form, area)| [form, area]);
        let mut columns: Vec<Column> = kept.iter().map(|&at| read[at].clone()).collect();
        if let Some(found) = columns.iter().find(|column| added.iter().any(|a| a.name == column.name)) {
            return Err(in_the_way_of("column", &found.name));
        }
        let needs_names = form.target() != Target::Csv || beside.regions.is_some();
        if let (true, Some(name)) = (needs_names, first_duplicate(&columns)) {
            return Err(Error::input(format!(
                "two columns `{name}`, expected names that differ: rename one, or write CSV alone"
            )));
        }
        let shapes = rows.source.shapes();
        let in_csv = form.target() == Target::Csv;
        let (position, geometry) = (in_csv && shapes.points, in_csv && shapes.others);
        let free = |names: &[&'static str]| {
            let taken = |name: &str| columns.iter().chain(&added).any(|column| column.name == name);
            names.iter().find(|name| !taken(name)).copied().ok_or_else(|| {
                Error::input(format!(
                    "columns named {}, expected a free name for the position: rename one",
                    names.join(", ")
                ))
            })
        };
        let column = |name: &str, kind| Column { name: name.to_owned(), kind };
        let mut new = Vec::new();
        if position {
            let pairs = [["longitude", "latitude"], ["lon", "lat"], ["point_longitude", "point_latitude"]];
            let pair = pairs.into_iter().find(|pair| pair.iter().all(|name| free(&[name]).is_ok()));
            let pair = pair.map_or_else(|| free(&["longitude"]).map(|_| pairs[0]), Ok)?;
            new.extend(pair.map(|name| column(name, ColumnKind::Float(64))));
        }
        if geometry {
            new.push(column(free(&["geometry", "geometry_geojson"])?, ColumnKind::Json));
        }
        columns.extend(new);
        columns.extend(added);
        let places_regions = incidents.tell() && !rows.source.has_geometries();
        Ok(Plan { incidents, earlier, forms, places_regions, beside, kept, position, geometry, columns })
    }

    /// Returns `true` if a row can have a region.
    pub fn regions(&self) -> bool {
        self.incidents.tell_regions()
    }

    /// Returns `true` if a column is that of an earlier answer.
    #[cfg(feature = "parquet")]
    pub fn takes_out(&self, name: &str) -> bool {
        self.earlier.as_ref().is_some_and(|earlier| earlier.takes_out(name))
    }

    /// The columns of the id and of the time, among those that are written.
    #[cfg(any(feature = "gpx", feature = "kml"))]
    pub fn named(&self) -> NamedColumns {
        let written = |read: Option<usize>| self.kept.iter().position(|&at| Some(at) == read);
        NamedColumns { id: written(self.incidents.id()), time: written(self.incidents.time()) }
    }

    /// What the columns lose as text.
    pub fn untyped(&self, form: TableForm) -> Vec<String> {
        if !matches!(form.target(), Target::Csv | Target::Features) {
            return Vec::new();
        }
        let bytes = self.columns.iter().filter(|column| column.kind == ColumnKind::Bytes);
        bytes.map(|c| format!("that `{}` holds bytes (hexadecimal text from now on)", c.name)).collect()
    }

    /// Answers the rows, a part a thread.
    pub fn work(
        &self,
        parts: Vec<Part<'_>>,
        annotator: &Annotator,
        encode: &Encode,
    ) -> Vec<Result<Done, Error>> {
        a_part_a_thread(parts, |part| self.part(part, annotator, encode))
    }

    fn part(
        &self,
        (rows, readings): Part<'_>,
        annotator: &Annotator,
        encode: &Encode,
    ) -> Result<Done, Error> {
        let mut done = Done { answers: Vec::with_capacity(rows.len()), ..Done::default() };
        for (row, reading) in rows.iter_mut().zip(readings) {
            let id = self.beside.connectors.and(self.incidents.id()).and_then(|at| id_of(row, at));
            let forms = self.forms.map(|places| places.map(|at| row.cells[at]));
            self.arrange(row);
            let before = row.cells.len();
            let answer = annotator.answer(row, reading, self.regions());
            if let (Some(forms), Location::RegionUnknown(_)) = (forms, &reading.location) {
                self.keep_form(row, before, forms);
            }
            if let (Some(described), Some(_)) = (reading.location.described(), &answer) {
                self.add_region(row, described.location.region(), &mut done)?;
            }
            if let (Some(form), Some(answer)) = (self.beside.connectors, &answer) {
                done.connectors.push(form, annotator, answer, row.number, id.as_ref())?;
            }
            done.answers.push(answer);
        }
        encode(rows, &mut done.encoded);
        Ok(done)
    }

    /// How a location was reported stays where it can't be found out again.
    fn keep_form(&self, row: &mut Row, before: usize, forms: [Cell; 2]) {
        for (name, cell) in ["location_form", "location_area_km2"].into_iter().zip(forms) {
            let at = self.columns[before..].iter().position(|column| column.name.ends_with(name));
            if let Some(at) = at {
                row.cells[before + at] = cell;
            }
        }
    }

    /// The region as a feature, and its reference point as the geometry of a row that has none.
    fn add_region(&self, row: &mut Row, region: &DescribedRegion, done: &mut Done) -> Result<(), Error> {
        if self.places_regions && row.geometry == Geometry::None {
            let reference = region.reference();
            let mut keep = |degrees: f64| row.keep_with(|out| write_rounded::<DEGREE_DECIMALS>(degrees, out));
            let (lon, lat) = (keep(reference.lon_deg()), keep(reference.lat_deg()));
            row.geometry = Geometry::Point { lon, lat };
        }
        let Some(form) = self.beside.regions else { return Ok(()) };
        let mut properties = String::from("{");
        write_properties(row, &self.columns, &mut properties);
        properties.push('}');
        push_region(form, region, None, &properties, &mut done.regions)
    }

    /// Leaves the columns that go on, and adds those of the position.
    fn arrange(&self, row: &mut Row) {
        if self.kept.len() < row.cells.len() {
            row.cells = self.kept.iter().map(|&at| row.cells[at]).collect();
        }
        if self.position {
            match row.geometry {
                Geometry::Point { lon, lat } => row.cells.extend([Cell::Number(lon), Cell::Number(lat)]),
                _ => row.cells.extend([Cell::Null; 2]),
            }
        }
        if self.geometry {
            row.cells.push(match row.geometry {
                Geometry::Json(span) => Cell::Json(span),
                _ => Cell::Null,
            });
        }
    }
}
