//! What became of the incidents of a file, in numbers that add up.

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::location::Location;
use super::reading::{IncidentReader, Reading};
use super::surroundings::Oddity;
use crate::Error;
use crate::described::NotLocated;
use crate::io::Passed;
use crate::time::{Spelling, TimeSpan, When};

/// What became of the incidents of a file.
///
/// `read = rejected + exact + region + region_unknown + without_location`, and where their times were read
/// `read - rejected = dated + without_time + unreadable_time`. Its serde form has these names.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default());
/// let log = "id,lon,lat,observer_post,bearing\n1,46.807759,40.068059,,\n2,,,OP-21,NNE\n3,,,OP-99,N\n4,,,,\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let (tally, _) = incidents(log, &reader, SourceRun::default(), &mut |_| Ok(()))?;
/// assert_eq!((tally.exact, tally.region, tally.region_unknown, tally.without_location), (1, 1, 1, 1));
/// assert_eq!((tally.read, tally.rejected, tally.times), (4, 0, None));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tally {
    /// Incidents read.
    pub read: u64,
    /// Incidents that can't be read.
    pub rejected: u64,
    /// Incidents at positions.
    pub exact: u64,
    /// Incidents in a region.
    pub region: u64,
    /// Incidents in a region that can't be built: a post, a route or members are missing.
    pub region_unknown: u64,
    /// Incidents without a location.
    pub without_location: u64,
    /// Rows of a table with nothing but blanks, which are no incidents.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub blank_rows: u64,
    /// How many came in an earlier file of the same run, with the same id and content; they are not among those read.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repeated: u64,
    /// Where times were read.
    #[serde(flatten)]
    pub times: Option<TimeTally>,
    /// The first of each kind that was not used as it stands.
    pub first: Firsts,
    /// What was used and is worth a warning.
    #[serde(skip)]
    pub notices: Vec<(Notice, Noticed)>,
}

/// What became of the times of incidents.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, TimeUse, incidents};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// use patrol_corridor::{Edges, PatrolIndex};
/// let options = ReadOptions::default().with_times(TimeUse::Shown);
/// let reader = IncidentReader::new(&PatrolIndex::new(vec![], vec![], Edges::Planar)?, options);
/// let log = "id,time,lon,lat\n1,2021-01-01T05:40+04:00,46.8,40.1\n2,,46.8,40.1\n3,05:40,46.8,40.1\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let times = incidents(log, &reader, SourceRun::default(), &mut |_| Ok(()))?.0.times.unwrap();
/// assert_eq!((times.dated, times.without_time, times.unreadable_time, times.doubtful), (1, 1, 1, None));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TimeTally {
    /// Incidents with a time or a date.
    pub dated: u64,
    /// Incidents that say no time.
    pub without_time: u64,
    /// Incidents whose time can't be read.
    pub unreadable_time: u64,
    /// Of the dated those that may lie in the period or not, where a period was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubtful: Option<u64>,
}

/// The first incident of each kind that was not used as it stands.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default());
/// let log = "id,lon,lat,observer_post,bearing\n1,46.807759,40.068059,,\n2,,,OP-21,NNE\n3,,,OP-99,N\n4,,,,\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let (tally, _) = incidents(log, &reader, SourceRun::default(), &mut |_| Ok(()))?;
/// assert_eq!(tally.first.without_location.map(|first| first.row), Some(4));
/// assert_eq!(tally.first.rejected, None);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Firsts {
    /// The first that can't be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected: Option<First>,
    /// The first whose region can't be built.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_unknown: Option<First>,
    /// The first without a location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_location: Option<First>,
    /// The first that says no time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_time: Option<First>,
    /// The first whose time can't be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable_time: Option<First>,
    /// The first that may lie in the period or not.
    ///
    /// ```
    /// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default());
    /// let log = "id,lon,lat,observer_post,bearing\n1,46.807759,40.068059,,\n2,,,OP-21,NNE\n3,,,OP-99,N\n4,,,,\n";
    /// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
    /// let (tally, _) = incidents(log, &reader, SourceRun::default(), &mut |_| Ok(()))?;
    /// let first = tally.first.region_unknown.unwrap();
    /// assert_eq!((first.row, first.line), (3, 4));
    /// assert_eq!((first.column.as_deref(), first.value.as_deref()), (Some("observer_post"), Some("OP-99")));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubtful: Option<First>,
}

/// An incident by its place in the file, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct First {
    /// The file, where a run reads several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its number in the file, from 1.
    pub row: u64,
    /// The line on which it begins, from 1; 0 in a format without lines.
    pub line: u64,
    /// The column or property.
    pub column: Option<String>,
    /// What it holds.
    pub value: Option<String>,
    /// What is wrong with it.
    ///
    /// ```
    /// use patrol_corridor::incident::{IncidentReader, IncidentSource, Notice, Oddity, SourceRun, incidents};
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = |id, lon, lat| Position::from_lon_lat(lon, lat).map(|at| ObservationPost::new(id, at));
    /// # let posts = vec![post("OP-20", 46.833383, 39.989251)?, post("OP-22", 46.782807, 40.183872)?];
    /// # let reader = IncidentReader::new(&PatrolIndex::new(posts, vec![], Edges::Planar)?, Default::default());
    /// let log = "id,lon,lat\n1,0,0\n2,40.07,46.82\n3,13.4,52.5\n4,46.8,40.06\n";
    /// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
    /// let (tally, _) = incidents(log, &reader, SourceRun::default(), &mut |_| Ok(()))?;
    /// let notices: Vec<Notice> = tally.notices.iter().map(|(notice, _)| *notice).collect();
    /// assert_eq!(notices, [Oddity::NullIsland, Oddity::Exchanged, Oddity::Far].map(Notice::Odd));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub reason: String,
}

/// What is worth a warning about an incident that is used all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Notice {
    /// It lies oddly.
    Odd(Oddity),
    /// Its geometry is not where the members that describe its region put it: the members count.
    Moved,
    /// A post or a route began or ended its service on the day that it is dated with: both states count.
    ServiceChanges,
    /// The clocks showed its local time twice, and posts or routes differ: it is taken at the earlier instant.
    ///
    /// ```
    /// use patrol_corridor::incident::{IncidentReader, IncidentSource, SourceRun, incidents};
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = |id, lon, lat| Position::from_lon_lat(lon, lat).map(|at| ObservationPost::new(id, at));
    /// # let posts = vec![post("OP-20", 46.833383, 39.989251)?, post("OP-22", 46.782807, 40.183872)?];
    /// # let reader = IncidentReader::new(&PatrolIndex::new(posts, vec![], Edges::Planar)?, Default::default());
    /// let log = "id,lon,lat\n1,0,0\n2,40.07,46.82\n3,13.4,52.5\n4,46.8,40.06\n";
    /// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
    /// let (tally, _) = incidents(log, &reader, SourceRun::default(), &mut |_| Ok(()))?;
    /// let noticed = &tally.notices[1].1;
    /// assert_eq!((noticed.count, noticed.row, noticed.line), (1, 2, 3));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ClocksTwice,
    /// Its time is written otherwise than RFC 3339, and read so.
    Spelled(Spelling),
    /// An earlier file of the same run has its id with other content: both count.
    OtherContent,
}

/// How many incidents a notice is about, and the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Noticed {
    /// The file of the first, where a run reads several.
    pub file: Option<String>,
    /// How many.
    pub count: u64,
    /// The number of the first in the file, from 1.
    pub row: u64,
    /// The line on which it begins; 0 in a format without lines.
    pub line: u64,
}

// The shape that serde asks for.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Tally {
    /// Without incidents; with times where they are read.
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
    /// # use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default());
    /// let read = |log: &'static str| {
    ///     let rows = Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?;
    ///     incidents(IncidentSource::Rows(rows), &reader, SourceRun::default(), &mut |_| Ok(()))
    /// };
    /// // An incident that says nothing of where it was is complete as it stands.
    /// assert!(read("id,lon,lat\n1,46.807759,40.068059\n2,,\n")?.0.is_complete());
    /// // One whose observer nobody knows is not.
    /// assert!(!read("id,observer_post,bearing\n1,OP-99,N\n")?.0.is_complete());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub(crate) fn new(reader: &IncidentReader) -> Self {
        let times = reader.asks_for_time().then(TimeTally::default);
        Tally { times, ..Tally::default() }
    }

    /// Returns `true` if all could be read, their times and regions too, and none is doubtful in its period: what the program's
    /// exit status 0 stands for. An incident that reports no location leaves it `true`.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let times = self.times.unwrap_or_default();
        self.rejected + self.region_unknown + times.unreadable_time + times.doubtful.unwrap_or(0) == 0
    }

    /// Counts an incident that was read.
    pub(crate) fn count(
        &mut self,
        at: Mark,
        reading: &Reading,
        answer: Option<&Answer>,
        reader: &IncidentReader,
    ) {
        self.read += 1;
        match &reading.location {
            location if location.is_exact() => self.exact += 1,
            Location::RegionUnknown(why) => {
                self.region_unknown += 1;
                let (column, value) = match why {
                    NotLocated::UnknownPost { id, .. } => (Some("observer_post"), Some(id.clone())),
                    NotLocated::UnknownRoute { id, .. } => (Some("route_id"), Some(id.clone())),
                    _ => (None, None),
                };
                let column = column.map(str::to_owned);
                let first = &mut self.first.region_unknown;
                first.get_or_insert_with(|| at.first(column, value, why.to_string()));
            }
            Location::None(why, _) => {
                self.without_location += 1;
                self.first.without_location.get_or_insert_with(|| at.first(None, None, why.to_string()));
            }
            Location::Positions(_) | Location::Described(_) => self.region += 1,
        }
        if let Some(when) = &reading.when {
            self.count_time(at, when, reader);
        }
        if reading.spelling != Spelling::Plain {
            self.notice(Notice::Spelled(reading.spelling), at);
        }
        if reading.is_moved {
            self.notice(Notice::Moved, at);
        }
        if let Some(oddity) = answer.and_then(|answer| answer.oddity) {
            self.notice(Notice::Odd(oddity), at);
        }
    }

    fn count_time(&mut self, at: Mark, when: &When, reader: &IncidentReader) {
        let field = || Some(reader.options().time_field.clone());
        let times = self.times.get_or_insert_default();
        match when {
            When::At(_) | When::Twice(..) | When::Day(_) => times.dated += 1,
            When::Missing => {
                times.without_time += 1;
                let first = &mut self.first.without_time;
                first.get_or_insert_with(|| at.first(field(), None, "says no time".to_owned()));
            }
            When::NoZone(text) => {
                times.unreadable_time += 1;
                let reason = "has no zone, and none was given".to_owned();
                self.first
                    .unreadable_time
                    .get_or_insert_with(|| at.first(field(), Some(text.clone()), reason));
            }
            When::Unreadable { text, why } => {
                times.unreadable_time += 1;
                let first = &mut self.first.unreadable_time;
                first.get_or_insert_with(|| at.first(field(), Some(text.clone()), why.to_string()));
            }
        }
        let changes = |span: TimeSpan| reader.index().changes_within(&span);
        match when {
            When::Day(day) if changes(day.span) => self.notice(Notice::ServiceChanges, at),
            When::Twice(earlier, later) if changes(TimeSpan::at(*earlier).hull(TimeSpan::at(*later))) => {
                self.notice(Notice::ClocksTwice, at);
            }
            _ => {}
        }
    }

    /// Counts one that an earlier file had.
    pub(crate) fn repeat(&mut self) {
        self.repeated += 1;
    }

    /// Names the file of what has been noted since the last one.
    pub(crate) fn end_of_file(&mut self, name: &str) {
        let Firsts { rejected, region_unknown, without_location, without_time, unreadable_time, doubtful } =
            &mut self.first;
        let firsts = [rejected, region_unknown, without_location, without_time, unreadable_time, doubtful];
        let files = firsts.into_iter().flatten().map(|first| &mut first.file);
        for file in files.chain(self.notices.iter_mut().map(|(_, noticed)| &mut noticed.file)) {
            file.get_or_insert_with(|| name.to_owned());
        }
    }

    /// Says that a period was asked for: incidents may then be doubtful.
    pub(crate) fn ask_for_period(&mut self) {
        self.times.get_or_insert_default().doubtful.get_or_insert(0);
    }

    /// Counts an incident that may lie in the period or not.
    pub(crate) fn count_doubtful(&mut self, first: impl FnOnce() -> First) {
        let times = self.times.get_or_insert_default();
        *times.doubtful.get_or_insert(0) += 1;
        self.first.doubtful.get_or_insert_with(first);
    }

    /// Counts an incident that can't be read.
    pub(crate) fn reject(&mut self, at: Mark, error: &Error) {
        self.read += 1;
        self.rejected += 1;
        let column = error.path().map(str::to_owned);
        self.first.rejected.get_or_insert_with(|| at.first(column, None, error.message().to_owned()));
    }

    pub(crate) fn notice(&mut self, notice: Notice, at: Mark) {
        match self.notices.iter_mut().find(|(known, _)| *known == notice) {
            Some((_, noticed)) => noticed.count += 1,
            None => {
                self.notices.push((notice, Noticed { count: 1, row: at.number, line: at.line, file: None }))
            }
        }
    }

    /// Adds what was counted of later incidents, whose numbers and lines count from `before`.
    pub(crate) fn add(&mut self, later: Tally, before: Passed) {
        self.read += later.read;
        self.rejected += later.rejected;
        self.exact += later.exact;
        self.region += later.region;
        self.region_unknown += later.region_unknown;
        self.without_location += later.without_location;
        self.blank_rows += later.blank_rows;
        self.repeated += later.repeated;
        if let Some(more) = later.times {
            let times = self.times.get_or_insert_default();
            times.dated += more.dated;
            times.without_time += more.without_time;
            times.unreadable_time += more.unreadable_time;
            if let Some(doubtful) = more.doubtful {
                *times.doubtful.get_or_insert(0) += doubtful;
            }
        }
        let moved = |line: u64| if line == 0 { 0 } else { line + before.lines };
        let keep = |own: &mut Option<First>, later: Option<First>| {
            if own.is_none() {
                let shift = |first: First| First {
                    row: first.row + before.features,
                    line: moved(first.line),
                    ..first
                };
                *own = later.map(shift);
            }
        };
        keep(&mut self.first.rejected, later.first.rejected);
        keep(&mut self.first.region_unknown, later.first.region_unknown);
        keep(&mut self.first.without_location, later.first.without_location);
        keep(&mut self.first.without_time, later.first.without_time);
        keep(&mut self.first.unreadable_time, later.first.unreadable_time);
        keep(&mut self.first.doubtful, later.first.doubtful);
        for (notice, more) in later.notices {
            match self.notices.iter_mut().find(|(known, _)| *known == notice) {
                Some((_, noticed)) => noticed.count += more.count,
                None => {
                    let (row, line) = (more.row + before.features, moved(more.line));
                    self.notices.push((notice, Noticed { row, line, ..more }));
                }
            }
        }
    }
}

/// Where an incident stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub number: u64,
    pub line: u64,
}

impl Mark {
    /// The incident as the first of its kind.
    pub(crate) fn first(self, column: Option<String>, value: Option<String>, reason: String) -> First {
        First { file: None, row: self.number, line: self.line, column, value, reason }
    }
}
