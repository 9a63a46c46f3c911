//! Numbers as they are written: rounded, without a sign on zero, bearings below 360 degrees.

/// Decimals of lengths and distances in metres: 0.1 mm.
pub(crate) const METRE_DECIMALS: u32 = 4;
/// Decimals of bearings in degrees.
pub(crate) const BEARING_DECIMALS: u32 = 6;
/// Decimals of longitudes and latitudes in degrees: 0.1 mm.
pub(crate) const DEGREE_DECIMALS: u32 = 9;
/// Decimals of areas in square kilometres: 1 m2.
pub(crate) const AREA_DECIMALS: u32 = 6;
/// Decimals of shares, which are known to 0.01.
pub(crate) const SHARE_DECIMALS: u32 = 4;

/// Appends a number rounded to so many decimals; `null` where it is not finite.
pub(crate) fn write_rounded<const DECIMALS: u32>(value: f64, out: &mut String) {
    let unit = const { 10_u64.pow(DECIMALS) };
    let scaled = nearest_integer(value * unit as f64);
    if !scaled.is_finite() {
        out.push_str("null");
        return;
    }
    if scaled.abs() >= 1e18 {
        // No distance or coordinate on the Earth comes here.
        out.push_str(&format!("{value}"));
        return;
    }
    push_digits(scaled < 0.0, scaled.abs() as u64, unit, DECIMALS as usize, false, out);
}

/// Appends a whole number with the decimal point before its last digits, all of them or without zeros at the end.
#[inline(always)]
fn push_digits(
    is_negative: bool,
    digits: u64,
    unit: u64,
    decimals: usize,
    keeps_zeros: bool,
    out: &mut String,
) {
    let (mut integer, fraction) = (digits / unit, (digits % unit) as u32);
    // From the last digit to the first: 20 of them, a point and a sign.
    let mut buffer = [b'0'; 24];
    let mut start = buffer.len() - decimals;
    let mut end = start;
    if fraction != 0 || (keeps_zeros && decimals > 0) {
        let mut rest = fraction;
        for place in (start..buffer.len()).rev() {
            buffer[place] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let last = if keeps_zeros { None } else { buffer.iter().rposition(|digit| *digit != b'0') };
        end = last.map_or(buffer.len(), |last| last + 1);
        start -= 1;
        buffer[start] = b'.';
    }
    loop {
        start -= 1;
        buffer[start] = b'0' + (integer % 10) as u8;
        integer /= 10;
        if integer == 0 {
            break;
        }
    }
    if is_negative {
        start -= 1;
        buffer[start] = b'-';
    }
    out.push_str(std::str::from_utf8(&buffer[start..end]).unwrap_or("null"));
}

/// Half away from zero, as `f64::round` has it but for the double before a half: that is a call.
#[inline]
fn nearest_integer(value: f64) -> f64 {
    // From 2^52 on every double is an integer.
    if value.abs() < 4_503_599_627_370_496.0 {
        (value + 0.5_f64.copysign(value)) as i64 as f64
    } else {
        value
    }
}

/// Returns a bearing rounded to so many decimals of a degree, from 0 to below 360: 359.99999999996 is 0.
///
/// ```
/// use patrol_corridor::number::bearing;
/// assert_eq!([bearing(359.96, 1), bearing(359.94, 1), bearing(-0.04, 1)], [0.0, 359.9, 0.0]);
/// ```
#[must_use]
pub fn bearing(bearing_deg: f64, decimals: u32) -> f64 {
    let rounded = rounded(bearing_deg, decimals);
    if (0.0..360.0).contains(&rounded) { rounded } else { rounded.rem_euclid(360.0) }
}

/// Returns a number with so many decimals, for people: what rounds to zero has no sign.
///
/// ```
/// use patrol_corridor::number::fixed;
/// assert_eq!([fixed(-0.0004, 3), fixed(-0.0006, 3), fixed(2.0, 1)], ["0.000", "-0.001", "2.0"]);
/// ```
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    let mut out = String::new();
    write_fixed(value, decimals, &mut out);
    out
}

/// Appends what [`fixed`] returns.
pub(crate) fn write_fixed(value: f64, decimals: usize, out: &mut String) {
    const UNITS: [u64; 10] =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];
    let unit = UNITS.get(decimals).copied().unwrap_or(0);
    let scaled = value.abs() * unit as f64;
    let (digits, rest) = (scaled as u64, scaled.fract());
    // The product is known to 1e-7: next to a half only all digits of the double tell which way to round.
    if scaled < 1e9 && unit > 0 && (rest - 0.5).abs() > 1e-6 {
        let digits = digits + u64::from(rest > 0.5);
        push_digits(value < 0.0 && digits > 0, digits, unit, decimals, true, out);
        return;
    }
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|b| matches!(b, b'0' | b'.')) => out.push_str(digits),
        _ => out.push_str(&text),
    }
}

/// Returns the double next to a number rounded to so many decimals, half away from zero; -0 is 0.
///
/// ```
/// use patrol_corridor::number::rounded;
/// assert_eq!(rounded(1669.15039, 4), 1669.1504);
/// assert!(rounded(-0.00001, 4).is_sign_positive());
/// ```
#[must_use]
pub fn rounded(value: f64, decimals: u32) -> f64 {
    let unit = 10_f64.powi(decimals as i32);
    nearest_integer(value * unit) / unit + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_cut() {
        for (value, decimals, expected) in [
            (1669.15039, 4, "1669.1504"),
            (0.0, 4, "0"),
            (-0.0, 4, "0"),
            (-0.00001, 4, "0"),
            (-179.9999999999, 9, "-180"),
            (-0.5, 9, "-0.5"),
            (20_003_931.458_6, 4, "20003931.4586"),
            (46.821_021_499, 9, "46.821021499"),
            (100.0, 4, "100"),
            (0.000_1, 4, "0.0001"),
            (f64::NAN, 4, "null"),
        ] {
            let mut out = String::new();
            match decimals {
                METRE_DECIMALS => write_rounded::<METRE_DECIMALS>(value, &mut out),
                _ => write_rounded::<DEGREE_DECIMALS>(value, &mut out),
            }
            assert_eq!(out, expected);
            if value.is_finite() {
                assert_eq!(out.parse::<f64>().unwrap(), rounded(value, decimals));
            }
        }
        assert_eq!(bearing(359.999_999_9, BEARING_DECIMALS), 0.0);
        let mut rng = fastrand::Rng::with_seed(3);
        for _ in 0..100_000 {
            let (decimals, size) = (rng.usize(0..10), 10_f64.powi(rng.i32(-6..12)));
            // A third of them are halves, or next to one.
            let value = match rng.u8(0..3) {
                0 => (rng.f64() - 0.5) * size,
                1 => f64::from(rng.i32(-9_999..9_999)) / 2.0 / 10_f64.powi(decimals as i32),
                _ => f64::from(rng.i32(-9_999..9_999)) / 1e3,
            };
            let text = format!("{value:.decimals$}");
            let is_zero = text.bytes().all(|b| matches!(b, b'0' | b'.' | b'-'));
            assert_eq!(fixed(value, decimals), if is_zero { text.trim_start_matches('-') } else { &text });
        }
        assert_eq!(bearing(720.0, 0), 0.0);
        assert!(bearing(f64::NAN, 1).is_nan());
    }
}
