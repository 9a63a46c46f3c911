//! The layers of a map as SVG elements.

use std::fmt::Write;

use super::bins;
use super::frame::{Shape, WIDTH, px_text};
use super::graticule;
use super::labels::{Taken, text_width};
use super::scene::Scene;
use crate::report::markup::{escaped, without_directions};

/// The symbols, about 0, 0.
pub(super) const POST: &str = "M0 -6.5L6 4.5H-6Z";
pub(super) const INCIDENT: &str = "M0 -6L6 0L0 6L-6 0Z";
pub(super) const FOOT: &str = "M-2.4 -2.4h4.8v4.8h-4.8z";

const LABEL_PX: f64 = 10.0;

/// Draws the layers; in a page they can be chosen, and hold all labels.
pub(super) struct Drawing<'s> {
    scene: &'s Scene,
    in_page: bool,
    taken: Taken,
    out: String,
}

impl<'s> Drawing<'s> {
    /// The layers of a scene.
    pub fn layers(scene: &'s Scene, in_page: bool) -> String {
        let mut drawing = Drawing { scene, in_page, taken: Taken::default(), out: String::new() };
        // Labels of what is drawn last come first to their places.
        let graticule = drawing.layer("graticule", Drawing::graticule);
        let posts_at: Vec<[f64; 2]> = scene.posts.iter().map(|(_, at)| *at).collect();
        if !scene.is_binned {
            scene.places.iter().for_each(|(_, at)| drawing.taken.symbol(*at, 5.0));
        }
        posts_at.iter().for_each(|at| drawing.taken.symbol(*at, 4.5));
        let incidents = drawing.layer("incidents", Drawing::incidents);
        let posts = drawing.layer("posts", Drawing::posts);
        let corridors = drawing.layer("corridors", Drawing::corridors);
        let regions = drawing.layer("regions", Drawing::regions);
        let routes = drawing.layer("routes", Drawing::routes);
        let gaps = drawing.layer("gaps", Drawing::gaps);
        let marks = drawing.layer("marks", Drawing::marks);
        let connectors = drawing.layer("connectors", Drawing::connectors);
        // Hexagons would hide all that is below them.
        let (below, above) =
            if scene.is_binned { (incidents, String::new()) } else { (String::new(), incidents) };
        [graticule, below, corridors, regions, routes, gaps, marks, connectors, posts, above].concat()
    }

    fn layer(&mut self, name: &str, draw: fn(&mut Self)) -> String {
        self.out.clear();
        draw(self);
        format!("<g id=\"layer-{name}\">\n{}</g>\n", self.out)
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(text);
    }

    /// Begins a thing that can be pointed at.
    fn open(&mut self, title: &str, key: &str, number: usize, at: Option<[f64; 2]>) {
        let title = escaped(title);
        let place = at.map_or(String::new(), |[x, y]| {
            let (x, y) = (px_text(x), px_text(y));
            let data = if self.in_page { format!(" data-x=\"{x}\" data-y=\"{y}\"") } else { String::new() };
            format!(" transform=\"translate({x} {y})\"{data}")
        });
        let incident = if key == "incident" { format!(" data-i=\"{number}\"") } else { String::new() };
        if self.in_page {
            self.push(format_args!(
                "<g class=\"it\" data-k=\"{key}\" data-n=\"{number}\"{incident}{place} tabindex=\"0\" role=\"button\" \
                 aria-label=\"{title}\"><title>{title}</title>"
            ));
        } else {
            self.push(format_args!("<g{place}><title>{title}</title>"));
        }
    }

    /// A label beside a symbol of `half` pixels, where there is room for it.
    fn label(&mut self, text: &str, class: &str, [x, y]: [f64; 2], half: f64) {
        if text.is_empty() {
            return;
        }
        let text = &without_directions(text);
        let width = text_width(text, LABEL_PX);
        let places = [
            (half, -half + 2.0),
            (half, half + 5.0),
            (-half - width, -half + 2.0),
            (-half - width, half + 5.0),
        ];
        let free = places.into_iter().find(|(dx, dy)| {
            let start = [x + dx, y + dy];
            let shown = start[0] >= 0.0 && start[0] + width <= WIDTH;
            shown && self.taken.text(start, width, LABEL_PX)
        });
        let (dx, dy) = free.unwrap_or(places[0]);
        // The end is what must stay at the symbol, however wide the text comes out.
        let (dx, anchor) = if dx < 0.0 { (-half, " text-anchor=\"end\"") } else { (dx, "") };
        let off = match (free, self.in_page) {
            (None, false) => return,
            (None, true) => " off",
            _ => "",
        };
        self.push(format_args!(
            "<text class=\"lb {class}{off}\" x=\"{}\" y=\"{}\"{anchor}>{}</text>",
            px_text(dx),
            px_text(dy),
            escaped(text)
        ));
    }

    fn graticule(&mut self) {
        // A page draws it anew at each zoom.
        if self.in_page {
            return;
        }
        for line in graticule::lines(&self.scene.frame) {
            self.push(format_args!("<path class=\"gr\" d=\"{}\"/>", line.path));
            let Some(([x, y], _)) = line.at else { continue };
            if self.taken.text([x, y], text_width(&line.label, 9.0), 9.0) {
                self.push(format_args!(
                    "<g transform=\"translate({} {})\"><text class=\"gl s\">{}</text></g>",
                    px_text(x),
                    px_text(y),
                    line.label
                ));
            }
            self.out.push('\n');
        }
    }

    /// What is filled, and its outline where that is another line.
    fn area(&mut self, [fill, outline]: [&str; 2], shape: &Shape) {
        match (shape.fill.is_empty(), shape.outline.is_empty()) {
            (false, true) => {
                self.push(format_args!("<path class=\"{outline} {fill}\" d=\"{}\"/>", shape.fill))
            }
            (false, false) => self.push(format_args!("<path class=\"{fill}\" d=\"{}\"/>", shape.fill)),
            _ => {}
        }
        if !shape.outline.is_empty() {
            self.push(format_args!("<path class=\"{outline}\" d=\"{}\"/>", shape.outline));
        }
    }

    fn corridors(&mut self) {
        let scene = self.scene;
        for (n, (item, shape)) in scene.corridors.iter().enumerate() {
            self.open(&item.title("corridor"), "corridor", n, None);
            self.area(["cf", "co"], shape);
            self.out.push_str("</g>\n");
        }
    }

    fn routes(&mut self) {
        let scene = self.scene;
        for (n, (item, shape)) in scene.routes.iter().enumerate() {
            self.open(&item.title("route"), "route", n, None);
            let d = &shape.outline;
            self.push(format_args!("<path class=\"rc\" d=\"{d}\"/><path class=\"rt\" d=\"{d}\"/></g>\n"));
        }
    }

    fn gaps(&mut self) {
        let scene = self.scene;
        for (n, (item, shape)) in scene.gaps.iter().enumerate() {
            self.open(&item.title("gap"), "gap", n, None);
            self.push(format_args!("<path class=\"gp\" d=\"{}\"/></g>\n", shape.outline));
        }
    }

    fn marks(&mut self) {
        let scene = self.scene;
        for mark in &scene.marks {
            let [x, y] = mark.at;
            let [dx, dy] = mark.tick.map(|part| px_text(4.0 * part));
            let (px, py) = (px_text(x), px_text(y));
            let data = if self.in_page { format!(" data-x=\"{px}\" data-y=\"{py}\"") } else { String::new() };
            self.push(format_args!(
                "<g transform=\"translate({px} {py})\"{data}><g class=\"s\"><path class=\"km\" d=\"M0 0L{dx} {dy}\"/>"
            ));
            self.label(&mark.label, "kl", mark.at, 5.0);
            self.out.push_str("</g></g>\n");
        }
    }

    fn posts(&mut self) {
        let scene = self.scene;
        for (n, (item, at)) in scene.posts.iter().enumerate() {
            self.open(&item.title("post"), "post", n, Some(*at));
            self.push(format_args!("<g class=\"s\"><path class=\"ps\" d=\"{POST}\"/>"));
            self.label(&item.id, "pl", *at, 6.0);
            self.out.push_str("</g></g>\n");
        }
    }

    fn regions(&mut self) {
        let scene = self.scene;
        for (n, (shape, incident)) in scene.shapes.iter().zip(scene.incident_list()).enumerate() {
            if shape.shape.is_empty() {
                continue;
            }
            self.open(&format!("region of incident {}", incident.id), "incident", n, None);
            self.area(["uf", "uo"], &shape.shape);
            self.out.push_str("</g>\n");
        }
    }

    fn connectors(&mut self) {
        for (n, incident) in self.scene.shapes.iter().enumerate() {
            if let Some(path) = &incident.to_post {
                self.push(format_args!("<path class=\"cp\" data-i=\"{n}\" d=\"{path}\"/>"));
            }
            if let Some((path, [x, y])) = &incident.to_route {
                self.push(format_args!(
                    "<path class=\"cr\" data-i=\"{n}\" d=\"{path}\"/><g data-i=\"{n}\" transform=\"translate({} {})\"><g \
                     class=\"s\"><path class=\"ft\" d=\"{FOOT}\"/></g></g>\n",
                    px_text(*x),
                    px_text(*y)
                ));
            }
        }
    }

    fn incidents(&mut self) {
        let scene = self.scene;
        if scene.is_binned {
            return self.bins();
        }
        for &(n, at) in &scene.places {
            let id = &scene.incident_list()[n].id;
            self.open(&format!("incident {id}"), "incident", n, Some(at));
            self.push(format_args!("<g class=\"s\"><path class=\"is\" d=\"{INCIDENT}\"/>"));
            self.label(id, "il", at, 7.0);
            self.out.push_str("</g></g>\n");
        }
    }

    fn bins(&mut self) {
        let mut paths = vec![String::new(); bins::CLASSES.len()];
        for (cell, count) in bins::counts(self.scene.places.iter().map(|(_, at)| *at)) {
            let [x, y] = bins::middle(cell);
            let (half, corner) = (0.48 * bins::PITCH_PX, 0.96 * bins::PITCH_PX / 3.0_f64.sqrt());
            paths[bins::class(count)].push_str(&format!(
                "M{} {}l{h} {r}v{c}l{m} {r}l{m} {u}v{d}z",
                px_text(x),
                px_text(y - corner),
                h = px_text(half),
                m = px_text(-half),
                r = px_text(0.5 * corner),
                u = px_text(-0.5 * corner),
                c = px_text(corner),
                d = px_text(-corner),
            ));
        }
        self.out.push_str("<g id=\"bins\">");
        for (class, path) in paths.iter().enumerate() {
            self.push(format_args!("<path class=\"bn b{class}\" d=\"{path}\"/>"));
        }
        self.out.push_str("</g><path id=\"singles\" class=\"is\"/>\n");
    }
}
