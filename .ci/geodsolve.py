#!/usr/bin/env python3
"""Checks annotations against GeographicLib's own program, GeodSolve.

    geodsolve.py ANNOTATED [POSTS] [--count 50] [--seed 1] [--prefix near_] [--post-id FIELD]

ANNOTATED is what `patrol annotate` wrote: a FeatureCollection, or a feature a line (with or without RFC 8142's
record separators). Of a random draw of its features the distance from the named post, the bearing at the post and
the distance to the foot on the route are computed again. One line for each finding, a summary, exit 1 on a
mismatch, exit 2 where nothing could be checked. Debian has GeodSolve in geographiclib-tools.
"""
import argparse
import gzip
import json
import math
import pathlib
import random
import shutil
import subprocess
import sys
from decimal import Decimal

DISTANCE_M = 2e-4
BEARING_DEG = 2e-6
# Below this a bearing depends on the last digits of the coordinates more than the tolerance allows.
NEAR_M = 1.0
MEMBERS = [
    "post_id", "post_distance_m", "post_bearing_deg", "route_distance_m", "route_foot_lon", "route_foot_lat"
]


def read(path):
    data = pathlib.Path(path).read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    text = data.decode("utf-8-sig")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        lines = text.replace("\x1e", "\n").splitlines()
        return [json.loads(line) for line in lines if line.strip()]
    if isinstance(whole, dict) and whole.get("type") == "FeatureCollection":
        return whole["features"]
    return [whole]


def positions(geometry):
    """The positions that an incident is located by, as (lat, lon)."""
    kind = (geometry or {}).get("type")
    if kind == "Point":
        found = [geometry["coordinates"]]
    elif kind == "MultiPoint":
        found = geometry["coordinates"]
    else:
        found = []
    return [(p[1], p[0]) for p in found if len(p) >= 2]


def post_ids(posts, field):
    """Position by id; an id that is there twice names no post that could be checked."""
    by_id, twice = {}, set()
    for number, feature in enumerate(posts, 1):
        properties = feature.get("properties") or {}
        if field:
            candidates = [properties.get(field)]
        else:
            candidates = [feature.get("id"), properties.get("id")]
        post_id = next((c for c in candidates if c is not None), f"#{number}")
        # 1 and "1" differ.
        key = json.dumps(post_id)
        places = positions(feature.get("geometry"))
        if key in by_id:
            twice.add(key)
        if places:
            by_id[key] = places[0]
    return {key: place for key, place in by_id.items() if key not in twice}


def geodsolve(pairs):
    """azimuth at the first, and distance, of each pair of (lat, lon)"""
    # All digits and no exponent, whose E would be read as east.
    lines = "".join(" ".join(format(Decimal(repr(x)), "f") for x in (*a, *b)) + "\n" for a, b in pairs)
    # -p 6: to a micrometre and 1e-11 degrees
    run = subprocess.run(["GeodSolve", "-i", "-p", "6"], input=lines, capture_output=True, text=True, check=False)
    answers = [line.split() for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(answers) != len(pairs) or any(len(answer) < 3 for answer in answers):
        sys.exit(f"GeodSolve failed: {run.stderr.strip() or run.stdout.strip()}")
    return [(float(azimuth) % 360, float(distance)) for azimuth, _, distance in (a[:3] for a in answers)]


def nearest(answers):
    return min(answers, key=lambda answer: answer[1])


def main():
    parser = argparse.ArgumentParser(description="Checks annotations with GeodSolve.")
    parser.add_argument("annotated")
    parser.add_argument("posts", nargs="?", help="the posts layer; without it only the feet are checked")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prefix", default="", help="what --prefix put before the names")
    parser.add_argument("--post-id", help="the field of the posts layer that holds the id")
    options = parser.parse_args()
    if not shutil.which("GeodSolve"):
        print("GeodSolve is not on the path: install geographiclib-tools", file=sys.stderr)
        return 2

    by_id = post_ids(read(options.posts), options.post_id) if options.posts else {}

    def name(member):
        return options.prefix + member

    # What has no position, or names neither post nor route, has nothing to check.
    located = [
        (number, feature)
        for number, feature in enumerate(read(options.annotated), 1)
        if positions(feature.get("geometry"))
        and any((feature.get("properties") or {}).get(name(m)) is not None
                for m in ("post_distance_m", "route_distance_m"))
    ]
    drawn = random.Random(options.seed).sample(located, min(options.count, len(located)))
    drawn.sort(key=lambda pair: pair[0])

    findings, checks = [], 0

    def compare(who, member, found, expected, tolerance, unit):
        nonlocal checks
        checks += 1
        off = abs(found - expected)
        if unit == "degrees":
            off = min(off % 360, -off % 360)
        # not (<=) and not (>): a number that is none must not pass
        if not off <= tolerance:
            findings.append(f"{who}: {name(member)} is {found}, GeodSolve has {expected} {unit}, off by {off:.3g}")

    for number, feature in drawn:
        near = {member: feature["properties"].get(name(member)) for member in MEMBERS}
        who = f"feature {number} (id {json.dumps(feature.get('id'))})"
        places = positions(feature["geometry"])
        if options.posts and near["post_distance_m"] is not None:
            at = by_id.get(json.dumps(near["post_id"]))
            if at is None:
                findings.append(f"{who}: {name('post_id')} {json.dumps(near['post_id'])} names no post, or several")
            else:
                azimuth, distance = nearest(geodsolve([(at, place) for place in places]))
                compare(who, "post_distance_m", near["post_distance_m"], distance, DISTANCE_M, "m")
                bearing = near["post_bearing_deg"]
                if bearing is None:
                    if distance > 1.1e-3:
                        findings.append(f"{who}: {name('post_bearing_deg')} is missing at {distance} m")
                elif not 0 <= bearing < 360:
                    findings.append(f"{who}: {name('post_bearing_deg')} {bearing} is not in 0 <= x < 360")
                else:
                    # Coordinates are good to some nanometres, which is an angle near by.
                    tolerance = BEARING_DEG + (math.degrees(1e-8 / distance) if distance < NEAR_M else 0.0)
                    compare(who, "post_bearing_deg", bearing, azimuth, tolerance, "degrees")
        if near["route_distance_m"] is not None:
            lon, lat = near["route_foot_lon"], near["route_foot_lat"]
            if lon is None or lat is None:
                findings.append(f"{who}: {name('route_foot_lon')} or {name('route_foot_lat')} is missing")
                continue
            _, distance = nearest(geodsolve([((lat, lon), place) for place in places]))
            compare(who, "route_distance_m", near["route_distance_m"], distance, DISTANCE_M, "m")

    for finding in findings:
        print(finding)
    print(f"{len(drawn)} of {len(located)} located features, {checks} values compared, {len(findings)} finding(s)")
    if findings:
        return 1
    return 0 if checks else 2


if __name__ == "__main__":
    sys.exit(main())
