//! The map as one page.

use std::fmt::Write;

use super::data;
use super::draw::Drawing;
use super::frame::px_text;
use super::land::Land;
use super::legend;
use super::page;
use super::scene::Scene;
use super::sheet::{self, Plan};
use super::svg::{LIGHT, STYLE, scale_and_north};
use crate::io::{base64, sha256};
use crate::report::markup::escaped;

/// The colours on dark ground: the same hues, lighter where they must be.
const DARK: [(&str, &str); 28] = [
    ("paper", "#15181c"),
    ("ink", "#ececec"),
    ("mute", "#a9afb6"),
    ("line", "#353b42"),
    ("grid", "#3b434b"),
    ("land", "#1b1f23"),
    ("water", "#102433"),
    ("coast", "#53788f"),
    ("strong", "#ffb98a"),
    ("corridor", "#56b4e9"),
    ("route", "#4aa8e0"),
    ("gap", "#e69f00"),
    ("region", "#e0a0c4"),
    ("incident", "#ff8433"),
    ("foot", "#2fc79c"),
    ("post", "#f0f0f0"),
    ("b0", "#4a2a10"),
    ("b1", "#8a4a14"),
    ("b2", "#d5701a"),
    ("b3", "#f6a56c"),
    ("b4", "#fde3cd"),
    ("c0", "#ff8433"),
    ("c1", "#4aa8e0"),
    ("c2", "#2fc79c"),
    ("c3", "#e0a0c4"),
    ("c4", "#f0b73a"),
    ("c5", "#8ccdf0"),
    ("c6", "#a9afb6"),
];

fn variables(colours: &[(&str, &str)]) -> String {
    colours.iter().map(|(name, colour)| format!("--{name}:{colour};")).collect()
}

/// All of the page's style: what is chosen wins over what the system prefers, and paper is light.
fn style() -> String {
    let light = variables(&LIGHT) + "--soft:#f3f5f7;--chosen:#d8ebf7;";
    let dark = variables(&DARK) + "--soft:#20252b;--chosen:#1d3f55;";
    format!(
        ":root{{color-scheme:light;{light}}}\n\
         @media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n\
         :root[data-theme=dark]{{color-scheme:dark;{dark}}}\n\
         {}{STYLE}\
         @media print{{:root,:root[data-theme=dark],:root:not([data-theme=light]){{color-scheme:light;{light}}}}}\n",
        page::STYLE
    )
}

/// The page.
pub(super) fn document(scene: &Scene, plan: Option<&Plan>) -> String {
    let title = escaped(&scene.title);
    let style = style() + &plan.map_or(String::new(), sheet::page_style);
    let script = page::script();
    let [style_hash, script_hash] = [&style, &script].map(|text| base64(&sha256(text.as_bytes())));
    let [width, height] = [scene.frame.width, scene.frame.height].map(px_text);
    let [left, top, right, bottom] = scene.frame.page_bounds().map(px_text);
    let mut switches = String::new();
    for entry in legend::entries(scene).into_iter().chain(legend::land(scene)) {
        let Some(layer) = entry.layer else {
            let _ = writeln!(
                switches,
                "<div class=\"key\"><svg viewBox=\"0 0 28 14\" width=\"28\" height=\"14\" aria-hidden=\"true\">{}</svg><span>{}</span></div>",
                entry.sign,
                escaped(&entry.label)
            );
            continue;
        };
        switches.push_str(&format!(
            "<label><input type=\"checkbox\" checked data-layer=\"{}\"><svg viewBox=\"0 0 28 14\" width=\"28\" height=\"14\" \
             aria-hidden=\"true\">{}</svg><span>{}</span></label>\n",
            layer,
            entry.sign,
            escaped(&entry.label)
        ));
    }
    let notes: String = scene.notes.iter().map(|note| format!("<li>{}</li>", escaped(note))).collect();
    // A page shows what is around the picture too.
    let page_land = scene.land.as_ref().map(|_| Land::of(&scene.frame, scene.frame.page_bounds()));
    let layers = Drawing::layers(scene, page_land.as_ref(), true);
    let on_paper = plan.map(|plan| sheet::page_markup(scene, plan)).unwrap_or_default();
    let mut out = String::with_capacity(layers.len() + 64 * 1024);
    let _ = write!(
        out,
        r##"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}';{pictures} base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{above}<header>
<h1 dir="auto" title="{title}">{title}</h1>
<form id="search" role="search"><input id="query" type="search" aria-label="Search by id, name, type, coordinates or MGRS" placeholder="Id, name, 40.05 46.81 or MGRS" autocomplete="off" spellcheck="false"><button type="submit">Find</button></form>
<div class="tools"><button id="show-table" type="button" aria-expanded="false" aria-controls="table">Table</button><button id="measure" type="button" aria-pressed="false">Measure</button><button id="link" type="button">Link</button><button id="theme" type="button">Dark</button></div>
</header>
<main>
<div id="stage">
<div id="filters" role="region" aria-label="Filter" hidden><output id="shown" aria-live="polite"></output><span id="chips"></span><button id="unfilter" type="button">Clear filters</button></div>
<div id="pane">
<svg id="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" tabindex="0" role="group" aria-label="Map, centre {centre}. Plus and minus zoom, arrows move, 0 shows all, Tab goes from one thing to the next, Enter shows its fields" font-family="'DejaVu Sans', Verdana, 'Noto Sans', system-ui, sans-serif">
<clipPath id="frame"><path d="M{left} {top}H{right}V{bottom}H{left}Z"/></clipPath>
<path class="bg" d="M{left} {top}H{right}V{bottom}H{left}Z"/>
<g id="content" clip-path="url(#frame)">
{layers}</g>
<path class="fr" d="M{left} {top}H{right}V{bottom}H{left}Z"/>
<g id="measured"></g>
<g id="chosen"></g>
<g id="marks"></g>
<g id="scale" transform="translate(24 {scale_y})">{scale}</g>
</svg>
<div id="zoom"><button id="in" type="button" aria-label="Zoom in">+</button><button id="out" type="button" aria-label="Zoom out">&minus;</button><button id="whole" type="button" aria-label="Whole map" title="Whole map (0)"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M1 5V1H5M11 1H15V5M15 11V15H11M5 15H1V11"/></svg></button></div>
<div id="measuring" role="region" aria-label="Measure" hidden><span><output id="sum"></output> <span id="leg" aria-live="polite"></span></span><button id="undo" type="button">Undo</button><button id="end-measure" type="button">Close</button></div>
<div id="readout" hidden><span id="degrees"></span><span id="mgrs"></span></div>
</div>
<section id="table" aria-labelledby="table-title" hidden><div id="table-bar"><h2 id="table-title">Incidents</h2><button id="copy-csv" type="button">Copy CSV</button><button id="copy-geojson" type="button">Copy GeoJSON</button><button id="close-table" type="button">Close</button></div><div id="rows"><table id="grid" role="grid" aria-labelledby="table-title"><thead><tr id="head"></tr></thead><tbody id="body"></tbody></table></div></section>
</div>
<aside aria-label="Details, filter and layers">
<section id="details" aria-live="polite"><h2 id="what" dir="auto">Details</h2><p id="hint">Point at something, or choose it.</p><div id="lead"></div><dl id="answers"></dl><dl id="fields"></dl><ul id="several"></ul></section>
<details id="filter" open hidden><summary>Filter</summary>
<div id="time-panel" hidden><h3>Time (<span id="zone"></span>)</h3>
<svg id="histogram" viewBox="0 0 300 48" preserveAspectRatio="none" aria-hidden="true"><path id="bars-all"/><path id="bars-shown"/><rect id="brush" y="0" height="48"/></svg>
<div class="ends"><label for="from">From</label><input id="from" type="range" min="0"><span id="from-text"></span><label for="to">To</label><input id="to" type="range" min="0"><span id="to-text"></span></div>
<div class="days"><button id="earlier" type="button" aria-label="Earlier">&#9664;</button><button id="day" type="button">This day</button><button id="later" type="button" aria-label="Later">&#9654;</button><button id="all-times" type="button">All times</button></div></div>
<input id="contains" type="search" aria-label="Text in any field" placeholder="Text in any field" autocomplete="off">
<div id="facets"></div></details>
<section id="layers"><h2>Layers</h2>
{switches}<label><input type="checkbox" checked data-layer="graticule"><svg viewBox="0 0 28 14" width="28" height="14" aria-hidden="true"><path class="gr" d="M1 4H27M9 1V13M19 1V13"/></svg><span>Grid</span><select id="grid-kind" aria-label="Kind of grid"><option value="degrees">Degrees</option><option value="mgrs">MGRS / UTM</option></select></label>
</section>
<section id="notes"><h2>Notes</h2><ul>{notes}</ul></section>
{block}</aside>
</main>
{below}<output id="copied" aria-live="polite"></output>
<dialog id="copy-box" aria-labelledby="copy-title"><h2 id="copy-title">Copy</h2><textarea id="copy-text" aria-labelledby="copy-title" readonly dir="ltr"></textarea><button id="close-copy" type="button">Close</button></dialog>
<script type="application/json" id="data">"##,
        centre = data::centre_text(scene),
        scale_y = px_text(scene.frame.height - 26.0),
        scale = scale_and_north(scene, page_land.as_ref(), true),
        pictures = on_paper.pictures,
        above = on_paper.above,
        block = on_paper.block,
        below = on_paper.below,
    );
    data::write_json(scene, &mut out);
    let _ = write!(out, "</script>\n<script>{script}</script>\n</body>\n</html>\n");
    out
}
