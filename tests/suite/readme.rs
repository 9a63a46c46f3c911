//! What the README and the pages of `docs/` tell a new user to type works as written.

use crate::fixtures::{project_file, project_path};
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

/// Every command stands in the table.
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
