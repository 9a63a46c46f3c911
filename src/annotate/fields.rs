//! The one table of what is written into an incident: names, units, meanings and values.

use crate::index::{Located, Nearest, PostHit, RouteHit};
use crate::{FeatureId, PatrolArea};

/// A member that an annotation writes; [`FIELDS`] lists them all.
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
    /// Of an incident that could not be located.
    Unlocated,
}

/// What a member speaks of: the whole answer, and the post and route in question (none where the nearest
/// is farther than the greatest distance, or its layer is empty).
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub area: &'a PatrolArea,
    pub located: &'a Located,
    pub post: Option<&'a PostHit>,
    pub route: Option<&'a RouteHit>,
}

/// The value of a member.
pub(crate) enum Value<'a> {
    /// The member is left out.
    Absent,
    Null,
    Id(&'a FeatureId),
    Text(&'a str),
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
    Warning,
}

/// What every annotation can write, in this order.
pub static FIELDS: &[Field] = &[
    Field {
        name: "post_id",
        kind: "string or number",
        unit: "",
        meaning: "id of the nearest observation post, as in its layer",
        scope: Scope::EachPost,
        value: |s| s.post.map_or(Value::Null, |hit| Value::Id(&s.area.posts()[hit.post].id)),
    },
    Field {
        name: "post_name",
        kind: "string",
        unit: "",
        meaning: "its name; left out where the layer has none",
        scope: Scope::EachPost,
        value: |s| {
            s.post.map_or(Value::Null, |hit| match &s.area.posts()[hit.post].name {
                Some(name) => Value::Text(name),
                None => Value::Absent,
            })
        },
    },
    Field {
        name: "post_distance_m",
        kind: "number",
        unit: "m",
        meaning: "geodesic distance on WGS84",
        scope: Scope::EachPost,
        value: |s| s.post.map_or(Value::Null, |hit| Value::Metres(hit.distance_m)),
    },
    Field {
        name: "post_bearing_deg",
        kind: "number or null",
        unit: "degrees",
        meaning: "azimuth at the post towards the incident, clockwise from true north; null within 1 mm",
        scope: Scope::EachPost,
        value: |s| s.post.and_then(|hit| hit.bearing_deg).map_or(Value::Null, Value::Bearing),
    },
    Field {
        name: "post_margin_m",
        kind: "number or null",
        unit: "m",
        meaning: "how much farther the second-nearest post is, 0 in a tie; null with one post",
        scope: Scope::Posts,
        value: |s| s.located.posts.margin_m().map_or(Value::Null, Value::Metres),
    },
    Field {
        name: "post_tied_ids",
        kind: "array",
        unit: "",
        meaning: "ids of all posts within 1 mm of the smallest distance; left out where there is no tie",
        scope: Scope::Posts,
        value: |s| match s.located.posts.tied() {
            [] => Value::Absent,
            tied => Value::PostIds(tied),
        },
    },
    Field {
        name: "route_id",
        kind: "string or number",
        unit: "",
        meaning: "id of the nearest patrol route, as in its layer",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Id(&s.area.routes()[hit.route].id)),
    },
    Field {
        name: "route_name",
        kind: "string",
        unit: "",
        meaning: "its name; left out where the layer has none",
        scope: Scope::EachRoute,
        value: |s| {
            s.route.map_or(Value::Null, |hit| match &s.area.routes()[hit.route].name {
                Some(name) => Value::Text(name),
                None => Value::Absent,
            })
        },
    },
    Field {
        name: "corridor",
        kind: "string or null",
        unit: "",
        meaning: "the corridor that the nearest route belongs to",
        scope: Scope::EachRoute,
        value: |s| {
            let corridor = s.route.and_then(|hit| s.area.routes()[hit.route].corridor.as_deref());
            corridor.map_or(Value::Null, Value::Text)
        },
    },
    Field {
        name: "route_distance_m",
        kind: "number",
        unit: "m",
        meaning: "geodesic distance to the nearest point of the route",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Metres(hit.location.offset_m)),
    },
    Field {
        name: "route_chainage_m",
        kind: "number",
        unit: "m",
        meaning: "distance along the route from its first vertex, which is at 0 whatever its `start_chainage_m`, to that nearest point",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Metres(hit.location.chainage_m)),
    },
    Field {
        name: "route_side",
        kind: "left, right or on",
        unit: "",
        meaning: "side of the route, facing increasing chainage",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Text(hit.location.side.as_str())),
    },
    Field {
        name: "route_foot_lon",
        kind: "number",
        unit: "degrees",
        meaning: "longitude of that nearest point",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Degrees(hit.location.foot.lon_deg())),
    },
    Field {
        name: "route_foot_lat",
        kind: "number",
        unit: "degrees",
        meaning: "latitude of that nearest point",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Degrees(hit.location.foot.lat_deg())),
    },
    Field {
        name: "route_margin_m",
        kind: "number or null",
        unit: "m",
        meaning: "how much farther the second-nearest route is, 0 in a tie; null with one route",
        scope: Scope::Routes,
        value: |s| s.located.routes.margin_m().map_or(Value::Null, Value::Metres),
    },
    Field {
        name: "route_tied_ids",
        kind: "array",
        unit: "",
        meaning: "ids of all routes within 1 mm of the smallest distance; left out where there is no tie",
        scope: Scope::Routes,
        value: |s| match s.located.routes.tied() {
            [] => Value::Absent,
            tied => Value::RouteIds(tied),
        },
    },
    Field {
        name: "in_corridor",
        kind: "bool or null",
        unit: "",
        meaning: "within the half width of at least one route, or in a polygon of --corridors, edge included; \
                  null where there is neither",
        scope: Scope::Corridors,
        value: |s| s.located.in_corridor.map_or(Value::Null, Value::Bool),
    },
    Field {
        name: "corridors",
        kind: "array of strings",
        unit: "",
        meaning: "the corridors that it lies in, in the order of their first routes, then those of --corridors; \
                  left out where there is none",
        scope: Scope::Corridors,
        value: |s| match &s.located.corridors[..] {
            [] => Value::Absent,
            corridors => Value::Corridors(corridors),
        },
    },
    Field {
        name: "nearest_posts",
        kind: "array of objects",
        unit: "",
        meaning: "with -k N: the N nearest posts, nearest first, each with the members of a post above",
        scope: Scope::PostArray,
        value: |s| Value::Posts(&s.located.posts),
    },
    Field {
        name: "nearest_routes",
        kind: "array of objects",
        unit: "",
        meaning: "with -k N: the N nearest routes, nearest first, each with the members of a route above",
        scope: Scope::RouteArray,
        value: |s| Value::Routes(&s.located.routes),
    },
    Field {
        name: "location_warning",
        kind: "string",
        unit: "",
        meaning: "why the incident could not be located; the other members are then absent",
        scope: Scope::Unlocated,
        value: |_| Value::Warning,
    },
];
