//! `patrol read`: how a text of a log is read, part by part.

use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::described::{DescribedReader, ReadWords, Refusal};
use patrol_corridor::time::{DateOrder, Spelling, TimeForm, UnreadableTime, When, Zone};
use patrol_corridor::{IncidentGeometry, described::DescribedTexts};

use crate::args::described::CommonArgs;
use crate::args::layers::LayerArgs;
use crate::cmd::locate::heading;
use crate::ending;
use crate::term::Page;

/// Show how a text such as "2-7 km NNE of OP-07" or "20.11.2026 6:10" is read, and what of it is not
#[derive(Debug, clap::Args)]
#[command(mut_arg("posts", |arg| arg.required_unless_present_any(["routes", "corridors", "text"])))]
#[command(after_long_help = "Examples:\n  \
    patrol read 'heard 3 shots 2-7 km NNE of OP-07' --posts posts.geojson\n  \
    patrol read '04.10.2020 13:45' --zone Asia/Baku\n  \
    patrol read '38T NK 12 34'\n\nA column of such texts is read with --field location_text=COLUMN.")]
pub struct Args {
    /// The text, as a log has it
    #[arg(value_name = "TEXT")]
    text: String,
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    described: CommonArgs,
}

pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let layers = args.layers.read()?;
    let mut page = Page::default();
    let (when, spelling) = When::read_as(&args.text, args.layers.zone.as_ref(), &Default::default());
    let time = match when {
        When::At(time) => Some(time.to_string()),
        When::Twice(earlier, later) => Some(format!("{earlier} or {later}: the clocks showed it twice")),
        When::Day(day) => Some(day.day.to_string()),
        When::Unreadable { text, why: UnreadableTime::DayOrMonth } => {
            let utc = Zone::utc();
            let zone = args.layers.zone.as_ref().unwrap_or(&utc);
            let read = |order| {
                let form = TimeForm::default().with_order(order);
                match When::read_as(&text, Some(zone), &form).0 {
                    When::At(time) => time.to_string(),
                    When::Day(day) => day.day.to_string(),
                    _ => String::new(),
                }
            };
            let (day, month) = (read(DateOrder::DayFirst), read(DateOrder::MonthFirst));
            Some(format!("{day} or {month}, which other times of the log decide, or --time-format"))
        }
        When::NoZone(text) => Some(format!("{text}, of which no zone is known (--zone)")),
        _ => None,
    };
    if let Some(time) = time {
        page.line(match spelling {
            Spelling::Plain => format!("time: {time}"),
            spelling => format!("time: {time}, read {spelling}"),
        });
        page.print()?;
        return Ok(ExitCode::SUCCESS);
    }
    let reader = DescribedReader::new(&layers.index, args.described.options()?);
    let words = reader.read_words(&args.text)?;
    parts(&mut page, &words);
    let mut texts = DescribedTexts::default();
    texts.set("location_text", args.text.as_str());
    let found = match reader.read(&texts, &IncidentGeometry::None) {
        Ok(described) => described,
        Err(Refusal::NotLocated(why)) => {
            page.gap();
            page.line(format!("where: {why}"));
            None
        }
        Err(Refusal::Unreadable(error)) => {
            page.gap();
            page.line(format!("where: {}", error.message()));
            None
        }
    };
    if let Some(described) = &found {
        page.gap();
        heading(&mut page, described);
    }
    page.print()?;
    Ok(ExitCode::from(if found.is_some() { 0 } else { ending::INCOMPLETE }))
}

/// What each part is read as.
fn parts(page: &mut Page, words: &ReadWords) {
    let mut rows = vec![["character", "text", "read as"].map(str::to_owned)];
    for (at, text, field) in words.parts() {
        rows.push([at.to_string(), text.to_owned(), field.unwrap_or("not read").to_owned()]);
    }
    page.table(&rows);
}
