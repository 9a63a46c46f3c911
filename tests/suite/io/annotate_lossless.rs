//! Lossless: take away what an annotation has added, and every byte that came in is there.

use std::fs;

use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, LayerRun, OutputForm, Provenance, annotate_layer,
};
use patrol_corridor::index::LocateOptions;
use patrol_corridor::io::IncidentStream;
use patrol_corridor::{Edges, Error};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::fixtures::{demonstration_area, files_below};
use crate::text::{compact, features, without};

/// No fixture has names that begin so.
const PREFIX: &str = "zz_";

fn is_new(key: &str) -> bool {
    key.starts_with(PREFIX)
}

fn options() -> AnnotateOptions {
    let locate = LocateOptions::default().with_count(2);
    AnnotateOptions::default().with_locate(locate).with_prefix(PREFIX)
}

fn annotate(annotator: &Annotator, name: &str, bytes: &[u8], form: OutputForm) -> Result<String, Error> {
    let incidents = IncidentStream::from_bytes(name, bytes.to_vec())?;
    let provenance = (form == OutputForm::Collection).then(|| Provenance::new(Edges::Planar));
    let run = LayerRun::new(form).with_provenance(provenance).with_threads(1);
    let mut out = Vec::new();
    annotate_layer(incidents, annotator, run, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

#[derive(Deserialize)]
struct Root<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow, default)]
    properties: Option<&'a RawValue>,
    #[serde(borrow, default)]
    geometry: Option<&'a RawValue>,
}

fn root(text: &str) -> Root<'_> {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// The features of an input in any form, each as its text.
fn inputs(text: &str) -> Vec<&str> {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.starts_with('\u{1E}') {
        return text.split('\u{1E}').map(str::trim).filter(|record| !record.is_empty()).collect();
    }
    match serde_json::from_str::<Root<'_>>(text) {
        Ok(root) if root.kind == "FeatureCollection" => features(text),
        Ok(_) => vec![text],
        Err(_) => text.lines().map(str::trim).filter(|line| !line.is_empty()).collect(),
    }
}

/// Holds one feature against what became of it.
fn hold(before: &str, after: &str, same: impl Fn(&str) -> String) {
    let was = root(before);
    let is = root(after);
    assert_eq!(is.kind, "Feature");
    let new = is.properties.unwrap().get();
    assert!(new.contains("\"zz_post_id\":") || new.contains("\"zz_location_warning\":"), "{after}");
    if was.kind != "Feature" {
        // A bare geometry becomes a feature, and stays whole inside it.
        assert_eq!(same(is.geometry.unwrap().get()), same(before));
        assert_eq!(without(new, is_new), "{}", "{after}");
        return;
    }
    let bare = without(after, is_new);
    match was.properties.map(RawValue::get) {
        Some(object) if object.starts_with('{') => assert_eq!(same(&bare), same(before)),
        // `null` becomes an object where it stands. (serde takes a null value for a missing one.)
        Some(other) => panic!("{other}"),
        None => {
            let null = before
                .match_indices("null")
                .map(|(at, null)| format!("{}{{}}{}", &before[..at], &before[at + null.len()..]));
            let added = bare.match_indices("\"properties\":{}").map(|(at, member)| {
                let rest = bare[at + member.len()..].trim_start_matches(',');
                format!("{}{rest}", bare[..at].trim_end_matches(','))
            });
            assert!(
                null.clone().any(|text| same(&text) == same(&bare))
                    || added.clone().any(|text| same(&text) == same(before)),
                "{before}\nbecame {after}"
            );
        }
    }
    if let Some(geometry) = was.geometry {
        assert_eq!(same(is.geometry.unwrap().get()), same(geometry.get()));
    }
}

/// How many features came through a file: as a collection, as lines and as a sequence.
fn hold_file(annotator: &Annotator, name: &str, bytes: &[u8]) -> Option<usize> {
    let out = annotate(annotator, name, bytes, OutputForm::Collection).ok()?;
    let text = std::str::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let before = inputs(text);
    let after = features(&out);
    assert_eq!(before.len(), after.len(), "{name}");
    for (before, after) in before.iter().zip(&after) {
        hold(before, after, str::to_owned);
        assert_eq!(&annotator.annotate_feature(before).unwrap(), after, "{name}");
    }
    let is_object = |text: &&str| root(text).properties.is_some();
    let is_collection =
        serde_json::from_str::<Root<'_>>(text).is_ok_and(|root| root.kind == "FeatureCollection");
    if is_collection && before.iter().all(is_object) {
        // Head, tail and all between the features, too.
        assert_eq!(without(&out, |key| is_new(key) || key == "patrol_corridor"), text, "{name}");
    }
    let lines = annotate(annotator, name, bytes, OutputForm::Lines).unwrap();
    assert_eq!(lines.lines().count(), before.len(), "{name}");
    for (before, after) in before.iter().zip(lines.lines()) {
        hold(before, after, compact);
    }
    let sequence = annotate(annotator, name, bytes, OutputForm::Sequence).unwrap();
    let records: Vec<&str> = sequence.split('\u{1E}').skip(1).collect();
    assert_eq!(records.len(), before.len(), "{name}");
    for (before, after) in before.iter().zip(records) {
        assert!(after.ends_with('\n'));
        hold(before, after, compact);
    }
    Some(before.len())
}

#[test]
fn every_file_that_is_accepted_comes_back() {
    let area = demonstration_area(Edges::Planar);
    let annotator = Annotator::new(&area, options());
    let files = [files_below("tests/fixtures"), files_below("data")].concat();
    let held: Vec<usize> = (files.iter())
        // Coordinates in another system do not come back as they came.
        .filter(|path| !fs::read_to_string(path).is_ok_and(|text| text.contains("EPSG::32632")))
        .filter_map(|path| hold_file(&annotator, &path.display().to_string(), &fs::read(path).unwrap()))
        .collect();
    assert!(held.len() > 40 && held.iter().sum::<usize>() > 120, "{held:?}");
}

const POINT: &str = r#"{"type":"Point","coordinates":[46.60,39.7000000000000000000001,-0.0e+00,1]}"#;

/// Features that are valid, and written so that a careless hand would change them.
fn nasty() -> Vec<String> {
    let properties = [
        r#"{"a":1,"a":2,"\u0061":3,"":{},"":[]}"#.to_owned(),
        r#"{"huge":1e400,"tiny":-1E-400,"long":0.1000000000000000055511151231257827,"zero":-0,"more":1.0,"id":12345678901234567890123}"#.to_owned(),
        r#"{"properties":{"properties":{"features":[{}],"zz":null}},"geometry":{"type":"Point","coordinates":[999]},"type":7,"id":[]}"#.to_owned(),
        r#"{"end":"]}","more":"}],\"features\":[{","quote":"\\\"","slash":"\/","\"}\\":"{["}"#.to_owned(),
        r#"{"é":"\u00e9\uD83D\uDE00😀\u0000","half":"\ud800","\ud800":"half","العربية":"\u202E"}"#.to_owned(),
        "{ \r\n\t\"a\" \t:\r\n[ 1 ,\n2 ]\r\n,\r\n\"b\":{ }\t }".to_owned(),
        "{}".to_owned(),
        "{ \r\n }".to_owned(),
        "{\n}".to_owned(),
        format!("{{\"deep\":{}{}}}", "[".repeat(60_000), "]".repeat(60_000)),
        format!("{{\"deep\":{}null{}}}", "{\"d\":[".repeat(30_000), "]}".repeat(30_000)),
        r#"{"post_id":1,"zz":2,"location_warning":"x","corridor":"y"}"#.to_owned(),
    ];
    let mut all = Vec::new();
    for properties in &properties {
        for geometry in [
            POINT,
            "null",
            "{ \"coordinates\" : [ [ 46.6 , 39.7 ] ] , \"type\" : \"MultiPoint\", \"x\":1.0 }",
        ] {
            // The members of a feature in any order, with foreign ones between.
            all.push(format!(
                r#"{{"type":"Feature","id":1.0e0,"properties":{properties},"geometry":{geometry}}}"#
            ));
            all.push(format!(
                "{{ \"geometry\" : {geometry} ,\r\n \"x\" : {{\"properties\":{{\"a\":1}}}}, \"prop\\u0065rties\" :{properties}\n,\"bbox\":[1.0,2,3,4] ,\"t\\u0079pe\":\"Feat\\u0075re\", \"id\":\"\\u0031\" }}"
            ));
        }
    }
    all
}

#[test]
fn nasty_features_come_back() {
    let area = demonstration_area(Edges::Planar);
    let annotator = Annotator::new(&area, options());
    let nasty = nasty();
    for feature in &nasty {
        assert_eq!(without(&annotator.annotate_feature(feature).unwrap(), is_new), *feature);
    }
    for (head, between, tail) in [
        ("{\"type\":\"FeatureCollection\",\"features\":[", ",", "]}"),
        (
            "\u{FEFF}\r\n{ \"x\" : {\"features\":[1,{\"a\":\"]\"}]} ,\r\n\"features\" :\r\n[\r\n",
            "\r\n,\r\n\t",
            "\r\n]\r\n, \"n\\u00e1me\":1.50e400,\"type\" : \"FeatureCollection\" ,\"y\":[\"]}\"] }\r\n \n\n",
        ),
    ] {
        let text = format!("{head}{}{tail}", nasty.join(between));
        assert_eq!(hold_file(&annotator, "nasty.geojson", text.as_bytes()), Some(nasty.len()));
        let out = annotate(&annotator, "nasty.geojson", text.as_bytes(), OutputForm::Collection).unwrap();
        let bare = without(&out, |key| is_new(key) || key == "patrol_corridor");
        assert_eq!(bare, text.trim_start_matches('\u{FEFF}'));
    }
    for packed in [
        nasty.iter().map(|feature| feature.replace(['\r', '\n'], "") + "\r\n").collect::<String>(),
        nasty.iter().map(|feature| format!("\u{1E}{feature}\n")).collect(),
    ] {
        assert_eq!(hold_file(&annotator, "nasty.geojsons", packed.as_bytes()), Some(nasty.len()));
    }
}

/// The one list of exceptions, to the letter.
#[test]
fn only_what_the_contract_names_changes() {
    let area = demonstration_area(Edges::Planar);
    let annotator = Annotator::new(&area, options());
    let feature = |properties: &str| {
        format!(r#"{{"type":"Feature", "id":"\u0031" {properties}, "geometry":{POINT} ,"x":1.0}}"#)
    };
    let bare = |text: &str| without(&annotator.annotate_feature(text).unwrap(), is_new);
    // Null becomes an object where it stands.
    assert_eq!(bare(&feature(", \"properties\" : null")), feature(", \"properties\" : {}"));
    // One that is missing comes; the rest stays.
    let missing = annotator.annotate_feature(&feature("")).unwrap();
    assert!(missing.contains("\"properties\":{\"zz_post_id\":"), "{missing}");
    assert_eq!(without(&missing, |key| key == "properties"), feature(""));
    // A bare geometry becomes a feature.
    let geometry = format!("{} , \"foreign\" : [1.0] }}", POINT.trim_end_matches('}'));
    let out = annotator.annotate_feature(&geometry).unwrap();
    assert_eq!(root(&out).geometry.unwrap().get(), geometry);
    assert_eq!(root(&bare(&geometry)).properties.unwrap().get(), "{}");
    // White space goes where a line is asked for, and nowhere inside a string.
    let pretty = feature(",\r\n \"properties\" : {\n \"a b\" : \" \\n x\" }");
    let line = annotate(&annotator, "x", pretty.as_bytes(), OutputForm::Lines).unwrap();
    assert_eq!(line.matches(['\r', '\n']).count(), 1);
    assert_eq!(compact(&without(&line, is_new)), compact(&pretty));
    assert!(line.contains("\"a b\" : \" \\n x\""));
    // A line that stands alone keeps all of its blanks.
    let blanks = feature(", \"properties\" : { \t}");
    let line = annotate(&annotator, "x", blanks.as_bytes(), OutputForm::Lines).unwrap();
    assert_eq!(without(&line, is_new), blanks + "\n");
}

/// Of properties with names that are written nothing is lost either: the feature is refused.
#[test]
fn a_name_in_the_way_is_found_however_it_is_written() {
    let area = demonstration_area(Edges::Planar);
    let annotator = Annotator::new(&area, AnnotateOptions::default());
    for key in ["post_id", r"\u0070ost_id", r"post\u005fid", r"\u0070\u006f\u0073\u0074\u005F\u0069\u0064"] {
        let feature = format!(r#"{{"type":"Feature","properties":{{"a":1,"{key}":2}},"geometry":{POINT}}}"#);
        let error = annotator.annotate_feature(&feature).unwrap_err();
        assert!(error.is_input() && error.to_string().contains("post_id"), "{error}");
        // A foreign member, or one that is nested, is not in the way.
        let feature = format!(
            r#"{{"type":"Feature","{key}":1,"properties":{{"a":{{"{key}":2}},"b":"post_id"}},"geometry":{POINT}}}"#
        );
        assert!(annotator.annotate_feature(&feature).is_ok());
    }
}
