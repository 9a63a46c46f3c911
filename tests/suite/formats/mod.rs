//! Formats: what each can hold, and what comes back.

/// Layers and incidents in every format, through every command.
#[cfg(feature = "cli")]
pub mod any_layer;
/// Formats behind features: types survive; a build without them says so.
#[cfg(feature = "cli")]
pub mod binary;
/// CSV in and out: every value and column as it came.
#[cfg(feature = "cli")]
pub mod csv;
/// GeoPackage: what SQLite finds in it.
#[cfg(all(feature = "cli", feature = "geopackage"))]
pub mod geopackage;
/// GeoPackage in: layers, values, geometries, and what is left alone.
#[cfg(all(feature = "cli", feature = "geopackage"))]
pub mod geopackage_in;
/// GeoPackage out: several layers, their indexes and styles.
#[cfg(all(feature = "cli", feature = "geopackage"))]
pub mod geopackage_layers;
/// GPX out: what other readers find, what comes back, what is counted.
#[cfg(feature = "cli")]
pub mod gpx_out;
/// KML and KMZ out: what other readers find, and what comes back.
#[cfg(feature = "cli")]
pub mod kml_out;
/// What an output can't hold is named; what it can comes back.
#[cfg(feature = "cli")]
pub mod losses;
/// Small Parquet files that hold far more.
#[cfg(all(feature = "cli", feature = "parquet"))]
pub mod parquet_bombs;
/// Reports that are not a point in binary formats.
#[cfg(all(feature = "cli", feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
pub mod reports;
/// Shapefiles: shapes, values and damage.
#[cfg(all(feature = "cli", feature = "shapefile"))]
pub mod shapefiles;
/// Types on the way between binary formats.
#[cfg(all(feature = "cli", feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
pub mod types;
/// Workbooks: cells, headers, sheets, and hostile ones.
#[cfg(all(feature = "cli", feature = "spreadsheets"))]
pub mod workbooks;
/// XLSX out: what comes back, and what has no room.
#[cfg(all(feature = "cli", feature = "spreadsheets"))]
pub mod workbooks_out;
