//! What does a query at an instant cost where few of many posts are in service?
//!
//! Method and how to run: `src/lib.rs`.

use bench::{compare, layers, quick, row};
use fastrand::Rng;
use patrol_corridor::index::LocateOptions;
use patrol_corridor::time::{ServicePeriod, Timestamp};
use patrol_corridor::{Edges, PatrolIndex};

/// So many are in service at a time.
const IN_SERVICE: usize = 200;

fn main() {
    let size = if quick() { 10_000 } else { 288_000 };
    let mut rng = Rng::with_seed(size as u64);
    let at =
        |seconds: i64| Timestamp::from_unix_seconds(1_600_000_000 + seconds).expect("a time of this century");
    let mut posts = layers::posts(&mut rng, layers::COUNTRY, size);
    let alone = PatrolIndex::new(posts[..IN_SERVICE].to_vec(), Vec::new(), Edges::Planar).expect("an index");
    // One after the other, each for as long as it takes until all 200 have been relieved.
    for (n, post) in (0_i64..).zip(&mut posts) {
        let period = ServicePeriod::new(Some(at(n)), Some(at(n + IN_SERVICE as i64)));
        post.service = period.expect("an end behind its beginning");
    }
    let index = PatrolIndex::new(posts, Vec::new(), Edges::Planar).expect("an index of the layer");
    let queries = layers::random(&mut rng, layers::COUNTRY, 20_000);
    let times: Vec<_> = queries.iter().map(|_| at(rng.i64(200..size as i64))).collect();
    let rows = vec![
        row("200 posts alone", |i| {
            alone
                .nearest_posts(queries[i], &LocateOptions::default())
                .first()
                .map_or(0.0, |hit| hit.distance_m)
        }),
        row("200 in service of all", |i| {
            let options = LocateOptions::default().with_at(times[i]);
            index.nearest_posts(queries[i], &options).first().map_or(0.0, |hit| hit.distance_m)
        }),
    ];
    compare(&format!("nearest of {size} posts at a random time"), queries.len(), rows);
}
