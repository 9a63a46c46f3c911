//! What `patrol annotate` tells of a run.

use patrol_corridor::PatrolArea;
use patrol_corridor::annotate::Summary;

use super::Args;
use crate::layers::Layers;

/// The summary for a reader.
pub fn told(summary: &Summary, layers: &Layers, args: &Args) -> Vec<String> {
    let area: &PatrolArea = &layers.area;
    let rejects = args.rejects.as_ref().filter(|_| summary.rejected > 0);
    let rejects =
        rejects.map(|path| format!(" (with the reasons in {})", path.display())).unwrap_or_default();
    let mut lines = vec![format!(
        "read {}, annotated {}, without a location {}, rejected {}{rejects}",
        summary.read, summary.annotated, summary.unlocated, summary.rejected
    )];
    if summary.regions > 0 {
        let mut line = format!("reported as a region {}", summary.regions);
        for (given, what, count) in [
            (layers.posts.is_some(), "post", summary.certain_posts),
            (layers.routes.is_some(), "route", summary.certain_routes),
        ] {
            if given {
                line.push_str(&format!(", nearest {what} certain for {count}"));
            }
        }
        lines.push(line);
    }
    if summary.without_time > 0 {
        let count = summary.without_time;
        lines
            .push(format!("without a time {count}: matched against all posts and routes, in service or not"));
    }
    if summary.no_post_in_service + summary.no_route_in_service > 0 {
        lines.push(format!(
            "at a time without a post in service {}, without a route in service {}",
            summary.no_post_in_service, summary.no_route_in_service
        ));
    }
    if let Some(metres) = args.max_distance {
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
        let names = area.posts().iter().map(|post| post.id.to_string()).collect();
        lines.push(format!("by nearest post: {}", by_name(names, &summary.by_post)));
    }
    if summary.by_corridor.iter().any(|&count| count > 0) {
        let names = area.corridors().iter().map(|corridor| corridor.name.clone()).collect();
        lines.push(format!("inside a corridor: {}", by_name(names, &summary.by_corridor)));
    }
    lines
}
