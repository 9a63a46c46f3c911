//! Arguments that several commands share, and what they lead to: inputs, outputs, options.

pub mod at_time;
pub mod backgrounds;
pub mod chosen;
pub mod described;
pub mod drawn;
pub mod feature_file;
pub mod feature_form;
pub mod feature_output;
pub mod files;
pub mod formats;
pub mod incidents;
pub mod layers;
pub mod limits;
pub mod outputs;
pub mod packages;
pub mod period;
pub mod position;
pub mod profile;
pub mod read;
pub mod readers;
pub mod sheet;
pub mod systems;
pub mod title_block;
pub mod verbose;
pub mod wording;
