//! The page's script and style: one of each, made of files by purpose.

/// The script: its parts in one closure. A part may call at once what an earlier one defines, and later whatever any does.
const SCRIPT: &str = concat!(
    "'use strict';\n(() => {\n",
    include_str!("data.js"),
    include_str!("words.js"),
    include_str!("geodesic.js"),
    include_str!("mgrs.js"),
    include_str!("sheet.js"),
    include_str!("view.js"),
    "const placeLabels = (() => {\n",
    include_str!("placer.js"),
    include_str!("names.js"),
    include_str!("labels.js"),
    "return placeLabels;\n})();\n",
    include_str!("bins.js"),
    include_str!("grid.js"),
    include_str!("details.js"),
    include_str!("choose.js"),
    include_str!("filter.js"),
    include_str!("facets.js"),
    include_str!("time.js"),
    include_str!("table.js"),
    include_str!("measure.js"),
    include_str!("point.js"),
    include_str!("gestures.js"),
    include_str!("switches.js"),
    include_str!("search.js"),
    include_str!("share.js"),
    include_str!("readout.js"),
    include_str!("theme.js"),
    include_str!("start.js"),
    include_str!("print.js"),
    include_str!("ready.js"),
    "})();\n"
);

/// The script without what is for its readers: indents and lines that are comments. No text in it is of several lines.
pub(super) fn script() -> String {
    let lines = SCRIPT.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    let mut script = String::with_capacity(SCRIPT.len());
    for line in lines {
        script.push_str(line);
        script.push('\n');
    }
    script
}

/// The style of the page around the map, on screens and on paper.
pub(super) const STYLE: &str = concat!(
    include_str!("layout.css"),
    include_str!("details.css"),
    include_str!("filter.css"),
    include_str!("table.css"),
    include_str!("phone.css"),
    include_str!("print.css"),
    include_str!("sheet.css")
);
