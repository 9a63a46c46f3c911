//! Features that a command makes itself, written as a layer: whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::OutputFile;
use patrol_corridor::report::styles::StyledLayer;

use crate::args::drawn::StyleArgs;
use crate::args::feature_file::{self, title};
use crate::args::feature_form::Form;
use crate::args::files::is_standard;
use crate::args::outputs::{self, Named};
use crate::term::Page;
use crate::term::to_standard;

/// Where a layer of features goes.
#[derive(Debug, clap::Args)]
pub struct FeatureOutputArgs {
    /// Output file (`-` is standard output); the extension chooses the format: .geojson or .json (FeatureCollection),
    /// .geojsonl or .ndjson (one feature per line), .geojsons (RFC 8142), .kml or .gpx, each also with .gz; .kmz
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Output format [default: from the extension]
    #[arg(long, value_name = "FORM")]
    output_format: Option<Form>,
    /// Overwrite output files that exist (never an input)
    #[arg(long)]
    force: bool,
    /// Flush each output file to the disk before it gets its final name
    #[arg(long)]
    sync: bool,
}

/// What goes beside the features of a run.
#[derive(Default)]
pub struct Beside<'b> {
    /// Layers in files of their own.
    pub layers: Vec<(&'b Path, Vec<String>)>,
    /// The styles of all layers.
    pub styles: Option<(&'b StyleArgs, &'b [(&'b Path, StyledLayer<'b>)])>,
    /// What goes to standard output, unless the features go there.
    pub table: Option<&'b Page>,
    /// Files that are whole already.
    pub files: Vec<OutputFile>,
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

    /// Whether files are to be replaced.
    pub fn force(&self) -> bool {
        self.force
    }

    /// True where each feature stands on a line of its own.
    pub fn is_line_by_line(&self) -> Result<bool, Error> {
        Ok(matches!(self.form()?, Form::Geojsonl | Form::Geojsons))
    }

    /// Checks all files of a run before any work is done: this output, layers beside it with their options, the styles of
    /// both, and other files.
    pub fn check<'p>(
        &self,
        inputs: impl IntoIterator<Item = &'p PathBuf>,
        beside: &[Named<'_>],
        style: Option<&StyleArgs>,
        others: &[Named<'_>],
    ) -> Result<(), Error> {
        self.form()?;
        beside.iter().try_for_each(|(_, path)| Form::of(path).map(|_| ()))?;
        let layers: Vec<Named<'_>> =
            [("--output", &*self.output)].into_iter().chain(beside.iter().copied()).collect();
        let styles = style.map_or(Ok(Vec::new()), |style| style.paths(&layers))?;
        let styles = styles.iter().map(|path| ("--qml", &**path));
        let files = layers.iter().copied().chain(styles).chain(others.iter().copied());
        outputs::check(inputs, &files.collect::<Vec<_>>(), self.force)
    }

    fn form(&self) -> Result<Form, Error> {
        if let Some(form) = self.output_format {
            return Ok(form);
        }
        if self.is_standard() { Ok(Form::Geojson) } else { Form::of(&self.output) }
    }

    /// Writes the features, each the text of one.
    pub fn write(&self, features: &[String]) -> Result<(), Error> {
        self.write_with(features, Beside::default())
    }

    /// Writes the features and all that goes beside them: all files or none.
    pub fn write_with(&self, features: &[String], beside: Beside<'_>) -> Result<(), Error> {
        let Beside { layers, styles, table, mut files } = beside;
        let styles = styles.map(|(style, layers)| style.write(layers, self.force)).transpose()?;
        files.extend(styles.into_iter().flatten());
        for (path, features) in &layers {
            files.push(self.begin(path, Form::of(path)?, features)?);
        }
        if self.is_standard() {
            let mut out = BufWriter::new(std::io::stdout());
            write(&mut out, self.form()?, "features", features)
                .and_then(|()| out.flush().map_err(|e| Error::io("write it", e)))
                .map_err(to_standard)?;
        } else {
            files.push(self.begin(&self.output, self.form()?, features)?);
        }
        outputs::place(files, self.sync, table.filter(|_| !self.is_standard()))
    }

    fn begin(&self, path: &Path, form: Form, features: &[String]) -> Result<OutputFile, Error> {
        let mut out = OutputFile::create(path, self.force)?;
        write(&mut out, form, &title(path), features).map_err(|e| e.in_file(path.display().to_string()))?;
        Ok(out)
    }
}

fn write(out: &mut (dyn Write + Send), form: Form, title: &str, features: &[String]) -> Result<(), Error> {
    feature_file::write(out, form, title, features.iter().map(|feature| Ok(feature.clone())))
}
