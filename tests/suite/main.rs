//! The one integration binary: behaviour through the public interface. One line and a note for each module.

/// The check: every verdict of the validity corpus, lines of culprits, layers.
mod io_check;
/// JSON that is hostile: never a panic, always an answer.
mod io_json;
/// Posts, routes and incidents out of text: ids, names, half widths, the sentences of errors.
mod io_layers;
/// Output files that appear whole or not at all.
mod io_output;
/// The forms of text: collections, lines, sequences, gzip, byte order marks.
mod io_sources;
