//! The parts of an XLSX workbook with one sheet (ECMA-376 part 1), and how texts and references are written in it.

/// No number has more digits that every reader keeps.
pub(crate) const MOST_DECIMALS: usize = 15;

/// Where the sheet is in the archive.
pub(crate) const SHEET: &str = "xl/worksheets/sheet1.xml";

/// All parts but the sheet and the styles, by their names.
pub(crate) const PARTS: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="incidents" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
];

/// The number of the first format that is our own.
const FIRST_FORMAT: usize = 164;

/// The styles: 0 is plain, 1 the bold head, and behind them a number with as many decimals as it is written with.
pub(crate) fn styles() -> String {
    let all = || 0..=MOST_DECIMALS;
    let formats: String = all()
        .map(|decimals| {
            let code = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
            format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", FIRST_FORMAT + decimals)
        })
        .collect();
    let numbers: String = all()
        .map(|decimals| {
            let format = FIRST_FORMAT + decimals;
            format!("<xf numFmtId=\"{format}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>")
        })
        .collect();
    let (count, styles) = (MOST_DECIMALS + 1, style_of(MOST_DECIMALS) + 1);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"{count}\">{formats}</numFmts>\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{styles}\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>{numbers}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

/// The style of a number with so many decimals.
pub(crate) fn style_of(decimals: usize) -> usize {
    2 + decimals
}

/// `AB12`: a column by its index, a row from 1.
pub(crate) fn push_reference(column: usize, row: u32, out: &mut Vec<u8>) {
    let (mut letters, mut left) = (Vec::new(), column + 1);
    while left > 0 {
        letters.push(b'A' + ((left - 1) % 26) as u8);
        left = (left - 1) / 26;
    }
    out.extend(letters.iter().rev());
    out.extend_from_slice(row.to_string().as_bytes());
}

/// Text as XML; a character that XML lacks is `_x000D_`, and what looks like that has its first `_` written so.
pub(crate) fn push_text(text: &str, out: &mut Vec<u8>) {
    let is_escape = |rest: &str| {
        let digits = rest.strip_prefix("_x").and_then(|rest| rest.get(..5));
        digits
            .is_some_and(|digits| digits.ends_with('_') && digits[..4].bytes().all(|b| b.is_ascii_hexdigit()))
    };
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '_' if is_escape(&text[at..]) => out.extend_from_slice(b"_x005F_"),
            '\t' | '\n' => out.push(c as u8),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => {
                out.extend_from_slice(format!("_x{:04X}_", c as u32).as_bytes());
            }
            c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_texts() {
        let reference = |column, row| {
            let mut out = Vec::new();
            push_reference(column, row, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!([reference(0, 1), reference(25, 2), reference(26, 30)], ["A1", "Z2", "AA30"]);
        assert_eq!([reference(701, 1), reference(702, 1), reference(16_383, 9)], ["ZZ1", "AAA1", "XFD9"]);
        let text = |text: &str| {
            let mut out = Vec::new();
            push_text(text, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(text("a<b> & \"c\"\n"), "a&lt;b&gt; &amp; \"c\"\n");
        assert_eq!(text("\r\u{1b}_x000D_ _x00_ é_"), "_x000D__x001B__x005F_x000D_ _x00_ é_");
        assert_eq!(styles().matches("<xf ").count(), 1 + 2 + MOST_DECIMALS + 1);
    }
}
