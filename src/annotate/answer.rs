//! What was found out about one incident.

use crate::Position;
use crate::analysis::UncertainAnswer;
use crate::index::Located;
use crate::model::Instant;
use crate::sightings::{NotLocated, Sighting};

/// What was found out about one incident.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Its time, where that was asked for and it has one.
    pub time: Option<Instant>,
    /// About its position, or the reference point of its region.
    pub located: Located,
    /// The positions that the nearest posts and the nearest routes are seen from.
    pub from: [Position; 2],
    /// None where its location is a position.
    pub region: Option<Box<Region>>,
}

/// What an incident tells beside its place.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Its time, where that is asked for.
    pub time: Option<Instant>,
    /// None where its location is a position.
    pub sighting: Option<Sighting>,
    /// Why it has none, where it says something of one.
    pub nowhere: Option<NotLocated>,
}

/// Where it can be, and what may be nearest there.
#[derive(Debug)]
pub(crate) struct Region {
    pub sighting: Sighting,
    pub answer: UncertainAnswer,
}
