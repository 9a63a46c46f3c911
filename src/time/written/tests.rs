//! The table of times, and what holds of any text.

use std::collections::{HashMap, HashSet};

use jiff::civil::DateTime;

use super::tokens::NAMES;
use super::*;

const TABLE: &str = include_str!("times.tsv");

fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| line.split('\t').collect::<Vec<_>>().try_into().unwrap())
}

fn shown(written: Written) -> String {
    match written {
        Written::Zoned(instant) => format!("zoned {instant}"),
        Written::Local(local) => format!("local {local}"),
        Written::Date(date) => format!("date {date}"),
        Written::TimeOfDay(time) => format!("time {time}"),
        Written::Ambiguous { day_first, month_first, has_time } => {
            format!("ambiguous {day_first} {month_first}{}", if has_time { " timed" } else { "" })
        }
        Written::WideOffset => "wide".to_owned(),
        Written::Nothing => "nothing".to_owned(),
    }
}

fn with_order(order: Option<DateOrder>) -> TimeForm {
    TimeForm { order, ..TimeForm::default() }
}

#[test]
fn all_of_the_table() {
    let mut wrong = Vec::new();
    for [text, expected, why] in rows() {
        let order = match why.split_once("order ").map(|(_, order)| order) {
            Some(order) if order.starts_with("day first") => Some(DateOrder::DayFirst),
            Some(order) if order.starts_with("month first") => Some(DateOrder::MonthFirst),
            _ => None,
        };
        let (written, spelling) = read(text, &with_order(order));
        let expected_spelling = if expected == "nothing" { "Plain" } else { why.split(';').next().unwrap() };
        if shown(written) != expected || format!("{spelling:?}") != expected_spelling {
            wrong.push(format!("`{text}` is {} by {spelling:?}, not {expected} ({why})", shown(written)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows().count() >= 200 && rows().filter(|row| row[1] == "nothing").count() >= 60);
}

#[test]
fn the_order_that_a_text_decides() {
    for [text, expected, why] in rows().filter(|row| !row[2].contains("order ")) {
        let order = match why {
            "DayFirst" => Some(DateOrder::DayFirst),
            "MonthFirst" => Some(DateOrder::MonthFirst),
            _ => None,
        };
        let found = match read(text, &TimeForm::default()).1 {
            Spelling::DayFirst => Some(DateOrder::DayFirst),
            Spelling::MonthFirst => Some(DateOrder::MonthFirst),
            _ => None,
        };
        assert_eq!(found, order, "{text} {expected}");
    }
}

#[test]
fn date_and_time_in_two_columns() {
    let order = Some(DateOrder::MonthFirst);
    for (date, time, order, expected) in [
        ("2026-11-20", "06:10", None, "local 2026-11-20T06:10:00"),
        ("2026-11-20 00:00:00", "06:10:05", None, "local 2026-11-20T06:10:05"),
        ("2026-11-20T00:00:00.000", "6:10 PM", None, "local 2026-11-20T18:10:00"),
        ("20.11.2026", "06:10Z", None, "zoned 2026-11-20T06:10:00Z"),
        ("20 Nov 2026", "0610", None, "local 2026-11-20T06:10:00"),
        ("20261120", "061005", None, "local 2026-11-20T06:10:05"),
        ("46346", "06:10 +01:00", None, "zoned 2026-11-20T05:10:00Z"),
        ("46346.0", "06:10", None, "local 2026-11-20T06:10:00"),
        ("2026-11-20", " ", None, "date 2026-11-20"),
        ("2026-11-20 00:00:00", "", None, "date 2026-11-20"),
        ("03/04/2026", "06:10", None, "ambiguous 2026-04-03T06:10:00 2026-03-04T06:10:00 timed"),
        ("03/04/2026 00:00", "", None, "ambiguous 2026-04-03T00:00:00 2026-03-04T00:00:00"),
        ("03/04/2026", "06:10", order, "local 2026-03-04T06:10:00"),
        ("20/04/2026", "06:10", order, "nothing"),
        ("2026-11-20 07:00", "06:10", None, "nothing"),
        ("2026-11-20T00:00Z", "06:10", None, "nothing"),
        ("2026-11-20", "24:00", None, "nothing"),
        ("2026-11-20", "6", None, "nothing"),
        ("2026-11-20", "2026-11-20", None, "nothing"),
        ("2026-11-20", "06:10 MSK", None, "nothing"),
        ("06:10", "2026-11-20", None, "nothing"),
        ("", "06:10", None, "nothing"),
        ("", "", None, "nothing"),
    ] {
        let found = shown(read_parts(date, time, &with_order(order)).0);
        assert_eq!(found, expected, "{date} {time}");
    }
}

#[test]
fn a_pattern_is_tried_alone() {
    for (pattern, text, expected) in [
        ("%d.%m.%Y %H:%M", "03.04.2026 06:10", "local 2026-04-03T06:10:00"),
        ("%m/%d/%y", "03/04/26", "date 2026-03-04"),
        ("%Y%m%d%H%M%S%z", "20261120061005+0300", "zoned 2026-11-20T03:10:05Z"),
        ("%s", "1795155000", "zoned 2026-11-20T06:10:00Z"),
        ("%H.%M", "06.10", "time 06:10:00"),
        ("%d.%m.%Y", "۰۳.۰۴.۲۰۲۶", "date 2026-04-03"),
        ("%y-%m-%d", "26-11-20", "date 2026-11-20"),
        ("%d.%m.%Y %H:%M", "2026-04-03T06:10:00Z", "nothing"),
        ("%d.%m.%Y", "03.04.2026 06:10", "nothing"),
        ("%d.%m", "03.04", "nothing"),
        ("%Y-%m-%d %H:%M %Q", "2026-10-25 02:30 Europe/Berlin", "nothing"),
        ("%", "2026-04-03", "nothing"),
        ("", "2026-04-03", "nothing"),
    ] {
        let form = TimeForm { pattern: Some(pattern.to_owned()), ..TimeForm::default() };
        assert_eq!(shown(read(text, &form).0), expected, "{pattern} {text}");
    }
    let form = TimeForm { pattern: Some("%d/%m/%Y %H%M".to_owned()), ..TimeForm::default() };
    assert_eq!(shown(read_parts("03/04/2026", "0610", &form).0), "local 2026-04-03T06:10:00");
}

#[test]
fn no_name_means_two_months() {
    let (mut months, mut languages) = (HashMap::new(), 0);
    for line in include_str!("months.txt").lines() {
        let mut words = line.split_whitespace();
        let Some(kind) = words.next() else { continue };
        languages += usize::from(kind == "1");
        let Ok(month) = kind.parse::<i8>() else {
            let is_numbered = ["weekday", "persian"].iter().any(|kind_of| kind.starts_with(kind_of));
            let known = kind.starts_with('#') || kind == "skip" || is_numbered;
            assert!(known, "{line}");
            continue;
        };
        for word in words.map(folded) {
            assert_eq!(*months.entry(word.clone()).or_insert(month), month, "{word}");
        }
    }
    assert_eq!(languages, 14);
    assert!((1..=12).all(|month| months.values().filter(|known| **known == month).count() > 20));
    for (name, month) in &months {
        assert!(!NAMES.fillers.contains(name), "{name}");
        // The letter of a military zone before a name makes no other name.
        for letter in 'a'..='z' {
            let joined = format!("{letter}{name}");
            assert!(!months.contains_key(&joined) || joined == "aout", "{joined}");
        }
        assert_eq!(NAMES.months.get(name), Some(month));
    }
    for word in ["am", "pm", "a", "p", "m", "t", "z", "utc", "gmt"] {
        let is_name = NAMES.fillers.contains(word) || NAMES.weekdays.contains_key(word);
        assert!(!is_name && !months.contains_key(word), "{word}");
    }
    let weekdays: usize = include_str!("months.txt")
        .lines()
        .filter(|line| line.starts_with("weekday"))
        .map(|line| line.split_whitespace().skip(1).map(folded).collect::<HashSet<_>>().len())
        .sum();
    assert_eq!(weekdays, NAMES.weekdays.len(), "a weekday's name stands for two");
}

#[test]
fn mutated_texts_do_no_harm() {
    let mut random = fastrand::Rng::with_seed(7);
    let texts: Vec<&str> = rows().map(|row| row[0]).collect();
    let others: Vec<char> = "0123456789٣९:.,/-+TZ \u{a0}aаpmé\u{301}İß𝟙\u{200f}[]\n%9".chars().collect();
    let patterns = ["%d.%m.%Y %H:%M", "%Y%m%d", "%s", "%c %%"];
    let mut read_count = 0;
    for round in 0..100_000 {
        let mut text: Vec<char> = texts[random.usize(..texts.len())].chars().collect();
        for _ in 0..=random.usize(..3) {
            let place = random.usize(..text.len() + 1);
            match random.usize(..4) {
                0 if place < text.len() => drop(text.remove(place)),
                1 if place < text.len() => text[place] = others[random.usize(..others.len())],
                2 => text.truncate(place),
                _ => text.insert(place, others[random.usize(..others.len())]),
            }
        }
        let text: String = text.into_iter().collect();
        let pattern = (round % 8 == 0).then(|| patterns[random.usize(..patterns.len())].to_owned());
        let order = [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)][random.usize(..3)];
        let form = TimeForm { order, pattern, ..TimeForm::default() };
        let (written, spelling) = read(&text, &form);
        assert!(written != Written::Nothing || spelling == Spelling::Plain, "{text}");
        read_count += usize::from(written != Written::Nothing);
        let _ = read_parts(&text, texts[random.usize(..texts.len())], &form);
        let _ = read_parts(texts[random.usize(..texts.len())], &text, &form);
    }
    assert!(read_count > 5_000, "{read_count}");
}

#[test]
fn what_has_two_readings_has_both() {
    let wraps =
        ["{}", "{} 06:10", "06:10 {}", "{}, 6:10 PM", "{} 06:10:05.5", "\u{200e}{} ", "{} г. в 06:10"];
    for left in 1..=12 {
        for right in 1..=12 {
            for mark in ['.', '/', '-'] {
                let years = ["2026", "1905", "26", "0012"].into_iter();
                for (year, wrap) in years.flat_map(|year| wraps.map(|wrap| (year, wrap))) {
                    let dates = [
                        format!("{left}{mark}{right}{mark}{year}"),
                        format!("{left:02}{mark}{right:02}{mark}{year}"),
                    ];
                    for text in dates.map(|date| wrap.replace("{}", &date)) {
                        let (written, spelling) = read(&text, &TimeForm::default());
                        let is_decided = matches!(written, Written::Local(_) | Written::Date(_));
                        let is_refused = mark == '-' && year == "26";
                        assert_eq!(is_decided, left == right && !is_refused, "{text}");
                        assert_eq!(written == Written::Nothing, is_refused, "{text}");
                        assert_eq!(spelling, Spelling::Plain, "{text}");
                    }
                }
            }
        }
    }
}

#[test]
fn instants_come_back_from_their_spellings() {
    let mut random = fastrand::Rng::with_seed(11);
    let day_first = with_order(Some(DateOrder::DayFirst));
    for _ in 0..5_000 {
        let seconds = 946_684_800 + random.usize(..2_000_000_000) as i64;
        let minutes = seconds - seconds % 60;
        let offset_minutes = random.usize(..4 * 27) as i32 * 15 - 12 * 60;
        let offset = Offset::from_seconds(60 * offset_minutes).unwrap();
        for (pattern, at) in [
            ("%Y-%m-%dT%H:%M:%S%:z", seconds),
            ("%Y/%m/%d %H:%M:%S %z", seconds),
            ("%d.%m.%Y %-H:%M:%S %:z", seconds),
            ("%H:%M:%S%z, %d.%m.%y", seconds),
            ("%a, %d %b %Y %H:%M:%S %z", seconds),
            ("%A, %B %-d, %Y %-I:%M:%S %p UTC%:z", seconds),
            ("%d-%b-%y %I:%M %p GMT%z", minutes),
            ("%Y%m%dT%H%M%S%z", seconds),
            ("%Y%m%d %H%M%z", minutes),
            ("%s", seconds),
        ] {
            let instant = Timestamp::from_second(at).unwrap();
            let zoned = instant.to_zoned_datetime(jiff::tz::TimeZone::fixed(offset));
            let text = zoned.strftime(pattern).to_string();
            assert_eq!(read(&text, &day_first).0, Written::Zoned(instant), "{text}");
        }
        let instant = Timestamp::from_second(minutes).unwrap();
        let hours = random.usize(..25) as i32 - 12;
        let letter = match hours {
            0 => 'Z',
            1..=9 => char::from(b'A' + hours as u8 - 1),
            10..=12 => char::from(b'K' + hours as u8 - 10),
            _ => char::from(b'N' + (-hours) as u8 - 1),
        };
        let local = Offset::from_seconds(3_600 * hours).unwrap().to_datetime(instant);
        let text = local.strftime(&format!("%d%H%M{letter}%b%y")).to_string().to_uppercase();
        assert_eq!(read(&text, &day_first), (Written::Zoned(instant), Spelling::Group), "{text}");
        let days = 25_569 + seconds.div_euclid(86_400);
        let excel = format!("{days}.{:010}", ((seconds.rem_euclid(86_400) as f64 / 86_400.0) * 1e10).round());
        let local = Offset::UTC.to_datetime(Timestamp::from_second(seconds).unwrap());
        assert_eq!(read(&excel, &day_first), (Written::Local(local), Spelling::ExcelSerial), "{excel}");
    }
}

/// What the house's own reading had was what `jiff` reads.
#[test]
fn the_short_way_is_that_of_jiff() {
    let mut random = fastrand::Rng::with_seed(13);
    let zones = ["", "Z", "z", "+04:00", "-03", "+0530", "-00:00", "+23:59"];
    for _ in 0..20_000 {
        let two = |random: &mut fastrand::Rng, end: usize| format!("{:02}", random.usize(..end));
        let mut text =
            format!("{:04}-{}-{}", random.usize(..9_999), two(&mut random, 14), two(&mut random, 33));
        text += ["T", "t", " "][random.usize(..3)];
        text += &format!("{}:{}", two(&mut random, 25), two(&mut random, 61));
        if random.usize(..2) == 0 {
            text += &format!(":{}", two(&mut random, 62));
            if random.usize(..2) == 0 {
                text += [".5", ",25", ".123456789", ".000001"][random.usize(..4)];
            }
        }
        let zone = zones[random.usize(..zones.len())];
        let joined = format!("{text}{zone}");
        let expected = match (joined.parse::<Timestamp>(), joined.parse::<DateTime>()) {
            (Ok(instant), _) => Written::Zoned(instant),
            (_, Ok(local)) => Written::Local(local),
            _ => Written::Nothing,
        };
        for text in [joined.clone(), format!(" {text} {zone}")] {
            assert_eq!(read(&text, &TimeForm::default()), (expected, Spelling::Plain), "{text}");
        }
    }
}

/// First days of Persian years as Iran's calendar centre has them, its leap years, names of months as people type them, and
/// years of the Buddhist era.
#[test]
fn dates_of_other_calendars() {
    let read =
        |calendar, order, text: &str| shown(read(text, &TimeForm { calendar, order, pattern: None }).0);
    #[cfg(feature = "calendars")]
    for (text, expected) in [
        ("1405-08-29", "date 2026-11-20"),
        ("1405/08/29 06:10", "local 2026-11-20T06:10:00"),
        ("۱۴۰۵/۰۸/۲۹ ۶:۱۰", "local 2026-11-20T06:10:00"),
        ("1405-08-29T06:10+03:30", "zoned 2026-11-20T02:40:00Z"),
        ("14050829", "date 2026-11-20"),
        ("29 Aban 1405", "date 2026-11-20"),
        ("۲۹ آبان ۱۴۰۵", "date 2026-11-20"),
        ("29 عقرب 1405", "date 2026-11-20"),
        ("Friday, 29 Aban 1405", "date 2026-11-20"),
        ("Monday, 29 Aban 1405", "nothing"),
        ("29/08/05", "date 2026-11-20"),
        ("30/12/1403", "date 2025-03-20"),
        ("1404-01-01", "date 2025-03-21"),
        ("1399-12-30", "date 2021-03-20"),
        ("1400-12-30", "nothing"),
        ("1405-07-31", "nothing"),
        ("1405-06-31", "date 2026-09-22"),
        ("1357-11-22", "date 1979-02-11"),
        ("29 November 1405", "nothing"),
        ("46346", "date 2026-11-20"),
        ("1795155000", "zoned 2026-11-20T06:10:00Z"),
    ] {
        assert_eq!(read(Calendar::Persian, None, text), expected, "{text}");
    }
    for (text, expected) in [
        ("2569-11-20", "date 2026-11-20"),
        ("29/02/2567", "date 2024-02-29"),
        ("2566-02-29", "nothing"),
        ("20 พ.ย. 2569 06:10", "nothing"),
        ("20 Nov 69", "date 2026-11-20"),
        ("03/04/2569", "ambiguous 2026-04-03T00:00:00 2026-03-04T00:00:00"),
    ] {
        assert_eq!(read(Calendar::Buddhist, None, text), expected, "{text}");
    }
    assert_eq!(read(Calendar::Buddhist, Some(DateOrder::MonthFirst), "03/04/2569"), "date 2026-03-04");
    // A pattern, with an offset and without.
    let by = |pattern: &str, text: &str| {
        let form = TimeForm { pattern: Some(pattern.to_owned()), calendar: Calendar::Buddhist, order: None };
        shown(super::read(text, &form).0)
    };
    assert_eq!(by("%d.%m.%Y %H%M", "29.02.2567 0610"), "local 2024-02-29T06:10:00");
    assert_eq!(by("%Y-%m-%d %H:%M %z", "2569-11-20 06:10 +0700"), "zoned 2026-11-19T23:10:00Z");
    assert_eq!(by("%s", "1795155000"), "zoned 2026-11-20T06:10:00Z");
}
