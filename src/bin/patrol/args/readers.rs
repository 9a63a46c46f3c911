//! Files in any format, opened: incidents as text or rows, layers as text.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use patrol_corridor::Error;
use patrol_corridor::io::{
    CsvOptions, Features, IncidentStream, LayerKind, PassedOver, PositionColumns, ReadLimits, Rows, Source,
    spooled,
};

use crate::args::files::{is_standard, open, split_layer, stream as text_stream};
use crate::args::formats::{Format, input};
use crate::args::limits::limits;
use crate::term::say;

/// The features of a file in another format than GeoJSON, which become such text.
fn features(format: Format, path: &Path, limits: &ReadLimits) -> Result<Features, Error> {
    let (file_path, layer) = split_layer(path);
    #[cfg(not(feature = "geopackage"))]
    let _ = layer;
    let name = file_path.display().to_string();
    match format {
        Format::Kml | Format::Gpx => {
            let input: Box<dyn Read + Send> = match is_standard(path) {
                true => Box::new(std::io::stdin()),
                false => Box::new(file(&file_path)?),
            };
            if format == Format::Kml {
                Features::kml(name, input, limits)
            } else {
                Features::gpx(name, input, limits)
            }
        }
        Format::Kmz => Features::kmz(name, file(&file_path)?, limits),
        #[cfg(feature = "geopackage")]
        Format::Geopackage => Features::geopackage(&file_path, layer.as_deref(), limits),
        _ => Features::shapefile(&file_path, limits),
    }
}

/// Incidents as text of GeoJSON, and what of their file was not taken.
pub fn text(format: Format, path: &Path) -> Result<(IncidentStream, Option<PassedOver>), Error> {
    if !format.is_foreign() {
        return Ok((text_stream(path)?, None));
    }
    let features = features(format, path, &limits())?;
    let passed_over = features.passed_over();
    let (file, _) = split_layer(path);
    Ok((IncidentStream::read_within(file.display().to_string(), features, &limits())?, Some(passed_over)))
}

/// The incidents of a table, or features that become one; `threads` work on the latter's first pass.
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
        Format::Workbook => {
            let (path, sheet) = split_layer(incidents);
            Rows::workbook(path.display().to_string(), file(&path)?, sheet.as_deref(), position, table)
        }
        format if format.is_foreign() => {
            let text = spooled(&name, features(format, incidents, limits)?)?;
            Rows::features_within(name, text, threads, limits)
        }
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

/// A layer as text of GeoJSON; what of its file is not taken is said.
pub fn layer(path: &Path, kind: LayerKind) -> Result<Source, Error> {
    let format = input(path, None)?;
    if format.is_geojson() {
        return open(path);
    }
    let (file, _) = split_layer(path);
    let (source, passed_over) = if format.is_foreign() {
        let features = features(format, path, &limits())?.for_layer(kind);
        let passed_over = features.passed_over();
        (Source::made_of(&file, features, &limits())?, passed_over)
    } else {
        let table = CsvOptions { limits: limits(), ..CsvOptions::default() };
        let rows = rows(format, path, &PositionColumns::default(), &table, 1)?;
        let (text, passed_over) = rows.into_layer(kind);
        (Source::made_of(&file, text, &limits())?, passed_over)
    };
    for (what, count) in passed_over.counts() {
        say!("patrol: {}: warning: not taken: {what}, {count} in all", file.display());
    }
    Ok(source)
}
