//! Where the answer goes: standard output, or a file that appears whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::{OutputFile, is_same_file};

use crate::layers::{is_standard, to_standard};
use crate::signals::clean_up;

/// A file, if one is asked for.
#[derive(Debug, clap::Args)]
pub struct OutputArgs {
    /// File to write [default: standard output]; where it holds features its extension tells the form:
    /// .geojson and .json, .geojsonl and .ndjson a feature a line, .geojsons RFC 8142, each with .gz too
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the output if it exists (never an input)
    #[arg(long)]
    force: bool,
}

/// The forms of GeoJSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One text: a feature, or a collection of them.
    Whole,
    /// A feature a line.
    Lines,
    /// RFC 8142.
    Sequence,
}

impl OutputArgs {
    /// The path, where it is not standard output.
    fn path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| !is_standard(path))
    }

    /// The form of features by the extension.
    pub fn form(&self) -> Result<Form, Error> {
        let Some(path) = self.path() else { return Ok(Form::Whole) };
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        match name.strip_suffix(".gz").unwrap_or(&name).rsplit_once('.').map(|(_, end)| end) {
            Some("geojson" | "json") => Ok(Form::Whole),
            Some("geojsonl" | "ndjson") => Ok(Form::Lines),
            Some("geojsons") => Ok(Form::Sequence),
            _ => Err(Error::argument(
                "found an output with no extension that tells the form, expected .geojson, .json, .geojsonl, \
                 .ndjson or .geojsons (each with .gz too)",
            )
            .in_file(path.display().to_string())),
        }
    }

    /// Holds the output against the inputs, before any work is done.
    pub fn check<'p>(&self, inputs: impl IntoIterator<Item = &'p PathBuf>) -> Result<(), Error> {
        let Some(path) = self.path() else { return Ok(()) };
        if inputs.into_iter().any(|input| !is_standard(input) && is_same_file(input, path)) {
            let message = "found an input as the output, expected another file: an input is never replaced";
            return Err(Error::argument(message).in_file(path.display().to_string()));
        }
        Ok(())
    }

    /// Writes one piece of text after the other.
    pub fn write(&self, mut texts: impl Iterator<Item = Result<String, Error>>) -> Result<(), Error> {
        let Some(path) = self.path() else {
            let fail = |e| to_standard(Error::io("write it", e));
            let mut out = BufWriter::new(std::io::stdout().lock());
            texts.try_for_each(|text| out.write_all(text?.as_bytes()).map_err(fail))?;
            return out.flush().map_err(fail);
        };
        let mut out = OutputFile::create(path, self.force)?;
        clean_up(&out);
        let fail = |e| Error::io("write it", e).in_file(path.display().to_string());
        texts.try_for_each(|text| out.write_all(text?.as_bytes()).map_err(fail))?;
        out.commit(false)
    }
}

impl Form {
    /// The text of one feature.
    pub fn one(self, feature: &str) -> String {
        match self {
            Form::Whole | Form::Lines => format!("{feature}\n"),
            Form::Sequence => format!("\u{1e}{feature}\n"),
        }
    }

    /// The texts of many features, one by one.
    pub fn many(
        self,
        features: impl Iterator<Item = Result<String, Error>>,
    ) -> impl Iterator<Item = Result<String, Error>> {
        let whole = self == Form::Whole;
        let mut is_first = true;
        let each = features.map(move |feature| {
            let before = if std::mem::replace(&mut is_first, false) { "\n" } else { ",\n" };
            Ok(if whole { format!("{before}{}", feature?) } else { self.one(&feature?) })
        });
        let around = |text: &str| whole.then(|| Ok(text.to_owned()));
        let open = around("{\"type\":\"FeatureCollection\",\"features\":[");
        open.into_iter().chain(each).chain(around("\n]}\n"))
    }
}
