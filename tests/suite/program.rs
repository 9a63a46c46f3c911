//! What the tests of the program share: the binary itself, a folder to run it in, small layers.

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::fixtures::project_path;

/// A temporary folder, which the program runs in.
pub struct Folder(tempfile::TempDir);

/// What the program did.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    /// A folder with the demonstration set: `posts.geojson`, `routes.geojson`, `incidents.geojson`.
    pub fn with_demonstration() -> Self {
        let folder = Folder::new();
        for name in ["posts.geojson", "routes.geojson", "incidents.geojson"] {
            fs::copy(demonstration(name), folder.path(name)).unwrap();
        }
        folder
    }

    /// A folder with layers of these features.
    pub fn with_layers(posts: &[String], routes: &[String], incidents: &[String]) -> Self {
        let folder = Folder::new();
        folder.write("posts.geojson", collection(posts));
        folder.write("routes.geojson", collection(routes));
        folder.write("incidents.geojson", collection(incidents));
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub fn has(&self, name: &str) -> bool {
        self.path(name).symlink_metadata().is_ok()
    }

    /// The names of all that is in it, sorted, hidden ones too.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_patrol"));
        command.current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program with the words of `line` as its arguments.
    pub fn run(&self, line: &str) -> Run {
        self.run_with(line, "")
    }

    /// The same with `input` on standard input.
    pub fn run_with(&self, line: &str, input: impl AsRef<[u8]>) -> Run {
        self.run_words(line.split_whitespace(), input.as_ref())
    }

    pub fn run_words<W: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = W>, input: &[u8]) -> Run {
        let mut command = self.command();
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        std::thread::scope(|scope| {
            // The program may end without having read it.
            scope.spawn(move || stdin.write_all(input).is_ok());
            finish(child)
        })
    }

    /// `patrol annotate` with the three layers of the folder, to `out.geojson`.
    pub fn annotate(&self, more: &str) -> Run {
        self.run(&format!("{ANNOTATE} --output out.geojson {more}"))
    }

    /// The properties of the features that `annotate` with these options gives; it must succeed.
    pub fn annotated(&self, more: &str) -> Vec<Value> {
        self.annotate(&format!("--force {more}")).ok();
        properties(&self.read("out.geojson"))
    }
}

/// `patrol annotate` with three layers, for now without an output.
pub const ANNOTATE: &str =
    "annotate --posts posts.geojson --routes routes.geojson --incidents incidents.geojson";

impl Run {
    /// Holds that it ended with 0; gives what it wrote.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.status, 0, "{}", self.err);
        self.out
    }

    /// Holds that it ended with 1, as what it wrote is not all there was; gives what it wrote.
    #[track_caller]
    pub fn in_part(self) -> String {
        assert_eq!(self.status, 1, "{}", self.err);
        self.out
    }

    /// Holds that it ended with this status, wrote no data and said something in one line that has all
    /// these words in it; gives what it said.
    #[track_caller]
    pub fn fails(self, status: i32, words: &[&str]) -> String {
        assert_eq!(self.status, status, "{}", self.err);
        assert_eq!(self.out, "");
        assert!(!self.err.is_empty());
        let said = |line: &str| words.iter().all(|word| line.contains(word));
        assert!(self.err.lines().any(said), "{words:?} in {}", self.err);
        self.err
    }
}

/// Waits for a child with piped output.
pub fn finish(child: Child) -> Run {
    let output = child.wait_with_output().unwrap();
    Run {
        status: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn demonstration(name: &str) -> PathBuf {
    project_path("data/karabakh-2020").join(name)
}

pub fn gunzip(bytes: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// The properties of the features of a collection.
pub fn properties(collection: &str) -> Vec<Value> {
    let collection = json(collection);
    assert_eq!(collection["type"], "FeatureCollection");
    let features = collection["features"].as_array().unwrap();
    features.iter().map(|feature| feature["properties"].clone()).collect()
}

pub fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

/// A feature; id, properties and geometry as JSON.
pub fn feature(id: &str, properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","id":{id},"properties":{properties},"geometry":{geometry}}}"#)
}

pub fn point(id: &str, properties: &str, lon: f64, lat: f64) -> String {
    feature(id, properties, &format!(r#"{{"type":"Point","coordinates":[{lon},{lat}]}}"#))
}

pub fn line(id: &str, properties: &str, coordinates: &str) -> String {
    feature(id, properties, &format!(r#"{{"type":"LineString","coordinates":{coordinates}}}"#))
}

pub fn multi_point(id: &str, properties: &str, coordinates: &str) -> String {
    feature(id, properties, &format!(r#"{{"type":"MultiPoint","coordinates":{coordinates}}}"#))
}

/// Holds two lengths in metres against each other, to what the contract promises: 1 mm.
#[track_caller]
pub fn assert_metres(found: &Value, expected: f64) {
    let metres = found.as_f64().unwrap_or_else(|| panic!("{found} is no number, expected {expected}"));
    assert!((metres - expected).abs() < 1e-3, "{metres}, expected {expected}");
}

/// The keys of an object, sorted.
pub fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}
