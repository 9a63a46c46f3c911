#!/usr/bin/env python3
"""Checks the figures of a bulletin against annotated incidents, by plain counting.

    bulletin.py BULLETIN.json ANNOTATED.geojson

BULLETIN is what `patrol bulletin --format json` wrote, ANNOTATED what `patrol annotate` wrote of the same layers. Totals, every
table, changes, places and what is told apart are counted again: by post and route the certain from `post_certain` and
`route_certain`, the possible from the candidates' shares. In which corridor and on which side a whole region is an annotation
does not say: those tables are held against positions, sums and `corridor_share`. One line for each finding, a summary, exit 1
on a mismatch.
`--self-test` changes each number of a right bulletin by one and holds that each change is found.
"""
import copy
import datetime
import json
import math
import statistics
import sys
import zoneinfo

PLACE = ["route_id", "route_chainage_m", "route_distance_m", "route_side", "post_id", "post_distance_m", "post_bearing_deg"]
TABLES = ["corridor", "route", "post", "type", "side", "hour", "status"]

# How the reasons begin for which a described region can't be built.
UNKNOWN = ("no post has the id", "no route has the id", "the geometry is the reference point of a region")


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
    # A route without a corridor is one under its id.
    own = properties.get("corridor") or str(properties.get("route_id"))
    return own if own in lies_in else (lies_in or [None])[0]


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
    """Which row of a table an incident belongs to, as (row, key); None where its region leaves that open."""
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
        if table not in ("post", "route") or properties.get(f"{table}_certain") is False:
            return None
        certain = (properties.get(f"{table}_candidates") or [{}])[0]
        key = certain.get(f"{table}_id")
    else:
        key = {"corridor": corridor(properties), "route": properties.get("route_id"), "post": properties.get("post_id"),
               "side": properties.get("route_side")}[table]
    return ("none", None) if key is None else ("value", str(key))


ORDER = ["value", "none", "undecided", "not_located"]


def place_in_order(row):
    kind, key = row
    return ORDER.index(kind), key or ""


def largest_remainder(parts, total):
    """Whole numbers in proportion to the parts that add up to the total."""
    whole = sum(parts)
    exact = [part / whole * total if whole else total / len(parts) for part in parts]
    floors = [math.floor(part + 1e-9) for part in exact]
    behind = sorted(range(len(parts)), key=lambda at: floors[at] - exact[at])
    for at in behind[:total - sum(floors)]:
        floors[at] += 1
    return floors


def table_of(table, current, zone):
    """The rows of a table: (row, key) to incidents, possible, killed and wounded. Of a corridor or a side only the certain ones."""
    rows, shares, undecided = {}, {}, 0
    def add(row, *more):
        rows[row] = [sum(pair) for pair in zip(rows.get(row, [0, 0, 0]), more)]
        shares.setdefault(row, 0.0)
    for incident in current:
        row = row_of(table, incident, zone)
        persons_of = (incident["killed"] or 0, incident["wounded"] or 0)
        if row is not None:
            add(row, 1, *persons_of)
        elif table in ("post", "route"):
            undecided += 1
            add(("undecided", None), 0, *persons_of)
            candidates = incident["properties"][f"{table}_candidates"]
            whole = sum(one["share"] for one in candidates)
            for one in candidates:
                row = ("value", str(one[f"{table}_id"]))
                add(row, 0, 0, 0)
                shares[row] += one["share"] / whole if whole else 1 / len(candidates)
    order = sorted(rows, key=place_in_order)
    tenths = largest_remainder([shares[row] for row in order], 10 * undecided) if undecided else [0] * len(order)
    return {row: (rows[row][0], possible / 10, *rows[row][1:]) for row, possible in zip(order, tenths)}


def regions_in(table, found, certain, regions):
    """Whether the rows of a table are those of positions and, besides, of these regions; what is wrong, or None."""
    rest = {row: [a - b for a, b in zip(counts, certain.get(row, (0, 0, 0, 0)))] for row, counts in found.items()}
    if certain.keys() - found.keys() or any(number < 0 for numbers in rest.values() for number in numbers):
        return "fewer than at positions"
    sums = [sum(numbers[figure] for numbers in rest.values()) for figure in range(4)]
    expected = [len(regions), 0, *(sum(i[name] or 0 for i in regions) for name in ("killed", "wounded"))]
    if sums != expected:
        return f"of regions {sums}, counted {expected}"
    if table == "corridor":
        share = [i["properties"].get("corridor_share") or 0 for i in regions]
        values = sum(numbers[0] for (row, _), numbers in rest.items() if row == "value")
        none = sum(numbers[0] for (row, _), numbers in rest.items() if row == "none")
        if values > sum(one > 0.98 for one in share) or none > sum(one < 0.02 for one in share):
            return f"{values} wholly in a corridor, {none} in none: shares {share}"
    return None


def periods_before(period, zone):
    """The 28 periods before, the last of them first."""
    start, end = (datetime.datetime.fromisoformat(period[name]).astimezone(datetime.timezone.utc) for name in ("from", "to"))
    for back in range(1, 29):
        if period["day"]:
            first, last = (start, start)
            day = datetime.date.fromisoformat(period["day"]) if back == 1 else day
            # A zone may have left a day out.
            while first == last:
                day -= datetime.timedelta(days=1)
                first, last = (midnight(day + datetime.timedelta(days=more), zone) for more in (0, 1))
            yield first, last
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
        "data": {"read": len(incidents), "rejected": 0, "before": sum(i["is"] == "before" for i in timed),
                 "in_period": len(current), "after": sum(i["is"] == "after" for i in timed),
                 "doubtful": sum(i["span"] is not None for i in untimed),
                 "without_time": sum(blank(i["properties"].get("time")) for i in untimed),
                 "unreadable_time": sum(not i["span"] and not blank(i["properties"].get("time")) for i in untimed)},
        "totals": {"incidents": len(current), "located": len(places), "uncertain": len(current) - len(places) - len(lost),
                   "not_located": len(lost),
                   "region_unknown": sum(i["properties"]["location_warning"].removeprefix("not located: ").startswith(UNKNOWN)
                                         for i in lost),
                   "killed": total("killed"), "wounded": total("wounded"),
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
        said[f"tables.{table}"] = table_of(table, current, zone)
    regions = [i for i in current if is_region(i["properties"])]
    for table in ("corridor", "side") if regions else ():
        wrong = regions_in(table, rows_of(bulletin, table), said[f"tables.{table}"], regions)
        said[f"tables.{table}"] = wrong or rows_of(bulletin, table)
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


def rows_of(bulletin, table):
    figures = ("incidents", "possible", "killed", "wounded")
    return {(row["row"], row["key"]): tuple(row[name] for name in figures) for row in bulletin["tables"][table]}


def claims(bulletin):
    """The same of what the bulletin says."""
    ids = lambda rows: [row["id"] for row in rows]
    said = {"period.hours": bulletin["period"]["hours"], "data": bulletin["data"], "totals": bulletin["totals"],
            "open_before": bulletin["open_before"], "far.ids": ids(bulletin["far"]["incidents"]),
            "change.periods_in_data": bulletin["change"]["periods_in_data"]}
    for name in ("places", "without_time", "not_located", "uncertain"):
        said[f"{name}.ids"] = ids(bulletin[name])
    for table in TABLES:
        said[f"tables.{table}"] = rows_of(bulletin, table)
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
