//! `patrol map`: pages and pictures.

use roxmltree::{Document, Node};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::fixtures::project_path;
use crate::program::{Folder, json, line, point};

const RUN: &str = "map --posts posts.geojson --routes routes.geojson --incidents incidents.geojson --force";

fn svg(folder: &Folder, more: &str) -> String {
    folder.run(&format!("{RUN} --output out.svg {more}")).ok();
    folder.read("out.svg")
}

pub fn html(folder: &Folder, more: &str) -> String {
    folder.run(&format!("{RUN} --output out.html {more}")).ok();
    folder.read("out.html")
}

fn antimeridian() -> Folder {
    let folder = Folder::new();
    for name in ["posts.geojson", "routes.geojson", "incidents.geojson"] {
        std::fs::copy(project_path("data/antimeridian").join(name), folder.path(name)).unwrap();
    }
    folder
}

/// The elements of a class.
fn classed<'d>(document: &'d Document<'_>, class: &str) -> Vec<Node<'d, 'd>> {
    let has = |node: &Node<'_, '_>| {
        node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
    };
    document.descendants().filter(has).collect()
}

/// All numbers of path data of absolute coordinates, in pairs.
fn points(data: &str) -> Vec<[f64; 2]> {
    let numbers: Vec<f64> = data
        .split(|c: char| "MLZ ".contains(c))
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().unwrap_or_else(|_| panic!("`{text}`")))
        .collect();
    numbers.chunks(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// The data that the script has.
pub fn data(page: &str) -> Value {
    json(between(page, "id=\"data\">", "</script>"))
}

fn between<'p>(text: &'p str, from: &str, to: &str) -> &'p str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("no {from}")).1;
    rest.split_once(to).unwrap().0
}

#[test]
fn all_layers_are_drawn() {
    let folder = Folder::with_demonstration();
    let text = svg(&folder, "--radius 6000 --title Demonstration");
    let document = Document::parse(&text).unwrap();
    // The legend has one of each more.
    for (class, count) in [("ps", 27), ("rt", 5), ("cf", 4), ("is", 3), ("cp", 3), ("cr", 3), ("ft", 3)] {
        let drawn = classed(&document, class).into_iter().filter(|node| {
            node.ancestors().any(|up| up.attribute("id").is_some_and(|id| id.starts_with("layer-")))
        });
        assert_eq!(drawn.count(), count, "{class}");
    }
    assert!(classed(&document, "km").len() > 50 && classed(&document, "gr").len() >= 8);
    let gaps = folder.run("coverage --posts posts.geojson --routes routes.geojson --radius 6000 --output c.geojson --gaps g.geojson");
    gaps.ok();
    let expected = json(&folder.read("g.geojson"))["features"].as_array().unwrap().len();
    let gap_count =
        |node: &&Node<'_, '_>| node.ancestors().any(|up| up.attribute("id") == Some("layer-gaps"));
    assert_eq!(classed(&document, "gp").iter().filter(gap_count).count(), expected);
    for words in [
        "Demonstration",
        "OP-21",
        "INC-1",
        "10 km",
        "Azimuthal equidistant about 39.86",
        "true at the centre",
        "46\u{b0}30\u{2032}E",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert_eq!(text.matches("http").count(), 1, "only the namespace");
}

#[test]
fn distances_on_the_map_are_those_on_the_earth() {
    let folder = Folder::with_demonstration();
    let text = svg(&folder, "");
    let document = Document::parse(&text).unwrap();
    let bar = classed(&document, "fl").into_iter().find(|node| node.attribute("id") == Some("bar")).unwrap();
    let length = between(bar.attribute("d").unwrap(), "0H", "V").parse::<f64>().unwrap();
    let metres_per_px = 10_000.0 / length;
    // From incident 1 to OP-21 as `annotate` has it, and to the foot on the route.
    for (class, metres) in [("cp", 1_669.150_4), ("cr", 1_300.0)] {
        let path = classed(&document, class)[0].attribute("d").unwrap();
        let ends = points(path);
        let [a, b] = [ends[0], ends[ends.len() - 1]];
        let drawn = (a[0] - b[0]).hypot(a[1] - b[1]) * metres_per_px;
        assert!((drawn - metres).abs() < 3.0, "{class}: {drawn}");
    }
}

#[test]
fn the_antimeridian_is_a_meridian_as_any_other() {
    let text = svg(&antimeridian(), "");
    let document = Document::parse(&text).unwrap();
    for class in ["rt", "co", "uo", "cp", "cr"] {
        let nodes = classed(&document, class);
        assert!(!nodes.is_empty(), "{class}");
        for node in nodes.iter().filter(|node| node.ancestors().any(|up| up.attribute("id").is_some())) {
            let points = points(node.attribute("d").unwrap());
            assert!(
                points.iter().all(|[x, y]| (0.0..=1000.0).contains(x) && (0.0..=1100.0).contains(y)),
                "{class}"
            );
        }
    }
    // 2.5 degrees of longitude at 17 degrees: some 250 km.
    assert!(
        text.contains("20 km")
            && text.contains("179\u{b0}30\u{2032}E")
            && text.contains("179\u{b0}30\u{2032}W")
    );
    // The outline of the area that GeoJSON cuts at 180 has no line there: an edge of it is nowhere within the square.
    let outline = classed(&document, "uo")[0].attribute("d").unwrap().to_owned();
    let square = points(&outline);
    let middle = square.iter().map(|at| at[0]).sum::<f64>() / square.len() as f64;
    let tops = square.iter().map(|at| at[1]).fold(f64::INFINITY, f64::min);
    let bottoms = square.iter().map(|at| at[1]).fold(0.0, f64::max);
    let inside =
        |at: &&[f64; 2]| (at[0] - middle).abs() < 20.0 && at[1] > tops + 5.0 && at[1] < bottoms - 5.0;
    assert_eq!(square.iter().filter(inside).count(), 0, "{outline}");
}

#[test]
fn hostile_names_stay_text() {
    let bad = r#"</script><script>alert(1)</script><b onclick='x'>\" & \u2028\u0001"#;
    let posts = [point(&format!("\"{bad}\""), &format!(r#"{{"name":"{bad}"}}"#), 46.0, 40.0)];
    let routes = [line(
        &format!("\"{bad}\""),
        &format!(r#"{{"corridor":"{bad}","half_width_m":500}}"#),
        "[[46,40],[46.1,40]]",
    )];
    let incidents = [point("1", &format!(r#"{{"{bad}":"{bad}"}}"#), 46.05, 40.01)];
    let folder = Folder::with_layers(&posts, &routes, &incidents);
    folder
        .run_words(
            [
                &RUN.split(' ').collect::<Vec<_>>()[..],
                &["--title", "</title><script>", "--output", "out.svg"],
            ]
            .concat(),
            b"",
        )
        .ok();
    let text = folder.read("out.svg");
    let document = Document::parse(&text).unwrap();
    assert!(document.descendants().all(|node| !["script", "b"].contains(&node.tag_name().name())));
    assert!(
        document
            .descendants()
            .any(|node| node.text().is_some_and(|text| text.contains("<script>alert(1)</script>")))
    );
    folder
        .run_words(
            [
                &RUN.split(' ').collect::<Vec<_>>()[..],
                &["--title", "</title><script>", "--output", "out.html"],
            ]
            .concat(),
            b"",
        )
        .ok();
    let page = folder.read("out.html");
    assert_eq!(
        (page.matches("<script").count(), page.matches("</script>").count(), page.matches("<b ").count()),
        (2, 2, 0)
    );
    let data = data(&page);
    let plain = json(&format!("\"{bad}\""));
    assert_eq!((&data["post"][0][0], &data["post"][0][1]), (&plain, &plain));
    let fields = data["incident"][0].as_array().unwrap();
    assert_eq!(fields.last(), Some(&plain));
    assert!(data["keys"].as_array().unwrap().contains(&plain));
}

#[test]
fn the_policy_lets_run_what_is_there_and_nothing_else() {
    let folder = Folder::with_demonstration();
    let page = html(&folder, "");
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    let base64 = |bytes: &[u8]| {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bits: Vec<u8> =
            bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
        let six = |six: &[u8]| six.iter().fold(0, |sum, bit| 2 * sum + bit) << (6 - six.len());
        let text: String = bits.chunks(6).map(|part| char::from(LETTERS[usize::from(six(part))])).collect();
        // 32 bytes leave one letter free.
        text + "="
    };
    for (directive, from, to) in
        [("style-src", "<style>", "</style>"), ("script-src", "</script>\n<script>", "</script>")]
    {
        let hash = base64(&Sha256::digest(between(&page, from, to)));
        assert!(policy.contains(&format!("{directive} 'sha256-{hash}';")), "{directive}: {hash} in {policy}");
    }
    // Nothing that the policy would stop, and nothing outside.
    for word in [" style=\"", " onclick", " onload", "src=", "url(http", "@import", "<link", "<img"] {
        assert!(!page.contains(word), "{word}");
    }
    assert_eq!(page.matches("http://").count(), 2, "the namespace, in the markup and in the script");
    assert_eq!(page.matches("https://").count(), 0);
}

#[test]
fn many_incidents_are_counted() {
    let incidents: Vec<String> = (0..300)
        .map(|i| {
            point(
                &i.to_string(),
                r#"{"type":"x","time":"2021-01-01"}"#,
                46.0 + 0.001 * f64::from(i % 20),
                40.0 + 0.002 * f64::from(i / 20),
            )
        })
        .collect();
    let folder = Folder::with_layers(&[point("1", "{}", 46.0, 40.0)], &[], &incidents);
    let run = "map --posts posts.geojson --incidents incidents.geojson --force --most-single 299";
    folder.run(&format!("{run} --output out.svg")).ok();
    let text = folder.read("out.svg");
    let document = Document::parse(&text).unwrap();
    let singles = document.descendants().find(|node| node.attribute("id") == Some("singles"));
    assert!(singles.is_some_and(|singles| !singles.has_children()), "for the script of a page");
    assert!(
        text.contains("300 incidents, counted in hexagons") && text.contains("Incidents in a hexagon (300)")
    );
    folder.run(&format!("{run} --output out.html")).ok();
    let data = data(&folder.read("out.html"));
    assert_eq!((data["incident"].as_array().unwrap().len(), &data["binned"]), (300, &Value::Bool(true)));
    // 3 integers of 4 bytes a place and 2 a position; a byte for one of few posts; no column of what there is none of.
    let columns = [("places", 3_600), ("at", 2_400), ("times", 1_200), ("lasting", 1_200), ("post_of", 300)];
    for (name, bytes) in [("post_m", 1_200), ("post_deg", 600)].into_iter().chain(columns) {
        assert_eq!(data[name].as_str().unwrap().len(), bytes / 3 * 4, "{name}");
    }
    assert!(["feet", "route_of", "corridor_of"].into_iter().all(|name| data[name].is_null()), "{data}");
    folder.run(&format!("{run} --most-single 300 --output out.svg")).fails(2, &["most-single"]);
}

#[test]
fn small_and_odd_sets() {
    // One post; nothing; the poles; all around the Earth.
    let pole = |lat: f64| {
        (0..6).map(|i| point(&i.to_string(), "{}", 60.0 * f64::from(i) - 170.0, lat)).collect::<Vec<_>>()
    };
    let world = [point("1", "{}", 0.0, 0.0), point("2", "{}", 120.0, 50.0), point("3", "{}", -120.0, -50.0)];
    let across = [
        line("1", r#"{"half_width_m":100000}"#, "[[170,0],[-170,10]]"),
        line("2", "{}", "[[-10,0],[10,-60]]"),
    ];
    let sets: [(&[String], &[String], &str); 6] = [
        (&[point("1", "{}", 46.0, 40.0)], &[], "Azimuthal equidistant about 40.00\u{b0}N 46.00\u{b0}E"),
        (&[], &[], "Azimuthal"),
        (&pole(89.5), &[], "90.00\u{b0}N"),
        (&pole(-90.0), &[], "90.00\u{b0}S"),
        (&world, &across, "Equidistant cylindrical"),
        (&[], &across[..1], "Azimuthal"),
    ];
    for (posts, routes, words) in sets {
        let folder = Folder::with_layers(posts, routes, &[]);
        let text = svg(&folder, "");
        assert!(text.contains(words), "{words}");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{words}");
        let document = Document::parse(&text).unwrap();
        let in_layer =
            |node: &&Node<'_, '_>| node.ancestors().any(|up| up.attribute("id") == Some("layer-posts"));
        assert_eq!(classed(&document, "ps").iter().filter(in_layer).count(), posts.len());
        // All of them within the picture.
        for node in classed(&document, "ps").iter().filter(in_layer) {
            let moved = node
                .ancestors()
                .find_map(|up| up.attribute("transform").filter(|t| t.starts_with("translate")))
                .unwrap();
            let at: Vec<f64> = between(moved, "(", ")").split(' ').map(|n| n.parse().unwrap()).collect();
            assert!((0.0..=1000.0).contains(&at[0]) && (0.0..=1100.0).contains(&at[1]), "{moved}");
        }
        let page = html(&folder, "");
        assert_eq!(data(&page)["post"].as_array().unwrap().len(), posts.len());
    }
}

/// Scale and north arrow lay over what was in the lower left corner, and labels of the graticule ran out of the picture.
#[test]
fn scale_and_labels_hide_nothing_and_are_whole() {
    let far = |lat: f64, lon: f64| point(&format!("\"{lat} {lon}\""), "{}", lon, lat);
    let world = [far(80.0, 10.0), far(-85.0, -170.0), far(40.0, -70.0), far(-30.0, 170.0)];
    let sets = [
        Folder::with_demonstration(),
        antimeridian(),
        Folder::with_layers(&world, &[], &[]),
        // Labels of ten letters at ten seconds of arc.
        Folder::with_layers(&[far(40.0, 46.0), far(40.0201, 46.0201)], &[], &[]),
    ];
    for folder in sets {
        let text = svg(&folder, "");
        let document = Document::parse(&text).unwrap();
        let frame = classed(&document, "fr")[0].attribute("d").unwrap();
        let bottom: f64 = 40.0 + between(frame, "H999.5V", "H").parse::<f64>().unwrap();
        let moved = |node: Node<'_, '_>| -> [f64; 2] {
            let text = between(node.attribute("transform").unwrap(), "translate(", ")").to_owned();
            let (x, y) = text.split_once(' ').unwrap();
            [x.parse().unwrap(), y.parse().unwrap()]
        };
        let box_of = classed(&document, "fb")[0].parent().unwrap();
        assert!(moved(box_of)[1] - 46.0 >= bottom, "{:?} above {bottom}", moved(box_of));
        let of_graticule =
            |node: &Node<'_, '_>| node.ancestors().any(|up| up.attribute("id") == Some("layer-graticule"));
        let labels: Vec<_> = classed(&document, "gl").into_iter().filter(of_graticule).collect();
        assert!(labels.len() > 4);
        for label in labels {
            let letters = label.text().unwrap().chars().count() as f64;
            let end = moved(label.parent().unwrap())[0] + 0.5 * 9.0 * letters;
            assert!(end <= 1000.0, "{:?} ends at {end}", label.text());
        }
        assert!(!text.contains("\u{b1}0\u{b0}"));
    }
}

#[test]
fn files_formats_and_errors() {
    let folder = Folder::with_demonstration();
    assert_eq!(html(&folder, ""), html(&folder, ""), "the same every time");
    folder.run("map --posts posts.geojson --output out.html").fails(2, &["out.html", "--force"]);
    folder
        .run("map --posts posts.geojson --output out.bmp")
        .fails(2, &["out.bmp", ".html, .svg, .png or .pdf"]);
    folder.run("map --posts posts.geojson --output -").fails(2, &["--format"]);
    folder.run("map --posts posts.geojson --output posts.geojson --format svg --force").fails(2, &["input"]);
    folder.run("map --output out2.html").fails(2, &["--posts"]);
    folder.run("map --posts - --incidents - --output out2.html").fails(2, &["`-`"]);
    folder.run("map --posts nothing.geojson --output out2.html").fails(3, &["nothing.geojson"]);
    folder
        .run("map --posts posts.geojson --radius 0 --output out2.html")
        .status
        .eq(&2)
        .then_some(())
        .unwrap();
    assert!(!folder.has("out2.html"));
    let text = folder.run("map --incidents incidents.geojson --output - --format svg").ok();
    assert!(text.starts_with("<svg ") && text.contains("incidents</title>"));
    // Corridors that are polygons are on it, too.
    folder.run("corridors --routes routes.geojson --output corridors.geojson").ok();
    let text = folder.run("map --corridors corridors.geojson --output - --format svg").ok();
    assert!(text.contains("Corridors (4)"));
    let mut out = folder.command();
    let png = out.args("map --posts posts.geojson --output - --format png".split(' ')).output().unwrap();
    match png.status.code() {
        Some(0) => assert_eq!(&png.stdout[..8], b"\x89PNG\r\n\x1a\n"),
        // Without a font there are no letters, and no picture.
        _ if cfg!(feature = "png") => assert!(String::from_utf8_lossy(&png.stderr).contains("font")),
        _ => {
            assert!(String::from_utf8_lossy(&png.stderr).contains("`cargo install --path . --features png`"))
        }
    }
}

/// The README's picture is what the command of `docs/map.md` draws.
#[test]
fn the_picture_of_the_readme_is_up_to_date() {
    let page = std::fs::read_to_string(project_path("docs/map.md")).unwrap();
    let command =
        page.lines().find(|line| line.contains("docs/demonstration.svg") && line.contains(" map ")).unwrap();
    let words = command.split_once("-- ").unwrap().1.replace("docs/demonstration.svg", "-");
    let mut run = Folder::new().command();
    let words = words.replace(" --force", " --format svg");
    let (words, title) = words.split_once(" --title ").unwrap();
    let (title, rest) = title.trim_start_matches('\'').split_once('\'').unwrap();
    run.current_dir(project_path(""))
        .args(words.split(' '))
        .args(["--title", title])
        .args(rest.split_whitespace());
    let drawn = run.output().unwrap();
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let kept = std::fs::read_to_string(project_path("docs/demonstration.svg")).unwrap();
    assert!(String::from_utf8(drawn.stdout).unwrap() == kept, "draw it anew by the command of docs/map.md");
}

/// Beyond 12 MB of properties those named `time`, `type`, `status` and `name` are kept, and the page says so.
#[test]
fn properties_beyond_12_mb_are_cut_to_a_few() {
    let folder = Folder::with_demonstration();
    let note = "x".repeat(4_000);
    for (count, is_cut) in [(2_970, false), (3_010, true)] {
        let feature = |i| {
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"type\":\"fire\",\"note\":\"{note}\"}},\
                 \"geometry\":{{\"type\":\"Point\",\"coordinates\":[46.8,40.{i:04}]}}}}\n"
            )
        };
        folder.write("many.geojsonl", (0..count).map(feature).collect::<String>());
        folder.run("map --incidents many.geojsonl --output many.html --force").ok();
        let page = folder.read("many.html");
        let data = data(&page);
        assert_eq!(page.contains("this map has time, type, status, name alone"), is_cut, "{count}");
        let keys: Vec<&str> = data["keys"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!((keys.contains(&"type"), keys.contains(&"note")), (true, !is_cut), "{count}");
    }
}
