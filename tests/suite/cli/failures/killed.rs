//! Killed at any moment: the output is whole or not there, and the next run is not hindered.

use std::io::Read;
use std::process::Command;

use super::held::{Held, incidents, is_beside};
use crate::program::{ANNOTATE, Folder, collection, point, properties};

/// Moments: before anything is read, after each of twenty parts of the input, at the end of the input, and
/// when the program has said that it is done.
#[test]
fn whenever_a_run_is_killed_the_output_is_whole_or_absent() {
    const PARTS: usize = 20;
    let lines = incidents(2_500, true);
    let text = lines.concat();
    let line = "annotate --posts posts.geojson --routes routes.geojson --incidents - --output out.geojson --force \
                --skip-invalid --rejects rejects.jsonl";
    let expected = {
        let folder = Folder::with_demonstration();
        assert_eq!(folder.run_with(line, &text).status, 1);
        (folder.read("out.geojson"), folder.read("rejects.jsonl"))
    };
    assert_eq!((properties(&expected.0).len(), expected.1.lines().count()), (2_475, 25));
    let (mut begun, mut whole) = (0, 0);
    for moment in 0..=PARTS + 2 {
        let folder = Folder::with_demonstration();
        let earlier = moment % 3 == 1;
        if earlier {
            folder.write("out.geojson", "theirs");
        }
        let before = folder.names();
        let mut run = Held::start(&folder, &format!("{line} --threads {}", 1 + moment % 2));
        for part in lines.chunks(lines.len() / PARTS).take(moment) {
            run.feed(&part.concat());
        }
        if moment > PARTS {
            run.stdin = None;
        }
        if moment > PARTS + 1 {
            // What it warns of comes before; its sums are the last that it says.
            let (stderr, mut said, mut byte) = (run.stderr.as_mut().unwrap(), Vec::new(), [0]);
            while !said.ends_with(b"rejected 25") {
                assert_eq!(stderr.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&said));
                said.push(byte[0]);
            }
        }
        run.child.kill().unwrap();
        run.end();

        let left: Vec<String> = folder.names().into_iter().filter(|name| !before.contains(name)).collect();
        begun += usize::from(left.iter().any(|name| is_beside(name, "out.geojson")));
        for name in &left {
            let known = is_beside(name, "out.geojson") || is_beside(name, "rejects.jsonl");
            assert!(known || ["out.geojson", "rejects.jsonl"].contains(&&**name), "{moment}: {name}");
        }
        if folder.has("out.geojson") && folder.read("out.geojson") != "theirs" {
            assert!(moment > PARTS, "{moment}: its input had not ended");
            assert!(folder.read("out.geojson") == expected.0, "{moment}: another output");
            assert!(folder.has("rejects.jsonl"), "{moment}: an output without its rejects");
            whole += 1;
        } else {
            assert_eq!(folder.has("out.geojson"), earlier, "{moment}: what was there has gone");
            assert!(moment < PARTS + 2, "it said that it was done");
        }
        if folder.has("rejects.jsonl") {
            assert!(folder.read("rejects.jsonl") == expected.1, "{moment}: other rejects");
        }

        // The next run succeeds, and takes away what is left.
        assert_eq!(folder.run_with(line, &text).status, 1, "{moment}");
        assert!(folder.read("out.geojson") == expected.0, "{moment}: another output afterwards");
        assert!(folder.read("rejects.jsonl") == expected.1, "{moment}: other rejects afterwards");
        let mut after = Folder::with_demonstration().names();
        after.extend(["out.geojson".to_owned(), "rejects.jsonl".to_owned()]);
        after.sort();
        assert_eq!(folder.names(), after, "{moment}");
    }
    assert!(begun > 10 && whole > 0, "killed in the middle {begun} times, behind the end {whole} times");
}

/// The run is killed while it waits for someone to read on in its rejects.
#[test]
fn what_a_killed_run_left_is_cleaned_up() {
    let folder = Folder::with_demonstration();
    assert!(Command::new("mkfifo").arg(folder.path("rejects")).status().unwrap().success());
    folder.write("incidents.geojson", collection(&vec![point("1", "{}", 39.7, 146.6); 3000]));
    let before = folder.names();
    let mut run = Held::start(
        &folder,
        &format!("{ANNOTATE} --output out.geojson --skip-invalid --rejects rejects --force"),
    );
    // Reads one byte of them, then holds the pipe open.
    let mut reader = Command::new("sh");
    let mut reader =
        Held::of(reader.args(["-c", "exec 3<rejects; head -c 1 <&3; read x"]).current_dir(folder.path("")));
    assert_eq!(reader.first_output(), b"{");
    assert!(run.child.try_wait().unwrap().is_none(), "it has nobody to take its rejects");
    run.child.kill().unwrap();
    run.end();
    drop(reader);
    let mut left = folder.names();
    left.retain(|name| !before.contains(name));
    assert!(left.len() == 1 && is_beside(&left[0], "out.geojson"), "{left:?}");
    folder.write("incidents.geojson", collection(&[point("1", "{}", 46.6, 39.7)]));
    folder.annotate("").ok();
    assert!(!folder.has(&left[0]));
    assert_eq!(properties(&folder.read("out.geojson")).len(), 1);
}
