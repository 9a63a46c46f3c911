//! Angles on a circle: how far apart two are, and which way round.

/// How far it is from one angle to another, the short way: `to - from`, a turn more or less where that is more than half of
/// one. Exactly half a turn stays as it is.
///
/// # Units
/// Degrees.
#[inline]
pub(crate) fn short_way_deg(from_deg: f64, to_deg: f64) -> f64 {
    let step_deg = to_deg - from_deg;
    if step_deg.abs() > 180.0 { step_deg - 360.0_f64.copysign(step_deg) } else { step_deg }
}

/// The same of angles in any turn, -180 < x <= 180.
pub(crate) fn turn_deg(from_deg: f64, to_deg: f64) -> f64 {
    let turned = (to_deg - from_deg).rem_euclid(360.0);
    if turned > 180.0 { turned - 360.0 } else { turned }
}
