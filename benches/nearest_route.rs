//! How long does the nearest of many routes take?
//!
//! Edges of 1 km; queries about 2 km and about 200 km from a route. Ours gives the exact geodesic offset,
//! chainage, side, foot, margin and ties; planar `rstar` the nearest edge in degrees. The yardstick is
//! `kiddo` over as many points as there are edges, as in the bench of posts.
//!
//! Method and how to run: `src/lib.rs`.

use bench::{compare, layers, peers, quick, row};
use fastrand::Rng;
use patrol_corridor::index::LocateOptions;
use patrol_corridor::{Edges, ObservationPost, PatrolIndex};

fn main() {
    let mut sizes = vec![(5, 200), (1_000, 100), (10_000, 100)];
    if quick() {
        sizes.truncate(1);
    }
    for (count, edges) in sizes {
        let mut rng = Rng::with_seed(count as u64);
        let extent = if count > 100 { layers::COUNTRY } else { layers::DISTRICT };
        let routes = layers::routes(&mut rng, extent, count, edges);
        let vertices = routes.iter().flat_map(|route| &route.parts()[0]);
        let posts: Vec<_> =
            (0_u64..).zip(vertices).map(|(id, &vertex)| ObservationPost::new(id, vertex)).collect();
        let kiddo = peers::Kiddo::new(&posts);
        let planar = peers::PlanarEdges::new(&routes);
        let near = layers::beside(&mut rng, &routes, 50_000, 2_000.0);
        let far = layers::beside(&mut rng, &routes, 50_000, 200_000.0);
        let near_ordered = layers::in_spatial_order(&near);
        let area = PatrolIndex::new(Vec::new(), routes, Edges::Planar).expect("an area of the layer");
        for (which, queries) in [
            ("2 km off, at random", &near),
            ("2 km off, in spatial order", &near_ordered),
            ("200 km off, at random", &far),
        ] {
            let rows = vec![
                row("kiddo over the vertices: chord only", |i| kiddo.nearest(queries[i]).0),
                row("ours, index: the whole location, margin", |i| {
                    let nearest = area.nearest_routes(queries[i], &LocateOptions::default());
                    let place = nearest.first().expect("a route").location;
                    place.offset_m + place.chainage_m + nearest.margin_m().unwrap_or(0.0)
                }),
                row("rstar over edges in degrees", |i| planar.nearest(queries[i]).0),
            ];
            compare(&format!("nearest of {count} routes of {edges} edges, {which}"), queries.len(), rows);
        }
    }
}
