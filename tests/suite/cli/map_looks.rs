//! `patrol map`: symbols, colours and sizes of incidents, and the background.

use roxmltree::Document;

use crate::program::{Folder, collection, line, point};

const RUN: &str =
    "map --posts posts.geojson --routes routes.geojson --incidents log.csv --force --output out.svg";

const LOG: &str = "\
id,type,status,killed,wounded,lon,lat,mgrs\n\
A,shelling,open,0,0,46.8,39.9,\n\
B,shelling,settled,9,3,46.9,39.7,\n\
C,cattle theft,settled,0,0,46.6,39.8,\n\
D,sniper fire,on hold,0,0,,,38SNK 5 0\n\
E,,,0,0,46.7,39.6,\n";

fn svg(more: &str) -> String {
    let folder = Folder::with_demonstration();
    folder.write("log.csv", LOG);
    folder.run(&format!("{RUN} {more}")).ok();
    folder.read("out.svg")
}

/// The class, the scale and the path of the symbol of an incident.
fn symbol(svg: &str, id: &str) -> [String; 3] {
    let document = Document::parse(svg).unwrap();
    let title = format!("incident {id}");
    let group = document.descendants().find(|node| {
        node.children().any(|child| child.tag_name().name() == "title" && child.text() == Some(&title))
    });
    let path = group.unwrap().descendants().find(|node| node.tag_name().name() == "path").unwrap();
    ["class", "transform", "d"].map(|name| path.attribute(name).unwrap_or_default().to_owned())
}

#[test]
fn types_statuses_casualties_and_regions_are_seen() {
    let svg = svg("");
    let [a, b, c, d, e] = ["A", "B", "C", "D", "E"].map(|id| symbol(&svg, id));
    assert_eq!(a[2], b[2], "one type, one symbol");
    let different: std::collections::BTreeSet<&String> = [&a, &c, &d, &e].iter().map(|one| &one[2]).collect();
    assert_eq!(different.len(), 4);
    // Settled incidents have one colour, open ones another; where nothing is said that of others.
    assert_eq!(b[0], c[0]);
    assert!(a[0] != b[0] && e[0] == "is c6", "{a:?} {e:?}");
    assert!(d[0].ends_with(" ho") && !a[0].contains("ho"), "a region alone is hollow");
    assert!(b[1].starts_with("scale(1.") && a[1].is_empty() && c[1].is_empty(), "{b:?}");
    for words in [
        "shelling (2)",
        "cattle theft (1)",
        "without a type (1)",
        "settled (2)",
        "open (1)",
        "without a status (1)",
        "Hollow: somewhere in its region (1)",
        "Larger: with more casualties (1)",
    ] {
        assert!(svg.contains(words), "{words}");
    }
}

#[test]
fn colours_and_symbols_are_chosen() {
    let plain = svg("--colour-by nothing --symbol shelling=house");
    assert_eq!(symbol(&plain, "A")[0], "is");
    assert!(symbol(&plain, "A")[2].starts_with("M0-7L7"), "the house");
    assert!(!plain.contains("settled (2)"));
    let by_corridor = svg("--colour-by corridor");
    assert!(by_corridor.contains("in no corridor"), "{by_corridor}");
    let folder = Folder::with_demonstration();
    folder.write("log.csv", LOG);
    folder.run(&format!("{RUN} --symbol shelling=hous")).fails(2, &["hous", "burst, crosshair"]);
    folder.run(&format!("{RUN} --symbol shelling")).fails(2, &["TYPE=SYMBOL"]);
}

/// More types than symbols share one, and the legend says so.
#[test]
fn many_types() {
    let folder = Folder::with_demonstration();
    let rows: String = (0..40).map(|n| format!("I{n},type {n:02},46.{},39.8\n", 500 + n)).collect();
    folder.write("log.csv", format!("id,type,lon,lat\n{rows}"));
    folder.run(RUN).ok();
    let svg = folder.read("out.svg");
    assert!(svg.contains("type 00 (1)") && svg.contains("other types (21)"), "{svg}");
}

#[test]
fn backgrounds_have_their_own_colours_and_say_whose_they_are() {
    let folder = Folder::with_demonstration();
    folder.write("log.csv", LOG);
    let river = r##"{"name":"River <b>","stroke":"#36C","stroke-width":3,"stroke-opacity":0.5}"##;
    let hostile = r#"{"name":"x","stroke":"url(http://evil)","fill":"red;}","stroke-width":1e9}"#;
    let line_of = |properties: &str| line("\"r\"", properties, "[[46.2,40.2],[47.2,39.5]]");
    folder.write("rivers.geojson", collection(&[line_of(river), line_of(hostile)]));
    folder.write("borders.geojson", collection(&[line_of("{}")]));
    // There is no room for all; the last one is of the first rank.
    let small = |n: u32| point(&n.to_string(), &format!(r#"{{"name":"Small {n}","rank":9}}"#), 46.9, 39.65);
    let large = point("99", r#"{"name":"Large","rank":1}"#, 46.9, 39.65);
    let towns: Vec<String> = (0..30).map(small).chain([large]).collect();
    folder.write("towns.geojson", collection(&towns));
    let more = "--background rivers.geojson --borders borders.geojson --places towns.geojson";
    folder.run(&format!("{RUN} {more}")).fails(2, &["--borders-source"]);
    let source = ["--borders-source", "Ministry <i> of Maps, 1988"].map(str::to_owned);
    let words = format!("{RUN} {more}");
    let words = words.split(' ').map(str::to_owned).chain(source);
    folder.run_words(words, b"").ok();
    let svg = folder.read("out.svg");
    for words in [
        "stroke=\"#36c\"",
        "stroke-width=\"3\"",
        "stroke-opacity=\"0.5\"",
        "River &lt;b&gt;",
        "Borders: Ministry &lt;i&gt; of Maps, 1988",
        "Boundaries shown do not imply endorsement",
        "class=\"bd\"",
        ">Large<",
    ] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(svg.matches(">Small ").count() < 30, "{svg}");
    for gone in ["evil", "red;", "1000000000"] {
        assert!(!svg.contains(gone), "{gone}");
    }
    assert!(Document::parse(&svg).is_ok());
    // What is far away takes no bytes.
    folder.write("rivers.geojson", collection(&[line("\"r\"", "{}", "[[16.2,10.2],[17.2,9.5]]")]));
    folder.run(&format!("{RUN} --background rivers.geojson")).ok();
    assert!(!folder.read("out.svg").contains("class=\"bl\" d"));
}
