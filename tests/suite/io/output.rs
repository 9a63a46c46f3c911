//! Output files: whole or not at all, never over another without leave.

use std::fs::{self, File};
use std::io::{Read, Write};

use patrol_corridor::ErrorKind;
use patrol_corridor::io::{FinishedFile, OutputFile, is_same_file};

fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn nothing_is_there_until_all_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    let mut out = OutputFile::create(&path, false).unwrap();
    out.write_all(b"half").unwrap();
    out.flush().unwrap();
    let beside = names(folder.path());
    assert_eq!(beside.len(), 1);
    assert!(beside[0].starts_with(".out.geojson.patrol-") && beside[0].ends_with(".tmp"), "{beside:?}");
    drop(out);
    assert_eq!(names(folder.path()), [""; 0]);
    let mut out = OutputFile::create(&path, false).unwrap();
    out.write_all(b"whole").unwrap();
    out.commit(true).unwrap();
    assert_eq!(names(folder.path()), ["out.geojson"]);
    assert_eq!(fs::read(&path).unwrap(), b"whole");
}

#[test]
fn what_exists_is_replaced_only_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    fs::write(&path, "old").unwrap();
    let error = OutputFile::create(&path, false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutputExists, "{error}");
    assert!(error.is_argument());
    let mut out = OutputFile::create(&path, true).unwrap();
    out.write_all(b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"old");
    out.commit(false).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    // A file that came meanwhile is not overwritten either.
    let late = folder.path().join("late");
    let out = OutputFile::create(&late, false).unwrap();
    fs::write(&late, "theirs").unwrap();
    assert!(out.commit(false).unwrap_err().is_argument());
    assert_eq!(fs::read(&late).unwrap(), b"theirs");
    assert_eq!(names(folder.path()), ["late", "out"]);
    assert!(OutputFile::create(folder.path(), true).unwrap_err().is_argument());
    assert!(OutputFile::create(folder.path().join("no/such"), false).unwrap_err().is_io());
}

#[test]
fn files_that_belong_together_appear_together() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["a", "b"].map(|name| folder.path().join(name));
    let finished = || {
        paths.each_ref().map(|path| {
            let mut out = OutputFile::create(path, false).unwrap();
            out.write_all(b"ours").unwrap();
            out.finish(false).unwrap()
        })
    };
    let files = finished();
    assert!(!names(folder.path()).iter().any(|name| name == "a" || name == "b"));
    fs::write(&paths[1], "theirs").unwrap();
    assert!(FinishedFile::place_all(files).unwrap_err().is_argument());
    assert_eq!(names(folder.path()), ["b"]);
    assert_eq!(fs::read(&paths[1]).unwrap(), b"theirs");
    fs::remove_file(&paths[1]).unwrap();
    drop(finished());
    assert_eq!(names(folder.path()), [""; 0]);
    FinishedFile::place_all(finished()).unwrap();
    assert_eq!(names(folder.path()), ["a", "b"]);
    assert_eq!(fs::read(&paths[0]).unwrap(), b"ours");
}

#[test]
fn files_that_are_replaced_come_back_where_one_cannot_take_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["a", "b", "c"].map(|name| folder.path().join(name));
    let finished = || {
        paths.each_ref().map(|path| {
            let mut out = OutputFile::create(path, true).unwrap();
            out.write_all(b"ours").unwrap();
            out.finish(false).unwrap()
        })
    };
    fs::write(&paths[0], "old").unwrap();
    fs::write(&paths[1], "old").unwrap();
    let files = finished();
    // No file ever takes the place of a folder.
    fs::remove_file(&paths[1]).unwrap();
    fs::create_dir(&paths[1]).unwrap();
    let error = FinishedFile::place_all(files).unwrap_err();
    assert!(error.is_io() && error.to_string().contains(&*paths[1].to_string_lossy()), "{error}");
    assert_eq!(names(folder.path()), ["a", "b"]);
    assert_eq!(fs::read(&paths[0]).unwrap(), b"old");
    fs::remove_dir(&paths[1]).unwrap();
    FinishedFile::place_all(finished()).unwrap();
    assert_eq!(names(folder.path()), ["a", "b", "c"]);
    assert!(paths.iter().all(|path| fs::read(path).unwrap() == b"ours"));
}

#[test]
fn what_killed_runs_left_is_removed_and_a_living_one_keeps_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let stale = folder.path().join(".out.patrol-AbCdEf.tmp");
    let other = folder.path().join(".other.patrol-AbCdEf.tmp");
    fs::write(&stale, "left").unwrap();
    fs::write(&other, "left").unwrap();
    let path = folder.path().join("out");
    let mut first = OutputFile::create(&path, false).unwrap();
    assert!(!stale.exists() && other.exists());
    let second = OutputFile::create(&path, true).unwrap();
    first.write_all(b"first").unwrap();
    first.commit(false).unwrap();
    second.commit(false).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"");
    assert_eq!(names(folder.path()), [".other.patrol-AbCdEf.tmp", "out"]);
}

#[test]
fn gz_is_packed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson.GZ");
    let mut out = OutputFile::create(&path, false).unwrap();
    out.write_all(b"text").unwrap();
    out.commit(false).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(File::open(&path).unwrap()).read_to_string(&mut text).unwrap();
    assert_eq!(text, "text");
}

#[cfg(unix)]
#[test]
fn rights_are_those_of_any_new_file_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (path, plain, link) =
        (folder.path().join("out"), folder.path().join("plain"), folder.path().join("link"));
    OutputFile::create(&path, false).unwrap().commit(false).unwrap();
    File::create(&plain).unwrap();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&path), mode(&plain));
    symlink(&path, &link).unwrap();
    assert!(is_same_file(&path, &link));
    assert!(!is_same_file(&path, &plain) && !is_same_file(folder.path().join("a"), folder.path().join("a")));
    let mut out = OutputFile::create(&link, true).unwrap();
    out.write_all(b"behind the link").unwrap();
    out.commit(false).unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read(&path).unwrap(), b"behind the link");
    OutputFile::create("/dev/null", false).unwrap().commit(false).unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}
