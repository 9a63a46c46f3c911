//! Incidents that are in memory in, the same with their answers out, one by one.

use std::borrow::Borrow;

use super::annotator::Annotator;
use crate::Error;
use crate::io::{Feature, RawFeature, parsed_feature};

impl Annotator {
    /// Annotates features of the crate `geojson`, in order, each when it is asked for.
    ///
    /// A feature that can't be read is an error that names its number, from 1; the next ones follow all the same. To stop, ask for
    /// no more. Numbers pass through floats here: [`annotate_feature`](Self::annotate_feature) keeps a text as it is.
    ///
    /// ```
    /// use patrol_corridor::annotate::{AnnotateOptions, Annotator};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let annotator = Annotator::new(&index, AnnotateOptions::default());
    /// let layer: geojson::FeatureCollection = r#"{"type":"FeatureCollection","features":[
    ///     {"type":"Feature","id":"INC-1","properties":null,"geometry":{"type":"Point","coordinates":[46.807759,40.068059]}}
    /// ]}"#.parse()?;
    /// let annotated = annotator.annotate(&layer.features).collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!(annotated[0].property("post_id").unwrap(), "OP-21");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn annotate<F: Borrow<Feature>>(
        &self,
        features: impl IntoIterator<Item = F>,
    ) -> impl Iterator<Item = Result<Feature, Error>> {
        (1..).zip(features).map(|(number, feature)| {
            let text = feature.borrow().to_string();
            let annotated = self.annotated(&RawFeature { number, ..RawFeature::alone(&text) })?;
            parsed_feature(&annotated).map_err(|error| error.in_feature(number))
        })
    }
}
