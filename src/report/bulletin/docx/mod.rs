//! A page as a document of Word (Office Open XML, ECMA-376, transitional).
//!
//! Written here, since the crate for it (docx-rs 0.4) knows no runs and no tables from right to left, no texts of pictures, and
//! writes paragraph properties in an order that the schema does not have.

mod body;
mod parts;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::block::Page;
use super::words::Words;
use crate::Error;
use body::Body;

/// The whole file. The same page gives the same bytes: there is no time of the run in it.
///
/// # Errors
/// Returns an error if a picture can't be drawn, for want of a font.
pub(super) fn write(page: &Page, words: &Words, author: &str) -> Result<Vec<u8>, Error> {
    let body = Body::of(page, words)?;
    let images: Vec<&str> = body.images.iter().map(|image| image.name.as_str()).collect();
    let classification = body::classification(page, words);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut add = |name: &str, bytes: &[u8]| {
        archive.start_file(name, options).map_err(std::io::Error::from)?;
        archive.write_all(bytes)
    };
    let mut write = || -> std::io::Result<()> {
        // The types come first: some readers ask for that.
        add("[Content_Types].xml", parts::CONTENT_TYPES.as_bytes())?;
        add("_rels/.rels", parts::PACKAGE_RELATIONS.as_bytes())?;
        add("docProps/core.xml", parts::core(page, words, author).as_bytes())?;
        add("docProps/app.xml", parts::APP.as_bytes())?;
        add("word/document.xml", body.document().as_bytes())?;
        add("word/_rels/document.xml.rels", parts::relations(&images).as_bytes())?;
        add("word/styles.xml", parts::styles(words).as_bytes())?;
        add("word/numbering.xml", parts::numbering(words).as_bytes())?;
        add("word/settings.xml", parts::SETTINGS.as_bytes())?;
        add("word/header1.xml", parts::header(&classification).as_bytes())?;
        add("word/footer1.xml", parts::footer(&classification).as_bytes())?;
        body.images.iter().try_for_each(|image| add(&format!("word/media/{}", image.name), &image.bytes))
    };
    write().map_err(|e| Error::io("pack it", e))?;
    let done = archive.finish().map_err(|e| Error::io("pack it", e.into()))?;
    Ok(done.into_inner())
}
