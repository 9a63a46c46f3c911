//! Space-time clustering: are incidents that are near each other also soon after each other, more than chance has it?

use std::collections::HashMap;

use crate::geodesy::distance::surface_distance_m;
use crate::geodesy::ecef::{SurfacePoint, norm2, sub};
use crate::parallel::in_parallel;
use crate::setters::setters;
use crate::time::Timestamp;
use crate::{Error, Position};

/// What is near and what is soon, and how chance is simulated.
///
/// ```
/// use patrol_corridor::analysis::{ClusterOptions, space_time_clusters};
/// # use patrol_corridor::{Position, time::Timestamp};
/// # let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// # let time = |text| Timestamp::read(text, None);
/// # let events = [
/// #     (at(46.807759, 40.068059)?, time("2021-01-01T05:40+04:00")?),
/// #     (at(46.810000, 40.068000)?, time("2021-01-01T06:10+04:00")?),
/// #     (at(47.041337, 39.721911)?, time("2021-01-01T13:15+04:00")?),
/// # ];
/// // Up to 500 m and 500 m to 1 km, each within a day.
/// let options = ClusterOptions::new(vec![500.0, 1_000.0], vec![86_400.0]);
/// let bands = space_time_clusters(&events, &options)?.bands;
/// assert_eq!((bands[0].observed, bands[1].observed), (1, 0));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ClusterOptions {
    /// The bands of distance by their far ends in metres, ascending: `[500, 1000]` is 0 to 500 m (both included) and more
    /// than 500 to 1,000 m. One alone makes the test of Knox.
    pub distances_m: Vec<f64>,
    /// The bands of time by their far ends in seconds, as those of distance.
    pub times_s: Vec<f64>,
    /// How often the times are dealt out anew among the places; the least p-value is 1 / (permutations + 1).
    pub permutations: usize,
    /// What chance starts from: the same seed gives the same answer, whatever the number of threads.
    pub seed: u64,
    /// How many threads work; 0 for as many as the machine has.
    pub threads: usize,
}

impl ClusterOptions {
    /// Bands of distance in metres and of time in seconds by their far ends, 999 permutations, seed 1.
    #[must_use]
    pub fn new(distances_m: Vec<f64>, times_s: Vec<f64>) -> Self {
        ClusterOptions { distances_m, times_s, permutations: 999, seed: 1, threads: 0 }
    }

    /// The test of Knox: one distance in metres, one time in seconds, 999 permutations, seed 1.
    ///
    /// ```
    /// use patrol_corridor::analysis::ClusterOptions;
    /// // Within 1 km and a day of each other.
    /// let options = ClusterOptions::knox(1_000.0, 86_400.0);
    /// assert_eq!((options.distances_m.len(), options.times_s.len()), (1, 1));
    /// assert_eq!((options.permutations, options.seed), (999, 1));
    /// ```
    #[must_use]
    pub fn knox(distance_m: f64, time_s: f64) -> Self {
        Self::new(vec![distance_m], vec![time_s])
    }
}

setters! { ClusterOptions {
    with_permutations(permutations: usize);
    with_seed(seed: u64);
    with_threads(threads: usize);
}}

/// The pairs of incidents in one band of distance and one of time.
///
/// ```
/// use patrol_corridor::analysis::{ClusterOptions, space_time_clusters};
/// # use patrol_corridor::{Position, time::Timestamp};
/// # let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// # let time = |text| Timestamp::read(text, None);
/// # let events = [
/// #     (at(46.807759, 40.068059)?, time("2021-01-01T05:40+04:00")?),
/// #     (at(46.810000, 40.068000)?, time("2021-01-01T06:10+04:00")?),
/// #     (at(47.041337, 39.721911)?, time("2021-01-01T13:15+04:00")?),
/// # ];
/// let found = space_time_clusters(&events, &ClusterOptions::knox(1_000.0, 3_600.0))?;
/// let band = found.bands[0];
/// assert_eq!((band.to_m, band.to_s, band.observed), (1_000.0, 3_600.0, 1));
/// // One of three pairs is near, one is soon.
/// assert_eq!(band.expected, 1.0 / 3.0);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PairBand {
    /// Pairs are farther apart than this (the first band begins with 0, included), in metres.
    pub from_m: f64,
    /// And at most this far.
    pub to_m: f64,
    /// They are more than this apart in time (the first band begins with 0, included), in seconds.
    pub from_s: f64,
    /// And at most this much.
    pub to_s: f64,
    /// How many pairs there are.
    pub observed: u64,
    /// How many there would be on average, were places and times independent: near pairs x soon pairs / all pairs,
    /// which is the mean over all permutations.
    pub expected: f64,
    /// The share of permutations with at least as many, the data counted as one: (1 + k) / (1 + permutations).
    pub p_value: f64,
}

impl PairBand {
    /// Observed by expected, the Knox ratio; none where nothing is expected.
    ///
    /// ```
    /// # use patrol_corridor::analysis::{ClusterOptions, space_time_clusters};
    /// # use patrol_corridor::{Position, time::Timestamp};
    /// # let at = |lon, lat| Position::from_lon_lat(lon, lat);
    /// # let time = |text| Timestamp::read(text, None);
    /// # let events = [
    /// #     (at(46.807759, 40.068059)?, time("2021-01-01T05:40+04:00")?),
    /// #     (at(46.810000, 40.068000)?, time("2021-01-01T06:10+04:00")?),
    /// #     (at(47.041337, 39.721911)?, time("2021-01-01T13:15+04:00")?),
    /// # ];
    /// let found = space_time_clusters(&events, &ClusterOptions::knox(1_000.0, 3_600.0))?;
    /// assert_eq!(found.bands[0].ratio(), Some(3.0));
    /// // No two of them are within 10 m.
    /// let found = space_time_clusters(&events, &ClusterOptions::knox(10.0, 3_600.0))?;
    /// assert_eq!(found.bands[0].ratio(), None);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        (self.expected > 0.0).then(|| self.observed as f64 / self.expected)
    }

    /// The chance of so many pairs or more by a Poisson law, as Knox had it in 1964: an approximation where close pairs
    /// are few; pairs of the same incidents are not independent.
    ///
    /// ```
    /// # use patrol_corridor::analysis::{ClusterOptions, space_time_clusters};
    /// # use patrol_corridor::{Position, time::Timestamp};
    /// # let at = |lon, lat| Position::from_lon_lat(lon, lat);
    /// # let time = |text| Timestamp::read(text, None);
    /// # let events = [
    /// #     (at(46.807759, 40.068059)?, time("2021-01-01T05:40+04:00")?),
    /// #     (at(46.810000, 40.068000)?, time("2021-01-01T06:10+04:00")?),
    /// #     (at(47.041337, 39.721911)?, time("2021-01-01T13:15+04:00")?),
    /// # ];
    /// let band = space_time_clusters(&events, &ClusterOptions::knox(1_000.0, 3_600.0))?.bands[0];
    /// // 1 - exp(-1/3): the chance of one pair or more where a third of one is expected.
    /// assert!((band.poisson_p_value() - 0.283469).abs() < 1e-6, "{}", band.poisson_p_value());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn poisson_p_value(&self) -> f64 {
        poisson_at_least(self.observed, self.expected)
    }
}

/// What was counted.
///
/// ```
/// use patrol_corridor::analysis::{ClusterOptions, space_time_clusters};
/// # use patrol_corridor::{Position, time::Timestamp};
/// # let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// # let time = |text| Timestamp::read(text, None);
/// # let events = [
/// #     (at(46.807759, 40.068059)?, time("2021-01-01T05:40+04:00")?),
/// #     (at(46.810000, 40.068000)?, time("2021-01-01T06:10+04:00")?),
/// #     (at(47.041337, 39.721911)?, time("2021-01-01T13:15+04:00")?),
/// # ];
/// let found = space_time_clusters(&events, &ClusterOptions::knox(1_000.0, 3_600.0))?;
/// assert_eq!((found.incidents, found.pairs), (3, 3));
/// assert_eq!((&found.near_pairs[..], &found.soon_pairs[..]), (&[1][..], &[1][..]));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SpaceTimeClusters {
    /// How many incidents.
    pub incidents: usize,
    /// How many pairs of them.
    pub pairs: u64,
    /// How many pairs are in each band of distance, whatever their times.
    pub near_pairs: Vec<u64>,
    /// How many pairs are in each band of time, whatever their places.
    pub soon_pairs: Vec<u64>,
    /// Each band of distance with each band of time: by distance, then by time.
    pub bands: Vec<PairBand>,
}

/// More near pairs than this are refused.
const MOST_NEAR: usize = 20_000_000;

/// Counts the pairs of incidents that are near in space and soon after each other (Knox 1964, Applied Statistics 13,
/// 25-29; in bands, as the Near Repeat Calculator of Ratcliffe 2009 has them), and how many there would
/// be by chance: places stay, times are dealt out among them anew (Mantel 1967, Cancer Research 27, 209-220).
///
/// Distances are geodesics, and bands have their far ends: a pair 500 m apart is within 500 m. Incidents at one place, and
/// at one time, are pairs as all others are; equal times among permuted ones are all the same. Chance by permutation
/// supposes that how many people (or posts, or patrols) are where does not change over the time of the data: where it
/// does, the test finds clusters that are only that (Kulldorff & Hjalmars 1999, Biometrics 55, 544-552).
///
/// ```
/// use patrol_corridor::analysis::{ClusterOptions, space_time_clusters};
/// use patrol_corridor::{Position, time::Timestamp};
/// let mut events = Vec::new();
/// for i in 0..20 {
///     // Pairs of incidents an hour apart at one place, and the next pair far away a month later.
///     let at = Position::from_lon_lat(46.0 + 0.1 * f64::from(i / 2), 40.0)?;
///     let time = format!("20{:02}-01-01T0{}:00:00Z", 10 + i / 2, i % 2);
///     events.push((at, Timestamp::read(&time, None)?));
/// }
/// let found = space_time_clusters(&events, &ClusterOptions::knox(500.0, 7_200.0))?;
/// let knox = found.bands[0];
/// assert_eq!((knox.observed, found.pairs), (10, 190));
/// assert!((knox.expected - 10.0 * 10.0 / 190.0).abs() < 1e-12);
/// assert_eq!(knox.p_value, 0.001);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where a band is not greater than the one before, there is none, there are no permutations, or too many pairs are near.
pub fn space_time_clusters(
    events: &[(Position, Timestamp)],
    options: &ClusterOptions,
) -> Result<SpaceTimeClusters, Error> {
    check("distance", "metres", &options.distances_m)?;
    check("time", "seconds", &options.times_s)?;
    if options.permutations == 0 {
        return Err(Error::argument("0 permutations, expected at least one (999 is usual)"));
    }
    let near = near_pairs(events, &options.distances_m)?;
    let times_s: Vec<f64> = events.iter().map(|(_, time)| time.seconds_after(events[0].1)).collect();
    let count = |times_s: &[f64]| -> Vec<u64> {
        let mut counts = vec![0; near.len() * options.times_s.len()];
        for (pairs, counts) in near.iter().zip(counts.chunks_mut(options.times_s.len())) {
            for &(a, b) in pairs {
                let apart_s = (times_s[a as usize] - times_s[b as usize]).abs();
                if let Some(band) = band_of(apart_s, &options.times_s) {
                    counts[band] += 1;
                }
            }
        }
        counts
    };
    let observed = count(&times_s);
    let simulated = in_parallel(options.permutations, options.threads, |permutation| {
        let mut dealt = times_s.clone();
        let mut chance = Chance::new(options.seed, permutation as u64);
        for last in (1..dealt.len()).rev() {
            dealt.swap(last, chance.up_to(last as u64) as usize);
        }
        count(&dealt)
    });
    let soon_pairs = soon_pairs(times_s, &options.times_s);
    let n = events.len() as u64;
    let pairs = n * n.saturating_sub(1) / 2;
    let mut bands = Vec::with_capacity(observed.len());
    for (i, &observed) in observed.iter().enumerate() {
        let (distance, time) = (i / options.times_s.len(), i % options.times_s.len());
        let from = |ends: &[f64], band: usize| if band == 0 { 0.0 } else { ends[band - 1] };
        let product = near[distance].len() as f64 * soon_pairs[time] as f64;
        let as_many = simulated.iter().filter(|counts| counts[i] >= observed).count();
        bands.push(PairBand {
            from_m: from(&options.distances_m, distance),
            to_m: options.distances_m[distance],
            from_s: from(&options.times_s, time),
            to_s: options.times_s[time],
            observed,
            expected: if pairs == 0 { 0.0 } else { product / pairs as f64 },
            p_value: (1 + as_many) as f64 / (1 + options.permutations) as f64,
        });
    }
    let near_pairs = near.iter().map(|pairs| pairs.len() as u64).collect();
    Ok(SpaceTimeClusters { incidents: events.len(), pairs, near_pairs, soon_pairs, bands })
}

fn check(what: &str, unit: &str, ends: &[f64]) -> Result<(), Error> {
    let ascending = ends.windows(2).all(|pair| pair[0] < pair[1]);
    if ends.is_empty() || !ascending || !ends.iter().all(|end| end.is_finite() && *end >= 0.0) {
        return Err(Error::argument(format!(
            "the bands of {what} {ends:?}, expected one or more ascending numbers of {unit}"
        )));
    }
    Ok(())
}

/// The band by its far end.
fn band_of(apart: f64, ends: &[f64]) -> Option<usize> {
    ends.iter().position(|end| apart <= *end)
}

/// The pairs in each band of distance. Cells of a cube grid as wide as the farthest band hold who can be near.
fn near_pairs(events: &[(Position, Timestamp)], distances_m: &[f64]) -> Result<Vec<Vec<(u32, u32)>>, Error> {
    let most_m = distances_m[distances_m.len() - 1];
    let points: Vec<SurfacePoint> = events.iter().map(|(at, _)| SurfacePoint::new(*at)).collect();
    let width_m = most_m.max(1.0) + 1e-3;
    let cell = |point: &SurfacePoint| point.ecef.map(|x| (x / width_m).floor() as i64);
    let mut cells: HashMap<[i64; 3], Vec<u32>> = HashMap::new();
    let mut near: Vec<Vec<(u32, u32)>> = vec![Vec::new(); distances_m.len()];
    let mut count = 0;
    // The chord is never longer than the geodesic; 2 micrometres is what distances are good to.
    let chord2_limit = (most_m + 1e-5) * (most_m + 1e-5);
    for (i, point) in (0..).zip(&points) {
        let own = cell(point);
        for about in 0..27_i64 {
            let about = [own[0] + about % 3 - 1, own[1] + about / 3 % 3 - 1, own[2] + about / 9 - 1];
            for &other in cells.get(&about).into_iter().flatten() {
                let earlier = &points[other as usize];
                if norm2(sub(point.ecef, earlier.ecef)) > chord2_limit {
                    continue;
                }
                if let Some(band) = band_of(surface_distance_m(earlier, point), distances_m) {
                    near[band].push((other, i));
                    count += 1;
                }
            }
        }
        if count > MOST_NEAR {
            return Err(Error::argument(format!(
                "more than {} million pairs of incidents within {most_m} m, expected fewer: take a smaller \
                 distance, or a part of the incidents",
                MOST_NEAR / 1_000_000
            )));
        }
        cells.entry(own).or_default().push(i);
    }
    Ok(near)
}

/// How many pairs are in each band of time.
fn soon_pairs(mut times_s: Vec<f64>, ends: &[f64]) -> Vec<u64> {
    times_s.sort_by(f64::total_cmp);
    let within = |most_s: f64| -> u64 {
        let mut first = 0;
        let mut count = 0;
        for (last, time_s) in times_s.iter().enumerate() {
            while time_s - times_s[first] > most_s {
                first += 1;
            }
            count += (last - first) as u64;
        }
        count
    };
    let mut before = 0;
    ends.iter()
        .map(|end| {
            let all = within(*end);
            let own = all - before;
            before = all;
            own
        })
        .collect()
}

/// P(X >= count) of a Poisson law.
fn poisson_at_least(count: u64, mean: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    // The logarithm of the chance of `k`, from that of the one before.
    let ln_first = (1..=count).map(|k| (mean / k as f64).ln()).sum::<f64>() - mean;
    if count as f64 > mean {
        // Terms fall from the first on.
        let (mut term, mut sum, mut k) = (1.0, 0.0, count);
        while term > 1e-17 * sum {
            sum += term;
            k += 1;
            term *= mean / k as f64;
        }
        return (ln_first + f64::ln(sum)).exp().min(1.0);
    }
    // What is below, from the greatest term down.
    let (mut term, mut sum, mut k) = (1.0, 0.0, count);
    while k > 0 && (term > 1e-17 * sum || sum == 0.0) {
        term *= k as f64 / mean;
        sum += term;
        k -= 1;
    }
    (1.0 - (ln_first + f64::ln(sum)).exp()).clamp(0.0, 1.0)
}

/// Numbers by chance: SplitMix64 (Steele, Lea & Flood 2014), a stream for each permutation. It is written out here so
/// that a seed means the same in every version.
struct Chance(u64);

impl Chance {
    fn new(seed: u64, stream: u64) -> Self {
        let mut start = Chance(seed);
        let start = start.next();
        let mut own = Chance(start ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        Chance(own.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to `most`, each as likely but for 2^-32 or so: the upper half of a product.
    fn up_to(&mut self, most: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(most + 1)) >> 64) as u64
    }
}
