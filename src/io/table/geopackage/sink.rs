//! Rows into a layer of a GeoPackage: typed columns, in the order of the rows.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rusqlite::types::{Null, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, params};

use super::index::{SpatialIndex, bounds, push_blob};
use super::names::{Names, quoted};
use super::package::{GeoPackage, GeoPackageLayer};
use super::tables::{LAST_CHANGE, fail};
use crate::Error;
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::row::{Cell, Encode, Row};
use crate::io::table::row_source::RowSink;
use crate::io::table::wkb::{self, Tally};

/// SQLite has room for 2,000 columns; two are ours.
const MOST_COLUMNS: usize = 1998;

/// The file that takes the layer.
// There is one in a run.
#[allow(clippy::large_enum_variant)]
enum Package<'a> {
    /// This layer is all that it has.
    Whole { package: GeoPackage, out: &'a mut (dyn Write + Send) },
    /// It may get others.
    Shared(&'a mut GeoPackage),
}

impl Package<'_> {
    fn database(&self) -> &Connection {
        match self {
            Package::Whole { package, .. } => package.database(),
            Package::Shared(package) => package.database(),
        }
    }
}

/// Writes a layer.
pub(crate) struct GeoPackageSink<'a> {
    package: Package<'a>,
    insert: String,
    index: SpatialIndex,
    columns: Vec<Column>,
    /// The columns that have held what is no number.
    nan: Vec<bool>,
    tally: Arc<Mutex<Tally>>,
    lost: Vec<String>,
}

impl<'a> GeoPackageSink<'a> {
    /// A file with one layer; `scratch` is the folder of the file that is written first.
    pub(crate) fn alone(
        out: &'a mut (dyn Write + Send),
        layer: GeoPackageLayer<'_>,
        columns: &[Column],
        scratch: Option<&Path>,
    ) -> Result<Self, Error> {
        Self::new(Package::Whole { package: GeoPackage::new(scratch)?, out }, layer, columns)
    }

    /// One more layer of a file.
    pub(crate) fn among(
        package: &'a mut GeoPackage,
        layer: GeoPackageLayer<'_>,
        columns: &[Column],
    ) -> Result<Self, Error> {
        Self::new(Package::Shared(package), layer, columns)
    }

    fn new(mut package: Package<'a>, layer: GeoPackageLayer<'_>, columns: &[Column]) -> Result<Self, Error> {
        if columns.len() > MOST_COLUMNS {
            return Err(Error::input(format!(
                "{} columns, expected no more than {MOST_COLUMNS} for GeoPackage: write another format",
                columns.len()
            )));
        }
        let mut names = Names::new(columns);
        let table = layer.name.to_owned();
        let (key, geometry) = (names.free("fid", "ogc_fid"), names.free("geom", "geometry"));
        let mut lost = Vec::new();
        let mut definition = format!(
            "CREATE TABLE {} ({} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {} GEOMETRY",
            quoted(&table),
            quoted(&key),
            quoted(&geometry)
        );
        for column in columns {
            let name = names.of_column(&column.name);
            if name != column.name {
                lost.push(format!("the name `{}` (`{name}` from now on)", column.name));
            }
            if let ColumnKind::Unsigned(64) = column.kind {
                lost.push(format!(
                    "that `{name}` holds numbers of 64 bits without a sign (text from now on)"
                ));
            }
            definition.push_str(&format!(", {} {}", quoted(&name), type_name(column.kind)));
        }
        match &mut package {
            Package::Whole { package, .. } => package.begin(layer, &geometry)?,
            Package::Shared(package) => package.begin(layer, &geometry)?,
        }
        package.database().execute_batch(&format!("{definition});")).map_err(fail)?;
        let values = ", ?".repeat(columns.len());
        let insert = format!("INSERT INTO {} VALUES (NULL, ?{values})", quoted(&table));
        let index = SpatialIndex { table, geometry, key };
        index.create(package.database())?;
        let (columns, nan, tally) = (columns.to_vec(), vec![false; columns.len()], Arc::default());
        Ok(GeoPackageSink { package, insert, index, columns, nan, tally, lost })
    }

    fn insert(&mut self, rows: &[Row], encoded: &[u8]) -> Result<(), Error> {
        let database = self.package.database();
        let mut statement = database.prepare(&self.insert).map_err(fail)?;
        let mut of_index = self.index.statement(database)?;
        for (row, blob) in rows.iter().zip(wkb::parts(encoded)) {
            match blob {
                None => statement.raw_bind_parameter(1, Null),
                Some(blob) => statement.raw_bind_parameter(1, ToSqlOutput::Borrowed(ValueRef::Blob(blob))),
            }
            .map_err(fail)?;
            for (at, (&cell, column)) in row.cells.iter().zip(&self.columns).enumerate() {
                let value = value(row, cell, column)?;
                let value = match value {
                    // SQLite has no such number, and takes it for NULL.
                    ToSqlOutput::Owned(Value::Real(number)) if number.is_nan() => {
                        self.nan[at] = true;
                        ToSqlOutput::Owned(Value::Null)
                    }
                    value => value,
                };
                statement.raw_bind_parameter(at + 2, value).map_err(fail)?;
            }
            statement.raw_execute().map_err(fail)?;
            if let Some([west, east, south, north]) = blob.and_then(bounds) {
                let key = database.last_insert_rowid();
                of_index.execute(params![key, west, east, south, north]).map_err(fail)?;
            }
        }
        Ok(())
    }

    /// What the file says of its table.
    fn describe(&self, tally: &Tally) -> Result<(), Error> {
        let (database, table) = (self.package.database(), &self.index.table);
        let [west, south, east, north] = tally.extent.map_or([None; 4], |extent| extent.map(Some));
        database
            .execute(
                "INSERT INTO gpkg_contents \
                 (table_name, data_type, identifier, last_change, min_x, min_y, max_x, max_y, srs_id) \
                 VALUES (?, 'features', ?, ?, ?, ?, ?, ?, 4326)",
                params![table, table, LAST_CHANGE, west, south, east, north],
            )
            .map_err(fail)?;
        let flat: HashSet<&str> = tally.kinds.iter().map(|kind| kind.trim_end_matches(" Z")).collect();
        let kind = match flat.iter().next() {
            Some(kind) if flat.len() == 1 => kind.to_ascii_uppercase(),
            _ => "GEOMETRY".to_owned(),
        };
        let heights = tally.kinds.iter().filter(|kind| kind.ends_with(" Z")).count();
        // Prohibited, optional, mandatory.
        let z = if heights == 0 { 0 } else { 1 + i32::from(heights < tally.kinds.len()) };
        database
            .execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, 4326, ?, 0)",
                params![table, self.index.geometry, kind, z],
            )
            .map_err(fail)?;
        self.index.finish(database)
    }
}

fn type_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Bool => "BOOLEAN",
        ColumnKind::Signed(8) => "TINYINT",
        ColumnKind::Signed(16) | ColumnKind::Unsigned(8) => "SMALLINT",
        ColumnKind::Signed(32) | ColumnKind::Unsigned(16) => "MEDIUMINT",
        ColumnKind::Unsigned(64) => "TEXT",
        ColumnKind::Signed(_) | ColumnKind::Unsigned(_) => "INTEGER",
        ColumnKind::Float(32) => "FLOAT",
        ColumnKind::Float(_) => "DOUBLE",
        ColumnKind::Date => "DATE",
        ColumnKind::DateTime => "DATETIME",
        ColumnKind::Text | ColumnKind::Time | ColumnKind::Json => "TEXT",
        ColumnKind::Bytes => "BLOB",
    }
}

/// A cell in the type of its column.
fn value<'r>(row: &'r Row, cell: Cell, column: &Column) -> Result<ToSqlOutput<'r>, Error> {
    let text = match cell {
        Cell::Absent | Cell::Null => return Ok(ToSqlOutput::Owned(Value::Null)),
        cell => row.plain(cell),
    };
    Ok(match column.kind {
        ColumnKind::Bool => ToSqlOutput::Owned(Value::Integer(i64::from(column.read::<bool>(text)?))),
        ColumnKind::Unsigned(64) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        ColumnKind::Signed(_) | ColumnKind::Unsigned(_) => {
            ToSqlOutput::Owned(Value::Integer(column.read(text)?))
        }
        ColumnKind::Float(_) => ToSqlOutput::Owned(Value::Real(column.read(text)?)),
        ColumnKind::Bytes => ToSqlOutput::Owned(Value::Blob(crate::io::table::row_source::unhex(text))),
        _ => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
    })
}

impl RowSink for GeoPackageSink<'_> {
    fn encoder(&self) -> Encode {
        let tally = Arc::clone(&self.tally);
        Box::new(move |rows, out| {
            let (mut own, mut geometry) = (Tally::default(), Vec::new());
            wkb::write_framed(rows, out, |row, out| {
                let before = Tally { extent: own.extent.take(), ..Tally::default() };
                geometry.clear();
                let is_there = wkb::write(row, &mut geometry, &mut own);
                if is_there {
                    push_blob(&geometry, own.extent, out);
                }
                own.add(before);
                is_there
            });
            wkb::gather(&tally, own);
        })
    }

    fn write(&mut self, rows: &[Row], encoded: &[u8]) -> Result<(), Error> {
        self.insert(rows, encoded)
    }

    fn finish(self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        let tally = wkb::gathered(&self.tally);
        self.describe(&tally)?;
        let GeoPackageSink { package, columns, nan, mut lost, .. } = *self;
        let nan = columns.iter().zip(&nan).filter(|(_, nan)| **nan);
        lost.extend(nan.map(|(column, _)| format!("`NaN` of `{}` (null from now on)", column.name)));
        if let Package::Whole { package, out } = package {
            package.write_to(out)?;
        }
        lost.extend(crate::io::table::column::times_of_day(&columns));
        lost.extend(tally.lost);
        Ok(lost)
    }
}
