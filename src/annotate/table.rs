//! Rows through the annotator: tables in, tables or features out, in batches on all threads.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use super::annotator::Annotator;
use super::connectors::ConnectorOutput;
use super::output_form::TableForm;
use super::provenance::Provenance;
use super::regions::{BesideSink, RegionOutput};
use super::summary::Summary;
use super::table_plan::{FormsBeside, Plan};
use super::table_sink::{Destination, Written};
use crate::Error;
use crate::incident::{BadIncidents, Faults, Mark, ROWS_A_THREAD, bad_row, is_of_all};
use crate::io::{Batch, Passed, Row, Rows};
#[cfg(feature = "geopackage")]
use crate::io::{GeoPackage, GeoPackageLayer};
use crate::parallel::{in_chunks, thread_count};
use crate::setters::setters;

/// How rows are annotated and written.
///
/// ```
/// use patrol_corridor::annotate::{Annotator, TableForm, TableRun, annotate_table};
/// use patrol_corridor::incident::BadIncidents;
/// # use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let annotator = Annotator::new(&PatrolIndex::new(vec![post], vec![], Edges::Planar)?, Default::default());
/// let csv = "id,lon,lat\nINC-1,46.807759,40.068059\nINC-2,46.8,140\n";
/// let mut rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
/// let mut out = Vec::new();
/// let (mut bad, mut run) = (Vec::new(), TableRun::new(TableForm::Csv(b',')));
/// let mut take = |reject| -> Result<(), patrol_corridor::Error> { Ok(bad.push(reject)) };
/// run.bad = BadIncidents::Reject(&mut take);
/// let summary = annotate_table(&mut rows, &annotator, run, &mut out)?;
/// assert_eq!((summary.tally.exact, summary.tally.rejected, bad[0].line), (1, 1, 3));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[non_exhaustive]
pub struct TableRun<'r> {
    /// What is written.
    pub form: TableForm,
    /// What GeoJSON says of its origin; other formats have no place for it.
    pub provenance: Option<Provenance>,
    /// How many threads work; 0 for as many as the machine has.
    pub threads: usize,
    /// The folder for temporary files (of GeoPackage), best that of the output; else the system's.
    pub scratch: Option<PathBuf>,
    /// What becomes of bad rows. A format without lines has rejects of line 0.
    pub bad: BadIncidents<'r>,
    /// Takes the regions of incidents.
    pub regions: Option<RegionOutput<'r>>,
    /// Takes the lines between incidents and what is nearest to them.
    pub connectors: Option<ConnectorOutput<'r>>,
    /// Hears now and then how many rows have been written; `Break` ends the work with an error
    /// ([`ErrorKind::Stopped`](crate::ErrorKind::Stopped)).
    pub progress: Option<&'r mut dyn FnMut(u64) -> ControlFlow<()>>,
}

impl TableRun<'_> {
    /// A run with this output format and default settings.
    ///
    /// ```
    /// use patrol_corridor::annotate::{Annotator, TableForm, TableRun, annotate_table};
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let annotator = Annotator::new(&PatrolIndex::new(vec![post], vec![], Edges::Planar)?, Default::default());
    /// let csv = "id,lon,lat\nINC-1,46.807759,40.068059\n";
    /// let mut rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
    /// let mut out = Vec::new();
    /// annotate_table(&mut rows, &annotator, TableRun::new(TableForm::Csv(b';')), &mut out)?;
    /// assert!(String::from_utf8_lossy(&out).starts_with("id;lon;lat;post_id;"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new(form: TableForm) -> Self {
        TableRun {
            form,
            provenance: None,
            threads: 0,
            scratch: None,
            bad: BadIncidents::Stop,
            regions: None,
            connectors: None,
            progress: None,
        }
    }
}

setters! { TableRun<'r> {
    with_provenance(provenance: impl Into<Option<Provenance>>);
    with_threads(threads: usize);
    with_scratch(scratch: impl Into<PathBuf>) => Some(scratch.into());
    with_bad(bad: BadIncidents<'r>);
    with_regions(regions: impl Into<Option<RegionOutput<'r>>>);
    with_connectors(connectors: impl Into<Option<ConnectorOutput<'r>>>);
    with_progress(progress: &'r mut dyn FnMut(u64) -> ControlFlow<()>);
}}

/// Annotates rows and writes them: every column as it came, then those of the annotation.
///
/// A position that the columns do not hold (of features, FlatGeobuf, GeoParquet) gets columns of its own
/// where CSV is written: `longitude` and `latitude`, and `geometry` with GeoJSON for what is no Point.
/// Where a column reports locations otherwise than as points, there are columns of what is said of regions too, arrays as
/// JSON. A row of a table without a position gets the reference point of its region as its geometry, in a format that
/// has geometries; a feature keeps the one that it has. The columns of a position stay as they are.
///
/// The answer does not depend on the number of threads. Memory is bounded by a batch a thread. What the
/// output could not hold of the input is named in [`Summary::left_out`].
///
/// ```
/// use patrol_corridor::annotate::{AnnotateOptions, Annotator, TableForm, TableRun, annotate_table};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-1", Position::from_lon_lat(46.8, 40.0)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let annotator = Annotator::new(&index, AnnotateOptions::default().with_routes(false));
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
/// Where a column has a name that would be written, no column tells where anything was, a row is bad (unless `rejects`
/// takes it), or the output can't be written.
pub fn annotate_table(
    rows: &mut Rows<'_>,
    annotator: &Annotator,
    run: TableRun<'_>,
    out: &mut (dyn Write + Send),
) -> Result<Summary, Error> {
    annotate_to(rows, annotator, run, Destination::File(out))
}

/// Annotates rows as [`annotate_table`] does, into a layer of a GeoPackage that may get others.
///
/// ```
/// use patrol_corridor::annotate::{Annotator, TableForm, TableRun, annotate_table_into};
/// use patrol_corridor::io::{GeoPackage, GeoPackageLayer, PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let annotator = Annotator::new(&PatrolIndex::new(vec![post], vec![], Edges::Planar)?, Default::default());
/// let csv = "id,lon,lat\nINC-1,46.807759,40.068059\n";
/// let mut rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
/// let (mut package, run) = (GeoPackage::new(None)?, TableRun::new(TableForm::GeoPackage));
/// let layer = GeoPackageLayer { name: "monday", style: None };
/// let summary = annotate_table_into(&mut rows, &annotator, run, &mut package, layer)?;
/// assert_eq!(summary.tally.exact, 1);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// As [`annotate_table`], and if the run has another form or the file already has a layer of that name.
#[cfg(feature = "geopackage")]
pub fn annotate_table_into(
    rows: &mut Rows<'_>,
    annotator: &Annotator,
    run: TableRun<'_>,
    package: &mut GeoPackage,
    layer: GeoPackageLayer<'_>,
) -> Result<Summary, Error> {
    annotate_to(rows, annotator, run, Destination::Layer(package, layer))
}

fn annotate_to(
    rows: &mut Rows<'_>,
    annotator: &Annotator,
    run: TableRun<'_>,
    to: Destination<'_>,
) -> Result<Summary, Error> {
    let TableRun { form, provenance, threads, scratch, bad, regions, connectors, mut progress } = run;
    let beside = FormsBeside {
        regions: regions.as_ref().map(|regions| regions.form),
        connectors: connectors.as_ref().map(|connectors| connectors.form),
    };
    let plan = Plan::new(rows, annotator, form, beside).map_err(|e| e.in_file(&rows.name))?;
    rows.source.keep_texts();
    let any_beside = regions.is_some() || connectors.is_some();
    let member_beside = provenance.clone().filter(|_| any_beside);
    let of_rows = Written { form, plan: &plan, annotator, provenance, scratch };
    let mut sink = of_rows.sink(rows, to)?;
    let threads = thread_count(threads);
    let mut regions = regions.map(|to| BesideSink::new(to.form, to.out)).transpose()?;
    let mut connectors = connectors.map(|to| BesideSink::new(to.form, to.out)).transpose()?;
    let mut summary = Summary::new(annotator);
    let encode = sink.encoder();
    let mut faults = Faults::new(&rows.name, bad);
    loop {
        let Batch { rows: mut batch, bad: mut bad_rows } =
            rows.source.read(ROWS_A_THREAD * threads, threads)?;
        if batch.is_empty() && bad_rows.is_empty() {
            summary.tally.blank_rows = rows.source.blank_rows();
            summary.reprojections.extend(rows.source.reprojection());
            break;
        }
        let read = in_chunks(&batch, threads, |part: &[Row]| {
            part.iter().map(|row| annotator.reader().row(row, &plan.incidents)).collect::<Vec<_>>()
        });
        let mut readings = Vec::with_capacity(batch.len());
        let mut read = read.into_iter().flatten();
        let mut fatal = None;
        batch.retain(|row| match read.next() {
            Some(Ok(reading)) => {
                readings.push(reading);
                true
            }
            Some(Err(error)) => {
                let is_fatal = is_of_all(&error);
                let fault = bad_row(row, rows.columns(), rows, error);
                match is_fatal {
                    true => fatal = fatal.take().or(Some(fault.error)),
                    false => bad_rows.push(fault),
                }
                false
            }
            None => false,
        });
        if let Some(error) = fatal {
            return Err(error);
        }
        bad_rows.sort_by_key(|row| row.number);
        for row in bad_rows {
            summary.tally.reject(Mark { number: row.number, line: row.line }, &row.error);
            faults.take(row, Passed::default())?;
        }
        // The rest is read for what is wrong with it.
        if faults.is_over() {
            continue;
        }
        let per_thread = batch.len().div_ceil(threads).max(1);
        let parts = batch.chunks_mut(per_thread).zip(readings.chunks(per_thread));
        let done = plan.work(parts.collect(), annotator, &encode);
        let parts = batch.chunks(per_thread).zip(readings.chunks(per_thread));
        for ((rows, readings), done) in parts.zip(done) {
            let done = done?;
            sink.write(rows, &done.encoded)?;
            if let Some(regions) = &mut regions {
                regions.write(&done.regions)?;
            }
            if let Some(connectors) = &mut connectors {
                // A row has its own number.
                connectors.write(&done.connectors.numbered(0))?;
            }
            for ((row, reading), answer) in rows.iter().zip(readings).zip(&done.answers) {
                let mark = Mark { number: row.number, line: row.line };
                summary.tally.count(mark, reading, answer.as_ref(), annotator.reader());
                summary.count(reading, answer.as_ref(), annotator);
            }
        }
        Error::unless_stopped(&mut progress, summary.tally.read)?;
    }
    faults.finish()?;
    let unwritten = sink.finish(summary.tally.read)?;
    let member = member_beside.map(|of| of.member(rows.file(), Some(summary.tally.read))).transpose()?;
    let member = member.unwrap_or_default();
    regions.into_iter().chain(connectors).try_for_each(|beside| beside.finish(&member))?;
    summary.left_out = rows.source.left_out(form.target());
    summary.left_out.extend(plan.untyped(form));
    summary.left_out.extend(unwritten);
    Ok(summary)
}
