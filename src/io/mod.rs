//! Layers in, features out: GeoJSON text read with every rule of the layers, and written whole or not at all.
//!
//! Three ways in: [`read_posts`], [`read_routes`] and [`read_incidents`] give typed layers, with the
//! caller's own type for further properties; [`check`] says what is wrong with a file, all of it. The
//! text may be a FeatureCollection, a Feature, a bare geometry, newline-delimited features or an RFC 8142
//! sequence, each also gzipped.
//!
//! ```
//! use patrol_corridor::io::{self, LayerOptions, NoProperties, Source};
//! let text = r#"{"type": "FeatureCollection", "features": [
//!     {"type": "Feature", "id": "R5", "properties": {"corridor": "Shusha", "half_width_m": 2500},
//!      "geometry": {"type": "LineString", "coordinates": [[46.75, 39.82], [46.73, 39.87]]}}]}"#;
//! let source = Source::from_bytes("routes.geojson", text.into())?; // or Source::open(path)
//! let routes = io::read_routes::<NoProperties>(&source, &LayerOptions::default())?;
//! assert_eq!(routes.items[0].half_width_m(), Some(2500.0));
//!
//! let swapped = text.replace("[46.73, 39.87]", "[39.87, 146.73]");
//! let findings = io::check("routes.geojson", swapped.into(), Some(io::LayerKind::Routes));
//! assert!(findings[0].to_string().ends_with("are the coordinates in latitude, longitude order?"));
//! # Ok::<(), patrol_corridor::Error>(())
//! ```
//!
//! The grammar of a text is checked once, by serde_json and without recursion. Behind that a feature
//! stays a slice of the text: what we do not understand goes out as it came in, digit for digit.

mod check;
mod column;
mod columns;
mod corridor_layer;
mod crs;
#[cfg(feature = "tables")]
mod csv;
#[cfg(feature = "tables")]
mod csv_tee;
mod document;
mod feature;
mod finding;
#[cfg(feature = "flatgeobuf")]
mod flatgeobuf;
#[cfg(feature = "flatgeobuf")]
mod flatgeobuf_frame;
#[cfg(feature = "flatgeobuf")]
mod flatgeobuf_write;
mod geometry;
#[cfg(feature = "geopackage")]
mod geopackage;
mod hash;
mod input;
mod items;
mod layer_options;
mod layers;
mod limits;
mod names;
mod no_position;
#[cfg(feature = "files")]
mod output;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parquet_cells;
#[cfg(feature = "parquet")]
mod parquet_frame;
#[cfg(feature = "parquet")]
mod parquet_schema;
#[cfg(feature = "parquet")]
mod parquet_write;
mod path;
mod position_columns;
mod property;
mod raw;
mod raw_text;
mod reproject;
mod row;
mod rows;
mod service;
mod slips;
mod source;
mod splice;
mod squeeze;
mod stream;
mod table;
#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
mod wkb;
#[cfg(feature = "parquet")]
mod wkb_read;
mod write;

pub use check::{MAX_FINDINGS, check, check_file, check_source, check_source_as, check_source_in};
pub use column::{Column, ColumnKind};
pub use corridor_layer::read_corridors;
pub use crs::{AreaOfUse, Crs, Operation, Reprojection, Transformation};
pub use finding::{Finding, Severity};
#[cfg(feature = "files")]
pub use input::spooled;
pub use layer_options::LayerOptions;
pub use layers::{Layer, LayerKind, NoProperties, read_incidents, read_posts, read_routes};
pub use limits::ReadLimits;
pub use no_position::NoPosition;
#[cfg(feature = "files")]
pub use output::{
    AbandonedOutputs, FinishedFile, OutputFile, OutputPlace, abandon_outputs, is_same_file, recover_outputs,
};
pub use position_columns::PositionColumns;
pub use source::Source;
pub use stream::IncidentStream;
pub use table::Rows;
pub use write::{feature_text, feature_with, json_line};

pub(crate) use crs::{Reprojector, Systems};
#[cfg(feature = "tables")]
pub(crate) use csv::CsvSink;

pub(crate) use feature::{FeatureParts, RawFeature};
#[cfg(feature = "flatgeobuf")]
pub(crate) use flatgeobuf_write::FlatGeobufSink;
#[cfg(feature = "geopackage")]
pub(crate) use geopackage::GeoPackageSink;
pub(crate) use hash::{base64, sha256};
#[cfg(feature = "parquet")]
pub(crate) use parquet_write::ParquetSink;
pub(crate) use position_columns::{LonLat, lon_lat_of};
pub(crate) use property::Value;
pub(crate) use raw::{Member, elements, listed_text, members, plain_text, unquote, validate, write_string};
pub(crate) use raw_text::RawText;
pub(crate) use reproject::{crs_around, may_name_a_crs};
pub(crate) use row::{Cell, Geometry, Row, write_properties};
#[cfg(test)]
pub(crate) use slips::INCIDENT_FIELDS;
pub(crate) use slips::is_nearly;
pub(crate) use splice::{fold_lines, splice, splice_into_feature};
pub(crate) use stream::{Batch as TextBatch, Passed, edited_collection, foreign_names};
pub(crate) use table::{BadRow, Batch, Encode, RowSink, Target, first_duplicate};
pub(crate) use write::{json_text, write_id};
