//! Which observation post, which patrol route, which corridor is nearest to an incident? How far, in what
//! direction, at what kilometre of the route, on which side, and by what margin?
//!
//! Exact on the WGS84 ellipsoid to 1 mm, at every range, at the poles and across the antimeridian;
//! lossless from GeoJSON to GeoJSON; indexed by packed R-trees. The program `patrol` does the same from the
//! command line.
//!
//! ```
//! use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts, read_routes};
//! use patrol_corridor::{Edges, PatrolIndex, Position};
//!
//! let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
//! let options = LayerOptions::default();
//! let posts = read_posts::<NoProperties>(&Source::open(format!("{data}/posts.geojson"))?, &options)?;
//! let routes = read_routes::<NoProperties>(&Source::open(format!("{data}/routes.geojson"))?, &options)?;
//! let index = PatrolIndex::new(posts.items, routes.items, Edges::Planar)?; // share it between threads
//!
//! let located = index.locate(Position::from_lon_lat(46.807759, 40.068059)?, &Default::default());
//! let post = located.posts.first().unwrap();
//! assert_eq!(index.posts()[post.post].id.as_str(), "OP-21");
//! assert!((post.distance_m - 1_669.150).abs() < 1e-3);
//! let route = located.routes.first().unwrap().location;
//! assert_eq!(format!("km {:.1}, {:.0} m {}", route.chainage_m / 1e3, route.offset_m, route.side), "km 33.4, 1300 m left");
//! # Ok::<(), patrol_corridor::Error>(())
//! ```
//!
//! # What is where
//!
//! Places in a layer are plain numbers: `index.posts()[hit.post]`, `index.routes()[hit.route]`,
//! `index.posts()[candidate.index]`.
//!
//! | task | begin with |
//! |---|---|
//! | read posts, routes, corridors, incidents | [`io::read_posts`], [`io::read_routes`], [`io::read_corridors`], [`io::read_incidents`] |
//! | the nearest of a position, of many, several, within a distance | [`PatrolIndex::locate`], [`PatrolIndex::locate_all`], [`PatrolIndex::nearest_posts`], [`PatrolIndex::posts_within`] |
//! | patrol units that move while others ask | [`index::MovingPosts`] |
//! | posts, routes, incidents of the crate `geojson`; geometries of `geo-types` | `TryFrom`, both ways |
//! | answers into GeoJSON text, a feature or a whole layer; into features in memory | [`annotate::Annotator`], [`annotate::annotate_layer`]; [`annotate::Annotator::annotate`] |
//! | a report in words: from a post, a grid reference, a kilometre | [`described::DescribedReader`]; without texts [`region::Observation`], [`region::DescribedLocation`] |
//! | which posts and routes may be the nearest to a region | [`analysis::locate_uncertain`] |
//! | a region as GeoJSON | [`analysis::region_geometry`], then [`io::feature_text`] |
//! | a fix of several bearings; reports of one incident | [`analysis::fix()`]; [`analysis::fuse()`], [`annotate::fuse_layer`] |
//! | coverage, gaps, beats, sectors, corridors as areas, hot spots | [`analysis`] |
//! | kilometres, intervals and marks along a line | [`linear::LinearElement`] |
//! | a bulletin, a map, styles for QGIS | [`report::bulletin::bulletin()`], [`report::map::Map`], [`report::styles`] |
//!
//! # From PostGIS to here
//!
//! | PostGIS, `geography` | here | the difference |
//! |---|---|---|
//! | `ST_Distance(a, b)` | [`geodesy::distance_m`] | none for points; to a line PostGIS goes to great circles of a sphere |
//! | `ST_Azimuth(a, b)` | [`geodesy::inverse`] | degrees instead of radians |
//! | `ST_Project(a, s, azimuth)` | [`geodesy::direct`] | degrees instead of radians |
//! | `a <-> b`, `ORDER BY ... LIMIT k` | [`PatrolIndex::nearest_posts`], [`PatrolIndex::nearest_routes`] | `<->` ranks on a sphere |
//! | `ST_DWithin(a, b, m)` | [`PatrolIndex::posts_within`], [`PatrolIndex::routes_within`] | |
//! | `ST_Length(line)` | [`linear::LinearElement::length_m`] | the edges as [`Edges`] reads them |
//! | `ST_ClosestPoint`, `ST_ShortestLine` | [`linear::RouteLocation::foot`] | |
//! | `ST_LineLocatePoint(line, p)` | [`linear::RouteLocation::chainage_m`] | metres instead of a fraction |
//! | `ST_LineInterpolatePoint(line, f)` | [`linear::LinearElement::point_at`] | metres instead of a fraction |
//! | `ST_LineSubstring(line, f, g)` | [`linear::LinearElement::substring`] | metres; several parts, and backwards |
//!
//! # From GeoPandas and S2 to here
//!
//! | there | here | the difference |
//! |---|---|---|
//! | GeoPandas `sjoin_nearest(posts, distance_col=...)` | [`PatrolIndex::locate_all`] | in the plane of the CRS, degrees in EPSG:4326; here metres on the ellipsoid |
//! | GeoPandas `posts.distance(point)` after `to_crs(...)` | [`PatrolIndex::posts_by_distance`] | the projection's distortion; here none |
//! | shapely `line.project(point)`, `line.interpolate(d)` | [`linear::LinearElement::locate`], [`linear::LinearElement::point_at`] | units of the CRS; here metres |
//! | GeoPandas `GeoSeries.buffer(m)` of a route | [`analysis::corridor_region`] | planar after projection; here exact at the poles and across 180 degrees |
//! | S2 `S2ClosestPointQuery` | [`PatrolIndex::nearest_posts`] | angles on a sphere, up to 0.5 % off |
//! | S2 `S2ClosestEdgeQuery` | [`PatrolIndex::nearest_routes`] | great circles of a sphere; edges here as [`Edges`] reads them |
//! | S2 `S2Polyline::Project`, `UnInterpolate` | [`linear::LinearElement::locate`] | likewise |
//! | S2 `MutableS2ShapeIndex` | [`index::MovingPosts`] | posts alone move here |
//!
//! # Features
//! Without any, there are [`geodesy`], [`time`], [`region`], [`model`], [`linear`] and [`index`], with 21 crates besides this one. Turn the
//! default off with `default-features = false`, and add what you need:
//!
//! | feature | adds |
//! |---|---|
//! | `analysis` | coverage, beats, corridors as areas, hot spots, fixes, what is near a region |
//! | `geojson` | GeoJSON in and out: layers, incidents, annotation, described locations, maps, styles |
//! | `tables` | CSV |
//! | `spreadsheets` | workbooks as tables: XLSX and ODS |
//! | `shapefile` | layers and incidents out of Shapefiles |
//! | `files` | output files that replace others all at once |
//! | `gpx`, `kml` | GPX, and KML and KMZ, in and out |
//! | `crs` | coordinate reference systems on the datum of WGS84 |
//! | `magnetic` | the declination of compass needles |
//! | `calendars` | dates of the Solar Hijri calendar |
//! | `bulletin` | the bulletin |
//! | `serde` | `Serialize` and `Deserialize` |
//! | `full` | all of these |
//! | `cli` (the default) | the program `patrol`, and `full` |
//! | `geo-traits` | positions and routes from any geometry with those traits |
//! | `png` | maps as PNG |
//! | `pdf` | maps as PDF |
//! | `flatgeobuf`, `parquet`, `geopackage` | these formats; `formats` is all three |
//! | `xlsx-out` | annotated incidents as XLSX |
//! | `proj` | every coordinate reference system that PROJ knows; `proj-static` has PROJ and its database inside |
//! | `everything` | all of these: what is shipped |

#![deny(missing_docs)]
// On docs.rs each item shows the feature that it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
// What only a feature uses lies idle without it.
#![cfg_attr(not(feature = "full"), allow(dead_code, unused_imports))]

#[cfg(feature = "analysis")]
pub mod analysis;
#[cfg(feature = "geojson")]
pub mod annotate;
#[cfg(feature = "geojson")]
pub mod described;
pub mod geodesy;
#[cfg(feature = "geojson")]
pub mod incident;
pub mod index;
#[cfg(feature = "geojson")]
pub mod io;
pub mod linear;
pub mod model;
pub mod number;
pub mod region;
#[cfg(feature = "geojson")]
pub mod report;
pub mod text;
pub mod time;

mod error;
mod memory;
mod parallel;
mod serde_text;
mod setters;

pub use error::{Error, ErrorKind, Limit};
pub use geo_types;
pub use geodesy::{Edges, Position};
pub use index::PatrolIndex;
pub use model::{
    Corridor, CorridorRegion, FeatureId, Incident, IncidentGeometry, ObservationPost, PatrolRoute, Region,
};

/// The programs of the README and of the pages of `docs/` are tests.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../README.md")]
    struct Readme;

    #[doc = include_str!("../docs/along-a-route.md")]
    struct AlongARoute;

    #[doc = include_str!("../docs/bulletin.md")]
    struct Bulletin;

    #[doc = include_str!("../docs/coordinate-systems.md")]
    struct CoordinateSystems;

    #[doc = include_str!("../docs/coverage-and-beats.md")]
    struct CoverageAndBeats;

    #[doc = include_str!("../docs/formats.md")]
    struct Formats;

    #[doc = include_str!("../docs/hotspots-and-clusters.md")]
    struct HotspotsAndClusters;

    #[doc = include_str!("../docs/library.md")]
    struct Library;

    #[doc = include_str!("../docs/locate-and-fuse.md")]
    struct LocateAndFuse;

    #[doc = include_str!("../docs/map.md")]
    struct Map;

    #[doc = include_str!("../docs/service-periods.md")]
    struct ServicePeriods;

    #[doc = include_str!("../docs/uncertain-reports.md")]
    struct UncertainReports;

    #[doc = include_str!("../docs/logs-as-typed.md")]
    struct LogsAsTyped;

    #[doc = include_str!("../docs/your-own-data.md")]
    struct YourOwnData;
}
