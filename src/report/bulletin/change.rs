//! What changed: a period against those before it, without false alarm.
//!
//! Quartiles say what is usual: incidents cluster, so that the noise of independent counts (the Poisson interval) is narrower
//! than what days differ by.

use statrs::function::gamma::gamma_lr;

use super::figures::{Change, Compared, CountedPeriod, Judgement, Totals};
use super::period::quantile;
use super::times::Times;
use crate::Error;
use crate::report::period::Period;
use crate::time::{LocalTime, Timestamp, Zone};

/// Of fewer periods before nothing is called usual or unusual.
pub(super) const LEAST_PERIODS: u64 = 8;

/// Compares a period with those before it; an unfinished one with as much of them as has elapsed of it.
///
/// # Errors
/// Returns an error if the calendar begins later.
pub(super) fn change(
    times: &Times<'_>,
    period: &Period,
    totals: &Totals,
    until: Option<Timestamp>,
    zone: &Zone,
) -> Result<Change, Error> {
    let elapsed = until.and_then(|until| period.elapsed(until, zone));
    let mut counts = Vec::new();
    let mut periods = Vec::new();
    if let Some(first) = times.first() {
        let mut earlier = *period;
        for _ in 0..period.periods_asked() {
            earlier = earlier.before(zone)?;
            if earlier.to <= first {
                break;
            }
            let end = elapsed.map_or(Ok(earlier.to), |elapsed| earlier.end_of_part(elapsed, zone))?;
            let [incidents, killed, wounded] = times.counts(&earlier, end);
            counts.push([incidents, killed, wounded]);
            let [from, to] = [earlier.from, end].map(|at| LocalTime::of(at, zone).to_string());
            periods.push(CountedPeriod { from, to, incidents, killed, wounded });
        }
    }
    let compared =
        |now: u64, which: usize| compared(now, counts.iter().map(|counts| counts[which]).collect());
    Ok(Change {
        periods_in_data: counts.len() as u64,
        periods_asked: period.periods_asked(),
        least_periods: LEAST_PERIODS,
        compared_with: if elapsed.is_some() { "to_date" } else { "whole" },
        periods,
        incidents: compared(totals.incidents, 0),
        killed: compared(totals.killed, 1),
        wounded: compared(totals.wounded, 2),
    })
}

/// A count against those of the periods before, the last first.
fn compared(now: u64, before: Vec<u64>) -> Compared {
    let last = before.first().copied();
    let mut sorted = before;
    sorted.sort_unstable();
    let median = quantile(&sorted, 0.5);
    let (lower_quartile, upper_quartile) = (quantile(&sorted, 0.25), quantile(&sorted, 0.75));
    let (least, most) = (sorted.first().copied(), sorted.last().copied());
    let usual = match (lower_quartile, upper_quartile, least, most) {
        (Some(lower), Some(upper), Some(least), Some(most)) if sorted.len() as u64 >= LEAST_PERIODS => {
            let reach = 1.5 * (upper - lower);
            // Beyond Tukey's fences and beyond all that was: rare even where most periods are alike.
            if now > most && now as f64 > upper + reach {
                Judgement::More
            } else if now < least && (now as f64) < lower - reach {
                Judgement::Fewer
            } else {
                Judgement::Usual
            }
        }
        _ => Judgement::TooFewPeriods,
    };
    Compared {
        now,
        before: last,
        difference: last.map(|last| now.cast_signed() - last.cast_signed()),
        median,
        difference_from_median: median.map(|median| now as f64 - median),
        lower_quartile,
        upper_quartile,
        least,
        most,
        poisson_95: poisson_95(now),
        usual,
    }
}

/// The exact 95 % interval of a Poisson mean of which one observation is `count` (Garwood 1936): at its lower end as many or
/// more have a probability of 2.5 %, at its upper end as many or fewer.
pub(super) fn poisson_95(count: u64) -> [f64; 2] {
    let n = count as f64;
    // P(X >= n) of a mean m is the regularised lower incomplete gamma function of n and m.
    let lower = if count == 0 { 0.0 } else { mean_with(n, 0.025) };
    [lower, mean_with(n + 1.0, 0.975)].map(|mean| (mean * 1e4).round() / 1e4)
}

/// The mean at which `shape` or more have that probability; it grows with the mean.
fn mean_with(shape: f64, probability: f64) -> f64 {
    let (mut low, mut high) = (0.0, shape + 10.0 * shape.sqrt() + 10.0);
    // Halved until it is as small as a number can be told from the next.
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if gamma_lr(shape, middle) < probability { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Table I of Garwood (1936) as Ulm (1990, American Journal of Epidemiology 131) prints it, and for large counts
    /// `scipy.stats.chi2.ppf`.
    #[test]
    fn intervals_as_published() {
        for (count, lower, upper, digits) in [
            (0, 0.0, 3.689, 1e-3),
            (1, 0.0253, 5.572, 1e-3),
            (2, 0.2422, 7.225, 1e-3),
            (3, 0.6187, 8.767, 1e-3),
            (4, 1.090, 10.242, 1e-3),
            (5, 1.623, 11.668, 1e-3),
            (10, 4.795, 18.390, 1e-3),
            (20, 12.217, 30.888, 1e-3),
            (50, 37.11, 65.92, 1e-2),
            (100, 81.36, 121.63, 1e-2),
            (10_000, 9804.9525, 10197.9516, 1e-3),
            (1_000_000, 998_040.983_3, 1_001_961.911_9, 1e-3),
        ] {
            let [low, high] = poisson_95(count);
            assert!((low - lower).abs() <= digits && (high - upper).abs() <= digits, "{count}: {low} {high}");
        }
    }

    #[test]
    fn nothing_is_unusual_of_few_periods_or_within_what_was() {
        let usual = |now, before: &[u64]| compared(now, before.to_vec()).usual;
        assert_eq!(usual(90, &[1; 7]), Judgement::TooFewPeriods);
        assert_eq!(usual(90, &[1; 8]), Judgement::More);
        assert_eq!(usual(0, &[9, 9, 10, 10, 11, 11, 9, 10]), Judgement::Fewer);
        // More than the quartiles allow, and yet it was so before.
        assert_eq!(usual(1, &[0, 0, 0, 0, 0, 0, 0, 1]), Judgement::Usual);
        // More than ever, and within the fences.
        assert_eq!(usual(8, &[1, 2, 3, 4, 5, 6, 7, 7]), Judgement::Usual);
    }
}
