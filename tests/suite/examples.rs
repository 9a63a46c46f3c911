//! The examples are part of the tests, so that none can rot.

#[path = "../../examples/annotate_and_export.rs"]
mod annotate_and_export;
#[path = "../../examples/hot_reload.rs"]
mod hot_reload;
#[path = "../../examples/load_layers.rs"]
mod load_layers;
#[path = "../../examples/moving_units.rs"]
mod moving_units;
#[path = "../../examples/nearest_post.rs"]
mod nearest_post;
#[path = "../../examples/own_types.rs"]
mod own_types;
#[path = "../../examples/reproject_layer.rs"]
mod reproject_layer;

#[test]
fn load_layers_runs() {
    load_layers::main().unwrap();
}

#[test]
fn nearest_post_runs() {
    nearest_post::main().unwrap();
}

#[test]
fn annotate_and_export_runs() {
    annotate_and_export::main().unwrap();
}

#[test]
fn own_types_runs() {
    own_types::main().unwrap();
}

#[test]
fn reproject_layer_runs() {
    reproject_layer::main().unwrap();
}

#[test]
fn hot_reload_runs() {
    hot_reload::main().unwrap();
}

#[test]
fn moving_units_runs() {
    moving_units::main().unwrap();
}
