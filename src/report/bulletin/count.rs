//! From incidents to the figures.

use std::collections::BTreeMap;

use super::contacts::Contacts;
use super::figures::*;
use super::period::{PERIODS_BEFORE, Period, Relation, median};
use super::record::{Candidate, NearPost, NearRoute, Record, When, Where};
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
            let relation = record.when.span().map_or(Relation::Unknown, |span| period.relation(span));
            let in_period = relation == Relation::Within;
            if let (Where::Nowhere(why), Relation::Within | Relation::Unknown) = (&record.place, relation) {
                not_located.push(NotLocated { id: record.id.clone(), why: why.clone(), in_period });
            }
            match relation {
                Relation::Before => {
                    data.before += 1;
                    if matches!(status_key(&record).as_deref(), Some("new" | "open")) {
                        open_before.push(record.id);
                    }
                }
                Relation::After => data.after += 1,
                Relation::Within => {
                    data.in_period += 1;
                    current.push(record);
                }
                Relation::Unknown => {
                    let (found, why) = match record.when {
                        When::Missing => (None, WhyNoTime::Missing),
                        When::Unusable(text, why) => (Some(text), why),
                        When::At(at) | When::On(at, _) => {
                            (Some(LocalTime::of(at, zone).day.to_string()), WhyNoTime::Date)
                        }
                    };
                    without_time.push(WithoutTime { id: record.id, found, why });
                }
            }
        }
        data.without_time = without_time.len() as u64;
        // In the order of time; of one time in the order of the layer.
        current.sort_by_key(|record| record.when.span());
        let totals = totals(current.iter());
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
            places: current.iter().filter_map(|record| self.place(record)).collect(),
            far: Far {
                limit_m: self.options.far_m,
                incidents: current.iter().filter_map(|record| self.far(record)).collect(),
            },
            uncertain: current.iter().filter_map(|record| self.uncertain(record)).collect(),
            not_located,
            without_time,
            not_counted: current.iter().flat_map(not_counted).collect(),
            liaison: current
                .iter()
                .filter_map(|record| liaison::of(record, self.area, self.contacts))
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

    fn tables(&self, current: &[Record]) -> Tables {
        let area = self.area;
        let (posts, routes) = (area.posts(), area.routes());
        let table = |key: &dyn Fn(&Record) -> Key| rows(current.iter().map(|record| (key(record), record)));
        // What depends on where it was, of those that have a position.
        let placed = |record: &Record, key: Key| match record.place {
            Where::At => key,
            Where::In(_) => Key::of(RowKind::Uncertain),
            Where::Nowhere(_) => Key::of(RowKind::NotLocated),
        };
        let mut hour = table(&|record| match record.when {
            When::At(at) => Key::value(format!("{:02}", LocalTime::of(at, &self.options.zone).hour)),
            _ => Key::none(),
        });
        hour.sort_by(|a, b| a.row.cmp(&b.row).then_with(|| a.key.cmp(&b.key)));
        let mut side = table(&|record| {
            placed(record, record.route.map_or(Key::none(), |near| Key::value(near.side.as_str())))
        });
        in_order(&mut side, &["left", "right", "on"]);
        let mut status = table(&|record| Key::or_none(status_key(record)));
        in_order(&mut status, &["new", "open", "settled"]);
        Tables {
            corridor: table(&|record| placed(record, Key::or_none(record.corridor.clone()))),
            route: table(&|record| {
                let key = record.route.map_or(Key::none(), |NearRoute { route, .. }| {
                    Key::of_layer(&routes[route].id, routes[route].name.as_ref(), route)
                });
                placed(record, key)
            }),
            post: table(&|record| {
                let key = record.post.map_or(Key::none(), |NearPost { post, .. }| {
                    Key::of_layer(&posts[post].id, posts[post].name.as_ref(), post)
                });
                placed(record, key)
            }),
            kind: table(&|record| Key::or_none(record.kind.clone())),
            side,
            hour,
            status,
        }
    }

    fn head(&self, record: &Record) -> Head {
        let zone = &self.options.zone;
        Head {
            id: record.id.clone(),
            time: match record.when {
                When::At(at) => LocalTime::of(at, zone).to_string(),
                When::On(first, _) => LocalTime::of(first, zone).day.to_string(),
                _ => String::new(),
            },
            kind: record.kind.clone(),
            status: status_key(record),
            killed: record.killed,
            wounded: record.wounded,
            description: record.description.clone(),
        }
    }

    fn place(&self, record: &Record) -> Option<PlaceRow> {
        if record.place != Where::At {
            return None;
        }
        let (post, route) = (record.post, record.route);
        Some(PlaceRow {
            head: self.head(record),
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

    fn uncertain(&self, record: &Record) -> Option<UncertainRow> {
        let Where::In(region) = &record.place else { return None };
        let row = |id: &FeatureId, one: &Candidate| CandidateRow {
            id: id.clone(),
            share: one.share,
            min_distance_m: one.min_distance_m,
            max_distance_m: one.max_distance_m,
        };
        let (posts, routes) = (self.area.posts(), self.area.routes());
        Some(UncertainRow {
            head: self.head(record),
            form: region.form.clone(),
            area_km2: region.area_km2,
            doubts: region.doubts.clone(),
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

fn not_counted(record: &Record) -> impl Iterator<Item = NotCounted> + use<'_> {
    let of = |(member, found): &(&'static str, String)| NotCounted {
        id: record.id.clone(),
        member,
        found: found.clone(),
    };
    record.unread.iter().map(of)
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
struct Key(RowKind, Option<String>, Option<String>, usize);

impl Key {
    fn of(kind: RowKind) -> Self {
        Key(kind, None, None, 0)
    }

    fn none() -> Self {
        Key::of(RowKind::None)
    }

    fn value(key: impl Into<String>) -> Self {
        Key(RowKind::Value, Some(key.into()), None, 0)
    }

    /// A post or a route by its place: the ids `1` and `"1"` are two.
    fn of_layer(id: &FeatureId, name: Option<&String>, place: usize) -> Self {
        Key(RowKind::Value, Some(id.to_string()), name.cloned(), place)
    }

    fn or_none(key: Option<String>) -> Self {
        key.map_or(Key::none(), Key::value)
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
    let row = |(Key(row, key, name, _), [incidents, killed, wounded]): (Key, [u64; 3])| TableRow {
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

/// The times of all incidents, ascending (of a date alone the span of its day), with killed and wounded.
struct Times(Vec<((Instant, Instant), u64, u64)>);

impl Times {
    fn of(records: &[Record]) -> Self {
        let time = |record: &Record| {
            Some((record.when.span()?, record.killed.unwrap_or(0), record.wounded.unwrap_or(0)))
        };
        let mut times: Vec<_> = records.iter().filter_map(time).collect();
        times.sort_unstable();
        Times(times)
    }

    fn last(&self) -> Option<Instant> {
        self.0.last().map(|((first, _), ..)| *first)
    }

    /// Incidents, killed and wounded of a period.
    fn counts(&self, period: &Period) -> [u64; 3] {
        let place = |at: Instant| self.0.partition_point(|((first, _), ..)| *first < at);
        let mut counts = [0; 3];
        for (span, killed, wounded) in &self.0[place(period.from)..place(period.to)] {
            if period.relation(*span) == Relation::Within {
                counts[0] += 1;
                counts[1] += killed;
                counts[2] += wounded;
            }
        }
        counts
    }

    fn change(&mut self, period: &Period, totals: &Totals, zone: &Zone) -> Result<Change, Error> {
        let mut before = Vec::new();
        if let Some(((first, _), ..)) = self.0.first() {
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
