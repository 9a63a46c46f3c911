//! Several observations of one incident.

use patrol_corridor::analysis::{FixFailure, FixObservation, fix};
use patrol_corridor::geodesy::inverse;
use patrol_corridor::region::DescribedRegion;

use super::*;

const POSTS: (&str, &str) = ("observer_post", "OP-07;OP-08; 7");

fn truth() -> Position {
    position(46.78, 39.93)
}

fn posts() -> [Position; 3] {
    [position(46.75, 39.82), position(46.90, 39.82), position(46.60, 39.90)]
}

/// Azimuth and distance from each post.
fn measured() -> [(f64, f64); 3] {
    posts()
        .map(|post| inverse(post, truth()))
        .map(|path| (path.azimuth1_deg.rem_euclid(360.0), path.distance_m))
}

fn list<const N: usize>(values: [String; N]) -> String {
    values.join(";")
}

/// The same as the fix of the library.
fn is_fix(described: &Described, observations: &[FixObservation]) {
    let expected = fix(observations).unwrap();
    let DescribedRegion::Ellipse(ellipse) = described.location.region() else { panic!("{described:?}") };
    assert_eq!(form(described), "fix");
    let expected_ellipse = expected.ellipse().unwrap();
    assert!(near(ellipse.centre(), expected.position, 1e-3), "{described:?}");
    assert!((ellipse.semi_major_m() / expected_ellipse.semi_major_m() - 1.0).abs() < 1e-6, "{described:?}");
    assert_eq!(described.warnings.is_empty(), expected.warnings.is_empty(), "{described:?}");
    // A fix has deviations of its own.
    assert_eq!(described.assumed, []);
}

#[test]
fn bearings_cross() {
    let degrees = measured().map(|(azimuth_deg, _)| azimuth_deg);
    let bearings = list(degrees.map(|degrees| format!("{degrees:.9}")));
    for (tolerance, deviations) in [
        (None, [1.0; 3]),
        (Some("2"), [2.0; 3]),
        (Some("2;0.5;3"), [2.0, 0.5, 3.0]),
        (Some("2;;3"), [2.0, 1.0, 3.0]),
    ] {
        let mut fields = vec![POSTS, ("bearing", &bearings)];
        fields.extend(tolerance.map(|text| ("bearing_tolerance_deg", text)));
        let found = described(&fields);
        assert!(near(found.location.region().reference(), truth(), 0.01));
        let observed = [0, 1, 2].map(|i| FixObservation::bearing(posts()[i], degrees[i], deviations[i]));
        is_fix(&found, &observed);
        assert_eq!(found.warnings, []);
    }
}

#[test]
fn winds_distances_and_blanks_in_one() {
    let [.., west] = measured();
    let distance = format!(";6km;{:.6}", west.1);
    let found = described(&[POSTS, ("bearing", "NNE;;75"), ("distance_m", &distance)]);
    let wind = FixObservation::bearing(posts()[0], 22.5, 11.25);
    let range = FixObservation::range(posts()[1], 6_000.0, 600.0);
    let distance_m = FixObservation::range(posts()[2], west.1, 0.1 * west.1).distance_m;
    let both = FixObservation::bearing(posts()[2], 75.0, 1.0).with_distance_m(distance_m);
    is_fix(&found, &[wind, range, both]);

    // Two intervals and a bound for one of them.
    let fields = [POSTS, ("bearing", "N;N;75"), ("distance_m", "10..14km;;"), ("distance_max_m", ";20km;")];
    let found = described(&fields);
    let middle = |post: usize, azimuth, range: Option<(f64, f64)>, deviation_deg| {
        FixObservation::bearing(posts()[post], azimuth, deviation_deg).with_distance_m(
            range.and_then(|(at, deviation)| FixObservation::range(posts()[post], at, deviation).distance_m),
        )
    };
    let expected = [
        middle(0, 0.0, Some((12e3, 2e3)), 11.25),
        middle(1, 0.0, Some((10e3, 10e3)), 11.25),
        middle(2, 75.0, None, 1.0),
    ];
    is_fix(&found, &expected);
}

#[test]
fn norths_of_each() {
    let [first, second, _] = measured().map(|(azimuth_deg, _)| azimuth_deg);
    let turned = format!("{:.9};{:.9}", first + 8.0, second);
    let options = DescribedOptions::default().with_declination_deg(-8.0);
    let fields = [("observer_post", "OP-07;OP-08"), ("bearing", turned.as_str()), ("north", "magnetic;true")];
    let found = read_with(options, &fields, &IncidentGeometry::None).unwrap().unwrap();
    assert!(near(found.location.region().reference(), truth(), 0.01));
}

#[test]
fn one_post_can_stand_twice() {
    let [(azimuth_deg, distance_m), ..] = measured();
    let (bearing, distance) = (format!("{azimuth_deg:.9};"), format!(";{distance_m:.6}"));
    let found =
        described(&[("observer_post", "OP-07;OP-07"), ("bearing", &bearing), ("distance_m", &distance)]);
    assert!(near(found.location.region().reference(), truth(), 0.01));
}

#[test]
fn what_speaks_against_a_fix_is_its_doubt() {
    // A third bearing that goes elsewhere.
    let [first, second, third] = measured().map(|(azimuth_deg, _)| azimuth_deg);
    let bearings = format!("{first};{second};{}", third + 25.0);
    let warning = warning(&described(&[POSTS, ("bearing", &bearings)])).unwrap();
    assert!(
        warning.contains("contradict each other") && warning.contains("observation 3 the most"),
        "{warning}"
    );
    // Two distances have two places.
    let ranges = measured().map(|(_, distance_m)| distance_m);
    let distances = format!("{};{}", ranges[0], ranges[1]);
    let found = described(&[("observer_post", "OP-07;OP-08"), ("distance_m", &distances)]);
    assert!(super::warning(&found).unwrap().contains("another place fits as well"));
}

#[test]
fn what_is_no_fix_is_named() {
    let parallel = not_located(&[("observer_post", "OP-07;OP-08"), ("bearing", "0")]);
    assert_eq!(parallel, NotLocated::Fix(FixFailure::Parallel));
    assert!(!parallel.is_region_unknown());
    refused(
        &[POSTS, ("bearing", "1;2")],
        &["bearing: 2 values in `1;2` beside 3 of observer_post", "with `;`"],
    );
    refused(
        &[("observer_post", "OP-07"), ("bearing", "1;2")],
        &["bearing: 2 values", "beside 1 of observer_post"],
    );
    refused(&[("observer_post", "OP-07;;OP-08"), ("bearing", "1")], &["observer_post: ", "an id is blank"]);
    let unknown = not_located(&[("observer_post", "OP-07;OP-88"), ("bearing", "1")]);
    assert!(matches!(unknown, NotLocated::UnknownPost { id, .. } if id == "OP-88"));
    refused(&[POSTS, ("bearing", "1;2;")], &["observer_post: the post `7` without a bearing"]);
    refused(&[POSTS, ("bearing", "1;2;x")], &["bearing: the bearing `x`"]);
    refused(
        &[POSTS, ("bearing", "1;2;3"), ("bearing_tolerance_deg", "0")],
        &["observer_post: ", "standard deviation 0"],
    );
    refused(&[POSTS, ("distance_m", "0")], &["observer_post: ", "standard deviation 0 m"]);
}
