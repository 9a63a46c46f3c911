//! Loads the demonstration layers and says what is in them. Run: cargo run --example load_layers

use std::error::Error;

use patrol_corridor::io::{Layer, LayerOptions, NoProperties, Source, read_posts, read_routes};
use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");

pub fn main() -> Result<(), Box<dyn Error>> {
    let options = LayerOptions::default();
    let posts: Layer<ObservationPost, NoProperties> =
        read_posts(&Source::open(format!("{DATA}/posts.geojson"))?, &options)?;
    let routes: Layer<PatrolRoute, NoProperties> =
        read_routes(&Source::open(format!("{DATA}/routes.geojson"))?, &options)?;
    for warning in posts.warnings.iter().chain(&routes.warnings) {
        println!("{warning}");
    }

    let index = PatrolIndex::new(posts.items, routes.items, Edges::Planar)?;
    println!("{} posts", index.posts().len());
    for (i, route) in index.routes().iter().enumerate() {
        let corridor = &index.corridors()[index.corridor_of(i)].name;
        println!("{}: {:.1} km, corridor of {corridor}", route.id, index.route_length_m(i) / 1000.0);
    }
    assert_eq!((index.posts().len(), index.routes().len(), index.corridors().len()), (27, 5, 4));

    // An error says where and what to do.
    let swapped = r#"{"type":"Point","coordinates":[39.9,146.8]}"#;
    let error = read_posts::<NoProperties>(&Source::from_bytes("swapped.geojson", swapped.into())?, &options);
    println!("{}", error.unwrap_err());
    Ok(())
}
