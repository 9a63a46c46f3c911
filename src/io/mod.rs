//! Layers in, features out.

mod crs;
mod document;
mod feature;
mod finding;
mod geometry;
mod names;
mod path;
mod raw;
mod source;
mod splice;

pub use finding::{Finding, Severity};
pub use source::Source;
