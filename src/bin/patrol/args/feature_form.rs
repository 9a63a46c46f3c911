//! The forms of GeoJSON text in which features are written.

use std::path::Path;

use patrol_corridor::Error;

/// One text, a feature a line, or a sequence.
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
}

impl Form {
    /// By the extension of a file.
    pub fn of(path: &Path) -> Result<Self, Error> {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        match name.strip_suffix(".gz").unwrap_or(&name).rsplit_once('.').map(|(_, end)| end) {
            Some("geojson" | "json") => Ok(Form::Geojson),
            Some("geojsonl" | "ndjson") => Ok(Form::Geojsonl),
            Some("geojsons") => Ok(Form::Geojsons),
            _ => Err(Error::argument(
                "the extension tells no format; use .geojson, .json, .geojsonl, .ndjson or .geojsons (each with \
                 .gz too)",
            )
            .in_file(path.display().to_string())),
        }
    }

    /// The text of one feature.
    pub fn one(self, feature: &str) -> String {
        match self {
            Form::Geojson | Form::Geojsonl => format!("{feature}\n"),
            Form::Geojsons => format!("\u{1e}{feature}\n"),
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
