//! Which variables a message of Fluent has.

use std::collections::BTreeSet;

use fluent_syntax::ast::{Entry, Resource};
use fluent_syntax::serializer::serialize;

/// The name of a message or a term, and the variables in it; `None` of a comment.
pub(super) fn of_entry(entry: &Entry<&str>) -> Option<(String, BTreeSet<String>)> {
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
