//! The targets of valid input, which the tests of the crate run too.

#[path = "../../tests/suite/fuzzed/mod.rs"]
pub mod fuzzed;

/// Features of other formats.
pub mod exchange;
