//! Which of many posts are in service at an instant, where they are few: an interval tree (Edelsbrunner 1980, Dynamic data
//! structures for orthogonal intersection queries) whose lists hold what a search needs of them.

use crate::geodesy::ecef::Vec3;
use crate::time::{ServicePeriod, Timestamp};

/// Fewer posts are filtered as they are found.
const LEAST_POSTS: usize = 128;

/// More than so many in service are sought by the tree of all posts.
const MOST_IN_SERVICE: usize = 1_024;

/// A post at one end of its period.
#[derive(Debug, Clone, Copy)]
struct End {
    /// None before all, or behind all.
    at: Option<Timestamp>,
    slot: u32,
    ecef: Vec3,
}

/// The posts whose periods hold an instant, and those of earlier and of later ones.
#[derive(Debug)]
struct Node {
    centre: Timestamp,
    /// The first begin and the last end of its posts: most nodes on the way have none that serves, and their lists stay
    /// untouched. Together a node is a line of the cache.
    first: Timestamp,
    /// None behind all.
    last: Option<Timestamp>,
    /// Its posts, a part of both lists.
    from: u32,
    to: u32,
    /// The next nodes; 0, which is no node's next, for none.
    before: u32,
    behind: u32,
}

/// Posts by their periods.
#[derive(Debug, Default)]
pub(super) struct InService {
    nodes: Vec<Node>,
    /// Of each node, the earliest first.
    from: Vec<End>,
    /// Of each node, the latest first.
    to: Vec<End>,
    /// Always in service: by the slots of no node.
    always: Vec<End>,
}

/// A post that is put in its place.
type Item = (ServicePeriod, u32, Vec3);

fn begin(period: &ServicePeriod) -> Timestamp {
    period.from().unwrap_or(Timestamp::MIN)
}

impl InService {
    /// By their periods, slots and places; none where it would not pay.
    pub fn new(posts: Vec<Item>) -> Option<Self> {
        let is_worth = posts.len() >= LEAST_POSTS;
        let (always, some): (Vec<Item>, Vec<Item>) =
            posts.into_iter().partition(|(period, ..)| period.is_always());
        if !is_worth || always.len() > MOST_IN_SERVICE {
            return None;
        }
        let always = always.into_iter().map(|(_, slot, ecef)| End { at: None, slot, ecef }).collect();
        let mut tree = InService { always, ..Default::default() };
        // One that ends where time begins serves at no instant.
        let serves = |(period, ..): &Item| period.to().is_none_or(|to| begin(period) < to);
        tree.add(some.into_iter().filter(serves).collect());
        Some(tree)
    }

    fn add(&mut self, items: Vec<Item>) -> Option<u32> {
        // Half of the periods begin before it, half behind; one at the least holds it.
        let mut begins: Vec<Timestamp> = items.iter().map(|(period, ..)| begin(period)).collect();
        let middle = begins.len() / 2;
        let (_, &mut centre, _) = (!begins.is_empty()).then(|| begins.select_nth_unstable(middle))?;
        let (mut before, mut behind, mut here) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            match () {
                () if item.0.to().is_some_and(|to| to <= centre) => before.push(item),
                () if begin(&item.0) > centre => behind.push(item),
                () => here.push(item),
            }
        }
        let first = self.from.len();
        let end = |at, &(_, slot, ecef): &Item| End { at, slot, ecef };
        self.from.extend(here.iter().map(|item| end(item.0.from(), item)));
        self.to.extend(here.iter().map(|item| end(item.0.to(), item)));
        // None is the least: no beginning before all.
        self.from[first..].sort_unstable_by_key(|end| end.at);
        self.to[first..].sort_unstable_by_key(|end| std::cmp::Reverse((end.at.is_none(), end.at)));
        let node = self.nodes.len();
        self.nodes.push(Node {
            centre,
            first: self.from[first].at.unwrap_or(Timestamp::MIN),
            last: self.to[first].at,
            from: first as u32,
            to: self.from.len() as u32,
            before: 0,
            behind: 0,
        });
        let before = self.add(before).unwrap_or(0);
        let behind = self.add(behind).unwrap_or(0);
        (self.nodes[node].before, self.nodes[node].behind) = (before, behind);
        Some(node as u32)
    }

    /// Shows all posts in service at an instant; returns `false` if they are too many, and some were shown.
    pub fn each_at(&self, at: Timestamp, mut show: impl FnMut(u32, Vec3)) -> bool {
        self.always.iter().for_each(|end| show(end.slot, end.ecef));
        let (mut count, mut next) = (self.always.len(), self.nodes.first());
        while let Some(node) = next {
            let is_before = at < node.centre;
            let (list, any, place) = match is_before {
                true => (&self.from, node.first <= at, node.before),
                false => (&self.to, node.last.is_none_or(|last| at < last), node.behind),
            };
            let posts = if any { node.from as usize..node.to as usize } else { 0..0 };
            for end in &list[posts] {
                let serves = match is_before {
                    true => end.at.is_none_or(|from| from <= at),
                    false => end.at.is_none_or(|to| at < to),
                };
                if !serves {
                    break;
                }
                count += 1;
                if count > MOST_IN_SERVICE {
                    return false;
                }
                show(end.slot, end.ecef);
            }
            next = (place > 0).then(|| &self.nodes[place as usize]);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_in_service_are_shown_and_no_other() {
        let mut rng = fastrand::Rng::with_seed(14);
        let time = |seconds: i64| Timestamp::from_unix_seconds(seconds).unwrap();
        for round in 0..60 {
            let count = 128 + rng.usize(..800);
            let latest = [5, 100, 10_000][round % 3];
            let items: Vec<Item> = (0..count as u32)
                .map(|slot| {
                    let from = rng.i64(0..latest);
                    let to = from + 1 + rng.i64(0..1 + latest / 4);
                    let (from, to) =
                        ((rng.u8(..8) > 0).then(|| time(from)), (rng.u8(..8) > 0).then(|| time(to)));
                    (ServicePeriod::new(from, to).unwrap(), slot, [f64::from(slot), 0.0, 0.0])
                })
                .collect();
            let tree = InService::new(items.clone()).unwrap();
            for at in (-1..=latest + latest / 4 + 2).step_by(1 + latest as usize / 50).map(time) {
                let expected: Vec<u32> = items
                    .iter()
                    .filter(|(period, ..)| period.contains(at))
                    .map(|(_, slot, _)| *slot)
                    .collect();
                let mut found = Vec::new();
                assert!(tree.each_at(at, |slot, ecef| {
                    assert_eq!(ecef[0], f64::from(slot));
                    found.push(slot);
                }));
                found.sort_unstable();
                assert_eq!(found, expected, "round {round} {at}");
            }
        }
        assert!(InService::new(Vec::new()).is_none(), "a few are filtered");
    }
}
