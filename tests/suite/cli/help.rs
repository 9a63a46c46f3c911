//! Help, completions and manual pages hold every option; closed pipes are no fault.

use std::io::Write;
use std::process::Stdio;

use crate::program::{Folder, finish};

const LAYERS: [&str; 10] = [
    "--posts",
    "--routes",
    "--corridors",
    "--edges",
    "--half-width",
    "--post-id",
    "--post-name",
    "--route-id",
    "--route-name",
    "-k",
];
const ANNOTATE: [&str; 18] = [
    "--incidents",
    "--output",
    "--output-format",
    "--input-format",
    "--lon-field",
    "--lat-field",
    "--max-distance",
    "--prefix",
    "--replace",
    "--skip-invalid",
    "--rejects",
    "--force",
    "--sync",
    "--provenance",
    "--threads",
    "--connectors",
    "--simplestyle",
    "--qml",
];

const ROUTE: [&str; 8] =
    ["--routes", "--route", "--edges", "--route-id", "--route-name", "--referent", "--output", "--force"];

/// What `-h` shows of a command fits on a screen, and the long help has more.
#[test]
fn short_help_fits_on_a_screen() {
    let folder = Folder::new();
    for (command, _) in options() {
        let [short, long] = ["-h", "--help"].map(|how| folder.run(&format!("{command} {how}")).ok());
        let count = short.lines().count();
        assert!(count <= 40, "{command} -h has {count} lines");
        assert!(long.lines().count() > count, "{command}");
    }
}

/// The options of the contract, by command.
fn options() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("annotate", [&LAYERS[..], &ANNOTATE[..]].concat()),
        ("nearest", [&LAYERS[..], &["--at", "--format"]].concat()),
        (
            "bulletin",
            [
                &LAYERS[..9],
                &["--incidents", "--day", "--zone", "--from", "--to", "--lang", "--format", "--output"],
                &["--far", "--time-field", "--force", "--sync"],
            ]
            .concat(),
        ),
        (
            "locate",
            [
                &LAYERS[..9],
                &[
                    "--from",
                    "--bearing",
                    "--bearing-tolerance",
                    "--distance",
                    "--north",
                    "--declination",
                    "--time",
                ],
                &[
                    "--mgrs",
                    "--utm",
                    "--dms",
                    "--at",
                    "--uncertainty",
                    "--route",
                    "--chainage",
                    "--output",
                    "--force",
                ],
            ]
            .concat(),
        ),
        (
            "fuse",
            [
                &LAYERS[..9],
                &[
                    "--incidents",
                    "--within",
                    "--time-field",
                    "--zone",
                    "--declination",
                    "--output",
                    "--force",
                ],
            ]
            .concat(),
        ),
        ("check", vec!["--as", "--format"]),
        (
            "corridors",
            vec![
                "--routes",
                "--output",
                "--output-format",
                "--caps",
                "--half-width",
                "--edges",
                "--force",
                "--sync",
                "--simplestyle",
                "--qml",
            ],
        ),
        (
            "coverage",
            [
                &LAYERS[..9],
                &[
                    "--radius",
                    "--output",
                    "--gaps",
                    "--add",
                    "--drop",
                    "--suggest",
                    "--force",
                    "--simplestyle",
                    "--qml",
                ],
            ]
            .concat(),
        ),
        (
            "beats",
            [
                &LAYERS[..9],
                &["--output", "--incidents", "--sectors", "--within", "--force", "--simplestyle", "--qml"],
            ]
            .concat(),
        ),
        (
            "hotspots",
            vec!["--routes", "--incidents", "--bandwidth", "--max-distance", "--threshold", "--top"],
        ),
        ("clusters", vec!["--incidents", "--within", "--days", "--permutations", "--seed", "--zone"]),
        ("route point", [&ROUTE[..], &["--chainage", "--offset", "--side"]].concat()),
        ("route locate", [&ROUTE[..], &["--at"]].concat()),
        ("route substring", [&ROUTE[..], &["--from", "--to"]].concat()),
        ("route marks", [&ROUTE[..], &["--every", "--ends"]].concat()),
    ]
}

fn word(text: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(inside) && !text[at + word.len()..].starts_with(inside))
}

#[test]
fn help_names_every_command_and_option() {
    let folder = Folder::new();
    let help = folder.run("--help").ok();
    for name in [
        "annotate",
        "nearest",
        "locate",
        "fuse",
        "corridors",
        "coverage",
        "beats",
        "hotspots",
        "clusters",
        "bulletin",
        "check",
        "route",
    ] {
        assert!(word(&help, name), "{name} in {help}");
    }
    assert_eq!(folder.run("--version").ok().trim(), format!("patrol {}", env!("CARGO_PKG_VERSION")));
    for (command, options) in options() {
        let help = folder.run(&format!("{command} --help")).ok();
        for option in &options {
            assert!(word(&help, option), "{option} in {help}");
        }
        // Values that can be chosen are told.
        let values: &[&str] = match command {
            "annotate" => &["planar", "geodesic", ".geojsonl", ".ndjson", ".geojsons", ".gz"],
            "bulletin" => &["en", "fa", "md", "html", "json", "csv", "Asia/Baku", "settled_with", "notify"],
            "nearest" => &["planar", "geodesic", "table", "json", "geojson"],
            "locate" => &["NNE", "magnetic", "planar", "geodesic", "11.25", "20000"],
            "fuse" => &["fused_id", "report_ids", "fused_ids", "fuse_warning", "30min", "Asia/Baku"],
            "coverage" => &["watch_radius_m", "post_ids", "from_m", "to_m", "length_m", "rank"],
            "beats" => &["post_id", "from_m", "to_m", "length_m", "area_km2"],
            "hotspots" => &["peak_density_per_km", "peak_chainage_m", "rank", "continuous", "discontinuous"],
            "clusters" => &["Asia/Baku", "999", "200,500,1000"],
            "corridors" => &["round", "flat", "square", "area_km2", "half_width_m"],
            "route point" => &["planar", "geodesic", "left", "right"],
            "route locate" | "route substring" | "route marks" => &["planar", "geodesic"],
            _ => &["posts", "routes", "incidents", "text", "json"],
        };
        assert!(values.iter().all(|value| help.contains(value)), "{help}");
    }
}

/// Every member that is written stands in the help of `annotate`.
#[test]
fn help_names_every_member() {
    let help = Folder::new().run("annotate --help").ok();
    for name in [
        "post_id",
        "post_name",
        "post_distance_m",
        "post_bearing_deg",
        "post_margin_m",
        "route_id",
        "route_name",
        "corridor",
        "route_distance_m",
        "route_chainage_m",
        "route_side",
        "route_foot_lon",
        "route_foot_lat",
        "route_margin_m",
        "in_corridor",
        "corridors",
        "location_warning",
        "post_tied_ids",
        "route_tied_ids",
        "nearest_posts",
        "nearest_routes",
        "patrol_corridor",
    ] {
        assert!(help.contains(name), "{name}");
    }
}

/// What is copied from the examples is whole, however wide the help is; and options stand under headings that are theirs.
#[test]
fn help_can_be_copied_and_is_in_order() {
    let folder = Folder::new();
    let commands = options().into_iter().map(|(command, _)| command);
    for command in commands.chain(["map", "completions", ""]) {
        let help = folder.run(&format!("{command} --help")).ok();
        let examples = help.split("Examples:\n").nth(1).unwrap_or_else(|| panic!("{help}"));
        let mut continued = false;
        for line in examples.lines().take_while(|line| !line.is_empty()) {
            assert!(continued || line.starts_with("  patrol "), "{command}: {line}");
            continued = line.ends_with('\\');
        }
        assert!(!continued, "{command}");
        let Some(headings) = help.find("\nLayers:") else { continue };
        let others = ["--force", "--sync", "--threads <N>", "--radius <M>", "--prefix <X>"];
        for option in others {
            let at = help.find(&format!(" {option}\n")).unwrap_or(0);
            assert!(at < headings, "{command}: {option} stands behind a heading that is not its own");
        }
    }
}

#[test]
fn completions_hold_every_option() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish"] {
        let text = folder.run(&format!("completions {shell}")).ok();
        for (command, options) in options() {
            assert!(command.split(' ').all(|name| text.contains(name)), "{shell}: {command}");
            for option in options {
                let found = match (shell, option.strip_prefix("--")) {
                    ("fish", Some(long)) => word(&text, &format!("-l {long}")),
                    ("fish", None) => word(&text, &format!("-s {}", &option[1..])),
                    _ => word(&text, option),
                };
                assert!(found, "{shell}: {option}");
            }
        }
    }
    assert_eq!(folder.run("completions cobol").status, 2);
}

#[test]
fn manual_pages_hold_every_option() {
    let folder = Folder::new();
    let first = folder.run("man").ok().replace('\\', "");
    assert!(
        first.contains(".TH")
            && ["annotate", "nearest", "locate", "fuse", "corridors", "check"]
                .iter()
                .all(|name| first.contains(name))
    );
    std::fs::create_dir(folder.path("man1")).unwrap();
    folder.run("man --output man1").ok();
    for (command, options) in options() {
        let page = folder
            .read(&format!("man1/patrol-{}.1", command.replace(' ', "-")))
            .replace("\\fB", " ")
            .replace("\\fR", " ")
            .replace('\\', "");
        assert!(page.contains(".TH") && page.contains(".SH"));
        for option in options {
            assert!(word(&page, option), "{option} in {page}");
        }
    }
    assert!(folder.has("man1/patrol.1"));
    let run = folder.run("man --output missing");
    run.fails(3, &["missing"]);
}

/// `patrol ... | head` ends quietly, however much is written.
#[test]
fn a_closed_pipe_is_quiet() {
    let folder = Folder::with_demonstration();
    let text = folder.read("posts.geojson");
    let bad = "{\"type\":\"Point\",\"coordinates\":[]}\n".repeat(900);
    for (line, input) in [
        ("nearest --posts - --at 46.8,40", &text),
        ("nearest --posts - --at 46.8,40 -k 27 --format geojson", &text),
        ("annotate --quiet --posts posts.geojson --incidents - --output - --output-format geojson", &text),
        ("check -", &bad),
        ("route marks --routes routes.geojson --every 1", &text),
    ] {
        let mut command = folder.command();
        command.args(line.split(' ')).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // The reader is gone before the first byte comes.
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let run = finish(child);
        assert_eq!(run.err, "", "{line}");
        assert!(run.status != 3, "{line}");
    }
}
