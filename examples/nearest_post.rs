//! The nearest post and route of a position. Run: cargo run --example nearest_post

use std::error::Error;

use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};

pub fn main() -> Result<(), Box<dyn Error>> {
    // Posts and a route on both sides of the antimeridian.
    let posts = vec![
        ObservationPost::new("West", Position::from_lon_lat(179.6, -16.8)?),
        ObservationPost::new("East", Position::from_lon_lat(-179.7, -16.7)?),
    ];
    let line: geo_types::LineString = vec![(179.5, -16.9), (-179.8, -16.6)].into();
    let route = PatrolRoute::from_line_string("Ferry", &line)?.with_half_width_m(10_000.0)?;
    let index = PatrolIndex::new(posts, vec![route], Edges::Geodesic)?;

    let incident = Position::from_lon_lat(-179.95, -16.75)?;
    let located = index.locate(incident, &LocateOptions::default());
    let post = located.posts.first().ok_or("no posts")?;
    println!(
        "{}: {:.0} m on {:.0}°, {:.0} m nearer than the next",
        index.posts()[post.post].id,
        post.distance_m,
        post.bearing_deg.unwrap_or_default(),
        located.posts.margin_m().unwrap_or_default(),
    );
    assert_eq!(index.posts()[post.post].id.as_str(), "East");

    let route = located.routes.first().ok_or("no routes")?.location;
    println!("Ferry km {:.2}, {:.0} m to the {}", route.chainage_m / 1e3, route.offset_m, route.side);
    assert_eq!(located.in_corridor, Some(true));

    // All posts within 50 km, and the same by brute force.
    let near = index.posts_within(incident, 50_000.0, &LocateOptions::default())?;
    assert_eq!(near, index.posts_within(incident, 50_000.0, &Search::Scan.into())?);
    println!("{} post(s) within 50 km", near.len());
    Ok(())
}
