//! What the signs mean.

use super::bins;
use super::draw::{FOOT, POST, symbol as incident_symbol};
use super::looks::Look;
use super::scene::Scene;
use super::symbols::Symbol;

/// What a sign means; the sign is SVG in a box of 28 by 14 pixels.
pub(super) struct Entry {
    /// The layer of the signs; none of a sign that only says more of the layer before.
    pub layer: Option<&'static str>,
    pub label: String,
    pub sign: String,
}

/// The layers that have something on them, in the order of a reader.
pub(super) fn entries(scene: &Scene) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |layer, count: usize, label: String, sign: String| {
        if count > 0 {
            entries.push(Entry { layer: Some(layer), label, sign });
        }
    };
    let area = |fill: &str, outline: &str| format!("<path class=\"{outline} {fill}\" d=\"M1 1H27V13H1Z\"/>");
    let line = |class: &str| format!("<path class=\"{class}\" d=\"M1 7H27\"/>");
    let (posts, routes) = (scene.posts.len(), scene.routes.len());
    let symbol = |class: &str, path: &str| {
        format!("<path class=\"{class}\" transform=\"translate(14 7)\" d=\"{path}\"/>")
    };
    add("posts", posts, format!("Posts ({posts})"), symbol("ps", POST));
    add("routes", routes, format!("Routes ({routes})"), line("rt"));
    let names = scene.background.names.len();
    let town = "<path class=\"td\" transform=\"translate(6 7)\" d=\"M-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0Z\"/>";
    add("names", names, format!("Towns and names ({names})"), town.to_owned());
    add("background", scene.background.shapes.len(), "Background".to_owned(), area("bf", "gr"));
    add("borders", scene.background.borders.len(), "Borders".to_owned(), line("bd"));
    let marks = format!("Marks every {} km", scene.marks_every_m / 1e3);
    add("marks", scene.marks.len(), marks, format!("{}<path class=\"km\" d=\"M8 7V2M20 7V2\"/>", line("rt")));
    let corridors = scene.corridors.len();
    add("corridors", corridors, format!("Corridors ({corridors})"), area("cf", "co"));
    if let Some(radius) = &scene.gaps_of {
        let gaps = scene.gaps.len();
        let label = format!("Out of sight of every post ({gaps}; radius {radius} where a post has none)");
        add("gaps", gaps.max(1), label, line("gp"));
    }
    if scene.is_binned {
        let label = format!("Incidents in a hexagon ({}): {}", scene.incident_list().len(), bin_labels());
        add("incidents", 1, label, bin_signs());
        return entries;
    }
    if let Some(side) = &scene.squares_of {
        let certain: u32 = scene.squares.iter().map(|square| square.certain).sum();
        let label = format!("Incidents in a square of {side} ({certain}): {}; ? possible", bin_labels());
        add("squares", scene.squares.len(), label, bin_signs());
    }
    let symbols = scene.incident_list().iter().filter(|incident| !incident.positions.is_empty()).count();
    add("incidents", symbols, format!("Incidents ({symbols})"), symbol("is", Symbol::plain().path()));
    entries.extend(meanings(scene));
    let mut add = |layer, count: usize, label: String, sign: String| {
        if count > 0 {
            entries.push(Entry { layer: Some(layer), label, sign });
        }
    };
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

/// What symbols, colours and sizes of incidents mean.
fn meanings(scene: &Scene) -> Vec<Entry> {
    let looks = &scene.looks;
    let plain = Look { symbol: Symbol::plain(), colour: None, is_hollow: false, scale: 1.0 };
    let entry = |label: String, look: Look| {
        let sign = format!("<g transform=\"translate(14 7)\">{}</g>", incident_symbol(&look));
        Entry { layer: None, label, sign }
    };
    let mut entries: Vec<Entry> = Vec::new();
    for meaning in &looks.symbols {
        let mut symbol =
            entry(format!("{} ({})", meaning.of, meaning.count), Look { symbol: meaning.sign, ..plain });
        if !looks.colours.is_empty() {
            // Any colour of these would mean something.
            symbol.sign = symbol.sign.replace("class=\"is\"", "class=\"is ik\"");
        }
        entries.push(symbol);
    }
    for meaning in &looks.colours {
        let sign = format!("<path class=\"is c{}\" d=\"M4 2H24V12H4Z\"/>", meaning.sign);
        entries.push(Entry { layer: None, label: format!("{} ({})", meaning.of, meaning.count), sign });
    }
    if looks.hollow > 0 {
        let label = format!("Hollow: somewhere in its region ({})", looks.hollow);
        entries.push(entry(label, Look { is_hollow: true, ..plain }));
    }
    if looks.larger > 0 {
        let label = format!("Larger: with more casualties ({})", looks.larger);
        entries.push(entry(label, Look { scale: 1.3, ..plain }));
    }
    entries
}

fn bin_signs() -> String {
    (0..bins::CLASSES.len())
        .map(|class| format!("<path class=\"bn b{class}\" d=\"M{} 1h5v12h-5z\"/>", 1 + 5 * class))
        .collect()
}

fn bin_labels() -> String {
    let label = |class: usize| match bins::CLASSES.get(class + 1) {
        Some(next) if *next == bins::CLASSES[class] + 1 => bins::CLASSES[class].to_string(),
        Some(next) => format!("{}\u{2013}{}", bins::CLASSES[class], next - 1),
        None => format!("{}+", bins::CLASSES[class]),
    };
    (0..bins::CLASSES.len()).map(label).collect::<Vec<_>>().join(", ")
}

/// Land and coasts; none where they are not drawn.
pub(super) fn land(scene: &Scene) -> Option<Entry> {
    scene.land.as_ref()?;
    let sign = "<path class=\"wa\" d=\"M1 1H27V13H1Z\"/><path class=\"la\" d=\"M1 1H18L12 7L15 13H1Z\"/>";
    Some(Entry { layer: Some("land"), label: "Land".to_owned(), sign: sign.to_owned() })
}
