//! Times as people type them: what a text says of a time, before a zone has its say.
//!
//! A text is cut once into numbers, words and marks, which a few shapes then take from left to right. What a shape
//! leaves over makes the text none: nothing is read by its beginning alone, and nothing is guessed.

mod calendars;
mod shapes;
mod tokens;
mod types;

use jiff::civil::Time;
use jiff::tz::Offset;
use jiff::{Timestamp, fmt::strtime};

pub use calendars::Calendar;
use shapes::{Cursor, Days, Zone, digits_alone, group, joined, nanoseconds, spelled, time_of_day};
pub(crate) use types::Written;
pub use types::{DateOrder, Spelling, TimeForm};

use tokens::{folded, folded_char, tokens, without_fillers};

/// Reads a time, a date or a time of day.
pub(crate) fn read(text: &str, form: &TimeForm) -> (Written, Spelling) {
    if let Some(pattern) = &form.pattern {
        return (by_pattern(text, pattern, form.calendar).unwrap_or(Written::Nothing), Spelling::Plain);
    }
    if let Some(found) = plain(text.trim(), form.calendar) {
        return (found, Spelling::Plain);
    }
    let folded = folded(text);
    let Some(tokens) = tokens(&folded) else { return (Written::Nothing, Spelling::Plain) };
    let at = Cursor { tokens: &tokens, calendar: form.calendar };
    let found = digits_alone(at).or_else(|| group(at)).or_else(|| {
        let tokens = without_fillers(&tokens);
        spelled(Cursor { tokens: &tokens, ..at }, form.order)
    });
    told(found)
}

/// Reads a time that is split into two columns, a date and a time of day. Spreadsheets write a date with a midnight that says
/// nothing, which is dropped. Without a time it is the date alone; a pattern is that of both, with a blank between.
pub(crate) fn read_parts(date: &str, time: &str, form: &TimeForm) -> (Written, Spelling) {
    if form.pattern.is_some() {
        return read(&format!("{date} {time}"), form);
    }
    let (found, spelling) = read(date, form);
    let days = match found {
        Written::Date(date) => Some((date, None)),
        Written::Local(local) if local.time() == Time::midnight() => Some((local.date(), None)),
        Written::Ambiguous { day_first, month_first, .. } if day_first.time() == Time::midnight() => {
            Some((day_first.date(), Some(month_first.date())))
        }
        _ => None,
    };
    let folded = folded(time);
    let clock = tokens(&folded).and_then(|tokens| {
        let tokens = without_fillers(&tokens);
        let mut at = Cursor { tokens: &tokens, calendar: form.calendar };
        let clock = if tokens.is_empty() { None } else { Some(at.clock(true)?) };
        at.is_done().then_some(clock)
    });
    let found = days.zip(clock).map(|((first, other), clock)| joined(Days { first, other, spelling }, clock));
    told(found)
}

/// Of what is not read nothing is spelling.
fn told(found: Option<(Written, Spelling)>) -> (Written, Spelling) {
    found.filter(|(written, _)| *written != Written::Nothing).unwrap_or((Written::Nothing, Spelling::Plain))
}

/// RFC 3339 and what is near it, without a copy: almost all times of a log are.
fn plain(text: &str, calendar: Calendar) -> Option<Written> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = text.as_bytes() else { return None };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    let two = |tens, ones| Some(10 * digit(tens)? + digit(ones)?);
    let small = |tens, ones| two(tens, ones).and_then(|number| i8::try_from(number).ok());
    let date = calendar.date(100 * two(y1, y2)? + two(y3, y4)?, small(m1, m2)?, small(d1, d2)?)?;
    let [b'T' | b't' | b' ', h1, h2, b':', m1, m2, rest @ ..] = rest else {
        return rest.is_empty().then_some(Written::Date(date));
    };
    let (second, nanosecond, rest) = match rest {
        [b':', s1, s2, b'.' | b',', rest @ ..] => {
            let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (decimals, rest) = rest.split_at_checked(count)?;
            (small(s1, s2)?, nanoseconds(str::from_utf8(decimals).ok()?)?, rest)
        }
        [b':', s1, s2, rest @ ..] => (small(s1, s2)?, 0, rest),
        _ => (0, 0, rest),
    };
    let time = time_of_day(small(h1, h2)?, small(m1, m2)?, second, nanosecond)?;
    let local = date.to_datetime(time);
    let zone = match rest {
        [] => Zone::Local,
        [b'Z' | b'z'] | [b' ', b'Z' | b'z'] | b" UTC" => Zone::Ahead(Offset::UTC),
        // With the name of its zone behind (RFC 9557), where the offset is what counts.
        [.., b']'] => {
            let found = plain(text.split_once('[')?.0, calendar)?;
            // Of another calendar the rest alone is checked.
            let is_whole = matches!(found, Written::Zoned(_))
                && (calendar != Calendar::Gregorian || text.parse::<Timestamp>().is_ok());
            return is_whole.then_some(found);
        }
        [b' ', sign @ (b'+' | b'-'), rest @ ..] | [sign @ (b'+' | b'-'), rest @ ..] => match rest {
            [h1, h2] => Zone::of(*sign == b'-', two(h1, h2)?.into(), 0, 0)?,
            [h1, h2, b':', m1, m2] | [h1, h2, m1, m2] => {
                Zone::of(*sign == b'-', two(h1, h2)?.into(), two(m1, m2)?.into(), 0)?
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(zone.written(local))
}

/// A pattern with a zone's name but no offset is refused: the zone may have had that time twice.
fn by_pattern(text: &str, pattern: &str, calendar: Calendar) -> Option<Written> {
    let fold = |text: &str| text.trim().chars().filter_map(folded_char).collect::<String>();
    let mut found = strtime::parse(fold(pattern), fold(text)).ok()?;
    if calendar != Calendar::Gregorian && found.year().is_some() {
        let date = calendar.date(found.year()?, found.month()?, found.day()?)?;
        found.set_year(Some(date.year())).ok()?;
        found.set_month(Some(date.month())).ok()?;
        found.set_day(Some(date.day())).ok()?;
    }
    if let Ok(instant) = found.to_timestamp() {
        return Some(Written::Zoned(instant));
    }
    if found.iana_time_zone().is_some() || found.offset().is_some() {
        return None;
    }
    Some(match (found.to_date(), found.hour()) {
        (Ok(date), None) if found.minute().is_none() => Written::Date(date),
        (Ok(date), _) => Written::Local(date.to_datetime(found.to_time().ok()?)),
        (Err(_), Some(_)) if found.year().is_none() && found.day().is_none() => {
            Written::TimeOfDay(found.to_time().ok()?)
        }
        (Err(_), _) => return None,
    })
}

#[cfg(test)]
mod tests;
