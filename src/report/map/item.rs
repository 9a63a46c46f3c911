//! A thing on a map that can be pointed at, for a reader.

/// A name and a value for a reader.
pub(super) type FieldText = (String, String);

/// A thing that can be pointed at.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    pub id: String,
    /// What it is called beside its id.
    pub name: String,
    pub fields: Vec<FieldText>,
}

impl Item {
    /// For a reader: `post OP-21, Hill`.
    pub fn title(&self, kind: &str) -> String {
        match self.name.is_empty() || self.name == self.id {
            true => format!("{kind} {}", self.id),
            false => format!("{kind} {}, {}", self.id, self.name),
        }
    }
}
