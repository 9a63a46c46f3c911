//! JSON that is written is what the schemas of `docs/schemas` say.

use patrol_corridor::annotate::FIELDS;
use serde_json::Value;

use crate::fixtures::{files_below, project_file, project_path};
use crate::program::{Folder, json, properties};

/// What of JSON Schema the files use: anything else in them is a mistake.
const KNOWN: [&str; 12] = [
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "type",
    "enum",
    "minimum",
    "properties",
    "required",
    "additionalProperties",
    "items",
];

fn schema(name: &str) -> Value {
    json(&project_file(&format!("docs/schemas/{name}.schema.json")))
}

/// What is wrong with a value, by its path.
fn faults(root: &Value, schema: &Value, value: &Value, path: &str, out: &mut Vec<String>) {
    let Value::Object(rules) = schema else { panic!("{path}: a schema that is no object") };
    assert!(rules.keys().all(|rule| KNOWN.contains(&rule.as_str())), "{path}: {schema}");
    if let Some(reference) = rules.get("$ref") {
        let name = reference.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
        return faults(root, &root["$defs"][name], value, path, out);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() || number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |wanted: &Value| wanted == kind || (wanted == "number" && kind == "integer");
    let is_of_type = match rules.get("type") {
        None => true,
        Some(Value::Array(types)) => types.iter().any(fits),
        Some(one) => fits(one),
    };
    if !is_of_type || rules.get("enum").is_some_and(|all| !all.as_array().unwrap().contains(value)) {
        out.push(format!("{path}: {value}"));
        return;
    }
    if let (Some(least), Some(number)) = (rules.get("minimum"), value.as_f64())
        && number < least.as_f64().unwrap()
    {
        out.push(format!("{path}: {value} is less than {least}"));
    }
    if let (Some(items), Value::Array(list)) = (rules.get("items"), value) {
        list.iter().enumerate().for_each(|(i, item)| faults(root, items, item, &format!("{path}[{i}]"), out));
    }
    if let (Some(Value::Object(members)), Value::Object(object)) = (rules.get("properties"), value) {
        for (name, value) in object {
            match members.get(name) {
                Some(schema) => faults(root, schema, value, &format!("{path}.{name}"), out),
                None if rules.get("additionalProperties") == Some(&Value::Bool(false)) => {
                    out.push(format!("{path}.{name} is not in the schema"));
                }
                None => {}
            }
        }
        for name in rules.get("required").and_then(Value::as_array).into_iter().flatten() {
            if !object.contains_key(name.as_str().unwrap()) {
                out.push(format!("{path}.{name} is missing"));
            }
        }
    }
}

fn holds(name: &str, value: &Value) {
    let schema = schema(name);
    let mut found = Vec::new();
    faults(&schema, &schema, value, name, &mut found);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_is_written_is_what_the_schemas_say() {
    let folder = Folder::with_demonstration();
    // Reports of every form, bad rows among them, and a day with some of all.
    folder.write("log.csv", project_file("tests/fixtures/sightings/log.csv") + "\"x\",\"y\"\n");
    let layers = "--posts posts.geojson --routes routes.geojson";
    let incidents = "--incidents log.csv --skip-invalid --rejects rejects.jsonl --summary summary.json";
    // Its own `route_id` says where something was.
    folder.run(&format!("annotate {layers} {incidents} --output out.geojson --count 2 --prefix near_"));
    let annotated = properties(&folder.read("out.geojson"));
    assert!(annotated.len() > 10);
    for one in annotated {
        let Value::Object(members) = one else { panic!("{one}") };
        let ours = members
            .into_iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("near_")?.to_owned(), value)));
        holds("annotation", &Value::Object(ours.collect()));
    }
    let rejects = folder.read("rejects.jsonl");
    assert!(!rejects.is_empty());
    rejects.lines().for_each(|line| holds("reject", &json(line)));
    holds("summary", &json(&folder.read("summary.json")));
    for day in ["2020-10-27", "2020-11-01", "2021-01-01"] {
        for log in ["log.csv --skip-invalid --rejects rejects.jsonl", "incidents.geojson"] {
            folder.run(&format!(
                "bulletin {layers} --incidents {log} --day {day} --zone Asia/Baku --allow-incomplete --force \
                 --output out.json --summary summary.json"
            ));
            holds("bulletin", &json(&folder.read("out.json")));
            holds("summary", &json(&folder.read("summary.json")));
        }
    }
    // Of several files each first names its own, and what comes again is counted.
    folder.write("again.csv", "id,lon,lat\nA,46.8,40\nB,46.8,400\n");
    folder.write("more.csv", "id,lon,lat\nA,46.8,40\nC,46.8,40\n");
    folder.run(
        "bulletin --posts posts.geojson --incidents again.csv --incidents more.csv --day 2021-01-01 --zone Asia/Baku \
         --skip-invalid --rejects r.jsonl --allow-incomplete --force --output out.json --summary summary.json",
    );
    let several = json(&folder.read("summary.json"));
    assert_eq!(
        (&several["repeated"], &several["first"]["rejected"]["file"]),
        (&1.into(), &"again.csv".into())
    );
    holds("summary", &several);
    let findings = folder.run("check log.csv --as incidents --zone Asia/Baku --format json").out;
    assert!(!findings.is_empty());
    findings.lines().for_each(|line| holds("finding", &json(line)));
}

#[test]
fn what_nearest_writes_is_what_the_schemas_say() {
    let folder = Folder::with_demonstration();
    let layers = "--posts posts.geojson --routes routes.geojson --format json";
    for rest in
        ["--at 46.8,40 -k 3", "--at=-71.1,42.3 --time 2020-11-20T06:00:00Z", "--at 46.8,40 --edges geodesic"]
    {
        let written = json(&folder.run(&format!("nearest {layers} {rest}")).out);
        let Value::Object(members) = written else { panic!("{written}") };
        let is_own = |name: &str| ["at", "edges", "time"].contains(&name);
        let (own, annotation) = members.into_iter().partition(|(name, _)| is_own(name));
        holds("nearest", &Value::Object(own));
        holds("annotation", &Value::Object(annotation));
    }
}

/// The validator of this file finds what is wrong.
#[test]
fn what_does_not_fit_a_schema_is_found() {
    let schema = schema("reject");
    let fits = json(r#"{"file":"a","line":null,"feature":1,"reason":"b","text":"c"}"#);
    for (name, value) in
        [("line", json("-1")), ("feature", json("1.5")), ("file", json("null")), ("more", json("1"))]
    {
        let mut wrong = fits.clone();
        wrong[name] = value;
        let mut found = Vec::new();
        faults(&schema, &schema, &wrong, "", &mut found);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
    }
    let mut found = Vec::new();
    faults(&schema, &schema, &json("{}"), "", &mut found);
    assert_eq!(found.len(), 5);
}

/// The schema of annotations is the table of fields, and every schema is listed in the guide.
#[test]
fn the_schema_of_annotations_is_the_table_of_fields() {
    let Value::Object(members) = schema("annotation")["properties"].clone() else { panic!() };
    let mut names: Vec<&str> = members.keys().map(String::as_str).collect();
    let mut fields: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
    names.sort_unstable();
    fields.sort_unstable();
    assert_eq!(names, fields);
    for field in FIELDS {
        let description = members[field.name]["description"].as_str().unwrap();
        assert!(
            description.starts_with(field.meaning),
            "{}: {description}, not {}",
            field.name,
            field.meaning
        );
    }
    let page = project_file("docs/library.md");
    for file in files_below("docs/schemas") {
        let file = file.strip_prefix(project_path("docs")).unwrap().display().to_string();
        assert!(page.contains(&file), "docs/library.md does not name {file}");
    }
}
