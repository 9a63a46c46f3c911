//! Members of simplestyle-spec 1.1.0 by meaning, for maps that draw GeoJSON as it says.

use super::field::{Field, Scope, Subject, Value};

/// Colours that colour-blind people can tell apart: those of Okabe and Ito (Color Universal Design, 2008), without their
/// yellow, which is lost on paper.
pub mod palette {
    /// Watched, or as it should be.
    pub const BLUISH_GREEN: &str = "#009E73";
    /// What stands out least.
    pub const SKY_BLUE: &str = "#56B4E9";
    /// What is usual.
    pub const BLUE: &str = "#0072B2";
    /// What calls for a look.
    pub const ORANGE: &str = "#E69F00";
    /// What calls for action.
    pub const VERMILION: &str = "#D55E00";
    /// What is not certain.
    pub const REDDISH_PURPLE: &str = "#CC79A7";
    /// Lettering and outlines.
    pub const BLACK: &str = "#000000";
    /// For things of one kind, one after the other: neighbours in this order differ the most.
    pub const ALTERNATING: [&str; 6] = [BLUE, ORANGE, BLUISH_GREEN, REDDISH_PURPLE, SKY_BLUE, VERMILION];
}

/// What an annotation writes besides [`FIELDS`](super::FIELDS) where it is asked for: members of simplestyle-spec 1.1.0,
/// which have no prefix. An incident inside a corridor is a vermilion triangle, one outside a blue circle, one whose
/// nearest post or route is not certain a reddish purple ring; regions have the colours of their incidents.
pub static SIMPLESTYLE_FIELDS: &[Field] = &[
    Field {
        name: "marker-color",
        kind: "string",
        unit: "",
        meaning: "simplestyle: by whether the incident is in a corridor, and certain",
        scope: Scope::Style,
        value: |s| Value::Text(class(s).0),
    },
    Field {
        name: "marker-symbol",
        kind: "string",
        unit: "",
        meaning: "simplestyle: likewise, the name of a Maki symbol",
        scope: Scope::Style,
        value: |s| Value::Text(class(s).1),
    },
    Field {
        name: "stroke",
        kind: "string",
        unit: "",
        meaning: "simplestyle: as marker-color; of an incident whose location is a region",
        scope: Scope::ReportStyle,
        value: |s| s.report.map_or(Value::Absent, |_| Value::Text(class(s).0)),
    },
    Field {
        name: "stroke-width",
        kind: "number",
        unit: "",
        meaning: "simplestyle: of an incident whose location is a region",
        scope: Scope::ReportStyle,
        value: |s| s.report.map_or(Value::Absent, |_| Value::Share(2.0)),
    },
    Field {
        name: "fill",
        kind: "string",
        unit: "",
        meaning: "simplestyle: as stroke",
        scope: Scope::ReportStyle,
        value: |s| s.report.map_or(Value::Absent, |_| Value::Text(class(s).0)),
    },
    Field {
        name: "fill-opacity",
        kind: "number",
        unit: "",
        meaning: "simplestyle: of an incident whose location is a region",
        scope: Scope::ReportStyle,
        value: |s| s.report.map_or(Value::Absent, |_| Value::Share(0.2)),
    },
];

/// The colour and the symbol of an incident.
fn class(of: &Subject<'_>) -> (&'static str, &'static str) {
    let is_open = of.report.is_some_and(|report| {
        let answer = report.answer;
        [&answer.posts, &answer.routes].iter().any(|found| !found.list.is_empty() && !found.is_certain())
    });
    match of.located.in_corridor {
        _ if is_open => (palette::REDDISH_PURPLE, "circle-stroked"),
        Some(true) => (palette::VERMILION, "triangle"),
        _ => (palette::BLUE, "circle"),
    }
}

/// What a connector leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RouteOrPost {
    Post,
    Route,
}

impl RouteOrPost {
    pub fn as_str(self) -> &'static str {
        match self {
            RouteOrPost::Post => "post",
            RouteOrPost::Route => "route",
        }
    }
}

/// The members of a connector, each behind a comma.
pub(crate) fn of_connector(kind: RouteOrPost) -> &'static str {
    match kind {
        RouteOrPost::Post => ",\"stroke\":\"#000000\",\"stroke-width\":2",
        RouteOrPost::Route => ",\"stroke\":\"#009E73\",\"stroke-width\":2",
    }
}
