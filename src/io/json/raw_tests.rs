use super::*;

#[test]
fn members_are_slices_of_the_text() {
    let text = r#"{ "a" : [1,{"b":"]}"}] ,"\u0062\"":-1.50e3,"c":{},"d":null}"#;
    let found: Vec<_> = members(text).map(|m| (m.key.into_owned(), m.key_text, m.value)).collect();
    assert_eq!(
        found,
        [
            ("a".into(), "\"a\"", r#"[1,{"b":"]}"}]"#),
            ("b\"".into(), r#""\u0062\"""#, "-1.50e3"),
            ("c".into(), "\"c\"", "{}"),
            ("d".into(), "\"d\"", "null"),
        ]
    );
    assert_eq!(elements("[ ]").count(), 0);
    assert_eq!(elements("[1, [2,3] ,\"x\\\\\"]").collect::<Vec<_>>(), ["1", "[2,3]", "\"x\\\\\""]);
    assert_eq!(members("[1]").count(), 0);
}

#[test]
fn arrays_are_texts_with_semicolons() {
    for (value, text) in [
        ("null", ""),
        ("43.50", "43.50"),
        (r#""NNE""#, "NNE"),
        (r#"["OP-07","OP-08"]"#, "OP-07;OP-08"),
        (r#"[ 43 , null,"\u0037"]"#, "43;;7"),
        ("[]", ""),
        ("[null]", ""),
    ] {
        assert_eq!(plain_text(value), text, "{value}");
    }
}

#[test]
fn a_string_ends_at_its_quote() {
    for before in 0..20 {
        for behind in 0..20 {
            for end in ["", "\\\\", "\\\"", "é\u{22}"] {
                // With \u{22} the quote is what ends the string.
                let text = format!("\"{}{end}{}\",1", "x".repeat(before), "é\u{1}".repeat(behind));
                let expected = match end.ends_with('"') && !end.starts_with('\\') {
                    true => 1 + before + end.len(),
                    false => text.len() - 2,
                };
                assert_eq!(string_end(text.as_bytes(), 0), expected, "{text}");
            }
        }
    }
    assert_eq!(string_end(br#""never"#, 0), 6);
    assert_eq!(string_end(br#""never\"#, 0), 7);
}

#[test]
fn strings_lose_their_escapes_and_halves_of_pairs_are_replaced() {
    assert_eq!(unquote(r#""\ud83d\ude00\n\/é""#), "😀\n/é");
    assert_eq!(unquote(r#""\ud83dx\udc00""#), "\u{FFFD}x\u{FFFD}");
    let mut out = String::new();
    write_string("a\"\\\n\u{1}é", &mut out);
    assert_eq!(out, r#""a\"\\\n\u0001é""#);
    assert_eq!(unquote(&out), "a\"\\\n\u{1}é");
}

#[test]
fn a_fault_names_its_byte() {
    let error = validate("{\"a\":1,\n \"b\" 2}").unwrap_err();
    assert!(error.is_json());
    assert_eq!(error.byte(), Some(13), "{error}");
    assert!(error.to_string().contains("`2`"), "{error}");
}

/// Cut anywhere, a text may be nonsense, never a panic or an endless loop.
#[test]
fn nonsense_never_panics() {
    let text = r#"{"é\u12":[1,{"x":"\ud800"}],"b\\":{"c":[[]]},,::"#;
    for start in 0..text.len() {
        for end in start..=text.len() {
            let Some(cut) = text.get(start..end) else { continue };
            assert!(members(cut).count() + elements(cut).count() <= 2 * cut.len());
        }
    }
}

/// What Python and others write where JSON has null is named, and said where it is.
#[test]
fn values_of_other_notations_are_named() {
    for value in ["NaN", "nan", "-Infinity", "Infinity", "None", "-inf"] {
        let error = validate(&format!("[{{\"a\": {value}, \"b\":1}}]")).unwrap_err();
        let message = error.message();
        assert!(message.contains(&format!("`{value}` is no value of JSON behind `[{{\"a\":`")), "{message}");
        assert!(message.contains("expected null or a number"), "{message}");
        assert_eq!(error.byte(), Some(7), "{value}");
    }
    for other in ["{\"a\": nothing}", "{\"a\": -}", "NaNa"] {
        let error = validate(other).unwrap_err();
        assert!(!error.message().contains("is no value of JSON"), "{error}");
    }
}
