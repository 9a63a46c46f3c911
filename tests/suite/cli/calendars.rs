//! Dates of other calendars.

use crate::program::{Folder, json, point};

#[test]
fn dates_of_other_calendars_are_those_days_and_unreadable_without_a_word() {
    let folder = Folder::with_layers(&[point("\"OP-07\"", "{}", 38.70, -3.04)], &[], &[]);
    let line =
        "bulletin --posts posts.geojson --incidents log.csv --zone Asia/Tehran --output out.json --force";
    for (calendar, time) in [
        ("persian", "1405-08-29 06:10"),
        ("persian", "۲۹ آبان ۱۴۰۵"),
        ("persian", "29/8/1405"),
        ("buddhist", "20/11/2569 06:10"),
    ] {
        folder.write("log.csv", format!("id,time,lat,lon\n1,{time},-3.035,38.71\n"));
        let run = folder.run(line);
        assert_eq!(run.status, 2, "{}", run.err);
        if time.is_ascii() {
            assert!(run.err.contains("--calendar persian") && run.err.contains(time), "{}", run.err);
        }
        folder.run(&format!("{line} --calendar {calendar}")).ok();
        let bulletin = json(&folder.read("out.json"));
        assert_eq!(bulletin["period"]["day"], "2026-11-20", "{time}");
        assert_eq!(bulletin["totals"]["incidents"], 1, "{time}");
    }
    folder.run(&format!("{line} --calendar lunar")).fails(2, &["gregorian, persian or buddhist"]);
    // By the environment and by a project file, as other options of logs.
    folder.write("patrol.toml", "calendar = \"buddhist\"\n");
    folder.run(line).ok();
}
