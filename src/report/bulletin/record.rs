//! One annotated incident, as far as a bulletin needs it.

use std::collections::HashMap;

use super::contacts::{Contact, contacts};
use super::figures::WhyNoTime;
use super::read_back;
use super::value::Value;
use crate::linear::Side;
use crate::model::{Day, Instant, Zone};
use crate::sightings::{Doubt, NotLocated, names_time};
use crate::{Error, FeatureId, PatrolArea};

/// What goes before the names of the annotation, so that none of the incident's own is in the way.
pub(super) const PREFIX: &str = "patrol_bulletin_";

/// When an incident was.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum When {
    At(Instant),
    /// On a day, whose hour is not told: its first instant and that of the next day.
    On(Instant, Instant),
    /// Nothing is said.
    Missing,
    /// What is said is no time: the text of it, and why.
    Unusable(String, WhyNoTime),
}

impl When {
    /// The first instant at which it can have been, and the end of those; of an exact time the time itself.
    pub fn span(&self) -> Option<(Instant, Instant)> {
        match *self {
            When::At(at) => Some((at, at)),
            When::On(first, next) => Some((first, next)),
            When::Missing | When::Unusable(..) => None,
        }
    }
}

/// A post or a route that may be the nearest to an uncertain incident.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Its place in the layer.
    pub place: usize,
    pub share: f64,
    pub min_distance_m: f64,
    pub max_distance_m: f64,
}

/// A region that an incident lies in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Region {
    pub form: String,
    pub area_km2: f64,
    pub posts: Vec<Candidate>,
    pub routes: Vec<Candidate>,
    pub doubts: Vec<Doubt>,
}

/// The nearest post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NearPost {
    pub post: usize,
    pub distance_m: f64,
    pub bearing_deg: Option<f64>,
}

/// The nearest route.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NearRoute {
    pub route: usize,
    pub chainage_m: f64,
    pub distance_m: f64,
    pub side: Side,
}

/// Where an incident was.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Where {
    At,
    In(Box<Region>),
    /// Why it is not located.
    Nowhere(NotLocated),
}

/// One incident.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    pub id: FeatureId,
    pub when: When,
    pub place: Where,
    pub post: Option<NearPost>,
    pub route: Option<NearRoute>,
    /// The corridor that it counts for: of those that it lies in that of the nearest route, else the first.
    pub corridor: Option<String>,
    pub kind: Option<String>,
    pub status: Option<String>,
    pub killed: Option<u64>,
    pub wounded: Option<u64>,
    /// Members that are to count persons and are no number of them, with what they say.
    pub unread: Vec<(&'static str, String)>,
    pub description: Option<String>,
    pub settled_with: Vec<String>,
}

/// Reads incidents that were annotated with the prefix.
#[derive(Debug)]
pub(super) struct RecordReader {
    posts: HashMap<(bool, String), usize>,
    routes: HashMap<(bool, String), usize>,
    time_field: String,
    zone: Option<Zone>,
}

impl RecordReader {
    /// By the ids of an area's layers.
    pub fn new(area: &PatrolArea, time_field: &str, zone: Option<&Zone>) -> Self {
        fn places<'i>(ids: impl Iterator<Item = &'i FeatureId>) -> HashMap<(bool, String), usize> {
            ids.enumerate().map(|(place, id)| ((id.is_number(), id.as_str().to_owned()), place)).collect()
        }
        RecordReader {
            posts: places(area.posts().iter().map(|post| &post.id)),
            routes: places(area.routes().iter().map(|route| &route.id)),
            time_field: time_field.to_owned(),
            zone: zone.cloned(),
        }
    }

    /// An incident by its properties.
    ///
    /// # Errors
    /// Where its time is local and no zone was given.
    pub fn read(&self, id: FeatureId, properties: &Value) -> Result<Record, Error> {
        let own = |name: &str| properties.get(&format!("{PREFIX}{name}"));
        let text = |name: &str| properties.text(&format!("{PREFIX}{name}"));
        let number = |name: &str| properties.number(&format!("{PREFIX}{name}"));
        let area_km2 = number("location_area_km2").unwrap_or(0.0);
        let place = match (text("location_warning"), text("location_form")) {
            (Some(why), _) => {
                // A warning of this very run, so that it is one of ours.
                let why = read_back::reason(why.strip_prefix("not located: ").unwrap_or(&why));
                Where::Nowhere(why.unwrap_or(NotLocated::NothingReported))
            }
            (None, Some(form)) if is_position(&form, area_km2) => Where::At,
            (None, Some(form)) => Where::In(Box::new(Region {
                form,
                area_km2,
                posts: candidates(own("post_candidates"), "post_id", &self.posts),
                routes: candidates(own("route_candidates"), "route_id", &self.routes),
                doubts: text("location_doubt").map_or(Vec::new(), |text| read_back::doubts(&text)),
            })),
            (None, None) => Where::At,
        };
        let post = own("post_id").and_then(|id| place_of(id, &self.posts)).zip(number("post_distance_m"));
        let side = match text("route_side").as_deref() {
            Some("left") => Side::Left,
            Some("right") => Side::Right,
            _ => Side::On,
        };
        let route = own("route_id").and_then(|id| place_of(id, &self.routes));
        let route = route.zip(number("route_chainage_m").zip(number("route_distance_m")));
        let corridors: Vec<String> =
            own("corridors").map_or(&[][..], Value::items).iter().filter_map(Value::as_text).collect();
        let of_route = text("corridor").filter(|name| corridors.contains(name));
        let settled_with = properties.get("settled_with").map(contacts).unwrap_or_default();
        let persons = ["killed", "wounded"].into_iter().filter_map(|member| {
            let found = properties.get(member).filter(|_| properties.count(member).is_none())?.shown();
            (!found.is_empty()).then_some((member, found))
        });
        Ok(Record {
            when: self.when(&id, properties)?,
            id,
            place,
            post: post.map(|(post, distance_m)| NearPost {
                post,
                distance_m,
                bearing_deg: number("post_bearing_deg"),
            }),
            route: route.map(|(route, (chainage_m, distance_m))| NearRoute {
                route,
                chainage_m,
                distance_m,
                side,
            }),
            corridor: of_route.or_else(|| corridors.into_iter().next()),
            kind: properties.text("type"),
            status: properties.text("status"),
            killed: properties.count("killed"),
            wounded: properties.count("wounded"),
            unread: persons.collect(),
            description: properties.text("description"),
            settled_with: settled_with.iter().map(Contact::in_one).collect(),
        })
    }

    fn when(&self, id: &FeatureId, properties: &Value) -> Result<When, Error> {
        let field = &self.time_field;
        let is_time = |name: &str| names_time(name, field);
        let text = match properties.get(field).or_else(|| properties.find(is_time)) {
            None | Some(Value::Null) => return Ok(When::Missing),
            Some(Value::Text(text)) if text.trim().is_empty() => return Ok(When::Missing),
            Some(value) => value.shown(),
        };
        let refused = match Instant::read(&text, self.zone.as_ref()) {
            Ok(instant) => return Ok(When::At(instant)),
            Err(refused) => refused,
        };
        let span = self.zone.as_ref().and_then(|zone| text.trim().parse::<Day>().ok()?.bounds(zone).ok());
        // A zone that changed sides of the date line left a day out.
        if let Some((first, next)) = span.filter(|(first, next)| first < next) {
            return Ok(When::On(first, next));
        }
        // Which of many zones it was nobody knows, so that no day can be told: not one bad time, but a bad file.
        let some_zone = "UTC".parse::<Zone>()?;
        let why = match Instant::read(&text, Some(&some_zone)) {
            Ok(_) if self.zone.is_none() => {
                return Err(refused.under(&format!("properties.{field}")).with_id(id.as_str()));
            }
            Ok(_) => WhyNoTime::Clocks,
            Err(_) if self.zone.is_none() && text.trim().parse::<Day>().is_ok() => WhyNoTime::Date,
            Err(_) => WhyNoTime::Unreadable,
        };
        Ok(When::Unusable(text, why))
    }
}

/// True for a position without an uncertainty, however it was written: in degrees, minutes and seconds, or to be off by no
/// more than 0 m.
fn is_position(form: &str, area_km2: f64) -> bool {
    form == "position" || form == "circle" && area_km2 == 0.0
}

fn place_of(id: &Value, places: &HashMap<(bool, String), usize>) -> Option<usize> {
    let key = match id {
        Value::Number(text, _) => (true, text.clone()),
        Value::Text(text) => (false, text.clone()),
        _ => return None,
    };
    places.get(&key).copied()
}

fn candidates(list: Option<&Value>, id: &str, places: &HashMap<(bool, String), usize>) -> Vec<Candidate> {
    let candidate = |one: &Value| {
        let number = |name: &str| one.number(&format!("{PREFIX}{name}"));
        Some(Candidate {
            place: place_of(one.get(&format!("{PREFIX}{id}"))?, places)?,
            share: number("share")?,
            min_distance_m: number("min_distance_m")?,
            max_distance_m: number("max_distance_m")?,
        })
    };
    list.map_or(&[][..], Value::items).iter().filter_map(candidate).collect()
}
