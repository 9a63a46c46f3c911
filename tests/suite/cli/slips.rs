//! The slips of people who type layers and logs by hand: each is told, with what mends it.

use crate::program::{Folder, collection, line, point, properties};

/// Posts along a river in Kenya, where a latitude is also a longitude in range.
fn posts(of: &[(&str, f64, f64)]) -> String {
    let post = |&(properties, lon, lat): &(&str, f64, f64)| point("null", properties, lon, lat);
    without_ids(&of.iter().map(post).collect::<Vec<_>>())
}

/// Features whose ids are among their properties.
fn without_ids(features: &[String]) -> String {
    collection(features).replace("\"id\":null,", "")
}

const RIVER: [(&str, f64, f64); 4] = [
    (r#"{"id":1,"name":"Falls"}"#, 38.696, -3.043),
    (r#"{"id":2}"#, 38.726, -3.0475),
    (r#"{"id":3}"#, 38.855, -3.033),
    (r#"{"id":4}"#, 39.218, -3.084),
];

#[test]
fn one_post_with_latitude_first_is_told_by_the_others() {
    let folder = Folder::new();
    let mut exchanged = RIVER;
    (exchanged[1].1, exchanged[1].2) = (RIVER[1].2, RIVER[1].1);
    folder.write("posts.geojson", posts(&exchanged));
    let found = folder.run("check --as posts posts.geojson").ok();
    assert_eq!(
        found,
        "posts.geojson:3: warning: feature 2 (id 2), geometry.coordinates: longitude -3.0475 and latitude \
         38.726, far from the rest of the layer, where 38.726, -3.0475 would be: are the coordinates in latitude, \
         longitude order?\n"
    );
    // Whoever does not check is told as well.
    let run = folder.run("nearest --posts posts.geojson --at 38.7,-3.04");
    assert!(run.err.contains("feature 2 (id 2), geometry.coordinates: longitude -3.0475"), "{}", run.err);
    assert_eq!(folder.run("check --as incidents posts.geojson").ok().lines().count(), 1);
    // Right ones, one of two, and one that is merely far away are not.
    let mut far = RIVER;
    far[3].2 = 50.0;
    for fine in [&RIVER[..], &exchanged[..2], &far] {
        folder.write("posts.geojson", posts(fine));
        assert_eq!(folder.run("check --as posts posts.geojson").ok(), "");
    }
}

#[test]
fn all_posts_with_latitude_first_are_told_by_the_routes() {
    let folder = Folder::new();
    let swapped = RIVER.map(|(properties, lon, lat)| (properties, lat, lon));
    folder.write("routes.geojson", collection(&[line("\"R\"", "{}", "[[38.64,-3.02],[38.70,-3.04]]")]));
    for (of, said) in [(&swapped, 1), (&RIVER, 0)] {
        folder.write("posts.geojson", posts(of));
        let run = folder.run("nearest --posts posts.geojson --routes routes.geojson --at 38.7,-3.04");
        assert_eq!(
            run.err.matches("with longitude and latitude of one exchanged").count(),
            said,
            "{}",
            run.err
        );
    }
}

#[test]
fn a_route_with_latitude_first_is_told() {
    let folder = Folder::new();
    let route = |id: &str, coordinates: &str| line(id, "{}", coordinates);
    folder.write(
        "routes.geojson",
        collection(&[
            route("\"A\"", "[[38.64,-3.02],[38.70,-3.04]]"),
            route("\"B\"", "[[38.59,-3.37],[38.68,-3.36]]"),
            route("\"C\"", "[[-3.3,38.60],[-3.2,38.68]]"),
        ]),
    );
    let found = folder.run("check --as routes routes.geojson").ok();
    assert!(found.starts_with("routes.geojson:4: warning: feature 3 (id C)"), "{found}");
    assert_eq!(found.lines().count(), 1);
}

#[test]
fn a_name_that_is_nearly_read_is_told_once() {
    let folder = Folder::new();
    let road = r#"{"ID":"G","Name":"Road","half_width_km":3,"Corridor":"Galana","widths":1}"#;
    let coordinates = "[[38.64,-3.02],[38.70,-3.04]]";
    folder.write(
        "routes.geojson",
        without_ids(&[line("null", road, coordinates), line("null", road, coordinates)]),
    );
    let expected = [
        ("ID", "`id`"),
        ("Name", "`name`"),
        ("half_width_km", "`half_width_m`, in metres"),
        ("Corridor", "`corridor`"),
    ];
    let check = folder.run("check --as routes routes.geojson").ok();
    let nearest = folder.run("nearest --routes routes.geojson --at 38.7,-3.04");
    for said in [&check, &nearest.err] {
        for (found, read) in expected {
            let text = format!("the property `{found}`, which is not read, expected {read}: rename it");
            assert_eq!(said.lines().filter(|line| line.contains(&text)).count(), 1, "{said}");
        }
        assert_eq!(said.lines().count(), 4, "{said}");
    }
    // Whoever names them by options knows.
    let named = folder.run("nearest --routes routes.geojson --route-name Name --at 38.7,-3.04").err;
    assert!(!named.contains("`Name`"), "{named}");
    // Beside what is read they are other things.
    let both = r#"{"id":"G","ID":7,"half_width_m":3,"half_width_km":3,"name":"a","NAME":"b"}"#;
    folder.write("routes.geojson", without_ids(&[line("null", both, coordinates)]));
    assert_eq!(folder.run("check --as routes routes.geojson").ok(), "");
}

#[test]
fn a_column_that_is_nearly_read_is_told() {
    let folder = Folder::new();
    folder.write("posts.geojson", posts(&RIVER));
    folder.write("log.csv", "observer_post,bearing,distance,Uncertainty\n1,NNE,3 km,\n");
    for line in [
        "annotate --posts posts.geojson --incidents log.csv --output out.geojson",
        "fuse --posts posts.geojson --incidents log.csv --output fused.geojson",
        "map --posts posts.geojson --incidents log.csv --output map.svg",
        "bulletin --posts posts.geojson --incidents log.csv --zone Africa/Nairobi --day 2026-11-20 --output day.md",
    ] {
        let told = folder.run(line).err;
        for (found, read) in [("distance", "distance_m"), ("Uncertainty", "uncertainty_m")] {
            let text =
                format!("log.csv: warning: the column `{found}`, which is not read, expected `{read}`");
            assert_eq!(told.matches(&text).count(), 1, "{line}: {told}");
        }
    }
    folder.write("day.csv", "lon,lat,distance,side,Route id\n38.7,-3.04,5,left,4\n");
    let told = folder.run("annotate --posts posts.geojson --incidents day.csv --output day.geojson").err;
    assert!(!told.contains("not read"), "in a table of positions these are other things: {told}");
}

#[test]
fn a_length_may_have_its_unit() {
    let folder = Folder::with_demonstration();
    let coverage = |radius: &str| {
        let layers = "coverage --posts posts.geojson --routes routes.geojson --output -";
        folder.run(&format!("{layers} --radius {radius}"))
    };
    assert_eq!(coverage("6km").ok(), coverage("6000").ok());
    let out = |line: &str| folder.run(line).ok();
    let point = "route point --routes routes.geojson --route R4 --side left";
    assert_eq!(
        out(&format!("{point} --chainage 33.4km --offset 1.3km")),
        out(&format!("{point} --chainage 33400 --offset 1300"))
    );
    let clusters = "clusters --incidents incidents.geojson --days 9";
    assert_eq!(out(&format!("{clusters} --within 0.5km,1km")), out(&format!("{clusters} --within 500,1000")));
    for wrong in ["2km..7km", "0km", "far"] {
        coverage(wrong)
            .fails(2, &["expected a length greater than 0, in metres or with its unit: 6000, 6km"]);
    }
}

#[test]
fn a_share_of_nothing_has_no_sign() {
    let folder = Folder::new();
    folder.write("posts.geojson", posts(&RIVER[..1]));
    folder.write("routes.geojson", collection(&[line("1", "{}", "[[38.69,-3.04],[38.70,-3.04]]")]));
    let line = "coverage --posts posts.geojson --routes routes.geojson --radius 5000 --output out.geojson";
    let table = folder.run(line).ok();
    assert!(table.contains(" 0.0 %") && !table.contains("-0.0"), "{table}");
}

#[test]
fn a_table_where_geojson_belongs_is_told() {
    let folder = Folder::new();
    folder.write("log.json", "No,time,lat,lon\n1,,-3.04,38.7\n");
    let found = folder.run("check log.json").out;
    assert!(found.contains("is it a table? This must be GeoJSON"), "{found}");
    folder.write("text.geojson", "{\"type\":\"Point\",\"coordinates\":[1,x]}");
    assert!(!folder.run("check text.geojson").out.contains("table"));
}

#[test]
fn a_log_tells_what_to_write_instead() {
    let folder = Folder::new();
    folder.write("posts.geojson", posts(&RIVER));
    for (row, hint) in [
        ("1,NNE,about 3 km,,", "which doesn't say how far off it may be (of about 3 km make `2.5km..3.5km`)"),
        ("1,NNE,~3km,,", "(of about 3 km make `2.5km..3.5km`)"),
        (",,,3.05 S,38.72 N", "degrees with minutes or letters stand in a column `dms`"),
    ] {
        folder.write("log.csv", format!("observer_post,bearing,distance_m,lat,lon\n{row}\n"));
        let told = folder.run("annotate --posts posts.geojson --incidents log.csv --output out.geojson");
        let told = told.fails(2, &[hint, "(--skip-invalid --rejects FILE rejects them and goes on)"]);
        assert_eq!(told.lines().count(), 1, "{told}");
    }
    // A post by its name is no bad row: its region is unknown, and the reason says what to write.
    folder.write("log.csv", "observer_post,bearing,distance_m\nFalls,NNE,3 km\n");
    folder.run("annotate --posts posts.geojson --incidents log.csv --output named.geojson").in_part();
    let reason = "not located: no post has the id `Falls`: the post of that name has the id `1`";
    assert_eq!(properties(&folder.read("named.geojson"))[0]["location_warning"], reason);
    folder.write("log.csv", "observer_post,bearing,distance_m,lat,lon\n,,,3.05 S,38.72 N\n");
    let line = "annotate --posts posts.geojson --incidents log.csv --output out.geojson --skip-invalid --rejects bad.jsonl";
    let run = folder.run(line);
    assert!(run.err.contains("rejected 1"), "{}", run.err);
}

#[test]
fn times_without_a_zone_are_told_once() {
    let folder = Folder::new();
    folder.write("posts.geojson", posts(&RIVER));
    let rows: String = (10..40).map(|minute| format!("1,NNE,3 km,2026-11-20 06:{minute}\n")).collect();
    folder.write("log.csv", format!("observer_post,bearing,distance_m,time\n{rows}1,N,3km,yesterday\n"));
    let line = "fuse --posts posts.geojson --incidents log.csv --output fused.geojson";
    let told = folder.run(line).fails(2, &["log.csv:2: ", "no zone", "(--zone Asia/Baku, or --zone +04:00)"]);
    assert_eq!(told.lines().count(), 1, "{told}");
    let told = folder.run(&format!("{line} --zone nairobi"));
    told.fails(2, &["the zone `nairobi`", "or an offset (`+04:00`): write `Africa/Nairobi`"]);
}
