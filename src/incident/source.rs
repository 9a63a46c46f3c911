//! Whatever incidents are read from.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::Error;
use crate::index::LocateOptions;
use crate::io::{Crs, IncidentStream, Rows};
use crate::setters::setters;

/// Whatever incidents are read from: GeoJSON as it stands, or the rows of a table.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// use patrol_corridor::io::IncidentStream;
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default());
/// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/incidents.geojson");
/// let source = IncidentSource::Text(IncidentStream::open(path)?);
/// let (tally, _) = incidents(source, &reader, SourceRun::default(), &mut |_| Ok(()))?;
/// assert_eq!((tally.read, tally.exact), (3, 3));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
// There is one in a run.
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum IncidentSource {
    /// GeoJSON, in WGS84 or in the system that it names.
    Text(IncidentStream),
    /// Rows of a table, in WGS84.
    Rows(Rows<'static>),
    /// One after the other. An incident whose id and content an earlier one of them had is counted in
    /// [`Tally::repeated`](super::Tally) alone; numbers of incidents go on from one to the next.
    Several(Vec<IncidentSource>),
}

impl IncidentSource {
    /// What errors call it.
    ///
    /// ```
    /// use patrol_corridor::incident::IncidentSource;
    /// use patrol_corridor::io::IncidentStream;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// let source = IncidentSource::Text(IncidentStream::from_bytes("logs/day.geojson", text.into())?);
    /// assert_eq!(source.name(), "logs/day.geojson");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            IncidentSource::Text(stream) => Cow::Borrowed(stream.name()),
            IncidentSource::Rows(rows) => Cow::Borrowed(&rows.name),
            IncidentSource::Several(all) => {
                Cow::Owned(all.iter().map(IncidentSource::name).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// How many bytes have been read so far (of a gzipped source: compressed ones), for whoever shows progress; of
    /// several it is the first that is counted.
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
    /// # use patrol_corridor::io::IncidentStream;
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default());
    /// use std::sync::atomic::Ordering;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// let source = IncidentSource::Text(IncidentStream::from_bytes("day.geojson", text.into())?);
    /// let bytes_read = source.bytes_read(); // another thread can look at it meanwhile
    /// incidents(source, &reader, SourceRun::default(), &mut |_| Ok(()))?;
    /// assert_eq!(bytes_read.load(Ordering::Relaxed), text.len() as u64);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        match self {
            IncidentSource::Text(stream) => stream.bytes_read(),
            IncidentSource::Rows(rows) => rows.bytes_read(),
            IncidentSource::Several(all) => all.first().map_or_else(Arc::default, IncidentSource::bytes_read),
        }
    }

    /// The sources that it is made of.
    pub(crate) fn into_files(self) -> Vec<IncidentSource> {
        match self {
            IncidentSource::Several(all) => all.into_iter().flat_map(IncidentSource::into_files).collect(),
            one => vec![one],
        }
    }
}

/// An incident that could not be read, whole and unchanged.
///
/// ```
/// use patrol_corridor::incident::{BadIncidents, Reject, IncidentReader, IncidentSource, SourceRun, incidents};
/// # use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, Default::default());
/// let log = "id,lon,lat\n1,46.8,40.1\n2,46.8,140.1\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let mut take = |reject: Reject| -> Result<(), patrol_corridor::Error> {
///     assert_eq!((reject.line, reject.feature, reject.text.as_str()), (3, 2, "2,46.8,140.1"));
///     assert!(reject.reason.contains("latitude 140.1 is out of range"), "{}", reject.reason);
///     Ok(())
/// };
/// let run = SourceRun::default().with_bad(BadIncidents::Reject(&mut take));
/// assert_eq!(incidents(log, &reader, run, &mut |_| Ok(()))?.0.rejected, 1);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Reject {
    /// The file as it was named.
    pub file: String,
    /// The line on which it begins, from 1; 0 in a format without lines.
    pub line: u64,
    /// Its number in the file, from 1.
    pub feature: u64,
    /// What is wrong with it.
    pub reason: String,
    /// Its text.
    pub text: String,
}

impl Reject {
    pub(crate) fn new(file: &str, line: u64, feature: u64, error: &Error, text: String) -> Self {
        let path = error.path().map_or(String::new(), |path| format!("{path}: "));
        Reject { file: file.to_owned(), line, feature, reason: path + error.message(), text }
    }
}

/// What becomes of incidents that can't be read.
///
/// ```
/// use patrol_corridor::incident::{BadIncidents, Reject, IncidentReader, IncidentSource, SourceRun, incidents};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, Default::default());
/// let log = "id,lon,lat\n1,46.8,40.1\n2,46.8,140.1\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let mut bad = Vec::new();
/// let mut take = |reject: Reject| -> Result<(), patrol_corridor::Error> { Ok(bad.push(reject.line)) };
/// let run = SourceRun::default().with_bad(BadIncidents::Reject(&mut take));
/// let (tally, _) = incidents(log, &reader, run, &mut |_| Ok(()))?;
/// assert_eq!((tally.exact, tally.rejected, bad), (1, 1, vec![3]));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[non_exhaustive]
pub enum BadIncidents<'r> {
    /// They end the work with an error that lists them, once all have been read.
    Stop,
    /// They are handed over one by one.
    Reject(&'r mut TakeReject<'r>),
    /// What is made of the incidents lists them: each is shown, and handed over where that is asked for. Where it is
    /// not, reading ends with an error behind [`Error::MOST_BAD_INCIDENTS`].
    List(&'r mut dyn FnMut(&Reject), Option<&'r mut TakeReject<'r>>),
}

/// Whoever takes rejected incidents.
///
/// ```
/// use patrol_corridor::incident::{BadIncidents, Reject, SourceRun, TakeReject};
/// fn to<'r>(take: &'r mut TakeReject<'r>) -> SourceRun<'r> {
///     SourceRun::default().with_threads(1).with_bad(BadIncidents::Reject(take))
/// }
/// let mut reasons = Vec::new();
/// let mut take = |reject: Reject| -> Result<(), patrol_corridor::Error> { Ok(reasons.push(reject.reason)) };
/// assert!(matches!(to(&mut take), SourceRun { threads: 1, bad: BadIncidents::Reject(_), .. }));
/// ```
pub type TakeReject<'t> = dyn FnMut(Reject) -> Result<(), Error> + 't;

impl BadIncidents<'_> {
    /// The same for a product that lists them.
    fn listed<'s>(self, list: &'s mut dyn FnMut(&Reject)) -> BadIncidents<'s>
    where
        Self: 's,
    {
        match self {
            BadIncidents::Stop | BadIncidents::List(_, None) => BadIncidents::List(list, None),
            BadIncidents::Reject(reject) | BadIncidents::List(_, Some(reject)) => {
                BadIncidents::List(list, Some(reject))
            }
        }
    }
}

/// How a source is read.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// # use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default());
/// let log = "id,lon,lat\nINC-1,46.807759,40.068059\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// # use patrol_corridor::index::LocateOptions;
/// let locate = LocateOptions::default().with_max_distance_m(1_000.0);
/// let run = SourceRun::default().with_threads(1).with_locate(locate);
/// incidents(log, &reader, run, &mut |incident| {
///     // The post is farther than 1 km.
///     assert!(incident.answer.unwrap().located.posts.first().is_none());
///     Ok(())
/// })?;
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[non_exhaustive]
pub struct SourceRun<'r> {
    /// How many threads work; 0 for as many as the machine has.
    pub threads: usize,
    /// The coordinate reference system, where it is not WGS84 or not what the text itself says; of GeoJSON only.
    pub crs: Option<Crs>,
    /// What is looked for near each incident.
    pub locate: LocateOptions,
    /// What becomes of bad incidents.
    pub bad: BadIncidents<'r>,
    /// Hears now and then how many incidents have been read; `Break` ends the work with an error
    /// ([`ErrorKind::Stopped`](crate::ErrorKind::Stopped)).
    pub progress: Option<&'r mut dyn FnMut(u64) -> ControlFlow<()>>,
}

impl Default for SourceRun<'_> {
    fn default() -> Self {
        SourceRun {
            threads: 0,
            crs: None,
            locate: LocateOptions::default(),
            bad: BadIncidents::Stop,
            progress: None,
        }
    }
}

impl SourceRun<'_> {
    /// The same for a product that lists bad incidents.
    pub(crate) fn listed<'s>(self, list: &'s mut dyn FnMut(&Reject)) -> SourceRun<'s>
    where
        Self: 's,
    {
        let SourceRun { threads, crs, locate, bad, progress } = self;
        let bad = bad.listed(list);
        // A borrow of its own: the type behind a mutable borrow can't be shortened.
        let progress = progress.map(|progress| progress as &mut dyn FnMut(u64) -> ControlFlow<()>);
        SourceRun { threads, crs, locate, bad, progress }
    }
}

setters! { SourceRun<'r> {
    with_threads(threads: usize);
    with_crs(crs: impl Into<Option<Crs>>);
    with_locate(locate: LocateOptions);
    with_bad(bad: BadIncidents<'r>);
    with_progress(progress: &'r mut dyn FnMut(u64) -> ControlFlow<()>);
}}
