//! The parts of the package around the document.

use super::super::block::{Page, plain};
use super::super::words::Words;
use crate::report::markup::escaped;

pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(super) const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
    <Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
    <Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
    <Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
    <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>";

pub(super) const PACKAGE_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
    </Relationships>";

pub(super) const APP: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">",
    "<Application>patrol-corridor ",
    env!("CARGO_PKG_VERSION"),
    "</Application></Properties>"
);

pub(super) const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:compat>\
    <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";

const MAIN: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// What the document is and in what language, for readers of files.
pub(super) fn core(page: &Page, words: &Words, author: &str) -> String {
    let keywords = match page.notice {
        Some(_) => "<cp:keywords>translation not reviewed</cp:keywords>",
        None => "",
    };
    let category = match page.classification.is_empty() {
        true => String::new(),
        false => format!("<cp:category>{}</cp:category>", escaped(&plain(&page.classification))),
    };
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>{keywords}{category}\
         <dc:language>{}</dc:language></cp:coreProperties>",
        escaped(&plain(&page.title)),
        escaped(author),
        words.language().tag()
    )
}

/// What the document refers to.
pub(super) fn relations(images: &[&str]) -> String {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut out = format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for (id, kind, target) in [
        ("rId1", "styles", "styles.xml"),
        ("rId2", "numbering", "numbering.xml"),
        ("rId3", "settings", "settings.xml"),
        ("rId4", "header", "header1.xml"),
        ("rId5", "footer", "footer1.xml"),
    ] {
        out.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>"));
    }
    for (n, image) in images.iter().enumerate() {
        out.push_str(&format!(
            "<Relationship Id=\"rIdImage{}\" Type=\"{TYPES}/image\" Target=\"media/{image}\"/>",
            n + 1
        ));
    }
    out + "</Relationships>"
}

/// The styles, by the names that Word has for them.
pub(super) fn styles(words: &Words) -> String {
    let tag = words.language().tag();
    let (latin, complex) = if words.is_right_to_left() { ("en", tag) } else { (tag, "ar") };
    let paragraph = |id: &str, name: &str, properties: &str, runs: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{properties}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
        )
    };
    let size = |half_points: u8, bold: bool| {
        let bold = if bold { "<w:b/><w:bCs/>" } else { "" };
        format!("{bold}<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
    };
    let heading = |before: u16, level: u8| {
        format!(
            "<w:keepNext/><w:spacing w:before=\"{before}\" w:after=\"60\"/><w:outlineLvl w:val=\"{level}\"/>"
        )
    };
    let styles = [
        paragraph(
            "Title",
            "Title",
            "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"120\"/>",
            &size(34, true),
        ),
        paragraph("Heading1", "heading 1", &heading(240, 0), &size(25, true)),
        paragraph("Heading2", "heading 2", &heading(140, 1), &size(22, true)),
        paragraph(
            "Notice",
            "Notice",
            "<w:spacing w:after=\"120\"/>",
            "<w:i/><w:iCs/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
        ),
        paragraph("Head", "Head", "<w:spacing w:after=\"0\"/>", &size(20, false)),
        paragraph("Lead", "Lead", "<w:spacing w:before=\"80\" w:after=\"80\"/>", &size(23, false)),
        paragraph("Cell", "Cell", "<w:spacing w:before=\"20\" w:after=\"20\"/>", &size(20, false)),
        paragraph(
            "Picture",
            "Picture",
            "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"120\"/><w:jc w:val=\"center\"/>",
            "",
        ),
        paragraph(
            "ListBullet",
            "List Bullet",
            "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:before=\"20\" w:after=\"40\"/>",
            "",
        ),
    ];
    format!(
        "{DECLARATION}<w:styles {MAIN}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Arial\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>\
         <w:lang w:val=\"{latin}\" w:bidi=\"{complex}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"80\"/></w:pPr>\
         </w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:qFormat/></w:style><w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr></w:style><w:style w:type=\"table\" w:styleId=\"Figures\"><w:name w:val=\"Figures\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>\
         <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C0C0C0\"/></w:tblBorders></w:tblPr></w:style>{}</w:styles>",
        styles.concat()
    )
}

/// The one kind of list.
pub(super) fn numbering(words: &Words) -> String {
    let side = if words.is_right_to_left() { "right" } else { "left" };
    format!(
        "{DECLARATION}<w:numbering {MAIN}><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"hybridMultilevel\"/>\
         <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{2022}\"/><w:lvlJc w:val=\"{side}\"/>\
         <w:pPr><w:ind w:left=\"340\" w:hanging=\"227\"/></w:pPr></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    )
}

/// The classification on each page.
pub(super) fn header(classification: &str) -> String {
    let content = if classification.is_empty() { "<w:p/>" } else { classification };
    format!("{DECLARATION}<w:hdr {MAIN}>{content}</w:hdr>")
}

/// The classification and the number of the page.
pub(super) fn footer(classification: &str) -> String {
    format!(
        "{DECLARATION}<w:ftr {MAIN}>{classification}<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:ftr>"
    )
}
