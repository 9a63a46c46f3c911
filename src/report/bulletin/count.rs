//! From incidents to the figures.

use super::change::change;
use super::contacts::Contacts;
use super::figures::*;
use super::liaison;
use super::options::BulletinOptions;
use super::record::{Candidate, Details, Record, Where};
use super::strips::{nothing, strips};
use super::tables::tables;
use super::times::Times;
use super::trend::{days, weeks};
use crate::incident::Tally;
use crate::report::period::{Period, PeriodKind};
use crate::time::{InPeriod, LocalTime, ServicePeriod, When};
use crate::{Error, FeatureId, PatrolIndex};

/// What the figures are taken from.
pub(super) struct Counter<'a> {
    pub index: &'a PatrolIndex,
    pub contacts: &'a Contacts,
    pub options: &'a BulletinOptions,
    pub period: Period,
    pub records: &'a [Record],
}

/// The incidents in the order of the file, by where they lie to the period.
#[derive(Default)]
struct Sorted<'a> {
    before: Vec<&'a Record>,
    current: Vec<(&'a Record, &'a Details)>,
    after: u64,
    /// Those that are doubtful, or have no usable time.
    open: Vec<(&'a Record, &'a Details)>,
}

impl<'a> Sorted<'a> {
    fn of(records: &'a [Record], period: &Period) -> Self {
        let mut sorted = Sorted::default();
        for record in records {
            match (record.when.in_period(period.from, period.to), record.details.as_deref()) {
                (Some(InPeriod::Before), _) => sorted.before.push(record),
                (Some(InPeriod::After), _) => sorted.after += 1,
                (Some(InPeriod::Within), Some(details)) => sorted.current.push((record, details)),
                (Some(InPeriod::Doubtful) | None, Some(details)) => sorted.open.push((record, details)),
                // Details are left out of those before and after alone.
                (_, None) => {}
            }
        }
        sorted
    }
}

impl Counter<'_> {
    /// The figures; what is doubtful is counted in the tally.
    pub fn figures(self, tally: &mut Tally, time_field: &str, rejected: Rejected) -> Result<Figures, Error> {
        let (zone, period) = (&self.options.zone, &self.period);
        let Sorted { before, mut current, after, open } = Sorted::of(self.records, period);
        let not_located = self.not_located(period);
        let without_time: Vec<WithoutTime> =
            open.iter().map(|(record, details)| without_time(record, details)).collect();
        let (mut data, mut doubtful) =
            (Data { read: tally.read, rejected: tally.rejected, after, ..Data::default() }, 0);
        tally.ask_for_period();
        for ((record, _), told) in open.iter().zip(&without_time) {
            match record.when {
                When::Missing => data.without_time += 1,
                When::NoZone(_) | When::Unreadable { .. } => data.unreadable_time += 1,
                _ => {
                    doubtful += 1;
                    let reason = "may be in the period or not".to_owned();
                    tally.count_doubtful(|| {
                        record.mark.first(Some(time_field.to_owned()), told.found.clone(), reason)
                    });
                }
            }
        }
        (data.before, data.in_period, data.doubtful) = (before.len() as u64, current.len() as u64, doubtful);
        // In the order of time; of one time in the order of the layer.
        current.sort_by_key(|(record, _)| record.span());
        let totals = totals(&current);
        let tables = tables(&current, self.index, zone);
        let times = Times::of(self.records);
        // A log that has a later incident is not complete before it: clocks are wrong, and so are those of machines.
        let last = current.iter().filter_map(|(record, _)| record.when.instant()).max();
        let until = self.options.data_until.map(|until| last.map_or(until, |last| until.max(last)));
        let until = until.filter(|until| *until > period.from);
        let (days, corridor_days) = days(&current, self.index, period, zone)?;
        let is_unread = |member: &str| {
            current.iter().any(|(_, details)| details.unread.iter().any(|(name, _)| *name == member))
        };
        let each = || current.iter().copied();
        let ids = |records: &[&Record]| {
            records.iter().filter(|one| one.is_open).map(|one| one.id.clone()).collect()
        };
        Ok(Figures {
            bulletin: 2,
            head: (&self.options.title_block).into(),
            period: PeriodFigures {
                day: period.day().map(|day| day.to_string()),
                from: LocalTime::of(period.from, zone).to_string(),
                to: LocalTime::of(period.to, zone).to_string(),
                zone: zone.to_string(),
                hours: period.hours(),
                kind: match period.kind {
                    PeriodKind::Day(_) => "day",
                    PeriodKind::Week(_) => "week",
                    PeriodKind::Month(_) => "month",
                    PeriodKind::Between => "between",
                },
                to_date: until.is_some_and(|until| until < period.to),
                data_until: until
                    .filter(|until| *until < period.to)
                    .map(|until| LocalTime::of(until, zone).to_string()),
            },
            data,
            rejected,
            totals,
            change: change(&times, period, &totals, until, zone)?,
            service: self.service(period)?,
            without_incident: nothing(&tables, self.index, period)?,
            tables,
            days,
            corridor_days,
            week_start: self.options.week_start(),
            weeks: weeks(&times, period, self.options.week_start(), until, zone)?,
            strips: strips(&current, self.index, period, self.options.radius_m)?,
            casualties_told: CasualtiesTold {
                killed: self.records.iter().any(|one| one.killed.is_some()) || is_unread("killed"),
                wounded: self.records.iter().any(|one| one.wounded.is_some()) || is_unread("wounded"),
            },
            open_before: ids(&before),
            places: each().filter_map(|(record, details)| self.place(record, details)).collect(),
            far: Far {
                limit_m: self.options.far_m,
                incidents: each().filter_map(|(record, details)| self.far(record, details)).collect(),
            },
            odd: each()
                .filter_map(|(record, details)| {
                    Some(Odd { id: record.id.clone(), why: details.oddity?.into() })
                })
                .collect(),
            uncertain: each().filter_map(|(record, details)| self.uncertain(record, details)).collect(),
            not_located,
            without_time,
            not_counted: each().flat_map(|(record, details)| not_counted(record, details)).collect(),
            liaison: each()
                .filter_map(|(record, details)| liaison::of(record, details, self.index, self.contacts))
                .collect(),
        })
    }

    /// Those of the period, and those that may be of it.
    fn not_located(&self, period: &Period) -> Vec<NotLocated> {
        let of = |record: &Record| {
            let Where::Nowhere(why) = &record.details.as_ref()?.place else { return None };
            let in_period = match record.when.in_period(period.from, period.to) {
                Some(InPeriod::Within) => true,
                Some(InPeriod::Doubtful) | None => false,
                Some(InPeriod::Before | InPeriod::After) => return None,
            };
            Some(NotLocated { id: record.id.clone(), why: why.clone(), in_period })
        };
        self.records.iter().filter_map(of).collect()
    }

    /// What was in service at some instant of the period.
    fn service(&self, period: &Period) -> Result<Service, Error> {
        let index = self.index;
        let period = ServicePeriod::new(Some(period.from), Some(period.to))?;
        let served = |route: &usize| index.routes()[*route].service.meets(&period);
        // One without routes is a polygon, which always is there.
        let corridors = index.corridors().iter();
        let corridors = corridors.filter(|one| one.routes.is_empty() || one.routes.iter().any(served));
        let posts: Vec<_> = index.posts().iter().filter(|post| !post.service.meets(&period)).collect();
        let routes: Vec<_> = index.routes().iter().filter(|route| !route.service.meets(&period)).collect();
        Ok(Service {
            posts: (index.posts().len() - posts.len()) as u64,
            routes: (index.routes().len() - routes.len()) as u64,
            corridors: corridors.count() as u64,
            posts_not_in_service: posts.into_iter().map(|post| post.id.clone()).collect(),
            routes_not_in_service: routes.into_iter().map(|route| route.id.clone()).collect(),
        })
    }

    fn head(&self, record: &Record, details: &Details) -> Head {
        let zone = &self.options.zone;
        let count = |count: Option<u32>| count.map(u64::from);
        Head {
            id: record.id.clone(),
            time: match &record.when {
                When::At(at) | When::Twice(at, _) => LocalTime::of(*at, zone).to_string(),
                When::Day(day) => day.day.to_string(),
                _ => String::new(),
            },
            kind: details.kind.clone(),
            status: details.status.clone(),
            killed: count(record.killed),
            wounded: count(record.wounded),
            description: details.description.clone(),
        }
    }

    fn place(&self, record: &Record, details: &Details) -> Option<PlaceRow> {
        let Where::At(near) = &details.place else { return None };
        let (post, route) = (near.post, near.route);
        Some(PlaceRow {
            head: self.head(record, details),
            corridor: near.corridor.map(|corridor| self.index.corridors()[corridor].name.clone()),
            route_id: route.map(|near| self.index.routes()[near.route].id.clone()),
            route_chainage_m: route.map(|near| near.chainage_m),
            route_distance_m: route.map(|near| near.distance_m),
            route_side: route.map(|near| near.side.as_str()),
            post_id: post.map(|near| self.index.posts()[near.post].id.clone()),
            post_distance_m: post.map(|near| near.distance_m),
            post_bearing_deg: post.and_then(|near| near.bearing_deg),
        })
    }

    fn far(&self, record: &Record, details: &Details) -> Option<FarRow> {
        let (post, distance_m) = match &details.place {
            Where::At(near) => near.post.map(|near| (near.post, near.distance_m))?,
            Where::In(region) => {
                let nearest = |a: &&Candidate, b: &&Candidate| a.min_distance_m.total_cmp(&b.min_distance_m);
                region.posts.iter().min_by(nearest).map(|one| (one.index, one.min_distance_m))?
            }
            Where::Nowhere(_) => return None,
        };
        (distance_m > self.options.far_m).then(|| FarRow {
            id: record.id.clone(),
            post_id: self.index.posts()[post].id.clone(),
            post_distance_m: distance_m,
        })
    }

    fn uncertain(&self, record: &Record, details: &Details) -> Option<UncertainRow> {
        let Where::In(region) = &details.place else { return None };
        let row = |id: &FeatureId, one: &Candidate| CandidateRow {
            id: id.clone(),
            share: one.share,
            min_distance_m: one.min_distance_m,
            max_distance_m: one.max_distance_m,
        };
        let (posts, routes) = (self.index.posts(), self.index.routes());
        Some(UncertainRow {
            head: self.head(record, details),
            form: region.form,
            area_km2: region.area_km2,
            warnings: region.warnings.clone(),
            posts: region.posts.iter().map(|one| row(&posts[one.index].id, one)).collect(),
            routes: region.routes.iter().map(|one| row(&routes[one.index].id, one)).collect(),
        })
    }
}

/// Why an incident is not known to be of the period or not.
fn without_time(record: &Record, details: &Details) -> WithoutTime {
    let (found, why) = match &record.when {
        When::Missing => (None, WhyNoTime::Missing),
        When::NoZone(text) => (Some(text.clone()), WhyNoTime::Unreadable),
        When::Unreadable { text, why } => (Some(text.clone()), (*why).into()),
        When::Day(day) => (Some(details.time.clone().unwrap_or(day.day.to_string())), WhyNoTime::Date),
        When::Twice(at, _) | When::At(at) => {
            (Some(details.time.clone().unwrap_or(at.to_string())), WhyNoTime::Clocks)
        }
    };
    WithoutTime { id: record.id.clone(), row: record.mark.number, found, why }
}

fn not_counted<'r>(record: &'r Record, details: &'r Details) -> impl Iterator<Item = NotCounted> + use<'r> {
    let of = |(member, found): &(&'static str, String)| NotCounted {
        id: record.id.clone(),
        member,
        found: found.clone(),
    };
    details.unread.iter().map(of)
}

fn totals(current: &[(&Record, &Details)]) -> Totals {
    let mut totals = Totals::default();
    for (record, details) in current {
        totals.incidents += 1;
        match &details.place {
            Where::At(_) => totals.located += 1,
            Where::In(_) => totals.uncertain += 1,
            Where::Nowhere(why) => {
                totals.not_located += 1;
                totals.region_unknown += u64::from(why.is_region_unknown());
            }
        }
        let [killed, wounded] = record.persons();
        totals.killed += killed;
        totals.wounded += wounded;
        totals.killed_not_told += u64::from(record.killed.is_none());
        totals.wounded_not_told += u64::from(record.wounded.is_none());
    }
    totals
}
