//! Features that a command makes itself, written as a layer: whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::{FinishedFile, OutputFile, is_same_file};
use patrol_corridor::report::styles::StyledLayer;

use crate::drawn::StyleArgs;
use crate::feature_form::Form;
use crate::layers::{is_standard, to_standard};
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

impl FeatureOutputArgs {
    /// True where the features go to standard output, which then has no room for a table.
    pub fn is_standard(&self) -> bool {
        is_standard(&self.output)
    }

    /// Where the features go.
    pub fn path(&self) -> &Path {
        &self.output
    }

    /// True where each feature stands on a line of its own.
    pub fn is_line_by_line(&self) -> Result<bool, Error> {
        Ok(self.form()? != Form::Geojson)
    }

    /// Holds the arguments against the inputs, before any work is done.
    pub fn check<'p>(&self, inputs: impl IntoIterator<Item = &'p PathBuf>) -> Result<(), Error> {
        self.form()?;
        self.check_path(&self.output, inputs)
    }

    /// Holds another file to write against the inputs and the output.
    pub fn check_beside<'p>(
        &self,
        path: &'p Path,
        inputs: impl IntoIterator<Item = &'p PathBuf>,
    ) -> Result<(), Error> {
        Form::of(path)?;
        if path == self.output {
            let message = "found the same file for two outputs, expected one for each";
            return Err(Error::argument(message).in_file(path.display().to_string()));
        }
        self.check_path(path, inputs)
    }

    fn check_path<'p>(
        &self,
        path: &Path,
        inputs: impl IntoIterator<Item = &'p PathBuf>,
    ) -> Result<(), Error> {
        if inputs.into_iter().any(|input| !is_standard(input) && is_same_file(input, path)) {
            let message = "found an input as the output, expected another file: an input is never replaced";
            return Err(Error::argument(message).in_file(path.display().to_string()));
        }
        if !self.force && !is_standard(path) && path.is_file() {
            return Err(Error::argument("the file exists: use --force to replace it")
                .in_file(path.display().to_string()));
        }
        Ok(())
    }

    /// Holds the files of styles against the inputs.
    pub fn check_styles<'p>(
        &self,
        style: &StyleArgs,
        beside: &[&PathBuf],
        inputs: impl IntoIterator<Item = &'p PathBuf>,
    ) -> Result<(), Error> {
        let layers: Vec<&Path> =
            [&self.output].into_iter().chain(beside.iter().copied()).map(PathBuf::as_path).collect();
        let inputs: Vec<&PathBuf> = inputs.into_iter().collect();
        style.paths(&layers)?.iter().try_for_each(|path| self.check_path(path, inputs.iter().copied()))
    }

    fn form(&self) -> Result<Form, Error> {
        if let Some(form) = self.output_format {
            return Ok(form);
        }
        if self.is_standard() { Ok(Form::Geojson) } else { Form::of(&self.output) }
    }

    /// Writes the features, each the text of one, and the layers that go beside them into files of their own:
    /// all of them or none.
    pub fn write(&self, features: &[String], beside: &[(&Path, Vec<String>)]) -> Result<(), Error> {
        self.write_with(features, beside, None)
    }

    /// The same with the styles of the layers.
    pub fn write_with(
        &self,
        features: &[String],
        beside: &[(&Path, Vec<String>)],
        styles: Option<(&StyleArgs, &[(&Path, StyledLayer<'_>)])>,
    ) -> Result<(), Error> {
        let styles = styles.map(|(style, layers)| style.write(layers, self.force, self.sync)).transpose()?;
        let mut files = Vec::new();
        for (path, features) in beside {
            files.push(self.begin(path, Form::of(path)?, features)?);
        }
        if self.is_standard() {
            let mut out = BufWriter::new(std::io::stdout().lock());
            write(&mut out, self.form()?, features)
                .and_then(|()| out.flush())
                .map_err(|e| to_standard(Error::io("write it", e)))?;
        } else {
            files.push(self.begin(&self.output, self.form()?, features)?);
        }
        let finished: Vec<_> =
            files.into_iter().map(|file| file.finish(self.sync)).collect::<Result<_, _>>()?;
        FinishedFile::place_all(styles.into_iter().flatten().chain(finished))
    }

    fn begin(&self, path: &Path, form: Form, features: &[String]) -> Result<OutputFile, Error> {
        let mut out = OutputFile::create(path, self.force)?;
        clean_up(&out);
        let fail = |e| Error::io("write it", e).in_file(path.display().to_string());
        write(&mut out, form, features).map_err(fail)?;
        Ok(out)
    }
}

fn write(out: &mut dyn Write, form: Form, features: &[String]) -> std::io::Result<()> {
    let texts = form.many(features.iter().map(|feature| Ok(feature.clone())));
    texts.flatten().try_for_each(|text| out.write_all(text.as_bytes()))
}
