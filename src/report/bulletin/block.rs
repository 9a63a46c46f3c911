//! Parts of a page, and phrases that several of them have.

use super::words::{Arg, Words};

/// A part of a page.
pub(super) enum Block {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
    /// The first column is text, the others are numbers.
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
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
    // A year may have a sign of its own.
    let mut parts = day.rsplitn(3, '-');
    let mut number = || parts.next().unwrap_or_default();
    let (day, month, year) = (number(), number(), number());
    let day = words.digits(day.trim_start_matches('0'));
    let month = month.parse().unwrap_or(1);
    let args =
        [("day", Arg::Text(&day)), ("month", Arg::Count(month)), ("year", Arg::Text(&words.digits(year)))];
    words.say("date", &args)
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
