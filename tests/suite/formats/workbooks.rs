//! Workbooks as rows: what their cells become, which sheet and header are taken, and files that hold more than they seem to.

use std::fs::File;
use std::io::{Cursor, Seek, Write};

use patrol_corridor::annotate::{AnnotateOptions, Annotator, TableForm, TableRun, annotate_table};
use patrol_corridor::io::{CsvOptions, PositionColumns, ReadLimits, Rows};
use patrol_corridor::{Edges, Error, Limit, PatrolIndex};
use zip::write::SimpleFileOptions;

use crate::fixtures::{demonstration_area, project_path};

/// A zip archive of these parts, as a file.
fn archive(parts: &[(&str, &str)]) -> File {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    file(&writer.finish().unwrap().into_inner())
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A workbook of sheets, each with its name, its `state` and what is in `sheetData`.
fn xlsx_with(sheets: &[(&str, &str, &str)], strings: &str, date1904: &str) -> File {
    let (mut listed, mut relations) = (String::new(), String::new());
    let mut parts = Vec::new();
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    for (at, (name, state, data)) in sheets.iter().enumerate() {
        listed += &format!(r#"<sheet name="{name}" sheetId="{at}" state="{state}" r:id="s{at}"/>"#);
        relations +=
            &format!(r#"<Relationship Id="s{at}" Type="{kind}/worksheet" Target="worksheets/{at}.xml"/>"#);
        let sheet =
            format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{data}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/{at}.xml"), sheet));
    }
    relations += &format!(r#"<Relationship Id="a" Type="{kind}/styles" Target="/xl/styles.xml"/>"#);
    relations += &format!(r#"<Relationship Id="b" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/>"#);
    let workbook =
        format!(r#"<workbook><workbookPr date1904="{date1904}"/><sheets>{listed}</sheets></workbook>"#);
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy\ hh:mm"/></numFmts>
        <cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;
    let relations = format!("<Relationships>{relations}</Relationships>");
    let strings = format!("<sst uniqueCount=\"99999999999999\">{strings}</sst>");
    let mut all = vec![
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", &*workbook),
        ("xl/_rels/workbook.xml.rels", &*relations),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", &*strings),
    ];
    all.extend(parts.iter().map(|(name, text)| (&**name, &**text)));
    archive(&all)
}

fn xlsx(data: &str) -> File {
    xlsx_with(&[("Log", "visible", data)], "", "0")
}

/// Rows of texts, as `sheetData`.
fn sheet(rows: &[&str]) -> String {
    let cell = |text: &str| match text {
        "" => "<c/>".to_owned(),
        text => format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#),
    };
    let row = |row: &&str| format!("<row>{}</row>", row.split('|').map(cell).collect::<String>());
    rows.iter().map(row).collect()
}

fn open(file: File) -> Result<Rows<'static>, Error> {
    open_sheet(file, None)
}

fn open_sheet(file: File, sheet: Option<&str>) -> Result<Rows<'static>, Error> {
    Rows::workbook("log.xlsx", file, sheet, &PositionColumns::default(), &CsvOptions::default())
}

/// The columns of the workbook itself, as CSV.
fn csv(rows: &mut Rows<'_>) -> Result<Vec<Vec<String>>, Error> {
    let columns = rows.columns().len();
    let area: PatrolIndex = demonstration_area(Edges::Planar);
    let annotator = Annotator::new(&area, AnnotateOptions::default());
    let mut text = Vec::new();
    annotate_table(rows, &annotator, TableRun::new(TableForm::Csv(b',')), &mut text)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&text[..]);
    let own = |record: csv::StringRecord| record.iter().take(columns).map(str::to_owned).collect();
    Ok(reader.records().map(|record| own(record.unwrap())).collect())
}

fn read(file: File) -> Vec<Vec<String>> {
    csv(&mut open(file).unwrap()).unwrap()
}

#[test]
fn cells_become_text() {
    let strings = r#"<si><t>a &amp; b</t></si><si><r><t xml:space="preserve">two </t></r><r><t>runs</t></r><rPh><t>no</t></rPh></si>
        <si><t>line_x000D_
end</t></si>"#;
    let data = r#"<row r="1"><c r="A1" t="str"><v>lon</v></c><c r="B1" t="str"><v>lat</v></c><c r="C1" t="str"><v>value</v></c></row>"#;
    let values = [
        (r#"t="s"><v>0</v>"#, "a & b"),
        (r#"t="s"><v>1</v>"#, "two runs"),
        (r#"t="s"><v>2</v>"#, "line\r\nend"),
        (r#"t="str"><f>A1&amp;"x"</f><v>a_x000D_b</v>"#, "a\rb"),
        (r#"t="b"><v>1</v>"#, "true"),
        (r#"t="e"><f>NA()</f><v>#N/A</v>"#, "#N/A"),
        (r#"t="e"><v>#SPILL!</v>"#, "#SPILL!"),
        (r#"t="d"><v>2026-11-20T06:10:00</v>"#, "2026-11-20T06:10:00"),
        (r#"><v>46.799999999999997</v>"#, "46.8"),
        (r#"><v>3</v>"#, "3"),
        (r#"><v>3.0</v>"#, "3"),
        (r#"><v>-0</v>"#, "0"),
        (r#"><v>1E-3</v>"#, "0.001"),
        (r#"><v>9007199254740993</v>"#, "9007199254740992"),
        (r#" s="1"><v>46346.256944444445</v>"#, "2026-11-20T06:10:00"),
        (r#" s="2"><v>46346</v>"#, "2026-11-20"),
        (r#" s="3"><v>0.25694444444444442</v>"#, "06:10"),
        (r#" s="1"><v>-5</v>"#, "-5"),
        (r#" s="99"><v>46346</v>"#, "46346"),
        (r#" s="2" t="str"><v>soon</v>"#, "soon"),
    ];
    let mut data = data.to_owned();
    for (at, (cell, _)) in values.iter().enumerate() {
        let row = at + 2;
        data += &format!(
            r#"<row r="{row}"><c r="A{row}"><v>46.807758999999997</v></c><c r="B{row}"><v>40.0</v></c><c r="C{row}" {cell}</c></row>"#
        );
    }
    let rows = read(xlsx_with(&[("Log", "visible", &data)], strings, "0"));
    assert_eq!(rows.len(), values.len() + 1);
    for (row, (cell, expected)) in rows[1..].iter().zip(values) {
        assert_eq!(row, &["46.807759", "40", expected], "{cell}");
    }
    // The same number of days is four years later.
    let since_1904 = read(xlsx_with(&[("Log", "visible", &data)], strings, "1"));
    assert_eq!(since_1904[16][2], "2030-11-21");
}

#[test]
fn titles_are_passed_over_and_names_are_unique() {
    let rows = [
        "Daily log",
        "",
        "Date||2026-11-20",
        "id|lon|lat|note||note",
        "1|46.8|40|a|b|c",
        "",
        "  ",
        "2|46,9|40|||",
    ];
    let mut rows = open(xlsx(&sheet(&rows))).unwrap();
    let sheet = rows.sheet().unwrap();
    assert_eq!((&*sheet.name, sheet.header_row, sheet.others.len()), ("Log", 4, 0));
    assert_eq!(
        csv(&mut rows).unwrap(),
        [
            ["id", "lon", "lat", "note", "column_5", "note_2"],
            ["1", "46.8", "40", "a", "b", "c"],
            ["2", "46,9", "40", "", "", ""]
        ]
    );
}

#[test]
fn the_first_visible_sheet_with_content_is_read_unless_one_is_named() {
    let filled = sheet(&["id|lon|lat", "1|46.8|40"]);
    let other = sheet(&["id|lon|lat", "2|46.8|40"]);
    let sheets = [
        ("Hidden", "veryHidden", &*other),
        ("Empty", "visible", "<row><c><v> </v></c></row>"),
        ("November", "visible", &*filled),
        ("October &amp; before", "visible", &*other),
    ];
    let book = || xlsx_with(&sheets, "", "0");
    let rows = open(book()).unwrap();
    let sheet = rows.sheet().unwrap();
    assert_eq!((&*sheet.name, &*sheet.others.join(";")), ("November", "October & before"));
    for name in ["October & before", "hidden"] {
        assert_eq!(csv(&mut open_sheet(book(), Some(name)).unwrap()).unwrap()[1][0], "2", "{name}");
    }
    let error = open_sheet(book(), Some("December")).unwrap_err();
    assert!(error.is_argument());
    assert_eq!(
        error.to_string(),
        "log.xlsx: there is no sheet `December`; the sheets are `Hidden`, `Empty`, `November`, `October & before`"
    );
    let error = open_sheet(book(), Some("Empty")).unwrap_err().to_string();
    assert_eq!(error, "log.xlsx: nothing in the sheet `Empty`: name another one");
}

#[test]
fn geometries_and_named_columns_are_those_of_csv() {
    let rows = ["id|wkt", "1|POINT (46.8 40)"];
    assert_eq!(read(xlsx(&sheet(&rows)))[1], ["1", "POINT (46.8 40)"]);
    let error = open(xlsx(&sheet(&["id|lon", "1|46.8"]))).unwrap_err().to_string();
    assert!(
        error.starts_with("log.xlsx:1: no column holds the latitude; the columns are `id`, `lon`."),
        "{error}"
    );
    let rows = sheet(&["id|lon|lat", "1|46.8|40", "2|x|40", "3|46.8|40"]);
    let error = csv(&mut open(xlsx(&rows)).unwrap()).unwrap_err().incidents().0[0].to_string();
    assert!(
        error.contains("log.xlsx:3: feature 2, column `lon`: `x`, expected a number of degrees"),
        "{error}"
    );
}

#[test]
fn a_cell_far_away_costs_nothing() {
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let rows = open(xlsx(far)).unwrap();
    assert_eq!((&*rows.columns()[0].name, rows.sheet().unwrap().header_row), ("1", 1_048_576));
    let below = sheet(&["id|lon|lat", "1|46.8|40"]);
    let rows = read(xlsx(&format!("{below}<row r=\"1048576\"><c r=\"B1048576\"><v>46.8</v></c></row>")));
    assert_eq!((rows.len(), &*rows[2][1]), (3, "46.8"));
}

#[test]
fn what_is_no_workbook_is_named() {
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    let whole = std::fs::read(project_path("tests/fixtures/sheets/log.xlsx")).unwrap();
    for (file, expected) in [
        (file(b""), "an empty file, expected a workbook"),
        (file(b"id,lon,lat\n"), "not a zip archive, expected a workbook"),
        (file(&old), "an .xls workbook, or one with a password"),
        (file(&whole[..whole.len() / 2]), "a damaged workbook"),
        (archive(&[("a.txt", "a")]), "a workbook without its part _rels/.rels"),
        (archive(&[("content.xml", "<a><b></a>")]), "the part content.xml of the workbook is no XML"),
        (xlsx("<row><c>"), "is no XML"),
        (
            xlsx(r#"<row r="9999999999"><c><v>1</v></c></row>"#),
            "the row 9999999999, expected at most 1048576",
        ),
        (xlsx(r#"<row><c r="XFE1"><v>1</v></c></row>"#), "a cell at `XFE1`, expected a column from A to XFD"),
        (xlsx(r#"<row><c t="s"><v>7</v></c></row>"#), "a cell with the text number 7, which is not there"),
        (xlsx(""), "a workbook without anything in its sheets: `Log`"),
    ] {
        let error = open(file).unwrap_err().to_string();
        assert!(error.starts_with("log.xlsx") && error.contains(expected), "{error}");
    }
    // Any part of a workbook cut short or changed is an error, or rows.
    for at in (0..whole.len()).step_by(37) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        for file in [file(&bytes), file(&whole[..at])] {
            drop(open(file).and_then(|mut rows| csv(&mut rows)));
        }
    }
}

#[test]
fn small_files_that_hold_far_more_are_refused() {
    let limits = ReadLimits::default().with_inflated_bytes(1_000_000).with_record_bytes(1_000_000);
    let options = CsvOptions::default().with_limits(limits);
    let long = "x".repeat(100_000);
    let header = r#"<row><c t="str"><v>lon</v></c><c t="str"><v>lat</v></c><c t="str"><v>note</v></c></row>"#;
    let shared = r#"<row><c><v>46.8</v></c><c><v>40</v></c><c t="s"><v>0</v></c></row>"#;
    let content = |rows: &str| {
        format!(
            "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\">{rows}</table:table>\
             </office:spreadsheet></office:body></office:document-content>"
        )
    };
    let ods = |rows: &str| archive(&[("content.xml", &content(rows))]);
    let word = "<text:p>word</text:p>";
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let names = ["lon", "lat", "note"].map(cell).concat();
    let many = format!(
        "<table:table-row>{names}</table:table-row><table:table-row table:number-rows-repeated=\"999999999999\"><table:table-cell table:number-columns-repeated=\"3\">{word}</table:table-cell></table:table-row>"
    );
    for (file, limit) in [
        // A sheet, and the texts of all sheets.
        (xlsx(&" ".repeat(3_000_000)), Limit::Inflated),
        (xlsx_with(&[("Log", "visible", header)], &" ".repeat(3_000_000), "0"), Limit::Inflated),
        // One text for many cells.
        (
            xlsx_with(
                &[("Log", "visible", &format!("{header}{}", shared.repeat(50)))],
                &format!("<si><t>{long}</t></si>"),
                "0",
            ),
            Limit::Inflated,
        ),
        (ods(&many), Limit::Inflated),
        // One cell for many.
        (
            ods(&format!(
                "<table:table-row><table:table-cell table:number-columns-repeated=\"99999999999\"><text:p>{long}</text:p></table:table-cell></table:table-row>"
            )),
            Limit::Record,
        ),
    ] {
        let rows = Rows::workbook("log.xlsx", file, None, &PositionColumns::default(), &options);
        let error = rows.and_then(|mut rows| csv(&mut rows)).unwrap_err();
        assert_eq!(error.exceeded(), Some(limit), "{error}");
    }
}

#[test]
fn one_log_is_the_same_from_excel_and_libreoffice() {
    let expected = [
        ["id", "date", "time", "reported", "lon", "lat", "count", "note", "seen"],
        [
            "INC-1",
            "2026-11-20",
            "06:10",
            "2026-11-20T06:25:00",
            "46.807759",
            "40.068059",
            "3",
            "shots & smoke",
            "true",
        ],
        [
            "INC-2",
            "2026-11-20",
            "18:05:30",
            "2026-11-21T00:00:00",
            "46.75",
            "39.82",
            "12",
            "two\nlines",
            "false",
        ],
        ["003", "2026-12-01", "", "", "46.8", "39.9", "0.5", "Təhlükə «тест»", ""],
        ["4", "", "00:00", "2026-12-01T23:59:59", "46.3", "39.5", "0.00001", "", "true"],
    ];
    for (name, others) in [("log.xlsx", vec!["Notes".to_owned()]), ("log.ods", vec![])] {
        let file = File::open(project_path("tests/fixtures/sheets").join(name)).unwrap();
        let mut rows = open(file).unwrap();
        let sheet = rows.sheet().unwrap();
        assert_eq!((&*sheet.name, sheet.header_row, &*sheet.others), ("Log", 4, &*others), "{name}");
        assert_eq!(csv(&mut rows).unwrap(), expected, "{name}");
    }
}
