#!/usr/bin/env python3
"""Each feature alone, none and all of the library: does it build, how many crates does it bring, from where?

    features.py

`proj`, `proj-static` and `everything` are left to the other steps, which build PROJ; `everything` has to name all features.
"""
import json
import re
import subprocess
import sys
import tomllib

# Besides this one. `full` was 86 before it read KML, GPX, Shapefiles, workbooks, encodings and another calendar.
MOST_WITHOUT_FEATURES = 30
MOST_WITH_FULL = 108
# proj4rs has it, and zip (of docx, too) by its random numbers for encryption, which is not used.
BRING_WASM_BINDGEN = {"crs", "docx", "full", "cli", "kml", "proj", "proj-static", "spreadsheets", "xlsx-out"}


def lines(*command):
    return subprocess.run(["cargo", *command], check=True, capture_output=True, text=True).stdout.splitlines()


def tree(features, *more):
    listed = lines("tree", "--locked", "--no-default-features", "--features", features, "-e", "normal", "--prefix", "none", "--no-dedupe", *more)
    return {line.split(" (")[0] for line in listed if line} - {next(iter(listed)).split(" (")[0]}


manifest = tomllib.load(open("Cargo.toml", "rb"))
ours = manifest["package"]["rust-version"]
wrong = []

for features, most in [("", MOST_WITHOUT_FEATURES), ("full", MOST_WITH_FULL)]:
    crates = tree(features)
    print(f"{features or 'no feature'}: {len(crates)} crates, {most} at most")
    if len(crates) > most:
        wrong.append(f"{features or 'no feature'} brings {len(crates)} crates")
    command_line = {crate for crate in crates if re.match(r"(clap|anstream|terminal_size)", crate)}
    if command_line:
        wrong.append(f"{features or 'no feature'} brings {command_line}")

features = [feature for feature in manifest["features"] if feature not in ("default", "cli", "proj", "proj-static", "everything")]
for feature in ["", *features]:
    if feature not in BRING_WASM_BINDGEN and any(crate.startswith("wasm-bindgen ") for crate in tree(feature, "--target", "wasm32-unknown-unknown")):
        wrong.append(f"{feature} brings wasm-bindgen")
    check = ["clippy", "--locked", "--profile", "test", "--lib", "--no-default-features", "--features", feature, "--quiet"]
    if subprocess.run(["cargo", *check, "--", "-D", "warnings"]).returncode:
        wrong.append(f"{feature or 'no feature'} alone does not build without warnings")

def reached(feature, found):
    """The features that a feature turns on."""
    if feature in manifest["features"] and feature not in found:
        found.add(feature)
        for other in manifest["features"][feature]:
            reached(other, found)
    return found


missing = set(manifest["features"]) - {"default"} - reached("everything", set())
if missing:
    wrong.append(f"everything lacks {sorted(missing)}")

number = lambda version: tuple(int(part) for part in version.split("."))[:2]
for package in json.loads("".join(lines("metadata", "--locked", "--format-version", "1")))["packages"]:
    needs = package["rust_version"]
    if needs and number(needs) > number(ours):
        wrong.append(f"{package['name']} {package['version']} needs Rust {needs}, we promise {ours}")

for what in wrong:
    print(what, file=sys.stderr)
sys.exit(bool(wrong))
