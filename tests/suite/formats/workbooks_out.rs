//! XLSX out: what our own reader finds again, and what a sheet has no room for.

use crate::program::Folder;
#[cfg(feature = "xlsx-out")]
use crate::program::{collection, point};

const LAYERS: &str = "annotate --posts posts.geojson --routes routes.geojson";

/// The cells of a table as numbers where they are such, else as texts.
#[cfg(feature = "xlsx-out")]
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let plain = |text: &str| match text.parse::<f64>() {
        Ok(number) if text.len() <= 16 && !text.starts_with('0') || text.contains('.') || text == "0" => {
            number.to_string()
        }
        _ => text.to_owned(),
    };
    reader.records().map(|record| record.unwrap().iter().map(plain).collect()).collect()
}

#[cfg(feature = "xlsx-out")]
#[test]
fn csv_and_back() {
    let folder = Folder::with_demonstration();
    folder.write(
        "log.csv",
        "id,lon,lat,time,note,code,big,n\n\
         007,46.750,39.85,2020-10-04T13:45:00+04:00,\"a \"\"b\"\",\nnext\",1e5,12345678901234567890,-0\n\
         8,46.81,40.07,,=1+1,_x0041_,0.1,100.50\n\
         тест,46.9,40.1,13:45,  two blanks  ,+5,-12,true\n",
    );
    folder.run(&format!("{LAYERS} --incidents log.csv --output a.xlsx -k 2")).ok();
    folder.run(&format!("{LAYERS} --incidents log.csv --output a.csv -k 2")).ok();
    folder.run(&format!("{LAYERS} --incidents a.xlsx --output b.csv -k 2 --replace")).ok();
    let (expected, found) = (cells(&folder.read("a.csv")), cells(&folder.read("b.csv")));
    assert_eq!(found.len(), 4);
    assert_eq!(found, expected);
    assert_eq!(found[1][0], "007");
    assert_eq!(found[1][6], "12345678901234567890");
    assert_eq!(found[1][3], "2020-10-04T13:45:00+04:00");
}

#[cfg(feature = "xlsx-out")]
#[test]
fn features_and_their_types() {
    let folder = Folder::with_demonstration();
    let features = [
        point(
            "5",
            r#"{"yes":true,"n":3,"big":9007199254740993,"deep":{"a":[1]},"text":"12","none":null}"#,
            46.5,
            39.6,
        ),
        point("6", "{}", 46.75, 39.85),
    ];
    folder.write("in.geojson", collection(&features));
    folder.run(&format!("{LAYERS} --incidents in.geojson --output a.xlsx")).ok();
    folder.run(&format!("{LAYERS} --incidents in.geojson --output a.csv")).ok();
    folder.run(&format!("{LAYERS} --incidents a.xlsx --output b.csv --replace")).ok();
    let found = folder.read("b.csv");
    assert_eq!(cells(&found), cells(&folder.read("a.csv")));
    assert!(found.contains("9007199254740993"), "{found}");
}

#[cfg(feature = "xlsx-out")]
#[test]
fn types_head_and_widths_are_in_the_sheet() {
    use std::io::Read;
    let folder = Folder::with_demonstration();
    folder.write("log.csv", "id,lon,lat\n007,46.750,39.85\n");
    let mut bytes = Vec::new();
    for _ in 0..2 {
        folder.run(&format!("{LAYERS} --incidents log.csv --output a.xlsx --force")).ok();
        bytes.push(std::fs::read(folder.path("a.xlsx")).unwrap());
    }
    assert!(bytes[0] == bytes[1], "two runs differ");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.remove(0))).unwrap();
    let mut sheet = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    for part in [
        "<pane ySplit=\"1\" topLeftCell=\"A2\"",
        "state=\"frozen\"",
        "<cols><col min=\"1\" max=\"1\" width=\"10\"",
        ">007</t>",
        "<v>46.750</v>",
    ] {
        assert!(sheet.contains(part), "{part}: {sheet}");
    }
}

#[cfg(feature = "xlsx-out")]
#[test]
fn what_a_sheet_has_no_room_for() {
    let folder = Folder::with_demonstration();
    folder.write("log.csv", format!("id,lon,lat,note\n1,46.75,39.85,{}\n", "x".repeat(32_768)));
    let before = folder.names();
    folder
        .run(&format!("{LAYERS} --incidents log.csv --output a.xlsx"))
        .fails(2, &["a.xlsx", "32768 characters in row 2", "column `note`", "write CSV"]);
    assert_eq!(folder.names(), before);
    folder.run(&format!("{LAYERS} --incidents log.csv --output a.ods")).fails(2, &["a.ods", ".xlsx"]);
    folder.write("log.csv", format!("id,lon,lat,note\n1,46.75,39.85,{}\n", "я".repeat(32_767)));
    folder.run(&format!("{LAYERS} --incidents log.csv --output a.xlsx")).ok();
}

#[cfg(not(feature = "xlsx-out"))]
#[test]
fn a_build_without_it_says_what_works() {
    let folder = Folder::with_demonstration();
    folder
        .run(&format!("{LAYERS} --incidents incidents.geojson --output a.xlsx"))
        .fails(2, &["a.xlsx", "--features xlsx-out", "write CSV"]);
}
