//! Layers in, features out.

mod check;
mod crs;
mod document;
mod feature;
mod finding;
mod geometry;
mod layers;
mod names;
mod output;
mod path;
mod raw;
mod source;
mod splice;
mod write;

pub use check::{MAX_FINDINGS, check, check_file, check_source};
pub use finding::{Finding, Severity};
pub use layers::{Layer, LayerKind, LayerOptions, NoProperties, read_incidents, read_posts, read_routes};
pub use output::{OutputFile, is_same_file};
pub use source::Source;
pub use write::feature_text;
