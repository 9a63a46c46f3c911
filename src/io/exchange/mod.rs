//! Features of other formats, each as the text of a GeoJSON feature, for all that reads such text.
//!
//! The text is a sequence (RFC 8142): a feature needs no line of its own there, so that each is at the line that it has in
//! its file. Errors of the readers of GeoJSON then name that line.

mod feature;
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
#[cfg(any(feature = "gpx", feature = "kml"))]
mod positions;
#[cfg(feature = "shapefile")]
mod shapefile;
#[cfg(any(feature = "gpx", feature = "kml"))]
mod xml;
#[cfg(any(feature = "gpx", feature = "kml"))]
mod xml_text;

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use feature::{FeatureReader, ForeignFeature, Shape};

use crate::Error;
use crate::io::crs::Crs;
use crate::io::layer::layers::LayerKind;

/// The features of a file in another format, as a sequence of GeoJSON (RFC 8142) for whatever reads one: an
/// [`IncidentStream`](crate::io::IncidentStream), or a [`Source`](crate::io::Source) of a layer. Each begins at the line
/// that it has in its file, if the format has lines.
///
/// Each feature has its own members as properties. Coordinates are WGS84 longitude and latitude, or in the system that
/// [`crs`](Self::crs) returns.
pub struct Features {
    reader: Box<dyn FeatureReader>,
    crs: Option<Crs>,
    takes: Option<LayerKind>,
    passed_over: PassedOver,
    /// Line feeds before the feature, its text, and how much of that has been given.
    line_feeds: u64,
    text: Vec<u8>,
    at: usize,
    /// The line that has been reached.
    line: u64,
    has_begun: bool,
}

/// What was not taken, counted by its kind, as it grows.
#[derive(Debug, Clone, Default)]
pub struct PassedOver(Arc<Mutex<BTreeMap<String, u64>>>);

impl PassedOver {
    pub(crate) fn count(&self, kind: &str) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match counts.get_mut(kind) {
            Some(count) => *count += 1,
            None => drop(counts.insert(kind.to_owned(), 1)),
        }
    }

    /// Kinds with their counts: `("a line", 2)`.
    #[must_use]
    pub fn counts(&self) -> Vec<(String, u64)> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.iter().map(|(kind, count)| (kind.clone(), *count)).collect()
    }
}

impl Features {
    /// `passed_over` is what the reader counts into.
    pub(crate) fn new(reader: impl FeatureReader + 'static, passed_over: PassedOver) -> Self {
        Features {
            reader: Box::new(reader),
            crs: None,
            takes: None,
            passed_over,
            line_feeds: 0,
            text: Vec::new(),
            at: 0,
            line: 1,
            has_begun: false,
        }
    }

    /// The system of the coordinates, if it is not WGS84.
    #[cfg(any(feature = "shapefile", feature = "geopackage"))]
    pub(crate) fn in_crs(mut self, crs: Option<Crs>) -> Self {
        self.crs = crs;
        self
    }

    /// The system of the coordinates where the file names another one than WGS84 longitude and latitude: whoever reads the
    /// features takes them to WGS84 from it, as with [`LayerOptions`](crate::io::LayerOptions).
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
        self.crs.as_ref()
    }

    /// Takes what a layer of this kind is made of: posts are points and routes are lines. The others are counted.
    #[must_use]
    pub fn for_layer(mut self, kind: LayerKind) -> Self {
        self.takes = Some(kind);
        self
    }

    /// What is not taken: other shapes than a layer has, and what the format holds besides features.
    #[must_use]
    pub fn passed_over(&self) -> PassedOver {
        self.passed_over.clone()
    }

    /// Makes the text of the next feature; of none at all that of an empty sequence.
    fn next_text(&mut self) -> Result<bool, Error> {
        self.text.clear();
        self.at = 0;
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        while let Some(feature) = self.reader.read()? {
            let is_taken = match self.takes {
                Some(LayerKind::Posts) => feature.shape == Shape::Point,
                Some(LayerKind::Routes) => feature.shape == Shape::Line,
                _ => true,
            };
            if is_taken {
                self.line_feeds = feature.line.saturating_sub(self.line);
                self.line += self.line_feeds;
                self.text.push(RECORD);
                feature.write(&mut self.text);
                return Ok(true);
            }
            self.passed_over.count(feature.shape.word());
        }
        if is_first {
            self.text.push(RECORD);
        }
        Ok(is_first)
    }
}

/// What begins a record of a sequence.
const RECORD: u8 = 0x1E;

impl Read for Features {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.text.len() && !self.next_text().map_err(std::io::Error::other)? {
            return Ok(0);
        }
        if self.line_feeds > 0 {
            let count = buffer.len().min(usize::try_from(self.line_feeds).unwrap_or(usize::MAX));
            buffer[..count].fill(b'\n');
            self.line_feeds -= count as u64;
            return Ok(count);
        }
        let count = buffer.len().min(self.text.len() - self.at);
        buffer[..count].copy_from_slice(&self.text[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
