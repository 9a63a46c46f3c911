//! Reading and writing: texts, layers, tables, files.

/// What an annotation takes nothing from: every byte that it did not write.
pub mod annotate_lossless;
/// Files with verdicts, and what `check` says of them.
pub mod check;
/// Layers in other coordinate reference systems: options, members, reports.
pub mod crs;
/// What the tests of other formats share.
mod exchange;
/// GPX as phones, handsets and watches write it.
pub mod exchange_gpx;
/// Files of other formats made to bring down their readers.
pub mod exchange_hostile;
/// KML and KMZ as Google Earth writes them.
pub mod exchange_kml;
/// Features in memory, and runs that are stopped.
pub mod in_memory;
/// JSON of every kind, good and bad, as input.
pub mod json;
/// Posts, routes and incidents: rules, ids, errors.
pub mod layers;
/// Output files: whole or not at all.
pub mod output;
/// What serde, the crate `geojson` and clocks give and take.
pub mod serde_types;
/// When posts and routes were in service, as their layers tell it.
pub mod service_layers;
/// The forms of text, gzip and encodings.
pub mod sources;
/// Reading in blocks: neither their size nor the number of threads changes a byte.
pub mod streaming;
/// GeoJSON becomes a table in two passes.
pub mod tables_two_passes;
