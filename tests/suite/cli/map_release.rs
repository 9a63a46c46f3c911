//! `patrol map`: what is not chosen is not in the file, in any form.

use crate::program::{Folder, Run};

const LOG: &str = "\
id,time,type,status,killed,lon,lat,informant,note\n\
SECRET-1,2020-11-20T05:00:00+04:00,shelling,open,2,46.812345,39.912345,Anna Vogel,quarry\n\
SECRET-2,2020-11-20T23:30:00+04:00,cattle theft,settled,0,46.912345,39.712345,Boris Falke,meadow\n\
SECRET-3,2020-11-21T01:00:00+04:00,shelling,settled,0,46.612345,39.812345,Clara Amsel,orchard\n\
SECRET-4,2020-11-21,drone,open,0,46.712345,39.612345,Doris Specht,bridge\n\
SECRET-5,,mine,open,1,46.652345,39.652345,Emil Kauz,ford\n";

fn folder() -> Folder {
    let folder = Folder::with_demonstration();
    folder.write("log.csv", LOG);
    folder
}

fn run(folder: &Folder, format: &str, more: &str) -> Run {
    let line = "map --posts posts.geojson --routes routes.geojson --incidents log.csv --force --allow-incomplete --output out";
    folder.run(&format!("{line}.{format} {more}"))
}

/// The bytes of the page and of the picture, and what was said.
fn products(more: &str) -> [String; 3] {
    let folder = folder();
    let html = run(&folder, "html", more);
    let said = html.err.clone();
    html.ok();
    run(&folder, "svg", more).ok();
    [folder.read("out.html"), folder.read("out.svg"), said]
}

/// Which of the five incidents a file has.
fn ids(file: &str) -> Vec<usize> {
    (1..=5).filter(|n| file.contains(&format!("SECRET-{n}"))).collect()
}

#[test]
fn a_period_takes_other_incidents_out() {
    let [page, picture, said] = products("--day 2020-11-20 --zone +04:00");
    for file in [&page, &picture] {
        assert_eq!(ids(file), [1, 2]);
        assert!(file.contains("Incidents of 2020-11-20 (+04:00)"));
    }
    for gone in ["Clara", "orchard", "drone", "Emil"] {
        assert!(!page.contains(gone), "{gone}");
    }
    assert!(said.contains("not in the map: 2 incidents of another time"), "{said}");
    assert!(said.contains("not in the map: 1 incident without a readable time"), "{said}");
    // The day of the fourth may be that of the period or not: no doubt becomes a certainty.
    let [page, _, said] = products("--from 2020-11-20T12:00+04:00 --to 2020-11-21T12:00+04:00 --zone +04:00");
    assert_eq!(ids(&page), [2, 3, 4]);
    assert!(page.contains("Incidents that may be of another time, by what is known of theirs: 1"));
    assert!(said.contains("in the map, though perhaps of another time: 1 incident"), "{said}");
    run(&folder(), "html", "--day 2020-11-20").fails(2, &["a day needs --zone"]);
}

#[test]
fn conditions_take_other_incidents_out() {
    for (filters, expected) in [
        ("--filter type=Shelling", vec![1, 3]),
        ("--filter type=shelling --filter status!=settled", vec![1]),
        ("--filter type=shelling --filter type=mine", vec![1, 3, 5]),
        ("--filter note=nowhere", vec![]),
        ("--filter status!=open", vec![2, 3]),
        ("--filter Art=mine --field type=type", vec![]),
    ] {
        let [page, picture, _] = products(filters);
        assert_eq!((ids(&page), ids(&picture)), (expected.clone(), expected), "{filters}");
    }
    run(&folder(), "html", "--filter shelling").fails(2, &["shelling", "NAME=VALUE"]);
}

#[test]
fn members_that_are_not_chosen_are_not_in_the_file() {
    let [page, picture, _] = products("--without informant,note");
    for gone in ["Anna", "Vogel", "quarry", "informant", "note\""] {
        assert!(!page.contains(gone) && !picture.contains(gone), "{gone}");
    }
    assert!(page.contains("cattle theft") && ids(&page).len() == 5);
    let [page, picture, _] = products("--fields type");
    for gone in ["SECRET", "Anna", "quarry", "settled", "informant", "\"times\"", "2020-11"] {
        assert!(!page.contains(gone) && !picture.contains(gone), "{gone}");
    }
    assert!(page.contains("cattle theft") && page.contains("#1"));
    // Symbols, colours and sizes tell nothing that is not in the file.
    let [page, picture, _] = products("--without type,status,killed,nearest_post,nearest_route");
    for gone in ["shelling", "settled", "Larger", "\"nearest post\"", "class=\"cp\"", "class=\"cr\""] {
        assert!(!page.contains(gone) && !picture.contains(gone), "{gone}");
    }
    let [_, _, said] = products("--without informants");
    assert!(said.contains("warning: --without names `informants`, which no incident has"), "{said}");
}

/// A name counts as the file has it and as it is read.
#[test]
fn members_are_taken_out_by_either_name() {
    let renamed = LOG.replacen("type", "Event_Type", 1).replacen("time", "When", 1);
    for (without, field) in
        [("type,time", ""), ("Event_Type,When", ""), ("type,When", ""), ("Event_Type,time", "")]
    {
        let folder = folder();
        folder.write("log.csv", &renamed);
        let more = format!("--field type=Event_Type --time-field When --without {without} {field}");
        run(&folder, "html", &more).ok();
        let page = folder.read("out.html");
        for gone in ["shelling", "2020-11", "\"times\""] {
            assert!(!page.contains(gone), "{without}: {gone}");
        }
    }
}

#[test]
fn squares_hold_no_incident_and_no_position() {
    let [page, picture, _] = products("--coarsen 10km");
    for file in [&page, &picture] {
        for gone in ["SECRET", "Anna", "quarry", "12345", "from OP-", "2020-11", "class=\"cp\"", "settled"] {
            assert!(!file.contains(gone), "{gone}");
        }
        assert!(file.contains("Squares of 10 km take the place of locations"));
        assert!(file.contains("Incidents in a square of 10 km (5)"));
    }
    assert!(page.contains("cattle theft"), "types are counted");
    let [page, ..] = products("--coarsen 10km --without type");
    assert!(!page.contains("cattle theft"));
    // However many incidents there are, squares count them, not hexagons.
    let [page, picture, _] = products("--coarsen 10km --most-single 2");
    assert!(picture.contains("Incidents in a square of 10 km (5)") && !picture.contains("hexagon"));
    assert!(page.contains("Incidents in a square of 10 km (5)") && page.contains("\"binned\":false"));
    run(&folder(), "html", "--coarsen 10km --fields type").fails(2, &["--fields", "--coarsen"]);
    run(&folder(), "html", "--coarsen 3000km").fails(2, &["squares of 3000000 m"]);
}

/// Where in its square an incident lies changes no byte of the map.
#[test]
fn moves_within_a_square_leave_no_trace() {
    let page = |lon: f64, lat: f64| {
        let folder = folder();
        folder.write("log.csv", format!("id,type,lon,lat\nA,shelling,{lon},{lat}\nB,mine,46.3,39.3\n"));
        run(&folder, "html", "--coarsen 10km").ok();
        folder.read("out.html")
    };
    // The middles of squares of 10 km are several kilometres from what follows.
    assert_eq!(page(46.8123, 39.9023), page(46.8124, 39.9024));
    assert_ne!(page(46.8123, 39.9023), page(46.8123, 39.9923));
}

#[test]
fn regions_are_possible_in_all_their_squares() {
    let folder = folder();
    folder.write("log.csv", "id,type,mgrs\nA,shelling,38SNK\nB,mine,38SNK\n");
    run(&folder, "svg", "--coarsen 20km").ok();
    let picture = folder.read("out.svg");
    assert!(picture.contains("2 incidents are counted as possible in each square that they may lie in"));
    assert!(picture.contains(">2?<") && picture.contains("Incidents in a square of 20 km (0)"));
    run(&folder, "svg", "--coarsen 500").ok();
    assert!(folder.read("out.svg").contains("2 incidents may lie in so many squares that they are in none"));
}
