#!/usr/bin/env python3
"""Small files that inflate to far more, of every kind, to every command that reads, under a limit of memory.

    bombs.py PATROL [--sizes 100000,3000000,10000000] [--limit KB] [--only WORD]

Each must end with a sentence and exit 2 or 3 (or 0 or 1, where the file can be read), never by a signal or a panic.
"""
import argparse
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time

POINT = b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[46.8,40.0]}}'
LINE = b'{"type":"Feature","properties":{"half_width_m":1000},"geometry":{"type":"LineString","coordinates":[[46.7,39.8],[46.8,39.9]]}}'
HEAD = b'{"type":"FeatureCollection","features":['
MEMBER = b'{"type":"FeatureCollection",'

# name: (what comes first, what is repeated, what comes last)
JSON = {
    "line_ends": (b"", b"\n", POINT),
    "blanks_between": (HEAD + POINT, b" ", b"," + POINT + b"]}"),
    "blanks_in_frame": (b"{", b" \n", MEMBER[1:] + b'"features":[' + POINT + b"]}"),
    "blanks_behind": (HEAD + POINT + b"]}", b"\n", b""),
    "zeros": (b"", b"\0", b""),
    "digits": (b"", b"0", b""),
    "string": (HEAD + b'{"type":"Feature","properties":{"a":"', b"x", b'"},"geometry":null}]}'),
    "open_string": (HEAD + b'{"type":"Feature","properties":{"a":"', b"x", b""),
    "coordinates": (HEAD + LINE[:-3] + b"", b",[46.8,39.9]", b"]}}]}"),
    "deep": (HEAD + b'{"type":"Feature","geometry":null,"properties":{"a":', b"[", b""),
    "deep_root": (b"", b"[", b""),
    "deep_objects": (HEAD, b'{"a":', b""),
    "members": (MEMBER, b'"a":1,', b'"features":[]}'),
    "features": (HEAD + POINT, b"," + POINT, b"]}"),
    "small_features": (HEAD + b"{}", b",{}", b"]}"),
    "lines_of_points": (b"", POINT + b"\n", b""),
    "short_lines": (POINT + b"\n", b"1\n", b""),
    "gz_of_gz": (gzip.compress(b"\n" * (1 << 22), 9), gzip.compress(b"\n" * (1 << 22), 9), b""),
    "separators": (b"\x1e" + POINT + b"\n", b"\x1e\n", b"\x1e" + POINT),
    "sequence_blanks": (b"\x1e" + POINT, b"\n", b"\x1e" + POINT),
}
TABLE = {
    "line_ends": (b"lon,lat\n46.8,40\n", b"\n", b"46.8,40\n"),
    "commas": (b"lon,lat\n", b",", b"\n"),
    "commas_in_header": (b"lon,lat", b",", b"\n"),
    "open_quote": (b"lon,lat,a\n46.8,40,\"", b"x", b""),
    "quotes": (b"lon,lat,a\n46.8,40,", b"\"", b""),
    "cell": (b"lon,lat,a\n46.8,40,", b"x", b"\n"),
    "zeros": (b"", b"\0", b""),
    "rows": (b"lon,lat\n", b"46.8,40\n", b""),
    "tabs": (b"lon\tlat\n", b"\t", b"\n"),
}


KML = b"<kml><Document>"
PLACEMARK = b"<Placemark><Point><coordinates>46.8,40</coordinates></Point></Placemark>"
GPX = b'<gpx version="1.1">'
# name: (extension, then as above)
XML = {
    "folders": (".kml", KML, b"<Folder>", b""),
    "named_folders": (".kml", KML, b"<Folder><name>xxxxxxxx</name>", b""),
    "multi": (".kml", KML + b"<Placemark>", b"<MultiGeometry>", b""),
    "tuples": (".kml", KML + b"<Placemark><LineString><coordinates>", b"46.8,40 ", b""),
    "placemarks": (".kml", KML, PLACEMARK, b"</Document></kml>"),
    "name": (".kml", KML + b"<Placemark><name>", b"x", b""),
    "data": (".kml", KML + b"<Placemark><ExtendedData>", b'<Data name="a"><value>1</value></Data>', b""),
    "comment": (".kml", KML + b"<!--", b"x", b"-->" + PLACEMARK),
    "entities": (".kml", b'<!DOCTYPE kml [<!ENTITY a "', b"&b;", b'">]>' + KML),
    "attributes": (".gpx", b"<gpx ", b'a="1" ', b">"),
    "attribute": (".gpx", b'<gpx a="', b"x", b'">'),
    "points": (".gpx", GPX + b"<trk><trkseg>", b'<trkpt lat="40" lon="46.8"/>', b""),
    "extensions": (".gpx", GPX + b'<wpt lat="40" lon="46.8"><extensions>', b"<a>", b""),
    "elements": (".gpx", GPX, b"<a/>", b"</gpx>"),
    "waypoints": (".gpx", GPX, b'<wpt lat="40" lon="46.8"/>', b"</gpx>"),
}


def gz_bomb(path, parts, size):
    """gzip of about `size` bytes, which is a thousand times as much where the repeated part is short."""
    first, unit, last = parts
    # Members one behind the other are one file: the long part is packed once.
    member = gzip.compress(unit * max(1, (1 << 22) // len(unit)), 9)
    with open(path, "wb") as file:
        file.write(gzip.compress(first) + member * max(1, size // len(member)) + gzip.compress(last))


def plain_bomb(path, parts, size):
    first, unit, last = parts
    with open(path, "wb") as file:
        file.write(first + unit * (size // len(unit)) + last)


def commands(patrol, posts, routes, bomb, kind, out):
    """Every way in which a file of that kind is read."""
    layers = ["--posts", posts, "--routes", routes]
    target = os.path.join(out, "out")
    incidents = ["--incidents", bomb]
    day = ["--day", "2021-01-01", "--zone", "Asia/Baku"]
    yield "annotate", ["annotate", *layers, *incidents, "--output", target + ".geojson"]
    yield "annotate to csv", ["annotate", *layers, *incidents, "--output", target + ".csv"]
    yield "bulletin", ["bulletin", *layers, *incidents, *day, "--output", target + ".md"]
    yield "map", ["map", *layers, *incidents, "--output", target + ".svg"]
    yield "fuse", ["fuse", *layers, *incidents, "--output", target + ".geojson"]
    yield "hotspots", ["hotspots", "--routes", routes, *incidents, "--bandwidth", "1000", "--output", target + ".geojson"]
    yield "clusters", ["clusters", *incidents, "--zone", "Asia/Baku", "--within", "1000", "--days", "1"]
    if kind == "table":
        yield "classes", ["annotate", *layers, "--incidents", posts, "--precision-classes", bomb, "--output", target + ".geojson"]
        return
    if kind == "json":
        yield "check", ["check", bomb]
    yield "check posts", ["check", bomb, "--as", "posts"]
    yield "posts", ["nearest", "--posts", bomb, "--at", "46.8,40"]
    yield "routes", ["nearest", "--routes", bomb, "--at", "46.8,40"]
    yield "corridors", ["nearest", "--corridors", bomb, "--posts", posts, "--at", "46.8,40"]
    yield "beats", ["beats", *layers, *incidents, "--output", target + ".geojson"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("patrol")
    parser.add_argument("--sizes", default="100000,3000000,10000000")
    parser.add_argument("--limit", type=int, default=524288)
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=int, default=300)
    args = parser.parse_args()

    def limited():
        resource.setrlimit(resource.RLIMIT_AS, (args.limit * 1024, args.limit * 1024))

    bad = done = 0
    with tempfile.TemporaryDirectory() as folder:
        posts, routes = os.path.join(folder, "posts.geojson"), os.path.join(folder, "routes.geojson")
        open(posts, "wb").write(HEAD + POINT + b"]}")
        open(routes, "wb").write(HEAD + LINE + b"]}")
        for size in map(int, args.sizes.split(",")):
            for kind, bombs in (("json", JSON), ("table", TABLE), ("xml", XML)):
                for name, parts in bombs.items():
                    if kind == "xml":
                        extension, *parts = parts
                    ends = [".csv.gz"] if kind == "table" else [".geojson.gz"]
                    if kind == "json" and "line" in name:
                        ends = [".geojsonl.gz"]
                    if name.startswith("se"):
                        ends = [".geojsons.gz"]
                    if name == "tabs":
                        ends = [".tsv.gz"]
                    if kind == "xml":
                        ends = [extension + ".gz"]
                    ends.append(ends[0].removesuffix(".gz"))
                    for end in ends:
                        bomb = os.path.join(folder, "bomb" + end)
                        (gz_bomb if end.endswith(".gz") else plain_bomb)(bomb, parts, size)
                        for command, arguments in commands(args.patrol, posts, routes, bomb, kind, folder):
                            label = f"{size} {name}{end} {command}"
                            if args.only not in label:
                                continue
                            began = time.monotonic()
                            try:
                                run = subprocess.run([args.patrol, *arguments, *(["--force"] if "--output" in arguments else [])],
                                                     preexec_fn=limited, capture_output=True, timeout=args.seconds)
                                code, said = run.returncode, run.stderr.decode(errors="replace")
                            except subprocess.TimeoutExpired:
                                code, said = "timeout", ""
                            done += 1
                            wrong = code not in (0, 1, 2, 3) or "panicked" in said or "damaged gzip" in said or (code in (2, 3) and not said and command[:5] != "check")
                            bad += wrong
                            if wrong or os.environ.get("VERBOSE"):
                                print(f"{'BAD ' if wrong else ''}{label}: {code} in {time.monotonic() - began:.1f} s: {said[-300:].strip()}", flush=True)
                        os.remove(bomb)
    print(f"{done} bombs, {bad} of them not stood")
    sys.exit(1 if bad else 0)


main()
