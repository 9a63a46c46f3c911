//! What a member of an annotation is: where it stands, what it speaks of and what it can hold.

use crate::analysis::{Candidate, Candidates, UncertainAnswer};
use crate::described::{Assumption, Described, Warning};
use crate::index::{Located, Nearest, PostHit, RouteHit};
use crate::region::LocationForm;
use crate::{FeatureId, PatrolIndex};

/// A member that an annotation writes; [`FIELDS`](super::FIELDS) and [`CANDIDATE_FIELDS`](super::CANDIDATE_FIELDS) list
/// them all.
///
/// ```
/// use patrol_corridor::annotate::FIELDS;
/// let distance = FIELDS.iter().find(|field| field.name == "post_distance_m").unwrap();
/// assert_eq!((distance.kind, distance.unit), ("number", "m"));
/// ```
#[derive(Debug)]
pub struct Field {
    /// Its name, before any prefix.
    pub name: &'static str,
    /// Its JSON type.
    pub kind: &'static str,
    /// Its unit, or nothing.
    pub unit: &'static str,
    /// What it says.
    pub meaning: &'static str,
    pub(crate) scope: Scope,
    pub(crate) value: for<'a> fn(&Subject<'a>) -> Value<'a>,
}

/// Where a member stands, and which layer it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Of a post: flat for the nearest, and in each object of `nearest_posts`.
    EachPost,
    /// Of the posts, flat only.
    Posts,
    /// Of a route: flat for the nearest, and in each object of `nearest_routes`.
    EachRoute,
    /// Of the routes, flat only.
    Routes,
    /// Of the corridors, by half width or as regions.
    Corridors,
    /// The objects of `nearest_posts`: only where more than one is asked for.
    PostArray,
    /// The objects of `nearest_routes`.
    RouteArray,
    /// The grid reference of the location, where it is asked for.
    Grid,
    /// Of an incident that could not be located.
    Unlocated,
    /// Of an incident whose location is a region.
    Report,
    /// The posts of such an incident.
    ReportPosts,
    /// The routes of such an incident.
    ReportRoutes,
    /// The corridors of such an incident.
    ReportCorridors,
    /// How a map draws an incident.
    Style,
    /// How a map draws a region.
    ReportStyle,
    /// In each object of `post_candidates`.
    PostCandidate,
    /// In each object of `route_candidates`.
    RouteCandidate,
}

impl Scope {
    /// True for what only an incident has whose location is a region.
    pub fn is_of_report(self) -> bool {
        matches!(
            self,
            Scope::Report
                | Scope::ReportPosts
                | Scope::ReportRoutes
                | Scope::ReportCorridors
                | Scope::ReportStyle
        )
    }
}

/// Where an incident whose location is a region can be, and what is near to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Report<'a> {
    /// None of a region that several reports have in common.
    pub form: Option<LocationForm>,
    pub area_km2: f64,
    /// What is doubtful about it and what was assumed of it.
    pub described: Option<&'a Described>,
    /// What is doubtful about what several have in common.
    pub warning: Option<&'a str>,
    pub answer: &'a UncertainAnswer,
}

impl<'a> Report<'a> {
    /// What is said of a described location.
    pub fn of(described: &'a Described, answer: &'a UncertainAnswer) -> Self {
        let location = &described.location;
        let (form, area_km2) = (Some(location.form()), location.region().area_km2());
        Report { form, area_km2, described: Some(described), warning: None, answer }
    }
}

/// What a member speaks of: the whole answer, and the post and route in question (none where the nearest
/// is farther than the greatest distance, or its layer is empty).
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub index: &'a PatrolIndex,
    pub located: &'a Located,
    pub post: Option<&'a PostHit>,
    pub route: Option<&'a RouteHit>,
    /// None where the incident's location is a position.
    pub report: Option<Report<'a>>,
    pub candidate: Option<&'a Candidate>,
    /// None where it is not asked for, or there is none.
    pub mgrs: Option<&'a str>,
}

impl<'a> Subject<'a> {
    /// The same, speaking of another post.
    pub fn of_post(&self, hit: &'a PostHit) -> Self {
        Subject { post: Some(hit), ..*self }
    }

    /// The same, speaking of another route.
    pub fn of_route(&self, hit: &'a RouteHit) -> Self {
        Subject { route: Some(hit), ..*self }
    }

    /// The same, speaking of a post or a route that may be the nearest.
    pub fn of_candidate(&self, candidate: &'a Candidate) -> Self {
        Subject { candidate: Some(candidate), ..*self }
    }
}

/// The value of a member.
pub(crate) enum Value<'a> {
    /// The member is left out.
    Absent,
    Null,
    Id(&'a FeatureId),
    Text(&'a str),
    /// What is doubtful about a described location; words are made where it is written.
    Warnings(&'a [Warning]),
    /// What was assumed of it.
    Assumed(&'a [Assumption]),
    Metres(f64),
    Bearing(f64),
    Degrees(f64),
    Bool(bool),
    /// The ids of posts, by place.
    PostIds(&'a [usize]),
    /// The ids of routes, by place.
    RouteIds(&'a [usize]),
    /// The names of corridors, by place.
    Corridors(&'a [usize]),
    Posts(&'a Nearest<PostHit>),
    Routes(&'a Nearest<RouteHit>),
    /// An area in square kilometres.
    SquareKilometres(f64),
    /// A share, 0 to 1.
    Share(f64),
    PostCandidates(&'a Candidates),
    RouteCandidates(&'a Candidates),
    Warning,
}
