//! The XML of a part, element after element.

use std::io::BufReader;
use std::sync::Arc;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::package::{Package, Part};
use crate::Error;
use crate::io::file::gzip;

/// The elements and texts of a part.
pub(super) struct Xml {
    reader: Reader<BufReader<Part>>,
    buffer: Vec<u8>,
}

impl Xml {
    pub fn new(part: Part) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 15, part));
        // An empty element is one that begins and ends.
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, buffer: Vec::new() }
    }

    /// The part of that name.
    ///
    /// # Errors
    /// Where it is not there.
    pub fn open(package: &Package, name: &str) -> Result<Self, Error> {
        let part = package.part(name).ok_or_else(|| {
            Error::input(format!(
                "a workbook without its part {name}, expected one of Excel: save it once more"
            ))
        })?;
        Ok(Xml::new(part))
    }

    /// The next of them.
    ///
    /// # Errors
    /// Where the part is no XML, is damaged or is larger than the limits permit.
    pub fn next(&mut self) -> Result<Event<'_>, Error> {
        self.buffer.clear();
        self.reader.get_mut().get_mut().breaks();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => Ok(event),
            Err(quick_xml::Error::Io(fault)) => Err(match Arc::try_unwrap(fault) {
                Ok(fault) if fault.get_ref().is_some_and(|inner| inner.is::<Error>()) => {
                    gzip::read_error(fault, false)
                }
                Ok(fault) => Error::input(format!(
                    "a damaged workbook ({fault}), expected a whole file: copy it again"
                )),
                Err(fault) => Error::input(format!("a workbook that can't be read ({fault})")),
            }),
            Err(fault) => {
                let (what, at) = (self.reader.get_ref().get_ref().what(), self.reader.error_position());
                Err(Error::input(format!(
                    "{what} is no XML at byte {at} ({fault}): open the workbook and save it once more"
                )))
            }
        }
    }

    /// Passes over the rest of an element that has begun.
    pub fn skip(&mut self) -> Result<(), Error> {
        let mut depth = 1;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(self.too_short()),
                _ => {}
            }
        }
        Ok(())
    }

    /// What is wrong where the part ends within an element.
    pub fn too_short(&self) -> Error {
        let what = self.reader.get_ref().get_ref().what();
        Error::input(format!("{what} ends too early: copy the workbook again"))
    }
}

/// The value of an attribute by its name with its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|found| found.key.as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// The value of an attribute by its name without its prefix.
pub(super) fn local_attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// Appends what a reference such as `&amp;` is for; one that is not known stays as it is.
pub(super) fn push_reference(reference: &BytesRef<'_>, out: &mut String) {
    let name = reference.xml10_content();
    match (reference.resolve_char_ref(), &*name) {
        (Ok(Some(char)), _) => out.push(char),
        (_, "amp") => out.push('&'),
        (_, "lt") => out.push('<'),
        (_, "gt") => out.push('>'),
        (_, "quot") => out.push('"'),
        (_, "apos") => out.push('\''),
        (_, name) => {
            out.push('&');
            out.push_str(name);
            out.push(';');
        }
    }
}
