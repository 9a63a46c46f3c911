//! Magnetic north: the declination that is given, and that of the model.

use patrol_corridor::geodesy::Declination;

use super::*;

/// Declinations at sea level out of NOAA's test values for WMM2020 (Chulliat et al. 2020, The US/UK World Magnetic Model
/// for 2020-2025, table 3) and WMM2025 (`WMM2025_TEST_VALUES.txt`): longitude, latitude, day, degrees.
const NOAA: [(f64, f64, &str, f64); 12] = [
    (0.0, 80.0, "2020-01-01", -1.28),
    (120.0, 0.0, "2020-01-01", 0.16),
    (-120.0, -80.0, "2020-01-01", 69.36),
    (0.0, 80.0, "2022-07-02", 0.01),
    (120.0, 0.0, "2022-07-02", -0.06),
    (-120.0, -80.0, "2022-07-02", 69.13),
    (0.0, 80.0, "2025-01-01", 1.28),
    (120.0, 0.0, "2025-01-01", -0.16),
    (-120.0, -80.0, "2025-01-01", 68.78),
    (0.0, 80.0, "2027-07-02", 2.59),
    (120.0, 0.0, "2027-07-02", -0.24),
    (-120.0, -80.0, "2027-07-02", 68.49),
];

#[test]
fn declinations_are_noaas() {
    for (lon, lat, day, expected_deg) in NOAA {
        let found = Declination::on_day(position(lon, lat), day).unwrap();
        // Published to 0.01 degrees; a day is a third of a thousandth.
        assert!((found.degrees - expected_deg).abs() <= 0.0055, "{lon} {lat} {day}: {found:?}");
        assert!(found.is_reliable && (0.1..1.0).contains(&found.deviation_deg), "{found:?}");
    }
}

#[test]
fn every_place_has_one() {
    let mut rng = fastrand::Rng::with_seed(11);
    for place in crate::support::PLACES {
        for _ in 0..200 {
            let at = place.random(&mut rng);
            let day = format!("{}-{:02}-{:02}", rng.u16(2020..2030), rng.u8(1..=12), rng.u8(1..=28));
            let found = Declination::on_day(at, &day).unwrap();
            assert!((-180.0..=180.0).contains(&found.degrees), "{at:?} {day}: {found:?}");
        }
    }
}

const POST: (&str, &str) = ("observer_post", "OP-07");

#[test]
fn bearings_turn_by_the_declination() {
    let fields = [POST, ("bearing", "43"), ("north", "magnetic"), ("time", "2020-10-04T13:45:00+04:00")];
    let model_deg = Declination::on_day(position(46.75, 39.82), "2020-10-04").unwrap().degrees;
    let found = described(&fields);
    assert!((numbers(&found)[0] - 43.0 - model_deg).abs() < 1e-9 && model_deg > 5.0);
    assert_eq!(found.warnings, []);
    // One that is given wins, and needs no time.
    let options = DescribedOptions::default().with_declination_deg(-10.0);
    for fields in [&fields[..], &fields[..3]] {
        let found = read_with(options.clone(), fields, &IncidentGeometry::None).unwrap().unwrap();
        assert_eq!(numbers(&found)[0], 33.0);
    }
    // Around north it stays within a turn.
    let fields = [POST, ("bearing", "5"), ("north", "magnetic")];
    assert_eq!(numbers(&read_with(options, &fields, &IncidentGeometry::None).unwrap().unwrap())[0], 355.0);
    // Without a bearing north says nothing, and needs no time.
    assert!(read(&[POST, ("distance_m", "5"), ("north", "magnetic")]).unwrap().is_some());
}

#[test]
fn what_the_model_needs_is_named() {
    let fields = |time| [POST, ("bearing", "43"), ("north", "magnetic"), ("time", time)];
    refused(&fields(""), &["north: `magnetic` without a time", "give the declination yourself"]);
    refused(
        &fields("last week"),
        &["time: the time `last week`, expected RFC 3339 or a date", "`2020-10-04`"],
    );
    refused(
        &fields("1994-05-12"),
        &["time: the day `1994-05-12`, expected one from 2020-01-01 to 2029-12-31", "give the declination"],
    );
    refused(&fields("2030-01-01"), &["time: ", "give the declination"]);
    let options = DescribedOptions::default().with_declination_deg(f64::NAN);
    let refusal = read_with(options, &fields("2020-10-04"), &IncidentGeometry::None).unwrap_err();
    let Refusal::Unreadable(error) = refusal else { panic!("{refusal}") };
    assert!(error.is_argument() && error.message().contains("the declination NaN"), "{error}");
}

#[test]
fn compasses_near_a_magnetic_pole_are_doubted() {
    // The north magnetic pole of 2025 lies at 86 degrees north, 139 degrees east.
    let near = Declination::on_day(position(139.0, 86.0), "2025-01-01").unwrap();
    assert!(!near.is_reliable && near.deviation_deg > 5.0, "{near:?}");
    let found = described(&[
        ("observer_post", "pole"),
        ("bearing", "N"),
        ("north", "magnetic"),
        ("time", "2025-06-01"),
    ]);
    assert!(warning(&found).unwrap().contains("compasses are not to be relied on"));
}
