//! Routes along their kilometres.

use super::block::{Block, joined, plain};
use super::figures::{Figures, OnStrip, Strip};
use super::words::{Arg, Words};
use crate::report::charts::{Along, Look, Mark, strip};

/// More strips than this are a book; the JSON has them.
const MOST: usize = 12;

pub(super) fn add(figures: &Figures, words: &Words, blocks: &mut Vec<Block>) {
    // Of a single incident the list says as much.
    let strips: Vec<&Strip> = figures.strips.iter().filter(|strip| strip.incidents.len() > 1).collect();
    if strips.is_empty() {
        return;
    }
    blocks.push(Block::Heading(words.plain("along-routes")));
    blocks.push(Block::Paragraph(words.plain("along-routes-lead")));
    for one in strips.iter().take(MOST) {
        blocks.push(Block::Subheading(name(one, words)));
        blocks.push(picture(one, words));
    }
    let more = strips.len().saturating_sub(MOST);
    if more > 0 {
        blocks.push(Block::Paragraph(words.say("strips-more", &[("n", Arg::Count(more as u64))])));
    }
}

fn name(strip: &Strip, words: &Words) -> String {
    let id = words.name(strip.route_id.as_str());
    match &strip.name {
        None => id,
        Some(name) => {
            let name = words.name(name);
            words.say("named", &[("id", Arg::Text(&id)), ("name", Arg::Text(&name))])
        }
    }
}

fn picture(one: &Strip, words: &Words) -> Block {
    let km = |metres: f64| words.decimal(metres / 1e3, 1);
    let item = |incident: &OnStrip| {
        let args = [
            ("id", Arg::Text(&words.name(incident.id.as_str()))),
            ("km", Arg::Text(&km(incident.chainage_m))),
            ("side", Arg::Text(&words.say("side", &[("side", Arg::Text(incident.side))]))),
        ];
        words.say("strip-item", &args)
    };
    let mut said = words.say(
        "strip-alternative",
        &[
            ("length", Arg::Text(&km(one.length_m))),
            ("incidents", Arg::Text(&joined(words, "semicolon", one.incidents.iter().map(item)))),
        ],
    );
    if let Some(gaps) = &one.gaps {
        let gap = |[from, to]: &[f64; 2]| {
            words.say("strip-gap", &[("from", Arg::Text(&km(*from))), ("to", Arg::Text(&km(*to)))])
        };
        let gaps = joined(words, "semicolon", gaps.iter().map(gap));
        if !gaps.is_empty() {
            said = format!("{said} {}", words.say("strip-gaps", &[("gaps", Arg::Text(&gaps))]));
        }
    }
    let mark = |at: &OnStrip| Mark {
        chainage_m: at.chainage_m,
        label: plain(&words.name(at.id.as_str())),
        is_left: at.side == "left",
    };
    let along = Along {
        length_m: one.length_m,
        posts: one.posts.iter().map(mark).collect(),
        gaps: one.gaps.clone().unwrap_or_default(),
        incidents: one.incidents.iter().map(mark).collect(),
        ticks: ticks(one.length_m, words),
    };
    let look = Look { alternative: &plain(&said), right_to_left: words.is_right_to_left() };
    Block::Picture { svg: strip(&along, look), alternative: said, is_alone: true, is_map: false }
}

/// Round kilometres, at most eleven.
fn ticks(length_m: f64, words: &Words) -> Vec<(f64, String)> {
    let least_km = length_m / 1e4;
    let ten = 10.0_f64.powf(least_km.max(1e-3).log10().floor());
    let every_km =
        [1.0, 2.0, 5.0, 10.0].map(|n| n * ten).into_iter().find(|km| *km >= least_km).unwrap_or(10.0 * ten);
    let count = (length_m / 1e3 / every_km).floor() as usize;
    (0..=count.min(20))
        .map(|n| {
            let km = n as f64 * every_km;
            let shown = plain(&words.shortest((km * 1e3).round() / 1e3));
            // The unit at the end of the row.
            let shown = if n == count {
                plain(&words.say("kilometres", &[("number", Arg::Text(&shown))]))
            } else {
                shown
            };
            (km * 1e3, shown)
        })
        .collect()
}
