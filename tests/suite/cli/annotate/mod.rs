//! `patrol annotate`: what is written into the incidents, by the annotation contract.

mod answers;
mod arguments;
mod choice;
mod grid_references;
mod ids;
mod names;
mod numbers;
mod provenance;

use crate::program::point;
use crate::support::{karney, position};

const POST_MEMBERS: [&str; 5] =
    ["post_bearing_deg", "post_distance_m", "post_id", "post_margin_m", "post_name"];
const ROUTE_MEMBERS: [&str; 11] = [
    "corridor",
    "corridors",
    "in_corridor",
    "route_chainage_m",
    "route_distance_m",
    "route_foot_lat",
    "route_foot_lon",
    "route_id",
    "route_margin_m",
    "route_name",
    "route_side",
];

/// A degree of longitude on the equator.
const DEGREE_M: f64 = 6_378_137.0 * std::f64::consts::PI / 180.0;

/// The distance to the equator along a meridian.
fn meridian_m(lat: f64) -> f64 {
    karney(position(0.0, 0.0), position(0.0, lat))
}

fn incident(lon: f64, lat: f64) -> String {
    point("null", "{}", lon, lat)
}

/// 200 incidents around the field and far from it.
fn scattered(count: usize) -> Vec<String> {
    let mut rng = fastrand::Rng::with_seed(20201110);
    let mut incidents: Vec<String> =
        (0..count - 4).map(|_| incident(46.3 + 0.9 * rng.f64(), 39.4 + 0.9 * rng.f64())).collect();
    incidents.extend(
        [(0.0, 90.0), (180.0, -90.0), (-133.25, -39.8), (46.546782, 39.586975)]
            .map(|(lon, lat)| incident(lon, lat)),
    );
    incidents
}
