//! The coordinate reference systems of the layers as arguments, and what is told about them.

use patrol_corridor::Error;
use patrol_corridor::io::{Crs, Reprojection};

use crate::term::say;

/// In which systems the layers come.
#[derive(Debug, Clone, clap::Args)]
pub struct CrsArgs {
    /// Coordinate reference system (CRS) of all layers and incidents, if it is not WGS84: EPSG:32638
    ///
    /// Coordinates are transformed to WGS84. A `crs` in a file must name the same system. An option for one layer, such
    /// as --routes-crs, takes precedence. A build without PROJ knows UTM, Web Mercator and others on the datum of
    /// WGS84.
    #[arg(long, help_heading = "Layers", value_name = "CRS")]
    crs: Option<Crs>,
    /// CRS of the posts
    #[arg(long, help_heading = "Layers", value_name = "CRS", requires = "posts")]
    posts_crs: Option<Crs>,
    /// CRS of the routes
    #[arg(long, help_heading = "Layers", value_name = "CRS", requires = "routes")]
    routes_crs: Option<Crs>,
    /// CRS of the corridors
    #[arg(long, help_heading = "Layers", value_name = "CRS", requires = "corridors")]
    corridors_crs: Option<Crs>,
}

impl CrsArgs {
    pub fn posts(&self) -> Option<Crs> {
        self.posts_crs.as_ref().or(self.crs.as_ref()).cloned()
    }

    pub fn routes(&self) -> Option<Crs> {
        self.routes_crs.as_ref().or(self.crs.as_ref()).cloned()
    }

    pub fn corridors(&self) -> Option<Crs> {
        self.corridors_crs.as_ref().or(self.crs.as_ref()).cloned()
    }

    /// Of a further layer, with its own option.
    pub fn other(&self, own: Option<&Crs>) -> Option<Crs> {
        own.or(self.crs.as_ref()).cloned()
    }
}

/// Says by which operation a layer has come to WGS84, and how accurate that is.
pub fn tell(file: &str, reprojections: &[Reprojection]) {
    for note in reprojections.iter().flat_map(Reprojection::notes) {
        say!("patrol: {file}: {note}");
    }
}

/// Says what is doubtful about it.
pub fn warn(file: &str, reprojections: &[Reprojection]) {
    for warning in reprojections.iter().flat_map(Reprojection::warnings) {
        say!("patrol: {file}: warning: {warning}");
    }
}

/// The option that helps where the `crs` of a file is a link; otherwise nothing.
pub fn hint(path: Option<&str>, message: &str) -> &'static str {
    let is_link = path.is_some_and(|path| path.ends_with("crs")) && message.starts_with("the CRS is a link");
    if is_link { " (--crs CRS)" } else { "" }
}

/// Tables are not taken from one system to another.
pub fn refuse_in_tables(crs: Option<&Crs>, what: &str, option: &str) -> Result<(), Error> {
    match crs {
        Some(crs) if !crs.is_wgs84() => Err(Error::argument(format!(
            "{crs} with {what}, expected GeoJSON that stays GeoJSON, which alone is reprojected: convert it first \
             (for example `ogr2ogr -s_srs {crs} -t_srs OGC:CRS84 OUT.geojson IN`), or say {option} CRS84 \
             where it is longitude and latitude"
        ))),
        _ => Ok(()),
    }
}
