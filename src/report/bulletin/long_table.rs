//! The figures as one long table.

use super::figures::{Compared, Figures};
use super::long_line::Line;
use super::long_trend;

pub(super) fn write(figures: &Figures) -> String {
    let mut out = Line::names() + "\n";
    for line in lines(figures) {
        out.push_str(&line.text());
        out.push('\n');
    }
    out
}

fn lines(figures: &Figures) -> Vec<Line> {
    let Figures { period, data, totals, change, service, tables, .. } = figures;
    let mut lines: Vec<Line> =
        [("from", period.from.as_str()), ("to", period.to.as_str()), ("zone", period.zone.as_str())]
            .map(|(key, value)| Line::of("period", key).with("detail", value))
            .into();
    lines.push(Line::of("period", "hours").with("count", period.hours));
    lines.push(Line::of("period", "kind").with("detail", period.kind));
    lines.push(Line::of("period", "to_date").with("count", u8::from(period.to_date)));
    lines
        .extend(period.data_until.iter().map(|until| Line::of("period", "data_until").with("detail", until)));
    let head = &figures.head;
    for (key, text) in [
        ("unit", &head.unit),
        ("author", &head.author),
        ("date_time_group", &head.date_time_group),
        ("classification", &head.classification),
    ] {
        lines.extend(text.iter().map(|text| Line::of("head", key).with("detail", text)));
    }
    for (section, figures) in [
        (
            "data",
            &[
                ("read", data.read),
                ("rejected", data.rejected),
                ("before", data.before),
                ("in_period", data.in_period),
                ("after", data.after),
                ("doubtful", data.doubtful),
                ("without_time", data.without_time),
                ("unreadable_time", data.unreadable_time),
            ][..],
        ),
        (
            "totals",
            &[
                ("incidents", totals.incidents),
                ("located", totals.located),
                ("uncertain", totals.uncertain),
                ("not_located", totals.not_located),
                ("region_unknown", totals.region_unknown),
                ("killed", totals.killed),
                ("wounded", totals.wounded),
                ("killed_not_told", totals.killed_not_told),
                ("wounded_not_told", totals.wounded_not_told),
            ],
        ),
        (
            "change",
            &[
                ("periods_in_data", change.periods_in_data),
                ("periods_asked", change.periods_asked),
                ("least_periods", change.least_periods),
            ],
        ),
        (
            "service",
            &[("posts", service.posts), ("routes", service.routes), ("corridors", service.corridors)],
        ),
    ] {
        lines.extend(figures.iter().map(|(key, count)| Line::of(section, key).with("count", count)));
    }
    lines.extend(
        figures
            .rejected
            .first
            .iter()
            .map(|one| Line::of("rejected", one.row).with("count", 1).with("detail", &one.reason)),
    );
    for (what, compared) in
        [("incidents", &change.incidents), ("killed", &change.killed), ("wounded", &change.wounded)]
    {
        lines.extend(compared_lines(what, compared));
    }
    for (kind, ids) in [("post", &service.posts_not_in_service), ("route", &service.routes_not_in_service)] {
        lines.extend(
            ids.iter().map(|id| Line::of("not_in_service", id).with("count", 1).with("detail", kind)),
        );
    }
    for (name, rows) in tables.named() {
        lines.extend(rows.iter().map(|row| {
            Line::of(name, row.key.as_deref().unwrap_or(""))
                .with("count", row.incidents)
                .with("killed", row.killed)
                .with("wounded", row.wounded)
                .with("possible", row.possible)
                .with("row", row.row.as_str())
                .maybe("detail", row.name.as_ref())
        }));
    }
    long_trend::add(figures, &mut lines);
    lines.extend(figures.open_before.iter().map(|id| Line::of("open_before", id).with("count", 1)));
    lines.extend(figures.places.iter().map(|place| {
        Line::of("place", &place.head.id)
            .with_head(&place.head)
            .maybe("post_id", place.post_id.as_ref())
            .maybe("corridor", place.corridor.as_ref())
            .maybe("route_id", place.route_id.as_ref())
            .maybe("route_chainage_m", place.route_chainage_m)
            .maybe("route_distance_m", place.route_distance_m)
            .maybe("route_side", place.route_side)
            .maybe("post_distance_m", place.post_distance_m)
            .maybe("post_bearing_deg", place.post_bearing_deg)
    }));
    lines.push(Line::of("far", "limit_m").with("count", figures.far.limit_m));
    lines.extend(figures.far.incidents.iter().map(|far| {
        Line::of("far", &far.id)
            .with("count", 1)
            .with("post_id", &far.post_id)
            .with("post_distance_m", far.post_distance_m)
    }));
    lines.extend(
        figures
            .odd
            .iter()
            .map(|odd| Line::of("odd", &odd.id).with("count", 1).with("detail", odd.why.as_str())),
    );
    for row in &figures.uncertain {
        lines.push(Line::of("uncertain", &row.head.id).with_head(&row.head).with("detail", row.form));
        let candidates = [("post_candidate", &row.posts), ("route_candidate", &row.routes)];
        for (section, candidates) in candidates {
            lines.extend(
                candidates.iter().map(|one| {
                    Line::of(section, &row.head.id).with("count", one.share).with("detail", &one.id)
                }),
            );
        }
    }
    lines.extend(figures.not_located.iter().map(|one| {
        let row = if one.in_period { "in_period" } else { "other" };
        Line::of("not_located", &one.id).with("count", 1).with("row", row).with("detail", &one.why)
    }));
    lines.extend(figures.without_time.iter().map(|one| {
        Line::of("without_time", &one.id)
            .with("count", 1)
            .with("row", one.why.as_str())
            .maybe("detail", one.found.as_ref())
    }));
    lines.extend(figures.not_counted.iter().map(|one| {
        Line::of("not_counted", &one.id).with("count", 1).with("row", one.member).with("detail", &one.found)
    }));
    for one in &figures.liaison {
        lines.extend(one.notify.iter().map(|told| {
            let contact = &told.contact;
            let parts = [Some(&contact.name), contact.role.as_ref(), contact.channel.as_ref()];
            let detail: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            let of = |kind: &str| {
                let keys = told.of.iter().filter(|of| of.kind == kind).map(|of| of.key.as_str());
                keys.collect::<Vec<_>>().join("; ")
            };
            Line::of("notify", &one.id)
                .with("count", 1)
                .with("detail", detail.join("; "))
                .with("post_id", of("post"))
                .with("route_id", of("route"))
                .with("corridor", of("corridor"))
        }));
        lines.extend(
            one.settled_with
                .iter()
                .map(|with| Line::of("settled_with", &one.id).with("count", 1).with("detail", with)),
        );
    }
    lines
}

fn compared_lines(what: &str, compared: &Compared) -> [Line; 12] {
    let line = |measure: &str| Line::of("change", format!("{what}_{measure}"));
    [
        line("now").with("count", compared.now),
        line("before").maybe("count", compared.before),
        line("difference").maybe("count", compared.difference),
        line("median").maybe("count", compared.median),
        line("difference_from_median").maybe("count", compared.difference_from_median),
        line("lower_quartile").maybe("count", compared.lower_quartile),
        line("upper_quartile").maybe("count", compared.upper_quartile),
        line("least").maybe("count", compared.least),
        line("most").maybe("count", compared.most),
        line("poisson_95_low").with("count", compared.poisson_95[0]),
        line("poisson_95_high").with("count", compared.poisson_95[1]),
        line("usual").with("detail", compared.usual.as_str()),
    ]
}
