//! Incidents as a map shows them: places, regions, times, what is nearest, and all their properties.

use super::{MapOptions, MapSummary};
use crate::analysis::region_geometry;
use crate::annotate::{LoggedTime, ReportLayer};
use crate::index::{LocateOptions, PostHit, RouteHit};
use crate::io::{RawFeature, members, plain_text};
use crate::model::{Instant, LocationForm, TimeSpan};
use crate::sightings::{SightingReader, SightingTexts};
use crate::{Error, PatrolArea, Place, Position};

/// What is nearest, and the position from which it is.
type Reached<T> = (T, Position);

/// One incident.
#[derive(Debug, Clone)]
pub(super) struct MapIncident {
    pub id: String,
    /// Where its symbols stand; of a report that is not a point its region's reference point.
    pub positions: Vec<Position>,
    /// What it covers, where it is not points: its region, or its geometry.
    pub shape: Place,
    /// How it was reported, where that was not as a point.
    pub form: Option<LocationForm>,
    /// Seconds since 1970.
    pub time_s: Option<f64>,
    /// The nearest post, and from which of the positions.
    pub post: Option<Reached<PostHit>>,
    /// The place on the nearest route.
    pub route: Option<Reached<RouteHit>>,
    /// Its properties as texts, in their order.
    pub properties: Vec<(String, String)>,
}

/// Reads a layer of incidents; what can't be drawn is counted.
///
/// # Errors
/// Where a feature is no GeoJSON.
pub(super) fn read(
    layer: &ReportLayer,
    area: &PatrolArea,
    options: &MapOptions,
    summary: &mut MapSummary,
) -> Result<Vec<MapIncident>, Error> {
    let reader = SightingReader::new(area, options.sightings.clone());
    let epoch = Instant::read("1970-01-01T00:00:00Z", None)?;
    let mut incidents = Vec::with_capacity(layer.texts().len());
    for (number, text) in (1..).zip(layer.texts()) {
        let in_file = |error: Error| error.in_file(layer.name());
        let feature = RawFeature { number, ..RawFeature::alone(text) };
        let parts = feature.parts().map_err(in_file)?;
        let place = parts.incident_place().map_err(in_file)?;
        let id = parts.id(None).map_err(in_file)?.as_str().to_owned();
        summary.incidents += 1;
        let mut warn = |message: String| summary.warnings.push(format!("incident {id}: {message}"));
        let sighting = match reader.read(&SightingTexts::of_feature_at(&parts, &options.time_field), &place) {
            Ok(sighting) => sighting,
            Err(error) => {
                warn(error.to_string());
                None
            }
        };
        let time = match LoggedTime::of_feature(&parts, &options.time_field, options.zone.as_ref()) {
            LoggedTime::At(time) | LoggedTime::Day(time) => Some(time),
            LoggedTime::None => None,
            LoggedTime::Unreadable(why) => {
                warn(why);
                None
            }
        };
        let time_s = time.map(|time| time.seconds_after(epoch));
        let form = sighting.as_ref().map(|sighting| sighting.location.form());
        let (positions, shape) = match sighting {
            Some(sighting) => {
                let region = sighting.location.region();
                // Thousands of regions nobody sees need no outline.
                let shape =
                    if options.counts(layer.texts().len()) { Place::None } else { region_geometry(region) };
                (vec![region.reference()], shape)
            }
            None => match place {
                Place::Point(position) => (vec![position], Place::None),
                Place::MultiPoint(positions) => (positions, Place::None),
                place => (Vec::new(), place),
            },
        };
        summary.without_time += usize::from(time_s.is_none());
        if positions.is_empty() && is_nothing(&shape) {
            summary.not_drawn += 1;
            summary.not_drawn_ids.push(id);
            continue;
        }
        let (post, route) = nearest(area, &positions, time);
        let properties = members(parts.properties.object())
            .map(|member| (member.key.into_owned(), property_text(member.value)))
            .collect();
        incidents.push(MapIncident { id, positions, shape, form, time_s, post, route, properties });
    }
    Ok(incidents)
}

/// Objects and arrays as they are written, strings without their quotes.
fn property_text(value: &str) -> String {
    match value.as_bytes().first() {
        Some(b'[' | b'{') | None => value.to_owned(),
        _ => plain_text(value).into_owned(),
    }
}

fn is_nothing(place: &Place) -> bool {
    match place {
        Place::None => true,
        Place::Collection(places) => places.iter().all(is_nothing),
        Place::Lines(lines) => lines.iter().all(Vec::is_empty),
        Place::Region(region) => region.polygons().is_empty(),
        place => place.positions().is_empty(),
    }
}

/// The nearest post and route in service at a time, of several positions, each by the position that is nearest.
fn nearest(
    area: &PatrolArea,
    positions: &[Position],
    at: Option<Instant>,
) -> (Option<Reached<PostHit>>, Option<Reached<RouteHit>>) {
    let options = LocateOptions { at: at.map(TimeSpan::from), ..LocateOptions::default() };
    let mut post: Option<Reached<PostHit>> = None;
    let mut route: Option<Reached<RouteHit>> = None;
    for &position in positions {
        if !area.posts().is_empty() {
            let hit = area.nearest_posts(position, &options).first().copied();
            let nearer = |hit: &PostHit| post.is_none_or(|(best, _)| hit.distance_m < best.distance_m);
            if let Some(hit) = hit.filter(nearer) {
                post = Some((hit, position));
            }
        }
        if !area.routes().is_empty() {
            let hit = area.nearest_routes(position, &options).first().copied();
            let nearer =
                |hit: &RouteHit| route.is_none_or(|(best, _)| hit.location.offset_m < best.location.offset_m);
            if let Some(hit) = hit.filter(nearer) {
                route = Some((hit, position));
            }
        }
    }
    (post, route)
}
