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
//! let findings = io::check(
//!     &Source::from_bytes("routes.geojson", swapped.into())?,
//!     Some(io::LayerKind::Routes),
//!     &LayerOptions::default(),
//! );
//! assert!(findings[0].to_string().ends_with("are the coordinates in latitude, longitude order?"));
//! # Ok::<(), patrol_corridor::Error>(())
//! ```
//!
//! The grammar of a text is checked once, by serde_json and without recursion. Behind that a feature
//! stays a slice of the text: what we do not understand goes out as it came in, digit for digit.

mod crs;
mod exchange;
mod file;
mod geojson;
mod json;
mod layer;
mod table;

pub use crs::{AreaOfUse, Crs, Operation, Reprojection, Transformation};
pub use exchange::{Features, PassedOver};
// What the program needs besides: no part of the public face, and free to change.
#[doc(hidden)]
pub use file::gzip::beginning;
#[cfg(feature = "files")]
#[doc(hidden)]
pub use file::input::spooled;
pub use file::limits::ReadLimits;
#[cfg(feature = "files")]
#[doc(hidden)]
pub use file::output::{
    AbandonedOutputs, FinishedFile, OutputFile, OutputPlace, abandon_outputs, is_same_file, recover_outputs,
};
pub use file::source::Source;
pub use geojson::stream::IncidentStream;
#[doc(hidden)]
pub use geojson::write::json_line;
pub use geojson::write::{JsonObject, feature_text, feature_with};
pub use layer::check::{MAX_FINDINGS, check, check_file};
pub use layer::corridors::read_corridors;
pub use layer::finding::{Finding, Severity};
pub use layer::kind::LayerKind;
pub use layer::layers::{Layer, NoProperties, read_incidents, read_posts, read_routes};
pub use layer::options::LayerOptions;
pub use table::column::{Column, ColumnKind};
#[cfg(feature = "tables")]
pub use table::csv_form::CsvOptions;
#[cfg(feature = "geopackage")]
pub use table::geopackage::{GeoPackage, GeoPackageLayer};
pub use table::no_position::NoPosition;
pub use table::position_columns::PositionColumns;
pub(crate) use table::position_columns::{LAT_NAMES, LON_NAMES};
#[cfg(feature = "tables")]
pub use table::records::RecordReader;
pub use table::row_source::Rows;
#[cfg(feature = "spreadsheets")]
pub use table::spreadsheet::WorkbookSheet;

pub(crate) use crs::{Reprojector, Systems};
#[cfg(feature = "tables")]
pub(crate) use table::csv::CsvSink;

pub(crate) use file::hash::{base64, sha256};
#[cfg(feature = "pdf")]
pub(crate) use file::zlib::zlib;
pub(crate) use geojson::feature::{FeatureParts, RawFeature};
pub(crate) use geojson::property::Value;
pub(crate) use geojson::reproject::{crs_around, may_name_a_crs};
pub(crate) use geojson::stream::{Batch as TextBatch, Passed, edited_collection, foreign_names};
pub(crate) use geojson::write::{Feature, json_object, json_text, parsed_feature, write_id};
pub(crate) use json::raw::{
    Member, elements, listed_text, members, plain_text, unquote, validate, write_string,
};
pub(crate) use json::raw_text::RawText;
pub(crate) use json::splice::{fold_lines, splice, splice_into_feature};
#[cfg(test)]
pub(crate) use layer::slips::INCIDENT_FIELDS;
pub(crate) use layer::slips::is_nearly;
#[cfg(feature = "flatgeobuf")]
pub(crate) use table::flatgeobuf_write::FlatGeobufSink;
#[cfg(feature = "geopackage")]
pub(crate) use table::geopackage::GeoPackageSink;
#[cfg(feature = "gpx")]
pub(crate) use table::gpx_write::GpxSink;
#[cfg(feature = "kml")]
pub(crate) use table::kml_write::KmlSink;
#[cfg(feature = "parquet")]
pub(crate) use table::parquet_write::ParquetSink;
pub(crate) use table::position_columns::{LonLat, lon_lat_of};
pub(crate) use table::row::{Cell, Encode, Geometry, Row, write_properties};
pub(crate) use table::row_source::{BadRow, Batch, RowSink, Target, first_duplicate};
#[cfg(feature = "xlsx-out")]
pub(crate) use table::xlsx_write::XlsxSink;
#[cfg(any(feature = "gpx", feature = "kml"))]
pub(crate) use table::xml_write::NamedColumns;
