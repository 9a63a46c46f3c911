//! The catalogues of bulletins: all have the same messages, each is used, each form of the plural is the one that CLDR names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement, Resource};
use fluent_syntax::{parser, serializer};
use patrol_corridor::report::bulletin::Language;

use crate::fixtures::{files_below, project_path};

type Messages = BTreeMap<String, (BTreeSet<String>, String)>;

/// The files of a language in their order, or that of a vocabulary of it.
fn parsed(name: &str) -> Resource<String> {
    let files = match name.contains('/') {
        true => vec![name.to_owned()],
        false => ["numbers_and_dates", "page", "incidents"].map(|file| format!("{name}/{file}")).to_vec(),
    };
    let folder = project_path("src/report/bulletin/locales");
    let texts = files.iter().map(|file| fs::read_to_string(folder.join(format!("{file}.ftl"))).unwrap());
    let text = texts.collect::<Vec<_>>().join("\n");
    parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"))
}

/// The messages of a catalogue, each with the variables in it and its text.
fn messages(name: &str) -> Messages {
    let mut messages = BTreeMap::new();
    for entry in parsed(name).body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name.clone();
                let text = serializer::serialize(&Resource { body: vec![Entry::Message(message)] });
                let variable = |rest: &str| {
                    rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap().to_owned()
                };
                let variables = text.split('$').skip(1).map(variable).collect();
                assert!(messages.insert(id.clone(), (variables, text)).is_none(), "{name}: {id} twice");
            }
            Entry::Comment(_) => {}
            other => panic!("{name}: {other:?}"),
        }
    }
    messages
}

#[test]
fn all_languages_say_the_same_things() {
    let english = messages("en");
    assert!(english.len() > 120, "{}", english.len());
    for language in Language::ALL {
        let own = messages(language.tag());
        assert_eq!(own.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
        for (id, (variables, _)) in &english {
            // A text may leave the word for a number out, and write the number: "one incident", "21 incidents".
            let missing: Vec<&String> = variables.difference(&own[id].0).collect();
            // A date is made of others: its parts see all that it is given. A number comes with its digits.
            let counts = ["n", "number"].map(str::to_owned);
            let has_count = counts.iter().any(|name| variables.contains(name));
            let comes_too = |name: &String| name == "month" || (has_count && counts.contains(name));
            let more: Vec<&String> =
                own[id].0.difference(variables).filter(|name| !comes_too(name)).collect();
            assert!(more.is_empty(), "{language}: {id} has {more:?}");
            assert!(
                missing
                    .iter()
                    .all(|name| ["word", "number", "n", "calendar", "kind"].contains(&name.as_str())),
                "{language}: {id} lacks {missing:?}"
            );
        }
    }
}

#[test]
fn vocabularies_have_one_set_of_messages() {
    let base = messages("en");
    let known: Vec<String> = messages("en/ranger").into_keys().collect();
    for language in Language::ALL {
        for vocabulary in ["ranger", "research"] {
            let own = messages(&format!("{language}/{vocabulary}"));
            assert_eq!(own.keys().cloned().collect::<Vec<_>>(), known, "{language}/{vocabulary}");
            for (id, (variables, _)) in &own {
                let mut known = base[id].0.clone();
                known.extend(known.contains("n").then(|| "number".to_owned()));
                assert!(variables.is_subset(&known), "{language}/{vocabulary}: {id} has {variables:?}");
            }
        }
    }
}

/// What is said, without variables and variants.
fn texts(name: &str) -> Vec<(String, String)> {
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
    let mut all = Vec::new();
    for entry in parsed(name).body {
        if let Entry::Message(message) = entry {
            let mut texts = Vec::new();
            gather(&message.value.unwrap(), &mut texts);
            all.extend(texts.into_iter().map(|text| (message.id.name.clone(), text)));
        }
    }
    all
}

/// A text of several words that is the same in two languages was not translated.
#[test]
fn nothing_was_left_in_english() {
    let english: BTreeSet<String> = texts("en").into_iter().map(|(_, text)| text.trim().to_owned()).collect();
    for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
        for (id, text) in texts(language.tag()) {
            let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
            let is_same = words > 2 && english.contains(text.trim());
            assert!(!is_same, "{language}: {id}: {text}");
            let is_latin = text.contains(|c: char| c.is_ascii_alphabetic());
            let is_other = matches!(language, Language::Arabic | Language::Persian | Language::Russian);
            // Metres may be m everywhere; the notice is in English as well.
            assert!(!(is_latin && is_other) || id == "not-reviewed", "{language}: {id}: {text}");
        }
    }
}

/// The forms that CLDR 46 gives whole numbers (https://www.unicode.org/cldr/charts/46/supplemental/language_plural_rules.html).
fn plural_form(language: Language, n: u64) -> &'static str {
    match language.tag() {
        "ar" => match (n, n % 100) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        "ru" => match (n % 10, n % 100) {
            (1, hundred) if hundred != 11 => "one",
            (2..=4, hundred) if !(12..=14).contains(&hundred) => "few",
            _ => "many",
        },
        "fr" | "fa" if n < 2 => "one",
        "es" | "en" if n == 1 => "one",
        "fr" | "es" if n != 0 && n.is_multiple_of(1_000_000) => "many",
        _ => "other",
    }
}

/// Each number gets the form of its language: what it would say is built from the catalogue's own variants.
#[test]
fn numbers_choose_the_forms_of_cldr() {
    use crate::program::Folder;
    let lines = |language: Language, count: u64| {
        let incidents: Vec<String> =
            (0..count).map(|n| crate::cli::bulletin::at(&format!("I{n}"), "2020-11-02T08:00Z", "")).collect();
        let folder: Folder = crate::cli::bulletin::field(&incidents);
        let run = folder.run(&format!(
            "{} --format md --output - --day 2020-11-02 --zone UTC --lang {language}",
            crate::cli::bulletin::LAYERS
        ));
        assert!(run.status == 0, "{}", run.err);
        run.out
    };
    for language in Language::ALL {
        let (_, text) = &messages(language.tag())["lead-incidents"];
        for count in [0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 111] {
            let out = lines(language, count);
            // The variant of that number itself, else that of its form, else the default.
            let variant = |key: &str| {
                text.lines().find_map(|line| {
                    let line = line.trim().trim_start_matches('*');
                    line.strip_prefix(&format!("[{key}] ")).map(str::to_owned)
                })
            };
            let default = text.lines().find_map(|line| {
                let line = line.trim().strip_prefix('*')?;
                line.split_once("] ").map(|(_, text)| text.to_owned())
            });
            let said = variant(&count.to_string())
                .or_else(|| variant(plural_form(language, count)))
                .or(default)
                .unwrap();
            let parts: Vec<&str> = said
                .split('{')
                .flat_map(|part| part.split('}'))
                .filter(|part| !part.contains('$'))
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect();
            assert!(
                parts.iter().all(|part| out.contains(part)),
                "{language}: {count}: {parts:?} in {}",
                out.chars().take(400).collect::<String>()
            );
        }
    }
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
