//! The legacy `crs` member (GeoJSON of 2008, removed by RFC 7946 section 4).

use super::raw::{self, members, unquote};
use crate::Error;

/// Holds the value of a `crs` member against what this build reads.
///
/// WGS84 longitude and latitude under their usual names, and `null`, are fine.
pub(crate) fn check(value: &str) -> Result<(), Error> {
    let found = match name_of(value) {
        Name::None => return Ok(()),
        Name::Named(name) if is_wgs84(&name) => return Ok(()),
        Name::Named(name) => format!("the CRS {name}"),
        Name::Unnamed => format!("{} that names no CRS", raw::kind_of(value)),
    };
    Err(Error::input(format!(
        "found {found}, expected WGS84 longitude and latitude, which is all that this build reads: \
         reproject first (for example `ogr2ogr -t_srs OGC:CRS84 OUT.geojson IN.geojson`)"
    )))
}

enum Name {
    /// `null`: none is named.
    None,
    Named(String),
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
            // `href` is a link: its address at least says which CRS is meant.
            "name" | "href" if raw::is_string(member.value) => {
                return Name::Named(unquote(member.value).into_owned());
            }
            // {"type": "EPSG", "properties": {"code": 4326}}, as early GeoServers wrote it.
            "code" => return Name::Named(format!("EPSG:{}", unquote(member.value))),
            _ => {}
        }
    }
    Name::Unnamed
}

/// True for the spellings of WGS84 longitude and latitude: OGC:CRS84, and EPSG:4326, whose latitude,
/// longitude order GeoJSON writers never meant.
fn is_wgs84(name: &str) -> bool {
    let name = name.trim().to_ascii_uppercase();
    let words: Vec<&str> = name.split([':', '/', '#']).filter(|word| !word.is_empty()).collect();
    let has = |authority: &[&str]| words.iter().any(|word| authority.contains(word));
    match words.last() {
        Some(&("CRS84" | "CRS84H")) => words.len() == 1 || has(&["OGC"]),
        // `CRS:84` and `urn:ogc:def:crs:OGC:2:84`.
        Some(&"84") => words.len() == 2 && has(&["CRS"]) || has(&["OGC"]),
        // 4979 is 4326 with a height.
        Some(&("4326" | "4979")) => has(&["EPSG", "EPSG.XML"]),
        Some(&("WGS84" | "WGS 84")) => words.len() == 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_names_of_wgs84_are_known() {
        for name in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:OGC::CRS84",
            "OGC:CRS84",
            "CRS84",
            "urn:ogc:def:crs:EPSG::4326",
            "urn:ogc:def:crs:EPSG:6.9:4326",
            "urn:x-ogc:def:crs:EPSG:4326",
            "EPSG:4326",
            "epsg:4326",
            "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            "http://www.opengis.net/def/crs/EPSG/0/4326",
            "https://www.opengis.net/def/crs/OGC/0/CRS84h",
            "http://www.opengis.net/gml/srs/epsg.xml#4326",
        ] {
            assert!(is_wgs84(name), "{name}");
        }
        for name in ["EPSG:3857", "urn:ogc:def:crs:EPSG::32632", "EPSG:43260", "ESRI:4326", "", "WGS 72"] {
            assert!(!is_wgs84(name), "{name}");
        }
    }

    #[test]
    fn another_is_named_with_the_way_out() {
        assert!(check("null").is_ok());
        assert!(check(r#"{"type":"EPSG","properties":{"code":4326}}"#).is_ok());
        let error =
            check(r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32638"}}"#).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("urn:ogc:def:crs:EPSG::32638") && text.contains("ogr2ogr"), "{text}");
        assert!(check("{}").is_err() && check("\"EPSG:4326\"").is_err());
    }
}
