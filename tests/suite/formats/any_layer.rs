//! Layers and incidents in every format, through every command: the answers are those of GeoJSON.

use serde_json::Value;

use crate::fixtures::{files_below, project_path};
use crate::program::{Folder, json, properties};

/// Extensions of files that others wrote (see the README of the fixtures), with what their names begin with.
const FORMATS: [(&str, &str); 9] = [
    ("", "kml"),
    ("", "kmz"),
    ("", "gpx"),
    ("", "shp"),
    ("utm_", "shp"),
    ("", "csv"),
    ("", "xlsx"),
    ("", "ods"),
    #[cfg(feature = "geopackage")]
    ("", "gpkg"),
    #[cfg(not(feature = "geopackage"))]
    ("", "geojson"),
];

fn folder() -> Folder {
    let folder = Folder::with_demonstration();
    for path in files_below("tests/fixtures/any_layer") {
        std::fs::copy(&path, folder.path(path.file_name().unwrap().to_str().unwrap())).unwrap();
    }
    if cfg!(feature = "geopackage") {
        for layer in ["posts", "routes", "incidents"] {
            let line = format!(
                "annotate --posts posts.geojson --incidents {layer}.geojson --output {layer}.gpkg --prefix n_"
            );
            folder.run(&line).ok();
        }
    }
    folder
}

/// Numbers to what a projected coordinate with centimetres may be off.
fn close(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 2e-3,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| close(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| close(a, b)))
        }
        (a, b) => a == b,
    }
}

#[test]
fn posts_and_routes_of_every_format_give_the_same_answers() {
    let folder = folder();
    let ask = |posts: &str, routes: &str, at: &str| {
        json(
            &folder
                .run(&format!("nearest --posts {posts} --routes {routes} --at={at} -k 3 --format json"))
                .ok(),
        )
    };
    for at in ["46.8,40.0", "46.6,39.6", "47.1,39.7"] {
        let wanted = ask("posts.geojson", "routes.geojson", at);
        for (prefix, extension) in FORMATS {
            let mut found =
                ask(&format!("{prefix}posts.{extension}"), &format!("{prefix}routes.{extension}"), at);
            // A table of a Shapefile has no room for the name half_width_m.
            if extension == "shp" {
                for name in ["in_corridor", "corridors"] {
                    let members = found.as_object_mut().unwrap();
                    members.remove(name);
                    members.extend(wanted.get(name).map(|value| (name.to_owned(), value.clone())));
                }
            }
            assert!(close(&found, &wanted), "{prefix}{extension} at {at}: {found} {wanted}");
        }
    }
}

#[test]
fn incidents_of_every_format_go_through_every_command() {
    let folder = folder();
    let layers = "--posts posts.geojson --routes routes.geojson";
    let answers = |incidents: &str, output: &str| -> Vec<Value> {
        folder
            .run(&format!("annotate {layers} --incidents {incidents} --output {output} --force --prefix p_"))
            .ok();
        let ours = |mut one: Value| {
            let members = one.as_object_mut().unwrap();
            members.retain(|name, _| name.starts_with("p_"));
            one
        };
        properties(&folder.read(output)).into_iter().map(ours).collect()
    };
    let wanted = answers("incidents.geojson", "out.geojson");
    assert_eq!(wanted.len(), 3);
    let day = "--zone Asia/Baku --day 2021-01-01 --force --output out.json";
    let totals = |incidents: &str| {
        folder.run(&format!("bulletin {layers} --incidents {incidents} {day}")).ok();
        json(&folder.read("out.json"))["totals"].clone()
    };
    let wanted_totals = totals("incidents.geojson");
    for (prefix, extension) in FORMATS {
        let file = format!("{prefix}incidents.{extension}");
        assert!(close(&answers(&file, "out.geojson").into(), &wanted.clone().into()), "{file}");
        let run =
            folder.run(&format!("annotate {layers} --incidents {file} --output out.csv --force --prefix p_"));
        match prefix {
            // A table is not taken from another system.
            "utm_" => drop(run.fails(2, &["expected WGS84"])),
            _ => assert_eq!(
                (run.status, folder.read("out.csv").lines().count()),
                (0, 4),
                "{file}: {}",
                run.err
            ),
        }
        // A Shapefile has dates and no times of day, and the tables of others their own words for them.
        let counts = totals(&file);
        assert_eq!(counts, wanted_totals, "{file}");
        for command in [
            format!("map {layers} --output out.svg --force"),
            format!("fuse {layers} --output out.geojson --force --zone Asia/Baku"),
            "hotspots --routes routes.geojson --bandwidth 1000 --output out.geojson --force".to_owned(),
            "clusters --within 1000 --days 1 --zone Asia/Baku".to_owned(),
            format!("beats {layers} --output out.geojson --force"),
        ] {
            let run = folder.run(&format!("{command} --incidents {file}"));
            assert!(run.status == 0 && run.err.contains("read 3: "), "{file}, {command}: {}", run.err);
        }
        folder.run(&format!("check {file} --as incidents --zone Asia/Baku")).ok();
    }
}

#[test]
fn layers_of_every_format_go_through_every_command() {
    let folder = folder();
    for (prefix, extension) in FORMATS {
        let layers = format!("--posts {prefix}posts.{extension} --routes {prefix}routes.{extension}");
        for command in [
            format!(
                "corridors --routes {prefix}routes.{extension} --half-width 1km --output out.geojson --force"
            ),
            format!("coverage {layers} --radius 5km --output out.geojson --force"),
            format!("beats {layers} --output out.geojson --force"),
            format!("locate {layers} --from OP-07 --bearing NNE --distance 2km..7km"),
            format!("map {layers} --output out.html --force"),
            format!("route marks {layers} --route R1 --every 1km --output out.geojson --force"),
        ] {
            let run = folder.run(&command);
            assert_eq!(run.status, 0, "{command}: {}", run.err);
        }
        folder.run(&format!("check {prefix}posts.{extension} --as posts")).ok();
    }
}

#[test]
fn a_file_that_is_another_format_than_its_name_says_is_named() {
    let folder = folder();
    std::fs::copy(project_path("tests/fixtures/any_layer/posts.kml"), folder.path("wrong.geojson")).unwrap();
    std::fs::copy(project_path("tests/fixtures/any_layer/posts.kml"), folder.path("export")).unwrap();
    std::fs::copy(project_path("tests/fixtures/any_layer/posts.xlsx"), folder.path("wrong.csv")).unwrap();
    folder.run("nearest --posts wrong.geojson --at 46.8,40").fails(2, &["wrong.geojson: this is KML"]);
    folder
        .run("annotate --posts posts.kml --incidents wrong.csv --output o.csv")
        .fails(2, &["this is a workbook"]);
    // Without an extension the first bytes decide.
    assert!(folder.run("nearest --posts export --at 46.8,40").ok().contains("OP-20"));
    // A layer of the wrong kind says what it had.
    folder
        .run("nearest --posts routes.kml --routes routes.kml --at 46.8,40")
        .fails(2, &["routes.kml: no points in it", "it has: a line (5)"]);
    // Half of a position is a mistake; a table in another system is taken out of it.
    folder.write("half.csv", "id,lon,lat\nA,46.8,40.06\nB,46.9,\n");
    folder
        .run("nearest --posts half.csv --at 46.9,40")
        .fails(2, &["half.csv:3", "one of longitude and latitude"]);
    folder.write("utm.csv", "id,x,y\nA,650000,4436000\n");
    let found = folder.run("nearest --posts utm.csv --posts-crs EPSG:32638 --at 46.8,40 --format json").ok();
    assert!(json(&found)["post_distance_m"].as_f64().unwrap() < 20_000.0, "{found}");
}

#[test]
fn an_output_never_replaces_a_layer_in_a_file() {
    let folder = folder();
    let before = std::fs::read(folder.path("posts.xlsx")).unwrap();
    if cfg!(feature = "geopackage") {
        let whole = std::fs::read(folder.path("posts.gpkg")).unwrap();
        folder
            .run(
                "annotate --posts posts.gpkg#incidents --incidents incidents.csv --output posts.gpkg --force",
            )
            .fails(2, &["the output is also an input"]);
        assert_eq!(std::fs::read(folder.path("posts.gpkg")).unwrap(), whole);
    }
    folder.run("nearest --posts posts.xlsx#nothing --at 46.8,40").fails(2, &["nothing"]);
    assert!(folder.run("nearest --posts posts.xlsx#posts --at 46.8,40").ok().contains("OP-20"));
    assert_eq!(std::fs::read(folder.path("posts.xlsx")).unwrap(), before);
}
