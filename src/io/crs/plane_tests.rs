use super::*;
use crate::io::crs::engine::Engine;

fn crs(name: &str) -> Crs {
    Crs::from_name(name).unwrap()
}

fn plane(name: &str, direction: Direction) -> Plane {
    Plane::new(&crs(name), direction).unwrap()
}

/// `cs2cs` to 1 mm, there and back.
#[test]
fn the_program_of_proj_agrees() {
    let table = include_str!("../../../tests/fixtures/crs/cs2cs.csv");
    let mut seen = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        if matches!(cells[0], "EPSG:4326" | "EPSG:28408") {
            continue;
        }
        let (degrees, metres) = ([number(1), number(2)], [number(3), number(4)]);
        let there = plane(cells[0], Direction::FromWgs84).forward(degrees).unwrap();
        assert!((there[0] - metres[0]).hypot(there[1] - metres[1]) < 1e-3, "{line}: {there:?}");
        let back = plane(cells[0], Direction::ToWgs84).forward(metres).unwrap();
        let east = (back[0] - degrees[0]).abs();
        let east = east.min((360.0 - east).abs());
        assert!(east.hypot(back[1] - degrees[1]) * 111_320.0 < 1e-3, "{line}: {back:?}");
        seen += 1;
    }
    assert!(seen > 30);
}

#[test]
fn another_datum_is_proj_s() {
    for (name, why) in [
        ("EPSG:28408", "whose datum is not WGS84"),
        ("EPSG:25832", "whose datum is not WGS84"),
        ("EPSG:4284", "whose datum is not WGS84"),
        ("EPSG:4978", "no projection"),
        ("EPSG:3571", "no projection"),
        ("EPSG:6871", "no projection"),
        ("EPSG:99999", "does not know"),
        ("ESRI:54030", "no EPSG code"),
    ] {
        let error = Plane::new(&crs(name), Direction::ToWgs84).unwrap_err().to_string();
        for words in [why, &format!("the CRS {name}"), "--features proj-static", "ogr2ogr"] {
            assert!(error.contains(words), "{name}: {error}");
        }
    }
}

#[test]
fn zones_have_their_area() {
    let area = plane("EPSG:32638", Direction::ToWgs84).area().unwrap();
    assert!(area.contains(45.0, 40.0) && !area.contains(41.0, 40.0) && !area.contains(45.0, -1.0));
    let area = plane("EPSG:32760", Direction::ToWgs84).area().unwrap();
    assert!(area.contains(180.0, -10.0) && area.contains(-180.0, -10.0) && !area.contains(180.0, 10.0));
}

/// Where both can do it, both do the same: all systems of the default build, in and around where they are
/// meant to be used.
#[cfg(feature = "proj")]
#[test]
fn proj_agrees_on_every_system() {
    use crate::io::crs::by_proj::ByProj;
    let mut rng = fastrand::Rng::with_seed(32638);
    let (mut systems, mut worst) = (0, 0.0_f64);
    for code in 1..=65_535 {
        if definition(code).is_err() {
            continue;
        }
        let crs = Crs::from_name(&format!("EPSG:{code}")).unwrap();
        if crs.is_wgs84() {
            continue;
        }
        // Some codes have been withdrawn.
        let Ok(proj) = ByProj::new(&crs, Direction::FromWgs84) else { continue };
        let back_by_proj = ByProj::new(&crs, Direction::ToWgs84).unwrap();
        let there = Plane::new(&crs, Direction::FromWgs84).unwrap();
        let back = Plane::new(&crs, Direction::ToWgs84).unwrap();
        let area = proj.area().unwrap();
        let width = (area.east_deg - area.west_deg).rem_euclid(360.0);
        let width = if width == 0.0 { 360.0 } else { width };
        for _ in 0..20 {
            let lon = area.west_deg + width * rng.f64();
            let lon = if lon > 180.0 { lon - 360.0 } else { lon };
            let lat = area.south_deg + (area.north_deg - area.south_deg) * rng.f64();
            let (Some(a), Some(b)) = (proj.forward([lon, lat]), there.forward([lon, lat])) else {
                panic!(
                    "EPSG:{code}: [{lon}, {lat}]: {:?} {:?}",
                    proj.forward([lon, lat]),
                    there.forward([lon, lat])
                );
            };
            let off = (a[0] - b[0]).hypot(a[1] - b[1]);
            let (c, d) = (back_by_proj.forward(a).unwrap(), back.forward(a).unwrap());
            let east = (c[0] - d[0]).abs();
            let east = east.min((360.0 - east).abs()) * lat.to_radians().cos();
            let off = off.max(east.hypot(c[1] - d[1]) * 111_320.0);
            worst = worst.max(off);
            assert!(off < 1e-3, "EPSG:{code} at [{lon}, {lat}]: {off} m: {a:?} {b:?} {c:?} {d:?}");
        }
        systems += 1;
    }
    assert!(systems > 310, "{systems}, worst {worst}");
}
