//! The layers of a GeoPackage, and the columns of one.

use rusqlite::{Connection, OptionalExtension};

use crate::Error;
use crate::io::crs::Crs;
use crate::text::shown;

/// Tables in which QGIS keeps what is no layer.
const OF_QGIS: [&str; 2] = ["layer_styles", "qgis_projects"];

/// A layer that was chosen.
pub(super) struct Layer {
    pub name: String,
    /// The column of the `fid`.
    key: String,
    /// The column of the geometry; tables of attributes have none.
    pub geometry: Option<String>,
    pub columns: Vec<Column>,
    pub crs: Option<Crs>,
}

/// A column of properties.
pub(super) struct Column {
    pub name: String,
    pub is_bool: bool,
}

struct Listed {
    name: String,
    has_geometry: bool,
}

fn fail(fault: rusqlite::Error) -> Error {
    Error::input(format!("a damaged GeoPackage ({fault}): copy it again, or repair it with `ogr2ogr`"))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Layer {
    /// The layer of that name, or the only one; `file` is the name of the file in messages.
    pub fn choose(database: &Connection, file: &str, named: Option<&str>) -> Result<Self, Error> {
        let listed = listed(database)?;
        let names = |wanted: &dyn Fn(&&Listed) -> bool| {
            let names =
                listed.iter().filter(wanted).take(30).map(|layer| format!("`{file}#{}`", shown(&layer.name)));
            names.collect::<Vec<_>>().join(", ")
        };
        let chosen = match named {
            Some(named) => {
                let found = listed.iter().find(|layer| layer.name == named);
                let found =
                    found.or_else(|| listed.iter().find(|layer| layer.name.eq_ignore_ascii_case(named)));
                found.ok_or_else(|| {
                    Error::argument(format!(
                        "there is no layer `{}`; there are {}",
                        shown(named),
                        names(&|_| true)
                    ))
                })?
            }
            None => {
                let is_layer = |layer: &&Listed| !OF_QGIS.contains(&&*layer.name);
                let has_geometries = listed.iter().any(|layer| layer.has_geometry);
                let wanted = |layer: &&Listed| is_layer(layer) && layer.has_geometry == has_geometries;
                let mut layers = listed.iter().filter(wanted);
                match (layers.next(), layers.next()) {
                    (Some(only), None) => only,
                    (None, _) => {
                        return Err(Error::input("a GeoPackage without layers of features, expected one"));
                    }
                    (Some(_), Some(_)) => {
                        let names = names(&|layer| is_layer(layer));
                        return Err(Error::input(format!("several layers: name one of {names}")));
                    }
                }
            }
        };
        Self::of(database, chosen).map_err(|e| e.under(&format!("layer `{}`", shown(&chosen.name))))
    }

    fn of(database: &Connection, listed: &Listed) -> Result<Self, Error> {
        let sql: Option<Option<String>> = database
            .query_row(
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE",
                [&listed.name],
                |row| row.get(0),
            )
            .optional()
            .map_err(fail)?;
        let is_virtual =
            |sql: &str| sql.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("CREATE VIRTUAL"));
        if sql.flatten().is_none_or(|sql| is_virtual(&sql)) {
            return Err(Error::input("a view and no table: save the layer as a new one, and read that"));
        }
        let place: Option<(String, i64)> = match listed.has_geometry {
            true => database
                .query_row(
                    "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1 COLLATE NOCASE",
                    [&listed.name],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()
                .map_err(fail)?,
            false => None,
        };
        let crs = place.as_ref().map(|(_, system)| crs(database, *system)).transpose()?.flatten();
        let mut statement =
            database.prepare("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?1)").map_err(fail)?;
        let found = statement.query_map([&listed.name], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, i64>(3)?,
            ))
        });
        let found = found.map_err(fail)?.collect::<Result<Vec<_>, _>>().map_err(fail)?;
        let keys = found.iter().filter(|(.., key, _)| *key > 0).count();
        let own_key = found
            .iter()
            .find(|(_, kind, key, _)| *key > 0 && keys == 1 && kind.eq_ignore_ascii_case("INTEGER"));
        // Each row has a number under one of these names, whichever no column has taken.
        let hidden_key = ["rowid", "_rowid_", "oid"]
            .into_iter()
            .find(|key| !found.iter().any(|(name, ..)| name.eq_ignore_ascii_case(key)));
        let key = own_key.map(|(name, ..)| quoted(name)).or(hidden_key.map(str::to_owned));
        let key = key.ok_or_else(|| Error::input("a table without a key: save the layer as a new one"))?;
        let geometry = match place {
            Some((column, _)) => {
                let there = found.iter().find(|(name, ..)| name.eq_ignore_ascii_case(&column));
                Some(
                    there
                        .ok_or_else(|| {
                            Error::input(format!("no column `{}` for the geometry", shown(&column)))
                        })?
                        .0
                        .clone(),
                )
            }
            None => None,
        };
        let own_key = own_key.map(|(name, ..)| name.clone());
        let is_property = |name: &String| Some(name) != own_key.as_ref() && Some(name) != geometry.as_ref();
        let columns = found
            .into_iter()
            // 1 is a column of a virtual table; 2 and 3 are computed.
            .filter(|(name, .., hidden)| *hidden != 1 && is_property(name))
            .map(|(name, kind, ..)| Column { name, is_bool: kind.trim().eq_ignore_ascii_case("BOOLEAN") })
            .collect();
        Ok(Layer { name: listed.name.clone(), key, geometry, columns, crs })
    }

    /// The rows from a `fid` on: it, the geometry and the properties.
    pub fn query(&self) -> String {
        let key = &self.key;
        let columns: String = self
            .geometry
            .iter()
            .chain(self.columns.iter().map(|column| &column.name))
            .map(|name| format!(", {}", quoted(name)))
            .collect();
        format!("SELECT {key}{columns} FROM {} WHERE {key} >= ?1 ORDER BY {key}", quoted(&self.name))
    }
}

/// The layers in the order of the file.
fn listed(database: &Connection) -> Result<Vec<Listed>, Error> {
    let is_there: bool = database
        .query_row(
            "SELECT count(*) > 0 FROM sqlite_master WHERE type = 'table' AND name = 'gpkg_contents'",
            [],
            |row| row.get(0),
        )
        .map_err(fail)?;
    if !is_there {
        return Err(Error::input("no GeoPackage: a database of SQLite without the table gpkg_contents"));
    }
    let query = "SELECT table_name, data_type = 'features' FROM gpkg_contents \
                 WHERE data_type IN ('features', 'attributes') LIMIT 10000";
    let mut statement = database.prepare(query).map_err(fail)?;
    let found = statement.query_map([], |row| Ok(Listed { name: row.get(0)?, has_geometry: row.get(1)? }));
    found.map_err(fail)?.collect::<Result<Vec<_>, _>>().map_err(fail)
}

/// The system of that number in the file; none for WGS84 longitude and latitude, and where it is undefined.
fn crs(database: &Connection, system: i64) -> Result<Option<Crs>, Error> {
    if matches!(system, -1 | 0 | 4326) {
        return Ok(None);
    }
    let found: Option<(Option<String>, Option<i64>, Option<String>)> = database
        .query_row(
            "SELECT organization, organization_coordsys_id, srs_name FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
            [system],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()
        .map_err(fail)?;
    let (organization, code, name) = found.unwrap_or_default();
    let organization = organization.unwrap_or_default().trim().to_ascii_uppercase();
    let crs = match (&*organization, code) {
        ("EPSG" | "ESRI" | "OGC", Some(code)) => Some(Crs::from_name(&format!("{organization}:{code}"))?),
        _ => None,
    };
    match crs {
        Some(crs) if crs.is_wgs84() => Ok(None),
        Some(crs) => Ok(Some(crs)),
        None => {
            let name = shown(&name.unwrap_or_default());
            Err(Error::input(format!(
                "the coordinate reference system `{name}` ({system}), which is of no known register; convert the layer: \
                 `ogr2ogr -t_srs OGC:CRS84 out.gpkg in.gpkg`"
            )))
        }
    }
}
