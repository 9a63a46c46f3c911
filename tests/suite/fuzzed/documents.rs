//! Documents of KML and GPX: placemarks, waypoints, routes and tracks in folders, with texts in every way that XML has, are
//! read as what was written.

use std::io::{Cursor, Read};

use patrol_corridor::io::{Features, ReadLimits};
use serde_json::{Map, Value, json};

use super::draw::Draw;

/// What a document says, and what must be read of it.
struct Document {
    text: String,
    features: Vec<Value>,
}

pub fn run(bytes: &[u8]) -> bool {
    let mut draw = Draw::new(bytes);
    let is_kml = draw.below(2) == 0;
    let Document { text, features } = if is_kml { kml(&mut draw) } else { gpx(&mut draw) };
    if std::env::var_os("PATROL_FUZZ_SHOW").is_some() {
        println!("{text}");
    }
    let (limits, input) = (ReadLimits::default(), Cursor::new(text.clone().into_bytes()));
    let found = if is_kml {
        Features::kml("in.kml", input, &limits)
    } else {
        Features::gpx("in.gpx", input, &limits)
    };
    let mut read = String::new();
    found.map(|mut found| found.read_to_string(&mut read).unwrap()).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let records = read.split('\u{1e}').filter(|record| !record.trim().is_empty());
    let read: Vec<Value> = records.map(|record| serde_json::from_str(record).unwrap()).collect();
    assert_eq!(read.len(), features.len(), "{text}");
    for (read, expected) in read.iter().zip(&features) {
        for member in ["geometry", "properties"] {
            assert_eq!(told(&read[member]), told(&expected[member]), "{member}\n{text}");
        }
    }
    !features.is_empty()
}

/// Without members that say nothing.
fn told(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect(),
        value => value.clone(),
    }
}

/// Text that XML can hold, and that no reader trims.
fn text(draw: &mut Draw<'_>) -> String {
    let text: String = draw.text().chars().filter(|c| !c.is_control()).collect();
    text.trim().to_owned()
}

/// The same in one of the ways that XML has, all of it or its parts.
fn written(draw: &mut Draw<'_>, text: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    match draw.below(4) {
        0 => format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>")),
        1 => text.chars().map(|c| format!("&#x{:X};", c as u32)).collect(),
        2 => {
            let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
            format!("{}<!-- < & -->{}", escaped(&text[..half]), escaped(&text[half..]))
        }
        _ => escaped(text),
    }
}

/// Elements of no meaning, comments and blanks between others.
fn noise(draw: &mut Draw<'_>) -> &'static str {
    const NOISE: [&str; 5] =
        ["", "\n", " <!-- <Placemark> -->", "<?x y?>", "<foreign xmlns=\"urn:x\"><a><b/></a>x</foreign>"];
    NOISE[draw.below(NOISE.len())]
}

fn positions(draw: &mut Draw<'_>, count: usize, height: Option<f64>) -> Vec<Value> {
    let one = |draw: &mut Draw<'_>| {
        let [lon, lat] = draw.position();
        height.map_or_else(|| json!([lon, lat]), |height| json!([lon, lat, height]))
    };
    (0..count).map(|_| one(draw)).collect()
}

/// `1,2,3 4,5,6`.
fn tuples(draw: &mut Draw<'_>, positions: &[Value]) -> String {
    let tuple = |position: &Value| {
        position.as_array().unwrap().iter().map(Value::to_string).collect::<Vec<_>>().join(",")
    };
    let between = *draw.one_of(&[" ", "\n  ", "\t"]);
    format!(
        "<coordinates>{between}{}</coordinates>",
        positions.iter().map(tuple).collect::<Vec<_>>().join(between)
    )
}

fn kml(draw: &mut Draw<'_>) -> Document {
    let mut document = Document { text: String::new(), features: Vec::new() };
    document.text += "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>";
    container(draw, &mut document, &mut Vec::new());
    document.text += "</Document></kml>";
    document
}

fn container(draw: &mut Draw<'_>, document: &mut Document, folders: &mut Vec<String>) {
    for _ in 0..draw.below(4) {
        document.text += noise(draw);
        placemark(draw, document, folders);
    }
    if folders.len() < 3 && draw.below(2) == 1 {
        let name = text(draw);
        let name = if name.is_empty() || name.contains('/') { "F".to_owned() } else { name };
        document.text += &format!("<Folder><name>{}</name>", written(draw, &name));
        folders.push(name);
        container(draw, document, folders);
        folders.pop();
        document.text += "</Folder>";
    }
}

fn placemark(draw: &mut Draw<'_>, document: &mut Document, folders: &[String]) {
    let mut properties = Map::new();
    document.text += "<Placemark>";
    for element in ["name", "description"] {
        let text = text(draw);
        if draw.below(2) == 1 && !text.is_empty() {
            document.text += &format!("<{element}>{}</{element}>", written(draw, &text));
            properties.insert(element.to_owned(), json!(text));
        }
    }
    document.text += "<ExtendedData>";
    for number in 0..draw.below(3) {
        let text = text(draw);
        document.text += &format!("<Data name=\"d{number}\"><value>{}</value></Data>", written(draw, &text));
        properties.insert(format!("d{number}"), if text.is_empty() { Value::Null } else { json!(text) });
    }
    document.text += "</ExtendedData>";
    if !folders.is_empty() {
        properties.insert("folder".to_owned(), json!(folders.join("/")));
    }
    let height = (draw.below(2) == 1).then_some(12.5);
    let geometry = match draw.below(4) {
        0 => Value::Null,
        1 => {
            let at = positions(draw, 1, height);
            document.text += &format!("<Point>{}</Point>", tuples(draw, &at));
            json!({ "type": "Point", "coordinates": at[0] })
        }
        2 => {
            let count = 2 + draw.below(4);
            let line = positions(draw, count, height);
            document.text += &format!("<LineString>{}</LineString>", tuples(draw, &line));
            json!({ "type": "LineString", "coordinates": line })
        }
        _ => {
            let count = 2 + draw.below(3);
            let points = positions(draw, count, height);
            let each: String = points
                .iter()
                .map(|point| format!("<Point>{}</Point>", tuples(draw, std::slice::from_ref(point))))
                .collect();
            document.text += &format!("<MultiGeometry>{each}</MultiGeometry>");
            json!({ "type": "MultiPoint", "coordinates": points })
        }
    };
    document.text += "</Placemark>";
    document.features.push(json!({ "properties": properties, "geometry": geometry }));
}

fn gpx(draw: &mut Draw<'_>) -> Document {
    let mut document = Document { text: String::new(), features: Vec::new() };
    document.text += "<gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\">";
    for _ in 0..draw.below(5) {
        document.text += noise(draw);
        let kind = *draw.one_of(&["wpt", "rte", "trk"]);
        let mut properties = Map::from_iter([("gpx_type".to_owned(), json!(kind))]);
        let mut members = String::new();
        for element in ["name", "cmt", "sym"] {
            let text = text(draw);
            if draw.below(2) == 1 && !text.is_empty() {
                members += &format!("<{element}>{}</{element}>", written(draw, &text));
                properties.insert(element.to_owned(), json!(text));
            }
        }
        let height = (draw.below(2) == 1).then_some(12.5);
        let point = |tag: &str, at: &Value, inner: &str| {
            let ele = height.map_or(String::new(), |height| format!("<ele>{height}</ele>"));
            format!("<{tag} lon=\"{}\" lat='{}'>{ele}{inner}</{tag}>", at[0], at[1])
        };
        let geometry = match kind {
            "wpt" => {
                let at = positions(draw, 1, height);
                document.text += &point("wpt", &at[0], &members);
                if let Some(height) = height {
                    properties.insert("ele".to_owned(), json!(height));
                }
                json!({ "type": "Point", "coordinates": at[0] })
            }
            kind => {
                let (segment, vertex) = if kind == "rte" { ("", "rtept") } else { ("trkseg", "trkpt") };
                let count = if kind == "rte" { 1 } else { 1 + draw.below(3) };
                document.text += &format!("<{kind}>{members}");
                let mut lines = Vec::new();
                for _ in 0..count {
                    let count = 2 + draw.below(3);
                    let line = positions(draw, count, height);
                    let points: String = line.iter().map(|at| point(vertex, at, "")).collect();
                    document.text += &match segment {
                        "" => points,
                        _ => format!("<{segment}>{points}</{segment}>"),
                    };
                    lines.push(line);
                }
                document.text += &format!("</{kind}>");
                match &lines[..] {
                    [line] => json!({ "type": "LineString", "coordinates": line }),
                    _ => json!({ "type": "MultiLineString", "coordinates": lines }),
                }
            }
        };
        document.features.push(json!({ "properties": properties, "geometry": geometry }));
    }
    document.text += "</gpx>";
    document
}
