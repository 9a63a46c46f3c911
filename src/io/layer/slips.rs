//! Slips that leave a layer readable: a name that is nearly one that is read, and a position whose longitude and
//! latitude are exchanged and both in range.

use crate::io::geojson::feature::FeatureParts;
use crate::io::layer::finding::{Finding, Severity};
use crate::io::layer::options::LayerOptions;
use crate::{Error, Position};

/// What is read of a post's properties.
pub(in crate::io) const POST_FIELDS: &[&str] = &["id", "name", "watch_radius_m", "active_from", "active_to"];
/// What is read of a route's properties.
pub(in crate::io) const ROUTE_FIELDS: &[&str] =
    &["id", "name", "corridor", "half_width_m", "start_chainage_m", "active_from", "active_to"];

/// What is read of an incident's properties beside its geometry: that a location is described, and when it was.
pub(crate) const INCIDENT_FIELDS: &[&str] = &[
    "id",
    "uncertainty_m",
    "coordinateUncertaintyInMeters",
    "where_prec",
    "geo_precision",
    "mgrs",
    "utm",
    "utm_zone",
    "easting",
    "northing",
    "dms",
    "observer_post",
    "location_text",
    "bearing",
    "bearing_tolerance_deg",
    "distance_m",
    "distance_min_m",
    "distance_max_m",
    "north",
    "route_id",
    "chainage_m",
    "chainage_tolerance_m",
    "offset_m",
    "side",
    "time",
];
/// What is read of a corridor's properties.
pub(in crate::io) const CORRIDOR_FIELDS: &[&str] = &["id", "corridor", "name"];

/// True where a name is that of a field but for case, blanks, dashes and the unit behind it: `Half width (km)` for
/// `half_width_m`.
pub(crate) fn is_nearly(name: &str, field: &str) -> bool {
    let first = |text: &str| text.bytes().next().map(|byte| byte.to_ascii_lowercase());
    name != field && first(name) == first(field) && stem(name) == stem(field)
}

/// Its letters and digits in lower case, without a unit that is its last word.
fn stem(name: &str) -> String {
    const UNITS: [&str; 9] = ["m", "km", "metres", "meters", "metre", "meter", "deg", "degrees", "degree"];
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    if words.len() > 1 && words.last().is_some_and(|word| UNITS.contains(&&**word)) {
        words.pop();
    }
    words.concat()
}

/// What people call the column of the id, in lower case.
const ID_NAMES: [&str; 14] = [
    "post", "post_id", "postid", "op", "route", "route_id", "routeid", "code", "ref", "number", "nr", "no",
    "no.", "№",
];

/// Properties of a feature that nobody reads, and whose names are nearly `fields`: each name once a layer.
pub(in crate::io) fn unread_names(
    parts: &FeatureParts<'_>,
    fields: &[&str],
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) {
    let has_id = || parts.own_id().is_some() || options.id_field.is_some() || parts.property("id").is_some();
    for name in parts.property_names() {
        if ID_NAMES.contains(&&*name.to_lowercase()) && fields.contains(&"id") && !has_id() {
            let message = format!(
                "the property `{name}`, which is not read as the id, so that features are known by their numbers: rename it to \
                 `id`, or name the property that holds the id"
            );
            warn_once(parts, &name, message, warnings);
            continue;
        }
        let Some(field) = fields.iter().find(|field| is_nearly(&name, field)) else { continue };
        let is_settled = match *field {
            "id" => parts.own_id().is_some() || options.id_field.is_some(),
            "name" => options.name_field.is_some(),
            _ => false,
        };
        if is_settled || parts.property(field).is_some() {
            continue;
        }
        let unit = if field.ends_with("_m") { ", in metres" } else { "" };
        let message =
            format!("the property `{name}`, which is not read, expected `{field}`{unit}: rename it");
        warn_once(parts, &name, message, warnings);
    }
}

fn warn_once(parts: &FeatureParts<'_>, name: &str, message: String, warnings: &mut Vec<Finding>) {
    if warnings.iter().all(|told| told.message != message) {
        let value = parts.property(name).unwrap_or_default();
        let error = parts.blame_property(name, value, message);
        warnings.push(Finding::from_error(&error, "", Severity::Warning));
    }
}

/// Properties of a feature that are read and that it has more than once: each is a warning.
pub(in crate::io) fn repeated_names(
    parts: &FeatureParts<'_>,
    fields: &[&str],
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) {
    let (id, name) = (options.id_field.as_deref(), options.name_field.as_deref());
    let is_read = |key: &str| match key {
        key if Some(key) == id || Some(key) == name => true,
        "id" => id.is_none() && parts.own_id().is_none() && fields.contains(&key),
        "name" => name.is_none() && fields.contains(&key),
        key => fields.contains(&key),
    };
    let mut names: Vec<_> = parts.property_names().filter(|key| is_read(key)).collect();
    names.sort_unstable();
    let mut told: Option<&str> = None;
    for pair in names.windows(2).filter(|pair| pair[0] == pair[1]) {
        if told.replace(&pair[0]) == Some(&pair[0]) {
            continue;
        }
        let value = parts.property(&pair[0]).unwrap_or_default();
        let message =
            "this property is there more than once; the last one is read. Remove the others".to_owned();
        let error = parts.blame_property(&pair[0], value, message);
        warnings.push(Finding::from_error(&error, "", Severity::Warning));
    }
}

/// The first position of each feature of a layer.
#[derive(Debug, Default)]
pub(in crate::io) struct Spots(Vec<Spot>);

#[derive(Debug)]
struct Spot {
    position: Position,
    number: u64,
    line: u64,
    id: Option<String>,
}

/// How far from the rest a feature is that may have been exchanged, in Earth radii: some 60 km.
const AWAY: f64 = 0.01;
/// So many times as far as three quarters of the layer are from its middle.
const TIMES: f64 = 10.0;

impl Spots {
    pub fn add(&mut self, position: Position, parts: &FeatureParts<'_>) {
        let (number, line) = (parts.feature.number, parts.feature.line);
        self.0.push(Spot { position, number, line, id: parts.shown_id().map(Into::into) });
    }

    /// Features that are far from all others, and would be among them with longitude and latitude exchanged.
    pub fn warnings(&self) -> Vec<Finding> {
        let middle = |of: fn(Position) -> f64| {
            let mut degrees: Vec<f64> = self.0.iter().map(|spot| of(spot.position)).collect();
            degrees.sort_by(f64::total_cmp);
            degrees.get(degrees.len() / 2).copied()
        };
        let (Some(lon), Some(lat)) = (middle(Position::lon_deg), middle(Position::lat_deg)) else {
            return Vec::new();
        };
        let middle = direction(lon, lat);
        let off = |lon, lat| {
            let there = direction(lon, lat);
            (0..3).map(|axis| (there[axis] - middle[axis]).powi(2)).sum::<f64>().sqrt()
        };
        let mut sorted: Vec<f64> =
            self.0.iter().map(|spot| off(spot.position.lon_deg(), spot.position.lat_deg())).collect();
        sorted.sort_by(f64::total_cmp);
        // Of two nobody knows which is right.
        if sorted.len() < 3 {
            return Vec::new();
        }
        let near = sorted[(sorted.len() - 1) * 3 / 4];
        let is_exchanged = |spot: &&Spot| {
            let (lon, lat) = (spot.position.lon_deg(), spot.position.lat_deg());
            let away = off(lon, lat);
            lon.abs() <= 90.0 && away > AWAY.max(TIMES * near) && off(lat, lon) <= (2.0 * near).max(AWAY)
        };
        self.0.iter().filter(is_exchanged).map(warning).collect()
    }
}

fn warning(spot: &Spot) -> Finding {
    let (lon, lat) = (spot.position.lon_deg(), spot.position.lat_deg());
    let message = format!(
        "longitude {lon} and latitude {lat}, far from the rest of the layer, where {lat}, {lon} would be: are \
         the coordinates in latitude, longitude order?"
    );
    let error =
        Error::input(message).under("geometry.coordinates").in_feature(spot.number).at_line(spot.line);
    let error = match &spot.id {
        Some(id) => error.with_id(id.as_str()),
        None => error,
    };
    Finding::from_error(&error, "", Severity::Warning)
}

/// On a sphere of radius 1.
fn direction(lon_deg: f64, lat_deg: f64) -> [f64; 3] {
    let ((sin_lon, cos_lon), (sin_lat, cos_lat)) =
        (lon_deg.to_radians().sin_cos(), lat_deg.to_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}
