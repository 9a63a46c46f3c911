//! The nearest post of a million positions on the threads of rayon: an index is `Sync`, and a query takes `&self`.
//!
//! `cargo run --release --bin on_all_cores -- posts.geojson`

use std::time::Instant;

use patrol_corridor::index::LocateOptions;
use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts};
use patrol_corridor::{Edges, Error, PatrolIndex, Position};
use rayon::prelude::*;

fn main() -> Result<(), Error> {
    let path = std::env::args().nth(1).ok_or_else(|| Error::argument("expected POSTS"))?;
    let posts = read_posts::<NoProperties>(&Source::open(path)?, &LayerOptions::default())?;
    let index = PatrolIndex::new(posts.items, vec![], Edges::Planar)?;
    let on_a_grid = |n: u32| {
        let (column, row) = (f64::from(n % 1_000), f64::from(n / 1_000));
        Position::from_lon_lat(46.0 + column / 500.0, 39.0 + row / 500.0)
    };
    let positions: Vec<Position> = (0..1_000_000).map(on_a_grid).collect::<Result<_, _>>()?;
    let (began, options) = (Instant::now(), LocateOptions::default());
    let mut counts = positions
        .par_iter()
        .fold(
            || vec![0_u32; index.posts().len()],
            |mut counts, &position| {
                index.nearest_posts(position, &options).hits().iter().for_each(|hit| counts[hit.post] += 1);
                counts
            },
        )
        .reduce_with(|a, b| a.iter().zip(b).map(|(a, b)| a + b).collect())
        .unwrap_or_default();
    println!("{:.2} s", began.elapsed().as_secs_f64());
    let mut ranked: Vec<(u32, &str)> =
        counts.drain(..).zip(index.posts().iter().map(|post| post.id.as_str())).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    ranked.iter().take(5).for_each(|(count, id)| println!("{id}: {count}"));
    Ok(())
}
