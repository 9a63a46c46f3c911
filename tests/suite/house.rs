//! The rooms of the house: imports flow one way, and an outside library is named in one room only.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fixtures::{files_below, project_path};

/// From the ground up: a room imports from rooms before it only.
const ROOMS: [&str; 19] = [
    "text",
    "serde_text",
    "setters",
    "number",
    "error",
    "memory",
    "parallel",
    "time",
    "geodesy",
    "region",
    "model",
    "io",
    "linear",
    "index",
    "analysis",
    "described",
    "incident",
    "annotate",
    "report",
];

/// A library and the rooms that may name it.
const LIBRARIES: [(&str, &[&str]); 38] = [
    ("arrow_array", &["io"]),
    ("arrow_cast", &["io"]),
    ("arrow_ipc", &["io"]),
    ("arrow_schema", &["io"]),
    ("arrow_select", &["io"]),
    ("parquet", &["io"]),
    ("flatgeobuf", &["io"]),
    ("flatbuffers", &["io"]),
    ("csv", &["io", "report"]),
    ("crs_definitions", &["io"]),
    ("proj", &["io"]),
    ("proj4rs", &["io"]),
    ("geographiclib_rs", &["geodesy"]),
    ("mgrs_convert", &["geodesy"]),
    ("geojson", &["io"]),
    ("serde_json", &["io", "bin"]),
    ("flate2", &["io"]),
    ("jiff", &["geodesy", "time"]),
    ("memchr", &["io"]),
    ("sha2", &["io"]),
    ("tempfile", &["io", "bin"]),
    ("geo", &["io", "analysis"]),
    ("rusqlite", &["io"]),
    ("quick_xml", &["io"]),
    ("zip", &["io", "report"]),
    ("resvg", &["report"]),
    ("pdf_writer", &["report"]),
    ("rustix", &["io", "bin"]),
    ("rstar", &["index"]),
    ("fluent_bundle", &["report"]),
    ("fluent_syntax", &["report"]),
    ("minijinja", &["report"]),
    ("statrs", &["report"]),
    ("clap", &["bin"]),
    ("toml", &["bin"]),
    ("encoding_rs", &["io"]),
    ("wkt", &["io"]),
    ("calendrical_calculations", &["time"]),
];

/// The crate's own names at its root, and the rooms that they come from.
const ROOT_NAMES: [(&str, &str); 14] = [
    ("Error", "error"),
    ("ErrorKind", "error"),
    ("Limit", "error"),
    ("Edges", "geodesy"),
    ("Position", "geodesy"),
    ("Corridor", "model"),
    ("CorridorRegion", "model"),
    ("FeatureId", "model"),
    ("Incident", "model"),
    ("IncidentGeometry", "model"),
    ("ObservationPost", "model"),
    ("PatrolRoute", "model"),
    ("Region", "model"),
    ("PatrolIndex", "index"),
];

/// Every source file with its room and its code, without tests and comments.
fn files() -> Vec<(PathBuf, String, String)> {
    let room = |path: &Path| {
        let first = path.strip_prefix(project_path("src")).unwrap().components().next().unwrap();
        first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
    };
    let code = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    files_below("src").into_iter().map(|path| (path.clone(), room(&path), code(&path))).collect()
}

/// The names that stand in `code` right behind `crate::`, groups in braces resolved.
fn crate_names(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let name = |text: &str| {
            let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
            text[..end].to_owned()
        };
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut part = String::new();
                for c in group.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => names.push(name(std::mem::take(&mut part).trim())),
                        _ => part.push(c),
                    }
                }
                names.push(name(part.trim()));
            }
            None => names.push(name(rest)),
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn imports_flow_one_way() {
    let mut seen = 0;
    for (path, room, code) in files() {
        let Some(own) = ROOMS.iter().position(|&name| name == room) else { continue };
        for name in crate_names(&code) {
            let from =
                ROOT_NAMES.iter().find(|(root, _)| *root == name).map_or(name.as_str(), |(_, from)| from);
            let place = ROOMS.iter().position(|&room| room == from);
            let place =
                place.unwrap_or_else(|| panic!("{}: `crate::{name}` is of no known room", path.display()));
            assert!(place <= own, "{}: the room `{room}` imports `{name}` of `{from}`", path.display());
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} imports found");
}

#[test]
fn each_library_is_named_in_its_room() {
    for (library, rooms) in LIBRARIES {
        let mut named = 0;
        for (path, room, code) in files() {
            let is_named = code
                .match_indices(&format!("{library}::"))
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
            if is_named {
                assert!(rooms.contains(&room.as_str()), "{}: names `{library}`", path.display());
                named += 1;
            }
        }
        assert!(named > 0, "`{library}` is named nowhere: is it a dependency still?");
    }
}

/// A file that no other names as its module is compiled nowhere, and its tests never run.
#[test]
fn each_file_is_a_module_of_another() {
    let files: Vec<_> = files_below("src").into_iter().chain(files_below("tests/suite")).collect();
    let texts: Vec<String> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut modules = 0;
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let (mut name, mut folder) = (path.file_stem().unwrap(), path.parent().unwrap());
        if name == "mod" {
            (name, folder) = (folder.file_name().unwrap(), folder.parent().unwrap());
        }
        if name == "main" || name == "lib" {
            continue;
        }
        let parents = ["mod.rs", "main.rs", "lib.rs"].map(|parent| folder.join(parent));
        let beside = folder.with_extension("rs");
        let (named, by_path) = (format!("mod {};", name.display()), format!("\"{}.rs\"", name.display()));
        let is_named = |(parent, text): (&PathBuf, &String)| {
            let is_parent = parents.contains(parent) || *parent == beside;
            is_parent && text.contains(&named) || parent.parent() == Some(folder) && text.contains(&by_path)
        };
        assert!(files.iter().zip(&texts).any(is_named), "{} is in no `mod`", path.display());
        modules += 1;
    }
    assert!(modules > 500, "{modules}");
}

#[test]
fn no_file_is_longer_than_500_lines() {
    for path in files_below("src").into_iter().chain(files_below("tests/suite")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 500, "{} has {lines} lines", path.display());
    }
}

/// What the project calls by another word, as a word of the names of types: a location is described, a part of a route is
/// an interval, what does not stop a run is a warning, a direction is a point of the compass.
#[test]
fn types_are_named_by_one_word_an_idea() {
    const NOT: [&str; 6] = ["Sighting", "Reported", "Stretch", "Doubt", "Wind", "PatrolArea"];
    let mut types = 0;
    for (path, _, code) in files() {
        for kind in ["struct ", "enum ", "trait ", "type "] {
            for rest in code.split(kind).skip(1) {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                types += usize::from(!name.is_empty());
                for not in NOT {
                    let is_word = name
                        .match_indices(not)
                        .any(|(at, _)| !name[at + not.len()..].starts_with(|c: char| c.is_lowercase()));
                    assert!(!is_word, "{}: `{name}` is named `{not}`", path.display());
                }
            }
        }
    }
    assert!(types > 200, "only {types} types found");
}

/// The same for all other names: of what is in quotes nothing is asked, formats and messages have words of their own.
#[test]
fn names_are_of_one_word_an_idea() {
    const NOT: [&str; 7] = ["sighting", "sightings", "doubt", "doubts", "stretches", "wind", "winds"];
    let mut names = 0;
    for (path, _, code) in
        files().into_iter().filter(|(path, ..)| path.extension().is_some_and(|e| e == "rs"))
    {
        for line in code.lines() {
            let bare: String = line.split('"').step_by(2).collect();
            for name in bare.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty())
            {
                names += 1;
                assert!(!NOT.contains(&name), "{}: `{name}` in `{line}`", path.display());
            }
        }
    }
    assert!(names > 50_000, "only {names} names found");
}

/// A message says what is wrong, and what is expected: that it was found goes without saying.
#[test]
fn no_message_begins_with_found() {
    for (path, _, code) in files() {
        for found in ["\"found ", ": found "] {
            assert!(!code.contains(found), "{}: a text begins with `found`", path.display());
        }
    }
}
