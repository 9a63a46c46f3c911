//! The sheet of a page: what it has on screens, and where everything goes in print.

use std::fmt::Write;

use super::super::frame::px_text;
use super::super::paper::Orientation;
use super::super::scene::Scene;
use super::plan::Plan;
use super::title_block::rows;
use crate::report::markup::escaped;

/// Pixels of CSS in a millimetre.
const PX_IN_MM: f64 = 96.0 / 25.4;

/// The parts of a page that has a sheet.
#[derive(Default)]
pub(in crate::report::map) struct OnPaper {
    /// What the Content-Security-Policy allows besides: the logo.
    pub pictures: &'static str,
    pub above: String,
    pub block: String,
    pub below: String,
}

/// The classification and the title block.
pub(in crate::report::map) fn page_markup(scene: &Scene, plan: &Plan) -> OnPaper {
    let sheet = &plan.sheet;
    let classification = |place: &str, hidden: &str| match sheet.title_block.classification.is_empty() {
        true => String::new(),
        false => {
            format!(
                "<p class=\"cl {place}\" dir=\"auto\"{hidden}>{}</p>\n",
                escaped(&sheet.title_block.classification)
            )
        }
    };
    let unit_mm = sheet.paper.unit_mm();
    let [width, height] = [plan.map.width, plan.map.height]
        .map(|side| px_text((side * unit_mm * PX_IN_MM * 100.0).floor() / 100.0));
    let paper = sheet.paper.name();
    let mut block = format!(
        "<section id=\"sheet\" data-paper=\"{paper}\" data-width=\"{width}\" data-height=\"{height}\"><h2>Sheet</h2>"
    );
    if let Some(logo) = &sheet.logo {
        let _ = write!(block, "<img alt=\"\" src=\"{}\">", logo.data_uri());
    }
    if !sheet.title_block.unit.is_empty() {
        let _ = write!(block, "<p class=\"unit\" dir=\"auto\">{}</p>", escaped(&sheet.title_block.unit));
    }
    block.push_str("<dl>");
    for (name, value) in rows(scene, sheet, &Plan::name(sheet, plan.orientation)) {
        let id = if name == "Scale" { " id=\"fraction\"" } else { "" };
        let _ = write!(block, "<dt>{name}</dt><dd{id}>{}</dd>", escaped(&value));
    }
    block.push_str("</dl><svg id=\"sheet-scale\" width=\"190\" height=\"60\"></svg></section>\n");
    OnPaper {
        pictures: if sheet.logo.is_some() { " img-src data:;" } else { "" },
        above: classification("top", ""),
        block,
        below: classification("foot", " aria-hidden=\"true\""),
    }
}

/// Where everything goes on the paper: as in the picture of the sheet.
pub(in crate::report::map) fn page_style(plan: &Plan) -> String {
    let unit_mm = plan.sheet.paper.unit_mm();
    let mm = |units: f64| format!("{}mm", px_text(units * unit_mm));
    let [width, height] = plan.size_mm();
    let margin = mm(plan.margin);
    let (title, columns) = (&plan.title.0, &plan.columns);
    let title_top = plan.body.y - 8.0 - title.height(plan.title.1.len());
    let [left, top] = plan.columns_at;
    let text = 10.0 * columns.size;
    let side = match plan.orientation {
        Orientation::Portrait => "portrait",
        Orientation::Landscape => "landscape",
    };
    format!(
        "@media print{{@page{{size:{paper} {side};margin:0}}\
         html,body{{height:{below}mm;overflow:hidden}}\
         body{{display:block;position:relative;width:{width}mm}}\
         main{{position:static;display:block}}\
         .cl,header{{position:absolute;left:{margin};right:{margin};padding:0;border:0}}\
         .cl{{font-size:{class};line-height:1.3}}.cl.top{{top:{margin};border:0}}.cl.foot{{display:block;bottom:{margin}}}\
         header{{display:block;top:{title_top}}}h1{{font-size:{title};line-height:1.3}}\
         #pane{{position:absolute;flex:none;left:{map_x};top:{map_y};width:{map_width};height:{map_height}}}\
         #map{{position:static;width:100%;height:100%;max-height:none;overflow:hidden}}\
         aside{{position:absolute;left:{left};top:{top};width:{all};height:{high};padding:0;border:0;columns:{count};\
         column-gap:{gap};column-fill:auto;overflow:hidden;font-size:{text};line-height:1.3}}\
         aside>:not(#layers,#notes,#sheet),#layers label:has([data-layer=graticule]){{display:none}}aside section{{margin:0 0 {gap};padding:0;border:0}}.key{{padding:0 0 0 1.4em;line-height:1.2}}\
         aside h2{{font-size:{head}}}#layers h2{{font-size:0}}#layers h2::before{{content:'Legend';font-size:{head}}}aside label{{padding:.15em 0;min-height:0}}#sheet h2{{display:none}}\
         #sheet{{position:absolute;right:0;bottom:0;width:calc((100% + {gap})/{count} - {gap});margin:0;border:.2mm solid;padding:1.5mm;background:var(--paper)}}#sheet dl{{display:grid;grid-template-columns:auto 1fr;gap:0 1em}}#sheet :is(dt,dd){{margin:0}}\
         #sheet img{{max-width:12mm;max-height:12mm}}#sheet-scale{{display:block}}}}\n",
        paper = plan.sheet.paper.name(),
        // A hair less than the paper, whose next sheet would be empty.
        below = height - 0.2,
        class = mm(plan.classification.0.size),
        title_top = mm(title_top),
        title = mm(title.size),
        map_x = mm(plan.map.x),
        map_y = mm(plan.map.y),
        map_width = mm(plan.map.width),
        map_height = mm(plan.map.height),
        left = mm(left),
        top = mm(top),
        all = mm(columns.total_width()),
        high = mm(columns.height),
        count = columns.count,
        gap = mm(columns.gap),
        text = mm(text),
        head = mm(11.5 * columns.size),
    )
}
