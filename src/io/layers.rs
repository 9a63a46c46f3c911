//! The three layers: posts, routes and incidents out of GeoJSON text.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny};

use super::crs::{Crs, Reprojection};
use super::document::Document;
use super::feature::{FeatureParts, RawFeature};
use super::finding::{Finding, Severity};
use super::raw::{self, kind_of, unquote};
use super::service::service;
use super::slips::{POST_FIELDS, ROUTE_FIELDS, Spots, unread_names};
use super::source::Source;
use crate::model::Zone;
use crate::{Error, FeatureId, Incident, ObservationPost, PatrolRoute, Place, Position};

/// The three layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerKind {
    /// Observation posts: Point and MultiPoint.
    Posts,
    /// Patrol routes: LineString and MultiLineString.
    Routes,
    /// Incidents: any geometry, or none.
    Incidents,
}

/// How a layer is read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerOptions {
    /// The property that holds the id; every feature must then have it. Without it: the feature's
    /// `id`, else its property `id`, else `#N` by position.
    pub id_field: Option<String>,
    /// The property that holds the name; without it `name`.
    pub name_field: Option<String>,
    /// The half width in metres of routes that have no `half_width_m` of their own; greater than 0.
    pub half_width_m: Option<f64>,
    /// The coordinate reference system, where it is not WGS84 or not what the text itself says.
    pub crs: Option<Crs>,
    /// The zone of local times in `active_from` and `active_to`; without it every time must tell its own.
    pub zone: Option<Zone>,
}

impl LayerOptions {
    /// Holds the options themselves against what they must be.
    pub(crate) fn validate(&self) -> Result<(), Error> {
        match self.half_width_m {
            Some(width) if !(width > 0.0 && width.is_finite()) => Err(Error::argument(format!(
                "found the half width {width}, expected a number of metres greater than 0"
            ))),
            _ => Ok(()),
        }
    }
}

/// The properties type of a layer whose further properties are not asked for: takes anything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoProperties;

impl<'de> Deserialize<'de> for NoProperties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|IgnoredAny| NoProperties)
    }
}

/// A layer as it was read: the items and, in parallel, the properties of the caller's own type.
#[derive(Debug, Clone, PartialEq)]
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
    read(source, options, |parts, layer: &mut Layer<_, P>, so_far| {
        let posts = posts(parts, options, &mut layer.warnings)?;
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
/// # Errors
/// As [`read_posts`], for LineString and MultiLineString; and where the half width of the options is
/// not greater than 0.
pub fn read_routes<P: DeserializeOwned>(
    source: &Source,
    options: &LayerOptions,
) -> Result<Layer<PatrolRoute, P>, Error> {
    read(source, options, |parts, layer: &mut Layer<_, P>, so_far| {
        let route = route(parts, options, &mut layer.warnings)?;
        so_far.spot(start(&route), parts);
        so_far.add(&route.id, parts)?;
        layer.properties.push(properties(parts)?);
        layer.items.push(route);
        Ok(())
    })
}

/// Reads incidents: any geometry, or none; ids may stand twice.
///
/// # Errors
/// Where a feature is no GeoJSON, a coordinate is out of range, or properties are not what `P` wants.
pub fn read_incidents<P: DeserializeOwned>(
    source: &Source,
    options: &LayerOptions,
) -> Result<Layer<Incident, P>, Error> {
    read(source, options, |parts, layer: &mut Layer<_, P>, _| {
        layer.items.push(incident(parts, options)?);
        layer.properties.push(properties(parts)?);
        Ok(())
    })
}

pub(super) fn read<T, P>(
    source: &Source,
    options: &LayerOptions,
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
    let mut layer = Layer {
        items: Vec::with_capacity(document.features.len()),
        properties: Vec::with_capacity(document.features.len()),
        features: document.features.len() as u64,
        file: source.file().to_owned(),
        sha256: source.sha256().to_owned(),
        warnings: reprojections.iter().flat_map(Reprojection::warnings).map(of_layer).collect(),
        reprojections,
    };
    let mut so_far = SoFar::default();
    for feature in &document.features {
        feature
            .parts()
            .and_then(|parts| add(&parts, &mut layer, &mut so_far))
            .map_err(|error| error.in_file(source.name()))?;
    }
    layer.warnings.extend(so_far.exchanged());
    for warning in &mut layer.warnings {
        source.name().clone_into(&mut warning.file);
    }
    Ok(layer)
}

/// A warning about a layer as a whole.
fn of_layer(message: String) -> Finding {
    doubt(Error::input(message))
}

/// What later features of a layer are held against.
#[derive(Debug, Default)]
pub(super) struct SoFar {
    /// The number and the line of the feature that has each id.
    ids: HashMap<FeatureId, (u64, u64)>,
    spots: Spots,
}

impl SoFar {
    /// Notes where a feature is, or begins.
    pub(super) fn spot(&mut self, position: Option<Position>, parts: &FeatureParts<'_>) {
        if let Some(position) = position {
            self.spots.add(position, parts);
        }
    }

    /// Features whose longitude and latitude look exchanged, by all others.
    pub(super) fn exchanged(&self) -> Vec<Finding> {
        self.spots.warnings()
    }

    pub(super) fn add(&mut self, id: &FeatureId, parts: &FeatureParts<'_>) -> Result<(), Error> {
        let RawFeature { number, line, .. } = parts.feature;
        match self.ids.insert(id.clone(), (number, line)) {
            None => Ok(()),
            Some((first, first_line)) => Err(Error::input(format!(
                "found the id {} again, which feature {first} (line {first_line}) has, expected each id once: \
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

/// Where a route begins.
pub(super) fn start(route: &PatrolRoute) -> Option<Position> {
    route.parts().first().and_then(|part| part.first()).copied()
}

/// The posts of a feature.
pub(super) fn posts(
    parts: &FeatureParts<'_>,
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) -> Result<Vec<ObservationPost>, Error> {
    let place = parts.place()?;
    let expected = "expected a Point or MultiPoint";
    let positions = match &place {
        Place::Point(_) | Place::MultiPoint(_) => place.positions(),
        _ => return Err(wrong_geometry(parts, expected)),
    };
    if positions.is_empty() {
        let message = "found a MultiPoint without positions, expected at least one";
        return Err(blame_geometry(parts, message.to_owned()));
    }
    let id = parts.id(options.id_field.as_deref())?;
    let name = name(parts, options, warnings)?;
    unread_names(parts, POST_FIELDS, options, warnings);
    let radius_m = metres(parts, "watch_radius_m")?;
    let service = service(parts, options.zone.as_ref())?;
    let post = |id, position: &Position| {
        let mut post = ObservationPost::new(id, *position);
        post.name.clone_from(&name);
        post.service = service;
        match radius_m {
            None => Ok(post),
            Some(radius_m) => post.with_watch_radius_m(radius_m),
        }
    };
    if let Place::Point(position) = &place {
        return Ok(vec![post(id, position)?]);
    }
    let numbered = |i: usize| FeatureId::text(format!("{id}/{}", i + 1));
    positions.iter().enumerate().map(|(i, position)| post(numbered(i), position)).collect()
}

/// The route of a feature.
pub(super) fn route(
    parts: &FeatureParts<'_>,
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) -> Result<PatrolRoute, Error> {
    let Place::Lines(lines) = parts.place()? else {
        return Err(wrong_geometry(parts, "expected a LineString or MultiLineString"));
    };
    let repeated: usize =
        lines.iter().map(|line| line.windows(2).filter(|pair| pair[0] == pair[1]).count()).sum();
    let edges: usize = lines.iter().map(|line| line.len().saturating_sub(1)).sum();
    let id = parts.id(options.id_field.as_deref())?;
    let mut route = PatrolRoute::from_parts(id, lines).map_err(|error| blame_geometry_error(parts, error))?;
    route.name = name(parts, options, warnings)?;
    unread_names(parts, ROUTE_FIELDS, options, warnings);
    route.corridor = corridor_name(parts)?;
    route.service = service(parts, options.zone.as_ref())?;
    if repeated == edges {
        let message = "found a route of zero length, expected a line with two different positions";
        warnings.push(doubt(blame_geometry(parts, message.to_owned())));
    } else if repeated > 0 {
        let message = format!(
            "found {repeated} vertex(es) that repeat the one before, expected each once: remove the repetitions"
        );
        warnings.push(doubt(blame_geometry(parts, message)));
    }
    if let Some(start_m) = number(parts, "start_chainage_m", |_| true, "expected a number of metres")? {
        route = route.with_start_chainage_m(start_m)?;
    }
    match metres(parts, "half_width_m")?.or(options.half_width_m) {
        None => Ok(route),
        Some(width) => route.with_half_width_m(width),
    }
}

pub(super) fn corridor_name(parts: &FeatureParts<'_>) -> Result<Option<String>, Error> {
    let Some(value) = parts.property("corridor") else { return Ok(None) };
    text(value).map_err(|found| {
        let message = format!("found {found}, expected the corridor's name, a string");
        parts.blame_property("corridor", value, message)
    })
}

/// The incident of a feature.
pub(super) fn incident(parts: &FeatureParts<'_>, options: &LayerOptions) -> Result<Incident, Error> {
    Ok(Incident { id: parts.id(options.id_field.as_deref())?, place: parts.place()? })
}

/// The length in metres that a property holds.
fn metres(parts: &FeatureParts<'_>, field: &str) -> Result<Option<f64>, Error> {
    number(parts, field, |metres| metres > 0.0, "expected a number of metres greater than 0")
}

/// The finite number that a property holds, if it is one that fits.
fn number(
    parts: &FeatureParts<'_>,
    field: &str,
    fits: impl Fn(f64) -> bool,
    expected: &str,
) -> Result<Option<f64>, Error> {
    let Some(value) = parts.property(field).filter(|&value| value != "null") else {
        return Ok(None);
    };
    match value.parse::<f64>().ok().filter(|_| raw::is_number(value)) {
        Some(number) if number.is_finite() && fits(number) => Ok(Some(number)),
        Some(_) => Err(parts.blame_property(field, value, format!("found {value}, {expected}"))),
        None => {
            let found = kind_of(value);
            Err(parts.blame_property(field, value, format!("found {found}, {expected}")))
        }
    }
}

/// The name: of a field that the caller named it must be one, otherwise another value is a warning.
pub(super) fn name(
    parts: &FeatureParts<'_>,
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) -> Result<Option<String>, Error> {
    let field = options.name_field.as_deref();
    let Some(value) = parts.property(field.unwrap_or("name")) else { return Ok(None) };
    match text(value) {
        Ok(name) => Ok(name),
        Err(found) if field.is_some() => {
            let message = format!("found {found}, expected the name, a string");
            Err(parts.blame_property(field.unwrap_or("name"), value, message))
        }
        Err(found) => {
            let message = format!("found {found}, expected a string: the feature is read without a name");
            warnings.push(doubt(parts.blame_property("name", value, message)));
            Ok(None)
        }
    }
}

/// A string, or a number taken as text; `null` is none. Otherwise what was found.
fn text(value: &str) -> Result<Option<String>, &'static str> {
    if value == "null" {
        Ok(None)
    } else if raw::is_string(value) || raw::is_number(value) {
        Ok(Some(unquote(value).into_owned()))
    } else {
        Err(kind_of(value))
    }
}

/// The properties in the caller's own type.
pub(super) fn properties<P: DeserializeOwned>(parts: &FeatureParts<'_>) -> Result<P, Error> {
    let object = parts.properties.object();
    serde_json::from_str(object).map_err(|fault| {
        let start = raw::offset_in(parts.feature.text, object);
        // serde_json counts from the start of the object; its line tells where to look.
        let lines = fault.line().saturating_sub(1);
        let inside: usize = object.split_inclusive('\n').take(lines).map(str::len).sum();
        let message = format!("found properties that do not fit: {}", raw::reason(&fault));
        parts.blame(Error::input(message).under("properties").at_byte((start + inside) as u64))
    })
}

/// What a geometry's type is, with its article: "a Polygon", "an object".
pub(super) fn wrong_geometry(parts: &FeatureParts<'_>, expected: &str) -> Error {
    let found = match parts.geometry {
        None => "no geometry".to_owned(),
        Some("null") => "null".to_owned(),
        Some(text) => raw::members(text)
            .find(|member| member.key == "type")
            .map_or("a geometry".to_owned(), |member| format!("a {}", unquote(member.value))),
    };
    blame_geometry(parts, format!("found {found}, {expected}"))
}

fn blame_geometry(parts: &FeatureParts<'_>, message: String) -> Error {
    blame_geometry_error(parts, Error::input(message))
}

fn blame_geometry_error(parts: &FeatureParts<'_>, error: Error) -> Error {
    let at = parts.geometry.map_or(0, |text| raw::offset_in(parts.feature.text, text));
    let error = if parts.bare_geometry { error } else { error.under("geometry") };
    parts.blame(error.at_byte(at as u64))
}

/// A warning out of an error; the file's name comes later.
fn doubt(error: Error) -> Finding {
    Finding::from_error(&error, "", Severity::Warning)
}
