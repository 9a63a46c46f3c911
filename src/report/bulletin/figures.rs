//! What a bulletin says, in numbers and ids: the same in every format. Its serde form is the JSON.

use serde::{Serialize, Serializer};

use super::contacts::Contact;
pub(super) use super::figures_trend::*;
pub(super) use super::row_kind::RowKind;
use crate::FeatureId;
use crate::described::{self, Warning, joined};
use crate::incident::{Oddity, Reject};
use crate::report::TitleBlock;
use crate::time::{UnreadableTime, Weekday};

/// All of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Figures {
    /// The version of this form.
    pub bulletin: u32,
    pub head: HeadFigures,
    pub period: PeriodFigures,
    pub data: Data,
    pub rejected: Rejected,
    pub totals: Totals,
    pub change: Change,
    pub service: Service,
    pub tables: Tables,
    /// The days of a period that has several.
    pub days: Vec<DayRow>,
    /// Corridors by those days; each column adds up to its day.
    pub corridor_days: Vec<CorridorDays>,
    /// Weeks up to the last one of the period.
    pub weeks: Vec<WeekRow>,
    /// The day on which those weeks begin.
    pub week_start: Weekday,
    /// Routes that are the nearest to some incident, along their kilometres.
    pub strips: Vec<Strip>,
    /// What was in service, and neither certainly nor possibly has an incident.
    pub without_incident: Nothing,
    /// Which casualties the data speak of at all.
    pub casualties_told: CasualtiesTold,
    /// Ids of incidents before the period whose status is `new` or `open`.
    pub open_before: Vec<FeatureId>,
    pub places: Vec<PlaceRow>,
    pub far: Far,
    pub odd: Vec<Odd>,
    pub uncertain: Vec<UncertainRow>,
    pub not_located: Vec<NotLocated>,
    pub without_time: Vec<WithoutTime>,
    pub not_counted: Vec<NotCounted>,
    pub liaison: Vec<Liaison>,
}

/// Who publishes it, and how it may be passed on; null where nothing is said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct HeadFigures {
    pub unit: Option<String>,
    pub author: Option<String>,
    pub date_time_group: Option<String>,
    pub classification: Option<String>,
}

impl From<&TitleBlock> for HeadFigures {
    fn from(block: &TitleBlock) -> Self {
        let said = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        HeadFigures {
            unit: said(&block.unit),
            author: said(&block.author),
            date_time_group: said(&block.date_time_group),
            classification: said(&block.classification),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct PeriodFigures {
    /// `2021-01-01` where it is a day of the calendar.
    pub day: Option<String>,
    pub from: String,
    pub to: String,
    pub zone: String,
    pub hours: f64,
    /// `day`, `week`, `month` or `between`.
    pub kind: &'static str,
    /// It ends after the time up to which the log is complete.
    pub to_date: bool,
    /// That time, if it is known.
    pub data_until: Option<String>,
}

/// What became of the incidents of the data; all others add up to the first.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub(super) struct Data {
    pub read: u64,
    /// Those that can't be read.
    pub rejected: u64,
    pub before: u64,
    pub in_period: u64,
    pub after: u64,
    /// Those that may be of the period or not.
    pub doubtful: u64,
    /// Those that say no time.
    pub without_time: u64,
    /// Those whose time can't be read.
    pub unreadable_time: u64,
}

impl Data {
    /// Those that have no time to tell by whether they were before.
    pub fn not_dated(&self) -> u64 {
        self.without_time + self.unreadable_time
    }
}

/// Of the period. `located`, `uncertain` and `not_located` add up to `incidents`.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub(super) struct Totals {
    pub incidents: u64,
    pub located: u64,
    pub uncertain: u64,
    pub not_located: u64,
    /// Of those that are not located: whose region can't be built.
    pub region_unknown: u64,
    pub killed: u64,
    pub wounded: u64,
    /// How many incidents don't say how many were killed.
    pub killed_not_told: u64,
    pub wounded_not_told: u64,
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
    pub weekday: Vec<TableRow>,
    pub status: Vec<TableRow>,
}

impl Tables {
    /// Each with its name, in the order of a bulletin.
    pub fn named(&self) -> [(&'static str, &[TableRow]); 8] {
        [
            ("corridor", &self.corridor),
            ("route", &self.route),
            ("post", &self.post),
            ("type", &self.kind),
            ("side", &self.side),
            ("hour", &self.hour),
            ("weekday", &self.weekday),
            ("status", &self.status),
        ]
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct TableRow {
    pub row: RowKind,
    pub key: Option<String>,
    pub name: Option<String>,
    /// Those that are certain.
    pub incidents: u64,
    /// The shares of those that may be of the key, in tenths.
    pub possible: f64,
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

/// An incident whose position is to be looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Odd {
    pub id: FeatureId,
    pub why: WhyOdd,
}

/// What is odd about where an incident lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) enum WhyOdd {
    #[serde(rename = "far")]
    Far,
    #[serde(rename = "exchanged")]
    Exchanged,
    #[serde(rename = "0, 0")]
    NullIsland,
}

impl WhyOdd {
    pub fn as_str(self) -> &'static str {
        match self {
            WhyOdd::Far => "far",
            WhyOdd::Exchanged => "exchanged",
            WhyOdd::NullIsland => "0, 0",
        }
    }
}

impl From<Oddity> for WhyOdd {
    fn from(oddity: Oddity) -> Self {
        match oddity {
            Oddity::Far => WhyOdd::Far,
            Oddity::Exchanged => WhyOdd::Exchanged,
            Oddity::NullIsland => WhyOdd::NullIsland,
        }
    }
}

/// What can't be read: how many, and the first of them.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(super) struct Rejected {
    pub count: u64,
    pub first: Vec<RejectedRow>,
}

impl Rejected {
    /// So many are named.
    const MOST_NAMED: usize = 20;

    pub fn add(&mut self, reject: &Reject) {
        self.count += 1;
        if self.first.len() < Self::MOST_NAMED {
            let (row, line, reason) = (reject.feature, reject.line, reject.reason.clone());
            self.first.push(RejectedRow { row, line: (line > 0).then_some(line), reason });
        }
    }
}

/// An incident that can't be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct RejectedRow {
    /// Its number in the file, from 1.
    pub row: u64,
    /// The line on which it begins; null in a format without lines.
    pub line: Option<u64>,
    /// The column or property, and what is wrong with it.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct UncertainRow {
    #[serde(flatten)]
    pub head: Head,
    pub form: &'static str,
    pub area_km2: f64,
    #[serde(rename = "doubt", serialize_with = "texts")]
    pub warnings: Vec<Warning>,
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
    pub why: described::NotLocated,
    /// Counted in the totals; others are without a usable time.
    pub in_period: bool,
}

/// An incident that may be of the period or not, or that has no time to tell by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct WithoutTime {
    pub id: FeatureId,
    /// Its number in the file, from 1.
    pub row: u64,
    /// The time as it is written; null where nothing is said.
    pub found: Option<String>,
    pub why: WhyNoTime,
}

/// Why a time does not tell whether an incident was in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WhyNoTime {
    /// Nothing is said.
    Missing,
    /// It is no time.
    Unreadable,
    /// The clocks of the zone showed it twice, or not at all.
    Clocks,
    /// A date without a time of day, which the period has only a part of.
    Date,
    /// It is of a year of another calendar.
    Calendar,
}

impl WhyNoTime {
    pub fn as_str(self) -> &'static str {
        match self {
            WhyNoTime::Missing => "missing",
            WhyNoTime::Unreadable => "unreadable",
            WhyNoTime::Clocks => "clocks",
            WhyNoTime::Date => "date",
            WhyNoTime::Calendar => "calendar",
        }
    }
}

impl From<UnreadableTime> for WhyNoTime {
    fn from(why: UnreadableTime) -> Self {
        match why {
            UnreadableTime::NoTime | UnreadableTime::TimeOfDay | UnreadableTime::DayOrMonth => {
                WhyNoTime::Unreadable
            }
            UnreadableTime::SkippedTime | UnreadableTime::SkippedDay => WhyNoTime::Clocks,
            UnreadableTime::Year => WhyNoTime::Calendar,
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
fn text<S: Serializer>(why: &described::NotLocated, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(why)
}

/// Doubts likewise; null where there is none.
fn texts<S: Serializer>(warnings: &[Warning], serializer: S) -> Result<S::Ok, S::Error> {
    joined(warnings).serialize(serializer)
}
