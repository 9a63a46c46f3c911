#!/usr/bin/env python3
"""What the program reads of each format, against OGR on the same file: as many features, the same geometries to 1e-9 degrees, the
same texts of the properties that both have.

    ogr_readers.py PATROL FILE...

Differences that are known, and why: OGR names the members of GPX and KML its own way (`Name` for `name`), and gives a GeoPackage
or Shapefile its own numbers as ids; it reads whole numbers as numbers where a cell of a workbook or an attribute of KML is text; dates
have its own spelling. So numbers are compared as numbers, and times are left out.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

os.environ.update(SHAPE_RESTORE_SHX="YES", OGR_XLSX_HEADERS="FORCE", OGR_ODS_HEADERS="FORCE")
TYPES = {"POINT": "Point", "LINESTRING": "LineString", "POLYGON": "Polygon"}
POST = '{"type":"Feature","id":"P","properties":{},"geometry":{"type":"Point","coordinates":[46.8,40]}}'
# Columns of a position, which OGR leaves a row without a geometry.
LON, LAT = ("longitude", "lon", "x"), ("latitude", "lat", "y")


def positions(value):
    """Longitudes and latitudes; a height is kept where all positions of a feature have one, which OGR does not ask for."""
    if isinstance(value, dict):
        inner = value.get("coordinates", value.get("geometries", []))
        return positions(inner)
    if value and isinstance(value[0], (int, float)):
        return [value[:2]]
    return [position for inner in value for position in positions(inner)]


def flat(geometry):
    """Type and ordinates. A line of one position, which OGR makes, is none."""
    if geometry and geometry["type"] == "MultiLineString":
        geometry["coordinates"] = [line for line in geometry["coordinates"] if len(line) > 1]
    found = positions(geometry) if geometry else []
    kind = geometry["type"].removeprefix("Multi") if geometry else ""
    if not found or kind == "LineString" and len(found) < 2:
        return "none", []
    return kind, [ordinate for position in found for ordinate in position]


def text(value):
    if value is None or value == "":
        return None
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value.strip()
    if isinstance(value, (list, dict)):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value).strip()


def ogr(path, only):
    features = []
    names = [line.split(":", 1)[1].strip() for line in
             subprocess.run(["ogrinfo", "-q", path], capture_output=True, text=True, check=True).stdout.splitlines() if line[:1].isdigit()]
    for name in names:
        layer = name.rsplit(" (", 1)[0] if name.endswith(")") else name
        if layer in ("track_points", "route_points", "layer_styles") or only and layer != only:
            continue
        out = subprocess.run(["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", "-t_srs", "EPSG:4326", "/vsistdout/", path, layer],
                             capture_output=True, text=True)
        if out.returncode:
            out = subprocess.run(["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", "/vsistdout/", path, layer],
                                 capture_output=True, text=True, check=True)
        features += json.loads(out.stdout)["features"]
    for feature in features:
        properties = {key.lower(): value for key, value in feature["properties"].items()}
        feature["properties"] = properties
        wkt = properties.pop("wkt", None)
        if feature["geometry"] is None and wkt:
            kind = re.match("(?:MULTI)?([A-Z]+)", wkt)[1]
            places = [float(number) for number in re.findall(r"-?[0-9.]+(?:e-?[0-9]+)?", wkt)]
            feature["geometry"] = {"type": TYPES[kind], "coordinates": [places[at : at + 2] for at in range(0, len(places), 2)]}
        lon, lat = (next((properties[key] for key in keys if key in properties), None) for keys in (LON, LAT))
        if feature["geometry"] is None and lon not in (None, "") and lat not in (None, ""):
            feature["geometry"] = {"type": "Point", "coordinates": [float(lon), float(lat)]}
    return features


def ours(patrol, path, folder):
    posts, out = os.path.join(folder, "area.json"), os.path.join(folder, "out.geojson")
    open(posts, "w").write(POST)
    run = subprocess.run([patrol, "annotate", "--posts", posts, "--incidents", path, "--prefix", "p_", "--output", out, "--force",
                          "--quiet"], capture_output=True, text=True)
    if run.returncode > 1:
        return run.stderr
    features = json.load(open(out))["features"]
    for feature in features:
        feature["properties"] = {key.lower(): value for key, value in feature["properties"].items() if not key.startswith("p_")}
    return features


def main():
    patrol, bad = sys.argv[1], 0
    for path in sys.argv[2:]:
        path, _, layer = path.partition("#")
        with tempfile.TemporaryDirectory() as folder:
            # OGR makes an index of a Shapefile that has none, beside it.
            stem = os.path.splitext(path)[0]
            for beside in glob.glob(glob.escape(stem) + ".*"):
                shutil.copy(beside, folder)
            copy = os.path.join(folder, os.path.basename(path))
            theirs, mine = ogr(copy, layer), ours(patrol, copy + ("#" + layer if layer else ""), folder)
        if isinstance(mine, str):
            print(f"{os.path.basename(path)}: refused: {mine.splitlines()[0]}")
            continue
        wrong, values = [], 0
        if len(theirs) != len(mine):
            wrong.append(f"{len(mine)} features, OGR {len(theirs)}")
        for number, (a, b) in enumerate(zip(mine, theirs), 1):
            (kind, at), (other, there) = flat(a["geometry"]), flat(b["geometry"])
            if kind != other or len(at) != len(there) or any(abs(x - y) > 1e-9 for x, y in zip(at, there)):
                wrong.append(f"feature {number}: {kind} {at[:4]}, OGR {other} {there[:4]}")
            for key in a["properties"].keys() & b["properties"].keys():
                if "time" in key or "date" in key:
                    continue
                one, two = text(a["properties"][key]), text(b["properties"][key])
                values += 1
                if one != two:
                    wrong.append(f"feature {number}, {key}: {one!r}, OGR {two!r}")
        print(f"{os.path.basename(path)}: {len(mine)} features, {values} values" + ("" if not wrong else f": {len(wrong)} differ"))
        for line in wrong[:8]:
            print("  " + line)
        bad += len(wrong)
    sys.exit(1 if bad else 0)


main()
