#!/usr/bin/env python3
"""Checks the figures of a bulletin against annotated incidents, by plain counting.

    bulletin.py BULLETIN.json ANNOTATED.geojson

BULLETIN is what `patrol bulletin --format json` wrote, ANNOTATED what `patrol annotate` wrote of the same layers. Totals, every
table, changes, places and what is told apart are counted again. One line for each finding, a summary, exit 1 on a mismatch.
`--self-test` changes each number of a right bulletin by one and holds that each change is found.
"""
import copy
import datetime
import json
import statistics
import sys
import zoneinfo
from collections import Counter

PLACE = ["route_id", "route_chainage_m", "route_distance_m", "route_side", "post_id", "post_distance_m", "post_bearing_deg"]
TABLES = ["corridor", "route", "post", "type", "side", "hour", "status"]


def zone_of(name):
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return datetime.datetime.fromisoformat("2000-01-01T00:00:00" + name).tzinfo


def midnight(day, zone):
    return datetime.datetime.combine(day, datetime.time(), zone).astimezone(datetime.timezone.utc)


def span_of(properties, zone):
    """The first instant at which it can have been and the end of those: of an exact time twice that, of a date its day."""
    text = properties.get("time")
    if not isinstance(text, str):
        return None
    try:
        if ":" not in text:
            day = datetime.date.fromisoformat(text.strip())
            return midnight(day, zone), midnight(day + datetime.timedelta(days=1), zone)
        time = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    time = time if time.tzinfo else time.replace(tzinfo=zone)
    return (time.astimezone(datetime.timezone.utc),) * 2


def relation(span, start, end):
    """Whether a span is `before`, `within` or `after` a half-open period; None where a part of it is."""
    first, last = span
    if first >= end:
        return "after"
    if last < start or first < last == start:
        return "before"
    return "within" if first >= start and last <= end else None


def persons(properties, name):
    try:
        count = float(properties.get(name))
    except (TypeError, ValueError):
        return None
    return int(count) if count >= 0 and count == int(count) else None


def blank(text):
    return text is None or str(text).strip() == ""


def corridor(properties):
    lies_in = properties.get("corridors") or []
    return properties.get("corridor") if properties.get("corridor") in lies_in else (lies_in or [None])[0]


def is_region(properties):
    """True for a location with an uncertainty: a position in degrees, minutes and seconds, or off by 0 m, is one like any other."""
    form, area = properties.get("location_form"), properties.get("location_area_km2")
    return form is not None and form != "position" and not (form == "circle" and area == 0)


def nearest_post_m(properties):
    """The distance to the nearest post; of an uncertain incident the smallest that it can be; 0 where there is none."""
    if is_region(properties):
        return min((one["min_distance_m"] for one in properties.get("post_candidates") or []), default=0)
    return properties.get("post_distance_m") or 0


def row_of(table, incident, zone):
    """Which row of a table an incident belongs to, as (row, key)."""
    properties, (first, last) = incident["properties"], incident["span"]
    if table == "hour":
        return ("value", f"{first.astimezone(zone).hour:02}") if first == last else ("none", None)
    if table in ("type", "status"):
        text = properties.get(table)
        if blank(text):
            return "none", None
        text = str(text).strip()
        known = text.lower() in ("new", "open", "settled")
        return "value", text.lower() if table == "status" and known else text
    if "location_warning" in properties:
        return "not_located", None
    if is_region(properties):
        return "uncertain", None
    key = {"corridor": corridor(properties), "route": properties.get("route_id"), "post": properties.get("post_id"),
           "side": properties.get("route_side")}[table]
    return ("none", None) if key is None else ("value", str(key))


def periods_before(period, zone):
    """The 28 periods before, the last of them first."""
    start, end = (datetime.datetime.fromisoformat(period[name]).astimezone(datetime.timezone.utc) for name in ("from", "to"))
    for back in range(1, 29):
        if period["day"]:
            day = datetime.date.fromisoformat(period["day"]) - datetime.timedelta(days=back)
            yield tuple(midnight(day + datetime.timedelta(days=more), zone) for more in (0, 1))
        else:
            yield start - back * (end - start), end - back * (end - start)


def recount(bulletin, features):
    """What the bulletin must say, as a dict of path to value."""
    zone = zone_of(bulletin["period"]["zone"])
    start, end = (datetime.datetime.fromisoformat(bulletin["period"][name]) for name in ("from", "to"))
    incidents = []
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") or {}
        own = feature.get("id") if feature.get("id") is not None else properties.get("id")
        incidents.append({"id": f"#{number}" if own is None else own, "properties": properties, "span": span_of(properties, zone),
                          "killed": persons(properties, "killed"), "wounded": persons(properties, "wounded")})
    for incident in incidents:
        incident["is"] = incident["span"] and relation(incident["span"], start, end)
    timed = sorted((i for i in incidents if i["span"]), key=lambda i: i["span"])
    current = [i for i in timed if i["is"] == "within"]
    untimed = [i for i in incidents if not i["is"]]
    places = [i for i in current if "location_warning" not in i["properties"] and not is_region(i["properties"])]
    lost = [i for i in current if "location_warning" in i["properties"]]
    total = lambda name, among=current: sum(i[name] or 0 for i in among)
    said = {
        "period.hours": (end - start).total_seconds() / 3600,
        "data": {"read": len(incidents), "before": sum(i["is"] == "before" for i in timed),
                 "in_period": len(current), "after": sum(i["is"] == "after" for i in timed), "without_time": len(untimed)},
        "totals": {"incidents": len(current), "located": len(places), "uncertain": len(current) - len(places) - len(lost),
                   "not_located": len(lost), "killed": total("killed"), "wounded": total("wounded"),
                   "killed_not_told": sum(i["killed"] is None for i in current),
                   "wounded_not_told": sum(i["wounded"] is None for i in current)},
        "places.ids": [i["id"] for i in places],
        "without_time.ids": [i["id"] for i in untimed],
        "not_located.ids": [i["id"] for i in incidents if "location_warning" in i["properties"] and i["is"] in ("within", None)],
        "uncertain.ids": [i["id"] for i in current if is_region(i["properties"])],
        "open_before": [i["id"] for i in incidents if i["is"] == "before"
                        and str(i["properties"].get("status") or "").strip().lower() in ("new", "open")],
    }
    for table in TABLES:
        counts = {name: Counter() for name in ("incidents", "killed", "wounded")}
        for incident in current:
            row = row_of(table, incident, zone)
            counts["incidents"][row] += 1
            counts["killed"][row] += incident["killed"] or 0
            counts["wounded"][row] += incident["wounded"] or 0
        said[f"tables.{table}"] = {row: tuple(counts[name][row] for name in counts) for row in counts["incidents"]}
    for place, incident in enumerate(places):
        said[f"places.{place}"] = {name: incident["properties"].get(name) for name in PLACE} | {
            "killed": incident["killed"], "wounded": incident["wounded"], "corridor": corridor(incident["properties"])}
    limit = bulletin["far"]["limit_m"]
    said["far.ids"] = [i["id"] for i in current if nearest_post_m(i["properties"]) > limit]
    reached = [period for period in periods_before(bulletin["period"], zone) if timed and period[1] > timed[0]["span"][0]]
    said["change.periods_in_data"] = len(reached)
    for figure in ("incidents", "killed", "wounded"):
        within = [[i for i in timed if relation(i["span"], since, until) == "within"] for since, until in reached]
        counts = [len(found) if figure == "incidents" else total(figure, found) for found in within]
        now, median = said["totals"][figure], statistics.median(counts) if counts else None
        said[f"change.{figure}"] = {"now": now, "before": counts[0] if counts else None,
                                    "difference": now - counts[0] if counts else None, "median": median,
                                    "difference_from_median": None if median is None else now - median}
    return said


def claims(bulletin):
    """The same of what the bulletin says."""
    ids = lambda rows: [row["id"] for row in rows]
    said = {"period.hours": bulletin["period"]["hours"], "data": bulletin["data"], "totals": bulletin["totals"],
            "open_before": bulletin["open_before"], "far.ids": ids(bulletin["far"]["incidents"]),
            "change.periods_in_data": bulletin["change"]["periods_in_data"]}
    for name in ("places", "without_time", "not_located", "uncertain"):
        said[f"{name}.ids"] = ids(bulletin[name])
    for table in TABLES:
        rows = bulletin["tables"][table]
        said[f"tables.{table}"] = {(row["row"], row["key"]): (row["incidents"], row["killed"], row["wounded"]) for row in rows}
    for place, row in enumerate(bulletin["places"]):
        said[f"places.{place}"] = {name: row[name] for name in PLACE + ["killed", "wounded", "corridor"]}
    for figure in ("incidents", "killed", "wounded"):
        said[f"change.{figure}"] = bulletin["change"][figure]
    return said


def findings(bulletin, features):
    expected, found = recount(bulletin, features), claims(bulletin)
    return [f"{name}: the bulletin says {found.get(name)}, counted {expected.get(name)}"
            for name in sorted(expected.keys() | found.keys()) if expected.get(name) != found.get(name)]


def numbers(value, path=()):
    """The paths of all numbers that are counted again."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, path + (key,))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from numbers(inner, path + (place,))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path


def self_test(bulletin, features):
    """How many numbers, each changed by one alone, are found to be wrong; the paths of the others."""
    parts = ("data", "totals", "change", "tables", "places")
    paths = [path for path in numbers(bulletin) if path[0] in parts]
    missed = []
    for path in paths:
        wrong = copy.deepcopy(bulletin)
        inner = wrong
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] += 1
        if not findings(wrong, features):
            missed.append(path)
    return len(paths), missed


def main(arguments):
    check_itself = "--self-test" in arguments
    paths = [argument for argument in arguments if not argument.startswith("--")]
    with open(paths[0], encoding="utf-8") as file:
        bulletin = json.load(file)
    with open(paths[1], encoding="utf-8") as file:
        features = json.load(file)["features"]
    wrong = findings(bulletin, features)
    for finding in wrong:
        print(finding)
    if wrong:
        return 1
    print(f"{len(recount(bulletin, features))} groups of figures hold, {bulletin['totals']['incidents']} incidents in the period")
    if check_itself:
        count, missed = self_test(bulletin, features)
        print(f"{count} numbers changed by one: {count - len(missed)} found")
        for path in missed:
            print("missed:", ".".join(map(str, path)))
        return 1 if missed or not count else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
