//! `patrol.toml`, `patrol day` and the files to fill in.

use crate::program::{Folder, json};

fn with_project(lines: &str) -> Folder {
    let folder = Folder::with_demonstration();
    folder.write(
        "patrol.toml",
        format!("posts = \"posts.geojson\"\nroutes = \"routes.geojson\"\nzone = \"Asia/Baku\"\n{lines}"),
    );
    folder
}

#[test]
fn options_come_from_the_project_file_and_are_said() {
    let folder = with_project("");
    let run = folder.run("nearest --at 46.81,40.07");
    assert!(run.status == 0 && run.out.contains("OP-21") && run.out.contains("R4"), "{}", run.err);
    assert!(
        run.err.contains("--posts, --routes, --zone of ") && run.err.contains("patrol.toml"),
        "{}",
        run.err
    );
    // From a folder below.
    std::fs::create_dir(folder.path("below")).unwrap();
    let mut command = folder.command();
    let out =
        command.args(["nearest", "--at", "46.81,40.07"]).current_dir(folder.path("below")).output().unwrap();
    assert!(String::from_utf8_lossy(&out.stdout).contains("OP-21"));
    // What is typed counts first, and --no-project takes nothing.
    folder.write(
        "other.geojson",
        r#"{"type":"Feature","id":"X","properties":{},"geometry":{"type":"Point","coordinates":[46.8,40]}}"#,
    );
    assert!(folder.run("nearest --at 46.81,40.07 --posts other.geojson").out.contains('X'));
    folder.run("nearest --at 46.81,40.07 --no-project").fails(2, &["--posts"]);
    folder.write("mine.toml", "posts = \"other.geojson\"\n");
    assert!(folder.run("nearest --at 46.81,40.07 --project mine.toml").out.contains('X'));
}

#[test]
fn a_project_file_that_is_wrong_says_where() {
    for (lines, words) in [
        ("colour = \"red\"\n", ["unknown field `colour`", "patrol.toml"]),
        ("lang = 3\n", ["line 4", "invalid type"]),
        ("output = \"../elsewhere\"\n", ["`output` is a folder within", "patrol.toml"]),
        ("output = \"/tmp\"\n", ["`output` is a folder within", "patrol.toml"]),
        ("[field]\ncolour = \"Farbe\"\n", ["the field `colour`, which is not read", "killed"]),
    ] {
        let folder = with_project(lines);
        let run = folder.run("bulletin --incidents incidents.geojson --output out.md");
        run.fails(2, &words);
    }
}

#[test]
fn a_day_is_one_command_and_one_set_of_files() {
    let folder = with_project("output = \"days\"\n");
    let run = folder.run("day incidents.geojson");
    assert_eq!(run.status, 0, "{}", run.err);
    let names =
        ["bulletin.json", "bulletin.md", "bulletin.html", "map.html", "annotated.geojson", "regions.geojson"];
    for name in names {
        assert!(folder.has(&format!("days/2021-01-01/{name}")), "{name}: {}", run.err);
    }
    assert!(!folder.has("days/2021-01-01/rejects.jsonl"));
    // What others put there stays.
    folder.write("days/2021-01-01/notes.txt", "ours");
    let log = folder.read("incidents.geojson").replacen("\"wounded\":1", "\"wounded\":4", 1);
    folder.write("incidents.geojson", log.replacen("\"wounded\": 1", "\"wounded\": 4", 1));
    let run = folder.run("day incidents.geojson --day 2021-01-01");
    assert!(run.err.contains("replaced: wounded 1 before, 4 now"), "{}", run.err);
    assert_eq!(json(&folder.read("days/2021-01-01/bulletin.json"))["totals"]["wounded"], 4);
    assert_eq!(folder.read("days/2021-01-01/notes.txt"), "ours");
}

#[test]
fn rows_that_cannot_be_read_are_kept_beside_the_products() {
    let folder = with_project("");
    folder.write("log.csv", "id,time,lon,lat\n1,2026-11-20 06:10,46.8,40.07\n2,2026-11-20 07:00,46.8,140\n");
    let run = folder.run("day log.csv --out .");
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(folder.read("2026-11-20/rejects.jsonl").contains("latitude 140 is out of range"));
}

#[test]
fn a_dry_run_writes_nothing_and_a_failed_one_neither() {
    let folder = with_project("output = \"days\"\n");
    let before = folder.names();
    let run = folder.run("day incidents.geojson --dry-run");
    assert!(run.status == 0 && run.err.contains("nothing was written; "), "{}", run.err);
    folder.run("day none.geojson").fails(3, &["none.geojson"]);
    folder.run("day incidents.geojson --zone Nowhere/At_All").fails(2, &["Nowhere/At_All"]);
    assert_eq!(folder.names(), before);
}

#[test]
fn what_is_to_be_filled_in_can_be_used_as_it_is() {
    let folder = Folder::new();
    folder.run("project init").ok();
    folder.run("project init").fails(2, &["patrol.toml", "exists"]);
    for (what, name) in [("posts", "posts.geojson"), ("routes", "routes.geojson"), ("log", "log.csv")] {
        folder.run(&format!("new {what} --output {name}")).ok();
    }
    assert_eq!(folder.run("check posts.geojson --as posts").ok(), "");
    assert_eq!(folder.run("check routes.geojson --as routes").ok(), "");
    let commented = folder.read("patrol.toml");
    let used = ["posts", "routes", "zone", "output"]
        .iter()
        .fold(commented, |text, key| text.replacen(&format!("#{key} ="), &format!("{key} ="), 1));
    folder.write("patrol.toml", used);
    assert!(folder.run("project check").ok().contains("--zone Asia/Baku"));
    let run = folder.run("day log.csv");
    assert!(run.status == 0 && run.err.contains("read 3: exact 1, in a region 1"), "{}", run.err);
    assert!(folder.has("days/2026-11-20/bulletin.html"));
}

#[test]
fn a_day_never_replaces_what_it_reads() {
    let folder = with_project("");
    std::fs::create_dir_all(folder.path("out/2021-01-01")).unwrap();
    let log = folder.read("incidents.geojson");
    folder.write("out/2021-01-01/annotated.geojson", &log);
    folder
        .run("day out/2021-01-01/annotated.geojson --out out")
        .fails(2, &["annotated.geojson", "the output is also an input"]);
    assert_eq!(folder.read("out/2021-01-01/annotated.geojson"), log);
    folder.write("out/2021-01-01/regions.geojson", folder.read("posts.geojson"));
    folder
        .run("day incidents.geojson --out out --posts out/2021-01-01/regions.geojson")
        .fails(2, &["regions.geojson", "the output is also an input"]);
    assert_eq!(folder.read("out/2021-01-01/regions.geojson"), folder.read("posts.geojson"));
    folder.run("day -").fails(2, &["name a file"]);
    // Figures of something else are replaced.
    folder.write("out/2021-01-01/bulletin.json", "");
    folder.run("day incidents.geojson --out out").ok();
    assert!(json(&folder.read("out/2021-01-01/bulletin.json"))["totals"].is_object());
}

#[test]
fn a_log_with_columns_of_answers_has_its_day() {
    let folder = with_project("");
    folder.write("log.csv", "id,time,route_id,chainage_m\n1,2026-11-20T06:10Z,R1,km 12.4\n");
    let run = folder.run("day log.csv --out out");
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(folder.read("out/2026-11-20/annotated.geojson").contains("\"nearest_route_id\":\"R1\""));
}

#[test]
fn what_is_typed_counts_first() {
    let folder = with_project(
        "profile = \"names.txt\"\n[field]\nlongitude = \"lat\"\nlatitude = \"lon\"\nkilled = \"Nope\"\n",
    );
    folder.write("names.txt", "type = Kind\n");
    folder.write("log.csv", "id,time,lon,lat,Dead,Kind\n1,2026-11-20,46.8,40.07,3,shots\n");
    std::fs::create_dir(folder.path("below")).unwrap();
    let typed = "bulletin --incidents ../log.csv --day 2026-11-20 --output out.json --field lon=lon --lat-field lat \
                 --field killed=Dead";
    let mut command = folder.command();
    let run = command.args(typed.split_whitespace()).current_dir(folder.path("below")).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let bulletin = json(&folder.read("below/out.json"));
    assert_eq!(
        (&bulletin["totals"]["killed"], &bulletin["totals"]["located"]),
        (&json("3"), &json("1")),
        "{bulletin}"
    );
    // Options go before `--`, and others may be before the command.
    folder.run("--most-record 1MB nearest --at 46.81,40.07").ok();
    folder.run("corridors --output corridors.geojson").ok();
    folder.run("day --out days -- incidents.geojson --").fails(2, &["--"]);
    folder.run("day --out days --field killed=killed --lon-field x").fails(2, &["--lon-field"]);
}

#[test]
fn the_environment_counts_before_the_project_file_and_behind_what_is_typed() {
    let folder = with_project("");
    folder.write("log.csv", "id,time,lon,lat\n1,2026-11-20T23:00Z,46.8,40.07\n");
    let day = |typed: &[&str]| {
        let mut command = folder.command();
        command.args(["bulletin", "--incidents", "log.csv", "--output", "out.json", "--force"]).args(typed);
        let run = command.env("PATROL_ZONE", "UTC").output().unwrap();
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.success(), "{said}");
        (json(&folder.read("out.json"))["period"]["day"].clone(), said)
    };
    let (of_environment, said) = day(&[]);
    assert_eq!(of_environment, "2026-11-20");
    assert!(said.contains("patrol: --zone of the environment"), "{said}");
    assert_eq!(day(&["--zone", "Asia/Baku"]).0, "2026-11-21");
    assert_eq!(day(&["--no-project", "--posts", "posts.geojson"]).0, "2026-11-20");
}

#[test]
fn a_day_of_other_logs_leaves_no_layers_of_earlier_ones() {
    let folder = with_project("");
    let row = |id: &str| format!("id,time,lon,lat\n{id},2026-11-20T06:10Z,46.8,40.07\n");
    folder.write("n1.csv", row("1"));
    folder.write("n2.csv", row("2"));
    folder.run("day n?.csv --out out").ok();
    assert!(
        folder.has("out/2026-11-20/annotated-n1.geojson") && folder.has("out/2026-11-20/regions-n2.geojson")
    );
    folder.write("out/2026-11-20/annotated-notes.txt", "ours");
    let run = folder.run("day n1.csv --out out");
    assert!(run.err.contains("of an earlier run with other logs"), "{}", run.err);
    assert!(
        !folder.has("out/2026-11-20/annotated-n1.geojson") && folder.has("out/2026-11-20/annotated.geojson")
    );
    assert_eq!(folder.read("out/2026-11-20/annotated-notes.txt"), "ours");
    // The project file that a run reads is no output of it, and a file that is named twice is read once.
    let project = folder.read("patrol.toml");
    let line = "bulletin --incidents n1.csv --incidents n1.csv --output out.json --force";
    folder
        .run(&format!("{line} --summary patrol.toml"))
        .fails(2, &["patrol.toml: the output is also an input"]);
    assert_eq!(folder.read("patrol.toml"), project);
    let run = folder.run(line);
    assert!(run.status == 0 && run.err.contains("named twice, and read once"), "{}", run.err);
    assert_eq!(json(&folder.read("out.json"))["totals"]["incidents"], 1);
}
