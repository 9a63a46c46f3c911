//! The forms in which features are written: GeoJSON text, or what it becomes.

use std::path::Path;

use patrol_corridor::Error;
use patrol_corridor::annotate::{OutputForm, TableForm};

use crate::args::files::is_layer;

/// One text, a feature a line, a sequence, or another format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// One feature, or one FeatureCollection
    #[value(alias = "json")]
    Geojson,
    /// One feature per line
    #[value(alias = "ndjson")]
    Geojsonl,
    /// A sequence of features (RFC 8142)
    Geojsons,
    /// KML
    Kml,
    /// KMZ, KML in a ZIP archive
    Kmz,
    /// GPX: points and lines
    Gpx,
    /// GeoPackage, in a build with the feature `geopackage`
    #[value(alias = "gpkg")]
    Geopackage,
}

impl Form {
    /// By the extension of a file.
    pub fn of(path: &Path) -> Result<Self, Error> {
        if is_layer(path) {
            return Form::Geopackage.built().map_err(|error| error.in_file(path.display().to_string()));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        match name.strip_suffix(".gz").unwrap_or(&name).rsplit_once('.').map(|(_, end)| end) {
            Some("geojson" | "json") => Ok(Form::Geojson),
            Some("geojsonl" | "ndjson") => Ok(Form::Geojsonl),
            Some("geojsons") => Ok(Form::Geojsons),
            Some("kml") => Ok(Form::Kml),
            Some("kmz") => Ok(Form::Kmz),
            Some("gpx") => Ok(Form::Gpx),
            _ => Err(Error::argument(
                "the extension tells none of the formats that features are written in; use .geojson, .json, .geojsonl, .ndjson, .geojsons, .kml or .gpx (each \
                 with .gz too), .kmz or .gpkg",
            )
            .in_file(path.display().to_string())),
        }
    }

    /// Refuses what this build leaves out.
    pub fn built(self) -> Result<Self, Error> {
        #[cfg(not(feature = "geopackage"))]
        if self == Form::Geopackage {
            return Err(crate::args::formats::no_geopackage());
        }
        Ok(self)
    }

    /// Returns `true` if it is text of GeoJSON.
    pub fn is_text(self) -> bool {
        matches!(self, Form::Geojson | Form::Geojsonl | Form::Geojsons)
    }

    /// The format that rows become one by one, where it is no text of GeoJSON.
    pub fn table_form(self) -> Option<TableForm> {
        match self {
            Form::Geojson | Form::Geojsonl | Form::Geojsons | Form::Geopackage => None,
            Form::Kml => Some(TableForm::Kml),
            Form::Kmz => Some(TableForm::Kmz),
            Form::Gpx => Some(TableForm::Gpx),
        }
    }

    /// The form of GeoJSON text, of other formats that on the way to them.
    pub fn text_form(self) -> OutputForm {
        match self {
            Form::Geojson => OutputForm::Collection,
            Form::Geojsons => OutputForm::Sequence,
            _ => OutputForm::Lines,
        }
    }

    /// The text of one feature.
    fn one(self, feature: &str) -> String {
        match self {
            Form::Geojsons => format!("\u{1e}{feature}\n"),
            _ => format!("{feature}\n"),
        }
    }

    /// The texts of many features, one by one.
    pub fn many(
        self,
        features: impl Iterator<Item = Result<String, Error>>,
    ) -> impl Iterator<Item = Result<String, Error>> {
        let whole = self == Form::Geojson;
        let mut is_first = true;
        let each = features.map(move |feature| {
            let before = if std::mem::replace(&mut is_first, false) { "\n" } else { ",\n" };
            Ok(if whole { format!("{before}{}", feature?) } else { self.one(&feature?) })
        });
        let around = |text: &str| whole.then(|| Ok(text.to_owned()));
        let open = around("{\"type\":\"FeatureCollection\",\"features\":[");
        open.into_iter().chain(each).chain(around("\n]}\n"))
    }
}
