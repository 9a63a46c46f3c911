//! How long does the nearest of many posts take?
//!
//! Ours takes longitude and latitude and gives the exact geodesic distance, the margin to the second
//! nearest, ties and the bearing; `kiddo` only the nearest by chord; planar `rstar` the nearest in
//! degrees, which is another post for some of the queries (how many stands beneath the table).
//!
//! Method and how to run: `src/lib.rs`.

use bench::{compare, layers, peers, quick, row};
use fastrand::Rng;
use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::{Edges, PatrolIndex};

fn main() {
    let sizes: &[usize] = if quick() { &[27, 1_000] } else { &[27, 1_000, 100_000, 1_000_000] };
    for &size in sizes {
        let mut rng = Rng::with_seed(size as u64);
        let extent = if size > 10_000 { layers::COUNTRY } else { layers::DISTRICT };
        let posts = layers::posts(&mut rng, extent, size);
        let kiddo = peers::Kiddo::new(&posts);
        let planar = peers::PlanarPosts::new(&posts);
        let area = PatrolIndex::new(posts, Vec::new(), Edges::Planar).expect("an area of the layer");
        let ours = |q, search| {
            let options = LocateOptions::default().with_search(search);
            let nearest = area.nearest_posts(q, &options);
            let first = nearest.first().expect("a post");
            first.distance_m + first.bearing_deg.unwrap_or(0.0) + nearest.margin_m().unwrap_or(0.0)
        };
        let queries = layers::random(&mut rng, extent, 100_000);
        let ordered = layers::in_spatial_order(&queries);
        for (order, queries) in [("at random", &queries), ("in spatial order", &ordered)] {
            let mut rows = vec![
                row("kiddo, immutable, f64: chord only", |i| kiddo.nearest(queries[i]).0),
                row("ours, index: exact, margin, bearing", |i| ours(queries[i], Search::Index)),
                row("rstar in degrees (sometimes wrong)", |i| f64::from(planar.nearest(queries[i]))),
            ];
            if size <= 100 {
                rows.push(row("ours, scan", |i| ours(queries[i], Search::Scan)));
            }
            compare(&format!("nearest of {size} posts, queries {order}"), queries.len(), rows);
        }
        let (mut by_degrees, mut by_chord) = (0, 0);
        let checked = &queries[..10_000];
        for &q in checked {
            let nearest = area.nearest_posts(q, &LocateOptions::default());
            let post = nearest.first().expect("a post").post;
            by_degrees += usize::from(planar.nearest(q) as usize != post);
            by_chord += usize::from(kiddo.nearest(q).1 != post);
        }
        println!("not the nearest: in degrees {by_degrees}, by chord {by_chord} of {}", checked.len());
    }
}
