//! What the program ends with.

/// Done, and some incidents could not be used.
pub const INCOMPLETE: u8 = 1;
/// Unusable arguments, input, or an output that exists.
pub const UNUSABLE: u8 = 2;
/// A file that can't be opened, or an I/O failure.
pub const IO: u8 = 3;

/// `patrol ... | head` ends quietly.
pub fn is_closed_pipe(error: &patrol_corridor::Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    source.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
