//! Rows as GeoJSON: a feature a row, its properties in the order of the columns.

use std::io::Write;

use super::output_form::OutputForm;
use super::provenance::Provenance;
use crate::Error;
use crate::io::{Column, Encode, Row, RowSink, write_properties};

/// Writes rows as features.
pub(crate) struct FeatureSink<'a> {
    out: &'a mut (dyn Write + Send),
    form: OutputForm,
    columns: Vec<Column>,
    provenance: Option<Provenance>,
    file: String,
    /// The member that goes into each feature of a sequence, with its comma.
    each: String,
    first: bool,
    /// Where the collection has begun: of rows that can't be read from the first one nothing is written.
    begun: bool,
}

impl<'a> FeatureSink<'a> {
    pub fn new(
        out: &'a mut (dyn Write + Send),
        form: OutputForm,
        columns: Vec<Column>,
        provenance: Option<Provenance>,
        file: &str,
    ) -> Result<Self, Error> {
        let file = file.to_owned();
        let mut sink = FeatureSink {
            out,
            form,
            columns,
            provenance,
            file,
            each: String::new(),
            first: true,
            begun: false,
        };
        if form != OutputForm::Collection {
            sink.each = sink.member(None)?;
        }
        Ok(sink)
    }

    fn begin(&mut self) -> Result<(), Error> {
        let has_begun = std::mem::replace(&mut self.begun, true);
        if has_begun || self.form != OutputForm::Collection {
            return Ok(());
        }
        self.put(b"{\"type\":\"FeatureCollection\",\"features\":[\n")
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(|e| Error::io("write the output", e))
    }

    /// `,"patrol_corridor":{...}`, or nothing.
    fn member(&self, features: Option<u64>) -> Result<String, Error> {
        let member = self.provenance.as_ref().map(|provenance| provenance.member(&self.file, features));
        Ok(member.transpose()?.map_or(String::new(), |member| format!(",{member}")))
    }
}

impl RowSink for FeatureSink<'_> {
    fn encoder(&self) -> Encode {
        let (form, columns, each) = (self.form, self.columns.clone(), self.each.clone());
        Box::new(move |rows, out| {
            let mut text = String::new();
            for row in rows {
                text.clear();
                match form {
                    OutputForm::Collection => text.push_str(",\n"),
                    OutputForm::Lines => {}
                    OutputForm::Sequence => text.push('\u{1E}'),
                }
                text.push_str("{\"type\":\"Feature\",\"properties\":{");
                write_properties(row, &columns, &mut text);
                text.push_str("},\"geometry\":");
                row.write_geometry(&mut text);
                text.push_str(&each);
                text.push('}');
                if form != OutputForm::Collection {
                    text.push('\n');
                }
                out.extend_from_slice(text.as_bytes());
            }
        })
    }

    fn write(&mut self, _: &[Row], encoded: &[u8]) -> Result<(), Error> {
        if encoded.is_empty() {
            return Ok(());
        }
        self.begin()?;
        let separated = self.form == OutputForm::Collection;
        match encoded.strip_prefix(b",\n") {
            Some(rest) if separated && std::mem::replace(&mut self.first, false) => self.put(rest),
            _ => self.put(encoded),
        }
    }

    fn finish(mut self: Box<Self>, read: u64) -> Result<Vec<String>, Error> {
        if self.form != OutputForm::Collection {
            return Ok(Vec::new());
        }
        let member = self.member(Some(read))?;
        self.begin()?;
        self.put(format!("\n]{member}}}\n").as_bytes())?;
        Ok(Vec::new())
    }
}
