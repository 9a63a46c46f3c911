//! The temporary file beside an output, and the list of those that this process has.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use super::names::{SUFFIX, is_left_over, temporary_prefix};

/// The temporary files of this process. Whoever holds the lock keeps files from being made and from taking their places.
static UNPLACED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Keeps a signal from ending the process as long as it is held: what is done meanwhile is done wholly.
pub(super) fn hold() -> MutexGuard<'static, Vec<PathBuf>> {
    UNPLACED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// No output of this process takes its place any more: [`abandon_outputs`] returns this, until the process ends.
#[derive(Debug)]
pub struct AbandonedOutputs {
    _held: MutexGuard<'static, Vec<PathBuf>>,
}

/// Removes the temporary files of all outputs that have yet to take their places, for whoever handles a signal.
///
/// Waits for outputs that are taking their places: a run leaves all of its outputs or none. As long as the returned value
/// lives, other threads that make or place an output wait; end the process with it in hand.
#[must_use]
pub fn abandon_outputs() -> AbandonedOutputs {
    let held = hold();
    for path in &*held {
        // What can't be removed is swept by the next run.
        let _ = fs::remove_file(path);
    }
    AbandonedOutputs { _held: held }
}

/// A locked file with a name of its own; dropped, it is gone.
#[derive(Debug)]
pub(crate) struct Temporary {
    /// None once it has been placed.
    file: Option<NamedTempFile>,
    path: PathBuf,
}

impl Temporary {
    /// Makes a file beside an output, after what earlier runs left there is gone. Of a new output it has the rights of any
    /// new file; of one that is `private` only its owner reads it, until it gets others.
    pub(super) fn beside(output: &Path, private: bool) -> io::Result<Self> {
        let Some(name) = output.file_name() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"));
        };
        let (folder, prefix) = (folder(output), temporary_prefix(name));
        sweep(folder, &prefix, SUFFIX);
        Self::register(|| locked(folder, &prefix, private))
    }

    /// Makes a file for another library to write. No lock stands in its way but on Linux, where locks of two kinds do not
    /// see each other.
    #[cfg(feature = "geopackage")]
    pub(crate) fn scratch(folder: &Path, suffix: &str) -> io::Result<Self> {
        if cfg!(target_os = "linux") {
            sweep(folder, SCRATCH_PREFIX, suffix);
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(SCRATCH_PREFIX).suffix(suffix).rand_bytes(6);
        let made = Self::register(|| builder.tempfile_in(folder))?;
        if cfg!(target_os = "linux") {
            // Without it, it may be swept before it loses its name, which is an error then.
            let _ = made.file().try_lock();
        }
        Ok(made)
    }

    /// Made and listed in one: a signal finds both or neither.
    fn register(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<Self> {
        let mut unplaced = hold();
        let file = make()?;
        let path = file.path().to_owned();
        unplaced.push(path.clone());
        Ok(Temporary { file: Some(file), path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn file(&self) -> &File {
        self.file.as_ref().expect("not placed yet").as_file()
    }

    pub(super) fn file_mut(&mut self) -> &mut File {
        self.file.as_mut().expect("not placed yet").as_file_mut()
    }

    /// The open file without its name, which nothing leaves behind; with the name where the system keeps it.
    #[cfg(feature = "geopackage")]
    pub(crate) fn unnamed(mut self) -> io::Result<(File, Option<Self>)> {
        let file = self.file().try_clone()?;
        if cfg!(unix) {
            self.file.take().expect("not placed yet").close()?;
            return Ok((file, None));
        }
        Ok((file, Some(self)))
    }

    /// The name is another's now: it is not removed. What stays open keeps its lock until that is dropped.
    pub(super) fn placed(mut self) -> Option<File> {
        let (file, path) = self.file.take()?.into_parts();
        // On some systems a temporary file is made an ordinary one here, which it is already.
        let _ = path.keep();
        Some(file)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        drop(self.file.take());
        hold().retain(|path| *path != self.path);
    }
}

/// Makes a file of that prefix, which other runs leave alone as long as it is open.
pub(super) fn locked(folder: &Path, prefix: &str, private: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).suffix(SUFFIX).rand_bytes(6);
    #[cfg(unix)]
    if !private {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the umask takes away what it takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let _ = private;
    // Another run that sweeps may take the new file in the moment before it is locked: try again.
    for _ in 0..16 {
        let file = builder.tempfile_in(folder)?;
        let is_ours = match file.as_file().try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            // A file system without locks: the run goes on, its left-overs are not swept.
            Err(TryLockError::Error(_)) => return Ok(file),
        };
        if is_ours && file.path().exists() {
            return Ok(file);
        }
    }
    Err(io::Error::other("another run removes every temporary file beside it"))
}

/// Of files that belong to no one output.
pub(super) const SCRATCH_PREFIX: &str = ".patrol-";

pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Removes what killed runs have left: their locks are gone with them.
pub(super) fn sweep(folder: &Path, prefix: &str, suffix: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if is_left_over(&entry.file_name(), prefix, suffix)
            && let Ok(file) = open_left_over(&entry.path())
            && file.try_lock().is_ok()
        {
            // Still locked while it is removed, so that a run that has just made it notices.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Opens a regular file and nothing else, without waiting: in a shared folder a name may be anything.
pub(super) fn open_left_over(path: &Path) -> io::Result<File> {
    let refused = || io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file");
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(refused());
    }
    let mut options = File::options();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // It may have become another since.
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed());
    }
    // Some network file systems lock only what may be written.
    let file = match options.read(true).write(true).open(path) {
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => options.write(false).open(path)?,
        opened => opened?,
    };
    if file.metadata()?.is_file() { Ok(file) } else { Err(refused()) }
}
