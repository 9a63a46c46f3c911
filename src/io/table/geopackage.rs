//! Rows as GeoPackage 1.3 (OGC 12-128r17): one table of features with typed columns, in the order of the rows.
//!
//! SQLite writes a file of its own, which is copied to the output when it is whole: any output will do, and
//! nothing is left behind.

use std::collections::HashSet;
use std::fs::File;
use std::io::{Seek, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use rusqlite::types::{Null, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, params};

use crate::Error;
use crate::io::file::output::TemporaryFile;
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::row::{Cell, Encode, Row};
use crate::io::table::row_source::RowSink;
use crate::io::table::wkb::{self, Tally};

/// SQLite has room for 2,000 columns; two are ours.
const MOST_COLUMNS: usize = 1998;

/// What every GeoPackage has.
const TABLES: &str = r#"
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
    description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
    identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"#;

/// The table of features.
const TABLE: &str = "incidents";

/// Writes GeoPackage.
pub(crate) struct GeoPackageSink<'a> {
    out: &'a mut (dyn Write + Send),
    database: Connection,
    /// The same file, to copy it; its name is gone where the system allows it.
    file: File,
    _name: Option<TemporaryFile>,
    insert: String,
    geometry: String,
    columns: Vec<Column>,
    /// The columns that have held what is no number.
    nan: Vec<bool>,
    tally: Arc<Mutex<Tally>>,
    lost: Vec<String>,
}

fn fail(e: rusqlite::Error) -> Error {
    Error::io("write a temporary file of the output", std::io::Error::other(e))
}

fn fail_io(e: std::io::Error) -> Error {
    Error::io("write a temporary file of the output", e)
}

impl<'a> GeoPackageSink<'a> {
    /// `scratch` is the folder of the file that is written first.
    pub(crate) fn new(
        out: &'a mut (dyn Write + Send),
        columns: &[Column],
        scratch: Option<&Path>,
    ) -> Result<Self, Error> {
        if columns.len() > MOST_COLUMNS {
            return Err(Error::input(format!(
                "{} columns, expected no more than {MOST_COLUMNS} for GeoPackage: write another format",
                columns.len()
            )));
        }
        let folder = scratch.map_or_else(std::env::temp_dir, Path::to_owned);
        let scratch = TemporaryFile::scratch(&folder, ".gpkg.tmp").map_err(fail_io)?;
        let database = Connection::open(scratch.path()).map_err(fail)?;
        // A run that fails throws the file away: it needs no journal.
        let opening = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; \
             PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; \
             PRAGMA application_id = 1196444487; PRAGMA user_version = 10300; BEGIN;";
        database.execute_batch(opening).map_err(fail)?;
        database.execute_batch(TABLES).map_err(fail)?;
        // An open file without a name goes with the process, however that ends.
        let (file, name) = scratch.unnamed().map_err(fail_io)?;

        let mut names = Names::new(columns);
        let (fid, geometry) = (names.free("fid", "ogc_fid"), names.free("geom", "geometry"));
        let mut lost = Vec::new();
        let mut definition = format!(
            "CREATE TABLE {TABLE} ({} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {} GEOMETRY",
            quoted(&fid),
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
        database.execute_batch(&format!("{definition});")).map_err(fail)?;
        let values = ", ?".repeat(columns.len());
        let insert = format!("INSERT INTO {TABLE} VALUES (NULL, ?{values})");
        let (columns, nan, tally) = (columns.to_vec(), vec![false; columns.len()], Arc::default());
        Ok(GeoPackageSink { out, database, file, _name: name, insert, geometry, columns, nan, tally, lost })
    }

    fn insert(&mut self, rows: &[Row], encoded: &[u8]) -> Result<(), Error> {
        let mut statement = self.database.prepare(&self.insert).map_err(fail)?;
        let mut blob = Vec::new();
        for (row, geometry) in rows.iter().zip(wkb::parts(encoded)) {
            match geometry {
                None => statement.raw_bind_parameter(1, Null),
                Some(geometry) => {
                    blob.clear();
                    // Version 1, little-endian without an envelope, EPSG:4326.
                    let is_empty = geometry.len() == 9;
                    blob.extend([b'G', b'P', 0, if is_empty { 0b1_0001 } else { 1 }]);
                    blob.extend(4326_i32.to_le_bytes());
                    blob.extend_from_slice(geometry);
                    statement.raw_bind_parameter(1, ToSqlOutput::Borrowed(ValueRef::Blob(&blob)))
                }
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
        }
        Ok(())
    }

    /// What the file says of its table.
    fn describe(&self, tally: &Tally) -> Result<(), Error> {
        let [west, south, east, north] = tally.extent.map_or([None; 4], |extent| extent.map(Some));
        self.database
            .execute(
                "INSERT INTO gpkg_contents \
                 (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id) \
                 VALUES (?, 'features', ?, ?, ?, ?, ?, 4326)",
                params![TABLE, TABLE, west, south, east, north],
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
        self.database
            .execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, 4326, ?, 0)",
                params![TABLE, self.geometry, kind, z],
            )
            .map_err(fail)?;
        self.database.execute_batch("COMMIT").map_err(fail)
    }
}

/// Names of columns, of which no two may differ in case only.
struct Names {
    /// In lower case: what stands in the input, and what has been given.
    read: HashSet<String>,
    given: HashSet<String>,
}

impl Names {
    fn new(columns: &[Column]) -> Self {
        let read = columns.iter().map(|column| column.name.to_ascii_lowercase()).collect();
        Names { read, given: HashSet::new() }
    }

    fn give(&mut self, mut candidates: impl Iterator<Item = String>) -> String {
        let is_free = |name: &String| {
            let low = name.to_ascii_lowercase();
            !self.given.contains(&low) && !self.read.contains(&low)
        };
        let name = candidates.find(is_free).unwrap_or_default();
        self.given.insert(name.to_ascii_lowercase());
        name
    }

    /// A name of ours, that no column has.
    fn free(&mut self, first: &str, second: &str) -> String {
        let numbered = (2..).map(|number| format!("{second}_{number}"));
        self.give([first.to_owned(), second.to_owned()].into_iter().chain(numbered))
    }

    /// The column's own name, or one that can be told from the others.
    fn of_column(&mut self, name: &str) -> String {
        let plain = name.replace('\0', "");
        let plain = if plain.is_empty() { "column".to_owned() } else { plain };
        if plain == name && !self.given.contains(&name.to_ascii_lowercase()) {
            self.given.insert(name.to_ascii_lowercase());
            return plain;
        }
        let numbered = (2..).map(|number| format!("{plain}_{number}"));
        self.give(std::iter::once(plain.clone()).chain(numbered))
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
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
        wkb::encoder(&self.tally)
    }

    fn write(&mut self, rows: &[Row], encoded: &[u8]) -> Result<(), Error> {
        self.insert(rows, encoded)
    }

    fn finish(self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        let tally = wkb::gathered(&self.tally);
        self.describe(&tally)?;
        let GeoPackageSink { out, database, mut file, _name, columns, nan, mut lost, .. } = *self;
        let nan = columns.iter().zip(&nan).filter(|(_, nan)| **nan);
        lost.extend(nan.map(|(column, _)| format!("`NaN` of `{}` (null from now on)", column.name)));
        database.close().map_err(|(_, e)| fail(e))?;
        file.rewind().map_err(fail_io)?;
        std::io::copy(&mut file, out).map_err(|e| Error::io("write the output", e))?;
        lost.extend(crate::io::table::column::times_of_day(&columns));
        lost.extend(tally.lost);
        Ok(lost)
    }
}
