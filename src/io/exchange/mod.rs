//! Features of other formats, each as the text of a GeoJSON feature, for all that reads such text.
//!
//! The text is a sequence (RFC 8142): a feature needs no line of its own there, so that each is at the line that it has in
//! its file. Errors of the readers of GeoJSON then name that line.

mod feature;
mod feature_text;
#[cfg(feature = "geopackage")]
mod geopackage;
#[cfg(feature = "gpx")]
mod gpx;
#[cfg(feature = "kml")]
mod kml;
#[cfg(feature = "kml")]
mod kml_data;
#[cfg(feature = "kml")]
mod kml_geometry;
#[cfg(feature = "kml")]
mod kml_placemark;
#[cfg(feature = "kml")]
mod kmz;
mod passed_over;
#[cfg(any(feature = "gpx", feature = "kml"))]
mod positions;
mod rows;
#[cfg(feature = "shapefile")]
mod shapefile;
#[cfg(any(feature = "gpx", feature = "kml"))]
mod xml;
#[cfg(any(feature = "gpx", feature = "kml"))]
mod xml_text;

use std::io::Read;

pub(crate) use feature::{FeatureReader, ForeignFeature};

use feature_text::FeatureText;
pub use passed_over::PassedOver;
use rows::RowFeatures;

use crate::io::crs::Crs;
use crate::io::layer::kind::LayerKind;
use crate::io::table::row_source::Rows;

/// The features of a file in another format, as a sequence of GeoJSON (RFC 8142) for whatever reads one: an
/// [`IncidentStream`](crate::io::IncidentStream), or a [`Source`](crate::io::Source) of a layer. Each begins at the line
/// that it has in its file, if the format has lines.
///
/// Each feature has its own members as properties. Where the file is in another system than WGS84 longitude and latitude, it is
/// a FeatureCollection with the member `crs` instead, by which these readers take it to WGS84.
pub struct Features {
    text: FeatureText<Box<dyn FeatureReader + Send>>,
}

impl Features {
    /// `passed_over` is what the reader counts into.
    pub(crate) fn new(reader: impl FeatureReader + Send + 'static, passed_over: PassedOver) -> Self {
        Features { text: FeatureText::new(Box::new(reader), passed_over) }
    }

    /// The system of the coordinates, if it is not WGS84.
    #[cfg(any(feature = "shapefile", feature = "geopackage"))]
    pub(crate) fn in_crs(mut self, crs: Option<Crs>) -> Self {
        self.text.crs = crs;
        self
    }

    /// The system of the coordinates where the file names another one than WGS84 longitude and latitude.
    ///
    /// ```no_run
    /// # #[cfg(feature = "shapefile")] {
    /// use patrol_corridor::io::{Features, ReadLimits};
    /// let features = Features::shapefile("routes.shp".as_ref(), &ReadLimits::default()).unwrap();
    /// if let Some(crs) = features.crs() {
    ///     println!("coordinates are in {crs}"); // EPSG:32638
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn crs(&self) -> Option<&Crs> {
        self.text.crs.as_ref()
    }

    /// Takes what a layer of this kind is made of: posts are points and routes are lines. The others are counted.
    #[must_use]
    pub fn for_layer(mut self, kind: LayerKind) -> Self {
        self.text.takes = Some(kind);
        self
    }

    /// What is not taken: other shapes than a layer has, and what the format holds besides features.
    #[must_use]
    pub fn passed_over(&self) -> PassedOver {
        self.text.passed_over.clone()
    }
}

impl Read for Features {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.text.read(buffer)
    }
}

impl<'a> Rows<'a> {
    /// The rows of a table as the text of a layer, as [`Features`] has it, and what was not taken.
    ///
    /// ```
    /// use patrol_corridor::io::{self, LayerKind, LayerOptions, NoProperties, PositionColumns, Rows, Source};
    /// let csv = "id,name,lon,lat\nOP-1,North hill,46.8,40.0\n";
    /// let rows = Rows::csv("posts.csv", csv.as_bytes(), None, &PositionColumns::default())?;
    /// let (text, _) = rows.into_layer(LayerKind::Posts);
    /// let posts = io::read_posts::<NoProperties>(&Source::read("posts.csv", text)?, &LayerOptions::default())?;
    /// assert_eq!(posts.items[0].name.as_deref(), Some("North hill"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn into_layer(self, kind: LayerKind) -> (impl Read + 'a, PassedOver) {
        let passed_over = PassedOver::default();
        let mut text = FeatureText::new(RowFeatures::new(self), passed_over.clone());
        text.takes = Some(kind);
        (text, passed_over)
    }
}
