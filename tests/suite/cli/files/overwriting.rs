//! What is never written over: an input, and without leave an output.

use std::fs;
use std::process::Stdio;

use crate::program::{ANNOTATE, Folder, finish, properties};

#[test]
fn an_output_that_exists_is_replaced_only_by_force() {
    let folder = Folder::with_demonstration();
    folder.write("out.geojson", "theirs");
    let before = folder.names();
    folder.annotate("").fails(2, &["out.geojson", "--force"]);
    assert_eq!((folder.read("out.geojson"), folder.names()), ("theirs".to_owned(), before.clone()));
    folder.annotate("--force").ok();
    assert_eq!(properties(&folder.read("out.geojson")).len(), 3);
    assert_eq!(folder.names(), before);
    // So are the rejects.
    folder.write("rejects.jsonl", "theirs");
    let both = "--output new.geojson --skip-invalid --rejects rejects.jsonl";
    folder.run(&format!("{ANNOTATE} {both}")).fails(2, &["rejects.jsonl", "--force"]);
    assert_eq!((folder.read("rejects.jsonl"), folder.has("new.geojson")), ("theirs".to_owned(), false));
    folder.run(&format!("{ANNOTATE} {both} --force")).ok();
    assert_ne!(folder.read("rejects.jsonl"), "theirs");
    // Flushed to the disk, it is the same.
    folder.run(&format!("{ANNOTATE} --output synced.geojson --sync")).ok();
    assert_eq!(folder.read("synced.geojson"), folder.read("out.geojson"));
}

#[test]
fn an_input_is_never_replaced() {
    let folder = Folder::with_demonstration();
    fs::create_dir(folder.path("sub")).unwrap();
    let layers = ["posts.geojson", "routes.geojson", "incidents.geojson"];
    let texts = layers.map(|name| folder.read(name));
    let held = |line: String, what: &str| {
        let before = folder.names();
        folder.run(&line).fails(2, &[what]);
        assert_eq!(layers.map(|name| folder.read(name)), texts, "{line}");
        assert_eq!(folder.names(), before, "{line}");
    };
    for layer in layers {
        let mut others = vec![layer.to_owned(), format!("sub/../{layer}"), format!("./{layer}")];
        let hard = format!("hard-{layer}");
        fs::hard_link(folder.path(layer), folder.path(&hard)).unwrap();
        others.push(hard);
        #[cfg(unix)]
        {
            let soft = format!("soft-{layer}");
            std::os::unix::fs::symlink(layer, folder.path(&soft)).unwrap();
            others.push(soft);
        }
        for other in others {
            for force in ["", "--force"] {
                held(format!("{ANNOTATE} --output {other} {force}"), &other);
                let rejects = format!("--output new.geojson --skip-invalid --rejects {other}");
                held(format!("{ANNOTATE} {rejects} {force}"), &other);
            }
            // The other way round: what is read is the link.
            held(format!("{ANNOTATE} --output {layer} --force").replacen(layer, &other, 1), layer);
        }
    }
}

/// Neither is one that stands behind standard input.
#[cfg(target_os = "linux")]
#[test]
fn an_input_is_not_replaced_behind_standard_input() {
    let folder = Folder::with_demonstration();
    let text = folder.read("incidents.geojson");
    let from = |name: &str, output: &str| {
        let mut command = folder.command();
        command.args([
            "annotate",
            "--posts",
            "posts.geojson",
            "--incidents",
            "-",
            "--force",
            "--output",
            output,
        ]);
        command
            .stdin(fs::File::open(folder.path(name)).unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        finish(command.spawn().unwrap())
    };
    from("incidents.geojson", "incidents.geojson").fails(2, &["incidents.geojson", "input"]);
    assert_eq!(folder.read("incidents.geojson"), text);
    from("incidents.geojson", "out.geojson").ok();
    assert_eq!(properties(&folder.read("out.geojson")).len(), 3);
}
