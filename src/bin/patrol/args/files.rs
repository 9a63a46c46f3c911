//! Files that are named as arguments: standard input, and layers within a file.

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::{IncidentStream, Source};

use crate::args::limits::limits;

/// A file, or standard input.
pub fn open(path: &Path) -> Result<Source, Error> {
    if is_standard(path) {
        Source::read_within("<stdin>", std::io::stdin().lock(), &limits())
    } else {
        Source::open_within(path, &limits())
    }
}

/// Opens incidents that are GeoJSON; `-` is standard input.
pub fn stream(path: &Path) -> Result<IncidentStream, Error> {
    if is_standard(path) {
        return IncidentStream::read_within("<stdin>", std::io::stdin(), &limits());
    }
    let name = path.display().to_string();
    let file = File::open(path).map_err(|e| Error::io("open the file", e).in_file(&*name))?;
    IncidentStream::read_within(name, file, &limits())
}

/// `-`
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A file and the layer or sheet in it that is meant: `FILE#LAYER`, unless there is a file of that name.
pub fn split_layer(path: &Path) -> (Cow<'_, Path>, Option<String>) {
    let split = path.to_str().filter(|_| !path.exists()).and_then(|text| text.rsplit_once('#'));
    match split {
        Some((file, layer)) if Path::new(file).is_file() => {
            (Cow::Owned(PathBuf::from(file)), Some(layer.to_owned()))
        }
        _ => (Cow::Borrowed(path), None),
    }
}

/// An output file and the layer in it that is named: `FILE.gpkg#LAYER`, unless there is a file of that name.
pub fn split_output(path: &Path) -> (Cow<'_, Path>, Option<&str>) {
    let split = path.to_str().filter(|_| !path.exists()).and_then(|text| text.rsplit_once('#'));
    match split {
        Some((file, layer)) if has_extension(Path::new(file)) => {
            (Cow::Owned(PathBuf::from(file)), Some(layer))
        }
        _ => (Cow::Borrowed(path), None),
    }
}

/// Returns `true` if an output is a layer of a GeoPackage by its name.
pub fn is_layer(path: &Path) -> bool {
    has_extension(&split_output(path).0)
}

fn has_extension(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gpkg"))
}
