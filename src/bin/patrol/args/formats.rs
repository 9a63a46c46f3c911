//! Formats by their names and extensions, and the rows of a table.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use patrol_corridor::Error;
use patrol_corridor::annotate::{OutputForm, TableForm};
use patrol_corridor::io::{CsvOptions, PositionColumns, Rows, spooled};

use crate::args::layers::is_standard;

/// A format by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One FeatureCollection
    #[value(alias = "json")]
    Geojson,
    /// One feature per line
    #[value(alias = "ndjson")]
    Geojsonl,
    /// A sequence of features (RFC 8142)
    Geojsons,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// FlatGeobuf, in a build with the feature `flatgeobuf`
    #[value(alias = "fgb")]
    Flatgeobuf,
    /// Parquet and GeoParquet, in a build with the feature `parquet`
    #[value(alias = "geoparquet")]
    Parquet,
    /// GeoPackage, for output only, in a build with the feature `geopackage`
    #[value(alias = "gpkg")]
    Geopackage,
}

/// The format of incidents: the one that is named, or by the extension.
pub fn input(path: &Path, named: Option<Format>) -> Result<Format, Error> {
    let format = match named {
        Some(format) => format,
        None => by_extension(path)?.unwrap_or(Format::Geojson),
    };
    let shown = || path.display().to_string();
    if format == Format::Geopackage {
        return Err(Error::argument(
            "GeoPackage is written and not read; convert it (`ogr2ogr -t_srs OGC:CRS84 out.geojson in.gpkg`)",
        )
        .in_file(shown()));
    }
    // What can't be written can't be read either.
    format.table_form().map_err(|error| error.in_file(shown()))?;
    Ok(format)
}

/// The format of an output: the one that is named, or by the extension.
pub fn output(path: &Path, named: Option<Format>) -> Result<Format, Error> {
    let format = match named {
        Some(format) => format,
        None if is_standard(path) => {
            let names = names();
            return Err(Error::argument(format!("--output - needs --output-format: one of {names}")));
        }
        None => by_extension(path)?.ok_or_else(|| {
            Error::argument(
                "the extension tells no format; use .geojson, .json, .geojsonl, .ndjson, .geojsons, .csv, .tsv (each \
                 with .gz too), .fgb, .parquet or .gpkg, or --output-format",
            )
            .in_file(path.display().to_string())
        })?,
    };
    format.table_form().map_err(|error| error.in_file(path.display().to_string()))?;
    Ok(format)
}

fn names() -> String {
    let values = <Format as clap::ValueEnum>::value_variants();
    let name = |format: &Format| clap::ValueEnum::to_possible_value(format).map(|v| v.get_name().to_owned());
    values.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// The format that a name tells.
fn by_extension(path: &Path) -> Result<Option<Format>, Error> {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    Ok(match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("geojson" | "json") => Some(Format::Geojson),
        Some("geojsonl" | "ndjson") => Some(Format::Geojsonl),
        Some("geojsons") => Some(Format::Geojsons),
        Some("csv") => Some(Format::Csv),
        Some("tsv") => Some(Format::Tsv),
        Some("fgb") => Some(Format::Flatgeobuf),
        Some("parquet" | "geoparquet") => Some(Format::Parquet),
        Some("gpkg") => Some(Format::Geopackage),
        _ => None,
    })
}

/// A format that this build leaves out.
#[cfg(not(all(feature = "flatgeobuf", feature = "geopackage", feature = "parquet")))]
fn not_built(format: &str, feature: &str) -> Error {
    Error::argument(format!(
        "this build has no {format}: install one that has it with \
         `cargo install --path . --features {feature}` (or `--features formats` for all)"
    ))
}

impl Format {
    /// Refuses a style for what QGIS doesn't open.
    pub fn check_style(self, output: &Path) -> Result<(), Error> {
        let is_packed = output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
        match self {
            Format::Csv | Format::Tsv if is_packed => Err(Error::argument(
                "QGIS opens no packed table, so --qml has no use there; leave out .gz, or write another format",
            )
            .in_file(output.display().to_string())),
            _ => Ok(()),
        }
    }

    /// Returns `true` if it is GeoJSON text.
    pub fn is_geojson(self) -> bool {
        matches!(self, Format::Geojson | Format::Geojsonl | Format::Geojsons)
    }

    /// The form that is written.
    pub fn table_form(self) -> Result<TableForm, Error> {
        Ok(match self {
            Format::Geojson => TableForm::Features(OutputForm::Collection),
            Format::Geojsonl => TableForm::Features(OutputForm::Lines),
            Format::Geojsons => TableForm::Features(OutputForm::Sequence),
            Format::Csv => TableForm::Csv(b','),
            Format::Tsv => TableForm::Csv(b'\t'),
            #[cfg(feature = "flatgeobuf")]
            Format::Flatgeobuf => TableForm::FlatGeobuf,
            #[cfg(not(feature = "flatgeobuf"))]
            Format::Flatgeobuf => return Err(not_built("FlatGeobuf", "flatgeobuf")),
            #[cfg(feature = "parquet")]
            Format::Parquet => TableForm::Parquet,
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => return Err(not_built("Parquet", "parquet")),
            #[cfg(feature = "geopackage")]
            Format::Geopackage => TableForm::GeoPackage,
            #[cfg(not(feature = "geopackage"))]
            Format::Geopackage => return Err(not_built("GeoPackage", "geopackage")),
        })
    }
}

/// The incidents of a table, or GeoJSON that becomes one; `threads` work on the latter's first pass.
pub fn rows(
    format: Format,
    incidents: &Path,
    position: &PositionColumns,
    table: &CsvOptions,
    threads: usize,
) -> Result<Rows<'static>, Error> {
    let limits = &table.limits;
    let name = if is_standard(incidents) { "<stdin>".to_owned() } else { incidents.display().to_string() };
    match format {
        Format::Csv => Rows::csv_with(name, stream(incidents)?, position, table),
        Format::Tsv => {
            let table = CsvOptions { delimiter: Some(b'\t'), ..table.clone() };
            Rows::csv_with(name, stream(incidents)?, position, &table)
        }
        #[cfg(feature = "flatgeobuf")]
        Format::Flatgeobuf => {
            let input = std::io::BufReader::with_capacity(1 << 16, stream(incidents)?);
            Rows::flatgeobuf_within(name, input, limits)
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => Rows::parquet_within(name, file(incidents)?, position, limits),
        _ => Rows::features_within(name, file(incidents)?, threads, limits),
    }
}

/// What is read once.
fn stream(incidents: &Path) -> Result<Box<dyn Read>, Error> {
    if is_standard(incidents) { Ok(Box::new(std::io::stdin())) } else { Ok(Box::new(file(incidents)?)) }
}

/// What is read more than once; standard input is copied for that.
fn file(incidents: &Path) -> Result<File, Error> {
    if is_standard(incidents) {
        return spooled("<stdin>", std::io::stdin());
    }
    let name = incidents.display().to_string();
    File::open(incidents).map_err(|e| Error::io("open or read it", e).in_file(name))
}

/// The form of GeoJSON that the name of a file beside the output tells, of that option.
pub fn form_beside(option: &str, path: &Path) -> Result<OutputForm, Error> {
    match by_extension(path)?.map(Format::table_form).transpose() {
        Ok(Some(TableForm::Features(form))) => Ok(form),
        _ => Err(Error::argument(format!(
            "{option} under a name that tells no GeoJSON, expected .geojson, .json, .geojsonl, .ndjson or \
             .geojsons, each with .gz too"
        ))
        .in_file(path.display().to_string())),
    }
}
