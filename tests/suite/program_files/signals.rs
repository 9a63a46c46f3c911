//!

use std::process::Stdio;

use super::MIXED;
use crate::program::Folder;

/// Told to end while it waits for its input, a run takes away what it had begun, and ends by that signal.
#[cfg(unix)]
#[test]
fn a_signal_to_end_leaves_nothing_behind() {
    use std::io::Write;
    use std::os::unix::process::ExitStatusExt;
    for (name, number) in [("-INT", 2), ("-TERM", 15)] {
        let folder = Folder::with_demonstration();
        let before = folder.names();
        let mut child = folder
            .command()
            .args("annotate --posts posts.geojson --incidents - --output out.geojsonl --threads 2".split(' '))
            .args(["--skip-invalid", "--rejects", "rejects.jsonl"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(format!("{}\n{}\n", MIXED[0], MIXED[1]).as_bytes()).unwrap();
        let since = std::time::Instant::now();
        while folder.names().len() < before.len() + 2 && since.elapsed().as_secs() < 20 {
            std::thread::yield_now();
            // The text is known for what it is once there is more of it than a first look takes.
            input.write_all(format!("{}\n", MIXED[0]).as_bytes()).unwrap();
        }
        // Both files beside are there; the second is watched a moment after it appears.
        std::thread::sleep(std::time::Duration::from_millis(50));
        let id = child.id().to_string();
        assert!(std::process::Command::new("kill").args([name, &id]).status().unwrap().success());
        let status = child.wait().unwrap();
        assert_eq!((status.signal(), status.code()), (Some(number), None));
        assert_eq!(folder.names(), before);
    }
}
