//! Features that we make ourselves, as GeoJSON text.

use geo::MapCoords;
use serde::Serialize;

pub(crate) use geojson::Feature;
pub use geojson::JsonObject;

use crate::io::json::raw;
use crate::{Error, FeatureId, IncidentGeometry};

/// The text of a feature: positions in the fewest digits that read back as the same doubles.
///
/// A position of a [`IncidentGeometry`] is two numbers; [`IncidentGeometry::None`] gives a null geometry.
///
/// # Errors
/// Where the properties do not become a JSON object or `null` (an argument error).
///
/// ```
/// use patrol_corridor::{io, FeatureId, IncidentGeometry, Position};
/// #[derive(serde::Serialize)]
/// struct Seen { by: &'static str }
/// let geometry = IncidentGeometry::Point(Position::from_lon_lat(46.5, 39.600000000000001)?);
/// let text = io::feature_text(&geometry, Some(&FeatureId::text("F-1")), &Seen { by: "OP-1" })?;
/// assert_eq!(
///     text,
///     r#"{"type":"Feature","id":"F-1","properties":{"by":"OP-1"},"geometry":{"type":"Point","coordinates":[46.5,39.6]}}"#
/// );
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn feature_text<P: Serialize + ?Sized>(
    geometry: &IncidentGeometry,
    id: Option<&FeatureId>,
    properties: &P,
) -> Result<String, Error> {
    let failed = |e: serde_json::Error| Error::argument(format!("could not write the feature: {e}"));
    feature_with(geometry, id, &serde_json::to_string(properties).map_err(failed)?)
}

/// As [`feature_text`], with properties that are JSON text already: they stay as they are written.
///
/// ```
/// use patrol_corridor::{FeatureId, IncidentGeometry, Position, io};
/// let fired = IncidentGeometry::Point(Position::from_lon_lat(46.807759, 40.068059)?);
/// let text = io::feature_with(&fired, Some(&FeatureId::text("INC-1")), r#"{"wounded": 1.0}"#)?;
/// assert!(text.starts_with(r#"{"type":"Feature","id":"INC-1","properties":{"wounded": 1.0},"geometry""#), "{text}");
/// assert!(io::feature_with(&fired, None, "[1]").unwrap_err().is_argument());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where the properties are no JSON object or `null` (an argument error).
pub fn feature_with(
    geometry: &IncidentGeometry,
    id: Option<&FeatureId>,
    properties: &str,
) -> Result<String, Error> {
    let failed = |e: serde_json::Error| Error::argument(format!("could not write the feature: {e}"));
    raw::validate(properties).map_err(|e| Error::argument(e.message()))?;
    if !properties.starts_with('{') && properties != "null" {
        let found = raw::kind_of(properties);
        return Err(Error::argument(format!("properties that are {found}, expected an object or null")));
    }
    let geometry = match geometry.to_geo_types() {
        Some(geometry) => {
            // -0 is written as 0.
            let geometry = geometry.map_coords(|at| geo_types::Coord { x: at.x + 0.0, y: at.y + 0.0 });
            serde_json::to_string(&geojson::Geometry::from(&geometry)).map_err(failed)?
        }
        None => "null".to_owned(),
    };
    let mut text = String::from("{\"type\":\"Feature\"");
    if let Some(id) = id {
        text.push_str(",\"id\":");
        write_id(id, &mut text);
    }
    text.push_str(",\"properties\":");
    text.push_str(properties);
    text.push_str(",\"geometry\":");
    text.push_str(&geometry);
    text.push('}');
    Ok(text)
}

/// Appends an id as JSON: a number in its own digits, which serde would round where there are many.
pub(crate) fn write_id(id: &FeatureId, out: &mut String) {
    if id.is_number() { out.push_str(id.as_str()) } else { raw::write_string(id.as_str(), out) }
}

/// Anything that serde can write as one JSON text and a line feed.
///
/// ```
/// use patrol_corridor::io;
/// assert_eq!(io::json_line(&("OP-21", 1_669.15))?, "[\"OP-21\",1669.15]\n");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where it can't be JSON (an argument error).
pub fn json_line<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    json_text(value).map(|text| text + "\n")
}

pub(crate) fn json_text<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::argument(format!("could not write JSON: {e}")))
}

/// A feature of the crate `geojson` out of text that we made.
///
/// # Errors
/// Returns an error if a number in it is one that no float holds.
pub(crate) fn parsed_feature(text: &str) -> Result<Feature, Error> {
    text.parse().map_err(|error| Error::input(format!("a feature of the crate geojson: {error}")))
}

/// A value that serde writes as an object of JSON; an empty one where it does not.
pub(crate) fn json_object<T: Serialize + ?Sized>(value: &T) -> JsonObject {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::Object(object)) => object,
        _ => JsonObject::new(),
    }
}
