//! The outputs of a run: held against its inputs and each other before the work, in their places together after it.

use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::{FinishedFile, OutputFile, OutputPlace, is_same_file, recover_outputs};

use crate::args::files::{is_standard, split_layer};
use crate::ending::is_closed_pipe;
use crate::project;
use crate::signals;
use crate::term::{Page, say};

/// An option and the file that it names.
pub type Named<'p> = (&'static str, &'p Path);

/// Holds the files of a run against each other, before any work is done: no output is an input, two outputs are never one
/// file, each can be written as far as that is known. What an interrupted run left in their folders is dealt with.
///
/// Outputs are in the order in which a message names two of them.
pub fn check<'p>(
    inputs: impl IntoIterator<Item = impl AsRef<Path> + 'p>,
    outputs: &[Named<'_>],
    force: bool,
) -> Result<(), Error> {
    let inputs: Vec<_> = inputs.into_iter().collect();
    let words: Vec<_> = std::env::args_os().collect();
    // A run without inputs takes no options from it, and may be the one that makes it.
    let project = project::of_words(&words).filter(|_| !inputs.is_empty());
    let inputs: Vec<_> = inputs.iter().map(|path| split_layer(path.as_ref()).0).collect();
    let inputs: Vec<&Path> = inputs.iter().map(AsRef::as_ref).chain(project.as_deref()).collect();
    if inputs.iter().filter(|path| is_standard(path)).count() > 1 {
        return Err(Error::argument("`-` names more than one input; standard input can be read once"));
    }
    for (i, (name, path)) in outputs.iter().enumerate() {
        if let Some((other, _)) = outputs[..i].iter().find(|(_, other)| other == path) {
            return Err(one_file(other, name));
        }
    }
    let files: Vec<Named<'_>> = outputs.iter().copied().filter(|(_, path)| !is_standard(path)).collect();
    if !files.is_empty() {
        signals::watch();
    }
    recover(&files);
    for (_, path) in outputs {
        let is_read = |input: &&Path| match (is_standard(input), is_standard(path)) {
            (false, false) => is_same_file(input, path),
            (true, false) => standard::is_input(path),
            (false, true) => standard::is_output(input),
            (true, true) => standard::are_one(),
        };
        if inputs.iter().any(is_read) {
            let shown =
                if is_standard(path) { "standard output".to_owned() } else { path.display().to_string() };
            return Err(Error::argument("the output is also an input; choose another file").in_file(shown));
        }
    }
    let places =
        files.iter().map(|(_, path)| OutputPlace::find(path, force)).collect::<Result<Vec<_>, _>>()?;
    for (i, (name, path)) in files.iter().enumerate() {
        if let Some((other, _)) =
            files[..i].iter().zip(&places).find(|(_, place)| place.is_file(path)).map(|(file, _)| file)
        {
            return Err(one_file(other, name));
        }
        if let Some((other, _)) =
            outputs.iter().find(|(_, other)| is_standard(other) && standard::is_output(path))
        {
            return Err(one_file(other, name));
        }
    }
    for (_, (_, path)) in places.iter().zip(&files).filter(|(place, _)| place.is_mount_point()) {
        if files.len() > 1 {
            return Err(Error::argument(OutputPlace::NOT_ALONE).in_file(path.display().to_string()));
        }
        say!("patrol: {}: warning: {}", path.display(), OutputPlace::IN_PLACE);
    }
    Ok(())
}

/// The folder in which a file is written until it takes its place: what has room for it has room for what becomes of it.
pub fn folder_beside(out: &OutputFile) -> Option<PathBuf> {
    out.temporary_path().and_then(Path::parent).map(|folder| match folder.as_os_str() {
        folder if folder.is_empty() => PathBuf::from("."),
        folder => PathBuf::from(folder),
    })
}

fn one_file(first: &str, second: &str) -> Error {
    Error::argument(format!("one file for {first} and {second}: two outputs need two files"))
}

/// Goes on with what an interrupted run began in the folders of these files, and says so.
fn recover(files: &[Named<'_>]) {
    let mut folders: Vec<&Path> = files.iter().map(|(_, path)| path.parent().unwrap_or(path)).collect();
    folders.sort();
    folders.dedup();
    for warning in folders.into_iter().flat_map(recover_outputs) {
        say!("patrol: warning: {warning}");
    }
}

/// Puts files in their places together, when all of them are whole and a table for the reader has been written to standard
/// output: if one of these fails, all is as before.
pub fn place(files: Vec<OutputFile>, sync: bool, table: Option<&Page>) -> Result<(), Error> {
    let finished = files.into_iter().map(|file| file.finish(sync)).collect::<Result<Vec<_>, _>>()?;
    if let Some(table) = table {
        match table.print() {
            // Whoever read the table has seen enough: the files are wanted all the same.
            Err(error) if is_closed_pipe(&error) => {}
            printed => printed?,
        }
    }
    for warning in FinishedFile::place_all(finished)? {
        say!("patrol: warning: {warning}");
    }
    Ok(())
}

/// Files that the shell has opened for the program.
#[cfg(unix)]
mod standard {
    use std::fs::{File, Metadata, metadata};
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    /// Only of a regular file anything is lost.
    fn regular(stream: impl AsFd) -> Option<Metadata> {
        let file = File::from(stream.as_fd().try_clone_to_owned().ok()?);
        file.metadata().ok().filter(Metadata::is_file)
    }

    fn are_same(a: Option<Metadata>, b: Option<Metadata>) -> bool {
        a.zip(b).is_some_and(|(a, b)| (a.dev(), a.ino()) == (b.dev(), b.ino()))
    }

    pub fn is_input(path: &Path) -> bool {
        are_same(regular(std::io::stdin()), metadata(path).ok())
    }

    pub fn is_output(path: &Path) -> bool {
        are_same(regular(std::io::stdout()), metadata(path).ok())
    }

    pub fn are_one() -> bool {
        are_same(regular(std::io::stdin()), regular(std::io::stdout()))
    }
}

/// The system does not tell which files these are.
#[cfg(not(unix))]
mod standard {
    use std::path::Path;

    pub fn is_input(_: &Path) -> bool {
        false
    }

    pub fn is_output(_: &Path) -> bool {
        false
    }

    pub fn are_one() -> bool {
        false
    }
}
