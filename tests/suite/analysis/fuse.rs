//! Reports that can be of one incident: groups against sampling, never chains, whatever the order.

use fastrand::Rng;
use patrol_corridor::analysis::{CommonRegion, FuseOptions, FuseReport, fuse, locate_common};
use patrol_corridor::region::{AnnularSector, DescribedRegion, GridSquare, RouteInterval};
use patrol_corridor::time::{TimeSpan, Timestamp};
use patrol_corridor::{Edges, IncidentGeometry, ObservationPost, PatrolIndex, Position};

use crate::analysis::corridor_areas::{assert_sound, contains};
use crate::support::{PLACES, go, karney, position, wrap};

fn time(minute: u32) -> Timestamp {
    Timestamp::read(&format!("2020-10-04T{:02}:{:02}:00Z", 8 + minute / 60, minute % 60), None).unwrap()
}

fn disc(at: Position, radius_m: f64) -> DescribedRegion {
    DescribedRegion::Sector(AnnularSector::disc(at, radius_m).unwrap())
}

fn random_region(rng: &mut Rng, near: Position) -> DescribedRegion {
    let apex = go(near, 360.0 * rng.f64(), 6_000.0 * rng.f64());
    let turn_deg = 60.0 * (rng.f64() - 0.5);
    let sector = |half_width_deg: f64, distances_m| {
        let towards_deg = patrol_corridor::geodesy::inverse(apex, near).azimuth1_deg + turn_deg;
        DescribedRegion::Sector(AnnularSector::new(apex, towards_deg, half_width_deg, distances_m).unwrap())
    };
    match rng.u8(..5) {
        0 => disc(apex, 500.0 + 4_000.0 * rng.f64()),
        1 => sector(11.25, 1_000.0..=8_000.0),
        2 => sector(180.0, 3_000.0..=5_000.0),
        3 => sector(3.0, 0.0..=9_000.0),
        _ => DescribedRegion::Square(GridSquare::around(apex, 2).unwrap()),
    }
}

/// Points all over a region, its own way of counting them left aside.
fn points(region: &DescribedRegion, rng: &mut Rng, count: usize) -> Vec<Position> {
    let circle = region.covering_circle();
    let point = || go(circle.centre, 360.0 * rng.f64(), circle.radius_m * rng.f64().sqrt());
    std::iter::repeat_with(point).filter(|&at| region.contains(at)).take(count).collect()
}

#[test]
fn meeting_against_sampling() {
    let mut rng = Rng::with_seed(61);
    let (mut meet, mut apart) = (0, 0);
    for i in 0..250 {
        let near = PLACES[i % PLACES.len()].random(&mut rng);
        let regions: Vec<_> = (0..rng.usize(2..5)).map(|_| random_region(&mut rng, near)).collect();
        let found = CommonRegion::find(regions.iter().collect());
        let in_all = |at: &Position| regions.iter().all(|region| region.contains(*at));
        let sampled = points(&regions[0], &mut rng, 3_000).into_iter().find(in_all);
        match &found {
            None => {
                assert_eq!(sampled, None, "{regions:?}");
                apart += 1;
            }
            Some(common) => {
                assert!(in_all(&common.reference()), "{regions:?}");
                meet += 1;
            }
        }
        let mut turned: Vec<_> = regions.iter().rev().collect();
        rng.shuffle(&mut turned);
        let again = CommonRegion::find(turned);
        assert_eq!(again.map(|common| common.reference()), found.map(|common| common.reference()));
    }
    assert!(meet > 50 && apart > 50, "{meet} {apart}");
}

#[test]
fn geometries_hold_what_lies_in_all() {
    let mut rng = Rng::with_seed(62);
    let mut drawn = 0;
    for i in 0..80 {
        let near = PLACES[i % PLACES.len()].random(&mut rng);
        let regions: Vec<_> = (0..rng.usize(2..4)).map(|_| random_region(&mut rng, near)).collect();
        let Some(common) = CommonRegion::find(regions.iter().collect()) else { continue };
        let IncidentGeometry::Region(region) = common.geometry() else { continue };
        assert_sound(&region);
        drawn += 1;
        let (mut inside, mut all) = (0_u32, 0_u32);
        for at in points(&regions[0], &mut rng, 800) {
            let off_m = regions.iter().map(|region| region.distance_bounds(at).min_m).fold(0.0, f64::max);
            let in_all = regions.iter().all(|region| region.contains(at));
            inside += u32::from(in_all);
            all += 1;
            // Within the width of the outlines neither is wrong.
            let deep = [0.0, 90.0, 180.0, 270.0].iter().all(|&azimuth| {
                let beside = go(at, azimuth, 4.0);
                regions.iter().all(|region| region.contains(beside))
            });
            if deep || off_m > 3.0 {
                assert_eq!(contains(&region, at), in_all, "{at:?} {regions:?}");
            }
        }
        let share = f64::from(inside) / f64::from(all);
        let expected_km2 = share * regions[0].area_km2();
        let error_km2 = 4.0 * regions[0].area_km2() * (share * (1.0 - share) / f64::from(all)).sqrt();
        let area_km2 = common.area_km2();
        assert!(
            (area_km2 - expected_km2).abs() <= error_km2 + 0.01 * area_km2 + 0.02,
            "{area_km2} {expected_km2}"
        );
    }
    assert!(drawn > 20, "{drawn}");
}

#[test]
fn candidates_of_what_is_common() {
    let mut rng = Rng::with_seed(63);
    let mut several = 0;
    for i in 0..40 {
        let near = PLACES[i % PLACES.len()].random(&mut rng);
        let posts: Vec<_> = (0..30)
            .map(|i| {
                ObservationPost::new(&*format!("P{i}"), go(near, 360.0 * rng.f64(), 9_000.0 * rng.f64()))
            })
            .collect();
        let area = PatrolIndex::new(posts, vec![], Edges::Planar).unwrap();
        let regions: Vec<_> = (0..2).map(|_| random_region(&mut rng, near)).collect();
        let Some(common) = CommonRegion::find(regions.iter().collect()) else { continue };
        let answer = locate_common(&area, &common, None);
        let list = &answer.posts.list;
        several += usize::from(list.len() > 1);
        let shares: f64 = list.iter().map(|one| one.share).sum();
        assert!((shares - 1.0).abs() < 1e-9);
        for at in points(&regions[0], &mut rng, 1_500).into_iter().filter(|&at| common.contains(at)) {
            let hit = *area.locate(at, &Default::default()).posts.first().unwrap();
            let found = list.iter().find(|one| one.index == hit.post);
            let found = found.unwrap_or_else(|| panic!("{hit:?} at {at:?} {regions:?}"));
            assert!(found.distances.min_m <= hit.distance_m + 1e-3, "{found:?} {hit:?}");
            assert!(found.distances.max_m >= hit.distance_m - 1e-3, "{found:?} {hit:?}");
        }
    }
    assert!(several > 5, "{several}");
}

#[test]
fn lines_and_positions_meet_within_a_millimetre() {
    let at = position(46.75, 39.82);
    let ray = |from: Position, azimuth_deg: f64| {
        DescribedRegion::Sector(AnnularSector::new(from, azimuth_deg, 0.0, 0.0..=20_000.0).unwrap())
    };
    let towards = |from: Position| patrol_corridor::geodesy::inverse(from, at).azimuth1_deg;
    let (a, b) = (go(at, 200.0, 7_000.0), go(at, 290.0, 5_000.0));
    let crossing = [ray(a, towards(a)), ray(b, towards(b))];
    let common = CommonRegion::find(crossing.iter().collect()).unwrap();
    assert!(karney(common.reference(), at) < 5e-3);
    assert!(matches!(common.geometry(), IncidentGeometry::Point(found) if karney(found, at) < 5e-3));
    let away = [ray(a, towards(a)), ray(b, towards(b) + 180.0)];
    assert!(CommonRegion::find(away.iter().collect()).is_none());
    // A ray in a disc is a line.
    let near = disc(at, 1_000.0);
    let common = CommonRegion::find(vec![&crossing[0], &near]).unwrap();
    let IncidentGeometry::Lines(lines) = common.geometry() else { panic!() };
    let length_m: f64 =
        lines.iter().flat_map(|line| line.windows(2)).map(|ends| karney(ends[0], ends[1])).sum();
    assert!((length_m - 2_000.0).abs() < 1.0, "{length_m}");
    // Positions.
    let point = |at| DescribedRegion::Sector(AnnularSector::position(at));
    let (here, beside) = (point(at), point(go(at, 0.0, 0.01)));
    assert!(CommonRegion::find(vec![&here, &point(at)]).is_some());
    assert!(CommonRegion::find(vec![&here, &beside]).is_none());
    assert!(CommonRegion::find(vec![&near, &beside]).is_some());
    let interval =
        RouteInterval::new(vec![vec![go(at, 90.0, 900.0), go(at, 90.0, 1_100.0)]], Edges::Planar).unwrap();
    assert!(CommonRegion::find(vec![&near, &DescribedRegion::Interval(interval)]).is_some());
}

#[test]
fn touching_is_not_meeting() {
    let at = position(46.75, 39.82);
    for (apart_m, meets) in [(1_999.9, true), (2_000.5, false), (2_000.0, false)] {
        let regions = [disc(at, 1_000.0), disc(go(at, 70.0, apart_m), 1_000.0)];
        assert_eq!(CommonRegion::find(regions.iter().collect()).is_some(), meets, "{apart_m}");
    }
    let squares = ["38TNK1234", "38TNK1334"].map(|text| DescribedRegion::Square(text.parse().unwrap()));
    assert!(CommonRegion::find(squares.iter().collect()).is_none());
}

/// Three bearings onto one place, and a fourth elsewhere.
#[test]
fn one_incident_seen_from_three_posts() {
    let at = position(46.75, 39.82);
    let seen = |azimuth_deg: f64, distance_m: f64| {
        let post = go(at, azimuth_deg, distance_m);
        let towards_deg = patrol_corridor::geodesy::inverse(post, at).azimuth1_deg;
        DescribedRegion::Sector(AnnularSector::new(post, towards_deg, 2.0, 0.0..=15_000.0).unwrap())
    };
    let regions =
        [seen(10.0, 8_000.0), seen(140.0, 9_000.0), seen(260.0, 5_000.0), disc(go(at, 0.0, 30_000.0), 500.0)];
    let reports: Vec<_> = regions.iter().map(|region| FuseReport::new(region, time(3))).collect();
    let groups = fuse(&reports, &FuseOptions::default()).unwrap();
    let members: Vec<_> = groups.iter().map(|group| &group.reports[..]).collect();
    assert_eq!(members, [&[0, 1, 2][..], &[3]]);
    assert!(karney(groups[0].common.reference(), at) < 100.0);
    assert!(groups[0].common.area_km2() < 0.2);
}

#[test]
fn windows_are_of_all_pairs() {
    let at = position(46.75, 39.82);
    let regions = [disc(at, 1_000.0), disc(at, 1_100.0), disc(at, 1_200.0)];
    let report = |i: usize, minute| FuseReport::new(&regions[i], time(minute));
    let reports = [report(0, 0), report(1, 30), report(2, 31)];
    let members = |window_s: f64| {
        let options = FuseOptions::default().with_window_s(window_s);
        let groups = fuse(&reports, &options).unwrap();
        groups.into_iter().map(|group| group.reports).collect::<Vec<_>>()
    };
    assert_eq!(members(1_800.0), [vec![0, 1], vec![1, 2]]);
    assert_eq!(members(1_860.0), [vec![0, 1, 2]]);
    assert_eq!(members(0.0), [vec![0], vec![1], vec![2]]);
    assert!(fuse(&reports, &FuseOptions::default().with_window_s(-1.0)).is_err());
    assert!(fuse(&reports, &FuseOptions::default().with_window_s(f64::NAN)).is_err());
}

/// A date alone meets any report of its day; a span ends before its end.
#[test]
fn a_date_alone_meets_any_report_of_that_day() {
    let at = position(46.75, 39.82);
    let regions = [disc(at, 1_000.0), disc(at, 1_100.0), disc(at, 1_200.0), disc(at, 1_300.0)];
    let instant = |text: &str| Timestamp::read(text, None).unwrap();
    let day = TimeSpan::between(instant("2020-10-04T00:00Z"), instant("2020-10-05T00:00Z")).unwrap();
    let times = [instant("2020-10-04T23:50Z").into(), day, instant("2020-10-04T00:05Z").into(), day];
    let members = |times: [TimeSpan; 4], window_s: f64| {
        let reports: Vec<_> =
            regions.iter().zip(times).map(|(region, time)| FuseReport::new(region, time)).collect();
        let groups = fuse(&reports, &FuseOptions::default().with_window_s(window_s)).unwrap();
        groups.into_iter().map(|group| group.reports).collect::<Vec<_>>()
    };
    // Not the two whose instants are far apart. By the earliest first instant, then by the reports.
    assert_eq!(members(times, 1_800.0), [vec![0, 1, 3], vec![1, 2, 3]]);
    assert_eq!(members(times, 86_400.0), [vec![0, 1, 2, 3]]);
    let midnight = instant("2020-10-05T00:00Z").into();
    assert_eq!(members([day, midnight, day, day], 0.0), [vec![0, 2, 3], vec![1]]);
    assert_eq!(members([day, midnight, day, day], 1e-3), [vec![0, 1, 2, 3]]);
}

/// Three that meet in pairs and not together: sectors like the sides of a triangle.
#[test]
fn pairs_without_a_common_point_stay_pairs() {
    let at = position(46.75, 39.82);
    let side = |azimuth_deg: f64| {
        let middle = go(at, azimuth_deg, 1_000.0);
        let end = go(middle, azimuth_deg + 90.0, 4_000.0);
        let towards_deg = patrol_corridor::geodesy::inverse(end, middle).azimuth1_deg;
        DescribedRegion::Sector(AnnularSector::new(end, towards_deg, 1.0, 0.0..=8_000.0).unwrap())
    };
    let regions = [side(0.0), side(120.0), side(240.0)];
    let reports: Vec<_> = regions.iter().map(|region| FuseReport::new(region, time(0))).collect();
    let groups = fuse(&reports, &FuseOptions::default()).unwrap();
    let members: Vec<_> = groups.iter().map(|group| &group.reports[..]).collect();
    assert_eq!(members, [[0, 1], [0, 2], [1, 2]]);
}

/// Against all sets of a small log, and in any order.
#[test]
fn groups_are_the_largest_sets() {
    let mut rng = Rng::with_seed(64);
    let mut sizes = [0; 12];
    for _ in 0..12 {
        let near = position(wrap(360.0 * rng.f64()), 60.0 * rng.f64());
        let count = 7;
        let regions: Vec<_> = (0..count).map(|_| random_region(&mut rng, near)).collect();
        let minutes: Vec<u32> = (0..count).map(|_| rng.u32(..50)).collect();
        let report = |i: usize| FuseReport::new(&regions[i], time(minutes[i]));
        let groups = fuse(&(0..count).map(report).collect::<Vec<_>>(), &FuseOptions::default()).unwrap();
        let mut found: Vec<_> = groups.into_iter().map(|group| group.reports).collect();
        found.iter().for_each(|set| sizes[set.len()] += 1);
        // Every set by itself.
        let feasible = |set: u32| {
            let members: Vec<usize> = (0..count).filter(|i| set >> i & 1 == 1).collect();
            let times: Vec<u32> = members.iter().map(|&i| minutes[i]).collect();
            times.iter().max().unwrap() - times.iter().min().unwrap() <= 30
                && CommonRegion::find(members.iter().map(|&i| &regions[i]).collect()).is_some()
        };
        let sets: Vec<u32> = (1..1_u32 << count).filter(|&set| feasible(set)).collect();
        let largest =
            sets.iter().filter(|&&set| !sets.iter().any(|&other| other != set && other & set == set));
        let mut expected: Vec<Vec<usize>> =
            largest.map(|set| (0..count).filter(|i| set >> i & 1 == 1).collect()).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected);
        let mut order: Vec<usize> = (0..count).collect();
        rng.shuffle(&mut order);
        let turned =
            fuse(&order.iter().map(|&i| report(i)).collect::<Vec<_>>(), &FuseOptions::default()).unwrap();
        let mut turned: Vec<Vec<usize>> = turned
            .into_iter()
            .map(|group| {
                let mut set: Vec<usize> = group.reports.iter().map(|&i| order[i]).collect();
                set.sort();
                set
            })
            .collect();
        turned.sort();
        assert_eq!(turned, expected);
    }
    assert!(sizes[2] > 3 && sizes[3] > 3, "{sizes:?}");
}

#[test]
fn too_many_ways_are_refused() {
    let mut rng = Rng::with_seed(65);
    let at = position(46.75, 39.82);
    let regions: Vec<_> = (0..60).map(|_| disc(go(at, 360.0 * rng.f64(), 1_050.0), 1_000.0)).collect();
    let reports: Vec<_> = regions.iter().map(|region| FuseReport::new(region, time(0))).collect();
    let error = fuse(&reports, &FuseOptions::default().with_most_tests(2_000)).unwrap_err();
    assert!(error.is_argument() && error.message().contains("shorter window"), "{error}");
}
