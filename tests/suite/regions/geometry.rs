//! Regions of reported locations as geometries: valid, cut at 180 degrees, and the region itself.

use fastrand::Rng;
use patrol_corridor::analysis::region_geometry;
use patrol_corridor::geodesy::inverse;
use patrol_corridor::region::{AnnularSector, DescribedRegion, GeodesicEllipse, GridSquare, RouteInterval};
use patrol_corridor::{Edges, IncidentGeometry, Position, Region};

use crate::analysis::corridor_areas::{assert_sound, contains};
use crate::support::{PLACES, go, karney, position};

fn drawn(region: &DescribedRegion) -> Region {
    match region_geometry(region) {
        IncidentGeometry::Region(region) => {
            assert_sound(&region);
            region
        }
        other => panic!("{other:?} of {region:?}"),
    }
}

/// How far inside the sector a position is, negative outside: an upper bound of its distance to the edge.
fn inside_m(sector: &AnnularSector, at: Position) -> f64 {
    let path = inverse(sector.apex(), at);
    let radial_m = (sector.farthest_m() - path.distance_m).min(match sector.nearest_m() {
        0.0 => f64::INFINITY,
        nearest_m => path.distance_m - nearest_m,
    });
    if sector.half_width_deg() == 180.0 {
        return radial_m;
    }
    let off_deg = (path.azimuth1_deg - sector.azimuth_deg() + 540.0).rem_euclid(360.0) - 180.0;
    let beside_deg = (sector.half_width_deg() - off_deg.abs()).clamp(-90.0, 90.0);
    radial_m.min(path.distance_m * beside_deg.to_radians().sin())
}

/// Sound; what is well inside is inside, what is well outside is outside; every vertex is on the edge.
fn assert_drawn(sector: AnnularSector, rng: &mut Rng) {
    let region = DescribedRegion::Sector(sector);
    let polygons = drawn(&region);
    let band_m = (3e-4 * sector.farthest_m()).max((2e-3 * sector.farthest_m()).min(0.4)) + 2e-4;
    for ring in polygons.polygons().iter().flatten() {
        for &at in ring.iter().filter(|p| p.lon_deg().abs() < 180.0 && p.lat_deg().abs() < 90.0) {
            assert!(inside_m(&sector, at).abs() <= band_m, "{at:?} of {sector:?}");
        }
    }
    let mut seen = [0, 0];
    for _ in 0..300 {
        let reach_m =
            sector.nearest_m() * 0.9 + (1.1 * sector.farthest_m() - sector.nearest_m() * 0.9) * rng.f64();
        let width_deg = (1.3 * sector.half_width_deg()).min(180.0) + 1e-3;
        let at = go(sector.apex(), sector.azimuth_deg() + width_deg * (2.0 * rng.f64() - 1.0), reach_m);
        let inside_m = inside_m(&sector, at);
        if inside_m.abs() > band_m {
            seen[usize::from(inside_m > 0.0)] += 1;
            assert_eq!(contains(&polygons, at), inside_m > 0.0, "{inside_m} m at {at:?} of {sector:?}");
        }
    }
    assert!(sector.half_width_deg() < 1.0 || seen.iter().all(|&count| count > 10), "{seen:?} {sector:?}");
    let (planar, own) = (polygons.area_km2(Edges::Planar), region.area_km2());
    assert!((planar - own).abs() <= 1e-3 * own, "{planar} {own} {sector:?}");
}

#[test]
fn sectors_discs_and_rings_everywhere() {
    let mut rng = Rng::with_seed(51);
    for i in 0..240 {
        let place = PLACES[i % PLACES.len()];
        let apex = place.random(&mut rng);
        let farthest_m = 10_f64.powf(1.0 + 5.0 * rng.f64());
        let nearest_m = if rng.bool() { 0.0 } else { farthest_m * (0.05 + 0.8 * rng.f64()) };
        let half_width_deg = [180.0, 11.25, 0.5, 90.0, 178.0, 180.0 * rng.f64()][rng.usize(..6)];
        let sector =
            AnnularSector::new(apex, 360.0 * rng.f64(), half_width_deg, nearest_m..=farthest_m).unwrap();
        assert_drawn(sector, &mut rng);
    }
}

#[test]
fn poles_and_the_antimeridian() {
    let mut rng = Rng::with_seed(52);
    for (lon, lat) in
        [(0.0, 90.0), (13.0, -90.0), (40.0, 89.99), (-180.0, 0.0), (180.0, 89.5), (180.0, -60.0)]
    {
        for half_width_deg in [180.0, 30.0, 90.0, 170.0] {
            for (nearest_m, farthest_m) in
                [(0.0, 2_000.0), (500.0, 3_000.0), (0.0, 150_000.0), (100.0, 900_000.0)]
            {
                for azimuth_deg in [0.0, half_width_deg, 180.0, 271.0] {
                    let distances_m = nearest_m..=farthest_m;
                    let apex = position(lon, lat);
                    let sector = AnnularSector::new(apex, azimuth_deg, half_width_deg, distances_m).unwrap();
                    assert_drawn(sector, &mut rng);
                }
            }
        }
    }
}

#[test]
fn small_and_thin_ones_are_valid() {
    for apex in [position(46.75, 39.82), position(180.0, 70.0), position(-73.0, -89.999)] {
        for radius_m in [0.001, 0.01, 0.1, 1.0, 10.0] {
            drawn(&DescribedRegion::Sector(AnnularSector::disc(apex, radius_m).unwrap()));
        }
        for half_width_deg in [1e-5, 1e-4, 0.01] {
            let thin = AnnularSector::new(apex, 22.5, half_width_deg, 2_000.0..=7_000.0).unwrap();
            drawn(&DescribedRegion::Sector(thin));
        }
    }
}

#[test]
fn vertices_are_at_their_distances() {
    let post = position(46.75, 39.82);
    let sector = AnnularSector::new(post, 22.5, 11.25, 2_000.0..=7_000.0).unwrap();
    let polygons = drawn(&DescribedRegion::Sector(sector));
    let ring = &polygons.polygons()[0][0];
    for &at in ring {
        let path = inverse(post, at);
        let on_arc = [2_000.0, 7_000.0].iter().any(|m| (path.distance_m - m).abs() < 1e-3);
        let off_deg = (path.azimuth1_deg - 22.5).abs() - 11.25;
        let on_side = (off_deg.to_radians() * path.distance_m).abs() < 1e-3;
        assert!(on_arc || on_side, "{at:?}: {path:?}");
    }
    assert!((polygons.area_km2(Edges::Geodesic) - 8.836).abs() < 1e-3);
}

#[test]
fn squares_everywhere() {
    let mut rng = Rng::with_seed(53);
    for i in 0..120 {
        let at = PLACES[i % PLACES.len()].random(&mut rng);
        let square = GridSquare::around(at, rng.u8(0..=5)).unwrap();
        let region = DescribedRegion::Square(square.clone());
        let polygons = drawn(&region);
        let own = region.area_km2();
        assert!((polygons.area_km2(Edges::Planar) - own).abs() <= 1e-4 * own + 1e-7, "{square}");
        let (size_m, [easting_m, northing_m]) = (square.size_m(), square.corner_m());
        for _ in 0..20 {
            let small_m = 1e-3 * size_m;
            let corner_m = [easting_m, northing_m].map(|m| m + size_m * rng.f64() * 0.99);
            let Ok(speck) = GridSquare::new(square.zone(), square.is_north(), corner_m, small_m.max(1.0))
            else {
                continue;
            };
            if square.contains(speck.reference()) {
                assert!(contains(&polygons, speck.reference()), "{square}");
            }
        }
    }
}

#[test]
fn ellipses_everywhere() {
    let mut rng = Rng::with_seed(54);
    for i in 0..100 {
        let at = PLACES[i % PLACES.len()].random(&mut rng);
        let major_m = 10_f64.powf(1.0 + 4.0 * rng.f64());
        let axes_m = [major_m, major_m * (0.05 + 0.95 * rng.f64())];
        let ellipse = GeodesicEllipse::new(at, axes_m, 360.0 * rng.f64()).unwrap();
        let region = DescribedRegion::Ellipse(ellipse);
        let polygons = drawn(&region);
        let own_km2 = region.area_km2();
        assert!((polygons.area_km2(Edges::Planar) - own_km2).abs() <= 4e-3 * own_km2, "{region:?}");
        for _ in 0..100 {
            let point = go(at, 360.0 * rng.f64(), 1.2 * major_m * rng.f64());
            let off_m = region.distance_bounds(point).min_m;
            let deep = [0.0, 90.0, 180.0, 270.0]
                .iter()
                .all(|&azimuth| region.contains(go(point, azimuth, 5e-3 * major_m)));
            if deep || off_m > 5e-3 * major_m {
                assert_eq!(contains(&polygons, point), deep, "{point:?} {region:?}");
            }
        }
    }
}

#[test]
fn lines_and_positions() {
    let at = position(179.99, 10.0);
    assert_eq!(
        region_geometry(&DescribedRegion::Sector(AnnularSector::position(at))),
        IncidentGeometry::Point(at)
    );
    // A ray over 180 degrees, one past the pole, one through it, an arc, a circle without width.
    let pole = position(10.0, 89.95);
    for (apex, azimuth_deg, half_width_deg, distances_m, parts) in [
        (at, 80.0, 0.0, 0.0..=7_000.0, 2),
        (pole, 0.0, 0.0, 0.0..=20_000.0, 2),
        (pole, 1.0, 0.0, 0.0..=20_000.0, 2),
        (position(170.0, 89.95), 359.0, 0.0, 0.0..=20_000.0, 1),
        (position(5.0, 5.0), 1.0, 20.0, 5_000.0..=5_000.0, 1),
        (at, 0.0, 180.0, 5_000.0..=5_000.0, 3),
    ] {
        let sector = AnnularSector::new(apex, azimuth_deg, half_width_deg, distances_m).unwrap();
        let region = DescribedRegion::Sector(sector);
        let IncidentGeometry::Lines(lines) = region_geometry(&region) else { panic!("{sector:?}") };
        assert_eq!(lines.len(), parts, "{lines:?}");
        for at in lines.iter().flatten() {
            let decimals =
                [at.lon_deg(), at.lat_deg()].map(|d| d.to_string().split('.').nth(1).map_or(0, str::len));
            assert!(decimals[0] <= 9 && decimals[1] <= 9, "{at:?} is not written to 9 decimals");
        }
        for ends in lines.iter().flat_map(|line| line.windows(2)) {
            let apart_deg = (ends[0].lon_deg() - ends[1].lon_deg()).abs();
            assert!(apart_deg < 180.0, "{ends:?}");
            let middle = position(
                0.5 * (ends[0].lon_deg() + ends[1].lon_deg()),
                0.5 * (ends[0].lat_deg() + ends[1].lat_deg()),
            );
            assert!(region.distance_bounds(middle).min_m < 2.0, "{ends:?} of {sector:?}");
        }
        let ends = [lines[0][0], *lines[lines.len() - 1].last().unwrap()];
        if half_width_deg == 0.0 {
            assert!(
                karney(ends[0], apex) < 1e-3 && (karney(ends[1], apex) - sector.farthest_m()).abs() < 1e-3
            );
        }
    }
    let line = vec![position(179.0, 1.0), position(-179.0, 2.0)];
    let interval = RouteInterval::new(vec![line], Edges::Planar).unwrap();
    let IncidentGeometry::Lines(lines) = region_geometry(&DescribedRegion::Interval(interval)) else {
        panic!()
    };
    assert_eq!(lines[0][1], position(180.0, 1.5));
}

/// Whatever stands on the boundary beside its own vertices: around poles, and where it crosses 180 degrees.
#[test]
fn every_vertex_drawn_is_on_its_boundary() {
    let mut rng = Rng::with_seed(57);
    let at =
        [(63.0, -85.15), (51.5, -86.8), (-13.8, 89.92), (179.9, 10.0), (-179.99, -67.0), (-170.4, 86.98)];
    let mut crossings = 0;
    for (lon, lat) in at {
        for farthest_m in [900.0, 12_000.0, 190_000.0, 1_500_000.0] {
            for half_width_deg in [180.0, 11.25, 130.0] {
                let nearest_m = if rng.bool() { 0.0 } else { 0.3 * farthest_m };
                let distances_m = nearest_m..=farthest_m;
                let sector =
                    AnnularSector::new(position(lon, lat), 360.0 * rng.f64(), half_width_deg, distances_m)
                        .unwrap();
                for &at in drawn(&DescribedRegion::Sector(sector)).polygons().iter().flatten().flatten() {
                    if at.lat_deg().abs() == 90.0 {
                        continue;
                    }
                    let path = inverse(sector.apex(), at);
                    let off_deg =
                        (path.azimuth1_deg - sector.azimuth_deg() + 540.0).rem_euclid(360.0) - 180.0;
                    let aside_m = path.distance_m * (off_deg.abs() - half_width_deg).to_radians().abs();
                    let arcs_m = [nearest_m, farthest_m].map(|m| (path.distance_m - m).abs());
                    let off_m =
                        arcs_m[0].min(arcs_m[1]).min(if half_width_deg < 180.0 { aside_m } else { 1e9 });
                    // Discs and rings are written to centimetres.
                    let most_m = if half_width_deg == 180.0 { 1e-2 } else { 1e-3 };
                    assert!(off_m < most_m, "{off_m} {at:?} {sector:?}");
                    crossings += u32::from(at.lon_deg().abs() == 180.0);
                }
                let axes_m = [farthest_m, farthest_m * (0.1 + 0.9 * rng.f64())].map(|m| m.min(900_000.0));
                let ellipse = GeodesicEllipse::new(position(lon, lat), axes_m, 360.0 * rng.f64()).unwrap();
                for &at in
                    drawn(&DescribedRegion::Ellipse(ellipse.clone())).polygons().iter().flatten().flatten()
                {
                    let path = inverse(ellipse.centre(), at);
                    let off_m = (path.distance_m - ellipse.reach_m(path.azimuth1_deg)).abs();
                    assert!(off_m < 1e-3 || at.lat_deg().abs() == 90.0, "{off_m} {at:?} {ellipse:?}");
                }
            }
        }
    }
    assert!(crossings > 50, "{crossings}");
}

/// What a planimeter says of the polygon as it is written.
#[test]
fn a_sectors_polygon_is_as_large_as_the_sector() {
    let heard = AnnularSector::new(position(46.75, 39.82), 22.5, 11.25, 2_000.0..=7_000.0).unwrap();
    let polygons = drawn(&DescribedRegion::Sector(heard));
    assert!((polygons.area_km2(Edges::Geodesic) / heard.area_km2() - 1.0).abs() < 2e-5);
}
