//! Rows between formats: a file a format.

pub(crate) mod column;
pub(crate) mod columns;
#[cfg(feature = "tables")]
pub(crate) mod csv;
#[cfg(feature = "tables")]
pub(crate) mod csv_form;
#[cfg(feature = "tables")]
pub(crate) mod csv_tee;
#[cfg(feature = "flatgeobuf")]
pub(crate) mod flatgeobuf;
#[cfg(feature = "flatgeobuf")]
pub(crate) mod flatgeobuf_frame;
#[cfg(feature = "flatgeobuf")]
pub(crate) mod flatgeobuf_write;
#[cfg(feature = "geopackage")]
pub(crate) mod geopackage;
#[cfg(feature = "gpx")]
pub(crate) mod gpx_write;
#[cfg(feature = "kml")]
pub(crate) mod kml_write;
pub(crate) mod no_position;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
#[cfg(feature = "parquet")]
pub(crate) mod parquet_cells;
#[cfg(feature = "parquet")]
pub(crate) mod parquet_frame;
#[cfg(feature = "parquet")]
pub(crate) mod parquet_limits;
#[cfg(feature = "parquet")]
pub(crate) mod parquet_schema;
#[cfg(feature = "parquet")]
pub(crate) mod parquet_write;
#[cfg(feature = "tables")]
pub(crate) mod places;
pub(crate) mod position_columns;
#[cfg(feature = "tables")]
pub(crate) mod records;
pub(crate) mod row;
pub(crate) mod row_source;
pub(crate) mod rows;
#[cfg(feature = "spreadsheets")]
pub(crate) mod spreadsheet;
#[cfg(feature = "tables")]
pub(crate) mod text_geometry;
#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
pub(crate) mod wkb;
#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "parquet", feature = "tables"))]
pub(crate) mod wkb_kinds;
#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "parquet", feature = "tables"))]
pub(crate) mod wkb_read;
#[cfg(feature = "xlsx-out")]
pub(crate) mod xlsx_parts;
#[cfg(feature = "xlsx-out")]
pub(crate) mod xlsx_write;
#[cfg(any(feature = "gpx", feature = "kml"))]
pub(crate) mod xml_write;
