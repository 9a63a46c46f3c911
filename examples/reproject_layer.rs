//! Reads posts and incidents in UTM, says how they came to WGS84, and writes them so. Run:
//! cargo run --example reproject_layer

use std::error::Error;

use patrol_corridor::io::{
    Crs, LayerOptions, NoProperties, Source, Transformation, feature_text, read_posts,
};
use patrol_corridor::{Edges, IncidentGeometry, PatrolIndex};

/// A layer as a survey gives it: in metres, with the `crs` member of GeoJSON before RFC 7946.
const POSTS: &str = r#"{"type": "FeatureCollection",
"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}},
"features": [
  {"type": "Feature", "id": "OP-1", "properties": {"name": "Hill"},
   "geometry": {"type": "Point", "coordinates": [654160.894, 4436876.897, 812.5]}},
  {"type": "Feature", "id": "OP-2", "properties": {"name": "Mill"},
   "geometry": {"type": "Point", "coordinates": [655829.1, 4437348.2, 640]}}
]}"#;

pub fn main() -> Result<(), Box<dyn Error>> {
    // Typed: the layer is read in WGS84, and tells how.
    let source = Source::from_bytes("posts.geojson", POSTS.into())?;
    let posts = read_posts::<NoProperties>(&source, &LayerOptions::default())?;
    for reprojection in &posts.reprojections {
        reprojection.notes().iter().for_each(|note| println!("{note}"));
        reprojection.warnings().iter().for_each(|warning| println!("warning: {warning}"));
    }
    for post in &posts.items {
        println!("{}", feature_text(&IncidentGeometry::Point(post.position), Some(&post.id), &())?);
    }

    // As text: every byte stays but the coordinates and the `crs`; heights too.
    let (in_wgs84, _) = source.in_wgs84(None)?;
    assert!(in_wgs84.text().contains("[46.8077589"), "{}", in_wgs84.text());
    assert!(in_wgs84.text().contains(", 812.5]") && !in_wgs84.text().contains("crs"));

    // One position at a time, the other way.
    let mut to_utm = Transformation::from_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
    let [easting, northing] = to_utm.convert(46.807759, 40.068059)?;
    println!("46.807759, 40.068059 is {easting:.3}, {northing:.3} in {}", to_utm.crs());
    assert!((easting - 654_160.894).abs() < 1e-3 && (northing - 4_436_876.897).abs() < 1e-3);

    // From here on the layer is one like any other.
    let index = PatrolIndex::new(posts.items, vec![], Edges::Planar)?;
    assert_eq!(index.posts().len(), 2);
    Ok(())
}
