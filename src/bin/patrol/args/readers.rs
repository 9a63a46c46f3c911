//! Files in any format, opened: incidents as text or rows, layers as text.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use patrol_corridor::Error;
use patrol_corridor::io::{
    Crs, CsvOptions, Features, IncidentStream, LayerKind, PassedOver, PositionColumns, ReadLimits, Rows,
    Source, spooled,
};

use crate::args::files::{is_standard, open, split_layer, stream as text_stream};
use crate::args::formats::{Format, input};
use crate::args::limits::limits;
use crate::args::systems::refuse_in_tables;
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
            let table = table.clone().with_delimiter(b'\t');
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

/// A layer as text of GeoJSON; what of its file is not taken is said. The system of a table is taken out of `crs`: its rows come
/// out of it already.
///
/// # Errors
/// Where it can't be opened, or has something and nothing that such a layer is made of.
pub fn layer(path: &Path, kind: LayerKind, crs: &mut Option<Crs>) -> Result<Source, Error> {
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
        let crs = crs.take();
        // Of other tables the positions have types of their own.
        if !matches!(format, Format::Csv | Format::Tsv | Format::Workbook) {
            refuse_in_tables(crs.as_ref(), "a layer in this format", "--crs")?;
        }
        let table = CsvOptions::default().with_limits(limits()).with_crs(crs);
        let rows = rows(format, path, &PositionColumns::default(), &table, 1)?;
        let (text, passed_over) = rows.into_layer(kind);
        (Source::made_of(&file, text, &limits())?, passed_over)
    };
    // A sequence of nothing is its separator alone.
    let is_empty = source.text().trim().trim_matches('\u{1e}').is_empty();
    say_not_taken(&file.display().to_string(), kind, &passed_over.counts(), is_empty)?;
    if let tracks @ 1.. = passed_over.recorded_tracks()
        && kind == LayerKind::Routes
    {
        say!(
            "patrol: {}: warning: recorded tracks: {tracks}; jitter makes them longer than the way is (--simplify 10 leaves out \
             vertices that are within 10 m of the rest)",
            file.display()
        );
    }
    Ok(source)
}

/// Says what of a file is not taken into a layer.
///
/// # Errors
/// Where it has something, and nothing that such a layer is made of.
pub fn say_not_taken(
    file: &str,
    kind: LayerKind,
    passed_over: &[(String, u64)],
    is_empty: bool,
) -> Result<(), Error> {
    if passed_over.is_empty() {
        return Ok(());
    }
    let listed =
        passed_over.iter().map(|(what, count)| format!("{what} ({count})")).collect::<Vec<_>>().join(", ");
    if !is_empty {
        say!("patrol: {file}: warning: not taken: {listed}");
        return Ok(());
    }
    let taken = match kind {
        LayerKind::Posts => "points",
        LayerKind::Routes => "lines",
        LayerKind::Corridors => "areas",
        _ => "places",
    };
    let message = format!("no {taken} in it, of which this layer is made; it has: {listed}");
    Err(Error::argument(message).in_file(file.to_owned()))
}
