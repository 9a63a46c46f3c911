//! The route that is meant, and how its chainage counts.

use patrol_corridor::linear::{LinearElement, Referent, Referents};
use patrol_corridor::{Edges, Error, FeatureId, PatrolRoute};

use super::args::{Chainage, RouteArgs};
use crate::args::layers::{LayerArgs, Layers};

/// How many ids an error names.
const MOST_NAMED: usize = 5;

/// A route, ready for questions.
pub struct Chosen {
    pub route: PatrolRoute,
    pub line: LinearElement,
    pub referents: Referents,
}

impl Chosen {
    /// The route that the arguments name.
    pub fn read(args: RouteArgs) -> Result<Self, Error> {
        let layers = read(args.layers)?;
        Chosen::new(find(&layers, &args.route)?, &args.referents.referents, layers.index.edges())
    }

    /// A route whose kilometre posts are the given ones, or its own.
    pub fn new(route: &PatrolRoute, referents: &[Referent], edges: Edges) -> Result<Self, Error> {
        let line = LinearElement::new(route, edges)?;
        let length_m = line.length_m();
        if let Some(beyond) = referents.iter().find(|referent| referent.chainage_m > length_m + 1e-4) {
            return Err(Error::argument(format!(
                "--referent {}={}, expected it at 0 to {:.4}: the route {} is that long",
                beyond.chainage_m, beyond.value_m, length_m, route.id
            )));
        }
        let referents = match referents {
            [] => Referents::of_route(route),
            given => Referents::new(given.to_vec())?,
        };
        Ok(Chosen { route: route.clone(), line, referents })
    }

    /// The distance along of a chainage that an option gives.
    pub fn along_m(&self, chainage: Chainage, option: &str) -> Result<f64, Error> {
        let length_m = self.line.length_m();
        let found = match chainage {
            Chainage::Value(value_m) => self.referents.chainage_m(value_m, length_m),
            Chainage::From(post_m, past_m) => self.referents.chainage_from_m(post_m, past_m, length_m),
        };
        found.map_err(|error| {
            Error::argument(format!("{option}, route {}: {}", self.route.id, error.message()))
        })
    }
}

/// The layer, without what plays no part.
pub fn read(mut args: LayerArgs) -> Result<Layers, Error> {
    (args.posts, args.corridors, args.half_width) = (None, None, None);
    let layers = args.read()?;
    layers.tell_reprojections();
    Ok(layers)
}

/// The route with an id.
pub fn find<'a>(layers: &'a Layers, wanted: &str) -> Result<&'a PatrolRoute, Error> {
    let routes = layers.index.routes();
    let quoted = wanted.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let text = |text: &str| routes.iter().find(|route| route.id == FeatureId::text(text));
    let number = FeatureId::number(wanted).and_then(|id| routes.iter().find(|route| route.id == id));
    number.or_else(|| text(wanted)).or_else(|| quoted.and_then(text)).ok_or_else(|| {
        let ids: Vec<String> = routes.iter().map(|route| route.id.to_string()).collect();
        let expected = match nearest(wanted, &ids) {
            near if near.is_empty() => "a layer that has routes".to_owned(),
            near if near.len() < ids.len() => {
                format!("the id of one of the {} routes, such as {}", ids.len(), near.join(", "))
            }
            near => format!("one of {}", near.join(", ")),
        };
        let file = layers.routes.as_ref().map_or("routes", |origin| &origin.file);
        Error::argument(format!("no route {wanted}, expected {expected}")).in_file(file)
    })
}

/// The ids most like the one that was typed, or all in order where they are few.
fn nearest<'a>(wanted: &str, ids: &'a [String]) -> Vec<&'a str> {
    let mut near: Vec<&str> = ids.iter().map(String::as_str).collect();
    if near.len() > MOST_NAMED {
        // In their own order where they are as near.
        near.sort_by_cached_key(|id| edits(&wanted.to_lowercase(), &id.to_lowercase()));
        near.truncate(MOST_NAMED);
    }
    near
}

/// How many characters must be put in, taken out or changed to make one text of the other (Levenshtein).
fn edits(from: &str, to: &str) -> usize {
    // A longer id is like no other.
    let to: Vec<char> = to.chars().take(200).collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().take(200).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}
