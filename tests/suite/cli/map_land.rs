//! `patrol map`: land and coasts, below posts at known places.

use roxmltree::Document;

use crate::program::{Folder, point};

/// A closed line of path data.
type Ring = Vec<[f64; 2]>;

/// A longitude and a latitude, and whether it is on land.
type Place = (f64, f64, bool);

/// A map of posts at these places.
fn map(places: &[Place], more: &str) -> (Folder, String) {
    let posts: Vec<String> =
        places.iter().enumerate().map(|(n, (lon, lat, _))| point(&n.to_string(), "{}", *lon, *lat)).collect();
    let folder = Folder::with_layers(&posts, &[], &[]);
    folder.run(&format!("map --posts posts.geojson --output out.svg {more}")).ok();
    folder.run(&format!("map --posts posts.geojson --output out.html {more}")).ok();
    let text = folder.read("out.svg");
    (folder, text)
}

/// The text of an attribute of the first element of a class in a layer.
fn attribute<'d>(document: &'d Document<'_>, layer: &str, class: &str, name: &str) -> Option<&'d str> {
    let layer = document.descendants().find(|node| node.attribute("id") == Some(layer))?;
    layer.descendants().find(|node| node.attribute("class") == Some(class))?.attribute(name)
}

/// The closed lines of path data of `M`, `l` and `z`.
fn rings(path: &str) -> Vec<Ring> {
    let ring = |text: &str| {
        let spaced = text.replace('-', " -").replace(['l', 'z'], " ");
        let numbers: Vec<f64> = spaced.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let mut at = [0.0; 2];
        let steps = numbers.chunks(2).map(|step| {
            at = [at[0] + step[0], at[1] + step[1]];
            at
        });
        steps.collect()
    };
    path.split('M').skip(1).map(ring).collect()
}

/// Inside of them by the even-odd rule.
fn is_filled(rings: &[Ring], [x, y]: [f64; 2]) -> bool {
    let crossings = rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
    crossings
        .filter(|(a, b)| (a[1] <= y) != (b[1] <= y) && a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) > x)
        .count()
        % 2
        == 1
}

/// Where the posts are.
fn posts(document: &Document<'_>) -> Vec<[f64; 2]> {
    let layer = document.descendants().find(|node| node.attribute("id") == Some("layer-posts")).unwrap();
    let places = layer.children().filter_map(|node| node.attribute("transform"));
    places
        .map(|text| {
            let (x, y) = text.trim_start_matches("translate(").trim_end_matches(')').split_once(' ').unwrap();
            [x.parse().unwrap(), y.parse().unwrap()]
        })
        .collect()
}

const AFRICA: [Place; 6] = [
    (20.0, 0.0, true),
    (60.0, 0.0, false),
    (20.0, 45.0, true),
    (-10.0, 20.0, true),
    (10.0, -30.0, false),
    (18.0, 35.0, false),
];

#[test]
fn posts_on_land_and_at_sea() {
    let sets: [(&[Place], &str); 12] = [
        // Odesa, and the sea off it; the Serengeti.
        (&[(30.0, 47.0, true), (31.5, 46.0, false), (33.0, 47.0, true)], "Azimuthal"),
        (&[(34.8, -2.3, true), (35.1, -2.6, true)], "Azimuthal"),
        // On both sides of 180 degrees: Fiji, the Chukchi peninsula, Wrangel Island.
        (
            &[(178.0, -17.8, true), (-179.98, -16.85, true), (-179.5, -17.5, false), (179.2, -17.5, false)],
            "Azimuthal",
        ),
        (
            &[(179.0, 67.0, true), (-179.0, 67.0, true), (180.0, 67.5, true), (-178.0, 64.0, false)],
            "Azimuthal",
        ),
        (&[(179.5, 71.2, true), (-179.5, 71.2, true), (180.0, 70.0, false)], "Azimuthal"),
        // Both poles.
        (&[(0.0, 89.0, false), (120.0, 86.0, false), (-35.0, 82.3, true)], "Azimuthal"),
        (
            &[(0.0, -89.0, true), (90.0, -75.0, true), (180.0, -60.0, false), (-60.0, -60.0, false)],
            "Azimuthal",
        ),
        // What is opposite of the middle is the Pacific, and it is China.
        (&AFRICA, "Azimuthal"),
        (
            &[(-64.0, -35.0, true), (-40.0, -20.0, false), (-75.0, -40.0, false), (-60.0, 5.0, true)],
            "Azimuthal",
        ),
        // All of the Earth, about several meridians.
        (
            &[(0.0, 0.0, false), (120.0, 50.0, true), (-120.0, -50.0, false), (134.0, -25.0, true)],
            "cylindrical",
        ),
        (
            &[(170.0, 0.0, false), (-100.0, 50.0, true), (150.0, -80.0, true), (180.0, -88.0, true)],
            "cylindrical",
        ),
        (
            &[
                (-150.0, 65.0, true),
                (27.0, 65.0, true),
                (100.0, 70.0, true),
                (-30.0, 30.0, false),
                (-60.0, -85.0, true),
            ],
            "cylindrical",
        ),
    ];
    for (places, projection) in sets {
        let (folder, text) = map(places, "");
        assert!(text.contains(projection), "{places:?}");
        for text in [text, folder.read("out.html")] {
            // Of a page the first drawing.
            let from = text.find("<svg xmlns").or_else(|| text.find("<svg id=\"map\"")).unwrap();
            let drawing = &text[from..];
            let drawing = &drawing[..drawing.find("</svg>\n").unwrap() + 6];
            let document = Document::parse(drawing).unwrap();
            let rings = rings(attribute(&document, "layer-land", "la", "d").unwrap());
            for (at, place) in posts(&document).into_iter().zip(places) {
                assert_eq!(is_filled(&rings, at), place.2, "{place:?} of {places:?}");
            }
        }
    }
}

#[test]
fn a_coast_that_is_not_to_scale_is_faint_and_the_map_says_so() {
    const SAID: &str = "coast not to scale";
    let (folder, text) = map(&[(30.75, 46.48, true), (30.9, 46.6, true), (31.2, 46.62, false)], "");
    assert!(text.contains("<g id=\"land\" class=\"coarse\">") && text.contains(SAID));
    assert!(text.contains("The coast line is not to scale: it is that of a map of 1:10,000,000"));
    assert!(text.contains(">Land</text>"), "the legend");
    assert!(folder.read("out.html").contains(SAID));
    // A picture of 300 km is coarse enough; of its page one can go nearer.
    let (folder, text) = map(&[(30.0, 47.0, true), (31.5, 46.0, false), (33.5, 47.0, true)], "");
    assert!(
        text.contains("<g id=\"land\">")
            && !text.contains("to scale")
            && text.contains("Natural Earth 1:10,000,000")
    );
    assert!(folder.read("out.html").contains(SAID));
    // Nothing of a coast that is far.
    let (folder, text) = map(&[(46.7, 39.8, true), (46.9, 39.9, true)], "");
    for text in [&text, &folder.read("out.html")] {
        // All of it is land, of a page around the picture too.
        assert!(!text.contains("to scale") && text.contains("class=\"wa\" d=\"\""), "{text}");
        assert!(text.contains("class=\"la\" d=\"M-"), "{text}");
    }
    assert!(!text.contains(">Land</text>"));
}

#[test]
fn land_is_left_out_where_nobody_wants_it() {
    let (folder, text) = map(&AFRICA, "--no-land");
    for text in [text, folder.read("out.html")] {
        for word in ["class=\"la\"", "class=\"wa\"", "Natural Earth", "data-layer=\"land\"", ">Land<"] {
            assert!(!text.contains(word), "{word}");
        }
    }
    let (folder, _) = map(&AFRICA, "");
    assert!(folder.read("out.html").contains("data-layer=\"land\""));
}

/// What a page grows by.
#[test]
fn land_takes_little_room() {
    let folder = Folder::with_demonstration();
    let bytes = |folder: &Folder, layers: &str, more: &str| {
        folder.run(&format!("map {layers} --output out.html --force {more}")).ok();
        folder.read("out.html").len()
    };
    let layers = "--posts posts.geojson --routes routes.geojson --incidents incidents.geojson";
    let grown = bytes(&folder, layers, "") - bytes(&folder, layers, "--no-land");
    assert!(grown < 1_000, "{grown}");
    let (world, _) = map(&[(-170.0, 60.0, false), (10.0, -60.0, false), (170.0, 0.0, false)], "");
    let grown =
        bytes(&world, "--posts posts.geojson", "") - bytes(&world, "--posts posts.geojson", "--no-land");
    assert!((20_000..60_000).contains(&grown), "{grown}");
}
