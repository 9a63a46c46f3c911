//! The layers of a map as SVG elements.

use std::fmt::Write;

use super::bins;
use super::frame::{Shape, px_text};
use super::graticule::{self, GridLine};
use super::labels::{Kind, Label, Placed};
use super::land::Land;
use super::looks::Look;
use super::names::{Names, long_and_short, post_labels};
use super::scene::Scene;
use crate::report::markup::escaped;

/// The symbols, about 0, 0.
pub(super) const POST: &str = "M0 -6.5L6 4.5H-6Z";
pub(super) const FOOT: &str = "M-2.4 -2.4h4.8v4.8h-4.8z";

/// The symbol of an incident.
pub(super) fn symbol(look: &Look) -> String {
    let scale = match look.scale {
        1.0 => String::new(),
        scale => format!(" transform=\"scale({})\"", px_text(f64::from(scale))),
    };
    format!("<path class=\"{}\"{scale} d=\"{}\"/>", look.class(), look.symbol.path())
}

/// Draws the layers. In a page they can be chosen, and hold all names, for the script to place.
pub(super) struct Drawing<'s> {
    scene: &'s Scene,
    /// Land as far as it may be seen.
    land: Option<&'s Land>,
    /// The names in their places; `None` in a page.
    names: Option<Names>,
    grid: Vec<GridLine>,
    out: String,
}

impl<'s> Drawing<'s> {
    /// The layers of a scene, on this land.
    pub fn layers(scene: &'s Scene, land: Option<&'s Land>, in_page: bool) -> String {
        let grid = graticule::lines(&scene.frame);
        let names = (!in_page).then(|| Names::of(scene, &grid));
        let mut drawing = Drawing { scene, land, names, grid, out: String::new() };
        let background = |drawing: &mut Drawing<'_>| drawing.out.push_str(&drawing.scene.background.shapes);
        let borders = |drawing: &mut Drawing<'_>| drawing.out.push_str(&drawing.scene.background.borders);
        let mut layers = drawing.layer("land", Drawing::land);
        layers += &drawing.layer("background", background);
        layers += &drawing.layer("graticule", Drawing::graticule);
        layers += &drawing.layer("borders", borders);
        // Hexagons would hide all that is below them.
        if scene.is_binned {
            layers += &drawing.layer("incidents", Drawing::incidents);
        }
        layers += &drawing.layer("squares", Drawing::squares);
        layers += &drawing.layer("corridors", Drawing::corridors);
        layers += &drawing.layer("regions", Drawing::regions);
        layers += &drawing.layer("routes", Drawing::routes);
        layers += &drawing.layer("gaps", Drawing::gaps);
        layers += &drawing.layer("marks", Drawing::marks);
        layers += &drawing.layer("connectors", Drawing::connectors);
        layers += &drawing.layer("towns", Drawing::towns);
        // Above all lines; symbols are free of them.
        layers += &drawing.group("names-squares", Drawing::square_counts);
        layers += &drawing.group("names-corridors", Drawing::corridor_names);
        layers += &drawing.group("names-routes", Drawing::route_names);
        layers += &drawing.layer("posts", Drawing::posts);
        if !scene.is_binned {
            layers += &drawing.layer("incidents", Drawing::incidents);
        }
        layers
    }

    fn in_page(&self) -> bool {
        self.names.is_none()
    }

    fn layer(&mut self, name: &str, draw: fn(&mut Self)) -> String {
        self.group(&format!("layer-{name}"), draw)
    }

    fn group(&mut self, id: &str, draw: fn(&mut Self)) -> String {
        /// More regions and connectors than this are drawn faintly: they lie on each other.
        const MANY: usize = 40;
        self.out.clear();
        draw(self);
        let is_faint = matches!(id, "layer-regions" | "layer-connectors") && self.scene.shapes.len() > MANY;
        let class = if is_faint { " class=\"many\"" } else { "" };
        format!("<g id=\"{id}\"{class}>\n{}</g>\n", self.out)
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(text);
    }

    /// Begins a thing that can be pointed at.
    fn open(&mut self, title: &str, key: &str, number: usize, at: Option<[f64; 2]>) {
        let title = escaped(title);
        let place = at.map_or(String::new(), |[x, y]| {
            let (x, y) = (px_text(x), px_text(y));
            let data = if self.in_page() { format!(" data-x=\"{x}\" data-y=\"{y}\"") } else { String::new() };
            format!(" transform=\"translate({x} {y})\"{data}")
        });
        let incident = if key == "incident" { format!(" data-i=\"{number}\"") } else { String::new() };
        if self.in_page() {
            self.push(format_args!(
                "<g class=\"it\" data-k=\"{key}\" data-n=\"{number}\"{incident}{place} tabindex=\"0\" role=\"button\" \
                 aria-label=\"{title}\"><title>{title}</title>"
            ));
        } else {
            self.push(format_args!("<g{place}><title>{title}</title>"));
        }
    }

    /// A name in its place, seen from the symbol.
    fn placed(&mut self, placed: fn(&Names) -> &[Option<Placed>], n: usize, at: [f64; 2]) {
        let placed = self.names.as_ref().and_then(|names| placed(names).get(n)?.as_ref());
        if let Some(text) = placed.map(|placed| placed.svg(at)) {
            self.out.push_str(&text);
        }
    }

    /// A name that the page's script places: the long one, whose end it leaves out where that has no room.
    fn unplaced(&mut self, (long, short): (Option<Label>, Option<Label>), data: &str) {
        let Some(short) = short else { return };
        let (class, text, width) = (short.kind.class(), escaped(&short.text), px_text(short.width));
        match long {
            Some(long) => self.push(format_args!(
                "<text class=\"{class} off\"{data} textLength=\"{}\" data-w=\"{width}\" data-s=\"{text}\">{}</text>",
                px_text(long.width),
                escaped(&long.text)
            )),
            None => self.push(format_args!("<text class=\"{class} off\"{data} textLength=\"{width}\">{text}</text>")),
        }
    }

    fn land(&mut self) {
        let Some(land) = self.land else { return };
        let class = if land.is_coarse() { " class=\"coarse\"" } else { "" };
        let water = if land.is_all_land() {
            String::new()
        } else {
            let [left, top, right, bottom] = land.sides.map(px_text);
            format!("M{left} {top}H{right}V{bottom}H{left}Z")
        };
        self.push(format_args!(
            "<g id=\"land\"{class}><path class=\"wa\" d=\"{water}\"/><path class=\"la\" d=\"{}\"/></g>\n",
            land.path
        ));
    }

    fn graticule(&mut self) {
        // A page draws it anew at each zoom.
        if self.in_page() {
            return;
        }
        for (n, line) in std::mem::take(&mut self.grid).iter().enumerate() {
            self.push(format_args!("<path class=\"gr\" d=\"{}\"/>", line.path));
            // On paper the labels are outside of the frame.
            let at = line.at.filter(|_| !self.scene.frame.is_on_paper).map(|(at, _)| at);
            let Some(at @ [x, y]) = at else { continue };
            if self.names.as_ref().is_some_and(|names| names.angles[n].is_some()) {
                self.push(format_args!("<g transform=\"translate({} {})\">", px_text(x), px_text(y)));
                self.placed(|names| &names.angles, n, at);
                self.out.push_str("</g>");
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

    fn route_names(&mut self) {
        let scene = self.scene;
        if self.in_page() {
            for (n, (item, _)) in scene.routes.iter().enumerate() {
                self.unplaced(long_and_short(Kind::Route, item), &format!(" data-n=\"{n}\""));
            }
        }
        self.free(|names| &names.routes);
    }

    fn corridor_names(&mut self) {
        let scene = self.scene;
        if self.in_page() {
            for (n, (item, _)) in scene.corridors.iter().enumerate() {
                let label = Label::new(Kind::Corridor, &item.id);
                let adjust = label.as_ref().map_or("", Label::adjust);
                self.unplaced((None, label), &format!(" data-n=\"{n}\" lengthAdjust=\"{adjust}\""));
            }
        }
        self.free(|names| &names.corridors);
    }

    /// Names that are at no symbol.
    fn free(&mut self, placed: fn(&Names) -> &[Placed]) {
        let names = self.names.iter().flat_map(placed);
        let names: Vec<String> = names.map(|placed| placed.svg([0.0, 0.0]) + "\n").collect();
        self.out.extend(names);
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
        for (n, mark) in scene.marks.iter().enumerate() {
            let [x, y] = mark.at;
            let [dx, dy] = mark.tick.map(|part| px_text(4.0 * part));
            let (px, py) = (px_text(x), px_text(y));
            let data =
                if self.in_page() { format!(" data-x=\"{px}\" data-y=\"{py}\"") } else { String::new() };
            self.push(format_args!(
                "<g transform=\"translate({px} {py})\"{data}><g class=\"s\"><path class=\"km\" d=\"M0 0L{dx} {dy}\"/>"
            ));
            match self.in_page() {
                true => self.unplaced((None, Label::new(Kind::Mark, &mark.label)), ""),
                false => self.placed(|names| &names.marks, n, mark.at),
            }
            self.out.push_str("</g></g>\n");
        }
    }

    fn posts(&mut self) {
        let scene = self.scene;
        for (n, (item, at)) in scene.posts.iter().enumerate() {
            self.open(&item.title("post"), "post", n, Some(*at));
            self.push(format_args!("<g class=\"s\"><path class=\"ps\" d=\"{POST}\"/>"));
            match self.in_page() {
                true => self.unplaced(post_labels(item, scene.post_labels), ""),
                false => self.placed(|names| &names.posts, n, *at),
            }
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
        for (place, &(n, at)) in scene.places.iter().enumerate() {
            let id = &scene.incident_list()[n].id;
            let look = scene.looks.each[n];
            self.open(&format!("incident {id}"), "incident", n, Some(at));
            self.push(format_args!("<g class=\"s\">{}", symbol(&look)));
            match self.in_page() {
                true => self.unplaced((None, Label::new(Kind::Incident, id)), ""),
                false => self.placed(|names| &names.incidents, place, at),
            }
            self.out.push_str("</g></g>\n");
        }
    }

    /// Names of the background, each with a dot at its place.
    fn towns(&mut self) {
        let scene = self.scene;
        for (n, town) in scene.background.names.iter().enumerate() {
            let [x, y] = town.at.map(px_text);
            let data = if self.in_page() { format!(" data-x=\"{x}\" data-y=\"{y}\"") } else { String::new() };
            self.push(format_args!(
                "<g transform=\"translate({x} {y})\"{data}><g class=\"s\"><path class=\"td\" d=\"M-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0Z\"/>"
            ));
            match self.in_page() {
                true => self.unplaced((None, Label::new(Kind::Town, &town.text)), ""),
                false => self.placed(|names| &names.towns, n, town.at),
            }
            self.out.push_str("</g></g>\n");
        }
    }

    fn squares(&mut self) {
        let scene = self.scene;
        for (n, square) in scene.squares.iter().enumerate() {
            let class = match square.certain {
                0 => "none".to_owned(),
                count => format!("b{}", bins::class(count)),
            };
            self.open(&square.item.title("square"), "square", n, Some(square.at));
            let [x, y] = square.at.map(|px| px_text(-px));
            let shape = &square.shape.fill;
            self.push(format_args!(
                "<g transform=\"translate({x} {y})\"><path class=\"sq {class}\" d=\"{shape}\"/></g></g>\n"
            ));
        }
    }

    /// The counts of squares, above all lines.
    fn square_counts(&mut self) {
        for square in &self.scene.squares {
            let [x, y] = square.at.map(px_text);
            let count = match (square.certain, square.possible) {
                (certain, 0) => certain.to_string(),
                (0, possible) => format!("{possible}?"),
                (certain, possible) => format!("{certain} + {possible}?"),
            };
            self.push(format_args!(
                "<g transform=\"translate({x} {y})\"><text class=\"sn s\" text-anchor=\"middle\" y=\"4\">{count}</text></g>\n"
            ));
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
        self.out.push_str("</g><g id=\"singles\"></g>\n");
    }
}
