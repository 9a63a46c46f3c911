//! The tables: each counts every incident of the period once.

use std::collections::BTreeMap;

use super::figures::{RowKind, TableRow, Tables};
use super::record::{Candidate, Certain, Details, Near, Record, Region, Where};
use crate::linear::Side;
use crate::report::facts::STATUSES;
use crate::report::shares::apportioned;
use crate::time::{Day, LocalTime, When, Zone};
use crate::{FeatureId, PatrolIndex};

/// What a row of a table is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key(RowKind, Option<String>, Option<String>, usize);

impl Key {
    fn of(kind: RowKind) -> Self {
        Key(kind, None, None, 0)
    }

    fn value(key: impl Into<String>) -> Self {
        Key(RowKind::Value, Some(key.into()), None, 0)
    }

    /// A post or a route by its index: the ids `1` and `"1"` are two.
    fn of_layer(id: &FeatureId, name: Option<&String>, place: usize) -> Self {
        Key(RowKind::Value, Some(id.to_string()), name.cloned(), place)
    }

    fn or_none(key: Option<Key>) -> Self {
        key.unwrap_or(Key::of(RowKind::None))
    }

    fn of_certain(key: Certain<Key>) -> Self {
        match key {
            Certain::Value(key) => key,
            Certain::None => Key::of(RowKind::None),
            Certain::Undecided => Key::of(RowKind::Undecided),
        }
    }
}

/// How an incident counts in a table.
enum Counted {
    /// In one row, with its persons.
    In(Key),
    /// As possible in several, by its shares; its persons are undecided.
    Possible(Vec<(Key, f64)>),
}

/// The tables of the incidents of a period, in the order of time.
pub(super) fn tables(current: &[(&Record, &Details)], index: &PatrolIndex, zone: &Zone) -> Tables {
    let table = |counted: &dyn Fn(&Record, &Details) -> Counted| {
        rows(current.iter().map(|(record, details)| (counted(record, details), record.persons())))
    };
    let text = |text: &Option<String>| Counted::In(Key::or_none(text.as_ref().map(Key::value)));
    let mut hour = table(&|record, _| Counted::In(Key::or_none(hour(&record.when, zone).map(Key::value))));
    hour.sort_by(|a, b| a.row.cmp(&b.row).then_with(|| a.key.cmp(&b.key)));
    let mut weekday = table(&|record, _| {
        Counted::In(Key::or_none(
            day(&record.when, zone).map(|day| Key::value(day.weekday().number().to_string())),
        ))
    });
    weekday.sort_by(|a, b| a.row.cmp(&b.row).then_with(|| a.key.cmp(&b.key)));
    let mut side = table(&|_, details| {
        let key = |side: Side| Key::value(side.as_str());
        Counted::In(placed(
            details,
            |near| near.route.map(|near| key(near.side)),
            |region| match region.side {
                Certain::Value(side) => Certain::Value(key(side)),
                Certain::None => Certain::None,
                Certain::Undecided => Certain::Undecided,
            },
        ))
    });
    in_order(&mut side, &["left", "right", "on"]);
    let mut status = table(&|_, details| text(&details.status));
    in_order(&mut status, &STATUSES.map(|status| status.name));
    let route =
        |route: usize| Key::of_layer(&index.routes()[route].id, index.routes()[route].name.as_ref(), route);
    let post = |post: usize| Key::of_layer(&index.posts()[post].id, index.posts()[post].name.as_ref(), post);
    Tables {
        corridor: table(&|_, details| Counted::In(in_corridor(details, index))),
        route: table(&|_, details| {
            nearest(details, |near| near.route.map(|near| near.route), |region| &region.routes, route)
        }),
        post: table(&|_, details| {
            nearest(details, |near| near.post.map(|near| near.post), |region| &region.posts, post)
        }),
        kind: table(&|_, details| text(&details.kind)),
        side,
        hour,
        weekday,
        status,
    }
}

/// The day of the calendar, if it is known; of a time that the clocks showed twice, both are of one.
pub(super) fn day(when: &When, zone: &Zone) -> Option<Day> {
    match when {
        When::At(at) | When::Twice(at, _) => Some(Day::of(*at, zone)),
        When::Day(day) => Some(day.day),
        When::Missing | When::NoZone(_) | When::Unreadable { .. } => None,
    }
}

/// The hour of the day, where a time of day is told.
fn hour(when: &When, zone: &Zone) -> Option<String> {
    match when {
        When::At(at) | When::Twice(at, _) => Some(format!("{:02}", LocalTime::of(*at, zone).hour)),
        _ => None,
    }
}

fn in_corridor(details: &Details, index: &PatrolIndex) -> Key {
    let corridor = |corridor: usize| Key::value(index.corridors()[corridor].name.as_str());
    placed(
        details,
        |near| near.corridor.map(corridor),
        |region| match region.corridor {
            Certain::Value(place) => Certain::Value(corridor(place)),
            Certain::None => Certain::None,
            Certain::Undecided => Certain::Undecided,
        },
    )
}

/// The row of the table by corridor that counts an incident.
pub(super) fn corridor_key(details: &Details, index: &PatrolIndex) -> (RowKind, Option<String>) {
    let Key(row, key, ..) = in_corridor(details, index);
    (row, key)
}

/// By where it was, which is decided or not.
fn placed(
    details: &Details,
    at: impl FnOnce(&Near) -> Option<Key>,
    region: impl FnOnce(&Region) -> Certain<Key>,
) -> Key {
    match &details.place {
        Where::At(near) => Key::or_none(at(near)),
        Where::In(found) => Key::of_certain(region(found)),
        Where::Nowhere(_) => Key::of(RowKind::NotLocated),
    }
}

/// By what is the nearest, or may be.
fn nearest(
    details: &Details,
    at: impl FnOnce(&Near) -> Option<usize>,
    candidates: impl FnOnce(&Region) -> &Vec<Candidate>,
    key: impl Fn(usize) -> Key,
) -> Counted {
    Counted::In(match &details.place {
        Where::At(near) => Key::or_none(at(near).map(key)),
        Where::In(region) => match &candidates(region)[..] {
            [] => Key::of(RowKind::None),
            [certain] => key(certain.index),
            several => {
                return Counted::Possible(several.iter().map(|one| (key(one.index), one.share)).collect());
            }
        },
        Where::Nowhere(_) => Key::of(RowKind::NotLocated),
    })
}

/// What a row counts.
#[derive(Default)]
struct Sums {
    incidents: u64,
    persons: [u64; 2],
    /// The sum of shares of incidents.
    shares: f64,
}

impl Sums {
    fn add_persons(&mut self, more: [u64; 2]) {
        self.persons.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }
}

/// The rows of a table: the most frequent first, those without a value last. What is possible is rounded so that it adds up to
/// the number of incidents that it is of.
fn rows(counted: impl Iterator<Item = (Counted, [u64; 2])>) -> Vec<TableRow> {
    let mut sums: BTreeMap<Key, Sums> = BTreeMap::new();
    let mut undecided = 0;
    for (counted, persons) in counted {
        match counted {
            Counted::In(key) => {
                let row = sums.entry(key).or_default();
                row.incidents += 1;
                row.add_persons(persons);
            }
            Counted::Possible(shares) => {
                undecided += 1;
                sums.entry(Key::of(RowKind::Undecided)).or_default().add_persons(persons);
                let whole: f64 = shares.iter().map(|(_, share)| share).sum();
                let even = 1.0 / shares.len() as f64;
                for (key, share) in shares {
                    sums.entry(key).or_default().shares += if whole > 0.0 { share / whole } else { even };
                }
            }
        }
    }
    let shares: Vec<f64> = sums.values().map(|sums| sums.shares).collect();
    let tenths = apportioned(&shares, 10 * undecided);
    let row = |((Key(row, key, name, _), sums), tenths): ((Key, Sums), u64)| {
        let Sums { incidents, persons: [killed, wounded], .. } = sums;
        TableRow { row, key, name, incidents, possible: tenths as f64 / 10.0, killed, wounded }
    };
    let mut rows: Vec<TableRow> = sums.into_iter().zip(tenths).map(row).collect();
    let more =
        |a: &TableRow, b: &TableRow| b.incidents.cmp(&a.incidents).then(b.possible.total_cmp(&a.possible));
    rows.sort_by(|a, b| a.row.cmp(&b.row).then_with(|| more(a, b)));
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
