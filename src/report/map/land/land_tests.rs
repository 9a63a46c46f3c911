//! Land as drawn against land as the coasts have it, on maps of any size anywhere.

use super::clip::{Point, Rectangle, distance2, is_inside};
use super::coasts::{Coasts, Detail};
use super::{Land, MOST_BYTES};
use crate::Position;
use crate::geodesy::direct;
use crate::report::map::frame::Frame;

fn at(lon: f64, lat: f64) -> Position {
    Position::from_lon_lat(lon, lat).unwrap()
}

/// A map around a place that reaches so far.
fn map(middle: Position, reach_m: f64) -> (Frame, Land) {
    let corners: Vec<Position> =
        (0..4).map(|n| direct(middle, 90.0 * f64::from(n), reach_m).position).collect();
    let (frame, _) = Frame::around(&corners, None);
    (frame, Land::of(&frame, frame.sides()))
}

/// The closed lines of path data of `M`, `l` and `z`.
fn rings(path: &str) -> Vec<Vec<Point>> {
    let ring = |text: &str| {
        let spaced = text.replace('-', " -").replace(['l', 'z'], " ");
        let numbers: Vec<f64> = spaced.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let mut at = [0.0; 2];
        let steps = numbers.chunks(2).map(|step| {
            at = [at[0] + step[0], at[1] + step[1]];
            at
        });
        steps.collect::<Vec<_>>()
    };
    path.split('M').skip(1).map(ring).collect()
}

/// Everywhere but at the coasts themselves.
fn agrees_with_the_coasts(frame: &Frame, land: &Land, rng: &mut fastrand::Rng) -> [usize; 2] {
    let (rings, coasts) = (rings(&land.path), Coasts::read(land.detail));
    let mut counts = [0; 2];
    for _ in 0..60 {
        let px = [rng.f64() * frame.width, rng.f64() * frame.height];
        let Some(position) = frame.position(px) else { continue };
        // Thinned, and rounded to a tenth of a pixel.
        let most_px = if land.path.len() > MOST_BYTES / 2 { 2.5 } else { 0.5 };
        if rings.iter().any(|ring| distance2(ring, px) < most_px * most_px) {
            continue;
        }
        let is_land = coasts.is_land(position);
        // An island that is smaller than a pixel is not drawn.
        if is_land && !is_inside(&rings, px) && is_small_island(frame, &coasts, px) {
            continue;
        }
        assert_eq!(is_inside(&rings, px), is_land, "{px:?}, {position} of {frame:?}");
        counts[usize::from(is_land)] += 1;
    }
    counts
}

fn is_small_island(frame: &Frame, coasts: &Coasts, [x, y]: Point) -> bool {
    let around = (0..8).map(|n| f64::from(n) * std::f64::consts::FRAC_PI_4);
    around
        .filter_map(|angle| frame.position([x + 1.5 * angle.cos(), y + 1.5 * angle.sin()]))
        .all(|position| !coasts.is_land(position))
}

#[test]
fn the_files_are_read_whole() {
    for (detail, ring_count, edge_count) in [(Detail::Fine, 4_054, 404_856), (Detail::Coarse, 1_416, 58_942)]
    {
        let coasts = Coasts::read(detail);
        let (mut edges, mut around) = (0, Vec::new());
        for ring in coasts.rings() {
            let mut points: Vec<[f64; 2]> = Vec::new();
            for piece in ring {
                let [low, high] = coasts.bounds_deg(piece);
                let own: Vec<[f64; 2]> = coasts.points(piece).map(|at| coasts.degrees(at)).collect();
                let turns = 360.0 * ((low[0] - own[0][0]) / 360.0).round();
                assert!(own.iter().all(|[lon, lat]| {
                    let lon = lon + turns;
                    [low[0] - 1e-9 <= lon, lon <= high[0] + 1e-9, low[1] <= *lat, *lat <= high[1]]
                        == [true; 4]
                        || (lon - low[0]).abs() >= 350.0
                }));
                // Each begins where the one before ends.
                let near = |a: &[f64; 2], b: &[f64; 2]| {
                    (a[0] - b[0]).rem_euclid(360.0).min((b[0] - a[0]).rem_euclid(360.0)) + (a[1] - b[1]).abs()
                };
                assert!(points.last().is_none_or(|last| near(last, &own[0]) < 1e-9));
                edges += own.len() - 1;
                for ends in own.windows(2) {
                    let path = crate::geodesy::inverse(
                        Position::wrapped(ends[0][0], ends[0][1]),
                        Position::wrapped(ends[1][0], ends[1][1]),
                    );
                    assert!(path.distance_m < detail.longest_edge_m(), "{ends:?}");
                }
                points.extend(own);
            }
            let turn: f64 = points
                .windows(2)
                .map(|ends| (ends[1][0] - ends[0][0] + 180.0).rem_euclid(360.0) - 180.0)
                .sum();
            if turn.abs() > 1.0 {
                around.push((turn.abs().round(), points.iter().map(|at| at[1]).fold(90.0, f64::min)));
            }
            let (first, last) = (points[0], points[points.len() - 1]);
            assert!(
                (first[1] - last[1]).abs() < 1e-9
                    && (first[0] - last[0]).rem_euclid(360.0).rem_euclid(359.999_999) < 1e-6
            );
            assert!(points.iter().all(|[_, lat]| *lat < 84.0), "the north pole is at sea");
        }
        assert_eq!((coasts.rings().count(), edges), (ring_count, edge_count));
        // Antarctica alone.
        assert!(matches!(around[..], [(360.0, -86.0..-84.0)]), "{around:?}");
    }
}

#[test]
fn a_file_that_is_cut_or_spoilt_is_read_as_far_as_it_goes() {
    let whole: &'static [u8] = include_bytes!("../../../../data/natural-earth/land-50m.bin");
    let mut rng = fastrand::Rng::with_seed(11);
    for _ in 0..60 {
        let mut bytes = whole[..rng.usize(..whole.len())].to_vec();
        for _ in 0..rng.usize(..40) {
            let n = rng.usize(..bytes.len().max(1));
            if let Some(byte) = bytes.get_mut(n) {
                *byte = rng.u8(..);
            }
        }
        let coasts = Coasts::of_file(Box::leak(bytes.into_boxed_slice()));
        let _ = coasts.is_land(at(360.0 * rng.f64() - 180.0, 180.0 * rng.f64() - 90.0));
    }
}

#[test]
fn known_places() {
    let land = [
        (30.52, 50.45),
        (46.75, 39.82),
        (37.62, 55.75),
        (-74.2, 40.75),
        (0.0, -89.9),
        (180.0, -90.0),
        (-179.9, 67.5),
        (179.9, 67.5),
        (180.0, 67.0),
        (178.0, -17.8),
        (-180.0, 71.2),
        (34.8, -2.3),
        (-45.0, 75.0),
        (133.0, -25.0),
        (0.0, -75.0),
        (90.0, -70.0),
        (-58.6, -51.6),
        (17.5, 79.0),
        (-157.97, 21.5),
        (-100.0, 40.0),
        (25.0, -29.0),
    ];
    let sea = [
        (0.0, 90.0),
        (30.0, -40.0),
        (-30.0, 0.0),
        (180.0, 0.0),
        (-179.9, -15.0),
        (179.9, -15.0),
        (51.0, 41.0),
        (34.0, 43.5),
        (0.0, 0.0),
        (-150.0, -60.0),
        (-140.0, 30.0),
        (18.0, 35.0),
        (-180.0, 74.0),
        (3.0, 56.0),
        (100.0, -60.0),
        (-85.0, 60.0),
        (38.0, 20.0),
    ];
    for detail in [Detail::Fine, Detail::Coarse] {
        let coasts = Coasts::read(detail);
        for (places, expected) in [(&land[..], true), (&sea[..], false)] {
            for (lon, lat) in places {
                assert_eq!(coasts.is_land(at(*lon, *lat)), expected, "{lon} {lat}");
            }
        }
    }
}

/// From 100 m to 6,000 km, and of the whole Earth.
#[test]
fn what_is_drawn_is_what_is_there() {
    let mut rng = fastrand::Rng::with_seed(17);
    let mut counts = [0; 2];
    let mut check = |middle: Position, reach_m: f64, rng: &mut fastrand::Rng| {
        let (frame, land) = map(middle, reach_m);
        let more = agrees_with_the_coasts(&frame, &land, rng);
        counts = [counts[0] + more[0], counts[1] + more[1]];
    };
    // Near coasts, so that small maps have some as well.
    let coasts = Coasts::read(Detail::Coarse);
    let shores: Vec<Position> = coasts
        .rings()
        .flatten()
        .flat_map(|piece| coasts.points(piece).step_by(50))
        .map(|at| coasts.degrees(at))
        .map(|[lon, lat]| Position::wrapped(lon, lat))
        .collect();
    for _ in 0..120 {
        let reach_m = 10.0_f64.powf(2.0 + 4.75 * rng.f64());
        let shore = shores[rng.usize(..shores.len())];
        let middle = direct(shore, 360.0 * rng.f64(), reach_m * rng.f64()).position;
        check(middle, reach_m, &mut rng);
    }
    for (lon, lat) in [
        (0.0, 90.0),
        (0.0, -90.0),
        (180.0, -17.0),
        (179.9, 67.0),
        (-179.9, -85.0),
        (0.0, 0.0),
        (-170.0, -10.0),
    ] {
        for reach_m in [1e2, 1e4, 1e6, 5.9e6] {
            check(at(lon, lat), reach_m, &mut rng);
        }
    }
    assert!(counts.iter().all(|count| *count > 1_500), "{counts:?}");
    // Cylindrical maps about any meridian.
    let mut counts = [0; 2];
    for _ in 0..16 {
        let lon = 360.0 * rng.f64() - 180.0;
        let places = [(0.0, -90.0 * rng.f64()), (160.0 * rng.f64(), 80.0 * rng.f64()), (-120.0, 10.0)];
        let places = places.map(|(east, lat)| Position::wrapped(lon + east, lat));
        let (frame, _) = Frame::around(&places, None);
        assert!(frame.projection.turn_m().is_some());
        let more = agrees_with_the_coasts(&frame, &Land::of(&frame, frame.sides()), &mut rng);
        counts = [counts[0] + more[0], counts[1] + more[1]];
    }
    assert!(counts.iter().all(|count| *count > 150), "{counts:?}");
}

/// Where nothing is within, all the far coasts are left out.
#[test]
fn maps_without_a_coast() {
    for (lon, lat, is_land) in
        [(46.7, 39.8, true), (0.0, -88.0, true), (-140.0, -30.0, false), (10.0, 88.0, false)]
    {
        let (_, land) = map(at(lon, lat), 60_000.0);
        assert_eq!((land.is_all_land(), land.path.is_empty()), (is_land, !is_land));
        assert!(!land.has_coast && !land.is_near_coast && !land.is_coarse() && land.path.len() < 40);
        assert_eq!(land.notes().len(), 1);
    }
    // So near a coast nobody can tell.
    let (_, land) = map(at(30.70, 46.48), 300.0);
    assert!(!land.has_coast && land.is_near_coast && land.is_coarse() && land.notes().len() == 2);
}

#[test]
fn paths_stay_short() {
    let mut most = 0;
    for (lon, lat) in
        [(12.0, 66.0), (-95.0, 72.0), (-73.0, -48.0), (122.0, 12.0), (25.0, 38.0), (-130.0, 54.0)]
    {
        for reach_m in [3e4, 3e5, 1e6, 1.7e6, 4e6] {
            let (_, land) = map(at(lon, lat), reach_m);
            assert!(land.path.len() <= MOST_BYTES, "{lon} {lat} {reach_m}: {}", land.path.len());
            most = most.max(land.path.len());
        }
    }
    assert!(most > MOST_BYTES / 4, "{most}");
}

/// Within the rectangle the same points are inside, whatever the line does beyond it.
#[test]
fn clipping_keeps_what_is_inside() {
    let rectangle = Rectangle { low: [-10.0, -5.0], high: [10.0, 5.0] };
    let mut rng = fastrand::Rng::with_seed(5);
    for _ in 0..300 {
        let mut place = |reach: f64| [reach * (2.0 * rng.f64() - 1.0), reach * (2.0 * rng.f64() - 1.0)];
        let ring = [(0..12).map(|_| place(25.0)).collect::<Vec<Point>>()];
        let clipped = [rectangle.clipped(&ring[0])];
        for _ in 0..30 {
            let [x, y] = place(10.0);
            let at = [x, 0.5 * y];
            assert_eq!(is_inside(&clipped, at), is_inside(&ring, at), "{ring:?} {at:?}");
        }
    }
    let around = rectangle.widened(1.0).corners();
    assert!(!rectangle.is_crossed_by(&rectangle.clipped(&around)));
    assert!(rectangle.is_crossed_by(&rectangle.clipped(&[[0.0, 0.0], [20.0, 0.0], [0.0, 20.0]])));
}
