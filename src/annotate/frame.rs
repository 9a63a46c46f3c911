//! What stands around the features of a layer: the members of its collection, and what is added to them.

use super::annotator::Annotator;
use super::output_form::OutputForm;
use super::provenance::PROVENANCE;
use super::summary::Summary;
use crate::io::{IncidentStream, Systems, edited_collection, foreign_names};
use crate::{Error, ErrorKind};

/// The head of a collection with a member at its beginning: `crs` is of use before the features only.
fn with_member(head: &str, member: Option<String>) -> String {
    match (member, head.find('{')) {
        (Some(member), Some(brace)) => format!("{}{member},{}", &head[..=brace], &head[brace + 1..]),
        _ => head.to_owned(),
    }
}

/// What stands around the features.
pub(super) struct Frame {
    systems: Systems,
    pub head: String,
    /// The text of the input's collection up to its features, as it came.
    pub of_collection: Option<String>,
}

impl Frame {
    pub fn new(
        incidents: &IncidentStream,
        annotator: &Annotator,
        form: OutputForm,
        provenance: bool,
        systems: Systems,
    ) -> Result<Self, Error> {
        let of_collection = incidents.head().map(str::to_owned);
        let head = match (&of_collection, form) {
            (_, OutputForm::Lines | OutputForm::Sequence) => String::new(),
            (None, OutputForm::Collection) => {
                with_member("{\"type\":\"FeatureCollection\",\"features\":[\n", systems.member())
            }
            (Some(head), OutputForm::Collection) => {
                let replace = annotator.options().replace;
                refuse_provenance(&foreign_names(head, "]}")?, provenance && !replace)?;
                let goes = |key: &str| (replace && key == PROVENANCE) || systems.leaves_out(key);
                with_member(&edited_collection(head, "]}", &goes, "").0, systems.member())
            }
        };
        Ok(Frame { systems, head, of_collection })
    }

    pub fn has_box_to_leave_out(&self, tail: &str) -> Result<bool, Error> {
        match &self.of_collection {
            Some(head) if self.systems.leaves_out("bbox") => {
                Ok(foreign_names(head, tail)?.iter().any(|name| name == "bbox"))
            }
            _ => Ok(false),
        }
    }

    /// The text behind the features, by what stood there.
    pub fn tail(
        &self,
        tail: &str,
        annotator: &Annotator,
        form: OutputForm,
        provenance: bool,
        member: &str,
        summary: &mut Summary,
    ) -> Result<String, Error> {
        match (&self.of_collection, form) {
            (None, OutputForm::Lines | OutputForm::Sequence) => Ok(String::new()),
            (Some(head), OutputForm::Lines | OutputForm::Sequence) => {
                summary.left_out = foreign_names(head, tail)?;
                summary.left_out.retain(|name| !self.systems.leaves_out(name));
                Ok(String::new())
            }
            (None, OutputForm::Collection) => {
                let comma = if member.is_empty() { "" } else { "," };
                Ok(format!("\n]{comma}{member}}}\n"))
            }
            (Some(head), OutputForm::Collection) => {
                let replace = annotator.options().replace;
                refuse_provenance(&foreign_names(head, tail)?, provenance && !replace)?;
                let goes = |key: &str| (replace && key == PROVENANCE) || self.systems.leaves_out(key);
                Ok(edited_collection(head, tail, &goes, member).1)
            }
        }
    }
}

/// The collection must not have the member that is to be written.
fn refuse_provenance(names: &[String], refuse: bool) -> Result<(), Error> {
    if refuse && names.iter().any(|name| name == PROVENANCE) {
        let message = format!(
            "the collection has a member `{PROVENANCE}`, which the annotation writes too; take it out, or replace the \
             earlier annotation"
        );
        return Err(Error::input(message).of_kind(ErrorKind::NameInTheWay));
    }
    Ok(())
}
