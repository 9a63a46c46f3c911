//! Arguments that make no sense.

use crate::program::Folder;

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let folder = Folder::with_demonstration();
    let before = folder.names();
    for wrong in [
        "-k 0",
        "-k=-1",
        "-k x",
        "--max-distance=-1",
        "--max-distance far",
        "--edges round",
        "--edges",
        "--unknown",
        "--skip-invalid",
        "--rejects rejects.jsonl",
        "--output-format shp",
        "--input-format shp",
        "stray",
    ] {
        let run = folder.annotate(wrong);
        assert_eq!((run.status, &*run.out), (2, ""), "{wrong}: {}", run.err);
        assert!(!run.err.is_empty());
    }
    assert_eq!(folder.names(), before);
    assert_eq!(folder.run("annotate --posts posts.geojson --output out.geojson").status, 2);
    assert_eq!(folder.run("annotate --posts posts.geojson --incidents incidents.geojson").status, 2);
    assert_eq!(folder.run("").status, 2);
    assert_eq!(folder.run("fly").status, 2);
}
