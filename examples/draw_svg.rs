//! Draws the demonstration set with its answers as SVG. Run: cargo run --example draw_svg > picture.svg

use std::error::Error;

use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_incidents, read_posts, read_routes};
use patrol_corridor::{Edges, PatrolArea, Position, index::LocateOptions};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
const HEAD: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 690" font-family="sans-serif">
<style>polyline{stroke:#0072b2;fill:none}.w{stroke-opacity:.12;stroke-linejoin:round;stroke-linecap:round}
.n{font-size:8px;fill:#555}.i{fill:#d55e00}line{stroke:#d55e00;stroke-dasharray:3 2}.a{font-size:12px;fill:#8a3c00}
</style><rect width="720" height="690" fill="#fafaf7"/>
<text x="16" y="26" font-size="15">27 posts, five routes, four corridors, three incidents (illustrative)</text>
"##;

/// A plain map: 800 pixels to a degree of latitude, north up.
fn at(position: Position) -> (f64, f64) {
    ((position.lon_deg() - 46.27) * 800.0 * 0.769, (40.29 - position.lat_deg()) * 800.0)
}

pub fn main() -> Result<(), Box<dyn Error>> {
    let options = LayerOptions::default();
    let open = |name: &str| Source::open(format!("{DATA}/{name}.geojson"));
    let posts = read_posts::<NoProperties>(&open("posts")?, &options)?.items;
    let routes = read_routes::<NoProperties>(&open("routes")?, &options)?.items;
    let area = PatrolArea::new(posts, routes, Edges::Planar)?;
    let mut svg = HEAD.to_owned();
    for route in area.routes() {
        let point = |p: &Position| format!("{:.1},{:.1}", at(*p).0, at(*p).1);
        let line = route.parts()[0].iter().map(point).collect::<Vec<_>>().join(" ");
        for (class, m) in [("w", 2.0 * route.half_width_m().unwrap_or(0.0)), ("r", 280.0)] {
            let width = m / 111_100.0 * 800.0;
            svg += &format!("<polyline class=\"{class}\" stroke-width=\"{width:.1}\" points=\"{line}\"/>\n");
        }
    }
    for post in area.posts() {
        let ((x, y), id) = (at(post.position), &post.id);
        svg += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.5\"/>");
        svg += &format!("<text x=\"{:.0}\" y=\"{:.0}\" class=\"n\">{id}</text>\n", x + 4.0, y - 3.0);
    }
    for incident in read_incidents::<NoProperties>(&open("incidents")?, &options)?.items {
        let position = incident.place.positions()[0];
        let ((x, y), located) = (at(position), area.locate(position, &LocateOptions::default()));
        let post = located.posts.first().ok_or("no post")?;
        let (route, place) = located.routes.first().map(|r| (r.route, r.location)).ok_or("no route")?;
        for (x2, y2) in [at(area.posts()[post.post].position), at(place.foot)] {
            svg += &format!("<line x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>");
        }
        svg += &format!("<circle class=\"i\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/>\n");
        let (km, bearing) = (post.distance_m / 1e3, post.bearing_deg.unwrap_or(0.0));
        let by =
            format!("{}: {km:.1} km on {bearing:03.0}° from {}", incident.id, area.posts()[post.post].id);
        let (along, off) = (place.chainage_m / 1e3, place.offset_m / 1e3);
        let on = format!("{} km {along:.1}, {off:.1} km {}", area.routes()[route].id, place.side);
        for (words, y) in [(by, y + 36.0), (on, y + 51.0)] {
            svg += &format!("<text x=\"{:.0}\" y=\"{y:.0}\" class=\"a\">{words}</text>\n", x + 18.0);
        }
    }
    println!("{svg}</svg>");
    Ok(())
}
