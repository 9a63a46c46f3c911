//! The shapes that a time can have: digits alone, a military group, a date and a clock.

use std::ops::RangeInclusive;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::calendars::Calendar;
use super::tokens::{NAMES, Piece, Token, named};
use super::types::{DateOrder, Spelling, Written};

/// Digits without marks between them are a date only in these years: others are more likely a number of a file.
const COMPACT_YEARS: RangeInclusive<i16> = 1900..=2100;

/// The date that spreadsheets count from, for all days after their 29th of February 1900, which never was.
const EXCEL_START: Date = jiff::civil::date(1899, 12, 30);

/// Where the clock of a text stands to UTC.
#[derive(Clone, Copy)]
pub(super) enum Zone {
    Local,
    Ahead(Offset),
    TooWide,
}

impl Zone {
    pub(super) fn of(is_behind: bool, hours: i32, minutes: i32, seconds: i32) -> Option<Self> {
        if minutes > 59 || seconds > 59 {
            return None;
        }
        if hours > 23 {
            return Some(Zone::TooWide);
        }
        let ahead = 3_600 * hours + 60 * minutes + seconds;
        Offset::from_seconds(if is_behind { -ahead } else { ahead }).ok().map(Zone::Ahead)
    }

    pub(super) fn written(self, local: DateTime) -> Written {
        match self {
            Zone::Local => Written::Local(local),
            Zone::Ahead(offset) => offset.to_timestamp(local).map_or(Written::Nothing, Written::Zoned),
            Zone::TooWide => Written::WideOffset,
        }
    }
}

/// The days that a date can be: `first` has its day first where there are two.
pub(super) struct Days {
    pub first: Date,
    pub other: Option<Date>,
    pub spelling: Spelling,
}

pub(super) struct Clock {
    pub time: Time,
    pub zone: Zone,
}

pub(super) fn joined(days: Days, clock: Option<Clock>) -> (Written, Spelling) {
    let midnight = Clock { time: Time::midnight(), zone: Zone::Local };
    let has_time = clock.is_some();
    let Clock { time, zone } = clock.unwrap_or(midnight);
    let local = days.first.to_datetime(time);
    let written = match days.other {
        Some(_) if matches!(zone, Zone::TooWide) => Written::WideOffset,
        Some(other) => {
            Written::Ambiguous { day_first: local, month_first: other.to_datetime(time), has_time }
        }
        None if has_time => zone.written(local),
        None => Written::Date(days.first),
    };
    (written, days.spelling)
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    digits.parse().ok()
}

/// A number of two digits is a year of 1970 to 2069.
fn year(digits: &str, calendar: Calendar) -> Option<i16> {
    let year: i16 = number(digits)?;
    Some(if digits.len() == 2 { calendar.year(year) } else { year })
}

fn day(year: i16, month: &str, day: &str, calendar: Calendar) -> Option<Date> {
    calendar.date(year, number(month)?, number(day)?)
}

/// A leap second is the one before it, as `jiff` has it.
pub(super) fn time_of_day(hour: i8, minute: i8, second: i8, nanosecond: i32) -> Option<Time> {
    if second > 60 {
        return None;
    }
    Time::new(hour, minute, second.min(59), nanosecond).ok()
}

pub(super) fn nanoseconds(decimals: &str) -> Option<i32> {
    let scale = 10_i32.checked_pow(9_u32.checked_sub(u32::try_from(decimals.len()).ok()?)?)?;
    number::<i32>(decimals).map(|number| number * scale)
}

/// `061005` and `0610`.
fn compact_time(digits: &str, nanosecond: i32) -> Option<Time> {
    let two = |from: usize| digits.get(from..from + 2).and_then(number);
    match digits.len() {
        4 => time_of_day(two(0)?, two(2)?, 0, 0),
        6 => time_of_day(two(0)?, two(2)?, two(4)?, nanosecond),
        _ => None,
    }
}

/// `20261120`.
fn compact_date(digits: &str, calendar: Calendar) -> Option<Date> {
    let date = day(number(digits.get(..4)?)?, digits.get(4..6)?, digits.get(6..)?, calendar)?;
    COMPACT_YEARS.contains(&date.year()).then_some(date)
}

/// A number and nothing else: its size says what it counts.
pub(super) fn digits_alone(mut at: Cursor<'_, '_>) -> Option<(Written, Spelling)> {
    let calendar = at.calendar;
    let (digits, decimals) = (at.number(5..=14)?, at.decimals());
    if !at.is_done() {
        return None;
    }
    let compact = |(date, time)| Some(compact_date(date, calendar)?.to_datetime(compact_time(time, 0)?));
    if decimals.is_none()
        && let Some(local) = digits.split_at_checked(8).and_then(compact)
    {
        return Some((Written::Local(local), Spelling::CompactDate));
    }
    let is_count = !digits.starts_with('0');
    match (digits.len(), decimals) {
        (8, None) => compact_date(digits, calendar).map(|date| (Written::Date(date), Spelling::CompactDate)),
        (5, _) if is_count => excel(number(digits)?, decimals).map(|found| (found, Spelling::ExcelSerial)),
        (9 | 10, _) if is_count => {
            let instant = Timestamp::new(number(digits)?, decimals.map_or(Some(0), nanoseconds)?).ok()?;
            is_count_of_now(instant).then_some((Written::Zoned(instant), Spelling::UnixSeconds))
        }
        (12 | 13, None) if is_count => {
            let instant = Timestamp::from_millisecond(number(digits)?).ok()?;
            is_count_of_now(instant).then_some((Written::Zoned(instant), Spelling::UnixMilliseconds))
        }
        _ => None,
    }
}

/// Seconds of 1970 to 1990 and of far days are more likely something else: a date without marks, a telephone number.
fn is_count_of_now(instant: Timestamp) -> bool {
    (631_152_000..4_102_444_800).contains(&instant.as_second())
}

/// A day of a spreadsheet. Its fraction is a time to the nearest second: files seldom keep more of its decimals.
fn excel(days: i64, decimals: Option<&str>) -> Option<Written> {
    let date = EXCEL_START.checked_add(SignedDuration::from_hours(24 * days)).ok()?;
    let Some(decimals) = decimals else { return Some(Written::Date(date)) };
    // More than a number of a spreadsheet has tell nothing.
    let decimals = decimals.get(..17).unwrap_or(decimals);
    let share = number::<f64>(decimals)? / 10_f64.powi(i32::try_from(decimals.len()).ok()?);
    let seconds = SignedDuration::from_secs((share * 86_400.0).round() as i64);
    date.to_datetime(Time::midnight()).checked_add(seconds).ok().map(Written::Local)
}

/// A military date-time group: day, hour and minute, the letter of the zone, month and year, with or without blanks.
pub(super) fn group(mut at: Cursor<'_, '_>) -> Option<(Written, Spelling)> {
    let (day, clock) = match (at.number(1..=6)?, at.number(4..=4)) {
        (digits, None) if digits.len() == 6 => digits.split_at_checked(2)?,
        (digits, Some(clock)) if digits.len() <= 2 => (digits, clock),
        _ => return None,
    };
    // The letter may stand for itself, or be the first of the word that has the month.
    let mut behind = at;
    let mut letters = behind.word()?.chars();
    let first = letters.next()?;
    let (letter, month) = match (at.month(), at.month_of(letters.as_str())) {
        (Some(month), None) => (None, month),
        // `AOUT` is August, and a letter and October.
        (Some(_), Some(_)) => return None,
        (None, tail) => {
            at = behind;
            let apart = if letters.as_str().is_empty() { at.month() } else { None };
            (Some(first), tail.or(apart)?)
        }
    };
    let year = year(at.number(2..=4).filter(|year| year.len() != 3)?, at.calendar)?;
    let ahead = match letter {
        None | Some('j') => None,
        Some('z') => Some(0),
        Some(c @ 'a'..='i') => Some(c as i32 - 'a' as i32 + 1),
        Some(c @ 'k'..='m') => Some(c as i32 - 'k' as i32 + 10),
        Some(c @ 'n'..='y') => Some('n' as i32 - c as i32 - 1),
        Some(_) => return None,
    };
    let zone = match ahead {
        None => Zone::Local,
        Some(hours) => Zone::of(hours < 0, hours.abs(), 0, 0)?,
    };
    let local = at.calendar.date(year, month, number(day)?)?.to_datetime(compact_time(clock, 0)?);
    at.is_done().then_some((zone.written(local), Spelling::Group))
}

/// A date, a time of day, or both, one behind the other.
pub(super) fn spelled(mut at: Cursor<'_, '_>, order: Option<DateOrder>) -> Option<(Written, Spelling)> {
    let found = if let Some(days) = at.attempt(|at| at.days(order)) {
        let clock = match at.is_done() {
            true => None,
            false => {
                let may_be_compact = at.separator()? || days.spelling == Spelling::CompactDate;
                Some(at.clock(may_be_compact)?)
            }
        };
        joined(days, clock)
    } else {
        let clock = at.clock(false)?;
        match (at.is_done(), clock.zone) {
            (true, Zone::Local) => (Written::TimeOfDay(clock.time), Spelling::Plain),
            (true, _) => return None,
            (false, _) => {
                at.separator().filter(|is_t| !is_t)?;
                joined(at.days(order)?, Some(clock))
            }
        }
    };
    at.is_done().then_some(found)
}

/// What is left of a text. What a reading that fails took is only given back by [`Cursor::attempt`].
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a, 't> {
    pub tokens: &'a [Token<'t>],
    pub calendar: Calendar,
}

impl<'t> Cursor<'_, 't> {
    fn attempt<T>(&mut self, reading: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = *self;
        let found = reading(self);
        if found.is_none() {
            *self = before;
        }
        found
    }

    pub fn is_done(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Takes the next piece if it is so.
    fn take<T>(&mut self, is: impl FnOnce(Token<'t>) -> Option<T>) -> Option<T> {
        let (token, behind) = self.tokens.split_first()?;
        let found = is(*token)?;
        self.tokens = behind;
        Some(found)
    }

    fn number(&mut self, count: RangeInclusive<usize>) -> Option<&'t str> {
        self.take(|token| match token.piece {
            Piece::Number(digits) if count.contains(&digits.len()) => Some(digits),
            _ => None,
        })
    }

    /// A number without a blank before it.
    fn close_number(&mut self, count: RangeInclusive<usize>) -> Option<&'t str> {
        self.tokens.first().filter(|token| !token.gap)?;
        self.number(count)
    }

    fn word(&mut self) -> Option<&'t str> {
        self.take(|token| if let Piece::Word(word) = token.piece { Some(word) } else { None })
    }

    /// One of these marks, without a blank before it.
    fn mark(&mut self, marks: &str) -> Option<char> {
        self.tokens.first().filter(|token| !token.gap)?;
        self.sign(marks)
    }

    fn sign(&mut self, marks: &str) -> Option<char> {
        self.take(|token| match token.piece {
            Piece::Mark(mark) if marks.contains(mark) => Some(mark),
            _ => None,
        })
    }

    /// The number of a month by its name.
    fn month_of(&self, name: &str) -> Option<i8> {
        let names = match self.calendar {
            Calendar::Gregorian | Calendar::Buddhist => &NAMES.months,
            #[cfg(feature = "calendars")]
            Calendar::Persian => &NAMES.persian_months,
        };
        names.get(name).copied()
    }

    fn month(&mut self) -> Option<i8> {
        let (month, behind) = named(self.tokens, |name| self.month_of(name))?;
        self.tokens = behind;
        Some(month)
    }

    /// What stands between a date and a time: whether it is the `T` of ISO 8601.
    fn separator(&mut self) -> Option<bool> {
        let is_close = |at: &Self| at.tokens.first().is_some_and(|token| !token.gap);
        let of_iso = |at: &mut Self| (is_close(at) && at.word()? == "t" && is_close(at)).then_some(());
        if self.attempt(of_iso).is_some() {
            return Some(true);
        }
        (self.mark(",").is_some() || !is_close(self)).then_some(false)
    }

    /// A date, with the day of the week before it or not. One that contradicts it makes it none.
    fn days(&mut self, order: Option<DateOrder>) -> Option<Days> {
        let with_weekday = self.attempt(|at| {
            let (weekday, behind) = named(at.tokens, |name| NAMES.weekdays.get(name).copied())?;
            at.tokens = behind;
            at.mark(",");
            Some((weekday, at.date(order)?))
        });
        match with_weekday {
            Some((weekday, days)) => {
                let is_so = days.other.is_some() || days.first.weekday().to_monday_one_offset() == weekday;
                is_so.then_some(days)
            }
            None => self.date(order),
        }
    }

    fn date(&mut self, order: Option<DateOrder>) -> Option<Days> {
        let calendar = self.calendar;
        let one = |first, spelling| Days { first, other: None, spelling };
        if let Some(digits) = self.number(8..=8) {
            return compact_date(digits, self.calendar).map(|date| one(date, Spelling::CompactDate));
        }
        let Some((mark, [left, middle, right])) = self.attempt(Self::three_numbers) else {
            return self.by_name().map(|date| one(date, Spelling::DayAndMonthByName));
        };
        match [left, middle, right].map(str::len) {
            [4, 1 | 2, 1 | 2] => {
                day(number(left)?, middle, right, calendar).map(|date| one(date, Spelling::Plain))
            }
            // A year of two digits with hyphens may as well stand first, unless an order is known.
            [1 | 2, 1 | 2, 2] if mark == '-' && order.is_none() => None,
            [1 | 2, 1 | 2, 2 | 4] => {
                let day = |month, date| day(year(right, calendar)?, month, date, calendar);
                by_order(day(middle, left), day(left, middle), order)
            }
            _ => None,
        }
    }

    /// Numbers with the same mark between: `2026/11/20`, `20.11.2026`, also `20. 11. 2026`.
    fn three_numbers(&mut self) -> Option<(char, [&'t str; 3])> {
        let left = self.number(1..=4)?;
        let mark = self.mark("-/.")?;
        let next = |at: &mut Self| if mark == '.' { at.number(1..=4) } else { at.close_number(1..=4) };
        let middle = next(self)?;
        self.mark("-/.").filter(|other| *other == mark)?;
        Some((mark, [left, middle, next(self)?]))
    }

    /// Day, month and year with the month's name, the day before or behind it, or the year first.
    fn by_name(&mut self) -> Option<Date> {
        let skip_mark = |at: &mut Self| at.attempt(|at| at.mark("-/.,"));
        let leading = self.number(1..=4);
        skip_mark(self);
        let month = self.month()?;
        skip_mark(self);
        let second = self.number(1..=4)?;
        let (date, last) = match leading {
            Some(leading) if leading.len() == 4 => (second, leading),
            Some(leading) => (leading, second),
            None => {
                skip_mark(self);
                (second, self.number(2..=4)?)
            }
        };
        let is_so = date.len() <= 2 && matches!(last.len(), 2 | 4);
        self.calendar.date(year(last, self.calendar).filter(|_| is_so)?, month, number(date)?)
    }

    /// A time of day and its zone. `0610` is one only where nothing else can stand.
    pub fn clock(&mut self, may_be_compact: bool) -> Option<Clock> {
        let compact = self.attempt(|at| {
            let digits = at.number(4..=6).filter(|_| may_be_compact)?;
            let decimals = at.decimals().filter(|_| digits.len() == 6);
            compact_time(digits, decimals.map_or(Some(0), nanoseconds)?)
        });
        let time = compact.or_else(|| self.time())?;
        Some(Clock { time, zone: self.zone()? })
    }

    fn decimals(&mut self) -> Option<&'t str> {
        self.attempt(|at| {
            at.mark(".,")?;
            at.close_number(1..=20)
        })
    }

    /// `6:10`, `06:10:05.5`, `6:10 PM`, `6 PM`.
    fn time(&mut self) -> Option<Time> {
        let hour: i8 = number(self.number(1..=2)?)?;
        let (mut minute, mut second, mut nanosecond) = (None, 0, 0);
        if self.mark(":").is_some() {
            minute = Some(number(self.close_number(2..=2)?)?);
            if self.mark(":").is_some() {
                second = number(self.close_number(2..=2)?)?;
                nanosecond = self.decimals().map_or(Some(0), nanoseconds)?;
            }
        }
        let half = self.attempt(|at| match at.word()? {
            "am" => Some(0),
            "pm" => Some(12),
            letter @ ("a" | "p") if at.word()? == "m" => Some(if letter == "a" { 0 } else { 12 }),
            _ => None,
        });
        let hour = match half {
            Some(half) => half + (1..=12).contains(&hour).then_some(hour % 12)?,
            // An hour alone may be anything.
            None => minute.map(|_| hour)?,
        };
        time_of_day(hour, minute.unwrap_or(0), second, nanosecond)
    }

    /// `Z`, `UTC+3`, `+03:00`; no other names, as most stand for several zones. None at all is local.
    fn zone(&mut self) -> Option<Zone> {
        let is_named =
            self.attempt(|at| at.word().filter(|word| matches!(*word, "z" | "utc" | "gmt"))).is_some();
        let Some(sign) = self.attempt(|at| at.sign("+-")) else {
            return Some(if is_named { Zone::Ahead(Offset::UTC) } else { Zone::Local });
        };
        let digits = self.close_number(1..=6)?;
        let two = |from: usize| digits.get(from..from + 2).map_or(Some(0), number);
        let colon = |at: &mut Self| at.mark(":").map_or(Some(0), |_| number(at.close_number(2..=2)?));
        match digits.len() {
            1 if !is_named => None,
            1 | 2 => Zone::of(sign == '-', number(digits)?, colon(self)?, colon(self)?),
            4 | 6 => Zone::of(sign == '-', two(0)?, two(2)?, two(4)?),
            _ => None,
        }
    }
}

/// Of the days that a date is with the day or the month first, the one that is meant, or both where nothing decides.
fn by_order(day_first: Option<Date>, month_first: Option<Date>, order: Option<DateOrder>) -> Option<Days> {
    let one = |first, spelling| Some(Days { first, other: None, spelling });
    match (day_first, month_first, order) {
        (Some(first), Some(other), _) if first == other => one(first, Spelling::Plain),
        (Some(first), Some(other), None) => {
            Some(Days { first, other: Some(other), spelling: Spelling::Plain })
        }
        (Some(first), _, Some(DateOrder::DayFirst)) | (Some(first), None, None) => {
            one(first, Spelling::DayFirst)
        }
        (_, Some(other), Some(DateOrder::MonthFirst)) | (None, Some(other), None) => {
            one(other, Spelling::MonthFirst)
        }
        _ => None,
    }
}
