//! Whom to tell: the `notify` members of posts, routes and corridors.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::value::Value;
use crate::io::RawText;

/// Someone to be told, as a layer has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Contact {
    /// The name of a person or an office.
    pub name: String,
    /// What they are there.
    pub role: Option<String>,
    /// How they are reached.
    pub channel: Option<String>,
}

/// The property `notify` of a feature: a string, an object `{name, role, channel}`, or an array of such. The properties
/// type to read posts, routes and corridors with; anything else in it is passed over.
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

/// The contacts that a value names.
pub(super) fn contacts(value: &Value) -> Vec<Contact> {
    let contact = |item: &Value| match item {
        Value::Object(_) => {
            let (name, role, channel) = (item.text("name"), item.text("role"), item.text("channel"));
            let shown = name.clone().or_else(|| role.clone()).or_else(|| channel.clone())?;
            // Of a contact without a name the role stands for it.
            let role = role.filter(|role| name.is_some() || *role != shown);
            let channel = channel.filter(|channel| name.is_some() || *channel != shown);
            Some(Contact { name: shown, role, channel })
        }
        other => other.as_text().map(|name| Contact { name, ..Contact::default() }),
    };
    value.items().iter().filter_map(contact).collect()
}

/// Whom to tell of what happens near each post, route and corridor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contacts {
    /// Of each post, by its place in the layer; missing ones have none.
    pub posts: Vec<Notify>,
    /// Of each route, likewise.
    pub routes: Vec<Notify>,
    /// Of corridors that are polygons, by name.
    pub corridors: BTreeMap<String, Vec<Contact>>,
}
