//! Features of other formats: what must hold of them whatever the file.

use std::io::Read;

use patrol_corridor::Error;
use patrol_corridor::io::{Features, LayerOptions, NoProperties, Source, read_incidents};

/// Reads the features twice, and as incidents.
pub fn read(open: &dyn Fn() -> Result<Features, Error>) {
    let text = || {
        let mut text = Vec::new();
        match open().map(|mut features| features.read_to_end(&mut text)) {
            Ok(Ok(_)) => Ok(text),
            Ok(Err(fault)) => Err(fault.to_string()),
            Err(error) => Err(error.to_string()),
        }
    };
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
