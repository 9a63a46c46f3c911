//! One feature of a layer as a post, a route or an incident.

use serde::de::DeserializeOwned;

use crate::io::geojson::feature::FeatureParts;
use crate::io::json::raw::{self, kind_of, unquote};
use crate::io::layer::finding::{Finding, Severity};
use crate::io::layer::options::LayerOptions;
use crate::io::layer::service::service;
use crate::io::layer::slips::{INCIDENT_FIELDS, POST_FIELDS, ROUTE_FIELDS, repeated_names, unread_names};
use crate::{Error, FeatureId, Incident, IncidentGeometry, ObservationPost, PatrolRoute, Position};

/// Where a route begins.
pub(in crate::io) fn start(route: &PatrolRoute) -> Option<Position> {
    route.parts().first().and_then(|part| part.first()).copied()
}

/// The posts of a feature.
pub(in crate::io) fn posts(
    parts: &FeatureParts<'_>,
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) -> Result<Vec<ObservationPost>, Error> {
    let place = parts.any_geometry()?;
    let expected = "expected a Point or MultiPoint";
    let positions = match &place {
        IncidentGeometry::Point(_) | IncidentGeometry::MultiPoint(_) => place.positions(),
        _ => return Err(wrong_geometry(parts, expected)),
    };
    if positions.is_empty() {
        let message = "a MultiPoint without positions, expected at least one";
        return Err(blame_geometry(parts, message.to_owned()));
    }
    let id = parts.id(options.id_field.as_deref())?;
    let name = name(parts, options, warnings)?;
    unread_names(parts, POST_FIELDS, options, warnings);
    repeated_names(parts, POST_FIELDS, options, warnings);
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
    if let IncidentGeometry::Point(position) = &place {
        return Ok(vec![post(id, position)?]);
    }
    let numbered = |i: usize| FeatureId::text(format!("{id}/{}", i + 1));
    positions.iter().enumerate().map(|(i, position)| post(numbered(i), position)).collect()
}

/// The route of a feature.
pub(in crate::io) fn route(
    parts: &FeatureParts<'_>,
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) -> Result<PatrolRoute, Error> {
    let IncidentGeometry::Lines(lines) = parts.any_geometry()? else {
        return Err(wrong_geometry(parts, "expected a LineString or MultiLineString"));
    };
    let repeated: usize =
        lines.iter().map(|line| line.windows(2).filter(|pair| pair[0] == pair[1]).count()).sum();
    let edges: usize = lines.iter().map(|line| line.len().saturating_sub(1)).sum();
    let id = parts.id(options.id_field.as_deref())?;
    let mut route = PatrolRoute::from_parts(id, lines).map_err(|error| blame_geometry_error(parts, error))?;
    route.name = name(parts, options, warnings)?;
    unread_names(parts, ROUTE_FIELDS, options, warnings);
    repeated_names(parts, ROUTE_FIELDS, options, warnings);
    route.corridor = corridor_name(parts)?;
    route.service = service(parts, options.zone.as_ref())?;
    if repeated == edges {
        let message = "a route of zero length, expected a line with two different positions";
        warnings.push(warning(blame_geometry(parts, message.to_owned())));
    } else if repeated > 0 {
        let message = format!(
            "{repeated} vertex(es) that repeat the one before, expected each once: remove the repetitions"
        );
        warnings.push(warning(blame_geometry(parts, message)));
    }
    if let Some(start_m) = number(parts, "start_chainage_m", |_| true, "expected a number of metres")? {
        route = route.with_start_chainage_m(start_m)?;
    }
    match metres(parts, "half_width_m")?.or(options.half_width_m) {
        None => Ok(route),
        Some(width) => route.with_half_width_m(width),
    }
}

pub(in crate::io) fn corridor_name(parts: &FeatureParts<'_>) -> Result<Option<String>, Error> {
    let Some(value) = parts.property("corridor") else { return Ok(None) };
    text(value).map_err(|found| {
        let message = format!("{found}, expected the corridor's name, a string");
        parts.blame_property("corridor", value, message)
    })
}

/// The incident of a feature.
pub(in crate::io) fn incident(
    parts: &FeatureParts<'_>,
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) -> Result<Incident, Error> {
    repeated_names(parts, INCIDENT_FIELDS, options, warnings);
    Ok(Incident { id: parts.id(options.id_field.as_deref())?, geometry: parts.incident_geometry()? })
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
        Some(_) => Err(parts.blame_property(field, value, format!("{value}, {expected}"))),
        None => {
            let found = kind_of(value);
            Err(parts.blame_property(field, value, format!("{found}, {expected}")))
        }
    }
}

/// The name: of a field that the caller named it must be one, otherwise another value is a warning.
pub(in crate::io) fn name(
    parts: &FeatureParts<'_>,
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) -> Result<Option<String>, Error> {
    let field = options.name_field.as_deref();
    let Some(value) = parts.property(field.unwrap_or("name")) else { return Ok(None) };
    match text(value) {
        Ok(name) => Ok(name),
        Err(found) if field.is_some() => {
            let message = format!("{found}, expected the name, a string");
            Err(parts.blame_property(field.unwrap_or("name"), value, message))
        }
        Err(found) => {
            let message = format!("{found}, expected a string: the feature is read without a name");
            warnings.push(warning(parts.blame_property("name", value, message)));
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
pub(in crate::io) fn properties<P: DeserializeOwned>(parts: &FeatureParts<'_>) -> Result<P, Error> {
    let object = parts.properties.object();
    serde_json::from_str(object).map_err(|fault| {
        let start = raw::offset_in(parts.feature.text, object);
        // serde_json counts from the start of the object; its line tells where to look.
        let lines = fault.line().saturating_sub(1);
        let inside: usize = object.split_inclusive('\n').take(lines).map(str::len).sum();
        let message = format!("properties that do not fit: {}", raw::reason(&fault));
        let error = Error::input(message);
        // serde_json stops in the value that does not fit, or right behind it; behind all where one is missing.
        let stops = inside + fault.column();
        let holds = |member: &raw::Member<'_>| {
            let from = raw::offset_in(object, member.value);
            (from..=from + member.value.len()).contains(&stops)
        };
        let error = match raw::members(object).find(holds) {
            Some(member) => error.under(&member.key),
            None => error,
        };
        parts.blame(error.under("properties").at_byte((start + inside) as u64))
    })
}

/// What a geometry's type is, with its article: "a Polygon", "an object".
pub(in crate::io) fn wrong_geometry(parts: &FeatureParts<'_>, expected: &str) -> Error {
    let found = match parts.geometry {
        None => "no geometry".to_owned(),
        Some("null") => "null".to_owned(),
        Some(text) => raw::members(text)
            .find(|member| member.key == "type")
            .map_or("a geometry".to_owned(), |member| format!("a {}", unquote(member.value))),
    };
    blame_geometry(parts, format!("{found}, {expected}"))
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
pub(in crate::io) fn warning(error: Error) -> Finding {
    Finding::from_error(&error, "", Severity::Warning)
}
