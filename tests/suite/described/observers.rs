//! Observations from posts: directions, distances, norths.

use patrol_corridor::geodesy::grid_convergence_deg;
use patrol_corridor::region::North;

use super::*;

const POST: (&str, &str) = ("observer_post", "OP-07");

#[test]
fn directions_and_distances_are_sectors() {
    for (fields, expected_form, expected) in [
        (&[("bearing", "NNE"), ("distance_m", "2km..7km")][..], "sector", [22.5, 11.25, 2e3, 7e3]),
        (&[("bearing", "043°"), ("distance_m", "900")], "sector", [43.0, 5.0, 850.0, 950.0]),
        (&[("bearing", "NE"), ("distance_m", "5 km")], "sector", [45.0, 11.25, 4.5e3, 5.5e3]),
        (&[("bearing", "43"), ("distance_m", "5 km ± 0 m")], "sector", [43.0, 5.0, 5e3, 5e3]),
        (&[("bearing", "43"), ("bearing_tolerance_deg", "5°")], "sector", [43.0, 5.0, 0.0, 20e3]),
        (&[("bearing", "43")], "sector", [43.0, 5.0, 0.0, 20e3]),
        (&[("bearing", "43"), ("bearing_tolerance_deg", "0")], "ray", [43.0, 0.0, 0.0, 20e3]),
        (&[("bearing", "north")], "sector", [0.0, 11.25, 0.0, 20e3]),
        (&[("bearing", "NW"), ("bearing_tolerance_deg", "0")], "ray", [315.0, 0.0, 0.0, 20e3]),
        (&[("distance_m", "3 km")], "sector", [0.0, 180.0, 2.5e3, 3.5e3]),
        (&[("distance_min_m", "500"), ("distance_max_m", "1 km")], "sector", [0.0, 180.0, 500.0, 1e3]),
        (&[("bearing", "W"), ("distance_max_m", "4 km")], "sector", [270.0, 11.25, 0.0, 4e3]),
        (&[("bearing", "W"), ("distance_min_m", "4 km")], "sector", [270.0, 11.25, 4e3, 20e3]),
        // A tolerance of no bearing is that of others in the table.
        (&[("distance_m", "3 km"), ("bearing_tolerance_deg", "5")], "sector", [0.0, 180.0, 2.5e3, 3.5e3]),
    ] {
        let mut all = vec![POST];
        all.extend(fields);
        let described = described(&all);
        assert_eq!((form(&described), numbers(&described)), (expected_form, expected), "{fields:?}");
        assert_eq!(sector(&described).apex(), position(46.75, 39.82));
        assert_eq!(described.warnings, []);
    }
}

#[test]
fn the_greatest_range_is_an_option() {
    let options = DescribedOptions::default().with_greatest_range_m(8_000.0);
    let read = |fields: &[(&str, &str)]| read_with(options.clone(), fields, &IncidentGeometry::None);
    let ray = read(&[POST, ("bearing", "43")]).unwrap().unwrap();
    assert_eq!(numbers(&ray), [43.0, 5.0, 0.0, 8e3]);
    let error = read(&[POST, ("distance_min_m", "9km")]).unwrap_err().to_string();
    assert_eq!(error, "distance_min_m: 9000 m, expected no more than the greatest range, 8000 m");
    let error = read(&[POST, ("distance_min_m", "9km"), ("distance_max_m", "1km")]).unwrap_err().to_string();
    assert_eq!(error, "distance_min_m: 9000 m, expected no more than distance_max_m, 1000 m");
}

#[test]
fn posts_are_found_by_the_text_of_their_id() {
    let seven = described(&[("observer_post", " 7 "), ("distance_m", "5")]);
    assert_eq!(sector(&seven).apex(), position(46.6, 39.9));
    let unknown = not_located(&[("observer_post", "OP-99"), ("bearing", "N")]);
    assert!(unknown.is_region_unknown());
    assert_eq!(unknown.to_string(), "no post has the id `OP-99`: there are 4, `OP-07`, `OP-08`, `7`, `pole`");
    for typed in ["op 7", "OP-7"] {
        let meant = described(&[("observer_post", typed), ("bearing", "N")]);
        assert!(assumed(&meant).starts_with("post `OP-07`; "), "{typed}: {}", assumed(&meant));
    }
    for alike in ["OP-06", "OP-070", "P-07"] {
        let why = not_located(&[("observer_post", alike), ("bearing", "N")]).to_string();
        assert!(why.contains("written nearly so") && why.contains("`OP-07`"), "{why}");
    }
    let none = PatrolIndex::new(vec![], vec![], Edges::Planar).unwrap();
    let reader = DescribedReader::new(&none, DescribedOptions::default());
    let error =
        reader.read(&texts(&[POST, ("bearing", "N")]), &IncidentGeometry::None).unwrap_err().to_string();
    assert_eq!(error, "not located: no post has the id `OP-07`: there are no posts");
}

/// Whether a row is rejected does not hang on the layers.
#[test]
fn what_is_unreadable_beside_an_unknown_post_is_unreadable() {
    const UNKNOWN: (&str, &str) = ("observer_post", "OP-99");
    refused(&[UNKNOWN, ("bearing", "NNX")], &["bearing: the bearing `NNX`"]);
    refused(&[UNKNOWN, ("distance_m", "far")], &["distance_m: the distance `far`"]);
    refused(&[UNKNOWN], &["observer_post: the post `OP-99` without a bearing"]);
    refused(&[UNKNOWN, ("bearing", "N"), ("north", "up")], &["north: "]);
    not_located(&[UNKNOWN, ("bearing", "N"), ("north", "magnetic"), ("time", "2020-10-04")]);
    not_located(&[("observer_post", "OP-07;OP-99"), ("bearing", "1;2")]);
}

#[test]
fn what_is_not_given_is_taken_from_how_it_is_written_and_told() {
    let direction = "direction 38..48 degrees";
    for (fields, expected) in [
        (&[("bearing", "43"), ("distance_m", "5 km")][..], format!("distance 4500..5500 m; {direction}")),
        (&[("bearing", "43"), ("distance_m", "2000.0")], format!("distance 1500..2500 m; {direction}")),
        (&[("bearing", "43"), ("distance_m", "5.0 km")], format!("distance 4950..5050 m; {direction}")),
        (&[("bearing", "43"), ("distance_m", "2 mi")], format!("distance 2414.016..4023.36 m; {direction}")),
        (&[("bearing", "43"), ("distance_m", "2..7 km")], direction.to_owned()),
        (&[("bearing", "43"), ("distance_m", "5 km +- 1 km")], direction.to_owned()),
        (&[("bearing", "43"), ("distance_m", "0")], direction.to_owned()),
        (&[("bearing", "43"), ("distance_max_m", "5 km")], direction.to_owned()),
        (&[("bearing", "43"), ("distance_min_m", "5 km")], direction.to_owned()),
        (&[("bearing", "43"), ("bearing_tolerance_deg", "2")], String::new()),
        (&[("bearing", "43"), ("bearing_tolerance_deg", "0")], String::new()),
        (&[("bearing", "43.3")], "direction 38.3..48.3 degrees".to_owned()),
        (&[("bearing", "2")], "direction 357..7 degrees".to_owned()),
        (&[("bearing", "355")], "direction 350..0 degrees".to_owned()),
        (&[("bearing", "N")], "direction 348.75..11.25 degrees".to_owned()),
        (&[("bearing", "NE")], "direction 33.75..56.25 degrees".to_owned()),
        (&[("bearing", "north-north-east")], "direction 11.25..33.75 degrees".to_owned()),
        (&[("bearing", "NE"), ("bearing_tolerance_deg", "20")], String::new()),
        (&[("distance_m", "10 km")], "distance 7500..12500 m".to_owned()),
    ] {
        let mut all = vec![POST];
        all.extend(fields);
        assert_eq!(assumed(&described(&all)), expected, "{fields:?}");
    }
    // Relative to the north that the bearing counts from.
    let by_grid = described(&[POST, ("bearing", "43"), ("north", "grid")]);
    assert_eq!(assumed(&by_grid), direction);
    // Neither chainages nor offsets nor uncertainties.
    for fields in [
        &[("route_id", "R1"), ("chainage_m", "3 km"), ("offset_m", "200")][..],
        &[("mgrs", "38TNK12"), ("uncertainty_m", "5 km")],
    ] {
        assert_eq!(described(fields).assumed, [], "{fields:?}");
    }
}

#[test]
fn the_tolerance_of_degrees_is_an_option() {
    let read = |tolerance_deg: f64, fields: &[(&str, &str)]| {
        let options = DescribedOptions::default().with_bearing_tolerance_deg(tolerance_deg);
        read_with(options, fields, &IncidentGeometry::None)
    };
    let exact = read(0.0, &[POST, ("bearing", "43")]).unwrap().unwrap();
    assert_eq!(
        (form(&exact), numbers(&exact), assumed(&exact).as_str()),
        ("ray", [43.0, 0.0, 0.0, 20e3], "")
    );
    let wide = read(10.0, &[POST, ("bearing", "43")]).unwrap().unwrap();
    assert_eq!((numbers(&wide)[1], assumed(&wide).as_str()), (10.0, "direction 33..53 degrees"));
    // The row's own wins, and compass points have theirs.
    let own = read(10.0, &[POST, ("bearing", "43"), ("bearing_tolerance_deg", "2")]).unwrap().unwrap();
    assert_eq!(numbers(&own)[1], 2.0);
    assert_eq!(numbers(&read(10.0, &[POST, ("bearing", "NE")]).unwrap().unwrap())[1], 11.25);
    for tolerance_deg in [-1.0, 181.0, f64::NAN] {
        let refusal = read(tolerance_deg, &[POST, ("bearing", "43")]).unwrap_err();
        assert!(matches!(refusal, Refusal::Unreadable(error) if error.is_argument()));
    }
}

#[test]
fn a_number_and_its_text_are_no_one_post() {
    let posts = [FeatureId::from(1), FeatureId::text("1"), FeatureId::text("a;b")];
    let posts = posts.map(|id| ObservationPost::new(id, position(46.75, 39.82))).to_vec();
    let area = PatrolIndex::new(posts, vec![], Edges::Planar).unwrap();
    let reader = DescribedReader::new(&area, DescribedOptions::default());
    let read =
        |post| reader.read(&texts(&[("observer_post", post), ("bearing", "N")]), &IncidentGeometry::None);
    let error = read("1").unwrap_err().to_string();
    assert!(error.starts_with("observer_post: `1`, which is the id of 2 posts"), "{error}");
    // An id with a semicolon is one id.
    assert!(read("a;b").unwrap().is_some());
}

#[test]
fn bad_observations_are_named_with_their_field() {
    let with = |field, text, parts: &[&str]| refused(&[POST, ("bearing", "N"), (field, text)], parts);
    refused(&[POST], &["observer_post: the post `OP-07` without a bearing and without a distance"]);
    refused(&[POST, ("bearing", "north by east")], &["bearing: the bearing `north by east`", "`NNE`"]);
    refused(&[POST, ("bearing", "361")], &["bearing: ", "more than a turn"]);
    refused(&[POST, ("bearing", "43,5")], &["bearing: the bearing `43,5`", "`043.5`"]);
    with("bearing_tolerance_deg", "-1", &["bearing_tolerance_deg: the tolerance `-1`", "0 to 180"]);
    with("bearing_tolerance_deg", "2,5", &["bearing_tolerance_deg: ", "behind a point"]);
    with("bearing_tolerance_deg", "181", &["bearing_tolerance_deg: ", "0 to 180"]);
    with("distance_m", "7km..2km", &["distance_m: the distance `7km..2km`", "the smaller first"]);
    with("distance_m", "-200", &["distance_m: ", "negative"]);
    with("distance_m", "2,5 km", &["distance_m: ", "comma"]);
    with("distance_m", "2 leagues", &["distance_m: ", "m, km, mi, nmi, yd or ft"]);
    with("distance_m", "9000 km", &["distance_m: ", "from 0 to 5000000 m"]);
    with("distance_max_m", "9000 km", &["distance_max_m: ", "from 0 to 5000000 m"]);
    with("distance_min_m", "2..3", &["distance_min_m: two distances in `2..3`, expected one"]);
    with("distance_max_m", "far", &["distance_max_m: the distance `far`"]);
    with("north", "up", &["north: the north `up`, expected `true`, `grid` or `magnetic`"]);
    for other in ["distance_min_m", "distance_max_m"] {
        let fields = [POST, ("distance_m", "5"), (other, "6")];
        refused(&fields, &[&format!("distance_m: `5` beside {other}, expected one of both")]);
    }
}

#[test]
fn grid_north_is_that_of_the_post() {
    let found = described(&[POST, ("bearing", "43"), ("north", "grid")]);
    let expected_deg = 43.0 + grid_convergence_deg(position(46.75, 39.82));
    assert!((numbers(&found)[0] - expected_deg).abs() < 1e-9 && expected_deg > 44.0);
    // GeographicLib's GeoConvert: 1.120869 degrees.
    assert!((numbers(&found)[0] - 44.120_869).abs() < 1e-6);
    let options = DescribedOptions::default().with_north(North::Grid);
    let by_option =
        read_with(options.clone(), &[POST, ("bearing", "43")], &IncidentGeometry::None).unwrap().unwrap();
    assert_eq!(numbers(&by_option), numbers(&found));
    let fields = [POST, ("bearing", "43"), ("north", "TRUE")];
    assert_eq!(numbers(&read_with(options, &fields, &IncidentGeometry::None).unwrap().unwrap())[0], 43.0);
}
