//! Parts of a page, and phrases that several of them have.

use super::figures::Figures;
use super::words::{Arg, FSI, PDI, Words};
use crate::time::Day;

/// A page. Texts are plain, of one line each, with isolates around what is of another direction.
pub(super) struct Page {
    pub title: String,
    /// What must be said before all else: that nobody has reviewed the translation.
    pub notice: Option<String>,
    /// At the top and at the bottom; empty for none.
    pub classification: String,
    /// Unit, author and the like, each with its value.
    pub head: Vec<[String; 2]>,
    /// What happened, what changed, what is uncertain or left out: a sentence or two each.
    pub lead: Vec<String>,
    pub blocks: Vec<Block>,
}

/// A part of a page.
pub(super) enum Block {
    Heading(String),
    Subheading(String),
    Paragraph(String),
    List(Vec<String>),
    /// The first column is text, the others are numbers.
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
        /// The last row adds the others up.
        has_total: bool,
    },
    /// A map or a chart.
    Picture {
        svg: String,
        /// What it shows, in words.
        alternative: String,
        /// Nothing else on the page says so.
        is_alone: bool,
        is_map: bool,
    },
    /// What can stay closed where there is paper enough to open it: numbers of a chart.
    Folded {
        summary: String,
        blocks: Vec<Block>,
    },
}

/// How many were killed and wounded, as a clause; `None` of nobody.
pub(super) fn casualties(words: &Words, killed: u64, wounded: u64) -> Option<String> {
    let clause = |id: &str, count: u64| (count > 0).then(|| words.counted(id, count));
    match (clause("people-killed", killed), clause("people-wounded", wounded)) {
        (Some(killed), Some(wounded)) => {
            Some(words.say("both", &[("first", Arg::Text(&killed)), ("second", Arg::Text(&wounded))]))
        }
        (killed, wounded) => killed.or(wounded),
    }
}

/// A status in words, or in its own.
pub(super) fn status(words: &Words, status: &str) -> String {
    let text = words.name(status);
    words.say("status", &[("status", Arg::Text(status)), ("text", Arg::Text(&text))])
}

/// Texts with what stands between them.
pub(super) fn joined(words: &Words, between: &str, texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().collect::<Vec<_>>().join(&words.plain(between))
}

/// `2021-01-01` in words.
pub(super) fn date(words: &Words, day: &str) -> String {
    match day.parse::<Day>() {
        Ok(day) => say_date(words, "date", day),
        Err(_) => words.name(day),
    }
}

/// The same without its year.
pub(super) fn short_date(words: &Words, day: Day) -> String {
    say_date(words, "short-date", day)
}

/// A month with its year.
pub(super) fn month(words: &Words, day: Day) -> String {
    say_date(words, "month-of-year", day)
}

/// What is said of a day, in the calendar that is wanted.
fn say_date(words: &Words, id: &str, day: Day) -> String {
    let (year, month, day) = words.date_of(day);
    let args = [
        ("calendar", Arg::Text(words.calendar())),
        ("n", Arg::Count(u64::from(day))),
        ("month", Arg::Count(u64::from(month))),
        ("year", Arg::Text(&words.digits(&year.to_string()))),
    ];
    words.say(id, &args)
}

/// RFC 3339 as date and time of day.
pub(super) fn moment(words: &Words, time: &str) -> String {
    let (day, rest) = time.split_once('T').unwrap_or((time, ""));
    // Seconds where there are any.
    let clock = match rest.get(5..8) {
        Some(seconds) if seconds != ":00" => words.digits(rest.get(..8).unwrap_or(rest)),
        _ => clock(words, rest),
    };
    words.say("moment", &[("date", Arg::Text(&date(words, day))), ("time", Arg::Text(&clock))])
}

/// The time of day of `02:30:00+01:00` with its offset, for a day on which it comes twice.
pub(super) fn clock_and_offset(words: &Words, time: &str) -> String {
    let offset = time.rfind(['+', '-']).map_or("", |at| &time[at..]);
    words.digits(&format!("{}{offset}", time.get(..5).unwrap_or(time)))
}

/// The time of day of `05:40:00+04:00`, in hours and minutes.
pub(super) fn clock(words: &Words, time: &str) -> String {
    words.digits(time.get(..5).unwrap_or(time))
}

/// Without isolates, for where nothing surrounds it.
pub(super) fn plain(text: &str) -> String {
    text.replace([FSI, PDI], "")
}

/// The first and the last day of a period of days.
pub(super) fn ends(figures: &Figures) -> Option<[Day; 2]> {
    match (figures.days.first(), figures.days.last()) {
        (Some(first), Some(last)) => Some([first.day.parse().ok()?, last.day.parse().ok()?]),
        _ => None,
    }
}

/// Names with commas between them; of many the first, and how many more there are.
pub(super) fn names<'n>(words: &Words, names: impl ExactSizeIterator<Item = &'n str>) -> String {
    /// Enough for all posts of one contingent.
    const MOST: usize = 40;
    let count = names.len();
    let said = joined(words, "comma", names.take(MOST).map(|name| words.name(name)));
    match count.saturating_sub(MOST) {
        0 => said,
        more => words.say("names-and-more", &[("names", Arg::Text(&said)), ("n", Arg::Count(more as u64))]),
    }
}
