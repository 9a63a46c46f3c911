//! The one integration binary: behaviour through the public interface, a module a concern.

/// Each example runs and its own assertions hold.
mod examples;
/// Reading the fixtures.
mod fixtures;
/// Distances, azimuths and chords against published geodesics, and in a sweep.
mod geodesic_oracles;
/// The rooms of the house and what may stand in each.
mod house;
/// The fields that come with the project against brute force.
mod illustrative_fields;
/// Files with verdicts, and what `check` says of them.
mod io_check;
/// JSON of every kind, good and bad, as input.
mod io_json;
/// Posts, routes and incidents: rules, ids, errors.
mod io_layers;
/// Output files: whole or not at all.
mod io_output;
/// The forms of text, gzip and encodings.
mod io_sources;
/// Nearest posts, routes and corridors: index against scan, and both against a slow oracle.
mod nearest;
/// Places on lines against published answers and GeographicLib.
mod route_oracles;
/// What several modules need: seeded random layers, a slow and plain oracle.
mod support;
/// Ties, sides, chainage, membership and the far ends of the Earth, by hand.
mod ties_and_sides;
