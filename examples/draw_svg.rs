//! Draws the demonstration set with its answers as SVG. Run: cargo run --example draw_svg > picture.svg

use std::error::Error;

use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_incidents, read_posts, read_routes};
use patrol_corridor::{Edges, PatrolArea, Position, index::LocateOptions};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");

/// A plain map: 800 pixels to a degree of latitude, north up.
fn at(position: Position) -> (f64, f64) {
    ((position.lon_deg() - 46.27) * 800.0 * 0.769, (40.29 - position.lat_deg()) * 800.0)
}

fn text(x: f64, y: f64, class: &str, words: &str) -> String {
    format!("<text x=\"{x:.0}\" y=\"{y:.0}\" class=\"{class}\">{words}</text>\n")
}

pub fn main() -> Result<(), Box<dyn Error>> {
    let options = LayerOptions::default();
    let open = |name: &str| Source::open(format!("{DATA}/{name}.geojson"));
    let posts = read_posts::<NoProperties>(&open("posts")?, &options)?.items;
    let routes = read_routes::<NoProperties>(&open("routes")?, &options)?.items;
    let area = PatrolArea::new(posts, routes, Edges::Planar)?;
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 690\" font-family=\"sans-serif\">\n<style>\
         .r{fill:none;stroke:#0072b2}.w{stroke:#0072b2;stroke-opacity:.12;fill:none;\
         stroke-linejoin:round;stroke-linecap:round}.p{fill:#222}.n{font-size:8px;fill:#555}.i{fill:#d55e00}\
         .c{stroke:#d55e00;stroke-dasharray:3 2}.a{font-size:12px;fill:#8a3c00}.h{font-size:15px;fill:#222}\
         </style>\n<rect width=\"720\" height=\"690\" fill=\"#fafaf7\"/>\n",
    );
    for route in area.routes() {
        let points = |p: &Position| format!("{:.1},{:.1}", at(*p).0, at(*p).1);
        let line = route.parts()[0].iter().map(points).collect::<Vec<_>>().join(" ");
        let width = route.half_width_m().unwrap_or_default() * 2.0 / 111_100.0 * 800.0;
        for (class, width) in [("w", width), ("r", 2.0)] {
            svg += &format!("<polyline class=\"{class}\" stroke-width=\"{width:.1}\" points=\"{line}\"/>\n");
        }
    }
    for post in area.posts() {
        let (x, y) = at(post.position);
        svg += &format!("<circle class=\"p\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.5\"/>\n");
        svg += &text(x + 4.0, y - 3.0, "n", post.id.as_str());
    }
    for incident in read_incidents::<NoProperties>(&open("incidents")?, &options)?.items {
        let position = incident.place.positions()[0];
        let ((x, y), located) = (at(position), area.locate(position, &LocateOptions::default()));
        let (post, route) = (located.posts.first().ok_or("post")?, located.routes.first().ok_or("route")?);
        for end in [area.posts()[post.post].position, route.location.foot] {
            let (x2, y2) = at(end);
            svg +=
                &format!("<line class=\"c\" x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>\n");
        }
        svg += &format!("<circle class=\"i\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/>\n");
        let (by, on) = (&area.posts()[post.post].id, &area.routes()[route.route].id);
        let words =
            format!("{:.1} km on {:03.0}° from {by}", post.distance_m / 1e3, post.bearing_deg.unwrap_or(0.0));
        svg += &text(x + 18.0, y + 36.0, "a", &format!("{}: {words}", incident.id));
        let (side, km, off) =
            (route.location.side, route.location.chainage_m / 1e3, route.location.offset_m / 1e3);
        svg += &text(x + 18.0, y + 51.0, "a", &format!("{on} km {km:.1}, {off:.1} km {side}"));
    }
    svg += &text(16.0, 26.0, "h", "27 posts, five routes, four corridors, three incidents (illustrative)");
    println!("{svg}</svg>");
    Ok(())
}
