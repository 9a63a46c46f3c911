//! The incidents of a page, by corridor, and those whose position is uncertain.

use super::block::{Block, casualties, clock, clock_and_offset, date, joined, moment, status};
use super::figures::{CandidateRow, Figures, Head, PlaceRow, RowKind, UncertainRow};
use super::reasons;
use super::words::{Arg, Words};
use crate::number::bearing;
use crate::report::shares::{Percent, percents};

/// Adds the places under their corridors, those with the most first, each in the order of time; then the uncertain ones.
pub(super) fn add(figures: &Figures, words: &Words, blocks: &mut Vec<Block>) {
    let places = Places { figures, words };
    if !figures.places.is_empty() {
        blocks.push(Block::Heading(words.plain("places")));
    }
    let of = |corridor: Option<&str>| -> Vec<&PlaceRow> {
        figures.places.iter().filter(|place| place.corridor.as_deref() == corridor).collect()
    };
    let in_order = figures.tables.corridor.iter().filter(|row| row.row == RowKind::Value);
    let corridors = in_order.map(|row| row.key.as_deref()).chain([None]);
    for corridor in corridors {
        let here = of(corridor);
        if here.is_empty() {
            continue;
        }
        // Without corridors there is nothing to group by.
        if figures.service.corridors > 0 {
            let heading = match corridor {
                Some(corridor) => {
                    let corridor = words.name(corridor);
                    words.say("corridor-heading", &[("corridor", Arg::Text(&corridor))])
                }
                None => words.plain("no-corridor-heading"),
            };
            blocks.push(Block::Subheading(heading));
        }
        blocks.push(Block::List(here.into_iter().map(|place| places.place(place)).collect()));
    }
    if !figures.uncertain.is_empty() {
        let lead = words.say("uncertain-lead", &[("n", Arg::Count(figures.uncertain.len() as u64))]);
        blocks.push(Block::Heading(words.plain("uncertain-places")));
        blocks.push(Block::Paragraph(lead));
        blocks.push(Block::List(figures.uncertain.iter().map(|row| places.uncertain(row)).collect()));
    }
}

struct Places<'a> {
    figures: &'a Figures,
    words: &'a Words,
}

impl Places<'_> {
    /// An incident with what is said of it: its type, the facts that are given, its casualties, its status.
    fn incident(&self, head: &Head, facts: Vec<String>) -> String {
        let words = self.words;
        let period = &self.figures.period;
        let time = match (head.time.split_once('T'), &period.day) {
            // An hour comes twice.
            (Some((_, time)), Some(_)) if period.hours > 24.0 => clock_and_offset(words, time),
            (Some((_, time)), Some(_)) => clock(words, time),
            (Some(_), None) => moment(words, &head.time),
            (None, Some(_)) => words.plain("hour-untold"),
            (None, None) => date(words, &head.time),
        };
        let mut all: Vec<String> = head.kind.iter().map(|kind| words.kind(kind)).collect();
        all.extend(facts);
        all.extend(casualties(words, head.killed.unwrap_or(0), head.wounded.unwrap_or(0)));
        all.extend(head.status.iter().map(|text| status(words, text)));
        let item = words.say(
            "incident-item",
            &[
                ("id", Arg::Text(&words.name(head.id.as_str()))),
                ("time", Arg::Text(&time)),
                ("facts", Arg::Text(&joined(words, "semicolon", all))),
            ],
        );
        match &head.description {
            None => item,
            Some(text) => {
                let text = words.name(text);
                words.say("described", &[("item", Arg::Text(&item)), ("text", Arg::Text(&text))])
            }
        }
    }

    fn place(&self, place: &PlaceRow) -> String {
        let words = self.words;
        let mut parts = Vec::new();
        if let (Some(route), Some(chainage_m), Some(distance_m)) =
            (&place.route_id, place.route_chainage_m, place.route_distance_m)
        {
            let (route, km) = (words.name(route.as_str()), words.decimal(chainage_m / 1e3, 1));
            parts.push(words.say("on-route", &[("route", Arg::Text(&route)), ("km", Arg::Text(&km))]));
            let away = distance(words, distance_m);
            let away = [("distance", Arg::Text(&away))];
            parts.push(match place.route_side {
                Some("left") => words.say("beside-left", &away),
                Some("right") => words.say("beside-right", &away),
                _ => words.plain("beside-on"),
            });
        }
        if let (Some(post), Some(distance_m)) = (&place.post_id, place.post_distance_m) {
            let post = words.name(post.as_str());
            parts.push(match place.post_bearing_deg {
                Some(bearing_deg) => {
                    let bearing = words.digits(&format!("{:03}", bearing(bearing_deg, 0)));
                    let args = [
                        ("distance", Arg::Text(&distance(words, distance_m))),
                        ("bearing", Arg::Text(&bearing)),
                        ("post", Arg::Text(&post)),
                    ];
                    words.say("from-post", &args)
                }
                None => words.say("at-post", &[("post", Arg::Text(&post))]),
            });
        }
        let facts = match parts.is_empty() {
            true => vec![words.plain("nothing-near")],
            false => vec![joined(words, "comma", parts)],
        };
        self.incident(&place.head, facts)
    }

    /// Square kilometres and a decimal, but square metres of what that would make nothing.
    fn area(&self, km2: f64) -> String {
        let words = self.words;
        let (id, number) = match km2 < 0.05 {
            true => ("square-metres", words.whole((km2 * 1e6).round() as u64)),
            false => ("square-kilometres", words.decimal(km2, 1)),
        };
        words.say(id, &[("number", Arg::Text(&number))])
    }

    /// Between two distances, or at one where that says the same.
    fn distances(&self, from_m: f64, to_m: f64) -> String {
        let [from, to] = [from_m, to_m].map(|metres| distance(self.words, metres));
        if from == to {
            return from;
        }
        self.words.say("from-to", &[("from", Arg::Text(&from)), ("to", Arg::Text(&to))])
    }

    fn percent(&self, percent: Percent) -> String {
        let words = self.words;
        match percent {
            Percent::UnderOne => words.plain("share-under-one"),
            Percent::Whole(percent) => words.say("share", &[("n", Arg::Count(percent))]),
            Percent::OverNinetyNine => words.plain("share-over-ninety-nine"),
        }
    }

    fn uncertain(&self, row: &UncertainRow) -> String {
        let words = self.words;
        let area = self.area(row.area_km2);
        // At one distance from a post, or in one direction.
        let form = if row.form == "sector" && row.area_km2 == 0.0 { "line" } else { row.form };
        let mut facts = vec![words.say("region", &[("form", Arg::Text(form)), ("area", Arg::Text(&area))])];
        for (id, candidates) in [("candidate-posts", &row.posts), ("candidate-routes", &row.routes)] {
            if !candidates.is_empty() {
                let candidates = self.candidates(candidates);
                facts.push(words.say(id, &[("candidates", Arg::Text(&candidates))]));
            }
        }
        if !row.warnings.is_empty() {
            let text = reasons::doubtful(words, &row.warnings);
            facts.push(words.say("doubt", &[("text", Arg::Text(&text))]));
        }
        self.incident(&row.head, facts)
    }

    fn candidates(&self, candidates: &[CandidateRow]) -> String {
        let words = self.words;
        let message = if candidates.len() == 1 { "candidate-certain" } else { "candidate" };
        let shares: Vec<f64> = candidates.iter().map(|one| one.share).collect();
        let one = |(one, percent): (&CandidateRow, Percent)| {
            let args = [
                ("id", Arg::Text(&words.name(one.id.as_str()))),
                ("share", Arg::Text(&self.percent(percent))),
                ("distance", Arg::Text(&self.distances(one.min_distance_m, one.max_distance_m))),
            ];
            words.say(message, &args)
        };
        joined(words, "comma", candidates.iter().zip(percents(&shares)).map(one))
    }
}

/// Metres under a kilometre, else kilometres and a decimal.
pub(super) fn distance(words: &Words, metres: f64) -> String {
    let (id, number) = match metres.round() < 1e3 {
        true => ("metres", words.whole(metres.round() as u64)),
        false => ("kilometres", words.decimal(metres / 1e3, 1)),
    };
    words.say(id, &[("number", Arg::Text(&number))])
}
