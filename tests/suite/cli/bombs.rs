//! Small files that inflate to far more: they end with a sentence, and white space costs no memory.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;

const POINT: &str =
    r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[46.8,40.0]}}"#;
const HEAD: &str = r#"{"type":"FeatureCollection","features":["#;
/// How much the text of a bomb holds.
const BYTES: usize = 80_000_000;

/// A folder of this test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("patrol-bombs-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("posts.geojson"), format!("{HEAD}{POINT}]}}")).unwrap();
    folder
}

/// Packs a beginning, many times the same, and an end.
fn bomb(path: &Path, first: &str, unit: &str, last: &str) {
    let mut packer = GzEncoder::new(fs::File::create(path).unwrap(), Compression::fast());
    packer.write_all(first.as_bytes()).unwrap();
    let block = unit.repeat((1 << 20) / unit.len());
    for _ in 0..BYTES / block.len() {
        packer.write_all(block.as_bytes()).unwrap();
    }
    packer.write_all(last.as_bytes()).unwrap();
    packer.finish().unwrap();
}

/// Runs the program with so many kilobytes of addresses.
fn run_within(kilobytes: u64, folder: &Path, arguments: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_patrol");
    let script = format!("ulimit -v {kilobytes}; exec '{program}' {arguments}");
    Command::new("sh").args(["-c", &script]).current_dir(folder).output().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn small_files_that_inflate_end_with_a_sentence() {
    let folder = folder("sentence");
    let open_string = format!("{HEAD}{{\"type\":\"Feature\",\"properties\":{{\"a\":\"");
    let readers = [
        "annotate --posts posts.geojson --incidents BOMB --output - --output-format geojson",
        "nearest --posts BOMB --at 46.8,40",
        "check BOMB",
    ];
    let tables = ["annotate --posts posts.geojson --incidents BOMB --output - --output-format csv"];
    for (name, first, unit, last, commands) in [
        ("zeros.geojson.gz", "", "\0", "", &readers[..]),
        ("string.geojson.gz", &*open_string, "x", "\"},\"geometry\":null}]}", &readers[..2]),
        ("deep.geojson.gz", &*format!("{HEAD}{{\"a\":"), "[", "", &readers[..]),
        (
            "members.geojson.gz",
            "{",
            "\"a\":1,",
            "\"type\":\"FeatureCollection\",\"features\":[]}",
            &readers[..1],
        ),
        ("commas.csv.gz", "lon,lat\n", ",", "\n", &tables[..]),
        ("header.csv.gz", "lon,lat", ",", "\n", &tables[..]),
        ("quote.csv.gz", "lon,lat,a\n46.8,40,\"", "x", "", &tables[..]),
    ] {
        bomb(&folder.join(name), first, unit, last);
        for command in commands {
            let output = run_within(524_288, &folder, &command.replace("BOMB", name));
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let told = if command.starts_with("check") { &output.stdout } else { &output.stderr };
            assert!(
                matches!(output.status.code(), Some(2 | 3)),
                "{name}, {command}: {:?} {said}",
                output.status
            );
            assert!(String::from_utf8_lossy(told).contains(name), "{name}, {command}: {said}");
            assert!(
                !said.contains("panicked") && !said.contains("damaged gzip"),
                "{name}, {command}: {said}"
            );
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn white_space_of_any_length_is_read_in_little_memory() {
    let folder = folder("space");
    let two = format!(",{POINT}]}}");
    for (name, first, unit, last, features) in [
        ("before.geojsonl.gz", "", "\n", POINT, 1),
        ("between.geojson.gz", &*format!("{HEAD}{POINT}"), " \n", &*two, 2),
        ("frame.geojson.gz", "{", "\t\n", &*format!("{}{POINT}]}}", &HEAD[1..]), 1),
        ("behind.geojson.gz", &*format!("{HEAD}{POINT}]}}"), "\n", "", 1),
        ("records.geojsons.gz", &*format!("\x1E{POINT}\n"), "\x1E\n", &*format!("\x1E{POINT}"), 2),
    ] {
        bomb(&folder.join(name), first, unit, last);
        for (command, told) in [
            ("annotate --posts posts.geojson --incidents BOMB --output - --output-format geojsonl", "read"),
            ("nearest --posts BOMB --at 46.8,40 --format json", "post_id"),
            ("check BOMB --as posts", ""),
        ] {
            // What is left by the program itself and its threads is less than the text.
            let output = run_within(230_000, &folder, &command.replace("BOMB", name));
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{name}, {command}: {:?} {said}", output.status);
            if told == "read" {
                assert!(said.contains(&format!("read {features}: exact {features}")), "{name}: {said}");
            } else {
                assert!(String::from_utf8_lossy(&output.stdout).contains(told), "{name}, {command}");
            }
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_stands_behind_long_white_space_keeps_its_line() {
    let folder = folder("lines");
    let gap = "\n".repeat(3_000_000);
    let bad = r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[46.8,140]}}"#;
    fs::write(folder.join("bad.geojson"), format!("{HEAD}{POINT},{gap}{bad}]}}")).unwrap();
    fs::write(folder.join("bad.csv"), format!("lon,lat\n1,2{gap}46.8,140\n")).unwrap();
    for (command, line) in [
        (
            "annotate --posts posts.geojson --incidents bad.geojson --output - --output-format geojson",
            3_000_001,
        ),
        ("nearest --posts bad.geojson --at 46.8,40", 3_000_001),
        ("check bad.geojson", 3_000_001),
        ("annotate --posts posts.geojson --incidents bad.csv --output - --output-format csv", 3_000_002),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_patrol"))
            .args(command.split(' '))
            .current_dir(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(2), "{command}: {said}");
        assert!(said.contains(&format!(":{line}: ")), "{command}: {said}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_value_of_any_length_is_quoted_shortly() {
    let folder = folder("long");
    let long = "x".repeat(600_000);
    fs::write(folder.join("long.csv"), format!("lon,lat,where_prec\n46.8,40,{long}\n")).unwrap();
    fs::write(folder.join("time.csv"), format!("lon,lat,observer_post\n,,{long}\n")).unwrap();
    for name in ["long.csv", "time.csv"] {
        let arguments =
            ["annotate", "--posts", "posts.geojson", "--output", "-", "--output-format", "geojson"];
        let output = Command::new(env!("CARGO_BIN_EXE_patrol"))
            .args(arguments)
            .args(["--incidents", name])
            .current_dir(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", &said[..said.len().min(500)]);
        assert!(
            said.len() < 3_000 && said.contains("xxx...") && said.contains(name),
            "{name}: {} bytes",
            said.len()
        );
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_largest_record_and_text_are_options() {
    let folder = folder("options");
    let padded = POINT.replace("{}", &format!("{{\"a\":\"{}\"}}", "x".repeat(200_000)));
    fs::write(folder.join("wide.geojson"), format!("{HEAD}{padded}]}}")).unwrap();
    for (options, told) in [
        (
            "annotate --posts posts.geojson --incidents wide.geojson --output - --output-format geojson --most-record 100kB",
            Some("--most-record"),
        ),
        (
            "annotate --posts posts.geojson --incidents wide.geojson --output - --output-format geojson --most-record 1MB",
            None,
        ),
        ("nearest --posts wide.geojson --at 46.8,40 --most-text 100kB", Some("--most-text")),
        ("nearest --posts wide.geojson --at 46.8,40 --most-text 0.3MB", None),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_patrol"))
            .args(options.split(' '))
            .current_dir(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        match told {
            None => assert!(output.status.success(), "{options}: {said}"),
            Some(option) => {
                assert_eq!(output.status.code(), Some(2), "{options}: {said}");
                assert!(
                    said.contains("larger than 100000 bytes") && said.contains(option),
                    "{options}: {said}"
                );
            }
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_small_file_of_many_good_incidents_does_not_fill_the_disk() {
    let folder = folder("many");
    let line = format!("{POINT}\n");
    for (name, first, unit) in [("rows.csv.gz", "lon,lat\n", "46.8,40\n"), ("lines.geojsonl.gz", "", &*line)]
    {
        bomb(&folder.join(name), first, unit, "");
        let command = "annotate --posts posts.geojson --output out.csv --most-inflated 10MB";
        let output = Command::new(env!("CARGO_BIN_EXE_patrol"))
            .args(command.split(' '))
            .args(["--incidents", name])
            .current_dir(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(
            said.contains(name) && said.contains("over 10 MB") && said.contains("--most-inflated"),
            "{said}"
        );
        assert!(!folder.join("out.csv").exists(), "{name}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// What surrounds the features is put together once more to look for a CRS.
#[test]
#[cfg(target_os = "linux")]
fn members_around_no_features_end_with_a_sentence_in_a_table_too() {
    let folder = folder("around");
    let path = folder.join("members.geojson.gz");
    let mut packer = GzEncoder::new(fs::File::create(&path).unwrap(), Compression::fast());
    packer.write_all(b"{\"type\":\"FeatureCollection\",").unwrap();
    let block = "\"a\":1,".repeat((1 << 22) / 6);
    for _ in 0..16 {
        packer.write_all(block.as_bytes()).unwrap();
    }
    packer.write_all(b"\"features\":[]}").unwrap();
    packer.finish().unwrap();
    for kilobytes in [400_000, 450_000, 524_288, 600_000] {
        let arguments =
            "annotate --posts posts.geojson --incidents members.geojson.gz --output out.csv --force";
        let output = run_within(kilobytes, &folder, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 2 | 3)), "{kilobytes}: {:?} {said}", output.status);
    }
    fs::remove_dir_all(&folder).unwrap();
}
