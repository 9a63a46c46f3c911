//! Numbers that the page's script knows of all incidents: columns of little-endian integers and floats in base 64.

use std::fmt::Write;

use super::frame::px_text;
use super::incidents::{Certainty, InRegion, MapIncident};
use super::looks::Look;
use super::projection::Projection;
use super::scene::Scene;
use crate::analysis::Candidates;
use crate::io::base64;
use crate::linear::Side;
use crate::number::{bearing, fixed};
use crate::report::shares::{Percent, percents};

/// An integer that stands for nothing.
const NONE: i32 = i32::MIN;
/// A position is a whole number of these parts of a degree: 1 cm.
const DEGREE_PARTS: f64 = 1e7;

/// The map's plane: where a place of the picture is on the Earth, and what may be shown.
pub(super) fn write_plane(scene: &Scene, out: &mut String) {
    let frame = &scene.frame;
    let (metres, width, height, [x, y]) = (frame.metres_per_px, frame.width, frame.height, frame.corner_m);
    let _ =
        write!(out, "\"mpp\":{metres:e},\"width\":{width},\"height\":{height},\"corner\":[{x:.4},{y:.4}]");
    let (name, [lon, lat]) = match frame.projection {
        Projection::Azimuthal { centre } => {
            ("azimuthal", [centre.position.lon_deg(), centre.position.lat_deg()])
        }
        Projection::Cylindrical { lon_deg, parallel_deg } => ("cylindrical", [lon_deg, parallel_deg]),
    };
    let _ = write!(out, ",\"projection\":[\"{name}\",{lon},{lat}]");
    let _ = write!(out, ",\"area\":{:.1?},\"bounds\":{:?}", frame.area, frame.page_bounds());
}

/// The columns: of incidents, and of the places where their symbols are.
pub(super) fn write(scene: &Scene, out: &mut String) {
    let incidents = scene.incident_list();
    if incidents.iter().any(|one| one.minutes.is_some()) {
        let first = |one: &MapIncident| one.minutes.map_or(NONE, |[first, _]| first);
        integers("times", incidents.iter().map(first), out);
        let more = |one: &MapIncident| one.minutes.map_or(0, |[_, more]| more);
        if incidents.iter().any(|one| more(one) > 0) {
            integers("lasting", incidents.iter().map(more), out);
        }
    }
    let hundredths = |px: f64| (100.0 * px).round().clamp(-2e9, 2e9) as i32;
    let places = scene.places.iter().flat_map(|&(n, [x, y])| [hundredths(x), hundredths(y), n as i32]);
    integers("places", places, out);
    let positions = incidents.iter().flat_map(|one| &one.positions);
    let parts = |deg: f64| (deg * DEGREE_PARTS).round() as i32;
    integers("at", positions.flat_map(|at| [parts(at.lon_deg()), parts(at.lat_deg())]), out);
    if scene.is_binned && incidents.iter().any(|one| one.route.is_some()) {
        let foot = |one: &MapIncident| match &one.route {
            Some((hit, _)) => scene.frame.px(hit.location.foot).map(hundredths),
            None => [NONE; 2],
        };
        integers("feet", incidents.iter().flat_map(foot), out);
    }
    if scene.is_binned {
        write_signs(scene, out);
    }
    write_nearest(scene, incidents, out);
    write_corridors(scene, incidents, out);
    write_regions(scene, incidents, out);
}

/// The signs of incidents that the page draws one by one, each once, and which of them each incident has.
fn write_signs(scene: &Scene, out: &mut String) {
    let mut signs: Vec<&Look> = Vec::new();
    let of: Vec<usize> = scene
        .looks
        .each
        .iter()
        .map(|look| {
            let known = signs.iter().position(|known| *known == look);
            known.unwrap_or_else(|| {
                signs.push(look);
                signs.len() - 1
            })
        })
        .collect();
    indices("sign_of", of.into_iter().map(Some), signs.len(), out);
    let signs = signs.into_iter().map(|look| {
        let (class, scale, path) = (look.class(), look.scale, look.symbol.path());
        format!("[\"{class}\",{},\"{path}\"]", px_text(f64::from(scale)))
    });
    let _ = write!(out, ",\"signs\":[{}]", signs.collect::<Vec<_>>().join(","));
}

/// The nearest post and route of each incident, behind 1; 0 for none.
fn write_nearest(scene: &Scene, incidents: &[MapIncident], out: &mut String) {
    if incidents.iter().any(|one| one.post.is_some()) {
        let post = |one: &MapIncident| one.post.as_ref().map(|(hit, _)| hit.post);
        indices("post_of", incidents.iter().map(post), scene.posts.len(), out);
        let metres = |one: &MapIncident| one.post.as_ref().map_or(0.0, |(hit, _)| hit.distance_m);
        floats("post_m", incidents.iter().map(metres), out);
        let degrees = incidents.iter().map(|one| {
            let deg = one.post.as_ref().and_then(|(hit, _)| hit.bearing_deg);
            // Whole degrees are below 360.
            deg.map_or(u16::MAX, |deg| bearing(deg, 0) as u16)
        });
        column("post_deg", degrees.flat_map(u16::to_le_bytes), out);
    }
    if incidents.iter().any(|one| one.route.is_some()) {
        let route = |one: &MapIncident| one.route.as_ref().map(|(hit, _)| hit.route);
        indices("route_of", incidents.iter().map(route), scene.routes.len(), out);
        let location = |one: &MapIncident| one.route.as_ref().map(|(hit, _)| hit.location);
        let along = |one: &MapIncident| location(one).map_or(0.0, |at| at.chainage_m);
        let offset = |one: &MapIncident| location(one).map_or(0.0, |at| at.offset_m);
        floats("along_m", incidents.iter().map(along), out);
        floats("offset_m", incidents.iter().map(offset), out);
        let side = |one: &MapIncident| match location(one).map_or(Side::On, |at| at.side) {
            Side::On => 0,
            Side::Left => 1,
            Side::Right => 2,
        };
        column("side", incidents.iter().map(side), out);
    }
}

/// The first corridor of each incident, and all of those that have several.
fn write_corridors(scene: &Scene, incidents: &[MapIncident], out: &mut String) {
    let drawn = |&corridor: &u32| scene.corridor_places.get(corridor as usize).copied().flatten();
    if incidents.iter().all(|one| one.corridors.is_empty()) {
        return;
    }
    let first = |one: &MapIncident| one.corridors.iter().find_map(drawn);
    indices("corridor_of", incidents.iter().map(first), scene.corridors.len(), out);
    let several = incidents.iter().enumerate().filter(|(_, one)| one.corridors.len() > 1);
    let several = several.map(|(n, one)| {
        let all: Vec<String> =
            one.corridors.iter().filter_map(drawn).map(|place| place.to_string()).collect();
        format!("\"{n}\":[{}]", all.join(","))
    });
    let _ = write!(out, ",\"corridors\":{{{}}}", several.collect::<Vec<_>>().join(","));
}

/// Regions by the incidents' numbers: the form, the area, candidates, the corridors that hold it whole and its side.
fn write_regions(scene: &Scene, incidents: &[MapIncident], out: &mut String) {
    let mut forms: Vec<&str> = Vec::new();
    out.push_str(",\"regions\":{");
    let mut between = "";
    for (n, one) in incidents.iter().enumerate() {
        let Certainty::Region(found) = &one.certainty else { continue };
        let InRegion { form, area_km2, answer, .. } = &**found;
        let form = form.as_str();
        let known = forms.iter().position(|known| *known == form).unwrap_or_else(|| {
            forms.push(form);
            forms.len() - 1
        });
        // As many digits as are shown.
        let decimals = match area_km2 {
            10.0.. => 0,
            0.1.. => 2,
            _ => 6,
        };
        let _ = write!(out, "{between}\"{n}\":[{known},{}", fixed(*area_km2, decimals));
        between = ",";
        candidates(&answer.posts, out);
        candidates(&answer.routes, out);
        let place = |corridor: &usize| scene.corridor_places.get(*corridor).copied().flatten();
        let whole: Vec<String> =
            answer.corridors_whole.iter().filter_map(place).map(|place| place.to_string()).collect();
        if !whole.is_empty() {
            let _ = write!(out, ",[{}]", whole.join(","));
        }
        out.push(']');
    }
    let _ = write!(out, "}},\"forms\":{forms:?}");
}

/// Of each its index, its share in percent as it is rounded beside the others (0 is under 1, and 100 beside others over
/// 99), and its smallest and greatest distance in metres.
fn candidates(found: &Candidates, out: &mut String) {
    let shares: Vec<f64> = found.list.iter().map(|one| one.share).collect();
    let each = found.list.iter().zip(percents(&shares)).map(|(one, percent)| {
        let percent = match percent {
            Percent::UnderOne => 0,
            Percent::Whole(percent) => percent,
            Percent::OverNinetyNine => 100,
        };
        format!("{},{percent},{:.0},{:.0}", one.index, one.distances.min_m, one.distances.max_m)
    });
    let _ = write!(out, ",[{}]", each.collect::<Vec<_>>().join(","));
}

fn column(name: &str, bytes: impl Iterator<Item = u8>, out: &mut String) {
    let bytes: Vec<u8> = bytes.collect();
    let _ = write!(out, ",\"{name}\":\"{}\"", base64(&bytes));
}

fn integers(name: &str, values: impl Iterator<Item = i32>, out: &mut String) {
    column(name, values.flat_map(i32::to_le_bytes), out);
}

fn floats(name: &str, values: impl Iterator<Item = f64>, out: &mut String) {
    column(name, values.flat_map(|value| (value as f32).to_le_bytes()), out);
}

/// Indices behind 1, with 0 for none, in as few bytes each as the largest needs: the script tells how many by their number.
fn indices(name: &str, values: impl Iterator<Item = Option<usize>>, count: usize, out: &mut String) {
    let width = match count {
        0..=0xFE => 1,
        0xFF..=0xFFFE => 2,
        _ => 4,
    };
    let value = |value: Option<usize>| value.map_or(0, |index| index as u32 + 1);
    column(name, values.flat_map(|one| value(one).to_le_bytes().into_iter().take(width)), out);
}
