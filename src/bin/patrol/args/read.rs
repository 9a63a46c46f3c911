//! How incidents are read, for every command that reads them: format, encoding, names, zone.

use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::described::FieldNames;
use patrol_corridor::incident::{IncidentSource, ReadOptions, TimeUse};
use patrol_corridor::io::{Crs, CsvOptions, PositionColumns, Rows};
use patrol_corridor::time::Zone;

use crate::args::described::{DescribedArgs, warn_of_columns};
use crate::args::formats::{self, Format};
use crate::args::incidents::HEADING;
use crate::args::layers::stream;
use crate::args::limits;
use crate::args::systems::refuse_in_tables;
use crate::term::say;

/// How incidents are read.
#[derive(Debug, clap::Args)]
pub struct ReadArgs {
    /// Input format [default: from the extension; GeoJSON variants are detected]
    #[arg(long, help_heading = HEADING, value_name = "FORMAT")]
    input_format: Option<Format>,
    /// Column with the longitude, or property of features without a geometry [default: longitude, lon, lng, long, x or
    /// decimalLongitude]
    ///
    /// The default of a property is longitude or lon. Upper and lower case make no difference to the defaults.
    #[arg(long, help_heading = HEADING, value_name = "FIELD")]
    lon_field: Option<String>,
    /// Column with the latitude, or property of features without a geometry [default: latitude, lat, y or
    /// decimalLatitude]
    ///
    /// The default of a property is latitude or lat. Upper and lower case make no difference to the defaults.
    #[arg(long, help_heading = HEADING, value_name = "FIELD")]
    lat_field: Option<String>,
    /// Encoding of a table of text, such as windows-1251 [default: UTF-8, or UTF-16 where the text begins so]
    #[arg(long, help_heading = HEADING, value_name = "NAME")]
    encoding: Option<String>,
    /// Numbers of a table have decimals behind a comma, though commas separate its cells
    ///
    /// Where a semicolon, a tab or `|` separates them, that needs no word.
    #[arg(long, help_heading = HEADING)]
    decimal_comma: bool,
    /// Column or property with the time: RFC 3339, local time with --zone, or a date
    #[arg(long, help_heading = HEADING, value_name = "FIELD", default_value = "time")]
    time_field: String,
    /// Column or property with the id [default: the feature's id, else `id`, else #N, its number in the file]
    #[arg(long, help_heading = HEADING, value_name = "FIELD")]
    id_field: Option<String>,
    /// The file's own name for what is read, such as killed=fatalities; may be repeated
    ///
    /// What is read: time, id, longitude, latitude, type, status, description, killed, wounded, settled_with, and the members
    /// of a described location (observer_post, bearing, distance_m, mgrs, ...).
    #[arg(long, help_heading = HEADING, value_name = "FIELD=NAME", value_parser = own_name)]
    field: Vec<(String, String)>,
    #[command(flatten)]
    described: DescribedArgs,
}

/// What has an option of its own besides `--field`.
const OWN_OPTIONS: [&str; 4] = ["time", "id", "longitude", "latitude"];

/// `FIELD=NAME`.
fn own_name(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, name)) if !field.trim().is_empty() && !name.is_empty() => {
            let field = match field.trim().to_ascii_lowercase().as_str() {
                "lon" => "longitude".to_owned(),
                "lat" => "latitude".to_owned(),
                field => field.to_owned(),
            };
            Ok((field, name.to_owned()))
        }
        _ => Err("expected FIELD=NAME, such as killed=fatalities".to_owned()),
    }
}

impl ReadArgs {
    /// The format of a file.
    pub fn format(&self, path: &Path) -> Result<Format, Error> {
        formats::input(path, self.input_format)
    }

    /// Opens a file of incidents.
    pub fn open(&self, path: &Path, crs: Option<&Crs>) -> Result<IncidentSource, Error> {
        Ok(match self.format(path)?.is_geojson() {
            true => IncidentSource::Text(stream(path)?),
            false => IncidentSource::Rows(self.open_rows(path, crs, 0)?),
        })
    }

    /// Opens a file of incidents as the rows of a table.
    pub fn open_rows(&self, path: &Path, crs: Option<&Crs>, threads: usize) -> Result<Rows<'static>, Error> {
        refuse_in_tables(crs, "incidents that are a table or become one")?;
        let rows = formats::rows(self.format(path)?, path, &self.position(), &self.table(), threads)?;
        if let Some(encoding) = rows.encoding() {
            say!("{}: read as {encoding}", path.display());
        }
        let named = self.named();
        let named: Vec<&str> = named.iter().map(|(field, _)| field.as_str()).collect();
        warn_of_columns(&path.display().to_string(), &rows, &self.fields()?, &named);
        Ok(rows)
    }

    /// The file that is read beside the incidents.
    pub fn input(&self) -> Option<&PathBuf> {
        self.described.input()
    }

    fn table(&self) -> CsvOptions {
        CsvOptions {
            delimiter: None,
            encoding: self.encoding.clone(),
            decimal_comma: self.decimal_comma,
            limits: limits::limits(),
        }
    }

    /// The file's own names for time, id, longitude and latitude: an option of each, or `--field`.
    fn named(&self) -> Vec<(String, String)> {
        let by_field = self.field.iter().filter(|(field, _)| OWN_OPTIONS.contains(&field.as_str())).cloned();
        let options = [&Some(self.time_field.clone()), &self.id_field, &self.lon_field, &self.lat_field];
        let by_option = OWN_OPTIONS.iter().zip(options).filter(|(field, named)| {
            **field != "time" || named.as_deref() != Some("time")
        });
        let by_option = by_option.filter_map(|(field, named)| Some(((*field).to_owned(), named.clone()?)));
        by_option.chain(by_field).collect()
    }

    fn own_name(&self, field: &str) -> Option<String> {
        self.named().into_iter().find(|(named, _)| named == field).map(|(_, own)| own)
    }

    /// The file's own names for all else.
    fn fields(&self) -> Result<FieldNames, Error> {
        let mut names = FieldNames::default();
        for (field, own) in self.field.iter().filter(|(field, _)| !OWN_OPTIONS.contains(&field.as_str())) {
            names.set(field, own.clone())?;
        }
        Ok(names)
    }

    fn position(&self) -> PositionColumns {
        PositionColumns { lon: self.own_name("longitude"), lat: self.own_name("latitude") }
    }

    /// The rules of reading.
    pub fn options(&self, zone: Option<&Zone>, times: TimeUse) -> Result<ReadOptions, Error> {
        Ok(ReadOptions {
            time_field: self.own_name("time").unwrap_or_else(|| "time".to_owned()),
            zone: zone.cloned(),
            id_field: self.own_name("id"),
            position: self.position(),
            fields: self.fields()?,
            described: self.described.options()?,
            times,
        })
    }
}
