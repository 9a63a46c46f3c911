//! What stands around the features of a FeatureCollection: `head` is its text up to the `[` of `features`,
//! `tail` what is behind the last feature.

use crate::Error;
use crate::io::json::raw::{self, BLANK, members};
use crate::io::json::splice::{end_of_members, kept, removals};
use crate::memory::{push, room};

/// The names of the members beside `type` and `features`.
///
/// # Errors
/// Returns an error if memory does not suffice for them.
pub(crate) fn foreign_names(head: &str, tail: &str) -> Result<Vec<String>, Error> {
    // It is edited next, and held more than once then.
    room(4 * (head.len() + tail.len()))?;
    let skeleton = format!("{head}{tail}");
    let mut names = Vec::new();
    for member in members(skeleton.trim_matches(BLANK)) {
        if member.key != "type" && member.key != "features" {
            push(&mut names, member.key.into_owned())?;
        }
    }
    Ok(names)
}

/// Head and tail without the members whose key `remove` names, and with `new` members (`"a":1,"b":2`, no
/// leading comma) behind the last one. `features` itself stays.
pub(crate) fn edited_collection(
    head: &str,
    tail: &str,
    remove: &dyn Fn(&str) -> bool,
    new: &str,
) -> (String, String) {
    let skeleton = format!("{head}{tail}");
    let object = skeleton.trim_matches(BLANK);
    // Both ends may have white space of the file around the object.
    let lead = raw::offset_in(&skeleton, object);
    let (trail, border) = (&skeleton[lead + object.len()..], head.len() - lead);
    let ranges = removals(object, &|key| key != "features" && remove(key));
    let at = end_of_members(object, &ranges);
    let mut edited_head = skeleton[..lead].to_owned();
    kept(object, 0..border, &ranges, |piece| edited_head.push_str(piece));
    let mut edited_tail = String::new();
    kept(object, border..at, &ranges, |piece| edited_tail.push_str(piece));
    if !new.is_empty() {
        edited_tail.push(',');
        edited_tail.push_str(new);
    }
    kept(object, at..object.len(), &ranges, |piece| edited_tail.push_str(piece));
    edited_tail.push_str(trail);
    (edited_head, edited_tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_go_and_come_on_both_sides() {
        let (head, tail) =
            (" {\"p\":1, \"type\":\"FeatureCollection\",\"a\":2,\"features\": [", "\n] , \"p\":3 }\n");
        let (new_head, new_tail) = edited_collection(head, tail, &|key| key == "p", "\"n\":4");
        assert_eq!(new_head, " {\"type\":\"FeatureCollection\",\"a\":2,\"features\": [");
        assert_eq!(new_tail, "\n],\"n\":4  }\n");
        assert_eq!(edited_collection(head, tail, &|_| false, ""), (head.to_owned(), tail.to_owned()));
        assert_eq!(foreign_names(head, tail).unwrap(), ["p", "a", "p"]);
    }
}
