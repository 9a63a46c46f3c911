//! Which routes and regions are one corridor.

use std::collections::HashMap;

use crate::{Corridor, PatrolRoute};

/// The corridors in the order of their first routes, and the corridor of each route.
pub(super) fn corridors(routes: &[PatrolRoute]) -> (Vec<Corridor>, Vec<u32>) {
    let mut places = HashMap::new();
    let mut corridors: Vec<Corridor> = Vec::new();
    let mut corridor_of = Vec::with_capacity(routes.len());
    for (i, route) in routes.iter().enumerate() {
        let key = match &route.corridor {
            Some(name) => Ok(name.as_str()),
            None => Err(i),
        };
        let place = *places.entry(key).or_insert_with(|| {
            let name = route.corridor.clone().unwrap_or_else(|| route.id.to_string());
            corridors.push(Corridor { name, routes: Vec::new() });
            corridors.len() - 1
        });
        corridors[place].routes.push(i);
        corridor_of.push(place as u32);
    }
    (corridors, corridor_of)
}

/// Adds the corridors of regions behind those of the routes, instead of what was added before; gives the
/// corridor of each region. The regions come by their names.
pub(super) fn add_regions<'r>(
    corridors: &mut Vec<Corridor>,
    routes: &[PatrolRoute],
    regions: impl Iterator<Item = &'r str>,
) -> Vec<u32> {
    corridors.retain(|corridor| !corridor.routes.is_empty());
    let mut places: HashMap<String, u32> = HashMap::new();
    // A corridor by its name before a route that only has that id.
    for (place, corridor) in corridors.iter().enumerate() {
        if routes[corridor.routes[0]].corridor.is_some() {
            places.insert(corridor.name.clone(), place as u32);
        } else {
            places.entry(corridor.name.clone()).or_insert(place as u32);
        }
    }
    let place_of = |name: &str| {
        *places.entry(name.to_owned()).or_insert_with(|| {
            corridors.push(Corridor { name: name.to_owned(), routes: Vec::new() });
            corridors.len() as u32 - 1
        })
    };
    regions.map(place_of).collect()
}
