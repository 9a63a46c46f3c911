//! The least and the greatest value of a function on an interval.

/// The greatest value is sought to this, in metres.
const EXACT_M: f64 = 1e-3;

/// The least value of a function with one minimum within `low..=high`: Brent's method (Brent 1973, Algorithms for
/// Minimization Without Derivatives, chapter 5), to `tolerance` in its argument.
pub(super) fn least(f: impl Fn(f64) -> f64, (mut low, mut high): (f64, f64), tolerance: f64) -> f64 {
    const GOLDEN: f64 = 0.381_966_011_250_105_1;
    let mut best = low + GOLDEN * (high - low);
    let mut f_best = f(best);
    // The best before, and the one before that.
    let (mut second, mut f_second, mut third, mut f_third) = (best, f_best, best, f_best);
    let (mut step, mut before_last) = (0.0_f64, 0.0_f64);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if (best - middle).abs() <= 2.0 * tolerance - 0.5 * (high - low) {
            break;
        }
        // The vertex of the parabola through all three.
        let r = (best - second) * (f_best - f_third);
        let q = (best - third) * (f_best - f_second);
        let (mut p, mut q) = ((best - third) * q - (best - second) * r, 2.0 * (q - r));
        if q > 0.0 {
            p = -p;
        }
        q = q.abs();
        let is_parabolic = before_last.abs() > tolerance
            && p.abs() < (0.5 * q * before_last).abs()
            && p > q * (low - best)
            && p < q * (high - best);
        if is_parabolic {
            before_last = step;
            step = p / q;
            let next = best + step;
            if next - low < 2.0 * tolerance || high - next < 2.0 * tolerance {
                step = tolerance.copysign(middle - best);
            }
        } else {
            before_last = if best < middle { high - best } else { low - best };
            step = GOLDEN * before_last;
        }
        let next = best + if step.abs() >= tolerance { step } else { tolerance.copysign(step) };
        let f_next = f(next);
        if f_next <= f_best {
            if next < best {
                high = best
            } else {
                low = best
            }
            (third, f_third, second, f_second) = (second, f_second, best, f_best);
            (best, f_best) = (next, f_next);
        } else {
            if next < best {
                low = next
            } else {
                high = next
            }
            if f_next <= f_second || second == best {
                (third, f_third, second, f_second) = (second, f_second, next, f_next);
            } else if f_next <= f_third || third == best || third == second {
                (third, f_third) = (next, f_next);
            }
        }
    }
    f_best
}

/// An upper bound of a function whose second derivative is nowhere less than `-bend`, a function of the middle and the
/// half width of an interval: where at most `most` intervals are needed, no more than 1 mm above its greatest value.
///
/// `values` are those at equal steps from `start` on; what lies before the first and behind the last doesn't count.
pub(super) fn greatest(
    f: impl Fn(f64) -> f64,
    bend: impl Fn(f64, f64) -> f64,
    (start, mut step): (f64, f64),
    values: &[f64],
    most: usize,
) -> f64 {
    let mut known = values.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    let mut parts: Vec<(f64, f64, f64)> = values
        .windows(2)
        .enumerate()
        .map(|(i, ends)| (start + step * (i as f64 + 0.5), ends[0], ends[1]))
        .collect();
    loop {
        // Between its ends a function lies over the line between their values by no more than bend * step^2 / 8.
        let bound = |&(middle, f0, f1): &(f64, f64, f64)| {
            let over = 0.125 * step * step * bend(middle, 0.5 * step);
            // The line is at its highest at an end.
            f64::max(f0, f1) + over
        };
        parts.retain(|part| bound(part) > known + EXACT_M);
        if parts.is_empty() {
            return known + EXACT_M;
        }
        if parts.len() > most {
            return parts.iter().map(bound).fold(known + EXACT_M, f64::max);
        }
        step *= 0.5;
        let mut halves = Vec::with_capacity(2 * parts.len());
        for (middle, f0, f1) in parts {
            let value = f(middle);
            known = known.max(value);
            halves.push((middle - 0.5 * step, f0, value));
            halves.push((middle + 0.5 * step, value, f1));
        }
        parts = halves;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_of_known_functions() {
        for i in 0..50 {
            let at = -0.9 + 1.8 * f64::from(i) / 49.0;
            let found = least(|x| (x - at).powi(2) + (x - at).powi(4) + 3.0, (-1.0, 1.0), 1e-9);
            assert!((found - 3.0).abs() < 1e-12, "{at}: {found}");
            let wave = |x: f64| 1_000.0 * (x - at).cos() + 100.0 * (3.0 * x).sin();
            let values: Vec<f64> = (0..=20).map(|i| wave(-2.0 + 0.2 * f64::from(i))).collect();
            let dense = (0..=400_000).map(|i| wave(-2.0 + 1e-5 * f64::from(i))).fold(0.0, f64::max);
            let found = greatest(wave, |_, _| 1_900.0, (-2.0, 0.2), &values, 1_000);
            assert!(found >= dense && found < dense + 2e-3, "{at}: {found} {dense}");
            let rough = greatest(wave, |_, _| 1_900.0, (-2.0, 0.2), &values, 2);
            assert!(rough >= dense && rough < dense + 20.0, "{at}: {rough} {dense}");
        }
    }
}
