//! `patrol hotspots` and `patrol clusters`.

use serde_json::json;

use crate::program::{Folder, line, point, properties};

const HOTSPOTS: &str = "hotspots --routes routes.geojson --incidents incidents.geojson --output out.geojson";

/// One route of 20 km along the equator, five incidents near km 15, one at km 5, one far off, one without a place.
fn equator() -> Folder {
    let km = |km: f64| km * 0.008_983_152_841_195_2;
    let at = |i: usize, km_along: f64, lat: f64| {
        let members = format!("{{\"time\":\"2020-10-0{}T08:00:00Z\"}}", i + 1);
        point(&i.to_string(), &members, km(km_along), lat)
    };
    let mut incidents: Vec<String> = [14.8, 14.9, 15.0, 15.1, 15.2, 5.0]
        .iter()
        .enumerate()
        .map(|(i, along)| at(i, *along, 0.001))
        .collect();
    incidents.push(at(6, 10.0, 0.5));
    incidents.push(r#"{"type":"Feature","properties":{"time":"noon"},"geometry":null}"#.to_owned());
    Folder::with_layers(&[], &[line("\"R\"", "{}", &format!("[[0,0],[{},0]]", km(20.0)))], &incidents)
}

#[test]
fn stretches_are_ranked_and_the_left_out_counted() {
    let folder = equator();
    let run = folder.run(&format!("{HOTSPOTS} --bandwidth 1000"));
    let told = run.err.clone();
    let text = run.ok();
    assert!(told.contains("placed 6 (") && told.contains("1000 m from every route 1"), "{told}");
    assert!(told.contains("without a location 1") && told.contains("mean 0.300 per km"), "{told}");
    assert!(text.contains("1     R      km 14."), "{text}");
    let found = properties(&folder.read("out.geojson"));
    let shown: Vec<_> = (found.iter())
        .map(|p| (p["rank"].clone(), p["incidents"].clone(), p["peak_chainage_m"].as_f64().unwrap().round()))
        .collect();
    assert_eq!(shown, [(json!(1), json!(5), 15_000.0), (json!(2), json!(1), 5_000.0)]);
    // 0.75 (1 - 0.2^2 + 1 - 0.1^2 + ...) at the middle of the five.
    assert!((found[0]["peak_density_per_km"].as_f64().unwrap() - 0.75 * 4.9).abs() < 1e-5, "{}", found[0]);
    folder.run(&format!("{HOTSPOTS} --force --bandwidth 1000 --top 1")).ok();
    assert_eq!(properties(&folder.read("out.geojson")).len(), 1);
    folder.run(&format!("{HOTSPOTS} --force --bandwidth 1000 --max-distance 60000")).ok();
    assert_eq!(properties(&folder.read("out.geojson")).len(), 3);
    folder.run(&format!("{HOTSPOTS} --force --bandwidth 0")).fails(2, &["--bandwidth", "greater than 0"]);
    folder.run(&format!("{HOTSPOTS} --bandwidth 10")).fails(2, &["exists", "--force"]);
    folder
        .run("hotspots --posts p --incidents i --output o.geojson --bandwidth 9")
        .fails(2, &["--routes FILE"]);
}

#[test]
fn nothing_to_place_is_no_stretch() {
    let folder = equator();
    folder.write("none.csv", "lon,lat\n");
    let line = "hotspots --routes routes.geojson --incidents none.csv --output out.geojson --bandwidth 500";
    let text = folder.run(line).ok();
    assert!(text.contains("R      20.000 km  0          0.000   -"), "{text}");
    assert!(properties(&folder.read("out.geojson")).is_empty());
}

#[test]
fn clusters_are_told_with_their_caution() {
    let folder = equator();
    let run = folder.run("clusters --incidents incidents.geojson --within 500 --days 4");
    assert_eq!(run.status, 1, "{}", run.err);
    // Of 21 pairs of 7 incidents 10 are near and 18 within 4 days; all 10 are both.
    for words in
        ["incidents 7, pairs 21: near 10, soon 18", "0 to 500 m", "0 to 4 d", "8.57", "1.17", "no forecast"]
    {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    for words in ["read 8: exact 7", "counted 7 (", "unreadable time 1", "`noon`", "seed 1"] {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
    let bands =
        folder.run("clusters --incidents incidents.geojson --within 150,500 --days 1,4 --permutations 9");
    assert!(
        bands.out.contains("over 150 to 500 m  over 1 to 4 d  ") && !bands.out.contains("Poisson"),
        "{}",
        bands.out
    );
    folder
        .run("clusters --incidents incidents.geojson --within 500,100 --days 4")
        .fails(2, &["bands of distance"]);
    for what in ["--within nan --days 4", "--within 500 --days inf", "--within 500 --days soon"] {
        folder
            .run(&format!("clusters --incidents incidents.geojson {what}"))
            .fails(2, &["that is not negative"]);
    }
    folder.write("days.csv", "lon,lat,day\n46,40,2020-10-04\n46,40,2020-10-05\n46,40,\n");
    let days = folder.run("clusters --incidents days.csv --time-field day --within 10 --days 1");
    assert!(
        days.err.contains("counted 2 (by a date alone 2)") && days.err.contains("dated 2, without a time 1"),
        "{}",
        days.err
    );
    assert!(days.ok().contains("near 1, soon 1"));
}
