//! Features into a file in any form: text at once, other formats by way of rows.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::Path;

use patrol_corridor::Error;
use patrol_corridor::annotate::{OutputForm, write_rows};
use patrol_corridor::io::{OutputFile, ReadLimits, Rows};

use crate::args::feature_form::Form;
use crate::term::say;

/// Writes features, each the text of one.
pub fn write(
    out: &mut (dyn Write + Send),
    form: Form,
    title: &str,
    features: impl Iterator<Item = Result<String, Error>>,
) -> Result<(), Error> {
    let fail = |e| Error::io("write it", e);
    if form.table_form().is_none() {
        return form.many(features).try_for_each(|text| out.write_all(text?.as_bytes()).map_err(fail));
    }
    let mut lines = Lines::new()?;
    let mut texts = Form::Geojsonl.many(features);
    texts.try_for_each(|text| lines.0.write_all(text?.as_bytes()).map_err(fail))?;
    lines.copy(form, title, out)
}

/// A sidecar file of features that the library writes as text.
pub struct FeatureFile {
    out: OutputFile,
    form: Form,
    title: String,
    /// Features that become another format when all are there.
    lines: Option<Lines>,
}

impl FeatureFile {
    pub fn create(path: &Path, form: Form, force: bool) -> Result<Self, Error> {
        let out = OutputFile::create(path, force)?;
        let lines = form.table_form().map(|_| Lines::new()).transpose()?;
        Ok(FeatureFile { out, form, title: title(path), lines })
    }

    /// What the library writes to, and in which form.
    pub fn parts(&mut self) -> (&mut (dyn Write + Send), OutputForm) {
        match &mut self.lines {
            Some(lines) => (&mut lines.0, OutputForm::Lines),
            None => (&mut self.out, self.form.text_form()),
        }
    }

    /// The file with all features in it.
    pub fn finish(mut self) -> Result<OutputFile, Error> {
        if let Some(lines) = self.lines {
            lines.copy(self.form, &self.title, &mut self.out)?;
        }
        Ok(self.out)
    }
}

/// What a document is called inside: the base name of its file.
pub fn title(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Features in a temporary file without a name, one a line.
struct Lines(BufWriter<File>);

impl Lines {
    fn new() -> Result<Self, Error> {
        let file = tempfile::tempfile().map_err(|e| Error::io("make a temporary file", e))?;
        Ok(Lines(BufWriter::new(file)))
    }

    /// Writes them as another format, and says what it has no place for.
    fn copy(self, form: Form, title: &str, out: &mut (dyn Write + Send)) -> Result<(), Error> {
        let fail = |e| Error::io("read a temporary file", e);
        let Some(table_form) = form.table_form() else { return Ok(()) };
        let mut file = self.0.into_inner().map_err(|e| fail(e.into_error()))?;
        file.rewind().map_err(fail)?;
        // On one thread, as `--threads` may ask: the features are our own, and writing takes longer than reading.
        let mut rows = Rows::features_within(title, file, 1, &ReadLimits::default())?;
        let left_out = write_rows(&mut rows, table_form, out)?;
        if !left_out.is_empty() {
            say!("patrol: warning: {title} has no place for all features: left out {}", left_out.join(", "));
        }
        Ok(())
    }
}
