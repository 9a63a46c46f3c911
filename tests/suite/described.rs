//! Sightings: texts under documented names, read into regions.

mod classes;
mod fixes;
mod grids;
mod hostile;
mod magnetic;
mod observers;
mod positions;
mod routes;
mod spellings;

use patrol_corridor::described::{
    Described, DescribedOptions, DescribedReader, DescribedTexts, NotLocated, Refusal, joined,
};
use patrol_corridor::region::{AnnularSector, DescribedRegion};
use patrol_corridor::{
    Edges, FeatureId, IncidentGeometry, ObservationPost, PatrolIndex, PatrolRoute, Position,
};

use crate::support::position;

/// Four posts and two routes: `R1` of two lines with a right angle, `R2` straight to the north.
pub fn area() -> PatrolIndex {
    let post = |id: FeatureId, lon, lat| ObservationPost::new(id, position(lon, lat));
    let posts = vec![
        post("OP-07".into(), 46.75, 39.82),
        post("OP-08".into(), 46.90, 39.82),
        post(FeatureId::from(7), 46.60, 39.90),
        post("pole".into(), 10.0, 88.5),
    ];
    let corner: geo_types::LineString = vec![(46.7, 39.8), (46.8, 39.8), (46.8, 39.9)].into();
    let north: geo_types::LineString = vec![(46.5, 39.8), (46.5, 40.0)].into();
    let routes = vec![
        PatrolRoute::from_line_string("R1", &corner).unwrap(),
        PatrolRoute::from_line_string("R2", &north).unwrap().with_start_chainage_m(5_000.0).unwrap(),
    ];
    PatrolIndex::new(posts, routes, Edges::Planar).unwrap()
}

pub fn texts<'t>(fields: &[(&str, &'t str)]) -> DescribedTexts<'t> {
    let mut texts = DescribedTexts::default();
    for (name, text) in fields {
        assert!(texts.set(name, *text), "there is no field {name}");
    }
    texts
}

/// Without a position.
pub fn read(fields: &[(&str, &str)]) -> Result<Option<Described>, Refusal> {
    read_with(DescribedOptions::default(), fields, &IncidentGeometry::None)
}

pub fn read_with(
    options: DescribedOptions,
    fields: &[(&str, &str)],
    place: &IncidentGeometry,
) -> Result<Option<Described>, Refusal> {
    let area = area();
    DescribedReader::new(&area, options).read(&texts(fields), place)
}

pub fn described(fields: &[(&str, &str)]) -> Described {
    read(fields).unwrap_or_else(|e| panic!("{fields:?}: {e}")).unwrap_or_else(|| panic!("{fields:?}"))
}

/// What is doubtful about it.
pub fn warning(described: &Described) -> Option<String> {
    joined(&described.warnings)
}

/// What was assumed of it.
pub fn assumed(described: &Described) -> String {
    joined(&described.assumed).unwrap_or_default()
}

/// Everything can be read, and there is no region.
pub fn not_located(fields: &[(&str, &str)]) -> NotLocated {
    match read(fields) {
        Err(Refusal::NotLocated(why)) => why,
        other => panic!("{fields:?}: {other:?}"),
    }
}

/// Its form.
pub fn form(described: &Described) -> &'static str {
    described.location.form().as_str()
}

pub fn sector(described: &Described) -> AnnularSector {
    match described.location.region() {
        DescribedRegion::Sector(sector) => *sector,
        other => panic!("{other:?}"),
    }
}

/// Azimuth, half width, nearest, farthest.
pub fn numbers(described: &Described) -> [f64; 4] {
    let sector = sector(described);
    [sector.azimuth_deg(), sector.half_width_deg(), sector.nearest_m(), sector.farthest_m()]
}

/// The error says what is listed, and it is one of input.
pub fn refused(fields: &[(&str, &str)], parts: &[&str]) {
    let refusal = read(fields)
        .map(|described| described.map(|s| form(&s).to_owned()))
        .expect_err(&format!("{fields:?}"));
    let Refusal::Unreadable(error) = refusal else { panic!("{fields:?}: {refusal}") };
    assert!(error.is_input(), "{fields:?}: {error}");
    for part in parts {
        assert!(error.to_string().contains(part), "{fields:?}: {error}, without {part}");
    }
}

pub fn near(a: Position, b: Position, within_m: f64) -> bool {
    patrol_corridor::geodesy::distance_m(a, b) <= within_m
}
