//! What does a post cost that moves, and a query among posts that do?
//!
//! Method and how to run: `src/lib.rs`.

use std::cell::Cell;

use bench::{compare, layers, quick, row};
use fastrand::Rng;
use patrol_corridor::index::{LocateOptions, MovingPosts};
use patrol_corridor::{Edges, PatrolIndex};

fn main() {
    let sizes: &[usize] = if quick() { &[1_000] } else { &[1_000, 100_000] };
    for &size in sizes {
        let mut rng = Rng::with_seed(size as u64);
        let extent = if size > 10_000 { layers::COUNTRY } else { layers::DISTRICT };
        let posts = layers::posts(&mut rng, extent, size);
        let index =
            PatrolIndex::new(posts.clone(), Vec::new(), Edges::Planar).expect("an index of the layer");
        let (units, keys) = MovingPosts::of_posts(posts).expect("ids that differ");
        let queries = layers::random(&mut rng, extent, 20_000);
        let options = LocateOptions::default();
        let rows = vec![
            row("packed tree, nothing moves", |i| {
                index.nearest_posts(queries[i], &options).first().map_or(0.0, |hit| hit.distance_m)
            }),
            row("R*-tree, posts that move", |i| {
                units.nearest(queries[i], &options).first().map_or(0.0, |hit| hit.distance_m)
            }),
        ];
        compare(&format!("nearest of {size} posts"), queries.len(), rows);
        // Each round goes elsewhere: who stays costs nothing.
        let moves = Cell::new(0_usize);
        let rows = vec![row("to anywhere", |i| {
            moves.set(moves.get() + 7_918);
            let to = queries[(i + moves.get()) % queries.len()];
            f64::from(u8::from(units.move_to(keys[i % keys.len()], to)))
        })];
        compare(&format!("move one of {size} posts"), queries.len(), rows);
    }
}
