//! The page that people read: head, sentences, map, incidents, trend, tables and lists in words of a language, before any markup.

use super::block::{Block, Page, date, ends, moment, month, plain};
use super::figures::Figures;
use super::words::{Arg, Words};
use super::{page_lists, page_places, page_strips, page_tables, page_trend, sentences};
use crate::report::map::SmallMap;

/// The page of a bulletin.
pub(super) fn page(figures: &Figures, map: Option<&SmallMap>, words: &Words) -> Page {
    let mut blocks = Vec::new();
    if let Some(map) = map {
        blocks.push(picture(figures, map, words));
        if map.outside > 0 {
            blocks.push(Block::Paragraph(words.say("map-outside", &[("n", Arg::Count(map.outside))])));
        }
    }
    page_places::add(figures, words, &mut blocks);
    page_trend::add(figures, words, &mut blocks);
    page_tables::add(figures, words, &mut blocks);
    page_strips::add(figures, words, &mut blocks);
    page_lists::add(figures, words, &mut blocks);
    Page {
        title: title(figures, words),
        notice: words.is_translation().then(|| words.plain("not-reviewed")),
        classification: figures.head.classification.as_deref().map_or(String::new(), |text| words.name(text)),
        head: head(figures, words),
        lead: sentences::all(figures, words),
        blocks,
    }
}

/// The map, with what it shows in words.
fn picture(figures: &Figures, map: &SmallMap, words: &Words) -> Block {
    let count = words.counted("incident-count", figures.totals.incidents);
    let alternative = words.say("map-alternative", &[("incidents", Arg::Text(&count))]);
    let bar = page_places::distance(words, map.bar_m);
    Block::Picture {
        svg: map.svg(&plain(&alternative), &plain(&bar)),
        alternative,
        is_alone: false,
        is_map: true,
    }
}

fn head(figures: &Figures, words: &Words) -> Vec<[String; 2]> {
    let head = &figures.head;
    let rows = [
        ("head-unit", &head.unit),
        ("head-author", &head.author),
        ("head-date-time-group", &head.date_time_group),
    ];
    let mut rows: Vec<[String; 2]> = rows
        .into_iter()
        .filter_map(|(id, text)| Some([words.plain(id), words.name(text.as_deref()?)]))
        .collect();
    // Who publishes it says of what; a bare page says so in its title.
    if !rows.is_empty() {
        let period = &figures.period;
        let [from, to] = [&period.from, &period.to].map(|time| moment(words, time));
        let args = [
            ("from", Arg::Text(&from)),
            ("to", Arg::Text(&to)),
            ("zone", Arg::Text(&words.name(&period.zone))),
        ];
        rows.push([words.plain("head-period"), words.say("head-from-to", &args)]);
    }
    rows
}

fn title(figures: &Figures, words: &Words) -> String {
    let period = &figures.period;
    let title = match (&period.day, period.kind, ends(figures)) {
        (Some(day), ..) => words.say("title-day", &[("date", Arg::Text(&date(words, day)))]),
        (None, "month", Some([first, _])) if words.is_gregorian() => {
            words.say("title-month", &[("month", Arg::Text(&month(words, first)))])
        }
        (None, "week" | "month", Some([first, last])) => {
            let [from, to] = [first, last].map(|day| date(words, &day.to_string()));
            words.say("title-days", &[("from", Arg::Text(&from)), ("to", Arg::Text(&to))])
        }
        _ => {
            let (from, to) = (moment(words, &period.from), moment(words, &period.to));
            words.say("title-period", &[("from", Arg::Text(&from)), ("to", Arg::Text(&to))])
        }
    };
    match period.to_date {
        true => words.say("title-to-date", &[("title", Arg::Text(&title))]),
        false => title,
    }
}
