//! JSON as text: its grammar, its members, and what is put into it.

pub(crate) mod raw;
pub(crate) mod raw_text;
pub(crate) mod splice;
pub(crate) mod squeeze;
