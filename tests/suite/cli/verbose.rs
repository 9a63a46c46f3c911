//! `-v`: what was read, and how.

use crate::program::Folder;

#[test]
fn each_file_is_said_with_how_it_is_read() {
    let folder = Folder::with_demonstration();
    folder.write(
        "log.csv",
        "No;Date;Longitude;Latitude;observer_post;remarks\n1;20.04.2021 06:10;46,81;40,07;;\n2;03.04.2021 06:10;;;OP-07;\n",
    );
    let line = "bulletin --posts posts.geojson --routes routes.geojson --incidents log.csv --zone Asia/Baku --field \
                time=Date --output out.json --day 2021-04-20 --allow-incomplete --force";
    let said = folder.run(&format!("{line} -v")).err;
    for part in [
        "posts.geojson: 27 posts, in WGS84\n",
        "routes.geojson: 5 routes, in WGS84\n",
        "log.csv: incidents, read as CSV\n",
        "log.csv: separated by `;`; columns of place, time and id: `Date` as time, `Longitude` as longitude, `Latitude` \
         as latitude, `observer_post`; others: `No`, `remarks`\n",
        "times: zone Asia/Baku, the day before the month\n",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let quiet = folder.run(line).err;
    assert!(!quiet.contains("separated by") && !quiet.contains("27 posts"), "{quiet}");
    // What is wrong is said as without it.
    folder.write("log.csv", "No;remarks\n1;\n");
    let fails = |more: &str| {
        let said =
            folder.run(&format!("annotate --posts posts.geojson --incidents log.csv --output o.csv {more}"));
        said.fails(2, &["no column holds the longitude"])
    };
    assert!(fails("--verbose").contains(&fails("")));
}
