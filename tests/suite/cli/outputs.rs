//! Outputs of every command: what they never replace, what they keep of what they replace, names and links.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

use crate::program::{ANNOTATE, Folder, Run, finish};

/// Every command that writes, but for its output; incidents in `log.geojson`.
fn commands(incidents: &str) -> Vec<(String, &'static str)> {
    let layers = "--posts posts.geojson --routes routes.geojson";
    let read = format!("{layers} --incidents {incidents}");
    vec![
        (format!("annotate {read}"), "out.geojson"),
        (format!("fuse {read}"), "out.geojson"),
        (format!("hotspots --routes routes.geojson --incidents {incidents} --bandwidth 2000"), "out.geojson"),
        (format!("beats {read}"), "out.geojson"),
        (format!("bulletin {read} --day 2021-01-01 --zone Asia/Baku"), "out.md"),
        (format!("map {read}"), "out.svg"),
    ]
}

fn layers_alone() -> Vec<(&'static str, &'static str)> {
    vec![
        ("corridors --routes - --half-width 500", "routes.geojson"),
        ("coverage --posts - --routes routes.geojson --radius 5000", "posts.geojson"),
        ("route marks --routes -", "routes.geojson"),
        ("locate --posts - --from OP-07 --bearing NNE --distance 2km", "posts.geojson"),
    ]
}

fn folder() -> Folder {
    let folder = Folder::with_demonstration();
    fs::rename(folder.path("incidents.geojson"), folder.path("log.geojson")).unwrap();
    folder
}

fn with(folder: &Folder, line: &str, change: impl FnOnce(&mut Command)) -> Run {
    let mut command = folder.command();
    command.args(line.split_whitespace()).stdout(Stdio::piped()).stderr(Stdio::piped());
    change(&mut command);
    finish(command.spawn().unwrap())
}

const REFUSED: &str = "the output is also an input; choose another file";

#[test]
fn no_command_replaces_the_file_behind_its_standard_input() {
    let folder = folder();
    let stdin = |line: &str, name: &str| {
        let text = folder.read(name);
        let file = File::open(folder.path(name)).unwrap();
        with(&folder, line, |command| {
            command.stdin(file);
        })
        .fails(2, &[REFUSED]);
        assert_eq!(folder.read(name), text, "{line}");
    };
    for (command, output) in commands("-") {
        // Formats are told by names.
        let name = output.replace("out.", "log.");
        if name != "log.geojson" {
            fs::copy(folder.path("log.geojson"), folder.path(&name)).unwrap();
        }
        stdin(&format!("{command} --force --output {name}"), &name);
        fs::hard_link(folder.path(&name), folder.path(output)).unwrap();
        stdin(&format!("{command} --force --output {output}"), &name);
        fs::remove_file(folder.path(output)).unwrap();
        symlink(&name, folder.path(output)).unwrap();
        stdin(&format!("{command} --force --output {output}"), &name);
        fs::remove_file(folder.path(output)).unwrap();
    }
    for (command, name) in layers_alone() {
        stdin(&format!("{command} --force --output {name}"), name);
    }
    // A sidecar file, and the polygons of sectors.
    fs::copy(folder.path("routes.geojson"), folder.path("sidecar.qml")).unwrap();
    stdin("corridors --routes - --half-width 500 --force --qml --output sidecar.geojson", "sidecar.qml");
    let beats = "beats --posts posts.geojson --routes routes.geojson --sectors s.geojson --within within.geojson --force";
    folder.write("within.geojson", "{}");
    folder.run(&format!("{beats} --output within.geojson")).fails(2, &["within.geojson", REFUSED]);
}

#[test]
fn no_command_appends_to_what_it_reads() {
    let folder = folder();
    let text = folder.read("log.geojson");
    for (command, output) in commands("log.geojson") {
        let format = match output {
            "out.md" => "--format md",
            "out.svg" => "--format svg",
            _ => "--output-format geojson",
        };
        let log = File::options().append(true).open(folder.path("log.geojson")).unwrap();
        let run = with(&folder, &format!("{command} --output - {format}"), |command| {
            command.stdout(log);
        });
        assert_eq!(run.status, 2, "{command}: {}", run.err);
        assert!(run.err.contains(REFUSED), "{}", run.err);
        assert_eq!(folder.read("log.geojson"), text);
    }
}

#[test]
fn two_outputs_are_never_one_file() {
    let folder = folder();
    fs::create_dir(folder.path("sub")).unwrap();
    symlink(".", folder.path("here")).unwrap();
    symlink("none.geojson", folder.path("link.geojson")).unwrap();
    let coverage = "coverage --posts posts.geojson --routes routes.geojson --radius 5000 --force";
    let annotate = ANNOTATE.replace("incidents.geojson", "log.geojson");
    for (a, b) in [
        ("out.geojson", "./out.geojson"),
        ("out.geojson", "sub/../out.geojson"),
        ("here/out.geojson", "out.geojson"),
        ("link.geojson", "none.geojson"),
    ] {
        folder
            .run(&format!("{coverage} --output {a} --gaps {b}"))
            .fails(2, &["one file for --output and --gaps"]);
        let line = format!("{annotate} --force --output {a} --connectors {b}");
        folder.run(&line).fails(2, &["one file for --output and --connectors"]);
    }
    let log = File::create(folder.path("table.geojson")).unwrap();
    let line = format!("{annotate} --force --output - --output-format csv --connectors table.geojson");
    assert!(
        with(&folder, &line, |command| {
            command.stdout(log);
        })
        .err
        .contains("one file for")
    );
}

#[test]
fn a_pipe_with_the_name_of_a_left_over_hinders_nobody() {
    let folder = folder();
    for name in [".out.geojson.patrol-zzzzzz.tmp", ".patrol-zzzzzz.journal", ".patrol-zzzzzz.tmp"] {
        assert!(Command::new("mkfifo").arg(folder.path(name)).status().unwrap().success());
    }
    symlink("posts.geojson", folder.path(".out.geojson.patrol-yyyyyy.tmp")).unwrap();
    let before = folder.names();
    for (command, output) in commands("log.geojson") {
        folder.run(&format!("{command} --output {output}")).ok();
        fs::remove_file(folder.path(output)).unwrap();
    }
    assert_eq!(folder.names(), before);
}

#[test]
fn a_file_that_is_replaced_leaves_its_mode() {
    let folder = folder();
    for (command, output) in commands("log.geojson") {
        for mode in [0o600, 0o640, 0o444, 0o755] {
            folder.write(output, "old");
            fs::set_permissions(folder.path(output), fs::Permissions::from_mode(mode)).unwrap();
            folder.run(&format!("{command} --output {output} --force")).ok();
            let found = fs::metadata(folder.path(output)).unwrap().permissions().mode() & 0o7777;
            assert_eq!(found, mode, "{command}: {found:o}");
            fs::remove_file(folder.path(output)).unwrap();
        }
    }
}

#[test]
fn names_of_any_length_that_the_system_takes_are_written() {
    let folder = folder();
    for length in [236, 237, 239, 250, 255] {
        let name = "o".repeat(length - ".geojson".len()) + ".geojson";
        for _ in 0..2 {
            folder
                .run(&format!("corridors --routes routes.geojson --half-width 500 --force --output {name}"))
                .ok();
            assert!(folder.has(&name));
        }
        fs::remove_file(folder.path(&name)).unwrap();
    }
    let name = "ö".repeat(123) + ".geojson";
    folder.run(&format!("corridors --routes routes.geojson --half-width 500 --qml --output {name}")).ok();
    let too_long = "o".repeat(256);
    folder.run(&format!("corridors --routes no.geojson --output {too_long}.geojson")).fails(3, &[&too_long]);
    assert_eq!(folder.names().len(), 5);
}

#[test]
fn a_link_to_nothing_is_told_before_the_work_and_leads_to_its_target() {
    let folder = folder();
    symlink("sub/target.geojson", folder.path("link.geojson")).unwrap();
    // The routes are never read.
    let line = "corridors --routes missing.geojson --half-width 500 --output link.geojson";
    folder.run(line).fails(2, &["link.geojson", "a symbolic link to a file that does not exist", "--force"]);
    folder.run(&format!("{line} --force")).fails(3, &["link.geojson"]);
    fs::create_dir(folder.path("sub")).unwrap();
    let line = line.replace("missing", "routes");
    folder.run(&format!("{line} --force")).ok();
    assert!(folder.path("link.geojson").is_symlink() && folder.has("sub/target.geojson"));
    folder.run(&line).fails(2, &["link.geojson", "--force"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_table_that_cannot_be_written_leaves_no_layer() {
    let folder = folder();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let layers = "--posts posts.geojson --routes routes.geojson";
    let before = folder.names();
    for line in [
        format!("coverage {layers} --radius 5000 --gaps gaps.geojson --qml"),
        format!("beats {layers}"),
        "corridors --routes routes.geojson --half-width 500".to_owned(),
        "hotspots --routes routes.geojson --incidents log.geojson --bandwidth 2000".to_owned(),
    ] {
        let run = with(&folder, &format!("{line} --output out.geojson"), |command| {
            command.stdout(full());
        });
        assert_eq!(run.status, 3, "{line}: {}", run.err);
        assert_eq!(folder.names(), before, "{line}");
    }
    for line in ["--help", "-h", "--version", "annotate --help", "completions bash", "man"] {
        let run = with(&folder, line, |command| {
            command.stdout(full());
        });
        assert_eq!(run.status, 3, "{line}: {}", run.err);
        assert!(run.err.contains("standard output: could not write it"), "{}", run.err);
    }
}

/// Whoever has read enough of a table wants the layer all the same.
#[test]
fn a_reader_that_leaves_does_not_take_the_layer_along() {
    let folder = folder();
    let line = "coverage --posts posts.geojson --routes routes.geojson --radius 5000 --output out.geojson";
    let mut command = folder.command();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.args(line.split(' ')).stdout(writer).stderr(Stdio::piped());
    let run = finish(command.spawn().unwrap());
    assert_eq!((run.status, &*run.err), (0, ""));
    assert!(folder.has("out.geojson"));
}

#[test]
fn of_an_input_that_cannot_be_read_nothing_is_written() {
    let folder = folder();
    folder.write("a.kml", "<?xml version=\"1.0\"?>\n<kml>");
    folder.write("b.json", "{\"type\":\"FeatureCollection\",\"name\":\"b\",\"features\":[{]}");
    folder.write("c.csv", "lon,lat\n500,40\n");
    folder.write(
        "d.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"properties\":{},\
                               \"geometry\":{\"type\":\"Point\",\"coordinates\":[46,140]}}]}",
    );
    for input in ["a.kml", "b.json", "c.csv", "d.geojson"] {
        for form in ["geojson", "geojsonl", "geojsons"] {
            for threads in ["", "--threads 1"] {
                let line = ANNOTATE.replace("incidents.geojson", input);
                folder.run(&format!("{line} --output - --output-format {form} {threads}")).fails(2, &[input]);
            }
        }
    }
    // An empty collection is one.
    folder.write("e.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}");
    let line = ANNOTATE.replace("incidents.geojson", "e.geojson");
    let text = folder.run(&format!("{line} --output - --output-format geojson")).ok();
    assert_eq!(crate::program::properties(&text).len(), 0);
}
