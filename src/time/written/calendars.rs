//! Calendars that dates can be written in.

use std::str::FromStr;

use jiff::civil::Date;

use crate::Error;

/// The calendar of dates in a file. Military groups, days of a spreadsheet and counts of seconds are the same in all.
///
/// ```
/// use patrol_corridor::time::{Calendar, TimeForm, When};
/// let form = TimeForm::default().with_calendar(Calendar::Buddhist);
/// assert_eq!(When::read_as("20/11/2569", None, &form).0, When::read("2026-11-20", None));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Calendar {
    /// Of most files.
    #[default]
    Gregorian,
    /// The Solar Hijri calendar of Iran and Afghanistan: `1405-08-29` is 2026-11-20.
    #[cfg(feature = "calendars")]
    Persian,
    /// Gregorian months with the years of the Buddhist era: `2569-11-20` is 2026-11-20.
    Buddhist,
}

/// Years of two digits are those of 1970 to 2069.
const FIRST_OF_TWO_DIGITS: i16 = 1970;

/// How far years of the Buddhist era are ahead.
const BUDDHIST_AHEAD: i16 = 543;

impl Calendar {
    /// The day that a year, a month and a day are in this calendar; `None` where it has no such day.
    pub(super) fn date(self, year: i16, month: i8, day: i8) -> Option<Date> {
        match self {
            Calendar::Gregorian => Date::new(year, month, day).ok(),
            #[cfg(feature = "calendars")]
            Calendar::Persian => persian(year, month, day),
            Calendar::Buddhist => Date::new(year.checked_sub(BUDDHIST_AHEAD)?, month, day).ok(),
        }
    }

    /// The year of two digits, in whole.
    pub(super) fn year(self, of_century: i16) -> i16 {
        let first = match self {
            Calendar::Gregorian => FIRST_OF_TWO_DIGITS,
            #[cfg(feature = "calendars")]
            Calendar::Persian => FIRST_OF_TWO_DIGITS - 621,
            Calendar::Buddhist => FIRST_OF_TWO_DIGITS + BUDDHIST_AHEAD,
        };
        first + (of_century - first).rem_euclid(100)
    }
}

impl Calendar {
    /// The year, the month and the day of the month that a day of the Gregorian calendar is in this one.
    pub(in crate::time) fn of_gregorian(self, date: Date) -> (i32, u8, u8) {
        let (year, month, day) =
            (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
        match self {
            Calendar::Gregorian => (year, month, day),
            #[cfg(feature = "calendars")]
            Calendar::Persian => {
                use calendrical_calculations::persian::fast_persian_from_fixed;
                use calendrical_calculations::rata_die::RataDie;
                // Day 1 is the first of the year 1.
                let days = date.duration_since(jiff::civil::date(1, 1, 1)).as_hours() / 24;
                fast_persian_from_fixed(RataDie::new(days + 1)).unwrap_or((year, month, day))
            }
            Calendar::Buddhist => (year + i32::from(BUDDHIST_AHEAD), month, day),
        }
    }
}

/// By the crate of ICU4X, whose leap years are those of the astronomical rule; it takes days that are none, and so does
/// not find them again.
#[cfg(feature = "calendars")]
fn persian(year: i16, month: i8, day: i8) -> Option<Date> {
    use calendrical_calculations::persian::{fast_persian_from_fixed, fixed_from_fast_persian};
    let wanted = (i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let fixed = fixed_from_fast_persian(wanted.0, wanted.1, wanted.2);
    if fast_persian_from_fixed(fixed).ok() != Some(wanted) {
        return None;
    }
    // Day 1 is the first of the year 1.
    let days = jiff::Span::new().try_days(fixed.to_i64_date() - 1).ok()?;
    jiff::civil::date(1, 1, 1).checked_add(days).ok()
}

impl FromStr for Calendar {
    type Err = Error;

    /// By its name.
    ///
    /// ```
    /// use patrol_corridor::time::Calendar;
    /// assert_eq!("buddhist".parse::<Calendar>()?, Calendar::Buddhist);
    /// assert!("lunar".parse::<Calendar>().is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    fn from_str(name: &str) -> Result<Self, Error> {
        match name {
            "gregorian" => Ok(Calendar::Gregorian),
            #[cfg(feature = "calendars")]
            "persian" => Ok(Calendar::Persian),
            "buddhist" => Ok(Calendar::Buddhist),
            _ => Err(Error::argument(format!(
                "the calendar {name:?}, expected gregorian, persian or buddhist"
            ))),
        }
    }
}
