//! What of the incidents a map takes out of the house.

use patrol_corridor::Error;
use patrol_corridor::report::map::{FieldChoice, Filter, MapOptions, MapSummary};
use patrol_corridor::time::Zone;

use crate::args::incidents::incidents;
use crate::args::layers::metres;
use crate::args::period::PeriodArgs;
use crate::term::say;

const HEADING: &str = "What is in the file";

/// Which incidents, and what of them. What is not chosen is not in the file.
#[derive(Debug, clap::Args)]
pub struct ChosenArgs {
    #[command(flatten)]
    period: PeriodArgs,
    /// Only incidents with NAME=VALUE, or with NAME!=VALUE; may be repeated
    ///
    /// Upper and lower case make no difference to values. Several NAME=VALUE of one name are alternatives; all others must hold.
    #[arg(long, help_heading = HEADING, value_name = "NAME=VALUE")]
    filter: Vec<Filter>,
    /// Only these members of the incidents, as `type,time`; without `id` incidents are numbered
    #[arg(long, help_heading = HEADING, value_name = "LIST", value_delimiter = ',', conflicts_with_all = ["without", "coarsen"])]
    fields: Vec<String>,
    /// All members of the incidents but these; also `nearest_post` and `nearest_route`, which take the answers out
    #[arg(long, help_heading = HEADING, value_name = "LIST", value_delimiter = ',')]
    without: Vec<String>,
    /// Count incidents in squares of M metres in place of their locations, for maps that are released
    ///
    /// The file then holds counts by square and type, and no incident, position, time or answer.
    #[arg(long, help_heading = HEADING, value_name = "M", value_parser = metres)]
    coarsen: Option<f64>,
}

impl ChosenArgs {
    /// Whether times decide what is shown.
    pub fn is_of_period(&self) -> bool {
        self.period.is_given()
    }

    /// The options with what is chosen.
    pub fn choose(&self, options: MapOptions, zone: Option<&Zone>) -> Result<MapOptions, Error> {
        let names = |list: &[String]| list.iter().map(|name| name.trim().to_owned()).collect();
        let fields = match (&self.fields[..], &self.without[..]) {
            ([], []) => FieldChoice::All,
            ([], without) => FieldChoice::Without(names(without)),
            (only, _) => FieldChoice::Only(names(only)),
        };
        Ok(options
            .with_period(self.period.read(zone)?)
            .with_filters(self.filter.clone())
            .with_fields(fields)
            .with_coarsen_m(self.coarsen))
    }

    /// Says what is not in the file.
    pub fn tell(&self, file: &str, summary: &MapSummary) {
        let not_chosen = summary.not_chosen;
        for (count, why) in [
            (not_chosen.other_time, "of another time"),
            (not_chosen.without_time, "without a readable time"),
            (not_chosen.filtered, "that do not fulfil --filter"),
        ] {
            if count > 0 {
                say!("patrol: {file}: not in the map: {} {why}", incidents(count));
            }
        }
        if not_chosen.doubtful > 0 {
            say!(
                "patrol: {file}: in the map, though perhaps of another time: {}",
                incidents(not_chosen.doubtful)
            );
        }
        for name in &summary.unmet_fields {
            let option = if self.fields.is_empty() { "--without" } else { "--fields" };
            say!("patrol: {file}: warning: {option} names `{name}`, which no incident has");
        }
    }
}
