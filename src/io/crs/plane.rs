//! Projected systems on the datum of WGS84, in pure Rust: what a build without PROJ reads.

use proj4rs::transform::transform;

use super::Crs;
use super::engine::{Direction, Engine};
use super::report::AreaOfUse;
use crate::Error;

/// One projection.
#[derive(Debug)]
pub(crate) struct Plane {
    plane: proj4rs::Proj,
    degrees: proj4rs::Proj,
    direction: Direction,
    name: Option<String>,
    area: Option<AreaOfUse>,
}

/// The projections that agree with PROJ to 1 mm all over their areas of use. Not so the equal-area ones: PROJ's
/// own inverse is off by 1 mm, and some are meant on a sphere.
const PROJECTIONS: [&str; 6] = ["utm", "tmerc", "merc", "lcc", "stere", "eqc"];

/// Withdrawn, and defined otherwise in PROJ's database.
const UNCLEAR: u32 = 3752;

/// Web Mercator: longitude and latitude of WGS84 taken for those of a sphere.
const WEB_MERCATOR: (u32, &str) =
    (3857, "+proj=merc +a=6378137 +b=6378137 +nadgrids=@null +units=m +no_defs");

/// What proj4rs reads for a system, where it is one on the datum of WGS84.
fn definition(epsg: u32) -> Result<&'static str, &'static str> {
    if epsg == WEB_MERCATOR.0 {
        return Ok(WEB_MERCATOR.1);
    }
    let known = u16::try_from(epsg).ok().and_then(crs_definitions::from_code);
    let definition = known.ok_or("which this build does not know")?.proj4;
    let words = || definition.split_ascii_whitespace();
    let projection = words().find_map(|word| word.strip_prefix("+proj=")).unwrap_or_default();
    if !words().any(|word| word == "+datum=WGS84") {
        return Err("whose datum is not WGS84");
    }
    if epsg == UNCLEAR
        || !PROJECTIONS.contains(&projection)
        || words().any(|word| word.starts_with("+geoidgrids"))
    {
        return Err("which is no projection that this build reads to 1 mm");
    }
    Ok(definition)
}

impl Plane {
    pub fn new(crs: &Crs, direction: Direction) -> Result<Self, Error> {
        let definition = match crs.epsg() {
            Some(epsg) => definition(epsg),
            None => Err("which is no EPSG code"),
        };
        let refused = |why: &str| {
            Error::input(format!(
                "the CRS {crs}, {why}, expected WGS84 or a projected system on its datum (UTM, Web Mercator, \
                 ...): use a build with PROJ (`cargo install patrol-corridor --features proj-static`; that takes \
                 cmake and a C++ compiler), or reproject first (for example `ogr2ogr -s_srs {crs} -t_srs OGC:CRS84 \
                 OUT.geojson IN.geojson`)"
            ))
        };
        let plane = definition.map_err(refused)?;
        let plane = proj4rs::Proj::from_proj_string(plane).map_err(|e| refused(&e.to_string()))?;
        // The sphere of Web Mercator stands in for the ellipsoid: no way leads between the two.
        let degrees = match crs.epsg() == Some(WEB_MERCATOR.0) {
            true => "+proj=longlat +a=6378137 +b=6378137 +nadgrids=@null +no_defs",
            false => "+proj=longlat +datum=WGS84 +no_defs",
        };
        let degrees = proj4rs::Proj::from_proj_string(degrees).map_err(|e| refused(&e.to_string()))?;
        let (name, area) = crs.epsg().map_or((None, None), known);
        Ok(Plane { plane, degrees, direction, name, area })
    }

    fn to_degrees(&self, from: [f64; 2]) -> Option<[f64; 2]> {
        let mut point = (from[0], from[1]);
        transform(&self.plane, &self.degrees, &mut point).ok()?;
        Some([point.0.to_degrees(), point.1.to_degrees()])
    }

    fn to_plane(&self, from: [f64; 2]) -> Option<[f64; 2]> {
        let mut point = (from[0].to_radians(), from[1].to_radians());
        transform(&self.degrees, &self.plane, &mut point).ok()?;
        Some([point.0, point.1])
    }
}

impl Engine for Plane {
    fn by(&self) -> String {
        "proj4rs".to_owned()
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn area(&self) -> Option<AreaOfUse> {
        self.area.clone()
    }

    fn is_degrees(&self) -> bool {
        false
    }

    fn forward(&self, from: [f64; 2]) -> Option<[f64; 2]> {
        match self.direction {
            Direction::ToWgs84 => self.to_degrees(from),
            Direction::FromWgs84 => self.to_plane(from),
        }
    }

    fn back(&self, to: [f64; 2]) -> Option<[f64; 2]> {
        match self.direction {
            Direction::ToWgs84 => self.to_plane(to),
            Direction::FromWgs84 => self.to_degrees(to),
        }
    }

    /// There is one way only.
    fn operation(&mut self, _: [f64; 2]) -> Option<super::Operation> {
        None
    }

    fn only_operation(&self) -> Option<super::Operation> {
        let inverse = if self.direction == Direction::ToWgs84 { "inverse of " } else { "" };
        let name = format!("{inverse}{}", self.plane.projname());
        Some(super::Operation { name, accuracy_m: Some(0.0), is_ballpark: false, better: None, positions: 0 })
    }
}

/// Name and area of use of the systems that most layers are in; of others this build does not know them.
fn known(epsg: u32) -> (Option<String>, Option<AreaOfUse>) {
    let area = |west_deg, south_deg, east_deg, north_deg| {
        Some(AreaOfUse { west_deg, south_deg, east_deg, north_deg, name: None })
    };
    let zone = epsg % 100;
    match epsg {
        3857 => (Some("WGS 84 / Pseudo-Mercator".to_owned()), area(-180.0, -85.06, 180.0, 85.06)),
        32601..=32660 | 32701..=32760 => {
            let is_north = epsg < 32700;
            let west = f64::from(zone) * 6.0 - 186.0;
            let (south, north) = if is_north { (0.0, 84.0) } else { (-80.0, 0.0) };
            let letter = if is_north { 'N' } else { 'S' };
            (Some(format!("WGS 84 / UTM zone {zone}{letter}")), area(west, south, west + 6.0, north))
        }
        _ => (None, None),
    }
}

#[cfg(test)]
#[path = "plane_tests.rs"]
mod tests;
