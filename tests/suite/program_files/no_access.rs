//! Files that cannot be opened or written: status 3.

use std::fs;
use std::process::Stdio;

use super::MIXED;
use crate::program::{ANNOTATE, Folder, collection, finish};

#[test]
fn a_file_that_cannot_be_opened_is_status_3() {
    let folder = Folder::with_demonstration();
    fs::create_dir(folder.path("folder")).unwrap();
    let before = folder.names();
    for layer in ["posts.geojson", "routes.geojson", "incidents.geojson"] {
        for other in ["missing.geojson", "folder", "posts.geojson/x"] {
            let line = format!("{ANNOTATE} --output out.geojson").replace(layer, other);
            folder.run(&line).fails(3, &[other]);
        }
    }
    for output in ["missing/out.geojson", "posts.geojson/out.geojson"] {
        folder.run(&format!("{ANNOTATE} --output {output}")).fails(3, &[output]);
        let rejects = format!("--output out.geojson --skip-invalid --rejects {output}");
        folder.run(&format!("{ANNOTATE} {rejects}")).fails(3, &[output]);
    }
    assert_eq!(folder.names(), before);
}

const POSTS: &str = "annotate --posts posts.geojson --incidents incidents.geojson";

#[cfg(unix)]
#[test]
fn rights_that_are_missing_are_status_3() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_demonstration();
    let locked = folder.path("locked");
    fs::create_dir(&locked).unwrap();
    fs::copy(folder.path("posts.geojson"), locked.join("posts.geojson")).unwrap();
    fs::set_permissions(locked.join("posts.geojson"), fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    // For root no door is locked.
    if fs::File::open(locked.join("posts.geojson")).is_err() {
        folder.run(&format!("{POSTS} --output locked/out.geojson")).fails(3, &["locked/out.geojson"]);
        folder
            .run("annotate --posts locked/posts.geojson --incidents incidents.geojson --output out.geojson")
            .fails(3, &["locked/posts.geojson"]);
        assert!(!folder.has("out.geojson"));
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_status_3() {
    let folder = Folder::with_demonstration();
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for line in [
        format!("{ANNOTATE} --output - --output-format geojson"),
        "nearest --posts posts.geojson --at 46.6,39.7".to_owned(),
    ] {
        let mut command = folder.command();
        command.args(line.split(' ')).stdout(full()).stderr(Stdio::piped());
        let run = finish(command.spawn().unwrap());
        assert_eq!(run.status, 3, "{line}: {}", run.err);
        assert!(!run.err.is_empty());
    }
    // Where much is written, too.
    folder.write("incidents.geojson", collection(&vec![MIXED[0].to_owned(); 2000]));
    let run = folder.run(&format!("{ANNOTATE} --output /dev/full --output-format geojsonl --force"));
    run.fails(3, &["/dev/full"]);
}
