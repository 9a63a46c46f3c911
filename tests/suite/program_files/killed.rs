//!

use std::fs;
use std::process::Stdio;

use super::MIXED;
use crate::program::{ANNOTATE, Folder, collection, properties};

/// The run is killed while it waits for someone to read its rejects.
#[cfg(unix)]
#[test]
fn what_a_killed_run_left_is_cleaned_up() {
    let folder = Folder::with_demonstration();
    let pipe = folder.path("rejects");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    folder.write("incidents.geojson", collection(&vec![MIXED[1].to_owned(); 3000]));
    let before = folder.names();
    let mut child = folder
        .command()
        .args(ANNOTATE.split(' '))
        .args(["--output", "out.geojson", "--skip-invalid", "--rejects", "rejects"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let reader = fs::File::open(&pipe).unwrap();
    let since = std::time::Instant::now();
    while folder.names() == before && since.elapsed().as_secs() < 10 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(child.try_wait().unwrap().is_none(), "it has nobody to take its rejects");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(reader);
    let left = folder.names();
    assert!(left.len() > before.len() && !folder.has("out.geojson"), "{left:?}");
    folder.write("incidents.geojson", collection(&[MIXED[0].to_owned()]));
    let run = folder.annotate("");
    let told = run.err.clone();
    run.ok();
    // Cleaned up, or named.
    let stale = left.iter().find(|name| !before.contains(name)).unwrap();
    assert!(!folder.has(stale) || told.contains(stale), "{stale}: {told}");
    assert_eq!(properties(&folder.read("out.geojson")).len(), 1);
}
