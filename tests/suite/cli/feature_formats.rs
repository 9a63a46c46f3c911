//! Features that commands make, as KML, KMZ and GPX.

use std::io::Read;

use crate::program::{Folder, json};

/// The names of the elements of an XML text, with how often each is there.
fn count(text: &str, name: &str) -> usize {
    let document = roxmltree::Document::parse(text).unwrap();
    document.descendants().filter(|node| node.tag_name().name() == name).count()
}

#[test]
fn commands_write_kml_with_as_many_placemarks_as_features() {
    let folder = Folder::with_demonstration();
    for command in [
        "corridors --routes routes.geojson",
        "coverage --posts posts.geojson --routes routes.geojson --radius 2000",
        "beats --posts posts.geojson --routes routes.geojson --incidents incidents.geojson",
        "hotspots --routes routes.geojson --incidents incidents.geojson --bandwidth 2000",
        "route marks --routes routes.geojson --every 10000",
        "route substring --routes routes.geojson --route R4 --from 0 --to 1000",
        "route point --routes routes.geojson --route R4 --chainage 1000",
    ] {
        folder.run(&format!("{command} --output out.geojson --force")).ok();
        folder.run(&format!("{command} --output out.kml --force")).ok();
        let value = json(&folder.read("out.geojson"));
        let features = value["features"].as_array().map_or(1, Vec::len);
        assert_eq!(count(&folder.read("out.kml"), "Placemark"), features, "{command}");
        folder.run(&format!("{command} --output out.kmz --force")).ok();
        let file = std::fs::File::open(folder.path("out.kmz")).unwrap();
        let mut packed = String::new();
        zip::ZipArchive::new(file).unwrap().by_name("doc.kml").unwrap().read_to_string(&mut packed).unwrap();
        assert_eq!(count(&packed, "Placemark"), features, "{command}");
    }
}

#[test]
fn lines_and_points_go_into_gpx_and_areas_are_counted() {
    let folder = Folder::with_demonstration();
    let marks = "route marks --routes routes.geojson --every 10000 --output marks.gpx";
    folder.run(marks).ok();
    assert!(count(&folder.read("marks.gpx"), "wpt") > 4);
    let areas = folder.run("corridors --routes routes.geojson --output areas.gpx");
    assert_eq!(areas.status, 0, "{}", areas.err);
    assert!(areas.err.contains("with areas or several kinds of geometry"), "{}", areas.err);
    assert_eq!(count(&folder.read("areas.gpx"), "wpt"), 0);
}

#[test]
fn sidecar_files_of_annotate_are_kml_too() {
    let folder = Folder::with_demonstration();
    folder.write("in.csv", "id,post,bearing,distance\nH1,OP-21,N,2-3 km\nH2,OP-04,SE,1 km\n");
    let line = "annotate --posts posts.geojson --routes routes.geojson --incidents in.csv --field observer_post=post \
                --output out.csv --regions";
    folder.run(&format!("{line} regions.geojson --connectors lines.geojson --force")).ok();
    folder.run(&format!("{line} regions.kmz --connectors lines.gpx --force")).ok();
    folder.run(&format!("{line} regions.kml --connectors lines.kml --force")).ok();
    assert_eq!(count(&folder.read("regions.kml"), "Placemark"), 2);
    assert_eq!(count(&folder.read("regions.kml"), "Polygon"), 2);
    let connectors = json(&folder.read("lines.geojson"))["features"].as_array().unwrap().len();
    assert_eq!(count(&folder.read("lines.kml"), "LineString"), connectors);
    assert_eq!(count(&folder.read("lines.gpx"), "trk"), connectors);
    assert!(folder.has("regions.kmz"));
    let refused = folder.run(&format!("{line} regions.csv --force"));
    assert!(refused.err.contains("--regions: the extension tells none of the formats"), "{}", refused.err);
}

#[test]
fn standard_output_takes_kml() {
    let folder = Folder::with_demonstration();
    let text = folder.run("corridors --routes routes.geojson --output - --output-format kml").ok();
    assert!(count(&text, "Placemark") > 0);
}
