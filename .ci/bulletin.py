#!/usr/bin/env python3
"""Checks the figures of a bulletin against annotated incidents, by plain counting.

    bulletin.py BULLETIN.json ANNOTATED.geojson

BULLETIN is what `patrol bulletin --format json` wrote, ANNOTATED what `patrol annotate` wrote of the same layers. Totals, every
table, changes with their quartiles and Poisson intervals, days, weeks, strips, places and what is listed apart are counted again: by post and route the certain from `post_certain` and
`route_certain`, the possible from the candidates' shares. In which corridor and on which side a whole region is an annotation
does not say: those tables are held against positions, sums and `corridor_share`. One line for each finding, a summary, exit 1
on a mismatch.
`--self-test` changes numbers of a right bulletin by one, all or 300 spread evenly, and holds that each change is found.
"""
import copy
import datetime
import json
import math
import sys
import zoneinfo

PLACE = ["route_id", "route_chainage_m", "route_distance_m", "route_side", "post_id", "post_distance_m", "post_bearing_deg"]
TABLES = ["corridor", "route", "post", "type", "side", "hour", "weekday", "status"]

# The statuses that have a meaning, and those of them that are not done.
STATUSES = ("new", "open", "active", "ongoing", "pending", "settled", "resolved", "closed", "done")
OPEN = STATUSES[:5]

# Of fewer periods before nothing is usual.
LEAST_PERIODS = 8
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

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
    if table == "weekday":
        return "value", str(first.astimezone(zone).isoweekday())
    if table in ("type", "status"):
        text = properties.get(table)
        if blank(text):
            return "none", None
        text = str(text).strip()
        known = text.lower() in STATUSES
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


def utc(text):
    return datetime.datetime.fromisoformat(text).astimezone(datetime.timezone.utc)


def month_before(day):
    return (day - datetime.timedelta(days=1)).replace(day=1)


def month_after(day):
    return (day + datetime.timedelta(days=31)).replace(day=1)


def periods_before(period, zone):
    """The periods before, the last of them first, each with its first day where it is of days."""
    start, end = utc(period["from"]), utc(period["to"])
    day = start.astimezone(zone).date()
    for back in range(1, (13 if period["kind"] in ("week", "month") else 29)):
        if period["kind"] == "day":
            first, last = (start, start)
            # A zone may have left a day out.
            while first == last:
                day -= datetime.timedelta(days=1)
                first, last = (midnight(day + datetime.timedelta(days=more), zone) for more in (0, 1))
            yield first, last, day
        elif period["kind"] == "week":
            day -= datetime.timedelta(days=7)
            yield midnight(day, zone), midnight(day + datetime.timedelta(days=7), zone), day
        elif period["kind"] == "month":
            day = month_before(day)
            yield midnight(day, zone), midnight(month_after(day), zone), day
        else:
            yield start - back * (end - start), end - back * (end - start), None


def end_of_part(period, since, until, day, zone):
    """As much of a period before as has elapsed of this one."""
    if not period["to_date"] or day is None:
        return until
    at, first = utc(period["data_until"]).astimezone(zone), utc(period["from"]).astimezone(zone).date()
    day += at.date() - first
    local = datetime.datetime.combine(day, datetime.time(at.hour, at.minute), zone)
    return min(max(local.astimezone(datetime.timezone.utc), since), until)


def quantile(counts, share):
    """Type 7 of Hyndman and Fan: between the two neighbours in proportion."""
    counts = sorted(counts)
    at = share * (len(counts) - 1)
    low = math.floor(at)
    high = min(low + 1, len(counts) - 1)
    return counts[low] + (counts[high] - counts[low]) * (at - low)


def poisson_below(count, mean):
    """The probability of at most so many, summed in logarithms."""
    if mean == 0:
        return 1.0
    return math.fsum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(count + 1))


def poisson_95(count):
    """The means of which as many or more, and as many or fewer, have a probability of 2.5 %."""
    def mean(is_low):
        low, high = 0.0, count + 10 * math.sqrt(count) + 20
        for _ in range(100):
            middle = (low + high) / 2
            if is_low(middle):
                low = middle
            else:
                high = middle
        return (low + high) / 2
    lower = mean(lambda m: 1 - poisson_below(count - 1, m) < 0.025) if count else 0.0
    return lower, mean(lambda m: poisson_below(count, m) > 0.025)


def compared(now, counts):
    """What is said of a count beside those of the periods before, the last of them first."""
    said = dict.fromkeys(("before", "difference", "median", "difference_from_median", "lower_quartile", "upper_quartile", "least", "most"))
    said |= {"now": now, "usual": "too_few_periods"}
    if counts:
        low, median, high = (quantile(counts, share) for share in (0.25, 0.5, 0.75))
        said |= {"before": counts[0], "difference": now - counts[0], "median": median, "difference_from_median": now - median,
                 "lower_quartile": low, "upper_quartile": high, "least": min(counts), "most": max(counts)}
        if len(counts) >= LEAST_PERIODS:
            reach = 1.5 * (high - low)
            more, fewer = now > max(counts) and now > high + reach, now < min(counts) and now < low - reach
            said["usual"] = "more" if more else "fewer" if fewer else "usual"
    return said


def days_of(period, zone):
    """The days that the period has an instant of, as text; none of a single day and of more than 366."""
    start, end = utc(period["from"]), utc(period["to"])
    day, days = start.astimezone(zone).date(), []
    while midnight(day, zone) < end:
        if midnight(day, zone) < midnight(day + datetime.timedelta(days=1), zone):
            days.append(day.isoformat())
        day += datetime.timedelta(days=1)
    return days if 2 <= len(days) <= 366 else []


def weeks_of(bulletin, timed, zone, counted):
    """The weeks up to the end of the period, as (from, to, counts)."""
    period = bulletin["period"]
    start, end = utc(period["from"]), utc(period["to"])
    day = (end - datetime.timedelta(milliseconds=1)).astimezone(zone).date()
    day -= datetime.timedelta(days=(day.weekday() - WEEKDAYS.index(bulletin["week_start"])) % 7)
    weeks = []
    while timed:
        since, until = midnight(day, zone), midnight(day + datetime.timedelta(days=7), zone)
        if until <= timed[0]["span"][0] or len(weeks) >= 260 or len(weeks) >= 26 and until <= start:
            break
        until_cut = min(until, end)
        weeks.append((since, until_cut, counted(since, until, until_cut)))
        day -= datetime.timedelta(days=7)
    return weeks[::-1]


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
                        and str(i["properties"].get("status") or "").strip().lower() in OPEN],
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
    def counted(since, until, end):
        found = [i for i in timed if relation(i["span"], since, until) == "within" and i["span"][0] < end]
        return len(found), total("killed", found), total("wounded", found)

    period = bulletin["period"]
    reached = [(since, until, day) for since, until, day in periods_before(period, zone) if timed and until > timed[0]["span"][0]]
    parts = [(since, end_of_part(period, since, until, day, zone)) for since, until, day in reached]
    counts = [counted(since, until, part) for (since, until, _), (_, part) in zip(reached, parts)]
    said["change.periods"] = [(since, part, *count) for (since, part), count in zip(parts, counts)]
    said["change.periods_in_data"] = len(reached)
    for at, figure in enumerate(("incidents", "killed", "wounded")):
        now = said["totals"][figure]
        said[f"change.{figure}"] = compared(now, [count[at] for count in counts])
        said[f"poisson.{figure}"] = all(abs(a - b) < 2e-4 for a, b in zip(poisson_95(now), bulletin["change"][figure]["poisson_95"]))
    days = days_of(period, zone)
    day_of = lambda incident: incident["span"][0].astimezone(zone).date().isoformat()
    by_day = {day: [i for i in current if day_of(i) == day] for day in days}
    said["days"] = [(day, len(found), total("killed", found), total("wounded", found)) for day, found in by_day.items()]
    said["corridor_days.sums"] = [len(found) for found in by_day.values()]
    # What an annotation says of regions is the corridors' shares: their rows are held by the sums.
    fixed = [i for i in current if not is_region(i["properties"])]
    certain = {}
    for incident in fixed if days else ():
        row = certain.setdefault(row_of("corridor", incident, zone), [0] * len(days))
        row[days.index(day_of(incident))] += 1
    found = {(row["row"], row["key"]): row["incidents"] for row in bulletin["corridor_days"]}
    said["corridor_days"] = all(all(a <= b for a, b in zip(counts, found.get(row, [-1] * len(days)))) for row, counts in certain.items())
    if len(fixed) == len(current):
        said["corridor_days"] = found == certain
    said["weeks"] = weeks_of(bulletin, timed, zone, counted)
    near = {}
    for incident in places:
        properties = incident["properties"]
        if properties.get("route_id") is not None:
            near.setdefault(properties["route_id"], []).append(
                (incident["id"], properties["route_chainage_m"], properties["route_distance_m"], properties["route_side"]))
    said["strips"] = {route: sorted(found, key=lambda one: one[1]) for route, found in near.items()}
    with_incident = lambda table: {row["key"] for row in bulletin["tables"][table] if row["incidents"] or row["possible"]}
    said["without_incident"] = [len({*map(str, bulletin["without_incident"][name])} & with_incident(table)) for name, table in
                                (("corridors", "corridor"), ("routes", "route"), ("posts", "post"))]
    said["accounted"] = [bulletin["service"][name] for name in ("corridors", "routes", "posts")]
    said["casualties_told"] = {name: any(not blank(i["properties"].get(name)) for i in incidents) for name in ("killed", "wounded")}
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
        said[f"change.{figure}"] = {name: value for name, value in bulletin["change"][figure].items() if name != "poisson_95"}
        said[f"poisson.{figure}"] = True
    counts = lambda row: (row["incidents"], row["killed"], row["wounded"])
    said["change.periods"] = [(utc(row["from"]), utc(row["to"]), *counts(row)) for row in bulletin["change"]["periods"]]
    said["days"] = [(row["day"], *counts(row)) for row in bulletin["days"]]
    said["corridor_days.sums"] = [sum(column) for column in zip(*(row["incidents"] for row in bulletin["corridor_days"]))] or [0] * len(said["days"])
    said["corridor_days"] = True
    said["weeks"] = [(utc(row["from"]), utc(row["to"]), counts(row)) for row in bulletin["weeks"]]
    said["strips"] = {strip["route_id"]: [(one["id"], one["chainage_m"], one["distance_m"], one["side"]) for one in strip["incidents"]]
                      for strip in bulletin["strips"]}
    said["without_incident"] = [0, 0, 0]
    # Those in service are all in a row or among those without an incident.
    keys = lambda table: {row["key"] for row in bulletin["tables"][table] if row["row"] == "value"}
    said["accounted"] = [len(keys(table)) + len(bulletin["without_incident"][name]) for name, table in
                         (("corridors", "corridor"), ("routes", "route"), ("posts", "post"))]
    said["casualties_told"] = bulletin["casualties_told"]
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
    parts = ("data", "totals", "change", "tables", "places", "days", "corridor_days", "weeks")
    constant = ("periods_asked", "least_periods")
    paths = [path for path in numbers(bulletin) if path[0] in parts and path[-1] not in constant]
    # Of a month of hundreds of incidents so many of them, spread evenly.
    paths = paths[:: max(1, -(-len(paths) // 300))]
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
