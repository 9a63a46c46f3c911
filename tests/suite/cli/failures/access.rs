//! Files that cannot be opened or written: status 3.

use std::fs;

use crate::program::{ANNOTATE, Folder};

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
