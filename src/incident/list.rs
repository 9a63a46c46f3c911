//! Incidents one by one, for whoever counts them.

use super::answer::Answer;
use super::each::{Read, for_each};
use super::reading::{IncidentReader, Reading};
use super::record::{Entry, IncidentId};
use super::source::{IncidentSource, SourceRun};
use super::tally::{Mark, Tally};
use crate::io::Reprojection;
use crate::{Error, FeatureId};

/// An incident as it was read, and what is near it.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// use patrol_corridor::io::IncidentStream;
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default());
/// let fired = r#"{"type":"Feature","id":"INC-1","properties":null,
///                "geometry":{"type":"Point","coordinates":[46.807759,40.068059]}}"#;
/// let fired = IncidentSource::Text(IncidentStream::from_bytes("day.geojson", fired.into())?);
/// incidents(fired, &reader, SourceRun::default(), &mut |incident| {
///     assert_eq!((incident.id.as_str(), incident.number, incident.line), ("INC-1", 1, 1));
///     assert_eq!(incident.answer.unwrap().located.posts.first().unwrap().post, 0);
///     Ok(())
/// })?;
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Incident {
    /// Its id: that of the field that holds it, else the feature's, else the property `id`, else `#N`.
    pub id: FeatureId,
    /// Its number in the file, from 1.
    pub number: u64,
    /// The line on which it begins, from 1; 0 in a format without lines.
    pub line: u64,
    /// Where and when.
    pub reading: Reading,
    /// What is near it; `None` where it can't be located.
    pub answer: Option<Answer>,
}

/// Reads all incidents of a source on all threads and hands them over one by one, in the order of the source. Returns what
/// became of them and how their coordinates came to WGS84. Memory does not grow with the source.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-1", Position::from_lon_lat(46.8, 40.0)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let log = "id,lon,lat,observer_post,bearing,distance_m\n1,46.8,40.01,,,\n2,,,OP-1,NNE,2km..4km\n3,,,OP-9,N,1km\n";
/// let rows = Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?;
/// let reader = IncidentReader::new(&index, ReadOptions::default());
/// let mut nearest = Vec::new();
/// let (tally, _) = incidents(IncidentSource::Rows(rows), &reader, SourceRun::default(), &mut |incident| {
///     let answer = incident.answer.as_ref();
///     nearest.push(answer.and_then(|answer| answer.located.posts.first()).map(|hit| hit.post));
///     Ok(())
/// })?;
/// assert_eq!(nearest, [Some(0), Some(0), None]);
/// assert_eq!((tally.read, tally.exact, tally.region, tally.region_unknown), (3, 1, 1, 1));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Returns an error if the source can't be read to its end, if `take` fails, and, unless they are taken, if incidents can't
/// be read.
pub fn incidents(
    source: IncidentSource,
    reader: &IncidentReader,
    run: SourceRun<'_>,
    take: &mut dyn FnMut(Incident) -> Result<(), Error>,
) -> Result<(Tally, Vec<Reprojection>), Error> {
    let make = |entry: Entry<'_>, answer| Ok((entry.id()?, entry.reading, answer));
    let hand_over = &mut |(id, reading, answer): (IncidentId, Reading, Option<Answer>), before| {
        let (id, Mark { number, line }) = id.behind(before);
        take(Incident { id, number, line, reading, answer })
    };
    let Read { tally, reprojections } = for_each(source, reader, run, &make, hand_over)?;
    Ok((tally, reprojections))
}
