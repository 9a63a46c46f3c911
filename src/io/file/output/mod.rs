//! Output files that appear whole or not at all, several of them together.

mod disk;
mod journal;
#[cfg(test)]
mod model_tests;
mod names;
mod place;
mod rights;
mod set;
mod temporary;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Error;
use disk::{Disk, RealDisk};
use place::{Found, exists};
use set::Entry;
use temporary::{folder, hold};

pub use journal::recover_outputs;
pub use place::{OutputPlace, is_same_file};
#[cfg(feature = "geopackage")]
pub(crate) use temporary::Temporary as TemporaryFile;
pub use temporary::{AbandonedOutputs, abandon_outputs};

use temporary::Temporary;

/// A file that is written beside its place and takes it on [`commit`](Self::commit); dropped before
/// that, it leaves nothing. A name that ends in `.gz` is compressed.
///
/// The file beside is called `.NAME.patrol-*.tmp` and held under a lock. One that a killed run
/// left is no longer locked, and is removed by the next run that writes the same name. A place that
/// is no regular file (`/dev/null`, a pipe) is written directly. A file that is replaced leaves its mode and, where
/// the system allows it, its owner to the new one.
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
    place: OutputPlace,
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
    Beside(Temporary),
    Direct(File),
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Beside(file) => file.file_mut().write(bytes),
            Target::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Beside(file) => file.file_mut().flush(),
            Target::Direct(file) => file.flush(),
        }
    }
}

impl OutputFile {
    /// Begins a file; an existing one is replaced (on commit) only with `force`.
    ///
    /// What a killed run left in the folder is dealt with first, as by [`recover_outputs`]; call that before, to see what
    /// it tells.
    ///
    /// # Errors
    /// As [`OutputPlace::find`]; returns an I/O error as well if a file can't be created beside it.
    pub fn create(path: impl AsRef<Path>, force: bool) -> Result<Self, Error> {
        let given = path.as_ref();
        recover_outputs(folder(given));
        let place = OutputPlace::find(given, force)?;
        let fail = |e| Error::io("create it", e).in_file(&place.shown);
        let target = match &place.found {
            Found::Special => Target::Direct(File::options().write(true).open(&place.path).map_err(fail)?),
            Found::Nothing => Target::Beside(Temporary::beside(&place.path, false).map_err(fail)?),
            Found::File(_) => Target::Beside(Temporary::beside(&place.path, true).map_err(fail)?),
            Found::MountPoint => {
                // The folder around it may be one that nobody writes.
                let beside = Temporary::beside(&place.path, true);
                let elsewhere = || std::env::temp_dir().join(place.path.file_name().unwrap_or_default());
                let made = beside.or_else(|_| Temporary::beside(&elsewhere(), true));
                Target::Beside(made.map_err(fail)?)
            }
        };
        let writer = BufWriter::with_capacity(1 << 16, target);
        let gzip = given.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
        let writer = if gzip {
            Writer::Gzip(Box::new(GzEncoder::new(writer, Compression::default())))
        } else {
            Writer::Plain(writer)
        };
        Ok(OutputFile { place, force, writer })
    }

    /// The file beside that is written until [`commit`](Self::commit); `None` if the place itself is written.
    #[must_use]
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

    /// Puts the file in its place, in one step; with `sync`, after its bytes are on the disk. Returns warnings.
    ///
    /// # Errors
    /// Returns an error if a byte could not be written, or if another file has taken the place meanwhile and may not
    /// be replaced. Nothing is left behind then.
    pub fn commit(self, sync: bool) -> Result<Vec<String>, Error> {
        self.finish(sync)?.place()
    }

    /// Writes all that is still to be written, beside the place; for files that belong together, so that
    /// none takes its place before all are whole.
    ///
    /// # Errors
    /// Returns an error if a byte could not be written. Nothing is left behind then.
    pub fn finish(self, sync: bool) -> Result<FinishedFile, Error> {
        let OutputFile { place, force, writer } = self;
        let fail = |e| Error::io("write it", e).in_file(&place.shown);
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
                if let Found::File(old) = &place.found {
                    let now = fs::metadata(&place.path);
                    rights::keep(file.file(), now.as_ref().unwrap_or(old)).map_err(fail)?;
                }
                if sync {
                    file.file().sync_all().map_err(fail)?;
                }
                Some(file)
            }
        };
        Ok(FinishedFile { place, force, sync, file })
    }
}

/// A file that is whole and has yet to take its place; dropped before that, it leaves nothing.
#[derive(Debug)]
pub struct FinishedFile {
    place: OutputPlace,
    force: bool,
    sync: bool,
    /// None where the place itself has been written.
    file: Option<Temporary>,
}

impl FinishedFile {
    /// Puts the file in its place, in one step. Returns warnings.
    ///
    /// # Errors
    /// Returns an error if another file has taken the place meanwhile and may not be replaced. Nothing is left behind then.
    pub fn place(self) -> Result<Vec<String>, Error> {
        Self::place_all([self])
    }

    /// Puts files in their places, all of them or none: old ones stay until all new ones stand. Returns warnings.
    ///
    /// A process that is killed meanwhile leaves each file whole, old or new, and a journal by which [`recover_outputs`] completes
    /// the set. A single file needs none.
    ///
    /// # Errors
    /// As [`place`](Self::place), and if one of several is a mount point. All is as before then.
    pub fn place_all(files: impl IntoIterator<Item = FinishedFile>) -> Result<Vec<String>, Error> {
        let files: Vec<FinishedFile> = files.into_iter().collect();
        let unplaced: Vec<(&FinishedFile, &Temporary)> =
            files.iter().filter_map(|file| Some((file, file.file.as_ref()?))).collect();
        let placed = {
            // A signal to end waits until all stand.
            let _held = hold();
            match &unplaced[..] {
                [] => Ok(Vec::new()),
                [(file, temporary)] => file.place_alone(temporary),
                several => place_together(several),
            }
        };
        if placed.is_ok() {
            files.into_iter().filter_map(|file| file.file).for_each(|file| drop(file.placed()));
        }
        placed
    }

    fn fail(&self, error: io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::AlreadyExists if !self.force => exists(&self.place.shown),
            _ => Error::io("write it", error).in_file(&self.place.shown),
        }
    }

    fn place_alone(&self, temporary: &Temporary) -> Result<Vec<String>, Error> {
        let (from, to) = (temporary.path(), &*self.place.path);
        let mut disk = RealDisk::new(self.sync);
        let is_busy = match () {
            () if self.place.is_mount_point() => true,
            () if !self.force => disk.rename_new(from, to).map(|()| false).map_err(|e| self.fail(e))?,
            () => match disk.rename(from, to) {
                // A mount point that the system did not tell of.
                Err(e) if e.kind() == io::ErrorKind::ResourceBusy && to.is_file() => true,
                renamed => renamed.map(|()| false).map_err(|e| self.fail(e))?,
            },
        };
        let mut warnings = Vec::new();
        if is_busy {
            write_in_place(from, to, self.sync).map_err(|e| self.fail(e))?;
            // What is no longer needed is swept, if it can't be removed now.
            let _ = disk.remove(from);
            if !self.place.is_mount_point() {
                warnings.push(format!("{}: {}", self.place.shown, OutputPlace::IN_PLACE));
            }
        } else {
            disk.sync_folder(folder(to)).map_err(|e| self.fail(e))?;
        }
        Ok(warnings)
    }
}

/// Copies over a file that can't be replaced.
fn write_in_place(from: &Path, to: &Path, sync: bool) -> io::Result<()> {
    let mut whole = File::open(from)?;
    let mut file = File::options().write(true).open(to)?;
    let length = io::copy(&mut whole, &mut file)?;
    file.set_len(length)?;
    if sync { file.sync_all() } else { Ok(()) }
}

fn place_together(files: &[(&FinishedFile, &Temporary)]) -> Result<Vec<String>, Error> {
    let mut disk = RealDisk::new(files.iter().any(|(file, _)| file.sync));
    let mut entries = Vec::with_capacity(files.len());
    for (file, temporary) in files {
        if file.place.is_mount_point() {
            return Err(Error::argument(OutputPlace::NOT_ALONE).in_file(&file.place.shown));
        }
        let mut identity = |path: &Path| disk.identity(path).map_err(|e| file.fail(e));
        let (target, temporary) = (file.place.path.clone(), temporary.path().to_owned());
        let (old, new) = (identity(&target)?, identity(&temporary)?);
        if old.is_some() && !file.force {
            return Err(exists(&file.place.shown));
        }
        // A folder that has come meanwhile could be moved away as a file can.
        if old.is_some() && !fs::symlink_metadata(&target).is_ok_and(|found| found.is_file()) {
            return Err(file.fail(io::Error::other("something that is no regular file has taken its place")));
        }
        let new = new.ok_or_else(|| file.fail(io::ErrorKind::NotFound.into()))?;
        entries.push(Entry { backup: names::backup_of(&temporary), target, temporary, new, old });
    }
    let in_general = |e| Error::io("write the outputs", e);
    let journals = journal::journals_of(&entries).map_err(in_general)?;
    match set::place(&mut disk, &entries, &journals) {
        Ok(left) => {
            let told = |(path, e): &(std::path::PathBuf, io::Error)| {
                format!("{}: the next run removes what is left beside it: {e}", path.display())
            };
            Ok(left.iter().map(told).collect())
        }
        Err(set::Failure { entry, error, unrestored }) => {
            let error = match &unrestored[..] {
                [] => error,
                [(path, e), ..] => io::Error::other(format!(
                    "{error}; {} could not be restored ({e}): the next run into that folder tries again",
                    path.display()
                )),
            };
            Err(entry.map_or_else(
                || in_general(io::Error::new(error.kind(), error.to_string())),
                |i| files[i].0.fail(io::Error::new(error.kind(), error.to_string())),
            ))
        }
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
