//! The file: SQLite writes one of its own, which is copied to the output when it is whole. Any output will do, and
//! nothing is left behind.

use std::fs::File;
use std::io::{Seek, Write};
use std::path::Path;

use rusqlite::Connection;

use super::names::check_layers;
use super::tables::{add_style, create, create_styles, fail, fail_io};
use crate::Error;
use crate::io::file::output::TemporaryFile;

/// A GeoPackage that is being written: layers one behind the other, each with a spatial index.
///
/// Memory does not grow with the layers. Two runs over the same rows write the same bytes: every time of a change in the
/// file is the start of 1970.
///
/// ```
/// use patrol_corridor::annotate::write_rows_into;
/// use patrol_corridor::io::{GeoPackage, GeoPackageLayer, PositionColumns, Rows};
/// let mut package = GeoPackage::new(None)?;
/// for (name, csv) in [("posts", "id,lon,lat\nOP-1,46.8,40\n"), ("camps", "id,lon,lat\nC-1,46.9,40\n")] {
///     let mut rows = Rows::csv("a.csv", csv.as_bytes(), None, &PositionColumns::default())?;
///     write_rows_into(&mut rows, &mut package, GeoPackageLayer { name, style: None })?;
/// }
/// let mut out = Vec::new();
/// package.write_to(&mut out)?;
/// assert!(out.starts_with(b"SQLite format 3\0"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
pub struct GeoPackage {
    database: Connection,
    /// The same file, to copy it; its name is gone where the system allows it.
    file: File,
    _name: Option<TemporaryFile>,
    layers: Vec<String>,
    has_styles: bool,
}

/// A layer of a GeoPackage.
#[derive(Debug, Clone, Copy)]
pub struct GeoPackageLayer<'l> {
    /// Its name, that of a table.
    pub name: &'l str,
    /// The text of a QML style, which QGIS takes when it opens the layer.
    pub style: Option<&'l str>,
}

impl GeoPackage {
    /// Begins a file without layers; `scratch` is the folder of its temporary file, else that of the system.
    ///
    /// # Errors
    /// Returns an I/O error if the temporary file can't be written.
    pub fn new(scratch: Option<&Path>) -> Result<Self, Error> {
        let folder = scratch.map_or_else(std::env::temp_dir, Path::to_owned);
        let scratch = TemporaryFile::scratch(&folder, ".gpkg.tmp").map_err(fail_io)?;
        let database = Connection::open(scratch.path()).map_err(fail)?;
        // A run that fails throws the file away: it needs no journal.
        let opening = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; \
             PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; \
             PRAGMA application_id = 1196444487; PRAGMA user_version = 10300; BEGIN;";
        database.execute_batch(opening).map_err(fail)?;
        create(&database)?;
        // An open file without a name goes with the process, however that ends.
        let (file, name) = scratch.unnamed().map_err(fail_io)?;
        Ok(GeoPackage { database, file, _name: name, layers: Vec::new(), has_styles: false })
    }

    /// Checks names of layers before any work.
    ///
    /// ```
    /// use patrol_corridor::io::GeoPackage;
    /// assert!(GeoPackage::check_layers(&["incidents", "regions"]).is_ok());
    /// assert!(GeoPackage::check_layers(&["incidents", "Incidents"]).unwrap_err().is_argument());
    /// ```
    ///
    /// # Errors
    /// Returns an error if a name is empty or one of the format's own, or if two differ at most in case.
    pub fn check_layers(names: &[&str]) -> Result<(), Error> {
        check_layers(names)
    }

    /// Writes the file, which is whole now.
    ///
    /// # Errors
    /// Returns an I/O error if the temporary file or `out` can't be written.
    pub fn write_to(self, out: &mut (dyn Write + Send)) -> Result<(), Error> {
        let GeoPackage { database, mut file, _name, .. } = self;
        database.execute_batch("COMMIT").map_err(fail)?;
        database.close().map_err(|(_, e)| fail(e))?;
        file.rewind().map_err(fail_io)?;
        std::io::copy(&mut file, out).map_err(|e| Error::io("write the output", e))?;
        Ok(())
    }

    pub(super) fn database(&self) -> &Connection {
        &self.database
    }

    /// Takes the name of a layer, and its style.
    pub(super) fn begin(&mut self, layer: GeoPackageLayer<'_>, geometry: &str) -> Result<(), Error> {
        let names = self.layers.iter().map(String::as_str).chain([layer.name]);
        check_layers(&names.collect::<Vec<_>>())?;
        self.layers.push(layer.name.to_owned());
        let Some(qml) = layer.style else { return Ok(()) };
        if !std::mem::replace(&mut self.has_styles, true) {
            create_styles(&self.database)?;
        }
        add_style(&self.database, layer.name, geometry, qml)
    }
}
