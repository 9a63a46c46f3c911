//! Rows as they are, for formats that features become by way of rows.

#[cfg(any(feature = "gpx", feature = "kml"))]
use std::io::Write;

#[cfg(any(feature = "gpx", feature = "kml"))]
use super::output_form::TableForm;
use crate::Error;
#[cfg(any(feature = "gpx", feature = "kml"))]
use crate::io::NamedColumns;
use crate::io::{Batch, RowSink, Rows, Target};
#[cfg(feature = "geopackage")]
use crate::io::{GeoPackage, GeoPackageLayer, GeoPackageSink};

/// Rows that are read at a time.
const ROWS: usize = 4_096;

/// Columns whose texts are names for people, the first that is there.
#[cfg(any(feature = "gpx", feature = "kml"))]
const NAMES: [&str; 4] = ["id", "feature_id", "name", "label"];

/// Writes rows without answers as KML, KMZ or GPX; returns what the output has no place for. It works on the caller's thread.
///
/// ```
/// # #[cfg(all(feature = "kml", feature = "tables"))] {
/// use patrol_corridor::annotate::{TableForm, write_rows};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// let csv = "id,lon,lat\nOP-1,46.80,40.0\n";
/// let mut rows = Rows::csv("posts.csv", csv.as_bytes(), None, &PositionColumns::default()).unwrap();
/// let mut out = Vec::new();
/// let left_out = write_rows(&mut rows, TableForm::Kml, &mut out).unwrap();
/// assert!(left_out.is_empty());
/// assert!(String::from_utf8_lossy(&out).contains("<coordinates>46.80,40.0</coordinates>"));
/// # }
/// ```
///
/// # Errors
/// Returns an error if the form is another one, a row is bad, or the output can't be written.
#[cfg(any(feature = "gpx", feature = "kml"))]
pub fn write_rows(
    rows: &mut Rows<'_>,
    form: TableForm,
    out: &mut (dyn Write + Send),
) -> Result<Vec<String>, Error> {
    let columns = rows.columns().to_vec();
    let place = |name: &str| columns.iter().position(|column| column.name == name);
    let named = NamedColumns { id: NAMES.iter().find_map(|name| place(name)), time: place("time") };
    let sink: Box<dyn RowSink + '_> = match form {
        #[cfg(feature = "kml")]
        TableForm::Kml | TableForm::Kmz => {
            let is_packed = form == TableForm::Kmz;
            Box::new(crate::io::KmlSink::new(out, is_packed, rows.file(), &columns, named)?)
        }
        #[cfg(feature = "gpx")]
        TableForm::Gpx => Box::new(crate::io::GpxSink::new(out, &columns, named, "")),
        _ => return Err(Error::argument("rows without answers become KML, KMZ or GPX")),
    };
    copy(rows, sink, form.target())
}

/// Writes rows without answers as a layer of a GeoPackage; returns what the layer has no place for. [`GeoPackage`] has an
/// example.
///
/// # Errors
/// Returns an error if a row is bad, the file already has a layer of that name, or it can't be written.
#[cfg(feature = "geopackage")]
pub fn write_rows_into(
    rows: &mut Rows<'_>,
    package: &mut GeoPackage,
    layer: GeoPackageLayer<'_>,
) -> Result<Vec<String>, Error> {
    let sink = GeoPackageSink::among(package, layer, rows.columns())?;
    copy(rows, Box::new(sink), Target::Typed)
}

/// Takes all rows to a sink.
fn copy(rows: &mut Rows<'_>, mut sink: Box<dyn RowSink + '_>, target: Target) -> Result<Vec<String>, Error> {
    let encode = sink.encoder();
    let mut read = 0;
    loop {
        let Batch { rows: batch, bad } = rows.source.read(ROWS, 1)?;
        if let Some(bad) = bad.into_iter().min_by_key(|bad| bad.number) {
            return Err(bad.error);
        }
        if batch.is_empty() {
            break;
        }
        read += batch.len() as u64;
        let mut encoded = Vec::new();
        encode(&batch, &mut encoded);
        sink.write(&batch, &encoded)?;
    }
    let mut left_out = rows.source.left_out(target);
    left_out.extend(sink.finish(read)?);
    Ok(left_out)
}
