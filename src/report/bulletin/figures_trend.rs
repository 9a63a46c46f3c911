//! What a bulletin says of change, days, weeks and routes, in numbers and ids.

use serde::Serialize;

use super::row_kind::RowKind;
use crate::FeatureId;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Change {
    /// How many of the periods before end after the first incident of the data.
    pub periods_in_data: u64,
    /// How many periods before are looked at.
    pub periods_asked: u64,
    /// Of fewer periods nothing is called usual or unusual.
    pub least_periods: u64,
    /// `whole` periods, or of each the part `to_date` that is as long as what has elapsed of this one.
    pub compared_with: &'static str,
    /// The periods before, the last first.
    pub periods: Vec<CountedPeriod>,
    pub incidents: Compared,
    pub killed: Compared,
    pub wounded: Compared,
}

/// What was counted in an earlier period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct CountedPeriod {
    pub from: String,
    pub to: String,
    pub incidents: u64,
    pub killed: u64,
    pub wounded: u64,
}

/// Null where the data have no such period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Compared {
    pub now: u64,
    pub before: Option<u64>,
    pub difference: Option<i64>,
    pub median: Option<f64>,
    pub difference_from_median: Option<f64>,
    pub lower_quartile: Option<f64>,
    pub upper_quartile: Option<f64>,
    pub least: Option<u64>,
    pub most: Option<u64>,
    /// The exact interval of a Poisson mean of which the count now is one observation, 95 %.
    pub poisson_95: [f64; 2],
    pub usual: Judgement,
}

/// How a count lies to those of the periods before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Judgement {
    TooFewPeriods,
    Fewer,
    Usual,
    More,
}

impl Judgement {
    pub fn as_str(self) -> &'static str {
        match self {
            Judgement::TooFewPeriods => "too_few_periods",
            Judgement::Fewer => "fewer",
            Judgement::Usual => "usual",
            Judgement::More => "more",
        }
    }
}

/// A day of the period, as far as it lies in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct DayRow {
    pub day: String,
    pub incidents: u64,
    pub killed: u64,
    pub wounded: u64,
}

/// A row of the table by corridor, by day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct CorridorDays {
    pub row: RowKind,
    pub key: Option<String>,
    /// One count for each day.
    pub incidents: Vec<u64>,
}

/// A week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct WeekRow {
    pub from: String,
    pub to: String,
    pub incidents: u64,
    pub killed: u64,
    pub wounded: u64,
    /// The data begin in it, or end before it does.
    pub is_part: bool,
}

/// What is known along a route.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Strip {
    pub route_id: FeatureId,
    pub name: Option<String>,
    pub length_m: f64,
    /// Posts in service within 5 km of it.
    pub posts: Vec<OnStrip>,
    /// Intervals that no post sees, by the radius that was asked for; null without one.
    pub gaps: Option<Vec<[f64; 2]>>,
    /// Incidents at a position whose nearest route it is.
    pub incidents: Vec<OnStrip>,
}

/// Where something is along a route.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct OnStrip {
    pub id: FeatureId,
    pub chainage_m: f64,
    pub distance_m: f64,
    pub side: &'static str,
}

/// What had no incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Nothing {
    pub corridors: Vec<String>,
    pub routes: Vec<FeatureId>,
    pub posts: Vec<FeatureId>,
}

/// Whether any incident that was read says how many were killed or wounded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct CasualtiesTold {
    pub killed: bool,
    pub wounded: bool,
}
