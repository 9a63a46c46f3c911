//! The behaviour of the crate and its program, a module a concern.

/// Reading the fixtures.
mod fixtures;
/// Distances, azimuths and chords against published geodesics, and in a sweep.
mod geodesic_oracles;
/// The fields that come with the project against brute force.
mod illustrative_fields;
/// Nearest posts, routes and corridors: index against scan, and both against a slow oracle.
mod nearest;
/// Places on lines against published answers and GeographicLib.
mod route_oracles;
/// What several modules need: seeded random layers, a slow and plain oracle.
mod support;
/// Ties, sides, chainage, membership and the far ends of the Earth, by hand.
mod ties_and_sides;
