//! How layers look: simplestyle members, and QGIS styles beside them.

use patrol_corridor::FeatureId;
use patrol_corridor::report::styles::{MOST_CLASSES, StyledLayer, qgis_style};
use serde_json::{Value, json};

use crate::fixtures::project_path;
use crate::program::{ANNOTATE, Folder, collection, feature, json as parsed, line, point, properties};

const STYLE: [&str; 6] = ["marker-color", "marker-symbol", "stroke", "stroke-width", "fill", "fill-opacity"];

/// The values of all attributes of that name; holds that the text is well-formed XML (tags that close each other, attributes
/// in quotes, no bare `&` or `<`, no character that XML lacks).
fn attributes(xml: &str, wanted: &str) -> Vec<String> {
    let unescaped = |value: &str| {
        let mut rest = value;
        while let Some(at) = rest.find('&') {
            let (name, after) = rest[at + 1..].split_once(';').expect("an entity ends with ;");
            assert!(["amp", "lt", "gt", "quot"].contains(&name) || name.starts_with('#'), "{value}");
            rest = after;
        }
        assert!(!value.contains('<'), "{value}");
        value
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    };
    assert!(xml.chars().all(|c| c >= ' ' && !('\u{FFFE}'..='\u{FFFF}').contains(&c) || c == '\n'), "{xml:?}");
    let (doctype, mut rest) = xml.split_once(">\n").unwrap();
    assert!(doctype.starts_with("<!DOCTYPE qgis "));
    let (mut open, mut found) = (Vec::new(), Vec::new());
    while let Some(at) = rest.find('<') {
        assert!(rest[..at].trim().is_empty(), "{}", &rest[..at]);
        let (tag, after) = rest[at + 1..].split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.to_owned()));
            continue;
        }
        let (tag, is_closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut inner) = tag.split_once(' ').unwrap_or((tag, ""));
        while let Some((key, after)) = inner.trim_start().split_once("=\"") {
            assert!(key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{tag}");
            let (value, after) = after.split_once('"').unwrap();
            let value = unescaped(value);
            if key == wanted {
                found.push(value);
            }
            inner = after;
        }
        assert!(inner.trim().is_empty(), "{tag}");
        if !is_closed {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} {rest}");
    found
}

#[test]
fn a_style_lies_beside_each_layer() {
    let folder = Folder::with_demonstration();
    std::fs::copy(project_path("tests/fixtures/sightings/log.csv"), folder.path("log.csv")).unwrap();
    let before = folder.names();
    let layers = "--posts posts.geojson --routes routes.geojson --qml";
    folder
        .run(&format!(
            "annotate {layers} --prefix it's_ --incidents log.csv --output out.v2.geojson.gz --regions regions.geojsonl --connectors lines.geojson"
        ))
        .ok();
    folder.run(&format!("coverage {layers} --radius 5000 --output cover.geojson --gaps gaps.geojson --suggest 2 --suggestions new.json")).ok();
    folder
        .run(&format!("beats {layers} --output beats.geojson --sectors sectors.geojson --within corridors"))
        .ok();
    folder.run("corridors --routes routes.geojson --output corridors.geojsonl --qml").ok();
    folder.run(&format!("annotate {layers} --incidents log.csv --prefix near_ --output table.csv")).ok();
    let styles: Vec<String> = folder.names().into_iter().filter(|name| name.ends_with(".qml")).collect();
    assert_eq!(
        styles,
        [
            "beats.qml",
            "corridors.qml",
            "cover.qml",
            "gaps.qml",
            "lines.qml",
            "new.qml",
            "out.v2.qml",
            "regions.qml",
            "sectors.qml",
            "table.qml"
        ]
    );
    assert_eq!(folder.names().len(), before.len() + 2 * styles.len());
    for name in &styles {
        let text = folder.read(name);
        // As many symbols as classes, each with a colour.
        let symbols = attributes(&text, "name");
        let classes = attributes(&text, "label").len();
        assert!(classes > 0, "{name}");
        let numbers = symbols.iter().filter(|name| name.parse::<usize>().is_ok()).count();
        assert_eq!(numbers, classes, "{name}");
    }
    let connectors = attributes(&folder.read("lines.qml"), "value");
    assert!(connectors.starts_with(&["post".to_owned(), "route".to_owned()]));
    assert_eq!(attributes(&folder.read("cover.qml"), "value")[..4], ["0", "1", "2", "3"]);
    let corridors = attributes(&folder.read("corridors.qml"), "label");
    assert_eq!(corridors, ["Lachin", "Shusha", "Martuni", "Mardakert", "Others"]);
    assert!(attributes(&folder.read("beats.qml"), "label").contains(&"OP-21".to_owned()));
    let filters = attributes(&folder.read("out.v2.qml"), "filter");
    assert!(filters.iter().any(|filter| filter.contains("'it''s_in_corridor'")), "{filters:?}");
}

#[test]
fn a_style_beside_what_qgis_does_not_open_is_refused() {
    let folder = Folder::with_demonstration();
    let names = folder.names();
    for name in ["out.csv.gz", "out.tsv.GZ"] {
        let run = folder.run(&format!("{ANNOTATE} --output {name} --qml"));
        run.fails(2, &[name, "QGIS opens no packed table", "leave out .gz"]);
    }
    assert_eq!(folder.names(), names);
    folder.run(&format!("{ANNOTATE} --output out.csv.gz")).ok();
}

#[test]
fn a_style_that_exists_is_replaced_only_by_force() {
    let folder = Folder::with_demonstration();
    folder.write("out.qml", "theirs");
    let before = folder.names();
    folder.annotate("--qml").fails(2, &["out.qml", "--force"]);
    let coverage =
        "coverage --posts posts.geojson --routes routes.geojson --radius 5000 --qml --output out.geojson";
    folder.run(coverage).fails(2, &["out.qml", "--force"]);
    folder.run("corridors --routes routes.geojson --qml --output out.json").fails(2, &["out.qml", "--force"]);
    assert_eq!((folder.read("out.qml"), folder.names()), ("theirs".to_owned(), before.clone()));
    // Without a name there is no place beside it, and two layers need two names.
    folder.run(&format!("{ANNOTATE} --output - --output-format geojson --qml")).fails(2, &["--qml", "`-`"]);
    folder.run(&format!("{coverage} --gaps out.json --force")).fails(2, &["out.qml", "two files"]);
    folder.annotate("--qml --force --connectors out.json").fails(2, &["out.qml", "two files"]);
    folder
        .annotate("--qml --force --skip-invalid --rejects out.qml")
        .fails(2, &["one file for --rejects and --qml"]);
    // An input is never replaced.
    std::fs::rename(folder.path("posts.geojson"), folder.path("posts.qml")).unwrap();
    let posts = folder.read("posts.qml");
    let annotate = ANNOTATE.replace("posts.geojson", "posts.qml");
    folder
        .run(&format!("{annotate} --output posts.geojson --qml --force"))
        .fails(2, &["posts.qml", "the output is also an input"]);
    let coverage = coverage.replace("posts.geojson", "posts.qml").replace("out.geojson", "posts.geojson");
    folder.run(&format!("{coverage} --force")).fails(2, &["posts.qml", "the output is also an input"]);
    assert_eq!((folder.read("posts.qml"), folder.has("posts.geojson")), (posts, false));
    // What stops a run leaves neither layer nor style.
    folder.write("incidents.geojson", collection(&[point("1", "{}", 46.8, 139.0)]));
    folder.run(&format!("{annotate} --output bad.geojson --qml")).fails(2, &["incidents.geojson"]);
    assert!(!folder.has("bad.geojson") && !folder.has("bad.qml"));
    folder.write("incidents.geojson", collection(&[point("1", "{}", 46.8, 39.0)]));
    folder.run(&format!("{annotate} --output out.geojson --qml --force")).ok();
    assert_ne!(folder.read("out.qml"), "theirs");
}

#[test]
fn names_of_any_kind_stay_text() {
    let hostile = ["<script>&\"'", "a\tb\nc", "\u{202E}كاغذ", "null\u{0}byte", "\u{1F}", "", "]]>"];
    let style = qgis_style(&StyledLayer::Corridors { names: hostile.to_vec() });
    let labels = attributes(&style, "label");
    // What XML has no place for is among the others.
    assert_eq!(labels, ["<script>&\"'", "a&#9;b&#10;c", "\u{202E}كاغذ", "]]>", "Others"]);
    let prefix = "<&\"'\u{1}";
    for layer in [StyledLayer::Incidents { prefix, corridors: true }, StyledLayer::Regions { prefix }] {
        assert!(attributes(&qgis_style(&layer), "filter").len() >= 3);
    }
    let ids: Vec<FeatureId> = (0..10_000).map(FeatureId::from).collect();
    let style = qgis_style(&StyledLayer::Beats { posts: ids.iter().chain(&ids).collect() });
    assert_eq!(attributes(&style, "label").len(), MOST_CLASSES + 1);
    // Neighbours differ.
    let symbols = attributes(&style, "value");
    let colours: Vec<&String> = symbols.iter().filter(|value| value.ends_with(",255")).collect();
    assert!(colours.windows(2).all(|pair| pair[0] != pair[1]) && colours.len() > MOST_CLASSES);
}

/// As simplestyle-spec 1.1.0 wants them.
fn assert_simplestyle(properties: &Value) {
    for name in STYLE {
        match (&properties[name], name) {
            (Value::Null, _) => {}
            (Value::Number(number), "stroke-width" | "fill-opacity") => {
                let number = number.as_f64().unwrap();
                assert!(number >= 0.0 && (name == "stroke-width" || number <= 1.0));
            }
            (Value::String(symbol), "marker-symbol") => {
                assert!(["circle", "circle-stroked", "triangle", "star"].contains(&&**symbol), "{symbol}");
            }
            (Value::String(colour), "marker-color" | "stroke" | "fill") => {
                let digits = colour.strip_prefix('#').unwrap();
                assert!(digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()), "{colour}");
            }
            (other, _) => panic!("{name}: {other}"),
        }
    }
}

fn has(properties: &Value) -> Vec<&'static str> {
    STYLE.into_iter().filter(|name| properties.get(name).is_some()).collect()
}

#[test]
fn incidents_look_as_what_they_are() {
    let folder = Folder::with_demonstration();
    let incidents = [
        point("\"in\"", "{}", 46.807759, 40.068059),
        point("\"out\"", "{}", 46.0, 41.0),
        point("\"open\"", r#"{"uncertainty_m":20000}"#, 46.8, 39.9),
        feature("\"none\"", "{}", "null"),
    ];
    folder.write("incidents.geojson", collection(&incidents));
    let plain = folder.annotated("");
    assert!(plain.iter().all(|of| has(of).is_empty()));
    let styled = folder.annotated("--prefix p_ --simplestyle --regions r.geojson --connectors c.geojson");
    styled.iter().for_each(assert_simplestyle);
    assert_eq!(styled.iter().map(has).map(|has| has.len()).collect::<Vec<_>>(), [2, 2, 6, 0]);
    let look = |of: &Value| (of["marker-color"].as_str().unwrap().to_owned(), of["marker-symbol"].clone());
    assert_eq!(look(&styled[0]), ("#D55E00".to_owned(), json!("triangle")));
    assert_eq!(look(&styled[1]), ("#0072B2".to_owned(), json!("circle")));
    assert_eq!(look(&styled[2]), ("#CC79A7".to_owned(), json!("circle-stroked")));
    let regions = properties(&folder.read("r.geojson"));
    assert_eq!(regions, [styled[2].clone()]);
    assert_eq!(regions[0]["fill"], "#CC79A7");
    let connectors = properties(&folder.read("c.geojson"));
    connectors.iter().for_each(assert_simplestyle);
    assert!(connectors.iter().all(|of| has(of) == ["stroke", "stroke-width"]));
    let strokes: Vec<&Value> = connectors.iter().map(|of| &of["stroke"]).collect();
    assert_eq!(strokes[..2], ["#000000", "#009E73"]);
}

/// A name in the way stops the run, unless it is to be replaced.
#[test]
fn names_in_the_way_are_told() {
    let folder = Folder::with_demonstration();
    folder.write(
        "incidents.geojson",
        collection(&[point("1", r##"{"marker-color":"#123456","fill":"red"}"##, 46.8, 39.9)]),
    );
    assert_eq!(folder.annotated("--prefix p_")[0]["marker-color"], "#123456");
    folder
        .annotate("--force --prefix p_ --simplestyle")
        .fails(2, &["marker-color", "leave out the style", "--replace"]);
    let replaced = folder.annotated("--prefix p_ --simplestyle --replace");
    assert_simplestyle(&replaced[0]);
    assert_eq!(has(&replaced[0]), ["marker-color", "marker-symbol"]);
    folder.write("incidents.geojson", folder.read("out.geojson"));
    assert_eq!(folder.annotated("--prefix p_ --simplestyle --replace"), replaced);
    folder.write("day.csv", "lon,lat,stroke\n46.8,39.9,x\n");
    let csv = ANNOTATE.replace("incidents.geojson", "day.csv");
    // Without reports there are no regions, and nothing is in the way of how they look.
    folder.run(&format!("{csv} --output plain.csv --simplestyle")).ok();
    assert!(folder.read("plain.csv").starts_with("lon,lat,stroke,post_id"));
    folder.write("day.csv", "lon,lat,stroke,mgrs\n46.8,39.9,x,\n");
    folder.run(&format!("{csv} --output styled.csv --simplestyle")).fails(2, &["stroke"]);
    folder.write("day.csv", "lon,lat\n46.8,39.9\n");
    folder.run(&format!("{csv} --output day.annotated.csv --simplestyle")).ok();
    let header = folder.read("day.annotated.csv");
    assert!(header.lines().next().unwrap().contains(",marker-color,marker-symbol"), "{header}");
}

#[test]
fn other_layers_take_simplestyle_too() {
    let folder = Folder::with_demonstration();
    let layers = "--posts posts.geojson --routes routes.geojson";
    let line_of = ["stroke", "stroke-width"];
    let area_of = ["stroke", "stroke-width", "fill", "fill-opacity"];
    for (command, outputs) in [
        (
            format!(
                "coverage {layers} --radius 5000 --output a.json --gaps b.json --suggest 2 --suggestions c.json"
            ),
            vec![
                ("a.json", &line_of[..]),
                ("b.json", &line_of[..]),
                ("c.json", &["marker-color", "marker-symbol"][..]),
            ],
        ),
        (
            format!("beats {layers} --output a.json --sectors b.json --within corridors"),
            vec![("a.json", &line_of[..]), ("b.json", &area_of[..])],
        ),
        ("corridors --routes routes.geojson --output a.json".to_owned(), vec![("a.json", &area_of[..])]),
    ] {
        folder.run(&format!("{command} --force")).ok();
        let plain: Vec<_> = outputs.iter().map(|(name, _)| properties(&folder.read(name))).collect();
        folder.run(&format!("{command} --force --simplestyle")).ok();
        for ((name, members), plain) in outputs.iter().zip(plain) {
            let mut styled = properties(&folder.read(name));
            assert!(!styled.is_empty());
            for of in &mut styled {
                assert_simplestyle(of);
                assert_eq!(has(of), *members, "{name}");
                STYLE.iter().for_each(|name| drop(of.as_object_mut().unwrap().remove(*name)));
            }
            assert_eq!(styled, plain, "{name}");
        }
    }
    // Names of corridors go where they belong.
    let routes = [line("\"R\"", r#"{"corridor":"<b>&","half_width_m":100}"#, "[[46.6,39.7],[46.7,39.8]]")];
    folder.write("routes.geojson", collection(&routes));
    folder.run("corridors --routes routes.geojson --output hostile.json --qml").ok();
    assert_eq!(parsed(&folder.read("hostile.json"))["features"][0]["properties"]["corridor"], "<b>&");
    assert_eq!(attributes(&folder.read("hostile.qml"), "label")[0], "<b>&");
}
