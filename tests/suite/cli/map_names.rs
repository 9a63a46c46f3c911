//! `patrol map`: names lie on nothing and are not cut, measured on the picture.

use std::fmt::Write;

use roxmltree::{Document, Node};

use crate::program::{Folder, line, point};

const RUN: &str = "map --posts posts.geojson --routes routes.geojson --incidents incidents.geojson --force";

type Point = [f64; 2];

/// A name on a picture: its text, its classes, the corners of its room, and its leader.
#[derive(Debug)]
struct Name {
    text: String,
    class: String,
    corners: [Point; 4],
    turn_deg: f64,
    leader: Option<[Point; 2]>,
}

impl Name {
    fn is(&self, class: &str) -> bool {
        self.class.split(' ').any(|one| one == class)
    }
}

struct Picture {
    names: Vec<Name>,
    /// Posts and incidents.
    symbols: Vec<Point>,
    height: f64,
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(|c: char| !(c.is_ascii_digit() || "-.".contains(c)))
        .filter_map(|one| one.parse().ok())
        .collect()
}

/// How far the groups around an element move it.
fn moved(node: Node<'_, '_>) -> Point {
    let mut sum = [0.0, 0.0];
    for up in node.ancestors().skip(1) {
        let Some(text) = up.attribute("transform") else { continue };
        let by = numbers(text);
        // The map itself lies below its title.
        if up.ancestors().skip(1).any(|more| more.attribute("clip-path").is_some()) {
            sum = [sum[0] + by[0], sum[1] + by[1]];
        }
    }
    sum
}

fn picture(svg: &str) -> Picture {
    let document = Document::parse(svg).unwrap();
    let frame = document.descendants().find(|node| node.attribute("class") == Some("fr")).unwrap();
    let height = numbers(frame.attribute("d").unwrap())[3] + 0.5;
    let map = document.descendants().find(|node| node.attribute("clip-path").is_some()).unwrap();
    let (mut names, mut symbols) = (Vec::new(), Vec::new());
    for node in map.descendants() {
        let class = node.attribute("class").unwrap_or_default().to_owned();
        if class == "ps" || class == "is" {
            symbols.push(moved(node));
        }
        if node.tag_name().name() != "text" {
            continue;
        }
        let size = match () {
            () if class.contains("cl") => 11.0,
            () if class.contains("kl") || class.contains("gl") => 9.0,
            () => 10.0,
        };
        let number = |name: &str| node.attribute(name).map(|text| text.parse::<f64>().unwrap());
        let turn = node.attribute("transform").map(numbers).unwrap_or_default();
        let [x, y] = moved(node);
        let own = [number("x"), number("y")].map(Option::unwrap_or_default);
        let start = match turn[..] {
            [dx, dy, _] => [x + dx, y + dy],
            _ => [x + own[0], y + own[1]],
        };
        let turn_deg = turn.get(2).copied().unwrap_or(0.0);
        let (sin, cos) = turn_deg.to_radians().sin_cos();
        let width = number("textLength").unwrap_or_else(|| panic!("a text without a length: {node:?}"));
        // The font's ascent and descent.
        let (top, bottom) = (-0.92 * size, 0.23 * size);
        let corners = [(0.0, top), (width, top), (width, bottom), (0.0, bottom)]
            .map(|(u, v)| [start[0] + u * cos - v * sin, start[1] + u * sin + v * cos]);
        let before = node.prev_sibling_element().filter(|one| one.attribute("class") == Some("ld"));
        let leader = before.map(|one| {
            let ends = numbers(one.attribute("d").unwrap());
            [[x + ends[0], y + ends[1]], [x + ends[2], y + ends[3]]]
        });
        names.push(Name { text: node.text().unwrap().to_owned(), class, corners, turn_deg, leader });
    }
    Picture { names, symbols, height }
}

/// The area of what two convex polygons share, by clipping one with the sides of the other.
fn shared(a: &[Point], b: &[Point]) -> f64 {
    let mut left = a.to_vec();
    for (i, &p) in b.iter().enumerate() {
        let q = b[(i + 1) % b.len()];
        let side = |at: Point| (q[0] - p[0]) * (at[1] - p[1]) - (q[1] - p[1]) * (at[0] - p[0]);
        let mut next = Vec::new();
        for (j, &from) in left.iter().enumerate() {
            let to = left[(j + 1) % left.len()];
            let (u, v) = (side(from), side(to));
            if u >= 0.0 {
                next.push(from);
            }
            if (u > 0.0) != (v > 0.0) && u != v {
                next.push([0, 1].map(|axis| from[axis] + u / (u - v) * (to[axis] - from[axis])));
            }
        }
        left = next;
    }
    let cross =
        |(i, p): (usize, &Point)| p[0] * left[(i + 1) % left.len()][1] - p[1] * left[(i + 1) % left.len()][0];
    0.5 * left.iter().enumerate().map(cross).sum::<f64>().abs()
}

/// The room of a line, as thin as it is drawn.
fn strip([a, b]: [Point; 2]) -> [Point; 4] {
    let length = (b[0] - a[0]).hypot(b[1] - a[1]);
    let [nx, ny] = [-(b[1] - a[1]) / length * 0.4, (b[0] - a[0]) / length * 0.4];
    [[a[0] - nx, a[1] - ny], [b[0] - nx, b[1] - ny], [b[0] + nx, b[1] + ny], [a[0] + nx, a[1] + ny]]
}

/// What holds of every picture.
fn holds(svg: &str) -> Picture {
    let picture = picture(svg);
    let names = &picture.names;
    for (i, name) in names.iter().enumerate() {
        for other in &names[..i] {
            assert!(shared(&name.corners, &other.corners) < 0.01, "{name:?} lies on {other:?}");
        }
        for [x, y] in name.corners {
            assert!((0.0..=1000.0).contains(&x) && (0.0..=picture.height).contains(&y), "{name:?} is cut");
        }
        for &[x, y] in &picture.symbols {
            let square = [[x - 4.0, y - 4.0], [x + 4.0, y - 4.0], [x + 4.0, y + 4.0], [x - 4.0, y + 4.0]];
            assert!(shared(&name.corners, &square) < 0.01, "{name:?} lies on a symbol at {x}, {y}");
        }
        assert!((-90.0..90.0).contains(&name.turn_deg), "{name:?} is upside down");
        let Some(leader) = name.leader else { continue };
        for other in names {
            assert!(
                shared(&other.corners, &strip(leader)) < 0.01,
                "the leader of {name:?} crosses {other:?}"
            );
        }
        assert!(picture.symbols.iter().any(|at| (at[0] - leader[0][0]).hypot(at[1] - leader[0][1]) < 8.0));
    }
    picture
}

fn drawn(folder: &Folder, more: &str) -> Picture {
    folder.run(&format!("{RUN} --output out.svg {more}")).ok();
    holds(&folder.read("out.svg"))
}

/// 200 posts, 60 routes and 40 incidents, as a fixed seed has them, on a piece of the Earth of so many degrees.
fn crowd(wide: f64, high: f64) -> Folder {
    let mut state = 7_u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let posts: Vec<String> = (0..200)
        .map(|n| {
            let name = format!(r#"{{"name":"Hill {n}"}}"#);
            point(&format!("\"OP-{n:03}\""), &name, 46.0 + wide * random(), 40.0 + high * random())
        })
        .collect();
    let routes: Vec<String> = (0..60)
        .map(|n| {
            let (mut x, mut y, mut turn) = (46.0 + wide * random(), 40.0 + high * random(), 6.3 * random());
            let mut text = format!("[[{x},{y}]");
            for _ in 0..6 {
                turn += random() - 0.5;
                (x, y) = (x + 0.05 * wide * turn.cos(), y + 0.05 * high * turn.sin());
                write!(text, ",[{x},{y}]").unwrap();
            }
            let corridor = if n % 10 == 0 {
                format!(r#","corridor":"Sector {n}","half_width_m":2500"#)
            } else {
                String::new()
            };
            line(&format!("\"R{n}\""), &format!(r#"{{"name":"Road {n}"{corridor}}}"#), &(text + "]"))
        })
        .collect();
    let incidents: Vec<String> = (0..40)
        .map(|n| point(&format!("\"INC-{n}\""), "{}", 46.0 + wide * random(), 40.0 + high * random()))
        .collect();
    Folder::with_layers(&posts, &routes, &incidents)
}

#[test]
fn names_of_the_demonstration_set() {
    let folder = Folder::with_demonstration();
    let picture = drawn(&folder, "--radius 6000");
    let count = |class: &str| picture.names.iter().filter(|name| name.is(class)).count();
    // All posts and incidents, routes and most corridors; more than one name for a long route.
    assert_eq!((count("pl"), count("il")), (27, 3));
    assert!(count("cl") >= 3 && count("rl") >= 5 && count("kl") > 50, "{:?}", picture.names);
    for id in ["R1", "R2", "R3", "R4", "R5"] {
        assert!(picture.names.iter().any(|name| name.is("rl") && name.text.starts_with(id)), "{id}");
    }
    // Along the route, which runs steeply there.
    assert!(picture.names.iter().any(|name| name.is("rl") && name.turn_deg.abs() > 30.0));
}

#[test]
fn parts_of_the_demonstration_set() {
    // One route alone is wide, or high.
    for keep in ["R3", "R5", "R2"] {
        let folder = Folder::with_demonstration();
        let mut layer = crate::program::json(&folder.read("routes.geojson"));
        layer["features"].as_array_mut().unwrap().retain(|route| route["properties"]["id"] == keep);
        folder.write("routes.geojson", layer.to_string());
        folder.write("posts.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
        folder.write("incidents.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
        let picture = drawn(&folder, "");
        assert!(picture.names.iter().any(|name| name.is("rl")), "{keep}");
        assert!(picture.names.iter().any(|name| name.is("cl")), "{keep}");
    }
}

#[test]
fn crowds_at_three_extents() {
    for (wide, high) in [(1.2, 0.8), (8.0, 1.0), (0.3, 1.5)] {
        let picture = drawn(&crowd(wide, high), "");
        let count = |class: &str| picture.names.iter().filter(|name| name.is(class)).count();
        assert!(count("il") > 10 && count("pl") > 25, "{} {}", count("il"), count("pl"));
        assert!(picture.names.iter().any(|name| name.leader.is_some()));
    }
}

#[test]
fn what_matters_most_is_named_first() {
    // Posts all around an incident, so near that not all of them have room.
    let posts: Vec<String> = (0..80)
        .map(|n| {
            let (sin, cos) = (f64::from(n) * 0.7).sin_cos();
            let far = 0.014 + 0.0006 * f64::from(n);
            point(&format!("\"OP-{n}\""), "{}", 46.0 + far * cos, 40.0 + 0.8 * far * sin)
        })
        .collect();
    let route = line("\"R1\"", r#"{"name":"North road"}"#, "[[45.8,40.05],[46.2,40.06]]");
    let picture = drawn(&Folder::with_layers(&posts, &[route], &[point("\"INC\"", "{}", 46.0, 40.0)]), "");
    let count = |class: &str| picture.names.iter().filter(|name| name.is(class)).count();
    assert_eq!(count("il"), 1);
    assert!(count("pl") < 80, "{}", count("pl"));
    // Where there is room a route has its whole name.
    assert!(picture.names.iter().any(|name| name.text == "R1 North road"));
}

#[test]
fn posts_by_id_name_or_both() {
    let posts = [
        point("\"OP-1\"", r#"{"name":"North gate"}"#, 46.0, 40.0),
        point("\"OP-2\"", "{}", 46.1, 40.0),
        point("\"OP-3\"", r#"{"name":"OP-3"}"#, 46.1, 40.1),
    ];
    let folder = Folder::with_layers(&posts, &[], &[]);
    for (more, expected) in [
        ("", ["OP-1", "OP-2", "OP-3"]),
        ("--post-labels id", ["OP-1", "OP-2", "OP-3"]),
        ("--post-labels name", ["North gate", "OP-2", "OP-3"]),
        ("--post-labels both", ["OP-1 North gate", "OP-2", "OP-3"]),
    ] {
        folder.run(&format!("map --posts posts.geojson --force --output out.svg {more}")).ok();
        let picture = holds(&folder.read("out.svg"));
        let names: Vec<&str> =
            picture.names.iter().filter(|name| name.is("pl")).map(|name| name.text.as_str()).collect();
        assert_eq!(names, expected, "{more}");
    }
    folder.run("map --posts posts.geojson --output out.html --post-labels names").fails(2, &["post-labels"]);
}

#[test]
fn names_of_any_length_and_script() {
    let names = [
        "\u{67e}\u{627}\u{633}\u{6af}\u{627}\u{647} \u{634}\u{645}\u{627}\u{644}\u{6cc}",
        "\u{646}\u{642}\u{637}\u{629} \u{627}\u{644}\u{645}\u{631}\u{627}\u{642}\u{628}\u{629}",
        "\u{5d9}\u{5e8}\u{5d5}\u{5e9}\u{5dc}\u{5d9}\u{5dd}",
        "\u{5317}\u{4eac}\u{5e02}\u{89c2}\u{6d4b}\u{6240}",
        "\u{d55c}\u{ad6d} \u{c804}\u{b9dd}\u{b300}",
        "\u{92c}\u{93e}\u{930}\u{93e}\u{92c}\u{902}\u{915}\u{940}",
        "\u{202E}turned\u{2066}",
        "a\\n\\tb   c",
        "\u{301}\u{302}",
        "</text><script>",
    ];
    let long = "W".repeat(30_000);
    let all = names.iter().copied().chain([long.as_str()]);
    let posts: Vec<String> = all
        .clone()
        .enumerate()
        .map(|(n, name)| {
            point(&format!("\"{name}\""), "{}", 46.0 + 0.02 * (n % 4) as f64, 40.0 + 0.01 * n as f64)
        })
        .collect();
    let routes: Vec<String> = all
        .clone()
        .enumerate()
        .map(|(n, name)| {
            let y = 40.005 + 0.01 * n as f64;
            let fields = format!(r#"{{"name":"{name}{name}","corridor":"{name}","half_width_m":300}}"#);
            line(&format!("\"{name}\""), &fields, &format!("[[46.1,{y}],[46.0,{y}]]"))
        })
        .collect();
    let incidents: Vec<String> = all
        .enumerate()
        .map(|(n, name)| point(&format!("\"{name}\""), "{}", 46.09, 40.0 + 0.01 * n as f64))
        .collect();
    let picture = drawn(&Folder::with_layers(&posts, &routes, &incidents), "--post-labels both");
    for text in ["\u{5317}\u{4eac}\u{5e02}\u{89c2}\u{6d4b}\u{6240}", "turned", "a b c", "</text><script>"] {
        assert!(picture.names.iter().any(|name| name.is("pl") && name.text == text), "{text}");
    }
    // A text of another direction keeps to itself; what is too long ends in dots.
    assert!(
        picture
            .names
            .iter()
            .any(|name| name.is("pl") && name.text == format!("\u{2068}{}\u{2069}", names[0]))
    );
    assert!(picture.names.iter().any(|name| name.text.ends_with("W\u{2026}") && name.text.len() < 300));
}

#[test]
fn the_page_has_widths_for_its_script() {
    let folder = Folder::with_demonstration();
    folder.run(&format!("{RUN} --post-labels both --output out.html")).ok();
    let page = folder.read("out.html");
    assert!(page.contains(" data-s=\"OP-21\">OP-21 Observation post 21, near"));
    for group in ["names-routes", "names-corridors"] {
        assert!(page.contains(&format!("<g id=\"{group}\">\n<text class=\"lb ")), "{group}");
    }
    // Each name has the width of the table; the script places it.
    let names = page.split("<text class=\"lb ").skip(1);
    assert!(names.clone().count() > 100);
    for name in names {
        assert!(name.contains(" off\"") && name.contains(" textLength=\""), "{}", &name[..80]);
    }
}
