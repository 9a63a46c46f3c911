//! PROJ: every system that it knows, and the words that it does not say by itself.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use proj::{Proj, ProjCreateError};

use super::Crs;
use super::definition::{self, Definition};
use super::engine::{Direction, Engine};
use super::report::{AreaOfUse, Operation};
use crate::Error;
use crate::text::acts;

/// WGS84 longitude and latitude, in this order, in PROJ's words.
const WGS84: &str = "OGC:CRS84";

/// A way through PROJ. Neither `Send` nor `Sync`.
pub(crate) struct ByProj {
    proj: Proj,
    direction: Direction,
    version: String,
    definition: Definition,
    area: Option<AreaOfUse>,
    /// The way, where PROJ has one only.
    only: Option<Operation>,
    /// The ways that positions have gone, each with its name as PROJ gives it.
    gone: Vec<(String, Operation)>,
    /// The last of them.
    last: Option<usize>,
    /// PROJ with the order to use the best way or none, where there are several.
    best: Option<Proj>,
}

impl ByProj {
    pub fn new(crs: &Crs, direction: Direction) -> Result<Self, Error> {
        // PROJ writes what it does not know to standard error as it stands. WKT may have lines.
        let text = crs.to_string().replace(['\n', '\r', '\t'], " ");
        if text.contains(acts) {
            return Err(unknown(crs, "it has control characters"));
        }
        let system = create(|| Proj::new(&text)).map_err(|reason| unknown(crs, &reason))?;
        let definition = system
            .to_projjson(Some(false), None, None)
            .map_err(|_| "no definition".to_owned())
            .and_then(|json| definition::read(&json))
            .map_err(|found| {
                Error::input(format!(
                    "the CRS {crs}, {found}, expected a system of positions on the ground: projected, or \
                     longitude and latitude"
                ))
            })?;
        let area = system.area_of_use().ok().and_then(|(area, name)| {
            let proj::Area { north, south, east, west } = area?;
            Some(AreaOfUse { west_deg: west, south_deg: south, east_deg: east, north_deg: north, name })
        });
        let (from, to) = match direction {
            Direction::ToWgs84 => (&*text, WGS84),
            Direction::FromWgs84 => (WGS84, &*text),
        };
        // Longitude and easting first, whatever the register says.
        let proj = create(|| Proj::new_known_crs(from, to, None)).map_err(|reason| unknown(crs, &reason))?;
        let version =
            proj.lib_info().map_or_else(|_| "PROJ".to_owned(), |info| format!("PROJ {}", info.version));
        let only = operation_of(&proj);
        let best = match only {
            Some(_) => None,
            None => best(from, to),
        };
        Ok(ByProj { proj, direction, version, definition, area, only, gone: Vec::new(), last: None, best })
    }

    /// The best way for a position, where PROJ could not go it for want of a grid.
    fn missing_grid(&self, [x, y]: [f64; 2]) -> Option<String> {
        let best = self.best.as_ref()?;
        // This one keeps the register's order of axes.
        let is_swapped = self.direction == Direction::ToWgs84 && self.definition.is_swapped;
        let point = if is_swapped { (y, x) } else { (x, y) };
        match best.convert(point) {
            Ok(_) => None,
            Err(reason) if reason.to_string().contains("No operation matching") => {
                let info = best.proj_info();
                Some(info.description.map_or_else(|| "unnamed".to_owned(), |name| plain(&name)))
            }
            Err(_) => None,
        }
    }
}

/// PROJ's errors; some of its failures have no number, and then the binding panics.
fn create(make: impl FnOnce() -> Result<Proj, ProjCreateError>) -> Result<Proj, String> {
    match catch_unwind(AssertUnwindSafe(make)) {
        Ok(Ok(proj)) => Ok(proj),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("PROJ gives no reason".to_owned()),
    }
}

fn best(from: &str, to: &str) -> Option<Proj> {
    let from = create(|| Proj::new(from)).ok()?;
    let to = create(|| Proj::new(to)).ok()?;
    create(|| from.create_crs_to_crs_from_pj(&to, None, Some(vec!["ONLY_BEST=YES"]))).ok()
}

/// The way that PROJ has, or has gone last; `None` where it has several and went none yet.
fn operation_of(proj: &Proj) -> Option<Operation> {
    let info = proj.proj_info();
    let name = info.description.filter(|name| !name.starts_with("unavailable until"))?;
    let is_ballpark = name.to_ascii_lowercase().contains("ballpark");
    let accuracy_m = Some(info.accuracy).filter(|metres| *metres >= 0.0 && !is_ballpark);
    Some(Operation { name: plain(&name), accuracy_m, is_ballpark, better: None, positions: 0 })
}

/// The name of an operation without what concerns axes only.
fn plain(name: &str) -> String {
    let parts: Vec<&str> = name.split(" + ").filter(|part| !part.starts_with("axis order change")).collect();
    if parts.is_empty() { name.to_owned() } else { parts.join(" + ") }
}

/// Why a system can't be made: it is unknown, or PROJ has no database to look it up in.
fn unknown(crs: &Crs, reason: &str) -> Error {
    let has_database = create(|| Proj::new(WGS84)).is_ok();
    let variable = |name: &str| std::env::var(name).ok().map(|value| (name.to_owned(), value));
    let variable = variable("PROJ_DATA").or_else(|| variable("PROJ_LIB"));
    Error::input(match has_database {
        true => format!(
            "the CRS {crs}, which PROJ does not know ({reason}), expected a code of its database (EPSG:32638, \
             ESRI:102100), a PROJ string with `+type=crs`, or WKT"
        ),
        false => no_database(crs, variable, Path::new("proj.db").exists()),
    })
}

/// What stands in the way of PROJ's database, in a sentence.
fn no_database(crs: &Crs, variable: Option<(String, String)>, is_in_folder: bool) -> String {
    let found = match (variable, is_in_folder) {
        (_, true) => {
            "the working directory has a file `proj.db`, which PROJ takes for its own: go elsewhere, or \
                      move it"
                .to_owned()
        }
        (Some((name, value)), _) => {
            format!(
                "the variable {name} is {value}, where a database of another version may be: unset {name}"
            )
        }
        (None, false) => "neither PROJ_DATA nor the working directory is the cause: build with the feature \
                          `proj-static`, which has the database inside"
            .to_owned(),
    };
    format!("PROJ can't read its database, proj.db, so it can't look up the CRS {crs}; {found}")
}

impl Engine for ByProj {
    fn by(&self) -> String {
        self.version.clone()
    }

    fn name(&self) -> Option<&str> {
        self.definition.name.as_deref()
    }

    fn area(&self) -> Option<AreaOfUse> {
        self.area.clone()
    }

    fn is_degrees(&self) -> bool {
        self.definition.is_degrees
    }

    fn forward(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        // NaN would come back as NaN, and as a success.
        let (x, y) = self.proj.convert((x, y)).ok()?;
        Some([x, y])
    }

    fn back(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let (x, y) = self.proj.project((x, y), true).ok()?;
        Some([x, y])
    }

    fn operation(&mut self, from: [f64; 2]) -> Option<Operation> {
        let raw = self.proj.proj_info().description?;
        if self.last.is_some_and(|last| self.gone[last].0 == raw) {
            return None;
        }
        let known = self.gone.iter().position(|(name, _)| *name == raw);
        if known.is_none() {
            let mut operation = operation_of(&self.proj)?;
            // Asked once a way: PROJ writes a line of its own about each missing grid.
            operation.better = self.missing_grid(from).filter(|better| *better != operation.name);
            self.gone.push((raw, operation));
        }
        let last = known.unwrap_or(self.gone.len() - 1);
        self.last = Some(last);
        Some(self.gone[last].1.clone())
    }

    fn only_operation(&self) -> Option<Operation> {
        self.only.clone()
    }
}

#[cfg(test)]
#[path = "by_proj_tests.rs"]
mod tests;
