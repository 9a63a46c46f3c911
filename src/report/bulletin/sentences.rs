//! The sentences with which a bulletin begins: what happened, what changed, what is uncertain or left out.

use super::block::{casualties, date, ends, joined, moment, month};
use super::figures::{Compared, Figures, Judgement, WhyNoTime, WithoutTime};
use super::words::{Arg, Words};

/// All of them.
pub(super) fn all(figures: &Figures, words: &Words) -> Vec<String> {
    vec![what_happened(figures, words), what_changed(figures, words), what_is_uncertain(figures, words)]
}

fn what_happened(figures: &Figures, words: &Words) -> String {
    let Figures { period, totals, service, data, casualties_told: told, .. } = figures;
    let is_open = data.rejected + data.doubtful + data.not_dated() > 0;
    let mut events = match totals.incidents {
        0 if is_open => words.plain("lead-none-known"),
        count => words.counted("lead-incidents", count),
    };
    let casualties = match (totals.killed, totals.wounded) {
        // Nobody asks for casualties where the data have none for anything.
        _ if totals.incidents == 0 || !(told.killed || told.wounded) => None,
        (0, 0) if totals.killed_not_told.min(totals.wounded_not_told) == totals.incidents => {
            Some(words.plain("people-untold"))
        }
        (0, 0) => Some(words.plain("people-none")),
        (killed, wounded) => casualties(words, killed, wounded),
    };
    if let Some(casualties) = casualties {
        events = words.say("pair", &[("first", Arg::Text(&events)), ("second", Arg::Text(&casualties))]);
    }
    for (id, count) in [("not-dated", data.not_dated()), ("doubtful-dates", data.doubtful)] {
        if count > 0 {
            let open = words.counted(id, count);
            events = words.say("lead-open", &[("events", Arg::Text(&events)), ("open", Arg::Text(&open))]);
        }
    }
    let mut watch = Vec::new();
    if service.posts > 0 {
        let posts = words.counted("posts", service.posts);
        watch.push(words.say("watched-from", &[("posts", Arg::Text(&posts))]));
    }
    if service.routes > 0 {
        let routes = words.counted("routes", service.routes);
        let corridors = words.counted("corridors", service.corridors);
        let args = [("routes", Arg::Text(&routes)), ("corridors", Arg::Text(&corridors))];
        watch.push(words.say("patrolled-on", &args));
    }
    if let Some(first) = watch.first() {
        let watch = match watch.get(1) {
            Some(second) => words.say("pair", &[("first", Arg::Text(first)), ("second", Arg::Text(second))]),
            None => first.clone(),
        };
        events = words.say("lead-watch", &[("events", Arg::Text(&events)), ("watch", Arg::Text(&watch))]);
    }
    let zone = words.name(&period.zone);
    let (zone, events) = (("zone", Arg::Text(&zone)), ("events", Arg::Text(&events)));
    match (&period.day, period.kind, ends(figures)) {
        (Some(day), ..) => {
            let hours = match period.hours.fract() == 0.0 {
                true => words.whole(period.hours as u64),
                false => words.decimal(period.hours, 1),
            };
            let date = date(words, day);
            words.say("lead-day", &[("hours", Arg::Text(&hours)), ("date", Arg::Text(&date)), zone, events])
        }
        (None, "month", Some([first, _])) if words.is_gregorian() => {
            let month = month(words, first);
            words.say("lead-month", &[("month", Arg::Text(&month)), zone, events])
        }
        (None, "week" | "month", Some([first, last])) => {
            let [from, to] = [first, last].map(|day| date(words, &day.to_string()));
            words.say("lead-days", &[("from", Arg::Text(&from)), ("to", Arg::Text(&to)), zone, events])
        }
        _ => {
            let (from, to) = (moment(words, &period.from), moment(words, &period.to));
            words.say("lead-period", &[("from", Arg::Text(&from)), ("to", Arg::Text(&to)), zone, events])
        }
    }
}

fn what_changed(figures: &Figures, words: &Words) -> String {
    let (period, change) = (&figures.period, &figures.change);
    let Compared { before, median, lower_quartile, upper_quartile, usual, .. } = change.incidents;
    let (Some(before), Some(median)) = (before, median) else { return words.plain("no-periods-before") };
    let kind = ("kind", Arg::Text(period.kind));
    let count = words.counted("incident-count", before);
    let mut said = vec![words.say("change-last", &[kind, ("count", Arg::Text(&count))])];
    let kind = || ("kind", Arg::Text(period.kind));
    let n = ("n", Arg::Count(change.periods_in_data));
    let earlier = words
        .say("earlier-periods", &[kind(), n, ("count", Arg::Text(&words.whole(change.periods_in_data)))]);
    match usual {
        Judgement::TooFewPeriods => {
            let least = words.whole(change.least_periods);
            said.push(
                words
                    .say("change-too-few", &[("earlier", Arg::Text(&earlier)), ("least", Arg::Text(&least))]),
            );
        }
        _ => {
            let quartiles = [median, lower_quartile.unwrap_or(median), upper_quartile.unwrap_or(median)];
            let [median, lower, upper] = quartiles.map(|number| words.shortest(number));
            let args = [
                ("usual", Arg::Text(usual.as_str())),
                ("earlier", Arg::Text(&earlier)),
                ("median", Arg::Text(&median)),
                ("lower", Arg::Text(&lower)),
                ("upper", Arg::Text(&upper)),
            ];
            said.push(words.say("change-usual", &args));
        }
    }
    if change.compared_with == "to_date" {
        said.push(words.say("change-to-date", &[kind()]));
    }
    said.join(" ")
}

/// What is not known well, could not be read, or is unknown, with the first of each.
fn what_is_uncertain(figures: &Figures, words: &Words) -> String {
    let totals = &figures.totals;
    let mut said = Vec::new();
    let counts = [("uncertain-count", totals.uncertain), ("not-located-count", totals.not_located)];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts = joined(words, "comma", counts.map(|(id, count)| words.counted(id, count)));
    if !counts.is_empty() {
        said.push(words.say("certainty", &[("counts", Arg::Text(&counts))]));
    }
    if let Some(first) = figures.rejected.first.first() {
        let args = [
            ("n", Arg::Count(figures.rejected.count)),
            ("row", Arg::Text(&words.whole(first.row))),
            ("reason", Arg::Text(&words.name(&first.reason))),
        ];
        said.push(words.say("rejected-lead", &args));
    }
    let is_unreadable = |one: &&WithoutTime| {
        matches!(one.why, WhyNoTime::Unreadable | WhyNoTime::Calendar | WhyNoTime::Clocks)
    };
    if let Some(first) = figures.without_time.iter().find(is_unreadable) {
        let text = words.name(first.found.as_deref().unwrap_or_default());
        let row = words.whole(first.row);
        said.push(words.say("first-unreadable", &[("text", Arg::Text(&text)), ("row", Arg::Text(&row))]));
    }
    if totals.region_unknown > 0 {
        said.push(words.say("region-unknown", &[("n", Arg::Count(totals.region_unknown))]));
    }
    let data = &figures.data;
    if data.doubtful + data.not_dated() > 0 {
        said.push(words.plain("undated-apart"));
    }
    let is_whole = data.rejected + data.doubtful + data.not_dated() + totals.region_unknown == 0;
    if is_whole {
        let id = match (totals.incidents, totals.uncertain + totals.not_located) {
            (0, _) => "nothing-left-out",
            (_, 0) => "all-exact",
            _ => "nothing-left-out",
        };
        said.push(words.plain(id));
    }
    said.join(" ")
}
