//! A few posts and routes: near each other, on both sides of 180 degrees, near a pole, with ids and
//! names that are hard to write.

use patrol_corridor::{Edges, FeatureId, ObservationPost, PatrolIndex, PatrolRoute, Position};

fn position(&(lon, lat): &(f64, f64)) -> Position {
    Position::from_lon_lat(lon, lat).unwrap()
}

pub fn area() -> PatrolIndex {
    let post = |id: FeatureId, name: &str, at: (f64, f64)| {
        let mut post = ObservationPost::new(id, position(&at));
        post.name = (!name.is_empty()).then(|| name.to_owned());
        post
    };
    let posts = vec![
        post("OP-1".into(), "<script>alert(1)</script> & \"Hill\"\n7", (46.75, 39.82)),
        post("OP-2".into(), "", (46.85, 39.86)),
        post(7_u64.into(), "دیدگاه \u{202e}", (46.80, 39.95)),
        post("A;B".into(), "", (46.6, 39.7)),
        post("E".into(), "", (179.99, -17.0)),
        post("P".into(), "pole", (10.0, 89.9)),
    ];
    let route = |id: &str, corridor: Option<&str>, width_m: Option<f64>, parts: &[&[(f64, f64)]]| {
        let parts = parts.iter().map(|part| part.iter().map(position).collect()).collect();
        let mut route = PatrolRoute::from_parts(id, parts).unwrap();
        route.corridor = corridor.map(str::to_owned);
        match width_m {
            Some(width_m) => route.with_half_width_m(width_m).unwrap(),
            None => route,
        }
    };
    let routes = vec![
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
    PatrolIndex::new(posts, routes, Edges::Planar).unwrap()
}
