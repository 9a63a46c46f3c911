//! The blocks of a page as paragraphs, tables and pictures.

use super::super::block::{Block, Page, plain};
use super::super::words::{FSI, PDI, Words};
use super::parts::DECLARATION;
use crate::Error;
use crate::report::markup::{escaped, is_right_to_left};

/// The namespaces that a document needs.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

/// The text's width on A4 in twentieths of a point.
const WIDTH_TWIPS: usize = 9_638;

/// A picture of the document, and its name in it.
pub(super) struct Image {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The body while it grows.
pub(super) struct Body<'p> {
    words: &'p Words,
    out: String,
    pub images: Vec<Image>,
}

/// The classification as a paragraph in the middle of a header or footer; empty without one.
pub(super) fn classification(page: &Page, words: &Words) -> String {
    match page.classification.is_empty() {
        true => String::new(),
        false => format!(
            "<w:p><w:pPr>{}<w:jc w:val=\"center\"/></w:pPr>{}</w:p>",
            bidi(words),
            runs(&page.classification, "<w:b/><w:bCs/>", words)
        ),
    }
}

fn bidi(words: &Words) -> &'static str {
    if words.is_right_to_left() { "<w:bidi/>" } else { "" }
}

/// A text as runs: what is isolated is a run of its own, of the direction that it has. Not all readers know isolates: a mark on
/// either side of it keeps it from its surroundings.
fn runs(text: &str, bold: &str, words: &Words) -> String {
    let mark = if words.is_right_to_left() { "\u{200F}" } else { "\u{200E}" };
    // Where all is of one direction there is nothing to keep apart.
    let mark = if words.is_right_to_left() || text.chars().any(is_right_to_left) { mark } else { "" };
    let mut out = String::new();
    let mut push = |text: &str, is_right: bool| {
        if !text.is_empty() {
            let direction = if is_right { "<w:rtl/>" } else { "" };
            out.push_str(&format!(
                "<w:r><w:rPr>{bold}{direction}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
                in_xml(text)
            ));
        }
    };
    for (n, part) in text.split(FSI).enumerate() {
        let (isolated, rest) = match part.split_once(PDI) {
            Some(both) if n > 0 => both,
            _ => ("", part),
        };
        // Digits of a right-to-left script are written with its text.
        let has_own = isolated.chars().any(is_right_to_left);
        if !isolated.is_empty() {
            push(mark, words.is_right_to_left());
            push(isolated, has_own);
        }
        let mark = if isolated.is_empty() { "" } else { mark };
        push(&format!("{mark}{}", rest.replace(PDI, "")), words.is_right_to_left());
    }
    out
}

/// Escaped; Word knows no entity of its own for what can't be in XML.
fn in_xml(text: &str) -> String {
    escaped(text)
}

impl<'p> Body<'p> {
    /// # Errors
    /// Returns an error if a picture can't be drawn.
    pub fn of(page: &Page, words: &'p Words) -> Result<Self, Error> {
        let mut body = Body { words, out: String::new(), images: Vec::new() };
        if let Some(notice) = &page.notice {
            body.paragraph("Notice", notice);
        }
        body.paragraph("Title", &page.title);
        for [name, value] in &page.head {
            body.paragraph("Head", &format!("{name}: {value}"));
        }
        page.lead.iter().for_each(|text| body.paragraph("Lead", text));
        body.blocks(&page.blocks)?;
        Ok(body)
    }

    /// The document's part.
    pub fn document(&self) -> String {
        let section = format!(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"default\" r:id=\"rId5\"/>\
             <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" \
             w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>{}</w:sectPr>",
            bidi(self.words)
        );
        format!("{DECLARATION}<w:document {NAMESPACES}><w:body>{}{section}</w:body></w:document>", self.out)
    }

    fn paragraph(&mut self, style: &str, text: &str) {
        let runs = runs(text, "", self.words);
        let bidi = bidi(self.words);
        self.out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{bidi}</w:pPr>{runs}</w:p>"));
    }

    fn blocks(&mut self, blocks: &[Block]) -> Result<(), Error> {
        for block in blocks {
            match block {
                Block::Heading(text) => self.paragraph("Heading1", text),
                Block::Subheading(text) => self.paragraph("Heading2", text),
                Block::Paragraph(text) => self.paragraph("Normal", text),
                Block::List(items) => items.iter().for_each(|item| self.paragraph("ListBullet", item)),
                Block::Table { head, rows, has_total } => self.table(head, rows, *has_total),
                Block::Picture { svg, alternative, is_alone, is_map } => {
                    self.picture(svg, alternative, *is_alone, *is_map)?;
                }
                // Paper has no folds.
                Block::Folded { blocks, .. } => self.blocks(blocks)?,
            }
        }
        Ok(())
    }

    fn table(&mut self, head: &[String], rows: &[Vec<String>], has_total: bool) {
        let columns = head.len().max(1);
        // The first column has what the numbers leave.
        let number = (WIDTH_TWIPS / (columns + 2)).min(1_300);
        let first = (WIDTH_TWIPS - number * (columns - 1)).min(3_800);
        let width = |column: usize| if column == 0 { first } else { number };
        let visual = if self.words.is_right_to_left() { "<w:bidiVisual/>" } else { "" };
        let grid: String = (0..columns).map(|n| format!("<w:gridCol w:w=\"{}\"/>", width(n))).collect();
        let total = first + number * (columns - 1);
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Figures\"/>{visual}<w:tblW w:w=\"{total}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        ));
        let all = [head].into_iter().chain(rows.iter().map(Vec::as_slice));
        let last = rows.len();
        for (n, row) in all.enumerate() {
            let repeats = if n == 0 { "<w:tblHeader/>" } else { "" };
            let bold = if n == 0 || has_total && n == last { "<w:b/><w:bCs/>" } else { "" };
            self.out.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>"));
            for (column, cell) in row.iter().enumerate() {
                let side = if column == 0 { "start" } else { "end" };
                self.out.push_str(&format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/>{}\
                     <w:jc w:val=\"{}\"/></w:pPr>{}</w:p></w:tc>",
                    width(column),
                    bidi(self.words),
                    self.side(side),
                    runs(cell, bold, self.words)
                ));
            }
            self.out.push_str("</w:tr>");
        }
        // Two tables with nothing between them would be one.
        self.out.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>");
    }

    /// In paragraphs from right to left `left` is where they begin (ECMA-376 part 1, 17.3.1.13, as Word has it).
    fn side(&self, side: &str) -> &'static str {
        if side == "start" { "left" } else { "right" }
    }

    #[cfg(feature = "png")]
    fn picture(&mut self, svg: &str, alternative: &str, _: bool, is_map: bool) -> Result<(), Error> {
        /// A millimetre in the units of drawings.
        const MM: f64 = 36_000.0;
        let bytes = crate::report::map::picture(svg)?;
        let side =
            |at: usize| bytes.get(at..at + 4).map_or(1, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
        let [width, height] = [side(16), side(20)].map(f64::from);
        let [most_width, most_height] = if is_map { [150.0, 120.0] } else { [150.0, 60.0] };
        let scale = (most_width / width).min(most_height / height);
        let [width, height] = [width, height].map(|px| (px * scale * MM).round());
        let number = self.images.len() + 1;
        let name = format!("image{number}.png");
        let alternative = escaped(&plain(alternative));
        self.out.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{alternative}\"/>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
             <pic:cNvPr id=\"{number}\" name=\"{name}\" descr=\"{alternative}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip r:embed=\"rIdImage{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>\
             <a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
             </pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        ));
        self.images.push(Image { name, bytes });
        Ok(())
    }

    /// Without a drawing library the words replace the picture.
    #[cfg(not(feature = "png"))]
    fn picture(&mut self, _: &str, alternative: &str, is_alone: bool, _: bool) -> Result<(), Error> {
        if is_alone {
            self.paragraph("Normal", &plain(alternative));
        }
        Ok(())
    }
}
