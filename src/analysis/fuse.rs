//! Reports that can be of the same incident: their times lie together, and their regions have a point in common.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use super::common_region::CommonRegion;
use crate::Error;
use crate::geodesy::distance_m;
use crate::region::DescribedRegion;
use crate::setters::setters;
use crate::time::TimeSpan;

/// What is grouped: where something was, and when.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FuseOptions, FuseReport, fuse};
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::time::Timestamp;
/// let disc = AnnularSector::disc(Position::from_lon_lat(46.807759, 40.068059)?, 500.0)?;
/// let region = &DescribedRegion::Sector(disc);
/// let at = |text| Timestamp::read(text, None).map(|time| FuseReport::new(region, time));
/// let reports = [at("2021-01-01T05:40+04:00")?, at("2021-01-01T06:05+04:00")?];
/// // The same place, 25 minutes apart.
/// assert_eq!(fuse(&reports, &FuseOptions::default())?.len(), 1);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FuseReport<'a> {
    /// Where it can have been.
    pub region: &'a DescribedRegion,
    /// When it was, as far as that is known.
    pub time: TimeSpan,
}

impl<'a> FuseReport<'a> {
    /// Something in a region, at an instant or within a span.
    pub fn new(region: &'a DescribedRegion, time: impl Into<TimeSpan>) -> Self {
        FuseReport { region, time: time.into() }
    }
}

/// How reports are grouped.
///
/// ```
/// # use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FuseOptions, FuseReport, fuse};
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::time::Timestamp;
/// let disc = AnnularSector::disc(Position::from_lon_lat(46.807759, 40.068059)?, 500.0)?;
/// let region = &DescribedRegion::Sector(disc);
/// let at = |text| Timestamp::read(text, None).map(|time| FuseReport::new(region, time));
/// let reports = [at("2021-01-01T05:40+04:00")?, at("2021-01-01T06:05+04:00")?];
/// // Within 25 minutes they are one incident, within 20 they are two.
/// let within = |minutes: f64| fuse(&reports, &FuseOptions::default().with_window_s(60.0 * minutes));
/// assert_eq!((within(25.0)?.len(), within(20.0)?.len()), (1, 2));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct FuseOptions {
    /// How far apart the times of reports of one incident are at most, in seconds.
    pub window_s: f64,
    /// After so many tests whether regions meet it is given up with an error.
    pub most_tests: usize,
}

impl Default for FuseOptions {
    /// Half an hour, and 50,000 tests.
    fn default() -> Self {
        FuseOptions { window_s: 1_800.0, most_tests: 50_000 }
    }
}

setters! { FuseOptions {
    with_window_s(window_s: f64);
    with_most_tests(most_tests: usize);
}}

/// Reports that can all be of one incident.
///
/// ```
/// # use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FuseOptions, FuseReport, fuse};
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::time::Timestamp;
/// let disc = AnnularSector::disc(Position::from_lon_lat(46.807759, 40.068059)?, 500.0)?;
/// let region = &DescribedRegion::Sector(disc);
/// let at = |text| Timestamp::read(text, None).map(|time| FuseReport::new(region, time));
/// let reports = [at("2021-01-01T05:40+04:00")?, at("2021-01-01T06:05+04:00")?];
/// let group = &fuse(&reports, &FuseOptions::default())?[0];
/// assert_eq!(group.reports, [0, 1]);
/// assert_eq!(format!("{:.3} km2", group.common.area_km2()), "0.785 km2");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FusedGroup<'a> {
    /// Their places in the list, ascending.
    pub reports: Vec<usize>,
    /// What their regions have in common; the region of the report where it is one.
    pub common: CommonRegion<'a>,
}

/// The largest sets of reports that can be of the same incident: instants of all their times lie within the window, and
/// all their regions have a point in common.
///
/// A set is never a chain: where A and B can be one incident, and B and C, but not all three, there are two groups, and
/// B is in both. Every report is in at least one group, alone where no other fits; no group is a part of another. Two
/// reports by the same observer can be in one group; whoever knows the observers judges that. Doubt never joins:
/// see [`CommonRegion`]. The groups come in the order of their earliest times, then of their reports; they do not depend
/// on the order of the reports. A date alone can be of any time of its day, and meets any report of that day.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FuseOptions, FuseReport, fuse};
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::time::Timestamp;
/// let disc = |lon| -> Result<_, patrol_corridor::Error> {
///     let disc = AnnularSector::disc(Position::from_lon_lat(lon, 40.0)?, 1_000.0)?;
///     Ok(DescribedRegion::Sector(disc))
/// };
/// // The first and the last are 2.6 km apart: no chain over the one between them.
/// let regions = [disc(46.80)?, disc(46.815)?, disc(46.83)?];
/// let time = Timestamp::read("2020-10-04T09:45:00Z", None)?;
/// let reports: Vec<FuseReport> = regions.iter().map(|region| FuseReport::new(region, time)).collect();
/// let groups = fuse(&reports, &FuseOptions::default())?;
/// let members: Vec<&[usize]> = groups.iter().map(|group| &group.reports[..]).collect();
/// assert_eq!(members, [[0, 1], [1, 2]]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where the window is no number of seconds of at least 0, or more tests are needed than the options allow: as many
/// reports are then possible in as many ways.
pub fn fuse<'a>(reports: &[FuseReport<'a>], options: &FuseOptions) -> Result<Vec<FusedGroup<'a>>, Error> {
    if !(options.window_s >= 0.0 && options.window_s.is_finite()) {
        return Err(Error::argument(format!(
            "the window {} s, expected a number of seconds of at least 0",
            options.window_s
        )));
    }
    let mut meetings = Meetings { reports, tests_left: options.most_tests, known: HashMap::new() };
    let neighbours = meetings.neighbours(options.window_s)?;
    let mut maximal: BTreeSet<Vec<usize>> = BTreeSet::new();
    let mut cliques = Vec::new();
    let mut steps_left = options.most_tests;
    for (report, near) in neighbours.iter().enumerate() {
        // Each clique by its first report.
        let (before, after) = near.split_at(near.partition_point(|&other| other < report));
        let (open, done) = (after.to_vec(), before.to_vec());
        extend(&neighbours, &mut vec![report], open, done, &mut cliques, &mut steps_left)?;
    }
    for clique in cliques {
        maximal.extend(meetings.split(clique)?);
    }
    let mut sets_of = vec![Vec::new(); reports.len()];
    for set in &maximal {
        set.iter().for_each(|&report| sets_of[report].push(set));
    }
    // Two cliques can be divided into sets of which one is a part of the other.
    let is_whole = |set: &&Vec<usize>| {
        let rarest = set.iter().min_by_key(|&&report| sets_of[report].len());
        rarest.is_none_or(|&report| !sets_of[report].iter().any(|other| is_part(set, other)))
    };
    let groups = maximal.iter().filter(is_whole).filter_map(|set| {
        let common = CommonRegion::find(set.iter().map(|&report| reports[report].region).collect())?;
        Some(FusedGroup { reports: set.clone(), common })
    });
    let mut groups: Vec<FusedGroup<'a>> = groups.collect();
    groups.sort_by_key(|group| {
        let earliest = group.reports.iter().map(|&report| reports[report].time.first()).min();
        (earliest, group.reports.clone())
    });
    Ok(groups)
}

/// True where a set is another's part; both ascending.
fn is_part(small: &[usize], large: &[usize]) -> bool {
    small.len() < large.len() && small.iter().all(|one| large.binary_search(one).is_ok())
}

/// Returns `true` if an instant of each can be chosen that lie within the window; the first does not begin later.
///
/// Where that is so of every two of some times, it is so of all together: they are intervals (Helly).
fn can_meet(earlier: &TimeSpan, later: &TimeSpan, window_s: f64) -> bool {
    let apart_s = later.first().seconds_after(earlier.end());
    // The end of a span is not part of it.
    if earlier.is_instant() { apart_s <= window_s } else { apart_s < window_s }
}

fn too_many() -> Error {
    Error::argument(
        "too many ways in which the reports can be grouped, expected fewer: take a shorter window, or \
         a part of the log at a time",
    )
}

/// Which regions meet, each set looked at once.
struct Meetings<'r, 'a> {
    reports: &'r [FuseReport<'a>],
    tests_left: usize,
    known: HashMap<Vec<usize>, bool>,
}

impl Meetings<'_, '_> {
    fn spend(&mut self) -> Result<(), Error> {
        self.tests_left = self.tests_left.checked_sub(1).ok_or_else(too_many)?;
        Ok(())
    }

    /// For each report those within the window whose regions meet its own, ascending.
    fn neighbours(&mut self, window_s: f64) -> Result<Vec<Vec<usize>>, Error> {
        let reports = self.reports;
        let mut order: Vec<usize> = (0..reports.len()).collect();
        order.sort_by_key(|&report| (reports[report].time, report));
        let circles: Vec<_> = reports.iter().map(|report| report.region.covering_circle()).collect();
        let mut neighbours = vec![Vec::new(); reports.len()];
        for (i, &a) in order.iter().enumerate() {
            let later = order[i + 1..].iter();
            for &b in later.take_while(|&&b| can_meet(&reports[a].time, &reports[b].time, window_s)) {
                let apart_m = distance_m(circles[a].centre, circles[b].centre);
                if apart_m > circles[a].radius_m + circles[b].radius_m + 1.0 {
                    continue;
                }
                self.spend()?;
                if CommonRegion::find(vec![reports[a].region, reports[b].region]).is_some() {
                    neighbours[a].push(b);
                    neighbours[b].push(a);
                }
            }
        }
        neighbours.iter_mut().for_each(|of_one| of_one.sort_unstable());
        Ok(neighbours)
    }

    fn meet(&mut self, set: &[usize]) -> Result<bool, Error> {
        if set.len() < 3 {
            // A pair is one of neighbours.
            return Ok(true);
        }
        if let Some(&known) = self.known.get(set) {
            return Ok(known);
        }
        self.spend()?;
        let regions = set.iter().map(|&report| self.reports[report].region).collect();
        let found = CommonRegion::find(regions).is_some();
        self.known.insert(set.to_vec(), found);
        Ok(found)
    }

    /// The largest parts of a set that meet: itself, or those without one of it, and so on.
    fn split(&mut self, set: Vec<usize>) -> Result<Vec<Vec<usize>>, Error> {
        let mut found: Vec<Vec<usize>> = Vec::new();
        let mut seen = HashSet::from([set.clone()]);
        // Larger ones come first.
        let mut open = VecDeque::from([set]);
        while let Some(set) = open.pop_front() {
            if found.iter().any(|larger| is_part(&set, larger)) {
                continue;
            }
            if self.meet(&set)? {
                found.push(set);
                continue;
            }
            for left_out in 0..set.len() {
                let mut part = set.clone();
                part.remove(left_out);
                if seen.insert(part.clone()) {
                    open.push_back(part);
                }
            }
        }
        Ok(found)
    }
}

/// All maximal cliques that hold `members` and some of `open`, and none of `done` (Bron and Kerbosch 1973, algorithm
/// 457, with the pivot of Tomita, Tanaka and Takahashi 2006).
fn extend(
    neighbours: &[Vec<usize>],
    members: &mut Vec<usize>,
    mut open: Vec<usize>,
    mut done: Vec<usize>,
    cliques: &mut Vec<Vec<usize>>,
    steps_left: &mut usize,
) -> Result<(), Error> {
    if open.is_empty() {
        if done.is_empty() {
            let mut clique = members.clone();
            clique.sort_unstable();
            cliques.push(clique);
        }
        return Ok(());
    }
    *steps_left = steps_left.checked_sub(1).ok_or_else(too_many)?;
    let knows = |a: usize, b: &usize| neighbours[a].binary_search(b).is_ok();
    let known_of = |one: usize| open.iter().filter(|other| knows(one, other)).count();
    let pivot = open.iter().chain(&done).copied().max_by_key(|&one| (known_of(one), std::cmp::Reverse(one)));
    let apart = |one: &usize| pivot.is_none_or(|pivot| !knows(pivot, one));
    for next in open.iter().copied().filter(apart).collect::<Vec<_>>() {
        let among = |list: &[usize]| list.iter().copied().filter(|one| knows(next, one)).collect::<Vec<_>>();
        members.push(next);
        extend(neighbours, members, among(&open), among(&done), cliques, steps_left)?;
        members.pop();
        open.retain(|&one| one != next);
        done.push(next);
    }
    Ok(())
}
