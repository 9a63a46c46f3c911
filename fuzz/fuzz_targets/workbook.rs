//! Any bytes as a workbook, or as the parts of one, a sheet, its strings and its styles with a 0 between them: an error, or
//! rows that become features.
#![no_main]

use std::fs::File;
use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use patrol_corridor::io::{CsvOptions, PositionColumns, ReadLimits, Rows};
use patrol_corridor_fuzz::exchange::{self, Scratch};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const FRAME: [[&str; 2]; 2] = [
    [
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ],
    [
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ],
];

fn workbook(parts: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).expect("in memory");
        zip.write_all(content).expect("in memory");
    };
    FRAME.iter().for_each(|[name, content]| add(name, content.as_bytes()));
    let mut parts = parts.splitn(3, |&byte| byte == 0);
    for name in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"] {
        add(name, parts.next().unwrap_or_default());
    }
    zip.finish().expect("in memory").into_inner()
}

fuzz_target!(|data: &[u8]| {
    let scratch = Scratch::new("workbook");
    let path = match data.starts_with(b"PK") {
        true => scratch.write("in.xlsx", data),
        false => scratch.write("in.xlsx", &workbook(data)),
    };
    let limits = ReadLimits::default().with_record_bytes(100_000).with_inflated_bytes(1_000_000);
    let options = CsvOptions::default().with_limits(limits);
    exchange::read_rows(&|| {
        Rows::workbook(
            "in.xlsx",
            File::open(&path).expect("it is there"),
            None,
            &PositionColumns::default(),
            &options,
        )
    });
});
