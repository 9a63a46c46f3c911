//! Where an output goes: behind links, and whether it may and can be written there, before any work is done.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::temporary::folder;
use crate::{Error, ErrorKind};

/// The place of an output, looked at without writing anything.
///
/// ```
/// use patrol_corridor::io::OutputPlace;
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("out.geojson");
/// let place = OutputPlace::find(&path, false)?;
/// assert!(!place.is_mount_point());
/// std::fs::write(&path, "old")?;
/// assert!(OutputPlace::find(&path, false).unwrap_err().is_argument());
/// assert!(OutputPlace::find(&path, true)?.is_file(&path));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct OutputPlace {
    pub(super) path: PathBuf,
    pub(super) shown: String,
    pub(super) found: Found,
}

/// What is there.
#[derive(Debug, Clone)]
pub(super) enum Found {
    Nothing,
    /// A file that another can replace.
    File(Metadata),
    /// A file that can only be written in place.
    MountPoint,
    /// A pipe, a device.
    Special,
}

impl OutputPlace {
    /// What to know of an output that is a [mount point](Self::is_mount_point).
    pub const IN_PLACE: &str =
        "it is a mount point and is written in place: an interrupted run leaves a part of it";
    /// What is wrong with it as one of several outputs.
    pub const NOT_ALONE: &str = "it is a mount point, which can only be written in place, and not together with other outputs; \
                                 choose another file";

    /// Finds the place of an output; an existing file is replaced only with `force`. A symbolic link leads to the file
    /// behind it; with `force` also to one that does not exist yet.
    ///
    /// ```
    /// use patrol_corridor::io::OutputPlace;
    /// let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// // There is a file already, and nobody said that it may be replaced.
    /// assert!(OutputPlace::find(format!("{data}/posts.geojson"), false).unwrap_err().is_argument());
    /// assert!(OutputPlace::find(format!("{data}/none/out.geojson"), true).unwrap_err().is_io());
    /// ```
    ///
    /// # Errors
    /// Returns an argument error if the file exists and `force` is false, or if it is a folder; an I/O error if its folder does not
    /// exist or must not be written, or if the file belongs to somebody else and its folder keeps it (as /tmp does).
    pub fn find(path: impl AsRef<Path>, force: bool) -> Result<Self, Error> {
        let given = path.as_ref();
        let shown = given.display().to_string();
        let fail = |e| Error::io("create it", e).in_file(&shown);
        let Some(found) = metadata(given).map_err(fail)? else {
            let is_link = fs::symlink_metadata(given).is_ok();
            if is_link && !force {
                let message = "the output is a symbolic link to a file that does not exist";
                return Err(Error::argument(message).of_kind(ErrorKind::OutputExists).in_file(shown));
            }
            let path = behind_links(given).map_err(fail)?;
            may_write(folder(&path)).map_err(fail)?;
            return Ok(OutputPlace { path, shown, found: Found::Nothing });
        };
        // Renaming onto a link would replace the link, not the file behind it.
        let path = fs::canonicalize(given).map_err(fail)?;
        let found = if found.is_dir() {
            return Err(Error::argument("the output is a folder; name a file").in_file(shown));
        } else if !found.is_file() {
            Found::Special
        } else if !force {
            return Err(exists(&shown));
        } else if is_mount_point(&path, &found) {
            may_write(&path).map_err(fail)?;
            Found::MountPoint
        } else {
            may_write(folder(&path)).and_then(|()| may_replace(&path, &found)).map_err(fail)?;
            Found::File(found)
        };
        Ok(OutputPlace { path, shown, found })
    }

    /// The path behind symbolic links, absolute.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns `true` if the file is a mount point (a bind mount, as a container has it): it can't be replaced, only written in
    /// place. A run that is interrupted meanwhile leaves a part of it, so that it must be the only output of its run.
    #[must_use]
    pub fn is_mount_point(&self) -> bool {
        matches!(self.found, Found::MountPoint)
    }

    /// Returns `true` if that path leads to the same file or place.
    pub fn is_file(&self, other: impl AsRef<Path>) -> bool {
        let other = other.as_ref();
        is_same_file(&self.path, other) || behind_links(other).is_ok_and(|other| other == self.path)
    }
}

/// Returns `true` if both names lead to one existing file: an input must never be written over.
///
/// ```
/// use patrol_corridor::io::is_same_file;
/// let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// assert!(is_same_file(format!("{data}/posts.geojson"), format!("{data}/../karabakh-2020/posts.geojson")));
/// // What does not exist is no file at all.
/// assert!(!is_same_file("none.geojson", "none.geojson"));
/// ```
pub fn is_same_file(a: impl AsRef<Path>, b: impl AsRef<Path>) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let id = |path: &Path| fs::metadata(path).ok().map(|found| (found.dev(), found.ino()));
        id(a.as_ref()).is_some_and(|a| Some(a) == id(b.as_ref()))
    }
    #[cfg(not(unix))]
    {
        let real = |path: &Path| fs::canonicalize(path).ok();
        real(a.as_ref()).is_some_and(|a| Some(a) == real(b.as_ref()))
    }
}

pub(super) fn exists(shown: &str) -> Error {
    Error::argument("the file exists").of_kind(ErrorKind::OutputExists).in_file(shown)
}

/// What is behind the links of a path, if anything is.
fn metadata(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

/// The path to which links lead, where nothing is yet; its folder is there.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Some(name) = path.file_name() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"));
        };
        let real = fs::canonicalize(folder(&path))?.join(name);
        match fs::read_link(&real) {
            Ok(target) => path = folder(&real).join(target),
            Err(_) => return Ok(real),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

#[cfg(unix)]
fn may_write(path: &Path) -> io::Result<()> {
    use rustix::fs::Access;
    let access = if path.is_dir() { Access::WRITE_OK | Access::EXEC_OK } else { Access::WRITE_OK };
    if !path.exists() {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(rustix::fs::access(path, access)?)
}

#[cfg(not(unix))]
fn may_write(path: &Path) -> io::Result<()> {
    path.metadata().map(|_| ())
}

/// In a sticky folder only the owners of the file and of the folder take a name away.
#[cfg(unix)]
fn may_replace(path: &Path, found: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    const STICKY: u32 = 0o1000;
    let holder = fs::metadata(folder(path))?;
    let own = rustix::process::geteuid().as_raw();
    if holder.mode() & STICKY == 0 || [0, holder.uid(), found.uid()].contains(&own) {
        return Ok(());
    }
    let why =
        "it belongs to another user, and its folder lets only its owner replace it; choose another file";
    Err(io::Error::new(io::ErrorKind::PermissionDenied, why))
}

#[cfg(not(unix))]
fn may_replace(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Linux lists them; elsewhere a file on another device than its folder is one.
#[cfg(unix)]
fn is_mount_point(path: &Path, found: &Metadata) -> bool {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::MetadataExt;
    let Ok(mounts) = fs::read("/proc/self/mountinfo") else {
        return fs::metadata(folder(path)).is_ok_and(|folder| folder.dev() != found.dev());
    };
    let field = |line: &[u8]| line.split(|&byte| byte == b' ').nth(4).map(unescape);
    mounts
        .split(|&byte| byte == b'\n')
        .any(|line| field(line).as_deref() == Some(path.as_os_str().as_bytes()))
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path, _: &Metadata) -> bool {
    false
}

/// Blanks and the like stand there as `\040`.
#[cfg(unix)]
fn unescape(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((&byte, behind)) = rest.split_first() {
        let octal = behind.get(..3).and_then(|three| std::str::from_utf8(three).ok());
        match octal.and_then(|three| u8::from_str_radix(three, 8).ok()) {
            Some(escaped) if byte == b'\\' => {
                bytes.push(escaped);
                rest = &behind[3..];
            }
            _ => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    bytes
}
