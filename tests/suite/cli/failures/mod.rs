//! `patrol annotate` where things go wrong around it: killed, told to end, without room, cut off from its input.
//!
//! No test waits for a time to pass: how far a run has got is told by what it has taken from a pipe. A pipe
//! holds 64 KiB and the program reads a mebibyte at a time, so that the inputs are some mebibytes long.

mod access;
mod cut_short;
#[cfg(feature = "parquet")]
mod damaged_parquet;
#[cfg(unix)]
mod held;
#[cfg(unix)]
mod killed;
#[cfg(unix)]
mod no_room;
#[cfg(unix)]
mod several;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod truncated;
