//! The one integration binary: behaviour through the public interface, a module a concern.

/// What follows from posts, routes and incidents together.
mod analysis;
/// The words of bulletins: both catalogues have the same, and all of it is used.
mod bulletin_words;
/// The program, a file a command, and what holds in all of them.
mod cli;
/// Described locations as people log them: every field, every error.
mod described;
/// Each example runs and its own assertions hold.
mod examples;
/// Reading the fixtures.
mod fixtures;
/// Formats: what each can hold, and what comes back.
mod formats;
/// Valid layers, incidents and options out of bytes, and what must hold of all that is made of them.
mod fuzzed;
/// The same with seeded bytes, as `fuzz/` runs it with libFuzzer's.
mod fuzzed_runs;
/// The rooms of the house and what may stand in each.
mod house;
mod house_circles;
/// Reading and writing: texts, layers, tables, files.
mod io;
/// Along a line and back.
mod linear;
/// The nearest posts, routes and corridors.
mod nearest;
/// Answers that others computed.
mod oracles;
/// What the tests of the program share: the binary, a folder, small layers.
#[cfg(feature = "cli")]
mod program;
/// What the README and the guide tell a user to type works, and their links lead somewhere.
#[cfg(feature = "cli")]
mod readme;
/// Regions of described locations.
mod regions;
/// What several modules need: seeded random layers, a slow and plain oracle.
mod support;
/// JSON text in the plainest terms: what is taken out of a text, byte for byte.
mod text;
