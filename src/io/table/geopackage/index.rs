//! The spatial index of a layer: the extension `gpkg_rtree_index`.
//!
//! Its triggers are those of GeoPackage 1.4, which the standard recommends for older versions too: the one that they
//! replace fails on an upsert. They keep the index right when another program edits the layer.

use rusqlite::{Connection, Statement, params};

use super::tables::fail;
use crate::Error;

const TRIGGERS: &str = include_str!("triggers.sql");

/// The definition of the extension that readers look for.
const DEFINITION: &str = "http://www.geopackage.org/spec130/#extension_rtree";

/// The table, the geometry and the key that are indexed.
pub(super) struct SpatialIndex {
    pub table: String,
    pub geometry: String,
    pub key: String,
}

impl SpatialIndex {
    /// A statement of the standard, with the names in place.
    fn of(&self, template: &str) -> String {
        let inside = |name: &str| name.replace('"', "\"\"");
        // The name of the table comes last: it alone may hold what looks like a place for another.
        let names = [("<c>", &self.geometry), ("<i>", &self.key), ("<t>", &self.table)];
        names.into_iter().fold(template.to_owned(), |sql, (place, name)| sql.replace(place, &inside(name)))
    }

    pub fn create(&self, database: &Connection) -> Result<(), Error> {
        let table = "CREATE VIRTUAL TABLE \"rtree_<t>_<c>\" USING rtree(id, minx, maxx, miny, maxy)";
        database.execute_batch(&self.of(table)).map_err(fail)
    }

    /// The statement that takes a key and its bounds.
    pub fn statement<'d>(&self, database: &'d Connection) -> Result<Statement<'d>, Error> {
        database.prepare(&self.of("INSERT INTO \"rtree_<t>_<c>\" VALUES (?, ?, ?, ?, ?)")).map_err(fail)
    }

    /// Adds the triggers when all rows are in: only programs with functions on geometries can run them.
    pub fn finish(&self, database: &Connection) -> Result<(), Error> {
        database.execute_batch(&self.of(TRIGGERS)).map_err(fail)?;
        database
            .execute(
                "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only')",
                params![self.table, self.geometry, DEFINITION],
            )
            .map_err(fail)?;
        Ok(())
    }
}

/// A geometry as GeoPackage has it, in EPSG:4326: WKB behind a head with its bounds (west, south, east, north), which a
/// Point does without; none for an empty one.
pub(super) fn push_blob(wkb: &[u8], bounds: Option<[f64; 4]>, out: &mut Vec<u8>) {
    let is_point = wkb.get(1) == Some(&1);
    // Little-endian; from the second bit on the kind of the bounds, then whether it is empty.
    let flags = match bounds {
        None => 0b1_0001,
        Some(_) if is_point => 0b1,
        Some(_) => 0b11,
    };
    out.extend([b'G', b'P', 0, flags]);
    out.extend(4326_i32.to_le_bytes());
    if let (Some([west, south, east, north]), false) = (bounds, is_point) {
        [west, east, south, north].iter().for_each(|degrees| out.extend(degrees.to_le_bytes()));
    }
    out.extend_from_slice(wkb);
}

/// The bounds of what [`push_blob`] wrote, in the order of the index: west, east, south, north.
pub(super) fn bounds(blob: &[u8]) -> Option<[f64; 4]> {
    const HEAD: usize = 8;
    const HEAD_OF_WKB: usize = 5;
    let number = |at: usize| Some(f64::from_le_bytes(blob.get(at..at + 8)?.try_into().ok()?));
    match blob.get(3)? {
        0b11 => Some([number(HEAD)?, number(HEAD + 8)?, number(HEAD + 16)?, number(HEAD + 24)?]),
        0b1 => {
            let (lon, lat) = (number(HEAD + HEAD_OF_WKB)?, number(HEAD + HEAD_OF_WKB + 8)?);
            Some([lon, lon, lat, lat])
        }
        _ => None,
    }
}
