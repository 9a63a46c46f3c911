//! How long does everything about an incident take: 27 posts and 1,000 edges with half widths?
//!
//! The nearest post and route with margins, ties, bearing, offset, chainage, side and foot, and the
//! corridors that the position lies in: what annotating a feature asks of the index.
//!
//! Method and how to run: `src/lib.rs`.

use bench::{compare, layers, peers, row};
use fastrand::Rng;
use patrol_corridor::index::LocateOptions;
use patrol_corridor::{Edges, PatrolIndex};

fn main() {
    let mut rng = Rng::with_seed(7);
    let posts = layers::posts(&mut rng, layers::DISTRICT, 27);
    let kiddo = peers::Kiddo::new(&posts);
    let routes = layers::routes(&mut rng, layers::DISTRICT, 5, 200);
    let widen = |route: patrol_corridor::PatrolRoute| route.with_half_width_m(2_500.0);
    let routes: Vec<_> = routes.into_iter().map(|route| widen(route).expect("a half width")).collect();
    let near = layers::beside(&mut rng, &routes, 50_000, 2_000.0);
    let anywhere = layers::random(&mut rng, layers::DISTRICT, 50_000);
    for edges in [Edges::Planar, Edges::Geodesic] {
        let area = PatrolIndex::new(posts.clone(), routes.clone(), edges).expect("an area of the layers");
        for (which, queries) in [("about 2 km off", &near), ("anywhere in the district", &anywhere)] {
            let rows = vec![
                row("kiddo over the posts: chord only", |i| kiddo.nearest(queries[i]).0),
                row("ours: locate", |i| {
                    let located = area.locate(queries[i], &LocateOptions::default());
                    let (post, route) = (located.posts.first(), located.routes.first());
                    post.map_or(0.0, |post| post.distance_m) + route.map_or(0.0, |r| r.location.offset_m)
                }),
                row("ours: nearest_posts alone", |i| {
                    let nearest = area.nearest_posts(queries[i], &LocateOptions::default());
                    nearest.first().map_or(0.0, |post| post.distance_m)
                }),
                row("ours: nearest_routes alone", |i| {
                    let nearest = area.nearest_routes(queries[i], &LocateOptions::default());
                    nearest.first().map_or(0.0, |route| route.location.offset_m)
                }),
            ];
            let title = format!("27 posts and 5 routes of 200 {edges} edges, queries {which}");
            compare(&title, queries.len(), rows);
        }
    }
}
