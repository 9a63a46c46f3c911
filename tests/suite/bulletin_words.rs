//! The catalogues of bulletins: both have the same messages with the same variables, and each is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement, Resource};
use fluent_syntax::{parser, serializer};

use crate::fixtures::{files_below, project_path};

/// The messages of a catalogue, each with the variables in it and its text.
fn messages(language: &str) -> BTreeMap<String, (BTreeSet<String>, String)> {
    let path = project_path("src/report/bulletin/locales").join(format!("{language}.ftl"));
    let resource = parser::parse(fs::read_to_string(path).unwrap()).unwrap();
    let mut messages = BTreeMap::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name.clone();
                let text = serializer::serialize(&Resource { body: vec![Entry::Message(message)] });
                let name = |rest: &str| {
                    rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap().to_owned()
                };
                let variables = text.split('$').skip(1).map(name).collect();
                assert!(messages.insert(id.clone(), (variables, text)).is_none(), "{language}: {id} twice");
            }
            Entry::Comment(_) => {}
            other => panic!("{language}: {other:?}"),
        }
    }
    messages
}

#[test]
fn both_languages_say_the_same_things() {
    let (en, fa) = (messages("en"), messages("fa"));
    assert!(en.len() > 80, "{}", en.len());
    assert_eq!(en.keys().collect::<Vec<_>>(), fa.keys().collect::<Vec<_>>());
    // A number of things may be left out of a text: "one incident".
    for (id, (variables, _)) in &en {
        assert_eq!(variables, &fa[id].0, "{id}");
    }
    // None was left in English.
    for language in ["en", "fa"] {
        let latin =
            texts(language).into_iter().filter(|text| text.contains(|c: char| c.is_ascii_alphabetic()));
        assert_eq!(latin.count() > 80, language == "en", "{language}");
    }
    let latin = |text: &String| text.contains(|c: char| c.is_ascii_alphanumeric());
    assert_eq!(texts("fa").into_iter().find(latin), None);
}

/// What is said, without variables and variants.
fn texts(language: &str) -> Vec<String> {
    fn gather(pattern: &Pattern<String>, texts: &mut Vec<String>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => texts.push(value.clone()),
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    variants.iter().for_each(|variant| gather(&variant.value, texts));
                }
                PatternElement::Placeable { .. } => {}
            }
        }
    }
    let path = project_path("src/report/bulletin/locales").join(format!("{language}.ftl"));
    let mut texts = Vec::new();
    for entry in parser::parse(fs::read_to_string(path).unwrap()).unwrap().body {
        if let Entry::Message(message) = entry {
            gather(&message.value.unwrap(), &mut texts);
        }
    }
    texts
}

#[test]
fn each_message_is_used_and_each_that_is_used_is_there() {
    let messages = messages("en");
    let code: String = files_below("src/report")
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for id in messages.keys() {
        let in_message = messages.values().any(|(_, text)| text.contains(&format!("{{ {id} }}")));
        assert!(in_message || code.contains(&format!("\"{id}\"")), "{id} is used nowhere");
    }
    for call in [".say(\"", ".plain(\"", ".counted(\""] {
        for rest in code.split(call).skip(1) {
            let id = rest.split('"').next().unwrap();
            assert!(messages.contains_key(id), "{id} is in no catalogue");
        }
    }
}
