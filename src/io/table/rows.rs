//! Features as rows: properties become columns, Points become longitude and latitude.
//!
//! Two passes over the text: the first gathers the columns, the second gives the rows. Memory does not grow
//! with the file.

use std::fs::File;
use std::io::{Read, Seek};
use std::sync::{Arc, Mutex, PoisonError};

use crate::Error;
use crate::io::file::input::readable_again;
use crate::io::file::limits::ReadLimits;
use crate::io::file::path::Path;
use crate::io::geojson::reproject::require_wgs84;
use crate::io::geojson::stream::{IncidentStream, Passed, foreign_names};
use crate::io::json::raw::members;
use crate::io::table::column::Column;
use crate::io::table::columns::{Columns, Gathered, own_id, point};
use crate::io::table::row::{Cell, Geometry, Row, cell_of};
use crate::io::table::row_source::{BadRow, Batch, RowSource, Rows, Shapes, Target};
use crate::io::{RawFeature, TextBatch};
use crate::parallel::{a_part_a_thread, thread_count};

impl Rows<'_> {
    /// The features of a GeoJSON file as rows, as [`IncidentStream`] reads them. A first pass, right here,
    /// gathers the columns: the feature ids, then the properties in the order of their first appearance. The
    /// second pass reads the same file again; a pipe is copied to a temporary file first (as [`spooled`] does
    /// for other readers).
    ///
    /// [`spooled`]: crate::io::spooled
    ///
    /// ```
    /// use patrol_corridor::io::Rows;
    /// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/incidents.geojson");
    /// let rows = Rows::features("incidents.geojson", std::fs::File::open(path).unwrap())?;
    /// let names: Vec<&str> = rows.columns().iter().map(|column| column.name.as_str()).take(3).collect();
    /// assert_eq!(names, ["feature_id", "id", "time"]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the text is not GeoJSON on its outermost level, has too many different properties for a table,
    /// or can't be read. Reading the rows later fails where the file has changed between the passes.
    pub fn features(name: impl Into<String>, file: File) -> Result<Self, Error> {
        Self::features_within(name, file, 0, &ReadLimits::default())
    }

    /// As [`features`](Self::features), with so many threads in the first pass (0: as many as the machine has), of a
    /// text whose records may be as large as `limits` say.
    ///
    /// # Errors
    /// As [`features`](Self::features).
    pub fn features_within(
        name: impl Into<String>,
        file: File,
        threads: usize,
        limits: &ReadLimits,
    ) -> Result<Self, Error> {
        let name = name.into();
        let source = FeatureRows::new(&name, file, threads, limits)
            .map_err(|error| if error.is_io() { error } else { error.in_file(&name) })?;
        let bytes_read = source.stream.bytes_read();
        Ok(Rows { name, source: Box::new(source), bytes_read })
    }
}

/// Bytes read at a time, for tables that are not too wide.
const BLOCK_BYTES: usize = 1 << 20;
/// Of wider tables less is read at a time: a row is as wide as the table, however short its feature.
const WIDE: usize = 256;

/// Remembers what went by, so that a second pass can tell whether it was the same.
struct Watched {
    file: File,
    sum: Arc<Mutex<flate2::Crc>>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.sum.lock().unwrap_or_else(PoisonError::into_inner).update(&buffer[..count]);
        Ok(count)
    }
}

/// The checksum of what has been read, and its size in 32 bits.
type Sum = Arc<Mutex<flate2::Crc>>;

fn sum(sum: &Sum) -> (u32, u32) {
    let sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
    (sum.sum(), sum.amount())
}

/// A pass from the start of the file.
fn pass(
    name: &str,
    file: &File,
    block_bytes: usize,
    limits: &ReadLimits,
) -> Result<(IncidentStream, Sum), Error> {
    let fail = |e| Error::io("open or read it", e).in_file(name);
    let mut file = file.try_clone().map_err(fail)?;
    file.rewind().map_err(fail)?;
    let sum = Sum::default();
    let watched = Watched { file, sum: Arc::clone(&sum) };
    Ok((IncidentStream::of_blocks(name.to_owned(), watched, block_bytes, limits)?, sum))
}

struct FeatureRows {
    name: String,
    columns: Columns,
    /// The members of the collection for which there is no place.
    foreign: Vec<String>,
    /// The second pass.
    stream: IncidentStream,
    sum: Sum,
    /// What the first pass read.
    first: (u32, u32),
    passed: Passed,
    head_bytes: u64,
    is_done: bool,
    keeps_texts: bool,
}

/// The next batches of text, one a thread.
fn batches(stream: &mut IncidentStream, threads: usize) -> Result<Vec<TextBatch>, Error> {
    let mut found = Vec::new();
    while found.len() < threads.max(1) {
        match stream.next_batch(Vec::new())? {
            Some(batch) => found.push(batch),
            None => break,
        }
    }
    Ok(found)
}

/// What a batch held, or what ended it before its time and what went before.
fn each_feature(batch: &TextBatch, mut each: impl FnMut(RawFeature<'_>)) -> Result<Passed, Error> {
    batch.for_each(|feature, _| {
        each(feature);
        true
    })
}

impl FeatureRows {
    fn new(name: &str, file: File, threads: usize, limits: &ReadLimits) -> Result<Self, Error> {
        let file = readable_again(name, file)?;
        let threads = thread_count(threads);
        let (mut stream, first) = pass(name, &file, BLOCK_BYTES, limits)?;
        let head = stream.head().map(str::to_owned);
        require_wgs84(head.as_deref(), "]}")?;
        let start = stream.head_passed();
        let mut passed = start;
        let mut gathered = Gathered::default();
        loop {
            let moved =
                |error: Error, passed: Passed| error.moved(passed.features, passed.lines, passed.bytes);
            let found = batches(&mut stream, threads).map_err(|error| moved(error, passed))?;
            if found.is_empty() {
                break;
            }
            let pieces = a_part_a_thread(&found, |batch| {
                let mut gathered = Gathered::default();
                let held = each_feature(batch, |feature| gathered.feature(&feature));
                held.map(|held| (gathered, held))
            });
            for piece in pieces {
                let (piece, held) = piece.map_err(|error| moved(error, passed))?;
                gathered.join(piece);
                passed += held;
            }
            gathered.check()?;
        }
        let tail = stream.tail(Passed { bytes: passed.bytes - start.bytes, ..passed })?;
        require_wgs84(head.as_deref(), &tail)?;
        let mut foreign = match head {
            Some(head) => foreign_names(&head, &tail)?,
            None => Vec::new(),
        };
        foreign.retain(|name| name != "crs");
        let first = sum(&first);
        let columns = gathered.finish();
        let block_bytes = BLOCK_BYTES * WIDE / columns.all.len().max(WIDE);
        let (stream, sum) = pass(name, &file, block_bytes, limits)?;
        let passed = stream.head_passed();
        let head_bytes = passed.bytes;
        let name = name.to_owned();
        let (is_done, keeps_texts) = (false, false);
        Ok(FeatureRows {
            name,
            columns,
            foreign,
            stream,
            sum,
            first,
            passed,
            head_bytes,
            is_done,
            keeps_texts,
        })
    }

    fn changed(&self) -> Error {
        Error::input("the file changed while it was read: run it again").in_file(&self.name)
    }
}

fn row_of(columns: &Columns, feature: &RawFeature<'_>, keeps_text: bool) -> Result<Row, Bad> {
    let parts = feature.parts()?;
    let Columns { all, places, has_ids, .. } = columns;
    let mut row = Row::with_capacity(feature.text.len() + 512, all.len() + 24);
    row.cells.resize(all.len(), Cell::Absent);
    match own_id(feature, parts.bare_geometry) {
        Some(_) if !has_ids => return Err(Bad::Changed),
        id if *has_ids => row.cells[0] = cell_of(id, &mut row),
        _ => {}
    }
    for member in members(parts.properties.object()) {
        let Some(&place) = places.get(&*member.key) else { return Err(Bad::Changed) };
        row.cells[place] = cell_of(Some(member.value), &mut row);
    }
    (row.number, row.line) = (feature.number, feature.line);
    if keeps_text {
        row.source = Some(row.keep(feature.text));
    }
    row.incident_geometry = parts.incident_geometry()?;
    row.no_position = parts.no_position(&row.incident_geometry);
    row.geometry = match parts.geometry {
        None | Some("null") => Geometry::None,
        Some(_) if row.no_position.is_some() => Geometry::None,
        Some(text) => match point(text) {
            Some([lon, lat]) => {
                let lon = row.keep(lon);
                Geometry::Point { lon, lat: row.keep(lat) }
            }
            None => Geometry::Json(row.keep(text)),
        },
    };
    Ok(row)
}

/// The rows of a batch; numbers, lines and bytes count from its start.
fn rows_of(columns: &Columns, batch: &TextBatch, keeps_texts: bool) -> Result<(Batch, Passed), Bad> {
    let mut out = Batch::default();
    let mut changed = false;
    let held = batch.for_each(|feature, _| {
        match row_of(columns, &feature, keeps_texts) {
            Ok(row) => out.rows.push(row),
            Err(Bad::Changed) => changed = true,
            Err(Bad::Feature(error)) => out.bad.push(BadRow {
                number: feature.number,
                line: feature.line,
                error,
                text: feature.text.to_owned(),
            }),
        }
        !changed
    });
    if changed { Err(Bad::Changed) } else { Ok((out, held?)) }
}

/// What is wrong with a feature in the second pass.
enum Bad {
    /// The feature itself.
    Feature(Error),
    /// It was another one in the first pass.
    Changed,
}

impl From<Error> for Bad {
    fn from(error: Error) -> Self {
        Bad::Feature(error)
    }
}

impl RowSource for FeatureRows {
    fn columns(&self) -> &[Column] {
        &self.columns.all
    }

    fn shapes(&self) -> Shapes {
        self.columns.shapes
    }

    fn keep_texts(&mut self) {
        self.keeps_texts = true;
    }

    fn shown_column(&self, name: &str) -> String {
        Path::ROOT.key("properties").key(name).to_string()
    }

    fn left_out(&self, target: Target) -> Vec<String> {
        self.foreign
            .iter()
            .map(|name| format!("`{name}`"))
            .chain(self.columns.left_out(target).cloned())
            .collect()
    }

    fn read(&mut self, most: usize, threads: usize) -> Result<Batch, Error> {
        let mut out = Batch::default();
        while out.len() < most && !self.is_done {
            // The first pass has found nothing wrong with what stands between the features.
            let again = |error: Error, changed: Error| if error.is_io() { error } else { changed };
            let found = batches(&mut self.stream, threads).map_err(|error| again(error, self.changed()))?;
            if found.is_empty() {
                let passed = Passed { bytes: self.passed.bytes - self.head_bytes, ..self.passed };
                self.stream.tail(passed).map_err(|error| again(error, self.changed()))?;
                if sum(&self.sum) != self.first {
                    return Err(self.changed());
                }
                self.is_done = true;
                break;
            }
            let (columns, keeps_texts) = (&self.columns, self.keeps_texts);
            for piece in a_part_a_thread(&found, |batch| rows_of(columns, batch, keeps_texts)) {
                let (mut piece, held) = piece.map_err(|bad| match bad {
                    Bad::Feature(error) => again(error, self.changed()),
                    Bad::Changed => self.changed(),
                })?;
                let Passed { features, lines, bytes } = self.passed;
                for row in &mut piece.rows {
                    row.number += features;
                    row.line += lines;
                }
                out.rows.append(&mut piece.rows);
                out.bad.extend(piece.bad.into_iter().map(|bad| BadRow {
                    number: bad.number + features,
                    line: bad.line + lines,
                    error: bad.error.moved(features, lines, bytes).in_file(&self.name),
                    text: bad.text,
                }));
                self.passed += held;
            }
        }
        Ok(out)
    }
}
