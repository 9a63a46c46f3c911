//! Which systems a layer comes in and goes out in, by what the caller says and what the text says.

use super::{Crs, is_link, of_member};
use crate::Error;

/// The systems of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Systems {
    /// What the caller says; a member that says otherwise is an error.
    told: Option<Crs>,
    /// The system of what names none itself.
    pub input: Crs,
    /// What is written; WGS84, and then no `crs` with it, where nothing else is wanted.
    pub output: Option<Crs>,
}

impl Systems {
    /// By what the caller says, the value of the collection's `crs`, and what is to be written.
    pub fn new(told: Option<Crs>, member: Option<&str>, output: Option<Crs>) -> Result<Self, Error> {
        let mut systems = Systems { input: told.clone().unwrap_or(Crs::WGS84), told, output };
        if let Some(member) = member {
            systems.input = systems.of_member(member)?;
        }
        Ok(systems)
    }

    /// The system of an object with such a `crs`.
    pub fn of_member(&self, value: &str) -> Result<Crs, Error> {
        let found = match (of_member(value), &self.told) {
            // What the caller says stands for a link that names no system.
            (Err(_), Some(told)) if is_link(value) => return Ok(told.clone()),
            (found, _) => found?,
        };
        let Some(found) = found else { return Ok(self.input.clone()) };
        match &self.told {
            Some(told) if *told != found => Err(Error::input(format!(
                "the CRS {found}, expected {told}, which is what the options say: leave the option out, or \
                 take the member out if it is wrong"
            ))),
            _ => Ok(found),
        }
    }

    /// True where coordinates go out as they come in, unless a feature has a `crs` of its own.
    pub fn is_plain(&self) -> bool {
        self.input.is_wgs84() && self.output.is_none()
    }

    /// The members of a collection that do not go on.
    pub fn leaves_out(&self, key: &str) -> bool {
        match key {
            "crs" => self.output.is_some() || !self.input.is_wgs84(),
            "bbox" => self.input != *self.output.as_ref().unwrap_or(&Crs::WGS84),
            _ => false,
        }
    }

    /// The member that says what is written, where that is needed.
    pub fn member(&self) -> Option<String> {
        self.output.as_ref().map(Crs::member)
    }
}
