//! Who publishes a product, and how it may be passed on.

use crate::setters::setters;

/// The head of a bulletin, the title block of a map.
///
/// ```
/// use patrol_corridor::report::TitleBlock;
/// let block = TitleBlock::default().with_unit("Liaison North").with_classification("UNCLASSIFIED // EXERCISE");
/// assert_eq!((block.unit.as_str(), block.author.as_str()), ("Liaison North", ""));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TitleBlock {
    /// The unit that publishes it; empty for none.
    pub unit: String,
    /// Who made it; empty for none.
    pub author: String,
    /// When it was made or of when it is, as the reader writes such; empty for none.
    pub date_time_group: String,
    /// Printed at the top and at the bottom; empty for none.
    pub classification: String,
}

setters! { TitleBlock {
    with_unit(unit: impl Into<String>);
    with_author(author: impl Into<String>);
    with_date_time_group(date_time_group: impl Into<String>);
    with_classification(classification: impl Into<String>);
}}
