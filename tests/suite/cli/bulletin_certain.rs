//! `patrol bulletin`: what is certain of a region, what is possible, and what is undecided.

use serde_json::{Value, json};

use crate::cli::bulletin::{DAY, LAYERS, at, bulletin, field, ids};
use crate::program::{Folder, feature, json as parse, line, point};

/// An incident without a geometry, at noon of the day.
fn report(id: &str, members: &str) -> String {
    feature(&format!("\"{id}\""), &format!(r#"{{"time":"2021-03-05T12:00Z",{members}}}"#), "null")
}

/// A row of a table: incidents, possible, killed and wounded.
fn row(found: &Value, table: &str, kind: &str, key: Option<&str>) -> Option<[f64; 4]> {
    let rows = found["tables"][table].as_array().unwrap();
    let is = |row: &&Value| row["row"] == kind && row["key"].as_str() == key;
    let figures = ["incidents", "possible", "killed", "wounded"];
    rows.iter().find(is).map(|row| figures.map(|figure| row[figure].as_f64().unwrap()))
}

/// An uncertain place is no uncertain answer: what is the nearest all over the region counts, with its persons.
#[test]
fn what_is_certain_of_a_region_counts() {
    let folder = field(&[
        at("exact", "2021-03-05T12:00Z", r#""killed":1"#),
        at("disc", "2021-03-05T12:00Z", r#""uncertainty_m":200,"killed":2,"wounded":4"#),
        report("sector", r#""observer_post":"2","bearing":"S","distance_m":"1 km","killed":8"#),
    ]);
    let found = bulletin(&folder, DAY);
    assert_eq!((&found["totals"]["located"], &found["totals"]["uncertain"]), (&json!(1), &json!(2)));
    for (table, keys) in [("post", ["OP-1", "2"]), ("route", ["R1", "R2"]), ("corridor", ["West", "East"])] {
        assert_eq!(row(&found, table, "value", Some(keys[0])), Some([2.0, 0.0, 3.0, 4.0]), "{table}");
        assert_eq!(row(&found, table, "value", Some(keys[1])), Some([1.0, 0.0, 8.0, 0.0]), "{table}");
        assert_eq!(row(&found, table, "undecided", None), None, "{table}");
    }
    assert_eq!(row(&found, "side", "value", Some("left")), Some([3.0, 0.0, 11.0, 4.0]));
    // Nothing is possible, so that no column says so.
    let page = folder.run(&format!("{LAYERS} --format md --output - {DAY}")).ok();
    assert!(page.contains("| OP-1 | 2 | 3 | 4 |") && !page.contains("Possible"), "{page}");
    assert!(page.contains("nearest post certainly OP-1, "), "{page}");
}

/// Half way between two posts: possible for both, its persons for neither.
#[test]
fn what_a_region_leaves_open_is_possible() {
    let middle = |id: &str, more: &str| {
        let properties = format!(r#"{{"time":"2021-03-05T12:00Z","uncertainty_m":3000{more}}}"#);
        point(&format!("\"{id}\""), &properties, 46.3, 40.02)
    };
    let folder = field(&[
        middle("a", r#","killed":1,"wounded":2"#),
        middle("b", r#","killed":4"#),
        middle("c", ""),
        at("exact", "2021-03-05T12:00Z", r#""wounded":16"#),
    ]);
    let found = bulletin(&folder, DAY);
    for (table, keys) in [("post", ["OP-1", "2"]), ("route", ["R1", "R2"])] {
        // Three halves each, rounded so that they add up to three.
        assert_eq!(row(&found, table, "value", Some(keys[0])), Some([1.0, 1.5, 0.0, 16.0]), "{table}");
        assert_eq!(row(&found, table, "value", Some(keys[1])), Some([0.0, 1.5, 0.0, 0.0]), "{table}");
        assert_eq!(row(&found, table, "undecided", None), Some([0.0, 0.0, 5.0, 2.0]), "{table}");
    }
    // The regions meet no corridor; on which side of which route they are is open.
    assert_eq!(row(&found, "corridor", "none", None), Some([3.0, 0.0, 5.0, 2.0]));
    assert_eq!(row(&found, "side", "undecided", None), Some([3.0, 0.0, 5.0, 2.0]));
    let text = |more: &str| folder.run(&format!("{LAYERS} --output - {DAY} {more}")).ok();
    let page = text("--format md");
    for line in [
        "| Post | Certain | Possible | Killed | Wounded |",
        "| OP-1 | 1 | 1.5 | 0 | 16 |",
        "| undecided | 0 | 0.0 | 5 | 2 |",
        "| Total | 1 | 3.0 | 5 | 18 |",
        "| undecided | 3 | 5 | 2 |",
        "is possible for each, by its share of the region.",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    let persian = text("--format md --lang fa");
    assert!(persian.contains("| ممکن |") && persian.contains("| نامعین |"), "{persian}");
    let csv = text("--format csv");
    assert!(
        csv.lines().any(|line| line.starts_with("post,OP-1,1,0,16,value,") && line.ends_with(",1.5")),
        "{csv}"
    );
}

/// A region that a corridor's edge cuts is in the corridor or not: the incident itself is undecided.
#[test]
fn a_region_on_the_edge_of_a_corridor() {
    let place = |id: &str, lat: f64| {
        let properties = r#"{"time":"2021-03-05T12:00Z","uncertainty_m":300,"killed":1}"#;
        point(&format!("\"{id}\""), properties, 46.05, lat)
    };
    // 2 km are 0.018 degrees; on the route itself the side is open.
    let folder =
        field(&[place("edge", 40.018), place("outside", 40.03), place("on", 40.0), place("inside", 40.01)]);
    let found = bulletin(&folder, DAY);
    assert_eq!(row(&found, "corridor", "value", Some("West")), Some([2.0, 0.0, 2.0, 0.0]));
    assert_eq!(row(&found, "corridor", "none", None), Some([1.0, 0.0, 1.0, 0.0]));
    assert_eq!(row(&found, "corridor", "undecided", None), Some([1.0, 0.0, 1.0, 0.0]));
    assert_eq!(row(&found, "side", "value", Some("left")), Some([3.0, 0.0, 3.0, 0.0]));
    assert_eq!(row(&found, "side", "undecided", None), Some([1.0, 0.0, 1.0, 0.0]));
    assert_eq!(row(&found, "route", "value", Some("R1")), Some([4.0, 0.0, 4.0, 0.0]));
}

/// The same incidents from the log and from what was made of it count the same.
#[test]
fn an_annotated_log_counts_as_the_log() {
    let folder = field(&[]);
    folder.write(
        "log.csv",
        "id,time,longitude,latitude,observer_post,bearing,distance_m,killed\n\
         a,2021-03-05T12:00Z,,,OP-1,E,20 km,3\n\
         b,2021-03-05T12:00Z,46.05,40.01,,,,1\n\
         c,2021-03-05T12:00Z,,,OP-1,E,2 km..60 km,2\n",
    );
    let bulletin_of = |log: &str| {
        parse(
            &folder
                .run(&format!("{LAYERS} --format json --output - {DAY}").replace("incidents.geojson", log))
                .ok(),
        )
    };
    let raw = bulletin_of("log.csv");
    assert_eq!(raw["totals"]["uncertain"], 2);
    for name in ["day.geojson", "day.csv"] {
        let annotate = "annotate --posts posts.geojson --routes routes.geojson --incidents log.csv";
        folder.run(&format!("{annotate} --output {name}")).ok();
        assert_eq!(bulletin_of(name), raw, "{name}");
    }
}

/// Shares in words add up to 100 %, and what is nearly all or nearly nothing is not all or nothing.
#[test]
fn shares_in_words() {
    let posts = [point("\"W\"", "{}", 46.0, 40.0), point("\"E\"", "{}", 46.1, 40.0)];
    // The middle is at 46.05, 4.3 km from each.
    let disc = |id: &str, lon: f64| {
        point(&format!("\"{id}\""), r#"{"time":"2021-03-05T12:00Z","uncertainty_m":2000}"#, lon, 40.0)
    };
    let folder = Folder::with_layers(&posts, &[], &[disc("third", 46.0435), disc("most", 46.0275)]);
    let run = |more: &str| {
        folder
            .run(&format!(
                "bulletin --posts posts.geojson --incidents incidents.geojson --output - {DAY} {more}"
            ))
            .ok()
    };
    let page = run("--format md");
    let found = parse(&run("--format json"));
    let share = |id: &str, post: &str| {
        let rows = found["uncertain"].as_array().unwrap();
        let incident = rows.iter().find(|row| row["id"] == id).unwrap();
        let posts = incident["posts"].as_array().unwrap();
        posts.iter().find(|one| one["id"] == post).unwrap()["share"].as_f64().unwrap()
    };
    assert!(share("most", "E") < 0.005, "{}", share("most", "E"));
    let line = |id: &str| page.lines().find(|line| line.starts_with(&format!("- {id},"))).unwrap().to_owned();
    let most = line("most");
    assert!(most.contains("W (over 99 %, ") && most.contains("E (under 1 %, "), "{most}");
    let third = line("third");
    let percents = third.split(" %, ").filter_map(|part| part.rsplit('(').next()?.parse::<f64>().ok());
    let percents: Vec<f64> = percents.collect();
    assert_eq!(percents.iter().sum::<f64>(), 100.0, "{third}");
    assert!((percents[0] - 100.0 * share("third", "W")).abs() < 1.0, "{third}");
    let persian = run("--format md --lang fa");
    assert!(persian.contains("بیش از ۹۹ درصد") && persian.contains("کمتر از ۱ درصد"), "{persian}");
}

/// Posts and routes that nothing is in service of leave nothing open.
#[test]
fn a_region_without_posts_and_routes() {
    let gone = r#"{"active_to":"2020-01-01T00:00Z"}"#;
    let routes = [line("\"R\"", gone, "[[46.0,40.0],[46.1,40.0]]")];
    let folder = Folder::with_layers(
        &[point("1", gone, 46.0, 40.0)],
        &routes,
        &[at("a", "2021-03-05T12:00Z", r#""uncertainty_m":500,"killed":1"#)],
    );
    let found = bulletin(&folder, DAY);
    for table in ["post", "route", "side", "corridor"] {
        assert_eq!(row(&found, table, "none", None), Some([1.0, 0.0, 1.0, 0.0]), "{table}");
    }
    assert_eq!(ids(&found["uncertain"]), ["a"]);
}
