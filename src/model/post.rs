//! An observation post.

use crate::{FeatureId, Position};

/// A place that is watched from.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservationPost {
    /// Its id in the layer.
    pub id: FeatureId,
    /// Its name, where the layer has one.
    pub name: Option<String>,
    /// Where it stands.
    pub position: Position,
}

impl ObservationPost {
    /// A post without a name.
    pub fn new(id: impl Into<FeatureId>, position: Position) -> Self {
        ObservationPost { id: id.into(), name: None, position }
    }
}
