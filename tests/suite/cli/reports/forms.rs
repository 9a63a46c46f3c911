//! Each form of a report: its members, the same from GeoJSON and from a table.

use patrol_corridor::Edges;
use patrol_corridor::analysis::locate_uncertain;
use patrol_corridor::annotate::Annotation;
use patrol_corridor::described::{Assumption, Described, Warning};
use patrol_corridor::index::LocateOptions;
use patrol_corridor::region::Observation;
use serde_json::{Value, json};

use super::{HEARD, LAYERS, folder_with, folder_with_log, reported};
use crate::fixtures::{demonstration_area, project_file, project_path};
use crate::program::{Folder, assert_metres, feature, json as parsed, keys, properties};

/// The answers to the log, as GeoJSON.
fn log_answers(folder: &Folder) -> Vec<Value> {
    folder.run(&format!("{LAYERS} --incidents log.csv --output log.geojson")).ok();
    properties(&folder.read("log.geojson"))
}

#[test]
fn every_form_of_the_log_is_answered() {
    let folder = folder_with_log();
    let found = log_answers(&folder);
    let disc_km2 = |radius_km: f64| std::f64::consts::PI * radius_km * radius_km;
    // Sectors: half the angle times the difference of the squares, on so small a part of the ellipsoid.
    let sector_km2 = |half_width_deg: f64, from_km: f64, to_km: f64| {
        half_width_deg.to_radians() * (to_km * to_km - from_km * from_km)
    };
    for (number, form, area_km2) in [
        (1, "sector", 8.836),
        (2, "sector", sector_km2(2.0, 1.65, 1.75)),
        (3, "sector", sector_km2(11.25, 2.5, 3.5)),
        (4, "sector", sector_km2(5.0, 0.0, 20.0)),
        (5, "sector", sector_km2(11.25, 0.0, 20.0)),
        (7, "grid", 1.0),
        (8, "grid", 1e-6),
        (10, "position", 0.0),
        (11, "circle", disc_km2(0.3)),
        (13, "circle", disc_km2(25.0)),
        (14, "circle", disc_km2(0.5)),
        (15, "route", 0.0),
        (17, "sector", sector_km2(5.0, 1.0, 2.0)),
        (18, "sector", sector_km2(180.0, 0.75, 0.85)),
        (19, "grid", 1e-6),
    ] {
        let of = &found[number - 1];
        assert_eq!(of["near_location_form"], form, "{number}");
        let area = of["near_location_area_km2"].as_f64().unwrap();
        // Grid squares are up to 0.1 % off by the scale of the grid.
        assert!(
            (area - area_km2).abs() <= 1e-3 * area_km2.max(1e-3),
            "{number}: {area}, expected {area_km2}"
        );
    }
    assert_eq!(found[8]["near_location_form"], "circle");
    assert_eq!(found[5]["near_location_form"], "fix");
    assert!(found[5]["near_location_area_km2"].as_f64().unwrap() > 0.01);
    assert_eq!(found[15]["near_location_form"], "route");
    // A position stays as it has always been, and what reports nothing is said to.
    let plain = &found[11];
    assert!(plain.get("near_location_form").is_none() && plain.get("near_post_certain").is_none(), "{plain}");
    assert_metres(&plain["near_post_distance_m"], 1669.1504);
    assert_eq!(found[19]["near_location_warning"], "not located: longitude and latitude are empty");
    assert!(found[19].get("near_post_id").is_none());
}

#[test]
fn candidates_are_whole_and_certain_where_there_is_one() {
    let folder = folder_with_log();
    let mut certain = 0;
    for (at, of) in log_answers(&folder).iter().enumerate() {
        if of.get("near_location_form").is_none() {
            continue;
        }
        for (what, members) in [
            ("post", vec!["near_max_distance_m", "near_min_distance_m", "near_post_id", "near_share"]),
            (
                "route",
                vec![
                    "near_corridor",
                    "near_max_distance_m",
                    "near_min_distance_m",
                    "near_route_id",
                    "near_share",
                ],
            ),
        ] {
            let list = of[&format!("near_{what}_candidates")].as_array().unwrap();
            assert!(!list.is_empty());
            assert_eq!(of[&format!("near_{what}_certain")], json!(list.len() == 1), "{at}");
            certain += usize::from(list.len() == 1);
            let shares: Vec<f64> = list.iter().map(|one| one["near_share"].as_f64().unwrap()).collect();
            assert!(shares.is_sorted_by(|a, b| a >= b), "{shares:?}");
            assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-3 * shares.len() as f64, "{shares:?}");
            for one in list {
                assert_eq!(keys(one), members);
                let [min, max] =
                    ["near_min_distance_m", "near_max_distance_m"].map(|m| one[m].as_f64().unwrap());
                assert!(min <= max, "{one}");
            }
            // What is nearest to the reference point may be the nearest.
            let nearest = &of[&format!("near_{what}_id")];
            assert!(list.iter().any(|one| one[&format!("near_{what}_id")] == *nearest), "{at}: {nearest}");
        }
        let share = of["near_corridor_share"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&share));
    }
    assert!((5..35).contains(&certain), "the log has some that are certain and some that are not: {certain}");
}

/// The program says of a sector what the library says, member by member, and serde writes what the program writes.
#[test]
fn the_members_are_those_of_the_library() {
    let area = demonstration_area(Edges::Planar);
    let post = area.posts().iter().find(|post| post.id.as_str() == "OP-07").unwrap();
    let mut heard = Observation::new("NNE".parse().unwrap());
    heard.distance = Some("2km..7km".parse().unwrap());
    let mut described = Described::of(heard.from_place(post.position).unwrap());
    described.assumed = vec![Assumption::Direction { from_deg: 11.25, to_deg: 33.75 }];
    let region = described.location.region();
    let options = LocateOptions::default();
    let located = area.locate(region.reference(), &options);
    let answer = locate_uncertain(&area, region, None);
    let annotation = Annotation::new(&area, &located, &options).with_described(&described, &answer);

    let folder = folder_with(&[reported(&HEARD)]);
    let found = folder.annotated("").remove(0);
    let mut expected = parsed(&format!("{{{}}}", annotation.json_members()));
    // serde has doubles where the text has no decimals.
    let same = serde_json::to_string(&annotation).unwrap().replace(".0,", ",").replace(".0}", "}");
    assert_eq!(parsed(&same), expected);
    for (name, text) in HEARD {
        expected[name] = json!(text);
    }
    assert_eq!(found, expected);
    assert!(answer.posts.list.len() > 1, "a sector of 5 km by 3 km among these posts is no certain case");
    let mut doubtful = described.clone();
    doubtful.warnings = vec![Warning::MagneticPole];
    let members =
        Annotation::new(&area, &located, &options).with_described(&doubtful, &answer).json_members();
    assert!(
        members.ends_with(
            r#","location_doubt":"so near to a magnetic pole compasses are not to be relied on","location_assumed":"direction 11.25..33.75 degrees""#
        ),
        "{members}"
    );
}

/// As some programs write any number.
#[test]
fn numbers_of_json_may_have_exponents() {
    let heard = |bearing: &str, distance: &str| {
        let fields = format!(r#"{{"observer_post":"OP-07","bearing":{bearing},"distance_m":{distance}}}"#);
        feature("null", &fields, "null")
    };
    let found = folder_with(&[heard("4.3e1", "2E3"), heard("43", "2000.0")]).annotated("");
    assert_eq!(found[0]["post_distance_m"], found[1]["post_distance_m"]);
    assert_eq!(found[0]["location_form"], "sector");
}

#[test]
fn arrays_of_observations_are_one_fix() {
    let texts = [("observer_post", "OP-11;OP-12;OP-14"), ("bearing", "152;183;230")];
    let array = r#"{"type":"Feature","id":null,"properties":{"observer_post":["OP-11","OP-12","OP-14"],"bearing":[152,183,230]},"geometry":null}"#;
    let found = folder_with(&[reported(&texts), array.to_owned()]).annotated("");
    assert_eq!(found[0]["location_form"], "fix");
    let answers = |of: &Value| {
        let mut of = of.clone();
        let members = of.as_object_mut().unwrap();
        members.retain(|name, _| !texts.iter().any(|(text, _)| text == name));
        of
    };
    assert_eq!(answers(&found[0]), answers(&found[1]));
}

/// Without posts, routes or corridors their members are not there; with an empty layer they say that there is nothing.
#[test]
fn layers_that_are_not_asked_for_and_empty_ones() {
    let folder = folder_with(&[reported(&HEARD), reported(&[("mgrs", "38S PK 49 09")])]);
    folder.run("annotate --posts posts.geojson --incidents incidents.geojson --output out.geojson").ok();
    let found = properties(&folder.read("out.geojson"));
    assert!(found[0]["post_candidates"].is_array() && found[0].get("route_candidates").is_none());
    assert!(found[0].get("corridor_share").is_none() && found[0].get("route_certain").is_none());

    folder.write("posts.geojson", crate::program::collection(&[]));
    folder.write("routes.geojson", crate::program::collection(&[]));
    folder.write("incidents.geojson", crate::program::collection(&[reported(&[("mgrs", "38S PK 49 09")])]));
    let found = folder.annotated("").remove(0);
    for name in ["post_certain", "route_certain", "corridor_share", "post_id", "route_id"] {
        assert_eq!(found[name], Value::Null, "{name}");
    }
    assert_eq!((&found["post_candidates"], &found["route_candidates"]), (&json!([]), &json!([])));
    assert_eq!(found["location_form"], "grid");
}

/// The command of the page on described locations, and what the page says comes out of it.
#[test]
fn the_page_on_described_locations_shows_what_comes_out() {
    let page = project_file("docs/uncertain-reports.md");
    let block = |kind: &str| page.split(&format!("```{kind}\n")).nth(1).unwrap().split("```").next().unwrap();
    let folder = Folder::new();
    let words = block("sh").split_whitespace().skip(1).map(|word| match word {
        "log.geojson" | "regions.geojson" => folder.path(word).display().to_string(),
        word if word.contains('/') => project_path(word).display().to_string(),
        word => word.to_owned(),
    });
    let run = folder.run_words(words, b"");
    assert!(run.err.starts_with(block("text")), "{}", run.err);
    let first = folder.read("log.geojson").lines().nth(1).unwrap().to_owned();
    for line in block("json").lines() {
        assert!(first.contains(line), "{line} is not in {first}");
    }
    assert!(folder.has("regions.geojson"));
}
