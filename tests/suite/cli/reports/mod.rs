//! `patrol annotate` on reports that are not a point: what is written, in GeoJSON and tables, and where the regions go.

mod forms;
mod options;
mod regions;
mod rules;
mod tables;

use std::fs;

use serde_json::{Map, Value};

use crate::fixtures::project_path;
use crate::program::{Folder, collection, feature};

/// The demonstration set's posts and routes; a report along a route needs a prefix.
const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson --prefix near_";

/// The members of the contract's last table, flat ones, in order.
const REPORT_MEMBERS: [&str; 9] = [
    "location_form",
    "location_area_km2",
    "post_certain",
    "route_certain",
    "post_candidates",
    "route_candidates",
    "corridor_share",
    "location_doubt",
    "location_assumed",
];

/// A log as a monitor types it, with 20 described locations.
fn folder_with_log() -> Folder {
    let folder = Folder::with_demonstration();
    fs::copy(project_path("tests/fixtures/sightings/log.csv"), folder.path("log.csv")).unwrap();
    folder
}

/// A feature without a geometry that reports its location by these fields.
fn reported(fields: &[(&str, &str)]) -> String {
    let fields: Map<String, Value> =
        fields.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text))).collect();
    feature("null", &Value::from(fields).to_string(), "null")
}

/// A folder with these as `incidents.geojson`.
fn folder_with(incidents: &[String]) -> Folder {
    let folder = Folder::with_demonstration();
    folder.write("incidents.geojson", collection(incidents));
    folder
}

/// From a post to 2 to 7 km north-north-east.
const HEARD: [(&str, &str); 3] = [("observer_post", "OP-07"), ("bearing", "NNE"), ("distance_m", "2km..7km")];
