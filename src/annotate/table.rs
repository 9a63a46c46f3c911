//! Rows through the annotator: tables in, tables or features out, in batches on all threads.

use std::io::Write;
use std::path::PathBuf;

use super::annotator::Annotator;
use super::layer::{OutputForm, Reject, Summary};
use super::provenance::Provenance;
use super::table_features::FeatureSink;
use crate::Error;
use crate::index::Located;
use crate::io::{
    Batch, Cell, Column, ColumnKind, CsvSink, Encode, Geometry, Row, RowSink, Rows, Target, first_duplicate,
};

/// What rows are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableForm {
    /// CSV with this delimiter.
    Csv(u8),
    /// GeoJSON: a feature a row.
    Features(OutputForm),
    /// FlatGeobuf, in the order of the rows and without an index.
    #[cfg(feature = "flatgeobuf")]
    FlatGeobuf,
    /// GeoPackage: one table `incidents`, in the order of the rows.
    #[cfg(feature = "geopackage")]
    GeoPackage,
    /// Parquet: records of Parquet with their columns as they are, others as GeoParquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// How rows are annotated and written.
pub struct TableRun<'r> {
    /// What is written.
    pub form: TableForm,
    /// What GeoJSON says of its origin; other formats have no place for it.
    pub provenance: Option<Provenance>,
    /// How many threads work; 0 for as many as the machine has.
    pub threads: usize,
    /// The folder for temporary files (of GeoPackage), best that of the output; else the system's.
    pub scratch: Option<PathBuf>,
    /// Takes the bad rows; without it the first of them is an error. A format without lines has rejects of
    /// line 0.
    pub rejects: Option<&'r mut dyn FnMut(Reject) -> Result<(), Error>>,
    /// Is told now and then how many rows have been written.
    pub progress: Option<&'r mut dyn FnMut(u64)>,
}

impl TableRun<'_> {
    /// Of that form, on all threads, with nothing besides.
    pub fn new(form: TableForm) -> Self {
        TableRun { form, provenance: None, threads: 0, scratch: None, rejects: None, progress: None }
    }
}

/// Annotates rows and writes them: every column as it came, then those of the annotation.
///
/// A position that the columns do not hold (of features, FlatGeobuf, GeoParquet) gets columns of its own
/// where CSV is written: `longitude` and `latitude`, and `geometry` with GeoJSON for what is no Point.
/// The answer does not depend on the number of threads. Memory is bounded by a batch a thread. What the
/// output could not hold of the input is named in [`Summary::left_out`].
///
/// ```
/// use patrol_corridor::annotate::{AnnotateOptions, Annotator, TableForm, TableRun, annotate_table};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// use patrol_corridor::{Edges, ObservationPost, PatrolArea, Position};
/// let post = ObservationPost::new("OP-1", Position::from_lon_lat(46.8, 40.0)?);
/// let area = PatrolArea::new(vec![post], vec![], Edges::Planar)?;
/// let annotator = Annotator::new(&area, AnnotateOptions { routes: false, ..Default::default() });
/// let csv = "id,lon,lat\n007,46.80,40.01\n";
/// let mut rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
/// let mut out = Vec::new();
/// annotate_table(&mut rows, &annotator, TableRun::new(TableForm::Csv(b',')), &mut out)?;
/// let out = String::from_utf8(out).unwrap();
/// assert!(out.lines().nth(1).unwrap().starts_with("007,46.80,40.01,OP-1,,1110.3473,0,"), "{out}");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where a column has a name that would be written, a row is bad (unless `rejects` takes it), or the
/// output can't be written.
pub fn annotate_table(
    rows: &mut Rows<'_>,
    annotator: &Annotator<'_>,
    run: TableRun<'_>,
    out: &mut (dyn Write + Send),
) -> Result<Summary, Error> {
    let TableRun { form, provenance, threads, scratch, mut rejects, mut progress } = run;
    let plan = Plan::new(rows, annotator, form).map_err(|e| e.in_file(&rows.name))?;
    let mut sink: Box<dyn RowSink + '_> = match form {
        TableForm::Csv(delimiter) => Box::new(CsvSink::new(out, delimiter, &plan.columns)?),
        TableForm::Features(form) => {
            Box::new(FeatureSink::new(out, form, plan.columns.clone(), provenance, rows.file())?)
        }
        #[cfg(feature = "flatgeobuf")]
        TableForm::FlatGeobuf => {
            Box::new(crate::io::FlatGeobufSink::new(out, &plan.columns, rows.source.shapes())?)
        }
        #[cfg(feature = "geopackage")]
        TableForm::GeoPackage => {
            Box::new(crate::io::GeoPackageSink::new(out, &plan.columns, scratch.as_deref())?)
        }
        #[cfg(feature = "parquet")]
        TableForm::Parquet => {
            let (added, frame) = (annotator.columns().len(), rows.source.parquet());
            let goes_on = |name: &str| !annotator.takes_out(name);
            Box::new(crate::io::ParquetSink::new(out, &plan.columns, added, frame, &goes_on)?)
        }
    };
    // Only some formats need one.
    drop(scratch);
    let threads = match threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let mut summary = Summary::new(annotator);
    let encode = sink.encoder();
    loop {
        let Batch { rows: mut batch, bad } = rows.source.read(BATCH * threads, threads)?;
        if batch.is_empty() && bad.is_empty() {
            break;
        }
        summary.read += (batch.len() + bad.len()) as u64;
        for bad in bad {
            let Some(reject) = &mut rejects else { return Err(bad.error) };
            summary.rejected += 1;
            let path = bad.error.path().map_or(String::new(), |path| format!("{path}: "));
            reject(Reject {
                file: rows.name.clone(),
                line: bad.line,
                feature: bad.number,
                reason: path + bad.error.message(),
                text: bad.text,
            })?;
        }
        let per_thread = batch.len().div_ceil(threads).max(1);
        let encoded = plan.work(batch.chunks_mut(per_thread).collect(), annotator, &encode);
        for (rows, (encoded, answers)) in batch.chunks(per_thread).zip(encoded) {
            sink.write(rows, &encoded)?;
            answers.iter().for_each(|located| summary.count(located.as_ref(), annotator));
        }
        if let Some(progress) = &mut progress {
            progress(summary.read);
        }
    }
    let unwritten = sink.finish(summary.read)?;
    summary.left_out = rows.source.left_out(form.target());
    summary.left_out.extend(plan.untyped(form));
    summary.left_out.extend(unwritten);
    Ok(summary)
}

impl TableForm {
    fn target(self) -> Target {
        match self {
            TableForm::Csv(_) => Target::Csv,
            TableForm::Features(_) => Target::Features,
            #[cfg(feature = "parquet")]
            TableForm::Parquet => Target::Parquet,
            #[cfg(any(feature = "flatgeobuf", feature = "geopackage"))]
            _ => Target::Typed,
        }
    }
}

/// Enough rows to keep a thread busy for some milliseconds.
const BATCH: usize = 4096;

/// What becomes of the columns.
struct Plan {
    /// Which of the columns that are read go on.
    kept: Vec<usize>,
    /// Longitude and latitude get columns; the geometry gets one.
    position: bool,
    geometry: bool,
    /// All columns that are written.
    columns: Vec<Column>,
}

type Done = (Vec<u8>, Vec<Option<Located>>);

impl Plan {
    fn new(rows: &Rows<'_>, annotator: &Annotator<'_>, form: TableForm) -> Result<Self, Error> {
        let read = rows.columns();
        let added = annotator.columns();
        let kept: Vec<usize> = (0..read.len()).filter(|&at| !annotator.takes_out(&read[at].name)).collect();
        let mut columns: Vec<Column> = kept.iter().map(|&at| read[at].clone()).collect();
        if let Some(found) = columns.iter().find(|column| added.iter().any(|a| a.name == column.name)) {
            return Err(Error::input(format!(
                "found the column `{}`, which the annotation writes too: \
                 rename it, or use --prefix (or --replace, where it is an earlier annotation)",
                found.name
            )));
        }
        if let (false, Some(name)) = (matches!(form, TableForm::Csv(_)), first_duplicate(&columns)) {
            return Err(Error::input(format!(
                "found two columns `{name}`, expected names that differ: rename one, or write CSV"
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
        Ok(Plan { kept, position, geometry, columns })
    }

    /// What the columns lose as text.
    fn untyped(&self, form: TableForm) -> Vec<String> {
        if !matches!(form.target(), Target::Csv | Target::Features) {
            return Vec::new();
        }
        let bytes = self.columns.iter().filter(|column| column.kind == ColumnKind::Bytes);
        bytes.map(|c| format!("that `{}` holds bytes (hexadecimal text from now on)", c.name)).collect()
    }

    /// Answers the rows, a part a thread.
    fn work(&self, mut parts: Vec<&mut [Row]>, annotator: &Annotator<'_>, encode: &Encode) -> Vec<Done> {
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

    fn part(&self, rows: &mut [Row], annotator: &Annotator<'_>, encode: &Encode) -> Done {
        let mut answers = Vec::with_capacity(rows.len());
        for row in rows.iter_mut() {
            self.arrange(row);
            answers.push(annotator.answer(row));
        }
        let mut encoded = Vec::new();
        encode(rows, &mut encoded);
        (encoded, answers)
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
