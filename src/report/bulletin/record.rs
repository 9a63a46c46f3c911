//! One incident, as far as a bulletin counts and names it.

use super::contacts::{Contact, contacts};
use super::value::Value;
use crate::analysis::{Candidates, UncertainAnswer};
use crate::described::{NotLocated, Warning, names_time};
use crate::incident::{Answer, Entry, IncidentId, Location, Mark, Oddity, Reading};
use crate::io::{self, Passed};
use crate::linear::Side;
use crate::number::{AREA_DECIMALS, BEARING_DECIMALS, METRE_DECIMALS, SHARE_DECIMALS, bearing, rounded};
use crate::report::facts::{self, Facts, Status};
use crate::report::map::SmallIncident;
use crate::time::{TimeSpan, When};
use crate::{Error, FeatureId, PatrolIndex};

/// A post or a route that may be the nearest to an uncertain incident.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Its index in the layer.
    pub index: usize,
    pub share: f64,
    pub min_distance_m: f64,
    pub max_distance_m: f64,
}

/// What may be said of an incident that lies in a region: one answer all over it, none, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certain<T> {
    Value(T),
    None,
    Undecided,
}

/// A region that an incident lies in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Region {
    pub form: &'static str,
    pub area_km2: f64,
    pub posts: Vec<Candidate>,
    pub routes: Vec<Candidate>,
    /// The corridor that it counts for, by its index.
    pub corridor: Certain<usize>,
    /// All corridors that it may lie in.
    pub corridors: Vec<usize>,
    pub side: Certain<Side>,
    pub warnings: Vec<Warning>,
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

/// What is near a position.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Near {
    pub post: Option<NearPost>,
    pub route: Option<NearRoute>,
    /// The corridor that it counts for: of those that it lies in that of the nearest route, else the first.
    pub corridor: Option<usize>,
}

/// Where an incident was.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Where {
    At(Box<Near>),
    In(Box<Region>),
    /// Why it is not located.
    Nowhere(NotLocated),
}

/// What is said of an incident of the period, or of one that may be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Details {
    pub place: Where,
    pub oddity: Option<Oddity>,
    /// A time that leaves several instants open, as it is written.
    pub time: Option<String>,
    pub kind: Option<String>,
    pub status: Option<String>,
    /// Properties that are to count persons and are no number of them, with what they say.
    pub unread: Vec<(&'static str, String)>,
    pub description: Option<String>,
    pub settled_with: Vec<String>,
    /// Where it is on a map, where one is wanted.
    pub small: Option<Box<SmallIncident>>,
}

/// An incident before its place in the file is known.
pub(super) struct Draft {
    id: IncidentId,
    when: When,
    killed: Option<u32>,
    wounded: Option<u32>,
    is_open: bool,
    details: Details,
}

/// One incident: some 160 bytes and its id. One of the period, or that may be of it, has 250 bytes more and the texts that the
/// bulletin shows; of a region 150 bytes more, and 32 for each candidate.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    pub id: FeatureId,
    pub mark: Mark,
    pub when: When,
    pub killed: Option<u32>,
    pub wounded: Option<u32>,
    /// Its status says that something is still to be done.
    pub is_open: bool,
    /// `None` of an incident before or after the period.
    pub details: Option<Box<Details>>,
}

/// The texts of an incident; if a name is repeated, the last one wins.
#[derive(Default)]
struct Properties {
    facts: Facts,
    description: Option<String>,
    settled_with: Vec<String>,
    time: Option<String>,
}

impl Properties {
    fn of(incident: &Entry<'_>, time_field: &str) -> Self {
        let mut all = Properties::default();
        incident.properties(|name, value| all.add(&name, &value, time_field));
        all
    }

    fn add(&mut self, name: &str, value: &io::Value<'_>, time_field: &str) {
        match name {
            "description" => self.description = facts::text(value),
            "settled_with" => {
                self.settled_with = contacts(&Value::from(value)).iter().map(Contact::in_one).collect();
            }
            _ => _ = self.facts.add(name, value),
        }
        if names_time(name, time_field) {
            let text = Some(facts::shown(value)).filter(|text| !text.is_empty());
            // The name as it was asked for before one in another case.
            if text.is_some() && (name == time_field || self.time.is_none()) {
                self.time = text;
            }
        }
    }
}

impl Draft {
    /// An incident with what is near it.
    ///
    /// # Errors
    /// Returns an error if the field that is to hold its id holds none.
    pub fn of(
        incident: Entry<'_>,
        answer: Option<&Answer>,
        index: &PatrolIndex,
        time_field: &str,
        small: Option<SmallIncident>,
    ) -> Result<Self, Error> {
        let id = incident.id()?;
        let Properties { facts, description, settled_with, time } = Properties::of(&incident, time_field);
        let Facts { kind, status, killed, wounded } = facts;
        let Reading { location, when, .. } = incident.reading;
        let when = when.unwrap_or(When::Missing);
        let unread = [("killed", killed.unread), ("wounded", wounded.unread)];
        let is_kept = matches!(when, When::Twice(..) | When::Day(_));
        let known = status.as_deref().and_then(Status::of);
        let status = status.map(|text| known.map_or(text, |known| known.name.to_owned()));
        Ok(Draft {
            id,
            when,
            killed: killed.count,
            wounded: wounded.count,
            is_open: known.is_some_and(|status| status.is_open),
            details: Details {
                place: place(&location, answer, index),
                oddity: answer.and_then(|answer| answer.oddity),
                time: time.filter(|_| is_kept),
                kind,
                status,
                unread: unread.into_iter().filter_map(|(name, found)| Some((name, found?))).collect(),
                description,
                settled_with,
                small: small.map(Box::new),
            },
        })
    }

    /// The incident, whose number and line count from `before`; `is_told` decides whether its details are kept.
    pub fn behind(self, before: Passed, is_told: impl FnOnce(&When) -> bool) -> Record {
        let Draft { id, when, killed, wounded, is_open, details } = self;
        let (id, mark) = id.behind(before);
        let details = is_told(&when).then(|| Box::new(details));
        Record { id, mark, when, killed, wounded, is_open, details }
    }
}

impl Record {
    /// Killed and wounded.
    pub fn persons(&self) -> [u64; 2] {
        [self.killed, self.wounded].map(|count| u64::from(count.unwrap_or(0)))
    }

    /// All instants of it, the earlier ones of two; orders incidents in time.
    pub fn span(&self) -> Option<TimeSpan> {
        self.when.span()
    }
}

fn place(location: &Location, answer: Option<&Answer>, index: &PatrolIndex) -> Where {
    if let Some(why) = location.not_located() {
        return Where::Nowhere(why.clone());
    }
    let Some(answer) = answer else { return Where::At(Box::default()) };
    match location.region().zip(answer.region.as_deref()) {
        Some((described, found)) => {
            let region = described.location.region();
            Where::In(Box::new(Region {
                form: described.location.form().as_str(),
                area_km2: rounded(region.area_km2(), AREA_DECIMALS),
                posts: candidates(&found.posts),
                routes: candidates(&found.routes),
                corridor: corridor(found, index),
                corridors: found.corridors_touched.clone(),
                side: side(found),
                warnings: described.warnings.clone(),
            }))
        }
        None => Where::At(Box::new(near(answer, index))),
    }
}

/// Rounded as an annotation has it.
fn near(answer: &Answer, index: &PatrolIndex) -> Near {
    let located = &answer.located;
    let post = located.posts.first().map(|hit| NearPost {
        post: hit.post,
        distance_m: rounded(hit.distance_m, METRE_DECIMALS),
        bearing_deg: hit.bearing_deg.map(|degrees| bearing(degrees, BEARING_DECIMALS)),
    });
    let route = located.routes.first().map(|hit| NearRoute {
        route: hit.route,
        chainage_m: rounded(hit.location.chainage_m, METRE_DECIMALS),
        distance_m: rounded(hit.location.offset_m, METRE_DECIMALS),
        side: hit.location.side,
    });
    let of_route = route.map(|near| index.corridor_of(near.route));
    let of_route = of_route.filter(|corridor| located.corridors.contains(corridor));
    Near { post, route, corridor: of_route.or_else(|| located.corridors.first().copied()) }
}

/// The shares that an annotation has, so that both give the same sums.
fn candidates(found: &Candidates) -> Vec<Candidate> {
    let metres = |metres| rounded(metres, METRE_DECIMALS);
    let candidate = |one: &crate::analysis::Candidate| Candidate {
        index: one.index,
        share: rounded(one.share, SHARE_DECIMALS),
        min_distance_m: metres(one.distances.min_m),
        max_distance_m: metres(one.distances.max_m),
    };
    found.list.iter().map(candidate).collect()
}

/// The corridor that holds the whole region: that of the nearest route, else the only one that the region meets.
fn corridor(found: &UncertainAnswer, index: &PatrolIndex) -> Certain<usize> {
    let (whole, touched) = (&found.corridors_whole, &found.corridors_touched);
    let of_route = match found.routes.list[..] {
        [one] => Some(index.corridor_of(one.index)).filter(|corridor| whole.contains(corridor)),
        _ => None,
    };
    match (of_route, &touched[..]) {
        (Some(corridor), _) => Certain::Value(corridor),
        (None, []) => Certain::None,
        (None, [one]) if whole == touched => Certain::Value(*one),
        _ => Certain::Undecided,
    }
}

fn side(found: &UncertainAnswer) -> Certain<Side> {
    match found.side {
        Some(side) => Certain::Value(side),
        None if found.routes.list.is_empty() => Certain::None,
        None => Certain::Undecided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_takes_little_memory() {
        assert!(size_of::<Record>() <= 192, "{}", size_of::<Record>());
        assert!(size_of::<Details>() <= 264, "{}", size_of::<Details>());
        assert_eq!(size_of::<Candidate>(), 32);
    }
}
