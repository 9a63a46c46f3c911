//! Coverage, beats, sectors and proposals: pieces join from 0 to the length, and each has the posts that it says.

use patrol_corridor::analysis::{CoverageOptions, Farthest, Within, beats, coverage, sectors, suggest_posts};
use patrol_corridor::linear::LinearElement;
use patrol_corridor::{Edges, PatrolIndex, Position, geodesy};

use super::draw::Draw;
use super::layers::{Layers, Widths, one_line};
use super::shape::assert_sound;

/// By how much a distance may be off, in metres.
const EXACT_M: f64 = 2e-3;

pub fn run(bytes: &[u8]) -> bool {
    let mut draw = Draw::new(bytes);
    let Some(layers) = Layers::read(&mut draw, Widths::Narrow) else { return false };
    let area = &layers.area;
    let radius_m = draw.metres(&[5_000.0, 1.0, 60_000.0, 1e6, 3e7], 1e5);
    let options = CoverageOptions::default().with_radius_m(radius_m).with_threads(1);
    covered(area, &options);
    owned(area);
    proposed(&mut draw, area, &options);
    divided(&mut draw, &layers);
    !area.posts().is_empty() && !area.routes().is_empty()
}

/// That the pieces of a route join, from 0 to its length.
fn assert_joined(pieces: impl Iterator<Item = (f64, f64)>, length_m: f64) {
    let mut end_m = 0.0;
    for (from_m, to_m) in pieces {
        assert!(from_m == end_m && to_m >= from_m, "{from_m} to {to_m} after {end_m} of {length_m}");
        end_m = to_m;
    }
    assert_eq!(end_m, length_m);
}

fn line(area: &PatrolIndex, route: usize) -> LinearElement {
    LinearElement::new(&area.routes()[route], area.edges()).expect("it is in an area")
}

fn to_posts(area: &PatrolIndex, at: Position) -> impl Iterator<Item = f64> {
    area.posts().iter().map(move |post| geodesy::distance_m(post.position, at))
}

fn assert_farthest(area: &PatrolIndex, line: &LinearElement, farthest: &Farthest) {
    let nearest_m = to_posts(area, farthest.position).fold(f64::INFINITY, f64::min);
    assert!((nearest_m - farthest.distance_m).abs() <= EXACT_M, "{farthest:?}: {nearest_m}");
    let own_m = geodesy::distance_m(area.posts()[farthest.post].position, farthest.position);
    assert!((own_m - farthest.distance_m).abs() <= EXACT_M, "{farthest:?}: {own_m}");
    for k in 0..=32 {
        let at = line.point_at(line.length_m() * f64::from(k) / 32.0);
        let nearest_m = to_posts(area, at).fold(f64::INFINITY, f64::min);
        assert!(nearest_m <= farthest.distance_m + EXACT_M, "{farthest:?}: {nearest_m} at {k} of 32");
    }
}

fn covered(area: &PatrolIndex, options: &CoverageOptions) {
    let found = coverage(area, options).expect("a radius for all");
    assert_eq!(found.len(), area.routes().len());
    for route in &found {
        let line = line(area, route.route);
        assert_joined(route.intervals.iter().map(|piece| (piece.from_m, piece.to_m)), route.length_m);
        for piece in &route.intervals {
            let at = line.point_at(0.5 * (piece.from_m + piece.to_m));
            for (post, to_m) in to_posts(area, at).enumerate() {
                let radius_m = area.posts()[post].watch_radius_m().or(options.radius_m).unwrap();
                let is_in = piece.posts.contains(&post);
                let beyond_m = if is_in { to_m - radius_m } else { radius_m - to_m };
                assert!(beyond_m <= EXACT_M, "{piece:?}: post {post}, {to_m} of {radius_m}");
            }
        }
        let sums: Vec<f64> = (0..=area.posts().len() + 1).map(|least| route.covered_m(least)).collect();
        assert!(sums.windows(2).all(|pair| pair[0] >= pair[1]) && sums[sums.len() - 1] == 0.0, "{sums:?}");
        let gaps_m: f64 = route.gaps().map(|gap| gap.length_m()).sum();
        assert!(
            (gaps_m + sums[1.min(sums.len() - 1)] - route.length_m).abs() <= 1e-6 * (1.0 + route.length_m)
        );
        assert_eq!(route.farthest.is_some(), !area.posts().is_empty());
        if let Some(farthest) = &route.farthest {
            assert_farthest(area, &line, farthest);
        }
    }
}

fn owned(area: &PatrolIndex) {
    let Some(found) = one_line(beats(area, 2)) else {
        assert!(area.posts().is_empty());
        return;
    };
    for route in &found {
        let line = line(area, route.route);
        assert_joined(route.beats.iter().map(|beat| (beat.from_m, beat.to_m)), route.length_m);
        assert!(route.beats.windows(2).all(|pair| pair[0].post != pair[1].post), "{route:?}");
        assert_farthest(area, &line, &route.farthest);
        for beat in &route.beats {
            let at = line.point_at(0.5 * (beat.from_m + beat.to_m));
            let to_m: Vec<f64> = to_posts(area, at).collect();
            let nearest_m = to_m.iter().copied().fold(f64::INFINITY, f64::min);
            assert!(to_m[beat.post] <= nearest_m + EXACT_M, "{beat:?}: {to_m:?}");
        }
    }
}

fn proposed(draw: &mut Draw<'_>, area: &PatrolIndex, options: &CoverageOptions) {
    let candidates: Vec<Position> = (0..draw.below(6))
        .map(|_| {
            let [lon, lat] = draw.position();
            Position::from_lon_lat(lon, lat).expect("it is in range")
        })
        .collect();
    let found = suggest_posts(area, &candidates, 3, options).expect("a radius for all");
    let gaps_m: f64 = coverage(area, options)
        .expect("a radius for all")
        .iter()
        .flat_map(|route| route.gaps().map(|gap| gap.length_m()).collect::<Vec<_>>())
        .sum();
    let gained_m: f64 = found.iter().map(|one| one.gain_m).sum();
    assert!(gained_m <= gaps_m + EXACT_M, "{gained_m} of {gaps_m}");
    assert!(found.windows(2).all(|pair| pair[0].gain_m >= pair[1].gain_m - 1e-6), "{found:?}");
    assert!(found.iter().all(|one| candidates[one.candidate] == one.position && one.gain_m > 0.0));
}

fn divided(draw: &mut Draw<'_>, layers: &Layers) {
    let posts = layers.area.posts();
    let radius_m = draw.metres(&[5_000.0, 100.0, 100_000.0], 1e6);
    let within = match layers.corridors.first() {
        Some(corridor) => Within::Region(&corridor.region, Edges::Planar),
        None => Within::DistanceM(radius_m),
    };
    // A region far from all posts.
    let Some(found) = one_line(sectors(posts, within)) else { return };
    assert!(found.windows(2).all(|pair| pair[0].post < pair[1].post));
    for sector in &found {
        assert_sound(&sector.region, sector.area_km2, &format!("sector of post {}", sector.post));
    }
    let all_km2: f64 = found.iter().map(|sector| sector.area_km2).sum();
    match within {
        // What is divided is divided wholly.
        Within::Region(region, edges) => {
            let of_km2 = region.area_km2(edges);
            let is_whole = (all_km2 - of_km2).abs() <= 1e-3 * of_km2 + 1e-5;
            assert!(is_whole || posts.is_empty() || layers.corridors.is_empty(), "{all_km2} of {of_km2}");
        }
        _ => {
            let circle_km2 = std::f64::consts::PI * (radius_m / 1e3).powi(2);
            assert!(all_km2 <= 1.001 * circle_km2 * posts.len() as f64);
            // The border of two posts that are millimetres apart turns by degrees with what a position is rounded to.
            let is_close = |a: usize, b: usize| {
                posts[a].position != posts[b].position
                    && geodesy::distance_m(posts[a].position, posts[b].position) < 0.1
            };
            let are_close = (0..posts.len()).any(|a| (0..a).any(|b| is_close(a, b)));
            let is_whole = posts.is_empty() || are_close || all_km2 >= 0.98 * circle_km2;
            assert!(is_whole, "{all_km2} of {circle_km2}");
        }
    }
}
