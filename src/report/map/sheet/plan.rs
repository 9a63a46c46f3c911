//! How much of the paper is the map's, and where the rest is.

use super::super::frame::Room;
use super::super::paper::{Orientation, Sheet};
use super::super::scene::Scene;
use super::border::GUTTER;
use super::column::{Columns, Look, Section};
use super::explained::sections;
use super::title_block::title_block;

/// Around all, where many printers print nothing; in millimetres.
const MARGIN_MM: f64 = 7.0;
/// Between the map and the columns, and between columns.
const GAP: f64 = 16.0;
/// The width of columns beside a map.
const COLUMN: f64 = 250.0;
/// No more lines of a classification, and of a title.
const MOST_LINES: usize = 6;

/// A rectangle of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A sheet and what goes where on it, in units of the paper.
#[derive(Debug, Clone)]
pub(in crate::report::map) struct Plan {
    pub(super) sheet: Sheet,
    pub(super) orientation: Orientation,
    pub(super) size: [f64; 2],
    pub(super) margin: f64,
    pub(super) classification: (Look, Vec<String>),
    pub(super) title: (Look, Vec<String>),
    /// Between the classifications.
    pub(super) body: Area,
    /// The map within its border.
    pub(super) map: Area,
    pub(super) columns: Columns,
    pub(super) columns_at: [f64; 2],
}

impl Plan {
    /// For a scene; where no side was said to be up, the one that leaves the map the larger scale.
    pub fn new(sheet: &Sheet, scene: &Scene) -> Self {
        let plan = |orientation| Plan::of(sheet, orientation, scene);
        match sheet.orientation {
            Some(orientation) => plan(orientation),
            None => {
                let [portrait, landscape] = [Orientation::Portrait, Orientation::Landscape].map(plan);
                match portrait.metres_per_px(scene) < landscape.metres_per_px(scene) {
                    true => portrait,
                    false => landscape,
                }
            }
        }
    }

    /// What a unit has to stand for so that all is shown.
    fn metres_per_px(&self, scene: &Scene) -> f64 {
        let [width, height] = scene.frame.shown_m;
        (width / self.map.width).max(height / self.map.height)
    }

    fn of(sheet: &Sheet, orientation: Orientation, scene: &Scene) -> Self {
        let unit_mm = sheet.paper.unit_mm();
        let size = sheet.size_mm(orientation).map(|side| side / unit_mm);
        let margin = MARGIN_MM / unit_mm;
        let inner = size[0] - 2.0 * margin;
        let look = Look::bold(15.0);
        let classification = (look, look.lines(&sheet.title_block.classification, inner, MOST_LINES));
        let band = look.height(classification.1.len()) + if classification.1.is_empty() { 0.0 } else { 6.0 };
        let title = title(&scene.title, inner);
        let title_height = title.0.height(title.1.len()) + if title.1.is_empty() { 0.0 } else { 8.0 };
        let body = Area {
            x: margin,
            y: margin + band + title_height,
            width: inner,
            height: size[1] - 2.0 * (margin + band) - title_height,
        };
        let columns = match orientation {
            Orientation::Landscape => beside(sheet, scene, &body),
            Orientation::Portrait => below(sheet, scene, &body),
        };
        let (mut outer, mut columns_at) = (body, [body.x, body.y]);
        match orientation {
            Orientation::Landscape => {
                outer.width -= columns.total_width() + GAP;
                columns_at[0] = body.x + body.width - columns.total_width();
            }
            Orientation::Portrait => {
                outer.height -= columns.height + GAP;
                columns_at[1] = body.y + body.height - columns.height;
            }
        }
        // Whole units: the map's height is one.
        let map = Area {
            x: outer.x + GUTTER,
            y: outer.y + GUTTER,
            width: (outer.width - 2.0 * GUTTER).floor(),
            height: (outer.height - 2.0 * GUTTER).floor(),
        };
        let sheet = sheet.clone();
        Plan { sheet, orientation, size, margin, classification, title, body, map, columns, columns_at }
    }

    /// The map's.
    pub fn room(&self) -> Room {
        Room { width: self.map.width, height: self.map.height, unit_m: self.unit_m() }
    }

    pub(super) fn unit_m(&self) -> f64 {
        self.sheet.paper.unit_mm() / 1e3
    }

    /// Another plan, where this one has no room for what explains the scene that was made for it.
    pub fn adjusted(&self, scene: &Scene) -> Option<Self> {
        let explained = Explained::of(&self.sheet, scene, self.columns.width, self.columns.size);
        match explained.is_held(&self.columns) {
            true => None,
            false => Some(Plan::of(&self.sheet, self.orientation, scene)),
        }
    }

    /// The resolution of a PNG.
    #[cfg(feature = "png")]
    pub fn dpi(&self) -> u16 {
        self.sheet.dpi.clamp(50, 600)
    }

    /// The sheet that was asked for.
    #[cfg(feature = "pdf")]
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// As people call it: `A4 landscape`.
    pub(super) fn name(sheet: &Sheet, orientation: Orientation) -> String {
        let side = match orientation {
            Orientation::Portrait => "portrait",
            Orientation::Landscape => "landscape",
        };
        format!("{} {side}", sheet.paper.name())
    }

    /// The paper, in millimetres.
    pub fn size_mm(&self) -> [f64; 2] {
        self.sheet.size_mm(self.orientation)
    }
}

/// The title, in letters that are the smaller the more lines it takes.
fn title(text: &str, width: f64) -> (Look, Vec<String>) {
    for (size, most) in [(25.0, 1), (21.0, 1), (19.0, 2), (16.0, 3), (13.0, 4)] {
        let look = Look::bold(size);
        let lines = look.lines(text, width, most + 1);
        if lines.len() <= most {
            return (look, lines);
        }
    }
    let look = Look::bold(11.0);
    (look, look.lines(text, width, MOST_LINES))
}

/// What goes into columns of a width: the sections, and how high the title block at their foot is.
pub(super) struct Explained {
    pub sections: Vec<Section>,
    pub foot: f64,
}

impl Explained {
    pub fn of(sheet: &Sheet, scene: &Scene, width: f64, size: f64) -> Self {
        // The name of the sheet takes a line whichever side is up.
        let block = title_block(scene, sheet, &Plan::name(sheet, Orientation::Landscape), width, size);
        let sections = sections(scene, sheet.paper.unit_mm() / 1e3, width, size);
        Explained { sections, foot: block.height + 10.0 }
    }

    pub fn is_held(&self, columns: &Columns) -> bool {
        [true, false].iter().any(|&whole| columns.hold(&self.sections, self.foot, whole))
    }
}

/// The sizes of letters and signs that are tried, in parts of the usual.
const SIZES: [f64; 5] = [1.0, 0.9, 0.8, 0.7, 0.6];

/// Columns beside the map: as few as will do, and letters as large.
fn beside(sheet: &Sheet, scene: &Scene, body: &Area) -> Columns {
    let columns = |count: usize, size: f64| Columns {
        count,
        width: COLUMN * if count > 1 { size.max(0.8) } else { 1.0 },
        gap: GAP,
        height: body.height,
        size,
    };
    let tries = (1..=3).flat_map(|count| SIZES.into_iter().map(move |size| (count, size)));
    // Small letters rather than another column, but not the smallest.
    let tries = tries.filter(|(count, size)| *count == 3 || *size >= 0.8);
    let mut tries = tries.map(|(count, size)| columns(count, size));
    tries
        .find(|columns| Explained::of(sheet, scene, columns.width, columns.size).is_held(columns))
        .unwrap_or_else(|| columns(3, 0.6))
}

/// Columns below the map: as low as will do, and letters as large.
fn below(sheet: &Sheet, scene: &Scene, body: &Area) -> Columns {
    let most = 0.45 * body.height;
    let columns =
        |size: f64| Columns { count: 3, width: (body.width - 2.0 * GAP) / 3.0, gap: GAP, height: most, size };
    let held = |size: f64| {
        let columns = columns(size);
        let explained = Explained::of(sheet, scene, columns.width, size);
        columns.lowest(&explained.sections, explained.foot).filter(|columns| columns.height <= most)
    };
    SIZES.into_iter().find_map(held).unwrap_or_else(|| columns(0.6))
}
