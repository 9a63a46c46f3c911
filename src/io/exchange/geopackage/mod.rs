//! Features out of GeoPackages: the rows of one layer, page after page.

mod blob;
mod database;
mod layers;

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::Error;
use crate::io::exchange::{FeatureReader, Features, ForeignFeature, PassedOver};
use crate::io::file::hash::base64;
use crate::io::file::limits::ReadLimits;
use layers::{Column, Layer};

/// Rows are held so many, and of so many bytes, at a time.
const PAGE_ROWS: usize = 1_000;
const PAGE_BYTES: usize = 4 << 20;

impl Features {
    /// Reads a layer of a GeoPackage: the one of that name, or else the only one with geometries, or the only table of attributes.
    ///
    /// The `fid` is the feature's id, and each other column a property: numbers as they are, truth values where the column is
    /// declared as `BOOLEAN`, dates as text, and other bytes in Base64. Measures are left out and counted in
    /// [`passed_over`](Self::passed_over). If the layer is in another system than WGS84 longitude and latitude,
    /// [`crs`](Self::crs) returns it, and the coordinates are in it.
    ///
    /// The file is only read, and no file is made beside it. While another program has it open, edits that it has saved are
    /// read, too.
    ///
    /// ```no_run
    /// use patrol_corridor::io::{Features, LayerKind, LayerOptions, NoProperties, ReadLimits, Source, read_routes};
    /// let path = std::path::Path::new("area.gpkg");
    /// let features = Features::geopackage(path, Some("routes"), &ReadLimits::default())?.for_layer(LayerKind::Routes);
    /// let options = LayerOptions::default().with_crs(features.crs().cloned());
    /// let routes = read_routes::<NoProperties>(&Source::read("area.gpkg", features)?, &options)?;
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the file can't be opened, is no GeoPackage or is damaged; where edits are not in it yet; where there is no such
    /// layer, or several and none is named; where the system of the layer is not known. While it is read: of rows that are
    /// damaged or larger than the limits permit, and of geometries with arcs.
    pub fn geopackage(path: &Path, layer: Option<&str>, limits: &ReadLimits) -> Result<Features, Error> {
        let name = path.display().to_string();
        let opened = || {
            let database = database::open(path, limits)?;
            let layer = Layer::choose(&database, &name, layer)?;
            Ok((database, layer))
        };
        let (database, layer) = opened().map_err(|e: Error| e.in_file(&name))?;
        let passed_over = PassedOver::default();
        let crs = layer.crs.clone();
        let reader = GeoPackageReader {
            query: layer.query(),
            name,
            database,
            layer,
            next: Some(i64::MIN),
            page: Vec::new().into_iter(),
            passed_over: passed_over.clone(),
            limits: *limits,
        };
        Ok(Features::new(reader, passed_over).in_crs(crs))
    }
}

struct GeoPackageReader {
    name: String,
    database: Connection,
    layer: Layer,
    query: String,
    /// The least `fid` of the next page; none if there is no other page.
    next: Option<i64>,
    page: std::vec::IntoIter<ForeignFeature>,
    passed_over: PassedOver,
    limits: ReadLimits,
}

impl FeatureReader for GeoPackageReader {
    fn read(&mut self) -> Result<Option<ForeignFeature>, Error> {
        loop {
            if let Some(feature) = self.page.next() {
                return Ok(Some(feature));
            }
            let Some(from) = self.next else { return Ok(None) };
            let mut page = Vec::new();
            self.next = self.fill(from, &mut page).map_err(|e| e.in_file(&self.name))?;
            self.page = page.into_iter();
        }
    }
}

impl GeoPackageReader {
    /// Reads a page of rows from this `fid` on; gives the first one behind it.
    fn fill(&self, from: i64, page: &mut Vec<ForeignFeature>) -> Result<Option<i64>, Error> {
        let fail = |e| database::error(&e, &self.limits);
        // Kept by the connection, and used again for the next page.
        let mut statement = self.database.prepare_cached(&self.query).map_err(fail)?;
        let mut rows = statement.query([from]).map_err(fail)?;
        let (mut least, mut bytes) = (from, 0);
        while let Some(row) = rows.next().map_err(fail)? {
            let fid: i64 = row.get(0).map_err(fail)?;
            if fid < least {
                return Err(Error::input(format!(
                    "the row {fid} in another order: the file is damaged; copy it again"
                )));
            }
            let mut feature = ForeignFeature::default();
            feature.id = Some(("fid", Value::from(fid)));
            let (mut row_bytes, mut at) = (0, 1);
            if self.layer.geometry.is_some() {
                let cell = row.get_ref(at).map_err(fail)?;
                row_bytes += cell.as_bytes_or_null().ok().flatten().map_or(0, <[u8]>::len);
                blob::read(cell, &mut feature, &self.passed_over).map_err(|e| self.place(e, fid))?;
                at += 1;
            }
            for column in &self.layer.columns {
                let cell = row.get_ref(at).map_err(fail)?;
                row_bytes += cell.as_bytes_or_null().ok().flatten().map_or(8, <[u8]>::len);
                self.limits.record("the row", row_bytes).map_err(|e| self.place(e, fid))?;
                feature.push(&column.name, value(cell, column));
                at += 1;
            }
            bytes += row_bytes + feature.geometry.len();
            page.push(feature);
            let Some(behind) = fid.checked_add(1) else { return Ok(None) };
            least = behind;
            if page.len() >= PAGE_ROWS || bytes >= PAGE_BYTES {
                return Ok(Some(least));
            }
        }
        Ok(None)
    }

    fn place(&self, error: Error, fid: i64) -> Error {
        error.under(&format!("layer `{}`, fid {fid}", self.layer.name))
    }
}

fn value(cell: ValueRef<'_>, column: &Column) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) if column.is_bool => Value::from(number != 0),
        ValueRef::Integer(number) => Value::from(number),
        // JSON has no infinite numbers.
        ValueRef::Real(number) if !number.is_finite() => Value::from(number.to_string()),
        ValueRef::Real(number) => Value::from(number),
        ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::from(base64(bytes)),
    }
}
