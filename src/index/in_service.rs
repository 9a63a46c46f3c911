//! The posts in service at an instant, where they are few of many: time is cut into intervals in which as many posts begin and
//! end as serve, and each interval has a tree of the posts that serve at any time of it. So all trees together hold each
//! post a few times, and a tree about twice what a search wants.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chord_tree::SlotTree;
use crate::geodesy::ecef::Vec3;
use crate::time::{ServicePeriod, Timestamp};

/// Fewer posts are filtered as they are found.
const LEAST_POSTS: usize = 128;

/// An interval with fewer changes is not worth a tree.
const LEAST_CHANGES: usize = 64;

/// Trees that hold more than this part of all posts each are not worth their memory.
const MOST_SHARE: f64 = 0.25;

/// Trees of posts by the time in which they serve.
#[derive(Debug)]
pub(super) struct InService {
    /// Where each interval but the first begins, ascending.
    begins: Vec<Timestamp>,
    intervals: Vec<SlotTree>,
    /// The posts that are always in service: they are in no interval.
    always: SlotTree,
}

/// A post with its period, slot and place.
type Item = (ServicePeriod, u32, Vec3);

impl InService {
    /// Returns `None` where it would not pay.
    pub fn new(posts: Vec<Item>) -> Option<Self> {
        let count = posts.len();
        if count < LEAST_POSTS {
            return None;
        }
        let (always, some): (Vec<Item>, Vec<Item>) =
            posts.into_iter().partition(|(period, ..)| period.is_always());
        let (begins, intervals) = intervals(&some);
        let held: usize = intervals.iter().map(Vec::len).sum();
        if held as f64 > MOST_SHARE * count as f64 * intervals.len() as f64 {
            return None;
        }
        let tree =
            |posts: &Vec<usize>| SlotTree::new(&posts.iter().map(|&post| some[post]).collect::<Vec<_>>());
        let intervals = intervals.iter().map(tree).collect();
        Some(InService { begins, intervals, always: SlotTree::new(&always) })
    }

    /// Trees that together hold all posts in service at an instant, and others.
    pub fn at(&self, at: Timestamp) -> [&SlotTree; 2] {
        let interval = self.begins.partition_point(|begin| *begin <= at);
        [&self.intervals[interval], &self.always]
    }
}

/// Where intervals begin, but the first, and of each the posts that serve at any time of it.
fn intervals(posts: &[Item]) -> (Vec<Timestamp>, Vec<Vec<usize>>) {
    let (mut begins, mut all) = (Vec::new(), Vec::new());
    let begin = |post: usize| posts[post].0.from();
    let mut coming: Vec<usize> = (0..posts.len()).collect();
    // No beginning is before all others.
    coming.sort_by_key(|&post| begin(post));
    let mut coming = coming.into_iter().peekable();
    // Those that serve: with an end, and without one.
    let (mut ending, mut endless) = (BinaryHeap::new(), Vec::new());
    let (mut interval, mut changes, mut most) = (Vec::new(), 0, LEAST_CHANGES);
    loop {
        let next_begin = coming.peek().map(|&post| begin(post).unwrap_or(Timestamp::MIN));
        let next_end = ending.peek().map(|Reverse((end, _))| *end);
        let Some(now) = next_begin.into_iter().chain(next_end).min() else { break };
        while ending.peek().is_some_and(|Reverse((end, _))| *end <= now) {
            ending.pop();
            changes += 1;
        }
        if changes >= most {
            let serving = ending.iter().map(|Reverse((_, post))| *post).chain(endless.iter().copied());
            all.push(std::mem::replace(&mut interval, serving.collect()));
            begins.push(now);
            (changes, most) = (0, interval.len().max(LEAST_CHANGES));
        }
        while let Some(post) = coming.next_if(|&post| begin(post).is_none_or(|begin| begin <= now)) {
            interval.push(post);
            changes += 1;
            match posts[post].0.to() {
                Some(end) => ending.push(Reverse((end, post))),
                None => endless.push(post),
            }
        }
    }
    all.push(interval);
    (begins, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_in_service_are_in_the_interval_of_their_time_and_all_intervals_together_are_small() {
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
            let (begins, intervals) = intervals(&items);
            assert_eq!(intervals.len(), begins.len() + 1);
            let held: usize = intervals.iter().map(Vec::len).sum();
            assert!(held <= 3 * count + LEAST_CHANGES, "round {round}: {held} of {count}");
            for at in (-1..=latest + latest / 4 + 2).step_by(1 + latest as usize / 50).map(time) {
                let mut found = intervals[begins.partition_point(|begin| *begin <= at)].clone();
                found.retain(|&post| items[post].0.contains(at));
                found.sort_unstable();
                let expected: Vec<usize> = (0..count).filter(|&post| items[post].0.contains(at)).collect();
                assert_eq!(found, expected, "round {round} {at}");
            }
        }
    }

    #[test]
    fn trees_are_made_where_they_pay() {
        let time = |seconds: i64| Timestamp::from_unix_seconds(seconds).unwrap();
        let item = |slot: i64, seconds: i64| {
            let period = ServicePeriod::new(Some(time(slot)), Some(time(slot + seconds))).unwrap();
            (period, slot as u32, [slot as f64, 0.0, 0.0])
        };
        let items = |count, seconds| (0..count).map(|slot| item(slot, seconds)).collect::<Vec<_>>();
        assert!(InService::new(items(100, 2)).is_none(), "a few are filtered");
        assert!(InService::new(items(1_000, 900)).is_none(), "most serve");
        assert!(InService::new(items(10_000, 100)).is_some());
        let (_, intervals) = intervals(&items(10_000, 100));
        let held: usize = intervals.iter().map(Vec::len).sum();
        assert!(held < 35_000 && intervals.iter().all(|interval| interval.len() < 250), "{held}");
    }
}
