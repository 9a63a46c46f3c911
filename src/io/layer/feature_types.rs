//! Posts, routes and incidents from and to the types of the crate `geojson`.
//!
//! Not the lossless way, which is text: a `geojson::Feature` holds numbers as floats and members in an order of its own.

use serde_json::{Map, Value};

use crate::io::geojson::feature::{FeatureParts, RawFeature};
use crate::io::geojson::write::{feature_with, parsed_feature};
use crate::io::layer::finding::Finding;
use crate::io::layer::items;
use crate::io::layer::options::LayerOptions;
use crate::time::ServicePeriod;
use crate::{Error, FeatureId, Incident, IncidentGeometry, ObservationPost, PatrolRoute};

/// A feature read as a layer reads it, with default options.
fn read<T>(
    feature: &geojson::Feature,
    read: impl FnOnce(&FeatureParts<'_>, &LayerOptions, &mut Vec<Finding>) -> Result<T, Error>,
) -> Result<T, Error> {
    let text = feature.to_string();
    read(&RawFeature::alone(&text).parts()?, &LayerOptions::default(), &mut Vec::new())
}

/// Its members as in a layer of posts: `name`, `watch_radius_m`, `active_from`, `active_to`.
///
/// ```
/// use patrol_corridor::ObservationPost;
/// let feature: geojson::Feature = r#"{"type":"Feature","id":"OP-1","properties":{"name":"Hill","watch_radius_m":6000},
///     "geometry":{"type":"Point","coordinates":[46.5,39.6]}}"#.parse()?;
/// let post = ObservationPost::try_from(&feature)?;
/// assert_eq!((post.name.as_deref(), post.watch_radius_m()), (Some("Hill"), Some(6000.0)));
/// assert_eq!(geojson::Feature::try_from(&post)?.geometry, feature.geometry);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl TryFrom<&geojson::Feature> for ObservationPost {
    type Error = Error;

    fn try_from(feature: &geojson::Feature) -> Result<Self, Error> {
        let mut posts = read(feature, items::posts)?;
        match (posts.pop(), posts.len()) {
            (Some(post), 0) => Ok(post),
            (_, more) => Err(Error::input(format!(
                "a MultiPoint of {} positions, expected one post: a layer makes a post of each",
                more + 1
            ))),
        }
    }
}

/// Its members as in a layer of routes: `name`, `corridor`, `half_width_m`, `start_chainage_m`, `active_from`, `active_to`.
impl TryFrom<&geojson::Feature> for PatrolRoute {
    type Error = Error;

    fn try_from(feature: &geojson::Feature) -> Result<Self, Error> {
        read(feature, items::route)
    }
}

/// Its id and its geometry.
impl TryFrom<&geojson::Feature> for Incident {
    type Error = Error;

    fn try_from(feature: &geojson::Feature) -> Result<Self, Error> {
        read(feature, items::incident)
    }
}

/// # Errors
/// Where the id is a number that no float holds.
fn feature(
    id: &FeatureId,
    geometry: &IncidentGeometry,
    members: Map<String, Value>,
) -> Result<geojson::Feature, Error> {
    parsed_feature(&feature_with(geometry, Some(id), &Value::Object(members).to_string())?)
}

fn members(of: &[(&str, Option<Value>)], service: &ServicePeriod) -> Map<String, Value> {
    let time = |time: Option<crate::time::Timestamp>| time.map(|time| Value::from(time.to_string()));
    let periods = [("active_from", time(service.from())), ("active_to", time(service.to()))];
    let all = of.iter().cloned().chain(periods);
    all.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

impl TryFrom<&ObservationPost> for geojson::Feature {
    type Error = Error;

    fn try_from(post: &ObservationPost) -> Result<Self, Error> {
        let name = post.name.clone().map(Value::from);
        let of = [("name", name), ("watch_radius_m", post.watch_radius_m().map(Value::from))];
        feature(&post.id, &post.position.into(), members(&of, &post.service))
    }
}

impl TryFrom<&PatrolRoute> for geojson::Feature {
    type Error = Error;

    fn try_from(route: &PatrolRoute) -> Result<Self, Error> {
        let of = [
            ("name", route.name.clone().map(Value::from)),
            ("corridor", route.corridor.clone().map(Value::from)),
            ("half_width_m", route.half_width_m().map(Value::from)),
            ("start_chainage_m", route.start_chainage_m().map(Value::from)),
        ];
        feature(&route.id, &IncidentGeometry::Lines(route.parts().to_vec()), members(&of, &route.service))
    }
}

impl TryFrom<&Incident> for geojson::Feature {
    type Error = Error;

    fn try_from(incident: &Incident) -> Result<Self, Error> {
        feature(&incident.id, &incident.geometry, Map::new())
    }
}
