//! Features that a command makes itself, written as a layer: whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::OutputFile;
use patrol_corridor::report::styles::StyledLayer;

use crate::args::drawn::StyleArgs;
use crate::args::feature_file::{self, title};
use crate::args::feature_form::Form;
use crate::args::files::{is_layer, is_standard};
use crate::args::outputs::{self, Named};
use crate::args::packages::{self, Packages, layer_name, stem};
use crate::term::Page;
use crate::term::to_standard;

/// Where a layer of features goes.
#[derive(Debug, clap::Args)]
pub struct FeatureOutputArgs {
    /// Output file (`-` is standard output); the extension chooses the format: .geojson or .json (FeatureCollection),
    /// .geojsonl or .ndjson (one feature per line), .geojsons (RFC 8142), .kml or .gpx, each also with .gz; .kmz; .gpkg
    /// in a build that has it, as FILE.gpkg#LAYER to name the layer
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
    /// Layers besides, with their options.
    pub layers: Vec<(Named<'b>, Vec<String>)>,
    /// The styles of all layers: of the features first, then in the order of the others.
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
        let layers = packages::files(&layers, &stem(&self.output))?;
        let files = packages::named(&layers).chain(styles).chain(others.iter().copied());
        outputs::check(inputs, &files.collect::<Vec<_>>(), self.force)
    }

    fn form(&self) -> Result<Form, Error> {
        if let Some(form) = self.output_format {
            if is_layer(&self.output) && form != Form::Geopackage {
                return Err(Error::argument(
                    "the name is that of a GeoPackage: give the file the extension of its format",
                )
                .in_file(self.output.display().to_string()));
            }
            return form.built();
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
        let mut packages = Packages::new(self.force);
        let inside = |at: usize| styles.and_then(|(style, layers)| style.inside(layers.get(at)?));
        let beside = styles.map(|(style, layers)| style.write(layers, self.force)).transpose()?;
        files.extend(beside.into_iter().flatten());
        if self.is_standard() {
            let mut out = BufWriter::new(std::io::stdout());
            write(&mut out, self.form()?, "features", features)
                .and_then(|()| out.flush().map_err(|e| Error::io("write it", e)))
                .map_err(to_standard)?;
        } else {
            let main = ("--output", &*self.output);
            let style = inside(0);
            files.extend(self.begin(main, self.form()?, features, &mut packages, style.as_deref())?);
        }
        for (i, (layer, features)) in layers.iter().enumerate() {
            let (form, style) = (Form::of(layer.1)?, inside(1 + i));
            files.extend(self.begin(*layer, form, features, &mut packages, style.as_deref())?);
        }
        files.extend(packages.finish()?);
        outputs::place(files, self.sync, table.filter(|_| !self.is_standard()))
    }

    fn begin(
        &self,
        layer: Named<'_>,
        form: Form,
        features: &[String],
        packages: &mut Packages,
        style: Option<&str>,
    ) -> Result<Option<OutputFile>, Error> {
        let path = layer.1;
        if is_layer(path) {
            let name = layer_name(layer, &stem(&self.output));
            let features = features.iter().map(|feature| Ok(feature.clone()));
            return feature_file::write_layer(packages, path, &name, style, features).map(|()| None);
        }
        let mut out = OutputFile::create(path, self.force)?;
        write(&mut out, form, &title(path), features).map_err(|e| e.in_file(path.display().to_string()))?;
        Ok(Some(out))
    }
}

fn write(out: &mut (dyn Write + Send), form: Form, title: &str, features: &[String]) -> Result<(), Error> {
    feature_file::write(out, form, title, features.iter().map(|feature| Ok(feature.clone())))
}
