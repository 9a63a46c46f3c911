//! The regions of incidents as features, beside the output.

use std::io::Write;

use super::output_form::OutputForm;
use crate::analysis::region_geometry;
use crate::io::{feature_with, fold_lines};
use crate::region::DescribedRegion;
use crate::{Error, FeatureId, IncidentGeometry};

/// Where the regions of incidents go: a feature for each incident whose location is a region, with all properties and the
/// id of the annotated feature, in the order of the output. Its geometry is the region: polygons, cut at 180
/// degrees; lines for a ray, an arc or an interval of a route; a Point for a position.
///
/// ```
/// use patrol_corridor::annotate::{Annotator, LayerRun, OutputForm, RegionOutput, annotate_layer};
/// use patrol_corridor::io::IncidentStream;
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let annotator = Annotator::new(&PatrolIndex::new(vec![post], vec![], Edges::Planar)?, Default::default());
/// let heard = r#"{"type":"Feature","id":"H1","properties":{"observer_post":"OP-21","bearing":"N"},"geometry":null}"#;
/// let (mut regions, mut run) = (Vec::new(), LayerRun::new(OutputForm::Lines));
/// run.regions = Some(RegionOutput::new(OutputForm::Lines, &mut regions));
/// annotate_layer(IncidentStream::from_bytes("heard.geojsonl", heard.into())?, &annotator, run, &mut Vec::new())?;
/// let regions = String::from_utf8_lossy(&regions);
/// assert!(regions.starts_with(r#"{"type":"Feature","id":"H1""#) && regions.contains("Polygon"), "{regions}");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[non_exhaustive]
pub struct RegionOutput<'r> {
    /// The form of the text.
    pub form: OutputForm,
    /// Takes it.
    pub out: &'r mut (dyn Write + Send),
}

impl<'r> RegionOutput<'r> {
    /// Regions in this form, written to `out`.
    pub fn new(form: OutputForm, out: &'r mut (dyn Write + Send)) -> Self {
        RegionOutput { form, out }
    }
}

/// Appends the feature of a region.
pub(crate) fn push_region(
    form: OutputForm,
    region: &DescribedRegion,
    id: Option<&FeatureId>,
    properties: &str,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    push_feature(form, &region_geometry(region), id, properties, out)
}

/// Appends a feature of a layer beside the output.
pub(crate) fn push_feature(
    form: OutputForm,
    place: &IncidentGeometry,
    id: Option<&FeatureId>,
    properties: &str,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let text = feature_with(place, id, properties)?;
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

/// Puts the features of a layer beside the output one behind the other.
pub(crate) struct BesideSink<'r> {
    form: OutputForm,
    out: &'r mut (dyn Write + Send),
    is_first: bool,
}

impl<'r> BesideSink<'r> {
    pub fn new(form: OutputForm, out: &'r mut (dyn Write + Send)) -> Result<Self, Error> {
        let mut sink = BesideSink { form, out, is_first: true };
        if sink.form == OutputForm::Collection {
            sink.put(b"{\"type\":\"FeatureCollection\",\"features\":[\n")?;
        }
        Ok(sink)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(|e| Error::io("write a layer beside the output", e))
    }

    /// Takes what [`push_feature`] has written.
    pub fn write(&mut self, encoded: &[u8]) -> Result<(), Error> {
        if encoded.is_empty() {
            return Ok(());
        }
        let is_first = std::mem::replace(&mut self.is_first, false);
        let separated = self.form == OutputForm::Collection;
        match encoded.strip_prefix(b",\n") {
            Some(rest) if separated && is_first => self.put(rest),
            _ => self.put(encoded),
        }
    }

    /// Writes what stands at the end of a collection, with a member that says where it comes from (or nothing).
    pub fn finish(mut self, member: &str) -> Result<(), Error> {
        if self.form != OutputForm::Collection {
            return Ok(());
        }
        let (line, comma) = (if self.is_first { "" } else { "\n" }, if member.is_empty() { "" } else { "," });
        self.put(format!("{line}]{comma}{member}}}\n").as_bytes())
    }
}
