//! `patrol bulletin`: what is a position like any other, and why others are not, in the words of each language.

use serde_json::{Value, json};

use crate::cli::bulletin::{LAYERS, at, field};
use crate::program::{Folder, feature, json as parse, point};

const DAY: &str = "--day 2020-10-25 --zone Europe/Berlin";

fn text(folder: &Folder, more: &str) -> String {
    folder.run(&format!("{LAYERS} {DAY} --allow-incomplete --output - {more}")).ok()
}

/// An incident without a geometry.
fn report(id: &str, members: &str) -> String {
    feature(&format!("\"{id}\""), &format!(r#"{{"time":"2020-10-25T12:00:00Z",{members}}}"#), "null")
}

/// However a position is written: only what leaves something open is uncertain.
#[test]
fn a_position_is_a_position() {
    let noon = "2020-10-25T12:00:00Z";
    let folder = field(&[
        at("plain", noon, ""),
        report("dms", r#""dms":"40°00'36\"N 46°03'00\"E""#),
        report("decimal", r#""dms":"40.01, 46.05""#),
        at("to 0 m", noon, r#""uncertainty_m":0"#),
        at("to 5 m", noon, r#""uncertainty_m":5"#),
        report("dms to 500 m", r#""dms":"40°00'36\"N 46°03'00\"E","uncertainty_m":500"#),
        report("square", r#""mgrs":"38TMK""#),
        // As near to both posts.
        report("tie", r#""dms":"40.02, 46.3""#),
    ]);
    let found = parse(&text(&folder, "--format json"));
    let ids = |list: &str| -> Vec<Value> {
        found[list].as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
    };
    assert_eq!(ids("places"), ["plain", "dms", "decimal", "to 0 m", "tie"]);
    assert_eq!(ids("uncertain"), ["to 5 m", "dms to 500 m", "square"]);
    let totals = &found["totals"];
    assert_eq!([&totals["located"], &totals["uncertain"]], [&json!(5), &json!(3)]);
    // The same place gives the same row.
    let places = found["places"].as_array().unwrap();
    for name in [
        "post_id",
        "route_id",
        "route_side",
        "corridor",
        "post_distance_m",
        "route_chainage_m",
        "post_bearing_deg",
    ] {
        for place in &places[1..4] {
            assert_eq!(place[name], places[0][name], "{name} of {}", place["id"]);
        }
        assert!(!places[0][name].is_null(), "{name}");
    }
    let rows = found["tables"]["post"].as_array().unwrap();
    let row = |kind: &str| rows.iter().find(|row| row["row"] == kind).map(|row| row["incidents"].clone());
    // The regions leave no doubt about the nearest post; the tie counts for the first.
    assert_eq!((row("value"), row("undecided")), (Some(json!(8)), None));
    let markdown = text(&folder, "--format md");
    let west = markdown.split("### ").find(|section| section.starts_with("West corridor")).unwrap();
    let place = "R1 km 4.3, 1.1 km left, 1.1 km on 180 from OP-1.";
    for id in ["plain", "dms", "decimal", "to 0 m"] {
        assert!(west.contains(&format!("- {id}, 13:00+01:00: {place}")), "{id}: {markdown}");
    }
}

/// Of a table, whose empty columns of reports say nothing.
#[test]
fn a_position_of_a_table_is_one_too() {
    let folder = field(&[]);
    folder.write(
        "day.csv",
        "id,time,longitude,latitude,dms,uncertainty_m,observer_post\n\
         a,2020-10-25T12:00:00Z,46.05,40.01,,,\n\
         b,2020-10-25T12:00:00Z,,,\"40°00'36\"\"N 46°03'00\"\"E\",,\n\
         c,2020-10-25T12:00:00Z,46.05,40.01,,300,\n",
    );
    let run = folder.run(&format!(
        "bulletin --posts posts.geojson --routes routes.geojson --incidents day.csv {DAY} --format json --output -"
    ));
    let totals = parse(&run.ok())["totals"].clone();
    assert_eq!([&totals["located"], &totals["uncertain"]], [&json!(2), &json!(1)]);
}

/// The items under a heading.
fn items(markdown: &str, heading: &str) -> Vec<String> {
    let section = markdown.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_default();
    let plain = |line: &str| line.replace(['\u{2068}', '\u{2069}', '\\'], "");
    section.lines().filter_map(|line| line.strip_prefix("- ")).map(plain).collect()
}

#[test]
fn why_incidents_are_left_apart_word_for_word() {
    let at_noon = r#"{"time":"2020-10-25T12:00:00Z"}"#;
    let shape = |id: &str, geometry: &str| feature(&format!("\"{id}\""), at_noon, geometry);
    let timed =
        |id: &str, time: &str| point(&format!("\"{id}\""), &format!(r#"{{"time":{time}}}"#), 46.05, 40.01);
    let folder = field(&[
        shape("a", "null"),
        shape("b", r#"{"type":"MultiPoint","coordinates":[]}"#),
        shape("c", r#"{"type":"LineString","coordinates":[[46,40],[47,40]]}"#),
        shape("d", r#"{"type":"Polygon","coordinates":[[[46,40],[47,40],[47,41],[46,40]]]}"#),
        shape("e", r#"{"type":"GeometryCollection","geometries":[]}"#),
        report("f", r#""observer_post":"OP-1;2","bearing":"0""#),
        report("g", r#""observer_post":"OP-1;2","bearing":"225;135""#),
        report("h", r#""observer_post":"OP-99","bearing":"0""#),
        report("i", r#""route_id":"R99","chainage_m":5"#),
        shape("i2", r#"{"type":"Point","coordinates":[]}"#),
        timed("j", "null"),
        timed("k", "\"soon\""),
        timed("l", "\"2020-02-30\""),
        timed("m", "\"2020-03-29 02:30\""),
        timed("n", "\"1399-08-04\""),
    ]);
    let read =
        |language: &str, heading| items(&text(&folder, &format!("--format md --lang {language}")), heading);
    assert_eq!(
        read("en", "Without a usable"),
        [
            "a: not located, it has no geometry",
            "b: not located, it has no geometry",
            "c: not located, it is a line",
            "d: not located, it is a polygon",
            "e: not located, it is a collection of geometries",
            "f: not located, its bearings are parallel or run apart",
            "g: not located, its bearings meet only behind the observer of observation 1",
            "h: not located, no post has the id OP-99",
            "i: not located, no route has the id R99",
            "i2: not located, it has no geometry",
            "j: no time is given",
            "k: “soon” is no time",
            "l: “2020-02-30” is no time",
            "m: “2020-03-29 02:30” is a time that the clocks showed twice or not at all, as they were changed",
            "n: “1399-08-04” is of a year outside 1900 to 2100, perhaps of another calendar",
        ]
    );
    assert_eq!(
        read("fa", "بدون موقعیت یا"),
        [
            "a: بدون موقعیت؛ هندسه ندارد",
            "b: بدون موقعیت؛ هندسه ندارد",
            "c: بدون موقعیت؛ هندسهٔ آن خط است",
            "d: بدون موقعیت؛ هندسهٔ آن چندضلعی است",
            "e: بدون موقعیت؛ مجموعه‌ای از چند هندسه است",
            "f: بدون موقعیت؛ گراهای آن موازی‌اند یا از هم دور می‌شوند",
            "g: بدون موقعیت؛ گراهای آن تنها پشت سر دیده‌بانِ مشاهدهٔ ۱ به هم می‌رسند",
            "h: بدون موقعیت؛ پستی با شناسهٔ OP-99 نیست",
            "i: بدون موقعیت؛ مسیری با شناسهٔ R99 نیست",
            "i2: بدون موقعیت؛ هندسه ندارد",
            "j: زمانی داده نشده است",
            "k: «soon» زمان نیست",
            "l: «2020-02-30» زمان نیست",
            "m: «2020-03-29 02:30» زمانی است که با تغییر ساعت رسمی دو بار بوده یا هیچ‌گاه نبوده است",
            "n: «1399-08-04» از سالی بیرون از ۱۹۰۰ تا ۲۱۰۰ است، شاید از تقویمی دیگر",
        ]
    );
    // Data keep the words of the annotation.
    let found = parse(&text(&folder, "--format json --lang fa"));
    assert_eq!(found["not_located"][0]["why"], "the geometry is null");
    assert_eq!(
        found["without_time"][2],
        json!({"id": "l", "row": 13, "found": "2020-02-30", "why": "unreadable"})
    );
}

#[test]
fn tables_tell_what_is_empty() {
    let folder = field(&[]);
    let run = |columns: &str, language: &str| {
        folder.write("day.csv", columns);
        let bulletin = format!(
            "bulletin --posts posts.geojson --routes routes.geojson --incidents day.csv {DAY} --format md --lang {language} \
             --output -"
        );
        folder.run(&bulletin).ok()
    };
    let positions = "id,time,longitude,latitude\na,2020-10-25T12:00:00Z,,\nb,2020-10-25T12:00:00Z,46,\nc,2020-10-25T12:00:00Z,,40\n";
    let reports = "id,time,mgrs,bearing,offset_m,uncertainty_m\nd,2020-10-25T12:00:00Z,,,,\ne,2020-10-25T12:00:00Z,,NNE,,\n\
                   f,2020-10-25T12:00:00Z,,,5,\ng,2020-10-25T12:00:00Z,,,,500\n";
    let english = [
        "a: not located, its longitude and latitude are empty",
        "b: not located, its latitude is empty",
        "c: not located, its longitude is empty",
        "d: not located, nothing is reported of where it was",
        "e: not located, bearing is given without the post that it was observed from",
        "f: not located, offset_m is given without a chainage along the route",
        "g: not located, uncertainty_m is given without a position",
    ];
    let persian = [
        "a: بدون موقعیت؛ طول و عرض جغرافیایی آن خالی است",
        "b: بدون موقعیت؛ عرض جغرافیایی آن خالی است",
        "c: بدون موقعیت؛ طول جغرافیایی آن خالی است",
        "d: بدون موقعیت؛ دربارهٔ مکان آن چیزی گزارش نشده است",
        "e: بدون موقعیت؛ bearing بدون پستی که از آن دیده شده آمده است",
        "f: بدون موقعیت؛ offset_m بدون کیلومتر مسیر آمده است",
        "g: بدون موقعیت؛ uncertainty_m بدون موقعیت آمده است",
    ];
    for (language, heading, expected) in
        [("en", "Without a usable", english), ("fa", "بدون موقعیت یا", persian)]
    {
        let mut found = items(&run(positions, language), heading);
        found.extend(items(&run(reports, language), heading));
        assert_eq!(found, expected);
    }
}

#[test]
fn doubts_word_for_word() {
    let folder = field(&[
        report("a", r#""observer_post":"OP-1;2","bearing":"91;91.5","bearing_tolerance_deg":0.01"#),
        report("b", r#""observer_post":"OP-1;2","distance_m":"30km""#),
        at("c", "2020-10-25T12:00:00Z", r#""where_prec":4"#),
        at("d", "2020-10-25T12:00:00Z", r#""geo_precision":3"#),
    ]);
    let warnings = |language: &str, heading, word: &str| -> Vec<String> {
        let items = items(&text(&folder, &format!("--format md --lang {language}")), heading);
        items.iter().map(|item| item.split(word).nth(1).unwrap_or(item).to_owned()).collect()
    };
    assert_eq!(
        warnings("en", "Uncertain", "doubtful: "),
        [
            "the lines hardly cross, at 0.2 degrees.",
            "another place fits as well, 46.300000, 39.830385 (longitude, latitude).",
            "where_prec 4: known to a first-order administrative division, taken as within 150 km.",
            "geo_precision 3: known to a larger region, taken as within 100 km.",
        ]
    );
    assert_eq!(
        warnings("fa", "موقعیت‌های نامطمئن", "جای تردید: "),
        [
            "خط‌ها به‌سختی یکدیگر را قطع می‌کنند، با زاویهٔ ۰٫۲ درجه.",
            "مکان دیگری هم به همین اندازه جور درمی‌آید: ۴۶٫۳۰۰۰۰۰، ۳۹٫۸۳۰۳۸۵ (طول و عرض جغرافیایی).",
            "where_prec 4: تنها استان آن معلوم است، تا ۱۵۰ کیلومتر.",
            "geo_precision 3: تنها منطقه‌ای بزرگ معلوم است، تا ۱۰۰ کیلومتر.",
        ]
    );
}
