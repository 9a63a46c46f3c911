//! Outputs that take their places together: all of them, or none.
//!
//! Every file stands whole beside its place first. Then a journal is written that names all of them, the old file gets a
//! second name, and the new one takes the place. What fails is taken back step by step. Whoever finds the journal of a
//! process that is gone can tell from the names alone how far it came, and goes on or back.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Identity};

/// One output of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub target: PathBuf,
    pub temporary: PathBuf,
    pub backup: PathBuf,
    /// The file that is to take the place.
    pub new: Identity,
    /// The one that has had it.
    pub old: Option<Identity>,
}

/// A journal and its text. There is one in each folder, so that it is found from any of them.
pub(super) type Journal = (PathBuf, String);

/// How far an output has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing is there, as before.
    Vacant,
    /// The old file is there.
    Old,
    /// The old file has its second name alone: the file system knows no links.
    Moved,
    /// The new file is there.
    Placed,
    /// Somebody else has changed it since.
    Foreign,
}

impl Entry {
    fn state(&self, disk: &mut impl Disk) -> io::Result<State> {
        Ok(match (disk.identity(&self.target)?, self.old) {
            (Some(found), _) if found == self.new => State::Placed,
            (Some(found), Some(old)) if found == old => State::Old,
            (Some(_), _) => State::Foreign,
            (None, None) => State::Vacant,
            (None, old) if disk.identity(&self.backup)? == old => State::Moved,
            (None, Some(_)) => State::Foreign,
        })
    }

    /// Takes the place, from wherever it has come to; false if it is somebody else's now.
    fn forward(&self, disk: &mut impl Disk) -> io::Result<bool> {
        match self.state(disk)? {
            State::Foreign => return Ok(false),
            State::Placed => disk.remove(&self.temporary)?,
            State::Vacant | State::Moved => disk.rename_new(&self.temporary, &self.target)?,
            State::Old => {
                if disk.identity(&self.backup)? != self.old {
                    match disk.link(&self.target, &self.backup) {
                        Ok(()) => {}
                        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => return Err(e),
                        // No links here: for a moment the place is empty.
                        Err(_) => {
                            disk.rename(&self.target, &self.backup)?;
                            disk.rename_new(&self.temporary, &self.target)?;
                            return Ok(true);
                        }
                    }
                }
                disk.rename(&self.temporary, &self.target)?;
            }
        }
        Ok(true)
    }

    /// Gives the place back to what has had it.
    fn back(&self, disk: &mut impl Disk) -> io::Result<()> {
        match self.state(disk)? {
            State::Placed if self.old.is_some() => disk.rename(&self.backup, &self.target)?,
            State::Placed => disk.remove(&self.target)?,
            State::Moved => disk.rename_new(&self.backup, &self.target)?,
            State::Vacant | State::Old | State::Foreign => {}
        }
        self.clear(disk)
    }

    /// Takes away what stands beside the place.
    fn clear(&self, disk: &mut impl Disk) -> io::Result<()> {
        // Another's file that happens to have that name stays.
        if self.old.is_some() && disk.identity(&self.backup)? == self.old {
            disk.remove(&self.backup)?;
        }
        disk.remove(&self.temporary)
    }
}

/// Why a set did not take its places.
#[derive(Debug)]
pub(super) struct Failure {
    /// The entry that could not, if it was one.
    pub entry: Option<usize>,
    pub error: io::Error,
    /// What could not be taken back: the journals are there still, for the next run.
    pub unrestored: Vec<(PathBuf, io::Error)>,
}

/// Puts all files in their places. After a failure all is as before, but for what it tells.
///
/// What remains beside the outputs for the next run to remove is returned.
pub(super) fn place(
    disk: &mut impl Disk,
    entries: &[Entry],
    journals: &[Journal],
) -> Result<Vec<(PathBuf, io::Error)>, Failure> {
    let failed = |disk: &mut _, entry, error| {
        Err(Failure {
            entry,
            error,
            unrestored: take_back(disk, entries, journals.iter().map(|(path, _)| path)),
        })
    };
    for (path, text) in journals {
        let published = disk.publish(path, text).and_then(|()| disk.sync_folder(parent(path)));
        if let Err(error) = published {
            return failed(disk, None, error);
        }
    }
    for (i, entry) in entries.iter().enumerate() {
        let error = match entry.forward(disk) {
            Ok(true) => continue,
            Ok(false) => io::Error::other("another program has changed it meanwhile"),
            Err(error) => error,
        };
        return failed(disk, Some(i), error);
    }
    match sync_folders(disk, journals.iter().map(|(path, _)| path)) {
        Ok(()) => Ok(finish(disk, entries, journals.iter().map(|(path, _)| path))),
        Err(error) => failed(disk, None, error),
    }
}

/// What became of a set of which a journal was found.
#[derive(Debug)]
pub(super) enum Recovered {
    /// All new files are there; but for these, which somebody else has changed since.
    Completed(Vec<PathBuf>),
    /// All is as before that run.
    Restored,
    /// Something is not as it should be yet.
    Unfinished(Vec<(PathBuf, io::Error)>),
}

/// Goes on with what a run began that is gone: to its end if all new files are there, else back.
pub(super) fn recover(disk: &mut impl Disk, entries: &[Entry], journals: &[PathBuf]) -> Recovered {
    if let Ok(changed) = complete(disk, entries)
        && sync_folders(disk, journals.iter()).is_ok()
    {
        let left = finish(disk, entries, journals.iter());
        return if left.is_empty() { Recovered::Completed(changed) } else { Recovered::Unfinished(left) };
    }
    let unrestored = take_back(disk, entries, journals.iter());
    if unrestored.is_empty() { Recovered::Restored } else { Recovered::Unfinished(unrestored) }
}

/// The targets that are somebody else's now.
fn complete(disk: &mut impl Disk, entries: &[Entry]) -> io::Result<Vec<PathBuf>> {
    for entry in entries {
        let is_there = match entry.state(disk)? {
            State::Placed | State::Foreign => true,
            State::Vacant | State::Old | State::Moved => disk.identity(&entry.temporary)? == Some(entry.new),
        };
        if !is_there {
            return Err(io::ErrorKind::NotFound.into());
        }
    }
    let mut changed = Vec::new();
    for entry in entries {
        if !entry.forward(disk)? {
            changed.push(entry.target.clone());
        }
    }
    Ok(changed)
}

/// All is as before, but for what is returned; then the journals stay.
fn take_back<'j>(
    disk: &mut impl Disk,
    entries: &[Entry],
    journals: impl Iterator<Item = &'j PathBuf> + Clone,
) -> Vec<(PathBuf, io::Error)> {
    let mut unrestored = Vec::new();
    for entry in entries.iter().rev() {
        if let Err(error) = entry.back(disk) {
            unrestored.push((entry.target.clone(), error));
        }
    }
    if unrestored.is_empty() {
        // Held before the journals go; what can't be is less than what has failed already.
        let _ = sync_folders(disk, journals.clone());
        unrestored = remove_all(disk, journals);
    }
    unrestored
}

/// Takes away what is needed no more, the journals last.
fn finish<'j>(
    disk: &mut impl Disk,
    entries: &[Entry],
    journals: impl Iterator<Item = &'j PathBuf>,
) -> Vec<(PathBuf, io::Error)> {
    let cleared = |entry: &Entry| Some((entry.target.clone(), entry.clear(disk).err()?));
    let left: Vec<_> = entries.iter().filter_map(cleared).collect();
    if left.is_empty() { remove_all(disk, journals) } else { left }
}

fn remove_all<'p>(
    disk: &mut impl Disk,
    paths: impl Iterator<Item = &'p PathBuf>,
) -> Vec<(PathBuf, io::Error)> {
    paths.filter_map(|path| Some((path.clone(), disk.remove(path).err()?))).collect()
}

fn sync_folders<'j>(disk: &mut impl Disk, mut journals: impl Iterator<Item = &'j PathBuf>) -> io::Result<()> {
    journals.try_for_each(|path| disk.sync_folder(parent(path)))
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}
