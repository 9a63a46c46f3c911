//! Numbers as they are written: no sign on zero, no bearing of 360 degrees.

use serde_json::json;

use crate::program::{Folder, feature, json, line, point};

const POSTS: [(&str, f64, f64); 3] = [("A", 38.70, -3.04), ("A2", 38.70, -3.04), ("B", 38.85, -3.03)];

/// No number of a text is a zero with a sign.
#[track_caller]
fn without_signed_zero(text: &str) {
    let numbers = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.')));
    for number in numbers.filter(|number| number.starts_with('-')) {
        assert!(number.parse::<f64>() != Ok(-0.0), "{number} in {text}");
    }
}

#[test]
fn a_bearing_is_below_360_everywhere() {
    let folder = Folder::with_layers(
        &[point("\"A\"", "{}", 46.8, 40.0)],
        &[],
        &[
            point("1", r#"{"time":"2021-01-01T00:00:00Z"}"#, 46.8, 40.1),
            // A hair to the east: the bearing from the post is 0, the other way round it would be 360.
            point("2", r#"{"time":"2021-01-01T00:00:00Z"}"#, 46.799_999_999_9, 40.1),
        ],
    );
    for at in ["46.8,40.1", "46.7999999999,40.1", "46.79999,40.1"] {
        let table = folder.run(&format!("nearest --posts posts.geojson --at {at}")).ok();
        assert!(table.contains(" 0.0°") && !table.contains("360.0"), "{table}");
    }
    let data = json(&folder.run("nearest --posts posts.geojson --at 46.8,40.1 --format json").ok());
    assert_eq!(data["nearest_posts"][0]["post_bearing_deg"], json!(0));
    folder.run("annotate --posts posts.geojson --incidents incidents.geojson --output out.geojson --connectors con.geojson").ok();
    for name in ["out.geojson", "con.geojson"] {
        assert!(folder.read(name).contains("bearing_deg\":0"), "{}", folder.read(name));
        assert!(!folder.read(name).contains("bearing_deg\":360"), "{}", folder.read(name));
    }
    let bulletin = folder
        .run("bulletin --posts posts.geojson --incidents incidents.geojson --day 2021-01-01 --zone UTC --output - --format md")
        .ok();
    assert!(bulletin.contains("000") && !bulletin.contains("360"), "{bulletin}");
}

#[test]
fn a_sum_of_nothing_has_no_sign() {
    let posts: Vec<String> =
        POSTS.iter().map(|(id, lon, lat)| point(&format!("\"{id}\""), "{}", *lon, *lat)).collect();
    let routes = [
        line("\"R1\"", r#"{"half_width_m":3000}"#, "[[38.68,-3.05],[38.75,-3.03],[38.88,-3.04]]"),
        line("\"R2\"", "{}", "[[0,0],[0,0]]"),
    ];
    let folder = Folder::with_layers(&posts, &routes, &[point("1", "{}", 38.7, -3.04)]);
    let square = "[[[38.60,-3.06],[38.70,-3.06],[38.70,-3.0],[38.60,-3.0],[38.60,-3.06]]]";
    folder.write("within.geojson", format!(r#"{{"type":"Polygon","coordinates":{square}}}"#));
    let layers = "--posts posts.geojson --routes routes.geojson";
    for within in ["within.geojson", "3000", "corridors"] {
        let table = folder
            .run(&format!("beats {layers} --output b.geojson --sectors s.geojson --within {within} --force"))
            .ok();
        assert!(table.contains("0.000 km2"), "{table}");
        [table, folder.read("b.geojson"), folder.read("s.geojson")]
            .iter()
            .for_each(|text| without_signed_zero(text));
    }
    folder.write("point.geojson", crate::program::collection(&[line("1", "{}", "[[0,0],[0,0]]")]));
    for routes in ["routes", "point"] {
        let run = folder.run(&format!(
            "hotspots --routes {routes}.geojson --incidents incidents.geojson --bandwidth 500 --output h.geojson --force"
        ));
        [&run.out, &run.err].into_iter().for_each(|text| without_signed_zero(text));
        assert!(!run.err.contains("NaN"), "{}", run.err);
        let table = folder
            .run(&format!("coverage --posts posts.geojson --routes {routes}.geojson --radius 1 --output c.geojson --force"))
            .ok();
        without_signed_zero(&table);
    }
}

/// A coordinate that rounds to zero from below is 0.
#[test]
fn coordinates_that_are_written_have_no_signed_zero() {
    let routes = [line("\"R\"", r#"{"half_width_m":10}"#, "[[-0.0,-0.0],[-0.00000000000001,-1]]")];
    let folder = Folder::with_layers(
        &[point("\"A\"", "{}", -0.0, -0.0)],
        &routes,
        &[feature("1", "{}", r#"{"type":"Point","coordinates":[1,-0.00000000000001]}"#)],
    );
    let layers = "--posts posts.geojson --routes routes.geojson";
    for line in [
        format!("nearest {layers} --at=-0.0,-0.5 --format geojson"),
        format!("nearest {layers} --at=-0.0,-0.5 --format json"),
        format!("nearest {layers} --at=-0.0,-0.5"),
        "route locate --routes routes.geojson --route R --at=-0.0,-0.5".to_owned(),
        "route substring --routes routes.geojson --route R --from 0 --to 10".to_owned(),
        format!("beats {layers} --output -"),
        "corridors --routes routes.geojson --output -".to_owned(),
    ] {
        without_signed_zero(&folder.run(&line).ok());
    }
}
