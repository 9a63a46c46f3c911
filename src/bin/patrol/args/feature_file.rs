//! Features into a file in any form: text at once, other formats by way of rows.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::annotate::{OutputForm, write_rows};
use patrol_corridor::io::{OutputFile, ReadLimits, Rows};

use crate::args::feature_form::Form;
use crate::args::outputs::Named;
use crate::args::packages::{Packages, layer_name, write_alone};
use crate::term::say;

/// Writes features, each the text of one; a title is the name of the document, or of the layer.
pub fn write(
    out: &mut (dyn Write + Send),
    form: Form,
    title: &str,
    features: impl Iterator<Item = Result<String, Error>>,
) -> Result<(), Error> {
    let fail = |e| Error::io("write it", e);
    if form.is_text() {
        return form.many(features).try_for_each(|text| out.write_all(text?.as_bytes()).map_err(fail));
    }
    Lines::of(features)?.copy(form, title, out)
}

/// Writes features as a layer of a GeoPackage.
pub fn write_layer(
    packages: &mut Packages,
    path: &Path,
    name: &str,
    style: Option<&str>,
    features: impl Iterator<Item = Result<String, Error>>,
) -> Result<(), Error> {
    Lines::of(features)?.copy_into(packages, path, name, style)
}

/// A sidecar file of features that the library writes as text.
pub enum FeatureFile {
    /// Text of GeoJSON.
    Text(OutputFile, Form),
    /// Features that become another format when all are there.
    Lines { out: OutputFile, form: Form, title: String, lines: Lines },
    /// Features that become a layer of a GeoPackage: the path, and the name of the layer.
    Layer { path: PathBuf, name: String, lines: Lines },
}

impl FeatureFile {
    /// Begins the file that an option names.
    pub fn create(file: Named<'_>, form: Form, packages: &mut Packages, force: bool) -> Result<Self, Error> {
        let path = file.1;
        Ok(match form {
            Form::Geopackage => {
                packages.begin(path)?;
                let name = layer_name(file, "");
                FeatureFile::Layer { path: path.to_owned(), name, lines: Lines::new()? }
            }
            form if form.is_text() => FeatureFile::Text(OutputFile::create(path, force)?, form),
            form => {
                let (out, lines) = (OutputFile::create(path, force)?, Lines::new()?);
                FeatureFile::Lines { out, form, title: title(path), lines }
            }
        })
    }

    /// What the library writes to, and in which form.
    pub fn parts(&mut self) -> (&mut (dyn Write + Send), OutputForm) {
        match self {
            FeatureFile::Text(out, form) => (out, form.text_form()),
            FeatureFile::Lines { lines, .. } | FeatureFile::Layer { lines, .. } => {
                (&mut lines.0, OutputForm::Lines)
            }
        }
    }

    /// The file with all features in it; a layer goes into its GeoPackage, with a style.
    pub fn finish(self, packages: &mut Packages, style: Option<&str>) -> Result<Option<OutputFile>, Error> {
        match self {
            FeatureFile::Text(out, _) => Ok(Some(out)),
            FeatureFile::Lines { mut out, form, title, lines } => {
                lines.copy(form, &title, &mut out)?;
                Ok(Some(out))
            }
            FeatureFile::Layer { path, name, lines } => {
                lines.copy_into(packages, &path, &name, style)?;
                Ok(None)
            }
        }
    }
}

/// What a document is called inside: the base name of its file.
pub fn title(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Features in a temporary file without a name, one a line.
pub struct Lines(BufWriter<File>);

impl Lines {
    fn new() -> Result<Self, Error> {
        let file = tempfile::tempfile().map_err(|e| Error::io("make a temporary file", e))?;
        Ok(Lines(BufWriter::new(file)))
    }

    fn of(features: impl Iterator<Item = Result<String, Error>>) -> Result<Self, Error> {
        let fail = |e| Error::io("write a temporary file", e);
        let mut lines = Lines::new()?;
        let mut texts = Form::Geojsonl.many(features);
        texts.try_for_each(|text| lines.0.write_all(text?.as_bytes()).map_err(fail))?;
        Ok(lines)
    }

    fn rows(self, title: &str) -> Result<Rows<'static>, Error> {
        let fail = |e| Error::io("read a temporary file", e);
        let mut file = self.0.into_inner().map_err(|e| fail(e.into_error()))?;
        // No line would be no GeoJSON.
        if file.stream_position().map_err(fail)? == 0 {
            file.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[]}").map_err(fail)?;
        }
        file.rewind().map_err(fail)?;
        // On one thread, as `--threads` may ask: the features are our own, and writing takes longer than reading.
        Rows::features_within(title, file, 1, &ReadLimits::default())
    }

    /// Writes them as another format, and says what it has no place for.
    fn copy(self, form: Form, title: &str, out: &mut (dyn Write + Send)) -> Result<(), Error> {
        let mut rows = self.rows(title)?;
        let left_out = match form.table_form() {
            Some(form) => write_rows(&mut rows, form, out)?,
            None => write_alone(&mut rows, title, out)?,
        };
        Self::tell(title, &left_out);
        Ok(())
    }

    /// Writes them as a layer of a GeoPackage, and says what it has no place for.
    fn copy_into(
        self,
        packages: &mut Packages,
        path: &Path,
        name: &str,
        style: Option<&str>,
    ) -> Result<(), Error> {
        let shown = path.display().to_string();
        let left_out = self.rows(&shown).and_then(|mut rows| packages.write(path, name, style, &mut rows));
        Self::tell(&shown, &left_out.map_err(|error| error.in_file(shown.clone()))?);
        Ok(())
    }

    fn tell(title: &str, left_out: &[String]) {
        if !left_out.is_empty() {
            say!("patrol: warning: {title} has no place for all features: left out {}", left_out.join(", "));
        }
    }
}
