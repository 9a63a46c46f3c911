//! Features that a command makes itself, written as a layer: whole or not at all.

use std::io::Write;
use std::path::PathBuf;

use patrol_corridor::Error;
use patrol_corridor::io::{OutputFile, is_same_file};

use crate::layers::is_standard;
use crate::signals::clean_up;

/// Where a layer of features goes.
#[derive(Debug, clap::Args)]
pub struct FeatureOutputArgs {
    /// File to write; its extension tells the form: .geojson and .json a FeatureCollection, .geojsonl and
    /// .ndjson a feature a line, .geojsons RFC 8142, each with .gz too (`-` is standard output)
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Form to write, whatever the extension
    #[arg(long, value_name = "FORM")]
    output_format: Option<Form>,
    /// Replace the output if it exists (never an input)
    #[arg(long)]
    force: bool,
    /// Flush the output to the disk before it takes its name
    #[arg(long)]
    sync: bool,
}

/// The forms of GeoJSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// A FeatureCollection
    #[value(alias = "json")]
    Geojson,
    /// A feature a line
    #[value(alias = "ndjson")]
    Geojsonl,
    /// RFC 8142
    Geojsons,
}

impl FeatureOutputArgs {
    /// True where the features go to standard output, which then has no room for a table.
    pub fn is_standard(&self) -> bool {
        is_standard(&self.output)
    }

    /// Holds the arguments against the inputs, before any work is done.
    pub fn check<'p>(&self, inputs: impl IntoIterator<Item = &'p PathBuf>) -> Result<(), Error> {
        self.form()?;
        if inputs.into_iter().any(|input| !is_standard(input) && is_same_file(input, &self.output)) {
            let message = "found an input as the output, expected another file: an input is never replaced";
            return Err(Error::argument(message).in_file(self.output.display().to_string()));
        }
        Ok(())
    }

    fn form(&self) -> Result<Form, Error> {
        let name = self.output.file_name().map(|name| name.to_string_lossy().to_lowercase());
        let name = name.unwrap_or_default();
        let extension = name.strip_suffix(".gz").unwrap_or(&name).rsplit_once('.').map(|(_, end)| end);
        match (self.output_format, extension) {
            (Some(form), _) => Ok(form),
            (None, Some("geojson" | "json")) => Ok(Form::Geojson),
            (None, Some("geojsonl" | "ndjson")) => Ok(Form::Geojsonl),
            (None, Some("geojsons")) => Ok(Form::Geojsons),
            (None, _) if self.is_standard() => Ok(Form::Geojson),
            _ => Err(Error::argument(
                "found an output with no extension that tells the form, expected .geojson, .json, .geojsonl, \
                 .ndjson or .geojsons (each with .gz too), or --output-format",
            )
            .in_file(self.output.display().to_string())),
        }
    }

    /// Writes the features, each the text of one.
    pub fn write(&self, features: &[String]) -> Result<(), Error> {
        let text = match self.form()? {
            Form::Geojson if features.is_empty() => {
                "{\"type\":\"FeatureCollection\",\"features\":[]}\n".to_owned()
            }
            Form::Geojson => {
                format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n"))
            }
            Form::Geojsonl => features.iter().map(|feature| format!("{feature}\n")).collect(),
            Form::Geojsons => features.iter().map(|feature| format!("\u{1e}{feature}\n")).collect(),
        };
        if self.is_standard() {
            let mut out = std::io::stdout().lock();
            return out.write_all(text.as_bytes()).map_err(|e| Error::io("write standard output", e));
        }
        let mut out = OutputFile::create(&self.output, self.force)?;
        clean_up(&out);
        out.write_all(text.as_bytes())
            .map_err(|e| Error::io("write it", e).in_file(self.output.display().to_string()))?;
        out.commit(self.sync)
    }
}
