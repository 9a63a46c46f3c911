//! Incidents as a map shows them: places, regions, times, what is nearest, and all their properties.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use smallvec::{SmallVec, smallvec};

use super::options::{MapOptions, MapSummary};
use super::selection::{LeftOut, Selection, kept_members};
use super::squares::{Count, Grid, Square};
use crate::analysis::{UncertainAnswer, region_geometry};
use crate::described::{joined, names_time};
use crate::incident::{
    Answer, Entry, IncidentReader, IncidentSource, Location, Mark, ReadOptions, Reject, SourceRun, for_each,
};
use crate::index::{PostHit, RouteHit};
use crate::memory::push;
use crate::region::LocationForm;
use crate::report::facts::Facts;
use crate::time::Timestamp;
use crate::{Error, FeatureId, IncidentGeometry, Position};

/// What is nearest, and the position from which it is.
pub(super) type Reached<T> = (T, Position);

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
    pub kind: Option<Box<str>>,
    pub status: Option<Box<str>>,
    /// Killed and wounded.
    pub casualties: u32,
    /// A period was chosen, and it may be of it or not.
    pub is_doubtful: bool,
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
    /// In a region, of which a picture alone needs no more.
    Somewhere,
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
    /// What was chosen of them, for a reader.
    pub chosen: Vec<String>,
    /// What is in each square, where squares take the place of locations; the list is empty then.
    pub squares: Option<Squares>,
}

/// Incidents by the square that they lie in.
#[derive(Debug)]
pub(super) struct Squares {
    pub grid: Grid,
    pub counts: BTreeMap<Square, Count>,
    /// Incidents that may lie in several squares.
    pub of_several: u64,
    /// Incidents that may lie in too many to say.
    pub too_wide: u64,
}

impl Squares {
    fn add(&mut self, incident: &MapIncident) {
        let positions = IncidentGeometry::MultiPoint(incident.positions.to_vec());
        let whole = IncidentGeometry::Collection(vec![positions, incident.shape.clone()]);
        let squares = self.grid.squares(&whole).unwrap_or_default();
        match squares[..] {
            [] => self.too_wide += 1,
            [square] => self.counts.entry(square).or_default().certain.add(incident.kind.as_deref()),
            _ => {
                self.of_several += 1;
                for square in squares {
                    self.counts.entry(square).or_default().possible.add(incident.kind.as_deref());
                }
            }
        }
    }
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
    let selection = Selection::new(options)?;
    let has_ids = selection.keeps("id");
    let squares = options.coarsen_m.map(Grid::new).transpose()?;
    let epoch = Timestamp::read("1970-01-01T00:00:00Z", None)?;
    // Thousands of regions nobody sees need no outline; squares need that of each.
    let seen = AtomicUsize::new(0);
    let make = |incident: Entry<'_>, answer: Option<Answer>| {
        let id = incident.id()?;
        if let Some(why) = selection.leaves_out(&incident) {
            return Ok((id, Err(why)));
        }
        let is_binned = squares.is_none() && seen.fetch_add(1, Ordering::Relaxed) >= options.most_single;
        Ok((id, Ok(map_incident(&incident, answer, reader, &selection, epoch, is_binned))))
    };
    let mut found = MapIncidents {
        squares: squares.map(|grid| Squares { grid, counts: BTreeMap::new(), of_several: 0, too_wide: 0 }),
        ..MapIncidents::default()
    };
    let (mut bytes, mut drawn_count, mut doubtful) = (0, 0_usize, 0_u64);
    let (far, not_drawn) = (&mut summary.far_ids, &mut summary.not_drawn_ids);
    let not_chosen = &mut summary.not_chosen;
    let take = &mut |(id, drawn): (crate::incident::IncidentId, Result<MapIncident, LeftOut>), before| {
        let drawn = match drawn {
            Ok(drawn) => drawn,
            Err(why) => {
                *match why {
                    LeftOut::OtherTime => &mut not_chosen.other_time,
                    LeftOut::NoTime => &mut not_chosen.without_time,
                    LeftOut::Filtered => &mut not_chosen.filtered,
                } += 1;
                return Ok(());
            }
        };
        drawn_count += 1;
        doubtful += u64::from(drawn.is_doubtful);
        let (id, mark): (FeatureId, Mark) = id.behind(before);
        let id = if has_ids { id } else { FeatureId::text(format!("#{}", mark.number)) };
        if drawn.is_far {
            far.push(id.as_str().to_owned());
        }
        if drawn.positions.is_empty() && is_nothing(&drawn.shape) {
            not_drawn.push(id.as_str().to_owned());
            return Ok(());
        }
        if let Some(squares) = &mut found.squares {
            if !drawn.is_far {
                squares.add(&drawn);
            }
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
    let mut rejected = Vec::new();
    let mut list = |one: &Reject| {
        if rejected.len() < MapSummary::MOST_REJECTED {
            rejected.push(one.clone());
        }
    };
    let run = run.listed(&mut list);
    let read = for_each(source, reader, run, &make, take)?;
    (summary.rejected, summary.tally, summary.reprojections) = (rejected, read.tally, read.reprojections);
    summary.unmet_fields = selection.unmet();
    summary.not_chosen.doubtful = doubtful;
    found.chosen = selection.notes();
    found.is_binned = found.squares.is_none() && options.counts(drawn_count);
    if found.is_binned {
        found.list.iter_mut().for_each(|incident| incident.shape = IncidentGeometry::None);
    }
    Ok(found)
}

/// An incident as a map has it, without its id.
pub(super) fn map_incident(
    incident: &Entry<'_>,
    answer: Option<Answer>,
    reader: &IncidentReader,
    selection: &Selection<'_>,
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
    let minutes =
        reading.when.as_ref().filter(|_| selection.keeps("time")).and_then(|when| when.span()).map(|span| {
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
    let post = post.filter(|_| selection.keeps_answer("nearest_post"));
    let route = route.filter(|_| selection.keeps_answer("nearest_route"));
    let mut facts = Facts::default();
    incident.properties(|name, value| {
        if selection.keeps(&name) {
            facts.add(&name, &value);
        }
    });
    let persons =
        [facts.killed, facts.wounded].iter().filter_map(|persons| persons.count).fold(0, u32::saturating_add);
    let certainty = match (reading.location.region().zip(found), reading.location.not_located()) {
        (Some((described, mut answer)), _) => {
            if !selection.keeps_answer("nearest_post") {
                answer.posts.list.clear();
            }
            if !selection.keeps_answer("nearest_route") {
                answer.routes.list.clear();
            }
            let notes = joined(&described.warnings)
                .into_iter()
                .chain(joined(&described.assumed).map(|assumed| format!("Assumed: {assumed}")));
            Certainty::Region(Box::new(InRegion {
                form: described.location.form(),
                area_km2: described.location.region().area_km2(),
                answer: *answer,
                // They may cite members that are not chosen.
                notes: notes.filter(|_| selection.keeps_all()).collect(),
            }))
        }
        (None, Some(why)) if selection.keeps_all() => Certainty::NotLocated(why.to_string().into()),
        (None, Some(_)) => Certainty::NotLocated("its location can't be read".into()),
        (None, None) => Certainty::Exact,
    };
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
        kind: facts.kind.map(String::into_boxed_str),
        status: facts.status.map(String::into_boxed_str),
        casualties: persons,
        is_doubtful: selection.is_doubtful(incident),
        properties: selection.kept(&incident.properties_text()),
    }
}

impl MapIncident {
    fn cut(&mut self, read: &ReadOptions) {
        self.properties = kept_members(&self.properties, |name| kept_as(name, read).is_some());
    }
}

/// The points of a collection, which is located by none of them.
pub(super) fn points_of(geometry: &IncidentGeometry) -> Vec<Position> {
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
