//! Output files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::NamedTempFile;

use crate::Error;

/// A file that is written beside its place and takes it on [`commit`](Self::commit); dropped before
/// that, it leaves nothing. A name that ends in `.gz` is compressed.
///
/// The file beside is called `.NAME.patrol-*.tmp` and held under a lock. One that a killed run
/// left is no longer locked, and is removed by the next run that writes the same name. A place that
/// is no regular file (`/dev/null`, a pipe) is written directly.
///
/// ```
/// use std::io::Write;
/// use patrol_corridor::io::OutputFile;
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("out.geojson");
/// let mut out = OutputFile::create(&path, false)?;
/// out.write_all(b"{}")?;
/// assert!(!path.exists());
/// out.commit(false)?;
/// assert_eq!(std::fs::read(&path)?, b"{}");
/// assert!(OutputFile::create(&path, false).unwrap_err().is_argument());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct OutputFile {
    /// The place, behind symbolic links.
    path: PathBuf,
    shown: String,
    force: bool,
    writer: Writer,
}

/// gzip or not.
#[derive(Debug)]
enum Writer {
    Plain(BufWriter<Target>),
    Gzip(Box<GzEncoder<BufWriter<Target>>>),
}

/// A file beside, or the place itself where it is no regular file.
#[derive(Debug)]
enum Target {
    Beside(NamedTempFile),
    Direct(File),
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Beside(file) => file.as_file_mut().write(bytes),
            Target::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Beside(file) => file.as_file_mut().flush(),
            Target::Direct(file) => file.flush(),
        }
    }
}

impl OutputFile {
    /// Begins a file; an existing one is replaced (on commit) only with `force`.
    ///
    /// # Errors
    /// Where the file exists and `force` is false, or is a folder (an argument error); where a file
    /// can't be created beside it.
    pub fn create(path: impl AsRef<Path>, force: bool) -> Result<Self, Error> {
        let given = path.as_ref();
        let shown = given.display().to_string();
        let fail = |e| Error::io("create it", e).in_file(&shown);
        let found = fs::metadata(given).ok();
        // Renaming onto a link would replace the link, not the file behind it.
        let path = if found.is_some() { fs::canonicalize(given).map_err(fail)? } else { given.to_owned() };
        let target = match found {
            Some(found) if found.is_dir() => {
                return Err(Error::argument("found a folder, expected a file to write").in_file(shown));
            }
            Some(found) if !found.is_file() => {
                Target::Direct(File::options().write(true).open(&path).map_err(fail)?)
            }
            Some(_) if !force => return Err(exists(&shown)),
            _ => Target::Beside(beside(&path).map_err(fail)?),
        };
        let writer = BufWriter::with_capacity(1 << 16, target);
        let gzip = given.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
        let writer = if gzip {
            Writer::Gzip(Box::new(GzEncoder::new(writer, Compression::default())))
        } else {
            Writer::Plain(writer)
        };
        Ok(OutputFile { path, shown, force, writer })
    }

    /// The file beside that is written until [`commit`](Self::commit), for whoever must remove it when the
    /// program is told to end; `None` where the place itself is written.
    pub fn temporary_path(&self) -> Option<&Path> {
        let target = match &self.writer {
            Writer::Plain(writer) => writer.get_ref(),
            Writer::Gzip(writer) => writer.get_ref().get_ref(),
        };
        match target {
            Target::Beside(file) => Some(file.path()),
            Target::Direct(_) => None,
        }
    }

    /// Puts the file in its place, in one step; with `sync`, after its bytes are on the disk.
    ///
    /// # Errors
    /// Where a byte could not be written, or another file has taken the place meanwhile and may not
    /// be replaced. Nothing is left behind then.
    pub fn commit(self, sync: bool) -> Result<(), Error> {
        self.finish(sync)?.place()
    }

    /// Writes all that is still to be written, beside the place; for files that belong together, so that
    /// none takes its place before all are whole.
    ///
    /// # Errors
    /// Where a byte could not be written. Nothing is left behind then.
    pub fn finish(self, sync: bool) -> Result<FinishedFile, Error> {
        let OutputFile { path, shown, force, writer } = self;
        let fail = |e| Error::io("write it", e).in_file(&shown);
        let writer = match writer {
            Writer::Plain(writer) => writer,
            Writer::Gzip(writer) => writer.finish().map_err(fail)?,
        };
        let file = match writer.into_inner().map_err(|e| fail(e.into_error()))? {
            Target::Direct(mut file) => {
                file.flush().map_err(fail)?;
                None
            }
            Target::Beside(file) => {
                if sync {
                    file.as_file().sync_all().map_err(fail)?;
                }
                Some(file)
            }
        };
        Ok(FinishedFile { path, shown, force, sync, file })
    }
}

/// A file that is whole and has yet to take its place; dropped before that, it leaves nothing.
#[derive(Debug)]
pub struct FinishedFile {
    path: PathBuf,
    shown: String,
    force: bool,
    sync: bool,
    /// None where the place itself has been written.
    file: Option<NamedTempFile>,
}

impl FinishedFile {
    /// Puts the file in its place, in one step.
    ///
    /// # Errors
    /// Where another file has taken the place meanwhile and may not be replaced. Nothing is left behind then.
    pub fn place(self) -> Result<(), Error> {
        let FinishedFile { path, shown, force, sync, file } = self;
        let Some(file) = file else { return Ok(()) };
        let fail = |e| Error::io("write it", e).in_file(&shown);
        let placed = if force { file.persist(&path) } else { file.persist_noclobber(&path) };
        placed.map_err(|e| match e.error.kind() {
            io::ErrorKind::AlreadyExists if !force => exists(&shown),
            _ => fail(e.error),
        })?;
        if sync && cfg!(unix) {
            // The new name is an entry of the folder, which has a cache of its own.
            File::open(folder(&path)).and_then(|folder| folder.sync_all()).map_err(fail)?;
        }
        Ok(())
    }

    /// Puts files in their places in this order; where one can't take its own, those before it are removed.
    ///
    /// # Errors
    /// As [`place`](Self::place).
    pub fn place_all(files: impl IntoIterator<Item = FinishedFile>) -> Result<(), Error> {
        let mut placed = Vec::new();
        for file in files {
            let path = file.file.is_some().then(|| file.path.clone());
            if let Err(error) = file.place() {
                for path in placed {
                    // What can't be removed is less than what has failed already.
                    let _ = fs::remove_file(path);
                }
                return Err(error);
            }
            placed.extend(path);
        }
        Ok(())
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Writer::Plain(writer) => writer.write(bytes),
            Writer::Gzip(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Plain(writer) => writer.flush(),
            Writer::Gzip(writer) => writer.flush(),
        }
    }
}

/// True where both names lead to one existing file: an input must never be written over.
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

fn exists(shown: &str) -> Error {
    Error::argument("the file exists: use --force to replace it").in_file(shown)
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A new, locked file beside `path`, after what earlier runs left there is gone.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let Some(name) = path.file_name() else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"));
    };
    let prefix = format!(".{}.patrol-", name.to_string_lossy());
    sweep(folder(path), &prefix);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp").rand_bytes(6);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the umask takes away what it takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    // Another run that sweeps may take the new file in the moment before it is locked: try again.
    for _ in 0..16 {
        let file = builder.tempfile_in(folder(path))?;
        let locked = match file.as_file().try_lock() {
            Ok(()) => true,
            Err(fs::TryLockError::WouldBlock) => false,
            // A file system without locks: the run goes on, its left-overs are not swept.
            Err(fs::TryLockError::Error(_)) => return Ok(file),
        };
        if locked && file.path().exists() {
            return Ok(file);
        }
    }
    Err(io::Error::other("could not keep a file beside it: another run removes it"))
}

/// Removes what killed runs have left: their locks are gone with them.
fn sweep(folder: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !(name.starts_with(prefix) && name.ends_with(".tmp")) {
            continue;
        }
        if let Ok(file) = File::options().write(true).open(entry.path())
            && file.try_lock().is_ok()
        {
            // Still locked while it is removed, so that a run that has just made it notices.
            let _ = fs::remove_file(entry.path());
        }
    }
}
