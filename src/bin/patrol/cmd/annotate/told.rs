//! What `patrol annotate` tells of a run.

use patrol_corridor::PatrolIndex;
use patrol_corridor::annotate::Summary;
use patrol_corridor::number::fixed;

use crate::args::layers::Layers;

/// The summary for a reader.
pub fn told(summary: &Summary, layers: &Layers, max_distance_m: Option<f64>) -> Vec<String> {
    let index: &PatrolIndex = &layers.index;
    let mut lines = Vec::new();
    if summary.tally.region > 0 {
        let mut parts = Vec::new();
        for (given, what, count) in [
            (layers.posts.is_some(), "post", summary.certain_posts),
            (layers.routes.is_some(), "route", summary.certain_routes),
        ] {
            if given {
                parts.push(format!("nearest {what} certain for {count}"));
            }
        }
        lines.push(format!("of those in a region: {}", parts.join(", ")));
    }
    if let Some(times) = summary.tally.times.filter(|times| times.without_time + times.unreadable_time > 0) {
        let count = times.without_time + times.unreadable_time;
        lines.push(format!(
            "without a time that can be read {count}: matched against all posts and routes, in service or not"
        ));
    }
    if summary.no_post_in_service + summary.no_route_in_service > 0 {
        lines.push(format!(
            "at a time without a post in service {}, without a route in service {}",
            summary.no_post_in_service, summary.no_route_in_service
        ));
    }
    if let Some(metres) = max_distance_m {
        lines.push(format!(
            "farther than {metres} m: from every post {}, from every route {}",
            summary.beyond_posts, summary.beyond_routes
        ));
    }
    let by_name = |names: Vec<String>, counts: &[u64]| -> String {
        let mut named: Vec<_> = names.into_iter().zip(counts).filter(|(_, count)| **count > 0).collect();
        named.sort_by(|a, b| b.1.cmp(a.1));
        let more = named.len().saturating_sub(MOST_NAMED);
        let mut parts: Vec<_> =
            named.iter().take(MOST_NAMED).map(|(name, count)| format!("{name} ({count})")).collect();
        if more > 0 {
            parts.push(format!("and {more} more"));
        }
        parts.join(", ")
    };
    const MOST_NAMED: usize = 30;
    if layers.posts.is_some() && summary.by_post.iter().any(|&count| count > 0) {
        let names = index.posts().iter().map(|post| post.id.to_string()).collect();
        lines.push(format!("certainly nearest: {}", by_name(names, &summary.by_post)));
    }
    if summary.possibly_by_post.iter().any(|&share| share > 0.0) {
        let shares = index.posts().iter().zip(&summary.possibly_by_post).filter(|(_, share)| **share > 0.0);
        let mut shares: Vec<_> = shares.collect();
        shares.sort_by(|a, b| b.1.total_cmp(a.1));
        let named = shares
            .iter()
            .take(MOST_NAMED)
            .map(|(post, share)| format!("{} ({})", post.id, fixed(**share, 1)));
        lines.push(format!("possibly, by their shares: {}", named.collect::<Vec<_>>().join(", ")));
    }
    if summary.by_corridor.iter().any(|&count| count > 0) {
        let names = index.corridors().iter().map(|corridor| corridor.name.clone()).collect();
        lines.push(format!("inside a corridor: {}", by_name(names, &summary.by_corridor)));
    }
    lines
}
