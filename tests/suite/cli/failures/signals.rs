//! Told to end: what was begun is taken away, and the status is that of the signal.

use std::os::unix::process::ExitStatusExt;

use super::held::{Held, incidents};
use crate::program::Folder;

const GEOJSON: &str = "annotate --posts posts.geojson --incidents - --output out.geojson --force";

/// Feeds half of the input, signals, and holds that nothing is left behind.
#[track_caller]
fn told_to_end(line: &str, input: &[String], begun: usize, (name, number): (&str, i32)) {
    for earlier in [false, true] {
        let folder = Folder::with_demonstration();
        if earlier {
            folder.write("out.geojson", "theirs");
        }
        let before = folder.names();
        let mut run = Held::start(&folder, line);
        run.feed(&input.concat());
        assert_eq!(folder.names().len(), before.len() + begun, "{line}: files beside");
        run.signal(name);
        let status = run.end();
        assert_eq!((status.signal(), status.code()), (Some(number), None), "{line}");
        assert_eq!(folder.names(), before, "{line}");
        assert!(!earlier || folder.read("out.geojson") == "theirs");
    }
}

/// Whether a program that the tests start takes notice of a signal: one that the tests themselves ignore, as
/// a shell has it of what runs in its background, is ignored there as well.
pub fn is_heeded(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_none_or(|mask| mask >> (signal - 1) & 1 == 0)
}

/// What a run begins with is read from the first 64 KiB; when it has taken more, both files are there.
#[test]
fn a_signal_to_end_leaves_nothing_behind() {
    let lines = incidents(2_000, true);
    assert!(is_heeded(15), "the tests run with SIGTERM ignored");
    for signal in [("-INT", 2), ("-TERM", 15)].into_iter().filter(|signal| is_heeded(signal.1)) {
        for count in [300, 1_200, 2_000] {
            for more in ["", "--threads 1"] {
                told_to_end(&format!("{GEOJSON} {more}"), &lines[..90], 1, signal);
                let rejects = format!("{GEOJSON} {more} --skip-invalid --rejects rejects.jsonl");
                told_to_end(&rejects, &lines[..count], 2, signal);
            }
        }
    }
    // Before there is anything to take away.
    told_to_end(GEOJSON, &[], 0, ("-TERM", 15));
}

#[test]
fn a_signal_to_end_leaves_nothing_of_a_table_behind() {
    let row = |i: usize| format!("{i},46.6,39.7,{}\n", "long ".repeat(400));
    let rows: Vec<String> = ["id,lon,lat,note\n".to_owned()].into_iter().chain((0..2_000).map(row)).collect();
    for output in ["out.csv", "out.geojson"] {
        let line = GEOJSON.replace("out.geojson", output) + " --input-format csv";
        let signal = if is_heeded(2) { ("-INT", 2) } else { ("-TERM", 15) };
        told_to_end(&line, &rows, 1, signal);
        told_to_end(&format!("{line} --skip-invalid --rejects rejects.jsonl"), &rows, 2, ("-TERM", 15));
    }
}

/// As `nohup` asks for it, and a shell of a program in its background.
#[test]
fn a_signal_that_is_ignored_stays_so() {
    let lines = incidents(2_000, false);
    for (name, trap) in [("-HUP", "HUP"), ("-INT", "INT")] {
        let folder = Folder::with_demonstration();
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &format!("trap '' {trap}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_patrol")]);
        let mut run = Held::of(command.current_dir(folder.path("")).args(GEOJSON.split(' ')));
        run.feed(&lines.concat());
        run.signal(name);
        run.stdin = None;
        let status = run.end();
        assert_eq!((status.signal(), status.code()), (None, Some(0)), "{trap}");
        assert!(folder.has("out.geojson"));
    }
}
