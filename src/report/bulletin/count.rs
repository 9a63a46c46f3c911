//! From incidents to the figures.

use std::collections::BTreeMap;

use super::contacts::Contacts;
use super::figures::*;
use super::period::{PERIODS_BEFORE, Period, median};
use super::record::{Candidate, Record, TimeFault, When, Where};
use super::{BulletinOptions, liaison};
use crate::model::{Instant, LocalTime, ServicePeriod, Zone};
use crate::{Error, FeatureId, PatrolArea};

/// What the figures are taken from.
pub(super) struct Counter<'a> {
    pub area: &'a PatrolArea,
    pub contacts: &'a Contacts,
    pub options: &'a BulletinOptions,
    pub records: Vec<Record>,
}

impl Counter<'_> {
    pub fn figures(mut self) -> Result<Figures, Error> {
        let zone = &self.options.zone;
        let mut times = Times::of(&self.records);
        let period = Period::new(self.options.period, times.last(), zone)?;
        let mut data =
            Data { read: self.records.len() as u64, before: 0, in_period: 0, after: 0, without_time: 0 };
        let mut open_before = Vec::new();
        let (mut not_located, mut without_time) = (Vec::new(), Vec::new());
        let mut current = Vec::new();
        for record in std::mem::take(&mut self.records) {
            let in_period = matches!(record.when, When::At(at) if period.contains(at));
            if let Where::Nowhere(why) = &record.place {
                not_located.push(NotLocated { id: record.id.clone(), why: why.clone(), in_period });
            }
            match &record.when {
                When::At(at) if *at < period.from => {
                    data.before += 1;
                    if matches!(status_key(&record).as_deref(), Some("new" | "open")) {
                        open_before.push(record.id);
                    }
                }
                When::At(_) if !in_period => data.after += 1,
                When::At(at) => {
                    data.in_period += 1;
                    current.push((*at, record));
                }
                When::Missing => {
                    without_time.push(WithoutTime { id: record.id, found: None, why: TimeFault::Other });
                }
                When::Unusable(text, why) => {
                    without_time.push(WithoutTime { id: record.id, found: Some(text.clone()), why: *why });
                }
            }
        }
        data.without_time = without_time.len() as u64;
        // In the order of time; of one time in the order of the layer.
        current.sort_by_key(|(at, _)| *at);
        let totals = totals(current.iter().map(|(_, record)| record));
        Ok(Figures {
            bulletin: 1,
            period: PeriodFigures {
                day: period.day.map(|day| day.to_string()),
                from: LocalTime::of(period.from, zone).to_string(),
                to: LocalTime::of(period.to, zone).to_string(),
                zone: zone.to_string(),
                hours: period.hours(),
            },
            data,
            totals,
            change: times.change(&period, &totals, zone)?,
            service: self.service(&period)?,
            tables: self.tables(&current),
            open_before,
            places: current.iter().filter_map(|(at, record)| self.place(*at, record)).collect(),
            far: Far {
                limit_m: self.options.far_m,
                incidents: current.iter().filter_map(|(_, record)| self.far(record)).collect(),
            },
            uncertain: current.iter().filter_map(|(at, record)| self.uncertain(*at, record)).collect(),
            not_located,
            without_time,
            liaison: current
                .iter()
                .filter_map(|(_, record)| liaison::of(record, self.area, self.contacts))
                .collect(),
        })
    }

    /// What was in service at some instant of the period.
    fn service(&self, period: &Period) -> Result<Service, Error> {
        let area = self.area;
        let period = ServicePeriod::new(Some(period.from), Some(period.to))?;
        let served = |route: &usize| area.routes()[*route].service.meets(&period);
        // One without routes is a polygon, which always is there.
        let corridors = area.corridors().iter();
        let corridors = corridors.filter(|one| one.routes.is_empty() || one.routes.iter().any(served));
        let posts: Vec<_> = area.posts().iter().filter(|post| !post.service.meets(&period)).collect();
        let routes: Vec<_> = area.routes().iter().filter(|route| !route.service.meets(&period)).collect();
        Ok(Service {
            posts: (area.posts().len() - posts.len()) as u64,
            routes: (area.routes().len() - routes.len()) as u64,
            corridors: corridors.count() as u64,
            posts_not_in_service: posts.into_iter().map(|post| post.id.clone()).collect(),
            routes_not_in_service: routes.into_iter().map(|route| route.id.clone()).collect(),
        })
    }

    fn tables(&self, current: &[(Instant, Record)]) -> Tables {
        let area = self.area;
        let (posts, routes) = (area.posts(), area.routes());
        let table = |key: &dyn Fn(Instant, &Record) -> Key| {
            rows(current.iter().map(|(at, record)| (key(*at, record), record)))
        };
        // What depends on where it was, of those that have a position.
        let placed = |record: &Record, key: Key| match record.place {
            Where::At => key,
            Where::In(_) => Key::of(RowKind::Uncertain),
            Where::Nowhere(_) => Key::of(RowKind::NotLocated),
        };
        let mut hour = table(&|at, _| {
            let hour = LocalTime::of(at, &self.options.zone).hour;
            Key::value(format!("{hour:02}"), None)
        });
        hour.sort_by(|a, b| a.key.cmp(&b.key));
        let mut side = table(&|_, record| {
            placed(record, record.route.map_or(Key::none(), |near| Key::value(near.side.as_str(), None)))
        });
        in_order(&mut side, &["left", "right", "on"]);
        let mut status = table(&|_, record| Key::or_none(status_key(record), None));
        in_order(&mut status, &["new", "open", "settled"]);
        Tables {
            corridor: table(&|_, record| placed(record, Key::or_none(record.corridor.clone(), None))),
            route: table(&|_, record| {
                let key = record.route.map(|near| &routes[near.route]);
                placed(
                    record,
                    key.map_or(Key::none(), |route| Key::value(route.id.as_str(), route.name.clone())),
                )
            }),
            post: table(&|_, record| {
                let key = record.post.map(|near| &posts[near.post]);
                placed(
                    record,
                    key.map_or(Key::none(), |post| Key::value(post.id.as_str(), post.name.clone())),
                )
            }),
            kind: table(&|_, record| Key::or_none(record.kind.clone(), None)),
            side,
            hour,
            status,
        }
    }

    fn head(&self, at: Instant, record: &Record) -> Head {
        Head {
            id: record.id.clone(),
            time: LocalTime::of(at, &self.options.zone).to_string(),
            kind: record.kind.clone(),
            status: status_key(record),
            killed: record.killed,
            wounded: record.wounded,
            description: record.description.clone(),
        }
    }

    fn place(&self, at: Instant, record: &Record) -> Option<PlaceRow> {
        if record.place != Where::At {
            return None;
        }
        let (post, route) = (record.post, record.route);
        Some(PlaceRow {
            head: self.head(at, record),
            corridor: record.corridor.clone(),
            route_id: route.map(|near| self.area.routes()[near.route].id.clone()),
            route_chainage_m: route.map(|near| near.chainage_m),
            route_distance_m: route.map(|near| near.distance_m),
            route_side: route.map(|near| near.side.as_str()),
            post_id: post.map(|near| self.area.posts()[near.post].id.clone()),
            post_distance_m: post.map(|near| near.distance_m),
            post_bearing_deg: post.and_then(|near| near.bearing_deg),
        })
    }

    fn far(&self, record: &Record) -> Option<FarRow> {
        let (post, distance_m) = match &record.place {
            Where::At => record.post.map(|near| (near.post, near.distance_m))?,
            Where::In(region) => {
                let nearest = |a: &&Candidate, b: &&Candidate| a.min_distance_m.total_cmp(&b.min_distance_m);
                region.posts.iter().min_by(nearest).map(|one| (one.place, one.min_distance_m))?
            }
            Where::Nowhere(_) => return None,
        };
        (distance_m > self.options.far_m).then(|| FarRow {
            id: record.id.clone(),
            post_id: self.area.posts()[post].id.clone(),
            post_distance_m: distance_m,
        })
    }

    fn uncertain(&self, at: Instant, record: &Record) -> Option<UncertainRow> {
        let Where::In(region) = &record.place else { return None };
        let row = |id: &FeatureId, one: &Candidate| CandidateRow {
            id: id.clone(),
            share: one.share,
            min_distance_m: one.min_distance_m,
            max_distance_m: one.max_distance_m,
        };
        let (posts, routes) = (self.area.posts(), self.area.routes());
        Some(UncertainRow {
            head: self.head(at, record),
            form: region.form.clone(),
            area_km2: region.area_km2,
            doubt: region.doubt.clone(),
            posts: region.posts.iter().map(|one| row(&posts[one.place].id, one)).collect(),
            routes: region.routes.iter().map(|one| row(&routes[one.place].id, one)).collect(),
        })
    }
}

/// The status; the three that have a meaning in any case of letters.
fn status_key(record: &Record) -> Option<String> {
    let status = record.status.as_ref()?;
    let known = ["new", "open", "settled"].iter().find(|known| known.eq_ignore_ascii_case(status));
    Some(known.map_or(status.clone(), |known| (*known).to_owned()))
}

fn totals<'r>(records: impl Iterator<Item = &'r Record>) -> Totals {
    let mut totals = Totals::default();
    for record in records {
        totals.incidents += 1;
        match record.place {
            Where::At => totals.located += 1,
            Where::In(_) => totals.uncertain += 1,
            Where::Nowhere(_) => totals.not_located += 1,
        }
        totals.killed += record.killed.unwrap_or(0);
        totals.wounded += record.wounded.unwrap_or(0);
        totals.killed_not_told += u64::from(record.killed.is_none());
        totals.wounded_not_told += u64::from(record.wounded.is_none());
    }
    totals
}

/// What a row of a table is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Key(RowKind, Option<String>, Option<String>);

impl Key {
    fn of(kind: RowKind) -> Self {
        Key(kind, None, None)
    }

    fn none() -> Self {
        Key::of(RowKind::None)
    }

    fn value(key: impl Into<String>, name: Option<String>) -> Self {
        Key(RowKind::Value, Some(key.into()), name)
    }

    fn or_none(key: Option<String>, name: Option<String>) -> Self {
        key.map_or(Key::none(), |key| Key::value(key, name))
    }
}

/// The rows of a table: the most frequent first, those without a value last.
fn rows<'r>(keyed: impl Iterator<Item = (Key, &'r Record)>) -> Vec<TableRow> {
    let mut counts: BTreeMap<Key, [u64; 3]> = BTreeMap::new();
    for (key, record) in keyed {
        let [incidents, killed, wounded] = counts.entry(key).or_default();
        *incidents += 1;
        *killed += record.killed.unwrap_or(0);
        *wounded += record.wounded.unwrap_or(0);
    }
    let row = |(Key(row, key, name), [incidents, killed, wounded]): (Key, [u64; 3])| TableRow {
        row,
        key,
        name,
        incidents,
        killed,
        wounded,
    };
    let mut rows: Vec<TableRow> = counts.into_iter().map(row).collect();
    rows.sort_by(|a, b| a.row.cmp(&b.row).then(b.incidents.cmp(&a.incidents)));
    rows
}

/// Puts the rows of known keys first, in their order.
fn in_order(rows: &mut [TableRow], known: &[&str]) {
    let place = |row: &TableRow| match &row.key {
        Some(key) => known.iter().position(|known| known == key).unwrap_or(known.len()),
        None => known.len() + 1,
    };
    rows.sort_by_key(place);
}

/// The times of all incidents, ascending, with killed and wounded.
struct Times(Vec<(Instant, u64, u64)>);

impl Times {
    fn of(records: &[Record]) -> Self {
        let time = |record: &Record| match record.when {
            When::At(at) => Some((at, record.killed.unwrap_or(0), record.wounded.unwrap_or(0))),
            _ => None,
        };
        let mut times: Vec<_> = records.iter().filter_map(time).collect();
        times.sort_unstable();
        Times(times)
    }

    fn last(&self) -> Option<Instant> {
        self.0.last().map(|(at, ..)| *at)
    }

    /// Incidents, killed and wounded of a period.
    fn counts(&self, period: &Period) -> [u64; 3] {
        let place = |at: Instant| self.0.partition_point(|(time, ..)| *time < at);
        let within = &self.0[place(period.from)..place(period.to)];
        [
            within.len() as u64,
            within.iter().map(|(_, killed, _)| killed).sum(),
            within.iter().map(|(_, _, wounded)| wounded).sum(),
        ]
    }

    fn change(&mut self, period: &Period, totals: &Totals, zone: &Zone) -> Result<Change, Error> {
        let mut before = Vec::new();
        if let Some((first, ..)) = self.0.first() {
            for k in 1..=PERIODS_BEFORE {
                let earlier = period.before(k, zone)?;
                if earlier.to <= *first {
                    break;
                }
                before.push(self.counts(&earlier));
            }
        }
        let compared = |now: u64, which: usize| {
            let last = before.first().map(|counts| counts[which]);
            let median = median(before.iter().map(|counts| counts[which]).collect());
            Compared {
                now,
                before: last,
                difference: last.map(|last| now.cast_signed() - last.cast_signed()),
                median,
                difference_from_median: median.map(|median| now as f64 - median),
            }
        };
        Ok(Change {
            periods_in_data: before.len() as u64,
            incidents: compared(totals.incidents, 0),
            killed: compared(totals.killed, 1),
            wounded: compared(totals.wounded, 2),
        })
    }
}
