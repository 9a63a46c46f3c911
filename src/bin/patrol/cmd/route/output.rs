//! Where the answer goes: standard output, or a file that appears whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::OutputFile;

use crate::args::feature_file::{self, title};
use crate::args::feature_form::Form;
use crate::args::files::{is_layer, is_standard, split_output};
use crate::args::outputs;
use crate::args::packages::{self, layer_name, stem};
use crate::term::to_standard;

/// A file, if one is asked for.
#[derive(Debug, clap::Args)]
pub struct OutputArgs {
    /// Output file [default: standard output]
    ///
    /// For features, the extension chooses the format: .geojson or .json, .geojsonl or .ndjson (one feature per line),
    /// .geojsons (RFC 8142), .kml or .gpx, each also with .gz; .kmz; .gpkg in a build that has it.
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
        let named = ("--output", self.output.as_deref().unwrap_or(Path::new("-")));
        let files = packages::files(&[named], &stem(named.1))?;
        outputs::check(inputs, &packages::named(&files).collect::<Vec<_>>(), self.force)
    }

    /// Writes a text that is no feature.
    pub fn write_text(&self, text: &str) -> Result<(), Error> {
        self.write(|out| out.write_all(text.as_bytes()).map_err(|e| Error::io("write it", e)))
    }

    /// Writes one feature, of GeoJSON without a collection around it.
    pub fn write_one(&self, form: Form, feature: String) -> Result<(), Error> {
        let form = if form == Form::Geojson { Form::Geojsonl } else { form };
        self.write_features(form, [Ok(feature)].into_iter())
    }

    /// Writes features.
    pub fn write_features(
        &self,
        form: Form,
        features: impl Iterator<Item = Result<String, Error>>,
    ) -> Result<(), Error> {
        let name = match self.path() {
            Some(path) if is_layer(path) => layer_name(("--output", path), &stem(path)),
            Some(path) => title(path),
            None => "features".to_owned(),
        };
        self.write(|out| feature_file::write(out, form, &name, features))
    }

    fn write(&self, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), Error>) -> Result<(), Error> {
        let Some(path) = self.path() else {
            let mut out = BufWriter::new(std::io::stdout());
            let flush = |out: &mut BufWriter<_>| Write::flush(out).map_err(|e| Error::io("write it", e));
            return write(&mut out).and_then(|()| flush(&mut out)).map_err(to_standard);
        };
        let mut out = OutputFile::create(split_output(path).0, self.force)?;
        write(&mut out).map_err(|e| e.in_file(path.display().to_string()))?;
        outputs::place(vec![out], false, None)
    }
}
