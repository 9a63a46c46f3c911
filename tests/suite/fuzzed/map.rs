//! A map of layers and incidents: well-formed, finite, all incidents in it, no script but its own.

use patrol_corridor::incident::{ReadOptions, SourceRun, TimeUse};
use patrol_corridor::report::TitleBlock;
use patrol_corridor::report::map::{ColourBy, FieldChoice, Map, MapOptions, Paper, Sheet};

use super::bulletin::well_formed;
use super::draw::Draw;
use super::incidents::Log;
use super::layers::{Layers, Widths, one_line};
use super::members::{adds_up, json};

/// Attributes that hold numbers.
const NUMBERS: [&str; 10] = ["d", "x", "y", "cx", "cy", "r", "points", "transform", "width", "height"];

pub fn run(bytes: &[u8]) -> bool {
    let mut draw = Draw::new(bytes);
    // Wide corridors take long to draw, and have a target of their own.
    let Some(layers) = Layers::read(&mut draw, Widths::Narrow) else { return false };
    let log = Log::draw(&mut draw, &layers.area);
    let incidents = match draw.once_in(8) {
        true => None,
        false => match one_line(log.source()) {
            Some(incidents) => Some(incidents),
            None => return false,
        },
    };
    let options = MapOptions::default()
        .with_title(draw.text())
        .with_read(
            ReadOptions::default()
                .with_zone(draw.once_in(2).then(|| "Asia/Baku".parse().unwrap()))
                .with_times(TimeUse::Shown),
        )
        .with_radius_m(draw.once_in(3).then(|| draw.metres(&[5_000.0, 1.0, 1e6], 1e5)))
        .with_marks_every_m(draw.once_in(4).then(|| draw.metres(&[1_000.0, 10_000.0], 1e5).max(500.0)))
        .with_most_single(if draw.once_in(4) { 0 } else { 2_000 })
        .with_colour_by(if draw.once_in(2) { ColourBy::Corridor } else { ColourBy::Status })
        .with_fields(match draw.once_in(4) {
            true => FieldChoice::Without(vec!["type".to_owned(), draw.text()]),
            false => FieldChoice::All,
        })
        .with_coarsen_m(draw.once_in(8).then(|| draw.metres(&[10_000.0, 1_000.0, 1e6], 1e5)))
        .with_sheet(draw.once_in(8).then(|| {
            Sheet::new(Paper::A3).with_title_block(
                TitleBlock::default().with_classification(draw.text()).with_unit(draw.text()),
            )
        }));
    let count = if incidents.is_some() { log.count as u64 } else { 0 };
    let map = Map::new(&layers.area, &layers.corridors, incidents, SourceRun::default(), &options);
    let Some(map) = one_line(map) else { return false };
    let summary = map.summary();
    adds_up(&summary.tally);
    assert_eq!(summary.tally.read, count);
    assert!(summary.rejected.len() as u64 <= summary.tally.rejected);
    let not_drawn = summary.not_drawn_ids.len() as u64 + summary.tally.rejected;
    assert!(not_drawn <= count);
    let svg = map.to_svg();
    let svg = well_formed(&svg);
    assert!(svg.descendants().all(|element| !element.has_tag_name("script") && !element.has_tag_name("b")));
    for attribute in svg.descendants().flat_map(|element| element.attributes()) {
        let text = attribute.value();
        let is_finite = !text.contains("NaN") && !text.contains("inf");
        assert!(is_finite || !NUMBERS.contains(&attribute.name()), "{}=\"{text}\"", attribute.name());
    }
    let html = map.to_html();
    assert_eq!((html.matches("<script").count(), html.matches("</script").count()), (2, 2));
    let (_, data) = html.split_once("id=\"data\">").unwrap();
    let (data, _) = data.split_once("</script>").unwrap();
    let page = json(data);
    let listed = if options.coarsen_m.is_some() { 0 } else { count - not_drawn };
    assert_eq!(page["incident"].as_array().unwrap().len() as u64, listed);
    assert_eq!(page["post"].as_array().unwrap().len(), layers.area.posts().len());
    true
}
