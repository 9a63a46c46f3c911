//! Reports of a log in groups that can be of one incident: a feature for each group, and every report as it came.

use super::annotation::Annotation;
use crate::analysis::{FuseOptions, FuseReport, FusedGroup, fuse, locate_common};
use crate::described::{Described, joined};
use crate::incident::{
    Answer, Entry, IncidentId, IncidentReader, IncidentSource, Location, Mark, SourceRun, Tally, for_each,
};
use crate::index::LocateOptions;
use crate::io::splice;
use crate::io::{RawFeature, Reprojection, feature_with, fold_lines, write_id, write_string};
use crate::memory::push;
use crate::region::DescribedLocation;
use crate::setters::setters;
use crate::time::{TimeSpan, Timestamp, When};
use crate::{Error, ErrorKind, FeatureId, PatrolIndex};

/// The members of a group beside those of an annotation, and the two of a report: name and meaning.
pub const FUSED_FIELDS: [(&str, &str); 9] = [
    ("fused_id", "of a group: `F1`, `F2`, ... in the order of the earliest times"),
    ("report_count", "of a group: number of its reports, 2 or more"),
    ("report_ids", "of a group: ids of its reports, in the order of the log"),
    ("report_numbers", "of a group: numbers of its reports in the log, from 1 (ids may be repeated)"),
    ("time_from", "of a group: earliest possible time, RFC 3339 in UTC"),
    ("time_to", "of a group: latest possible time, RFC 3339 in UTC"),
    (
        "fused_overlaps",
        "of a group: other groups that share a report with it, if any; not all of them can be true",
    ),
    ("fused_ids", "of a report: groups that it belongs to; empty if there are none"),
    ("fuse_warning", "of a report: why it was not compared with others; absent if it was"),
];

/// How a log is grouped.
///
/// ```
/// use patrol_corridor::annotate::{FuseRun, fuse_layer};
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
/// let log = "id,time,lon,lat,uncertainty_m\n1,2021-01-01T05:40+04:00,46.807,40.068,500\n\
///            2,2021-01-01T06:05+04:00,46.810,40.068,500\n3,,46.810,40.068,500\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let mut run = FuseRun::default();
/// run.options.window_s = 600.0;
/// // 25 minutes apart, they are not one incident.
/// assert_eq!(fuse_layer(log, &reader, &run, Default::default())?.1.groups, 0);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FuseRun {
    /// The window, and how much work is done.
    pub options: FuseOptions,
    /// Takes line breaks out of the features.
    pub line_by_line: bool,
}

setters! { FuseRun {
    with_options(options: FuseOptions);
    with_line_by_line(line_by_line: bool);
}}

/// What was done.
///
/// ```
/// use patrol_corridor::annotate::{FuseRun, fuse_layer};
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
/// let log = "id,time,lon,lat,uncertainty_m\n1,2021-01-01T05:40+04:00,46.807,40.068,500\n\
///            2,2021-01-01T06:05+04:00,46.810,40.068,500\n3,,46.810,40.068,500\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let (_, summary) = fuse_layer(log, &reader, &FuseRun::default(), Default::default())?;
/// assert_eq!((summary.groups, summary.grouped, summary.shared), (1, 2, 0));
/// assert_eq!(summary.tally.times.map(|times| times.without_time), Some(1));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct FuseSummary {
    /// What became of the incidents.
    pub tally: Tally,
    /// How coordinates came to WGS84; empty where they were in it.
    pub reprojections: Vec<Reprojection>,
    /// How many groups of two or more.
    pub groups: usize,
    /// How many incidents are in one.
    pub grouped: usize,
    /// How many are in more than one.
    pub shared: usize,
}

/// An incident as it was read: its text, and what it is compared by.
struct Report {
    text: String,
    id: FeatureId,
    /// Its number in the file, from 1.
    number: u64,
    location: Option<Described>,
    time: Option<TimeSpan>,
    observer: Option<String>,
    warning: Option<String>,
}

/// Groups the reports of a log, and writes groups and reports as features.
///
/// What comes out are two kinds of features. First one for each group of two or more reports, by its earliest time:
/// its geometry is what the reports' regions have in common, its properties are those of [`FUSED_FIELDS`] and the members
/// of an annotation, which speak of a point near the middle of that geometry. Posts and routes with a period
/// count as they were in service: for the nearest ones at the earliest of the group's times, for the candidates at any
/// from the earliest to the latest ([`locate_common`]). Then every report in the order of the
/// log, unchanged but for the member `fused_ids` (and `fuse_warning`): the groups that it is in, none where it stands
/// alone. A report in several groups can belong to any and not to all: nobody decides that here.
///
/// Conservative: incidents without a usable time or location are in no group, and counted; doubt never joins. A date alone
/// can meet any incident of that day. All incidents are held in memory: their text and some 300 bytes each.
///
/// ```
/// use patrol_corridor::annotate::{FuseRun, fuse_layer};
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 39.82).map(|at| ObservationPost::new(id, at));
/// let index = PatrolIndex::new(vec![post("A", 46.70)?, post("B", 46.80)?], vec![], Edges::Planar)?;
/// let log = "id,time,observer_post,bearing,distance_m\n\
///            1,2020-10-04T13:45:00+04:00,A,NE,2km..7km\n\
///            2,2020-10-04T13:52:00+04:00,B,NW,2km..7km\n\
///            3,2020-10-04T18:00:00+04:00,B,NW,2km..7km\n";
/// let rows = Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?;
/// let options = ReadOptions::default().with_times(TimeUse::Required);
/// let reader = IncidentReader::new(&index, options);
/// let (features, summary) =
///     fuse_layer(IncidentSource::Rows(rows), &reader, &FuseRun::default(), Default::default())?;
/// assert_eq!((features.len(), summary.groups, summary.grouped), (4, 1, 2));
/// assert!(features[0].contains(r#""fused_id":"F1","report_count":2,"report_ids":["1","2"]"#), "{}", features[0]);
/// assert!(features[3].contains(r#""fused_ids":[]"#));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Returns an error if the source can't be read to its end or has bad incidents that nobody takes, if an incident has a
/// property that is written, and if there are too many ways to group the incidents.
pub fn fuse_layer(
    source: IncidentSource,
    reader: &IncidentReader,
    run: &FuseRun,
    reading: SourceRun<'_>,
) -> Result<(Vec<String>, FuseSummary), Error> {
    let index = reader.index();
    let mut reports: Vec<Report> = Vec::new();
    let make = |incident: Entry<'_>, _: Option<Answer>| Ok((incident.id()?, report(&incident)?));
    let take = &mut |(id, report): (IncidentId, Report), before| {
        let (id, Mark { number, .. }) = id.behind(before);
        push(&mut reports, Report { id, number, ..report })
    };
    let read = for_each(source, reader, reading, &make, take)?;
    let mut summary =
        FuseSummary { tally: read.tally, reprojections: read.reprojections, ..FuseSummary::default() };
    let mut places = Vec::new();
    let mut compared = Vec::new();
    for (place, report) in reports.iter().enumerate() {
        if let (Some(described), Some(time)) = (&report.location, report.time) {
            places.push(place);
            compared.push(FuseReport { region: described.location.region(), time });
        }
    }
    let mut groups: Vec<FusedGroup<'_>> = fuse(&compared, &run.options)?;
    groups.retain(|group| group.reports.len() > 1);
    for group in &mut groups {
        group.reports.iter_mut().for_each(|report| *report = places[*report]);
    }
    let mut groups_of = vec![Vec::new(); reports.len()];
    for (place, group) in groups.iter().enumerate() {
        group.reports.iter().for_each(|&report| groups_of[report].push(place));
    }
    summary.groups = groups.len();
    summary.grouped = groups_of.iter().filter(|groups| !groups.is_empty()).count();
    summary.shared = groups_of.iter().filter(|groups| groups.len() > 1).count();
    let mut features = Vec::with_capacity(groups.len() + reports.len());
    for (place, group) in groups.iter().enumerate() {
        features.push(group_feature(index, &reports, &groups_of, place, group)?);
    }
    for (report, groups) in reports.iter().zip(&groups_of) {
        let mut members = String::from("\"fused_ids\":");
        write_array(groups, &mut members, |group, out| write_string(&fused_id(*group), out));
        if let Some(warning) = &report.warning {
            members.push_str(",\"fuse_warning\":");
            write_string(warning, &mut members);
        }
        let mut out = Vec::with_capacity(report.text.len() + members.len() + 64);
        // Its grammar was checked when it was read.
        let feature = RawFeature { validated: true, ..RawFeature::alone(&report.text) };
        splice(&feature.parts()?, None, &members, &mut out);
        if run.line_by_line {
            fold_lines(&mut out, 0);
        }
        features.push(String::from_utf8_lossy(&out).into_owned());
    }
    Ok((features, summary))
}

fn fused_id(group: usize) -> String {
    format!("F{}", group + 1)
}

/// What an incident is compared by, and why it is not where it is not.
fn report(incident: &Entry<'_>) -> Result<Report, Error> {
    let mut observer = None;
    let mut in_the_way = None;
    incident.properties(|name, value| {
        if ["fused_ids", "fuse_warning"].contains(&&*name) {
            in_the_way = Some(name.into_owned());
        } else if name.eq_ignore_ascii_case("observer_post") {
            observer = Some(value.plain().trim().to_owned()).filter(|text| !text.is_empty());
        }
    });
    if let Some(name) = in_the_way {
        let message = format!("the property `{name}` would be written too; rename it");
        return Err(Error::input(message).of_kind(ErrorKind::NameInTheWay).under("properties"));
    }
    let mut warnings = Vec::new();
    let location = match &incident.reading.location {
        Location::Described(described) => Some((**described).clone()),
        Location::Positions(place) => match place.positions() {
            [position] => Some(Described::of(DescribedLocation::position(*position))),
            _ => {
                warnings.push("several positions".to_owned());
                None
            }
        },
        Location::RegionUnknown(why) | Location::None(why, _) => {
            warnings.push(why.to_string());
            None
        }
    };
    let time = incident.reading.when.as_ref().and_then(When::span);
    match &incident.reading.when {
        Some(When::Unreadable { text, why }) => warnings.push(format!("the time `{text}` {why}")),
        _ if time.is_none() => warnings.push("no time".to_owned()),
        _ => {}
    }
    let warning = (!warnings.is_empty()).then(|| format!("not compared: {}", warnings.join("; ")));
    let (text, id) = (incident.feature_text().into_owned(), FeatureId::text(""));
    Ok(Report { text, id, number: incident.mark.number, location, time, observer, warning })
}

/// The feature of a group.
fn group_feature(
    index: &PatrolIndex,
    reports: &[Report],
    groups_of: &[Vec<usize>],
    place: usize,
    group: &FusedGroup<'_>,
) -> Result<String, Error> {
    let members_of = || group.reports.iter().map(|&report| (report, &reports[report]));
    let mut times: Vec<TimeSpan> = members_of().filter_map(|(_, report)| report.time).collect();
    times.sort_unstable();
    let mut overlaps: Vec<usize> = members_of().flat_map(|(report, _)| groups_of[report].clone()).collect();
    overlaps.retain(|&other| other != place);
    overlaps.sort_unstable();
    overlaps.dedup();
    let mut text = String::from("{\"fused_id\":");
    write_string(&fused_id(place), &mut text);
    text.push_str(&format!(",\"report_count\":{},\"report_ids\":", group.reports.len()));
    write_array(&group.reports, &mut text, |&report, out| write_id(&reports[report].id, out));
    text.push_str(",\"report_numbers\":");
    write_array(&group.reports, &mut text, |&report, out| out.push_str(&reports[report].number.to_string()));
    let first = times.first().map(TimeSpan::first);
    let last: Option<Timestamp> = times.iter().map(TimeSpan::end).max();
    for (name, time) in [("time_from", first), ("time_to", last)] {
        if let Some(time) = time {
            text.push_str(&format!(",\"{name}\":\"{time}\""));
        }
    }
    if !overlaps.is_empty() {
        text.push_str(",\"fused_overlaps\":");
        write_array(&overlaps, &mut text, |&other, out| write_string(&fused_id(other), out));
    }
    let common = &group.common;
    let options = LocateOptions { at: times.first().copied(), ..LocateOptions::default() };
    let located = index.locate(common.reference(), &options);
    let during = times.iter().copied().reduce(TimeSpan::hull);
    let answer = locate_common(index, common, during);
    let warning = warning(reports, group);
    let geometry = common.geometry();
    let annotation = Annotation::new(index, &located, &options);
    let members = annotation.with_common(geometry.area_km2(), warning.as_deref(), &answer).json_members();
    if !members.is_empty() {
        text.push(',');
        text.push_str(&members);
    }
    text.push('}');
    feature_with(&geometry, None, &text)
}

/// What is doubtful about a group: its reports' own doubts, and observers that report twice.
fn warning(reports: &[Report], group: &FusedGroup<'_>) -> Option<String> {
    let mut warnings = Vec::new();
    for (i, &first) in group.reports.iter().enumerate() {
        let report = &reports[first];
        let number = report.number;
        if let Some(warning) = report.location.as_ref().and_then(|described| joined(&described.warnings)) {
            warnings.push(format!("report {number}: {warning}"));
        }
        let Some(observer) = &report.observer else { continue };
        let is_same = |other: &&usize| reports[**other].observer.as_ref() == Some(observer);
        if let Some(other) = group.reports[i + 1..].iter().find(is_same) {
            warnings.push(format!(
                "reports {number} and {} are both by {observer}, which may have seen two incidents",
                reports[*other].number
            ));
        }
    }
    (!warnings.is_empty()).then(|| warnings.join("; "))
}

fn write_array<T>(items: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
    out.push('[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}
