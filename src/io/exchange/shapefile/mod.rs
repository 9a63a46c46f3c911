//! Features out of Shapefiles: `.shp`, with `.dbf`, `.cpg` and `.prj` beside it.
//!
//! The two formats are read here, record by record, as the ESRI white paper of 1998 and the dBASE tables have them: what a
//! header claims is held against the size of the file before anything is allocated for it.

mod dbf;
mod encodings;
mod prj;
mod rings;
mod shp;
mod vertex;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::io::exchange::{FeatureReader, Features, ForeignFeature, PassedOver};
use crate::io::file::limits::ReadLimits;
use dbf::{Dbf, Record};
use shp::{Content, Shp};

/// A `.prj` or `.cpg` is a line or some.
const MOST_SIDECAR_BYTES: u64 = 1 << 20;

impl Features {
    /// Reads a Shapefile: `path` is its `.shp`. Attributes come from the `.dbf` beside it, in the encoding that the `.cpg` or
    /// the `.dbf` itself names, or else UTF-8; without a `.dbf` there are none. The `.shx` is not needed.
    ///
    /// Lines and areas of one part are a LineString and a Polygon, of several a MultiLineString and a MultiPolygon; Z is the third
    /// ordinate. Measures are left out and counted in [`passed_over`](Self::passed_over), as are rows that are marked as
    /// deleted. If the `.prj` names another system than WGS84 longitude and latitude, [`crs`](Self::crs) returns it, and the
    /// coordinates are in it.
    ///
    /// ```no_run
    /// use patrol_corridor::io::{Features, IncidentStream, LayerKind, LayerOptions, NoProperties, ReadLimits, Source, read_posts};
    /// let path = std::path::Path::new("posts.shp");
    /// let features = Features::shapefile(path, &ReadLimits::default())?.for_layer(LayerKind::Posts);
    /// assert!(features.crs().is_none(), "longitude and latitude");
    /// let posts = read_posts::<NoProperties>(&Source::read("posts.shp", features)?, &LayerOptions::default())?;
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the files can't be opened, are damaged or cut short; where the `.prj` names a system that has no known number of
    /// EPSG, or the encoding is not known. While it is read: of records that are damaged or larger than the limits permit.
    pub fn shapefile(path: &Path, limits: &ReadLimits) -> Result<Features, Error> {
        let named = |path: &Path| path.display().to_string();
        let crs = match beside(path, "prj") {
            Some(prj) => prj::crs(&text(&prj)?).map_err(|e| e.in_file(named(&prj)))?,
            None => None,
        };
        let shp = Shp::open(open(path)?, limits).map_err(|e| e.in_file(named(path)))?;
        let dbf = match beside(path, "dbf") {
            Some(dbf) => {
                let label = beside(path, "cpg").map(|cpg| text(&cpg)).transpose()?;
                Some((
                    Dbf::open(open(&dbf)?, label.as_deref()).map_err(|e| e.in_file(named(&dbf)))?,
                    named(&dbf),
                ))
            }
            None => None,
        };
        let passed_over = PassedOver::default();
        if dbf.is_none() {
            passed_over.count("the table with the properties: there is no .dbf beside it");
        }
        let reader =
            ShapefileReader { name: named(path), shp, dbf, passed_over: passed_over.clone(), number: 0 };
        Ok(Features::new(reader, passed_over).in_crs(crs))
    }
}

/// The file of the same name with another extension, which some systems write in capitals.
fn beside(path: &Path, extension: &str) -> Option<PathBuf> {
    let upper = extension.to_ascii_uppercase();
    [extension, &upper].iter().map(|extension| path.with_extension(extension)).find(|path| path.is_file())
}

fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|e| Error::io("open it", e).in_file(path.display().to_string()))
}

fn text(path: &Path) -> Result<String, Error> {
    let mut bytes = Vec::new();
    let read = open(path)?.take(MOST_SIDECAR_BYTES).read_to_end(&mut bytes);
    read.map_err(|e| Error::io("read it", e).in_file(path.display().to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{FEFF}').trim().to_owned())
}

struct ShapefileReader {
    name: String,
    shp: Shp,
    /// With its name.
    dbf: Option<(Dbf, String)>,
    passed_over: PassedOver,
    number: u64,
}

impl FeatureReader for ShapefileReader {
    fn read(&mut self) -> Result<Option<ForeignFeature>, Error> {
        loop {
            self.number += 1;
            let place = |error: Error, name: &str| error.in_feature(self.number).in_file(name);
            let found = self.shp.read().map_err(|e| place(e, &self.name))?;
            let mut feature = ForeignFeature::default();
            let row = match &mut self.dbf {
                Some((dbf, name)) => dbf.read(&mut feature, &self.passed_over).map_err(|e| place(e, name))?,
                None => Record::Read,
            };
            let Some(content) = found else {
                let Some((_, name)) = self.dbf.as_ref().filter(|_| row != Record::AtEnd) else {
                    return Ok(None);
                };
                let error = Error::input("more rows than the .shp has shapes: copy both files again");
                return Err(place(error, name));
            };
            match (row, &self.dbf) {
                (Record::Deleted, _) => {
                    self.passed_over.count("a row marked as deleted");
                    continue;
                }
                (Record::AtEnd, Some((_, name))) => {
                    let error = Error::input("fewer rows than the .shp has shapes: copy both files again");
                    return Err(place(error, name));
                }
                _ => {}
            }
            match content {
                Content::Shape { shape, geometry, has_measures } => {
                    (feature.shape, feature.geometry) = (shape, geometry);
                    if has_measures {
                        self.passed_over.count("the measures (M) of a shape");
                    }
                }
                Content::Multipatch => {
                    self.passed_over.count("a multipatch (a surface in space)");
                    continue;
                }
            }
            return Ok(Some(feature));
        }
    }
}
