#!/usr/bin/env python3
"""Checks what people read of a bulletin against its JSON: every number of a sentence, a list, a table and a chart.

    bulletin_page.py BULLETIN.json BULLETIN.md BULLETIN.html [--self-test]

All three are what `patrol bulletin` wrote of one period in English, with the words of the ceasefire. The texts of each section are
made again from the JSON, rounded by decimal arithmetic; the page of HTML must say the same lines, and its bars, calendar and strips
are measured. One line for each finding, a summary, exit 1 on a mismatch. `--self-test` changes numbers of the Markdown and
lengths of the charts one by one, all or 400 spread evenly, and holds that each change is found.
"""
import decimal
import html
import html.parser
import json
import re
import sys
from datetime import date, timedelta

MONTHS = ("January February March April May June July August September October November December").split()
WORDS = "no one two three four five six seven eight nine ten".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TABLES = {"corridor": ("By corridor", "in no corridor"), "route": ("By nearest route", "no route"),
          "post": ("By nearest post", "no post"), "type": ("By type", "no type given"),
          "side": ("By side of the nearest route", "no route"), "hour": ("By hour of the day", "no hour"),
          "weekday": ("By day of the week", "no day"), "status": ("By status", "no status given")}
# Sections whose numbers are those of other lines, or of the data's own texts.
OTHERS = {"Positions to check", "Without a usable position or time", "Could not be read", "Liaison", "Still open"}


def rounded(number, decimals=0):
    exact = decimal.Decimal(repr(number))
    return str(exact.quantize(decimal.Decimal(1).scaleb(-decimals), decimal.ROUND_HALF_UP))


def shortest(number):
    return re.sub(r"\.?0+$", "", rounded(number, 2)) if "." in rounded(number, 2) else rounded(number)


def distance(metres):
    return f"{rounded(metres)} m" if metres < 999.5 else f"{rounded(metres / 1000, 1)} km"


def word(count):
    return WORDS[count] if count <= 10 else str(count)


def some(count, one, more):
    return f"{word(count)} {one if count == 1 else more}"


def day_of(text):
    return date.fromisoformat(text[:10])


def long_date(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clock(text):
    rest = text[11:]
    return rest[:8] if rest[5:8] != ":00" else rest[:5]


def persons(one):
    killed, wounded = one["killed"] or 0, one["wounded"] or 0
    parts = []
    if killed:
        parts.append(f"{some(killed, 'person was', 'people were')} killed")
    if wounded:
        parts.append(f"{some(wounded, 'person was', 'people were')} wounded")
    return " and ".join(parts)


class Expected:
    """The lines of each section, by the JSON."""

    def __init__(self, figures):
        self.figures = figures
        self.period = figures["period"]
        self.is_day = self.period["kind"] == "day"
        self.clocks = [place["time"][19:] for place in figures["places"] + figures["uncertain"] if "T" in place["time"]]

    def sentences(self):
        totals, service, change = (self.figures[name] for name in ("totals", "service", "change"))
        yield some(totals["incidents"], "violation was recorded", "violations were recorded") if totals["incidents"] else "no violation"
        if persons(totals):
            yield persons(totals)
        yield f"watched from {some(service['posts'], 'post', 'posts')}"
        yield f"{some(service['routes'], 'route', 'routes')} in {some(service['corridors'], 'corridor', 'corridors')}"
        now = change["incidents"]
        if now["before"] is not None:
            yield f"before had {some(now['before'], 'violation', 'violations') if now['before'] else 'no violation'}."
            if now["usual"] == "too_few_periods":
                yield f"which takes {change['least_periods']}."
            else:
                yield (f"had a median of {shortest(now['median'])}, and the middle half of them {shortest(now['lower_quartile'])} to "
                       f"{shortest(now['upper_quartile'])}. This is {dict(more='unusually many', fewer='unusually few', usual='within what is usual')[now['usual']]}")
            yield f"{'one' if change['periods_in_data'] == 1 else change['periods_in_data']} {self.period['kind'].replace('between', 'period')}{'s' if change['periods_in_data'] > 1 else ''} before"
        if totals["uncertain"]:
            yield f"{word(totals['uncertain'])} {'has' if totals['uncertain'] == 1 else 'have'} an uncertain position"

    def time(self, text):
        if "T" not in text:
            return "hour not told" if self.is_day else long_date(day_of(text))
        return clock(text) if self.is_day else f"{long_date(day_of(text))}, {clock(text)}"

    def facts(self, one):
        parts = [one["type"]] if one["type"] else []
        if "form" in one:
            area = one["area_km2"]
            size = f"{rounded(area * 1e6)} m²" if area < 0.05 else f"{rounded(area, 1)} km²"
            parts.append(size)
            for kind in ("posts", "routes"):
                for item in one[kind]:
                    parts.append(distances(item, len(one[kind]) == 1))
        else:
            if one["route_id"] is not None:
                off = distance(one["route_distance_m"])
                parts.append(f"{one['route_id']} km {rounded(one['route_chainage_m'] / 1000, 1)}, {off} {one['route_side']}")
            if one["post_id"] is not None:
                parts.append(f"{distance(one['post_distance_m'])} on {int(rounded(one['post_bearing_deg'])) % 360:03d} from {one['post_id']}")
        if persons(one):
            parts.append(persons(one))
        return parts

    def table(self, name):
        """Rows of numbers by their keys."""
        rows = self.figures["tables"][name]
        has_possible = any(row["possible"] for row in rows)
        told = self.figures["casualties_told"]
        for row in rows:
            cells = [str(row["incidents"])] + ([f"{row['possible']:.1f}"] if has_possible else [])
            yield self.key(name, row), cells + [str(row[n]) for n in ("killed", "wounded") if told[n]]
        sums = [str(sum(row["incidents"] for row in rows))] + ([f"{sum(row['possible'] for row in rows):.1f}"] if has_possible else [])
        yield "Total", sums + [str(sum(row[n] for row in rows)) for n in ("killed", "wounded") if told[n]]

    @staticmethod
    def key(name, row):
        if row["row"] != "value":
            return {"none": TABLES[name][1], "undecided": "undecided", "not_located": "without a position"}[row["row"]]
        key = row["key"]
        if name == "hour":
            return f"{key}:00"
        if name == "weekday":
            return WEEKDAYS[int(key) - 1]
        if name == "side" and key == "on":
            return "on the route"
        return f"{key} ({row['name']})" if row["name"] else key


def distances(item, is_certain):
    least, most = distance(item["min_distance_m"]), distance(item["max_distance_m"])
    span = least if least == most else f"{least} to {most}"
    share = item["share"]
    if is_certain:
        return f"certainly {item['id']}, {span} away"
    # By the largest remainder, so that all add up to 100.
    percent = int(100 * share + 1e-9)
    return f"{item['id']} (", f"{span} away)", percent


class Markdown:
    """Sections of Markdown by their headings, each a list of lines."""

    def __init__(self, text):
        self.sections, heading, self.order = {"": []}, "", []
        for line in text.split("\n"):
            line = re.sub(r"\\(.)", r"\1", line.strip().replace("\\|", "\u0001")).replace("\u2068", "").replace("\u2069", "")
            found = re.match(r"(#+) (.*)", line)
            if found:
                if len(found[1]) < 3:
                    heading = found[2]
                self.sections.setdefault(heading, [])
                self.order.append(found[2])
                if len(found[1]) == 3:
                    self.sections[heading].append("### " + found[2])
            elif line:
                self.sections[heading].append(line)

    def rows(self, heading):
        """Cells of the tables of a section, by the table's first cell."""
        rows = []
        for line in self.sections.get(heading, []):
            if line.startswith("| ") and not line.startswith("|---"):
                rows.append([cell.strip().replace("\u0001", "|") for cell in line.strip("|").split(" | ")])
        return rows


class Page(html.parser.HTMLParser):
    """The lines that a page of HTML says, and its pictures."""

    def __init__(self, text):
        super().__init__()
        self.lines, self.line, self.cells, self.figures, self.heading = [], None, None, [], ""
        self.depth = 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "svg":
            self.depth += 1
            self.figures.append((self.heading, []))
        if self.depth:
            if tag == "text":
                self.figures[-1][1].append((tag, attributes, ""))
            elif tag != "svg":
                self.figures[-1][1].append((tag, attributes, None))
            return
        if tag in ("h1", "h2", "h3", "p", "li"):
            self.line = ""
        elif tag == "tr":
            self.cells = []
        elif tag in ("td", "th"):
            self.line = ""

    def handle_endtag(self, tag):
        if tag == "svg":
            self.depth -= 1
        if self.depth or tag == "svg":
            return
        if tag in ("td", "th") and self.cells is not None:
            self.cells.append(self.line.strip())
            self.line = None
        elif tag == "tr":
            self.lines.append("| " + " | ".join(self.cells))
        elif tag in ("h1", "h2", "h3", "p", "li"):
            if tag in ("h2", "h3"):
                self.heading = self.line.strip()
            self.lines.append(self.line.strip())
            self.line = None

    def handle_data(self, data):
        if self.depth:
            marks = self.figures[-1][1]
            if marks and marks[-1][0] == "text":
                marks[-1] = ("text", marks[-1][1], marks[-1][2] + data)
        elif self.line is not None:
            self.line += data


def spoken(markdown):
    """The lines of Markdown as a page says them."""
    for line in markdown.split("\n"):
        line = re.sub(r"\\(.)", r"\1", line.strip().replace("\\|", "\u0001")).replace("\u2068", "").replace("\u2069", "")
        if not line or line.startswith("|---"):
            continue
        line = re.sub(r"^(#+|-) ", "", line).strip("*")
        if line.startswith("| "):
            line = line.rstrip("|").rstrip()
        yield line.replace("\u0001", "|")


def check_markdown(figures, text):
    page, expected = Markdown(text), Expected(figures)
    lead = " ".join(page.sections[""] + next((page.sections[h] for h in page.sections if h.startswith("Bulletin ")), []))
    for said in expected.sentences():
        if said not in lead:
            yield f"the sentences do not say {said!r}"
    numbers = re.findall(r"\d+(?:\.\d+)?", re.sub(r"“.*?”", "", lead))
    known = set(re.findall(r"\d+(?:\.\d+)?", " ".join(expected.sentences()))) | set(re.findall(r"\d+", " ".join(
        str(v) for v in (figures["period"], figures["head"], figures["data"], figures["rejected"], figures["without_time"],
                                       sum(figures["data"][n] for n in ("without_time", "unreadable_time"))))))
    known |= {str(figures["totals"][n]) for n in ("uncertain", "not_located", "region_unknown")}
    known |= {rounded(figures["period"]["hours"])} | {str(int(n)) for n in known if n.isdigit()}
    known |= {str((day_of(figures["period"]["to"]) - timedelta(days=1)).day)}
    yield from (f"the sentences say {n}, which the JSON has not" for n in numbers if n not in known)

    first, last = day_of(figures["period"]["from"]), day_of(figures["period"]["to"]) - timedelta(days=1)
    title = next(heading for heading in page.order if heading.startswith("Bulletin "))
    named = {"day": long_date(first), "month": f"{MONTHS[first.month - 1]} {first.year}", "week": f"{long_date(first)} to {long_date(last)}"}
    named_in_lead = {"week": f"From {long_date(first)} to the end of {long_date(last)} (", "month": f"In {MONTHS[first.month - 1]} {first.year} ("}
    if named_in_lead.get(figures["period"]["kind"], "") not in lead:
        yield "the days of the first sentence"
    undated = figures["data"]["without_time"] + figures["data"]["unreadable_time"]
    if undated and some(undated, "incident could not be dated", "incidents could not be dated") not in lead:
        yield "how many could not be dated"
    if figures["period"]["kind"] == "between":
        ends = [figures["period"][end] for end in ("from", "to")]
        if all(end[11:19] == "00:00:00" for end in ends):
            named["between"] = f"{long_date(first)} to {long_date(last)}"
        elif title != "Bulletin from " + " to ".join(f"{long_date(day_of(end))}, {clock(end)}" for end in ends):
            yield f"the title {title!r}"
    if figures["period"]["kind"] == "day" and f"In the {shortest(figures['period']['hours'])} hours of {long_date(first)} (" not in lead:
        yield "the hours and the day of the first sentence"
    if figures["period"]["kind"] in named and title.split(", to date")[0] != f"Bulletin of {named[figures['period']['kind']]}":
        yield f"the title {title!r}"
    places = page.sections.get("Incidents", [])
    for place in figures["places"]:
        start = f"- {place['id']}, {expected.time(place['time'])}"
        line = next((line for line in places if line.startswith(start)), None)
        if line is None:
            yield f"Incidents: no line begins with {start!r}"
            continue
        yield from missing(f"Incidents, {place['id']}", line, expected.facts(place), place)
    for one in figures["uncertain"]:
        start = f"- {one['id']}, {expected.time(one['time'])}"
        line = next((line for line in page.sections.get("Uncertain positions", []) if line.startswith(start)), None)
        if line is None:
            yield f"Uncertain positions: no line begins with {start!r}"
            continue
        yield from missing(f"Uncertain positions, {one['id']}", line, expected.facts(one), one)
    if figures["uncertain"]:
        count = re.match(r"(One|\d+)", page.sections["Uncertain positions"][0])[1]
        if count not in (str(len(figures["uncertain"])), "One"):
            yield f"Uncertain positions: {count} of {len(figures['uncertain'])}"

    for name, (heading, _) in TABLES.items():
        rows = page.rows(heading)
        if not rows:
            continue
        found = {row[0]: row[1:] for row in rows[1:]}
        wanted = dict(expected.table(name))
        if found != wanted:
            yield f"{heading}: {[k for k in set(found) | set(wanted) if found.get(k) != wanted.get(k)]}"
    yield from check_trend(figures, page, expected)

    without = " ".join(page.sections.get("Without an incident", []))
    for kind, names in figures["without_incident"].items():
        if names:
            count = "one" if len(names) == 1 else str(len(names))
            thing = {"corridors": "corridor", "routes": "route", "posts": "post"}[kind] + ("s" if len(names) > 1 else "")
            if f"{count} {thing}: {', '.join(names)}." not in without:
                yield f"Without an incident: {kind}"
    if "Along the routes" in page.sections and not page.sections["Along the routes"][0].endswith("posts within 5 km."):
        yield "Along the routes: its sentence"
    for strip in figures["strips"]:
        line = next((line for line in page.sections.get("Along the routes", []) if line.startswith(f"{rounded(strip['length_m'] / 1000, 1)} km long;")
                     and all(f"{one['id']} at km {rounded(one['chainage_m'] / 1000, 1)}" in line for one in strip["incidents"])), None)
        total = rounded(strip["length_m"] / 1000, 1)
        if line is None:
            if any(line.endswith(strip["route_id"]) or f"{strip['route_id']} (" in line for line in page.sections.get("Along the routes", [])):
                yield f"Along the routes: {strip['route_id']} of {total} km"
            continue
        said = [float(km) for km in re.findall(r" at km ([\d.]+),", line)]
        if said != [float(rounded(one["chainage_m"] / 1000, 1)) for one in strip["incidents"]]:
            yield f"Along the routes: the incidents of {strip['route_id']}"
        for from_m, to_m in strip["gaps"] or []:
            if f"km {rounded(from_m / 1000, 1)} to {rounded(to_m / 1000, 1)}" not in line:
                yield f"Along the routes: a gap of {strip['route_id']}"
    far = page.sections.get("Far from any post", [])
    for one in figures["far"]["incidents"]:
        if f"- {one['id']}: {distance(one['post_distance_m'])} from {one['post_id']}, the nearest" not in far:
            yield f"Far from any post: {one['id']}"
    if far and (f"farther than {shortest(figures['far']['limit_m'] / 1000)} km" not in far[0]
                or not far[0].startswith(f"{len(figures['far']['incidents'])} " if len(figures["far"]["incidents"]) > 1 else "One ")):
        yield "Far from any post: its sentence"
    data, service = figures["data"], figures["service"]
    without_time = data["doubtful"] + data["without_time"] + data["unreadable_time"]
    line = f"{data['in_period']} in the period, {data['before']} before it, {data['after']} after it, {without_time} without a usable time."
    if line not in page.sections["The data"][0]:
        yield "The data: its sentence"
    for member, told in figures["casualties_told"].items():
        untold = figures["totals"][f"{member}_not_told"]
        said = f"{'One incident does' if untold == 1 else f'{untold} incidents do'} not say how many were {member}."
        if told and untold and said not in " ".join(page.sections["The data"]):
            yield f"The data: not {said!r}"
    read = data["read"] - data["rejected"]
    if read > 1 and not page.sections["The data"][0].startswith(f"{read} incidents"):
        yield "The data: how many were read"
    in_service = f"{some(service['posts'], 'post', 'posts')}, {some(service['routes'], 'route', 'routes')}, {some(service['corridors'], 'corridor', 'corridors')}."
    if in_service not in page.sections["In service"][0]:
        yield "In service: its sentence"


def missing(where, line, facts, one):
    """What a line lacks, and numbers in it that nothing explains."""
    rest = re.sub(r"“.*”", "", line)
    rest = rest.replace(f"- {one['id']},", "", 1)
    rest = re.sub(r"^ (\d+ \w+ \d{4}, )?(\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d)?|hour not told|\d+ \w+ \d{4})", "", rest)
    for fact in facts:
        if isinstance(fact, tuple):
            start, end, percent = fact
            shares = [f"{n} %" for n in (percent, percent + 1)] + (["under 1 %"] if percent == 0 else []) + (["over 99 %"] if percent >= 99 else [])
            fact = next((f"{start}{share}, {end}" for share in shares if f"{start}{share}, {end}" in rest), start + "...")
        if fact not in rest:
            yield f"{where}: no {fact!r} in {line!r}"
        rest = rest.replace(fact, "", 1)
    rest = re.sub(r"doubtful: .*", "", rest)
    if re.search(r"\d", rest):
        yield f"{where}: {rest!r} is not of the JSON"


def check_trend(figures, page, expected):
    told = [n for n in ("killed", "wounded") if figures["casualties_told"][n]]
    rows = page.rows("Trend")
    change, weeks, days = figures["change"], figures["weeks"], figures["days"]
    for name in ["incidents", *told]:
        one = change[name]
        if one["before"] is None:
            continue
        cells = [shortest(one["now"]), shortest(one["before"]), signed(one["difference"]), *(shortest(one[n]) for n in ("median", "lower_quartile", "upper_quartile"))]
        row = next((row for row in rows if row[0] == name.capitalize()), None)
        if row is None or row[1:] != cells:
            yield f"Trend: {name} {row} {cells}"
    text = " ".join(page.sections.get("Trend", []))
    if "exact Poisson interval" in text:
        # Of four decimals in the JSON, which the page does not round again.
        ends = [sorted({rounded(n + off, 1) for off in (-5e-5, 5e-5)}) for n in change["incidents"]["poisson_95"]]
        low, high = (next((end for end in both if end in text), both[0]) for both in ends)
        asked = change["periods_asked"]
        in_data = "one" if change["periods_in_data"] == 1 else change["periods_in_data"]
        now = change["incidents"]["now"]
        for said in (f"a mean of {low} to {high} gives", f"the {asked} periods before, of which the data have {in_data}.",
                     f"{some(now, 'violation', 'violations') if now else 'no violation'} would be"):
            if said not in text:
                yield f"Trend: not {said!r}"
        if "95 %" not in text:
            yield "Trend: the level of the interval"
    for week in weeks:
        begin = day_of(week["from"])
        row = next((row for row in rows if row[0].startswith(long_date(begin))), None)
        if row is None and any(row[0] == "Week from" for row in rows):
            yield f"By week: no row of {begin}"
        elif row and row[1:] != [str(week[n]) for n in ["incidents", *told]]:
            yield f"By week: {row}"
    heads = [row for row in rows if row[0] == "Day"]
    if heads:
        for n, day in enumerate(days):
            at = day_of(day["day"])
            row = next((row for row in rows if row[0] == f"{at.day} {MONTHS[at.month - 1][:3]}"), None)
            counts = [str(one["incidents"][n]) for one in figures["corridor_days"]] if len(heads[0]) > 2 + len(told) else []
            if row is None or row[1:] != [str(day["incidents"]), *counts, *(str(day[m]) for m in told)]:
                yield f"By day: {at} {row}"
        totals = next(row for row in rows if row[0] == "Total")
        counts = [str(sum(one["incidents"])) for one in figures["corridor_days"]] if len(heads[0]) > 2 + len(told) else []
        if totals[1:] != [str(sum(day["incidents"] for day in days)), *counts, *(str(sum(day[m] for day in days)) for m in told)]:
            yield f"By day: {totals}"
    if len(rows) and sum(row[0] == "Figure" for row in rows) > 1:
        yield "Trend: two tables of changes"


def signed(number):
    text = shortest(abs(number))
    return "0" if number == 0 else ("+" if number > 0 else "\u2212") + text


def check_html(markdown, text, figures):
    page = Page(text)
    said = [line for line in page.lines if line and line not in ("In numbers",)]
    wanted = list(spoken(markdown))
    # The text of a strip is the text alternative of its picture.
    alternatives = set(re.findall(r'aria-label="([^"]*)"', text))
    unescaped = {html.unescape(one) for one in alternatives}
    lines = set(said)
    for line in wanted:
        if line not in lines and line not in unescaped:
            yield f"HTML does not say {line!r}"
    for line in said:
        if line not in set(wanted) and not re.match(r"\d+ more$|[Oo]ne more$|(\d+ incidents lie|One incident lies) outside the map", line):
            yield f"HTML alone says {line!r}"
    yield from check_charts(page, figures)


def number_of(mark, name):
    return float(mark[1][name])


def check_charts(page, figures):
    """Bars as long as their counts, days with their counts, incidents at their kilometres."""
    for heading, marks in page.figures:
        bars = [mark for mark in marks if mark[0] == "rect"]
        texts = [mark[2] for mark in marks if mark[0] == "text"]
        values = None
        if heading == "By hour of the day":
            counts = {row["key"]: row["incidents"] for row in figures["tables"]["hour"] if row["row"] == "value"}
            values = [counts.get(f"{hour:02d}", 0) for hour in range(24)]
        elif heading == "By day of the week":
            counts = {row["key"]: row["incidents"] for row in figures["tables"]["weekday"] if row["row"] == "value"}
            first = [name.lower() for name in WEEKDAYS].index(figures["week_start"])
            values = [counts.get(str((first + n) % 7 + 1), 0) for n in range(7)]
        elif heading == "By week":
            values = [week["incidents"] for week in figures["weeks"]]
        if values is not None:
            seen = [value for value in values if value]
            if len(bars) != len(seen):
                yield f"{heading}: {len(bars)} bars for {len(seen)} counts"
                continue
            scale = max((number_of(bar, "height") for bar in bars), default=1) / max(seen, default=1)
            for bar, value in zip(bars, seen):
                if abs(number_of(bar, "height") - scale * value) > 0.011:
                    yield f"{heading}: a bar of {bar[1]['height']} for {value}"
            pitch = 640 / len(values)
            where = [round(((number_of(bar, "x") + number_of(bar, "width") / 2) / pitch) - 0.5, 3) for bar in bars]
            if where != [n for n, value in enumerate(values) if value]:
                yield f"{heading}: bars at {where}"
            shown = [text for text in texts if text.isdigit()]
            if heading != "By hour of the day" and not set(map(str, seen)) <= set(shown):
                yield f"{heading}: the counts above the bars"
        elif heading == "By day":
            if len(bars) != len(figures["days"]):
                yield f"By day: {len(bars)} cells"
            most = max(day["incidents"] for day in figures["days"]) or 1
            counts = iter([text.split()[0] for text in texts if text[:1].isdigit()])
            for cell, day in zip(bars, figures["days"]):
                opacity = 0 if day["incidents"] == 0 else 0.15 + 0.75 * day["incidents"] / most
                if abs(float(cell[1]["fill-opacity"]) - opacity) > 0.0051:
                    yield f"By day: the shade of {day['day']}"
                if next(counts) != str(day_of(day["day"]).day) or (day["incidents"] and next(counts) != str(day["incidents"])):
                    yield f"By day: the numbers of {day['day']}"
        else:
            strip = next((strip for strip in figures["strips"] if heading in (strip["route_id"], f"{strip['route_id']} ({strip['name']})")), None)
            if strip is None:
                continue
            circles = sorted(number_of(mark, "cx") for mark in marks if mark[0] == "circle")
            scale = (640 - 48) / strip["length_m"]
            wanted = sorted(24 + scale * one["chainage_m"] for one in strip["incidents"])
            if len(circles) != len(wanted) or any(abs(a - b) > 0.006 for a, b in zip(circles, wanted)):
                yield f"{heading}: circles at {circles}"


def changed(text):
    """The text with each number of it changed by one, but those in quotations and names."""
    skipped = [m.span() for m in re.finditer(r"“[^”\n]*”|doubtful: [^\n]*|\([^()\n]*\)(?= \|)", text)]
    for found in re.finditer(r"(?<![\w.:-])\d+(?:\.\d+)?(?![\w:-])", text):
        if any(a <= found.start() < b for a, b in skipped):
            continue
        old = found[0]
        step = decimal.Decimal(1).scaleb(-len(old.split(".")[1])) if "." in old else 1
        yield text[:found.start()] + str(decimal.Decimal(old) + 2 * step) + text[found.end():], text[max(0, found.start() - 60):found.end() + 20]


def spread(changes, most=400):
    """All, or so many of them spread evenly."""
    changes = list(changes)
    return changes[:: max(1, -(-len(changes) // most))]


def main():
    arguments = [one for one in sys.argv[1:] if one != "--self-test"]
    figures = json.load(open(arguments[0], encoding="utf-8"))
    markdown, page = (open(path, encoding="utf-8").read() for path in arguments[1:])
    findings = [*check_markdown(figures, markdown), *check_html(markdown, page, figures)]
    for finding in findings[:20]:
        print(finding)
    numbers = len(re.findall(r"\d+(?:\.\d+)?", markdown))
    print(f"{arguments[1]}: {numbers} numbers, {len(findings)} findings")
    if "--self-test" in sys.argv and not findings:
        tried = missed = 0
        for text, around in spread(changed(markdown)):
            section = re.findall(r"^#+ (.*)$", text[:text.index(around[-10:]) if around[-10:] in text else 0], re.M)
            if section and section[-1] in OTHERS:
                continue
            tried += 1
            if not any(True for _ in check_markdown(figures, text)):
                missed += 1
                print(f"not found: a change near {around!r}")
        for found in spread(re.finditer(r'<(?:rect|circle)[^>]*? (?:height|cx)="([\d.]+)"', page)):
            if float(found[1]) == 32:
                continue
            tried += 1
            text = page[:found.start(1)] + str(float(found[1]) + 3) + page[found.end(1):]
            if not any(True for _ in check_charts(Page(text), figures)):
                missed += 1
                print(f"not found: a change of {found[0]!r}")
        print(f"{tried} changes, {missed} not found")
        findings += ["not found"] * missed
    sys.exit(bool(findings))


main()
