//! Positions: what makes a region of them, and what they win over.

use patrol_corridor::IncidentGeometry;
use patrol_corridor::described::DescribedOptions;
use patrol_corridor::region::DescribedRegion;

use super::*;

fn at_point(fields: &[(&str, &str)]) -> Result<Option<Described>, Refusal> {
    read_with(DescribedOptions::default(), fields, &IncidentGeometry::Point(position(46.8, 40.0)))
}

#[test]
fn an_uncertainty_makes_a_disc() {
    for (fields, radius_m) in [
        (&[("uncertainty_m", "900")][..], 900.0),
        (&[("uncertainty_m", " 25 km ")], 25_000.0),
        (&[("uncertainty_m", "0")], 0.0),
        (&[("coordinateUncertaintyInMeters", "900")], 900.0),
        (&[("coordinateuncertaintyinmeters", "900.0"), ("Uncertainty_m", "900"), ("where_prec", "4")], 900.0),
        (&[("where_prec", "1")], 1_000.0),
        (&[("where_prec", "2.0")], 25_000.0),
        (&[("geo_precision", "1")], 5_000.0),
        // The plain one first, of classes the coarser.
        (&[("uncertainty_m", "900"), ("where_prec", "4")], 900.0),
        (&[("where_prec", "1"), ("geo_precision", "2")], 25_000.0),
        (&[("where_prec", "2"), ("geo_precision", "1")], 25_000.0),
    ] {
        let described = at_point(fields).unwrap().unwrap();
        assert_eq!(
            (form(&described), numbers(&described)),
            ("circle", [0.0, 180.0, 0.0, radius_m]),
            "{fields:?}"
        );
        assert_eq!(sector(&described).apex(), position(46.8, 40.0));
        assert_eq!(described.warnings, [], "{fields:?}");
    }
}

#[test]
fn a_position_wins_over_all_that_stands_for_one() {
    let others = [
        ("mgrs", "no reference"),
        ("utm", "38 north 1 1"),
        ("dms", "40N 50E"),
        ("observer_post", "OP-99"),
        ("bearing", "NNE"),
        ("route_id", "R1"),
        ("chainage_m", "far"),
    ];
    assert!(at_point(&others).unwrap().is_none());
    let mut fields = others.to_vec();
    fields.push(("uncertainty_m", "50"));
    assert_eq!(numbers(&at_point(&fields).unwrap().unwrap())[3], 50.0);
}

#[test]
fn several_positions_have_no_region() {
    let two = IncidentGeometry::MultiPoint(vec![position(46.8, 40.0), position(46.9, 40.0)]);
    let fields = [("uncertainty_m", "50"), ("mgrs", "38T NK 12 34")];
    assert!(read_with(DescribedOptions::default(), &fields, &two).unwrap().is_none());
    let one = IncidentGeometry::MultiPoint(vec![position(46.8, 40.0)]);
    let described = read_with(DescribedOptions::default(), &fields, &one).unwrap().unwrap();
    assert_eq!(form(&described), "circle");
}

#[test]
fn nothing_reported_is_nothing() {
    assert!(at_point(&[]).unwrap().is_none());
    assert!(read(&[]).unwrap().is_none());
    // An uncertainty of no position; words that tables have for other things.
    for name in
        ["uncertainty_m", "where_prec", "geo_precision", "bearing", "distance_m", "route_id", "time", "side"]
    {
        assert!(read(&[(name, "7")]).unwrap().is_none(), "{name}");
    }
    // Blanks are not there.
    assert!(read(&[("mgrs", "  "), ("observer_post", "")]).unwrap().is_none());
    assert!(read(&[("mgrs", ""), ("observer_post", "OP-07"), ("distance_m", "5")]).unwrap().is_some());
}

#[test]
fn degrees_minutes_and_seconds_are_a_position() {
    let text = "40°04'05\"N 46°48'28\"E";
    let place = position(46.0 + 48.0 / 60.0 + 28.0 / 3600.0, 40.0 + 4.0 / 60.0 + 5.0 / 3600.0);
    let alone = described(&[("dms", text)]);
    assert_eq!((form(&alone), numbers(&alone)[3]), ("position", 0.0));
    assert!(near(sector(&alone).apex(), place, 1e-6));
    let open = described(&[("dms", text), ("uncertainty_m", "300")]);
    assert_eq!((form(&open), numbers(&open)[3]), ("circle", 300.0));
    let coarse = described(&[("dms", text), ("where_prec", "3")]);
    assert_eq!(numbers(&coarse)[3], 50_000.0);
    assert!(warning(&coarse).unwrap().starts_with("where_prec 3: known to a second-order"));
    // Two angles may have a semicolon between.
    assert!(near(sector(&described(&[("dms", "40 04 05; 46 48 28")])).apex(), place, 1e-6));
    refused(&[("dms", "40 and a bit")], &["dms: the position `40 and a bit`", "40°04'05\"N"]);
    refused(&[("dms", "40 70 N, 46 E")], &["dms: ", "minutes are 70"]);
}

#[test]
fn a_bad_uncertainty_is_named_with_its_field() {
    for (text, why) in [
        ("-5", "which is negative"),
        ("2,5 km", "has a comma (decimals stand behind a point)"),
        ("far", "expected a number"),
        ("1km..2km", "expected one"),
        ("6000 km", "expected 0 to 5000000 m"),
        ("NaN", "expected a number"),
        ("inf", "expected a number"),
    ] {
        let error = at_point(&[("uncertainty_m", text)]).unwrap_err().to_string();
        assert!(error.starts_with("uncertainty_m: ") && error.contains(why), "{text}: {error}");
    }
}

#[test]
fn each_two_that_say_where_it_was_are_an_error() {
    let forms = [
        ("mgrs", "38T NK 12 34"),
        ("utm", "38 north 512345 4412345"),
        ("dms", "40N 46E"),
        ("observer_post", "OP-07"),
        ("chainage_m", "100"),
    ];
    for (i, first) in forms.iter().enumerate() {
        for second in &forms[i + 1..] {
            refused(&[*first, *second], &[first.0, second.0, "leave one out"]);
            refused(&[*second, *first], &[first.0, second.0, "leave one out"]);
        }
    }
}

#[test]
fn an_uncertainty_beside_what_has_tolerances_is_an_error() {
    for field in ["uncertainty_m", "where_prec", "geo_precision"] {
        refused(
            &[("observer_post", "OP-07"), ("bearing", "N"), (field, "1")],
            &[field, "beside observer_post", "bearing_tolerance_deg"],
        );
        refused(
            &[("route_id", "R1"), ("chainage_m", "100"), (field, "1")],
            &[field, "beside chainage_m", "chainage_tolerance_m"],
        );
    }
}

#[test]
fn a_polygon_is_no_position() {
    let lines = IncidentGeometry::Lines(vec![vec![position(46.8, 40.0), position(46.9, 40.0)]]);
    let described =
        read_with(DescribedOptions::default(), &[("mgrs", "38T NK 12 34")], &lines).unwrap().unwrap();
    assert!(matches!(described.location.region(), DescribedRegion::Square(_)));
}

#[test]
fn two_uncertainties_that_differ_are_an_error() {
    let error = at_point(&[("coordinateUncertaintyInMeters", "6000 km")]).unwrap_err();
    assert!(error.to_string().contains("coordinateUncertaintyInMeters: the uncertainty"), "{error}");
    let error = at_point(&[("uncertainty_m", "900"), ("coordinateUncertaintyInMeters", "30")]).unwrap_err();
    let expected = "uncertainty_m: `900` beside coordinateUncertaintyInMeters `30`, expected one of both";
    assert!(error.to_string().starts_with(expected), "{error}");
}
