//! The tables of a page: those that say more than the list of incidents, and one line for what had none.

use super::block::{Block, names, plain, status};
use super::figures::{Figures, RowKind, TableRow};
use super::words::{Arg, Words};
use crate::report::charts::{Bar, Look, bars};

pub(super) fn add(figures: &Figures, words: &Words, blocks: &mut Vec<Block>) {
    let tables = Tables { figures, words };
    for (name, rows) in figures.tables.named() {
        if is_telling(rows) {
            tables.table(name, rows, blocks);
        }
    }
    tables.none(blocks);
}

/// A table that groups nothing says no more than the incidents themselves, and one of a single row no more than the total.
fn is_telling(rows: &[TableRow]) -> bool {
    rows.len() > 1 && rows.iter().any(|row| row.incidents > 1 || row.possible > 0.0)
}

/// The key of a day of the week as a number, which messages choose by.
fn weekday(key: &str) -> (&'static str, Arg<'static>) {
    ("weekday", Arg::Count(key.parse().unwrap_or(0)))
}

struct Tables<'a> {
    figures: &'a Figures,
    words: &'a Words,
}

impl Tables<'_> {
    fn table(&self, name: &'static str, rows: &[TableRow], blocks: &mut Vec<Block>) {
        let (words, told) = (self.words, &self.figures.casualties_told);
        let of_table = [("table", Arg::Text(name))];
        blocks.push(Block::Heading(words.say("table-heading", &of_table)));
        if matches!(name, "hour" | "weekday") {
            blocks.push(self.chart(name, rows));
        }
        let has_possible = rows.iter().any(|row| row.possible > 0.0);
        if has_possible {
            blocks.push(Block::Paragraph(words.plain("possible-lead")));
        }
        let columns = [
            ("certain", has_possible),
            ("incidents", !has_possible),
            ("possible", has_possible),
            ("killed", told.killed),
            ("wounded", told.wounded),
        ];
        let counts = |label: String, incidents: u64, possible: f64, [killed, wounded]: [u64; 2]| {
            let cells = [
                words.whole(incidents),
                words.whole(incidents),
                words.decimal(possible, 1),
                words.whole(killed),
                words.whole(wounded),
            ];
            let cells =
                columns.iter().zip(cells).filter(|((_, is_shown), _)| *is_shown).map(|(_, cell)| cell);
            [label].into_iter().chain(cells).collect::<Vec<_>>()
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
        let head = columns.iter().filter(|(_, is_shown)| *is_shown).map(|(id, _)| words.plain(id));
        let head = [words.say("table-key", &of_table)].into_iter().chain(head).collect();
        let table = Block::Table { head, rows: shown, has_total: true };
        match matches!(name, "hour" | "weekday") {
            true => blocks.push(Block::Folded { summary: words.plain("in-numbers"), blocks: vec![table] }),
            false => blocks.push(table),
        }
    }

    /// Bars of all hours or days of the week, those without an incident too.
    fn chart(&self, name: &'static str, rows: &[TableRow]) -> Block {
        let words = self.words;
        let keys: Vec<String> = match name {
            "hour" => (0..24).map(|hour| format!("{hour:02}")).collect(),
            _ => (1..=7).map(|day| day.to_string()).collect(),
        };
        let bar = |key: &String| {
            let row = rows.iter().find(|row| row.key.as_ref() == Some(key));
            let value = row.map_or(0, |row| row.incidents);
            let label = match name {
                "hour" => words.digits(key),
                _ => words.say("weekday-short", &[weekday(key)]),
            };
            Bar { label: plain(&label), value, shown: plain(&words.whole(value)), is_part: false }
        };
        let drawn: Vec<Bar> = keys.iter().map(bar).collect();
        let most = rows.iter().filter(|row| row.row == RowKind::Value).max_by_key(|row| row.incidents);
        let alternative = match most {
            Some(most) => {
                let count = words.counted("incident-count", most.incidents);
                let args = [
                    ("table", Arg::Text(name)),
                    ("key", Arg::Text(&self.label(name, most))),
                    ("count", Arg::Text(&count)),
                ];
                words.say("bars-alternative", &args)
            }
            None => words.say("table-heading", &[("table", Arg::Text(name))]),
        };
        let look = Look { alternative: &plain(&alternative), right_to_left: words.is_right_to_left() };
        Block::Picture { svg: bars(&drawn, look), alternative, is_alone: false, is_map: false }
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
            "type" => words.kind(key),
            "hour" => words.digits(&format!("{key}:00")),
            "weekday" => words.say("weekday", &[weekday(key)]),
            _ => {
                let id = words.name(key);
                let Some(name) = &row.name else { return id };
                let name = words.name(name);
                words.say("named", &[("id", Arg::Text(&id)), ("name", Arg::Text(&name))])
            }
        }
    }

    /// What was in service and had no incident: a day without is news too.
    fn none(&self, blocks: &mut Vec<Block>) {
        let (words, none) = (self.words, &self.figures.without_incident);
        let mut said = Vec::new();
        let mut add = |id: &str, count: usize, list: String| {
            if count > 0 {
                said.push(words.say(id, &[("n", Arg::Count(count as u64)), ("list", Arg::Text(&list))]));
            }
        };
        let corridors = none.corridors.iter().map(String::as_str);
        add("none-corridors", none.corridors.len(), names(words, corridors));
        add("none-routes", none.routes.len(), names(words, none.routes.iter().map(|id| id.as_str())));
        add("none-posts", none.posts.len(), names(words, none.posts.iter().map(|id| id.as_str())));
        if !said.is_empty() {
            blocks.push(Block::Heading(words.plain("without-incident")));
            blocks.push(Block::Paragraph(said.join(" ")));
        }
    }
}
