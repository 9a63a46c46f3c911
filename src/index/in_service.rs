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
    /// Its posts, a part of both lists.
    posts: std::ops::Range<usize>,
    before: Option<usize>,
    behind: Option<usize>,
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

    fn add(&mut self, items: Vec<Item>) -> Option<usize> {
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
        let posts = first..self.from.len();
        self.nodes.push(Node { centre, posts, before: None, behind: None });
        let before = self.add(before);
        self.nodes[node].before = before;
        let behind = self.add(behind);
        self.nodes[node].behind = behind;
        Some(node)
    }

    /// Shows all posts in service at an instant; returns `false` if they are too many, and some were shown.
    pub fn each_at(&self, at: Timestamp, mut show: impl FnMut(u32, Vec3)) -> bool {
        self.always.iter().for_each(|end| show(end.slot, end.ecef));
        let (mut count, mut next) = (self.always.len(), (!self.nodes.is_empty()).then_some(0));
        while let Some(node) = next {
            let node = &self.nodes[node];
            let is_before = at < node.centre;
            let list = if is_before { &self.from } else { &self.to };
            for end in &list[node.posts.clone()] {
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
            next = if is_before { node.before } else { node.behind };
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
