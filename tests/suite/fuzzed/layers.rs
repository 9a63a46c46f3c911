//! Posts, routes and corridors as GeoJSON: valid, or with one thing wrong now and then.

use patrol_corridor::io::{self, Layer, LayerOptions, NoProperties, Source};
use patrol_corridor::report::bulletin::{Contacts, Notify};
use patrol_corridor::time::Zone;
use patrol_corridor::{CorridorRegion, Edges, Error, ObservationPost, PatrolIndex, PatrolRoute};
use serde_json::{Map, Value, json};

use super::draw::Draw;

/// What a target leaves out of the layers because it takes long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widths {
    /// Of all kinds.
    All,
    /// None wider than 50 km.
    Narrow,
}

/// The layers of a case, read.
pub struct Layers {
    pub area: PatrolIndex,
    pub corridors: Vec<CorridorRegion>,
    pub contacts: Contacts,
}

impl Layers {
    /// `None` where the reader refuses them.
    pub fn read(draw: &mut Draw<'_>, widths: Widths) -> Option<Self> {
        let edges = *draw.one_of(&[Edges::Planar, Edges::Geodesic]);
        let texts = [posts(draw), routes(draw, widths), corridors(draw)];
        texts.iter().for_each(|text| show(text));
        let [posts, routes, corridors] = texts.map(|text| Source::from_bytes("layer", text.into()));
        let zone: Option<Zone> = draw.once_in(2).then(|| "Asia/Baku".parse().unwrap());
        let options = LayerOptions::default().with_zone(zone);
        let posts: Layer<ObservationPost, Notify> = one_line(io::read_posts(&posts.ok()?, &options))?;
        let routes: Layer<PatrolRoute, Notify> = one_line(io::read_routes(&routes.ok()?, &options))?;
        let corridors: Layer<CorridorRegion, NoProperties> =
            one_line(io::read_corridors(&corridors.ok()?, &options))?;
        let contacts = Contacts::default().with_posts(posts.properties).with_routes(routes.properties);
        let area = one_line(PatrolIndex::new(posts.items, routes.items, edges))?;
        let corridors = corridors.items;
        Some(Layers { area: area.with_corridor_regions(&corridors), corridors, contacts })
    }
}

/// Prints a text of the case, where the case is looked at.
pub fn show(text: &str) {
    if std::env::var_os("PATROL_FUZZ_SHOW").is_some() {
        eprintln!("{text}");
    }
}

/// What was read, where the reader took it; what it tells of the rest is one line.
pub fn one_line<T>(read: Result<T, Error>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(error) => {
            let text = error.to_string();
            assert!(!text.is_empty() && !text.contains(['\n', '\r']), "{text:?}");
            None
        }
    }
}

/// A feature; the id beside the properties or among them, or none.
fn feature(draw: &mut Draw<'_>, id: Value, mut properties: Map<String, Value>, geometry: Value) -> Value {
    match draw.below(8) {
        0..=4 => {
            properties.insert("id".to_owned(), id);
            json!({"type": "Feature", "properties": properties, "geometry": geometry})
        }
        5 | 6 => json!({"type": "Feature", "id": id, "properties": properties, "geometry": geometry}),
        _ => json!({"type": "Feature", "properties": properties, "geometry": geometry, "x": [1]}),
    }
}

/// A layer: a collection, or a feature a line.
pub fn layer(draw: &mut Draw<'_>, features: &[Value]) -> String {
    match draw.below(8) {
        7 if !features.is_empty() => features.iter().map(|feature| format!("{feature}\n")).collect(),
        6 => json!({"type": "FeatureCollection", "name": draw.text(), "features": features}).to_string(),
        _ => json!({"type": "FeatureCollection", "features": features}).to_string(),
    }
}

/// The members that posts and routes have in common.
fn properties(draw: &mut Draw<'_>) -> Map<String, Value> {
    let mut properties = Map::new();
    if draw.once_in(2) {
        properties.insert("name".to_owned(), json!(draw.text()));
    }
    if draw.once_in(8) {
        let notify = json!([{"name": draw.text(), "role": draw.text()}, draw.text()]);
        properties.insert("notify".to_owned(), notify);
    }
    draw.service(&mut properties);
    properties
}

fn posts(draw: &mut Draw<'_>) -> String {
    let count = *draw.one_of(&[3, 1, 2, 4, 6, 9, 3, 5, 2, 7, 4, 0]);
    let posts: Vec<Value> = (1..=count)
        .map(|number| {
            let mut properties = properties(draw);
            if draw.once_in(3) {
                let radius_m = draw.metres(&[5_000.0, 1.0, 800.0, 60_000.0, 2e7, 3e7], 4e5);
                let radius_m = if draw.flaw_in(16) { json!(-1) } else { json!(radius_m) };
                properties.insert("watch_radius_m".to_owned(), radius_m);
            }
            let several = 1 + draw.below(3);
            let geometry = match draw.below(24) {
                22 => json!({"type": "MultiPoint", "coordinates": draw.coordinates_of(several)}),
                23 if draw.flaw_in(2) => json!({"type": "Point", "coordinates": [46.8, 139.9]}),
                _ => json!({"type": "Point", "coordinates": draw.coordinates()}),
            };
            let id = draw.id("OP", number);
            feature(draw, id, properties, geometry)
        })
        .collect();
    layer(draw, &posts)
}

fn routes(draw: &mut Draw<'_>, widths: Widths) -> String {
    let count = *draw.one_of(&[2, 1, 3, 5, 2, 1, 3, 4, 2, 1, 2, 0]);
    let routes: Vec<Value> = (1..=count)
        .map(|number| {
            let mut properties = properties(draw);
            match draw.below(4) {
                0 => {}
                1 => drop(properties.insert("corridor".to_owned(), json!(draw.text()))),
                _ => drop(properties.insert("corridor".to_owned(), json!(format!("C{}", draw.below(2))))),
            }
            if !draw.once_in(3) {
                properties.insert("half_width_m".to_owned(), half_width_m(draw, widths));
            }
            if draw.once_in(6) {
                let start_m = *draw.one_of(&[12_400.0, -50.0, 0.0, 1e9]);
                properties.insert("start_chainage_m".to_owned(), json!(start_m));
            }
            let mut line = || {
                let vertices = 2 + draw.below(6);
                let mut line = draw.coordinates_of(vertices);
                // Repeated vertices, and a line that is one place.
                match draw.below(12) {
                    10 => line.insert(1, line[0].clone()),
                    11 => line = vec![line[0].clone(); 2],
                    _ => {}
                }
                line
            };
            let lines = [line(), line(), line()];
            let geometry = match draw.below(6) {
                5 => json!({"type": "MultiLineString", "coordinates": lines}),
                4 => json!({"type": "MultiLineString", "coordinates": lines[..1]}),
                _ => json!({"type": "LineString", "coordinates": lines[0]}),
            };
            let id = draw.id("R", number);
            feature(draw, id, properties, geometry)
        })
        .collect();
    layer(draw, &routes)
}

fn half_width_m(draw: &mut Draw<'_>, widths: Widths) -> Value {
    let narrow_m = draw.metres(&[2_500.0, 1.0, 500.0, 20_000.0, 1.5], 50_000.0).max(1.0);
    match draw.below(48) {
        46 if widths == Widths::All => json!(*draw.one_of(&[9e5, 1e6, 1.1e6])),
        40..=45 if widths == Widths::All => json!(4e5 * draw.unit() + 1.0),
        47 if draw.flaw_in(1) => json!(*draw.one_of(&[0.0, -2.0])),
        _ => json!(narrow_m),
    }
}

/// Corridors that are polygons; mostly none.
fn corridors(draw: &mut Draw<'_>) -> String {
    let count = *draw.one_of(&[0, 0, 1, 2]);
    let corridors: Vec<Value> = (1..=count)
        .map(|number| {
            let properties = json!({"corridor": draw.text()});
            let id = draw.id("C", number);
            let geometry = polygon(draw);
            json!({"type": "Feature", "id": id, "properties": properties, "geometry": geometry})
        })
        .collect();
    layer(draw, &corridors)
}

/// A triangle or a box, small beside the Earth, that is on one side of 180 degrees.
pub fn polygon(draw: &mut Draw<'_>) -> Value {
    let [lon, lat] = draw.position();
    let reach = *draw.one_of(&[0.1, 1e-4, 1.0]);
    let (west, south) = (lon.clamp(-180.0, 180.0 - reach), lat.clamp(-90.0, 90.0 - reach));
    let (east, north) = (west + reach, south + reach);
    match draw.below(3) {
        0 => {
            json!({"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, south]]]})
        }
        1 => json!({"type": "Polygon", "coordinates":
            [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}),
        _ => json!({"type": "MultiPolygon", "coordinates":
            [[[[west, south], [east, south], [east, north], [west, south]]]]}),
    }
}
