use super::*;
use crate::io::Transformation;

fn crs(name: &str) -> Crs {
    Crs::from_name(name).unwrap()
}

fn to_wgs84(name: &str) -> Transformation {
    Transformation::to_wgs84(&crs(name)).unwrap()
}

fn fault(name: &str) -> String {
    Transformation::from_wgs84(&crs(name)).unwrap_err().to_string()
}

/// `cs2cs` to 1 mm, there and back, and the operation is told with its accuracy.
#[test]
fn the_program_of_proj_agrees() {
    let table = include_str!("../../../tests/fixtures/crs/cs2cs.csv");
    for line in table.lines().skip(1).filter(|line| !line.starts_with("EPSG:4326")) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let system = crs(cells[0]);
        let there = Transformation::from_wgs84(&system).unwrap().convert(number(1), number(2)).unwrap();
        assert!((there[0] - number(3)).hypot(there[1] - number(4)) < 1e-3, "{line}: {there:?}");
        let back = Transformation::to_wgs84(&system).unwrap().convert(number(3), number(4)).unwrap();
        let east = (back[0] - number(1)).abs();
        let east = east.min((360.0 - east).abs());
        assert!(east.hypot(back[1] - number(2)) * 111_320.0 < 1e-3, "{line}: {back:?}");
    }
}

#[test]
fn the_operation_is_told_with_its_accuracy() {
    let mut way = to_wgs84("EPSG:28408");
    way.convert(8_500_000.0, 4_400_000.0).unwrap();
    let report = way.report();
    assert_eq!(report.from, "EPSG:28408 (Pulkovo 1942 / Gauss-Kruger zone 8)");
    assert!(report.by.starts_with("PROJ 9."), "{}", report.by);
    let [operation] = &report.operations[..] else { panic!("{report:?}") };
    assert!(operation.name.contains("Pulkovo 1942 to WGS 84 (16)"), "{operation:?}");
    assert!(!operation.name.contains("axis order"), "{operation:?}");
    assert_eq!((operation.accuracy_m, operation.is_ballpark, operation.positions), (Some(4.5), false, 1));
    assert!(report.notes()[0].contains("accuracy 4.5 m"), "{:?}", report.notes());
    assert!(report.warnings().is_empty(), "{:?}", report.warnings());
    assert_eq!(report.area_of_use.as_ref().unwrap().west_deg, 42.0);
}

/// PROJ takes NaN and gives NaN, and calls it a success.
#[test]
fn nan_is_no_position() {
    let mut way = to_wgs84("EPSG:32638");
    for (x, y) in [(f64::NAN, 1.0), (1.0, f64::INFINITY)] {
        assert!(way.convert(x, y).is_err());
    }
    let mut way = Transformation::from_wgs84(&crs("EPSG:32638")).unwrap();
    assert!(way.convert(f64::NAN, 40.0).is_err());
    assert_eq!(way.report().operations[0].positions, 0);
}

/// PROJ gives a number for longitude 200 in UTM zone 38.
#[test]
fn what_lies_outside_is_told_or_refused() {
    let mut way = Transformation::from_wgs84(&crs("EPSG:32638")).unwrap();
    assert!(way.convert(200.0, 40.0).is_err());
    way.convert(50.0, 40.0).unwrap();
    way.convert(45.0, 40.0).unwrap();
    way.convert(40.0, 40.0).unwrap();
    assert_eq!((way.report().outside, way.report().example_outside), (2, Some([40.0, 40.0])));
    let warning = &way.report().warnings()[0];
    assert!(warning.contains("2 position(s) outside the area of use of EPSG:32638"), "{warning}");
    // Degrees read as metres lie far away from zone 8.
    let mut way = to_wgs84("EPSG:28408");
    let told = way.convert(46.8, 40.1).map(|_| way.report().outside);
    assert!(told.as_ref().is_err() || *told.as_ref().unwrap() == 1, "{told:?}");
}

/// Without its grid PROJ takes a Helmert transformation and says nothing.
#[test]
fn a_missing_grid_is_told() {
    let mut way = to_wgs84("EPSG:31467");
    way.convert(3_500_000.0, 5_500_000.0).unwrap();
    let [operation] = &way.report().operations[..] else { panic!("{:?}", way.report()) };
    assert!(operation.accuracy_m.unwrap() > 1.0, "{operation:?}");
    assert!(operation.better.as_deref().is_some_and(|better| better.contains("(4)")), "{operation:?}");
    let warning = &way.report().warnings()[0];
    assert!(warning.contains("its grid file is missing"), "{warning}");
}

#[test]
fn a_ballpark_transformation_is_told() {
    // Nobody knows what datum that is.
    let mut way = to_wgs84("+proj=tmerc +lon_0=45 +ellps=krass +type=crs");
    way.convert(1_000.0, 4_400_000.0).unwrap();
    let operation = &way.report().operations[0];
    assert_eq!((operation.is_ballpark, operation.accuracy_m), (true, None), "{operation:?}");
    assert!(way.report().warnings()[0].contains("only a ballpark one"), "{:?}", way.report().warnings());
    // The same where there are proper ones elsewhere: OSGB36 far from Britain.
    let mut way = to_wgs84("EPSG:27700");
    way.convert(400_000.0, 300_000.0).unwrap();
    if way.convert(4_400_000.0, 1_500_000.0).is_ok() {
        let warnings = way.report().warnings().join("\n");
        assert!(warnings.contains("outside the area of use"), "{warnings}");
    }
}

/// PROJ takes a vertical system as the target, and gives coordinates that mean nothing.
#[test]
fn heights_and_axes_through_the_earth_are_refused() {
    for (name, what) in [
        ("EPSG:5773", "a vertical system"),
        ("EPSG:4978", "a geocentric system"),
        ("+proj=utm +zone=38 +datum=WGS84", "+type=crs"),
    ] {
        let error = fault(name);
        assert!(
            error.contains(what) && error.contains("expected a system of positions on the ground"),
            "{error}"
        );
    }
    // The horizontal part of a compound one will do.
    let mut way = to_wgs84("EPSG:7415");
    let [lon, lat] = way.convert(90_000.0, 460_000.0).unwrap();
    assert!((lon - 4.438).abs() < 0.001 && (lat - 52.124).abs() < 0.001);
}

#[test]
fn an_unknown_system_is_told_as_one() {
    for name in
        ["EPSG:99999", "EPSG:", "nonsense", "{\"a\":1}", "PROJCS[\"x\"]", "a\0b", "+proj=nonsense +type=crs"]
    {
        let error = fault(name);
        assert!(error.contains("which PROJ does not know"), "{name}: {error}");
    }
}

/// Longitude and easting first, whatever the register says.
#[test]
fn axes_are_in_the_order_of_gis() {
    let [lon, lat] = to_wgs84("EPSG:4284").convert(45.0, 40.0).unwrap();
    assert!((lon - 45.0).abs() < 0.01 && (lat - 40.0).abs() < 0.01);
    let [lon, lat] = to_wgs84("EPSG:3995").convert(90_000.0, 60_000.0).unwrap();
    assert!((lon - 123.69).abs() < 0.01 && lat > 89.0);
}

#[test]
fn a_database_in_the_way_is_named() {
    let crs = crs("EPSG:28408");
    let text = no_database(&crs, Some(("PROJ_DATA".into(), "/usr/share/qgis/proj".into())), false);
    assert!(text.contains("PROJ_DATA is /usr/share/qgis/proj") && text.contains("unset PROJ_DATA"), "{text}");
    let text = no_database(&crs, None, true);
    assert!(text.contains("the working directory has a file `proj.db`"), "{text}");
    assert!(no_database(&crs, None, false).contains("proj-static"));
}
