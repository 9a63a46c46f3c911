//! Whom to tell of an incident, and with whom it was settled.

use super::contacts::{Contact, Contacts};
use super::figures::{ContactOf, Liaison, Told};
use super::record::{Record, Where};
use crate::PatrolArea;

/// The contacts of the nearest post and route (of an uncertain incident, of all that may be), and of the corridor that it
/// lies in with all its routes; each once. `None` where there is nobody.
pub(super) fn of(record: &Record, area: &PatrolArea, contacts: &Contacts) -> Option<Liaison> {
    let mut told = Vec::new();
    let (mut posts, mut routes): (Vec<usize>, Vec<usize>) = match &record.place {
        Where::At => (
            record.post.iter().map(|near| near.post).collect(),
            record.route.iter().map(|near| near.route).collect(),
        ),
        Where::In(region) => (
            region.posts.iter().map(|one| one.place).collect(),
            region.routes.iter().map(|one| one.place).collect(),
        ),
        Where::Nowhere(_) => (Vec::new(), Vec::new()),
    };
    // Of a region the one that its reference point lies in.
    let corridor = record.corridor.as_ref();
    if let Some(name) = corridor {
        let of_name = area.corridors().iter().filter(|corridor| corridor.name == *name);
        routes.extend(of_name.flat_map(|corridor| &corridor.routes));
    }
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
        let of = ContactOf { kind: "post", key: area.posts()[post].id.to_string() };
        add(&mut told, contacts.posts.get(post).map_or(&[][..], |notify| &notify.0), &of);
    }
    for route in routes {
        let of = ContactOf { kind: "route", key: area.routes()[route].id.to_string() };
        add(&mut told, contacts.routes.get(route).map_or(&[][..], |notify| &notify.0), &of);
    }
    if let Some(name) = corridor {
        let of = ContactOf { kind: "corridor", key: name.clone() };
        add(&mut told, contacts.corridors.get(name).map_or(&[][..], Vec::as_slice), &of);
    }
    let settled_with = record.settled_with.clone();
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
