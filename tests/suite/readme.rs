//! What the README and the pages of `docs/` tell a new user to type works as written, and their links lead somewhere.

use std::path::PathBuf;

use crate::fixtures::{files_below, project_file, project_path};
use crate::program::{Folder, collection, line, properties};

/// The text of a page behind a heading, up to the next one of its level.
fn section<'t>(page: &'t str, heading: &str) -> &'t str {
    let rest = page.split(&format!("\n## {heading}\n")).nth(1).expect(heading);
    rest.split("\n## ").next().unwrap()
}

/// The text of the first block of a language.
fn block<'t>(text: &'t str, language: &str) -> &'t str {
    let fence = format!("```{language}\n");
    text.split(&*fence).nth(1).and_then(|rest| rest.split("```").next()).expect(language)
}

/// The README and the pages of `docs/`: their paths below the project, and their texts.
fn pages() -> Vec<(String, String)> {
    let mut paths = vec!["README.md".to_owned()];
    for path in files_below("docs") {
        let path = path.strip_prefix(project_path("")).unwrap().to_str().unwrap().to_owned();
        if path.ends_with(".md") {
            paths.push(path);
        }
    }
    paths.into_iter().map(|path| (path.clone(), project_file(&path))).collect()
}

/// The lines of a page that are in no code block.
fn prose(page: &str) -> Vec<&str> {
    let mut code = false;
    let mut lines = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            code = !code;
        } else if !code {
            lines.push(line);
        }
    }
    lines
}

/// The targets of the links of a page that lead into the project.
fn links(page: &str) -> Vec<&str> {
    let targets = prose(page).into_iter().flat_map(|line| line.split("](").skip(1));
    let targets = targets.map(|rest| rest.split(')').next().unwrap());
    targets.filter(|target| !target.contains("://")).collect()
}

/// What links call the headings of a page.
fn anchors(page: &str) -> Vec<String> {
    let anchor = |heading: &str| -> String {
        let plain = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        plain.chars().filter(|&c| c.is_alphanumeric() || c == '-' || c == '_').collect()
    };
    prose(page).into_iter().filter(|line| line.starts_with('#')).map(anchor).collect()
}

#[test]
fn ones_own_data_are_read_by_the_commands_beside_them() {
    let page = project_file("docs/your-own-data.md");
    let folder = Folder::new();
    folder.write("posts.geojson", block(&page, "json"));
    folder.write("log.csv", block(&page, "csv"));
    let (_, route) = page.split_once("A route is a LineString, with `\"properties\": ").expect("the route");
    let route = route.split('`').next().unwrap();
    let coordinates = "[[38.64,-3.025],[38.76,-3.042],[38.97,-3.052]]";
    folder.write("routes.geojson", collection(&[line("\"R1\"", route, coordinates)]));
    let commands: Vec<&str> =
        block(&page, "sh").lines().map(|line| line.split(" #").next().unwrap()).collect();
    assert_eq!(commands.len(), 4);
    for command in commands {
        folder.run(command.strip_prefix("patrol ").expect(command)).ok();
    }
    let found = properties(&folder.read("day.geojson"));
    assert_eq!((&found[0]["location_form"], &found[1]["post_id"]), (&"sector".into(), &"OP-1".into()));
    assert!(folder.read("day.md").contains("20 November 2026 (Africa/Nairobi)"));
    assert!(folder.has("day.html") && folder.has("day.qml") && folder.has("regions.geojson"));
}

/// The README shows what the command to try first prints.
#[test]
fn the_command_to_try_first_prints_what_the_readme_shows() {
    let readme = project_file("README.md");
    let try_first = section(&readme, "Try this first");
    let command = block(try_first, "sh").lines().find_map(|line| line.strip_prefix("patrol ")).unwrap();
    let words = command.split_whitespace().map(|word| match word {
        word if word.contains('/') => project_path(word).display().to_string(),
        word => word.to_owned(),
    });
    let run = Folder::new().run_words(words, b"");
    assert_eq!(run.ok(), block(try_first, "text"));
}

/// The table lists every command.
#[test]
fn the_table_of_commands_is_whole() {
    let readme = project_file("README.md");
    let section = section(&readme, "The program");
    let help = Folder::new().run("--help").ok();
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = commands
        .lines()
        .filter(|line| !line.starts_with("    "))
        .filter_map(|line| line.split_whitespace().next());
    let mut count = 0;
    for name in names.filter(|name| !["help", "completions", "man"].contains(name)) {
        assert!(section.contains(&format!("`{name}`")) || section.contains(&format!("`{name} ")), "{name}");
        count += 1;
    }
    assert!(count >= 13, "{help}");
}

/// Every link leads to a file, and to a heading in it where it names one.
#[test]
fn every_link_leads_somewhere() {
    let mut count = 0;
    for (path, page) in pages() {
        let folder = project_path(&path).parent().unwrap().to_owned();
        for link in links(&page) {
            let (file, anchor) = match link.split_once('#') {
                Some((file, anchor)) => (file, Some(anchor)),
                None => (link, None),
            };
            let target: PathBuf = if file.is_empty() { project_path(&path) } else { folder.join(file) };
            assert!(target.is_file(), "{path}: {link}");
            if let Some(anchor) = anchor {
                let anchors = anchors(&std::fs::read_to_string(&target).unwrap());
                assert!(anchors.iter().any(|a| a == anchor), "{path}: {link} is not among {anchors:?}");
            }
            count += 1;
        }
    }
    assert!(count >= 50, "{count}");
}

#[test]
fn the_index_lists_every_page() {
    let index = project_file("docs/README.md");
    let listed = links(&index);
    let mut count = 0;
    for (path, _) in pages() {
        if let Some(name) = path.strip_prefix("docs/").filter(|name| *name != "README.md") {
            assert!(listed.contains(&name), "{name}");
            count += 1;
        }
    }
    assert!(count >= 16, "{count}");
    assert!(links(&project_file("README.md")).contains(&"docs/README.md"));
}

/// What is Rust in a page is a doc test, if the library includes the page.
#[test]
fn pages_with_code_are_doc_tests() {
    let library = project_file("src/lib.rs");
    for (path, page) in pages().into_iter().filter(|(_, page)| page.contains("```")) {
        assert!(library.contains(&format!("include_str!(\"../{path}\")")), "{path}");
        // In a doc comment an indented line may be Rust.
        assert!(!prose(&page).iter().any(|line| line.starts_with("    ")), "{path}: an indented line");
    }
}
