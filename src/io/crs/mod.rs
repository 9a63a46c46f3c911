//! Coordinate reference systems: their names, the legacy `crs` member, and the way to WGS84 and back.
//!
//! The member is that of GeoJSON of 2008, which RFC 7946 (section 4) has removed. Positions are always in
//! the order of GIS, longitude or easting first, whatever the order of axes in the register.

#[cfg(feature = "proj")]
mod by_proj;
#[cfg(feature = "proj")]
mod definition;
mod engine;
mod member;
#[cfg(not(any(feature = "crs", feature = "proj")))]
mod none;
#[cfg(all(feature = "crs", any(not(feature = "proj"), test)))]
mod plane;
mod report;
mod rewrite;
mod systems;
mod transformation;

use std::fmt;
use std::str::FromStr;

use crate::Error;

pub(crate) use member::{check, is_link, of_collection, of_member};
pub use report::{AreaOfUse, Operation, Reprojection};
pub(crate) use rewrite::Reprojector;
pub(crate) use systems::Systems;
pub use transformation::Transformation;

/// A coordinate reference system by its name.
///
/// `EPSG:32638`, `32638`, `urn:ogc:def:crs:EPSG::32638` and `http://www.opengis.net/def/crs/EPSG/0/32638` are
/// one; so are `OGC:CRS84` and `EPSG:4326`, whose latitude, longitude order GeoJSON writers never meant. Any
/// other text is kept for PROJ: `ESRI:102100`, `+proj=utm +zone=38 +datum=WGS84 +type=crs`, WKT.
///
/// ```
/// use patrol_corridor::io::Crs;
/// let utm: Crs = "urn:ogc:def:crs:EPSG::32638".parse()?;
/// assert_eq!((utm.to_string(), utm.epsg()), ("EPSG:32638".to_owned(), Some(32638)));
/// assert!("CRS84".parse::<Crs>()?.is_wgs84());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Crs(Name);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Name {
    Wgs84,
    Epsg(u32),
    Other(String),
}

impl Crs {
    /// WGS84 longitude and latitude in degrees: what RFC 7946 GeoJSON is in.
    pub const WGS84: Crs = Crs(Name::Wgs84);

    /// The system of a name.
    ///
    /// ```
    /// use patrol_corridor::io::Crs;
    /// let utm = Crs::from_name("http://www.opengis.net/def/crs/EPSG/0/32638")?;
    /// assert_eq!(utm.to_string(), "EPSG:32638");
    /// assert!(Crs::from_name(" ").is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the name is empty. Whether this build knows the system is told by [`Transformation`].
    pub fn from_name(name: &str) -> Result<Crs, Error> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Error::argument("an empty name, expected a coordinate reference system: EPSG:32638"));
        }
        if is_wgs84(name) {
            return Ok(Crs::WGS84);
        }
        let words: Vec<&str> = name.split([':', '/', '#']).filter(|word| !word.is_empty()).collect();
        let is_uri = ["urn:", "http:", "https:"]
            .iter()
            .any(|start| name.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start)));
        let authority = match &words[..] {
            [code] if code.bytes().all(|b| b.is_ascii_digit()) => Some("EPSG".to_owned()),
            // Of a URI the word behind `crs`, or the register's file of old.
            words if is_uri => words
                .iter()
                .position(|word| word.eq_ignore_ascii_case("crs"))
                .and_then(|at| words.get(at + 1))
                .or_else(|| words.iter().find(|word| word.eq_ignore_ascii_case("epsg.xml")))
                .map(|word| word.to_ascii_uppercase().trim_end_matches(".XML").to_owned()),
            [authority, _] if authority.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') => {
                Some(authority.to_ascii_uppercase())
            }
            _ => None,
        };
        let code = words.last().copied().unwrap_or_default();
        Ok(match authority.as_deref() {
            Some("EPSG") => match code.parse() {
                Ok(4326 | 4979) => Crs::WGS84,
                // Web Mercator as it was called before EPSG had it.
                Ok(900_913 | 102_100 | 102_113 | 3785) => Crs(Name::Epsg(3857)),
                Ok(code) => Crs(Name::Epsg(code)),
                Err(_) => Crs(Name::Other(name.to_owned())),
            },
            Some(authority) => Crs(Name::Other(format!("{authority}:{code}"))),
            None => Crs(Name::Other(name.to_owned())),
        })
    }

    /// True for WGS84 longitude and latitude, whose coordinates are kept as they stand.
    ///
    /// ```
    /// use patrol_corridor::io::Crs;
    /// assert!(Crs::from_name("EPSG:4326")?.is_wgs84());
    /// assert!(!Crs::from_name("EPSG:32638")?.is_wgs84());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_wgs84(&self) -> bool {
        self.0 == Name::Wgs84
    }

    /// The code in the EPSG register, where it has been named by one; none for WGS84 itself.
    ///
    /// ```
    /// use patrol_corridor::io::Crs;
    /// assert_eq!("32638".parse::<Crs>()?.epsg(), Some(32638));
    /// assert_eq!("+proj=utm +zone=38 +datum=WGS84 +type=crs".parse::<Crs>()?.epsg(), None);
    /// assert_eq!(Crs::WGS84.epsg(), None);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn epsg(&self) -> Option<u32> {
        match self.0 {
            Name::Epsg(code) => Some(code),
            _ => None,
        }
    }

    /// The legacy member `"crs":{...}` that names it.
    pub(crate) fn member(&self) -> String {
        let urn = match &self.0 {
            Name::Wgs84 => "urn:ogc:def:crs:OGC:1.3:CRS84".to_owned(),
            Name::Epsg(code) => format!("urn:ogc:def:crs:EPSG::{code}"),
            Name::Other(name) => match name.split_once(':') {
                Some((authority, code)) if !name.contains([' ', '[', '+', '{', '"']) => {
                    format!("urn:ogc:def:crs:{authority}::{code}")
                }
                _ => name.clone(),
            },
        };
        let mut member = String::from("\"crs\":{\"type\":\"name\",\"properties\":{\"name\":");
        crate::io::json::raw::write_string(&urn, &mut member);
        member.push_str("}}");
        member
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Name::Wgs84 => f.write_str("OGC:CRS84"),
            Name::Epsg(code) => write!(f, "EPSG:{code}"),
            Name::Other(name) => f.write_str(name),
        }
    }
}

impl FromStr for Crs {
    type Err = Error;

    fn from_str(name: &str) -> Result<Crs, Error> {
        Crs::from_name(name)
    }
}

/// True for the spellings of WGS84 longitude and latitude.
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
            "4326",
            "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            "http://www.opengis.net/def/crs/EPSG/0/4326",
            "https://www.opengis.net/def/crs/OGC/0/CRS84h",
            "http://www.opengis.net/gml/srs/epsg.xml#4326",
        ] {
            assert!(Crs::from_name(name).unwrap().is_wgs84(), "{name}");
        }
        for name in ["EPSG:3857", "urn:ogc:def:crs:EPSG::32632", "EPSG:43260", "ESRI:4326", "WGS 72"] {
            assert!(!Crs::from_name(name).unwrap().is_wgs84(), "{name}");
        }
        assert!(Crs::from_name(" ").is_err());
    }

    #[test]
    fn a_system_has_many_names_and_is_one() {
        for name in [
            "EPSG:28408",
            "epsg:28408",
            "28408",
            "urn:ogc:def:crs:EPSG::28408",
            "urn:ogc:def:crs:EPSG:9.8:28408",
            "urn:x-ogc:def:crs:EPSG:28408",
            "http://www.opengis.net/def/crs/EPSG/0/28408",
            "https://www.opengis.net/def/crs/epsg/0/28408",
            "http://www.opengis.net/gml/srs/epsg.xml#28408",
        ] {
            assert_eq!(Crs::from_name(name).unwrap().to_string(), "EPSG:28408", "{name}");
        }
        assert_eq!(Crs::from_name("EPSG:900913").unwrap().epsg(), Some(3857));
        for (name, shown) in [
            ("esri:54030", "ESRI:54030"),
            ("urn:ogc:def:crs:ESRI::54030", "ESRI:54030"),
            ("+proj=utm +zone=38", "+proj=utm +zone=38"),
            ("EPSG:abc", "EPSG:abc"),
        ] {
            assert_eq!(Crs::from_name(name).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn the_member_reads_back() {
        for name in ["EPSG:28408", "CRS84", "ESRI:54030", "+proj=utm +zone=38 +type=crs"] {
            let crs = Crs::from_name(name).unwrap();
            let member = format!("{{{}}}", crs.member());
            let value = crate::io::json::raw::members(&member).next().unwrap().value;
            assert_eq!(of_member(value).unwrap(), Some(crs), "{member}");
        }
    }
}
