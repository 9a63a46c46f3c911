//! The tables that every GeoPackage has, that of styles, and errors of SQLite.

use rusqlite::{Connection, params};

use crate::Error;

const TABLES: &str = include_str!("tables.sql");

/// As QGIS makes it.
const STYLES: &str = include_str!("styles.sql");

/// The table in which QGIS looks for styles.
pub(super) const LAYER_STYLES: &str = "layer_styles";

/// The time of each change: that of a run would make two runs differ.
pub(super) const LAST_CHANGE: &str = "1970-01-01T00:00:00.000Z";

pub(super) fn fail(e: rusqlite::Error) -> Error {
    fail_io(std::io::Error::other(e))
}

pub(super) fn fail_io(e: std::io::Error) -> Error {
    Error::io("write a temporary file of the output", e)
}

/// The tables of a file without layers.
pub(super) fn create(database: &Connection) -> Result<(), Error> {
    database.execute_batch(TABLES).map_err(fail)
}

/// The table of styles, which is no layer.
pub(super) fn create_styles(database: &Connection) -> Result<(), Error> {
    database.execute_batch(STYLES).map_err(fail)?;
    database
        .execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) VALUES (?1, 'attributes', ?1, ?2)",
            params![LAYER_STYLES, LAST_CHANGE],
        )
        .map_err(fail)?;
    Ok(())
}

/// The style of a layer, the one that QGIS takes by itself.
pub(super) fn add_style(database: &Connection, table: &str, geometry: &str, qml: &str) -> Result<(), Error> {
    database
        .execute(
            "INSERT INTO layer_styles VALUES (NULL, '', '', ?1, ?2, ?1, ?3, '', 1, '', '', NULL, ?4)",
            params![table, geometry, qml, LAST_CHANGE],
        )
        .map_err(fail)?;
    Ok(())
}
