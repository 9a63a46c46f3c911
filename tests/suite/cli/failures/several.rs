//! Several outputs and an end at any moment: they are of one run, all of them.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};

use fastrand::Rng;
use rustix::process::{Pid, Signal, kill_process};

use crate::program::{ANNOTATE, Folder, point};

const OUTPUTS: [&str; 7] =
    ["out.geojson", "out.qml", "con.geojson", "con.qml", "regions.geojson", "regions.qml", "rejects.jsonl"];
const LINE: &str = "--output out.geojson --connectors con.geojson --regions regions.geojson --qml --skip-invalid \
                    --rejects rejects.jsonl --force --quiet";

/// A few by default, as many as the variable says.
fn rounds() -> usize {
    std::env::var("PATROL_KILL_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(12)
}

fn folder() -> Folder {
    let folder = Folder::with_demonstration();
    let features = [point("1", "{}", 46.6, 39.7), point("2", "{}", 39.7, 146.6)];
    folder.write("incidents.geojson", crate::program::collection(&features));
    folder
}

type Texts = BTreeMap<&'static str, String>;

fn texts(folder: &Folder) -> Texts {
    OUTPUTS.into_iter().filter(|name| folder.has(name)).map(|name| (name, folder.read(name))).collect()
}

fn has_journal(folder: &Folder) -> bool {
    folder.names().iter().any(|name| name.ends_with(".journal"))
}

/// Goes on until the run has come to that point, or to its end.
fn wait_for(child: &mut Child, round: usize, folder: &Folder, rng: &mut Rng) {
    let seen = |suffix: &str| folder.names().iter().any(|name| name.ends_with(suffix));
    match round % 4 {
        0 => (0..rng.usize(..3_000)).for_each(|_| std::thread::yield_now()),
        1 => while !seen(".tmp") && child.try_wait().unwrap().is_none() {},
        _ => while !seen(".journal") && child.try_wait().unwrap().is_none() {},
    }
    // A little farther.
    (0..rng.usize(..40)).for_each(|_| drop(std::hint::black_box(child.id().to_string())));
}

/// What ends the run, and whether old files are there; the folder, the files of before, and whether a signal ended it.
fn ended(signal: Signal, round: usize, rng: &mut Rng) -> (Folder, Texts, bool) {
    let folder = folder();
    if round.is_multiple_of(2) {
        OUTPUTS.iter().filter(|_| rng.u8(..4) > 0).for_each(|name| folder.write(name, format!("old {name}")));
    }
    let before = texts(&folder);
    let mut command = folder.command();
    command.args(ANNOTATE.split(' ')).args(LINE.split_whitespace()).stderr(Stdio::null());
    if round % 8 > 3 {
        command.arg("--sync");
    }
    let mut child = command.spawn().unwrap();
    wait_for(&mut child, round, &folder, rng);
    let _ = kill_process(Pid::from_child(&child), signal);
    let status = child.wait().unwrap();
    assert!(
        status.code().is_none_or(|code| code == 1) && status.signal().is_none_or(|by| by == signal.as_raw())
    );
    (folder, before, status.signal().is_some())
}

fn whole() -> Texts {
    let folder = folder();
    assert_eq!(folder.run(&format!("{ANNOTATE} {LINE}")).status, 1);
    assert_eq!(texts(&folder).len(), OUTPUTS.len());
    texts(&folder)
}

/// All of one run, and nothing beside.
#[track_caller]
fn is_of_one_run(folder: &Folder, before: &Texts, whole: &Texts) -> bool {
    let found = texts(folder);
    assert!(found == *before || found == *whole, "{:?} of {:?}", found.keys(), before.keys());
    let mut names: Vec<String> = found.keys().map(|name| (*name).to_owned()).collect();
    names.extend(["incidents.geojson", "posts.geojson", "routes.geojson"].map(str::to_owned));
    names.sort();
    assert_eq!(folder.names(), names);
    found == *whole
}

#[test]
fn a_signal_to_end_leaves_the_outputs_of_one_run() {
    let whole = whole();
    for signal in
        [Signal::INT, Signal::TERM].into_iter().filter(|signal| super::signals::is_heeded(signal.as_raw()))
    {
        let mut rng = Rng::with_seed(7);
        for round in 0..rounds() {
            let (folder, before, by_signal) = ended(signal, round, &mut rng);
            let is_new = is_of_one_run(&folder, &before, &whole);
            assert!(is_new || by_signal, "it ended by itself, and its outputs are not there");
        }
    }
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_one_completes_them() {
    let whole = whole();
    let mut rng = Rng::with_seed(9);
    let mut journals = 0;
    for round in 0..rounds() {
        let (folder, before, _) = ended(Signal::KILL, round, &mut rng);
        for (name, text) in texts(&folder) {
            assert!(before.get(name) == Some(&text) || whole[name] == text, "{name} is not whole");
        }
        let had_journal = has_journal(&folder);
        journals += usize::from(had_journal);
        // Any run into that folder.
        let run = folder.run("route marks --routes routes.geojson --output marks.geojson");
        assert_eq!(run.err.contains("interrupted run"), had_journal, "{}", run.err);
        run.ok();
        std::fs::remove_file(folder.path("marks.geojson")).unwrap();
        assert!(!has_journal(&folder));
        let found = texts(&folder);
        assert!(found == before || found == whole, "round {round}: {:?}", found.keys());
        if had_journal {
            is_of_one_run(&folder, &before, &whole);
        }
        assert_eq!(folder.run(&format!("{ANNOTATE} {LINE}")).status, 1);
        assert!(is_of_one_run(&folder, &before, &whole));
    }
    assert!(journals > 0 || rounds() < 8, "no run was killed while its outputs took their places");
}
