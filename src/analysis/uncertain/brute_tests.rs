//! Candidate sets, distances and shares against dense samples of random reports of every form, all over the globe.

use super::items::{Item, nearest_of};
use super::locate_uncertain;
use crate::geodesy::ecef::SurfacePoint;
use crate::geodesy::{direct, distance_m};
use crate::index::LocateOptions;
use crate::linear::{Side, TIE_M};
use crate::region::even_point;
use crate::region::{AnnularSector, DescribedRegion, GridSquare, RouteInterval};
use crate::{CorridorRegion, Edges, ObservationPost, PatrolIndex, PatrolRoute, Position, Region};

/// How many reports are drawn. More of them: `PATROL_RANDOM_QUERIES=10000 cargo test --release --lib uncertain`.
fn reports() -> usize {
    match std::env::var("PATROL_RANDOM_QUERIES") {
        Ok(text) => text.parse().unwrap_or_else(|e| panic!("PATROL_RANDOM_QUERIES={text}: {e}")),
        Err(_) => 300,
    }
}

fn random_centre(rng: &mut fastrand::Rng) -> Position {
    let lat = match rng.u32(0..5) {
        0 => 90.0 - 0.1 * rng.f64(),
        1 => 0.2 * rng.f64() - 90.0,
        _ => 170.0 * rng.f64() - 85.0,
    };
    let lon = if rng.u32(0..3) == 0 { 180.0 - 0.1 * rng.f64() } else { 360.0 * rng.f64() - 180.0 };
    Position::wrapped(lon, lat)
}

/// From `low` to `high`, each order of magnitude as often as any other.
fn of_any_size(rng: &mut fastrand::Rng, low: f64, high: f64) -> f64 {
    low * (high / low).powf(rng.f64())
}

/// 1 to 40 posts and 0 to 6 routes, with and without corridors, within some distance of a place.
fn random_area(rng: &mut fastrand::Rng, centre: Position, spread_m: f64) -> PatrolIndex {
    let edges = if rng.bool() { Edges::Geodesic } else { Edges::Planar };
    let around = |rng: &mut fastrand::Rng, at: Position, most_m: f64| {
        direct(at, 360.0 * rng.f64(), most_m * rng.f64().sqrt()).position
    };
    let posts = (0..1 + rng.usize(0..40))
        .map(|i| ObservationPost::new(i as u64, around(rng, centre, spread_m)))
        .collect();
    let has_corridors = rng.bool();
    let routes = (0..rng.usize(0..7)).map(|i| {
        let start = around(rng, centre, spread_m);
        let edge_m = (spread_m * rng.f64()).min(400_000.0);
        let line = (0..2 + rng.usize(0..4)).map(|_| around(rng, start, edge_m)).collect();
        let route = PatrolRoute::from_parts(i as u64, vec![line]).unwrap();
        match has_corridors && rng.bool() {
            true => route.with_half_width_m(0.3 * spread_m * rng.f64() + 1.0).unwrap(),
            false => route,
        }
    });
    let routes = routes.collect();
    PatrolIndex::new(posts, routes, edges).unwrap()
}

const FORMS: usize = 8;

fn random_region(rng: &mut fastrand::Rng, form: usize, apex: Position, reach_m: f64) -> DescribedRegion {
    let azimuth_deg = 360.0 * rng.f64();
    let nearest_m = reach_m * rng.f64();
    let shape = match form {
        0 => AnnularSector::disc(apex, reach_m),
        1 => AnnularSector::new(apex, azimuth_deg, 11.25, nearest_m..=reach_m),
        2 => AnnularSector::new(apex, azimuth_deg, 0.0, 0.0..=reach_m),
        3 => AnnularSector::new(apex, azimuth_deg, 180.0, nearest_m..=reach_m),
        4 => AnnularSector::new(apex, azimuth_deg, 180.0 * rng.f64(), nearest_m..=reach_m),
        5 => Ok(AnnularSector::position(apex)),
        6 => {
            return DescribedRegion::Square(GridSquare::around(apex, rng.u8(0..=5)).unwrap());
        }
        _ => {
            let mut ends = vec![apex];
            for turn in [0.0, 70.0] {
                ends.push(direct(ends[ends.len() - 1], azimuth_deg + turn, 0.5 * reach_m).position);
            }
            return DescribedRegion::Interval(RouteInterval::new(vec![ends], Edges::Geodesic).unwrap());
        }
    };
    DescribedRegion::Sector(shape.unwrap())
}

/// What lies at most about as far as the posts from their middle, or anywhere; from small to large.
fn random_report(rng: &mut fastrand::Rng, form: usize) -> (PatrolIndex, DescribedRegion) {
    let centre = random_centre(rng);
    let spread_m = of_any_size(rng, 1e3, 3e6);
    let area = random_area(rng, centre, spread_m);
    let away_m = if rng.u32(0..6) == 0 { 1.9e7 } else { 1.2 * spread_m };
    let apex = direct(centre, 360.0 * rng.f64(), away_m * rng.f64()).position;
    let reach_m = (spread_m * of_any_size(rng, 0.003, 2.0)).min(5e6);
    let region = random_region(rng, form, apex, reach_m);
    (area, region)
}

/// Some distance, as the search for the nearest has it.
fn distance_to(index: &PatrolIndex, is_post: bool, place: usize, at: Position) -> f64 {
    if is_post {
        return distance_m(index.posts()[place].position, at);
    }
    let pieces: Vec<Item<'_>> = index.network().route_pieces(place).iter().map(Item::of_piece).collect();
    nearest_of(&pieces, &SurfacePoint::new(at)).0
}

/// The distance to the nearest of a layer.
fn nearest_m(index: &PatrolIndex, is_post: bool, at: Position) -> f64 {
    match is_post {
        true => index.nearest_posts(at, &LocateOptions::default()).first().unwrap().distance_m,
        false => index.nearest_routes(at, &LocateOptions::default()).first().unwrap().location.offset_m,
    }
}

/// Whether one is the nearest anywhere: at a point of its own that lies in the region, or else sought from the samples
/// where it is farther by least, by steps that shrink.
fn is_somewhere_nearest(index: &PatrolIndex, region: &DescribedRegion, is_post: bool, place: usize) -> bool {
    const POINTS: u32 = 512;
    let mut own = match is_post {
        true => vec![index.posts()[place].position],
        false => {
            let pieces = index.network().route_pieces(place).iter();
            pieces.flat_map(|piece| (0..=16).map(|i| piece.curve.position(f64::from(i) / 16.0))).collect()
        }
    };
    own.retain(|at| region.contains(*at));
    if own.iter().any(|&at| nearest_m(index, is_post, at) <= TIE_M) {
        return true;
    }
    let lead = |at: [f64; 2]| {
        let at = region.even(at);
        distance_to(index, is_post, place, at) - nearest_m(index, is_post, at)
    };
    // Corners and edges are where a sample is not.
    let edge = (0..=64).flat_map(|i| {
        let x = f64::from(i) / 64.0;
        [[x, 0.0], [x, 1.0], [0.0, x], [1.0, x]]
    });
    let points = (0..POINTS).map(|i| even_point(i, POINTS)).chain(edge);
    let mut starts: Vec<(f64, [f64; 2])> = points.map(|at| (lead(at), at)).collect();
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    starts.iter().take(6).any(|&(mut best_m, mut at)| {
        let mut step = 0.03;
        while best_m > TIE_M && step > 1e-9 {
            let ways = (0..8).map(|i| (f64::from(i) * 45.0_f64).to_radians().sin_cos());
            let next = ways.map(|(x, y)| [at[0] + step * x, at[1] + step * y].map(|x| x.clamp(0.0, 1.0)));
            let next = next.map(|at| (lead(at), at)).min_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
            if next.0 < best_m {
                (best_m, at) = next;
            } else {
                step *= 0.5;
            }
        }
        best_m <= TIE_M + 2e-4
    })
}

#[test]
fn no_sample_finds_one_outside_the_set() {
    let options = LocateOptions::default();
    let points = if reports() > 1_000 { 2_000 } else { 600 };
    let (mut samples, mut sets, mut several, mut not_minimal) = (0_u64, 0_u32, 0_u32, 0_u32);
    let mut worst_share = 0.0_f64;
    for round in 0..reports() {
        let mut rng = fastrand::Rng::with_seed(round as u64);
        let (area, region) = random_report(&mut rng, round % FORMS);
        let answer = locate_uncertain(&area, &region, None);
        let lists = [&answer.posts, &answer.routes];
        let mut seen = [vec![0_u32; area.posts().len()], vec![0_u32; area.routes().len()]];
        // By its seed it can be drawn again.
        let context = || {
            let (circle, km2) = (region.covering_circle(), region.area_km2());
            format!("report {round}, form {}, {circle:?}, {km2} km2, {answer:?}", round % FORMS)
        };
        let inside = (0..points).map(|i| (true, region.even(even_point(i, points))));
        let edge = region.boundary().concat().into_iter().map(|at| (false, at));
        for (i, (counts, at)) in inside.chain(edge).enumerate() {
            let located = area.locate(at, &options);
            let post = located.posts.first().map(|hit| (hit.post, hit.distance_m));
            let route = located.routes.first().map(|hit| (hit.route, hit.location.offset_m));
            let tied = [located.posts.tied(), located.routes.tied()];
            for (layer, found) in [post, route].into_iter().enumerate() {
                let Some((place, d)) = found else { continue };
                samples += 1;
                for &place in tied[layer].iter().chain([&place]) {
                    let Some(member) = lists[layer].list.iter().find(|member| member.index == place) else {
                        panic!("{place} of {layer} is not among them at {at:?}: {}", context());
                    };
                    let bounds = member.distances;
                    let holds = bounds.min_m <= d + 2e-3 && d <= bounds.max_m + 2e-3;
                    assert!(holds, "{bounds:?} {d} at {at:?}: {}", context());
                    seen[layer][place] |= 1 << 31;
                }
                seen[layer][place] += u32::from(counts);
                // Not only where they are the nearest.
                for member in lists[layer].list.iter().filter(|_| i % 97 == 0) {
                    let (bounds, d) = (member.distances, distance_to(&area, layer == 0, member.index, at));
                    let holds = bounds.min_m <= d + 1e-3 && d <= bounds.max_m + 1e-3;
                    assert!(holds, "{member:?} {d} at {at:?}: {}", context());
                }
            }
        }
        for (layer, candidates) in lists.into_iter().enumerate() {
            if candidates.list.is_empty() {
                assert!(seen[layer].is_empty(), "{}", context());
                continue;
            }
            let total: f64 = candidates.list.iter().map(|member| member.share).sum();
            assert!((total - 1.0).abs() < 1e-9, "{}", context());
            sets += 1;
            several += u32::from(candidates.list.len() > 1);
            for member in &candidates.list {
                let share = f64::from(seen[layer][member.index] & !(1 << 31)) / f64::from(points);
                worst_share = worst_share.max((share - member.share).abs());
            }
            let is_minimal = candidates.list.iter().all(|member| {
                seen[layer][member.index] > 0
                    || is_somewhere_nearest(&area, &region, layer == 0, member.index)
            });
            not_minimal += u32::from(!is_minimal);
            if !is_minimal && std::env::var_os("PATROL_SHOW").is_some() {
                eprintln!("not minimal in layer {layer}: {}", context());
            }
        }
    }
    if std::env::var_os("PATROL_SHOW").is_some() {
        eprintln!(
            "{samples} samples, {sets} sets, {several} of several, {not_minimal} not minimal; share off by {worst_share}"
        );
    }
    assert!(several > sets / 8, "{several} of {sets}");
    assert!(f64::from(not_minimal) <= 0.05 * f64::from(several), "{not_minimal} of {several}");
    // Both are samples here.
    assert!(worst_share < 0.03, "{worst_share}");
}

#[test]
fn shares_are_within_a_hundredth() {
    const POINTS: u32 = 16_384;
    let options = LocateOptions::default();
    let (mut worst, mut worst_inside, mut parts) = (0.0_f64, 0.0_f64, 0);
    for round in 0..reports() / 8 {
        let mut rng = fastrand::Rng::with_seed(1_000_000 + round as u64);
        let centre = random_centre(&mut rng);
        let spread_m = of_any_size(&mut rng, 1e3, 4e5);
        let mut area = random_area(&mut rng, centre, spread_m);
        if rng.bool() {
            let ring = (0..=5).map(|i| direct(centre, -72.0 * f64::from(i), 0.4 * spread_m).position);
            if let Ok(region) = Region::from_polygons(vec![vec![ring.collect()]]) {
                area = area.with_corridor_regions(&[CorridorRegion { name: "C".into(), region }]);
            }
        }
        let apex = direct(centre, 360.0 * rng.f64(), 0.7 * spread_m * rng.f64()).position;
        let reach_m = spread_m * of_any_size(&mut rng, 0.05, 1.0);
        let region = random_region(&mut rng, [0, 1, 3, 4, 6, 7][round % 6], apex, reach_m);
        let answer = locate_uncertain(&area, &region, None);
        let mut wins = [vec![0_u32; area.posts().len()], vec![0_u32; area.routes().len()]];
        let mut inside = 0;
        for i in 0..POINTS {
            let located = area.locate(region.even(even_point(i, POINTS)), &options);
            wins[0][located.posts.first().unwrap().post] += 1;
            located.routes.first().into_iter().for_each(|hit| wins[1][hit.route] += 1);
            inside += u32::from(located.in_corridor == Some(true));
        }
        let share = |count: u32| f64::from(count) / f64::from(POINTS);
        for (candidates, wins) in [(&answer.posts, &wins[0]), (&answer.routes, &wins[1])] {
            for member in &candidates.list {
                worst = worst.max((share(wins[member.index]) - member.share).abs());
            }
        }
        match answer.corridor_share {
            Some(found) => {
                parts += u32::from(inside > 0 && inside < POINTS);
                worst_inside = worst_inside.max((share(inside) - found).abs());
            }
            None => assert_eq!(inside, 0),
        }
    }
    if std::env::var_os("PATROL_SHOW").is_some() {
        eprintln!("shares off by {worst}, of corridors by {worst_inside} ({parts} in part)");
    }
    assert!(parts > 3);
    assert!(worst < 0.01 && worst_inside < 0.01, "{worst} {worst_inside}");
}

/// An area with corridors of both kinds and a region near its routes.
fn random_certainty(rng: &mut fastrand::Rng, round: usize) -> (PatrolIndex, DescribedRegion) {
    let centre = random_centre(rng);
    let spread_m = of_any_size(rng, 1e3, 3e5);
    let mut area = random_area(rng, centre, spread_m);
    let rings = (0..rng.usize(0..3)).filter_map(|i| {
        let middle = direct(centre, 360.0 * rng.f64(), 0.5 * spread_m * rng.f64()).position;
        let radius_m = spread_m * of_any_size(rng, 0.05, 0.8);
        let ring = (0..=6).map(|i| direct(middle, -60.0 * f64::from(i), radius_m).position).collect();
        let region = Region::from_polygons(vec![vec![ring]]).ok()?;
        // Some are parts of one corridor.
        Some(CorridorRegion { name: ["C", "D"][i % 2].into(), region })
    });
    let rings: Vec<CorridorRegion> = rings.collect();
    area = area.with_corridor_regions(&rings);
    let apex = direct(centre, 360.0 * rng.f64(), spread_m * rng.f64()).position;
    let reach_m = spread_m * of_any_size(rng, 1e-3, 0.6);
    let region = random_region(rng, round % FORMS, apex, reach_m);
    (area, region)
}

#[test]
fn what_is_certain_of_corridors_and_sides_is_so_at_every_sample() {
    // Fewer would miss what is touched by little.
    let points = if reports() > 1_000 { 1_200 } else { 400 };
    let options = LocateOptions::default();
    let (mut held, mut touched, mut missed_corridors, mut loose) = (0, 0, 0, 0);
    let (mut sides, mut open_sides, mut missed_sides) = (0, 0, 0);
    for round in 0..2 * reports() {
        let mut rng = fastrand::Rng::with_seed(2_000_000 + round as u64);
        let (area, region) = random_certainty(&mut rng, round);
        let answer = locate_uncertain(&area, &region, None);
        let context = |at: Position| {
            format!(
                "report {round}, form {}, {:?}, {answer:?} at {at:?}",
                round % FORMS,
                region.covering_circle()
            )
        };
        let mut count = 0_u32;
        let mut inside = vec![0_u32; area.corridors().len()];
        let mut seen_sides: Vec<Side> = Vec::new();
        let even = (0..points).map(|i| region.even(even_point(i, points)));
        for at in even.chain(region.boundary().concat()) {
            let located = area.locate(at, &options);
            count += 1;
            for place in &answer.corridors_whole {
                assert!(located.corridors.contains(place), "{place} does not hold it: {}", context(at));
            }
            for &place in &located.corridors {
                assert!(answer.corridors_touched.contains(&place), "{place} meets it: {}", context(at));
                inside[place] += 1;
            }
            if let Some(hit) = located.routes.first() {
                if !seen_sides.contains(&hit.location.side) {
                    seen_sides.push(hit.location.side);
                }
                assert!(answer.side.is_none_or(|side| side == hit.location.side), "{}", context(at));
            }
        }
        for (place, &inside) in inside.iter().enumerate() {
            let (is_held, may_touch) =
                (answer.corridors_whole.contains(&place), answer.corridors_touched.contains(&place));
            assert!(may_touch || !is_held, "{}", context(region.reference()));
            held += u32::from(is_held);
            touched += u32::from(may_touch && !is_held);
            missed_corridors += u32::from(inside == count && !is_held);
            loose += u32::from(inside == 0 && may_touch);
        }
        if answer.routes.is_certain() {
            sides += u32::from(answer.side.is_some());
            open_sides += u32::from(answer.side.is_none());
            let is_missed = answer.side.is_none() && seen_sides.len() == 1;
            missed_sides += u32::from(is_missed);
            if is_missed && std::env::var_os("PATROL_SHOW").is_some() {
                let bounds = answer.routes.list[0].distances;
                eprintln!(
                    "side of report {round} not proven: {bounds:?}, {} m",
                    region.covering_circle().radius_m
                );
            }
        }
    }
    if std::env::var_os("PATROL_SHOW").is_some() {
        eprintln!(
            "{held} held, {touched} touched; {missed_corridors} hold all samples and are not proven to, {loose} may \
             touch and hold none; {sides} sides, {open_sides} open, {missed_sides} of them with one side in all samples"
        );
    }
    assert!(
        held > 20 && touched > 40 && sides > 40 && open_sides > 10,
        "{held} {touched} {sides} {open_sides}"
    );
    // Not proven where so little decides that the bounds end.
    assert!(10 * missed_corridors < held && 10 * loose < touched, "{missed_corridors} {loose}");
    assert!(4 * missed_sides < sides, "{missed_sides} of {sides}");
}
