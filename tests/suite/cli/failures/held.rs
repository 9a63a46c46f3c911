//! The program in the hands of a test: its pipes, how far it has got, how it ends.

use std::io::{Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::program::{Folder, point};

/// Ends a child that hangs, so that whoever waits for it or for its pipes goes on.
struct Watchdog(#[expect(dead_code, reason = "dropped, it tells the thread that all is well")] Sender<()>);

impl Watchdog {
    fn of(child: &Child) -> Self {
        const LONGEST: Duration = Duration::from_secs(120);
        let (alive, gone) = channel::<()>();
        let id = child.id().to_string();
        std::thread::spawn(move || {
            if gone.recv_timeout(LONGEST) == Err(RecvTimeoutError::Timeout) {
                let _ = Command::new("kill").args(["-KILL", &id]).status();
            }
        });
        Watchdog(alive)
    }
}

/// A run of the program with its pipes in the hands of the test.
pub struct Held {
    pub child: Child,
    pub stdin: Option<ChildStdin>,
    pub stdout: Option<ChildStdout>,
    pub stderr: Option<ChildStderr>,
    _watchdog: Watchdog,
}

impl Held {
    pub fn start(folder: &Folder, line: &str) -> Self {
        Self::of(folder.command().args(line.split_whitespace()))
    }

    pub fn of(command: &mut Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let _watchdog = Watchdog::of(&child);
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        Held { child, stdin, stdout, stderr, _watchdog }
    }

    /// Gives it more input, and comes back when the program or the pipe has taken all of it.
    #[track_caller]
    pub fn feed(&mut self, text: &str) {
        self.stdin.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
    }

    /// Waits until it has written something to standard output, and gives a part of that.
    pub fn first_output(&mut self) -> Vec<u8> {
        let mut part = vec![0; 512];
        let length = self.stdout.as_mut().unwrap().read(&mut part).unwrap();
        assert!(length > 0, "it ended without a word: {}", self.said());
        part.truncate(length);
        part
    }

    /// The rest of what it writes to standard output.
    pub fn output(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        self.stdout.as_mut().unwrap().read_to_end(&mut rest).unwrap();
        rest
    }

    /// The rest of what it says on standard error.
    pub fn said(&mut self) -> String {
        let mut rest = String::new();
        self.stderr.as_mut().unwrap().read_to_string(&mut rest).unwrap();
        rest
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    pub fn end(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Of a test that has failed: nobody is left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Incidents of 2 KB, a line each; every hundredth is bad where that is wanted.
pub fn incidents(count: usize, some_bad: bool) -> Vec<String> {
    let note = "long ".repeat(380);
    (0..count)
        .map(|i| {
            let lat = if some_bad && i % 100 == 99 { 139.7 } else { 39.4 + 0.9 * (i as f64 / count as f64) };
            point(&i.to_string(), &format!("{{\"note\":\"{note}{i}\"}}"), 46.6, lat) + "\n"
        })
        .collect()
}

/// True of the name of a file beside that output, which no reader takes for the output.
pub fn is_beside(name: &str, output: &str) -> bool {
    name.starts_with(&format!(".{output}.patrol-")) && name.ends_with(".tmp")
}
