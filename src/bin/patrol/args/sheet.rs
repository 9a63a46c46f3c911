//! Options of the sheet of paper that a map is laid out for.

use std::path::PathBuf;

use clap::ValueEnum;
use patrol_corridor::Error;
use patrol_corridor::io::beginning;
use patrol_corridor::report::map::{Logo, Orientation, Paper, Sheet};

use crate::args::title_block::TitleBlockArgs;

const HEADING: &str = "For a sheet of paper";

/// The paper and the title block.
#[derive(Debug, clap::Args)]
pub struct SheetArgs {
    /// Lay the map out on a sheet of this paper, with legend, scale, notes and a title block
    ///
    /// The picture is exactly as large as the paper, and the map shows more around its layers until it fills its part of
    /// it. The page prints on one sheet. The other options of the sheet and its head imply A4, and so does PDF.
    #[arg(long, help_heading = HEADING, value_name = "PAPER", ignore_case = true)]
    paper: Option<PaperName>,
    /// A long side of the paper is up [default: the side that leaves the map the larger scale]
    #[arg(long, help_heading = HEADING, conflicts_with = "portrait")]
    landscape: bool,
    /// A short side of the paper is up
    #[arg(long, help_heading = HEADING)]
    portrait: bool,
    #[command(flatten)]
    title_block: TitleBlockArgs,
    /// Logo for the title block: a PNG, JPEG or SVG file of up to 1 MB
    ///
    /// An SVG must have no scripts and refer to nothing outside of itself.
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    pub logo: Option<PathBuf>,
    /// Dots per inch of a PNG of the sheet, from 50 to 600 [default: 200]
    #[arg(long, help_heading = HEADING, value_name = "N", value_parser = clap::value_parser!(u16).range(50..=600))]
    dpi: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PaperName {
    A4,
    A3,
}

impl SheetArgs {
    /// The sheet, where one is wanted or `is_needed`.
    pub fn sheet(&self, is_needed: bool) -> Result<Option<Sheet>, Error> {
        let is_wanted = self.paper.is_some()
            || self.landscape
            || self.portrait
            || self.logo.is_some()
            || self.dpi.is_some()
            || self.title_block.is_given();
        if !is_wanted && !is_needed {
            return Ok(None);
        }
        let paper = match self.paper {
            Some(PaperName::A3) => Paper::A3,
            Some(PaperName::A4) | None => Paper::A4,
        };
        let orientation = match (self.landscape, self.portrait) {
            (true, _) => Some(Orientation::Landscape),
            (_, true) => Some(Orientation::Portrait),
            _ => None,
        };
        let sheet = Sheet::new(paper)
            .with_orientation(orientation)
            .with_title_block(self.title_block.read())
            .with_logo(self.logo()?);
        Ok(Some(self.dpi.into_iter().fold(sheet, Sheet::with_dpi)))
    }

    fn logo(&self) -> Result<Option<Logo>, Error> {
        let Some(path) = &self.logo else { return Ok(None) };
        let file = || path.display().to_string();
        // One more byte than is taken tells that there are more.
        let bytes = beginning(path, Logo::MOST_BYTES as u64 + 1)
            .map_err(|e| Error::io("read it", e).in_file(file()))?;
        Logo::new(&bytes).map(Some).map_err(|error| error.in_file(file()))
    }
}
