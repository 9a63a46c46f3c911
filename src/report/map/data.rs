//! What the page's script knows: JSON that can stand within a script element.

use std::fmt::Write;

use super::incidents::{Certainty, KEPT_PROPERTIES, MapIncident, kept_as};
use super::item::Item;
use super::projection::place_text;
use super::scene::Scene;
use super::{bins, columns};
use crate::incident::ReadOptions;
use crate::io::{Value, members, write_string};

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

    fn incident(&mut self, incident: &MapIncident, first_key: usize, read: &ReadOptions) {
        self.keys.next = first_key;
        self.head(&incident.id, "");
        for member in members(&incident.properties) {
            if self.is_cut && kept_as(&member.key, read).is_none() {
                continue;
            }
            self.out.push_str(self.keys.place(&member.key));
            match member.value.starts_with('"') {
                true => self.json_string(member.value),
                false => self.string(Value::of_json(member.value).plain()),
            }
        }
    }

    /// Why incidents are not located, each reason once with their numbers; and what is doubtful about regions.
    fn write_remarks(&mut self, incidents: &[MapIncident]) {
        let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
        let mut remarks = Vec::new();
        for (n, one) in incidents.iter().enumerate() {
            match &one.certainty {
                Certainty::NotLocated(why) => match reasons.iter_mut().find(|(known, _)| *known == &**why) {
                    Some((_, numbers)) => numbers.push(n.to_string()),
                    None => reasons.push((why, vec![n.to_string()])),
                },
                Certainty::Region(found) if !found.notes.is_empty() => {
                    remarks.push((n, found.notes.join("; ")))
                }
                Certainty::Region(_) | Certainty::Somewhere | Certainty::Exact => {}
            }
        }
        self.out.push_str(",\"not_located\":[");
        for (i, (why, numbers)) in reasons.iter().enumerate() {
            self.out.push_str(if i > 0 { ",[" } else { "[" });
            self.string(why);
            let _ = write!(self.out, ",{}]", numbers.join(","));
        }
        self.out.push_str("],\"remarks\":{");
        for (i, (n, text)) in remarks.iter().enumerate() {
            let _ = write!(self.out, "{}\"{n}\":", if i > 0 { "," } else { "" });
            self.string(text);
        }
        self.out.push('}');
    }
}

/// Appends the data of a scene as JSON; no text in it ends its script element.
pub(super) fn write_json(scene: &Scene, out: &mut String) {
    let mut script = Script { out: std::mem::take(out), keys: Keys::default(), is_cut: scene.is_cut };
    let incidents = scene.incident_list();
    // What an incident takes beside its properties; not copied again and again where there are many.
    let incident_bytes = incidents.iter().map(|one| one.properties.len() + 128).sum::<usize>();
    script.out.reserve(incident_bytes);
    script.out.push('{');
    columns::write_plane(scene, &mut script.out);
    let classes: Vec<String> = bins::CLASSES.iter().map(u32::to_string).collect();
    let (classes, pitch, is_binned) = (classes.join(","), bins::PITCH_PX, scene.is_binned);
    let _ = write!(script.out, ",\"pitch\":{pitch},\"classes\":[{classes}],\"binned\":{is_binned}");
    if let Some(zone) = &scene.read.zone {
        script.out.push_str(",\"zone\":");
        script.string(&zone.to_string());
    }
    script.list("post", &scene.posts, |script, (item, _)| script.item(item));
    for (kind, shapes) in [("route", &scene.routes), ("corridor", &scene.corridors), ("gap", &scene.gaps)] {
        script.list(kind, shapes, |script, (item, _)| script.item(item));
    }
    script.list("square", &scene.squares, |script, square| script.item(&square.item));
    let first_key = script.keys.names.len();
    script.list("incident", incidents, |script, one| script.incident(one, first_key, &scene.read));
    columns::write(scene, &mut script.out);
    script.write_remarks(incidents);
    let keys = std::mem::take(&mut script.keys.names);
    script.out.push_str(",\"keys\":[");
    for (i, (name, _)) in keys.iter().enumerate() {
        script.out.push_str(if i > 0 { "," } else { "" });
        script.string(name);
    }
    script.out.push_str("],\"known\":{");
    for (i, kept) in KEPT_PROPERTIES.into_iter().enumerate() {
        let of_incidents = keys.iter().enumerate().skip(first_key);
        let known: Vec<String> = of_incidents
            .filter(|(_, (name, _))| kept_as(name, &scene.read) == Some(kept))
            .map(|(place, _)| place.to_string())
            .collect();
        let _ = write!(script.out, "{}\"{kept}\":[{}]", if i > 0 { "," } else { "" }, known.join(","));
    }
    script.out.push_str("}}");
    *out = script.out;
}

/// The centre of the map, for a reader.
pub(super) fn centre_text(scene: &Scene) -> String {
    let middle = [0.5 * scene.frame.width, 0.5 * scene.frame.height];
    scene.frame.position(middle).map_or(String::new(), |centre| place_text(centre, 2))
}
