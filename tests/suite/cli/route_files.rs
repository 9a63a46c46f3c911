//! Where `patrol route` writes: the usual rules of outputs.

use crate::program::{Folder, gunzip, json};

const LAYER: &str = "--routes routes.geojson";

#[test]
fn outputs_appear_whole_or_not_at_all() {
    let folder = Folder::with_demonstration();
    for (command, is_feature) in [
        (format!("route point {LAYER} --route R4 --chainage 5"), true),
        (format!("route substring {LAYER} --route R4 --from 5 --to 900"), true),
        (format!("route locate {LAYER} --route R4 --at 46.8,40"), false),
        (format!("route marks {LAYER} --route R4"), true),
    ] {
        let printed = folder.run(&command).ok();
        assert_eq!(folder.run(&format!("{command} --output -")).ok(), printed);
        for name in ["out.geojson", "out.json"] {
            assert_eq!(folder.run(&format!("{command} --output {name}")).ok(), "");
            assert_eq!(folder.read(name), printed);
            folder.run(&format!("{command} --output {name}")).fails(2, &[name, "--force"]);
            folder.write(name, "old");
            folder.run(&format!("{command} --output {name} --force")).ok();
            assert_eq!(folder.read(name), printed);
            std::fs::remove_file(folder.path(name)).unwrap();
        }
        folder.run(&format!("{command} --output out.json.gz")).ok();
        assert_eq!(gunzip(&std::fs::read(folder.path("out.json.gz")).unwrap()), printed);
        std::fs::remove_file(folder.path("out.json.gz")).unwrap();
        if is_feature {
            folder.run(&format!("{command} --output out.shp")).fails(2, &["out.shp", ".geojson"]);
            folder.run(&format!("{command} --output out.geojsonl")).ok();
            let lines = folder.read("out.geojsonl");
            assert!(lines.lines().all(|line| json(line)["type"] == "Feature"));
            folder.run(&format!("{command} --output out.geojsons")).ok();
            assert_eq!(folder.read("out.geojsons").replace('\u{1e}', ""), lines);
            assert_eq!(folder.read("out.geojsons").matches('\u{1e}').count(), lines.lines().count());
            for name in ["out.geojsonl", "out.geojsons"] {
                assert_eq!(folder.run(&format!("check {name}")).ok(), "");
                std::fs::remove_file(folder.path(name)).unwrap();
            }
        }
        // An input is never replaced, and an error leaves nothing.
        let before = (folder.names(), folder.read("routes.geojson"));
        folder
            .run(&format!("{command} --output routes.geojson --force"))
            .fails(2, &["the output is also an input"]);
        folder.run(&format!("{command} --output new.json --edges round")).fails(2, &["round"]);
        folder.run(&format!("{command} --output missing/new.json")).fails(3, &["missing"]);
        let unknown = command.replace("R4", "R9");
        folder.run(&format!("{unknown} --output new.json")).fails(2, &["R9"]);
        assert_eq!((folder.names(), folder.read("routes.geojson")), before);
    }
}
