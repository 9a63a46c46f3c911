//! The QML that QGIS 3.22 and later read: symbols, classes, labels.

use std::fmt::Write;

use crate::report::markup::escaped;

/// How a feature is drawn. Colours are `#rrggbb`, sizes millimetres on paper.
pub(super) enum Symbol {
    Marker { shape: &'static str, colour: &'static str, hollow: bool, size_mm: f64 },
    Line { colour: &'static str, width_mm: f64, dash: &'static str },
    Fill { colour: &'static str, opacity: f64, hatched: bool },
}

/// Features that are drawn alike.
pub(super) struct Class {
    /// The value of a renderer by values, the filter of one by rules; there `ELSE` takes the rest, here a value that is
    /// empty.
    pub of: String,
    pub label: String,
    pub symbol: Symbol,
}

/// What tells the classes apart.
pub(super) enum Classes {
    /// The value of an expression.
    Values { expression: String, classes: Vec<Class> },
    /// Filters, for layers with geometries of several kinds.
    Rules(Vec<Class>),
}

/// The text of a style; `label` is an expression.
pub(super) fn document(classes: &Classes, label: &str) -> String {
    let mut out = String::from(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling\" labelsEnabled=\"1\">\n",
    );
    let list = match classes {
        Classes::Values { expression, classes } => {
            line(&mut out, 1, "renderer-v2", &[("type", "categorizedSymbol"), ("attr", expression)], false);
            out.push_str("  <categories>\n");
            for (i, class) in classes.iter().enumerate() {
                let symbol = i.to_string();
                let attributes = [
                    ("value", &*class.of),
                    ("label", &class.label),
                    ("symbol", &symbol),
                    ("render", "true"),
                    ("type", if class.of.is_empty() { "NULL" } else { "string" }),
                ];
                line(&mut out, 3, "category", &attributes, true);
            }
            out.push_str("  </categories>\n");
            classes
        }
        Classes::Rules(classes) => {
            line(&mut out, 1, "renderer-v2", &[("type", "RuleRenderer")], false);
            out.push_str("  <rules key=\"all\">\n");
            for (i, class) in classes.iter().enumerate() {
                let (symbol, key) = (i.to_string(), format!("rule{i}"));
                let attributes =
                    [("key", &*key), ("filter", &class.of), ("label", &class.label), ("symbol", &symbol)];
                line(&mut out, 3, "rule", &attributes, true);
            }
            out.push_str("  </rules>\n");
            classes
        }
    };
    out.push_str("  <symbols>\n");
    list.iter().enumerate().for_each(|(i, class)| class.symbol.write(i, &mut out));
    out.push_str("  </symbols>\n </renderer-v2>\n <labeling type=\"simple\">\n  <settings>\n");
    let text = [
        ("fieldName", label),
        ("isExpression", "1"),
        ("fontSize", "8"),
        ("fontSizeUnit", "Point"),
        ("textColor", "0,0,0,255"),
        ("textOpacity", "1"),
    ];
    line(&mut out, 3, "text-style", &text, false);
    let halo = [
        ("bufferDraw", "1"),
        ("bufferSize", "0.8"),
        ("bufferSizeUnits", "MM"),
        ("bufferColor", "255,255,255,255"),
        ("bufferOpacity", "1"),
    ];
    line(&mut out, 4, "text-buffer", &halo, true);
    out.push_str("   </text-style>\n");
    // Along lines, across areas, around points, as QGIS numbers them.
    let place = match list.first().map(|class| &class.symbol) {
        Some(Symbol::Line { .. }) => "2",
        Some(Symbol::Fill { .. }) => "4",
        _ => "0",
    };
    line(&mut out, 3, "placement", &[("placement", place), ("placementFlags", "10"), ("dist", "1")], true);
    line(&mut out, 3, "rendering", &[("mergeLines", "1"), ("obstacle", "0")], true);
    out.push_str("  </settings>\n </labeling>\n</qgis>\n");
    out
}

impl Symbol {
    fn write(&self, number: usize, out: &mut String) {
        let (kind, class) = match self {
            Symbol::Marker { .. } => ("marker", "SimpleMarker"),
            Symbol::Line { .. } => ("line", "SimpleLine"),
            Symbol::Fill { .. } => ("fill", "SimpleFill"),
        };
        line(out, 3, "symbol", &[("type", kind), ("name", &number.to_string()), ("alpha", "1")], false);
        line(out, 4, "layer", &[("class", class), ("enabled", "1"), ("pass", "0")], false);
        out.push_str("     <Option type=\"Map\">\n");
        let mut option = |name: &str, value: &str| {
            line(out, 6, "Option", &[("name", name), ("type", "QString"), ("value", value)], true);
        };
        match *self {
            Symbol::Marker { shape, colour, hollow, size_mm } => {
                option("name", shape);
                option(
                    "color",
                    &rgba(if hollow { "#FFFFFF" } else { colour }, if hollow { 0.6 } else { 1.0 }),
                );
                option("outline_color", &rgba(if hollow { colour } else { "#FFFFFF" }, 1.0));
                option("outline_width", if hollow { "0.8" } else { "0.3" });
                option("outline_width_unit", "MM");
                option("size", &size_mm.to_string());
                option("size_unit", "MM");
            }
            Symbol::Line { colour, width_mm, dash } => {
                option("line_color", &rgba(colour, 1.0));
                option("line_width", &width_mm.to_string());
                option("line_width_unit", "MM");
                option("line_style", dash);
                option("capstyle", "flat");
                option("joinstyle", "round");
            }
            Symbol::Fill { colour, opacity, hatched } => {
                option("color", &rgba(colour, opacity));
                option("style", if hatched { "b_diagonal" } else { "solid" });
                option("outline_color", &rgba(colour, 1.0));
                option("outline_width", "0.5");
                option("outline_width_unit", "MM");
                option("outline_style", "solid");
            }
        }
        out.push_str("     </Option>\n    </layer>\n   </symbol>\n");
    }
}

/// `#rrggbb` as QGIS writes it.
fn rgba(colour: &str, opacity: f64) -> String {
    let part =
        |at: usize| colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
    format!("{},{},{},{}", part(1), part(3), part(5), (opacity * 255.0).round())
}

/// A tag on a line of its own.
fn line(out: &mut String, depth: usize, name: &str, attributes: &[(&str, &str)], is_closed: bool) {
    let _ = write!(out, "{:depth$}<{name}", "");
    for (name, value) in attributes {
        let _ = write!(out, " {name}=\"{}\"", escaped(value));
    }
    out.push_str(if is_closed { "/>\n" } else { ">\n" });
}
