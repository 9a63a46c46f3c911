"""Corridors at 180 degrees and the poles by the program: valid for GEOS, and without an error for `patrol check`. Seeded.

Usage: corridors.py PATROL FOLDER COUNT
"""
import json
import math
import pathlib
import random
import subprocess
import sys

import shapely
from shapely.geometry import shape

patrol, folder, count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
rng = random.Random(11)


def lon():
    sign = rng.choice([-1, 1])
    near = sign * rng.choice([180, 180, 180 - 0.1 * rng.random(), 180 - 10 ** rng.uniform(-12, -3), 179.9])
    return rng.choice([near, near, rng.randint(-18, 18) * 10, rng.uniform(-180, 180)])


def lat():
    sign = rng.choice([-1, 1])
    near = sign * rng.choice([90, 90, 90 - 0.1 * rng.random(), 90 - 10 ** rng.uniform(-12, -3), 89.5])
    return rng.choice([near, rng.randint(-90, 90), rng.uniform(-85, 85), rng.uniform(-85, 85)])


def line():
    x, y = lon(), lat()
    points = [[x, y]]
    for _ in range(rng.randint(1, 4)):
        step = 10 ** rng.uniform(-5, 1)
        wanted = [lon() if rng.random() < 0.3 else x + step * rng.uniform(-1, 1), y + step * rng.uniform(-1, 1)]
        if rng.random() < 0.1:
            wanted = [lon(), lat()]
        x, y = (wanted[0] + 540) % 360 - 180 if abs(wanted[0]) > 180 else wanted[0], max(-90, min(90, wanted[1]))
        points.append([x, y])
    return points


def feature(i):
    width = rng.choice([500, 5000, 600000, 1e6, 10 ** rng.uniform(0, 6), 10 ** rng.uniform(0, 4)])
    lines = [line() for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    geometry = {"type": "MultiLineString", "coordinates": lines}
    if len(lines) == 1:
        geometry = {"type": "LineString", "coordinates": lines[0]}
    properties = {"id": f"R{i}", "corridor": f"C{i}", "half_width_m": width}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


routes = folder / "routes.geojson"
routes.write_text(json.dumps({"type": "FeatureCollection", "features": [feature(i) for i in range(count)]}))
wrong = 0
for edges in ["planar", "geodesic"]:
    for caps in ["round", "flat", "square"]:
        output = folder / f"{edges}-{caps}.geojson"
        command = [patrol, "corridors", "--routes", routes, "--edges", edges, "--caps", caps, "--output", output]
        subprocess.run([*command, "--force"], check=True, stdout=subprocess.DEVNULL)
        features = json.loads(output.read_text())["features"]
        assert len(features) == count, f"{len(features)} corridors, expected {count}"
        for one in features:
            polygon = shape(one["geometry"])
            if polygon.is_empty or not polygon.is_valid or not math.isfinite(polygon.area):
                wrong += 1
                print(edges, caps, one["properties"]["corridor"], shapely.is_valid_reason(polygon))
        found = subprocess.run([patrol, "check", output], capture_output=True, text=True)
        if found.returncode != 0:
            wrong += 1
            print(edges, caps, found.stdout[-2000:], found.stderr[-2000:])
print(f"{6 * count} corridors by GEOS {shapely.geos_version_string}: {wrong} wrong")
sys.exit(1 if wrong else 0)
