//! `patrol map`: a sheet of paper, as picture, page and PDF.

use roxmltree::Document;

use crate::program::{Folder, Run};

const RUN: &str = "map --posts posts.geojson --routes routes.geojson --incidents incidents.geojson --force";
const TOP_SECRET: &str = "UNCLASSIFIED // <b>";

fn run(folder: &Folder, output: &str, more: &[&str]) -> Run {
    let line = format!("{RUN} --output {output}");
    let words = line.split(' ').chain(more.iter().copied()).map(str::to_owned);
    folder.run_words(words, b"")
}

#[test]
fn pictures_are_as_large_as_the_paper() {
    let folder = Folder::with_demonstration();
    for (paper, side, size) in [
        ("a4", "--portrait", ["210mm", "297mm"]),
        ("a4", "--landscape", ["297mm", "210mm"]),
        ("a3", "--portrait", ["297mm", "420mm"]),
        ("A3", "--landscape", ["420mm", "297mm"]),
    ] {
        run(&folder, "out.svg", &["--paper", paper, side, "--classification", TOP_SECRET]).ok();
        let text = folder.read("out.svg");
        let document = Document::parse(&text).unwrap();
        let found =
            ["width", "height"].map(|name| document.root_element().attribute(name).unwrap_or_default());
        assert_eq!(found, size);
        let texts: Vec<&str> =
            document.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
        // At the top, at the bottom, in the title block.
        assert_eq!(texts.iter().filter(|text| **text == TOP_SECRET).count(), 3, "{texts:?}");
        for words in ["Legend", "Posts (27)", "small-arms fire (2)", "WGS84"] {
            assert!(texts.iter().any(|text| text.contains(words)), "{words} in {texts:?}");
        }
        let fraction = texts.iter().find_map(|text| text.strip_prefix("1:")).unwrap().replace(',', "");
        assert!(fraction.chars().all(|c| c.is_ascii_digit()), "{fraction}");
    }
    // What is said of the sheet alone implies one.
    run(&folder, "out.svg", &["--unit", "Observation Group North"]).ok();
    assert!(folder.read("out.svg").contains("Observation Group North"));
    run(&folder, "out.svg", &["--paper", "a5"]).fails(2, &["a5"]);
    run(&folder, "out.svg", &["--paper", "a4", "--portrait", "--landscape"]).fails(2, &["--portrait"]);
}

#[test]
fn a_page_prints_on_the_sheet() {
    let folder = Folder::with_demonstration();
    run(&folder, "out.html", &["--paper", "a3", "--landscape", "--classification", TOP_SECRET]).ok();
    let page = folder.read("out.html");
    assert!(page.contains("420mm") && page.contains("UNCLASSIFIED // &lt;b&gt;"));
    assert!(!page.contains("<b>"));
    run(&folder, "out.html", &[]).ok();
    assert!(!folder.read("out.html").contains("420mm"));
}

#[test]
fn logos_are_pictures_and_nothing_else() {
    let folder = Folder::with_demonstration();
    folder.write(
        "logo.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0H9V9Z'/></svg>",
    );
    run(&folder, "out.svg", &["--logo", "logo.svg"]).ok();
    assert!(folder.read("out.svg").contains("data:image/svg+xml;base64,"));
    for (name, text, why) in [
        ("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "script"),
        (
            "b.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://evil/x.png'/></svg>",
            "another file",
        ),
        ("c.png", "GIF89a", "PNG, JPEG or SVG"),
    ] {
        folder.write(name, text);
        run(&folder, "out.svg", &["--logo", name]).fails(2, &[name, why]);
    }
    run(&folder, "out.svg", &["--logo", "nowhere.png"]).fails(3, &["nowhere.png"]);
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_build_without_pdf_says_how_to_get_it() {
    run(&Folder::with_demonstration(), "out.pdf", &[]).fails(2, &["out.pdf", "--features pdf"]);
}

#[cfg(feature = "pdf")]
mod pdf {
    use super::*;
    use crate::program::{line, point};

    fn bytes(folder: &Folder, more: &[&str]) -> Vec<u8> {
        run(folder, "out.pdf", more).ok();
        std::fs::read(folder.path("out.pdf")).unwrap()
    }

    /// Whether a file has these bytes.
    fn has(file: &[u8], words: &str) -> bool {
        file.windows(words.len()).any(|part| part == words.as_bytes())
    }

    #[test]
    fn one_page_of_the_paper_and_the_same_every_time() {
        let folder = Folder::with_demonstration();
        for (more, media_box) in [
            (&["--paper", "a4", "--landscape"][..], "[0 0 841.8898 595.2756]"),
            (&["--paper", "a3", "--portrait"], "[0 0 841.8898 1190.5511]"),
            (&["--portrait"], "[0 0 595.2756 841.8898]"),
        ] {
            let file = bytes(&folder, more);
            assert!(file.starts_with(b"%PDF-1.") && file.trim_ascii_end().ends_with(b"%%EOF"));
            assert!(has(&file, "/Count 1") && has(&file, media_box), "{media_box}");
            assert!(!has(&file, "/JavaScript") && !has(&file, "/URI") && !has(&file, "CreationDate"));
            assert!(bytes(&folder, more) == file, "{more:?}");
        }
        let file = bytes(&folder, &["--author", "Maj. Example", "--classification", "EXERCISE"]);
        assert!(has(&file, "(Maj. Example)") && has(&file, "(EXERCISE)"));
    }

    /// Names that would end a string, a stream or a dictionary are outlines.
    #[test]
    fn hostile_names_are_letters() {
        let name = "endstream endobj ) >> /JavaScript \u{202e} \\u0000 <script>";
        let properties = format!("{{\"name\":{}}}", serde_json::Value::from(name));
        let folder = Folder::with_layers(
            &[point("\") /Launch\"", &properties, 46.0, 40.0)],
            &[line("\"R1\"", &properties, "[[46.0,40.0],[46.1,40.1]]")],
            &[point("\"I\"", &properties, 46.05, 40.05)],
        );
        let file = bytes(&folder, &["--title", name, "--unit", name]);
        for gone in ["/JavaScript \u{202e}", "/Launch", "<script>"] {
            assert!(!has(&file, gone), "{gone}");
        }
        assert!(has(&file, "/Count 1"));
    }
}
