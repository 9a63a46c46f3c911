//! The map as one page.

use std::fmt::Write;

use super::data;
use super::draw::Drawing;
use super::frame::{WIDTH, px_text};
use super::legend;
use super::scene::Scene;
use super::svg::{LIGHT, STYLE, scale_and_north};
use crate::io::{base64, sha256};
use crate::report::markup::escaped;

const PAGE_STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The colours on dark ground: the same hues, lighter where they must be.
const DARK: [(&str, &str); 21] = [
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
];

fn variables(colours: &[(&str, &str)]) -> String {
    colours.iter().map(|(name, colour)| format!("--{name}:{colour};")).collect()
}

/// All of the page's style: what is chosen wins over what the system prefers, and paper is light.
fn style() -> String {
    let (light, dark) = (variables(&LIGHT), variables(&DARK));
    format!(
        ":root{{color-scheme:light;{light}}}\n\
         @media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n\
         :root[data-theme=dark]{{color-scheme:dark;{dark}}}\n\
         {PAGE_STYLE}{STYLE}\
         @media print{{:root,:root[data-theme=dark],:root:not([data-theme=light]){{color-scheme:light;{light}}}}}\n"
    )
}

/// The page.
pub(super) fn page(scene: &Scene) -> String {
    let (title, style) = (escaped(&scene.title), style());
    let [style_hash, script_hash] = [style.as_str(), SCRIPT].map(|text| base64(&sha256(text.as_bytes())));
    let height = px_text(scene.frame.height);
    let mut switches = String::new();
    for entry in legend::entries(scene).into_iter().chain(legend::land(scene)) {
        switches.push_str(&format!(
            "<label><input type=\"checkbox\" checked data-layer=\"{}\"><svg viewBox=\"0 0 28 14\" width=\"28\" height=\"14\" \
             aria-hidden=\"true\">{}</svg><span>{}</span></label>\n",
            entry.layer,
            entry.sign,
            escaped(&entry.label)
        ));
    }
    let notes: String = scene.notes.iter().map(|note| format!("<li>{}</li>", escaped(note))).collect();
    let layers = Drawing::layers(scene, true);
    let mut page = String::with_capacity(layers.len() + 64 * 1024);
    let _ = write!(
        page,
        r##"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1 dir="auto">{title}</h1>
<div class="tools">
<form id="search" role="search"><input id="query" type="search" aria-label="Search by id or name" placeholder="id or name" autocomplete="off"><button type="submit">Find</button></form>
<button id="in" type="button" aria-label="Zoom in">+</button><button id="out" type="button" aria-label="Zoom out">&minus;</button><button id="whole" type="button" aria-label="Whole map">Whole</button>
<button id="theme" type="button">Dark</button>
</div>
</header>
<main>
<div id="pane">
<svg id="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" tabindex="0" role="group" aria-label="Map, centre {centre}. Plus and minus zoom, arrows move, 0 shows all, Tab goes from one thing to the next, Enter shows its fields" font-family="system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif">
<clipPath id="frame"><path d="M0 0H{WIDTH}V{height}H0Z"/></clipPath>
<g id="content" clip-path="url(#frame)">
{layers}</g>
<path class="fr" d="M0 0H{WIDTH}V{height}H0Z"/>
<g id="chosen"></g>
<g id="scale" transform="translate(24 {scale_y})">{scale}</g>
</svg>
</div>
<aside>
<section id="time" hidden><h2>Time</h2><input id="until" type="range" min="0" max="1000" value="1000" aria-label="Show incidents up to"><output id="shown"></output></section>
<section id="details" aria-live="polite"><h2 id="what" dir="auto">Details</h2><p id="hint">Point at something, or choose it.</p><dl id="fields"></dl><ul id="several"></ul></section>
<section id="layers"><h2>Layers</h2>
{switches}<label><input type="checkbox" checked data-layer="graticule"><svg viewBox="0 0 28 14" width="28" height="14" aria-hidden="true"><path class="gr" d="M1 4H27M9 1V13M19 1V13"/></svg><span>Graticule</span></label>
</section>
<section id="notes"><h2>Notes</h2><ul>{notes}</ul></section>
</aside>
</main>
<script type="application/json" id="data">"##,
        centre = data::centre_text(scene),
        scale_y = px_text(scene.frame.height - 26.0),
        scale = scale_and_north(scene, true),
    );
    data::write_json(scene, &mut page);
    let _ = write!(page, "</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    page
}
