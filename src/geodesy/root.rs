//! Roots of functions of one number.

/// The root of a function that grows from negative to positive: secants from the last two tries, and
/// halves of the bracket where they leave it.
pub(crate) fn root(
    f: &impl Fn(f64) -> f64,
    (mut t0, f0): (f64, f64),
    (mut t1, f1): (f64, f64),
    tolerance: f64,
) -> f64 {
    let (mut before, mut last) = ((t0, f0), (t1, f1));
    for _ in 0..60 {
        let secant = last.0 - last.1 * (last.0 - before.0) / (last.1 - before.1);
        let t = if secant > t0 && secant < t1 { secant } else { 0.5 * (t0 + t1) };
        let value = f(t);
        (before, last) = (last, (t, value));
        if value < 0.0 {
            t0 = t
        } else {
            t1 = t
        }
        if value == 0.0 || (last.0 - before.0).abs() <= tolerance || t1 - t0 <= tolerance {
            break;
        }
    }
    last.0
}
