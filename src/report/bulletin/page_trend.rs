//! The trend: this period beside those before it, its days, and the weeks up to it.

use super::block::{Block, date, joined, plain, short_date};
use super::figures::{Compared, CorridorDays, DayRow, Figures, RowKind, WeekRow};
use super::words::{Arg, Words};
use crate::report::charts::{Bar, Cell, Look, bars, calendar};
use crate::time::{Day, Weekday};

/// A calendar of more days is longer than a page.
const MOST_CELLS: usize = 100;
/// More columns of corridors than this leave no room for numbers.
const MOST_CORRIDORS: usize = 8;

pub(super) fn add(figures: &Figures, words: &Words, blocks: &mut Vec<Block>) {
    let trend = Trend { figures, words };
    let mut shown = Vec::new();
    trend.change(&mut shown);
    trend.weeks(&mut shown);
    trend.days(&mut shown);
    if !shown.is_empty() {
        blocks.push(Block::Heading(words.plain("change")));
        blocks.append(&mut shown);
    }
}

struct Trend<'a> {
    figures: &'a Figures,
    words: &'a Words,
}

impl Trend<'_> {
    /// Which figures the data have.
    fn compared(&self) -> Vec<(&'static str, &Compared)> {
        let (change, told) = (&self.figures.change, &self.figures.casualties_told);
        let all = [
            ("incidents", &change.incidents, true),
            ("killed", &change.killed, told.killed),
            ("wounded", &change.wounded, told.wounded),
        ];
        all.into_iter().filter(|(.., is_told)| *is_told).map(|(id, compared, _)| (id, compared)).collect()
    }

    fn change(&self, blocks: &mut Vec<Block>) {
        let (words, change) = (self.words, &self.figures.change);
        if change.periods_in_data == 0 {
            return;
        }
        let whole = |number: Option<u64>| number.map_or(String::new(), |number| words.whole(number));
        let short = |number: Option<f64>| number.map_or(String::new(), |number| words.shortest(number));
        let row = |(id, compared): (&str, &Compared)| {
            vec![
                words.plain(id),
                words.whole(compared.now),
                whole(compared.before),
                compared.difference.map_or(String::new(), |by| words.signed(by as f64)),
                short(compared.median),
                short(compared.lower_quartile),
                short(compared.upper_quartile),
            ]
        };
        let head = [
            "figure",
            "this-period",
            "period-before",
            "difference",
            "median",
            "lower-quartile",
            "upper-quartile",
        ];
        blocks.push(Block::Table {
            head: head.iter().map(|id| words.plain(id)).collect(),
            rows: self.compared().into_iter().map(row).collect(),
            has_total: false,
        });
        let n = [("n", Arg::Count(change.periods_in_data)), ("asked", Arg::Count(change.periods_asked))];
        let [low, high] = change.incidents.poisson_95.map(|mean| words.decimal(mean, 1));
        let count = words.counted("incident-count", change.incidents.now);
        let poisson = [("count", Arg::Text(&count)), ("low", Arg::Text(&low)), ("high", Arg::Text(&high))];
        let said = [words.say("periods-before", &n), words.say("poisson", &poisson)];
        blocks.push(Block::Paragraph(said.join(" ")));
    }

    fn weeks(&self, blocks: &mut Vec<Block>) {
        let (words, weeks) = (self.words, &self.figures.weeks);
        if weeks.len() < 2 {
            return;
        }
        let day = |week: &WeekRow| week.from.get(..10).and_then(|day| day.parse::<Day>().ok());
        // A label is as wide as three bars of half a year.
        let every = weeks.len().div_ceil(8);
        let bar = |(n, week): (usize, &WeekRow)| Bar {
            label: match n % every {
                0 => day(week).map_or(String::new(), |day| plain(&short_date(words, day))),
                _ => String::new(),
            },
            value: week.incidents,
            shown: plain(&words.whole(week.incidents)),
            is_part: week.is_part,
        };
        let counts = joined(words, "comma", weeks.iter().map(|week| words.whole(week.incidents)));
        let first = day(&weeks[0]).map_or(String::new(), |day| date(words, &day.to_string()));
        let args = [("first", Arg::Text(&first)), ("counts", Arg::Text(&counts))];
        let alternative = words.say("weeks-alternative", &args);
        let look = Look { alternative: &plain(&alternative), right_to_left: words.is_right_to_left() };
        let drawn: Vec<Bar> = weeks.iter().enumerate().map(bar).collect();
        blocks.push(Block::Subheading(words.plain("by-week")));
        blocks.push(Block::Picture { svg: bars(&drawn, look), alternative, is_alone: false, is_map: false });
        let row = |week: &WeekRow| {
            let from = day(week).map_or(String::new(), |day| date(words, &day.to_string()));
            let from = match week.is_part {
                true => words.say("week-part", &[("week", Arg::Text(&from))]),
                false => from,
            };
            self.counts(from, [week.incidents, week.killed, week.wounded])
        };
        let table = Block::Table {
            head: self.head("week-from", &[]),
            rows: weeks.iter().rev().map(row).collect(),
            has_total: false,
        };
        blocks.push(Block::Folded { summary: words.plain("numbers-by-week"), blocks: vec![table] });
    }

    /// A row with the counts that the data have.
    fn counts(&self, label: String, [incidents, killed, wounded]: [u64; 3]) -> Vec<String> {
        let told = &self.figures.casualties_told;
        let all = [(incidents, true), (killed, told.killed), (wounded, told.wounded)];
        let counts =
            all.into_iter().filter(|(_, is_told)| *is_told).map(|(count, _)| self.words.whole(count));
        [label].into_iter().chain(counts).collect()
    }

    /// The head of such a table, with columns of corridors behind the incidents.
    fn head(&self, first: &str, corridors: &[String]) -> Vec<String> {
        let words = self.words;
        let counts = self.compared().into_iter().map(|(id, _)| words.plain(id));
        let mut head: Vec<String> = [words.plain(first)].into_iter().chain(counts).collect();
        head.splice(2..2, corridors.iter().cloned());
        head
    }

    fn days(&self, blocks: &mut Vec<Block>) {
        let (words, days) = (self.words, &self.figures.days);
        if days.is_empty() {
            return;
        }
        blocks.push(Block::Subheading(words.plain("by-day")));
        if days.len() <= MOST_CELLS {
            blocks.extend(self.calendar());
        }
        let corridors = &self.figures.corridor_days;
        let corridors = if corridors.len() <= MOST_CORRIDORS { &corridors[..] } else { &[] };
        let names: Vec<String> = corridors.iter().map(|one| self.corridor(one)).collect();
        let row = |(n, day): (usize, &DayRow)| {
            let label = day.day.parse().map_or_else(|_| words.name(&day.day), |day| short_date(words, day));
            let mut row = self.counts(label, [day.incidents, day.killed, day.wounded]);
            row.splice(2..2, corridors.iter().map(|one| words.whole(one.incidents[n])));
            row
        };
        let mut rows: Vec<Vec<String>> = days.iter().enumerate().map(row).collect();
        let totals = &self.figures.totals;
        let mut total = self.counts(words.plain("total"), [totals.incidents, totals.killed, totals.wounded]);
        total.splice(2..2, corridors.iter().map(|one| words.whole(one.incidents.iter().sum())));
        rows.push(total);
        let table = Block::Table { head: self.head("day", &names), rows, has_total: true };
        match days.len() > 10 {
            true => {
                blocks.push(Block::Folded { summary: words.plain("numbers-by-day"), blocks: vec![table] })
            }
            false => blocks.push(table),
        }
    }

    fn corridor(&self, one: &CorridorDays) -> String {
        let words = self.words;
        match (one.row, &one.key) {
            (RowKind::Value, Some(key)) => words.name(key),
            (RowKind::Undecided, _) => words.plain("undecided"),
            (RowKind::NotLocated, _) => words.plain("not-located"),
            _ => words.say("no-value", &[("table", Arg::Text("corridor"))]),
        }
    }

    fn calendar(&self) -> Option<Block> {
        let (words, days) = (self.words, &self.figures.days);
        let first: Day = days.first()?.day.parse().ok()?;
        let start = self.figures.week_start;
        let start_of = first.first_of_week(start).ok()?;
        let cell = |row: &DayRow| {
            let day: Day = row.day.parse().ok()?;
            let at = usize::try_from(day.days_since(start_of)).ok()?;
            let label = match words.date_of(day) {
                // The month is named where it begins.
                (_, _, 1) => plain(&short_date(words, day)),
                (.., day) => plain(&words.whole(u64::from(day))),
            };
            let (value, shown) = (row.incidents, plain(&words.whole(row.incidents)));
            Some(Cell { column: at % 7, row: at / 7, label, value, shown })
        };
        let cells: Vec<Cell> = days.iter().filter_map(cell).collect();
        let weekdays: [String; 7] = std::array::from_fn(|n| {
            let weekday = Weekday::ALL[(start as usize + n) % 7];
            words.say("weekday-short", &[("weekday", Arg::Count(u64::from(weekday.number())))])
        });
        let most = days.iter().max_by_key(|day| day.incidents)?;
        let args = [
            ("date", Arg::Text(&date(words, &most.day))),
            ("count", Arg::Text(&words.counted("incident-count", most.incidents))),
        ];
        let alternative = words.say("calendar-alternative", &args);
        let look = Look { alternative: &plain(&alternative), right_to_left: words.is_right_to_left() };
        Some(Block::Picture {
            svg: calendar(&weekdays, &cells, look),
            alternative,
            is_alone: false,
            is_map: false,
        })
    }
}
