use patrol_corridor::linear::{LinearElement, Side};
use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};

use crate::fixtures::{Row, json, route, table, wkt};
use crate::support::{karney, position, wrap};

fn element(parts: &[Vec<(f64, f64)>], edges: Edges) -> LinearElement {
    LinearElement::new(&route("line", parts), edges).unwrap()
}

/// Fails where a fixture holds a row that was not tested and is not in the table of those left out, and
/// where that table names one that is not there or was tested.
fn nothing_else_left_out(rows: &[Row], tested: &[&str], left_out: &[(&str, &str)]) {
    for row in rows {
        let id = row.text("id");
        let out = left_out.iter().any(|(other, _)| *other == id);
        assert!(tested.contains(&id) != out, "{id} is tested and left out, or neither");
    }
    assert_eq!(rows.len(), tested.len() + left_out.len());
}

mod point_to_geodesic {
    use super::*;

    /// Rows that say nothing about WGS84, and why.
    const LEFT_OUT: [(&str, &str); 4] = [
        ("PG_POLE_1", "the answer of a sphere"),
        ("PG_POLE_2", "the answer of a sphere"),
        ("BOOST_PS_p-s-07_1554", "SUPERSEDED: an old number, 0.34 m off; BOOST_CT_04 holds its line"),
        ("BOOST_PS_p-s-21_10619", "AMBIGUOUS: the ends are antipodal, and there are two shortest geodesics"),
    ];

    /// Rows whose point is as far from every part of the edge: their foot is anywhere.
    const NO_FOOT: [(&str, &str); 2] = [
        ("BOOST_CT_44", "from the pole to the equator"),
        ("BOOST_PS_p-s-17_9964", "from the pole to the equator"),
    ];

    #[test]
    fn distance_foot_and_chainage_are_those_of_the_table() {
        let rows = table("point_to_geodesic/cases.csv");
        let mut tested = Vec::new();
        for row in &rows {
            let id = row.text("id");
            if row.text("verdict").starts_with("INVALID") {
                let refused = Position::from_lon_lat(row.number("b_lon"), row.number("b_lat"));
                assert!(refused.unwrap_err().to_string().contains("latitude -130 is out of range"));
                tested.push(id);
                continue;
            }
            if !row.text("verdict").starts_with("ok") || id.starts_with("PG_POLE") {
                continue;
            }
            let ends =
                ["a", "b"].map(|end| (row.number(&format!("{end}_lon")), row.number(&format!("{end}_lat"))));
            let line = element(&[ends.to_vec()], Edges::Geodesic);
            let place = line.locate(row.position("p_lon", "p_lat"));
            let error = (place.offset_m - row.number("check_dist_m")).abs();
            assert!(error <= 1e-4, "{error:e} {place:?} {row:?}");
            if !NO_FOOT.iter().any(|(other, _)| *other == id) {
                let error = (place.chainage_m - row.number("check_along_m")).abs();
                assert!(error <= 1e-3, "chainage {error:e} {place:?} {row:?}");
                let error = karney(place.foot, row.position("check_foot_lon", "check_foot_lat"));
                assert!(error <= 1e-3, "foot {error:e} {place:?} {row:?}");
            }
            tested.push(id);
        }
        nothing_else_left_out(&rows, &tested, &LEFT_OUT);
    }

    /// Where the foot is anywhere it is still on the edge, and the distance along is its own.
    #[test]
    fn a_foot_that_may_be_anywhere_is_on_the_edge() {
        for row in table("point_to_geodesic/cases.csv") {
            if NO_FOOT.iter().any(|(other, _)| *other == row.text("id")) {
                let start = row.position("a_lon", "a_lat");
                let line = element(
                    &[vec![(start.lon_deg(), start.lat_deg()), (row.number("b_lon"), row.number("b_lat"))]],
                    Edges::Geodesic,
                );
                let place = line.locate(row.position("p_lon", "p_lat"));
                assert!((karney(start, place.foot) - place.chainage_m).abs() <= 1e-3, "{place:?}");
            }
        }
    }
}

/// The truth is told for geodesic edges.
mod turf {
    use super::*;

    fn lines(geometry: &serde_json::Value) -> Vec<Vec<(f64, f64)>> {
        let line = |part: &serde_json::Value| {
            part.as_array()
                .unwrap()
                .iter()
                .map(|p| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap()))
                .collect()
        };
        let coordinates = &geometry["coordinates"];
        match geometry["type"].as_str().unwrap() {
            "LineString" => vec![line(coordinates)],
            "MultiLineString" => coordinates.as_array().unwrap().iter().map(line).collect(),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn nearest_points_on_lines_are_those_of_the_ellipsoid() {
        let rows = table("turf/truth.csv");
        assert_eq!(rows.len(), 14);
        let mut beyond_180 = 0;
        for row in rows {
            let collection = json(&format!("tests/fixtures/turf/{}", row.text("file")));
            let geometry = |point: bool| {
                let mut all = collection["features"].as_array().unwrap().iter().map(|f| &f["geometry"]);
                all.find(|g| (g["type"] == "Point") == point).unwrap()
            };
            let (point, parts) = (geometry(true), lines(geometry(false)));
            let (lon, lat) =
                (point["coordinates"][0].as_f64().unwrap(), point["coordinates"][1].as_f64().unwrap());
            beyond_180 += usize::from(lon < -180.0);
            let place = element(&parts, Edges::Geodesic).locate(position(wrap(lon), lat));
            let error = (place.offset_m - row.number("ellipsoid_distance_m")).abs();
            assert!(error <= 1e-4, "{error:e} {place:?} {row:?}");
            let error = (place.chainage_m - row.number("ellipsoid_along_m")).abs();
            assert!(error <= 1e-3, "chainage {error:e} {place:?} {row:?}");
            let error = karney(place.foot, row.position("ellipsoid_foot_lon", "ellipsoid_foot_lat"));
            assert!(error <= 1e-3, "foot {error:e} {place:?} {row:?}");
            // What a sphere says is less than 0.6 % off: a wrong line or unit would show.
            let sphere = row.number("turf_distance_m") / place.offset_m;
            assert!((sphere - 1.0).abs() < 6e-3, "{row:?}");
        }
        assert_eq!(beyond_180, 1);
    }

    #[test]
    fn the_nearest_of_points_is_turfs() {
        let rows = table("turf/nearest_point.csv");
        let (target, posts) = rows.split_first().unwrap();
        assert_eq!(target.text("role"), "target");
        let nearest = posts.iter().position(|row| row.text("role") == "nearest").unwrap();
        let posts: Vec<_> = (posts.iter().enumerate())
            .map(|(i, row)| ObservationPost::new(i as u64, row.position("lon", "lat")))
            .collect();
        let area = PatrolIndex::new(posts, vec![], Edges::Planar).unwrap();
        let found = area.nearest_posts(target.position("lon", "lat"), &Default::default());
        let hit = found.first().unwrap();
        assert_eq!(hit.post, nearest);
        // Turf: 7.479219 km on a sphere.
        assert!((hit.distance_m / 7_479.219 - 1.0).abs() < 6e-3, "{hit:?}");
    }
}

/// PostGIS geography and Boost, recomputed with GeographicLib; geodesic edges.
mod on_the_ellipsoid {
    use super::*;

    const LEFT_OUT: [(&str, &str); 0] = [];

    /// The line of a row: WKT, or a table of the fixture folder.
    fn line(row: &Row) -> Vec<Vec<(f64, f64)>> {
        match row.text("line_lonlat") {
            "file:pg2422_1.geojson" => {
                let ring = table("linref_geography/pg2422_1.csv");
                vec![ring.iter().map(|row| (row.number("lon"), row.number("lat"))).collect()]
            }
            text => wkt(text),
        }
    }

    fn point(text: &str) -> Position {
        let (lon, lat) = match text.split_once(' ') {
            Some((lon, lat)) if !text.contains('(') => (lon.parse().unwrap(), lat.parse().unwrap()),
            _ => wkt(text)[0][0],
        };
        position(lon, lat)
    }

    #[test]
    fn interpolation_location_and_length_are_geographiclibs() {
        let rows = table("linref_geography/cases.csv");
        let mut tested = Vec::new();
        for row in &rows {
            let line = element(&line(row), Edges::Geodesic);
            let (argument, check) = (row.text("argument"), row.text("check_geographiclib"));
            // The source's own answer counts where it is right, to as many digits as it gives.
            let own = row.text("verdict").starts_with("ok").then(|| row.text("expected"));
            let tolerance = row.text("tolerance").trim_end_matches(" deg").parse::<f64>().ok();
            match row.text("op") {
                "interpolate_fraction" | "closest_point" => {
                    let found = match row.text("op") {
                        "closest_point" => line.locate(point(argument)).foot,
                        _ => line.point_at(argument.parse::<f64>().unwrap() * line.length_m()),
                    };
                    let error = karney(found, point(check));
                    assert!(error <= 1e-3, "{error:e} {found:?} {row:?}");
                    if let Some(own) = own {
                        let (own, tolerance) = (point(own), tolerance.unwrap_or(1e-8));
                        assert!((found.lon_deg() - own.lon_deg()).abs() <= tolerance, "{row:?}");
                        assert!((found.lat_deg() - own.lat_deg()).abs() <= tolerance, "{row:?}");
                    }
                }
                op => {
                    // The last digits printed, or 1 mm on the line.
                    let (found, digits) = match op {
                        "locate_fraction" => {
                            (line.locate(point(argument)).chainage_m / line.length_m(), 0.6e-9)
                        }
                        "length_m" => (line.length_m(), 0.6e-4),
                        "nearest_m_to_boundary" => (line.locate(point(argument)).offset_m, 1e-4),
                        op => panic!("{op}"),
                    };
                    let error = (found - check.parse::<f64>().unwrap()).abs();
                    assert!(error <= digits, "{error:e} {found} {row:?}");
                    if let Some(own) = own {
                        let own: f64 = own.parse().unwrap();
                        assert!((found - own).abs() <= tolerance.unwrap(), "{found} {row:?}");
                    }
                }
            }
            tested.push(row.text("id"));
        }
        nothing_else_left_out(&rows, &tested, &LEFT_OUT);
    }
}

/// The semantics of planar linear referencing, one unit read as a metre (PG_LOC_1: a centimetre) where the
/// equator meets the prime meridian. Edges are planar.
mod in_the_plane {
    use super::*;

    const LEFT_OUT: [(&str, &str); 0] = [];

    /// The plane of a row: its origin and its unit in metres.
    struct Plane {
        origin: (f64, f64),
        unit_m: f64,
    }

    impl Plane {
        fn of(row: &Row) -> (Self, LinearElement) {
            let parts = wkt(row.text("geometry_wkt_xy"));
            let plane = match row.text("id") {
                "PG_LOC_1" => Plane { origin: parts[0][0], unit_m: 0.01 },
                _ => Plane { origin: (0.0, 0.0), unit_m: 1.0 },
            };
            let parts: Vec<Vec<_>> =
                (parts.iter()).map(|part| part.iter().map(|&xy| plane.lon_lat(xy)).collect()).collect();
            let line = element(&parts, Edges::Planar);
            (plane, line)
        }

        /// The metres of a degree at 0 N 0 E: of the equator, and of a meridian.
        fn lon_lat(&self, (x, y): (f64, f64)) -> (f64, f64) {
            let (dx, dy) = ((x - self.origin.0) * self.unit_m, (y - self.origin.1) * self.unit_m);
            (dx / 111_319.490_793_27, dy / 110_574.275_821_59)
        }

        fn position(&self, xy: (f64, f64)) -> Position {
            let (lon, lat) = self.lon_lat(xy);
            position(lon, lat)
        }

        fn point(&self, text: &str) -> Position {
            self.position(wkt(text)[0][0])
        }
    }

    #[test]
    fn semantics_are_those_of_the_plane() {
        let rows = table("linref_planar/cases.csv");
        let mut tested = Vec::new();
        for row in &rows {
            let (plane, line) = Plane::of(row);
            let (argument, expected) = (row.text("argument"), row.text("expected"));
            let number = |text: &str| text.parse::<f64>().unwrap();
            let meets = |found: Position, expected: Position| {
                let error = karney(found, expected);
                assert!(error <= 1e-6, "{error:e} {found:?} {row:?}");
            };
            match row.text("op") {
                "locate_fraction" => {
                    let fraction = line.locate(plane.point(argument)).chainage_m / line.length_m();
                    // As many digits as are printed.
                    assert!((fraction - number(expected)).abs() <= 1e-6, "{fraction} {row:?}");
                }
                "project_length" => {
                    let chainage_m = line.locate(plane.point(argument)).chainage_m;
                    assert!((chainage_m - number(expected)).abs() <= 1e-6, "{chainage_m} {row:?}");
                }
                "interpolate_fraction" => {
                    meets(line.point_at(number(argument) * line.length_m()), plane.point(expected));
                }
                "interpolate_length" => meets(line.point_at(number(argument)), plane.point(expected)),
                "interpolate_points_fraction" => {
                    for (i, points) in wkt(expected).iter().enumerate() {
                        let fraction = number(argument) * (i + 1) as f64;
                        meets(line.point_at(fraction * line.length_m()), plane.position(points[0]));
                    }
                }
                "project_then_extract" => {
                    let place = line.locate(plane.point(argument));
                    meets(place.foot, plane.point(expected));
                    meets(line.point_at(place.chainage_m), plane.point(expected));
                }
                // The other way round: the point at the offset lies there, as far off and on that side.
                "offset_at_point" => {
                    let (on_line, offset) = argument.split_once(';').unwrap();
                    let offset = number(offset);
                    let place = line.locate(plane.point(expected));
                    meets(place.foot, plane.point(on_line));
                    assert!((place.offset_m - offset.abs()).abs() <= 1e-6, "{place:?} {row:?}");
                    let side = match offset {
                        x if x > 0.0 => Side::Left,
                        x if x < 0.0 => Side::Right,
                        _ => Side::On,
                    };
                    assert_eq!(place.side, side, "{place:?} {row:?}");
                }
                op => {
                    let length_m = line.length_m();
                    let ends =
                        || argument.split_once(';').map(|(from, to)| (number(from), number(to))).unwrap();
                    // JTS counts what is negative from the end.
                    let from_end = |m: f64| if m < 0.0 { length_m + m } else { m };
                    let (from_m, to_m) = match op {
                        "substring_fraction" => (ends().0 * length_m, ends().1 * length_m),
                        "extract_length" => (from_end(ends().0), from_end(ends().1)),
                        // From its first position to its last, on what is left of the line from there.
                        "indices_of_then_extract" => {
                            let part = wkt(argument).remove(0);
                            let from_m = line.locate(plane.position(part[0])).chainage_m;
                            let rest = line.substring(from_m, length_m);
                            let rest = LinearElement::from_multi_line_string(&rest, Edges::Planar).unwrap();
                            let to_m = rest.locate(plane.position(part[part.len() - 1])).chainage_m;
                            (from_m, from_m + to_m)
                        }
                        op => panic!("{op}"),
                    };
                    let mut expected = wkt(expected);
                    // A line of one place, as JTS has it: an interval without length is none here.
                    expected.retain(|line| line.iter().any(|xy| *xy != line[0]));
                    let found = line.substring(from_m, to_m);
                    assert_eq!(found.0.len(), expected.len(), "{found:?} {row:?}");
                    for (found, expected) in found.0.iter().zip(expected) {
                        assert_eq!(found.0.len(), expected.len(), "{found:?} {row:?}");
                        for (found, expected) in found.0.iter().zip(expected) {
                            meets(Position::try_from(*found).unwrap(), plane.position(expected));
                        }
                    }
                }
            }
            tested.push(row.text("id"));
        }
        nothing_else_left_out(&rows, &tested, &LEFT_OUT);
    }
}
