//! The files of `patrol annotate`: none is read and written at once.

use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::is_same_file;

use super::Args;
use crate::layers::is_standard;

impl Args {
    /// No file is read and written at once, and standard input is read once.
    pub(super) fn check_files(&self) -> Result<(), Error> {
        let regions = self.reports.regions.as_ref();
        let classes = self.reports.sightings.precision_classes.as_ref();
        let inputs: Vec<&PathBuf> = self.layers.files().chain([&self.incidents]).chain(classes).collect();
        if inputs.iter().filter(|path| is_standard(path)).count() > 1 {
            return Err(Error::argument("found `-` for more than one input, expected it once at most"));
        }
        let connectors = self.drawn.connectors.as_ref();
        let outputs = [
            ("--rejects", self.rejects.as_ref()),
            ("--regions", regions),
            ("--connectors", connectors),
            ("--output", Some(&self.output)),
        ];
        let layers: Vec<&Path> =
            [regions, connectors, Some(&self.output)].into_iter().flatten().map(PathBuf::as_path).collect();
        let styles = self.drawn.style.paths(&layers)?;
        if let (false, Some(path)) = (self.force, styles.iter().find(|path| path.is_file())) {
            let message = "the file exists: use --force to replace it";
            return Err(Error::argument(message).in_file(path.display().to_string()));
        }
        let outputs: Vec<_> = outputs.into_iter().filter_map(|(name, path)| Some((name, path?))).collect();
        let outputs: Vec<_> = styles.iter().map(|path| ("--qml", path)).chain(outputs).collect();
        for (_, written) in &outputs {
            if inputs.iter().any(|input| is_read_from(input, written)) {
                let message =
                    "found an input as the output, expected another file: an input is never replaced";
                return Err(Error::argument(message).in_file(written.display().to_string()));
            }
        }
        for (at, (name, path)) in outputs.iter().enumerate() {
            let same = |(_, other): &&(_, &PathBuf)| path == other || is_same_file(path, other);
            if let Some((other, _)) = outputs[at + 1..].iter().rev().find(same) {
                return Err(Error::argument(format!("found one file for {other} and {name}, expected two")));
            }
        }
        Ok(())
    }
}

/// True where the input is read from this file: by its name, or as standard input that is taken from it.
fn is_read_from(input: &Path, written: &Path) -> bool {
    if !is_standard(input) {
        return is_same_file(input, written);
    }
    // Only a file can be lost; there is no such name where it is not known.
    let stdin = Path::new("/dev/stdin");
    stdin.metadata().is_ok_and(|found| found.is_file()) && is_same_file(stdin, written)
}
