//! The sink of annotated rows, by the form that they are written in.

use std::io::Write;
use std::path::PathBuf;

use super::annotator::Annotator;
use super::output_form::TableForm;
use super::provenance::Provenance;
use super::table_features::FeatureSink;
use super::table_plan::Plan;
use crate::Error;
#[cfg(feature = "geopackage")]
use crate::io::{GeoPackage, GeoPackageLayer, GeoPackageSink};
use crate::io::{RowSink, Rows};

/// Where annotated rows go.
pub(crate) enum Destination<'o> {
    /// A file of their own.
    File(&'o mut (dyn Write + Send)),
    /// A layer of a file that may have others.
    #[cfg(feature = "geopackage")]
    Layer(&'o mut GeoPackage, GeoPackageLayer<'o>),
}

/// What a sink is made from.
pub(crate) struct Written<'w> {
    pub form: TableForm,
    pub plan: &'w Plan<'w>,
    #[cfg_attr(not(any(feature = "gpx", feature = "parquet")), allow(dead_code))]
    pub annotator: &'w Annotator,
    pub provenance: Option<Provenance>,
    /// The folder for temporary files.
    #[cfg_attr(not(feature = "geopackage"), allow(dead_code))]
    pub scratch: Option<PathBuf>,
}

impl Written<'_> {
    /// Begins the output of these rows.
    pub fn sink<'o>(self, rows: &Rows<'_>, to: Destination<'o>) -> Result<Box<dyn RowSink + 'o>, Error> {
        let (form, columns) = (self.form, &self.plan.columns);
        // Without GeoPackage there is one destination.
        #[cfg_attr(not(feature = "geopackage"), allow(clippy::infallible_destructuring_match))]
        let out = match to {
            Destination::File(out) => out,
            #[cfg(feature = "geopackage")]
            Destination::Layer(package, layer) if form == TableForm::GeoPackage => {
                return Ok(Box::new(GeoPackageSink::among(package, layer, columns)?));
            }
            #[cfg(feature = "geopackage")]
            Destination::Layer(..) => {
                return Err(Error::argument("a layer of a GeoPackage has the form GeoPackage"));
            }
        };
        Ok(match form {
            #[cfg(feature = "tables")]
            TableForm::Csv(delimiter) => {
                // Decimal commas of the input stay what they are only between other separators.
                let delimiter = match delimiter {
                    b',' => rows.source.separator_out().unwrap_or(delimiter),
                    _ => delimiter,
                };
                Box::new(crate::io::CsvSink::new(out, delimiter, columns)?)
            }
            #[cfg(feature = "xlsx-out")]
            TableForm::Xlsx => Box::new(crate::io::XlsxSink::new(out, columns)?),
            TableForm::Features(form) => {
                Box::new(FeatureSink::new(out, form, columns.clone(), self.provenance, rows.file())?)
            }
            #[cfg(feature = "flatgeobuf")]
            TableForm::FlatGeobuf => {
                Box::new(crate::io::FlatGeobufSink::new(out, columns, rows.source.shapes())?)
            }
            #[cfg(feature = "geopackage")]
            TableForm::GeoPackage => {
                let layer = GeoPackageLayer { name: "incidents", style: None };
                Box::new(GeoPackageSink::alone(out, layer, columns, self.scratch.as_deref())?)
            }
            #[cfg(feature = "kml")]
            TableForm::Kml | TableForm::Kmz => {
                let (is_packed, named) = (form == TableForm::Kmz, self.plan.named());
                Box::new(crate::io::KmlSink::new(out, is_packed, rows.file(), columns, named)?)
            }
            #[cfg(feature = "gpx")]
            TableForm::Gpx => {
                let prefix = &self.annotator.options().prefix;
                Box::new(crate::io::GpxSink::new(out, columns, self.plan.named(), prefix))
            }
            #[cfg(feature = "parquet")]
            TableForm::Parquet => {
                let (plan, frame) = (self.plan, rows.source.parquet());
                let added = self.annotator.columns(plan.regions()).len();
                let goes_on = |name: &str| !plan.takes_out(name);
                Box::new(crate::io::ParquetSink::new(out, columns, added, frame, &goes_on)?)
            }
        })
    }
}
