//! Answers into incident features: the members of the annotation contract, spliced into the text.

mod annotation;
mod annotator;
mod connectors;
mod earlier;
mod field;
mod fields;
mod frame;
mod fuse_layer;
mod in_memory;
mod layer;
mod output_form;
mod pipeline;
mod provenance;
mod regions;
mod selection;
mod simplestyle;
mod summary;
mod table;
mod table_features;
mod table_plan;
mod table_sink;
#[cfg(any(feature = "geopackage", feature = "gpx", feature = "kml"))]
mod write_rows;

pub use annotation::Annotation;
pub use annotator::{AnnotateOptions, Annotator};
pub use connectors::ConnectorOutput;
pub use field::Field;
pub use fields::{CANDIDATE_FIELDS, FIELDS};
pub use fuse_layer::{FUSED_FIELDS, FuseRun, FuseSummary, fuse_layer};
pub use layer::{LayerRun, annotate_layer};
pub use output_form::{OutputForm, TableForm};
pub use provenance::Provenance;
pub use regions::RegionOutput;
pub use simplestyle::SIMPLESTYLE_FIELDS;
#[doc(hidden)]
pub use simplestyle::palette;
pub use summary::Summary;
#[cfg(feature = "geopackage")]
pub use table::annotate_table_into;
pub use table::{TableRun, annotate_table};
#[cfg(any(feature = "gpx", feature = "kml"))]
pub use write_rows::write_rows;
#[cfg(feature = "geopackage")]
pub use write_rows::write_rows_into;
