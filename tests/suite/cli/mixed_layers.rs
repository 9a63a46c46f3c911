//! Layers that hold more than they are made of, and tracks as a receiver recorded them.

use fastrand::Rng;
use patrol_corridor::geodesy::distance_m;
use patrol_corridor::linear::{LinearElement, simplified};
use patrol_corridor::{Edges, PatrolRoute, Position};

use crate::program::{Folder, collection, feature, line, point};

fn all_in_one(folder: &Folder) {
    let area = r#"{"type":"Polygon","coordinates":[[[46,39],[47,39],[47,40],[46,40],[46,39]]]}"#;
    let many = r#"{"type":"GeometryCollection","geometries":[]}"#;
    folder.write(
        "all.geojson",
        collection(&[
            point("\"OP-1\"", "{}", 46.8, 39.9),
            line("\"R1\"", "{}", "[[46.5,39.5],[46.6,39.6]]"),
            line("\"R2\"", "{}", "[[46.5,39.7],[46.6,39.8]]"),
            feature("\"C1\"", r#"{"corridor":"East"}"#, area),
            feature("\"X\"", "{}", many),
            feature("\"Y\"", "{}", "null"),
        ]),
    );
}

#[test]
fn each_layer_takes_what_it_is_made_of_and_counts_the_rest() {
    let folder = Folder::new();
    all_in_one(&folder);
    let line = "nearest --posts all.geojson --routes all.geojson --corridors all.geojson --at 46.55,39.55 --format json";
    folder.run(line).fails(2, &["R1", "expected a Point or MultiPoint"]);
    let run = folder.run(&format!("{line} --mixed"));
    for counts in [
        "not taken: a line (2), an area (1), points, lines and areas in one (1), without a place (1)",
        "not taken: a point (1), an area (1), points, lines and areas in one (1), without a place (1)",
        "not taken: a line (2), a point (1), points, lines and areas in one (1), without a place (1)",
    ] {
        assert!(run.err.contains(counts), "{counts}\n{}", run.err);
    }
    let found = run.ok();
    for part in ["\"OP-1\"", "\"R1\"", "\"East\""] {
        assert!(found.contains(part), "{part} {found}");
    }
    folder.write(
        "lines.geojson",
        collection(&[crate::program::line("\"R1\"", "{}", "[[46.5,39.5],[46.6,39.6]]")]),
    );
    folder
        .run("nearest --posts lines.geojson --mixed --at 46.55,39.55")
        .fails(2, &["lines.geojson", "no points in it", "a line (1)"]);
    let checked = folder.run("check all.geojson --as corridors");
    assert_eq!(
        (checked.status, checked.out.matches("expected a Polygon").count()),
        (2, 5),
        "{}",
        checked.out
    );
    folder.write(
        "area.geojson",
        collection(&[feature(
            "\"C1\"",
            "{}",
            r#"{"type":"Polygon","coordinates":[[[46,39],[47,39],[47,40],[46,40],[46,39]]]}"#,
        )]),
    );
    folder.run("check area.geojson --as corridors").ok();
}

/// A position, across the antimeridian too.
fn wrapped(lon: f64, lat: f64) -> Position {
    Position::from_lon_lat((lon + 180.0).rem_euclid(360.0) - 180.0, lat).unwrap()
}

/// North from here with a step of about 11 m, each place up to 5 m off.
fn jittered(rng: &mut Rng, lon: f64, lat: f64, count: usize) -> Vec<Position> {
    let degrees_of = |metres: f64| metres / 111_320.0;
    let mut place = |step: usize| {
        let north = lat + degrees_of(11.0 * step as f64 + 10.0 * (rng.f64() - 0.5));
        let east = lon + degrees_of(10.0 * (rng.f64() - 0.5)) / lat.to_radians().cos();
        wrapped(east, north)
    };
    (0..count).map(&mut place).collect()
}

#[test]
fn a_recorded_track_warns_and_is_as_long_as_its_way_once_it_is_simplified() {
    let folder = Folder::new();
    let mut rng = Rng::with_seed(16);
    let track = jittered(&mut rng, 38.6, -3.3, 500);
    let points: String = track
        .iter()
        .map(|at| {
            format!(
                "<trkpt lat=\"{}\" lon=\"{}\"><time>2026-11-20T06:10:00Z</time></trkpt>",
                at.lat_deg(),
                at.lon_deg()
            )
        })
        .collect();
    folder.write(
        "track.gpx",
        format!("<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><name>T</name><trkseg>{points}</trkseg></trk></gpx>"),
    );
    let line = "corridors --routes track.gpx --half-width 100 --output out.geojson --force";
    let said = folder.run(line).err;
    assert!(said.contains("recorded tracks: 1") && said.contains("--simplify 10"), "{said}");
    let said = folder.run(&format!("{line} --simplify 15m")).err;
    let (_, lengths) = said.split_once("within 15 m of the rest; ").expect(&said);
    let lengths: Vec<f64> = lengths.split(' ').filter_map(|word| word.parse().ok()).collect();
    let way_km = distance_m(track[0], track[499]) / 1e3;
    assert!(lengths[0] > 1.02 * way_km && (lengths[1] - way_km).abs() < 0.1, "{lengths:?} {way_km}");
}

#[test]
fn what_is_left_out_is_within_the_tolerance_and_what_stays_is_where_it_was() {
    let mut rng = Rng::with_seed(1973);
    for (lon, lat) in [(46.8, 40.0), (179.9999, 60.0), (38.6, -3.3), (0.0, 89.9)] {
        for edges in [Edges::Planar, Edges::Geodesic] {
            let mut part = jittered(&mut rng, lon, lat, 120);
            // And a long edge, whose chord is far from the ground.
            part.push(wrapped(lon - 3.0, lat - 2.0));
            let route = PatrolRoute::from_parts("R", vec![part.clone()]).unwrap();
            for tolerance_m in [0.0, 3.0, 8.0, 1e6] {
                let left = simplified(&route, edges, tolerance_m).unwrap();
                let kept = &left.parts()[0];
                assert_eq!((kept.first(), kept.last()), (part.first(), part.last()));
                let mut rest = part.iter();
                assert!(kept.iter().all(|vertex| rest.any(|old| old == vertex)), "in their order");
                let line = LinearElement::new(&left, edges).unwrap();
                let farthest_m = part.iter().map(|vertex| line.locate(*vertex).offset_m).fold(0.0, f64::max);
                assert!(farthest_m <= tolerance_m + 1e-6, "{farthest_m} {tolerance_m}");
                match tolerance_m {
                    0.0 => assert_eq!(kept.len(), part.len()),
                    8.0 => assert!(kept.len() < 30, "{}", kept.len()),
                    1e6 => assert_eq!(kept.len(), 2),
                    _ => {}
                }
            }
        }
    }
    let line = PatrolRoute::from_parts("R", vec![jittered(&mut rng, 0.0, 0.0, 3)]).unwrap();
    for tolerance_m in [f64::NAN, -1.0, f64::INFINITY] {
        assert!(simplified(&line, Edges::Planar, tolerance_m).unwrap_err().is_argument());
    }
}
