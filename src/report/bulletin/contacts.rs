//! Whom to tell: the `notify` members of posts, routes and corridors.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::value::Value;
use crate::io::{RawText, validate};
use crate::setters::setters;

/// Someone to be told, as a layer has it.
///
/// ```
/// use patrol_corridor::io::{self, LayerOptions, Source};
/// use patrol_corridor::report::bulletin::Notify;
/// let text = r#"{"type":"Feature","id":"OP-21","properties":{"notify":{"name":"Liaison North","role":"liaison"}},
///                "geometry":{"type":"Point","coordinates":[46.826567,40.072204]}}"#;
/// let source = Source::from_bytes("posts.geojson", text.into())?;
/// let contact = &io::read_posts::<Notify>(&source, &LayerOptions::default())?.properties[0].0[0];
/// assert_eq!((contact.name.as_str(), contact.role.as_deref()), ("Liaison North", Some("liaison")));
/// assert_eq!(contact.channel, None);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Contact {
    /// The name of a person or an office.
    pub name: String,
    /// What they are there.
    pub role: Option<String>,
    /// How they are reached.
    pub channel: Option<String>,
}

/// The property `notify` of a feature: a string, an object `{name, role, channel}` (each a text or an array of texts), an
/// array of such, or any of them as the text of its JSON, as tools write that know no nested properties. The properties
/// type to read posts, routes and corridors with; what names nobody is passed over.
///
/// ```
/// use patrol_corridor::io::{self, LayerOptions, Source};
/// use patrol_corridor::report::bulletin::Notify;
/// let text = r#"{"type":"Feature","id":"OP-1","properties":{"notify":["duty officer",{"name":"Liaison North","channel":"VHF 12"}]},
///                "geometry":{"type":"Point","coordinates":[46.5,39.6]}}"#;
/// let source = Source::from_bytes("posts.geojson", text.into())?;
/// let posts = io::read_posts::<Notify>(&source, &LayerOptions::default())?;
/// assert_eq!(posts.properties[0].0[0].name, "duty officer");
/// assert_eq!(posts.properties[0].0[1].channel.as_deref(), Some("VHF 12"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notify(pub Vec<Contact>);

impl<'de> Deserialize<'de> for Notify {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let properties = Value::read(RawText::deserialize(deserializer)?.text());
        Ok(Notify(properties.get("notify").map(contacts).unwrap_or_default()))
    }
}

impl Contact {
    /// Someone of whom the name is known.
    pub fn new(name: impl Into<String>) -> Self {
        Contact { name: name.into(), ..Contact::default() }
    }

    /// In one text: the name, and what is known besides in brackets.
    pub(super) fn in_one(&self) -> String {
        let more: Vec<&str> = self.role.iter().chain(&self.channel).map(String::as_str).collect();
        if more.is_empty() { self.name.clone() } else { format!("{} ({})", self.name, more.join(", ")) }
    }
}

setters! { Contact {
    with_role(role: impl Into<String>) => Some(role.into());
    with_channel(channel: impl Into<String>) => Some(channel.into());
}}

/// The contacts that a value names.
pub(super) fn contacts(value: &Value) -> Vec<Contact> {
    match value {
        Value::List(items) => items.iter().flat_map(contacts).collect(),
        Value::Object(members) => contact(value, members).into_iter().collect(),
        // What was nested comes out of ogr2ogr, QGIS and tables as the text of its JSON.
        Value::Text(text) if text.trim_start().starts_with(['[', '{']) && validate(text).is_ok() => {
            contacts(&Value::read(text.trim()))
        }
        other => named(other),
    }
}

fn named(value: &Value) -> Vec<Contact> {
    value.as_text().map(|name| Contact { name, ..Contact::default() }).into_iter().collect()
}

/// An object: its name, role and channel, each a text or several. What else it says (a telephone number) is a way to reach
/// them; of a contact without a name the role stands for it.
fn contact(object: &Value, members: &[(String, Value)]) -> Option<Contact> {
    const NAMES: [[&str; 2]; 3] = [["name", "names"], ["role", "roles"], ["channel", "channels"]];
    let texts = |value: &Value| -> Option<String> {
        let texts: Vec<String> = value.items().iter().filter_map(Value::as_text).collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    };
    let [name, role, channel] =
        NAMES.map(|names| names.into_iter().find_map(|name| object.get(name).and_then(texts)));
    let is_other = |(key, _): &&(String, Value)| !NAMES.as_flattened().contains(&key.as_str());
    let others = members.iter().filter(is_other);
    let others = others.filter_map(|(key, value)| texts(value).map(|text| format!("{key}: {text}")));
    let channels: Vec<String> = channel.into_iter().chain(others).collect();
    let channel = (!channels.is_empty()).then(|| channels.join(", "));
    let shown = name.clone().or_else(|| role.clone()).or_else(|| channel.clone())?;
    let role = role.filter(|role| name.is_some() || *role != shown);
    let channel = channel.filter(|channel| name.is_some() || *channel != shown);
    Some(Contact { name: shown, role, channel })
}

/// Whom to tell of what happens near each post, route and corridor.
///
/// ```
/// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
/// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
/// use patrol_corridor::report::bulletin::{BulletinOptions, Contact, Contacts, Language, Notify, bulletin};
/// # use patrol_corridor::{Edges, PatrolIndex};
/// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// # let posts = Source::open(format!("{data}/posts.geojson"))?;
/// # let posts: Vec<_> = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
/// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
/// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
/// let duty = Contact::new("Duty officer");
/// let contacts = Contacts::default().with_posts(vec![Notify(vec![duty]); index.posts().len()]);
/// let options = BulletinOptions::new("Asia/Baku".parse()?);
/// let bulletin = bulletin(source, &reader, contacts, options, Default::default())?;
/// assert!(bulletin.markdown(Language::English).contains("Duty officer"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contacts {
    /// Of each post, by its place in the layer; missing ones have none.
    pub posts: Vec<Notify>,
    /// Of each route, likewise.
    pub routes: Vec<Notify>,
    /// Of corridors that are polygons, by name.
    pub corridors: BTreeMap<String, Vec<Contact>>,
}

setters! { Contacts {
    with_posts(posts: Vec<Notify>);
    with_routes(routes: Vec<Notify>);
    with_corridors(corridors: BTreeMap<String, Vec<Contact>>);
}}
