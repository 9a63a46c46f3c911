//! The sheet of paper that a map is laid out for, and its title block.

use super::logo::Logo;
use crate::report::TitleBlock;
use crate::setters::setters;

/// The sizes of paper (ISO 216).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 297 by 420 mm.
    A3,
}

impl Paper {
    /// Returns the short and the long side, in millimetres.
    ///
    /// ```
    /// use patrol_corridor::report::map::Paper;
    /// assert_eq!(Paper::A3.sides_mm(), [297.0, 420.0]);
    /// ```
    #[must_use]
    pub fn sides_mm(self) -> [f64; 2] {
        match self {
            Paper::A4 => [210.0, 297.0],
            Paper::A3 => [297.0, 420.0],
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Paper::A4 => "A4",
            Paper::A3 => "A3",
        }
    }

    /// The length of a unit of the drawing: a sheet on a wall is read from farther away.
    pub(super) fn unit_mm(self) -> f64 {
        match self {
            Paper::A4 => 0.25,
            Paper::A3 => 0.3,
        }
    }
}

/// Which side of the paper is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Orientation {
    /// A short side is up.
    Portrait,
    /// A long side is up.
    Landscape,
}

/// A sheet of paper with its title block: the picture is exactly as large.
///
/// ```
/// use patrol_corridor::report::TitleBlock;
/// use patrol_corridor::report::map::{Map, MapOptions, Orientation, Paper, Sheet};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let sheet = Sheet::new(Paper::A4)
///     .with_orientation(Orientation::Landscape)
///     .with_title_block(TitleBlock::default().with_classification("UNCLASSIFIED // EXERCISE"));
/// let options = MapOptions::default().with_sheet(sheet);
/// let svg = Map::new(&index, &[], None, Default::default(), &options)?.to_svg();
/// assert!(svg.contains("width=\"297mm\" height=\"210mm\""));
/// // At the top, at the bottom, and in the title block.
/// assert_eq!(svg.matches("UNCLASSIFIED // EXERCISE").count(), 3);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sheet {
    /// The size of the paper.
    pub paper: Paper,
    /// Which side is up; `None` for the one that leaves the map the larger scale.
    pub orientation: Option<Orientation>,
    /// Who publishes the map, and how it may be passed on.
    pub title_block: TitleBlock,
    /// The logo in the title block.
    pub logo: Option<Logo>,
    /// Dots per inch of a PNG, from 50 to 600.
    pub dpi: u16,
}

impl Sheet {
    /// Returns a sheet of this paper with an empty title block.
    ///
    /// ```
    /// use patrol_corridor::report::map::{Paper, Sheet};
    /// assert_eq!(Sheet::new(Paper::A3).dpi, 200);
    /// ```
    #[must_use]
    pub fn new(paper: Paper) -> Self {
        Sheet { paper, orientation: None, title_block: TitleBlock::default(), logo: None, dpi: 200 }
    }

    /// The width and the height of the paper with that side up, in millimetres.
    pub(super) fn size_mm(&self, orientation: Orientation) -> [f64; 2] {
        let [short, long] = self.paper.sides_mm();
        match orientation {
            Orientation::Portrait => [short, long],
            Orientation::Landscape => [long, short],
        }
    }
}

setters! { Sheet {
    with_orientation(orientation: impl Into<Option<Orientation>>);
    with_title_block(title_block: TitleBlock);
    with_logo(logo: impl Into<Option<Logo>>);
    with_dpi(dpi: u16);
}}
