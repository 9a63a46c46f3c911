//! The long help of `patrol annotate`: every member that is written and every property that is read.

use patrol_corridor::annotate::{CANDIDATE_FIELDS, FIELDS, Field};
use patrol_corridor::described::DESCRIBED_FIELDS;

pub fn after_long_help() -> String {
    let mut text = String::from(
        "Examples:\n  patrol annotate --posts posts.geojson --routes routes.geojson \\\n                  \
         --incidents day.geojson --output annotated.geojson\n  patrol annotate --posts posts.geojson -k 3 \
         --max-distance 20000 \\\n                  --incidents day.geojsonl.gz --output - --output-format geojsonl\n  patrol \
         annotate --posts posts.geojson --incidents day.csv --output day.annotated.csv\n\n\
         Members added to the properties of each incident (in a table: columns):\n",
    );
    let unit = |unit: &str| if unit.is_empty() { String::new() } else { format!(", {unit}") };
    let mut list = |fields: &[Field]| {
        for field in fields {
            let unit = unit(field.unit);
            text.push_str(&format!("  {} ({}{unit})\n      {}\n", field.name, field.kind, field.meaning));
        }
    };
    list(FIELDS);
    let (post, route) = CANDIDATE_FIELDS.split_at(CANDIDATE_FIELDS.partition_point(|f| f.name != "route_id"));
    for (name, fields) in [("post_candidates", post), ("route_candidates", route)] {
        let fields: Vec<_> = fields.iter().map(|f| format!("{}{}", f.name, unit(f.unit))).collect();
        text.push_str(&format!("Members of each object of {name}: {}\n", fields.join("; ")));
    }
    text.push_str(
        "\nProperties that describe a location or the uncertainty of a position (in a table: columns):\n",
    );
    for field in DESCRIBED_FIELDS {
        let unit = if field.unit.is_empty() { String::new() } else { format!(" ({})", field.unit) };
        text.push_str(&format!("  {}{unit}\n      {}\n", field.name, field.meaning));
    }
    text.push_str(
        "\nA position takes precedence over a description. A location along a route has a `route_id` of its \
         own, and the answer has one too: use --prefix.\n\n\
         Posts and routes may have a period of service, from `active_from` (included) to `active_to` \
         (excluded): RFC 3339, or local time with --zone. Each incident is compared only with posts and \
         routes in service at its time (`time`, or --time-field). If no post (or no route) was in service, \
         its members are null, as with --max-distance. An incident without a time is compared with all posts \
         and routes. So is one with a time that can't be read, but with a warning and the exit status 1. \
         Both are counted.\n\n\
         All posts (or routes) within 1 mm of the smallest distance are tied; the first in its layer is the \
         nearest. Numbers are rounded to 0.1 mm, 1e-6 degrees of bearing, 1 m2 and 0.0001 of a share. A \
         FeatureCollection ends with the member `patrol_corridor`: version, ellipsoid, edges and files.",
    );
    text
}
