//! No room for what is written, or nobody who reads it.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};

use super::held::{Held, incidents};
use crate::program::{ANNOTATE, Folder, collection, finish, point};

/// `patrol` with these arguments under a limit on the size of each file it writes, of some KB; by default
/// that limit ends a program by SIGXFSZ, and where that is ignored writing fails.
fn limited(folder: &Folder, signal: &str, line: &str) -> (ExitStatus, String) {
    let script = format!("{signal}ulimit -c 0; ulimit -f 8; exec \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_patrol")]).args(line.split_whitespace());
    let mut run = Held::of(command.current_dir(folder.path("")));
    run.stdin = None;
    (run.end(), run.said())
}

const IGNORED: &str = "trap '' XFSZ; ";

/// Small layers that overflow at the end only, when buffers are emptied, and large ones.
fn layers() -> Folder {
    let folder = Folder::with_demonstration();
    folder.write("small.geojsonl", incidents(10, false).concat());
    folder.write("large.geojsonl", incidents(1_000, false).concat());
    folder.write("bad.geojsonl", incidents(1, false).concat() + &incidents(200, true)[99].repeat(20));
    let row = |i: usize| format!("{i},46.6,39.7,{}\n", "long ".repeat(100));
    folder.write("rows.csv", "id,lon,lat,note\n".to_owned() + &(0..1_000).map(row).collect::<String>());
    folder
}

#[test]
fn a_file_that_may_not_grow_so_large_is_status_3_and_leaves_nothing() {
    for (input, output) in [
        ("small.geojsonl", "out.geojson"),
        ("large.geojsonl", "out.geojson"),
        ("large.geojsonl", "out.geojsonl"),
        ("large.geojsonl", "out.geojsonl.gz"),
        ("large.geojsonl", "out.csv"),
        ("rows.csv", "out.csv"),
        ("rows.csv", "out.geojson"),
    ] {
        let folder = layers();
        for earlier in [false, true] {
            if earlier {
                folder.write(output, "theirs");
            }
            let before = folder.names();
            let line = ANNOTATE.replace("incidents.geojson", input) + " --output " + output;
            let (status, said) = limited(&folder, IGNORED, &format!("{line} --force"));
            assert_eq!(status.code(), Some(3), "{input} {output}: {said}");
            assert!(said.starts_with(&format!("patrol: {output}: could not write")), "{said}");
            assert_eq!(said.lines().count(), 1, "{said}");
            assert_eq!(folder.names(), before, "{input} {output}");
            assert!(!earlier || folder.read(output) == "theirs");
        }
    }
}

#[test]
fn the_limit_of_file_sizes_does_not_end_the_program_by_its_signal() {
    let folder = layers();
    let before = folder.names();
    let line = ANNOTATE.replace("incidents.geojson", "large.geojsonl") + " --output out.geojson";
    let (status, said) = limited(&folder, "", &line);
    assert_eq!((status.code(), status.signal()), (Some(3), None), "{said}");
    assert_eq!(folder.names(), before);
}

/// The output lacks what was to go among the rejects: it must not stand there without them.
#[test]
fn without_room_for_the_rejects_there_is_no_output() {
    let folder = layers();
    let line =
        ANNOTATE.replace("incidents.geojson", "bad.geojsonl") + " --output out.geojsonl --skip-invalid";
    let before = folder.names();
    let (status, said) = limited(&folder, IGNORED, &format!("{line} --rejects rejects.jsonl"));
    assert_eq!(status.code(), Some(3), "{said}");
    assert!(said.contains("patrol: rejects.jsonl: could not write"), "{said}");
    assert_eq!(folder.names(), before);
}

/// A disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_status_3() {
    let folder = layers();
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    let mut lines = vec!["nearest --posts posts.geojson --at 46.6,39.7".to_owned()];
    for input in ["small.geojsonl", "large.geojsonl", "rows.csv"] {
        for form in ["geojson", "geojsonl", "csv"] {
            let line = ANNOTATE.replace("incidents.geojson", input);
            lines.push(format!("{line} --output - --output-format {form}"));
        }
    }
    for line in lines {
        let mut command = folder.command();
        command.args(line.split(' ')).stdout(full()).stderr(Stdio::piped());
        let run = finish(command.spawn().unwrap());
        assert_eq!(run.status, 3, "{line}: {}", run.err);
        let names =
            ["patrol: could not write standard output: ", "patrol: standard output: could not write "];
        assert!(names.iter().any(|name| run.err.starts_with(name)), "{line}: {}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{line}: {}", run.err);
    }
    // Where much is written, too.
    folder.write("incidents.geojson", collection(&vec![point("1", "{}", 46.6, 39.7); 2000]));
    let run = folder.run(&format!("{ANNOTATE} --output /dev/full --output-format geojsonl --force"));
    run.fails(3, &["/dev/full"]);
}

/// `patrol annotate ... | head -1`: no fault, and nothing is said; rejects that are not whole do not appear.
#[test]
fn a_reader_that_leaves_in_the_middle_ends_it_quietly() {
    let folder = layers();
    folder.write("mixed.geojsonl", incidents(1_000, true).concat());
    let before = folder.names();
    for (input, more) in [
        ("large.geojsonl", "geojson"),
        ("large.geojsonl", "geojsonl --threads 1"),
        ("large.geojsonl", "csv"),
        ("rows.csv", "csv"),
        ("rows.csv", "geojsons"),
        ("mixed.geojsonl", "geojsonl --skip-invalid --rejects rejects.jsonl"),
    ] {
        let line = ANNOTATE.replace("incidents.geojson", input);
        let mut run = Held::start(&folder, &format!("{line} --output - --output-format {more}"));
        run.first_output();
        run.stdout = None;
        assert_eq!(run.said(), "", "{input} {more}");
        assert_eq!(run.end().code(), Some(0), "{input} {more}");
        assert_eq!(folder.names(), before);
    }
}
