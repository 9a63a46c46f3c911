//! The layers as arguments, for every command that reads posts and routes.

use std::path::PathBuf;

use patrol_corridor::geodesy::distance_m;
use patrol_corridor::io::{
    Layer, LayerKind, LayerOptions, NoProperties, Reprojection, read_corridors, read_posts, read_routes,
};
use patrol_corridor::linear::{LinearElement, simplified};
use patrol_corridor::region::DistanceInterval;
use patrol_corridor::time::Zone;
use patrol_corridor::{CorridorRegion, Edges, Error, ObservationPost, PatrolIndex, PatrolRoute, Position};
use serde::de::DeserializeOwned;

use crate::args::readers::{layer, say_not_taken};
use crate::args::systems::{self, CrsArgs};
use crate::args::verbose;
use crate::term::say;

/// Posts, routes, and how to read them.
#[derive(Debug, clap::Args)]
pub struct LayerArgs {
    /// Observation posts: points, in any format that is read (`-` is GeoJSON of standard input)
    ///
    /// Each position of a MultiPoint is a post. FILE#LAYER names a layer of a GeoPackage or a sheet of a workbook.
    #[arg(long, help_heading = "Layers", value_name = "FILE", required_unless_present_any = ["routes", "corridors"])]
    pub posts: Option<PathBuf>,
    /// Patrol routes: lines, in any format that is read
    ///
    /// The property `corridor` names the corridor of a route. `half_width_m` is half the width of the corridor along
    /// the route. Both may be missing.
    #[arg(long, help_heading = "Layers", value_name = "FILE")]
    pub routes: Option<PathBuf>,
    /// Corridors as polygons, in any format that is read, named by `corridor`, `name` or id
    #[arg(long, help_heading = "Layers", value_name = "FILE")]
    pub corridors: Option<PathBuf>,
    /// How edges run between vertices: planar or geodesic
    ///
    /// Planar edges are straight in longitude and latitude (RFC 7946). Geodesic edges are the shortest lines on the
    /// ellipsoid.
    #[arg(long, help_heading = "Layers", value_name = "planar|geodesic", default_value_t = Edges::Planar)]
    pub edges: Edges,
    /// Half width of the corridor along routes without `half_width_m`, in metres or with a unit
    #[arg(long, help_heading = "Layers", value_name = "M", value_parser = metres)]
    pub half_width: Option<f64>,
    /// Pass over what a GeoJSON layer is not made of, and count it, as in other formats: lines among posts
    #[arg(long, help_heading = "Layers")]
    pub mixed: bool,
    /// Leave out vertices of routes that are within M metres of what is left: for tracks as a receiver recorded them
    #[arg(long, help_heading = "Layers", value_name = "M", value_parser = metres)]
    pub simplify: Option<f64>,
    /// Property with the id of a post [default: the feature's id, else `id`, else #N, its number in the file]
    #[arg(long, help_heading = "Layers", value_name = "FIELD")]
    pub post_id: Option<String>,
    /// Property with the name of a post [default: name]
    #[arg(long, help_heading = "Layers", value_name = "FIELD")]
    pub post_name: Option<String>,
    /// Property with the id of a route [default: the feature's id, else `id`, else #N, its number in the file]
    #[arg(long, help_heading = "Layers", value_name = "FIELD")]
    pub route_id: Option<String>,
    /// Property with the name of a route [default: name]
    #[arg(long, help_heading = "Layers", value_name = "FIELD")]
    pub route_name: Option<String>,
    /// Time zone for times without one: an IANA name (`Asia/Baku`) or an offset (`+04:00`)
    ///
    /// It applies to `active_from` and `active_to` of posts and routes, to the times of incidents, and to times in
    /// options.
    #[arg(long, help_heading = "Layers", value_name = "ZONE", allow_hyphen_values = true)]
    pub zone: Option<Zone>,
    #[command(flatten)]
    pub systems: CrsArgs,
}

/// The layers as they were read, and the area that they make.
pub struct Layers {
    pub index: PatrolIndex,
    pub posts: Option<Origin>,
    pub routes: Option<Origin>,
    pub corridors: Option<Origin>,
    /// The corridors that are given as polygons.
    pub regions: Vec<CorridorRegion>,
}

/// Where a layer came from.
pub struct Origin {
    pub file: String,
    pub features: u64,
    pub sha256: String,
    /// How its coordinates came to WGS84.
    pub reprojections: Vec<Reprojection>,
}

/// Properties of the caller's own type, in the order of the layers; of corridors with their names.
pub struct LayerProperties<P> {
    pub posts: Vec<P>,
    pub routes: Vec<P>,
    pub corridors: Vec<(String, P)>,
}

impl Layers {
    /// Says which layers were taken to WGS84, and how.
    pub fn tell_reprojections(&self) {
        for layer in self.posts.iter().chain(&self.routes).chain(&self.corridors) {
            systems::tell(&layer.file, &layer.reprojections);
        }
    }
}

impl LayerArgs {
    /// The files that are read, for whoever writes one.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.posts.iter().chain(&self.routes).chain(&self.corridors)
    }

    /// Reads the layers and indexes them; what is doubtful is told on standard error.
    pub fn read(&self) -> Result<Layers, Error> {
        self.read_with::<NoProperties>().map(|(layers, _)| layers)
    }

    /// The same with the properties of each post, route and corridor.
    pub fn read_with<P: DeserializeOwned>(&self) -> Result<(Layers, LayerProperties<P>), Error> {
        let mut properties = LayerProperties { posts: Vec::new(), routes: Vec::new(), corridors: Vec::new() };
        let mut posts = None;
        if let Some(path) = &self.posts {
            let mut options = LayerOptions::default()
                .with_crs(self.systems.posts())
                .with_zone(self.zone.clone())
                .with_mixed(self.mixed);
            options.id_field = self.post_id.clone();
            options.name_field = self.post_name.clone();
            let mut read = read_posts(&layer(path, LayerKind::Posts, &mut options.crs)?, &options)?;
            say_not_taken(&read.file, LayerKind::Posts, &read.passed_over, read.items.is_empty())?;
            properties.posts.append(&mut read.properties);
            posts = Some(read);
        }
        let mut routes = None;
        if let Some(path) = &self.routes {
            let mut options = LayerOptions::default()
                .with_half_width_m(self.half_width)
                .with_crs(self.systems.routes())
                .with_zone(self.zone.clone())
                .with_mixed(self.mixed);
            options.id_field = self.route_id.clone();
            options.name_field = self.route_name.clone();
            let mut read = read_routes(&layer(path, LayerKind::Routes, &mut options.crs)?, &options)?;
            say_not_taken(&read.file, LayerKind::Routes, &read.passed_over, read.items.is_empty())?;
            properties.routes.append(&mut read.properties);
            self.simplify(&read.file, &mut read.items)?;
            routes = Some(read);
        }
        let (posts, post_items): (_, Vec<ObservationPost>) = split(posts, "posts");
        let (routes, route_items): (_, Vec<PatrolRoute>) = split(routes, "routes");
        let mut index = PatrolIndex::new(post_items, route_items, self.edges)?;
        warn_of_exchanged(&index);
        let (mut corridors, mut all_regions) = (None, Vec::new());
        if let Some(path) = &self.corridors {
            let mut options =
                LayerOptions::default().with_crs(self.systems.corridors()).with_mixed(self.mixed);
            let mut read = read_corridors(&layer(path, LayerKind::Corridors, &mut options.crs)?, &options)?;
            say_not_taken(&read.file, LayerKind::Corridors, &read.passed_over, read.items.is_empty())?;
            let names = read.items.iter().map(|corridor| corridor.name.clone());
            properties.corridors = names.zip(std::mem::take(&mut read.properties)).collect();
            let (origin, regions): (_, Vec<CorridorRegion>) = split(Some(read), "corridors");
            index = index.with_corridor_regions(&regions);
            (corridors, all_regions) = (origin, regions);
        }
        Ok((Layers { index, posts, routes, corridors, regions: all_regions }, properties))
    }

    /// Leaves out vertices of routes, where that is wanted, and says what it makes of them.
    fn simplify(&self, file: &str, routes: &mut [PatrolRoute]) -> Result<(), Error> {
        let Some(tolerance_m) = self.simplify else { return Ok(()) };
        let vertices =
            |routes: &[PatrolRoute]| routes.iter().flat_map(PatrolRoute::parts).map(Vec::len).sum::<usize>();
        let length_km = |routes: &[PatrolRoute]| {
            let lengths_m = routes.iter().map(|route| Ok(LinearElement::new(route, self.edges)?.length_m()));
            lengths_m.sum::<Result<f64, Error>>().map(|length_m| length_m / 1e3)
        };
        let (before, before_km) = (vertices(routes), length_km(routes)?);
        for route in routes.iter_mut() {
            *route = simplified(route, self.edges, tolerance_m)?;
        }
        say!(
            "{file}: {} of {before} vertices left out, each within {tolerance_m} m of the rest; {before_km:.1} km became {:.1} km",
            before - vertices(routes),
            length_km(routes)?
        );
        Ok(())
    }
}

/// A whole layer with latitude first is told by the other.
fn warn_of_exchanged(index: &PatrolIndex) {
    const APART_M: f64 = 500e3;
    let middle = |positions: Vec<Position>| {
        let middle = |of: fn(Position) -> f64| {
            let mut degrees: Vec<f64> = positions.iter().copied().map(of).collect();
            degrees.sort_by(f64::total_cmp);
            degrees.get(degrees.len() / 2).copied()
        };
        Position::from_lon_lat(middle(Position::lon_deg)?, middle(Position::lat_deg)?).ok()
    };
    let posts = middle(index.posts().iter().map(|post| post.position).collect());
    let starts = index.routes().iter().filter_map(|route| route.parts().first()?.first().copied());
    let (Some(posts), Some(routes)) = (posts, middle(starts.collect())) else { return };
    let Ok(exchanged) = Position::from_lon_lat(posts.lat_deg(), posts.lon_deg()) else { return };
    let (apart_m, then_m) = (distance_m(posts, routes), distance_m(exchanged, routes));
    if apart_m > APART_M && then_m < apart_m / 10.0 {
        say!(
            "patrol: warning: posts and routes are {:.0} km apart, and {:.0} km with longitude and latitude of one \
             exchanged: are the coordinates of one in latitude, longitude order?",
            apart_m / 1e3,
            then_m / 1e3
        );
    }
}

fn split<T, P>(layer: Option<Layer<T, P>>, what: &str) -> (Option<Origin>, Vec<T>) {
    let Some(layer) = layer else { return (None, Vec::new()) };
    for warning in &layer.warnings {
        say!("patrol: {warning}");
    }
    if layer.items.is_empty() {
        say!(
            "patrol: {}: warning: a layer of {what} without features: nothing can be found in it",
            layer.file
        );
    }
    let Layer { file, features, sha256, items, reprojections, .. } = layer;
    verbose::say_layer(&file, what, items.len(), reprojections.len());
    (Some(Origin { file, features, sha256, reprojections }), items)
}

/// A length: metres, or what has its unit behind it, as a report's distance has.
pub fn length_m(text: &str) -> Option<f64> {
    let with_unit = || text.parse::<DistanceInterval>().ok().map(DistanceInterval::metres);
    let one = || with_unit().filter(|metres| metres.start() == metres.end()).map(|metres| *metres.end());
    text.trim().parse::<f64>().ok().or_else(one).filter(|metres| metres.is_finite())
}

/// A length of more than nothing.
pub fn metres(text: &str) -> Result<f64, String> {
    length_m(text)
        .filter(|metres| *metres > 0.0)
        .ok_or_else(|| "expected a length greater than 0, in metres or with its unit: 6000, 6km".to_owned())
}
