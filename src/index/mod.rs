//! The nearest of many, exact: packed R-trees of posts and of route pieces over ECEF.
//!
//! A box, and a capsule around a piece, bound the chord from below, the chord bounds the geodesic, and
//! only what a bound can't rule out is measured exactly. [`Search::Scan`] measures everything: the same
//! answers, slowly, to check by.

mod chord_tree;
mod corridors;
mod far;
mod hits;
mod in_service;
mod moving;
mod nearest;
mod options;
mod packed;
mod patrol_index;
mod pieces;
mod posts;
mod region_edge;
mod regions;
mod routes;
mod service;
mod tree;

pub use hits::{CorridorHit, Hits, Located, Nearest, PostHit, RouteHit};
pub use moving::{MovingHit, MovingPosts, PostKey};
pub use options::{LocateOptions, Search};
pub use patrol_index::PatrolIndex;
