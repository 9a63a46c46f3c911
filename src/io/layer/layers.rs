//! The three layers: posts, routes and incidents out of GeoJSON text.

use crate::memory::{STRIDE, room};
use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny};

use crate::io::crs::Reprojection;
use crate::io::file::source::Source;
use crate::io::geojson::document::{Document, FEATURE_BYTES};
use crate::io::geojson::feature::{FeatureParts, RawFeature};
use crate::io::layer::finding::Finding;
use crate::io::layer::items::{self, properties, warning};
use crate::io::layer::kind::LayerKind;
use crate::io::layer::options::LayerOptions;
use crate::io::layer::shape;
use crate::io::layer::slips::Spots;
use crate::{Error, FeatureId, Incident, ObservationPost, PatrolRoute, Position};

/// The properties type of a layer whose further properties are not asked for: takes anything.
///
/// ```
/// use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts};
/// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/posts.geojson");
/// let posts = read_posts::<NoProperties>(&Source::open(path)?, &LayerOptions::default())?;
/// assert_eq!(posts.properties[0], NoProperties);
/// assert_eq!(posts.items[0].name.as_deref(), Some("Observation post 01, near Zabukh (Aghavno)"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoProperties;

impl<'de> Deserialize<'de> for NoProperties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|IgnoredAny| NoProperties)
    }
}

/// A layer as it was read: the items and, in parallel, the properties of the caller's own type.
///
/// ```
/// use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts};
/// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/posts.geojson");
/// let posts = read_posts::<NoProperties>(&Source::open(path)?, &LayerOptions::default())?;
/// assert_eq!((posts.file.as_str(), posts.features, posts.items.len()), ("posts.geojson", 27, 27));
/// assert!(posts.warnings.is_empty() && posts.reprojections.is_empty());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Layer<T, P = NoProperties> {
    /// The posts, routes or incidents, in the order of the layer.
    pub items: Vec<T>,
    /// The properties of each item; those of a MultiPoint stand with each of its posts.
    pub properties: Vec<P>,
    /// How many features were read.
    pub features: u64,
    /// The base name of the file.
    pub file: String,
    /// The SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// How the coordinates came to WGS84; empty where they were in it.
    pub reprojections: Vec<Reprojection>,
    /// What is doubtful and was read all the same.
    pub warnings: Vec<Finding>,
    /// What other features there are in a layer that may be mixed: `("a line", 2)`.
    pub passed_over: Vec<(String, u64)>,
}

/// Reads observation posts. A MultiPoint gives a post a position, with the ids `ID/1`, `ID/2`, ….
///
/// # Errors
/// Where a feature is not a post by the rules above, an id stands twice, or properties are not what
/// `P` wants; file, line, feature, id and JSON path are named.
///
/// ```
/// use patrol_corridor::io::{self, LayerOptions, Source};
/// #[derive(serde::Deserialize)]
/// struct Mine {
///     zone: String,
/// }
/// let text = r#"{"type":"Feature","id":"OP-1","properties":{"name":"Hill","zone":"north"},
///                "geometry":{"type":"Point","coordinates":[46.5,39.6]}}"#;
/// let source = Source::from_bytes("posts.geojson", text.into())?;
/// let posts = io::read_posts::<Mine>(&source, &LayerOptions::default())?;
/// assert_eq!(posts.items[0].name.as_deref(), Some("Hill"));
/// assert_eq!(posts.properties[0].zone, "north");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn read_posts<P: DeserializeOwned>(
    source: &Source,
    options: &LayerOptions,
) -> Result<Layer<ObservationPost, P>, Error> {
    read(source, options, LayerKind::Posts, |parts, layer: &mut Layer<_, P>, so_far| {
        let posts = items::posts(parts, options, &mut layer.warnings)?;
        so_far.spot(posts.first().map(|post| post.position), parts);
        for post in posts {
            so_far.add(&post.id, parts)?;
            layer.properties.push(properties(parts)?);
            layer.items.push(post);
        }
        Ok(())
    })
}

/// Reads patrol routes.
///
/// ```
/// use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_routes};
/// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/routes.geojson");
/// let routes = read_routes::<NoProperties>(&Source::open(path)?, &LayerOptions::default())?;
/// assert_eq!((routes.items.len(), routes.items[0].half_width_m()), (5, Some(2_500.0)));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// As [`read_posts`], for LineString and MultiLineString; and where the half width of the options is
/// not greater than 0.
pub fn read_routes<P: DeserializeOwned>(
    source: &Source,
    options: &LayerOptions,
) -> Result<Layer<PatrolRoute, P>, Error> {
    read(source, options, LayerKind::Routes, |parts, layer: &mut Layer<_, P>, so_far| {
        let route = items::route(parts, options, &mut layer.warnings)?;
        so_far.spot(items::start(&route), parts);
        so_far.add(&route.id, parts)?;
        layer.properties.push(properties(parts)?);
        layer.items.push(route);
        Ok(())
    })
}

/// Reads incidents: any geometry, or none; ids may stand twice.
///
/// ```
/// use patrol_corridor::io::{LayerOptions, Source, read_incidents};
/// #[derive(serde::Deserialize)]
/// struct Mine { wounded: u32 }
/// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/incidents.geojson");
/// let incidents = read_incidents::<Mine>(&Source::open(path)?, &LayerOptions::default())?;
/// assert_eq!(incidents.items[0].id.as_str(), "INC-1");
/// assert_eq!(incidents.properties.iter().map(|incident| incident.wounded).sum::<u32>(), 1);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where a feature is no GeoJSON, a coordinate is out of range, or properties are not what `P` wants.
pub fn read_incidents<P: DeserializeOwned>(
    source: &Source,
    options: &LayerOptions,
) -> Result<Layer<Incident, P>, Error> {
    read(source, options, LayerKind::Incidents, |parts, layer: &mut Layer<_, P>, _| {
        layer.items.push(items::incident(parts, options, &mut layer.warnings)?);
        layer.properties.push(properties(parts)?);
        Ok(())
    })
}

pub(in crate::io) fn read<T, P>(
    source: &Source,
    options: &LayerOptions,
    kind: LayerKind,
    mut add: impl FnMut(&FeatureParts<'_>, &mut Layer<T, P>, &mut SoFar) -> Result<(), Error>,
) -> Result<Layer<T, P>, Error> {
    options.validate()?;
    let in_wgs84;
    let (source, reprojections) = match source.needs_reprojection(options.crs.as_ref()) {
        false => (source, Vec::new()),
        true => {
            let (text, done) = source.clone().in_wgs84(options.crs.as_ref())?;
            in_wgs84 = text;
            (&in_wgs84, done)
        }
    };
    let document = Document::parse(source)?;
    let count = document.features.len();
    room(count.saturating_mul(size_of::<T>() + size_of::<P>() + FEATURE_BYTES))
        .map_err(|e| source.blame(e))?;
    let mut layer = Layer {
        items: Vec::with_capacity(count),
        properties: Vec::with_capacity(count),
        features: count as u64,
        file: source.file().to_owned(),
        sha256: source.sha256().to_owned(),
        warnings: reprojections.iter().flat_map(Reprojection::warnings).map(of_layer).collect(),
        reprojections,
        passed_over: Vec::new(),
    };
    let mut passed_over = BTreeMap::new();
    let mut so_far = SoFar::default();
    let mut large = 0;
    for (at, feature) in document.features.iter().enumerate() {
        large += feature.text.len();
        // Coordinates and properties take several times their text.
        if at % STRIDE == STRIDE - 1 || large > STRIDE << 8 {
            room(4 * large).map_err(|error| source.blame(error))?;
            large = 0;
        }
        let read = feature.parts().and_then(|parts| match shape::passed_over(&parts, kind, options) {
            Some(shape) => {
                *passed_over.entry(shape.word().to_owned()).or_insert(0) += 1;
                Ok(())
            }
            None => add(&parts, &mut layer, &mut so_far),
        });
        read.map_err(|error| source.blame(error))?;
    }
    layer.passed_over = passed_over.into_iter().collect();
    layer.warnings.extend(so_far.exchanged());
    for warning in &mut layer.warnings {
        source.place(warning);
    }
    Ok(layer)
}

/// A warning about a layer as a whole.
fn of_layer(message: String) -> Finding {
    warning(Error::input(message))
}

/// What later features of a layer are held against.
#[derive(Debug, Default)]
pub(in crate::io) struct SoFar {
    /// The number and the line of the feature that has each id.
    ids: HashMap<FeatureId, (u64, u64)>,
    spots: Spots,
}

impl SoFar {
    /// Notes where a feature is, or begins.
    pub(in crate::io) fn spot(&mut self, position: Option<Position>, parts: &FeatureParts<'_>) {
        if let Some(position) = position {
            self.spots.add(position, parts);
        }
    }

    /// Features whose longitude and latitude look exchanged, by all others.
    pub(in crate::io) fn exchanged(&self) -> Vec<Finding> {
        self.spots.warnings()
    }

    pub(in crate::io) fn add(&mut self, id: &FeatureId, parts: &FeatureParts<'_>) -> Result<(), Error> {
        let RawFeature { number, line, .. } = parts.feature;
        match self.ids.insert(id.clone(), (number, line)) {
            None => Ok(()),
            Some((first, first_line)) => Err(Error::input(format!(
                "the id {} is already that of feature {first} (line {first_line}), expected each id once: \
                 change one",
                shown(id)
            ))
            .in_feature(number)
            .with_id(id.as_str())
            .at_line(line)),
        }
    }
}

/// A text id with quotes, a number without: the two differ.
fn shown(id: &FeatureId) -> String {
    if id.is_number() { id.to_string() } else { format!("{:?}", id.as_str()) }
}
