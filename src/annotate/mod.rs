//! Answers into incident features: the members of the annotation contract, spliced into the text.

mod annotation;
mod annotator;
mod fields;
mod layer;
mod number;
mod table;
mod table_features;

pub use annotation::Annotation;
pub use annotator::{AnnotateOptions, Annotator};
pub use fields::{FIELDS, Field};
pub use layer::{LayerRun, OutputForm, Provenance, Reject, Summary, annotate_layer};
pub use table::{TableForm, TableRun, annotate_table};
