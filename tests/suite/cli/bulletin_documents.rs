//! `patrol bulletin`: documents of Word, and templates of the user.

use std::io::{Cursor, Read};

use crate::cli::bulletin::{LAYERS, at, field};
use crate::program::Folder;

const DAY: &str = "--day 2021-03-05 --zone Asia/Tehran";

/// The parts of a document by their names.
#[cfg(feature = "docx")]
fn parts(bytes: &[u8]) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
    let part = |name: String| {
        let mut bytes = Vec::new();
        package.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().map(part).collect()
}

#[cfg(feature = "docx")]
fn document(folder: &Folder, more: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
    folder.run(&format!("{LAYERS} {DAY} --output out.docx --force {more}")).ok();
    parts(&std::fs::read(folder.path("out.docx")).unwrap())
}

/// Each part is well-formed, each relation leads to a part, pictures have a text, and two runs give the same bytes.
#[cfg(feature = "docx")]
#[test]
fn a_document_of_word() {
    let folder = Folder::with_demonstration();
    let run = || {
        folder.run(&format!(
            "{LAYERS} --day 2021-01-01 --zone Asia/Baku --output out.docx --force --classification <R&D>"
        ))
    };
    run().ok();
    let bytes = std::fs::read(folder.path("out.docx")).unwrap();
    run().ok();
    assert!(std::fs::read(folder.path("out.docx")).unwrap() == bytes, "two runs, two documents");
    let parts = parts(&bytes);
    for (name, bytes) in &parts {
        match name.rsplit('.').next() {
            Some("xml" | "rels") => {
                let text = std::str::from_utf8(bytes).unwrap();
                roxmltree::Document::parse(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            }
            Some("png") => assert!(bytes.starts_with(b"\x89PNG"), "{name}"),
            _ => panic!("{name}"),
        }
    }
    let text = |name: &str| std::str::from_utf8(&parts[name]).unwrap();
    let relations = roxmltree::Document::parse(text("word/_rels/document.xml.rels")).unwrap();
    for relation in relations.root_element().children().filter(roxmltree::Node::is_element) {
        let target = format!("word/{}", relation.attribute("Target").unwrap());
        assert!(parts.contains_key(&target), "{target}");
    }
    let body = roxmltree::Document::parse(text("word/document.xml")).unwrap();
    let shown: String =
        body.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
    for said in
        ["Bulletin of 1 January 2021", "three violations were recorded", "R4 km 33.4", "small-arms fire"]
    {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    // The classification is in the head and in the foot of each sheet.
    for name in ["word/header1.xml", "word/footer1.xml"] {
        let part = roxmltree::Document::parse(text(name)).unwrap();
        assert!(part.descendants().any(|node| node.text() == Some("<R&D>")), "{name}");
    }
    let pictures: Vec<&str> = body
        .descendants()
        .filter(|node| node.tag_name().name() == "docPr")
        .map(|node| node.attribute("descr").unwrap())
        .collect();
    assert!(!pictures.is_empty() && pictures.iter().all(|text| text.len() > 20), "{pictures:?}");
}

/// Paragraphs, runs and tables of a language from right to left are so.
#[cfg(feature = "docx")]
#[test]
fn a_document_from_right_to_left() {
    let folder = field(&[
        at("a", "2021-03-05T12:00Z", r#""type":"Snare","killed":2"#),
        at("b", "2021-03-05T12:00Z", r#""type":"Fence""#),
        at("c", "2021-03-05T12:00Z", r#""type":"Fence""#),
    ]);
    let count = |language: &str, mark: &str| {
        let parts = document(&folder, &format!("--lang {language}"));
        std::str::from_utf8(&parts["word/document.xml"]).unwrap().matches(mark).count()
    };
    for mark in ["<w:bidi/>", "<w:rtl/>", "<w:bidiVisual/>"] {
        assert!(count("fa", mark) > 0 && count("ar", mark) > 0, "{mark}");
        assert_eq!(count("en", mark), 0, "{mark}");
    }
}

/// Names that would be markup are text.
#[cfg(feature = "docx")]
#[test]
fn hostile_names_in_a_document() {
    let folder = field(&[at("]]><w:p>", "2021-03-05T12:00Z", r#""type":"a\u0000b\u0008<&>\"'""#)]);
    let parts = document(&folder, "");
    let text = std::str::from_utf8(&parts["word/document.xml"]).unwrap();
    let body = roxmltree::Document::parse(text).unwrap();
    let shown: String =
        body.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
    assert!(shown.contains("]]><w:p>") && shown.contains("<&>"), "{shown}");
}

#[cfg(feature = "templates")]
fn filled(folder: &Folder, name: &str, template: &str) -> crate::program::Run {
    folder.write(name, template);
    folder.run(&format!("{LAYERS} {DAY} --template {name} --output -"))
}

/// The variables are the members of the JSON.
#[cfg(feature = "templates")]
#[test]
fn a_template_has_the_figures() {
    let folder = field(&[at("a", "2021-03-05T12:00Z", r#""type":"<b>","killed":2"#)]);
    let template = "{{ bulletin }} {{ totals.incidents }}/{{ totals.killed }} {% for place in places %}{{ place.id }}:{{ place.type }}{% endfor %}";
    assert_eq!(filled(&folder, "a.txt", template).ok().trim_end(), "2 1/2 a:<b>");
    // In HTML what is no markup is none.
    assert_eq!(filled(&folder, "a.html.j2", template).ok().trim_end(), "2 1/2 a:&lt;b&gt;");
    let whole =
        filled(&folder, "a.txt", "{{ [period, data, totals, change, tables, places, head] | tojson }}").ok();
    let json = folder.run(&format!("{LAYERS} {DAY} --format json --output -")).ok();
    let (whole, json): (serde_json::Value, serde_json::Value) =
        (serde_json::from_str(&whole).unwrap(), serde_json::from_str(&json).unwrap());
    for (n, name) in ["period", "data", "totals", "change", "tables", "places", "head"].iter().enumerate() {
        assert_eq!(whole[n], json[*name], "{name}");
    }
}

/// What a template gets wrong is said with its line, and nothing is written.
#[cfg(feature = "templates")]
#[test]
fn templates_that_are_wrong() {
    let folder = field(&[at("a", "2021-03-05T12:00Z", "")]);
    for (template, parts) in [
        ("\n\n{{ totals.incidens }}", ["bad.txt", "line 3"]),
        ("{% for x in %}", ["bad.txt", "line 1"]),
        ("{% include '/etc/passwd' %}", ["bad.txt", "line 1"]),
        (
            "{% for x in range(9999) %}{% for y in range(9999) %}{{ x }}{% endfor %}{% endfor %}",
            ["bad.txt", "fuel"],
        ),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", ["bad.txt", "recursion"]),
    ] {
        folder.write("bad.txt", template);
        folder.run(&format!("{LAYERS} {DAY} --template bad.txt --output out.txt")).fails(2, &parts);
        assert!(!folder.has("out.txt"), "{template}");
    }
    folder.run(&format!("{LAYERS} {DAY} --template gone.txt --output -")).fails(3, &["gone.txt"]);
}

/// The template of the project holds for each period and for one without incidents.
#[cfg(feature = "templates")]
#[test]
fn the_template_of_the_project() {
    let folder = Folder::with_demonstration();
    folder.write("sitrep.txt.j2", crate::fixtures::project_file("data/templates/sitrep.txt.j2"));
    let run = |period: &str| {
        folder.run(&format!("{LAYERS} --zone Asia/Baku {period} --template sitrep.txt.j2 --output -")).ok()
    };
    let day = run("--day 2021-01-01");
    assert!(day.contains("1. INCIDENTS: 3, KILLED 0, WOUNDED 1\n"), "{day}");
    assert!(
        day.contains("   Shusha: NIL\n")
            && day
                .contains("INC-3 2021-01-01T22:50:00+04:00 drone overflight R1 KM 35.1 2132 M FROM OP-04\n"),
        "{day}"
    );
    assert!(run("--week=2021-01-05").contains("1. INCIDENTS: 0,"), "the week after");
}
