//! How many heap allocations does a query make? Small layers must answer with none.
//!
//! How to run: `src/lib.rs`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

use bench::{layers, quick};
use fastrand::Rng;
use patrol_corridor::index::LocateOptions;
use patrol_corridor::{Edges, PatrolIndex, Position};

struct Counting;

static COUNT: AtomicU64 = AtomicU64::new(0);

// SAFETY: hands everything to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Prints the allocations a query, and fails where there are more than `most`.
fn check(name: &str, queries: &[Position], most: f64, mut ask: impl FnMut(Position)) {
    ask(queries[0]);
    let before = COUNT.load(Ordering::Relaxed);
    queries.iter().for_each(|&q| ask(q));
    let each = (COUNT.load(Ordering::Relaxed) - before) as f64 / queries.len() as f64;
    println!("{name:<52} {each:>8.4}");
    assert!(each <= most, "{name}: {each} allocations a query, expected {most} at most");
}

fn main() {
    let mut rng = Rng::with_seed(3);
    let options = LocateOptions::default();
    println!("{:<52} {:>8}", "heap allocations a query", "");
    let layers_of_posts = [(27, layers::DISTRICT), (1_000, layers::DISTRICT), (100_000, layers::COUNTRY)];
    for (count, extent) in layers_of_posts.into_iter().take(if quick() { 2 } else { 3 }) {
        let posts = layers::posts(&mut rng, extent, count);
        let queries = layers::random(&mut rng, extent, 10_000);
        let area = PatrolIndex::new(posts, Vec::new(), Edges::Planar).expect("an area of the layer");
        check(&format!("nearest of {count} posts"), &queries, 0.0, |q| {
            std::hint::black_box(area.nearest_posts(q, &options));
        });
    }
    for (count, edges) in [(5, 200), (1_000, 100)].into_iter().take(if quick() { 1 } else { 2 }) {
        let extent = if count > 100 { layers::COUNTRY } else { layers::DISTRICT };
        let routes = layers::routes(&mut rng, extent, count, edges).into_iter();
        let routes = routes.map(|route| route.with_half_width_m(2_500.0).expect("a half width")).collect();
        let posts = layers::posts(&mut rng, extent, 27);
        let area = PatrolIndex::new(posts, routes, Edges::Planar).expect("an area of the layers");
        for (which, distance_m) in [("2 km", 2e3), ("200 km", 2e5)] {
            let queries = layers::beside(&mut rng, area.routes(), 10_000, distance_m);
            let name = format!("nearest of {count} routes of {edges} edges, {which} off");
            check(&name, &queries, 0.05, |q| {
                std::hint::black_box(area.nearest_routes(q, &options));
            });
            let name = format!("27 posts and {count} routes: locate, {which} off");
            check(&name, &queries, 0.05, |q| {
                std::hint::black_box(area.locate(q, &options));
            });
        }
    }
}
