//! What the subcommands answer.

use std::collections::HashSet;

use patrol_corridor::linear::{Mark, Side};
use patrol_corridor::model::cut_at_antimeridian;
use patrol_corridor::{Error, IncidentGeometry, PatrolRoute, Position, io};

use super::args::{LocateArgs, MarksArgs, PointArgs, SubstringArgs};
use super::chosen::{self, Chosen};
use super::object::{Object, rounded_position};
use crate::args::position::position;

/// More marks than this are a slip of --every.
const MOST_MARKS: f64 = 1e7;

pub fn point(args: PointArgs) -> Result<(), Error> {
    args.output.check(args.route.layers.files())?;
    let form = args.output.form()?;
    let chosen = Chosen::read(args.route)?;
    let along_m = chosen.along_m(args.chainage, "--chainage")?;
    let offset_m = args.offset.unwrap_or(0.0);
    let side = args.side.filter(|_| offset_m > 0.0).map_or(Side::On, Side::from);
    let at = chosen.line.point_beside(along_m, offset_m, side);
    let object = chosen
        .object()?
        .metres("chainage_m", chosen.referents.value_m(along_m))
        .metres("offset_m", offset_m)
        .text("side", side.as_str())?
        .azimuth("azimuth_deg", chosen.line.mark_at(along_m).azimuth_deg);
    let properties = chosen.finish(object, &[("distance_along_m", along_m)])?;
    let feature = io::feature_with(&IncidentGeometry::Point(rounded_position(at)?), None, &properties)?;
    args.output.write_one(form, feature)
}

pub fn locate(args: LocateArgs) -> Result<(), Error> {
    args.output.check(args.route.layers.files())?;
    let at = position("--at", &args.at)?;
    let chosen = Chosen::read(args.route)?;
    let place = chosen.line.locate(at);
    let object = chosen
        .object()?
        .metres("chainage_m", chosen.referents.value_m(place.chainage_m))
        .metres("offset_m", place.offset_m)
        .text("side", place.side.as_str())?
        .position("foot", place.foot);
    let text = chosen.finish(object, &[("distance_along_m", place.chainage_m)])?;
    args.output.write_text(&(text + "\n"))
}

pub fn substring(args: SubstringArgs) -> Result<(), Error> {
    args.output.check(args.route.layers.files())?;
    let form = args.output.form()?;
    let chosen = Chosen::read(args.route)?;
    let (from_m, to_m) = (chosen.along_m(args.from, "--from")?, chosen.along_m(args.to, "--to")?);
    let lines = chosen.line.substring(from_m, to_m);
    if lines.0.is_empty() {
        return Err(Error::argument(format!(
            "the interval has no length: --from and --to must differ; the route {} is {:.4} m long",
            chosen.route.id,
            chosen.line.length_m()
        )));
    }
    let mut parts = Vec::new();
    for line in &lines.0 {
        let line = line.0.iter().map(|&coord| Position::try_from(coord)).collect::<Result<Vec<_>, _>>()?;
        parts.extend(cut_at_antimeridian(&line, chosen.line.edges()));
    }
    round_computed(&mut parts, &chosen.route)?;
    let object = chosen
        .object()?
        .metres("from_m", chosen.referents.value_m(from_m))
        .metres("to_m", chosen.referents.value_m(to_m))
        .metres("length_m", (to_m - from_m).abs());
    let along = [("from_distance_along_m", from_m), ("to_distance_along_m", to_m)];
    let properties = chosen.finish(object, &along)?;
    let feature = io::feature_with(&IncidentGeometry::Lines(parts), None, &properties)?;
    args.output.write_one(form, feature)
}

pub fn marks(args: MarksArgs) -> Result<(), Error> {
    args.output.check(args.layers.files())?;
    let form = args.output.form()?;
    let referents = args.referents.referents;
    if !referents.is_empty() && args.route.is_none() {
        return Err(Error::argument("--referent needs --route ID: a kilometre post stands on one route"));
    }
    let layers = chosen::read(args.layers)?;
    let routes = match &args.route {
        Some(id) => std::slice::from_ref(chosen::find(&layers, id)?),
        None => layers.index.routes(),
    };
    let edges = layers.index.edges();
    let chosen = routes.iter().map(|route| Chosen::new(route, &referents, edges));
    let chosen = chosen.collect::<Result<Vec<_>, _>>()?;
    let count: f64 = chosen.iter().map(|chosen| chosen.line.length_m() / args.every).sum();
    if count > MOST_MARKS {
        return Err(Error::argument(format!(
            "--every {} would make {count:.0} marks; {MOST_MARKS} are the most",
            args.every
        )));
    }
    let features = chosen.iter().flat_map(|chosen| {
        let length_m = chosen.line.length_m();
        let value_m = |along_m: f64| chosen.referents.value_m(along_m);
        let mut places: Vec<(f64, f64)> = chosen.referents.multiples(args.every, length_m).collect();
        if args.ends {
            // Nearer than what is written, a mark is there already.
            let is_marked = |place: Option<&(f64, f64)>, at_m: f64| {
                place.is_some_and(|(along_m, _)| (along_m - at_m).abs() < 1e-4)
            };
            if !is_marked(places.first(), 0.0) {
                places.insert(0, (0.0, value_m(0.0)));
            }
            if !is_marked(places.last(), length_m) {
                places.push((length_m, value_m(length_m)));
            }
        }
        places.into_iter().map(|(along_m, value_m)| mark(chosen, &chosen.line.mark_at(along_m), value_m))
    });
    args.output.write_features(form, features)
}

/// The feature of a mark.
fn mark(chosen: &Chosen, mark: &Mark, value_m: f64) -> Result<String, Error> {
    let object = chosen
        .object()?
        .metres("chainage_m", value_m)
        .text("label", &label(value_m))?
        .azimuth("azimuth_deg", mark.azimuth_deg);
    let properties = chosen.finish(object, &[("distance_along_m", mark.chainage_m)])?;
    io::feature_with(&IncidentGeometry::Point(rounded_position(mark.position)?), None, &properties)
}

/// `km 12`, `km 12.35`: as many decimals as it takes, to 0.1 mm.
fn label(value_m: f64) -> String {
    format!("km {}", (value_m * 1e4).round() / 1e7 + 0.0)
}

/// Rounds what is not a vertex of the route, under either name of the antimeridian.
fn round_computed(parts: &mut [Vec<Position>], route: &PatrolRoute) -> Result<(), Error> {
    let key = |position: Position| {
        let lon_deg = if position.lon_deg() == -180.0 { 180.0 } else { position.lon_deg() };
        (lon_deg.to_bits(), position.lat_deg().to_bits())
    };
    let vertices: HashSet<_> = route.parts().iter().flatten().copied().map(key).collect();
    for position in parts.iter_mut().flatten().filter(|position| !vertices.contains(&key(**position))) {
        *position = rounded_position(*position)?;
    }
    Ok(())
}

impl Chosen {
    /// The members that every answer begins with.
    fn object(&self) -> Result<Object, Error> {
        let object = Object::default().id("route_id", &self.route.id)?;
        match &self.route.name {
            Some(name) => object.text("route_name", name),
            None => Ok(object),
        }
    }

    /// With the plain distances along, where chainages are others, and the word for the edges.
    fn finish(&self, mut object: Object, along: &[(&str, f64)]) -> Result<String, Error> {
        if !self.referents.is_plain() {
            for (name, along_m) in along {
                object = object.metres(name, *along_m);
            }
        }
        Ok(object.text("edges", self.line.edges().as_str())?.finish())
    }
}
