//! Corridors as areas: valid, never empty, with the routes in them, whatever the caps.

use patrol_corridor::analysis::{Caps, corridor_areas, corridor_region};

use super::draw::Draw;
use super::layers::{Layers, Widths, one_line};
use super::shape::assert_sound;

pub fn run(bytes: &[u8]) -> bool {
    let mut draw = Draw::new(bytes);
    let Some(layers) = Layers::read(&mut draw, Widths::All) else { return false };
    let area = &layers.area;
    let caps = *draw.one_of(&[Caps::Round, Caps::Flat, Caps::Square]);
    // More than 1,000 km wide, or all around the Earth.
    let Some(corridors) = one_line(corridor_areas(area, caps)) else { return false };
    for corridor in &corridors {
        let what = format!("corridor {} with caps {caps}", corridor.corridor);
        assert_sound(&corridor.region, corridor.area_km2, &what);
        assert!(!corridor.routes.is_empty() && corridor.area_km2 > 0.0, "{what}");
        let named = &area.corridors()[corridor.corridor];
        assert!(corridor.routes.iter().all(|route| named.routes.contains(route)));
        for &route in &corridor.routes {
            let route = &area.routes()[route];
            let half_width_m = route.half_width_m().expect("a half width");
            assert!(corridor.half_width_m.is_none_or(|same_m| same_m == half_width_m));
        }
    }
    let wide = area.routes().iter().filter(|route| route.half_width_m().is_some());
    let in_corridors: usize = corridors.iter().map(|corridor| corridor.routes.len()).sum();
    assert_eq!(in_corridors, wide.clone().count());
    // Each route alone covers no more than its corridor, and round caps no less than flat ones.
    for corridor in corridors.iter().filter(|corridor| corridor.routes.len() > 1) {
        let alone = &area.routes()[corridor.routes[0]];
        let region = corridor_region([alone], area.edges(), caps).expect("a part of what was drawn");
        let alone_km2 = region.area_km2(patrol_corridor::Edges::Planar);
        assert!(alone_km2 <= corridor.area_km2 * 1.002 + 1e-4, "{alone_km2} of {}", corridor.area_km2);
    }
    !corridors.is_empty()
}
