//! XML, element by element: decoded, held to the limits, and no deeper than any format goes.

use std::io::Read;

use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, escape};
use serde_json::Value;

use super::ForeignFeature;
use super::xml_text::{Held, decoded};
use crate::Error;
use crate::error::Limit;
use crate::io::file::gzip;
use crate::io::file::limits::ReadLimits;

/// So deep elements may be nested; real files have some twenty levels.
const MOST_DEPTH: usize = 1_000;

/// What a property costs in memory besides its text.
const PROPERTY_BYTES: usize = 128;

/// What comes next; its name, attributes or text are asked of [`Xml`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    Start,
    Text,
    End,
    /// Behind the end of the first element.
    Eof,
}

/// An XML text as it is read. Prefixes of names are ignored: the formats that are read have no names in common that
/// would differ by them.
pub(crate) struct Xml {
    reader: Reader<Held>,
    buffer: Vec<u8>,
    /// The file's name, and that of its format (`KML`).
    name: String,
    format: &'static str,
    root: String,
    depth: usize,
    /// The tag with its attributes, and where its name ends; or the text.
    content: String,
    tag_name: std::ops::Range<usize>,
    tag_line: u64,
    is_in_feature: bool,
    is_gzip: bool,
}

impl Xml {
    /// Opens a text, and reads up to the start of its first element.
    ///
    /// # Errors
    /// Where it can't be read, or is no XML.
    pub fn open(
        name: String,
        format: &'static str,
        reader: impl Read + Send + 'static,
        limits: &ReadLimits,
    ) -> Result<Self, Error> {
        match decoded(&name, format, Box::new(reader), limits) {
            Ok((input, is_gzip)) => Self::of_text(name, format, input, is_gzip, limits),
            Err(error) => Err(error.in_file(name)),
        }
    }

    fn of_text(
        name: String,
        format: &'static str,
        input: Box<dyn Read + Send>,
        is_gzip: bool,
        limits: &ReadLimits,
    ) -> Result<Self, Error> {
        let mut reader = Reader::from_reader(Held::new(input, limits));
        reader.config_mut().expand_empty_elements = true;
        let mut xml = Xml {
            reader,
            buffer: Vec::new(),
            name,
            format,
            root: String::new(),
            depth: 0,
            content: String::new(),
            tag_name: 0..0,
            tag_line: 1,
            is_in_feature: false,
            is_gzip,
        };
        loop {
            match xml.next()? {
                Token::Start => break,
                Token::Text if xml.text().trim().is_empty() => {}
                Token::Eof => return Err(xml.error(format!("this is no {format}: the file is empty"))),
                _ => {
                    let message = format!("this is no {format}: it does not begin with `<`");
                    return Err(xml.error(message));
                }
            }
        }
        xml.root = xml.tag().to_owned();
        Ok(xml)
    }

    /// The next token.
    ///
    /// # Errors
    /// Where the text is no XML, ends too early, or exceeds a limit.
    pub fn next(&mut self) -> Result<Token, Error> {
        if !self.is_in_feature {
            self.reader.get_mut().start_counting();
        }
        loop {
            self.buffer.clear();
            let line = self.line();
            let fault = match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(tag)) => {
                    self.depth += 1;
                    self.content.clear();
                    self.content.push_str(&tag);
                    self.tag_name = local_name(&tag);
                    self.tag_line = line;
                    if self.depth > MOST_DEPTH {
                        let message = format!(
                            "more than {MOST_DEPTH} elements are nested: no {} is so deep",
                            self.format
                        );
                        return Err(Error::limit(Limit::Record, message).at_line(line).in_file(&*self.name));
                    }
                    return Ok(Token::Start);
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Token::End);
                }
                Ok(Event::Text(text)) => {
                    self.content.clear();
                    self.content.push_str(&text.xml10_content());
                    return Ok(Token::Text);
                }
                Ok(Event::CData(text)) => {
                    self.content.clear();
                    self.content.push_str(&text.xml10_content());
                    return Ok(Token::Text);
                }
                Ok(Event::GeneralRef(reference)) => {
                    self.content.clear();
                    match character(&reference) {
                        Some(c) => self.content.push(c),
                        None => return Err(no_entity(&reference).at_line(line).in_file(&*self.name)),
                    }
                    return Ok(Token::Text);
                }
                Ok(Event::Eof) if self.depth == 0 => return Ok(Token::Eof),
                Ok(Event::Eof) => {
                    let root = &self.root;
                    let message =
                        format!("the file ends before `</{root}>`: it was cut off. Copy or export it again");
                    return Err(Error::input(message).at_line(line).in_file(&*self.name));
                }
                // Entities that a document type declares are never expanded.
                Ok(
                    Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Empty(_),
                ) => {
                    continue;
                }
                Err(fault) => fault,
            };
            return Err(self.syntax_error(fault, line));
        }
    }

    fn syntax_error(&self, fault: quick_xml::Error, line: u64) -> Error {
        use quick_xml::Error as Fault;
        let (message, line) = match fault {
            Fault::Io(fault) => {
                let fault = std::sync::Arc::try_unwrap(fault)
                    .unwrap_or_else(|shared| std::io::Error::new(shared.kind(), shared.to_string()));
                return gzip::read_error(fault, self.is_gzip).at_line(self.line()).in_file(&*self.name);
            }
            Fault::Encoding(_) => {
                let message = "bytes that are no UTF-8. Convert the file, or name its encoding in its first line \
                               (`<?xml version=\"1.0\" encoding=\"windows-1252\"?>`)";
                (message.to_owned(), self.line())
            }
            Fault::Syntax(fault) => (self.no_xml(&fault), line),
            Fault::IllFormed(fault) => (self.no_xml(&fault), line),
            fault => (self.no_xml(&fault), line),
        };
        Error::input(message).at_line(line).in_file(&*self.name)
    }

    fn no_xml(&self, fault: &dyn std::fmt::Display) -> String {
        format!("damaged XML: {fault}. Mend it, or export the {} again", self.format)
    }

    /// What is wrong, in this file and at this line.
    pub fn error(&self, message: impl Into<String>) -> Error {
        self.blame(Error::input(message))
    }

    /// Places an error in this file and at this line.
    pub fn blame(&self, error: Error) -> Error {
        error.at_line(self.line()).in_file(&*self.name)
    }

    fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    /// The local name of the element that has just begun.
    pub fn tag(&self) -> &str {
        &self.content[self.tag_name.clone()]
    }

    /// The line that the element begins at that has just begun.
    pub fn tag_line(&self) -> u64 {
        self.tag_line
    }

    /// The text that has just been read.
    pub fn text(&self) -> &str {
        &self.content
    }

    /// An attribute of the element that has just begun.
    ///
    /// # Errors
    /// Where the attributes up to it are no XML.
    pub fn attribute(&self, name: &str) -> Result<Option<String>, Error> {
        // Two of one name are no matter here, and a search for them would take quadratic time.
        for attribute in Attributes::new(&self.content, self.tag_name.end).with_checks(false) {
            let attribute = attribute.map_err(|fault| self.error(self.no_xml(&fault)))?;
            if attribute.key.as_ref() == name {
                let value = escape::unescape_with(&attribute.value, escape::resolve_xml_entity);
                return match value {
                    Ok(value) => Ok(Some(value.into_owned())),
                    Err(fault) => Err(self.error(self.no_xml(&fault))),
                };
            }
        }
        Ok(None)
    }

    /// Reads to the end of the element that has just begun.
    pub fn skip(&mut self) -> Result<(), Error> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// The text of the element that has just begun, with that of the elements in it, to its end.
    pub fn whole_text(&mut self) -> Result<String, Error> {
        let text = self.exact_text()?;
        Ok(match text.trim() {
            trimmed if trimmed.len() == text.len() => text,
            trimmed => trimmed.to_owned(),
        })
    }

    /// The same with the blanks at its ends.
    pub fn exact_text(&mut self) -> Result<String, Error> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            if self.next()? == Token::Text {
                text.push_str(&self.content);
            }
        }
        Ok(text)
    }

    /// Adds the element that has just begun as a property, or those in it that have no others in them.
    pub fn leaves(
        &mut self,
        feature: &mut ForeignFeature,
        value: impl Fn(&str, String) -> Value,
    ) -> Result<(), Error> {
        let outside = self.depth.saturating_sub(1);
        let mut name = self.tag().to_owned();
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Token::Start => {
                    self.tag().clone_into(&mut name);
                    text.clear();
                }
                Token::Text => text.push_str(&self.content),
                Token::End => {
                    // The name is gone where an element ends that has others in it.
                    let trimmed = text.trim();
                    if !name.is_empty() && !trimmed.is_empty() {
                        feature.push(&name, value(&name, trimmed.to_owned()));
                        self.count_property();
                    }
                    name.clear();
                    text.clear();
                }
                Token::Eof => break,
            }
        }
        Ok(())
    }

    /// From here on all that is read counts as one record.
    pub fn begin_feature(&mut self) {
        self.reader.get_mut().start_counting();
        self.is_in_feature = true;
    }

    pub fn end_feature(&mut self) {
        self.is_in_feature = false;
    }

    pub fn count_property(&mut self) {
        self.reader.get_mut().add(PROPERTY_BYTES);
    }

    /// Reads to the end of the file, behind the end of the first element.
    pub fn finish(&mut self) -> Result<(), Error> {
        loop {
            match self.next()? {
                Token::Eof => return Ok(()),
                // Recorders that lose power leave zeros.
                Token::Text if self.text().chars().all(|c| c.is_whitespace() || c == '\0') => {}
                _ => {
                    let root = &self.root;
                    let message = format!("there is more behind `</{root}>`: a file holds one document");
                    return Err(self.error(message));
                }
            }
        }
    }

    /// A document whose first element is another one.
    pub fn another_format(&self) -> Error {
        let (format, root) = (self.format, &self.root);
        self.error(format!("this is no {format}: its first element is <{root}>"))
    }
}

fn local_name(tag: &BytesStart<'_>) -> std::ops::Range<usize> {
    let end = tag.name().as_ref().len();
    end - tag.local_name().as_ref().len()..end
}

/// What a reference stands for, without those that a document type declares.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    escape::resolve_xml_entity(reference).and_then(|text| text.chars().next())
}

fn no_entity(reference: &str) -> Error {
    Error::input(format!(
        "`&{reference};` is none of the entities that are read (amp, lt, gt, quot, apos, and numbers of characters): \
         write the character itself"
    ))
}
