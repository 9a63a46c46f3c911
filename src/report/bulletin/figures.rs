//! What a bulletin says, in numbers and ids: the same in every format. Its serde form is the JSON.

use serde::{Serialize, Serializer};

use super::contacts::Contact;
use crate::FeatureId;
use crate::sightings::{self, Doubt, joined};

/// All of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Figures {
    /// The version of this form.
    pub bulletin: u32,
    pub period: PeriodFigures,
    pub data: Data,
    pub totals: Totals,
    pub change: Change,
    pub service: Service,
    pub tables: Tables,
    /// Ids of incidents before the period whose status is `new` or `open`.
    pub open_before: Vec<FeatureId>,
    pub places: Vec<PlaceRow>,
    pub far: Far,
    pub uncertain: Vec<UncertainRow>,
    pub not_located: Vec<NotLocated>,
    pub without_time: Vec<WithoutTime>,
    pub not_counted: Vec<NotCounted>,
    pub liaison: Vec<Liaison>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct PeriodFigures {
    /// `2021-01-01` where it is a day of the calendar.
    pub day: Option<String>,
    pub from: String,
    pub to: String,
    pub zone: String,
    pub hours: f64,
}

/// Where the incidents of the data are in time; the last four add up to the first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Data {
    pub read: u64,
    pub before: u64,
    pub in_period: u64,
    pub after: u64,
    pub without_time: u64,
}

/// Of the period. `located`, `uncertain` and `not_located` add up to `incidents`.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub(super) struct Totals {
    pub incidents: u64,
    pub located: u64,
    pub uncertain: u64,
    pub not_located: u64,
    pub killed: u64,
    pub wounded: u64,
    /// How many incidents don't say how many were killed.
    pub killed_not_told: u64,
    pub wounded_not_told: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Change {
    /// How many of the 28 periods before end after the first incident of the data.
    pub periods_in_data: u64,
    pub incidents: Compared,
    pub killed: Compared,
    pub wounded: Compared,
}

/// Null where the data have no such period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Compared {
    pub now: u64,
    pub before: Option<u64>,
    pub difference: Option<i64>,
    pub median: Option<f64>,
    pub difference_from_median: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Service {
    pub posts: u64,
    pub routes: u64,
    pub corridors: u64,
    pub posts_not_in_service: Vec<FeatureId>,
    pub routes_not_in_service: Vec<FeatureId>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Tables {
    pub corridor: Vec<TableRow>,
    pub route: Vec<TableRow>,
    pub post: Vec<TableRow>,
    #[serde(rename = "type")]
    pub kind: Vec<TableRow>,
    pub side: Vec<TableRow>,
    pub hour: Vec<TableRow>,
    pub status: Vec<TableRow>,
}

impl Tables {
    /// Each with its name, in the order of a bulletin.
    pub fn named(&self) -> [(&'static str, &[TableRow]); 7] {
        [
            ("corridor", &self.corridor),
            ("route", &self.route),
            ("post", &self.post),
            ("type", &self.kind),
            ("side", &self.side),
            ("hour", &self.hour),
            ("status", &self.status),
        ]
    }
}

/// What a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RowKind {
    /// Incidents of the key.
    Value,
    /// Those without one: in no corridor, of no type, ...
    None,
    /// Those whose location is a region.
    Uncertain,
    /// Those without a location.
    NotLocated,
}

impl RowKind {
    pub fn as_str(self) -> &'static str {
        match self {
            RowKind::Value => "value",
            RowKind::None => "none",
            RowKind::Uncertain => "uncertain",
            RowKind::NotLocated => "not_located",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct TableRow {
    pub row: RowKind,
    pub key: Option<String>,
    pub name: Option<String>,
    pub incidents: u64,
    pub killed: u64,
    pub wounded: u64,
}

/// An incident at a position.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct PlaceRow {
    #[serde(flatten)]
    pub head: Head,
    pub corridor: Option<String>,
    pub route_id: Option<FeatureId>,
    pub route_chainage_m: Option<f64>,
    pub route_distance_m: Option<f64>,
    pub route_side: Option<&'static str>,
    pub post_id: Option<FeatureId>,
    pub post_distance_m: Option<f64>,
    pub post_bearing_deg: Option<f64>,
}

/// What is said of any incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Head {
    pub id: FeatureId,
    pub time: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub status: Option<String>,
    pub killed: Option<u64>,
    pub wounded: Option<u64>,
    pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Far {
    pub limit_m: f64,
    pub incidents: Vec<FarRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct FarRow {
    pub id: FeatureId,
    pub post_id: FeatureId,
    /// Of an uncertain one the smallest that it can be.
    pub post_distance_m: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct UncertainRow {
    #[serde(flatten)]
    pub head: Head,
    pub form: String,
    pub area_km2: f64,
    #[serde(rename = "doubt", serialize_with = "texts")]
    pub doubts: Vec<Doubt>,
    pub posts: Vec<CandidateRow>,
    pub routes: Vec<CandidateRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct CandidateRow {
    pub id: FeatureId,
    pub share: f64,
    pub min_distance_m: f64,
    pub max_distance_m: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct NotLocated {
    pub id: FeatureId,
    #[serde(serialize_with = "text")]
    pub why: sightings::NotLocated,
    /// Counted in the totals; others are without a usable time.
    pub in_period: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct WithoutTime {
    pub id: FeatureId,
    /// The text that is no time; null where nothing is said.
    pub found: Option<String>,
    pub why: WhyNoTime,
}

/// Why no time can be told by what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WhyNoTime {
    /// Nothing is said.
    Missing,
    /// It is no time.
    Unreadable,
    /// The clocks of the zone showed it twice, or not at all.
    Clocks,
    /// A date without a time of day, which the period has only a part of, or which no zone was given for.
    Date,
}

impl WhyNoTime {
    pub fn as_str(self) -> &'static str {
        match self {
            WhyNoTime::Missing => "missing",
            WhyNoTime::Unreadable => "unreadable",
            WhyNoTime::Clocks => "clocks",
            WhyNoTime::Date => "date",
        }
    }
}

/// What should be a number of persons and is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct NotCounted {
    pub id: FeatureId,
    /// `killed` or `wounded`.
    pub member: &'static str,
    pub found: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Liaison {
    pub id: FeatureId,
    pub notify: Vec<Told>,
    pub settled_with: Vec<String>,
}

/// Someone to be told of an incident, and as whose contact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Told {
    #[serde(flatten)]
    pub contact: Contact,
    pub of: Vec<ContactOf>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ContactOf {
    /// `post`, `route` or `corridor`.
    pub kind: &'static str,
    pub key: String,
}

/// A reason in the words of the annotation.
fn text<S: Serializer>(why: &sightings::NotLocated, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(why)
}

/// Doubts likewise; null where there is none.
fn texts<S: Serializer>(doubts: &[Doubt], serializer: S) -> Result<S::Ok, S::Error> {
    joined(doubts).serialize(serializer)
}
