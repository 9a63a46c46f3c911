//! Patrol units that move while others ask which one is nearest now, and what a client is sent.

use patrol_corridor::index::{LocateOptions, MovingPosts};
use patrol_corridor::time::{ServicePeriod, Timestamp};
use patrol_corridor::{ObservationPost, Position};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let units = MovingPosts::new();
    // As a client sends them: a feature of the crate geojson, or what serde reads.
    let feature: geojson::Feature = r#"{"type":"Feature","id":"A","properties":{"name":"Alpha"},
        "geometry":{"type":"Point","coordinates":[46.75,39.82]}}"#
        .parse()?;
    let alpha = units.add(ObservationPost::try_from(&feature)?)?;
    let bravo: ObservationPost =
        serde_json::from_str(r#"{"id":"B","position":{"lon_deg":46.80,"lat_deg":39.82}}"#)?;
    let bravo = units.add(bravo)?;

    // Nobody has gone home yet: the nearest now, by the machine's clock.
    let mut charlie = ObservationPost::new("C", "46.751,39.82".parse()?);
    charlie.service = ServicePeriod::new(None, Some("2020-11-10T00:00:00+04:00".parse::<Timestamp>()?))?;
    units.add(charlie)?;
    let now = LocateOptions::default().with_at(Timestamp::now());
    let report = Position::from_lon_lat(46.76, 39.82)?;
    assert_eq!(units.nearest(report, &now).first().map(|hit| hit.key), Some(alpha));

    // Both move; a key stays.
    units.move_to(alpha, Position::from_lon_lat(46.70, 39.82)?);
    units.move_to(bravo, Position::from_lon_lat(46.765, 39.82)?);
    let nearest = units.nearest(report, &now);
    let hit = nearest.first().ok_or("no unit")?;
    println!("{}: {}", units.get(hit.key).ok_or("gone")?.id, serde_json::to_string(hit)?);
    assert_eq!(hit.key, bravo);
    Ok(())
}
