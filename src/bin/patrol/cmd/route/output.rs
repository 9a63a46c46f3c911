//! Where the answer goes: standard output, or a file that appears whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::OutputFile;

use crate::args::feature_form::Form;
use crate::args::files::is_standard;
use crate::args::outputs;
use crate::term::to_standard;

/// A file, if one is asked for.
#[derive(Debug, clap::Args)]
pub struct OutputArgs {
    /// Output file [default: standard output]
    ///
    /// For features, the extension chooses the format: .geojson or .json, .geojsonl or .ndjson (one feature per line),
    /// .geojsons (RFC 8142), each also with .gz.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite output files that exist (never an input)
    #[arg(long)]
    force: bool,
}

impl OutputArgs {
    /// The path, where it is not standard output.
    fn path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| !is_standard(path))
    }

    /// The form of features by the extension.
    pub fn form(&self) -> Result<Form, Error> {
        self.path().map_or(Ok(Form::Geojson), Form::of)
    }

    /// Holds the output against the inputs, before any work is done.
    pub fn check<'p>(&self, inputs: impl IntoIterator<Item = &'p PathBuf>) -> Result<(), Error> {
        let path = self.output.as_deref().unwrap_or(Path::new("-"));
        outputs::check(inputs, &[("--output", path)], self.force)
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
        let fail = |e| Error::io("write it", e).in_file(path.display().to_string());
        texts.try_for_each(|text| out.write_all(text?.as_bytes()).map_err(fail))?;
        outputs::place(vec![out], false, None)
    }
}
