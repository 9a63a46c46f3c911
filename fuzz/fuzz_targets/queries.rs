//! Small areas in the hard places of the globe: the index gives what its twins give, and that is right.
#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use patrol_corridor::index::{CorridorHit, LocateOptions, Nearest, Search};
use patrol_corridor::linear::{LinearElement, RouteLocation};
use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position, geodesy};

const LONGITUDES: [f64; 12] =
    [0.0, -0.0, 180.0, -180.0, 90.0, -90.0, 179.999_999_999, -179.999_999_999, 179.5, -179.5, 46.8, 1e-12];
const LATITUDES: [f64; 12] =
    [0.0, -0.0, 90.0, -90.0, 89.999_999_999, -89.999_999_999, 89.9, -89.9, 45.0, 40.0, 1e-12, -60.0];
/// Steps in degrees, from less than any position can tell to a tenth of the globe.
const STEPS: [f64; 8] = [1e-15, 1e-12, 1e-9, 1e-7, 1e-5, 1e-3, 0.05, 1.5];
/// Positions, each often near an earlier one.
#[derive(Default)]
struct Positions(Vec<Position>);

impl Positions {
    fn next(&mut self, u: &mut Unstructured<'_>) -> Result<Position> {
        let kind = u8::arbitrary(u)?;
        let near = match self.0.len() {
            0 => None,
            count => Some(self.0[usize::from(kind >> 3) % count]),
        };
        let (lon, lat) = match (kind & 7, near) {
            (0, Some(near)) => (near.lon_deg(), near.lat_deg()),
            (1..=3, Some(near)) => {
                let step = *u.choose(&STEPS)?;
                let (east, north) = <(i8, i8)>::arbitrary(u)?;
                (near.lon_deg() + step * f64::from(east), near.lat_deg() + step * f64::from(north))
            }
            // The same place by another longitude, and the antipode.
            (4, Some(near)) if kind & 8 == 0 => (-near.lon_deg(), near.lat_deg()),
            (4, Some(near)) => (near.lon_deg() + 180.0, -near.lat_deg()),
            (0..=4, _) => (*u.choose(&LONGITUDES)?, *u.choose(&LATITUDES)?),
            (5, _) => (f64::from(i16::arbitrary(u)?) * 0.01, f64::from(i16::arbitrary(u)?) * 0.005),
            (6, _) => (f64::arbitrary(u)?, f64::arbitrary(u)?),
            (_, _) => (f64::from(i32::arbitrary(u)?) * 1e-7, f64::from(i32::arbitrary(u)?) * 5e-8),
        };
        let wrap = |lon: f64| if lon.abs() <= 180.0 { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 };
        let number = |x: f64| if x.is_finite() { x } else { 0.0 };
        let position = Position::from_lon_lat(wrap(number(lon)), number(lat).clamp(-90.0, 90.0)).unwrap();
        self.0.push(position);
        Ok(position)
    }
}

#[derive(Debug)]
struct Case {
    posts: Vec<ObservationPost>,
    routes: Vec<PatrolRoute>,
    edges: Edges,
    queries: Vec<Position>,
    count: usize,
    max_distance_m: Option<f64>,
    radius_m: f64,
}

impl<'a> Arbitrary<'a> for Case {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut positions = Positions::default();
        let edges = if bool::arbitrary(u)? { Edges::Planar } else { Edges::Geodesic };
        let count = usize::from(u8::arbitrary(u)? % 5);
        let max_distance_m = match u8::arbitrary(u)? % 4 {
            0 => Some(distance(u)?),
            _ => None,
        };
        let radius_m = distance(u)?;
        // How much of route there may be: an edge is cut every 20 km, and scans take their time.
        let mut left_m = match u8::arbitrary(u)? {
            255 => 41e6,
            250..=254 => 3e6,
            200..=249 => 4e5,
            _ => 5e4,
        };
        let mut routes = Vec::new();
        for i in 0..u.int_in_range(0..=4_u64)? {
            let mut parts = Vec::new();
            for _ in 0..u.int_in_range(1..=3)? {
                let mut part = vec![positions.next(u)?];
                for _ in 0..u.int_in_range(1..=4)? {
                    let last = *part.last().unwrap();
                    let next = positions.next(u)?;
                    let length_m = geodesy::distance_m(last, next);
                    part.push(if length_m > left_m { last } else { next });
                    left_m -= if length_m > left_m { 0.0 } else { length_m };
                }
                parts.push(part);
            }
            let mut route = PatrolRoute::from_parts(i, parts).unwrap();
            let kind = u8::arbitrary(u)?;
            route.corridor = (kind & 1 == 1).then(|| format!("C{}", kind >> 1 & 1));
            if kind & 4 == 4 {
                let width = distance(u)?;
                route = if width > 0.0 { route.with_half_width_m(width).unwrap() } else { route };
            }
            routes.push(route);
        }
        let mut posts = Vec::new();
        for i in 0..u.int_in_range(0..=14_u64)? {
            posts.push(ObservationPost::new(i, positions.next(u)?));
        }
        let mut queries = Vec::new();
        for _ in 0..u.int_in_range(1..=3)? {
            queries.push(positions.next(u)?);
        }
        Ok(Case { posts, routes, edges, queries, count, max_distance_m, radius_m })
    }
}

fn distance(u: &mut Unstructured<'_>) -> Result<f64> {
    Ok(match u8::arbitrary(u)? % 6 {
        0 => 0.0,
        1 => f64::from(u16::arbitrary(u)?) * 1e-4,
        2 => f64::from(u16::arbitrary(u)?),
        3 => f64::from(u16::arbitrary(u)?) * 400.0,
        4 => 1e9,
        _ => Some(f64::arbitrary(u)?.abs()).filter(|d| d.is_finite()).unwrap_or(1e-3),
    })
}

fuzz_target!(|case: Case| {
    let Case { posts, routes, edges, queries, count, max_distance_m, radius_m } = case;
    let area = PatrolIndex::new(posts, routes, edges).unwrap();
    let lines: Vec<_> = area.routes().iter().map(|route| LinearElement::new(route, edges).unwrap()).collect();
    for q in queries {
        let options = |search| {
            LocateOptions::default().with_count(count).with_max_distance_m(max_distance_m).with_search(search)
        };
        let located = same("locate", |search| area.locate(q, &options(search)));
        let corridors = same("nearest_corridors", |search| area.nearest_corridors(q, &options(search)));
        assert_eq!(area.nearest_posts(q, &options(Search::Index)), located.posts);
        assert_eq!(area.nearest_routes(q, &options(Search::Index)), located.routes);

        // A radius of one's own, and the edge of what was found.
        let post_m = located.posts.hits().last().map_or(radius_m, |hit| hit.distance_m);
        for radius_m in [radius_m, post_m, post_m.next_up(), post_m.next_down().max(0.0)] {
            let posts =
                same("posts_within", |search| area.posts_within(q, radius_m, &search.into()).unwrap());
            assert!(posts.iter().all(|hit| hit.distance_m <= radius_m));
            assert!(posts.is_sorted_by(|a, b| a.distance_m <= b.distance_m));
        }
        let route_m = located.routes.hits().last().map_or(radius_m, |hit| hit.location.offset_m);
        for radius_m in
            [radius_m, if count.is_multiple_of(2) { route_m } else { route_m.next_down().max(0.0) }]
        {
            let routes =
                same("routes_within", |search| area.routes_within(q, radius_m, &search.into()).unwrap());
            // Of feet within a millimetre of each other the one of lowest chainage counts.
            assert!(routes.iter().all(|hit| hit.location.offset_m <= radius_m + 1.1e-3));
            same("corridors_within", |search| area.corridors_within(q, radius_m, &search.into()).unwrap());
        }

        found(&located.posts, count, area.posts().len(), max_distance_m, |hit| hit.distance_m);
        found(&located.routes, count, area.routes().len(), max_distance_m, |hit| hit.location.offset_m);
        found(&corridors, count, area.corridors().len(), max_distance_m, |hit| hit.location.offset_m);
        for hit in located.posts.hits() {
            let post = area.posts()[hit.post].position;
            assert!((hit.distance_m - geodesy::distance_m(post, q)).abs() <= 1e-5, "{hit:?}");
            assert!(hit.bearing_deg.is_none_or(|bearing| (0.0..360.0).contains(&bearing)), "{hit:?}");
        }
        if let Some(first) = located.posts.first() {
            let near =
                |post: &ObservationPost| first.distance_m <= geodesy::distance_m(post.position, q) + 1.1e-3;
            assert!(area.posts().iter().all(near), "{first:?}");
        }
        let of_routes = located.routes.hits().iter().map(|hit| (hit.route, hit.location));
        let of_corridors =
            corridors.hits().iter().map(|&CorridorHit { route, location, .. }| (route, location));
        for (route, location) in of_routes.chain(of_corridors) {
            right(&lines[route], &area.routes()[route], q, &location);
            let half_width_m = area.routes()[route].half_width_m().unwrap_or(-1.0);
            if location.offset_m < half_width_m - 1e-4 {
                assert_eq!(located.in_corridor, Some(true));
                assert!(located.corridors().contains(&area.corridor_of(route)));
            }
        }
    }
});

/// The answer, which is the same by index and by its twins, bit for bit.
fn same<T: Debug>(what: &str, ask: impl Fn(Search) -> T) -> T {
    let index = ask(Search::Index);
    // The text of a double tells all doubles apart.
    let text = format!("{index:?}");
    for twin in [Search::RStar, Search::Scan] {
        let other = format!("{:?}", ask(twin));
        assert!(text == other, "{what}\nIndex {text}\n{twin:?} {other}");
    }
    index
}

fn found<T: Debug>(
    nearest: &Nearest<T>,
    count: usize,
    all: usize,
    max_distance_m: Option<f64>,
    metres: impl Fn(&T) -> f64,
) {
    let hits = nearest.hits();
    assert!(hits.iter().map(&metres).all(|d| d.is_finite() && d >= 0.0), "{nearest:?}");
    assert!(hits.len() <= count.max(1).min(all), "{nearest:?}");
    if max_distance_m.is_none() {
        assert_eq!(hits.len(), count.max(1).min(all), "{nearest:?}");
    }
    assert!(nearest.margin_m().is_none_or(|margin| margin >= 0.0), "{nearest:?}");
    // Those tied within a millimetre stand in the order of the layer, and the foot of each may be another
    // millimetre farther than its nearest point.
    assert!(hits.windows(2).all(|pair| metres(&pair[0]) <= metres(&pair[1]) + 2.1e-3), "{nearest:?}");
}

/// Holds a place on a route against the route by itself, and against what lies along it.
fn right(line: &LinearElement, route: &PatrolRoute, q: Position, found: &RouteLocation) {
    let RouteLocation { chainage_m, offset_m, foot, .. } = *found;
    let length_m = line.length_m();
    assert!((0.0..=length_m + 1e-6).contains(&chainage_m), "{found:?} of {length_m}");
    let apart_m = geodesy::distance_m(foot, q);
    assert!((apart_m - offset_m).abs() <= 1e-4, "{found:?}: the foot is {apart_m} away");
    let alone = line.locate(q);
    assert!(format!("{alone:?}") == format!("{found:?}"), "in the area {found:?}\nalone {alone:?}");

    // Between two parts the point at a distance is the end of the earlier one, the foot is either.
    let point = line.point_at(chainage_m);
    let astray_m = geodesy::distance_m(point, foot);
    let opens_part = |part: &Vec<Position>| geodesy::distance_m(part[0], foot) <= 1e-3;
    assert!(
        astray_m <= 1e-3 || route.parts()[1..].iter().any(opens_part),
        "{found:?}: {point:?} is {astray_m} away"
    );
    for vertex in route.parts().iter().flatten() {
        let to_m = geodesy::distance_m(*vertex, q);
        assert!(to_m >= offset_m - 1.1e-3, "{found:?}: {vertex:?} is nearer, {to_m}");
    }
    for i in 0..=16 {
        let point = line.point_at(length_m * f64::from(i) / 16.0);
        let to_m = geodesy::distance_m(point, q);
        assert!(to_m >= offset_m - 1.1e-3, "{found:?}: {point:?} at {i}/16 is nearer, {to_m}");
    }
}
