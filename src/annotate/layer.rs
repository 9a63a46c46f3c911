//! A whole layer of incidents: read block by block, annotated on all threads, written in order.

use std::io::Write;
use std::ops::ControlFlow;

use super::annotator::Annotator;
use super::connectors::ConnectorOutput;
use super::frame::Frame;
use super::output_form::OutputForm;
use super::pipeline::{Done, Splicing};
use super::provenance::Provenance;
use super::regions::{BesideSink, RegionOutput};
use super::summary::Summary;
use crate::Error;
use crate::incident::{BadIncidents, Faults, held_against_tail, in_order};
use crate::io::{Crs, IncidentStream, Reprojection, Reprojector, Systems, crs_around};
use crate::parallel::thread_count;
use crate::setters::setters;

/// How a layer is annotated and written.
///
/// ```
/// use patrol_corridor::annotate::{Annotator, LayerRun, OutputForm, annotate_layer};
/// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
/// # use patrol_corridor::{Edges, PatrolIndex};
/// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// # let posts = Source::open(format!("{data}/posts.geojson"))?;
/// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?;
/// # let annotator = Annotator::new(&PatrolIndex::new(posts.items, vec![], Edges::Planar)?, Default::default());
/// # let incidents = IncidentStream::open(format!("{data}/incidents.geojson"))?;
/// let mut written = 0;
/// let mut note = |features| {
///     written = features;
///     std::ops::ControlFlow::Continue(())
/// };
/// let mut run = LayerRun::new(OutputForm::Lines);
/// run.progress = Some(&mut note);
/// annotate_layer(incidents, &annotator, run, &mut Vec::new())?;
/// assert_eq!(written, 3);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[non_exhaustive]
pub struct LayerRun<'r> {
    /// The form of the output.
    pub form: OutputForm,
    /// What the output says of its origin: at the end of a collection, in each feature of a sequence
    /// (where it can't tell how many incidents there are).
    pub provenance: Option<Provenance>,
    /// How many threads work; 0 for as many as the machine has.
    pub threads: usize,
    /// What becomes of bad incidents.
    pub bad: BadIncidents<'r>,
    /// The coordinate reference system of the incidents, where it is not WGS84 or not what the text itself
    /// says. They go out in WGS84.
    pub crs: Option<Crs>,
    /// The system to write coordinates in, with a legacy `crs` member that says so. Members of the
    /// annotation stay what their names say: `route_foot_lon` is a longitude on WGS84.
    pub output_crs: Option<Crs>,
    /// Takes the regions of incidents; in WGS84, so not beside an `output_crs`.
    pub regions: Option<RegionOutput<'r>>,
    /// Takes the lines between incidents and what is nearest to them; in WGS84, so not beside an `output_crs`.
    pub connectors: Option<ConnectorOutput<'r>>,
    /// Hears now and then how many features have been written; `Break` ends the work with an error
    /// ([`ErrorKind::Stopped`](crate::ErrorKind::Stopped)).
    pub progress: Option<&'r mut dyn FnMut(u64) -> ControlFlow<()>>,
}

impl LayerRun<'_> {
    /// A run with this output format and default settings.
    ///
    /// ```
    /// # use patrol_corridor::annotate::{Annotator, LayerRun, OutputForm, annotate_layer};
    /// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// # let posts = Source::open(format!("{data}/posts.geojson"))?;
    /// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?;
    /// # let annotator = Annotator::new(&PatrolIndex::new(posts.items, vec![], Edges::Planar)?, Default::default());
    /// # let incidents = IncidentStream::open(format!("{data}/incidents.geojson"))?;
    /// let mut out = Vec::new();
    /// annotate_layer(incidents, &annotator, LayerRun::new(OutputForm::Lines), &mut out)?;
    /// // A feature a line.
    /// assert_eq!(out.iter().filter(|&&byte| byte == b'\n').count(), 3);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new(form: OutputForm) -> Self {
        LayerRun {
            form,
            provenance: None,
            threads: 0,
            bad: BadIncidents::Stop,
            crs: None,
            output_crs: None,
            regions: None,
            connectors: None,
            progress: None,
        }
    }
}

setters! { LayerRun<'r> {
    with_provenance(provenance: impl Into<Option<Provenance>>);
    with_threads(threads: usize);
    with_bad(bad: BadIncidents<'r>);
    with_crs(crs: impl Into<Option<Crs>>);
    with_output_crs(output_crs: impl Into<Option<Crs>>);
    with_regions(regions: impl Into<Option<RegionOutput<'r>>>);
    with_connectors(connectors: impl Into<Option<ConnectorOutput<'r>>>);
    with_progress(progress: &'r mut dyn FnMut(u64) -> ControlFlow<()>);
}}

/// Annotates a layer of incidents and writes it. A feature keeps its text.
///
/// The answer does not depend on the number of threads or the size of blocks. Memory does not grow with the
/// text: at most `2 * threads + 2` blocks and their answers are held at a time.
///
/// ```
/// use patrol_corridor::annotate::{Annotator, LayerRun, OutputForm, annotate_layer};
/// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
/// # use patrol_corridor::{Edges, PatrolIndex};
/// let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// let posts = Source::open(format!("{data}/posts.geojson"))?;
/// let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?;
/// let annotator = Annotator::new(&PatrolIndex::new(posts.items, vec![], Edges::Planar)?, Default::default());
/// let incidents = IncidentStream::open(format!("{data}/incidents.geojson"))?;
/// let mut out = Vec::new();
/// let summary = annotate_layer(incidents, &annotator, LayerRun::new(OutputForm::Collection), &mut out)?;
/// assert_eq!((summary.tally.read, summary.by_post.iter().sum::<u64>()), (3, 3));
/// assert!(String::from_utf8_lossy(&out).contains(r#""post_distance_m":1669.1504,"#));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where the text is not GeoJSON, a feature is bad (unless rejects are taken), reading or writing fails, or
/// the collection has a member `patrol_corridor` already (unless the annotator replaces). What was written
/// by then ends before the feature that is to blame.
pub fn annotate_layer(
    incidents: IncidentStream,
    annotator: &Annotator,
    run: LayerRun<'_>,
    out: &mut dyn Write,
) -> Result<Summary, Error> {
    let name = incidents.name().to_owned();
    annotate(incidents, annotator, run, out)
        .map_err(|error| if error.is_io() { error } else { error.in_file(name) })
}

fn annotate(
    incidents: IncidentStream,
    annotator: &Annotator,
    run: LayerRun<'_>,
    out: &mut dyn Write,
) -> Result<Summary, Error> {
    let LayerRun { form, provenance, threads, bad, crs, output_crs, .. } = run;
    let LayerRun { regions, connectors, mut progress, .. } = run;
    if (regions.is_some() || connectors.is_some()) && output_crs.is_some() {
        return Err(Error::argument(
            "a CRS to write beside regions or connectors, expected one of them: these are written in WGS84",
        ));
    }
    let mut faults = Faults::new(incidents.name(), bad);
    let file = incidents.file().to_owned();
    let crs_ahead = incidents.head().map_or(Ok(None), |head| crs_around(head, "]}"))?;
    let systems = Systems::new(crs, crs_ahead.as_deref(), output_crs).map_err(|e| e.under("crs"))?;
    // What this build does not read is told before anything is written.
    let mut ways = if systems.is_plain() { None } else { Some(Reprojector::new(systems.clone())?) };
    let frame = Frame::new(&incidents, annotator, form, provenance.is_some(), systems.clone())?;
    let each = match &provenance {
        Some(provenance) if form != OutputForm::Collection => Some(provenance.member(&file, None)?),
        _ => None,
    };
    let own_separators = form == OutputForm::Collection && frame.of_collection.is_some();
    let member = systems.member().filter(|_| form != OutputForm::Collection);
    let (each, crs, stops) = (each.as_deref(), member.as_deref(), faults.stop());
    let regions_in = regions.as_ref().map(|regions| regions.form);
    let connectors_in = connectors.as_ref().map(|connectors| connectors.form);
    let systems_of_work = systems.clone();
    let work = Splicing {
        annotator,
        form,
        each,
        own_separators,
        stops,
        systems: systems_of_work,
        crs,
        regions: regions_in,
        connectors: connectors_in,
    };
    let write = |out: &mut dyn Write, bytes: &[u8]| {
        out.write_all(bytes).map_err(|e| Error::io("write the output", e))
    };
    // Of an input that can't be read from its start nothing is written.
    let mut head_due = Some(&frame.head);
    let mut regions = regions.map(|to| BesideSink::new(to.form, to.out)).transpose()?;
    let mut connectors = connectors.map(|to| BesideSink::new(to.form, to.out)).transpose()?;
    let head = incidents.head_passed();
    let mut passed = head;
    let (mut first, mut first_lead) = (true, None);
    let mut summary = Summary::new(annotator);
    let sink = &mut |done: &mut Done| -> Result<(), Error> {
        let fails = done.error.is_some() || (stops && !done.bad.is_empty());
        if !faults.is_over() && (!fails || !done.text.is_empty()) {
            head_due.take().map_or(Ok(()), |head| write(out, head.as_bytes()))?;
        }
        let lead = first_lead.get_or_insert_with(|| done.first_lead.clone());
        // Behind the first bad one nothing is written, and the rest is read for what is wrong with it.
        if faults.is_over() {
        } else if first && !done.text.is_empty() {
            // Between the bracket and the first feature stands what stood there, whichever is the first now.
            write(out, lead.as_bytes())?;
            write(out, &done.text[done.lead..])?;
            first = false;
        } else {
            write(out, &done.text)?;
        }
        if let Some(regions) = &mut regions {
            regions.write(&done.regions)?;
        }
        if let Some(connectors) = &mut connectors {
            connectors.write(&done.connectors.numbered(passed.features))?;
        }
        summary.tally.add(std::mem::take(&mut done.tally), passed);
        done.bad.drain(..).try_for_each(|row| faults.take(row, passed))?;
        if let Some(error) = done.error.take() {
            return Err(error.moved(passed.features, passed.lines, passed.bytes));
        }
        passed += done.passed;
        Error::unless_stopped(&mut progress, passed.features)
    };
    let (left, ended) = in_order(incidents, &work, thread_count(threads), sink)?;
    faults.finish()?;
    for left in left {
        left.summary.iter().for_each(|own| summary.add(own));
        left.reprojections.into_iter().for_each(|done| Reprojection::merge(&mut summary.reprojections, done));
    }
    let mut incidents = ended.map_err(|error| error.moved(passed.features, passed.lines, passed.bytes))?;

    let tail_of_input = incidents.tail(passed - head)?;
    if let Some(head) = &frame.of_collection {
        held_against_tail(&systems, head, &tail_of_input)?;
    }
    if let (true, Some(ways)) = (frame.has_box_to_leave_out(&tail_of_input)?, &mut ways) {
        ways.note_box_left_out();
        ways.reports().for_each(|done| Reprojection::merge(&mut summary.reprojections, done.clone()));
    }
    let member = match &provenance {
        Some(provenance) => provenance.member(&file, Some(passed.features))?,
        None => String::new(),
    };
    head_due.map_or(Ok(()), |head| write(out, head.as_bytes()))?;
    let tail = frame.tail(&tail_of_input, annotator, form, provenance.is_some(), &member, &mut summary)?;
    write(out, tail.as_bytes())?;
    regions.into_iter().chain(connectors).try_for_each(|beside| beside.finish(&member))?;
    Ok(summary)
}
