//! The legacy `crs` member in its forms.

use super::Crs;
use crate::Error;
use crate::io::json::raw::{self, members, unquote};

/// The system that the value of a `crs` member names; `None` for `null`.
///
/// # Errors
/// Where it names none.
pub(crate) fn of_member(value: &str) -> Result<Option<Crs>, Error> {
    match name_of(value) {
        Name::None => Ok(None),
        Name::Named(name) => Crs::from_name(&name).map(Some),
        // An address may name a system of a register, as many do.
        Name::Linked(link) => match Crs::from_name(&link) {
            Ok(crs) if crs.is_wgs84() || crs.epsg().is_some() => Ok(Some(crs)),
            _ => Err(Error::input(format!(
                "the CRS is a link, `{link}`, and links are not followed. Say which system it is, for example EPSG:32638"
            ))),
        },
        Name::Unnamed => Err(Error::input(format!(
            "{} that names no CRS, expected {{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::32638\"}}}}: \
             leave `crs` out where the coordinates are longitude and latitude",
            raw::kind_of(value)
        ))),
    }
}

/// Holds the value of a `crs` member against what is read without reprojection: WGS84 longitude and
/// latitude under their usual names, and `null`.
pub(crate) fn check(value: &str) -> Result<(), Error> {
    match of_member(value)? {
        Some(crs) if !crs.is_wgs84() => Err(Error::input(format!(
            "the CRS {crs}, expected WGS84 longitude and latitude here: \
             reproject first (for example `ogr2ogr -t_srs OGC:CRS84 OUT.geojson IN.geojson`)"
        ))),
        _ => Ok(()),
    }
}

/// The value of the `crs` member of an object's text.
pub(crate) fn of_collection(object: &str) -> Option<&str> {
    members(object).find(|member| member.key == "crs").map(|member| member.value)
}

/// Returns `true` if the value of a `crs` member is a link.
pub(crate) fn is_link(value: &str) -> bool {
    matches!(name_of(value), Name::Linked(_))
}

enum Name {
    /// `null`: none is named.
    None,
    Named(String),
    /// By the address of a definition.
    Linked(String),
    Unnamed,
}

fn name_of(value: &str) -> Name {
    if value == "null" {
        return Name::None;
    }
    let Some(properties) = members(value).find(|m| m.key == "properties").map(|m| m.value) else {
        return Name::Unnamed;
    };
    for member in members(properties) {
        match &*member.key {
            "name" if raw::is_string(member.value) => {
                return Name::Named(unquote(member.value).into_owned());
            }
            "href" if raw::is_string(member.value) => {
                return Name::Linked(unquote(member.value).into_owned());
            }
            // {"type": "EPSG", "properties": {"code": 4326}}, as early GeoServers wrote it.
            "code" => return Name::Named(format!("EPSG:{}", unquote(member.value))),
            _ => {}
        }
    }
    Name::Unnamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_is_named_with_the_way_out() {
        assert!(check("null").is_ok());
        assert!(check(r#"{"type":"EPSG","properties":{"code":4326}}"#).is_ok());
        let error =
            check(r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32638"}}"#).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("EPSG:32638") && text.contains("ogr2ogr"), "{text}");
        let link = r#"{"type":"link","properties":{"href":"http://example.com/crs/42","type":"proj4"}}"#;
        let text = check(link).unwrap_err().to_string();
        assert!(text.contains("`http://example.com/crs/42`") && text.contains("not followed"), "{text}");
        let known = r#"{"type":"link","properties":{"href":"http://www.opengis.net/def/crs/EPSG/0/4326"}}"#;
        assert!(check(known).is_ok() && is_link(known) && !is_link("null"));
        assert!(check("{}").is_err() && check("\"EPSG:4326\"").is_err());
    }
}
