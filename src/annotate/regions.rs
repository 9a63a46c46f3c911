//! The regions of incidents as features, beside the output.

use std::io::Write;

use super::layer::OutputForm;
use crate::analysis::region_geometry;
use crate::io::{feature_with, fold_lines};
use crate::model::ReportedRegion;
use crate::{Error, FeatureId};

/// Where the regions of incidents go: a feature for each incident whose location is a region, with all properties and the
/// id of the annotated feature, in the order of the output. Its geometry is the region: polygons, cut at 180
/// degrees; lines for a ray, an arc or a stretch of a route; a Point for a position.
pub struct RegionOutput<'r> {
    /// The form of the text.
    pub form: OutputForm,
    /// Takes it.
    pub out: &'r mut (dyn Write + Send),
}

/// Appends the feature of a region.
pub(crate) fn push_region(
    form: OutputForm,
    region: &ReportedRegion,
    id: Option<&FeatureId>,
    properties: &str,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let text = feature_with(&region_geometry(region), id, properties)?;
    match form {
        OutputForm::Collection => out.extend_from_slice(b",\n"),
        OutputForm::Lines => {}
        OutputForm::Sequence => out.push(0x1E),
    }
    let start = out.len();
    out.extend_from_slice(text.as_bytes());
    fold_lines(out, start);
    if form != OutputForm::Collection {
        out.push(b'\n');
    }
    Ok(())
}

/// Puts features of regions one behind the other.
pub(crate) struct RegionSink<'r> {
    output: RegionOutput<'r>,
    is_first: bool,
}

impl<'r> RegionSink<'r> {
    pub fn new(output: RegionOutput<'r>) -> Result<Self, Error> {
        let mut sink = RegionSink { output, is_first: true };
        if sink.output.form == OutputForm::Collection {
            sink.put(b"{\"type\":\"FeatureCollection\",\"features\":[\n")?;
        }
        Ok(sink)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.output.out.write_all(bytes).map_err(|e| Error::io("write the regions", e))
    }

    /// Takes what [`push_region`] has written.
    pub fn write(&mut self, encoded: &[u8]) -> Result<(), Error> {
        if encoded.is_empty() {
            return Ok(());
        }
        let is_first = std::mem::replace(&mut self.is_first, false);
        let separated = self.output.form == OutputForm::Collection;
        match encoded.strip_prefix(b",\n") {
            Some(rest) if separated && is_first => self.put(rest),
            _ => self.put(encoded),
        }
    }

    /// Writes what stands at the end of a collection, with a member that says where it comes from (or nothing).
    pub fn finish(mut self, member: &str) -> Result<(), Error> {
        if self.output.form != OutputForm::Collection {
            return Ok(());
        }
        let (line, comma) = (if self.is_first { "" } else { "\n" }, if member.is_empty() { "" } else { "," });
        self.put(format!("{line}]{comma}{member}}}\n").as_bytes())
    }
}
