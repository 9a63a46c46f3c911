//! The page that people read: headings, sentences, lists and tables in words of a language, before any markup.

use super::block::{Block, casualties, date, joined, moment, status};
use super::figures::{Compared, Figures, RowKind, TableRow, WhyNoTime, WithoutTime};
use super::page_lists;
use super::words::{Arg, Language, Words};

/// A page. Texts are plain, of one line each, with isolates around what is of another direction.
pub(super) struct Page {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// The page of a bulletin.
pub(super) fn page(figures: &Figures, language: Language) -> Page {
    let words = Words::new(language);
    let writer = Writer { figures, words: &words };
    let mut blocks = vec![Block::Paragraph(writer.lead())];
    blocks.extend(writer.left_out().map(Block::Paragraph));
    writer.totals(&mut blocks);
    writer.change(&mut blocks);
    if figures.totals.incidents > 0 {
        for (name, rows) in figures.tables.named() {
            writer.table(name, rows, &mut blocks);
        }
    }
    writer.open_before(&mut blocks);
    page_lists::add(figures, &words, &mut blocks);
    Page { title: writer.title(), blocks }
}

struct Writer<'a> {
    figures: &'a Figures,
    words: &'a Words,
}

impl Writer<'_> {
    fn title(&self) -> String {
        let (words, period) = (self.words, &self.figures.period);
        match &period.day {
            Some(day) => words.say("title-day", &[("date", Arg::Text(&date(words, day)))]),
            None => {
                let (from, to) = (moment(words, &period.from), moment(words, &period.to));
                words.say("title-period", &[("from", Arg::Text(&from)), ("to", Arg::Text(&to))])
            }
        }
    }

    /// What was, in one sentence.
    fn lead(&self) -> String {
        let Figures { period, totals, service, data, .. } = self.figures;
        let words = self.words;
        let is_open = data.rejected + data.doubtful + data.not_dated() > 0;
        let mut events = match totals.incidents {
            0 if is_open => words.plain("lead-none-known"),
            count => words.counted("lead-incidents", count),
        };
        let casualties = match (totals.killed, totals.wounded) {
            _ if totals.incidents == 0 => None,
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
                events =
                    words.say("lead-open", &[("events", Arg::Text(&events)), ("open", Arg::Text(&open))]);
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
                Some(second) => {
                    words.say("pair", &[("first", Arg::Text(first)), ("second", Arg::Text(second))])
                }
                None => first.clone(),
            };
            events = words.say("lead-watch", &[("events", Arg::Text(&events)), ("watch", Arg::Text(&watch))]);
        }
        let zone = words.name(&period.zone);
        if let Some(day) = &period.day {
            let hours = words.decimal(period.hours, usize::from(period.hours.fract() != 0.0));
            let hours = if period.hours.fract() == 0.0 { words.whole(period.hours as u64) } else { hours };
            let args = [
                ("hours", Arg::Text(&hours)),
                ("date", Arg::Text(&date(words, day))),
                ("zone", Arg::Text(&zone)),
                ("events", Arg::Text(&events)),
            ];
            return words.say("lead-day", &args);
        }
        let (from, to) = (moment(words, &period.from), moment(words, &period.to));
        let args = [
            ("from", Arg::Text(&from)),
            ("to", Arg::Text(&to)),
            ("zone", Arg::Text(&zone)),
            ("events", Arg::Text(&events)),
        ];
        words.say("lead-period", &args)
    }

    /// What could not be read, and what is unknown, with the first of each.
    fn left_out(&self) -> Option<String> {
        let (words, figures) = (self.words, self.figures);
        let mut said = Vec::new();
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
        if figures.totals.region_unknown > 0 {
            said.push(words.say("region-unknown", &[("n", Arg::Count(figures.totals.region_unknown))]));
        }
        (!said.is_empty()).then(|| said.join(" "))
    }

    fn totals(&self, blocks: &mut Vec<Block>) {
        let (words, totals) = (self.words, &self.figures.totals);
        let row = |id: &str, count: u64| vec![words.plain(id), words.whole(count)];
        blocks.push(Block::Heading(words.plain("totals")));
        blocks.push(Block::Table {
            head: vec![words.plain("figure"), words.plain("number")],
            rows: vec![
                row("incidents", totals.incidents),
                row("located", totals.located),
                row("uncertain", totals.uncertain),
                row("not-located", totals.not_located),
                row("killed", totals.killed),
                row("wounded", totals.wounded),
            ],
        });
        for (id, count) in
            [("killed-untold", totals.killed_not_told), ("wounded-untold", totals.wounded_not_told)]
        {
            if count > 0 {
                blocks.push(Block::Paragraph(words.say(id, &[("n", Arg::Count(count))])));
            }
        }
        let not_counted = self.figures.not_counted.iter().map(|one| {
            let (id, text) = (words.name(one.id.as_str()), words.name(&one.found));
            let args =
                [("member", Arg::Text(one.member)), ("id", Arg::Text(&id)), ("text", Arg::Text(&text))];
            words.say("not-counted-item", &args)
        });
        let items = joined(words, "semicolon", not_counted);
        if !items.is_empty() {
            blocks.push(Block::Paragraph(words.say("not-counted", &[("items", Arg::Text(&items))])));
        }
    }

    fn change(&self, blocks: &mut Vec<Block>) {
        let (words, change) = (self.words, &self.figures.change);
        blocks.push(Block::Heading(words.plain("change")));
        if change.periods_in_data == 0 {
            blocks.push(Block::Paragraph(words.plain("no-periods-before")));
            return;
        }
        let half = |number: f64| match number.fract() {
            0.0 => words.whole(number as u64),
            _ => words.decimal(number, 1),
        };
        let row = |id: &str, compared: &Compared| {
            vec![
                words.plain(id),
                words.whole(compared.now),
                compared.before.map_or(String::new(), |before| words.whole(before)),
                compared.difference.map_or(String::new(), |by| words.signed(by as f64)),
                compared.median.map_or(String::new(), half),
                compared.difference_from_median.map_or(String::new(), |by| words.signed(by)),
            ]
        };
        let head = ["figure", "this-period", "period-before", "difference", "median", "from-median"];
        blocks.push(Block::Table {
            head: head.iter().map(|id| words.plain(id)).collect(),
            rows: vec![
                row("incidents", &change.incidents),
                row("killed", &change.killed),
                row("wounded", &change.wounded),
            ],
        });
        let said = words.say("periods-before", &[("n", Arg::Count(change.periods_in_data))]);
        blocks.push(Block::Paragraph(said));
    }

    fn table(&self, name: &'static str, rows: &[TableRow], blocks: &mut Vec<Block>) {
        let words = self.words;
        let of_table = [("table", Arg::Text(name))];
        blocks.push(Block::Heading(words.say("table-heading", &of_table)));
        let has_possible = rows.iter().any(|row| row.possible > 0.0);
        if has_possible {
            blocks.push(Block::Paragraph(words.plain("possible-lead")));
        }
        let counts = |label: String, incidents: u64, possible: f64, persons: [u64; 2]| {
            let possible = has_possible.then(|| words.decimal(possible, 1));
            let persons = persons.map(|count| words.whole(count));
            [label, words.whole(incidents)].into_iter().chain(possible).chain(persons).collect::<Vec<_>>()
        };
        let (mut incidents, mut possible, mut persons) = (0, 0.0, [0; 2]);
        let mut shown = Vec::new();
        for row in rows {
            let own = [row.killed, row.wounded];
            incidents += row.incidents;
            possible += row.possible;
            persons.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
            shown.push(counts(self.label(name, row), row.incidents, row.possible, own));
        }
        shown.push(counts(words.plain("total"), incidents, possible, persons));
        let head = ["incidents", "possible", "killed", "wounded"].into_iter();
        let head = head.filter(|id| has_possible || *id != "possible").map(|id| words.plain(id));
        let head = [words.say("table-key", &of_table)].into_iter().chain(head).collect();
        blocks.push(Block::Table { head, rows: shown });
    }

    fn label(&self, table: &'static str, row: &TableRow) -> String {
        let words = self.words;
        let key = match (row.row, row.key.as_deref()) {
            (RowKind::Undecided, _) => return words.plain("undecided"),
            (RowKind::NotLocated, _) => return words.plain("not-located"),
            (RowKind::Value, Some(key)) => key,
            _ => return words.say("no-value", &[("table", Arg::Text(table))]),
        };
        match table {
            "side" => words.say("side", &[("side", Arg::Text(key))]),
            "status" => status(words, key),
            "hour" => words.digits(&format!("{key}:00")),
            _ => {
                let id = words.name(key);
                let Some(name) = &row.name else { return id };
                let name = words.name(name);
                words.say("named", &[("id", Arg::Text(&id)), ("name", Arg::Text(&name))])
            }
        }
    }

    fn open_before(&self, blocks: &mut Vec<Block>) {
        let (words, open) = (self.words, &self.figures.open_before);
        if open.is_empty() {
            return;
        }
        let ids = joined(words, "comma", open.iter().map(|id| words.name(id.as_str())));
        let args = [("n", Arg::Count(open.len() as u64)), ("ids", Arg::Text(&ids))];
        blocks.push(Block::Paragraph(words.say("open-before", &args)));
    }
}
