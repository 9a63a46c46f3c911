//! Dates and times of workbooks as text: numbers of days with a format, and durations of ISO 8601.

/// What a number format shows of a day and a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A number.
    Number,
    Date,
    Time,
    DateTime,
}

/// What a number format of a workbook shows, by its number if it is a common one.
pub(super) fn shown_by_id(id: u32) -> Shown {
    match id {
        14..=17 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => Shown::Date,
        18..=21 | 32 | 33 | 45..=47 | 55 | 56 => Shown::Time,
        22 => Shown::DateTime,
        _ => Shown::Number,
    }
}

/// What a number format shows, by its code: `dd.mm.yyyy hh:mm`.
pub(super) fn shown_by_code(code: &str) -> Shown {
    let (mut has_day, mut has_time, mut has_month) = (false, false, false);
    let mut chars = code.chars();
    while let Some(char) = chars.next() {
        match char.to_ascii_lowercase() {
            // What follows is no format: a character, or a text.
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => drop(chars.by_ref().find(|&char| char == '"')),
            '[' => {
                // `[h]` counts hours; `[Red]`, `[$-419]` and conditions say something else.
                let inner: String = chars.by_ref().take_while(|&char| char != ']').collect();
                let first = inner.chars().next().map(|char| char.to_ascii_lowercase());
                let is_count = first.is_some_and(|first| {
                    matches!(first, 'h' | 'm' | 's')
                        && inner.chars().all(|char| char.eq_ignore_ascii_case(&first))
                });
                has_time |= is_count;
            }
            // Another section, for negative numbers.
            ';' => break,
            // `General` in this or any other language is no date.
            'g' if chars.as_str().to_ascii_lowercase().starts_with("eneral") => return Shown::Number,
            'd' | 'y' => has_day = true,
            'm' => has_month = true,
            'h' | 's' => has_time = true,
            _ => {}
        }
    }
    match (has_day, has_time, has_month) {
        (true, true, _) => Shown::DateTime,
        (true, false, _) | (false, false, true) => Shown::Date,
        // `m` beside hours or seconds is minutes.
        (false, true, _) => Shown::Time,
        (false, false, false) => Shown::Number,
    }
}

const DAY_MS: f64 = 86_400_000.0;

/// The text of a number of days since the end of 1899, or of 1903; none if it is no day that a calendar has.
pub(super) fn of_serial(days: f64, shown: Shown, is_1904: bool) -> Option<String> {
    if shown == Shown::Number || !(0.0..2_958_466.0).contains(&days) {
        return None;
    }
    // Workbooks hold times to about a microsecond; none is meant to be that exact.
    let ms = (days * DAY_MS).round() as i64;
    let (day, ms) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    if shown == Shown::Time && (day > 0 && day < 366) {
        // A count of hours, `36:00`.
        return Some(clock(day * 24 + ms / 3_600_000, ms % 3_600_000, false));
    }
    if day == 0 && !(is_1904 && shown == Shown::Date) {
        return (shown != Shown::Date || ms > 0).then(|| clock(ms / 3_600_000, ms % 3_600_000, false));
    }
    let since_1970 = match is_1904 {
        true => day - 24_107,
        // Their year 1900 has a 29 February that no calendar has.
        false if day < 60 => day - 25_568,
        false if day == 60 => return None,
        false => day - 25_569,
    };
    let date = date(since_1970);
    match shown {
        Shown::Date if ms == 0 => Some(date),
        _ => Some(format!("{date}T{}", clock(ms / 3_600_000, ms % 3_600_000, true))),
    }
}

fn clock(hours: i64, ms: i64, with_seconds: bool) -> String {
    let (minutes, ms) = (ms / 60_000, ms % 60_000);
    let (seconds, ms) = (ms / 1_000, ms % 1_000);
    let mut text = format!("{hours:02}:{minutes:02}");
    if with_seconds || seconds > 0 || ms > 0 {
        text += &format!(":{seconds:02}");
    }
    if ms > 0 {
        text += format!(".{ms:03}").trim_end_matches('0');
    }
    text
}

/// The date of a day since 1970: the civil calendar from days, by years of 400 that begin in March.
fn date(since_1970: i64) -> String {
    let days = since_1970 + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A duration such as `PT06H10M00S` as a time of day, `06:10`; others stay as they are.
pub(super) fn of_duration(text: &str) -> String {
    let read = || {
        let mut rest = text.strip_prefix("PT")?;
        let mut part = |letter: char| -> Option<f64> {
            let Some((number, behind)) = rest.split_once(letter) else { return Some(0.0) };
            rest = behind;
            number.parse().ok().filter(|number: &f64| (0.0..1e6).contains(number))
        };
        let (hours, minutes, seconds) = (part('H')?, part('M')?, part('S')?);
        let ms = ((hours * 60.0 + minutes) * 60_000.0 + seconds * 1_000.0).round() as i64;
        rest.is_empty().then(|| clock(ms / 3_600_000, ms % 3_600_000, false))
    };
    read().unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_days_and_times() {
        for (code, shown) in [
            ("dd.mm.yyyy hh:mm", Shown::DateTime),
            ("yyyy\\-mm\\-dd", Shown::Date),
            ("[$-419]d mmm yyyy;@", Shown::Date),
            ("mmm", Shown::Date),
            ("h:mm AM/PM", Shown::Time),
            ("mm:ss.0", Shown::Time),
            ("[hh]:mm", Shown::Time),
            ("General", Shown::Number),
            ("0.00\" days\"", Shown::Number),
            ("[Red]0.0;[Blue]0.0", Shown::Number),
            ("0.000000\\d", Shown::Number),
            ("@", Shown::Number),
        ] {
            assert_eq!(shown_by_code(code), shown, "{code}");
        }
        assert_eq!([14, 20, 22, 2, 49].map(shown_by_id), {
            use Shown::{Date, DateTime, Number, Time};
            [Date, Time, DateTime, Number, Number]
        });
    }

    #[test]
    fn serials_become_text() {
        use Shown::{Date, DateTime, Number, Time};
        for (days, shown, is_1904, text) in [
            (46_346.256_944_444_445, DateTime, false, Some("2026-11-20T06:10:00")),
            (46_346.0, DateTime, false, Some("2026-11-20T00:00:00")),
            (46_346.0, Date, false, Some("2026-11-20")),
            (46_346.5, Date, false, Some("2026-11-20T12:00:00")),
            (46_346.256_944_444_445, Time, false, Some("2026-11-20T06:10:00")),
            (44_884.256_944_444_445, DateTime, true, Some("2026-11-20T06:10:00")),
            (0.256_944_444_444_444_4, Time, false, Some("06:10")),
            (0.256_944_444_444_444_4, DateTime, false, Some("06:10")),
            (0.256_950_231_481_481_5, Time, false, Some("06:10:00.5")),
            (0.999_999_999_9, Time, false, Some("24:00")),
            (1.5, Time, false, Some("36:00")),
            (1.0, Date, false, Some("1900-01-01")),
            (61.0, Date, false, Some("1900-03-01")),
            (60.0, Date, false, None),
            (0.0, Date, false, None),
            (0.0, Date, true, Some("1904-01-01")),
            (2_958_465.0, Date, false, Some("9999-12-31")),
            (-1.0, Date, false, None),
            (1e308, DateTime, false, None),
            (f64::NAN, DateTime, false, None),
            (46_346.0, Number, false, None),
        ] {
            assert_eq!(of_serial(days, shown, is_1904).as_deref(), text, "{days} {shown:?}");
        }
    }

    #[test]
    fn durations_become_times() {
        for (duration, text) in [
            ("PT06H10M00S", "06:10"),
            ("PT06H10M05.5S", "06:10:05.5"),
            ("PT36H00M00S", "36:00"),
            ("PT5M", "00:05"),
            ("P1D", "P1D"),
            ("PT1e9H", "PT1e9H"),
        ] {
            assert_eq!(of_duration(duration), text);
        }
    }
}
