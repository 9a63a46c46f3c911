//! Positions of shapes as text of GeoJSON.

/// A position with its height.
pub(super) type Vertex = ([f64; 2], Option<f64>);

/// Appends a position.
pub(super) fn push_vertex((place, height): &Vertex, out: &mut String) {
    out.push_str(&format!("[{},{}", place[0], place[1]));
    if let Some(height) = height {
        out.push_str(&format!(",{height}"));
    }
    out.push(']');
}

/// Appends positions, from the last one if they are to be turned round.
pub(super) fn push_vertices(vertices: &[Vertex], is_turned: bool, out: &mut String) {
    out.push('[');
    for at in 0..vertices.len() {
        if at > 0 {
            out.push(',');
        }
        push_vertex(&vertices[if is_turned { vertices.len() - 1 - at } else { at }], out);
    }
    out.push(']');
}
