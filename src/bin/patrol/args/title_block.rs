//! Who publishes a product: `--unit`, `--author`, `--date-time-group`, `--classification`.

use patrol_corridor::report::TitleBlock;

const HEADING: &str = "Head";

/// The head of a bulletin, the title block of a map.
#[derive(Debug, clap::Args)]
pub struct TitleBlockArgs {
    /// Unit that publishes it
    #[arg(long, help_heading = HEADING, value_name = "TEXT")]
    unit: Option<String>,
    /// Author
    #[arg(long, help_heading = HEADING, value_name = "TEXT")]
    author: Option<String>,
    /// Date-time group, as readers write it: `010600ZJAN21`
    ///
    /// Without it there is none: patrol never writes the time of the run.
    #[arg(long, help_heading = HEADING, value_name = "TEXT")]
    date_time_group: Option<String>,
    /// Classification, printed at the top and the bottom
    #[arg(long, help_heading = HEADING, value_name = "TEXT")]
    classification: Option<String>,
}

impl TitleBlockArgs {
    /// Whether anything of it was asked for.
    pub fn is_given(&self) -> bool {
        self.texts().iter().any(|text| text.is_some())
    }

    /// What was asked for.
    pub fn read(&self) -> TitleBlock {
        let [unit, author, date_time_group, classification] =
            self.texts().map(|text| text.clone().unwrap_or_default());
        TitleBlock::default()
            .with_unit(unit)
            .with_author(author)
            .with_date_time_group(date_time_group)
            .with_classification(classification)
    }

    fn texts(&self) -> [&Option<String>; 4] {
        [&self.unit, &self.author, &self.date_time_group, &self.classification]
    }
}
