//! The long help of `patrol annotate`: every member that is written and every property that is read.

use patrol_corridor::annotate::{CANDIDATE_FIELDS, FIELDS, Field};
use patrol_corridor::described::DESCRIBED_FIELDS;

pub fn after_long_help() -> String {
    let mut text = String::from(
        "Examples:\n  patrol annotate --posts posts.geojson --routes routes.geojson \\\n                  \
         --incidents day.geojson --output annotated.geojson\n  patrol annotate --posts posts.geojson -k 3 \
         --max-distance 20000 \\\n                  --incidents day.geojsonl.gz --output - --output-format geojsonl\n  patrol \
         annotate --posts posts.geojson --incidents day.csv --output day.annotated.csv\n\n\
         Members written into the properties of each incident:\n",
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
        "\nProperties (of a table: columns) that report where an incident was, and that a position may be off:\n",
    );
    for field in DESCRIBED_FIELDS {
        let unit = if field.unit.is_empty() { String::new() } else { format!(" ({})", field.unit) };
        text.push_str(&format!("  {}{unit}\n      {}\n", field.name, field.meaning));
    }
    text.push_str(
        "\nA position wins over other reports. A report along a route has a `route_id`, which is also written: give it a \
         --prefix.\n\nPosts and routes may have a period of service, `active_from` (with that instant) to `active_to` (without it), RFC 3339: an \
         incident is matched against those in service at its `time` (--time-field), as if there were no others. Without any in service its \
         members are null, as with --max-distance. An incident without a time, or with one that can't be read, is matched against all \
         and counted; the second is a warning, and the exit status is 1.\n\nWithin 1 mm of the smallest distance all are tied, and the first in its layer is named. Numbers are \
         written to 0.1 mm, 1e-6 degrees of bearing, 1 m2 and 0.0001 of a share. The collection ends with a member `patrol_corridor` that \
         names version, ellipsoid, edges and files.",
    );
    text
}
