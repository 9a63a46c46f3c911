//! What the README tells a new user to type works as it stands there.

use crate::fixtures::project_path;
use crate::program::{Folder, collection, line, properties};

/// The text of the first block of a language behind a heading.
fn block<'t>(readme: &'t str, heading: &str, language: &str) -> &'t str {
    let section = readme.split(&format!("\n## {heading}\n")).nth(1).expect(heading);
    let fence = format!("```{language}\n");
    section.split(&*fence).nth(1).and_then(|rest| rest.split("```").next()).expect(language)
}

#[test]
fn ones_own_data_are_read_by_the_commands_beside_them() {
    const OWN: &str = "With your own data";
    let readme = std::fs::read_to_string(project_path("README.md")).unwrap();
    let folder = Folder::new();
    folder.write("posts.geojson", block(&readme, OWN, "json"));
    folder.write("log.csv", block(&readme, OWN, "csv"));
    let (_, route) = readme.split_once("A route is a LineString, with `\"properties\": ").expect("the route");
    let route = route.split('`').next().unwrap();
    let coordinates = "[[38.64,-3.025],[38.76,-3.042],[38.97,-3.052]]";
    folder.write("routes.geojson", collection(&[line("\"R1\"", route, coordinates)]));
    let commands: Vec<&str> =
        block(&readme, OWN, "sh").lines().map(|line| line.split(" #").next().unwrap()).collect();
    assert_eq!(commands.len(), 4);
    for command in commands {
        folder.run(command.strip_prefix("patrol ").expect(command)).ok();
    }
    let found = properties(&folder.read("day.geojson"));
    assert_eq!((&found[0]["location_form"], &found[1]["post_id"]), (&"sector".into(), &"OP-1".into()));
    assert!(folder.read("day.md").contains("20 November 2026 (Africa/Nairobi)"));
    assert!(folder.has("day.html") && folder.has("day.qml") && folder.has("regions.geojson"));
}

/// Every command stands in the table, and every link inside leads to a heading.
#[test]
fn the_table_of_commands_is_whole() {
    let readme = std::fs::read_to_string(project_path("README.md")).unwrap();
    let section = readme.split("\n## The program\n").nth(1).unwrap().split("\n## ").next().unwrap();
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
    let anchor = |heading: &str| {
        let plain = heading.to_lowercase().replace(' ', "-");
        plain.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect::<String>()
    };
    let anchors: Vec<String> =
        readme.lines().filter_map(|line| line.strip_prefix("## ")).map(anchor).collect();
    for link in readme.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        assert!(anchors.iter().any(|anchor| anchor == link), "{link} among {anchors:?}");
    }
}
