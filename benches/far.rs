//! How long does it take from far away, where Karney's geodesics decide?
//!
//! Beyond 500 km chords rank what is near only roughly. The yardstick is one of Karney's inverse problems.
//!
//! Method and how to run: `src/lib.rs`.

use bench::{compare, layers, quick, row};
use fastrand::Rng;
use patrol_corridor::geodesy::inverse;
use patrol_corridor::index::LocateOptions;
use patrol_corridor::{Edges, PatrolIndex};

fn main() {
    let mut sizes = vec![
        (27, 5, 200, layers::DISTRICT, Edges::Planar),
        (27, 5, 200, layers::DISTRICT, Edges::Geodesic),
        (1_000, 1_000, 100, layers::COUNTRY, Edges::Planar),
    ];
    if quick() {
        sizes.truncate(1);
    }
    for (posts, routes, edge_count, extent, edges) in sizes {
        let mut rng = Rng::with_seed(7);
        let title = format!("{posts} posts and {routes} routes of {edge_count} {edges} edges");
        let posts = layers::posts(&mut rng, extent, posts);
        let routes = layers::routes(&mut rng, extent, routes, edge_count);
        let globe = layers::Extent { lon: (-180.0, 180.0), lat: (-90.0, 90.0) };
        let mut queries: Vec<_> = [1_000, 3_000, 10_000]
            .map(|km| {
                (format!("{km} km off"), layers::beside(&mut rng, &routes, 10_000, 1e3 * f64::from(km)))
            })
            .into();
        queries.push(("anywhere on Earth".to_owned(), layers::random(&mut rng, globe, 10_000)));
        let area = PatrolIndex::new(posts, routes, edges).expect("an area of the layers");
        let options = LocateOptions::default();
        for (which, queries) in queries {
            let post = area.posts()[0].position;
            let rows = vec![
                row("one inverse problem", |i| inverse(queries[i], post).distance_m),
                row("ours: locate", |i| {
                    let located = area.locate(queries[i], &options);
                    let (post, route) = (located.posts.first(), located.routes.first());
                    post.map_or(0.0, |post| post.distance_m) + route.map_or(0.0, |r| r.location.offset_m)
                }),
                row("ours: nearest_posts alone", |i| {
                    area.nearest_posts(queries[i], &options).first().map_or(0.0, |post| post.distance_m)
                }),
                row("ours: nearest_routes alone", |i| {
                    let nearest = area.nearest_routes(queries[i], &options);
                    nearest.first().map_or(0.0, |route| route.location.offset_m)
                }),
            ];
            compare(&format!("{title}, queries {which}"), queries.len(), rows);
        }
    }
}
