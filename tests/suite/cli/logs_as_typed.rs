//! Logs as people save and type them: separators, encodings, decimal commas, names of their own, dates in their ways.

use crate::program::{Folder, json};
use crate::text::gzip;

const POSTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"OP-07","properties":{},"geometry":{"type":"Point","coordinates":[38.70,-3.04]}},
{"type":"Feature","id":"OP-08","properties":{},"geometry":{"type":"Point","coordinates":[38.85,-3.03]}}]}"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("posts.geojson", POSTS);
    folder
}

/// The nearest post of the first row of a log, and what was said.
fn nearest(log: impl AsRef<[u8]>, options: &str) -> (Option<String>, String) {
    let folder = folder();
    folder.write("log.csv", log);
    let line = format!(
        "annotate --posts posts.geojson --incidents log.csv --output - --output-format geojsonl {options}"
    );
    let run = folder.run(&line);
    let first = run.out.lines().next().map(json);
    let id = first.and_then(|first| first["properties"]["post_id"].as_str().map(str::to_owned));
    (id, run.err)
}

#[test]
fn tables_are_read_as_they_were_saved() {
    let utf16 = |text: &str| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    for (name, log) in [
        ("semicolons", "id;lat;lon;what\n1;-3.035;38.71;herders\n".into()),
        ("decimal commas", "id;lat;lon;what\n1;-3,035;38,71;herders\n".into()),
        ("tabs", "id\tlat\tlon\tnote\n1\t-3.035\t38.71\ta\n".into()),
        ("bars", "id|lat|lon\n1|-3,035|38,71\n".into()),
        ("sep=", "sep=;\r\nid;lat;lon\r\n1;-3,035;38,71\r\n".into()),
        ("quoted sep=", "\"sep=;\"\nid;lat;lon\n1;-3.035;38.71\n".into()),
        ("UTF-8 with a mark", "\u{feff}id;lat;lon\n1;-3,035;38,71\n".into()),
        ("UTF-16", utf16("id\tlat\tlon\twhat\n1\t-3.035\t38.71\tÜñï\n")),
        ("WKT", "id,geometry\n1,POINT (38.71 -3.035)\n".into()),
        ("WKB", "id,geom\n1,01010000007B14AE47E15A434048E17A14AE4708C0\n".into()),
        (
            "GeoJSON",
            "id;geometry\n1;\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[38.71,-3.035]}\"\n".into(),
        ),
        ("degrees and minutes", "id;lat;lon\n1;\"3°02'06\"\"S\";\"38°42'36\"\"E\"\n".into()),
        ("blank rows", "id,lat,lon\n,,\n1,-3.035,38.71\n , ,\n".into()),
    ] {
        let log: Vec<u8> = log;
        let (post, said) = nearest(&log, "");
        assert_eq!(post.as_deref(), Some("OP-07"), "{name}: {said}");
        if name == "blank rows" {
            assert!(said.contains("read 1: exact 1") && said.contains("blank rows skipped 2"), "{said}");
        }
        if name == "UTF-16" {
            assert!(said.contains("log.csv: read as UTF-16LE"), "{said}");
        }
    }
}

#[test]
fn a_table_in_another_encoding_names_what_to_do() {
    let log = b"id;lat;lon;what\n1;-3,035;38,71;\xE2\xE7\xF0\xFB\xE2\n";
    let (post, said) = nearest(log, "");
    assert!(
        post.is_none() && said.contains("not UTF-8") && said.contains("--encoding windows-1251"),
        "{said}"
    );
    for name in ["windows-1251", "cp1251"] {
        let (post, said) = nearest(log, &format!("--encoding {name}"));
        assert!(post.is_some() && said.contains("read as windows-1251"), "{said}");
    }
    let (_, said) = nearest(log, "--encoding klingon");
    assert!(said.contains("the encoding `klingon`, expected one of the Encoding Standard"), "{said}");
}

#[test]
fn a_comma_is_a_decimal_mark_only_where_that_is_sure() {
    let log = "id,lat,lon\n1,\"-3,035\",\"38,71\"\n";
    let (post, said) = nearest(log, "");
    assert!(post.is_none() && said.contains("`38,71`, expected a number of degrees"), "{said}");
    assert_eq!(nearest(log, "--decimal-comma").0.as_deref(), Some("OP-07"));
    // A thousand and more is written so, too.
    let (post, said) = nearest("id;lat;lon\n1;-3,035;38,710,000\n", "");
    assert!(post.is_none() && said.contains("`38,710,000`"), "{said}");
}

#[test]
fn what_is_written_is_read_again_with_its_separator_and_commas() {
    let folder = folder();
    folder.write("log.csv", "id;lat;lon;what\n1;-3,0350;38,71;a, b\n");
    folder.run("annotate --posts posts.geojson --incidents log.csv --output out.csv").ok();
    let out = folder.read("out.csv");
    assert!(out.contains("\n1;-3,0350;38,71;a, b;OP-07;"), "{out}");
    let again = folder.run("annotate --posts posts.geojson --incidents out.csv --replace --output again.csv");
    again.ok();
    assert_eq!(folder.read("again.csv"), out);
}

#[test]
fn columns_of_other_names_are_named_and_read() {
    let folder = folder();
    let log = "№;Дата;Время;Тип;Широта;Долгота;Пост;Направление;Расстояние;Убито\n\
               1;20.11.2026;06:10;взрыв;-3,035;38,71;;;;2\n\
               2;20.11.2026;8:40;взрыв;;;OP-07;ССВ;2-7 км;0\n";
    folder.write("log.csv", log);
    let day = "--zone Africa/Nairobi --day 2026-11-20 --output out.json --force";
    let line = format!("bulletin --posts posts.geojson --incidents log.csv {day}");
    let said = folder.run(&line).err;
    for (column, field) in
        [("Широта", "latitude"), ("Дата", "time"), ("Убито", "killed"), ("Пост", "observer_post")]
    {
        let hint =
            format!("the column `{column}` is not read; is it `{field}`? (--field {field}='{column}')");
        assert!(said.contains(&hint), "{hint}: {said}");
    }
    let named = "--field longitude=Долгота --field latitude=Широта --field id=№ --field date=Дата --field \
                 time_of_day=Время --field type=Тип --field killed=Убито --field observer_post=Пост --field \
                 bearing=Направление --field distance_m=Расстояние";
    let run = folder.run(&format!("{line} {named}"));
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(!run.err.contains("is not read"), "{}", run.err);
    assert!(run.err.contains("exact 1, in a region 1") && run.err.contains("dated 2"), "{}", run.err);
    let bulletin = json(&folder.read("out.json"));
    assert_eq!(bulletin["totals"]["killed"], 2, "{bulletin}");
    folder
        .run(&format!("{line} --field colour=Тип"))
        .fails(2, &["the field `colour`, which is not read", "killed"]);
    folder.run(&format!("{line} --field killed=Deaths")).fails(2, &["there is no column `Deaths`"]);
}

#[test]
fn features_have_names_of_their_own_too() {
    let folder = folder();
    let feature = r#"{"type":"Feature","properties":{"Event_Type":"shots","Fatalities":3,"When":"20.11.2026 06:10","killed":9},
        "geometry":{"type":"Point","coordinates":[38.71,-3.035]}}"#;
    folder.write("log.geojson", feature);
    let line = "bulletin --posts posts.geojson --incidents log.geojson --zone Africa/Nairobi --day 2026-11-20 --output \
                out.json --force --field time=When --field killed=Fatalities --field type=Event_Type";
    folder.run(line).ok();
    let bulletin = json(&folder.read("out.json"));
    assert_eq!(bulletin["totals"]["killed"], 3, "{bulletin}");
}

#[test]
fn exports_are_read_by_their_profiles() {
    for (profile, log, killed) in [
        (
            "acled",
            "event_id_cnty,event_date,event_type,latitude,longitude,geo_precision,notes,fatalities\n\
             K1,20 November 2026,Battles,-3.035,38.71,1,Clash,2\n",
            Some(2),
        ),
        (
            "ucdp",
            "id,type_of_violence,where_prec,latitude,longitude,date_start,best\n7,1,1,-3.035,38.71,2026-11-20,4\n",
            Some(4),
        ),
        (
            "smart",
            "Waypoint Date,Waypoint Time,X,Y,Comment,Observation Category 0\n\"Nov 20, 2026\",6:10:05 AM,38.71,-3.035,a,b\n",
            None,
        ),
        (
            "earthranger",
            "Report_Id,Title,Event_Type,Status,Report_Time,Latitude,Longitude\n\
             9,Snare,snare_rep,active,2026-11-20T06:10:05+03:00,-3.035,38.71\n",
            None,
        ),
        (
            "darwin-core",
            "occurrenceID,eventDate,decimalLatitude,decimalLongitude,scientificName\no1,2026-11-20,-3.035,38.71,L\n",
            None,
        ),
    ] {
        let folder = folder();
        folder.write("log.csv", log);
        let line = format!(
            "bulletin --posts posts.geojson --incidents log.csv --zone Africa/Nairobi --day 2026-11-20 --output out.json \
             --profile {profile} --allow-incomplete"
        );
        let run = folder.run(&line);
        assert_eq!(run.status, 0, "{profile}: {}", run.err);
        assert!(
            run.err.contains("dated 1 (doubtful 0)") && !run.err.contains("is not read"),
            "{profile}: {}",
            run.err
        );
        let bulletin = json(&folder.read("out.json"));
        assert_eq!(bulletin["totals"]["incidents"], 1, "{profile}");
        if let Some(killed) = killed {
            assert_eq!(bulletin["totals"]["killed"], killed, "{profile}");
        }
    }
}

#[test]
fn a_profile_of_ones_own_is_a_file_of_lines() {
    let folder = folder();
    folder.write("mine.txt", "# ours\nkilled = Dead\ntime = When\n");
    folder.write("log.csv", "When,lat,lon,Dead\n2026-11-20 06:10,-3.035,38.71,5\n");
    let line = "bulletin --posts posts.geojson --incidents log.csv --zone Africa/Nairobi --day 2026-11-20 --output out.json \
                --force";
    folder.run(&format!("{line} --profile mine.txt")).ok();
    assert_eq!(json(&folder.read("out.json"))["totals"]["killed"], 5);
    folder.write("mine.txt", "killed: Dead\n");
    folder.run(&format!("{line} --profile mine.txt")).fails(2, &["line 1", "FIELD=NAME"]);
    folder.run(&format!("{line} --profile none")).fails(2, &["expected one of acled, ucdp"]);
}

/// What a bulletin of 3 April 2026 counts of a log of these times, or what it says.
fn counted(times: &[&str], options: &str) -> Result<u64, String> {
    let folder = folder();
    let rows: String = times.iter().map(|time| format!("\"{time}\",-3.035,38.71\n")).collect();
    folder.write("log.csv", format!("time,lat,lon\n{rows}"));
    let run = folder.run(&format!(
        "bulletin --posts posts.geojson --incidents log.csv --zone Africa/Nairobi --day 2026-04-03 --output out.json \
         --allow-incomplete {options}"
    ));
    match run.status {
        0 => Ok(json(&folder.read("out.json"))["totals"]["incidents"].as_u64().unwrap()),
        _ => Err(run.err),
    }
}

#[test]
fn day_or_month_first_is_never_guessed() {
    let said = counted(&["03/04/2026 6:10"], "").unwrap_err();
    for word in
        ["2026-04-03T06:10:00 (day first)", "2026-03-04T06:10:00 (month first)", "--time-format day-first"]
    {
        assert!(said.contains(word), "{said}");
    }
    // Another time of the file decides, also one behind it.
    assert_eq!(counted(&["03/04/2026 6:10", "20/04/2026 7:00"], ""), Ok(1));
    assert_eq!(counted(&["03/04/2026 6:10", "04/20/2026 7:00"], ""), Ok(0));
    assert_eq!(counted(&["04/03/2026 6:10", "04/20/2026 7:00"], ""), Ok(1));
    // Two that contradict each other are named.
    let said = counted(&["20/04/2026 6:10", "03/04/2026", "04/20/2026 7:00"], "").unwrap_err();
    assert!(said.contains("incident 1 (line 2)") && said.contains("incident 3 (line 4)"), "{said}");
    // The user decides.
    assert_eq!(counted(&["03/04/2026 6:10"], "--time-format day-first"), Ok(1));
    assert_eq!(counted(&["03/04/2026 6:10"], "--time-format month-first"), Ok(0));
    assert_eq!(counted(&["03042026_0610"], "--time-format %d%m%Y_%H%M"), Ok(1));
    assert!(
        counted(&["03/04/2026"], "--time-format sometimes").unwrap_err().contains("day-first, month-first")
    );
}

#[test]
fn times_are_read_in_the_ways_of_people() {
    for time in [
        "2026-04-03 6:10",
        "2026/04/03 06:10:00",
        "3 Apr 2026",
        "Apr 3, 2026 6:10 AM",
        "03 April 2026",
        "030610CAPR26",
        "20260403",
        "1775186400",
        "1775186400000",
        "46115.25",
        "3 апреля 2026 г. 06:10",
        "۲۰۲۶-۰۴-۰۳ ۰۶:۱۰",
    ] {
        assert_eq!(counted(&[time], ""), Ok(1), "{time}");
    }
    for (time, reason) in [
        ("1405-01-14", "of a year outside 1900 to 2100"),
        ("2569-04-03", "of a year outside 1900 to 2100"),
        ("6:10", "is a time of day without a date"),
        ("31.02.2026", "is no time"),
        ("in the evening", "is no time"),
    ] {
        let folder = folder();
        folder.write("log.csv", format!("time,lat,lon\n{time},-3.035,38.71\n"));
        let run = folder.run(
            "bulletin --posts posts.geojson --incidents log.csv --zone Africa/Nairobi --day 2026-04-03 --output out.json",
        );
        assert!(run.status == 1 && run.err.contains(reason), "{time}: {}", run.err);
    }
}

#[test]
fn projected_numbers_ask_for_their_system() {
    let (_, said) = nearest("x,y,name\n467777,9665000,camp\n", "");
    assert!(
        said.contains("Are these metres of a projected system?") && said.contains("--incidents-crs"),
        "{said}"
    );
    // South of the equator in zone 37: the place is that of `nearest` above.
    for log in ["x,y,name\n467777,9665000,camp\n", "easting;northing\n467777,0;9665000,0\n"] {
        let (post, said) = nearest(log, "--incidents-crs EPSG:32737");
        assert_eq!(post.as_deref(), Some("OP-07"), "{said}");
        assert!(said.contains("EPSG:32737") && said.contains("1 position(s)"), "{said}");
    }
    let (_, said) = nearest("x,y\n467777,north\n", "--incidents-crs EPSG:32737");
    assert!(said.contains("column `y`: `north`, expected a number"), "{said}");
    let (_, said) = nearest("id,wkt\n1,POINT (1 2)\n", "--incidents-crs EPSG:32737");
    assert!(said.contains("EPSG:32737 with geometries as text in `wkt`"), "{said}");
}

#[test]
fn layers_as_qgis_saves_them() {
    let folder = Folder::new();
    let posts = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features":[{"type":"Feature","properties":{"fid":1,"Post":"OP-01"},"geometry":{"type":"Point","coordinates":[38.0,48.3]}}]}"#;
    folder.write("posts.geojson", posts);
    let run = folder.run("check posts.geojson --as posts");
    assert!(!run.out.contains("legacy member"), "{}", run.out);
    assert!(run.out.contains("`Post`, which is not read as the id"), "{}", run.out);
    let run = folder.run("nearest --posts posts.geojson --at 38,48.3");
    assert!(run.err.contains("`Post`, which is not read as the id"), "{}", run.err);
    // A sum of doubles beyond 180 is 180, and `check` notes it.
    folder.write("noise.geojson", r#"{"type":"Point","coordinates":[180.0000000000001,-17]}"#);
    let run = folder.run("check noise.geojson");
    assert!(run.status == 0 && run.out.contains("read as 180, -17"), "{} {}", run.status, run.out);
}

#[test]
fn posts_are_known_however_their_ids_are_typed() {
    let folder = folder();
    for (typed, assumed) in [
        ("OP-07", None),
        ("OP 07", Some("post `OP-07`")),
        ("op7", Some("post `OP-07`")),
        (" OP-7 ", Some("post `OP-07`")),
    ] {
        folder.write("log.csv", format!("observer_post,bearing,distance_m\n{typed},NNE,2km..3km\n"));
        let line = "annotate --posts posts.geojson --incidents log.csv --output - --output-format geojsonl";
        let properties = json(folder.run(line).ok().lines().next().unwrap())["properties"].clone();
        let found = properties["location_assumed"].as_str().unwrap_or_default();
        match assumed {
            Some(assumed) => assert!(found.starts_with(assumed), "{typed}: {properties}"),
            None => assert!(!found.contains("post `"), "{typed}: {properties}"),
        }
        assert_eq!(properties["location_form"], "sector", "{typed}");
    }
    // Where two are written so, it is neither.
    let two = POSTS.replace("OP-08", "OP7");
    folder.write("posts.geojson", two);
    folder.write("log.csv", "observer_post,bearing,distance_m\nOP 7,NNE,2km..3km\n");
    let said = folder.run("annotate --posts posts.geojson --incidents log.csv --output out.geojson").err;
    assert!(said.contains("written nearly so are `OP-07`, `OP7`"), "{said}");
}

#[test]
fn a_geometry_wins_over_numbers_beside_it() {
    let log = "id,lon,lat,wkt\n1,38.85,-3.03,POINT(38.71 -3.035)\n";
    assert_eq!(nearest(log, "").0.as_deref(), Some("OP-07"));
    assert_eq!(nearest("id,lon,lat,wkt\n1,38.85,-3.03,\n", "").0.as_deref(), Some("OP-08"));
    // Unless the numbers are named.
    assert_eq!(nearest(log, "--lon-field lon --lat-field lat").0.as_deref(), Some("OP-08"));
}

#[test]
fn a_pipe_may_give_little_at_a_time() {
    use std::io::Write;
    use std::process::Stdio;
    let folder = folder();
    let line =
        "annotate --posts posts.geojson --incidents - --input-format csv --output - --output-format geojsonl";
    let mut command = folder.command();
    command.args(line.split_whitespace()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    for part in ["\u{feff}i", "d;lo", "n;lat\n1;38,", "71;-3,035\n"] {
        pipe.write_all(part.as_bytes()).unwrap();
        pipe.flush().unwrap();
        std::thread::yield_now();
    }
    drop(pipe);
    let run = crate::program::finish(child);
    assert!(
        run.out.contains("\"post_id\":\"OP-07\"") && run.out.contains("\"id\":\"1\""),
        "{} {}",
        run.out,
        run.err
    );
}

#[test]
fn what_was_written_of_another_encoding_is_utf_8() {
    let folder = folder();
    folder.write("log.csv", b"id;lat;lon;what\n1;-3,035;38,71;\xE2\xE7\xF0\xFB\xE2\n");
    let line = "annotate --posts posts.geojson --encoding windows-1251 --replace --incidents";
    folder.run(&format!("{line} log.csv --output out.csv")).ok();
    assert!(folder.read("out.csv").contains(";взрыв;"));
    folder.run(&format!("{line} out.csv --output again.csv")).ok();
    assert_eq!(folder.read("again.csv"), folder.read("out.csv"));
    // Between tabs, too, decimal commas are written so that they are read again.
    folder.write("tabs.csv", "id\tlon\tlat\n1\t38,71\t-3,035\n");
    folder.run(&format!("{line} tabs.csv --output out.csv --force")).ok();
    folder.run(&format!("{line} out.csv --output again.csv --force")).ok();
    assert_eq!(folder.read("again.csv"), folder.read("out.csv"));
}

#[test]
fn columns_in_another_case_are_named() {
    let folder = folder();
    folder.write("log.csv", "id,time,lat,lon,Killed\n1,2026-11-20,-3.035,38.71,7\n");
    let line = "bulletin --posts posts.geojson --incidents log.csv --zone UTC --day 2026-11-20 --output out.json --force";
    let said = folder.run(line).err;
    assert!(said.contains("the column `Killed` is not read; is it `killed`?"), "{said}");
    folder
        .run(&format!("{line} --field type=Killed --field killed=Killed"))
        .fails(2, &["one column for two fields"]);
    folder.run(&format!("{line} --field killed=Killed")).ok();
    assert_eq!(json(&folder.read("out.json"))["totals"]["killed"], 7);
}

#[test]
fn one_time_that_is_named_counts_before_two_columns_of_a_profile() {
    let folder = folder();
    folder.write(
        "log.csv",
        "Waypoint Date,Waypoint Time,X,Y,when\n\"Nov 20, 2026\",6:10 AM,38.71,-3.035,2026-11-25T08:00Z\n",
    );
    let line = "bulletin --posts posts.geojson --incidents log.csv --zone UTC --profile smart --output out.json --force";
    for (more, day) in
        [("", "2026-11-20"), ("--field time=when", "2026-11-25"), ("--time-field when", "2026-11-25")]
    {
        folder.run(&format!("{line} {more}")).ok();
        assert_eq!(json(&folder.read("out.json"))["period"]["day"], day, "{more}");
    }
}

#[test]
fn the_days_of_a_packed_log_decide_what_comes_first_as_those_of_a_plain_one() {
    let folder = folder();
    let row = |n: usize, time: &str| format!("{n},{time},-3.035,38.71\n");
    let log = |times: &[&str]| {
        let rows = times.iter().enumerate().map(|(n, time)| row(n + 1, time));
        rows.fold("id,time,lat,lon\n".to_owned(), |log, row| log + &row)
    };
    let line =
        "bulletin --posts posts.geojson --zone UTC --day 2026-04-03 --output out.json --force --incidents";
    for (decides, what, count) in [("20/04/2026 6:10", "day", 1), ("04/20/2026 6:10", "month", 0)] {
        let text = log(&["03/04/2026 6:10", decides]);
        folder.write("log.csv", &text);
        folder.write("log.csv.gz", gzip(&text));
        for file in ["log.csv", "log.csv.gz"] {
            let said = folder.run(&format!("{line} {file}")).err;
            let read = format!("{file}: 1 time read with the {what} before");
            assert!(said.contains(&read) && said.contains("as incident 2 has it"), "{said}");
            assert_eq!(json(&folder.read("out.json"))["totals"]["incidents"], count, "{file} {decides}");
        }
    }
    folder.write("log.csv.gz", gzip(&log(&["03/04/2026 6:10", "20/04/2026 6:10", "04/20/2026 6:10"])));
    folder.run(&format!("{line} log.csv.gz")).fails(2, &["incident 2 (line 3)", "incident 3 (line 4)"]);
}

#[test]
fn zones_of_the_grid_and_sectors_between_two_directions() {
    let folder = Folder::with_demonstration();
    // 38T NK 12 34 and the same as columns of UTM; a sector of 90 degrees.
    let log = "id,mgrs,easting,northing,utm_zone,observer_post,bearing,distance_m\n\
               1,NK 12 34,,,,,,\n2,38T NK 12 34,,,,,,\n3,,512345.6,4434567,38 north,,,\n4,,,,,OP-07,NNE to E,2-7 km\n";
    folder.write("log.csv", log);
    let line = "annotate --posts posts.geojson --incidents log.csv --output out.geojson --force";
    folder.run(line).fails(2, &["`NK 12 34`"]);
    folder.run(&format!("{line} --grid-zone 61T")).fails(2, &["38T"]);
    folder.run(&format!("{line} --grid-zone 38t")).ok();
    let all = crate::program::properties(&folder.read("out.geojson"));
    assert_eq!(all[0]["location_assumed"], "grid zone 38T");
    assert_eq!(all[0]["post_id"], all[1]["post_id"]);
    assert_eq!([&all[0]["location_form"], &all[2]["location_form"]], ["grid", "grid"]);
    assert_eq!(
        [&all[0]["location_area_km2"], &all[1]["location_area_km2"]],
        [&all[1]["location_area_km2"]; 2]
    );
    let sector_km2 = std::f64::consts::PI / 4.0 * (49.0 - 4.0);
    let area_km2 = all[3]["location_area_km2"].as_f64().unwrap();
    assert!((area_km2 / sector_km2 - 1.0).abs() < 1e-4, "{area_km2}");
    folder.write("log.csv", "id,observer_post,bearing,bearing_tolerance_deg\n1,OP-07,NNE to E,5\n");
    folder.run(line).fails(2, &["between two directions, expected one of both"]);
    folder.write("log.csv", "id,easting,utm_zone\n1,512345,38 north\n");
    folder.run(line).fails(2, &["without northing"]);
}
