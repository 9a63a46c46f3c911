//! What the page's script knows: JSON that can stand within a script element.

use std::fmt::Write;

use super::incidents::{KEPT_PROPERTIES, MapIncident};
use super::projection::place_text;
use super::scene::{Item, POSITION_DECIMALS, REPORTED_AS, Scene};
use crate::io::{Value, base64, members, write_string};
use crate::linear::Side;
use crate::number::{bearing, write_fixed};
use crate::region::LocationForm;
use crate::report::markup::isolated;

/// The names of fields, each once.
#[derive(Default)]
struct Keys {
    /// Each with how its place is written.
    names: Vec<(String, String)>,
    places: std::collections::HashMap<String, usize>,
    /// The place that is likely next: the fields of an incident are those of the one before.
    next: usize,
}

impl Keys {
    /// The place of a name among them, between commas.
    fn place(&mut self, name: &str) -> &str {
        let is_next = self.names.get(self.next).is_some_and(|(known, _)| known == name);
        let place = match is_next {
            true => self.next,
            false => self.places.get(name).copied().unwrap_or(self.names.len()),
        };
        if place == self.names.len() {
            self.places.insert(name.to_owned(), place);
            self.names.push((name.to_owned(), format!(",{place},")));
        }
        self.next = place + 1;
        &self.names[place].1
    }
}

/// True of a text that could end a script element. 0xE2 is how U+2028 and U+2029 begin.
fn ends_scripts(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'<' | b'>' | b'&' | 0xE2))
}

/// The JSON of a scene, and the names of fields in it.
struct Script {
    out: String,
    keys: Keys,
    /// Only a few of the properties are kept.
    is_cut: bool,
}

impl Script {
    /// A string that ends no script element, whatever is in it.
    fn string(&mut self, text: &str) {
        let from = self.out.len();
        write_string(text, &mut self.out);
        if ends_scripts(&self.out[from..]) {
            let written = self.out.split_off(from);
            self.defused(&written);
        }
    }

    /// A string that is JSON already.
    fn json_string(&mut self, json: &str) {
        match ends_scripts(json) {
            true => self.defused(json),
            false => self.out.push_str(json),
        }
    }

    fn defused(&mut self, json: &str) {
        for c in json.chars() {
            match c {
                '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                    let _ = write!(self.out, "\\u{:04x}", u32::from(c));
                }
                c => self.out.push(c),
            }
        }
    }

    /// `,"kind":[[id,name,key,value,key,value,...],...]`, keys by their places.
    fn list<T>(&mut self, kind: &str, things: &[T], write: impl Fn(&mut Self, &T)) {
        let _ = write!(self.out, ",\"{kind}\":[");
        for (i, thing) in things.iter().enumerate() {
            self.out.push_str(if i > 0 { ",[" } else { "[" });
            write(self, thing);
            self.out.push(']');
        }
        self.out.push(']');
    }

    fn head(&mut self, id: &str, name: &str) {
        self.string(id);
        self.out.push(',');
        self.string(name);
    }

    fn field(&mut self, name: &str, value: &str) {
        self.out.push_str(self.keys.place(name));
        self.string(value);
    }

    fn item(&mut self, item: &Item) {
        self.head(&item.id, &item.name);
        item.fields.iter().for_each(|(name, value)| self.field(name, value));
    }

    fn incident(&mut self, incident: &MapIncident, names: &Names) {
        self.keys.next = names.first_key;
        self.head(&incident.id, "");
        let mut text = String::new();
        if let Some((hit, _)) = &incident.post {
            write_fixed(hit.distance_m / 1e3, 2, &mut text);
            text.push_str(" km");
            if let Some(deg) = hit.bearing_deg {
                let deg = bearing(deg, 0);
                text.push_str(match deg {
                    100.0.. => " on ",
                    10.0.. => " on 0",
                    _ => " on 00",
                });
                write_fixed(deg, 0, &mut text);
                text.push('\u{b0}');
            }
            text.push_str(" from ");
            text.push_str(&names.posts[hit.post]);
            self.field("nearest post", &text);
        }
        if let Some((hit, _)) = &incident.route {
            let location = &hit.location;
            text.clear();
            text.push_str(&names.routes[hit.route]);
            text.push_str(" km ");
            write_fixed(location.chainage_m / 1e3, 1, &mut text);
            text.push_str(", ");
            match location.side {
                Side::On => text.push_str("on the route"),
                side => {
                    write_fixed(location.offset_m / 1e3, 2, &mut text);
                    text.push_str(" km ");
                    text.push_str(side.as_str());
                }
            }
            self.field("nearest route", &text);
        }
        if let Some(form) = incident.form.filter(|form| *form != LocationForm::Position) {
            self.field(REPORTED_AS, form.as_str());
        }
        if let [position] = incident.positions[..] {
            self.field("position", &place_text(position, POSITION_DECIMALS));
        }
        for member in members(&incident.properties) {
            if self.is_cut && !KEPT_PROPERTIES.contains(&&*member.key) {
                continue;
            }
            self.out.push_str(self.keys.place(&member.key));
            match member.value.starts_with('"') {
                true => self.json_string(member.value),
                false => self.string(Value::of_json(member.value).plain()),
            }
        }
    }
}

/// The names of posts and routes within a sentence.
struct Names {
    posts: Vec<String>,
    routes: Vec<String>,
    /// The place of the first field that incidents alone have.
    first_key: usize,
}

/// Appends the data of a scene as JSON; no text in it ends its script element.
pub(super) fn write_json(scene: &Scene, out: &mut String) {
    let mut script = Script { out: std::mem::take(out), keys: Keys::default(), is_cut: scene.is_cut };
    // What an incident takes beside its properties; not copied again and again where there are many.
    let incident_bytes = scene.incident_list().iter().map(|one| one.properties.len() + 192).sum::<usize>();
    script.out.reserve(incident_bytes);
    script.out.push('{');
    let metres = scene.frame.metres_per_px;
    let (frame, pitch) = (&scene.frame, super::bins::PITCH_PX);
    let (width, height) = (frame.width, frame.height);
    let _ = write!(script.out, "\"mpp\":{metres:e},\"width\":{width},\"height\":{height},\"pitch\":{pitch}");
    let classes: Vec<String> = super::bins::CLASSES.iter().map(u32::to_string).collect();
    let (classes, is_binned, is_cut) = (classes.join(","), scene.is_binned, scene.is_cut);
    let _ = write!(script.out, ",\"classes\":[{classes}],\"binned\":{is_binned},\"cut\":{is_cut}");
    if let Some(zone) = &scene.zone {
        script.out.push_str(",\"zone\":");
        script.string(zone);
    }
    script.list("post", &scene.posts, |script, (item, _)| script.item(item));
    for (kind, shapes) in [("route", &scene.routes), ("corridor", &scene.corridors), ("gap", &scene.gaps)] {
        script.list(kind, shapes, |script, (item, _)| script.item(item));
    }
    let incidents = scene.incident_list();
    let posts = scene.posts.iter().map(|(item, _)| isolated(&item.id)).collect();
    let routes = scene.routes.iter().map(|(item, _)| isolated(&item.id)).collect();
    let names = Names { posts, routes, first_key: script.keys.names.len() };
    script.list("incident", incidents, |script, one| script.incident(one, &names));
    // Minutes since 1970; the least number for none.
    let minute =
        |one: &MapIncident| one.time_s.map_or(i32::MIN, |s| (s / 60.0).floor().clamp(-2e9, 2e9) as i32);
    if incidents.iter().any(|one| one.time_s.is_some()) {
        integers("times", incidents.iter().map(minute), &mut script.out);
    }
    let hundredths = |px: f64| (100.0 * px).round().clamp(-2e9, 2e9) as i32;
    let places = scene.places.iter().flat_map(|&(n, [x, y])| [hundredths(x), hundredths(y), n as i32]);
    integers("places", places, &mut script.out);
    if scene.is_binned && !(scene.posts.is_empty() && scene.routes.is_empty()) {
        let end = |at: Option<[f64; 2]>| at.map_or([i32::MIN; 2], |at| at.map(hundredths));
        let ends = incidents.iter().flat_map(|incident| {
            let post = incident.post.as_ref().map(|(hit, _)| scene.posts[hit.post].1);
            let foot = incident.route.as_ref().map(|(hit, _)| scene.frame.px(hit.location.foot));
            [end(post), end(foot)].into_iter().flatten()
        });
        integers("ends", ends, &mut script.out);
    }
    let keys = std::mem::take(&mut script.keys.names);
    script.out.push_str(",\"keys\":[");
    for (i, (name, _)) in keys.iter().enumerate() {
        script.out.push_str(if i > 0 { "," } else { "" });
        script.string(name);
    }
    script.out.push_str("]}");
    *out = script.out;
}

/// A member: little-endian integers of 32 bits in base 64.
fn integers(name: &str, values: impl Iterator<Item = i32>, out: &mut String) {
    let mut bytes = Vec::with_capacity(values.size_hint().0 * 4);
    values.for_each(|value| bytes.extend_from_slice(&value.to_le_bytes()));
    let _ = write!(out, ",\"{name}\":\"{}\"", base64(&bytes));
}

/// The centre of the map, for a reader.
pub(super) fn centre_text(scene: &Scene) -> String {
    let middle = [0.5 * scene.frame.width, 0.5 * scene.frame.height];
    scene.frame.position(middle).map_or(String::new(), |centre| place_text(centre, 2))
}
