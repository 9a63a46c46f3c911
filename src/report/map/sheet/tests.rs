//! All is on the paper, nothing is on anything else, and the fraction is that of the bar.

use roxmltree::{Document, Node};

use super::super::labels::text_width;
use super::super::options::{MapOptions, MapSummary};
use super::super::paper::{Orientation, Paper, Sheet};
use super::super::scene::Scene;
use super::column::BOLD;
use super::{Plan, document};
use crate::report::TitleBlock;
use crate::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};

/// x' = a x + c y + e, y' = b x + d y + f.
type Matrix = [f64; 6];

fn times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix) -> Matrix {
    [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

fn matrix(node: Node<'_, '_>) -> Matrix {
    let own = node.attribute("transform").unwrap_or_default().split_inclusive(')').map(|part| {
        let (name, numbers) = part.trim().trim_end_matches(')').split_once('(').unwrap();
        let numbers: Vec<f64> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
        match name {
            "translate" => [1.0, 0.0, 0.0, 1.0, numbers[0], numbers[1]],
            "scale" => [numbers[0], 0.0, 0.0, numbers[0], 0.0, 0.0],
            "rotate" => {
                let (sin, cos) = numbers[0].to_radians().sin_cos();
                [cos, sin, -sin, cos, 0.0, 0.0]
            }
            name => panic!("{name}"),
        }
    });
    let above = node.parent_element().map_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], matrix);
    own.fold(above, times)
}

/// A text outside of the map with its box: left, top, right, bottom.
fn boxes(document: &Document<'_>) -> Vec<(String, [f64; 4])> {
    let outside = |node: &Node<'_, '_>| {
        node.has_tag_name("text") && !node.ancestors().any(|up| up.attribute("clip-path").is_some())
    };
    let text_box = |node: Node<'_, '_>| {
        let number = |name| node.attribute(name).unwrap().parse::<f64>().unwrap();
        let (text, size) = (node.text().unwrap_or_default(), number("font-size"));
        let widened = if node.attribute("font-weight").is_some() { BOLD } else { 1.0 };
        let width = text_width(text, size) * widened;
        let left = number("x") - if node.attribute("text-anchor").is_some() { 0.5 * width } else { 0.0 };
        let [a, b, c, d, e, f] = matrix(node);
        let corners = [left, left + width].into_iter().flat_map(|x| {
            [number("y") - 0.75 * size, number("y") + 0.2 * size]
                .map(|y| [a * x + c * y + e, b * x + d * y + f])
        });
        let bounds = corners.fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |all, [x, y]| {
            [all[0].min(x), all[1].min(y), all[2].max(x), all[3].max(y)]
        });
        (text.to_owned(), bounds)
    };
    document.descendants().filter(outside).map(text_box).collect()
}

fn sheets() -> impl Iterator<Item = (Paper, Option<Orientation>)> {
    let papers = [Paper::A4, Paper::A3].into_iter();
    papers.flat_map(|paper| {
        [Some(Orientation::Portrait), Some(Orientation::Landscape), None].map(|side| (paper, side))
    })
}

/// The scene of a map of what lies around 40 N, and its plan, as `Map::new` has them.
fn planned(sheet: &Sheet, title: &str, change: impl Fn(&mut Scene)) -> (Scene, Plan) {
    let post = ObservationPost::new("OP-21 <b>&", Position::from_lon_lat(46.82, 40.0).unwrap());
    let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.1)].into();
    let route = PatrolRoute::from_line_string("R4", &line).unwrap();
    let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar).unwrap();
    let options = MapOptions::default().with_title(title).with_radius_m(1_000.0);
    let scene = |room| {
        let mut scene = Scene::new(&index, &[], None, &options, room, 1, &mut MapSummary::default()).unwrap();
        change(&mut scene);
        scene
    };
    let mut plan = Plan::new(sheet, &scene(None));
    for _ in 0..4 {
        match plan.adjusted(&scene(Some(plan.room()))) {
            Some(adjusted) => plan = adjusted,
            None => break,
        }
    }
    (scene(Some(plan.room())), plan)
}

const LONG: [&str; 5] = [
    "",
    "Posts and routes",
    "WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW",
    "\u{41f}\u{43e}\u{441}\u{442}\u{44b} \u{43d}\u{430}\u{431}\u{43b}\u{44e}\u{434}\u{435}\u{43d}\u{438}\u{44f}, \u{43c}\u{430}\u{440}\u{448}\u{440}\u{443}\u{442}\u{44b} \u{438} \u{43f}\u{440}\u{43e}\u{438}\u{441}\u{448}\u{435}\u{441}\u{442}\u{432}\u{438}\u{44f} \u{437}\u{430} \u{44f}\u{43d}\u{432}\u{430}\u{440}\u{44c} </svg><script>",
    "\u{62e}\u{631}\u{64a}\u{637}\u{629} \u{646}\u{642}\u{627}\u{637} \u{627}\u{644}\u{645}\u{631}\u{627}\u{642}\u{628}\u{629} \u{648}\u{645}\u{633}\u{627}\u{631}\u{627}\u{62a} \u{627}\u{644}\u{62f}\u{648}\u{631}\u{64a}\u{627}\u{62a} \u{648}\u{627}\u{644}\u{62d}\u{648}\u{627}\u{62f}\u{62b}",
];

#[test]
fn all_is_on_the_paper_and_nothing_on_anything_else() {
    for (paper, side) in sheets() {
        for long in LONG {
            for notes in [0, 30] {
                let sheet = Sheet::new(paper).with_orientation(side).with_title_block(
                    TitleBlock::default()
                        .with_unit(long)
                        .with_author(long)
                        .with_date_time_group("010600ZJAN21")
                        .with_classification(long),
                );
                let note = |n: usize| format!("Note {n} of a source that has a name of some length: {long}");
                let (scene, plan) = planned(&sheet, long, |scene| scene.notes.extend((0..notes).map(note)));
                let svg = document(&scene, &plan);
                let document = Document::parse(&svg).unwrap();
                let what = format!("{paper:?} {side:?} {long} {notes}");
                let boxes = boxes(&document);
                let [width, height] = plan.size;
                for (i, (text, b)) in boxes.iter().enumerate() {
                    let is_inside = b[0] >= 0.0 && b[1] >= 0.0 && b[2] <= width && b[3] <= height;
                    assert!(is_inside, "{what}: `{text}` at {b:?}");
                    for (other, o) in &boxes[..i] {
                        let meet = b[0] < o[2] && o[0] < b[2] && b[1] < o[3] && o[1] < b[3];
                        assert!(!meet, "{what}: `{text}` at {b:?} on `{other}` at {o:?}");
                    }
                    let m = plan.map;
                    let meets_map = b[0] < m.x + m.width && m.x < b[2] && b[1] < m.y + m.height && m.y < b[3];
                    assert!(!meets_map, "{what}: `{text}` at {b:?} on the map");
                }
                let all: String =
                    boxes.iter().flat_map(|(text, _)| text.chars()).filter(|c| !c.is_whitespace()).collect();
                let has = |text: &str| all.contains(&text.split_whitespace().collect::<String>());
                assert!(!all.contains('\u{2026}') && !all.contains("larger paper"), "{what}: {all}");
                assert!((0..notes).all(|n| has(&note(n))) && has(long) && has("Posts (1)"), "{what}: {all}");
                assert!(has("Marks every") && has("Out of sight"), "{what}");
                let words: String = long.split_whitespace().collect();
                let count = if long.is_empty() { 6 } else { all.matches(&words).count() };
                // Title, unit, author, classification three times; and the notes.
                assert!(count >= 6 + notes || long.is_empty(), "{what}: {count}");
            }
        }
    }
}

#[test]
fn the_map_fills_its_room_and_the_fraction_is_that_of_the_bar() {
    for (paper, side) in sheets() {
        let (scene, plan) = planned(&Sheet::new(paper).with_orientation(side), "A title", |_| ());
        let svg = document(&scene, &plan);
        let document = Document::parse(&svg).unwrap();
        let frame = &scene.frame;
        assert_eq!((frame.width, frame.height), (plan.map.width, plan.map.height));
        assert!(frame.shown_m[0] <= frame.metres_per_px * frame.width * (1.0 + 1e-9));
        assert!(frame.shown_m[1] <= frame.metres_per_px * frame.height * (1.0 + 1e-9));
        let bar = document.descendants().find(|node| node.attribute("id") == Some("bar")).unwrap();
        let length = bar.attribute("d").unwrap().split(['H', 'V']).nth(1).unwrap().parse::<f64>().unwrap();
        let label = bar
            .parent()
            .unwrap()
            .descendants()
            .filter(|node| node.has_tag_name("text"))
            .filter_map(|node| node.text())
            .next_back()
            .unwrap();
        let metres = match label.split_once(' ').unwrap() {
            (km, "km") => 1e3 * km.parse::<f64>().unwrap(),
            (m, _) => m.parse().unwrap(),
        };
        let texts: Vec<&str> = document.descendants().filter_map(|node| node.text()).collect();
        let fraction = texts.iter().find(|text| text.starts_with("1:")).unwrap();
        let denominator = fraction[2..].replace(',', "").parse::<f64>().unwrap();
        let on_paper = length * paper.unit_mm() / 1e3;
        // The bar is drawn to a hundredth of a unit.
        assert!((metres / on_paper / denominator - 1.0).abs() < 1e-3, "{label} {length} {fraction}");
        assert!(texts.contains(&format!("{fraction} at {}", paper.name()).as_str()));
    }
}

/// So much that no paper has room for it: what fits is drawn, and the sheet says how much is not.
#[test]
fn what_has_no_room_is_counted() {
    let note = |n: usize| format!("{n} {}", LONG[2].repeat(6));
    let sheet = Sheet::new(Paper::A4);
    let (scene, plan) = planned(&sheet, "A title", |scene| scene.notes.extend((0..200).map(note)));
    let svg = document(&scene, &plan);
    assert!(svg.contains(" more: take larger paper"));
    let boxes = boxes(&Document::parse(&svg).unwrap()).len();
    assert!(boxes > 100, "{boxes}");
}
