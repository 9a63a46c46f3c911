//! The fixtures under `tests/fixtures`: tables of numbers with a header line, and lines as WKT.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts, read_routes};
use patrol_corridor::{Edges, FeatureId, ObservationPost, PatrolIndex, PatrolRoute, Position};

use crate::support::{position, wrap};

/// A path below the root of the project.
pub fn project_path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a file of the project.
pub fn project_file(path: &str) -> String {
    let path = project_path(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every file below a folder of the project, however deep, sorted.
pub fn files_below(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, files) } else { files.push(path) }
        }
    }
    let mut files = Vec::new();
    walk(&project_path(folder), &mut files);
    files.sort();
    files
}

/// JSON of a fixture or of the data of the project.
pub fn json(path: &str) -> serde_json::Value {
    serde_json::from_str(&project_file(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A line of a table.
#[derive(Debug)]
pub struct Row(HashMap<String, String>);

impl Row {
    pub fn text(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("no column {column} in {self:?}"))
    }

    pub fn number(&self, column: &str) -> f64 {
        self.text(column).trim().parse().unwrap_or_else(|e| panic!("{column} of {self:?}: {e}"))
    }

    /// A position by the names of its columns; the longitude is wrapped.
    pub fn position(&self, lon: &str, lat: &str) -> Position {
        position(wrap(self.number(lon)), self.number(lat))
    }
}

/// The rows of a table under `tests/fixtures`; never none.
pub fn table(path: &str) -> Vec<Row> {
    let text = project_file(&format!("tests/fixtures/{path}"));
    let mut lines = text.lines().map(cells);
    let header = lines.next().unwrap();
    let rows: Vec<Row> = lines
        .map(|cells| {
            assert_eq!(cells.len(), header.len(), "{path}: {cells:?}");
            Row(header.iter().cloned().zip(cells).collect())
        })
        .collect();
    assert!(!rows.is_empty(), "{path}");
    rows
}

/// The cells of a line; those in quotes may hold commas, and quotes twice.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => cells.last_mut().unwrap().push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

/// The parts of a POINT, LINESTRING, MULTIPOINT or MULTILINESTRING in WKT.
pub fn wkt(text: &str) -> Vec<Vec<(f64, f64)>> {
    let parts: Vec<Vec<(f64, f64)>> = (text.split('(').skip(1))
        .map(|piece| piece.split(')').next().unwrap())
        .filter(|piece| !piece.trim().is_empty())
        .map(|piece| {
            (piece.split(','))
                .map(|pair| {
                    let mut numbers = pair.split_whitespace().map(|n| n.parse().unwrap());
                    (numbers.next().unwrap(), numbers.next().unwrap())
                })
                .collect()
        })
        .collect();
    assert!(!parts.is_empty(), "{text}");
    parts
}

/// A route through pairs of longitude and latitude; longitudes are wrapped.
pub fn route(id: &str, parts: &[Vec<(f64, f64)>]) -> PatrolRoute {
    let part = |part: &Vec<(f64, f64)>| part.iter().map(|&(lon, lat)| position(wrap(lon), lat)).collect();
    PatrolRoute::from_parts(id, parts.iter().map(part).collect()).unwrap()
}

/// The features of a GeoJSON file.
pub fn features(path: &str) -> Vec<serde_json::Value> {
    json(path)["features"].as_array().unwrap_or_else(|| panic!("{path}")).clone()
}

pub fn id(feature: &serde_json::Value) -> FeatureId {
    match &feature["id"] {
        serde_json::Value::String(text) => FeatureId::text(text.as_str()),
        number => FeatureId::number(&number.to_string()).unwrap(),
    }
}

/// The positions of a geometry's coordinates, however deep they lie.
pub fn positions(coordinates: &serde_json::Value) -> Vec<Position> {
    match coordinates.as_array() {
        Some(pair) if pair.first().is_some_and(serde_json::Value::is_number) => {
            vec![position(pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap())]
        }
        Some(deeper) => deeper.iter().flat_map(positions).collect(),
        None => Vec::new(),
    }
}

/// An area from the layers `posts.geojson` and `routes.geojson` of a folder, without the crate's readers.
pub fn area(folder: &str, edges: Edges) -> PatrolIndex {
    let posts = (features(&format!("{folder}/posts.geojson")).iter())
        .map(|post| ObservationPost::new(id(post), positions(&post["geometry"]["coordinates"])[0]))
        .collect();
    let routes = (features(&format!("{folder}/routes.geojson")).iter())
        .map(|feature| {
            let coordinates = &feature["geometry"]["coordinates"];
            let parts = match feature["geometry"]["type"].as_str().unwrap() {
                "MultiLineString" => coordinates.as_array().unwrap().iter().map(positions).collect(),
                _ => vec![positions(coordinates)],
            };
            let mut route = PatrolRoute::from_parts(id(feature), parts).unwrap();
            route.corridor = feature["properties"]["corridor"].as_str().map(str::to_owned);
            match feature["properties"]["half_width_m"].as_f64() {
                Some(half_width_m) => route.with_half_width_m(half_width_m).unwrap(),
                None => route,
            }
        })
        .collect();
    PatrolIndex::new(posts, routes, edges).unwrap()
}

/// The area of the demonstration set, by the crate's own readers.
pub fn demonstration_area(edges: Edges) -> PatrolIndex {
    let source = |name: &str| Source::open(project_path("data/karabakh-2020").join(name)).unwrap();
    let options = LayerOptions::default();
    let posts = read_posts::<NoProperties>(&source("posts.geojson"), &options).unwrap();
    let routes = read_routes::<NoProperties>(&source("routes.geojson"), &options).unwrap();
    PatrolIndex::new(posts.items, routes.items, edges).unwrap()
}
