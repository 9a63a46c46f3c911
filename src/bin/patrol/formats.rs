//! Which format is read and which is written, and the way between them where one is not GeoJSON text.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::annotate::{
    Annotator, ConnectorOutput, OutputForm, Provenance, RegionOutput, Reject, Summary, TableForm, TableRun,
    annotate_table,
};
use patrol_corridor::io::{OutputFile, PositionColumns, Rows, spooled};

use crate::layers::{is_standard, to_standard};
use crate::limits::limits;
use crate::progress::{self, Progress};
use crate::reports::warn_of_columns;

/// A format by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A FeatureCollection
    #[value(alias = "json")]
    Geojson,
    /// A feature a line
    #[value(alias = "ndjson")]
    Geojsonl,
    /// RFC 8142
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
    /// GeoPackage, written only, in a build with the feature `geopackage`
    #[value(alias = "gpkg")]
    Geopackage,
}

/// How incidents that are no GeoJSON are read.
#[derive(Debug, clap::Args)]
pub struct FormatArgs {
    /// Format of the incidents, whatever the extension; the forms of GeoJSON tell themselves apart
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<Format>,
    /// Format to write, whatever the extension
    #[arg(long, value_name = "FORMAT")]
    output_format: Option<Format>,
    /// Column of longitudes in a table of incidents [default: longitude, lon, lng, long, x or
    /// decimalLongitude, in any case]
    #[arg(long, value_name = "COLUMN")]
    lon_field: Option<String>,
    /// Column of latitudes [default: latitude, lat, y or decimalLatitude, in any case]
    #[arg(long, value_name = "COLUMN")]
    lat_field: Option<String>,
}

/// The formats of a run.
#[derive(Debug, Clone)]
pub struct Formats {
    input: Format,
    output: Format,
    form: TableForm,
    position: PositionColumns,
}

impl FormatArgs {
    /// The formats by these options and the files' extensions.
    pub fn formats(&self, incidents: &Path, output_path: &Path) -> Result<Formats, Error> {
        let output = match self.output_format {
            Some(format) => format,
            None if is_standard(output_path) => {
                return Err(Error::argument(format!(
                    "found --output - without --output-format, expected one of {}",
                    names()
                )));
            }
            None => by_extension(output_path)?.ok_or_else(|| {
                Error::argument(
                    "found an output with no extension that tells the format, expected .geojson, .json, \
                     .geojsonl, .ndjson, .geojsons, .csv, .tsv (each with .gz too), .fgb, .parquet or .gpkg, or \
                     --output-format",
                )
                .in_file(output_path.display().to_string())
            })?,
        };
        let input = match self.input_format {
            Some(format) => format,
            None => by_extension(incidents)?.unwrap_or(Format::Geojson),
        };
        let position = PositionColumns { lon: self.lon_field.clone(), lat: self.lat_field.clone() };
        if position != PositionColumns::default() && input.is_geojson() {
            return Err(Error::argument(
                "found --lon-field or --lat-field with GeoJSON, expected them with a table: leave them out, or \
                 name the --input-format",
            ));
        }
        let written = || output_path.display().to_string();
        let form = output.table_form().map_err(|e| e.in_file(written()))?;
        if input == Format::Geopackage {
            return Err(Error::argument(
                "found GeoPackage, which is written and not read: expected another format \
                 (`ogr2ogr -t_srs OGC:CRS84 in.fgb in.gpkg`)",
            )
            .in_file(incidents.display().to_string()));
        }
        // What can't be written can't be read either.
        input.table_form().map_err(|e| e.in_file(incidents.display().to_string()))?;
        Ok(Formats { input, output, form, position })
    }
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
        "found {format}, which this build leaves out: install one that has it with \
         `cargo install --path . --features {feature}` (or `--features formats` for all)"
    ))
}

impl Format {
    fn is_geojson(self) -> bool {
        matches!(self, Format::Geojson | Format::Geojsonl | Format::Geojsons)
    }

    /// The form that is written.
    fn table_form(self) -> Result<TableForm, Error> {
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

impl Formats {
    /// Of incidents, by their extension, that are annotated for ourselves: a feature a line.
    pub fn to_lines(incidents: &Path) -> Result<Self, Error> {
        let args = FormatArgs {
            input_format: None,
            output_format: Some(Format::Geojsonl),
            lon_field: None,
            lat_field: None,
        };
        args.formats(incidents, Path::new("-"))
    }

    /// The form of the output where GeoJSON is read and written: text stays text.
    pub fn text_to_text(&self) -> Option<OutputForm> {
        match self.form {
            TableForm::Features(form) if self.input.is_geojson() => Some(form),
            _ => None,
        }
    }

    /// Refuses a style for what QGIS doesn't open.
    pub fn check_style(&self, output: &Path) -> Result<(), Error> {
        let is_packed = output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
        match self.output {
            Format::Csv | Format::Tsv if is_packed => Err(Error::argument(
                "found --qml with a packed table, expected a layer that QGIS opens, which no packed table is: leave out .gz, \
                 or write another format",
            )
            .in_file(output.display().to_string())),
            _ => Ok(()),
        }
    }

    /// True where the output has room for where its answers come from, without being asked.
    pub fn has_provenance(&self) -> bool {
        self.output == Format::Geojson
    }
}

/// A run from or to a table.
pub struct TableJob<'a> {
    pub formats: &'a Formats,
    pub incidents: &'a PathBuf,
    pub output: &'a PathBuf,
    pub force: bool,
    pub threads: usize,
    pub provenance: Option<Provenance>,
    pub regions: Option<RegionOutput<'a>>,
    pub connectors: Option<ConnectorOutput<'a>>,
    pub progress: progress::Mode,
}

impl TableJob<'_> {
    /// Reads, annotates and writes; the file is to be committed.
    pub fn run(
        self,
        annotator: &Annotator<'_>,
        rejects: Option<&mut dyn FnMut(Reject) -> Result<(), Error>>,
    ) -> Result<(Summary, Option<OutputFile>), Error> {
        let mut progress = Progress::new(self.progress, self.incidents);
        let mut rows = rows(self.formats, self.incidents, self.threads)?;
        warn_of_columns(&self.incidents.display().to_string(), &rows);
        progress.follow(rows.bytes_read());
        let mut update = |rows| progress.update(rows);
        // All borrows of the run end together.
        let regions = self.regions.map(|RegionOutput { form, out }| RegionOutput { form, out: &mut *out });
        let connectors = self.connectors;
        let connectors =
            connectors.map(|ConnectorOutput { form, out }| ConnectorOutput { form, out: &mut *out });
        let rejects = rejects.map(|rejects| rejects as &mut dyn FnMut(Reject) -> Result<(), Error>);
        let run = TableRun {
            provenance: self.provenance,
            threads: self.threads,
            rejects,
            regions,
            connectors,
            progress: Some(&mut update),
            ..TableRun::new(self.formats.form)
        };
        if is_standard(self.output) {
            let mut out = BufWriter::new(std::io::stdout());
            let summary = annotate_table(&mut rows, annotator, run, &mut out).map_err(to_standard)?;
            out.flush().map_err(|e| Error::io("write standard output", e))?;
            return Ok((summary, None));
        }
        let mut out = OutputFile::create(self.output, self.force)?;
        // What has room for the output has room for what becomes of it.
        let scratch = out.temporary_path().and_then(Path::parent).map(|folder| match folder.as_os_str() {
            folder if folder.is_empty() => PathBuf::from("."),
            folder => PathBuf::from(folder),
        });
        let summary = annotate_table(&mut rows, annotator, TableRun { scratch, ..run }, &mut out)
            .map_err(|error| error.in_file(self.output.display().to_string()))?;
        Ok((summary, Some(out)))
    }
}

/// The incidents of a table.
pub fn rows(formats: &Formats, incidents: &Path, threads: usize) -> Result<Rows<'static>, Error> {
    let (position, limits) = (&formats.position, &limits());
    let name = if is_standard(incidents) { "<stdin>".to_owned() } else { incidents.display().to_string() };
    match formats.input {
        Format::Csv => Rows::csv_within(name, stream(incidents)?, None, position, limits),
        Format::Tsv => Rows::csv_within(name, stream(incidents)?, Some(b'\t'), position, limits),
        #[cfg(feature = "flatgeobuf")]
        Format::Flatgeobuf => {
            let input = std::io::BufReader::with_capacity(1 << 16, stream(incidents)?);
            Rows::flatgeobuf_within(name, input, limits)
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => Rows::parquet(name, file(incidents)?, position),
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
            "found {option} under a name that tells no GeoJSON, expected .geojson, .json, .geojsonl, .ndjson or \
             .geojsons, each with .gz too"
        ))
        .in_file(path.display().to_string())),
    }
}
