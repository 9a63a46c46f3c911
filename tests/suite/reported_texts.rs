//! Texts of locations as others have published them with their meaning.

use patrol_corridor::model::DmsAngle;

use crate::fixtures::table;

/// What GeographicLib takes for the next degree, and is refused here: minutes and seconds are less than 60.
const SIXTY_MINUTES: [&str; 2] = ["5d60.", "5d60.0"];

#[test]
fn angles_mean_what_they_mean_elsewhere() {
    let rows = table("dms/parse.csv");
    assert!(rows.len() > 70, "{}", rows.len());
    for row in rows {
        let (text, expected) = (row.text("input"), row.text("expected_deg"));
        let parsed = text.parse::<DmsAngle>();
        if expected == "ERROR" || SIXTY_MINUTES.contains(&text) {
            assert!(parsed.is_err(), "{row:?}: {parsed:?}");
            continue;
        }
        let degrees = parsed.unwrap_or_else(|e| panic!("{row:?}: {e}")).degrees;
        let within = if row.text("note") == "6 decimals" { 5e-7 } else { 1e-12 };
        assert!((degrees - expected.parse::<f64>().unwrap()).abs() < within, "{row:?}: {degrees}");
    }
}
