//! Styles for QGIS: how the layers that the program writes look when they are opened.

use std::path::{Path, PathBuf};

use crate::FeatureId;
use crate::annotate::palette;

mod qml;

use crate::report::markup::is_in_xml;
use qml::{Class, Classes, Symbol, document};

/// A layer that has a style.
///
/// ```
/// use patrol_corridor::report::styles::{StyledLayer, qgis_style};
/// let style = qgis_style(&StyledLayer::Incidents { prefix: "near_", corridors: true });
/// assert!(style.contains("near_in_corridor"));
/// let style = qgis_style(&StyledLayer::Corridors { names: vec!["Lachin", "Shusha"] });
/// assert!(style.contains("Lachin"));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StyledLayer<'s> {
    /// Annotated incidents: by whether they are in a corridor, and certain.
    Incidents {
        /// What stands before the names of the annotation.
        prefix: &'s str,
        /// True where there are corridors to be in.
        corridors: bool,
    },
    /// The regions of incidents: by whether their nearest post and route are certain.
    Regions {
        /// What stands before the names of the annotation.
        prefix: &'s str,
    },
    /// Lines between incidents and what is nearest to them: by what that is.
    Connectors,
    /// Intervals of routes: by how many posts watch them.
    Coverage,
    /// Intervals that no post watches.
    Gaps,
    /// Proposed posts.
    Suggestions,
    /// Intervals of routes: by their nearest post.
    Beats {
        /// The posts, in the order of the stretches: neighbours get different colours.
        posts: Vec<&'s FeatureId>,
    },
    /// Areas: by their nearest post.
    Sectors {
        /// The posts, in the order of the areas.
        posts: Vec<&'s FeatureId>,
    },
    /// Corridors: by name.
    Corridors {
        /// The names, in the order of the corridors.
        names: Vec<&'s str>,
    },
}

/// The style of a layer, as text of a QML file that QGIS 3.22 and later read.
///
/// Colours are those of [`palette`]; lines, shapes and hatching tell apart what colours alone might not. Labels are ids, names
/// or distances. More than [`MOST_CLASSES`] ids or names are drawn alike from there on.
///
/// ```
/// use patrol_corridor::report::styles::{StyledLayer, qgis_style};
/// let style = qgis_style(&StyledLayer::Connectors);
/// assert!(style.contains(r#"<renderer-v2 type="categorizedSymbol" attr="&quot;connector&quot;">"#));
/// assert!(style.contains(r#"value="route""#));
/// ```
#[must_use]
pub fn qgis_style(layer: &StyledLayer<'_>) -> String {
    let (classes, label) = match layer {
        StyledLayer::Incidents { prefix, corridors } => {
            (incidents(prefix, *corridors), ID_OR_NAME.to_owned())
        }
        StyledLayer::Regions { prefix } => (regions(prefix), ID_OR_NAME.to_owned()),
        StyledLayer::Connectors => {
            let by = |colour, dash| Symbol::Line { colour, width_mm: 0.5, dash };
            let classes = vec![
                class("post", "From the nearest post", by(palette::BLACK, "dash")),
                class("route", "To the nearest route", by(palette::BLUISH_GREEN, "solid")),
            ];
            (values("\"connector\"", classes), length_label("distance_m"))
        }
        StyledLayer::Coverage => (coverage(), "to_string(\"route_id\")".to_owned()),
        StyledLayer::Gaps => {
            let symbol = Symbol::Line { colour: palette::VERMILION, width_mm: 1.2, dash: "solid" };
            let label = format!("to_string(\"rank\") || '. ' || {}", length_label("length_m"));
            (Classes::Rules(vec![class("", "Watched by no post", symbol)]), label)
        }
        StyledLayer::Suggestions => {
            let symbol =
                Symbol::Marker { shape: "star", colour: palette::ORANGE, hollow: false, size_mm: 5.0 };
            (Classes::Rules(vec![class("", "Proposed post", symbol)]), "to_string(\"rank\")".to_owned())
        }
        StyledLayer::Beats { posts } => {
            let symbol = |colour| Symbol::Line { colour, width_mm: 1.0, dash: "solid" };
            let posts = posts.iter().map(|post| post.as_str());
            (one_by_one("post_id", posts, symbol), "to_string(\"post_id\")".to_owned())
        }
        StyledLayer::Sectors { posts } => {
            let symbol = |colour| Symbol::Fill { colour, opacity: 0.25, hatched: false };
            let posts = posts.iter().map(|post| post.as_str());
            (one_by_one("post_id", posts, symbol), "to_string(\"post_id\")".to_owned())
        }
        StyledLayer::Corridors { names } => {
            let symbol = |colour| Symbol::Fill { colour, opacity: 0.25, hatched: false };
            (one_by_one("corridor", names.iter().copied(), symbol), "\"corridor\"".to_owned())
        }
    };
    document(&classes, &label)
}

/// As many classes as a legend can hold.
pub const MOST_CLASSES: usize = 200;

/// The file in which QGIS looks for the style of a layer: `.qml` for the last extension, after `.gz` is gone.
///
/// ```
/// use std::path::Path;
/// use patrol_corridor::report::styles::qgis_style_path;
/// assert_eq!(qgis_style_path(Path::new("out/day.v2.geojson.gz")), Path::new("out/day.v2.qml"));
/// ```
#[must_use]
pub fn qgis_style_path(layer: &Path) -> PathBuf {
    let is_packed = layer.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
    let layer = if is_packed { layer.with_extension("") } else { layer.to_owned() };
    layer.with_extension("qml")
}

/// Not every layer has every member: an attribute that is not there is null.
const ID_OR_NAME: &str = "to_string(coalesce(attribute($currentfeature, 'id'), \
                          attribute($currentfeature, 'name'), ''))";

fn class(of: &str, label: &str, symbol: Symbol) -> Class {
    Class { of: of.to_owned(), label: label.to_owned(), symbol }
}

fn values(expression: &str, classes: Vec<Class>) -> Classes {
    Classes::Values { expression: expression.to_owned(), classes }
}

/// Metres below one kilometre, kilometres from there on.
fn length_label(field: &str) -> String {
    format!(
        "CASE WHEN \"{field}\" < 1000 THEN round(\"{field}\") || ' m' ELSE round(\"{field}\" / 1000, 1) || ' km' END"
    )
}

/// An expression that is true or false, never null: where a member is (a bool, or its text in a table) that.
fn says(prefix: &str, name: &str, wanted: bool) -> String {
    let name = format!("{prefix}{name}").replace('\\', "\\\\").replace('\'', "''");
    let (word, digit) = if wanted { ("true", "1") } else { ("false", "0") };
    format!(
        "coalesce(lower(to_string(attribute($currentfeature, '{name}'))) IN ('{word}', '{digit}'), false)"
    )
}

fn is_open(prefix: &str) -> String {
    format!("({} OR {})", says(prefix, "post_certain", false), says(prefix, "route_certain", false))
}

fn incidents(prefix: &str, corridors: bool) -> Classes {
    let marker = |shape, colour, hollow| Symbol::Marker { shape, colour, hollow, size_mm: 3.6 };
    let (open, inside) = (is_open(prefix), says(prefix, "in_corridor", true));
    let mut classes = vec![class(
        &open,
        "Nearest post or route not certain",
        marker("circle", palette::REDDISH_PURPLE, true),
    )];
    if corridors {
        let filter = format!("NOT {open} AND {inside}");
        classes.push(class(&filter, "In a corridor", marker("triangle", palette::VERMILION, false)));
    }
    let rest = if corridors { "Outside every corridor" } else { "Incident" };
    classes.push(class("ELSE", rest, marker("circle", palette::BLUE, false)));
    // Lines and polygons are not located and have no marker.
    for class in &mut classes {
        if class.of != "ELSE" {
            class.of = format!("geometry_type($geometry) = 'Point' AND {}", class.of);
        }
    }
    Classes::Rules(classes)
}

fn regions(prefix: &str) -> Classes {
    let open = is_open(prefix);
    let mut classes = Vec::new();
    for (filter, label, colour, is_open) in [
        (open.clone(), "not certain", palette::REDDISH_PURPLE, true),
        (format!("NOT {open}"), "certain", palette::BLUISH_GREEN, false),
    ] {
        let dash = if is_open { "dash" } else { "solid" };
        for (kind, symbol) in [
            ("Polygon", Symbol::Fill { colour, opacity: if is_open { 0.7 } else { 0.3 }, hatched: is_open }),
            ("Line", Symbol::Line { colour, width_mm: 0.8, dash }),
            ("Point", Symbol::Marker { shape: "circle", colour, hollow: is_open, size_mm: 3.6 }),
        ] {
            let label = format!("Nearest post and route {label} ({})", kind.to_lowercase());
            let filter = format!("geometry_type($geometry) = '{kind}' AND {filter}");
            classes.push(Class { of: filter, label, symbol });
        }
    }
    Classes::Rules(classes)
}

/// The more posts, the darker and wider; none stands out by its colour and is dashed.
fn coverage() -> Classes {
    let classes = [
        ("0", "Watched by no post", palette::VERMILION, 1.0, "dash"),
        ("1", "By 1 post", palette::SKY_BLUE, 0.7, "solid"),
        ("2", "By 2 posts", palette::BLUE, 1.0, "solid"),
        ("3", "By 3 posts or more", "#003355", 1.4, "solid"),
    ];
    let class_of =
        |(of, label, colour, width_mm, dash)| class(of, label, Symbol::Line { colour, width_mm, dash });
    values("to_string(min(\"post_count\", 3))", classes.into_iter().map(class_of).collect())
}

/// A class for each value, in alternating colours.
fn one_by_one<'v>(
    field: &str,
    found: impl Iterator<Item = &'v str>,
    symbol: impl Fn(&'static str) -> Symbol,
) -> Classes {
    let mut seen = Vec::new();
    for value in found {
        // What an attribute can't hold can't be told apart there; an empty value takes the rest.
        if !value.is_empty()
            && value.chars().all(is_in_xml)
            && !seen.contains(&value)
            && seen.len() < MOST_CLASSES
        {
            seen.push(value);
        }
    }
    let colours = palette::ALTERNATING.iter().cycle();
    let mut classes: Vec<Class> =
        seen.into_iter().zip(colours).map(|(value, colour)| class(value, value, symbol(colour))).collect();
    classes.push(class("", "Others", symbol(palette::BLACK)));
    values(&format!("to_string(\"{field}\")"), classes)
}
