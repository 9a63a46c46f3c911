//! The messages of catalogues, and which variables each has.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Resource};
use fluent_syntax::serializer::serialize;

use super::language::Language;

/// The name of a message or a term, and the variables in it; `None` of a comment.
fn of_entry(entry: &Entry<&str>) -> Option<(String, BTreeSet<String>)> {
    let id = match entry {
        Entry::Message(message) => message.id.name.to_owned(),
        Entry::Term(term) => format!("-{}", term.id.name),
        _ => return None,
    };
    let text = serialize(&Resource { body: vec![entry.clone()] });
    let name = |rest: &str| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
        rest[..end.unwrap_or(rest.len())].to_owned()
    };
    Some((id, text.split('$').skip(1).map(name).collect()))
}

/// A catalogue; what is no message in it is left out.
pub(super) fn resource(text: &str) -> FluentResource {
    FluentResource::try_new(text.to_owned()).unwrap_or_else(|(parsed, _)| parsed)
}

/// The messages of a resource, each with the variables in it.
pub(super) fn said_by(resource: &FluentResource) -> Vec<(String, BTreeSet<String>)> {
    resource.entries().filter_map(of_entry).collect()
}

/// Whether a vocabulary has a message of that name.
pub(super) fn is_of_vocabularies(id: &str) -> bool {
    said_by(&resource(Language::English.data().ranger)).iter().any(|(known, _)| known == id)
}

/// What is put into a message.
pub(super) fn variables_of(id: &str) -> BTreeSet<String> {
    let mut all = Language::English.data().catalogue.iter().flat_map(|messages| said_by(&resource(messages)));
    let mut variables =
        all.find(|(known, _)| known == id).map(|(_, variables)| variables).unwrap_or_default();
    // A number comes with its digits.
    let counts = ["n", "number"];
    if counts.iter().any(|name| variables.contains(*name)) {
        variables.extend(counts.map(str::to_owned));
    }
    variables
}
