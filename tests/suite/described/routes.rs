//! Places along a route.

use patrol_corridor::described::RoutePlace;
use patrol_corridor::geodesy::distance_m;
use patrol_corridor::linear::{LinearElement, Side};
use patrol_corridor::region::{DescribedRegion, RouteInterval};

use super::*;

fn interval(described: &Described) -> &RouteInterval {
    match described.location.region() {
        DescribedRegion::Interval(interval) => interval,
        other => panic!("{other:?}"),
    }
}

fn line(route: usize) -> LinearElement {
    LinearElement::new(&area().routes()[route], Edges::Planar).unwrap()
}

#[test]
fn places_on_a_route_are_stretches() {
    let length_m = line(0).length_m();
    for (fields, from_m, to_m) in [
        (&[("chainage_m", "3000")][..], 3_000.0, 3_000.0),
        (&[("chainage_m", "3 km"), ("chainage_tolerance_m", "200 m")], 2_800.0, 3_200.0),
        (&[("chainage_m", "12.2km..12.6km")], 12_200.0, 12_600.0),
        (&[("chainage_m", "km 12.2..12.6")], 12_200.0, 12_600.0),
        (&[("chainage_m", "12.2..12.6km"), ("chainage_tolerance_m", "100")], 12_100.0, 12_700.0),
        // As far as the route goes.
        (&[("chainage_m", "100"), ("chainage_tolerance_m", "500")], 0.0, 600.0),
        (&[("chainage_m", "0")], 0.0, 0.0),
        (&[("chainage_m", "19700"), ("chainage_tolerance_m", "2km")], 17_700.0, length_m),
        (&[("chainage_m", "21km"), ("chainage_tolerance_m", "2km")], 19_000.0, length_m),
        // On the route a side makes no difference.
        (&[("chainage_m", "3000"), ("side", "left")], 3_000.0, 3_000.0),
    ] {
        let mut all = vec![("route_id", "R1")];
        all.extend(fields);
        let described = described(&all);
        let interval = interval(&described);
        assert_eq!((form(&described), described.warnings.is_empty()), ("route", true));
        assert!((interval.length_m() - (to_m - from_m)).abs() < 1e-3, "{fields:?}: {}", interval.length_m());
        for along_m in [from_m, 0.5 * (from_m + to_m), to_m] {
            assert!(interval.contains(line(0).point_at(along_m)), "{fields:?} {along_m}");
        }
    }
}

/// The value of the first vertex of R2 is 5,000 m: chainages count from 0 all the same.
#[test]
fn chainage_counts_from_the_first_vertex() {
    let found = described(&[("route_id", "R2"), ("chainage_m", "1000")]);
    assert!(near(found.location.region().reference(), line(1).point_at(1_000.0), 1e-3));
}

/// The end of a route to the 0.1 mm of an annotation reads back.
#[test]
fn the_end_reads_back() {
    let text = format!("{:.4}", line(0).length_m() + 5e-5);
    let found = described(&[("route_id", "R1"), ("chainage_m", &text)]);
    assert!(near(found.location.region().reference(), position(46.8, 39.9), 1e-3));
}

/// Every place at the offset, from every foot on the interval, at corners in any direction, is in the disc.
#[test]
fn places_beside_a_route_are_held_by_a_disc() {
    let mut rng = fastrand::Rng::with_seed(3);
    for route in [0, 1] {
        let line = line(route);
        let length_m = line.length_m();
        let id = ["R1", "R2"][route];
        for i in 0..60 {
            let corner_m = distance_m(position(46.7, 39.8), position(46.8, 39.8));
            let at_m = if i % 3 == 0 { corner_m } else { rng.f64() * length_m };
            let at_m = at_m.min(length_m);
            let tolerance_m = [0.0, 50.0, 500.0, 4_000.0][rng.usize(..4)];
            let least_m = [0.0, 30.0, 200.0, 3_000.0][rng.usize(..4)];
            let most_m = least_m + [0.0, 100.0][rng.usize(..2)];
            let side = [Some(Side::Left), Some(Side::Right), None][rng.usize(..3)];
            let texts = [at_m.to_string(), tolerance_m.to_string(), format!("{least_m}..{most_m}")];
            let mut fields = vec![
                ("route_id", id),
                ("chainage_m", &texts[0]),
                ("chainage_tolerance_m", &texts[1]),
                ("offset_m", &texts[2]),
            ];
            fields.extend(side.map(|side| ("side", side.as_str())));
            let found = described(&fields);
            assert_eq!(form(&found), "route");
            let region = found.location.region();
            let (from_m, to_m) = ((at_m - tolerance_m).max(0.0), (at_m + tolerance_m).min(length_m));
            for j in 0..=40 {
                let along_m = from_m + (to_m - from_m) * f64::from(j) / 40.0;
                let sides = side.map_or(vec![Side::Left, Side::Right], |side| vec![side]);
                for (side, offset_m) in sides.into_iter().flat_map(|s| [(s, least_m), (s, most_m)]) {
                    let place = line.point_beside(along_m, offset_m, side);
                    assert!(
                        region.contains(place),
                        "{fields:?} at {along_m}, {offset_m} m {side}: {region:?}"
                    );
                }
            }
            // No larger than what holds both sides.
            assert!(numbers(&found)[3] <= tolerance_m + most_m + 1e-3, "{fields:?}: {region:?}");
        }
    }
}

/// The same on long edges far north, where directions turn on the way, and over a gap between two parts.
#[test]
fn long_edges_and_gaps_are_held_too() {
    let lines = geo_types::MultiLineString(vec![
        vec![(20.0, 68.0), (25.0, 70.0), (31.0, 69.5)].into(),
        vec![(31.2, 69.9), (36.0, 70.0)].into(),
    ]);
    for edges in [Edges::Planar, Edges::Geodesic] {
        let route = PatrolRoute::from_multi_line_string("far", &lines).unwrap();
        let line = LinearElement::new(&route, edges).unwrap();
        let length_m = line.length_m();
        let area = PatrolIndex::new(vec![], vec![route], edges).unwrap();
        let reader = DescribedReader::new(&area, DescribedOptions::default());
        let mut rng = fastrand::Rng::with_seed(4);
        let mut smaller = 0;
        for _ in 0..60 {
            let at_m = rng.f64() * length_m;
            let tolerance_m = [1_000.0, 30_000.0][rng.usize(..2)];
            let offset_m = [500.0, 20_000.0][rng.usize(..2)];
            let side = [Side::Left, Side::Right][rng.usize(..2)];
            let text = format!("far km {} +- {tolerance_m} m, {offset_m} m {side}", at_m / 1_000.0);
            let region = reader.read_route_place(&text.parse().unwrap()).unwrap();
            let (from_m, to_m) = ((at_m - tolerance_m).max(0.0), (at_m + tolerance_m).min(length_m));
            for j in 0..=60 {
                let along_m = from_m + (to_m - from_m) * f64::from(j) / 60.0;
                let place = line.point_beside(along_m, offset_m, side);
                assert!(region.region().contains(place), "{edges:?} {text} at {along_m}: {region:?}");
            }
            let radius_m = region.region().covering_circle().radius_m;
            smaller += u32::from(radius_m < tolerance_m + 0.5 * offset_m);
        }
        assert!(smaller > 20, "{smaller}");
    }
}

#[test]
fn an_exact_place_beside_a_straight_route_is_nearly_a_point() {
    let found =
        described(&[("route_id", "R2"), ("chainage_m", "5km"), ("offset_m", "250"), ("side", "Left")]);
    assert!(numbers(&found)[3] < 1e-3, "{:?}", numbers(&found));
    assert!(near(sector(&found).apex(), line(1).point_beside(5_000.0, 250.0, Side::Left), 1e-3));
}

#[test]
fn bad_places_are_named_with_their_field() {
    let with = |field, text, parts: &[&str]| {
        refused(&[("route_id", "R1"), ("chainage_m", "3000"), (field, text)], parts);
    };
    refused(&[("chainage_m", "3000")], &["chainage_m: `3000` without route_id"]);
    let unknown = not_located(&[("route_id", "R9"), ("chainage_m", "3000")]);
    assert!(unknown.is_region_unknown());
    assert_eq!(unknown.to_string(), "no route has the id `R9`: written nearly so are `R1`, `R2`");
    // What can't be read is told first.
    refused(&[("route_id", "R9"), ("chainage_m", "far")], &["chainage_m: the distance `far`"]);
    refused(
        &[("route_id", "R1"), ("chainage_m", "99 km")],
        &["chainage_m: 99000 m along the route `R1`, expected 0 to 19667.4 m"],
    );
    refused(&[("route_id", "R1"), ("chainage_m", "18km..20km")], &["chainage_m: 20000 m"]);
    refused(&[("route_id", "R1"), ("chainage_m", "-3")], &["chainage_m: ", "negative"]);
    refused(&[("route_id", "R1"), ("chainage_m", "km x")], &["chainage_m: the distance `km x`"]);
    with("chainage_tolerance_m", "1..2", &["chainage_tolerance_m: ", "expected one"]);
    with("chainage_tolerance_m", "x", &["chainage_tolerance_m: "]);
    with("offset_m", "2,5", &["offset_m: ", "comma"]);
    with("offset_m", "9000km", &["offset_m: ", "expected 0 to 5000000 m"]);
    with("side", "port", &["side: the side `port`, expected `left`, `right` or `on`"]);
}

#[test]
fn places_in_one_text() {
    let area = area();
    let reader = DescribedReader::new(&area, DescribedOptions::default());
    for (text, fields) in [
        ("R1 km 12.4", &[("chainage_m", "12400")][..]),
        ("R1 km 12.2..12.6", &[("chainage_m", "12200..12600")]),
        ("R1  KM 12.4 +- 200 m", &[("chainage_m", "12400"), ("chainage_tolerance_m", "200")]),
        ("R1 km 12.4+/-0.2km, left", &[("chainage_m", "12400"), ("chainage_tolerance_m", "200")]),
        (
            "R1 km 12.4 ± 200 m, 150 m, right",
            &[
                ("chainage_m", "12400"),
                ("chainage_tolerance_m", "200"),
                ("offset_m", "150"),
                ("side", "right"),
            ],
        ),
        ("R1 km 3, left 50", &[("chainage_m", "3km"), ("offset_m", "50"), ("side", "left")]),
    ] {
        let place: RoutePlace = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
        let found = reader.read_route_place(&place).unwrap();
        let mut all = vec![("route_id", "R1")];
        all.extend(fields);
        let expected = described(&all);
        let (found, expected) = (found.region(), expected.location.region());
        assert!(near(found.reference(), expected.reference(), 1e-6), "{text}");
        let q = position(46.9, 40.0);
        assert!((found.distance_bounds(q).max_m - expected.distance_bounds(q).max_m).abs() < 1e-6, "{text}");
    }
}

#[test]
fn bad_places_in_one_text() {
    for (text, why) in [
        ("", "no `km` behind an id"),
        ("R1", "no `km`"),
        ("km 12", "no `km` behind an id"),
        ("R1 km", "no `km`"),
        ("R1 km twelve", "no number of kilometres"),
        ("R1 km 12 m", "no number of kilometres"),
        ("R1 km 12 +- few", "whose tolerance is wrong"),
        ("R1 km 12.4 +- 0.2", "without a unit"),
        ("R1 km 12, far left", "`far` is no distance"),
        ("R1 km 12, left, right", "two sides"),
        ("R1 km 12, 5 m, 6 m", "two distances from the route"),
    ] {
        let error = text.parse::<RoutePlace>().expect_err(text);
        assert!(error.is_input() && error.message().contains(why), "{text}: {error}");
        assert!(error.message().contains("`R3 km 12.4`"), "{error}");
    }
}

#[test]
fn chainages_as_engineers_write_them() {
    let at = |chainage: &str, tolerance: &str| {
        let found =
            described(&[("route_id", "R1"), ("chainage_m", chainage), ("chainage_tolerance_m", tolerance)]);
        let region = found.location.region().clone();
        (region.reference(), region.distance_bounds(position(46.9, 40.0)))
    };
    for text in ["12+400", "km 12+400", "KM 12+400.0", "12.4km"] {
        assert_eq!(at(text, ""), at("12400", ""), "{text}");
    }
    for text in ["km 12.4 +- 200 m", "12400 ± 200", "12+400 +/- 0.2 km"] {
        assert_eq!(at(text, ""), at("12400", "200"), "{text}");
    }
    // At the end of the route, too.
    assert_eq!(at("km 19.6 +- 200 m", ""), at("19600", "200"));
    let both = [("route_id", "R1"), ("chainage_m", "km 12.4 +- 200 m"), ("chainage_tolerance_m", "5")];
    refused(&both, &["chainage_m: `km 12.4 +- 200 m` beside chainage_tolerance_m, expected one"]);
    // Metres or kilometres: nobody knows.
    for text in ["km 12.4 +- 0.2", "12.4 km ± 200"] {
        refused(
            &[("route_id", "R1"), ("chainage_m", text)],
            &["chainage_m: the tolerance", "without a unit"],
        );
    }
    for text in ["12+40", "12+4000", "+400", "km 12+", "12+400+300", "12+400.5e2", "12+400."] {
        refused(&[("route_id", "R1"), ("chainage_m", text)], &["chainage_m: the distance", text]);
    }
}
