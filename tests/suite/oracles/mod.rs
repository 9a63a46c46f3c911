//! Answers that others computed.

/// Distances, azimuths and chords against published geodesics, and in a sweep.
pub mod geodesics;
/// The fields that come with the project against brute force.
pub mod illustrative_fields;
/// Places on lines against published answers and GeographicLib.
pub mod routes;
