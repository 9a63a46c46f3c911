//! `--time`: the one instant that a command asks about.

use patrol_corridor::time::{Timestamp, Zone};
use patrol_corridor::{Error, PatrolIndex};

use crate::term::say;

/// The instant whose posts and routes count.
#[derive(Debug, clap::Args)]
pub struct TimeArgs {
    /// Use only posts and routes in service at this time: RFC 3339, or local time with --zone [default: use all]
    ///
    /// A post or route is in service from `active_from` to `active_to`.
    #[arg(long, value_name = "TIME")]
    time: Option<String>,
}

impl TimeArgs {
    /// The instant, where one is asked about.
    pub fn read(&self, zone: Option<&Zone>) -> Result<Option<Timestamp>, Error> {
        self.time.as_deref().map(|text| instant(text, zone)).transpose()
    }
}

/// What `--time` says.
pub fn instant(text: &str, zone: Option<&Zone>) -> Result<Timestamp, Error> {
    Timestamp::read(text, zone).map_err(|error| Error::argument(format!("--time: {}", error.message())))
}

/// The area of that instant; without one all of it, which is told where it makes a difference.
pub fn as_of(index: PatrolIndex, time: Option<Timestamp>) -> Result<PatrolIndex, Error> {
    let Some(time) = time else {
        tell_periods(&index);
        return Ok(index);
    };
    let then = index.in_service(time)?;
    for (what, before, left) in [
        ("post", index.posts().len(), then.posts().len()),
        ("route", index.routes().len(), then.routes().len()),
    ] {
        if before > 0 && left == 0 {
            say!("patrol: warning: no {what} was in service at {time}");
        }
    }
    Ok(then)
}

/// Says that posts and routes have periods that nobody asked about.
pub fn tell_periods(index: &PatrolIndex) {
    if index.has_service_periods() {
        say!(
            "patrol: warning: some posts or routes were not always in service (active_from, active_to): all are taken; \
             --time TIME takes those of one instant"
        );
    }
}
