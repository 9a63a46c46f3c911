//! Shares of a whole as whole numbers that add up to it.

/// A share in percent, beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Percent {
    /// It would be 0.
    UnderOne,
    /// 1 to 99, and 100 of one that stands alone.
    Whole(u64),
    /// It would be 100, and there are others.
    OverNinetyNine,
}

/// Returns shares in percent, rounded so that they add up to 100.
pub(super) fn percents(shares: &[f64]) -> Vec<Percent> {
    let percent = |whole: u64| match whole {
        0 => Percent::UnderOne,
        100 if shares.len() > 1 => Percent::OverNinetyNine,
        whole => Percent::Whole(whole),
    };
    apportioned(shares, 100).into_iter().map(percent).collect()
}

/// Splits a total into whole numbers in proportion to some parts, by the largest remainder: each is its exact value rounded
/// up or down, and they add up to the total. Of remainders as large the first is rounded up.
pub(super) fn apportioned(parts: &[f64], total: u64) -> Vec<u64> {
    let sum: f64 = parts.iter().sum();
    let exact = |part: &f64| match sum > 0.0 {
        true => part / sum * total as f64,
        false => total as f64 / parts.len() as f64,
    };
    let exact: Vec<f64> = parts.iter().map(exact).collect();
    // A sum of many parts is rarely off by a hair: a whole number is not rounded down for that.
    let floor = |part: f64| (part + 1e-9).floor();
    let mut whole: Vec<u64> = exact.iter().map(|&part| floor(part) as u64).collect();
    let rest = usize::try_from(total.saturating_sub(whole.iter().sum())).unwrap_or(usize::MAX);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let remainder = |at: usize| exact[at] - floor(exact[at]);
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    order.into_iter().take(rest).for_each(|at| whole[at] += 1);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_add_up() {
        assert_eq!(apportioned(&[0.835, 0.165], 100), [84, 16]);
        assert_eq!(apportioned(&[1.0, 1.0, 1.0], 100), [34, 33, 33]);
        assert_eq!(apportioned(&[0.0, 0.0], 3), [2, 1]);
        assert_eq!(apportioned(&[], 7), [0; 0]);
        assert_eq!(apportioned(&[0.1; 10], 10), [1; 10]);
        for count in 1..60_usize {
            let parts: Vec<f64> = (0..count).map(|at| ((at * 37) % 11) as f64 / 7.0 + 1e-4).collect();
            for total in [0, 1, 10, 100, 12_345] {
                let whole = apportioned(&parts, total);
                assert_eq!(whole.iter().sum::<u64>(), total, "{count} {total}");
                let sum: f64 = parts.iter().sum();
                let is_near =
                    |(whole, part): (&u64, &f64)| (*whole as f64 - part / sum * total as f64).abs() < 1.0;
                assert!(whole.iter().zip(&parts).all(is_near), "{count} {total}");
            }
        }
    }

    #[test]
    fn percents_say_what_is_hidden() {
        use Percent::{OverNinetyNine, UnderOne, Whole};
        assert_eq!(percents(&[1.0]), [Whole(100)]);
        assert_eq!(percents(&[0.9999, 0.0001]), [OverNinetyNine, UnderOne]);
        assert_eq!(percents(&[0.8351, 0.1649]), [Whole(84), Whole(16)]);
        assert_eq!(percents(&[0.5, 0.5]), [Whole(50), Whole(50)]);
        assert_eq!(percents(&[0.985, 0.015, 0.0]), [Whole(99), Whole(1), UnderOne]);
    }
}
