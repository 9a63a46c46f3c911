//! Reports of a log in groups that can be of one incident: a feature for each group, and every report as it came.

use super::annotation::Annotation;
use crate::analysis::{FuseOptions, FuseReport, FusedGroup, fuse, locate_common, locate_common_during};
use crate::index::LocateOptions;
use crate::io::{
    FEATURE_BYTES, FeatureParts, RawFeature, Rows, Source, document_features, feature_with, fold_lines,
    plain_text, push, room, splice, write_id, write_properties, write_string,
};
use crate::model::{Instant, ReportedLocation, Zone};
use crate::sightings::{Sighting, SightingOptions, SightingReader, SightingTexts, time_member};
use crate::{Error, FeatureId, PatrolArea, Place};

/// The members of a group beside those of an annotation, and the two of a report: name and meaning.
pub const FUSED_FIELDS: [(&str, &str); 9] = [
    ("fused_id", "of a group: `F1`, `F2`, ... by their earliest times"),
    ("report_count", "of a group: how many reports it has, 2 or more"),
    ("report_ids", "of a group: their ids, in the order of the log"),
    ("report_numbers", "of a group: their places in the log, from 1; ids may stand twice"),
    ("time_from", "of a group: the earliest time, RFC 3339 in UTC"),
    ("time_to", "of a group: the latest time"),
    (
        "fused_overlaps",
        "of a group: other groups that share a report with it, where there are some: not all can be true",
    ),
    ("fused_ids", "of a report: the groups that it is in; none where it stands alone"),
    ("fuse_warning", "of a report: why it was not compared with others, where it was not"),
];

/// How a log is grouped.
#[derive(Debug, Clone)]
pub struct FuseRun {
    /// The window, and how much work is done.
    pub options: FuseOptions,
    /// How the locations of reports are read.
    pub sightings: SightingOptions,
    /// The property that holds the time.
    pub time_field: String,
    /// The zone of times that name none.
    pub zone: Option<Zone>,
    /// Takes line breaks out of the features.
    pub line_by_line: bool,
}

impl Default for FuseRun {
    fn default() -> Self {
        FuseRun {
            options: FuseOptions::default(),
            sightings: SightingOptions::default(),
            time_field: "time".to_owned(),
            zone: None,
            line_by_line: false,
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FuseSummary {
    /// How many reports there are.
    pub reports: usize,
    /// How many groups of two or more.
    pub groups: usize,
    /// How many reports are in one.
    pub grouped: usize,
    /// How many are in more than one.
    pub shared: usize,
    /// How many have no time.
    pub without_time: usize,
    /// How many have no location.
    pub without_location: usize,
    /// What is wrong with the times and locations of the others that were not compared, the report named.
    pub unreadable: Vec<String>,
}

/// The reports of a log, each the text of a feature.
#[derive(Debug, Clone)]
pub struct ReportLayer {
    pub(super) name: String,
    pub(super) texts: Vec<String>,
}

impl ReportLayer {
    /// The features of a GeoJSON text, in WGS84.
    ///
    /// # Errors
    /// Where it is not GeoJSON on its outermost level.
    pub fn from_source(source: &Source) -> Result<Self, Error> {
        Ok(ReportLayer { name: source.name().to_owned(), texts: document_features(source)? })
    }

    /// The name of the file, for messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The text of each feature.
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The rows of a table, each as a feature.
    ///
    /// # Errors
    /// Where a row can't be read.
    pub fn from_rows(mut rows: Rows<'_>) -> Result<Self, Error> {
        const AT_ONCE: usize = 4_096;
        let columns = rows.columns().to_vec();
        let (mut texts, mut held) = (Vec::new(), 0);
        loop {
            let batch = rows.source.read(AT_ONCE, 1)?;
            if let Some(bad) = batch.bad.into_iter().next() {
                return Err(bad.error);
            }
            if batch.rows.is_empty() {
                return Ok(ReportLayer { name: rows.name.clone(), texts });
            }
            for row in &batch.rows {
                let mut text = String::from("{\"type\":\"Feature\",\"properties\":{");
                write_properties(row, &columns, &mut text);
                text.push_str("},\"geometry\":");
                row.write_geometry(&mut text);
                text.push('}');
                held += text.len() + FEATURE_BYTES;
                push(&mut texts, text)?;
            }
            // The texts are read, and what is made of them is of their size.
            room(2 * held).map_err(|error| error.in_file(&*rows.name))?;
        }
    }
}

/// A report as it was read.
struct Report<'t> {
    parts: FeatureParts<'t>,
    id: FeatureId,
    sighting: Option<Sighting>,
    time: Option<Instant>,
    observer: Option<String>,
    warning: Option<String>,
}

/// Groups the reports of a log, and writes groups and reports as features.
///
/// What comes out are two kinds of features. First one for each group of two or more reports, by its earliest time:
/// its geometry is what the reports' regions have in common, its properties are those of [`FUSED_FIELDS`] and the members
/// of an annotation, which speak of a point near the middle of that geometry. Posts and routes with a period
/// count as they were in service: for the nearest ones at the earliest of the group's times, for the candidates at any
/// from the earliest to the latest ([`locate_common_during`]). Then every report in the order of the
/// log, unchanged but for the member `fused_ids` (and `fuse_warning`): the groups that it is in, none where it stands
/// alone. A report in several groups can belong to any and not to all: nobody decides that here.
///
/// Conservative: reports without a usable time or location are in no group, and counted; doubt never joins.
///
/// ```
/// use patrol_corridor::annotate::{FuseRun, ReportLayer, fuse_layer};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// use patrol_corridor::{Edges, ObservationPost, PatrolArea, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 39.82).map(|at| ObservationPost::new(id, at));
/// let area = PatrolArea::new(vec![post("A", 46.70)?, post("B", 46.80)?], vec![], Edges::Planar)?;
/// let log = "id,time,observer_post,bearing,distance_m\n\
///            1,2020-10-04T13:45:00+04:00,A,NE,2km..7km\n\
///            2,2020-10-04T13:52:00+04:00,B,NW,2km..7km\n\
///            3,2020-10-04T18:00:00+04:00,B,NW,2km..7km\n";
/// let rows = Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?;
/// let (features, summary) = fuse_layer(&ReportLayer::from_rows(rows)?, &area, &FuseRun::default())?;
/// assert_eq!((features.len(), summary.groups, summary.grouped), (4, 1, 2));
/// assert!(features[0].contains(r#""fused_id":"F1","report_count":2,"report_ids":["1","2"]"#), "{}", features[0]);
/// assert!(features[3].contains(r#""fused_ids":[]"#));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where a feature is no GeoJSON, or has a property that is written; where there are too many ways to group the reports.
pub fn fuse_layer(
    layer: &ReportLayer,
    area: &PatrolArea,
    run: &FuseRun,
) -> Result<(Vec<String>, FuseSummary), Error> {
    let reader = SightingReader::new(area, run.sightings.clone());
    let mut reports = Vec::with_capacity(layer.texts.len());
    let mut summary = FuseSummary { reports: layer.texts.len(), ..FuseSummary::default() };
    for (number, text) in (1..).zip(&layer.texts) {
        let feature = RawFeature { number, ..RawFeature::alone(text) };
        let report = read(feature, &reader, run, &mut summary);
        reports.push(report.map_err(|error| error.in_file(&layer.name))?);
    }
    let mut places = Vec::new();
    let mut compared = Vec::new();
    for (place, report) in reports.iter().enumerate() {
        if let (Some(sighting), Some(time)) = (&report.sighting, report.time) {
            places.push(place);
            compared.push(FuseReport { region: sighting.location.region(), time });
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
        features.push(group_feature(area, &reports, &groups_of, place, group)?);
    }
    for (report, groups) in reports.iter().zip(&groups_of) {
        let mut members = String::from("\"fused_ids\":");
        write_array(groups, &mut members, |group, out| write_string(&fused_id(*group), out));
        if let Some(warning) = &report.warning {
            members.push_str(",\"fuse_warning\":");
            write_string(warning, &mut members);
        }
        let mut out = Vec::with_capacity(report.parts.feature.text.len() + members.len() + 64);
        splice(&report.parts, None, &members, &mut out);
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

fn read<'t>(
    feature: RawFeature<'t>,
    reader: &SightingReader<'_>,
    run: &FuseRun,
    summary: &mut FuseSummary,
) -> Result<Report<'t>, Error> {
    let parts = feature.parts()?;
    let written = ["fused_ids", "fuse_warning"];
    if let Some(name) = parts.property_names().find(|name| written.contains(&&**name)) {
        let message =
            format!("found the property `{name}`, which is written too, expected no such: rename it");
        return Err(parts.blame(Error::input(message).under("properties")));
    }
    let (place, id) = (parts.place()?, parts.id(None)?);
    let texts = SightingTexts::of_feature_at(&parts, &run.time_field);
    let mut warnings = Vec::new();
    let mut unreadable = |what: &str, error: &Error, warnings: &mut Vec<String>| {
        summary.unreadable.push(format!("report {} (id {id}): {what}: {}", feature.number, error.message()));
        warnings.push(format!("{what}: {}", error.message()));
    };
    let sighting = match (reader.read(&texts, &place), &place) {
        (Ok(Some(sighting)), _) => Some(sighting),
        (Ok(None), Place::Point(at)) => {
            Some(Sighting { location: ReportedLocation::position(*at), doubt: None })
        }
        (Ok(None), _) => {
            summary.without_location += 1;
            warnings.push("no location that can be read".to_owned());
            None
        }
        (Err(error), _) => {
            unreadable(error.path().unwrap_or("location"), &error, &mut warnings);
            None
        }
    };
    let time = match time_member(&parts, &run.time_field).map(|member| plain_text(member.value)) {
        None => {
            summary.without_time += 1;
            warnings.push("no time".to_owned());
            None
        }
        Some(text) => match Instant::read(&text, run.zone.as_ref()) {
            Ok(time) => Some(time),
            Err(error) => {
                unreadable(&run.time_field, &error, &mut warnings);
                None
            }
        },
    };
    let observer = texts.get("observer_post").map(|text| text.trim().to_owned());
    let warning = (!warnings.is_empty()).then(|| format!("not compared: {}", warnings.join("; ")));
    Ok(Report { parts, id, sighting, time, observer, warning })
}

/// The feature of a group.
fn group_feature(
    area: &PatrolArea,
    reports: &[Report<'_>],
    groups_of: &[Vec<usize>],
    place: usize,
    group: &FusedGroup<'_>,
) -> Result<String, Error> {
    let members_of = || group.reports.iter().map(|&report| (report, &reports[report]));
    let mut times: Vec<Instant> = members_of().filter_map(|(_, report)| report.time).collect();
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
    write_array(&group.reports, &mut text, |&report, out| out.push_str(&(report + 1).to_string()));
    for (name, time) in [("time_from", times.first()), ("time_to", times.last())] {
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
    let located = area.locate(common.reference(), &options);
    let answer = match times[..] {
        [from, .., to] => locate_common_during(area, common, from, to),
        // A group has two reports with times at least.
        _ => locate_common(area, common),
    };
    let doubt = doubt(reports, group);
    let geometry = common.geometry();
    let annotation = Annotation::new(area, &located, &options);
    let members = annotation.with_common(geometry.area_km2(), doubt.as_deref(), &answer).json_members();
    if !members.is_empty() {
        text.push(',');
        text.push_str(&members);
    }
    text.push('}');
    feature_with(&geometry, None, &text)
}

/// What is doubtful about a group: its reports' own doubts, and observers that report twice.
fn doubt(reports: &[Report<'_>], group: &FusedGroup<'_>) -> Option<String> {
    let mut doubts = Vec::new();
    for (i, &first) in group.reports.iter().enumerate() {
        let (number, report) = (first + 1, &reports[first]);
        if let Some(doubt) = report.sighting.as_ref().and_then(|sighting| sighting.doubt.as_ref()) {
            doubts.push(format!("report {number}: {doubt}"));
        }
        let Some(observer) = &report.observer else { continue };
        let is_same = |other: &&usize| reports[**other].observer.as_ref() == Some(observer);
        if let Some(other) = group.reports[i + 1..].iter().find(is_same) {
            doubts.push(format!(
                "reports {number} and {} are both by {observer}, which may have seen two incidents",
                other + 1
            ));
        }
    }
    (!doubts.is_empty()).then(|| doubts.join("; "))
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
