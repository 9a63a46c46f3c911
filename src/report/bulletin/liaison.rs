//! Whom to tell of an incident, and with whom it was settled.

use super::contacts::{Contact, Contacts};
use super::figures::{ContactOf, Liaison, Told};
use super::record::{Details, Record, Where};
use crate::PatrolIndex;

/// The contacts of the nearest post and route, and of the corridor that an incident counts for with all its routes; of an
/// uncertain incident of all that may be. Each once; `None` where there is nobody.
pub(super) fn of(
    record: &Record,
    details: &Details,
    index: &PatrolIndex,
    contacts: &Contacts,
) -> Option<Liaison> {
    let mut told = Vec::new();
    let (mut posts, mut routes, corridors): (Vec<usize>, Vec<usize>, Vec<usize>) = match &details.place {
        Where::At(near) => (
            near.post.iter().map(|near| near.post).collect(),
            near.route.iter().map(|near| near.route).collect(),
            near.corridor.into_iter().collect(),
        ),
        Where::In(region) => (
            region.posts.iter().map(|one| one.index).collect(),
            region.routes.iter().map(|one| one.index).collect(),
            region.corridors.clone(),
        ),
        Where::Nowhere(_) => (Vec::new(), Vec::new(), Vec::new()),
    };
    routes.extend(corridors.iter().flat_map(|corridor| &index.corridors()[*corridor].routes));
    for places in [&mut posts, &mut routes] {
        let mut seen = Vec::new();
        places.retain(|place| {
            !seen.contains(place) && {
                seen.push(*place);
                true
            }
        });
    }
    for post in posts {
        let of = ContactOf { kind: "post", key: index.posts()[post].id.to_string() };
        add(&mut told, contacts.posts.get(post).map_or(&[][..], |notify| &notify.0), &of);
    }
    for route in routes {
        let of = ContactOf { kind: "route", key: index.routes()[route].id.to_string() };
        add(&mut told, contacts.routes.get(route).map_or(&[][..], |notify| &notify.0), &of);
    }
    for corridor in corridors {
        let name = &index.corridors()[corridor].name;
        let of = ContactOf { kind: "corridor", key: name.clone() };
        add(&mut told, contacts.corridors.get(name).map_or(&[][..], Vec::as_slice), &of);
    }
    let settled_with = details.settled_with.clone();
    if told.is_empty() && settled_with.is_empty() {
        return None;
    }
    Some(Liaison { id: record.id.clone(), notify: told, settled_with })
}

fn add(told: &mut Vec<Told>, contacts: &[Contact], of: &ContactOf) {
    for contact in contacts {
        match told.iter_mut().find(|told| told.contact == *contact) {
            Some(told) if told.of.contains(of) => {}
            Some(told) => told.of.push(of.clone()),
            None => told.push(Told { contact: contact.clone(), of: vec![of.clone()] }),
        }
    }
}
