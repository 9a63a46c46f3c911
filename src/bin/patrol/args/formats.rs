//! Formats by their names, their extensions and their first bytes.

use std::path::Path;

use patrol_corridor::Error;
use patrol_corridor::annotate::{OutputForm, TableForm};
use patrol_corridor::io::beginning;

use crate::args::files::{is_layer, is_standard, split_layer, split_output};

/// A format by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One FeatureCollection
    #[value(alias = "json")]
    Geojson,
    /// One feature per line
    #[value(alias = "ndjson")]
    Geojsonl,
    /// A sequence of features (RFC 8142)
    Geojsons,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// FlatGeobuf, in a build with the feature `flatgeobuf`
    #[value(alias = "fgb")]
    Flatgeobuf,
    /// Parquet and GeoParquet, in a build with the feature `parquet`
    #[value(alias = "geoparquet")]
    Parquet,
    /// GeoPackage, in a build with the feature `geopackage`
    #[value(alias = "gpkg")]
    Geopackage,
    /// KML
    Kml,
    /// KMZ, KML in a ZIP archive
    Kmz,
    /// GPX: points and lines
    Gpx,
    /// Shapefile, for input only
    #[value(alias = "shp")]
    Shapefile,
    /// XLSX or ODS workbook; XLSX is written in a build with the feature `xlsx-out`
    #[value(alias = "xlsx", alias = "ods")]
    Workbook,
}

/// The format of an input: the one that is named, or by the extension, or by the first bytes.
pub fn input(path: &Path, named: Option<Format>) -> Result<Format, Error> {
    let (path, _) = split_layer(path);
    let shown = || path.display().to_string();
    let format = match named {
        Some(format) => format,
        None => {
            let told = by_extension(&path)?;
            let looks = looks_like(&path);
            if let (
                Some(Format::Geojson | Format::Geojsonl | Format::Geojsons | Format::Csv | Format::Tsv),
                Some(looks),
            ) = (told, looks)
            {
                let name = looks.name();
                return Err(Error::argument(format!(
                    "this is {name}, whatever its name says: give it the extension of that format"
                ))
                .in_file(shown()));
            }
            told.or(looks).unwrap_or(Format::Geojson)
        }
    };
    format.is_built().map_err(|error| error.in_file(shown()))?;
    Ok(format)
}

/// What the first bytes of a file say it is, as far as that is none of the formats of text.
fn looks_like(path: &Path) -> Option<Format> {
    const BEGINNING_BYTES: u64 = 4_096;
    // A pipe can be read once.
    let start = path.is_file().then(|| beginning(path, BEGINNING_BYTES).ok()).flatten()?;
    if start.starts_with(b"SQLite format 3\0") {
        return Some(Format::Geopackage);
    }
    if start.starts_with(&[0, 0, 0x27, 0x0A]) {
        return Some(Format::Shapefile);
    }
    if start.starts_with(b"PAR1") {
        return Some(Format::Parquet);
    }
    if start.starts_with(b"fgb") {
        return Some(Format::Flatgeobuf);
    }
    let has = |what: &str| start.windows(what.len()).any(|bytes| bytes.eq_ignore_ascii_case(what.as_bytes()));
    if start.starts_with(b"PK\x03\x04") {
        let is_workbook = has("[Content_Types].xml") || has("opendocument.spreadsheet") || has("xl/");
        return Some(if is_workbook { Format::Workbook } else { Format::Kmz });
    }
    let is_xml = start.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte))
        == Some(&b'<');
    match is_xml {
        true if has("<gpx") => Some(Format::Gpx),
        true if has("<kml") || has("<Document") && has("<Placemark") => Some(Format::Kml),
        _ => None,
    }
}

/// The format of an output: the one that is named, or by the extension.
pub fn output(path: &Path, named: Option<Format>) -> Result<Format, Error> {
    let format = match named {
        Some(format) => format,
        None if is_standard(path) => {
            let names = names();
            return Err(Error::argument(format!("--output - needs --output-format: one of {names}")));
        }
        None => by_extension(&split_output(path).0)?.ok_or_else(|| {
            Error::argument(
                "the extension tells no format; use .geojson, .json, .geojsonl, .ndjson, .geojsons, .csv, .tsv, .kml, .gpx \
                 (each with .gz too), .kmz, .fgb, .parquet, .gpkg or .xlsx, or --output-format",
            )
            .in_file(path.display().to_string())
        })?,
    };
    if is_layer(path) && format != Format::Geopackage {
        return Err(Error::argument(
            "the name is that of a GeoPackage: give the file the extension of its format",
        )
        .in_file(path.display().to_string()));
    }
    let name = path.to_string_lossy().to_lowercase();
    if format == Format::Workbook && [".ods", ".xlsm", ".gz"].iter().any(|end| name.ends_with(end)) {
        return Err(Error::argument("of workbooks XLSX alone is written: give the file the extension .xlsx")
            .in_file(path.display().to_string()));
    }
    format.table_form().map_err(|error| error.in_file(path.display().to_string()))?;
    Ok(format)
}

fn names() -> String {
    let values = <Format as clap::ValueEnum>::value_variants();
    let name = |format: &Format| clap::ValueEnum::to_possible_value(format).map(|v| v.get_name().to_owned());
    values.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// The format that a name tells.
fn by_extension(path: &Path) -> Result<Option<Format>, Error> {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    Ok(match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("geojson" | "json") => Some(Format::Geojson),
        Some("geojsonl" | "ndjson") => Some(Format::Geojsonl),
        Some("geojsons") => Some(Format::Geojsons),
        Some("csv") => Some(Format::Csv),
        Some("tsv") => Some(Format::Tsv),
        Some("fgb") => Some(Format::Flatgeobuf),
        Some("parquet" | "geoparquet") => Some(Format::Parquet),
        Some("gpkg") => Some(Format::Geopackage),
        Some("kml") => Some(Format::Kml),
        Some("kmz") => Some(Format::Kmz),
        Some("gpx") => Some(Format::Gpx),
        Some("shp") => Some(Format::Shapefile),
        Some("xlsx" | "xlsm" | "ods") => Some(Format::Workbook),
        _ => None,
    })
}

/// A format that this build leaves out.
#[cfg(not(all(feature = "flatgeobuf", feature = "geopackage", feature = "parquet")))]
fn not_built(format: &str, feature: &str) -> Error {
    Error::argument(format!(
        "this build has no {format}: install one that has it with \
         `cargo install --path . --features {feature}` (or `--features formats` for all), or convert the file \
         (`ogr2ogr -t_srs OGC:CRS84 out.geojson FILE`)"
    ))
}

/// What a build without GeoPackage says of it.
#[cfg(not(feature = "geopackage"))]
pub fn no_geopackage() -> Error {
    not_built("GeoPackage", "geopackage")
}

impl Format {
    /// Refuses a style for what QGIS doesn't open.
    pub fn check_style(self, output: &Path) -> Result<(), Error> {
        let is_packed = output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
        match self {
            Format::Csv | Format::Tsv if is_packed => Err(Error::argument(
                "QGIS opens no packed table, so --qml has no use there; leave out .gz, or write another format",
            )
            .in_file(output.display().to_string())),
            _ => Ok(()),
        }
    }

    /// Returns `true` if it is read as features: GeoJSON, and what becomes such text.
    pub fn is_features(self) -> bool {
        self.is_geojson() || self.is_foreign()
    }

    /// Returns `true` if it is GeoJSON text.
    pub fn is_geojson(self) -> bool {
        matches!(self, Format::Geojson | Format::Geojsonl | Format::Geojsons)
    }

    /// Returns `true` if its features become text of GeoJSON.
    pub fn is_foreign(self) -> bool {
        matches!(self, Format::Kml | Format::Kmz | Format::Gpx | Format::Shapefile | Format::Geopackage)
    }

    /// Returns `true` if its cells are texts that people typed.
    pub fn is_typed(self) -> bool {
        self.is_features() || matches!(self, Format::Csv | Format::Tsv | Format::Workbook)
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Format::Geojson | Format::Geojsonl | Format::Geojsons => "GeoJSON",
            Format::Csv => "CSV",
            Format::Tsv => "TSV",
            Format::Flatgeobuf => "FlatGeobuf",
            Format::Parquet => "Parquet",
            Format::Geopackage => "GeoPackage",
            Format::Kml => "KML",
            Format::Kmz => "KMZ",
            Format::Gpx => "GPX",
            Format::Shapefile => "a Shapefile",
            Format::Workbook => "a workbook",
        }
    }

    /// Refuses what this build leaves out.
    fn is_built(self) -> Result<(), Error> {
        match self {
            Format::Shapefile | Format::Workbook => Ok(()),
            // What can't be written can't be read either.
            _ => self.table_form().map(drop),
        }
    }

    /// The form that is written.
    pub fn table_form(self) -> Result<TableForm, Error> {
        Ok(match self {
            Format::Geojson => TableForm::Features(OutputForm::Collection),
            Format::Geojsonl => TableForm::Features(OutputForm::Lines),
            Format::Geojsons => TableForm::Features(OutputForm::Sequence),
            Format::Csv => TableForm::Csv(b','),
            Format::Tsv => TableForm::Csv(b'\t'),
            #[cfg(feature = "flatgeobuf")]
            Format::Flatgeobuf => TableForm::FlatGeobuf,
            #[cfg(not(feature = "flatgeobuf"))]
            Format::Flatgeobuf => return Err(not_built("FlatGeobuf", "flatgeobuf")),
            #[cfg(feature = "parquet")]
            Format::Parquet => TableForm::Parquet,
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => return Err(not_built("Parquet", "parquet")),
            #[cfg(feature = "geopackage")]
            Format::Geopackage => TableForm::GeoPackage,
            #[cfg(not(feature = "geopackage"))]
            Format::Geopackage => return Err(no_geopackage()),
            Format::Kml => TableForm::Kml,
            Format::Kmz => TableForm::Kmz,
            Format::Gpx => TableForm::Gpx,
            #[cfg(feature = "xlsx-out")]
            Format::Workbook => TableForm::Xlsx,
            #[cfg(not(feature = "xlsx-out"))]
            Format::Workbook => {
                return Err(Error::argument(
                    "this build writes no XLSX: install one that does with \
                     `cargo install --path . --features xlsx-out`, or write CSV and open that in the spreadsheet \
                     (`soffice --convert-to xlsx out.csv` converts it)",
                ));
            }
            Format::Shapefile => {
                return Err(Error::argument(format!(
                    "{} is read and not written; write GeoJSON and convert that (`ogr2ogr out.shp in.geojson`)",
                    self.name()
                )));
            }
        })
    }
}
