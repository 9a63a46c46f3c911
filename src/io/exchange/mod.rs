//! Features of other formats, each as the text of a GeoJSON feature, for all that reads such text.

mod feature;
#[cfg(feature = "geopackage")]
mod geopackage;
#[cfg(feature = "shapefile")]
mod shapefile;

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use feature::{FeatureReader, ForeignFeature, Shape};

use crate::Error;
use crate::io::crs::Crs;
use crate::io::layer::layers::LayerKind;

/// The features of a file in another format, as lines of GeoJSON for whatever reads these: an
/// [`IncidentStream`](crate::io::IncidentStream), or a [`Source`](crate::io::Source) of a layer.
///
/// Each feature has its own members as properties. Coordinates are WGS84 longitude and latitude, or in the system that
/// [`crs`](Self::crs) returns.
pub struct Features {
    reader: Box<dyn FeatureReader>,
    crs: Option<Crs>,
    takes: Option<LayerKind>,
    passed_over: PassedOver,
    line: Vec<u8>,
    /// How much of the line has been given.
    at: usize,
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
        Features { reader: Box::new(reader), crs: None, takes: None, passed_over, line: Vec::new(), at: 0 }
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

    fn next_line(&mut self) -> Result<bool, Error> {
        while let Some(feature) = self.reader.read()? {
            let is_taken = match self.takes {
                Some(LayerKind::Posts) => feature.shape == Shape::Point,
                Some(LayerKind::Routes) => feature.shape == Shape::Line,
                _ => true,
            };
            if is_taken {
                self.line.clear();
                self.at = 0;
                feature.write(&mut self.line);
                return Ok(true);
            }
            self.passed_over.count(feature.shape.word());
        }
        Ok(false)
    }
}

impl Read for Features {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.line.len() && !self.next_line().map_err(std::io::Error::other)? {
            return Ok(0);
        }
        let count = buffer.len().min(self.line.len() - self.at);
        buffer[..count].copy_from_slice(&self.line[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
