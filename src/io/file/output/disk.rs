//! What taking places asks of a file system: names, each step at once or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tempfile::TempPath;

use super::temporary::{SCRATCH_PREFIX, folder, locked};

/// What tells one file from another that has had its name.
///
/// Without the device, whose number may change from one start of the system to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Identity {
    pub inode: u64,
    pub length: u64,
    pub modified_s: i64,
    pub modified_ns: i64,
}

/// A file system, of which a test has one in memory that fails.
pub(super) trait Disk {
    /// Which file has that name; a link is not followed.
    fn identity(&mut self, path: &Path) -> io::Result<Option<Identity>>;
    /// Gives a file a second name, which nobody has.
    fn link(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file another name, whoever has had it.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file another name, which nobody has.
    fn rename_new(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a name away, if it is there.
    fn remove(&mut self, path: &Path) -> io::Result<()>;
    /// Makes a file of that text, whole or not at all, which is locked as long as the process lives.
    fn publish(&mut self, path: &Path, text: &str) -> io::Result<()>;
    /// Holds the names of a folder on the disk.
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()>;
}

/// The file system that there is.
#[derive(Debug)]
pub(super) struct RealDisk {
    sync: bool,
    /// What has been published, locked.
    published: Vec<File>,
}

impl RealDisk {
    /// With `sync`, bytes and names are flushed to the disk.
    pub fn new(sync: bool) -> Self {
        RealDisk { sync, published: Vec::new() }
    }
}

impl Disk for RealDisk {
    fn identity(&mut self, path: &Path) -> io::Result<Option<Identity>> {
        identity(path)
    }

    fn link(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        TempPath::try_from_path(from)?.persist_noclobber(to).map_err(|failed| {
            // What becomes of it is the caller's affair.
            let _ = failed.path.keep();
            failed.error
        })
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }

    fn publish(&mut self, path: &Path, text: &str) -> io::Result<()> {
        let mut file = locked(folder(path), SCRATCH_PREFIX, true)?;
        file.write_all(text.as_bytes())?;
        if self.sync {
            file.as_file().sync_all()?;
        }
        self.published.push(file.persist_noclobber(path).map_err(|failed| failed.error)?);
        Ok(())
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        // A new name is an entry of the folder, which has a cache of its own.
        if self.sync && cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }
}

fn identity(path: &Path) -> io::Result<Option<Identity>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(identity_of(&found))),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

#[cfg(unix)]
fn identity_of(found: &fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    Identity {
        inode: found.ino(),
        length: found.size(),
        modified_s: found.mtime(),
        modified_ns: found.mtime_nsec(),
    }
}

#[cfg(not(unix))]
fn identity_of(found: &fs::Metadata) -> Identity {
    let since = |at: std::time::SystemTime| at.duration_since(std::time::UNIX_EPOCH).ok();
    let modified = found.modified().ok().and_then(since).unwrap_or_default();
    Identity {
        inode: 0,
        length: found.len(),
        modified_s: modified.as_secs().cast_signed(),
        modified_ns: modified.subsec_nanos().into(),
    }
}
