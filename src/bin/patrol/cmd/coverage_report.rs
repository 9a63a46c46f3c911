//! Coverage in tables, for a reader.

use patrol_corridor::ObservationPost;
use patrol_corridor::PatrolIndex;
use patrol_corridor::analysis::{Interval, RouteCoverage, Suggestion};
use patrol_corridor::number::fixed;

use crate::lines::{km_text, length_text, share_text};
use crate::term::Page;

/// More gaps than this are left to the layer of gaps.
const GAPS_SHOWN: usize = 10;

/// The routes: how much of each is covered.
pub fn route_rows(page: &mut Page, index: &PatrolIndex, found: &[RouteCoverage]) {
    let head =
        ["route", "length", "covered", "by two or more", "gaps", "longest gap", "farthest from any post"];
    let mut rows = vec![head.map(str::to_owned)];
    let longest_m = |route: &RouteCoverage| route.gaps().map(Interval::length_m).fold(0.0, f64::max);
    for route in found {
        let farthest = route.farthest.map(|farthest| {
            format!(
                "{} at {} ({})",
                length_text(farthest.distance_m),
                km_text(farthest.chainage_m),
                index.posts()[farthest.post].id
            )
        });
        rows.push([
            index.routes()[route.route].id.to_string(),
            length_text(route.length_m),
            share_text(route.covered_m(1), route.length_m),
            share_text(route.covered_m(2), route.length_m),
            route.gaps().count().to_string(),
            length_text(longest_m(route)),
            farthest.unwrap_or_else(|| "-".to_owned()),
        ]);
    }
    let total = |of: &dyn Fn(&RouteCoverage) -> f64| found.iter().map(of).sum::<f64>();
    let length_m = total(&|route| route.length_m);
    rows.push([
        "all".to_owned(),
        length_text(length_m),
        share_text(total(&|route| route.covered_m(1)), length_m),
        share_text(total(&|route| route.covered_m(2)), length_m),
        found.iter().map(|route| route.gaps().count()).sum::<usize>().to_string(),
        length_text(found.iter().map(longest_m).fold(0.0, f64::max)),
        String::new(),
    ]);
    page.table(&rows);
}

/// The longest gaps.
pub fn gap_rows(page: &mut Page, index: &PatrolIndex, gaps: &[(usize, &Interval)]) {
    page.gap();
    if gaps.is_empty() {
        return page.line("No gaps");
    }
    let mut rows = vec![["gap", "route", "from", "to", "length"].map(str::to_owned)];
    for (i, (route, gap)) in gaps.iter().take(GAPS_SHOWN).enumerate() {
        rows.push([
            (i + 1).to_string(),
            index.routes()[*route].id.to_string(),
            km_text(gap.from_m),
            km_text(gap.to_m),
            length_text(gap.length_m()),
        ]);
    }
    page.table(&rows);
    if gaps.len() > GAPS_SHOWN {
        page.line(format!("and {} more: --gaps FILE writes them all", gaps.len() - GAPS_SHOWN));
    }
}

/// The posts: how much each reaches, and how much nobody else does.
pub fn post_rows(page: &mut Page, index: &PatrolIndex, found: &[RouteCoverage]) {
    let mut reached_m = vec![[0.0; 2]; index.posts().len()];
    for interval in found.iter().flat_map(|route| &route.intervals) {
        for &post in &interval.posts {
            reached_m[post][0] += interval.length_m();
            if interval.posts.len() == 1 {
                reached_m[post][1] += interval.length_m();
            }
        }
    }
    let mut rows = vec![["post", "reaches", "alone (its loss would open)"].map(str::to_owned)];
    for (post, [all_m, alone_m]) in index.posts().iter().zip(reached_m) {
        rows.push([post.id.to_string(), length_text(all_m), length_text(alone_m)]);
    }
    if rows.len() > 1 {
        page.gap();
        page.table(&rows);
    }
}

/// What other posts change.
pub fn changes(
    page: &mut Page,
    present: &PatrolIndex,
    before: &[RouteCoverage],
    changed: &PatrolIndex,
    after: &[RouteCoverage],
) {
    let mut rows = vec![["change", "covered now", "then", "difference"].map(str::to_owned)];
    let mut row = |name: String, before_m: f64, after_m: f64, length_m: f64| {
        let sign = if after_m < before_m { "-" } else { "+" };
        rows.push([
            name,
            format!("{} ({})", length_text(before_m), share_text(before_m, length_m)),
            format!("{} ({})", length_text(after_m), share_text(after_m, length_m)),
            format!("{sign}{}", length_text((after_m - before_m).abs())),
        ]);
    };
    let mut sums = [0.0; 3];
    for (before, after) in before.iter().zip(after) {
        let (before_m, after_m) = (before.covered_m(1), after.covered_m(1));
        row(present.routes()[before.route].id.to_string(), before_m, after_m, before.length_m);
        sums = [sums[0] + before_m, sums[1] + after_m, sums[2] + before.length_m];
    }
    row("all".to_owned(), sums[0], sums[1], sums[2]);
    page.line(format!("{} posts instead of {}", changed.posts().len(), present.posts().len()));
    page.table(&rows);
    page.gap();
}

/// The proposals, and what is covered with each.
pub fn suggestion_rows(
    page: &mut Page,
    found: &[RouteCoverage],
    proposed: &[Suggestion],
    candidates: &[ObservationPost],
) {
    let length_m: f64 = found.iter().map(|route| route.length_m).sum();
    let mut covered_m: f64 = found.iter().map(|route| route.covered_m(1)).sum();
    let head = ["proposal", "candidate", "longitude", "latitude", "closes", "covered then"];
    let mut rows = vec![head.map(str::to_owned)];
    for (i, suggestion) in proposed.iter().enumerate() {
        covered_m += suggestion.gain_m;
        rows.push([
            (i + 1).to_string(),
            candidates[suggestion.candidate].id.to_string(),
            fixed(suggestion.position.lon_deg(), 6),
            fixed(suggestion.position.lat_deg(), 6),
            length_text(suggestion.gain_m),
            share_text(covered_m, length_m),
        ]);
    }
    page.gap();
    if proposed.is_empty() {
        return page.line(format!("No candidate of {} closes anything", candidates.len()));
    }
    page.table(&rows);
    page.line(format!(
        "greedy among {} candidates: at least 63 % (1 - 1/e) of what the best choice would close",
        candidates.len()
    ));
}
