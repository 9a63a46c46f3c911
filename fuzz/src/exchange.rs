//! Features of other formats: what must hold of them whatever the file.

use std::io::Read;
use std::path::PathBuf;

use patrol_corridor::Error;
use patrol_corridor::io::{Features, LayerKind, LayerOptions, NoProperties, Rows, Source, read_incidents};

/// Reads the features twice, and as incidents.
pub fn read(open: &dyn Fn() -> Result<Features, Error>) {
    read_text(&|| {
        let mut text = Vec::new();
        match open().map(|mut features| features.read_to_end(&mut text)) {
            Ok(Ok(_)) => Ok(text),
            Ok(Err(fault)) => Err(fault.to_string()),
            Err(error) => Err(error.to_string()),
        }
    });
}

/// The same of rows that become features.
pub fn read_rows(open: &dyn Fn() -> Result<Rows<'static>, Error>) {
    read_text(&|| {
        let mut text = Vec::new();
        match open().map(|rows| rows.into_layer(LayerKind::Incidents).0.read_to_end(&mut text)) {
            Ok(Ok(_)) => Ok(text),
            Ok(Err(fault)) => Err(fault.to_string()),
            Err(error) => Err(error.to_string()),
        }
    });
}

fn read_text(text: &dyn Fn() -> Result<Vec<u8>, String>) {
    let first = text();
    assert_eq!(first, text());
    match first {
        Err(message) => assert!(!message.contains('\n'), "{message}"),
        Ok(text) => {
            for record in text.split(|&byte| byte == 0x1E).skip(1) {
                let is_blank = record.iter().all(u8::is_ascii_whitespace);
                assert!(is_blank || serde_json::from_slice::<serde::de::IgnoredAny>(record).is_ok());
            }
            let source = Source::from_bytes("in.geojsons", text).expect("features are text");
            // Whether their coordinates are any is another matter.
            let incidents = read_incidents::<NoProperties>(&source, &LayerOptions::default());
            assert!(incidents.err().is_none_or(|error| !error.is_json()));
        }
    }
}

/// A folder of this process for inputs that are files.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(target: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("patrol-fuzz-{target}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for temporary files");
        Scratch(folder)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a temporary file");
        path
    }

    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}
