//! What the page's script knows: JSON that can stand within a script element.

use super::incidents::{KEPT_PROPERTIES, MOST_FIELD_BYTES};
use super::projection::place_text;
use super::scene::{FieldText, IncidentShape, Item, REPORTED_AS, Scene};
use crate::io::{base64, write_string};

/// The fields that stay where the properties are too many.
fn kept() -> Vec<&'static str> {
    let own = ["nearest post", "nearest route", REPORTED_AS, "position"];
    own.into_iter().chain(KEPT_PROPERTIES).collect()
}

/// The names of fields, each once.
#[derive(Default)]
struct Keys {
    names: Vec<String>,
    places: std::collections::HashMap<String, usize>,
}

impl Keys {
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}

/// The data of a scene; `<`, `>` and `&` are escaped, so that no text in it ends the element.
pub(super) fn json(scene: &Scene) -> String {
    let mut keys = Keys::default();
    let mut out = String::from("{");
    let metres = scene.frame.metres_per_px;
    out.push_str(&format!(
        "\"mpp\":{metres:e},\"height\":{},\"pitch\":{}",
        scene.frame.height,
        super::bins::PITCH_PX
    ));
    let classes: Vec<String> = super::bins::CLASSES.iter().map(u32::to_string).collect();
    out.push_str(&format!(",\"classes\":[{}],\"binned\":{}", classes.join(","), scene.is_binned));
    if let Some(zone) = &scene.zone {
        out.push_str(",\"zone\":");
        write_string(zone, &mut out);
    }
    let posts: Vec<&Item> = scene.posts.iter().map(|(item, _)| item).collect();
    items("post", &posts, None, &mut keys, &mut out);
    let shapes = [("route", &scene.routes), ("corridor", &scene.corridors), ("gap", &scene.gaps)];
    for (kind, shapes) in shapes {
        items(kind, &shapes.iter().map(|(item, _)| item).collect::<Vec<_>>(), None, &mut keys, &mut out);
    }
    let incidents = scene.incident_shapes();
    let bytes = |(name, value): &FieldText| name.len().min(6) + value.len();
    let total: usize = incidents.iter().flat_map(|incident| incident.item.fields.iter().map(bytes)).sum();
    let kept = (scene.is_cut || total > MOST_FIELD_BYTES).then(kept);
    out.push_str(&format!(",\"cut\":{}", kept.is_some()));
    items(
        "incident",
        &incidents.iter().map(|one| &one.item).collect::<Vec<_>>(),
        kept.as_deref(),
        &mut keys,
        &mut out,
    );
    // Minutes since 1970; the least number for none.
    let minute =
        |one: &IncidentShape| one.time_s.map_or(i32::MIN, |s| (s / 60.0).floor().clamp(-2e9, 2e9) as i32);
    if incidents.iter().any(|one| one.time_s.is_some()) {
        out.push_str(",\"times\":");
        integers(incidents.iter().map(minute), &mut out);
    }
    let hundredths = |px: f64| (100.0 * px).round().clamp(-2e9, 2e9) as i32;
    let places = incidents
        .iter()
        .zip(0..)
        .flat_map(|(one, n)| one.places.iter().flat_map(move |[x, y]| [hundredths(*x), hundredths(*y), n]));
    out.push_str(",\"places\":");
    integers(places, &mut out);
    if scene.is_binned && !(scene.posts.is_empty() && scene.routes.is_empty()) {
        let end = |way: &Option<(String, [f64; 2])>| {
            way.as_ref().map_or([i32::MIN; 2], |(_, [x, y])| [hundredths(*x), hundredths(*y)])
        };
        let ends = incidents.iter().flat_map(|one| [end(&one.to_post), end(&one.to_route)].concat());
        out.push_str(",\"ends\":");
        integers(ends, &mut out);
    }
    out.push_str(",\"keys\":[");
    for (i, name) in keys.names.iter().enumerate() {
        comma(i, &mut out);
        write_string(name, &mut out);
    }
    out.push_str("]}");
    out.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// `,"kind":[[id,name,key,value,key,value,...],...]`, keys by their places.
fn items(kind: &str, items: &[&Item], kept: Option<&[&str]>, keys: &mut Keys, out: &mut String) {
    out.push_str(&format!(",\"{kind}\":["));
    for (i, item) in items.iter().enumerate() {
        comma(i, out);
        out.push('[');
        write_string(&item.id, out);
        out.push(',');
        write_string(&item.name, out);
        for (name, value) in &item.fields {
            if kept.is_some_and(|kept| !kept.contains(&name.as_str())) {
                continue;
            }
            out.push_str(&format!(",{},", keys.place(name)));
            write_string(value, out);
        }
        out.push(']');
    }
    out.push(']');
}

fn comma(i: usize, out: &mut String) {
    if i > 0 {
        out.push(',');
    }
}

/// Little-endian integers of 32 bits in base 64.
fn integers(values: impl Iterator<Item = i32>, out: &mut String) {
    let bytes: Vec<u8> = values.flat_map(i32::to_le_bytes).collect();
    out.push('"');
    out.push_str(&base64(&bytes));
    out.push('"');
}

/// The centre of the map, for a reader.
pub(super) fn centre_text(scene: &Scene) -> String {
    let middle = [0.5 * super::frame::WIDTH, 0.5 * scene.frame.height];
    scene.frame.position(middle).map_or(String::new(), |centre| place_text(centre, 2))
}
