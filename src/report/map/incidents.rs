//! Incidents as a map shows them: places, regions, times, what is nearest, and all their properties.

use std::sync::atomic::{AtomicUsize, Ordering};

use smallvec::{SmallVec, smallvec};

use super::options::{MapOptions, MapSummary};
use crate::analysis::{UncertainAnswer, region_geometry};
use crate::described::{joined, names_time};
use crate::incident::{
    Answer, Entry, IncidentReader, IncidentSource, Location, Mark, ReadOptions, Reject, SourceRun, for_each,
};
use crate::index::{PostHit, RouteHit};
use crate::io::{members, write_string};
use crate::memory::push;
use crate::region::LocationForm;
use crate::time::Timestamp;
use crate::{Error, FeatureId, IncidentGeometry, Position};

/// What is nearest, and the position from which it is.
type Reached<T> = (T, Position);

/// One incident.
#[derive(Debug, Clone)]
pub(super) struct MapIncident {
    pub id: String,
    /// Where its symbols stand; of a report that is not a point its region's reference point.
    pub positions: SmallVec<[Position; 1]>,
    /// What it covers, where it is not points: its region, or its geometry.
    pub shape: IncidentGeometry,
    pub certainty: Certainty,
    /// It lies far from all posts and routes: the map does not reach there.
    pub is_far: bool,
    /// The first minute since 1970 in which it may have happened, and how many follow it (a date alone is a day of them).
    pub minutes: Option<[i32; 2]>,
    /// The nearest post, and from which of the positions.
    pub post: Option<Reached<PostHit>>,
    /// The place on the nearest route.
    pub route: Option<Reached<RouteHit>>,
    /// The corridors that it lies in, or may lie in, by their indices in the [`PatrolIndex`](crate::PatrolIndex).
    pub corridors: SmallVec<[u32; 2]>,
    /// Its properties: the text of a JSON object.
    pub properties: String,
}

/// How well it is known where an incident was.
#[derive(Debug, Clone)]
pub(super) enum Certainty {
    /// At its position, or at one of several.
    Exact,
    /// Somewhere in a region.
    Region(Box<InRegion>),
    /// Nowhere that can be located, and why.
    NotLocated(Box<str>),
}

/// A described location.
#[derive(Debug, Clone)]
pub(super) struct InRegion {
    pub form: LocationForm,
    pub area_km2: f64,
    /// What may be the nearest there.
    pub answer: UncertainAnswer,
    /// What is doubtful or was assumed.
    pub notes: Vec<String>,
}

/// More of the incidents' properties than this, in bytes, are cut to a few of them.
pub(super) const MOST_FIELD_BYTES: usize = 12_000_000;

/// The properties that stay then, and that the page finds incidents by.
pub(super) const KEPT_PROPERTIES: [&str; 4] = ["time", "type", "status", "name"];

/// Which of these a property of the file is read as.
pub(super) fn kept_as(key: &str, read: &ReadOptions) -> Option<&'static str> {
    let name = if names_time(key, &read.time_field) { "time" } else { read.fields.read_as(key)? };
    KEPT_PROPERTIES.into_iter().find(|kept| *kept == name)
}

/// The incidents of a map. Each takes some 250 bytes and its properties, which are cut to a few beyond
/// [`MOST_FIELD_BYTES`] of them.
#[derive(Debug, Default)]
pub(super) struct MapIncidents {
    pub list: Vec<MapIncident>,
    /// Only a few of the properties are kept.
    pub is_cut: bool,
    /// They are counted, not drawn one by one.
    pub is_binned: bool,
}

/// Reads the incidents of a source; what can't be drawn is counted.
///
/// # Errors
/// Returns an error if the source can't be read to its end.
pub(super) fn read(
    source: IncidentSource,
    reader: &IncidentReader,
    run: SourceRun<'_>,
    options: &MapOptions,
    summary: &mut MapSummary,
) -> Result<MapIncidents, Error> {
    let epoch = Timestamp::read("1970-01-01T00:00:00Z", None)?;
    // Thousands of regions nobody sees need no outline.
    let seen = AtomicUsize::new(0);
    let make = |incident: Entry<'_>, answer: Option<Answer>| {
        let is_binned = seen.fetch_add(1, Ordering::Relaxed) >= options.most_single;
        let id = incident.id()?;
        Ok((id, map_incident(&incident, answer, reader, epoch, is_binned)))
    };
    let mut found = MapIncidents::default();
    let mut bytes = 0;
    let (far, not_drawn) = (&mut summary.far_ids, &mut summary.not_drawn_ids);
    let take = &mut |(id, drawn): (crate::incident::IncidentId, MapIncident), before| {
        let (id, _): (FeatureId, Mark) = id.behind(before);
        if drawn.is_far {
            far.push(id.as_str().to_owned());
        }
        if drawn.positions.is_empty() && is_nothing(&drawn.shape) {
            not_drawn.push(id.as_str().to_owned());
            return Ok(());
        }
        let mut incident = MapIncident { id: id.as_str().to_owned(), ..drawn };
        if !found.is_cut {
            bytes += incident.properties.len();
        }
        if bytes > MOST_FIELD_BYTES && !found.is_cut {
            // Those before are cut where they are written.
            found.is_cut = true;
        }
        if found.is_cut {
            incident.cut(&options.read);
        }
        push(&mut found.list, incident)
    };
    let (mut rejected, mut count) = (Vec::new(), 0_u64);
    let mut list = |one: &Reject| {
        count += 1;
        if rejected.len() < MapSummary::MOST_REJECTED {
            rejected.push(one.clone());
        }
    };
    let run = run.listed(&mut list);
    let read = for_each(source, reader, run, &make, take)?;
    (summary.rejected, summary.tally, summary.reprojections) = (rejected, read.tally, read.reprojections);
    found.is_binned = options.counts(usize::try_from(summary.tally.read - count).unwrap_or(usize::MAX));
    if found.is_binned {
        found.list.iter_mut().for_each(|incident| incident.shape = IncidentGeometry::None);
    }
    Ok(found)
}

fn map_incident(
    incident: &Entry<'_>,
    answer: Option<Answer>,
    reader: &IncidentReader,
    epoch: Timestamp,
    is_binned: bool,
) -> MapIncident {
    let reading = &incident.reading;
    let (positions, shape) = match &reading.location {
        Location::Described(described) => {
            let region = described.location.region();
            let is_drawn = !is_binned && !reading.location.is_exact();
            (
                smallvec![region.reference()],
                if is_drawn { region_geometry(region) } else { IncidentGeometry::None },
            )
        }
        Location::Positions(geometry) => (SmallVec::from_slice(geometry.positions()), IncidentGeometry::None),
        Location::None(_, geometry) => (points_of(geometry).into(), geometry.clone()),
        Location::RegionUnknown(_) => (SmallVec::new(), IncidentGeometry::None),
    };
    let minutes = reading.when.as_ref().and_then(|when| when.span()).map(|span| {
        let [first, end] = [span.first(), span.end()]
            .map(|at| (at.seconds_after(epoch) / 60.0).floor().clamp(-2e9, 2e9) as i32);
        [first, (end - first - 1).max(0)]
    });
    let is_far = reader.is_far(reading);
    let (mut post, mut route, mut corridors, mut found) = (None, None, SmallVec::new(), None);
    if let Some(answer) = answer {
        post = answer.located.posts.first().map(|hit| (*hit, answer.from[0]));
        route = answer.located.routes.first().map(|hit| (*hit, answer.from[1]));
        let touched =
            answer.region.as_ref().map_or(&answer.located.corridors[..], |found| &found.corridors_touched);
        corridors = touched.iter().map(|&corridor| corridor as u32).collect();
        found = answer.region;
    }
    let certainty = match (reading.location.region().zip(found), reading.location.not_located()) {
        (Some((described, answer)), _) => Certainty::Region(Box::new(InRegion {
            form: described.location.form(),
            area_km2: described.location.region().area_km2(),
            answer: *answer,
            notes: joined(&described.warnings)
                .into_iter()
                .chain(joined(&described.assumed).map(|assumed| format!("Assumed: {assumed}")))
                .collect(),
        })),
        (None, Some(why)) => Certainty::NotLocated(why.to_string().into()),
        (None, None) => Certainty::Exact,
    };
    let properties = incident.properties_text().into_owned();
    MapIncident {
        id: String::new(),
        positions,
        shape,
        certainty,
        is_far,
        minutes,
        post,
        route,
        corridors,
        properties,
    }
}

impl MapIncident {
    fn cut(&mut self, read: &ReadOptions) {
        let mut kept = String::with_capacity(self.properties.len().min(128));
        kept.push('{');
        for member in members(&self.properties) {
            if kept_as(&member.key, read).is_some() {
                kept.push_str(if kept.len() > 1 { "," } else { "" });
                write_string(&member.key, &mut kept);
                kept.push(':');
                kept.push_str(member.value);
            }
        }
        kept.push('}');
        self.properties = kept;
    }
}

/// The points of a collection, which is located by none of them.
fn points_of(geometry: &IncidentGeometry) -> Vec<Position> {
    match geometry {
        IncidentGeometry::Collection(geometries) => geometries.iter().flat_map(points_of).collect(),
        geometry => geometry.positions().to_vec(),
    }
}

fn is_nothing(geometry: &IncidentGeometry) -> bool {
    match geometry {
        IncidentGeometry::None => true,
        IncidentGeometry::Collection(geometries) => geometries.iter().all(is_nothing),
        IncidentGeometry::Lines(lines) => lines.iter().all(Vec::is_empty),
        IncidentGeometry::Region(region) => region.polygons().is_empty(),
        geometry => geometry.positions().is_empty(),
    }
}
