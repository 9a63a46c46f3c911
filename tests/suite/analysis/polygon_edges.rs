//! Corridors, sectors and regions that touch 180 degrees or a pole, of every width: valid, full, and as large as
//! distance says.

use std::f64::consts::PI;

use fastrand::Rng;
use geo::{CoordsIter, Validation};
use geo_types::MultiPolygon;
use geographiclib_rs::{Geodesic, InverseGeodesic};
use patrol_corridor::analysis::{Caps, Within, corridor_region, region_geometry, sectors};
use patrol_corridor::index::LocateOptions;
use patrol_corridor::region::{AnnularSector, DescribedRegion, GeodesicEllipse};
use patrol_corridor::{Edges, IncidentGeometry, ObservationPost, PatrolIndex, PatrolRoute, Position, Region};

use crate::analysis::corridor_areas::contains;
use crate::support::{go, karney, point_of_edge, position};

/// How many routes are drawn. More of them: `PATROL_RANDOM_QUERIES=100000 cargo test --test suite polygon_edges`.
fn rounds() -> u64 {
    match std::env::var("PATROL_RANDOM_QUERIES") {
        Ok(text) => text.parse().unwrap_or_else(|e| panic!("PATROL_RANDOM_QUERIES={text}: {e}")),
        Err(_) => 300,
    }
}

/// Of so many routes the area is measured as well.
const MEASURED: u64 = 1_000;

/// The validity of larger regions is not asked here.
const MOST_VERTICES: usize = 2_500;

fn log_uniform(rng: &mut Rng, low: f64, high: f64) -> f64 {
    low * (high / low).powf(rng.f64())
}

/// A longitude at the cut or near it.
fn lon_at_cut(rng: &mut Rng) -> f64 {
    let sign = if rng.bool() { 1.0 } else { -1.0 };
    sign * match rng.u8(..6) {
        0..=2 => 180.0,
        3 => 180.0 - 0.1 * rng.f64(),
        4 => 180.0 - log_uniform(rng, 1e-12, 1e-3),
        _ => 179.9,
    }
}

/// A latitude at a pole or near it.
fn lat_at_pole(rng: &mut Rng) -> f64 {
    let sign = if rng.bool() { 1.0 } else { -1.0 };
    sign * match rng.u8(..6) {
        0..=2 => 90.0,
        3 => 90.0 - 0.1 * rng.f64(),
        4 => 90.0 - log_uniform(rng, 1e-12, 1e-3),
        _ => 89.5,
    }
}

/// A vertex of a kind that breaks polygons; what is not drawn from them is of whole degrees or anything.
fn vertex(rng: &mut Rng) -> Position {
    let lon = |rng: &mut Rng| match rng.u8(..3) {
        0 => lon_at_cut(rng),
        1 => f64::from(rng.i32(-18..=18)) * 10.0,
        _ => f64::from(rng.i32(-180..=180)),
    };
    let lat =
        |rng: &mut Rng| if rng.bool() { f64::from(rng.i32(-90..=90)) } else { 170.0 * (rng.f64() - 0.5) };
    match rng.u8(..8) {
        0..=2 => position(lon_at_cut(rng), lat(rng)),
        3..=4 => position(lon(rng), lat_at_pole(rng)),
        5 => position(360.0 * (rng.f64() - 0.5), lat(rng)),
        _ => position(lon(rng), lat(rng)),
    }
}

/// One near another, on the cut, on a pole or on the same parallel or meridian where that is near as well.
fn beside(rng: &mut Rng, from: Position, reach_m: f64) -> Position {
    let at = go(from, 360.0 * rng.f64(), reach_m * rng.f64());
    let (mut lon, mut lat) = (at.lon_deg(), at.lat_deg());
    let near_m = 1.5 * reach_m;
    if rng.bool() && karney(at, position(180.0, lat)) < near_m {
        lon = if rng.u8(..4) == 0 { lon_at_cut(rng) } else { 180.0_f64.copysign(lon) };
    }
    let pole = 90.0_f64.copysign(lat);
    match rng.u8(..6) {
        0 if karney(at, position(lon, pole)) < near_m => lat = pole,
        1 if lat.abs() < 89.0 => lat = from.lat_deg(),
        2 => lon = from.lon_deg(),
        _ => {}
    }
    position(lon, lat)
}

struct Case {
    route: PatrolRoute,
    half_width_m: f64,
    edges: Edges,
    caps: Caps,
}

impl Case {
    fn new(rng: &mut Rng) -> Self {
        let half_width_m = match rng.u8(..8) {
            0 => [1.0, 500.0, 5_000.0, 600_000.0, 1e6][rng.usize(..5)],
            1 => 4e5 + 6e5 * rng.f64(),
            _ => log_uniform(rng, 1.0, 1e6),
        };
        // Most are as long as they are wide, or some times more: the others differ in their time alone.
        let is_global = rng.u8(..64) == 0;
        let reach_m = half_width_m * log_uniform(rng, 0.1, 30.0);
        let reach_m = reach_m.min(3e6);
        let part = |rng: &mut Rng, start: Position| {
            let mut part = vec![start];
            for _ in 0..rng.usize(1..5) {
                let last = part[part.len() - 1];
                part.push(match rng.u8(..12) {
                    0 => part[0],
                    1 => last,
                    _ if is_global => vertex(rng),
                    _ => beside(rng, last, reach_m),
                });
            }
            part
        };
        let start = vertex(rng);
        let mut parts = vec![part(rng, start)];
        for _ in 0..rng.usize(0..8).saturating_sub(5) {
            let start = beside(rng, start, 2.0 * reach_m);
            parts.push(part(rng, start));
        }
        let route = PatrolRoute::from_parts("R", parts).unwrap().with_half_width_m(half_width_m).unwrap();
        Case {
            route,
            half_width_m,
            edges: [Edges::Planar, Edges::Geodesic][rng.usize(..2)],
            caps: [Caps::Round, Caps::Round, Caps::Flat, Caps::Square][rng.usize(..4)],
        }
    }

    /// As a feature, to be tried by hand.
    fn feature(&self) -> String {
        let parts: Vec<Vec<[f64; 2]>> = self
            .route
            .parts()
            .iter()
            .map(|part| part.iter().map(|p| [p.lon_deg(), p.lat_deg()]).collect())
            .collect();
        format!(
            r#"{{"type":"Feature","properties":{{"id":"R","corridor":"C","half_width_m":{}}},"geometry":{{"type":"MultiLineString","coordinates":{parts:?}}}}} --edges {} --caps {}"#,
            self.half_width_m, self.edges, self.caps
        )
    }

    fn length_m(&self) -> f64 {
        let ends = self.route.parts().iter().flat_map(|part| part.windows(2));
        ends.map(|ends| karney(ends[0], ends[1])).sum()
    }

    /// How far the boundary may be from where it should be.
    fn band_m(&self) -> f64 {
        f64::max(0.2, 2e-4 * self.half_width_m)
    }

    fn check(&self, rng: &mut Rng, measure: bool) -> Result<&'static str, String> {
        let region = corridor_region([&self.route], self.edges, self.caps).map_err(|e| e.to_string())?;
        assert_valid(&region)?;
        let area = PatrolIndex::new(vec![], vec![self.route.clone()], self.edges).unwrap();
        self.check_points(rng, &area, &region)?;
        let km2 = region.area_km2(Edges::Planar);
        if km2.is_nan() || km2 <= 0.0 {
            return Err(format!("area {km2}"));
        }
        if !measure || self.caps != Caps::Round {
            return Ok("valid");
        }
        let measured = measured_m2(&area, self.half_width_m) / 1e6;
        let perimeter_m: f64 = region
            .polygons()
            .iter()
            .flatten()
            .flat_map(|ring| ring.windows(2))
            .map(|ends| karney(ends[0], ends[1]))
            .sum();
        let allowed = (1e-3 * measured).max(perimeter_m * 0.2 / 1e6);
        match (km2 - measured).abs() <= allowed {
            true => Ok("measured"),
            false => Err(format!("area {km2} km2, measured {measured}")),
        }
    }

    fn check_points(&self, rng: &mut Rng, area: &PatrolIndex, region: &Region) -> Result<(), String> {
        for i in 0..24 {
            let part = &self.route.parts()[rng.usize(..self.route.parts().len())];
            let k = rng.usize(1..part.len());
            let from = point_of_edge(part[k - 1], part[k], self.edges, rng.f64());
            let share = if i % 2 == 0 { 0.99 + 0.02 * rng.f64() } else { 2.0 * rng.f64() };
            let at = go(from, 360.0 * rng.f64(), self.half_width_m * share);
            let hits = area.nearest_routes(at, &LocateOptions::default());
            let offset_m = hits.hits()[0].location.offset_m;
            let beyond_m = offset_m - self.half_width_m;
            let expected = match self.caps {
                Caps::Round => beyond_m < 0.0,
                // What lies past an end may be either.
                _ if beyond_m < 0.0 => continue,
                Caps::Square if offset_m < 1.5 * self.half_width_m => continue,
                _ => false,
            };
            if beyond_m.abs() > self.band_m() && contains(region, at) != expected {
                return Err(format!("{beyond_m} m beyond the half width at {at:?} is not as it should be"));
            }
        }
        Ok(())
    }
}

/// Valid by Simple Features, and not empty; rings run as RFC 7946 has them.
fn assert_valid(region: &Region) -> Result<(), String> {
    let polygons = MultiPolygon::from(region);
    if polygons.0.is_empty() {
        return Err("empty".into());
    }
    // By every pair of edges; of what has more, `.ci/corridors.py` asks GEOS.
    if polygons.coords_count() <= MOST_VERTICES {
        polygons.check_validation().map_err(|e| format!("invalid: {e}"))?;
    }
    for ends in region.polygons().iter().flatten().flat_map(|ring| ring.windows(2)) {
        if (ends[0].lon_deg() - ends[1].lon_deg()).abs() >= 180.0 {
            return Err(format!("half a turn long: {ends:?}"));
        }
    }
    Ok(())
}

/// The area on the ellipsoid from the equator to a latitude, a radian wide (Snyder 1987, equation 3-12).
fn zone_m2(lat_deg: f64) -> f64 {
    let (f, a) = (1.0 / 298.257_223_563, 6_378_137.0_f64);
    let e = f64::sqrt(f * (2.0 - f));
    let sin = lat_deg.to_radians().sin();
    let b = a * (1.0 - f);
    0.5 * b * b * (sin / (1.0 - e * e * sin * sin) + (e * sin).atanh() / e)
}

/// The area of all that is within a distance, by cells that are halved until the boundary is small: no outline is drawn.
fn measured_m2(area: &PatrolIndex, half_width_m: f64) -> f64 {
    struct Cell {
        lon: f64,
        lat: f64,
        wide: f64,
        high: f64,
    }
    let mut open: Vec<Cell> = Vec::new();
    for i in 0..12 {
        for j in 0..6 {
            let (lon, lat) = (f64::from(i) * 30.0 - 165.0, f64::from(j) * 30.0 - 75.0);
            open.push(Cell { lon, lat, wide: 30.0, high: 30.0 });
        }
    }
    let mut sum_m2 = 0.0;
    while let Some(Cell { lon, lat, wide, high }) = open.pop() {
        let (low, top) = (lat - 0.5 * high, lat + 0.5 * high);
        let lowest = if low * top <= 0.0 { 0.0 } else { low.abs().min(top.abs()) };
        let (wide_m, high_m) = (111_320.0 * wide * lowest.to_radians().cos(), 111_700.0 * high);
        let hits = area.nearest_routes(position(lon, lat), &LocateOptions::default());
        let location = hits.hits()[0].location;
        let within_m = half_width_m - location.offset_m;
        let reach_m = 0.5 * (wide_m + high_m);
        if within_m <= -reach_m {
            continue;
        }
        let cell_m2 = wide.to_radians() * (zone_m2(top) - zone_m2(low));
        if within_m >= reach_m {
            sum_m2 += cell_m2;
        } else if wide_m.max(high_m) < half_width_m / 24.0 {
            // A straight boundary across it, at a right angle to the way to the foot.
            let (_, azimuth, _, _): (f64, f64, f64, f64) =
                Geodesic::wgs84().inverse(lat, lon, location.foot.lat_deg(), location.foot.lon_deg());
            let (sin, cos) = azimuth.to_radians().sin_cos();
            let across_m = cell_m2 / high_m * sin.abs() + high_m * cos.abs();
            sum_m2 += cell_m2 * (0.5 + within_m / across_m).clamp(0.0, 1.0);
        } else if wide_m > high_m {
            let quarter = 0.25 * wide;
            open.extend([-quarter, quarter].map(|d| Cell { lon: lon + d, lat, wide: 0.5 * wide, high }));
        } else {
            let quarter = 0.25 * high;
            open.extend([-quarter, quarter].map(|d| Cell { lon, lat: lat + d, wide, high: 0.5 * high }));
        }
    }
    sum_m2
}

fn shows() -> bool {
    std::env::var_os("PATROL_SHOW").is_some()
}

/// Runs a check for each seed; fails with what is wrong, each with its case.
fn all_hold(rounds: u64, mut check: impl FnMut(u64, &mut Rng) -> Result<&'static str, String>) {
    let first: u64 = std::env::var("PATROL_FIRST_SEED").map_or(0, |seed| seed.parse().unwrap());
    let mut found = std::collections::BTreeMap::<&str, u64>::new();
    let mut wrong = Vec::new();
    for seed in first..first + rounds {
        match check(seed, &mut Rng::with_seed(seed)) {
            Ok(kind) => *found.entry(kind).or_default() += 1,
            Err(what) => {
                if shows() {
                    println!("{seed}: {what}");
                }
                wrong.push(format!("{seed}: {what}"));
            }
        }
    }
    if shows() {
        println!("{rounds}: {found:?}");
    }
    assert!(wrong.is_empty(), "{} of {rounds}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn random_routes_at_the_cut_and_the_poles() {
    let mut measured = 0;
    all_hold(rounds(), |_, rng| {
        let case = Case::new(rng);
        // Cells would be many along a narrow corridor.
        let measure = measured < MEASURED && case.length_m() < 60.0 * case.half_width_m;
        let kind = case.check(rng, measure).map_err(|what| format!("{what}\n{}", case.feature()))?;
        measured += u64::from(kind == "measured");
        Ok(kind)
    });
}

/// Regions of every kind about such places: valid, and each point on its side.
#[test]
fn random_regions_at_the_cut_and_the_poles() {
    all_hold(rounds(), |_, rng| {
        let centre = vertex(rng);
        let reach_m = log_uniform(rng, 1.0, 1e6);
        let azimuth_deg = match rng.bool() {
            true => f64::from(rng.u8(..16)) * 22.5,
            false => 360.0 * rng.f64(),
        };
        let inner_m = reach_m * rng.f64();
        let half_width_deg = [11.25, 45.0, 90.0, 180.0][rng.usize(..4)];
        let region = match rng.u8(..4) {
            0 => AnnularSector::disc(centre, reach_m).map(DescribedRegion::Sector),
            1 => AnnularSector::new(centre, azimuth_deg, half_width_deg, 0.0..=reach_m)
                .map(DescribedRegion::Sector),
            2 => AnnularSector::new(centre, azimuth_deg, half_width_deg, inner_m..=reach_m)
                .map(DescribedRegion::Sector),
            _ => GeodesicEllipse::new(centre, [reach_m, inner_m.max(0.1 * reach_m)], azimuth_deg)
                .map(DescribedRegion::Ellipse),
        };
        let region = region.unwrap();
        let wrong = |what: String| format!("{what}\n{region:?}");
        let IncidentGeometry::Region(drawn) = region_geometry(&region) else {
            return Err(wrong("no area".into()));
        };
        assert_valid(&drawn).map_err(wrong)?;
        // A boundary may be off by so much.
        let band_m = f64::max(0.25, 1e-4 * reach_m);
        for _ in 0..24 {
            let at = go(centre, 360.0 * rng.f64(), reach_m * 1.2 * rng.f64());
            let is_inside = region.contains(at);
            let steps = (0..8).map(|i| go(at, 45.0 * f64::from(i), 1.5 * band_m));
            let near_boundary = steps.into_iter().any(|near| region.contains(near) != is_inside);
            if !near_boundary && contains(&drawn, at) != is_inside {
                return Err(wrong(format!("{at:?} is inside: {is_inside}")));
            }
        }
        let (km2, exact) = (drawn.area_km2(Edges::Planar), region.area_km2());
        // At a pole the area is the difference of two of half the Earth.
        let lost_km2 = if centre.lat_deg().abs() > 89.0 { 5e-6 } else { 0.0 };
        match (km2 - exact).abs() <= f64::max(1e-3 * exact, 2.0 * PI * reach_m * 0.2 / 1e6 + lost_km2) {
            true => Ok("valid"),
            false => Err(wrong(format!("area {km2} km2, expected {exact}"))),
        }
    });
}

/// Sectors about such posts: valid, and each point in that of its nearest post.
#[test]
fn random_sectors_at_the_cut_and_the_poles() {
    // Of several posts each.
    all_hold(rounds() / 5, |_, rng| {
        let radius_m = log_uniform(rng, 1.0, 1e6);
        let mut at = vec![vertex(rng)];
        for _ in 0..rng.usize(..5) {
            let next = beside(rng, at[0], 1.5 * radius_m);
            // A border that passes a pole by millimetres has no edges in degrees that follow it.
            if at.iter().all(|&at| at == next || karney(at, next) > 0.1) {
                at.push(next);
            }
        }
        let posts: Vec<_> =
            at.iter().enumerate().map(|(i, &at)| ObservationPost::new(i as u64, at)).collect();
        let wrong = |what: String| format!("{what}\n{radius_m} {at:?}");
        let found = sectors(&posts, Within::DistanceM(radius_m)).map_err(|e| wrong(e.to_string()))?;
        for sector in &found {
            assert_valid(&sector.region).map_err(wrong)?;
        }
        let band_m = f64::max(0.3, 2e-4 * radius_m);
        for _ in 0..24 {
            let p = go(at[rng.usize(..at.len())], 360.0 * rng.f64(), radius_m * 1.2 * rng.f64());
            let mut near: Vec<(f64, usize)> =
                at.iter().enumerate().map(|(i, &at)| (karney(at, p), i)).collect();
            near.sort_by(|a, b| a.0.total_cmp(&b.0));
            // A border of two posts that are close together lies in a small angle.
            let is_border = near.get(1).is_some_and(|second| {
                let apart_m = karney(at[near[0].1], at[second.1]);
                second.0 - near[0].0 < (band_m * apart_m / near[0].0.max(1e-3)).min(2.0 * band_m).max(2e-3)
            });
            if is_border || (near[0].0 - radius_m).abs() < band_m {
                continue;
            }
            let owners: Vec<usize> =
                found.iter().filter(|sector| contains(&sector.region, p)).map(|sector| sector.post).collect();
            let expected = if near[0].0 < radius_m { vec![near[0].1] } else { vec![] };
            if owners != expected {
                return Err(wrong(format!("{p:?} is in sectors {owners:?}, expected {expected:?}")));
            }
        }
        Ok("valid")
    });
}

/// The cases that were found, each by its kind: an edge that ends on 180 degrees, one that begins at a pole, and a
/// corridor of 600 km that reaches around the Earth.
#[test]
fn corridors_that_touch_the_cut_or_a_pole() {
    for (half_width_m, edges, points) in [
        (500.0, Edges::Planar, &[(170.0, -26.0), (180.0, -26.0)][..]),
        (500.0, Edges::Planar, &[(-170.0, 26.0), (-180.0, 26.0)]),
        (500.0, Edges::Planar, &[(180.0, 10.0), (180.0, 12.0), (-180.0, 13.0)]),
        (5_000.0, Edges::Planar, &[(90.0, 90.0), (180.0, 89.5)]),
        (600_000.0, Edges::Geodesic, &[(42.0, 41.0), (-159.0, -78.0), (108.0, 86.0)]),
        (600_000.0, Edges::Geodesic, &[(-126.0, -89.9), (173.0, -90.0), (173.0, -74.0)]),
    ] {
        let part = points.iter().map(|&(lon, lat)| position(lon, lat)).collect();
        let route =
            PatrolRoute::from_parts("R", vec![part]).unwrap().with_half_width_m(half_width_m).unwrap();
        let case = Case { route, half_width_m, edges, caps: Caps::Round };
        let measure = half_width_m > 1e5;
        case.check(&mut Rng::with_seed(1), measure).unwrap_or_else(|what| panic!("{what}: {points:?}"));
    }
}

/// The part along 180 degrees and those that begin there leave a corner on an edge along the cut; found by the random test.
#[test]
fn a_corner_that_touches_an_edge_on_the_cut() {
    let parts: [&[(f64, f64)]; 3] = [
        &[(180.0, 7.0), (-87.9009354894426, -31.0)],
        &[(179.99992015733818, 7.0), (80.0, 37.0)],
        &[(-180.0, 7.0), (-180.0, 7.0), (180.0, 50.75925627528099), (179.99999999988697, 89.99999991751264)],
    ];
    let part = |part: &[(f64, f64)]| part.iter().map(|&(lon, lat)| position(lon, lat)).collect();
    let half_width_m = 6.753625165682382;
    let route = PatrolRoute::from_parts("R", parts.map(part).to_vec()).unwrap();
    let route = route.with_half_width_m(half_width_m).unwrap();
    let case = Case { route, half_width_m, edges: Edges::Geodesic, caps: Caps::Flat };
    case.check(&mut Rng::with_seed(1), false).unwrap_or_else(|what| panic!("{what}\n{}", case.feature()));
}
