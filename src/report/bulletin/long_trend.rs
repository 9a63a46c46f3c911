//! Periods, days, weeks and routes as lines of the long table.

use super::figures::{Figures, OnStrip};
use super::long_line::Line;

pub(super) fn add(figures: &Figures, lines: &mut Vec<Line>) {
    let persons = |line: Line, [incidents, killed, wounded]: [u64; 3]| {
        line.with("count", incidents).with("killed", killed).with("wounded", wounded)
    };
    lines.push(Line::of("change", "compared_with").with("detail", figures.change.compared_with));
    lines.extend(figures.change.periods.iter().map(|one| {
        let line = Line::of("period_before", &one.from).with("detail", &one.to);
        persons(line, [one.incidents, one.killed, one.wounded])
    }));
    lines.extend(
        figures
            .days
            .iter()
            .map(|one| persons(Line::of("day", &one.day), [one.incidents, one.killed, one.wounded])),
    );
    for one in &figures.corridor_days {
        lines.extend(figures.days.iter().zip(&one.incidents).map(|(day, count)| {
            Line::of("corridor_day", one.key.as_deref().unwrap_or(""))
                .with("row", one.row.as_str())
                .with("detail", &day.day)
                .with("count", count)
        }));
    }
    lines.extend(figures.weeks.iter().map(|one| {
        let row = if one.is_part { "part" } else { "whole" };
        let line = Line::of("week", &one.from).with("detail", &one.to).with("row", row);
        persons(line, [one.incidents, one.killed, one.wounded])
    }));
    for strip in &figures.strips {
        let route = |section: &str, key: &dyn ToString| {
            Line::of(section, key.to_string()).with("route_id", &strip.route_id)
        };
        lines.push(
            route("strip", &strip.route_id)
                .with("count", strip.length_m)
                .maybe("detail", strip.name.as_ref()),
        );
        let on = |section: &str, one: &OnStrip| {
            route(section, &one.id)
                .with("count", 1)
                .with("route_chainage_m", one.chainage_m)
                .with("route_distance_m", one.distance_m)
                .with("route_side", one.side)
        };
        lines.extend(strip.posts.iter().map(|post| on("strip_post", post)));
        lines.extend(strip.incidents.iter().map(|incident| on("strip_incident", incident)));
        for [from_m, to_m] in strip.gaps.iter().flatten() {
            lines.push(route("strip_gap", from_m).with("route_chainage_m", from_m).with("detail", to_m));
        }
    }
    let none = &figures.without_incident;
    let line =
        |key: &str, kind: &str| Line::of("without_incident", key).with("count", 1).with("detail", kind);
    lines.extend(none.corridors.iter().map(|name| line(name, "corridor")));
    lines.extend(none.routes.iter().map(|id| line(id.as_str(), "route")));
    lines.extend(none.posts.iter().map(|id| line(id.as_str(), "post")));
    let told = &figures.casualties_told;
    for (key, is_told) in [("killed", told.killed), ("wounded", told.wounded)] {
        lines.push(Line::of("casualties_told", key).with("count", u8::from(is_told)));
    }
    lines.push(Line::of("week_start", figures.week_start));
}
