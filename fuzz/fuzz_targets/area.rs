//! A few posts and routes for several targets: near each other, on both sides of 180 degrees, near a pole, with ids and
//! names that are hard to write.

use patrol_corridor::model::{Instant, ServicePeriod};
use patrol_corridor::{Edges, FeatureId, ObservationPost, PatrolArea, PatrolRoute, Position};

fn position(&(lon, lat): &(f64, f64)) -> Position {
    Position::from_lon_lat(lon, lat).unwrap()
}

/// With periods of service or without any; with half widths of routes, or without any (corridors take long to draw).
pub fn area(with_periods: bool, with_widths: bool) -> PatrolArea {
    let period = |from: Option<&str>, to: Option<&str>| {
        let at = |text: &str| Instant::read(text, None).unwrap();
        match with_periods {
            true => ServicePeriod::new(from.map(at), to.map(at)).unwrap(),
            false => ServicePeriod::ALWAYS,
        }
    };
    let post = |id: FeatureId, name: &str, at: (f64, f64)| {
        let mut post = ObservationPost::new(id, position(&at));
        post.name = (!name.is_empty()).then(|| name.to_owned());
        post
    };
    let mut posts = vec![
        post("OP-1".into(), "<script>alert(1)</script> & \"Hill\"\n7", (46.75, 39.82)),
        post("OP-2".into(), "", (46.85, 39.86)),
        post(7_u64.into(), "دیدگاه \u{202e}", (46.80, 39.95)),
        post("A;B".into(), "", (46.6, 39.7)),
        post("E".into(), "", (179.99, -17.0)),
        post("P".into(), "pole", (10.0, 89.9)),
    ];
    posts[1].service = period(Some("2020-10-04T00:00Z"), None);
    posts[2].service = period(None, Some("2020-10-04T12:00Z"));
    let route = |id: &str, corridor: Option<&str>, width_m: Option<f64>, parts: &[&[(f64, f64)]]| {
        let parts = parts.iter().map(|part| part.iter().map(position).collect()).collect();
        let mut route = PatrolRoute::from_parts(id, parts).unwrap();
        route.corridor = corridor.map(str::to_owned);
        match width_m.filter(|_| with_widths) {
            Some(width_m) => route.with_half_width_m(width_m).unwrap(),
            None => route,
        }
    };
    let mut routes = vec![
        route("R1", Some("Shusha"), Some(2500.0), &[&[(46.7, 39.8), (46.8, 39.9), (46.9, 39.9)]]),
        route("R2", Some("]]><b>"), None, &[&[(46.8, 39.9), (46.8, 40.0)], &[(46.81, 40.0), (46.9, 40.1)]]),
        route(
            "R3",
            None,
            Some(50_000.0),
            &[&[(179.5, -17.0), (180.0, -17.1)], &[(-180.0, -17.1), (-179.3, -17.0)]],
        ),
        route("R4", Some("pole"), Some(20_000.0), &[&[(-120.0, 89.8), (60.0, 89.95), (61.0, 90.0)]]),
    ];
    routes[1].service = period(Some("2020-10-01T00:00Z"), Some("2020-10-03T00:00Z"));
    PatrolArea::new(posts, routes, Edges::Planar).unwrap()
}
