//! Described locations as people type them, held against a table of what is right.

use patrol_corridor::described::{DescribedOptions, DescribedReader, DescribedTexts};
use patrol_corridor::region::Bearing;
use patrol_corridor::{Edges, IncidentGeometry, ObservationPost, PatrolIndex, PatrolRoute, Position};

use crate::fixtures::project_file;

fn reader() -> DescribedReader {
    let post = |id: &str, lon, lat| ObservationPost::new(id, Position::from_lon_lat(lon, lat).unwrap());
    let posts =
        vec![post("OP-07", 46.75, 39.82), post("OP-08", 46.8, 39.9), post("OP-21", 46.826567, 40.072204)];
    let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
    let routes = vec![PatrolRoute::from_line_string("R5", &line).unwrap()];
    DescribedReader::new(
        &PatrolIndex::new(posts, routes, Edges::Planar).unwrap(),
        DescribedOptions::default(),
    )
}

/// `a..b`, as the table has it.
fn span(from: f64, to: f64) -> String {
    let shown = |x: f64| ((x * 1e6).round() / 1e6 + 0.0).to_string();
    format!("{}..{}", shown(from), shown(to))
}

/// What a text is read as, in the words of the table.
fn read(reader: &DescribedReader, of: &str, text: &str) -> String {
    let refused = || "refused".to_owned();
    match of {
        "bearing" => text.parse::<Bearing>().map_or_else(
            |_| refused(),
            |bearing| {
                let half_deg = match bearing {
                    Bearing::Degrees(_) => 5.0,
                    _ => bearing.usual_tolerance_deg(),
                };
                let turned = |degrees: f64| degrees.rem_euclid(360.0);
                span(turned(bearing.azimuth_deg() - half_deg), turned(bearing.azimuth_deg() + half_deg))
            },
        ),
        "distance" | "post" => {
            let mut texts = DescribedTexts::default();
            texts.set("observer_post", if of == "post" { text } else { "OP-07" });
            texts.set("distance_m", if of == "post" { "2km..7km" } else { text });
            let Ok(Some(described)) = reader.read(&texts, &IncidentGeometry::None) else { return refused() };
            if of == "post" {
                let other = described.assumed.first().map(ToString::to_string);
                return other.map_or(text.to_owned(), |id| id.replace("post ", "").replace('`', ""));
            }
            let patrol_corridor::region::DescribedRegion::Sector(ring) = described.location.region() else {
                panic!("{text}")
            };
            span(ring.nearest_m(), ring.farthest_m())
        }
        "sentence" => reader.read_words(text).map_or_else(
            |_| refused(),
            |words| {
                let mut parts: Vec<(String, String)> = Vec::new();
                for (_, text, field) in words.parts() {
                    let field = field.unwrap_or("unread");
                    match parts.iter_mut().find(|(known, _)| known == field && field != "unread") {
                        Some((_, texts)) => *texts += &format!(";{text}"),
                        None => parts.push((field.to_owned(), text.to_owned())),
                    }
                }
                let shown = |(field, text): (String, String)| format!("{field}={text}");
                parts.into_iter().map(shown).collect::<Vec<_>>().join("|")
            },
        ),
        _ => panic!("{of}"),
    }
}

#[test]
fn every_spelling_is_read_as_the_table_says() {
    let reader = reader();
    let table = project_file("tests/fixtures/described/spellings.tsv");
    let (mut count, mut wrong) = (0, Vec::new());
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let [of, text, right] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let found = read(&reader, of, text);
        // The order of the parts is that of the sentence.
        let sorted = |text: &str| {
            let mut parts: Vec<String> = text.split('|').map(str::to_owned).collect();
            parts.sort();
            parts
        };
        if sorted(&found) != sorted(right) {
            wrong.push(format!("{of} `{text}`: {found}, not {right}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 200, "{count}");
}

#[test]
fn sentences_in_a_column_are_located_and_what_is_unread_is_said() {
    let folder = crate::program::Folder::with_demonstration();
    let log = "id,location_text\n1,heard 3 shots 2-7 km NNE of OP-07\n2,somewhere\n3,2 km N of OP-99\n";
    folder.write("log.csv", log);
    let line = "annotate --posts posts.geojson --incidents log.csv --output out.geojson --skip-invalid --rejects bad.jsonl";
    let run = folder.run(line);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(folder.read("bad.jsonl").contains("nothing says where (nothing; not read: `somewhere` at 1)"));
    let all = crate::program::properties(&folder.read("out.geojson"));
    assert_eq!(all[0]["location_form"], "sector");
    let assumed = all[0]["location_assumed"].as_str().unwrap();
    assert!(assumed.contains("not read: `heard 3 shots` at 1"), "{assumed}");
    assert_eq!(all.len(), 2, "{}", run.err);
    assert!(all[1]["location_warning"].as_str().unwrap().contains("OP-99"), "{}", all[1]);
    // The same as the columns say.
    folder.write("log.csv", "id,observer_post,bearing,distance_m\n1,OP-07,NNE,2-7 km\n");
    folder.run(&format!("{line} --force")).ok();
    let columns = crate::program::properties(&folder.read("out.geojson"));
    assert_eq!(columns[0]["post_candidates"], all[0]["post_candidates"]);
    let read = |text: &str, zone: &str| {
        folder.run_words(["read", text, "--posts", "posts.geojson", "--zone", zone], b"")
    };
    let shown = read("heard 3 shots 2-7 km NNE of OP-07", "UTC").ok();
    for part in ["heard 3 shots", "not read", "observer_post", "sector, 8.836 km2"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let shown = read("04.10.2020 13:45", "Asia/Baku").ok();
    assert!(shown.contains("2020-10-04T09:45:00Z or 2020-04-10T09:45:00Z"), "{shown}");
    let shown = read("24.10.2020 13:45", "Asia/Baku").ok();
    assert!(shown.contains("2020-10-24T09:45:00Z, read with the day before the month"), "{shown}");
}
