//! How far a distance may be off that is written as one number: by the last place that it is written to.

use super::distance_interval::{DistanceInterval, PLUS_MINUS, SEPARATORS, unit_of};
use crate::Error;

/// A distance as a report has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WrittenDistance {
    pub interval: DistanceInterval,
    /// True where the text gives no tolerance, and the interval was taken from its last place.
    pub is_assumed: bool,
}

/// Powers of ten up to this number of digits are exact in the arithmetic below; more digits than these tell less than a
/// double holds.
const MOST_DIGITS: usize = 24;

/// Reads a distance; one number without a tolerance stands for half of its last significant place to either side, at most
/// a quarter of the value.
///
/// # Errors
/// Returns an error if the text is no [`DistanceInterval`].
pub(crate) fn written_distance(text: &str) -> Result<WrittenDistance, Error> {
    let interval: DistanceInterval = text.parse()?;
    let is_several = PLUS_MINUS.iter().chain(&SEPARATORS).any(|mark| text.contains(mark));
    let ends_m = (!is_several).then(|| ends_m(text)).flatten();
    match ends_m {
        Some([from_m, to_m]) => {
            let interval = DistanceInterval::from_metres(from_m..=to_m)?;
            Ok(WrittenDistance { interval, is_assumed: true })
        }
        None => Ok(WrittenDistance { interval, is_assumed: false }),
    }
}

/// Both ends in metres, each the double next to the exact decimal; `None` for 0.
fn ends_m(text: &str) -> Option<[f64; 2]> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = unit_of(unit.trim_start())?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    // What formats write that have whole numbers as floats.
    let decimals = if unit.is_none() && decimals == "0" { "" } else { decimals };
    let digits = format!("{whole}{decimals}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() || digits.len() > MOST_DIGITS {
        return None;
    }
    let value: i128 = digits.parse().ok()?;
    let zeros = match decimals.is_empty() {
        true => digits.len() - digits.trim_end_matches('0').len(),
        false => 0,
    };
    // In hundredths of the last digit.
    let half_place = 50 * 10_i128.pow(zeros as u32);
    let off = half_place.min(25 * value);
    let (factor, places) = unit.unwrap_or((1, 0));
    let exponent = decimals.len() + 2 + places;
    let end_m = |hundredths: i128| format!("{}e-{exponent}", hundredths * factor).parse::<f64>().ok();
    Some([end_m(100 * value - off)?, end_m(100 * value + off)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_as_thick_as_its_last_place() {
        for (text, from_m, to_m) in [
            ("2 km", 1_500.0, 2_500.0),
            ("2km", 1_500.0, 2_500.0),
            ("2000", 1_500.0, 2_500.0),
            ("2000 m", 1_500.0, 2_500.0),
            ("2000.0", 1_500.0, 2_500.0),
            ("02000", 1_500.0, 2_500.0),
            ("9 km", 8_500.0, 9_500.0),
            ("10 km", 7_500.0, 12_500.0),
            ("1 km", 750.0, 1_250.0),
            ("12 km", 11_500.0, 12_500.0),
            ("100 km", 75_000.0, 125_000.0),
            ("120 km", 115_000.0, 125_000.0),
            ("1500", 1_450.0, 1_550.0),
            ("1500.0", 1_450.0, 1_550.0),
            ("1500.0 m", 1_499.95, 1_500.05),
            ("1500.5", 1_500.45, 1_500.55),
            ("1500.00", 1_499.995, 1_500.005),
            ("5.0 km", 4_950.0, 5_050.0),
            ("5.00 km", 4_995.0, 5_005.0),
            ("5. km", 4_500.0, 5_500.0),
            ("0.5 km", 450.0, 550.0),
            (".5 km", 450.0, 550.0),
            ("0.05 km", 45.0, 55.0),
            ("0.1 km", 75.0, 125.0),
            ("2.5 km", 2_450.0, 2_550.0),
            ("5000.0", 4_500.0, 5_500.0),
            ("7", 6.5, 7.5),
            ("1", 0.75, 1.25),
            ("3 KM", 2_500.0, 3_500.0),
            ("2 mi", 2_414.016, 4_023.36),
            ("1 mile", 1_207.008, 2_011.68),
            ("2 nmi", 2_778.0, 4_630.0),
            ("300 yd", 228.6, 320.04),
            ("1000 ft", 228.6, 381.0),
            ("123456.789 m", 123_456.788_5, 123_456.789_5),
        ] {
            let written = written_distance(text).unwrap();
            assert_eq!(written.interval.metres(), from_m..=to_m, "{text}");
            assert!(written.is_assumed, "{text}");
        }
    }

    #[test]
    fn a_tolerance_an_interval_and_zero_stay() {
        for (text, from_m, to_m) in [
            ("0", 0.0, 0.0),
            ("0.0", 0.0, 0.0),
            ("0 km", 0.0, 0.0),
            ("5 km +- 500 m", 4_500.0, 5_500.0),
            ("5 km ± 0 m", 5_000.0, 5_000.0),
            ("5 +/- 1 km", 4_000.0, 6_000.0),
            ("2km..7km", 2_000.0, 7_000.0),
            ("2-7 km", 2_000.0, 7_000.0),
            ("2 to 7 km", 2_000.0, 7_000.0),
            ("5..5 km", 5_000.0, 5_000.0),
        ] {
            let written = written_distance(text).unwrap();
            assert_eq!(written.interval.metres(), from_m..=to_m, "{text}");
            assert!(!written.is_assumed, "{text}");
        }
    }

    #[test]
    fn what_is_no_distance_stays_none_and_long_numbers_do_no_harm() {
        for text in ["", "5..", "5,0 km", "about 5 km", "5 leagues", "1e3", "1.2.3 km"] {
            assert!(written_distance(text).is_err(), "{text}");
        }
        for (digits, zeros) in [(1, 60), (23, 0), (24, 0), (25, 0), (60, 0), (1, 23), (12, 12)] {
            let text = format!("{}{} km", "7".repeat(digits), "0".repeat(zeros));
            let written = written_distance(&text).unwrap();
            let value_m = 1e3 * text.trim_end_matches(" km").parse::<f64>().unwrap();
            let (from_m, to_m) = written.interval.metres().into_inner();
            assert!(from_m <= value_m && value_m <= to_m && to_m <= 1.26 * value_m, "{text}");
        }
        let long = written_distance(&format!("2.{} km", "0".repeat(60))).unwrap();
        assert_eq!(long.interval.metres(), 2_000.0..=2_000.0);
        assert_eq!(
            written_distance(&format!("{}2 km", "0".repeat(60))).unwrap().interval.metres(),
            1_500.0..=2_500.0
        );
    }
}
