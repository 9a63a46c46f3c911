//! The journal of a run that puts several outputs in their places, and what its successor does with it.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{Identity, RealDisk};
use super::names::{SUFFIX, from_text, is_left_over, to_text};
use super::set::{Entry, Journal, Recovered, recover};
use super::temporary::{SCRATCH_PREFIX, folder, hold, open_left_over, sweep};

const JOURNAL_SUFFIX: &str = ".journal";
/// More than any run has written.
const MOST_BYTES: u64 = 1 << 20;

/// What a journal holds: JSON, paths as [`to_text`] has them.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    /// Of this format.
    version: u32,
    outputs: Vec<OutputRecord>,
    /// This journal and its copies in the folders of the other outputs.
    journals: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct OutputRecord {
    output: String,
    temporary: String,
    backup: String,
    new: Identity,
    old: Option<Identity>,
}

const VERSION: u32 = 1;

/// A journal for each folder that an output is in, named as the first temporary file is.
pub(super) fn journals_of(entries: &[Entry]) -> io::Result<Vec<Journal>> {
    let mut folders: Vec<&Path> = Vec::new();
    for entry in entries {
        let folder = folder(&entry.target);
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    let Some(first) = entries.first() else { return Ok(Vec::new()) };
    let stem = first.temporary.file_stem().unwrap_or_default().to_string_lossy();
    let start = stem.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
    let name = format!("{SCRATCH_PREFIX}{}{JOURNAL_SUFFIX}", &stem[start..]);
    let paths: Vec<PathBuf> = folders.iter().map(|folder| folder.join(&name)).collect();
    let text = |folder: &Path| -> io::Result<String> {
        let output = |entry: &Entry| OutputRecord {
            output: to_text(&entry.target, folder),
            temporary: to_text(&entry.temporary, folder),
            backup: to_text(&entry.backup, folder),
            new: entry.new,
            old: entry.old,
        };
        let record = Record {
            version: VERSION,
            outputs: entries.iter().map(output).collect(),
            journals: paths.iter().map(|path| to_text(path, folder)).collect(),
        };
        Ok(serde_json::to_string_pretty(&record)? + "\n")
    };
    paths.iter().map(|path| Ok((path.clone(), text(folder(path))?))).collect()
}

/// Entries and journals of the text of a journal in that folder.
fn parse(text: &str, folder: &Path) -> Option<(Vec<Entry>, Vec<PathBuf>)> {
    let record: Record =
        serde_json::from_str(text).ok().filter(|record: &Record| record.version == VERSION)?;
    let path = |text: &String| from_text(text, folder);
    let entry = |record: &OutputRecord| {
        Some(Entry {
            target: path(&record.output)?,
            temporary: path(&record.temporary)?,
            backup: path(&record.backup)?,
            new: record.new,
            old: record.old,
        })
    };
    let entries = record.outputs.iter().map(entry).collect::<Option<_>>()?;
    Some((entries, record.journals.iter().map(path).collect::<Option<_>>()?))
}

/// Goes on with what a killed run began in that folder, and returns what a user should know of it, a warning each.
///
/// A run that writes several outputs leaves a journal beside them if it is killed while they take their places. If all of its new
/// files are there, they take their places now; else the old ones come back. The journals of runs that live, and those of other
/// users, are left alone.
///
/// ```
/// use patrol_corridor::io::recover_outputs;
/// let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// // No run was killed there: nothing is to be told.
/// assert!(recover_outputs(data).is_empty());
/// ```
pub fn recover_outputs(path: impl AsRef<Path>) -> Vec<String> {
    let given = path.as_ref();
    let given = if given.as_os_str().is_empty() { Path::new(".") } else { given };
    let Ok(real) = fs::canonicalize(given) else { return Vec::new() };
    let Ok(found) = fs::read_dir(&real) else { return Vec::new() };
    let is_journal = |name: &std::ffi::OsStr| is_left_over(name, SCRATCH_PREFIX, JOURNAL_SUFFIX);
    let names: Vec<_> =
        found.flatten().map(|entry| entry.file_name()).filter(|name| is_journal(name)).collect();
    let mut warnings = Vec::new();
    for name in names {
        let shown = given.join(&name).display().to_string();
        match recover_one(&real.join(&name)) {
            Ok(None) => {}
            Ok(Some(done)) => warnings.push(format!("{}: {done}", given.display())),
            Err(e) => warnings.push(format!("{shown}: the journal of an interrupted run is ignored: {e}")),
        }
    }
    sweep(&real, SCRATCH_PREFIX, SUFFIX);
    warnings
}

/// What has been done; `None` if its run lives, or has ended meanwhile.
fn recover_one(journal: &Path) -> io::Result<Option<String>> {
    // A signal waits until all is done.
    let _held = hold();
    let mut file = match open_left_over(journal) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    is_trusted(&file)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(e)) => return Err(e),
    }
    // Another run may have done it before we had the lock.
    if !journal.exists() {
        return Ok(None);
    }
    let mut text = String::new();
    let readable = file.by_ref().take(MOST_BYTES).read_to_string(&mut text).ok();
    let Some((entries, journals)) = readable.and_then(|_| parse(&text, folder(journal))) else {
        fs::remove_file(journal)?;
        return Ok(Some(
            "removed the journal of an interrupted run, which is damaged; check the files that it wrote"
                .to_owned(),
        ));
    };
    let list = |paths: &[PathBuf]| {
        let names = paths.iter().map(|path| match path.parent() == journal.parent() {
            true => Path::new(path.file_name().unwrap_or_default()).display().to_string(),
            false => path.display().to_string(),
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let outputs: Vec<PathBuf> = entries.iter().map(|entry| entry.target.clone()).collect();
    Ok(Some(match recover(&mut RealDisk::new(false), &entries, &journals) {
        Recovered::Completed(changed) if changed.is_empty() => {
            format!("completed the outputs of an interrupted run: {}", list(&outputs))
        }
        Recovered::Completed(changed) => format!(
            "completed the outputs of an interrupted run: {}; not replaced, since they have changed since: {}",
            list(&outputs),
            list(&changed)
        ),
        Recovered::Restored => {
            format!("restored the files that an interrupted run was about to replace: {}", list(&outputs))
        }
        Recovered::Unfinished(left) => {
            let left = left.iter().map(|(path, e)| format!("{}: {e}", path.display())).collect::<Vec<_>>();
            format!("could not complete the outputs of an interrupted run: {}", left.join("; "))
        }
    }))
}

/// In a shared folder anybody may lay a file of that name, and a journal names the files to replace.
#[cfg(unix)]
fn is_trusted(file: &File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    const OTHERS_WRITE: u32 = 0o022;
    let found = file.metadata()?;
    if found.uid() != rustix::process::geteuid().as_raw() || found.mode() & OTHERS_WRITE != 0 {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it belongs to another user"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn is_trusted(_: &File) -> io::Result<()> {
    Ok(())
}
