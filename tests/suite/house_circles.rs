//! No file of the house imports, by whatever way, a file that imports it.
//!
//! Imports are read as text: paths that begin with `crate`, `super`, `self` or a module of the file's own, in `use` and in
//! the code. A name that a file passes on (`pub use`) belongs to the file where it is made, and passing on is no import.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::fixtures::{files_below, project_path};

/// The path of a module: `["io", "crs", "plane"]`.
type Module = Vec<String>;

/// A file's code as it is looked at.
#[derive(Default)]
struct File {
    code: String,
    /// The paths that it names.
    named: Vec<Vec<String>>,
    /// What it passes on, by the name that it gives it; `*` for all of a module.
    passed_on: Vec<(String, Vec<String>)>,
}

fn words(path: &str) -> Vec<String> {
    path.split("::").map(|word| word.trim().to_owned()).collect()
}

/// `a::{b, c as d}` as `a::b` and `a::c as d`.
fn expanded(tree: &str) -> Vec<String> {
    let Some((before, group)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let (mut depth, mut part, mut parts) = (0, String::new(), Vec::new());
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => parts.push(std::mem::take(&mut part)),
            c => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                part.push(c);
            }
        }
    }
    parts.push(part);
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| expanded(&format!("{}{}", before.trim(), part.trim()))).collect()
}

/// The paths in code outside `use` that begin with one of these words.
fn paths(code: &str, firsts: &BTreeSet<&str>) -> Vec<Vec<String>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (at, _) in code.match_indices("::") {
        let start = code[..at].rfind(|c| !is_word(c)).map_or(0, |i| i + 1);
        // `pub(in path)` says who may import, and imports nothing.
        let is_visibility = code[..start].ends_with("(in ");
        if is_visibility || code[..start].ends_with(':') || !firsts.contains(&code[start..at]) {
            continue;
        }
        let end = code[at..].find(|c| !is_word(c) && c != ':').map_or(code.len(), |i| at + i);
        found.push(words(code[start..end].trim_end_matches(':')));
    }
    found
}

fn read(code: &str, children: &BTreeSet<&str>) -> File {
    let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let code = code.split("#[cfg(all(test, feature").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let (mut file, mut rest) = (File::default(), String::new());
    for (i, statement) in code.split("use ").enumerate() {
        let before = if i == 0 { "" } else { "use " };
        let is_use = i > 0 && (rest.ends_with(['\n', ' ', ')']) || rest.is_empty());
        let (true, Some((tree, behind))) = (is_use, statement.split_once(';')) else {
            rest.push_str(before);
            rest.push_str(statement);
            continue;
        };
        let is_passed_on = rest.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("pub"));
        for path in expanded(tree) {
            let (path, name) = path.split_once(" as ").unwrap_or((&path, ""));
            let mut path = words(path);
            if children.contains(path[0].as_str()) {
                path.insert(0, "self".to_owned());
            }
            let name = if name.is_empty() { path[path.len() - 1].clone() } else { name.trim().to_owned() };
            match is_passed_on {
                true => file.passed_on.push((name, path)),
                false => file.named.push(path),
            }
        }
        rest.push_str(behind);
    }
    file.named.extend(paths(&rest, &BTreeSet::from(["crate", "super", "self"])));
    file.named.extend(paths(&rest, children).into_iter().map(|mut path| {
        path.insert(0, "self".to_owned());
        path
    }));
    file.code = rest;
    file
}

/// The files of a tree by their modules.
fn house(codes: &BTreeMap<Module, String>) -> BTreeMap<&Module, File> {
    let children = |module: &Module| {
        let is_child = |other: &&Module| other.len() == module.len() + 1 && other.starts_with(module);
        codes.keys().filter(is_child).map(|child| child[module.len()].as_str()).collect()
    };
    codes.iter().map(|(module, code)| (module, read(code, &children(module)))).collect()
}

/// The module in which what a path names is made; `None` for what is of no file here.
fn home<'m>(
    house: &BTreeMap<&'m Module, File>,
    root: &Module,
    from: &Module,
    path: &[String],
    depth: u32,
) -> Option<&'m Module> {
    let mut here = match path.first()?.as_str() {
        "crate" => root.clone(),
        "self" | "super" => from.clone(),
        _ => return None,
    };
    let mut rest = path;
    while let Some((first, behind)) = rest.split_first() {
        match first.as_str() {
            "super" => drop(here.pop()),
            "crate" | "self" => {}
            name => {
                let child = [&here[..], &[name.to_owned()]].concat();
                if !house.contains_key(&child) {
                    break;
                }
                here = child;
            }
        }
        rest = behind;
    }
    let (found, file) = house.get_key_value(&here)?;
    let Some(name) = rest.first().filter(|_| depth < 8) else { return Some(found) };
    for (passed, path) in &file.passed_on {
        if passed == name {
            return home(house, root, &here, &[path, &rest[1..]].concat(), depth + 1).or(Some(found));
        }
        if passed == "*" {
            let of = home(house, root, &here, &path[..path.len() - 1], depth + 1);
            let makes = |of: &&Module| {
                let code = &house[*of].code;
                ["fn", "struct", "enum", "trait", "type", "const"].iter().any(|kind| {
                    code.match_indices(&format!("{kind} {name}"))
                        .any(|(at, text)| !code[at + text.len()..].starts_with(|c: char| c.is_alphanumeric()))
                })
            };
            if let Some(of) = of.filter(makes) {
                return Some(of);
            }
        }
    }
    Some(found)
}

/// The sets of files that import each other; `root` is where the crate's own names stand, which belong to no file.
fn circles(codes: &BTreeMap<Module, String>, root: &Module) -> Vec<Vec<String>> {
    let house = house(codes);
    let imports: BTreeMap<&Module, BTreeSet<&Module>> = house
        .iter()
        .map(|(&module, file)| {
            let homes = file.named.iter().filter_map(|path| home(&house, root, module, path, 0));
            (module, homes.filter(|&home| home != module && (home != root || !home.is_empty())).collect())
        })
        .collect();
    let mut reached: BTreeMap<&Module, BTreeSet<&Module>> = BTreeMap::new();
    for &from in imports.keys() {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(module) = open.pop() {
            open.extend(imports[module].iter().filter(|next| seen.insert(**next)));
        }
        reached.insert(from, seen);
    }
    let with = |module: &&Module| -> Vec<String> {
        let both = reached[*module].iter().filter(|other| reached[**other].contains(*module));
        both.map(|other| other.join("::")).collect()
    };
    let found: BTreeSet<Vec<String>> = imports.keys().map(with).filter(|circle| !circle.is_empty()).collect();
    found.into_iter().collect()
}

fn example(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let module = |name: &str| if name.is_empty() { Vec::new() } else { words(name) };
    let codes = files.iter().map(|(name, code)| (module(name), (*code).to_owned())).collect();
    circles(&codes, &Vec::new())
}

#[test]
fn a_circle_is_found() {
    let lib = ("", "pub mod io;\npub use io::Row;\n");
    let top = ("io", "mod row;\nmod table;\npub use row::Row;\npub(crate) use table::*;\n");
    // Through names that the room passes on, in groups, and in the code itself.
    let table = ("io::table", "use super::{Row as R, other};\npub struct Column(R);\n");
    let circle = [vec!["io::row".to_owned(), "io::table".to_owned()]];
    for row in [
        "use crate::io::{\n    Column,\n};\npub struct Row;\n",
        "pub struct Row;\nfn f(_: super::Column) {}\n",
    ] {
        assert_eq!(example(&[lib, top, table, ("io::row", row)]), circle, "{row}");
    }
    // What only a test or a comment names does not count, nor that the top passes a name on.
    let row =
        "// crate::io::Column\npub struct Row;\n#[cfg(test)]\nmod tests {\n    use crate::io::Column;\n}\n";
    assert_eq!(example(&[lib, top, table, ("io::row", row)]), Vec::<Vec<String>>::new());
    // The room's own file counts as any other.
    let top = ("io", "mod table;\npub struct Row;\nfn f(column: table::Column) {}\n");
    assert_eq!(example(&[lib, top, ("io::table", "use super::Row;\npub struct Column;\n")]).len(), 1);
}

#[test]
fn no_file_imports_one_that_imports_it() {
    let program = words("bin::patrol");
    let mut library = BTreeMap::new();
    let mut binary = BTreeMap::new();
    for path in files_below("src").into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"))
    {
        let name = path.strip_prefix(project_path("src")).unwrap().with_extension("");
        let mut module: Module = name
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .filter(|part| part != "mod")
            .collect();
        if module.last().is_some_and(|last| last == "lib" || last == "main") {
            module.pop();
        }
        let code = fs::read_to_string(&path).unwrap();
        let of = if module.starts_with(&program) { &mut binary } else { &mut library };
        of.insert(module, code);
    }
    assert!(library.len() > 200 && binary.len() > 30, "{} and {} files", library.len(), binary.len());
    let found = [circles(&library, &Vec::new()), circles(&binary, &program)].concat();
    assert!(found.is_empty(), "{found:#?}");
}
