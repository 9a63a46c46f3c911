//! Which format is read and which is written, and the way between them where one is not GeoJSON text.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::annotate::{
    Annotator, OutputForm, Provenance, Reject, Summary, TableForm, TableRun, annotate_table,
};
use patrol_corridor::io::{Crs, OutputFile, PositionColumns, Rows};

use crate::layers::{is_standard, open};
use crate::systems::refuse_in_tables;

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
                     .geojsonl, .ndjson, .geojsons, .csv, .tsv (each with .gz too), .fgb or .parquet, or \
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
        _ => None,
    })
}

/// A format that this build leaves out.
#[cfg(not(all(feature = "flatgeobuf", feature = "parquet")))]
fn not_built(format: &str, feature: &str) -> Error {
    Error::argument(format!(
        "found {format}, which this build leaves out: install one that has it with \
         `cargo install patrol-corridor --features {feature}` (or `--features formats` for all)"
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
        })
    }
}

impl Formats {
    /// The form of the output where GeoJSON is read and written: text stays text.
    pub fn text_to_text(&self) -> Option<OutputForm> {
        match self.form {
            TableForm::Features(form) if self.input.is_geojson() => Some(form),
            _ => None,
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
    pub sync: bool,
    pub threads: usize,
    pub provenance: Option<Provenance>,
    /// The system that the incidents are in.
    pub crs: Option<Crs>,
}

impl TableJob<'_> {
    /// Reads, annotates and writes.
    pub fn run(
        self,
        annotator: &Annotator<'_>,
        rejects: Option<&mut dyn FnMut(Reject) -> Result<(), Error>>,
    ) -> Result<Summary, Error> {
        let source;
        let mut reprojections = Vec::new();
        if !self.formats.input.is_geojson() {
            refuse_in_tables(self.crs.as_ref(), "a table of incidents")?;
        }
        let mut rows = match self.formats.input {
            Format::Csv => self.csv(None)?,
            Format::Tsv => self.csv(Some(b'\t'))?,
            #[cfg(feature = "flatgeobuf")]
            Format::Flatgeobuf if is_standard(self.incidents) => {
                Rows::flatgeobuf("<stdin>", std::io::stdin())?
            }
            #[cfg(feature = "flatgeobuf")]
            Format::Flatgeobuf => {
                let (name, file) = self.file()?;
                Rows::flatgeobuf(name, std::io::BufReader::with_capacity(1 << 16, file))?
            }
            #[cfg(feature = "parquet")]
            Format::Parquet if is_standard(self.incidents) => {
                return Err(Error::argument(
                    "found --incidents - with Parquet, which is read from its end: expected the name of a file",
                ));
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                let (name, file) = self.file()?;
                Rows::parquet(name, file, &self.formats.position)?
            }
            _ => {
                (source, reprojections) = open(self.incidents)?.in_wgs84(self.crs.as_ref())?;
                Rows::features(&source)?
            }
        };
        let run = TableRun { form: self.formats.form, provenance: self.provenance, threads: self.threads };
        if is_standard(self.output) {
            let mut out = BufWriter::new(std::io::stdout());
            let summary = annotate_table(&mut rows, annotator, &run, &mut out, rejects)?;
            out.flush().map_err(|e| Error::io("write standard output", e))?;
            return Ok(Summary { reprojections, ..summary });
        }
        let mut out = OutputFile::create(self.output, self.force)?;
        let summary = annotate_table(&mut rows, annotator, &run, &mut out, rejects)
            .map_err(|error| error.in_file(self.output.display().to_string()))?;
        out.commit(self.sync)?;
        Ok(Summary { reprojections, ..summary })
    }

    fn csv(&self, delimiter: Option<u8>) -> Result<Rows<'static>, Error> {
        let position = &self.formats.position;
        if is_standard(self.incidents) {
            return Rows::csv("<stdin>", std::io::stdin(), delimiter, position);
        }
        let (name, file) = self.file()?;
        Rows::csv(name, file, delimiter, position)
    }

    fn file(&self) -> Result<(String, File), Error> {
        let name = self.incidents.display().to_string();
        let file = File::open(self.incidents).map_err(|e| Error::io("open or read it", e).in_file(&name))?;
        Ok((name, file))
    }
}
