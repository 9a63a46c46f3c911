//! The sheet as one SVG file.

use super::super::draw::Drawing;
use super::super::frame::px_text;
use super::super::scene::Scene;
use super::super::svg::{FAMILIES, STYLE, plain_style};
use super::border::border;
use super::column::{Look, Piece};
use super::plan::{Explained, Plan};
use super::title_block::title_block;
use crate::report::markup::escaped;

/// How the sheet's own signs look.
const SHEET_STYLE: &str = "\
.sk{fill:var(--ink)}.sm{fill:var(--mute)}.sf{fill:var(--ink)}.se{fill:var(--paper);stroke:none}\
.sl{fill:none;stroke:var(--ink);stroke-width:.8}.sn{fill:none;stroke:var(--ink);stroke-width:1.8}\
.sr{fill:none;stroke:var(--mute);stroke-width:.5}";

/// Lines from an upper edge on, about a middle or from a left edge.
fn lines((look, lines): &(Look, Vec<String>), [x, top]: [f64; 2], anchor: &str) -> String {
    let line =
        |(i, line): (usize, &String)| look.line(line, [x, top + look.height(i) + 0.95 * look.size], anchor);
    lines.iter().enumerate().map(line).collect()
}

/// The file.
pub(in crate::report::map) fn document(scene: &Scene, plan: &Plan) -> String {
    let [width, height] = plan.size;
    let [width_mm, height_mm] = plan.size_mm();
    let title = escaped(&scene.title);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{width_mm}mm\" height=\"{height_mm}mm\" role=\"img\" \
         aria-label=\"{title}\" font-family=\"{FAMILIES}\">\n<title>{title}</title>\n<style>{}{}</style>\n\
         <clipPath id=\"frame\"><path d=\"M0 0H{}V{}H0Z\"/></clipPath>\n<path class=\"bg\" d=\"M0 0H{w}V{h}H0Z\"/>\n",
        plain_style(STYLE),
        plain_style(SHEET_STYLE),
        px_text(scene.frame.width),
        px_text(scene.frame.height),
        w = px_text(width),
        h = px_text(height),
    );
    // At the top, and as far from the lower edge.
    let (look, words) = &plan.classification;
    let bottom = height - plan.margin - look.height(words.len());
    for top in [plan.margin, bottom + 0.2 * look.size] {
        out.push_str(&lines(&plan.classification, [0.5 * width, top], "middle"));
    }
    let title_top = plan.body.y - 8.0 - plan.title.0.height(plan.title.1.len());
    out.push_str(&lines(&plan.title, [plan.margin, title_top], ""));
    // A map that ends at the poles may be lower than its room.
    let map_y = plan.map.y + 0.5 * (plan.map.height - scene.frame.height);
    out.push_str(&format!(
        "<g transform=\"translate({} {})\"><g clip-path=\"url(#frame)\">\n{}</g>\n{}</g>\n",
        px_text(plan.map.x),
        px_text(map_y),
        Drawing::layers(scene, scene.land.as_ref(), false),
        border(scene)
    ));
    out.push_str(&explained(scene, plan));
    out.push_str("</svg>\n");
    out
}

/// The columns, with the title block at the foot of the last one.
fn explained(scene: &Scene, plan: &Plan) -> String {
    let columns = &plan.columns;
    let [left, top] = plan.columns_at;
    let explained = Explained::of(&plan.sheet, scene, columns.width, columns.size);
    let are_whole = columns.hold(&explained.sections, explained.foot, true);
    let places = columns.places(&explained.sections, explained.foot, are_whole);
    let mut out = String::new();
    let mut put = |svg: &str, [x, y]: [f64; 2]| {
        out.push_str(&format!(
            "<g transform=\"translate({} {})\">{svg}</g>\n",
            px_text(left + x),
            px_text(top + y)
        ));
    };
    let pieces: Vec<&Piece> = explained.sections.iter().flatten().collect();
    let left_out = pieces.len() - places.len();
    // The last place that there is says what has none.
    let drawn = places.len() - usize::from(left_out > 0).min(places.len());
    pieces.iter().zip(&places).take(drawn).for_each(|(piece, at)| put(&piece.svg, *at));
    if let Some(at) = places.get(drawn) {
        let look = Look::bold(9.5 * columns.size);
        let text = format!("{} more: take larger paper", left_out + 1);
        put(&look.paragraph(&text, [0.0, 0.0], columns.width, 1).0, *at);
    }
    let name = Plan::name(&plan.sheet, plan.orientation);
    let block = title_block(scene, &plan.sheet, &name, columns.width, columns.size);
    put(&block.svg, [columns.total_width() - columns.width, columns.height - block.height]);
    out
}
