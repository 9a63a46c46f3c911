//! Any texts in the fields of a sighting: what is refused is named, and the region and its candidates agree with
//! each other and with the nearest post anywhere in it.
//!
//! A line is `field=text`; `\n` in it is a line break. The line `position=LON LAT` is its geometry.
#![no_main]

mod area;

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use patrol_corridor::analysis::{Candidates, locate_uncertain, region_geometry};
use patrol_corridor::described::{
    DESCRIBED_FIELDS, DescribedOptions, DescribedReader, DescribedTexts, Refusal, RoutePlace, joined,
};
use patrol_corridor::geodesy::distance_m;
use patrol_corridor::index::LocateOptions;
use patrol_corridor::region::{
    DescribedRegion, DistanceInterval, DmsAngle, GridSquare, LocationForm, position_from_dms,
    position_to_dms, square_from_utm,
};
use patrol_corridor::{IncidentGeometry, PatrolIndex, Position};

static AREA: LazyLock<PatrolIndex> = LazyLock::new(|| area::area());
static READER: LazyLock<DescribedReader> =
    LazyLock::new(|| DescribedReader::new(&AREA, DescribedOptions::default()));

/// Two distances that tell one post (route) from another: at a millimetre they are tied.
const APART_M: f64 = 2e-3;

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(data) = std::str::from_utf8(data) else { return Corpus::Reject };
    let (mut texts, mut place) = (DescribedTexts::default(), IncidentGeometry::None);
    let mut given = Vec::new();
    for line in data.lines() {
        let Some((name, text)) = line.split_once('=') else { continue };
        if name == "position" {
            let mut numbers = text.split(' ').map(|number| number.parse().unwrap_or(0.0));
            let mut next = || numbers.next().unwrap_or(0.0);
            let (lon_deg, lat_deg) = (next(), next());
            place = Position::from_lon_lat(lon_deg, lat_deg)
                .map_or(IncidentGeometry::None, IncidentGeometry::Point);
        } else if texts.set(name, text.replace("\\n", "\n")) {
            given.push((name, text));
        }
    }
    if given.is_empty() {
        return Corpus::Reject;
    }
    given.iter().for_each(|(name, text)| text_comes_back(name, text));
    match READER.read(&texts, &place) {
        Ok(None) => {}
        Ok(Some(described)) => {
            let region = described.location.region();
            let told = joined(&described.warnings).into_iter().chain(joined(&described.assumed));
            told.for_each(|text| assert!(!text.trim().is_empty()));
            right_region(region, described.location.form());
            right_candidates(region);
            reference_comes_back(region.reference());
        }
        Err(refusal @ Refusal::NotLocated(_)) => {
            let text = refusal.to_string();
            assert!(!text.contains(['\n', '\r']), "{text:?}");
        }
        Err(Refusal::Unreadable(error)) => {
            let text = error.to_string();
            assert!(!text.contains(['\n', '\r']), "{text:?}");
            let path = error.path().unwrap_or_else(|| panic!("no field is named: {text}"));
            assert!(texts.get(path).is_some(), "the field that is named was not given: {text}");
            assert!(DESCRIBED_FIELDS.iter().any(|field| field.name == path), "{text}");
            assert!(text.starts_with(path), "{text}");
            assert!(error.message().contains("found ") && error.message().contains("expected"), "{text}");
        }
    }
    Corpus::Keep
});

/// What the crate writes of a text it reads as the same.
fn text_comes_back(name: &str, text: &str) {
    match name {
        "mgrs" => {
            if let Ok(square) = text.parse::<GridSquare>() {
                for written in [format!("{square}"), format!("{square:#}")] {
                    let again: GridSquare = written.parse().unwrap();
                    assert_eq!(
                        (again.corner_m(), again.size_m()),
                        (square.corner_m(), square.size_m()),
                        "{text}"
                    );
                    assert_eq!(again.to_string(), square.to_string(), "{text}");
                }
            }
        }
        "utm" => {
            if let Ok(square) = square_from_utm(text) {
                let half = if square.is_north() { "north" } else { "south" };
                let [easting_m, northing_m] = square.corner_m();
                let written = format!("{} {half} {easting_m} {northing_m}", square.zone());
                assert_eq!(square_from_utm(&written).unwrap().corner_m(), square.corner_m(), "{text}");
                // The reference of 1 m in MGRS is the same square, in this zone.
                let again: GridSquare = square.to_string().parse().unwrap();
                assert_eq!((again.corner_m(), again.zone()), (square.corner_m(), square.zone()), "{text}");
            }
        }
        "dms" => {
            if let Ok(angle) = text.parse::<DmsAngle>() {
                let written = format!("{angle:.9}");
                let again: DmsAngle = written.parse().unwrap();
                assert!((again.degrees - angle.degrees).abs() <= 2e-13 && again.axis == angle.axis, "{text}");
                assert_eq!(format!("{again:.9}"), written, "{text}");
            }
            if let Ok(position) = position_from_dms(text) {
                reference_comes_back(position);
            }
        }
        "distance_m" | "offset_m" | "uncertainty_m" => {
            if let Ok(interval) = text.parse::<DistanceInterval>() {
                assert_eq!(interval.to_string().parse::<DistanceInterval>().unwrap(), interval, "{text}");
            }
        }
        // Text of its own, which the program takes.
        "route_id" => {
            if let Ok(place) = text.parse::<RoutePlace>() {
                let _ = READER.read_route_place(&place);
            }
        }
        _ => {}
    }
}

/// A position as degrees, minutes and seconds, and as MGRS.
fn reference_comes_back(position: Position) {
    for decimals in [0, 3, 9] {
        let written = position_to_dms(position, decimals);
        let again = position_from_dms(&written).unwrap();
        assert_eq!(position_to_dms(again, decimals), written);
        let off_m = distance_m(again, position);
        assert!(off_m <= 25.0 * 0.1_f64.powi(decimals as i32) + 1e-6, "{written}: {off_m}");
    }
    for pairs in 0..=5 {
        let square = GridSquare::around(position, pairs).unwrap();
        assert!(square.contains(position), "{position:?} {square}");
        assert_eq!(square.size_m(), 10_f64.powi(5 - i32::from(pairs)));
    }
}

fn finite(position: &Position) {
    assert!((-180.0..=180.0).contains(&position.lon_deg()) && (-90.0..=90.0).contains(&position.lat_deg()));
}

fn right_region(region: &DescribedRegion, form: LocationForm) {
    let circle = region.covering_circle();
    let reference = region.reference();
    finite(&reference);
    finite(&circle.centre);
    assert!(circle.radius_m >= 0.0 && circle.radius_m.is_finite());
    let area_km2 = region.area_km2();
    assert!(area_km2 >= 0.0 && area_km2.is_finite(), "{area_km2}");
    let in_circle = |position: Position| {
        let from_centre_m = distance_m(circle.centre, position);
        assert!(
            from_centre_m <= circle.radius_m + 1e-3,
            "{position:?}: {from_centre_m} of {}",
            circle.radius_m
        );
    };
    in_circle(reference);
    for ring in region.boundary() {
        assert!(ring.len() >= 4 && ring.first() == ring.last(), "{ring:?}");
        ring.iter().for_each(finite);
        ring.into_iter().for_each(in_circle);
    }
    let line = |line: &Vec<Position>| {
        assert!(line.len() >= 2);
        line.iter().for_each(finite);
    };
    match region_geometry(region) {
        IncidentGeometry::Point(position) => finite(&position),
        IncidentGeometry::Lines(lines) => {
            assert!(!lines.is_empty());
            lines.iter().for_each(line);
        }
        IncidentGeometry::Region(polygons) => {
            assert!(!matches!(form, LocationForm::Position | LocationForm::Ray));
            assert!(!polygons.polygons().is_empty());
            for ring in polygons.polygons().iter().flatten() {
                assert!(ring.len() >= 4 && ring.first() == ring.last(), "{ring:?}");
                line(ring);
            }
            // Between vertices it parts from the region by so much at most, along a boundary of about so much.
            let radius_m = circle.radius_m;
            let tolerance_m = (4e-5 * radius_m).max((1e-3 * radius_m).min(0.2)) + 1e-3;
            let drawn_km2 = polygons.area_km2(AREA.edges());
            let off_km2 = (drawn_km2 - area_km2).abs();
            let most_km2 = 2.0 * 20.0 * radius_m * tolerance_m / 1e6 + 1e-6 * area_km2;
            assert!(off_km2 <= most_km2, "drawn {drawn_km2} of {area_km2}: {off_km2} > {most_km2}");
        }
        other => panic!("{other:?}"),
    }
}

fn right_candidates(region: &DescribedRegion) {
    let answer = locate_uncertain(&AREA, region, None);
    for candidates in [&answer.posts, &answer.routes] {
        let list = &candidates.list;
        assert!(!list.is_empty());
        assert!(list.is_sorted_by(|a, b| a.share >= b.share), "{list:?}");
        let shares: f64 = list.iter().map(|one| one.share).sum();
        assert!((shares - 1.0).abs() <= 1e-9, "{list:?}");
        for one in list {
            let (min_m, max_m) = (one.distances.min_m, one.distances.max_m);
            assert!((0.0..=1.0).contains(&one.share), "{one:?}");
            assert!(min_m >= 0.0 && min_m <= max_m && max_m.is_finite(), "{one:?}");
        }
    }
    let share = answer.corridor_share.expect("there are corridors with a half width");
    assert!((0.0..=1.0).contains(&share));
    // What is the nearest at a place of the region is a candidate, and not nearer or farther than that one can be.
    let reference = region.reference();
    let vertices: Vec<Position> = region.boundary().into_iter().flatten().collect();
    let step = vertices.len().div_ceil(6).max(1);
    let of_boundary = vertices.into_iter().step_by(step);
    for at in of_boundary.chain(region.contains(reference).then_some(reference)) {
        let options = LocateOptions::default().with_count(2);
        let located = AREA.locate(at, &options);
        let posts = located.posts.hits().iter().map(|hit| (hit.post, hit.distance_m)).collect();
        right_at("post", at, &answer.posts, posts);
        let routes = located.routes.hits().iter().map(|hit| (hit.route, hit.location.offset_m)).collect();
        right_at("route", at, &answer.routes, routes);
    }
}

fn right_at(what: &str, at: Position, candidates: &Candidates, hits: Vec<(usize, f64)>) {
    let (nearest, distance_m) = hits[0];
    // Another that is as near may be named instead.
    if hits.get(1).is_some_and(|(_, other_m)| other_m - distance_m < APART_M) {
        return;
    }
    let found = candidates.list.iter().find(|one| one.index == nearest);
    let Some(found) = found else {
        panic!("{what} {nearest} is the nearest at {at:?} and none of {:?}", candidates.list)
    };
    let (min_m, max_m) = (found.distances.min_m, found.distances.max_m);
    assert!((min_m - 2e-3..=max_m + 2e-3).contains(&distance_m), "{what} {found:?} at {at:?}: {distance_m}");
}
