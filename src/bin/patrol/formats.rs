//! Which format is read and which is written, and the way between them where one is not GeoJSON text.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::annotate::{
    Annotator, OutputForm, Provenance, Reject, Summary, TableForm, TableRun, annotate_table,
};
use patrol_corridor::io::{OutputFile, PositionColumns, Rows};

use crate::layers::{is_standard, open};

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
    position: PositionColumns,
}

impl FormatArgs {
    /// The formats by these options and the files' extensions.
    pub fn formats(&self, incidents: &Path, output: &Path) -> Result<Formats, Error> {
        let output = match self.output_format {
            Some(format) => format,
            None if is_standard(output) => {
                return Err(Error::argument(format!(
                    "found --output - without --output-format, expected one of {}",
                    names()
                )));
            }
            None => by_extension(output)?.ok_or_else(|| {
                Error::argument(
                    "found an output with no extension that tells the format, expected .geojson, .json, \
                     .geojsonl, .ndjson, .geojsons, .csv or .tsv (each with .gz too), or --output-format",
                )
                .in_file(output.display().to_string())
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
        Ok(Formats { input, output, position })
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
        _ => None,
    })
}

impl Format {
    fn is_geojson(self) -> bool {
        matches!(self, Format::Geojson | Format::Geojsonl | Format::Geojsons)
    }

    fn table_form(self) -> TableForm {
        match self {
            Format::Geojson => TableForm::Features(OutputForm::Collection),
            Format::Geojsonl => TableForm::Features(OutputForm::Lines),
            Format::Geojsons => TableForm::Features(OutputForm::Sequence),
            Format::Csv => TableForm::Csv(b','),
            Format::Tsv => TableForm::Csv(b'\t'),
        }
    }
}

impl Formats {
    /// The form of the output where GeoJSON is read and written: text stays text.
    pub fn text_to_text(&self) -> Option<OutputForm> {
        match self.output.table_form() {
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
}

impl TableJob<'_> {
    /// Reads, annotates and writes.
    pub fn run(
        self,
        annotator: &Annotator<'_>,
        rejects: Option<&mut dyn FnMut(Reject) -> Result<(), Error>>,
    ) -> Result<Summary, Error> {
        let source;
        let mut rows = match self.formats.input {
            Format::Csv => self.csv(None)?,
            Format::Tsv => self.csv(Some(b'\t'))?,
            _ => {
                source = open(self.incidents)?;
                Rows::features(&source)?
            }
        };
        let form = self.formats.output.table_form();
        let run = TableRun { form, provenance: self.provenance, threads: self.threads };
        if is_standard(self.output) {
            let mut out = BufWriter::new(std::io::stdout());
            let summary = annotate_table(&mut rows, annotator, &run, &mut out, rejects)?;
            out.flush().map_err(|e| Error::io("write standard output", e))?;
            return Ok(summary);
        }
        let mut out = OutputFile::create(self.output, self.force)?;
        let summary = annotate_table(&mut rows, annotator, &run, &mut out, rejects)
            .map_err(|error| error.in_file(self.output.display().to_string()))?;
        out.commit(self.sync)?;
        Ok(summary)
    }

    fn csv(&self, delimiter: Option<u8>) -> Result<Rows<'static>, Error> {
        let position = &self.formats.position;
        if is_standard(self.incidents) {
            return Rows::csv("<stdin>", std::io::stdin(), delimiter, position);
        }
        let name = self.incidents.display().to_string();
        let file = File::open(self.incidents).map_err(|e| Error::io("open or read it", e).in_file(&name))?;
        Rows::csv(name, file, delimiter, position)
    }
}
