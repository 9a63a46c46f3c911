//! What the signs mean.

use super::bins;
use super::draw::{FOOT, INCIDENT, POST};
use super::scene::Scene;

/// A layer, what it is called, and its sign: SVG in a box of 28 by 14 pixels.
pub(super) struct Entry {
    pub layer: &'static str,
    pub label: String,
    pub sign: String,
}

/// The layers that have something on them, in the order of a reader.
pub(super) fn entries(scene: &Scene) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |layer, count: usize, label: String, sign: String| {
        if count > 0 {
            entries.push(Entry { layer, label, sign });
        }
    };
    let line = |class: &str| format!("<path class=\"{class}\" d=\"M1 7H27\"/>");
    let (posts, routes) = (scene.posts.len(), scene.routes.len());
    let symbol = |class: &str, path: &str| {
        format!("<path class=\"{class}\" transform=\"translate(14 7)\" d=\"{path}\"/>")
    };
    add("posts", posts, format!("Posts ({posts})"), symbol("ps", POST));
    add("routes", routes, format!("Routes ({routes})"), line("rt"));
    let marks = format!("Marks every {} km", scene.marks_every_m / 1e3);
    add("marks", scene.marks.len(), marks, format!("{}<path class=\"km\" d=\"M8 7V2M20 7V2\"/>", line("rt")));
    let corridors = scene.corridors.len();
    let area = |fill: &str, outline: &str| format!("<path class=\"{outline} {fill}\" d=\"M1 1H27V13H1Z\"/>");
    add("corridors", corridors, format!("Corridors ({corridors})"), area("cf", "co"));
    if let Some(radius) = &scene.gaps_of {
        let gaps = scene.gaps.len();
        let label = format!("Out of sight of every post ({gaps}; radius {radius} where a post has none)");
        add("gaps", gaps.max(1), label, line("gp"));
    }
    if scene.is_binned {
        let signs = (0..bins::CLASSES.len())
            .map(|class| format!("<path class=\"bn b{class}\" d=\"M{} 1h5v12h-5z\"/>", 1 + 5 * class))
            .collect();
        let classes: Vec<String> = (0..bins::CLASSES.len())
            .map(|class| match bins::CLASSES.get(class + 1) {
                Some(next) if *next == bins::CLASSES[class] + 1 => bins::CLASSES[class].to_string(),
                Some(next) => format!("{}\u{2013}{}", bins::CLASSES[class], next - 1),
                None => format!("{}+", bins::CLASSES[class]),
            })
            .collect();
        let label =
            format!("Incidents in a hexagon ({}): {}", scene.incident_list().len(), classes.join(", "));
        add("incidents", 1, label, signs);
        return entries;
    }
    let symbols = scene.incident_list().iter().filter(|incident| !incident.positions.is_empty()).count();
    add("incidents", symbols, format!("Incidents ({symbols})"), symbol("is", INCIDENT));
    let regions = scene.shapes.iter().filter(|incident| !incident.shape.is_empty()).count();
    add("regions", regions, format!("Uncertain regions, areas and lines ({regions})"), area("uf", "uo"));
    let to_posts = scene.shapes.iter().any(|incident| incident.to_post.is_some());
    let to_routes = scene.shapes.iter().any(|incident| incident.to_route.is_some());
    let (label, sign) = match (to_posts, to_routes) {
        (true, false) => ("To the nearest post", line("cp")),
        (false, true) => ("To the foot on the nearest route", line("cr")),
        _ => (
            "To the nearest post, and to the foot on the route",
            format!(
                "<path class=\"cp\" d=\"M1 4H27\"/><path class=\"cr\" d=\"M1 10H27\"/><path class=\"ft\" \
                 transform=\"translate(24 10)\" d=\"{FOOT}\"/>"
            ),
        ),
    };
    add("connectors", usize::from(to_posts || to_routes), label.to_owned(), sign);
    entries
}

/// Land and coasts; none where they are not drawn.
pub(super) fn land(scene: &Scene) -> Option<Entry> {
    scene.land.as_ref()?;
    let sign = "<path class=\"wa\" d=\"M1 1H27V13H1Z\"/><path class=\"ld\" d=\"M1 1H18L12 7L15 13H1Z\"/>";
    Some(Entry { layer: "land", label: "Land".to_owned(), sign: sign.to_owned() })
}
