//! What may be the nearest at some time between two: the answers of all instants at which something changed.

use std::collections::BTreeSet;

use super::answer::{Candidate, Candidates, UncertainAnswer};
use crate::PatrolIndex;
use crate::time::{ServicePeriod, TimeSpan, Timestamp};

/// An answer, and how much of the time it was the answer.
type Weighted<'a, T> = (&'a T, f64);

/// The instants of a span from which on other posts and routes were in service, its first among them; each with how long
/// nothing changed from then on, in seconds.
fn states(index: &PatrolIndex, span: &TimeSpan) -> Vec<(Timestamp, f64)> {
    let edges = |period: &ServicePeriod| [period.from(), period.to()].into_iter().flatten();
    let posts = index.posts().iter().flat_map(|post| edges(&post.service));
    let changes = posts.chain(index.routes().iter().flat_map(|route| edges(&route.service)));
    let mut starts: BTreeSet<Timestamp> =
        changes.filter(|change| span.first() < *change && *change < span.end()).collect();
    starts.insert(span.first());
    let ends = starts.iter().skip(1).copied().chain([span.end()]);
    starts.iter().zip(ends).map(|(&start, end)| (start, end.seconds_after(start))).collect()
}

/// The answer of all states of the layers at some time, each by the instant at which it began.
pub(super) fn whole_span(
    index: &PatrolIndex,
    at: Option<TimeSpan>,
    answer: impl Fn(Option<TimeSpan>) -> UncertainAnswer,
) -> UncertainAnswer {
    match at {
        Some(span) if index.changes_within(&span) => {
            let answers = states(index, &span).into_iter();
            merged(
                &answers
                    .map(|(start, lasting_s)| (answer(Some(start.into())), lasting_s))
                    .collect::<Vec<_>>(),
            )
        }
        Some(span) => answer(Some(span.first().into())),
        None => answer(None),
    }
}

/// All answers as one: whatever may be the nearest in any of them. Shares are those of place and time.
fn merged(answers: &[(UncertainAnswer, f64)]) -> UncertainAnswer {
    let of = |pick: fn(&UncertainAnswer) -> &Candidates| {
        let lists = answers.iter().map(|(answer, weight)| (pick(answer), *weight));
        candidates(&lists.collect::<Vec<_>>())
    };
    let shares = answers.iter().filter_map(|(answer, weight)| Some((answer.corridor_share?, *weight)));
    let touched: BTreeSet<usize> =
        answers.iter().flat_map(|(answer, _)| answer.corridors_touched.iter().copied()).collect();
    let routes = of(|answer| &answer.routes);
    let first = answers.first().and_then(|(answer, _)| answer.side);
    // Of one route at all times.
    let side = first.filter(|_| routes.is_certain() && answers.iter().all(|(one, _)| one.side == first));
    UncertainAnswer {
        posts: of(|answer| &answer.posts),
        routes,
        corridor_share: mean(&shares.collect::<Vec<_>>()),
        corridors_whole: in_all(answers),
        corridors_touched: touched.into_iter().collect(),
        side,
    }
}

/// The corridors that hold the region at all times.
fn in_all(answers: &[(UncertainAnswer, f64)]) -> Vec<usize> {
    let Some(((first, _), others)) = answers.split_first() else { return Vec::new() };
    let is_in_all = |place: &usize| others.iter().all(|(answer, _)| answer.corridors_whole.contains(place));
    first.corridors_whole.iter().copied().filter(is_in_all).collect()
}

/// While nothing is in service nothing is the nearest: that time does not count.
fn candidates(lists: &[Weighted<'_, Candidates>]) -> Candidates {
    let lists: Vec<_> = lists.iter().filter(|(found, _)| !found.list.is_empty()).collect();
    let mut list: Vec<Candidate> = Vec::new();
    for (found, _) in &lists {
        for candidate in &found.list {
            if !list.iter().any(|known| known.index == candidate.index) {
                list.push(*candidate);
            }
        }
    }
    for candidate in &mut list {
        let share = |found: &Candidates| {
            let own = found.list.iter().find(|one| one.index == candidate.index);
            own.map_or(0.0, |one| one.share)
        };
        let shares: Vec<_> = lists.iter().map(|(found, weight)| (share(found), *weight)).collect();
        candidate.share = mean(&shares).unwrap_or(0.0);
    }
    Candidates { list: sorted(list) }
}

/// The largest share first, and then in the order of the layer.
pub(super) fn sorted(mut list: Vec<Candidate>) -> Vec<Candidate> {
    list.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.index.cmp(&b.index)));
    list
}

/// The mean by weight; of what has no weight at all the plain one.
fn mean(values: &[(f64, f64)]) -> Option<f64> {
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    match values {
        [] => None,
        // Not a bit of it is rounded.
        [(value, _)] => Some(*value),
        _ if total > 0.0 => Some(values.iter().map(|(value, weight)| value * weight).sum::<f64>() / total),
        _ => Some(values.iter().map(|(value, _)| value).sum::<f64>() / values.len() as f64),
    }
}
