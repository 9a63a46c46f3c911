//! GeoJSON becomes a table in two passes: of any form, from a file or a pipe, on any number of threads; a
//! file that changes between them is told.

use std::fs;
use std::io::Write;

use patrol_corridor::annotate::{AnnotateOptions, Annotator, Summary, TableForm, TableRun, annotate_table};
use patrol_corridor::incident::{BadIncidents, Reject};
use patrol_corridor::io::{Rows, spooled};
use patrol_corridor::{Edges, Error, ObservationPost, PatrolIndex};

use crate::support::position;

fn features(count: u32) -> Vec<String> {
    let one = |at: u32| {
        let more = if at == count - 1 { ",\"late\":true" } else { "" };
        format!(
            "{{\"type\":\"Feature\",\"id\":{at},\"properties\":{{\"n\":{at}{more}}},\
             \"geometry\":{{\"type\":\"Point\",\"coordinates\":[46.{at:05},39.5]}}}}"
        )
    };
    (0..count).map(one).collect()
}

fn annotated(rows: &mut Rows<'_>, threads: usize) -> Result<(String, Summary, Vec<Reject>), Error> {
    let post = ObservationPost::new("OP-1", position(46.8, 40.0));
    let area = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    let annotator = Annotator::new(&area, AnnotateOptions::default().with_routes(false));
    let (mut out, mut bad) = (Vec::new(), Vec::new());
    let mut take = |reject| {
        bad.push(reject);
        Ok(())
    };
    let run =
        TableRun::new(TableForm::Csv(b',')).with_threads(threads).with_bad(BadIncidents::Reject(&mut take));
    let summary = annotate_table(rows, &annotator, run, &mut out)?;
    Ok((String::from_utf8(out).unwrap(), summary, bad))
}

fn of_text(text: &str, threads: usize) -> Result<(String, Summary, Vec<Reject>), Error> {
    annotated(&mut Rows::features("day.geojson", spooled("day.geojson", text.as_bytes())?)?, threads)
}

#[test]
fn the_form_and_the_threads_make_no_difference() {
    // More than one block of text.
    let features = features(20_000);
    let collection = format!(
        "{{\"name\":\"day\",\"type\":\"FeatureCollection\",\"features\":[{}],\"more\":1}}",
        features.join(",\n")
    );
    let (expected, summary, _) = of_text(&collection, 1).unwrap();
    assert_eq!(
        (summary.tally.read, summary.left_out),
        (20_000, vec!["`name`".to_owned(), "`more`".to_owned()])
    );
    assert!(expected.starts_with("id,n,late,longitude,latitude,post_id"), "{}", &expected[..80]);
    assert!(expected.lines().last().unwrap().starts_with("19999,19999,true,46.19999,39.5,"));
    assert_eq!(expected.lines().count(), 20_001);
    for (text, threads) in [
        (collection.clone(), 3),
        (features.join("\n"), 2),
        (features.iter().map(|feature| format!("\u{1E}{feature}\n")).collect(), 2),
    ] {
        assert_eq!(of_text(&text, threads).unwrap().0, expected);
    }
}

#[test]
fn bad_features_are_named_by_their_place() {
    let mut features = features(9_000);
    features[8_500] = features[8_500].replace("39.5", "139.5");
    let (out, summary, bad) = of_text(&features.join("\n"), 2).unwrap();
    assert_eq!((summary.tally.read, summary.tally.rejected, out.lines().count()), (9_000, 1, 9_000));
    assert_eq!((bad[0].line, bad[0].feature, &bad[0].text), (8_501, 8_501, &features[8_500]));
}

#[test]
fn what_is_no_geojson_is_told_before_anything_is_written() {
    for (text, words) in [
        ("{\"type\":\"FeatureCollection\",\"features\":[{}", "day.geojson"),
        ("[]", "not GeoJSON"),
        ("{\"type\":\"FeatureCollection\",\"features\":[],\"features\":[]}", "twice"),
    ] {
        let error = of_text(text, 1).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
    let wide: Vec<String> = (0..10_001).map(|at| format!("\"p{at}\":1")).collect();
    let text = format!("{{\"type\":\"Feature\",\"geometry\":null,\"properties\":{{{}}}}}", wide.join(","));
    assert!(of_text(&text, 1).unwrap_err().to_string().contains("10000 different properties"));
}

#[test]
fn a_file_that_changes_meanwhile_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("day.geojsonl");
    // More than what is read at once.
    let before = features(20_000).join("\n");
    for after in [
        before.replace("\"n\":19999", "\"m\":19999"),
        before.replace("\"n\":19999", "\"n\":19998"),
        before[..before.rfind('\n').unwrap()].to_owned(),
        format!("{before}\n{}", features(1)[0]),
        "no JSON".to_owned(),
    ] {
        fs::write(&path, &before).unwrap();
        let mut rows = Rows::features("day.geojsonl", fs::File::open(&path).unwrap()).unwrap();
        // In place, as an editor or a logger writes.
        let mut file = fs::File::options().write(true).truncate(true).open(&path).unwrap();
        file.write_all(after.as_bytes()).unwrap();
        let result = annotated(&mut rows, 1);
        match result {
            Err(error) => {
                assert!(error.to_string().contains("the file changed while it was read"), "{error}")
            }
            Ok((_, summary, _)) => panic!("{} bytes: {summary:?}", after.len()),
        }
    }
    // A file that only takes its name is another file.
    fs::write(&path, &before).unwrap();
    let mut rows = Rows::features("day.geojsonl", fs::File::open(&path).unwrap()).unwrap();
    fs::write(folder.path().join("new"), "{}").unwrap();
    fs::rename(folder.path().join("new"), &path).unwrap();
    assert_eq!(annotated(&mut rows, 1).unwrap().1.tally.read, 20_000);
}

/// The threads that are asked for count in the pass that finds the columns, too.
#[cfg(target_os = "linux")]
#[test]
fn one_thread_works_in_both_passes() {
    use crate::program::Folder;

    let folder = Folder::with_demonstration();
    folder.write("long.geojsonl", features(90_000).join("\n"));
    let most_tasks = |threads: u32| {
        let line = format!(
            "annotate --posts posts.geojson --incidents long.geojsonl --output out.csv --force --quiet --threads {threads}"
        );
        let mut child = folder.command().args(line.split_whitespace()).spawn().unwrap();
        let tasks = format!("/proc/{}/task", child.id());
        let mut most = 0;
        let status = loop {
            most = most.max(fs::read_dir(&tasks).map_or(0, Iterator::count));
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
        };
        assert!(status.success());
        most
    };
    // Its own, one for signals, one that writes or reads.
    let alone = most_tasks(1);
    assert!(alone <= 3, "{alone} tasks");
    assert!(most_tasks(6) > alone + 3, "the others are never seen");
}
