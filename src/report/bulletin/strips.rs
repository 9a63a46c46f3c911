//! Routes along their kilometres: posts, gaps and incidents.

use std::collections::BTreeMap;

use super::figures::{Nothing, OnStrip, Strip, TableRow, Tables};
use super::record::{Details, Record, Where};
use crate::analysis::{CoverageOptions, coverage};
use crate::index::LocateOptions;
use crate::number::{METRE_DECIMALS, rounded};
use crate::report::period::Period;
use crate::time::{ServicePeriod, TimeSpan};
use crate::{Error, PatrolIndex};

/// Posts are on the strip of a route that is nearer.
const NEAR_M: f64 = 5_000.0;

/// One strip for each route that is the nearest to an incident at a position, in the order of the layer.
///
/// # Errors
/// Returns an error if the radius is not a number greater than 0.
pub(super) fn strips(
    current: &[(&Record, &Details)],
    index: &PatrolIndex,
    period: &Period,
    radius_m: Option<f64>,
) -> Result<Vec<Strip>, Error> {
    let mut incidents: BTreeMap<usize, Vec<OnStrip>> = BTreeMap::new();
    for (record, details) in current {
        let Where::At(near) = &details.place else { continue };
        let Some(near) = near.route else { continue };
        incidents.entry(near.route).or_default().push(OnStrip {
            id: record.id.clone(),
            chainage_m: near.chainage_m,
            distance_m: near.distance_m,
            side: near.side.as_str(),
        });
    }
    if incidents.is_empty() {
        return Ok(Vec::new());
    }
    let mut gaps = radius_m.map(|radius_m| gaps(index, period, radius_m)).transpose()?;
    let mut posts: BTreeMap<usize, Vec<OnStrip>> = BTreeMap::new();
    let service = ServicePeriod::new(Some(period.from), Some(period.to))?;
    let options = LocateOptions::default().with_at(TimeSpan::between(period.from, period.to)?);
    for post in index.posts().iter().filter(|post| post.service.meets(&service)) {
        for hit in index.routes_within(post.position, NEAR_M, &options)? {
            posts.entry(hit.route).or_default().push(OnStrip {
                id: post.id.clone(),
                chainage_m: rounded(hit.location.chainage_m, METRE_DECIMALS),
                distance_m: rounded(hit.location.offset_m, METRE_DECIMALS),
                side: hit.location.side.as_str(),
            });
        }
    }
    let by_chainage = |mut list: Vec<OnStrip>| {
        list.sort_by(|a, b| a.chainage_m.total_cmp(&b.chainage_m));
        list
    };
    let strip = |(route, incidents): (usize, Vec<OnStrip>)| Strip {
        route_id: index.routes()[route].id.clone(),
        name: index.routes()[route].name.clone(),
        length_m: rounded(index.route_length_m(route), METRE_DECIMALS),
        posts: by_chainage(posts.remove(&route).unwrap_or_default()),
        gaps: gaps.as_mut().map(|gaps| gaps.remove(&route).unwrap_or_default()),
        incidents: by_chainage(incidents),
    };
    Ok(incidents.into_iter().map(strip).collect())
}

/// What no post sees at the beginning of the period, by route.
fn gaps(
    index: &PatrolIndex,
    period: &Period,
    radius_m: f64,
) -> Result<BTreeMap<usize, Vec<[f64; 2]>>, Error> {
    let at_start = index.in_service(period.from)?;
    let options = CoverageOptions::default().with_radius_m(radius_m);
    // The routes in service, by their places among all.
    let all: Vec<usize> = (0..index.routes().len())
        .filter(|&route| index.routes()[route].service.contains(period.from))
        .collect();
    let intervals = |found: &crate::analysis::RouteCoverage| {
        let metres = |metres| rounded(metres, METRE_DECIMALS);
        found.gaps().map(|gap| [metres(gap.from_m), metres(gap.to_m)]).collect()
    };
    Ok(coverage(&at_start, &options)?.iter().map(|found| (all[found.route], intervals(found))).collect())
}

/// What was in service, and is in no row of a table that counts something.
pub(super) fn nothing(tables: &Tables, index: &PatrolIndex, period: &Period) -> Result<Nothing, Error> {
    let service = ServicePeriod::new(Some(period.from), Some(period.to))?;
    let has = |rows: &[TableRow], key: &str| {
        rows.iter().any(|row| row.key.as_deref() == Some(key) && (row.incidents > 0 || row.possible > 0.0))
    };
    let keys = |rows: &[TableRow]| -> std::collections::HashSet<String> {
        rows.iter()
            .filter(|row| row.incidents > 0 || row.possible > 0.0)
            .filter_map(|row| row.key.clone())
            .collect()
    };
    let (posts, routes) = (keys(&tables.post), keys(&tables.route));
    let serves = |route: &usize| index.routes()[*route].service.meets(&service);
    let corridors = index.corridors().iter();
    let corridors = corridors.filter(|one| one.routes.is_empty() || one.routes.iter().any(serves));
    Ok(Nothing {
        corridors: corridors
            .filter(|one| !has(&tables.corridor, &one.name))
            .map(|one| one.name.clone())
            .collect(),
        routes: index
            .routes()
            .iter()
            .filter(|one| one.service.meets(&service) && !routes.contains(one.id.as_str()))
            .map(|one| one.id.clone())
            .collect(),
        posts: index
            .posts()
            .iter()
            .filter(|one| one.service.meets(&service) && !posts.contains(one.id.as_str()))
            .map(|one| one.id.clone())
            .collect(),
    })
}
