//! JSON as it is written: the members of an object in order, doubled names too, values as text.

use patrol_corridor::incident::Tally;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// The members of an object.
pub struct Members<'a>(pub Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}

impl<'a> Members<'a> {
    pub fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| *value)
    }

    /// Names and texts of all but some.
    pub fn without(&self, name: impl Fn(&str) -> bool) -> Vec<(&str, String)> {
        self.0
            .iter()
            .filter(|(key, _)| !name(key))
            .map(|(key, value)| (&**key, folded(value.get())))
            .collect()
    }
}

/// A text without the line breaks that a line-by-line form takes out.
pub fn folded(text: &str) -> String {
    text.replace(['\n', '\r'], "")
}

/// A text as JSON.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// The features of a collection; of a lone feature that.
pub fn features(text: &str) -> Vec<Value> {
    let mut value = json(text);
    match value["features"].take() {
        Value::Array(features) => features,
        Value::Null => vec![value],
        other => panic!("features are {other}"),
    }
}

/// Two numbers in range at the bottom of all arrays.
pub fn on_globe(coordinates: &Value) {
    let items = coordinates.as_array().unwrap_or_else(|| panic!("{coordinates} is no array"));
    assert!(!items.is_empty());
    if items[0].is_array() {
        items.iter().for_each(on_globe);
        return;
    }
    let [lon_deg, lat_deg] = [0, 1].map(|i| items[i].as_f64().expect("a number"));
    assert!(lon_deg.abs() <= 180.0 && lat_deg.abs() <= 90.0, "{coordinates}");
}

/// Every incident is counted once, and so is every time.
pub fn adds_up(tally: &Tally) {
    let Tally { read, rejected, exact, region, region_unknown, without_location, .. } = tally;
    assert_eq!(*read, rejected + exact + region + region_unknown + without_location, "{tally:?}");
    if let Some(times) = tally.times {
        assert_eq!(read - rejected, times.dated + times.without_time + times.unreadable_time, "{tally:?}");
        assert!(times.doubtful.unwrap_or(0) <= times.dated, "{tally:?}");
    }
}
