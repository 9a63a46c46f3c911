//! Incidents grouped: each comes out, in the groups that name it; the order of the log makes no difference to their number.

use patrol_corridor::analysis::FuseOptions;
use patrol_corridor::annotate::{FuseRun, fuse_layer};
use patrol_corridor::incident::{BadIncidents, IncidentReader, ReadOptions, SourceRun, TimeUse};
use serde_json::Value;

use super::draw::Draw;
use super::incidents::Log;
use super::layers::{Layers, Widths, one_line};
use super::members::{adds_up, json, on_globe};

pub fn run(bytes: &[u8]) -> bool {
    let mut draw = Draw::new(bytes);
    let Some(layers) = Layers::read(&mut draw, Widths::All) else { return false };
    let log = Log::draw(&mut draw, &layers.area);
    let Some(source) = one_line(log.source()) else { return false };
    let run = FuseRun::default()
        .with_options(FuseOptions::default().with_window_s(*draw.one_of(&[1_800.0, 86_400.0, 0.0, 1e9])))
        .with_line_by_line(draw.once_in(2));
    let options = ReadOptions::default()
        .with_zone(draw.once_in(2).then(|| "Asia/Baku".parse().unwrap()))
        .with_times(TimeUse::Required);
    let reader = IncidentReader::new(&layers.area, options);
    let mut take = |_| Ok(());
    let reading = SourceRun::default().with_bad(BadIncidents::Reject(&mut take));
    let Some((features, fused)) = one_line(fuse_layer(source, &reader, &run, reading)) else { return false };
    adds_up(&fused.tally);
    assert_eq!(fused.tally.read, log.count as u64);
    let compared = (fused.tally.read - fused.tally.rejected) as usize;
    assert_eq!(features.len(), fused.groups + compared);
    assert!(fused.shared <= fused.grouped && fused.grouped <= compared);
    assert!(!run.line_by_line || features.iter().all(|text| !text.contains(['\n', '\r'])));
    let features: Vec<Value> = features.iter().map(|text| json(text)).collect();
    let (groups, reports) = features.split_at(fused.groups);
    for group in groups {
        let properties = &group["properties"];
        let numbers = properties["report_numbers"].as_array().expect("numbers");
        assert!(numbers.len() >= 2 && properties["report_count"] == numbers.len(), "{group}");
        on_globe(&group["geometry"]["coordinates"]);
        for number in numbers {
            assert!((1..=log.count as u64).contains(&number.as_u64().expect("a number")), "{group}");
        }
    }
    let count = |of: &[Value], name: &str| -> Vec<usize> {
        of.iter().map(|one| one["properties"][name].as_array().expect("an array").len()).collect()
    };
    let named = count(reports, "fused_ids");
    assert_eq!(named.iter().sum::<usize>(), count(groups, "report_numbers").iter().sum::<usize>());
    assert_eq!(named.iter().filter(|ids| **ids > 0).count(), fused.grouped);
    assert_eq!(named.iter().filter(|ids| **ids > 1).count(), fused.shared);
    log.count > 0
}
