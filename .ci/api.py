#!/usr/bin/env python3
"""The public face of the library, out of rustdoc's JSON: a list that is kept in the tree, and what is told of it.

    api.py [--check] [--write]

Without an option it prints the shares of functions and types with an example, by name the structs that anyone can build and the
enums that anyone can match in full (a field or a variant more would break their users), and types of other crates that signatures
name. `--write` writes docs/api.txt, `--check` fails where that differs from the code, a share has fallen below what is asked, an
unknown crate is named, or something is open that OPEN does not list.
"""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
KEPT = os.path.join(ROOT, "docs", "api.txt")
# Types of these crates may stand in signatures.
ALLOWED = {"std", "core", "alloc", "geo_types", "geojson", "serde", "serde_core", "serde_json", "jiff", "patrol_corridor"}
# What stays open to everyone: nothing will be added to it. All else is `#[non_exhaustive]`, has a private field, or is built by setters.
OPEN = {
    "analysis::Measurement",  # a number and its deviation
    "geodesy::Ellipsoid",  # a name, and the two numbers that define one
    "linear::Referent",  # where a kilometre post stands, and what is written on it
    "region::DmsAngle",  # an angle, and the letter behind it
    "IncidentGeometry",  # the geometries of RFC 7946
    "analysis::Caps",  # the three ends of a buffer, as in every GIS
    "described::Refusal",  # unreadable, or readable and nowhere
    "linear::Side",  # left, right or on it
    "region::Axis",  # latitude or longitude
    "region::North",  # true, of the grid, of the needle
    "report::bulletin::Notify",  # a list under a name, read by serde
    "time::DateOrder",  # which of two numbers is the day
    "time::Weekday",  # there are seven
}
LEAST_SHARE = {"functions": float(os.environ.get("API_FUNCTIONS", "0.60")), "types": float(os.environ.get("API_TYPES", "0.80"))}


def doc():
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    command = ["cargo", "rustdoc", "--locked", "--quiet", "--profile", "test", "--lib", "--", "-Z", "unstable-options", "--output-format", "json"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "RUSTC_BOOTSTRAP": "1"}, check=True)
    return json.load(open(os.path.join(target, "doc", "patrol_corridor.json")))


class Api:
    def __init__(self, data):
        self.index, self.paths, self.crates = data["index"], data["paths"], data["external_crates"]
        self.root = data["root"]
        self.lines, self.foreign, self.items = set(), {}, {}
        self.done = set()

    def crate_of(self, id):
        path = self.paths.get(str(id))
        return path["path"][0] if path else None

    def path(self, p, where):
        crate = self.crate_of(p["id"])
        if crate and crate not in ALLOWED:
            self.foreign.setdefault("::".join(self.paths[str(p["id"])]["path"]), where)
        return p["path"].split("::")[-1] + self.args(p.get("args"), where)

    def args(self, args, where):
        if not args:
            return ""
        if "angle_bracketed" in args:
            inner = []
            for a in args["angle_bracketed"]["args"]:
                if "lifetime" in a:
                    inner.append(a["lifetime"])
                elif "type" in a:
                    inner.append(self.type(a["type"], where))
                else:
                    inner.append(json.dumps(a.get("const", {}).get("expr", "_")).strip('"'))
            for c in args["angle_bracketed"].get("constraints", []):
                bound = c.get("binding", {}).get("equality", {}).get("type")
                inner.append(f"{c['name']} = {self.type(bound, where)}" if bound else c["name"])
            return f"<{', '.join(inner)}>" if inner else ""
        if "parenthesized" in args:
            p = args["parenthesized"]
            out = p.get("output")
            return f"({', '.join(self.type(t, where) for t in p['inputs'])})" + (f" -> {self.type(out, where)}" if out else "")
        return ""

    def bounds(self, bounds, where):
        out = []
        for b in bounds:
            if "trait_bound" in b:
                out.append(("?" if b["trait_bound"]["modifier"] == "maybe" else "") + self.path(b["trait_bound"]["trait"], where))
            elif "outlives" in b:
                out.append(b["outlives"])
        return " + ".join(out)

    def type(self, t, where):
        if t is None:
            return "()"
        kind, v = next(iter(t.items()))
        match kind:
            case "resolved_path":
                return self.path(v, where)
            case "primitive" | "generic":
                return v
            case "borrowed_ref":
                life = f"{v['lifetime']} " if v["lifetime"] and v["lifetime"] != "'_" else ""
                return f"&{life}{'mut ' if v['is_mutable'] else ''}{self.type(v['type'], where)}"
            case "slice":
                return f"[{self.type(v, where)}]"
            case "array":
                return f"[{self.type(v['type'], where)}; {v['len']}]"
            case "tuple":
                return f"({', '.join(self.type(x, where) for x in v)})"
            case "impl_trait":
                return f"impl {self.bounds(v, where)}"
            case "dyn_trait":
                return "dyn " + " + ".join(self.path(x["trait"], where) for x in v["traits"])
            case "qualified_path":
                return f"{self.type(v['self_type'], where)}::{v['name']}"
            case "raw_pointer":
                return f"*{self.type(v['type'], where)}"
            case "function_pointer":
                sig = v["sig"]
                return f"fn({', '.join(self.type(x, where) for _, x in sig['inputs'])})"
        return kind

    def function(self, item, path):
        f = item["inner"]["function"]
        sig, generics = f["sig"], f["generics"]
        params = [p["name"] for p in generics["params"] if "type" in p["kind"] and not p["kind"]["type"].get("is_synthetic")]
        bounds = {p["name"]: self.bounds(p["kind"]["type"]["bounds"], path) for p in generics["params"] if "type" in p["kind"]}
        generic = f"<{', '.join(n + (': ' + bounds[n] if bounds[n] else '') for n in params)}>" if params else ""
        inputs = ", ".join(f"{n}: {self.type(t, path)}" for n, t in sig["inputs"]).replace("self: &Self", "&self")
        inputs = inputs.replace("self: &mut Self", "&mut self").replace("self: Self", "self")
        output = f" -> {self.type(sig['output'], path)}" if sig["output"] else ""
        self.lines.add(f"fn {path}{generic}({inputs}){output}")
        self.items[path] = ("functions", item)

    def walk(self, id, path):
        item = self.index.get(str(id))
        if item is None or (str(id), path) in self.done:
            return
        self.done.add((str(id), path))
        kind, inner = next(iter(item["inner"].items()))
        public = item["visibility"] == "public"
        if kind == "module":
            for child in inner["items"]:
                one = self.index.get(str(child))
                if one is None:
                    continue
                if "use" in one["inner"]:
                    use = one["inner"]["use"]
                    if one["visibility"] != "public" or use["id"] is None:
                        continue
                    if use["is_glob"]:
                        self.walk(use["id"], path)
                    elif str(use["id"]) in self.index:
                        self.walk(use["id"], f"{path}::{use['name']}")
                    else:
                        self.lines.add(f"use {path}::{use['name']}")
                elif one["visibility"] == "public":
                    self.walk(child, f"{path}::{one['name']}")
            return
        if kind == "function":
            return self.function(item, path)
        if kind in ("struct", "enum", "trait", "type_alias"):
            self.items[path] = ("types", item)
            open_end = "non_exhaustive" in json.dumps(item["attrs"])
            self.lines.add(f"{kind} {path}{' (non-exhaustive)' if open_end else ''}")
        if kind == "struct":
            fields = inner["kind"].get("plain", {}).get("fields", []) if isinstance(inner["kind"], dict) else []
            for field in fields:
                one = self.index[str(field)]
                if one["visibility"] == "public":
                    self.lines.add(f"field {path}.{one['name']}: {self.type(one['inner']['struct_field'], path)}")
        if kind == "enum":
            for variant in inner["variants"]:
                one = self.index[str(variant)]
                self.lines.add(f"variant {path}::{one['name']}")
                shape = one["inner"]["variant"]["kind"]
                fields = shape.get("tuple") or shape.get("struct", {}).get("fields", []) if isinstance(shape, dict) else []
                for at, field in enumerate(f for f in fields if f is not None):
                    f = self.index[str(field)]
                    self.lines.add(f"field {path}::{one['name']}.{f['name'] or at}: {self.type(f['inner']['struct_field'], path)}")
        if kind == "constant":
            self.lines.add(f"const {path}: {self.type(inner['type'], path)}")
        for impl in inner.get("impls", []) if isinstance(inner, dict) else []:
            one = self.index.get(str(impl))
            if one is None:
                continue
            i = one["inner"]["impl"]
            if i["trait"]:
                if not i["is_synthetic"] and i["blanket_impl"] is None:
                    name = i["trait"]["path"].split("::")[-1]
                    if name not in ("StructuralPartialEq", "TrivialClone"):
                        self.lines.add(f"impl {name}{self.args(i['trait'].get('args'), path)} for {self.type(i['for'], path).split('<')[0] and path}")
                continue
            for child in i["items"]:
                method = self.index[str(child)]
                if method["visibility"] == "public" and "function" in method["inner"]:
                    self.function(method, f"{path}::{method['name']}")
                elif method["visibility"] == "public" and "assoc_const" in method["inner"]:
                    self.lines.add(f"const {path}::{method['name']}")
        if kind == "trait":
            for child in inner["items"]:
                one = self.index[str(child)]
                if "function" in one["inner"]:
                    self.function(one, f"{path}::{one['name']}")

    def shares(self):
        told = {}
        for kind in ("functions", "types"):
            # Once each, under however many names.
            all = list({item["id"]: item for k, item in self.items.values() if k == kind}.values())
            told[kind] = sum("```" in (item["docs"] or "") for item in all) / len(all), len(all)
        return told

    def open(self):
        """Structs whose fields are all public and enums that are not `#[non_exhaustive]`, by their shortest paths."""
        names = {}
        for path, (_, item) in self.items.items():
            if "non_exhaustive" in json.dumps(item["attrs"]):
                continue
            shape = item["inner"].get("struct", {}).get("kind")
            plain = shape.get("plain") if isinstance(shape, dict) else None
            bare = shape.get("tuple") if isinstance(shape, dict) else None
            is_built = plain and plain["fields"] and not plain["has_stripped_fields"] or bare and None not in bare
            if "enum" in item["inner"] or is_built:
                name = path.removeprefix("patrol_corridor::")
                names[item["id"]] = min(name, names.get(item["id"], name), key=len)
        return set(names.values())


def main():
    api = Api(doc())
    api.walk(api.root, "patrol_corridor")
    text = "".join(line + "\n" for line in sorted(api.lines))
    shares, bad = api.shares(), False
    for kind, (share, count) in shares.items():
        print(f"{kind}: {count}, with an example {100 * share:.0f} %")
        if "--check" in sys.argv and share < LEAST_SHARE[kind]:
            print(f"  less than {100 * LEAST_SHARE[kind]:.0f} %")
            bad = True
    is_open = api.open()
    print(f"structs and enums that are open to everyone: {len(is_open)}: {', '.join(sorted(is_open))}")
    for name in sorted(is_open - OPEN):
        print(f"{name} is open: make it #[non_exhaustive], or list it in OPEN with the reason")
        bad = True
    for name in sorted(OPEN - is_open):
        print(f"{name} is in OPEN, and is not open or not there")
        bad = True
    for name, where in sorted(api.foreign.items()):
        print(f"{name} is named by {where}: what is public names types of {', '.join(sorted(ALLOWED))} alone")
        bad = True
    if "--write" in sys.argv:
        open(KEPT, "w").write(text)
    elif "--check" in sys.argv:
        kept = set(open(KEPT).read().splitlines())
        for sign, lines in (("-", kept - api.lines), ("+", api.lines - kept)):
            for line in sorted(lines):
                print(sign, line)
                bad = True
        if kept != api.lines:
            print("docs/api.txt is not what the code says: if that is meant, run python3 .ci/api.py --write and tell CHANGELOG.md")
    sys.exit(1 if bad and "--check" in sys.argv else 0)


main()
