//! The one table of what is written into an incident: names, units, meanings and values.

use super::field::{Field, Scope, Value};
use crate::analysis::Candidates;

/// What every annotation can write, in this order.
pub static FIELDS: &[Field] = &[
    Field {
        name: "post_id",
        kind: "string or number",
        unit: "",
        meaning: "id of the nearest post, as in its layer",
        scope: Scope::EachPost,
        value: |s| s.post.map_or(Value::Null, |hit| Value::Id(&s.index.posts()[hit.post].id)),
    },
    Field {
        name: "post_name",
        kind: "string",
        unit: "",
        meaning: "name of the nearest post; absent if the layer gives none",
        scope: Scope::EachPost,
        value: |s| {
            s.post.map_or(Value::Null, |hit| match &s.index.posts()[hit.post].name {
                Some(name) => Value::Text(name),
                None => Value::Absent,
            })
        },
    },
    Field {
        name: "post_distance_m",
        kind: "number",
        unit: "m",
        meaning: "geodesic distance from the post on WGS84",
        scope: Scope::EachPost,
        value: |s| s.post.map_or(Value::Null, |hit| Value::Metres(hit.distance_m)),
    },
    Field {
        name: "post_bearing_deg",
        kind: "number or null",
        unit: "degrees",
        meaning: "direction from the post to the incident, clockwise from true north; null within 1 mm of it",
        scope: Scope::EachPost,
        value: |s| s.post.and_then(|hit| hit.bearing_deg).map_or(Value::Null, Value::Bearing),
    },
    Field {
        name: "post_margin_m",
        kind: "number or null",
        unit: "m",
        meaning: "how much farther the second-nearest post is: 0 in a tie, null if there is only one post",
        scope: Scope::Posts,
        value: |s| s.located.posts.margin_m().map_or(Value::Null, Value::Metres),
    },
    Field {
        name: "post_tied_ids",
        kind: "array",
        unit: "",
        meaning: "ids of all posts within 1 mm of the smallest distance; absent if there is no tie",
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
        meaning: "id of the nearest route, as in its layer",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Id(&s.index.routes()[hit.route].id)),
    },
    Field {
        name: "route_name",
        kind: "string",
        unit: "",
        meaning: "name of the nearest route; absent if the layer gives none",
        scope: Scope::EachRoute,
        value: |s| {
            s.route.map_or(Value::Null, |hit| match &s.index.routes()[hit.route].name {
                Some(name) => Value::Text(name),
                None => Value::Absent,
            })
        },
    },
    Field {
        name: "corridor",
        kind: "string or null",
        unit: "",
        meaning: "corridor that the nearest route belongs to; null if the layer names none",
        scope: Scope::EachRoute,
        value: |s| {
            let corridor = s.route.and_then(|hit| s.index.routes()[hit.route].corridor.as_deref());
            corridor.map_or(Value::Null, Value::Text)
        },
    },
    Field {
        name: "route_distance_m",
        kind: "number",
        unit: "m",
        meaning: "geodesic distance to the foot (the nearest point of the route)",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Metres(hit.location.offset_m)),
    },
    Field {
        name: "route_chainage_m",
        kind: "number",
        unit: "m",
        meaning: "distance along the route from its first vertex to the foot; `start_chainage_m` is ignored",
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
        meaning: "longitude of the foot",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Degrees(hit.location.foot.lon_deg())),
    },
    Field {
        name: "route_foot_lat",
        kind: "number",
        unit: "degrees",
        meaning: "latitude of the foot",
        scope: Scope::EachRoute,
        value: |s| s.route.map_or(Value::Null, |hit| Value::Degrees(hit.location.foot.lat_deg())),
    },
    Field {
        name: "route_margin_m",
        kind: "number or null",
        unit: "m",
        meaning: "how much farther the second-nearest route is: 0 in a tie, null if there is only one route",
        scope: Scope::Routes,
        value: |s| s.located.routes.margin_m().map_or(Value::Null, Value::Metres),
    },
    Field {
        name: "route_tied_ids",
        kind: "array",
        unit: "",
        meaning: "ids of all routes within 1 mm of the smallest distance; absent if there is no tie",
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
        meaning: "whether the incident is within the half width of a route or in a corridor polygon, \
                  boundary included; null if there are no half widths and no polygons",
        scope: Scope::Corridors,
        value: |s| s.located.in_corridor.map_or(Value::Null, Value::Bool),
    },
    Field {
        name: "corridors",
        kind: "array of strings",
        unit: "",
        meaning: "corridors that contain the incident: first those of routes, in the order of the routes, \
                  then those given as polygons only; absent if there are none",
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
        meaning: "if several are requested: the nearest posts, nearest first, each with the members of a \
                  post above",
        scope: Scope::PostArray,
        value: |s| Value::Posts(&s.located.posts),
    },
    Field {
        name: "nearest_routes",
        kind: "array of objects",
        unit: "",
        meaning: "if several are requested: the nearest routes, nearest first, each with the members of a \
                  route above",
        scope: Scope::RouteArray,
        value: |s| Value::Routes(&s.located.routes),
    },
    Field {
        name: "location_mgrs",
        kind: "string or null",
        unit: "",
        meaning: "MGRS reference, where it is asked for: of a position to 1 m; of a region the square around its \
                  reference point that is at least as wide; null for several positions and beyond 100 km",
        scope: Scope::Grid,
        value: |s| s.mgrs.map_or(Value::Null, Value::Text),
    },
    Field {
        name: "location_warning",
        kind: "string",
        unit: "",
        meaning: "why the incident could not be located; the other members are then absent",
        scope: Scope::Unlocated,
        value: |_| Value::Warning,
    },
    Field {
        name: "location_form",
        kind: "string",
        unit: "",
        meaning: "form of a described location: `position`, `circle`, `grid`, `sector`, `ray`, `route` or \
                  `fix`; the members above then refer to the reference point of its region",
        scope: Scope::Report,
        value: |s| {
            let form = s.report.and_then(|of| of.form);
            form.map_or(Value::Absent, |form| Value::Text(form.as_str()))
        },
    },
    Field {
        name: "location_area_km2",
        kind: "number",
        unit: "km2",
        meaning: "area of the region, to 1 m2; 0 for a ray or an interval of a route",
        scope: Scope::Report,
        value: |s| s.report.map_or(Value::Absent, |of| Value::SquareKilometres(of.area_km2)),
    },
    Field {
        name: "post_certain",
        kind: "bool or null",
        unit: "",
        meaning: "whether one post is the nearest in the whole region; null if there is no post",
        scope: Scope::ReportPosts,
        value: |s| s.report.map_or(Value::Absent, |of| certain(&of.answer.posts)),
    },
    Field {
        name: "route_certain",
        kind: "bool or null",
        unit: "",
        meaning: "whether one route is the nearest in the whole region; null if there is no route",
        scope: Scope::ReportRoutes,
        value: |s| s.report.map_or(Value::Absent, |of| certain(&of.answer.routes)),
    },
    Field {
        name: "post_candidates",
        kind: "array of objects",
        unit: "",
        meaning: "each post that is nearest somewhere in the region, at any distance; largest share first",
        scope: Scope::ReportPosts,
        value: |s| s.report.map_or(Value::Absent, |of| Value::PostCandidates(&of.answer.posts)),
    },
    Field {
        name: "route_candidates",
        kind: "array of objects",
        unit: "",
        meaning: "each route that is nearest somewhere in the region, at any distance; largest share first",
        scope: Scope::ReportRoutes,
        value: |s| s.report.map_or(Value::Absent, |of| Value::RouteCandidates(&of.answer.routes)),
    },
    Field {
        name: "corridor_share",
        kind: "number or null",
        unit: "",
        meaning: "share of the region inside at least one corridor, 0 to 1; null if there are no corridors",
        scope: Scope::ReportCorridors,
        value: |s| {
            let share = |share: Option<f64>| share.map_or(Value::Null, Value::Share);
            s.report.map_or(Value::Absent, |of| share(of.answer.corridor_share))
        },
    },
    Field {
        name: "location_doubt",
        kind: "string",
        unit: "",
        meaning: "warnings about the location; absent if there are none",
        scope: Scope::Report,
        value: |s| {
            let of = s.report;
            match of.and_then(|of| of.warning) {
                Some(warning) => Value::Text(warning),
                None => match of.and_then(|of| of.described).map(|of| &of.warnings[..]) {
                    None | Some([]) => Value::Absent,
                    Some(warnings) => Value::Warnings(warnings),
                },
            }
        },
    },
    Field {
        name: "location_assumed",
        kind: "string",
        unit: "",
        meaning: "tolerances that the incident does not give, assumed from how its distance or direction is \
                  written; absent if nothing was assumed",
        scope: Scope::Report,
        value: |s| match s.report.and_then(|of| of.described).map(|of| &of.assumed[..]) {
            None | Some([]) => Value::Absent,
            Some(assumed) => Value::Assumed(assumed),
        },
    },
];

/// What stands in each object of `post_candidates` (those of a post) and `route_candidates` (those of a route), in this
/// order and behind the same prefix. They never stand in the properties themselves, and are not in the way there.
pub static CANDIDATE_FIELDS: &[Field] = &[
    Field {
        name: "post_id",
        kind: "string or number",
        unit: "",
        meaning: "id of the post",
        scope: Scope::PostCandidate,
        value: |s| s.candidate.map_or(Value::Null, |of| Value::Id(&s.index.posts()[of.index].id)),
    },
    Field {
        name: "share",
        kind: "number",
        unit: "",
        meaning: "share of the region in which it is nearest, 0 to 1, within 0.01: of the area, or of the \
                  length of a line",
        scope: Scope::PostCandidate,
        value: |s| s.candidate.map_or(Value::Null, |of| Value::Share(of.share)),
    },
    Field {
        name: "min_distance_m",
        kind: "number",
        unit: "m",
        meaning: "distance to the nearest point of the region",
        scope: Scope::PostCandidate,
        value: |s| s.candidate.map_or(Value::Null, |of| Value::Metres(of.distances.min_m)),
    },
    Field {
        name: "max_distance_m",
        kind: "number",
        unit: "m",
        meaning: "distance to the farthest point of the region",
        scope: Scope::PostCandidate,
        value: |s| s.candidate.map_or(Value::Null, |of| Value::Metres(of.distances.max_m)),
    },
    Field {
        name: "route_id",
        kind: "string or number",
        unit: "",
        meaning: "id of the route",
        scope: Scope::RouteCandidate,
        value: |s| s.candidate.map_or(Value::Null, |of| Value::Id(&s.index.routes()[of.index].id)),
    },
    Field {
        name: "corridor",
        kind: "string or null",
        unit: "",
        meaning: "corridor that the route belongs to; null if the layer names none",
        scope: Scope::RouteCandidate,
        value: |s| {
            let corridor = s.candidate.and_then(|of| s.index.routes()[of.index].corridor.as_deref());
            corridor.map_or(Value::Null, Value::Text)
        },
    },
    Field {
        name: "share",
        kind: "number",
        unit: "",
        meaning: "share of the region in which it is nearest, 0 to 1, within 0.01: of the area, or of the \
                  length of a line",
        scope: Scope::RouteCandidate,
        value: |s| s.candidate.map_or(Value::Null, |of| Value::Share(of.share)),
    },
    Field {
        name: "min_distance_m",
        kind: "number",
        unit: "m",
        meaning: "distance to the nearest point of the region",
        scope: Scope::RouteCandidate,
        value: |s| s.candidate.map_or(Value::Null, |of| Value::Metres(of.distances.min_m)),
    },
    Field {
        name: "max_distance_m",
        kind: "number",
        unit: "m",
        meaning: "distance to the farthest point of the region",
        scope: Scope::RouteCandidate,
        value: |s| s.candidate.map_or(Value::Null, |of| Value::Metres(of.distances.max_m)),
    },
];

fn certain(candidates: &Candidates) -> Value<'_> {
    match candidates.list[..] {
        [] => Value::Null,
        _ => Value::Bool(candidates.is_certain()),
    }
}
