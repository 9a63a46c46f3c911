//! A file that another program cuts short while it is read.
//!
//! The run is held up by its standard output, which nobody reads on until the file is cut: by then it has
//! read some blocks of a mebibyte, and the file is longer than all that fit into its hands.

use std::fs;

use super::held::{Held, incidents};
use crate::program::{ANNOTATE, Folder, collection};

const COUNT: usize = 6_000;

/// Cuts `name` to `length` bytes while it is read; the status, what was written and what was said.
fn cut_while_read(folder: &Folder, name: &str, form: &str, length: u64) -> (Option<i32>, String, String) {
    let line = ANNOTATE.replace("incidents.geojson", name);
    let mut run = Held::start(folder, &format!("{line} --quiet --output - --output-format {form}"));
    let mut written = run.first_output();
    fs::File::options().write(true).open(folder.path(name)).unwrap().set_len(length).unwrap();
    written.extend(run.output());
    (run.end().code(), String::from_utf8(written).unwrap(), run.said())
}

#[test]
fn lines_that_are_cut_while_they_are_read_are_an_error_or_fewer_lines() {
    let lines = incidents(COUNT, false);
    let folder = Folder::with_demonstration();
    let text = lines.concat();
    folder.write("in.geojsonl", &text);
    let line = ANNOTATE.replace("incidents.geojson", "in.geojsonl");
    let whole = folder.run(&format!("{line} --quiet --output - --output-format geojsonl")).ok();
    let three_quarters = lines[..COUNT * 3 / 4].concat().len() as u64;
    for threads in ["1", "2"] {
        let form = format!("geojsonl --threads {threads}");
        for (length, count) in [
            // Between two lines, in the middle of one, and before what has been read already.
            (three_quarters, Some(COUNT * 3 / 4)),
            (three_quarters + 700, None),
            (10, None),
        ] {
            folder.write("in.geojsonl", &text);
            let (status, written, said) = cut_while_read(&folder, "in.geojsonl", &form, length);
            assert!(whole.starts_with(&written), "what it wrote is right");
            let found = written.lines().count();
            assert!(written.ends_with('\n') && found < COUNT, "{found} lines");
            match (status, count) {
                (Some(0), Some(count)) => assert_eq!((found, &*said), (count, "")),
                // Where it had read to the end of a line, the rest is just not there.
                (Some(0), None) => assert!(length == 10 && said.is_empty(), "{said}"),
                (status, None) => {
                    assert_eq!(status, Some(2), "{said}");
                    let place = format!("patrol: in.geojsonl:{}: feature {0}: not JSON: ", found + 1);
                    assert!(said.starts_with(&place) && said.lines().count() == 1, "{said}");
                }
                (status, _) => panic!("{status:?}: {said}"),
            }
        }
    }
}

#[test]
fn a_collection_that_is_cut_while_it_is_read_is_an_error() {
    let features: Vec<String> =
        incidents(COUNT, false).iter().map(|line| line.trim_end().to_owned()).collect();
    let text = collection(&features);
    let folder = Folder::with_demonstration();
    let length = text.len() as u64;
    for length in [length * 3 / 4, length - 3, 10] {
        folder.write("in.geojson", &text);
        let (status, written, said) = cut_while_read(&folder, "in.geojson", "geojson", length);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.starts_with("patrol: in.geojson:") && said.contains("not JSON: "), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(serde_json::from_str::<serde::de::IgnoredAny>(&written).is_err(), "it is not whole");
    }
}
