//! Which incidents a map holds, and which of their members: what is not chosen is not in the file.

use std::sync::atomic::{AtomicBool, Ordering};

use super::choice::{FieldChoice, Filter};
use super::options::MapOptions;
use crate::Error;
use crate::described::names_time;
use crate::incident::{Entry, ReadOptions};
use crate::io::{members, write_string};
use crate::report::period::{Period, PeriodKind};
use crate::time::{InPeriod, LocalTime, When, Zone};

/// Why an incident is not on a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// It is of another time.
    OtherTime,
    /// A period was chosen, and it has no readable time.
    NoTime,
    /// It does not fulfil the conditions.
    Filtered,
}

/// What is chosen of the incidents.
pub(super) struct Selection<'o> {
    read: &'o ReadOptions,
    period: Option<Period>,
    filters: &'o [Filter],
    fields: &'o FieldChoice,
    /// The names of the choice of members, each with whether an incident had it.
    listed: Vec<(&'o str, AtomicBool)>,
}

impl<'o> Selection<'o> {
    /// # Errors
    /// Returns an error if the period is none.
    pub fn new(options: &'o MapOptions) -> Result<Self, Error> {
        let zone = options.read.zone.clone().unwrap_or_else(Zone::utc);
        let period = match options.period {
            None => None,
            Some(choice) => Some(choice.period(&zone)?.ok_or_else(|| {
                Error::argument(
                    "a map of the last day, week or month: name a day of it, or the two ends of the period",
                )
            })?),
        };
        let listed = match &options.fields {
            FieldChoice::All => Vec::new(),
            FieldChoice::Only(names) | FieldChoice::Without(names) => {
                names.iter().map(|name| (&**name, AtomicBool::new(false))).collect()
            }
        };
        let (read, filters, fields) = (&options.read, &options.filters[..], &options.fields);
        Ok(Selection { read, period, filters, fields, listed })
    }

    /// What is chosen, for a reader.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(period) = self.period {
            let zone = self.read.zone.as_ref().map_or(String::new(), |zone| format!(" ({zone})"));
            notes.push(match (period.kind, &self.read.zone) {
                (PeriodKind::Day(day), _) => format!("Incidents of {day}{zone}"),
                (PeriodKind::Week(first), _) => format!("Incidents of the week from {first}{zone}"),
                (PeriodKind::Month(first), _) => {
                    let (year, month, _) = first.date();
                    format!("Incidents of {year}-{month:02}{zone}")
                }
                (PeriodKind::Between, Some(of)) => {
                    let [from, to] = [period.from, period.to].map(|at| LocalTime::of(at, of));
                    format!("Incidents from {from} to {to}{zone}")
                }
                (PeriodKind::Between, None) => format!("Incidents from {} to {}", period.from, period.to),
            });
        }
        if !self.filters.is_empty() {
            let filters: Vec<String> = self.filters.iter().map(ToString::to_string).collect();
            notes.push(format!("Incidents with {}", filters.join(", ")));
        }
        notes
    }

    /// Returns `true` of an incident that may be of the period or not.
    pub fn is_doubtful(&self, incident: &Entry<'_>) -> bool {
        let when = incident.reading.when.as_ref();
        let lies = self.period.zip(when).and_then(|(period, when)| when.in_period(period.from, period.to));
        lies == Some(InPeriod::Doubtful)
    }

    /// Why an incident is not on the map; `None` of one that is.
    pub fn leaves_out(&self, incident: &Entry<'_>) -> Option<LeftOut> {
        if let Some(period) = self.period {
            let when = incident.reading.when.as_ref().unwrap_or(&When::Missing);
            match when.in_period(period.from, period.to) {
                None => return Some(LeftOut::NoTime),
                Some(InPeriod::Before | InPeriod::After) => return Some(LeftOut::OtherTime),
                Some(InPeriod::Within | InPeriod::Doubtful) => {}
            }
        }
        (!self.filters.is_empty() && !self.fulfils(incident)).then_some(LeftOut::Filtered)
    }

    fn fulfils(&self, incident: &Entry<'_>) -> bool {
        let mut values = vec![String::new(); self.filters.len()];
        incident.properties(|name, value| {
            for (filter, found) in self.filters.iter().zip(&mut values) {
                if filter.name == name || self.read.fields.read_as(&filter.name) == Some(&*name) {
                    *found = value.plain().trim().to_lowercase();
                }
            }
        });
        let is_met = |(filter, found): (&Filter, &String)| *found == filter.value.to_lowercase();
        let pairs = self.filters.iter().zip(&values);
        pairs.clone().all(|pair| match pair.0.is_equal {
            false => !is_met(pair),
            true => {
                pairs.clone().any(|other| other.0.is_equal && other.0.name == pair.0.name && is_met(other))
            }
        })
    }

    /// Returns `true` if no member is taken out.
    pub fn keeps_all(&self) -> bool {
        *self.fields == FieldChoice::All
    }

    /// Returns `true` if a member of this name, as the file has it, leaves with the map.
    pub fn keeps(&self, name: &str) -> bool {
        let is_listed = match self.fields {
            FieldChoice::All => return true,
            FieldChoice::Only(_) | FieldChoice::Without(_) => self.lists(name),
        };
        is_listed == matches!(self.fields, FieldChoice::Only(_))
    }

    /// As [`keeps`](Self::keeps) of what is no member of the file: it is kept unless it is left out by name.
    pub fn keeps_answer(&self, name: &str) -> bool {
        !(matches!(self.fields, FieldChoice::Without(_)) && self.lists(name))
    }

    /// What a member of the file is read as; its own name of what is not read.
    fn read_as<'n>(&self, name: &'n str) -> &'n str {
        let mut parts = self.read.time_parts.iter().flatten();
        match self.read.fields.read_as(name) {
            _ if names_time(name, &self.read.time_field) || parts.any(|part| part == name) => "time",
            _ if self.read.id_field.as_deref() == Some(name) => "id",
            Some(read_as) => read_as,
            None => name,
        }
    }

    /// Returns `true` if a name is among the chosen ones: by itself, or as what it is read as.
    fn lists(&self, name: &str) -> bool {
        let mut found = false;
        for (listed, was_met) in &self.listed {
            let is = *listed == name || self.read_as(listed) == self.read_as(name);
            if is {
                was_met.store(true, Ordering::Relaxed);
                found = true;
            }
        }
        found
    }

    /// The members of an object that are kept, as the text of an object.
    pub fn kept(&self, properties: &str) -> String {
        match self.fields {
            FieldChoice::All => properties.to_owned(),
            FieldChoice::Only(_) | FieldChoice::Without(_) => {
                kept_members(properties, |name| self.keeps(name))
            }
        }
    }

    /// The chosen names that no incident had.
    pub fn unmet(&self) -> Vec<String> {
        let unmet = self.listed.iter().filter(|(_, was_met)| !was_met.load(Ordering::Relaxed));
        unmet.map(|(name, _)| (*name).to_owned()).collect()
    }
}

/// The members of an object whose names are kept, as the text of an object.
pub(super) fn kept_members(properties: &str, keeps: impl Fn(&str) -> bool) -> String {
    let mut kept = String::with_capacity(properties.len().min(128));
    kept.push('{');
    for member in members(properties).filter(|member| keeps(&member.key)) {
        kept.push_str(if kept.len() > 1 { "," } else { "" });
        write_string(&member.key, &mut kept);
        kept.push(':');
        kept.push_str(member.value);
    }
    kept.push('}');
    kept
}
