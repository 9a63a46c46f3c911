//! The member that says where the answers come from.

use serde_json::json;

use crate::program::{ANNOTATE, Folder, demonstration, json, keys};
use crate::text::{gzip, without};

const SHA256_OF_POSTS: &str = "012ffe429ca822516840fa76881c9dd43a6b95ca3e1a5b7c7dd4978b8e55c937";

const SHA256_OF_ROUTES: &str = "81aaebd2a9569eb1599c8e11b9b67018242572da7942b776a2575befef6e850e";

/// `shown` is a folder of the path, which the base name has not.
#[test]
fn a_collection_ends_with_where_the_answers_come_from() {
    let folder = Folder::with_demonstration();
    std::fs::create_dir(folder.path("shown")).unwrap();
    for name in ["posts", "routes", "incidents"] {
        std::fs::rename(
            folder.path(&format!("{name}.geojson")),
            folder.path(&format!("shown/{name}.geojson")),
        )
        .unwrap();
    }
    folder
        .run(
            "annotate --posts shown/posts.geojson --routes shown/routes.geojson --edges geodesic \
             --incidents shown/incidents.geojson --output out.geojson",
        )
        .ok();
    let text = folder.read("out.geojson");
    let at = text.find("\"patrol_corridor\"").unwrap();
    // From there on nothing but this one member is in the collection.
    let last = json(&format!("{{{}", &text[at..]));
    assert_eq!(keys(&last), ["patrol_corridor"]);
    let mut origin = last["patrol_corridor"].clone();
    assert!(origin["ellipsoid"].as_str().unwrap().starts_with("WGS"));
    origin["ellipsoid"] = json!(null);
    assert_eq!(
        origin,
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "ellipsoid": null,
            "edges": "geodesic",
            "posts": {"file": "posts.geojson", "features": 27, "sha256": SHA256_OF_POSTS},
            "routes": {"file": "routes.geojson", "features": 5, "sha256": SHA256_OF_ROUTES},
            "incidents": {"file": "incidents.geojson", "features": 3},
        })
    );
    // The hash is of the bytes as read: packed, where they are.
    let packed = gzip(&std::fs::read_to_string(demonstration("posts.geojson")).unwrap());
    folder.write("posts.geojson.gz", &packed);
    folder
        .run("annotate --posts posts.geojson.gz --incidents shown/incidents.geojson --output packed.geojson")
        .ok();
    use sha2::Digest;
    let sha256: String = sha2::Sha256::digest(&packed).iter().map(|byte| format!("{byte:02x}")).collect();
    let origin = json(&folder.read("packed.geojson"))["patrol_corridor"]["posts"].clone();
    assert_eq!(origin, json!({"file": "posts.geojson.gz", "features": 27, "sha256": sha256}));
}

#[test]
fn a_sequence_says_where_its_answers_come_from_only_when_asked() {
    let folder = Folder::with_demonstration();
    let write = |more: &str| {
        folder.run(&format!("{} --force --output out.geojsonl {more}", ANNOTATE)).ok();
        folder.read("out.geojsonl")
    };
    let without_it = write("");
    assert!(!without_it.contains("patrol_corridor"));
    let with_it = write("--provenance");
    assert_eq!(with_it.lines().count(), 3);
    for line in with_it.lines() {
        let origin = &json(line)["patrol_corridor"];
        assert_eq!(
            (&origin["posts"]["sha256"], &origin["edges"]),
            (&json!(SHA256_OF_POSTS), &json!("planar"))
        );
        assert_eq!(origin["incidents"]["file"], "incidents.geojson");
        let at = line.find("\"patrol_corridor\"").unwrap();
        assert_eq!(keys(&json(&format!("{{{}", &line[at..]))), ["patrol_corridor"], "it is the last");
    }
    assert_eq!(without(&with_it, |key| key == "patrol_corridor"), without_it);
    // A collection has it once, asked or not.
    for more in ["", "--provenance"] {
        folder.annotated(more);
        assert_eq!(folder.read("out.geojson").matches("\"patrol_corridor\"").count(), 1);
    }
}
