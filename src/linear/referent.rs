//! Chainage counted from referents (ISO 19148): kilometre posts that have values of their own.

use crate::number::{METRE_DECIMALS, rounded};
use crate::{Error, PatrolRoute};

/// What is written to 0.1 mm must read back: so far past an end of an interval is the end.
const SLACK_M: f64 = 1e-4;

/// A place along a line that has a value of its own: a kilometre post.
///
/// ```
/// use patrol_corridor::linear::{Referent, Referents};
/// // The post of km 12.4 stands 380 m from the start of the line.
/// let referents = Referents::new(vec![Referent { chainage_m: 380.0, value_m: 12_400.0 }])?;
/// assert_eq!((referents.value_m(0.0), referents.value_m(1_000.0)), (12_020.0, 13_020.0));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Referent {
    /// Where it stands: the distance along the line from its first vertex, in metres.
    pub chainage_m: f64,
    /// What is written on it, in metres: 12,400 on the post of km 12.4.
    pub value_m: f64,
}

/// The referents of a line, and the way between distances along it and values counted from them
/// (ISO 19148: distance expressions of a linear referencing method with referents).
///
/// From each referent on, values grow with the distance along until the next referent; before the first they
/// are counted back from it. Where a line was made longer or shorter after its posts were set, values jump at
/// a post: one that stands twice belongs to two places, and one that was skipped to none.
///
/// ```
/// use patrol_corridor::linear::{Referent, Referents};
/// // A route of 3 km that begins at km 12.4.
/// let plain = Referents::starting_at(12_400.0)?;
/// assert_eq!(plain.value_m(1_000.0), 13_400.0);
/// assert_eq!(plain.chainage_m(13_400.0, 3_000.0)?, 1_000.0);
///
/// // A detour has made the first kilometre 1,020 m long.
/// let post = |chainage_m, value_m| Referent { chainage_m, value_m };
/// let detour = Referents::new(vec![post(0.0, 0.0), post(1_020.0, 1_000.0)])?;
/// assert_eq!(detour.chainages_m(1_010.0, 3_000.0), [1_010.0, 1_030.0]);
/// assert!(detour.chainage_m(1_010.0, 3_000.0).is_err());
/// assert_eq!(detour.chainage_from_m(1_000.0, 10.0, 3_000.0)?, 1_030.0);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Referents {
    /// In the order of their chainage; never none.
    all: Vec<Referent>,
}

/// From a referent to the next one, or what of the line is before the first.
struct Interval {
    from_m: f64,
    to_m: f64,
    referent: Referent,
    /// No other begins where it ends.
    is_last: bool,
}

impl Interval {
    fn value_m(&self, chainage_m: f64) -> f64 {
        self.referent.value_m + (chainage_m - self.referent.chainage_m)
    }

    fn chainage_m(&self, value_m: f64) -> f64 {
        self.referent.chainage_m + (value_m - self.referent.value_m)
    }
}

impl Default for Referents {
    /// Values are the distances along.
    fn default() -> Self {
        Referents { all: vec![Referent { chainage_m: 0.0, value_m: 0.0 }] }
    }
}

impl Referents {
    /// From referents in any order; without any, values are the distances along.
    ///
    /// ```
    /// use patrol_corridor::linear::{Referent, Referents};
    /// let post = |chainage_m, value_m| Referent { chainage_m, value_m };
    /// assert!(Referents::new(vec![])?.is_plain());
    /// let twice = Referents::new(vec![post(900.0, 1_000.0), post(900.0, 2_000.0)]).unwrap_err();
    /// assert_eq!(twice.message(), "two referents at 900 m along, expected one");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where a number is not finite, a referent stands before the start of the line, or two stand on one spot.
    pub fn new(mut referents: Vec<Referent>) -> Result<Self, Error> {
        for Referent { chainage_m, value_m } in &referents {
            if !(chainage_m.is_finite() && value_m.is_finite() && *chainage_m >= 0.0) {
                return Err(Error::argument(format!(
                    "the referent {chainage_m}={value_m}, expected a distance along of 0 or more and a \
                     value, both in metres"
                )));
            }
        }
        referents.sort_by(|a, b| a.chainage_m.total_cmp(&b.chainage_m));
        if let Some(pair) =
            referents.windows(2).find(|pair| pair[1].chainage_m - pair[0].chainage_m <= SLACK_M)
        {
            return Err(Error::argument(format!(
                "two referents at {} m along, expected one",
                shown(pair[1].chainage_m)
            )));
        }
        if referents.is_empty() { Ok(Self::default()) } else { Ok(Referents { all: referents }) }
    }

    /// For a line that begins with a value other than 0.
    ///
    /// ```
    /// use patrol_corridor::linear::Referents;
    /// let referents = Referents::starting_at(12_400.0)?;
    /// assert_eq!(referents.value_m(600.0), 13_000.0);
    /// assert!(Referents::starting_at(f64::INFINITY).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the value is not finite.
    pub fn starting_at(value_m: f64) -> Result<Self, Error> {
        Self::new(vec![Referent { chainage_m: 0.0, value_m }])
    }

    /// Those of a route: its start, where it has a [`start_chainage_m`](PatrolRoute::start_chainage_m).
    ///
    /// ```
    /// use patrol_corridor::{PatrolRoute, linear::Referents};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let route = PatrolRoute::from_line_string("R5", &line)?;
    /// assert!(Referents::of_route(&route).is_plain());
    /// assert_eq!(Referents::of_route(&route.with_start_chainage_m(12_400.0)?).value_m(0.0), 12_400.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn of_route(route: &PatrolRoute) -> Self {
        let start = route.start_chainage_m().map(|value_m| Referent { chainage_m: 0.0, value_m });
        start.map_or_else(Self::default, |start| Referents { all: vec![start] })
    }

    /// The referents in the order of their chainage.
    ///
    /// ```
    /// use patrol_corridor::linear::{Referent, Referents};
    /// let post = |chainage_m, value_m| Referent { chainage_m, value_m };
    /// let referents = Referents::new(vec![post(1_020.0, 1_000.0), post(0.0, 0.0)])?;
    /// assert_eq!(referents.as_slice(), [post(0.0, 0.0), post(1_020.0, 1_000.0)]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn as_slice(&self) -> &[Referent] {
        &self.all
    }

    /// True where values are the distances along themselves.
    ///
    /// ```
    /// use patrol_corridor::linear::Referents;
    /// assert!(Referents::default().is_plain());
    /// assert!(!Referents::starting_at(12_400.0)?.is_plain());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.all.iter().all(|referent| referent.chainage_m == referent.value_m)
    }

    /// The value at a distance along in metres. A referent has its own value; the interval that ends there
    /// may come to another.
    ///
    /// ```
    /// use patrol_corridor::linear::{Referent, Referents};
    /// let post = |chainage_m, value_m| Referent { chainage_m, value_m };
    /// let detour = Referents::new(vec![post(0.0, 0.0), post(1_020.0, 1_000.0)])?;
    /// assert_eq!([1_019.0, 1_020.0, 1_021.0].map(|along_m| detour.value_m(along_m)), [1_019.0, 1_000.0, 1_001.0]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn value_m(&self, chainage_m: f64) -> f64 {
        let after = self.all.partition_point(|referent| referent.chainage_m <= chainage_m);
        let referent = self.all[after.max(1) - 1];
        referent.value_m + (chainage_m - referent.chainage_m)
    }

    /// Every distance along that has a value, on a line of a length, all in metres: none where the value was
    /// skipped or lies beyond the line's ends, several where it stands more than once. In order, and each
    /// within the line; both ends of an interval belong to it.
    ///
    /// ```
    /// use patrol_corridor::linear::{Referent, Referents};
    /// let post = |chainage_m, value_m| Referent { chainage_m, value_m };
    /// // A bend was cut off: the post of km 1 stands after 900 m.
    /// let shorter = Referents::new(vec![post(0.0, 0.0), post(900.0, 1_000.0)])?;
    /// assert_eq!(shorter.chainages_m(1_100.0, 3_000.0), [1_000.0]);
    /// assert!(shorter.chainages_m(950.0, 3_000.0).is_empty());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn chainages_m(&self, value_m: f64, length_m: f64) -> Vec<f64> {
        self.places(value_m, length_m).into_iter().map(|(chainage_m, _)| chainage_m).collect()
    }

    /// The one distance along that has a value, on a line of a length, all in metres.
    ///
    /// ```
    /// use patrol_corridor::linear::Referents;
    /// let referents = Referents::starting_at(12_400.0)?;
    /// assert_eq!(referents.chainage_m(13_000.0, 3_000.0)?, 600.0);
    /// let error = referents.chainage_m(16_000.0, 3_000.0).unwrap_err();
    /// assert_eq!(error.message(), "the chainage 16000, expected 12400 to 15400: the route is 3000 m long");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where there is none, which tells the values that there are; and where there are several, which tells
    /// them (arguments both).
    pub fn chainage_m(&self, value_m: f64, length_m: f64) -> Result<f64, Error> {
        let places = self.places(value_m, length_m);
        match &places[..] {
            [(chainage_m, _)] => Ok(*chainage_m),
            [] => Err(Error::argument(format!(
                "the chainage {}, expected {}: the route is {} m long",
                shown(value_m),
                self.ranges(length_m),
                shown(length_m)
            ))),
            several => {
                let along = several.iter().map(|(chainage_m, _)| format!("{} m", shown(*chainage_m)));
                let from = several.iter().map(|(chainage_m, referent)| {
                    format!("{}+{}", shown(referent.value_m), shown(chainage_m - referent.chainage_m))
                });
                Err(Error::argument(format!(
                    "the chainage {}, which stands {} along the route, expected one place: count from a \
                     referent, {}",
                    shown(value_m),
                    along.collect::<Vec<_>>().join(" and "),
                    from.collect::<Vec<_>>().join(" or ")
                )))
            }
        }
    }

    /// The distance along that lies so far past the referent with a value, on a line of a length, all in
    /// metres (ISO 19148: a distance from a referent): what `12000+400` means beside a road. Negative is
    /// before it.
    ///
    /// ```
    /// use patrol_corridor::linear::Referents;
    /// // `12000+400` on a road of 3 km that begins at km 12.
    /// let referents = Referents::starting_at(12_000.0)?;
    /// assert_eq!(referents.chainage_from_m(12_000.0, 400.0, 3_000.0)?, 400.0);
    /// assert!(referents.chainage_from_m(12_000.0, 3_400.0, 3_000.0).unwrap_err().is_argument());
    /// assert!(referents.chainage_from_m(13_000.0, 400.0, 3_000.0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where no referent or more than one has the value, or the place is beyond an end of the line.
    pub fn chainage_from_m(&self, referent_m: f64, distance_m: f64, length_m: f64) -> Result<f64, Error> {
        let mut found = self.all.iter().filter(|referent| (referent.value_m - referent_m).abs() <= SLACK_M);
        let (Some(referent), None) = (found.next(), found.next()) else {
            let values: Vec<_> =
                self.all.iter().take(MOST_NAMED).map(|r| shown(r.value_m).to_string()).collect();
            return Err(Error::argument(format!(
                "the referent {}, expected one that stands once among {}",
                shown(referent_m),
                values.join(", ")
            )));
        };
        let chainage_m = referent.chainage_m + distance_m;
        within(chainage_m, 0.0, length_m).ok_or_else(|| {
            Error::argument(format!(
                "{}+{}, which is {} m along, expected 0 to {}: the route is that long",
                shown(referent_m),
                shown(distance_m),
                shown(chainage_m),
                shown(length_m)
            ))
        })
    }

    /// The distances along, with their values, of all multiples of `every_m` on a line of a length, all in
    /// metres: kilometre posts. None where `every_m` is not a finite number greater than 0.
    ///
    /// Where two intervals meet, the value is the referent's.
    ///
    /// ```
    /// use patrol_corridor::linear::Referents;
    /// let marks: Vec<_> = Referents::starting_at(12_400.0)?.multiples(1_000.0, 2_000.0).collect();
    /// assert_eq!(marks, [(600.0, 13_000.0), (1_600.0, 14_000.0)]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn multiples(&self, every_m: f64, length_m: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let every_m = if every_m.is_finite() && every_m > 0.0 { every_m } else { f64::NAN };
        self.intervals(length_m).flat_map(move |interval| {
            let first = ((interval.value_m(interval.from_m) - SLACK_M) / every_m).ceil();
            // Where it ends the next one begins.
            let end_m = if interval.is_last { interval.to_m + SLACK_M } else { interval.to_m - SLACK_M };
            let last = (interval.value_m(end_m) / every_m).floor();
            // NaN becomes none.
            let count = (last - first + 1.0).max(0.0) as u64;
            (0..count).map(move |i| {
                // -0 is 0.
                let value_m = (first + i as f64) * every_m + 0.0;
                (interval.chainage_m(value_m).clamp(interval.from_m, interval.to_m), value_m)
            })
        })
    }

    /// The places that have a value, each with the referent that it is counted from.
    fn places(&self, value_m: f64, length_m: f64) -> Vec<(f64, Referent)> {
        let mut places: Vec<(f64, Referent)> = Vec::new();
        for interval in self.intervals(length_m) {
            let found = within(interval.chainage_m(value_m), interval.from_m, interval.to_m);
            // Where two intervals meet without a jump, the place is one.
            let is_new = |at_m: &f64| places.last().is_none_or(|(last_m, _)| at_m - last_m > SLACK_M);
            places.extend(found.filter(is_new).map(|at_m| (at_m, interval.referent)));
        }
        places
    }

    /// What of a line belongs to each referent; those past its end have nothing. One at the end as it is shown, to
    /// 0.1 mm, is at the end.
    fn intervals(&self, length_m: f64) -> impl Iterator<Item = Interval> + '_ {
        let is_past_end = move |referent: &Referent| referent.chainage_m > length_m + SLACK_M;
        self.all.iter().enumerate().filter_map(move |(i, &referent)| {
            let from_m = if i == 0 { 0.0 } else { referent.chainage_m.min(length_m) };
            let next = self.all.get(i + 1);
            let to_m = next.map_or(length_m, |next| next.chainage_m.min(length_m));
            let is_last = next.is_none_or(is_past_end);
            (length_m >= 0.0 && from_m <= to_m && (i == 0 || !is_past_end(&referent))).then_some(Interval {
                from_m,
                to_m,
                referent,
                is_last,
            })
        })
    }

    /// The values that a line has, for a reader.
    fn ranges(&self, length_m: f64) -> String {
        let mut ranges: Vec<(f64, f64)> = Vec::new();
        for interval in self.intervals(length_m) {
            let (from_m, to_m) = (interval.value_m(interval.from_m), interval.value_m(interval.to_m));
            match ranges.last_mut() {
                Some(last) if (from_m - last.1).abs() <= SLACK_M => last.1 = to_m,
                _ => ranges.push((from_m, to_m)),
            }
        }
        let more = if ranges.len() > MOST_NAMED { ", ..." } else { "" };
        let named = ranges.iter().take(MOST_NAMED);
        let named: Vec<_> =
            named.map(|(from_m, to_m)| format!("{} to {}", shown(*from_m), shown(*to_m))).collect();
        named.join(" or ") + more
    }
}

/// More than that is not listed in an error.
const MOST_NAMED: usize = 8;

/// The chainage, or the end that it is past by no more than rounding; nothing is within what ends before it begins.
fn within(chainage_m: f64, from_m: f64, to_m: f64) -> Option<f64> {
    let inside = from_m <= to_m && chainage_m >= from_m - SLACK_M && chainage_m <= to_m + SLACK_M;
    inside.then(|| chainage_m.clamp(from_m, to_m))
}

/// To 0.1 mm, as numbers are written everywhere.
fn shown(metres: f64) -> f64 {
    if metres.abs() < 1e12 { rounded(metres, METRE_DECIMALS) } else { metres }
}
