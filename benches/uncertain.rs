//! What does it cost not to know the place exactly: candidates, shares and distances of a region?
//!
//! The yardstick is a plain position, `locate`. What bounds settle takes a few of it; what is open is counted by
//! 2,048 points of the region, each compared with the candidates alone.
//!
//! Method and how to run: `src/lib.rs`.

use bench::{compare, layers, quick, row};
use fastrand::Rng;
use patrol_corridor::analysis::locate_uncertain;
use patrol_corridor::index::LocateOptions;
use patrol_corridor::region::{AnnularSector, DescribedRegion};
use patrol_corridor::{Edges, PatrolIndex, Position};

fn main() {
    let mut sizes = vec![(27, 5, layers::DISTRICT), (1_000, 100, layers::COUNTRY)];
    if quick() {
        sizes.truncate(1);
    }
    for (posts, routes, extent) in sizes {
        let mut rng = Rng::with_seed(7);
        let title = format!("{posts} posts and {routes} routes of 200 edges");
        let posts = layers::posts(&mut rng, extent, posts);
        let widen = |route: patrol_corridor::PatrolRoute| route.with_half_width_m(2_500.0);
        let routes: Vec<_> = layers::routes(&mut rng, extent, routes, 200)
            .into_iter()
            .map(|route| widen(route).expect("a half width"))
            .collect();
        let queries = [
            ("among them".to_owned(), layers::random(&mut rng, extent, 1_000)),
            ("3,000 km off".to_owned(), layers::beside(&mut rng, &routes, 1_000, 3e6)),
        ];
        let area = PatrolIndex::new(posts, routes, Edges::Planar).expect("an area of the layers");
        for (which, queries) in queries {
            let disc = |i: usize, m: f64| AnnularSector::disc(queries[i], m);
            // Heard 2 to 7 km off, in one of the 16 winds.
            let sector = |i: usize| AnnularSector::new(queries[i], 22.5 * i as f64, 11.25, 2e3..=7e3);
            let answer = |sector: Result<AnnularSector, patrol_corridor::Error>| {
                let region = DescribedRegion::Sector(sector.expect("a sector"));
                let answer = locate_uncertain(&area, &region, None);
                answer.posts.list.len() as f64 + answer.corridor_share.unwrap_or(0.0)
            };
            let plain = |at: Position| {
                let located = area.locate(at, &LocateOptions::default());
                let (post, route) = (located.posts.first(), located.routes.first());
                post.map_or(0.0, |post| post.distance_m) + route.map_or(0.0, |r| r.location.offset_m)
            };
            let rows = vec![
                row("locate", |i| plain(queries[i])),
                row("within 100 m", |i| answer(disc(i, 100.0))),
                row("within 1 km", |i| answer(disc(i, 1e3))),
                row("a sector of 2 to 7 km", |i| answer(sector(i))),
                row("within 25 km", |i| answer(disc(i, 25e3))),
            ];
            compare(&format!("{title}, reports {which}"), queries.len(), rows);
        }
    }
}
