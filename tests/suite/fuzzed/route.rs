//! Linear referencing along each route: place, point, interval and marks agree, and chainages read back.

use patrol_corridor::linear::{LinearElement, Referent, Referents, Side};
use patrol_corridor::model::cut_at_antimeridian;
use patrol_corridor::{Edges, PatrolRoute, Position, geodesy};

use super::draw::Draw;
use super::layers::{Layers, Widths, one_line};

/// By how much a place along a route may be off, in metres.
const EXACT_M: f64 = 2e-3;

pub fn run(bytes: &[u8]) -> bool {
    let mut draw = Draw::new(bytes);
    let Some(layers) = Layers::read(&mut draw, Widths::Narrow) else { return false };
    let edges = layers.area.edges();
    for route in layers.area.routes() {
        let line = LinearElement::new(route, edges).expect("it is in an area");
        for _ in 0..3 {
            located(&mut draw, &line, route);
        }
        cut(&mut draw, &line, edges);
        marked(&mut draw, &line);
        let referents = match draw.once_in(2) {
            true => drawn_referents(&mut draw, line.length_m()),
            false => Some(Referents::of_route(route)),
        };
        if let Some(referents) = referents {
            counted(&mut draw, &referents, &line);
        }
    }
    !layers.area.routes().is_empty()
}

/// A distance along a line, often a special one.
fn along(draw: &mut Draw<'_>, length_m: f64) -> f64 {
    match draw.below(10) {
        8 => *draw.one_of(&[0.0, -0.0, length_m, length_m.next_down(), 1e-9, 1e-7]),
        9 => *draw.one_of(&[-1.0, length_m.next_up(), 1e12, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
        _ => length_m * draw.unit(),
    }
}

/// A distance along as the line takes it.
fn clamped(along_m: f64, length_m: f64) -> f64 {
    if along_m.is_nan() { 0.0 } else { along_m.clamp(0.0, length_m) }
}

fn located(draw: &mut Draw<'_>, line: &LinearElement, route: &PatrolRoute) {
    let [lon, lat] = draw.position();
    let q = Position::from_lon_lat(lon, lat).expect("it is in range");
    let found = line.locate(q);
    assert!((0.0..=line.length_m()).contains(&found.chainage_m), "{found:?} of {}", line.length_m());
    let apart_m = geodesy::distance_m(found.foot, q);
    assert!((apart_m - found.offset_m).abs() <= EXACT_M, "{found:?}: {apart_m}");
    for vertex in route.parts().iter().flatten() {
        let to_m = geodesy::distance_m(*vertex, q);
        assert!(to_m >= found.offset_m - EXACT_M, "{found:?}: {vertex:?} is nearer, {to_m}");
    }
    // The foot is on the line, at its chainage: between two parts the point is the end of the earlier one.
    let again = line.locate(found.foot);
    assert!(again.offset_m <= EXACT_M, "{found:?}, and the foot: {again:?}");
    let point = line.point_at(found.chainage_m);
    let astray_m = geodesy::distance_m(point, found.foot);
    let opens_part = |part: &Vec<Position>| geodesy::distance_m(part[0], found.foot) <= EXACT_M;
    assert!(astray_m <= EXACT_M || route.parts()[1..].iter().any(opens_part), "{found:?}: {point:?}");

    let along_m = along(draw, line.length_m());
    let mark = line.mark_at(along_m);
    assert_eq!(mark.chainage_m, clamped(along_m, line.length_m()));
    assert!((0.0..360.0).contains(&mark.azimuth_deg), "{mark:?}");
    assert_eq!(mark.position, line.point_at(along_m));
    let on = line.locate(mark.position);
    assert!(on.offset_m <= EXACT_M, "{mark:?}: {on:?}");
    let offset_m = *draw.one_of(&[100.0, 0.0, 1e-4, 5_000.0, -30.0, f64::NAN, f64::INFINITY, 1e8]);
    for side in [Side::Left, Side::Right, Side::On] {
        let beside = line.point_beside(along_m, offset_m, side);
        let off_m = geodesy::distance_m(beside, mark.position);
        let is_off = side != Side::On && offset_m.is_finite() && offset_m.abs() < 1e7;
        assert!(!is_off || (off_m - offset_m.abs()).abs() <= EXACT_M, "{side} {offset_m}: {off_m}");
        assert!(is_off || side != Side::On || off_m == 0.0);
    }
}

fn cut(draw: &mut Draw<'_>, line: &LinearElement, edges: Edges) {
    let length_m = line.length_m();
    let (from_m, to_m) = (along(draw, length_m), along(draw, length_m));
    let lines = line.substring(from_m, to_m);
    let mut turned = line.substring(to_m, from_m);
    turned.0.reverse();
    turned.0.iter_mut().for_each(|line| line.0.reverse());
    let is_there = from_m != to_m && !from_m.is_nan() && !to_m.is_nan();
    assert!(turned == lines || !is_there, "{from_m} to {to_m}: {lines:?}\n{turned:?}");
    let (start_m, end_m) = (clamped(from_m, length_m), clamped(to_m, length_m));
    if lines.0.is_empty() {
        assert!(!is_there || (start_m - end_m).abs() <= 1e-6, "{from_m} to {to_m} of {length_m}");
        return;
    }
    assert!(lines.0.iter().all(|line| line.0.len() >= 2));
    let own = LinearElement::from_multi_line_string(&lines, edges).expect("lines");
    let long_m = (start_m - end_m).abs();
    let is_long = (own.length_m() - long_m).abs() <= EXACT_M + 1e-9 * long_m;
    assert!(is_long, "{from_m} to {to_m} is {} m long, of {length_m}: {lines:?}", own.length_m());
    for line in &lines.0 {
        let line: Vec<Position> =
            line.0.iter().map(|&at| Position::try_from(at).expect("on the globe")).collect();
        let parts = cut_at_antimeridian(&line, edges);
        for ends in parts.iter().flat_map(|part| part.windows(2)) {
            assert!((ends[0].lon_deg() - ends[1].lon_deg()).abs() <= 180.0, "{ends:?}");
        }
    }
}

fn marked(draw: &mut Draw<'_>, line: &LinearElement) {
    let length_m = line.length_m();
    let every_m = *draw.one_of(&[1_000.0, 100_000.0, 1e-6, 0.0, -1.0, f64::NAN, f64::INFINITY, length_m]);
    let marks: Vec<_> = line.marks(every_m).take(200).collect();
    assert_eq!(marks.is_empty(), every_m.is_nan() || every_m <= 0.0, "every {every_m} of {length_m}");
    assert!(marks.windows(2).all(|pair| pair[0].chainage_m < pair[1].chainage_m), "{marks:?}");
    assert!(marks.iter().all(|mark| (0.0..=length_m).contains(&mark.chainage_m)), "{marks:?}");
    if let (Some(last), true) = (marks.last(), marks.len() < 200) {
        assert_eq!(last.chainage_m, length_m);
    }
}

fn drawn_referents(draw: &mut Draw<'_>, length_m: f64) -> Option<Referents> {
    let referents = (0..draw.below(4))
        .map(|_| {
            let chainage_m = along(draw, length_m);
            let value_m =
                *draw.one_of(&[0.0, 12_400.0, 1_000.0, -500.0, 1e9, f64::NAN]) + 1_000.0 * draw.unit();
            Referent { chainage_m, value_m }
        })
        .collect();
    one_line(Referents::new(referents))
}

/// Between distances along and values there and back.
fn counted(draw: &mut Draw<'_>, referents: &Referents, line: &LinearElement) {
    let length_m = line.length_m();
    let along_m = clamped(along(draw, length_m), length_m);
    let value_m = referents.value_m(along_m);
    let exact_m = 2e-4;
    let places = referents.chainages_m(value_m, length_m);
    assert!(
        places.iter().any(|place_m| (place_m - along_m).abs() <= exact_m),
        "{along_m} is {value_m}: {places:?}"
    );
    assert!(places.iter().all(|place_m| (0.0..=length_m).contains(place_m)), "{places:?} of {length_m}");
    match one_line(referents.chainage_m(value_m, length_m)) {
        Some(place_m) => assert!(places.len() == 1 && (place_m - along_m).abs() <= exact_m),
        None => assert_ne!(places.len(), 1),
    }
    one_line(referents.chainage_from_m(*draw.one_of(&[0.0, 12_400.0]), along_m, length_m));
    let every_m = *draw.one_of(&[1_000.0, 1e5, 0.0, -3.0, f64::NAN, f64::INFINITY, 1e-3]);
    let multiples: Vec<(f64, f64)> = referents.multiples(every_m, length_m).take(200).collect();
    for (at_m, value_m) in &multiples {
        assert!((0.0..=length_m).contains(at_m), "{at_m} of {length_m}");
        let off = (value_m / every_m).round() * every_m - value_m;
        assert!(off.abs() <= 1e-6 * value_m.abs().max(1.0), "{value_m} is no multiple of {every_m}");
        assert!(
            referents.chainages_m(*value_m, length_m).iter().any(|m| (m - at_m).abs() <= 1e-3),
            "{value_m}"
        );
    }
    assert!(multiples.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{multiples:?}");
}
