//! GeoPackage 1.3 (OGC 12-128r17), written: layers of features with typed columns, a spatial index and a style each.

mod index;
mod names;
mod package;
mod sink;
mod tables;

pub use package::{GeoPackage, GeoPackageLayer};
pub(crate) use sink::GeoPackageSink;
