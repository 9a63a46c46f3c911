//! Incidents of one run that came in an earlier file of it.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::location::Location;
use super::record::Entry;
use crate::io::{LAT_NAMES, LON_NAMES};
use crate::{Error, FeatureId, IncidentGeometry};

/// An id, and the fingerprint of what is said under it.
pub(crate) type Known = (FeatureId, u64);

/// The incidents of the files that have been read, by their ids. It grows by about a hundred bytes an incident.
#[derive(Debug, Default)]
pub(crate) struct Repeats(HashMap<FeatureId, Vec<u64>>);

/// How an incident compares with those of earlier files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    First,
    /// The same id with the same content: it counts once.
    Again,
    /// The same id with other content: a correction, or two incidents.
    Otherwise,
}

impl Repeats {
    pub fn add(&mut self, found: Vec<Known>) {
        for (id, content) in found {
            self.0.entry(id).or_default().push(content);
        }
    }

    /// How an incident compares, and what it is known by; nothing without an id.
    ///
    /// # Errors
    /// As [`Entry::id`].
    pub fn look(&self, incident: &Entry<'_>) -> Result<(Came, Option<Known>), Error> {
        let Some(id) = incident.id()?.own() else { return Ok((Came::First, None)) };
        let content = content(incident);
        let came = match self.0.get(&id) {
            None => Came::First,
            Some(known) if known.contains(&content) => Came::Again,
            Some(_) => Came::Otherwise,
        };
        Ok((came, Some((id, content))))
    }
}

/// What all properties and the position say, in whatever format and order; empty ones say nothing.
fn content(incident: &Entry<'_>) -> u64 {
    let mut said = BTreeMap::new();
    incident.properties(|name, value| {
        let mut positions = LON_NAMES.iter().chain(&LAT_NAMES);
        let is_position = positions.any(|known| name.eq_ignore_ascii_case(known));
        if !is_position && name != "id" && !value.plain().is_empty() {
            said.insert(name, value.plain().to_owned());
        }
    });
    let mut hasher = DefaultHasher::new();
    said.hash(&mut hasher);
    if let Location::Positions(geometry) = &incident.reading.location {
        hash(geometry, &mut hasher);
    }
    hasher.finish()
}

fn hash(geometry: &IncidentGeometry, hasher: &mut DefaultHasher) {
    for position in geometry.positions() {
        // -0 is 0.
        [position.lon_deg() + 0.0, position.lat_deg() + 0.0].map(f64::to_bits).hash(hasher);
    }
}
