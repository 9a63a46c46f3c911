//! What PDF has operators for, here.

use resvg::usvg::{BlendMode, ClipPath, Group, Node, Paint};

/// True of what is made of plain colours alone; anything else is drawn in pixels.
pub(super) fn is_plain(group: &Group) -> bool {
    let is_colour = |paint: &Paint| matches!(paint, Paint::Color(_));
    let clips_plainly = |clip: Option<&ClipPath>| {
        clip.is_none_or(|clip| clip.root().children().iter().all(|node| matches!(node, Node::Path(_))))
    };
    let node_is_plain = |node: &Node| match node {
        Node::Group(group) => is_plain(group),
        Node::Path(path) => {
            path.fill().is_none_or(|fill| is_colour(fill.paint()))
                && path.stroke().is_none_or(|stroke| is_colour(stroke.paint()))
        }
        Node::Image(_) => true,
        Node::Text(text) => is_plain(text.flattened()),
    };
    group.mask().is_none()
        && group.filters().is_empty()
        && group.blend_mode() == BlendMode::Normal
        && clips_plainly(group.clip_path())
        && group.children().iter().all(node_is_plain)
}
