//! Incidents of every form, as GeoJSON and as CSV: points, geometries, described locations, times, persons.

use std::io::Cursor;

use patrol_corridor::incident::IncidentSource;
use patrol_corridor::io::{IncidentStream, PositionColumns, Rows};
use patrol_corridor::{Error, PatrolIndex};
use serde_json::{Map, Value, json};

use super::draw::Draw;
use super::layers;

/// A file of incidents.
pub struct Log {
    pub text: String,
    /// The delimiter, where it is CSV.
    pub delimiter: Option<u8>,
    /// How many there are.
    pub count: usize,
}

impl Log {
    pub fn draw(draw: &mut Draw<'_>, area: &PatrolIndex) -> Self {
        let delimiter = *draw.one_of(&[None, Some(b','), None, Some(b';')]);
        let count = *draw.one_of(&[4, 1, 2, 7, 12, 3, 5, 4, 4, 1, 2, 7, 12, 3, 5, 4, 6, 0]);
        let incidents: Vec<Incident> = (1..=count).map(|number| incident(draw, area, number)).collect();
        let text = match delimiter {
            Some(delimiter) => table(&incidents, delimiter),
            None => {
                let features: Vec<Value> = incidents.into_iter().map(Incident::feature).collect();
                layers::layer(draw, &features)
            }
        };
        layers::show(&text);
        Log { text, delimiter, count }
    }

    /// Its rows, where it is a table.
    pub fn rows(&self) -> Result<Rows<'_>, Error> {
        Rows::csv("log", self.text.as_bytes(), None, &PositionColumns::default())
    }

    /// The incidents as a source.
    pub fn source(&self) -> Result<IncidentSource, Error> {
        let bytes = self.text.clone().into_bytes();
        Ok(match self.delimiter {
            Some(_) => {
                IncidentSource::Rows(Rows::csv("log", Cursor::new(bytes), None, &PositionColumns::default())?)
            }
            None => IncidentSource::Text(IncidentStream::from_bytes("log", bytes)?),
        })
    }
}

struct Incident {
    id: Option<Value>,
    properties: Map<String, Value>,
    geometry: Value,
}

impl Incident {
    fn feature(self) -> Value {
        let Incident { id, properties, geometry } = self;
        match id {
            Some(id) => json!({"type": "Feature", "id": id, "properties": properties, "geometry": geometry}),
            None => json!({"type": "Feature", "properties": properties, "geometry": geometry}),
        }
    }

    /// The text of a column, as a person or a spreadsheet writes it.
    fn cell(&self, column: &str) -> String {
        let text = |value: &Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(all) => {
                let all: Vec<String> =
                    all.iter().map(|one| one.as_str().map_or(one.to_string(), str::to_owned)).collect();
                all.join(";")
            }
            other => other.to_string(),
        };
        let is_point = self.geometry["type"] == "Point";
        match column {
            "id" => self.id.as_ref().map_or(String::new(), text),
            "lon" if is_point => text(&self.geometry["coordinates"][0]),
            "lat" if is_point => text(&self.geometry["coordinates"][1]),
            _ => self.properties.get(column).map_or(String::new(), text),
        }
    }
}

/// As CSV: `id`, `lon`, `lat` and a column for each property that one of them has.
fn table(incidents: &[Incident], delimiter: u8) -> String {
    let mut columns = vec!["id", "lon", "lat"];
    for name in incidents.iter().flat_map(|incident| incident.properties.keys()) {
        if !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(&columns).unwrap();
    for incident in incidents {
        writer.write_record(columns.iter().map(|column| incident.cell(column))).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn incident(draw: &mut Draw<'_>, area: &PatrolIndex, number: usize) -> Incident {
    let mut properties = Map::new();
    let mut set = |name: &str, value: Value| drop(properties.insert(name.to_owned(), value));
    if !draw.once_in(8) {
        set("time", draw.time());
    }
    set("type", json!(*draw.one_of(&["gunshots", "shelling", "", "<b>"])));
    if draw.once_in(2) {
        set(
            "killed",
            draw.mostly(&[json!(0), json!(2), json!("1"), Value::Null], &[json!(-1), json!(1.5)]).clone(),
        );
        set(
            "wounded",
            draw.mostly(&[json!(3), json!(0), json!("")], &[json!("many"), json!(4_000_000_000_u64)]).clone(),
        );
    }
    if draw.once_in(2) {
        set(
            "status",
            draw.one_of(&[json!("open"), json!("Settled"), json!("under review"), json!(7)]).clone(),
        );
        set("settled_with", json!(draw.text()));
    }
    if draw.once_in(2) {
        set("description", json!(draw.text()));
    }
    let several = 1 + draw.below(3);
    let geometry = match draw.below(16) {
        0..=6 => {
            if draw.once_in(3) {
                uncertainty(draw, &mut set);
            }
            json!({"type": "Point", "coordinates": draw.coordinates()})
        }
        7..=12 => {
            described(draw, area, &mut set);
            if draw.once_in(6) {
                json!({"type": "Point", "coordinates": draw.coordinates()})
            } else {
                Value::Null
            }
        }
        13 => json!({"type": "MultiPoint", "coordinates": draw.coordinates_of(several)}),
        14 => layers::polygon(draw),
        _ => match draw.below(4) {
            0 => Value::Null,
            1 => json!({"type": "LineString", "coordinates": draw.coordinates_of(1 + several)}),
            2 => {
                json!({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": draw.coordinates()}]})
            }
            _ if draw.flaw_in(2) => json!({"type": "Point", "coordinates": [400, 10]}),
            _ => json!({"type": "Polygon", "coordinates": []}),
        },
    };
    // A name of the answers, which stops the run or is replaced.
    if draw.flaw_in(24) {
        set("post_id", json!("mine"));
    }
    let id = (!draw.once_in(8)).then(|| draw.id("I", number));
    Incident { id, properties, geometry }
}

/// How far a position may be off.
fn uncertainty(draw: &mut Draw<'_>, set: &mut impl FnMut(&str, Value)) {
    match draw.below(6) {
        0..=2 => {
            let lengths = [json!(900), json!("25 km"), json!(0), json!(1e-3), json!("1 nmi"), json!(5e5)];
            set("uncertainty_m", draw.mostly(&lengths, &[json!(-1), json!("x"), json!(5e7)]).clone());
        }
        3 => set("coordinateUncertaintyInMeters", json!(10_000.0 * draw.unit())),
        4 => set("where_prec", json!(*draw.mostly(&[1, 2, 4], &[0, 8]))),
        _ => set("geo_precision", json!(*draw.mostly(&["1", "3"], &["0", "4", "x"]))),
    }
}

/// Where something was, without a position.
fn described(draw: &mut Draw<'_>, area: &PatrolIndex, set: &mut impl FnMut(&str, Value)) {
    let [lon, lat] = draw.position();
    match draw.below(10) {
        0..=2 if !area.posts().is_empty() => observed(draw, area, set),
        3 | 4 if !area.routes().is_empty() => along_route(draw, area, set),
        5 if !area.posts().is_empty() => {
            let fixes = 2 + draw.below(2);
            let posts: Vec<String> = (0..fixes).map(|_| post_id(draw, area)).collect();
            let bearings: Vec<Value> = (0..fixes).map(|_| json!(draw.below(360))).collect();
            set("observer_post", json!(posts));
            set("bearing", json!(bearings));
        }
        6 => {
            let references =
                ["38T NK 12 34", "38TNK1234512345", "31NAA6602100000", "ZAH 12345 12345", "60KWG"];
            set("mgrs", json!(*draw.mostly(&references, &["38T", "1"])));
            if draw.once_in(2) {
                uncertainty(draw, set);
            }
        }
        7 => {
            let references = ["38 north 512345 4412345", "60 south 500000 9500000", "1K 200000 8000000"];
            set("utm", json!(*draw.mostly(&references, &["38T 1 1"])));
        }
        8 => {
            let (east, north) = (if lon < 0.0 { 'W' } else { 'E' }, if lat < 0.0 { 'S' } else { 'N' });
            set("dms", json!(format!("{:.4}° {north} {:.4}° {east}", lat.abs(), lon.abs())));
        }
        _ => {
            set("dms", json!("40°04'05\"N 46°48'28\"E"));
            uncertainty(draw, set);
        }
    }
}

/// The id of a post, as a log names it; now and then of none.
fn post_id(draw: &mut Draw<'_>, area: &PatrolIndex) -> String {
    match area.posts() {
        [] => "OP-1".to_owned(),
        _ if draw.flaw_in(8) => "OP-99".to_owned(),
        posts => posts[draw.below(posts.len())].id.to_string(),
    }
}

fn observed(draw: &mut Draw<'_>, area: &PatrolIndex, set: &mut impl FnMut(&str, Value)) {
    set("observer_post", json!(post_id(draw, area)));
    let kind = draw.below(8);
    if kind != 6 {
        let directions =
            [json!("NNE"), json!("W"), json!(43), json!("359.9°"), json!(0), json!("north-north-east")];
        set("bearing", draw.mostly(&directions, &[json!(400), json!("up")]).clone());
    }
    if kind != 5 {
        let distances = [
            json!("2km..7km"),
            json!(2000),
            json!("5 km"),
            json!("1.5 km +- 200 m"),
            json!(0),
            json!("0..3km"),
            json!("3 nmi"),
            json!("900km..1000km"),
            json!("5000 km"),
        ];
        set("distance_m", draw.mostly(&distances, &[json!("7km..2km"), json!("far")]).clone());
    }
    match draw.below(6) {
        4 => set(
            "bearing_tolerance_deg",
            draw.one_of(&[json!(5), json!(0), json!(180), json!("11.25")]).clone(),
        ),
        5 => set("north", json!(*draw.one_of(&["true", "grid", "magnetic"]))),
        _ => {}
    }
}

fn along_route(draw: &mut Draw<'_>, area: &PatrolIndex, set: &mut impl FnMut(&str, Value)) {
    let (id, length_m) = match area.routes() {
        [] => ("R-1".to_owned(), 1_000.0),
        routes => {
            let route = draw.below(routes.len());
            (routes[route].id.to_string(), area.route_length_m(route))
        }
    };
    set("route_id", json!(id));
    let (from_m, to_m) = (length_m * draw.unit(), length_m * draw.unit());
    set(
        "chainage_m",
        match draw.below(8) {
            0..=2 => json!(from_m),
            3 => json!(format!("{:.3}km", from_m / 1e3)),
            4 => json!(format!("{:.1}..{:.1}", from_m.min(to_m), from_m.max(to_m))),
            5 => json!(format!("km {:.1} +- 200 m", from_m / 1e3)),
            6 => json!(length_m),
            _ => json!(*draw.mostly(&["0"], &["0+100", "-5", "1e9"])),
        },
    );
    match draw.below(4) {
        2 => set("chainage_tolerance_m", json!(500.0 * draw.unit())),
        3 => {
            set("offset_m", draw.one_of(&[json!(100), json!("50..300"), json!("2 km")]).clone());
            set("side", json!(*draw.one_of(&["left", "right", ""])));
        }
        _ => {}
    }
}
