//! Every order of failure over one to four outputs, on a file system in memory: a step fails, all steps from one on fail, the
//! process is killed before a step, and killed again while the next run recovers.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Identity};
use super::set::{Entry, Journal, Recovered, place, recover};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// That step alone fails.
    Once(usize),
    /// No name changes from that step on: a file system that has become read-only.
    ReadOnly(usize),
    /// The process is gone before that step.
    Kill(usize),
}

/// Names and the numbers of their files.
#[derive(Debug, Clone)]
struct Memory {
    names: BTreeMap<PathBuf, u64>,
    texts: BTreeMap<u64, String>,
    links: bool,
    fault: Fault,
    steps: usize,
}

impl Memory {
    fn step(&mut self) -> io::Result<()> {
        let step = self.steps;
        self.steps += 1;
        let fails = match self.fault {
            Fault::None => false,
            Fault::Once(at) => step == at,
            Fault::ReadOnly(at) | Fault::Kill(at) => step >= at,
        };
        if fails { Err(io::Error::other("it fails here")) } else { Ok(()) }
    }

    fn named(&self, path: &Path) -> io::Result<u64> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Disk for Memory {
    fn identity(&mut self, path: &Path) -> io::Result<Option<Identity>> {
        // Looking changes nothing; a process that is gone does not look.
        if matches!(self.fault, Fault::Kill(at) if self.steps >= at) {
            return Err(io::Error::other("killed"));
        }
        let identity = |inode: &u64| Identity { inode: *inode, length: 0, modified_s: 0, modified_ns: 0 };
        Ok(self.names.get(path).map(identity))
    }

    fn link(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        let file = self.named(from)?;
        match (self.links, self.names.contains_key(to)) {
            (false, _) => Err(io::ErrorKind::Unsupported.into()),
            (true, true) => Err(io::ErrorKind::AlreadyExists.into()),
            (true, false) => {
                self.names.insert(to.to_owned(), file);
                Ok(())
            }
        }
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        let file = self.named(from)?;
        // As POSIX has it: two names of one file stay both.
        if self.names.get(to) != Some(&file) {
            self.names.remove(from);
            self.names.insert(to.to_owned(), file);
        }
        Ok(())
    }

    fn rename_new(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        // By a link and a removal, between which a process may be killed.
        self.step()?;
        let file = self.named(from)?;
        if self.names.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.names.insert(to.to_owned(), file);
        if matches!(self.fault, Fault::Kill(at) if self.steps == at) {
            return Err(io::Error::other("killed"));
        }
        self.names.remove(from);
        Ok(())
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        if self.names.contains_key(path) {
            self.step()?;
            self.names.remove(path);
        }
        Ok(())
    }

    fn publish(&mut self, path: &Path, text: &str) -> io::Result<()> {
        self.step()?;
        let file = 1_000 + self.texts.len() as u64;
        self.texts.insert(file, text.to_owned());
        self.names.insert(path.to_owned(), file);
        Ok(())
    }

    fn sync_folder(&mut self, _: &Path) -> io::Result<()> {
        self.step()
    }
}

/// A set of outputs in two folders; bit `i` of `existing` says that output `i` replaces a file.
fn set(count: usize, existing: usize, links: bool) -> (Memory, Vec<Entry>, Vec<Journal>) {
    let mut memory =
        Memory { names: BTreeMap::new(), texts: BTreeMap::new(), links, fault: Fault::None, steps: 0 };
    let mut entries = Vec::new();
    for i in 0..count {
        let path = |name: String| PathBuf::from(format!("/{}/{name}", if i % 2 == 0 { "a" } else { "b" }));
        let (target, temporary) = (path(format!("out{i}")), path(format!(".out{i}.tmp")));
        memory.names.insert(temporary.clone(), 100 + i as u64);
        if existing >> i & 1 == 1 {
            memory.names.insert(target.clone(), i as u64);
        }
        let new = memory.identity(&temporary).unwrap().unwrap();
        let old = memory.identity(&target).unwrap();
        entries.push(Entry { backup: path(format!(".out{i}.old")), target, temporary, new, old });
    }
    let folders = if count > 1 { &["/a/j", "/b/j"][..] } else { &["/a/j"] };
    (memory, entries, folders.iter().map(|path| (PathBuf::from(path), String::new())).collect())
}

/// Names and files as they are with all outputs new, or all of them old, and nothing beside.
fn expected(entries: &[Entry], new: bool) -> BTreeMap<PathBuf, u64> {
    let file = |entry: &Entry| if new { Some(entry.new) } else { entry.old };
    entries.iter().filter_map(|entry| Some((entry.target.clone(), file(entry)?.inode))).collect()
}

/// Each output is one of its two files, whole; where files have no second name, an old one may be beside for a moment.
fn each_is_whole(memory: &Memory, entries: &[Entry]) {
    for entry in entries {
        let found = memory.names.get(&entry.target).copied();
        let is_moved =
            !memory.links && entry.old.map(|old| old.inode) == memory.names.get(&entry.backup).copied();
        let is_whole = found == Some(entry.new.inode) || found == entry.old.map(|old| old.inode) || is_moved;
        assert!(is_whole, "{entry:?}: {found:?}");
    }
}

/// What is left without a journal is found by its name.
fn sweep(memory: &mut Memory, entries: &[Entry]) {
    memory.names.retain(|name, _| entries.iter().all(|entry| entry.temporary != *name));
}

/// The next run, after the process is gone: all old or all new, and nothing beside.
fn recovered(mut memory: Memory, entries: &[Entry], journals: &[Journal], what: &str) -> bool {
    (memory.fault, memory.steps) = (Fault::None, 0);
    let paths: Vec<PathBuf> = journals.iter().map(|(path, _)| path.clone()).collect();
    if paths.iter().any(|path| memory.names.contains_key(path)) {
        let done = recover(&mut memory, entries, &paths);
        assert!(!matches!(done, Recovered::Unfinished(_)), "{what}: {done:?}");
    } else {
        sweep(&mut memory, entries);
    }
    let is_new = memory.names == expected(entries, true);
    assert!(is_new || memory.names == expected(entries, false), "{what}: {:?}", memory.names);
    is_new
}

fn all_sets(mut each: impl FnMut(&Memory, &[Entry], &[Journal], &str)) {
    for count in 1..=4 {
        for existing in 0..1 << count {
            for links in [true, false] {
                let (memory, entries, journals) = set(count, existing, links);
                each(
                    &memory,
                    &entries,
                    &journals,
                    &format!("{count} outputs, old {existing:b}, links {links}"),
                );
            }
        }
    }
}

/// The steps that a set takes without a fault.
fn steps(memory: &Memory, entries: &[Entry], journals: &[Journal]) -> usize {
    let mut memory = memory.clone();
    assert!(place(&mut memory, entries, journals).unwrap().is_empty());
    assert_eq!(memory.names, expected(entries, true));
    memory.steps
}

#[test]
fn a_step_that_fails_leaves_all_old_ones() {
    let (mut failed, mut tried) = (0, 0);
    all_sets(|memory, entries, journals, what| {
        for at in 0..steps(memory, entries, journals) {
            let mut memory = Memory { fault: Fault::Once(at), ..memory.clone() };
            let what = format!("{what}, step {at} fails");
            tried += 1;
            match place(&mut memory, entries, journals) {
                // A link may fail: then the old file is moved. What can't be removed is told.
                Ok(left) if left.is_empty() => assert_eq!(memory.names, expected(entries, true), "{what}"),
                Ok(_) => assert!(recovered(memory, entries, journals, &what), "{what}"),
                Err(failure) => {
                    failed += 1;
                    assert!(failure.unrestored.is_empty(), "{what}: {failure:?}");
                    assert_eq!(memory.names, expected(entries, false), "{what}");
                }
            }
        }
    });
    assert!(tried > 400 && failed > 200, "{failed} of {tried}");
}

#[test]
fn a_file_system_that_fails_from_a_step_on_leaves_whole_files_and_the_way_back() {
    all_sets(|memory, entries, journals, what| {
        for at in 0..steps(memory, entries, journals) {
            let mut memory = Memory { fault: Fault::ReadOnly(at), ..memory.clone() };
            let what = format!("{what}, read-only from step {at} on");
            let placed = place(&mut memory, entries, journals);
            each_is_whole(&memory, entries);
            if let Err(failure) = &placed
                && failure.unrestored.is_empty()
            {
                assert_eq!(memory.names, expected(entries, false), "{what}");
            }
            // The process removes its temporary files as it ends.
            if placed.is_err() {
                sweep(&mut memory, entries);
            }
            let is_new = recovered(memory, entries, journals, &what);
            assert!(is_new || placed.is_err(), "{what}");
        }
    });
}

#[test]
fn a_run_that_is_killed_at_any_step_is_completed_or_taken_back() {
    let (mut completed, mut taken_back) = (0, 0);
    all_sets(|memory, entries, journals, what| {
        for at in 0..=steps(memory, entries, journals) + 1 {
            let mut killed = Memory { fault: Fault::Kill(at), ..memory.clone() };
            let _ = place(&mut killed, entries, journals);
            each_is_whole(&killed, entries);
            let what = format!("{what}, killed before step {at}");
            if recovered(killed.clone(), entries, journals, &what) {
                completed += 1
            } else {
                taken_back += 1
            }
            // The run that recovers is killed as well, at each of its steps.
            let paths: Vec<PathBuf> = journals.iter().map(|(path, _)| path.clone()).collect();
            if !paths.iter().any(|path| killed.names.contains_key(path)) {
                continue;
            }
            for again in 0..12 * entries.len() {
                let mut second = Memory { fault: Fault::Kill(again), steps: 0, ..killed.clone() };
                let _ = recover(&mut second, entries, &paths);
                each_is_whole(&second, entries);
                recovered(second, entries, journals, &format!("{what}, and again before step {again}"));
            }
        }
    });
    assert!(completed > 200 && taken_back > 20, "{completed} completed, {taken_back} taken back");
}

/// A failure, the way back, and a kill on it.
#[test]
fn a_run_that_is_killed_on_its_way_back_is_taken_back() {
    all_sets(|memory, entries, journals, what| {
        for broken in 0..entries.len() {
            // Somebody takes a place meanwhile: that output can never stand there.
            let mut memory = memory.clone();
            let target = &entries[broken].target;
            let theirs = 500;
            memory.names.insert(target.clone(), theirs);
            for at in 0..16 * entries.len() {
                let mut killed = Memory { fault: Fault::Kill(at), ..memory.clone() };
                assert!(place(&mut killed, entries, journals).is_err(), "{what}");
                (killed.fault, killed.steps) = (Fault::None, 0);
                let paths: Vec<PathBuf> = journals.iter().map(|(path, _)| path.clone()).collect();
                if paths.iter().any(|path| killed.names.contains_key(path)) {
                    recover(&mut killed, entries, &paths);
                } else {
                    sweep(&mut killed, entries);
                }
                assert_eq!(killed.names.get(target), Some(&theirs), "{what}: what is not ours stays");
                let all = [true, false].map(|new| {
                    let mut names = expected(entries, new);
                    names.insert(target.clone(), theirs);
                    names
                });
                assert!(all.contains(&killed.names), "{what}, kill {at}: {:?}", killed.names);
            }
        }
    });
}
