//! Classes of precision: the table, one of one's own, and doubts.

use patrol_corridor::IncidentGeometry;
use patrol_corridor::described::PrecisionClasses;

use super::*;

#[test]
fn every_class_has_its_radius() {
    let classes = PrecisionClasses::default();
    let radii = |scheme| (0..10).filter_map(|class| classes.metres(scheme, class)).collect::<Vec<_>>();
    assert_eq!(radii("where_prec"), [1e3, 25e3, 50e3, 150e3, 50e3, 500e3, 500e3]);
    assert_eq!(radii("geo_precision"), [5e3, 25e3, 100e3]);
    assert_eq!(radii("other"), [0.0; 0]);
}

#[test]
fn coarse_classes_are_doubted() {
    let warning = |field, class| {
        let place = IncidentGeometry::Point(position(46.8, 40.0));
        warning(&read_with(DescribedOptions::default(), &[(field, class)], &place).unwrap().unwrap())
    };
    for (field, class, is_doubted) in [
        ("where_prec", "1", false),
        ("where_prec", "2", false),
        ("where_prec", "3", true),
        ("where_prec", "5", true),
        ("where_prec", "6", true),
        ("where_prec", "7", true),
        ("geo_precision", "1", false),
        ("geo_precision", "2", false),
        ("geo_precision", "3", true),
    ] {
        assert_eq!(warning(field, class).is_some(), is_doubted, "{field} {class}");
    }
    let expected = "where_prec 4: known to a first-order administrative division, taken as within 150 km";
    assert_eq!(warning("where_prec", "4").unwrap(), expected);
}

#[test]
fn no_class_is_an_error() {
    for text in ["0", "8", "-1", "two", "1.5", "4294967297"] {
        let place = IncidentGeometry::Point(position(46.8, 40.0));
        let error =
            read_with(DescribedOptions::default(), &[("where_prec", text)], &place).unwrap_err().to_string();
        assert!(error.starts_with(&format!("where_prec: the class `{text}`")), "{error}");
        assert!(error.contains("one of 1, 2, 3, 4, 5, 6, 7"), "{error}");
    }
}

#[test]
fn a_table_of_ones_own_replaces_rows() {
    let table =
        "\u{feff}scheme,class,metres\r\n# our reading\r\n\r\nwhere_prec, 4 ,80000\r\n\"where_prec\",9,1.5\n";
    let options = DescribedOptions::default().with_classes(table.parse().unwrap());
    let read = |class| {
        let place = IncidentGeometry::Point(position(46.8, 40.0));
        read_with(options.clone(), &[("where_prec", class)], &place).unwrap().unwrap()
    };
    assert_eq!(numbers(&read("4"))[3], 80_000.0);
    assert!(warning(&read("4")).unwrap().ends_with("taken as within 80 km"));
    assert_eq!(numbers(&read("9"))[3], 1.5);
    assert_eq!(warning(&read("9")).unwrap(), "where_prec 9, taken as within 0.0015 km");
    assert_eq!(numbers(&read("2"))[3], 25_000.0);
}

#[test]
fn a_bad_table_is_named_with_its_line() {
    for (table, line, why) in [
        ("", 1, "expected the header `scheme,class,metres`"),
        ("\n\nwhere_prec,4,80000", 3, "`where_prec,4,80000`, expected the header"),
        ("scheme,class,metres\nwhere_prec,4", 2, "2 values"),
        ("scheme,class,metres\nwhere_prec,4,8,9", 2, "4 values"),
        ("scheme,class,metres\n\nwhere,4,80000", 3, "the scheme `where`"),
        ("scheme,class,metres\nwhere_prec,0,80000", 2, "the class `0`"),
        ("scheme,class,metres\nwhere_prec,four,80000", 2, "the class `four`"),
        ("scheme,class,metres\nwhere_prec,4,80 km", 2, "`80 km`, expected a number of metres"),
        ("scheme,class,metres\nwhere_prec,4,-1", 2, "the radius -1 m"),
        ("scheme,class,metres\nwhere_prec,4,NaN", 2, "the radius NaN m"),
        ("scheme,class,metres\nwhere_prec,4,1\nwhere_prec,4,2", 3, "a second time"),
    ] {
        let error = table.parse::<PrecisionClasses>().expect_err(table);
        assert_eq!(error.line(), Some(line), "{table}: {error}");
        assert!(error.is_input() && error.message().contains(why), "{table}: {error}");
    }
}
