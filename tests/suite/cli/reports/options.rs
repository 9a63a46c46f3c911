//! Options of how reports are read, and what help says of them.

use patrol_corridor::annotate::{CANDIDATE_FIELDS, FIELDS};
use patrol_corridor::described::DESCRIBED_FIELDS;

use super::{folder_with, reported};
use crate::program::{Folder, point};

fn area_km2(folder: &Folder, more: &str) -> f64 {
    folder.annotated(more).remove(0)["location_area_km2"].as_f64().unwrap()
}

#[test]
fn a_table_of_classes_says_how_far_a_position_may_be_off() {
    let folder = folder_with(&[point("1", r#"{"where_prec":2}"#, 46.8, 39.9)]);
    let disc_km2 = |radius_km: f64| std::f64::consts::PI * radius_km * radius_km;
    assert!((area_km2(&folder, "") / disc_km2(25.0) - 1.0).abs() < 1e-3);
    folder.write("classes.csv", "scheme,class,metres\nwhere_prec,2,3000\n");
    assert!((area_km2(&folder, "--precision-classes classes.csv") / disc_km2(3.0) - 1.0).abs() < 1e-3);
    folder.write("classes.csv", "scheme,class,metres\nwhere_prec,2,far\n");
    let run = folder.annotate("--precision-classes classes.csv --force");
    run.fails(2, &["classes.csv:2: ", "`far`"]);
    let run = folder.annotate("--precision-classes classes.csv --regions classes.csv --force");
    run.fails(2, &["classes.csv", "the output is also an input"]);
}

#[test]
fn a_bearing_reaches_as_far_as_is_said() {
    let folder = folder_with(&[reported(&[("observer_post", "OP-18"), ("bearing", "E")])]);
    let near = area_km2(&folder, "--greatest-range 5000");
    assert!((area_km2(&folder, "") / near - 16.0).abs() < 1e-2, "20 km to 5 km is 16 to 1 in area");
    folder.annotate("--greatest-range 0").fails(2, &["--greatest-range"]);
}

#[test]
fn a_declination_turns_magnetic_bearings() {
    let heard = |north: &str, bearing: &str| {
        let fields =
            [("observer_post", "OP-18"), ("bearing", bearing), ("north", north), ("distance_m", "3000")];
        reported(&fields)
    };
    let folder = folder_with(&[heard("magnetic", "10"), heard("true", "16.5"), heard("true", "10")]);
    let found = folder.annotated("--declination 6.5");
    let places = [0, 1, 2]
        .map(|at: usize| (found[at]["route_distance_m"].clone(), found[at]["post_distance_m"].clone()));
    assert_eq!(places[0], places[1]);
    assert_ne!(places[0], places[2]);
    folder.annotate("--declination -6.5 --force").ok();
    folder.annotate("--declination 600 --force").fails(2, &["--declination"]);
}

#[test]
fn help_names_every_field() {
    let help = Folder::new().run("annotate --help").ok();
    for name in FIELDS.iter().chain(CANDIDATE_FIELDS).map(|field| field.name) {
        assert!(help.contains(name), "{name}");
    }
    for field in DESCRIBED_FIELDS {
        assert!(help.contains(&format!("\n  {}", field.name)), "{}", field.name);
    }
}
