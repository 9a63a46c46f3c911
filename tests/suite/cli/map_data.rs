//! What the page of `patrol map` knows: columns of numbers, regions, and the names that it finds incidents by.

use serde_json::Value;

use super::map::{data, html};
use crate::program::{Folder, line, point};

/// A column of numbers: base 64 of little-endian ones.
fn column<const BYTES: usize, T>(data: &Value, name: &str, read: fn([u8; BYTES]) -> T) -> Vec<T> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters =
        data[name].as_str().unwrap_or_else(|| panic!("no column {name}")).trim_end_matches('=').as_bytes();
    let bits: Vec<u8> =
        letters.iter().flat_map(|&letter| (0..6).rev().map(move |bit| value(letter) >> bit & 1)).collect();
    let bytes: Vec<u8> =
        bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| 2 * sum + bit)).collect();
    bytes.chunks_exact(BYTES).map(|one| read(one.try_into().unwrap())).collect()
}

#[test]
fn what_is_told_of_an_incident() {
    let route = line("\"مسیر ۱\"", "{}", "[[46.0,40.0],[46.2,40.0]]");
    let posts = [point("\"a\u{202E}b\"", "{}", 46.1000001, 39.99)];
    let incidents =
        [point("\"on\"", "{}", 46.1, 40.0), point("\"beside\"", r#"{"name":"x"}"#, 46.123456789, 40.01)];
    let page = html(&Folder::with_layers(&posts, &[route], &incidents), "--zone Asia/Baku");
    let data = data(&page);
    // North by a thousandth of a degree of 360 is 0; on the route; positions to a centimetre.
    assert_eq!(
        (column(&data, "post_deg", u16::from_le_bytes)[0], column(&data, "side", u8::from_le_bytes)[0]),
        (0, 0)
    );
    let [post_m, along_m] = ["post_m", "along_m"].map(|name| column(&data, name, f32::from_le_bytes)[0]);
    assert!((post_m - 1_110.4).abs() < 0.1 && (along_m - 8_540.0).abs() < 10.0, "{post_m} {along_m}");
    assert_eq!(column(&data, "at", i32::from_le_bytes)[2..], [461_234_568, 400_100_000]);
    assert_eq!(
        (column(&data, "post_of", u8::from_le_bytes), column(&data, "route_of", u8::from_le_bytes)),
        (vec![1; 2], vec![1; 2])
    );
    assert_eq!((&data["post"][0][0], &data["route"][0][0]), (&"a\u{202E}b".into(), &"مسیر ۱".into()));
    assert_eq!(data["zone"], "Asia/Baku");
    // A mark that turns its label around is not drawn.
    assert!(page.contains(">ab</text>"));
}

#[test]
fn reports_and_times() {
    let posts = [point("\"OP-1\"", "{}", 46.0, 40.0)];
    let incidents = [
        r#"{"type":"Feature","id":"S","properties":{"observer_post":"OP-1","bearing":"NE","distance_m":"2km..5km","time":"2021-01-01T12:00:00Z"},"geometry":null}"#.to_owned(),
        r#"{"type":"Feature","id":"B","properties":{"observer_post":"OP-9","bearing":"NE","time":"2021-01-01 12:00"},"geometry":null}"#.to_owned(),
        point("\"P\"", r#"{"time":"2021-01-02","uncertainty_m":500}"#, 46.0, 40.02),
    ];
    let folder = Folder::with_layers(&posts, &[], &incidents);
    let run = folder.run("map --posts posts.geojson --incidents incidents.geojson --output out.html");
    assert!(run.err.contains("OP-9") && run.err.contains("B") && run.err.contains("1 of 3"), "{}", run.err);
    assert_eq!(run.status, 1, "a time without a zone is no time: {}", run.err);
    let page = folder.read("out.html");
    let data = data(&page);
    assert_eq!(data["incident"].as_array().unwrap().len(), 2);
    assert_eq!(page.matches("class=\"uo uf\"").count(), 3, "two regions and the legend");
    assert!(page.contains("Left out, incidents in an unknown region: 1"));
    // Each region with its form and its candidates: the post, all of the shares, and from where to where it is.
    for (n, form, nearest, farthest) in [("0", "sector", 2_000, 5_000), ("1", "circle", 1_721, 2_721)] {
        let region = &data["regions"][n];
        assert_eq!(data["forms"][region[0].as_u64().unwrap() as usize], form);
        assert_eq!(region[2], serde_json::json!([0, 100, nearest, farthest]), "{region}");
        assert_eq!(region[3], serde_json::json!([]));
    }
    // What a page finds incidents by, by its keys.
    let time = data["known"]["time"][0].as_u64().unwrap() as usize;
    assert_eq!((&data["keys"][time], &data["known"]["status"]), (&"time".into(), &serde_json::json!([])));
    // A table does as well.
    folder.write("log.csv", "id,observer_post,bearing,distance_m\n7,OP-1,43,2500\n");
    folder.run("map --posts posts.geojson --incidents log.csv --output - --format svg").ok();
}

/// As the bulletin has it: by what was in service at any time of the day.
#[test]
fn a_date_alone_is_its_whole_day() {
    let posts = [
        point("\"night\"", r#"{"active_to":"2021-03-05T07:59:00Z"}"#, 46.0, 40.0),
        point("\"noon\"", "{}", 46.3, 40.0),
    ];
    let folder = Folder::with_layers(&posts, &[], &[point("1", r#"{"time":"2021-03-05"}"#, 46.0, 40.01)]);
    let data = data(&html(&folder, "--zone Asia/Baku"));
    assert_eq!(column(&data, "post_of", u8::from_le_bytes), [1], "{data}");
    // All minutes of it but the first follow the first.
    let first = data["lasting"].as_str().map(|_| column(&data, "lasting", i32::from_le_bytes)[0]);
    assert_eq!(first, Some(24 * 60 - 1));
}

/// Shares add up as in the bulletin, and a file's own names are found.
#[test]
fn candidates_with_shares_and_names_of_the_file() {
    let posts = [point("\"W\"", "{}", 46.0, 40.0), point("\"E\"", "{}", 46.1, 40.0)];
    let route = line("\"R\"", r#"{"corridor":"C","half_width_m":3000}"#, "[[46.0,40.0],[46.2,40.0]]");
    let incidents = [
        point("1", r#"{"Kind":"a","status":"open","uncertainty_m":2000}"#, 46.051, 40.001),
        point("2", r#"{"Kind":"b"}"#, 46.0, 40.1),
    ];
    let folder = Folder::with_layers(&posts, &[route], &incidents);
    let data = data(&html(&folder, "--field type=Kind"));
    let found: Vec<u64> =
        data["regions"]["0"][2].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    // The index, the share, the smallest and the greatest distance of each; the larger share first.
    assert_eq!((found.len(), found[0], found[4]), (8, 1, 0), "{found:?}");
    assert!(found[1] + found[5] == 100 && found[1] > found[5] && found[2] < found[3], "{found:?}");
    // It lies in the corridor whole; the other lies in none.
    assert_eq!(data["regions"]["0"][4], serde_json::json!([0]));
    assert_eq!(column(&data, "corridor_of", u8::from_le_bytes), [1, 0]);
    let key = |name: &str| data["keys"].as_array().unwrap().iter().position(|key| key == name).unwrap();
    assert_eq!(data["known"]["type"], serde_json::json!([key("Kind")]));
    assert_eq!(data["known"]["status"], serde_json::json!([key("status")]));
}
