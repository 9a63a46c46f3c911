//! The behaviour of the crate and its program, a module a concern.

/// Nearest posts, routes and corridors: index against scan, and both against a slow oracle.
mod nearest;
/// What several modules need: seeded random layers, a slow and plain oracle.
mod support;
