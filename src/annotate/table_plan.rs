//! What becomes of the columns of a table, and of its rows.

use super::annotator::{Annotator, in_the_way_of};
use super::answer::{Answer, Told};
use super::connectors::Connectors;
use super::layer::OutputForm;
use super::regions::push_region;
use super::table::TableForm;
use crate::io::{
    Cell, Column, ColumnKind, Encode, Geometry, Row, Rows, Target, first_duplicate, write_properties,
};
use crate::model::ReportedRegion;
use crate::number::{DEGREE_DECIMALS, write_rounded};
use crate::sightings::SightingColumns;
use crate::{Error, FeatureId};

/// In what forms layers beside the output are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FormsBeside {
    pub regions: Option<OutputForm>,
    pub connectors: Option<OutputForm>,
}

/// What becomes of the columns.
pub(crate) struct Plan {
    /// Which of the columns that are read report sightings.
    pub sightings: SightingColumns,
    /// Which column that is read holds the time of an incident, where that is asked for.
    pub time: Option<usize>,
    /// A row without a position gets one from its region.
    places_regions: bool,
    /// In what forms regions and connectors are wanted.
    beside: FormsBeside,
    /// The column that is read of the ids of incidents.
    id: Option<usize>,
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

/// Some rows and what they tell beside their place; nothing of that where no column does.
type Part<'p> = (&'p mut [Row], &'p mut [Told]);

impl Plan {
    pub fn new(
        rows: &Rows<'_>,
        annotator: &Annotator<'_>,
        form: TableForm,
        beside: FormsBeside,
    ) -> Result<Self, Error> {
        let read = rows.columns();
        let sightings = SightingColumns::find(read, &annotator.options().time_field);
        let time = sightings.time.filter(|_| annotator.asks_for_time());
        let added = annotator.columns(sightings.tell());
        let kept: Vec<usize> = (0..read.len()).filter(|&at| !annotator.takes_out(&read[at].name)).collect();
        let mut columns: Vec<Column> = kept.iter().map(|&at| read[at].clone()).collect();
        if let Some(found) = columns.iter().find(|column| added.iter().any(|a| a.name == column.name)) {
            return Err(in_the_way_of("column", &found.name));
        }
        let needs_names = !matches!(form, TableForm::Csv(_)) || beside.regions.is_some();
        if let (true, Some(name)) = (needs_names, first_duplicate(&columns)) {
            return Err(Error::input(format!(
                "found two columns `{name}`, expected names that differ: rename one, or write CSV alone"
            )));
        }
        let shapes = rows.source.shapes();
        let in_csv = matches!(form, TableForm::Csv(_));
        let (position, geometry) = (in_csv && shapes.points, in_csv && shapes.others);
        let free = |names: &[&'static str]| {
            let taken = |name: &str| columns.iter().chain(&added).any(|column| column.name == name);
            names.iter().find(|name| !taken(name)).copied().ok_or_else(|| {
                Error::input(format!(
                    "found columns named {}, expected a free name for the position: rename one",
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
        let places_regions = sightings.tell() && !rows.source.has_geometries();
        let id = read.iter().position(|column| column.name == "id");
        Ok(Plan { sightings, time, places_regions, beside, id, kept, position, geometry, columns })
    }

    /// True where a row can report something else than a position.
    pub fn reports(&self) -> bool {
        self.sightings.tell()
    }

    /// True where a row tells something beside its place.
    pub fn tells(&self) -> bool {
        self.reports() || self.time.is_some()
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
        mut parts: Vec<Part<'_>>,
        annotator: &Annotator<'_>,
        encode: &Encode,
    ) -> Vec<Result<Done, Error>> {
        let Some(own) = (!parts.is_empty()).then(|| parts.remove(0)) else { return Vec::new() };
        std::thread::scope(|scope| {
            let others: Vec<_> =
                parts.into_iter().map(|part| scope.spawn(|| self.part(part, annotator, encode))).collect();
            let mut done = vec![self.part(own, annotator, encode)];
            for other in others {
                done.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            done
        })
    }

    fn part(
        &self,
        (rows, told): Part<'_>,
        annotator: &Annotator<'_>,
        encode: &Encode,
    ) -> Result<Done, Error> {
        let mut done = Done { answers: Vec::with_capacity(rows.len()), ..Done::default() };
        let mut told = told.iter_mut();
        for row in rows.iter_mut() {
            let id = self.beside.connectors.and(self.id).and_then(|at| id_of(row, row.cells.get(at)?));
            self.arrange(row);
            let told = told.next().map(std::mem::take).unwrap_or_default();
            let answer = annotator.answer(row, told, self.reports());
            if let Some(region) = answer.as_ref().and_then(|answer| answer.region.as_deref()) {
                self.add_region(row, region.sighting.location.region(), &mut done)?;
            }
            if let (Some(form), Some(answer)) = (self.beside.connectors, &answer) {
                done.connectors.push(form, annotator, answer, row.number, id.as_ref())?;
            }
            done.answers.push(answer);
        }
        encode(rows, &mut done.encoded);
        Ok(done)
    }

    /// The region as a feature, and its reference point as the geometry of a row that has none.
    fn add_region(&self, row: &mut Row, region: &ReportedRegion, done: &mut Done) -> Result<(), Error> {
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

/// The id that a cell holds; none in an empty one.
fn id_of(row: &Row, cell: &Cell) -> Option<FeatureId> {
    match *cell {
        Cell::Text(span) => Some(row.text(span)).filter(|text| !text.is_empty()).map(FeatureId::text),
        Cell::Number(span) => FeatureId::number(row.text(span)),
        _ => None,
    }
}
