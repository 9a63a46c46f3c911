"""What one does with a page of `patrol map`, held against the program's own answers and GeographicLib's."""

import base64
import csv
import datetime
import io
import json
import pathlib
import random
import re
import subprocess
import tempfile
import time

from map_driver import centre_of, is_quiet, is_quiet_after, text_of

HERE = pathlib.Path(__file__).resolve().parent.parent
DEMO = HERE / "data" / "karabakh-2020"
PAGE = HERE / "src" / "report" / "map" / "page"
ENTER, ESCAPE, TAB, DOWN, END, RIGHT, LEFT = "\ue007", "\ue00c", "\ue004", "\ue015", "\ue010", "\ue014", "\ue012"
BAKU = datetime.timezone(datetime.timedelta(hours=4))


def log(path):
    """Sixty incidents of six days, every other one described, one without a time."""
    features = []
    start = datetime.datetime(2021, 3, 1, 0, 30, tzinfo=BAKU)
    for i in range(60):
        when = start + datetime.timedelta(hours=2.4 * i)
        properties = {"time": when.isoformat(), "type": ["shelling", "small-arms fire", "\u0642\u0635\u0641"][i % 3],
                      "status": ["open", "settled"][i // 2 % 2], "name": f"place {i}", "=note": "=1+1", "note": f"a,\"b\"\n{i}"}
        point = {"type": "Point", "coordinates": [46.5 + 0.01 * i, 39.6 + 0.008 * i]}
        if i % 2:
            properties |= {"observer_post": f"OP-{1 + i % 20:02}", "bearing": ["N", "NE", "WSW"][i % 3], "distance_m": "2km..9km"}
            point = None
        if i == 58:
            del properties["time"]
        if i == 56:
            properties["time"] = "2021-03-04"
        features.append({"type": "Feature", "id": f"L-{i:02}", "properties": properties, "geometry": point})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return features


def day_of(feature):
    text = feature["properties"].get("time")
    return text and text[:10]


def set_value(driver, css, value, event="input"):
    driver.js("const e=document.querySelector(arguments[0]);e.value=arguments[1];e.dispatchEvent(new Event(arguments[2],{bubbles:true}))",
              css, value, event)


def search(driver, text):
    set_value(driver, "#query", text)
    driver.click("#search button")


def open_facet(driver, name):
    driver.click(f"[data-facet={name}] summary")
    driver.until(f"document.querySelector('[data-facet={name}] input[type=checkbox]')")


def shown_of(driver):
    """How many incidents the page says are shown, and how many symbols the map has."""
    text = text_of(driver, "#shown")
    symbols = driver.js("return [...document.querySelectorAll('#layer-incidents .it')].filter(e=>!e.classList.contains('late')).length")
    count = int(re.match(r"(\d+) of 60 incidents", text).group(1))
    assert symbols == count, (symbols, text)
    return count


def rows_of(driver):
    return driver.js("return [...document.querySelectorAll('#body tr:not(.gap)')].map(r=>[...r.cells].map(c=>c.textContent))")


def details(driver, patrol, page, features, path):
    """Certainty first, and the candidates that an annotation has, with shares that add up."""
    annotated = subprocess.run(
        [patrol, "annotate", "--posts", DEMO / "posts.geojson", "--routes", DEMO / "routes.geojson", "--incidents", path,
         "--zone", "Asia/Baku", "--output", "-", "--output-format", "geojson", "--quiet", "--allow-incomplete"], check=True, capture_output=True, text=True).stdout
    told = {one["id"]: one["properties"] for one in json.loads(annotated)["features"]}
    for feature in features[1:40:6]:
        search(driver, feature["id"])
        expected = told[feature["id"]]["post_candidates"]
        lead = text_of(driver, "#lead")
        assert "somewhere within its region" in lead and feature["properties"]["type"] in lead, lead
        lists = driver.js("return [...document.querySelectorAll('.candidates')].map(l=>[...l.children].map(i=>[i.querySelector('button').textContent,i.querySelector('.percent').textContent]))")
        assert [name for name, _ in lists[0]] == [one["post_id"] for one in expected][:8], (lists[0], expected)
        shares = [share for _, share in lists[0]]
        if len(expected) == 1:
            assert shares == ["certain"]
        elif all(re.fullmatch(r"\d+ %", share) for share in shares) and len(expected) <= 8:
            assert sum(int(share[:-2]) for share in shares) == 100, shares
        narrow = driver.js("return Math.min(...[...document.querySelectorAll('#answers dd,#fields dd')].map(e=>e.getBoundingClientRect().width))")
        assert narrow > 100, f"a value is {narrow} px wide"
    search(driver, "L-00")
    assert "Exact position" in text_of(driver, "#lead") and "km" in text_of(driver, "#answers")
    is_quiet(driver, page)


def filters(driver, features):
    """Map, counts, table and histogram follow; everything by buttons and keys."""
    dated = [feature for feature in features if day_of(feature)]
    none = len(features) - len(dated)
    search(driver, "L-25")
    driver.click("#day")
    day = day_of(features[25])
    of_day = sum(day_of(feature) == day for feature in dated) + none
    assert shown_of(driver) == of_day, (text_of(driver, "#shown"), of_day)
    assert "without a time, always shown" in text_of(driver, "#shown")
    assert day in text_of(driver, "#chips") and f"{of_day} shown" in text_of(driver, "#layers")
    # The next day holds an incident of which the date alone is known.
    driver.click("#later")
    following = str(datetime.date.fromisoformat(day) + datetime.timedelta(1))
    assert shown_of(driver) == sum(day_of(feature) == following for feature in dated) + none
    driver.click("#earlier")
    assert shown_of(driver) == of_day
    driver.click("#unfilter")
    assert driver.js("return document.getElementById('filters').hidden")
    # Handles by the keyboard.
    driver.js("document.getElementById('from').focus()")
    driver.keys(*[RIGHT] * 30)
    after = shown_of(driver)
    assert 0 < after < 60 and "From" in text_of(driver, "#chips")
    driver.keys(*[LEFT] * 30)
    assert driver.js("return document.getElementById('filters').hidden")
    # A drag over the middle of the histogram.
    x, y, w = driver.js("const b=document.getElementById('histogram').getBoundingClientRect();return [b.x,b.y+b.height/2,b.width]")
    driver.drag((x + w * 0.4, y), (x + w * 0.6, y))
    assert 8 <= shown_of(driver) <= 20, text_of(driver, "#shown")
    lit = driver.js("return [document.getElementById('bars-shown'),document.getElementById('bars-all')].map(p=>p.getAttribute('d').split('M').length)")
    assert lit[0] < lit[1], lit
    driver.click("#all-times")
    # Values; together they narrow.
    for name in ("type", "status"):
        open_facet(driver, name)
    for name, value in (("type", "shelling"), ("status", "open")):
        driver.js("[...document.querySelectorAll(`[data-facet=${arguments[0]}] label`)].find(l=>l.children[1].textContent===arguments[1]).querySelector('input').click()", name, value)
    assert shown_of(driver) == sum(f["properties"]["type"] == "shelling" and f["properties"]["status"] == "open" for f in features)
    set_value(driver, "#contains", "PLACE 12")
    driver.until("document.querySelectorAll('.chip').length===3")
    assert shown_of(driver) == 1, text_of(driver, "#shown")
    assert driver.js("return document.querySelectorAll('.chip').length") == 3
    # A chip takes its own away.
    driver.click(".chip:last-child")
    assert driver.js("return document.querySelectorAll('.chip').length") == 2
    driver.click("#unfilter")
    # A post holds what may be nearest to it, too.
    open_facet(driver, "post")
    driver.click("[data-facet=post] input[type=checkbox]")
    many = int(driver.js("return document.querySelector('[data-facet=post] .count').textContent"))
    assert shown_of(driver) == many
    driver.click("#unfilter")
    open_facet(driver, "corridor")
    driver.click("[data-facet=corridor] .values label:last-child input")
    assert 0 < shown_of(driver) < 60
    driver.click("#unfilter")
    is_quiet_after(driver)


def table(driver, features):
    """Rows and map are one choice; every column sorts; keys move and choose."""
    driver.click("#show-table")
    assert driver.js("return document.getElementById('grid').getAttribute('aria-rowcount')") == "61"
    for column in range(driver.js("return document.querySelectorAll('#head th').length")):
        for order in ("ascending", "descending"):
            driver.click(f"#head th:nth-child({column + 1}) button")
            assert driver.js("return document.querySelectorAll('#head th')[arguments[0]].getAttribute('aria-sort')", column) == order
    driver.click("#head th:nth-child(1) button")
    driver.js("document.getElementById('rows').scrollTop=0")
    time.sleep(0.2)
    assert [row[0] for row in rows_of(driver)][:3] == ["L-00", "L-01", "L-02"]
    driver.click("#body tr:nth-child(2)")
    assert "L-01" in text_of(driver, "#what")
    driver.keys(DOWN, DOWN, ENTER)
    assert "L-03" in text_of(driver, "#what"), text_of(driver, "#what")
    assert driver.js("return document.querySelector('[aria-selected=true]').cells[0].textContent") == "L-03"
    driver.keys(END, ENTER)
    assert "L-59" in text_of(driver, "#what")
    # The map's choice is the table's.
    driver.click("#whole")
    driver.js("document.querySelector('#layer-incidents .it[data-n=\"7\"]').focus()")
    driver.keys(ENTER)
    time.sleep(0.2)
    assert driver.js("return document.querySelector('[aria-selected=true]').cells[0].textContent") == "L-07"
    # And so is the filter.
    driver.click("#day")
    day = day_of(features[7])
    ids = {row[0] for row in rows_of(driver)}
    assert ids == {f["id"] for f in features if day_of(f) in (day, None)}, ids
    driver.click("#unfilter")
    driver.click("#close-table")
    is_quiet_after(driver)


def copies(driver, features):
    """Where there is no clipboard a box has the text, chosen."""
    driver.js("Object.defineProperty(navigator,'clipboard',{value:{writeText:()=>Promise.reject(new Error())}})")
    driver.click("#show-table")
    set_value(driver, "#contains", "settled")
    driver.until("document.querySelector('.chip')")
    settled = [f for f in features if f["properties"]["status"] == "settled"]
    for kind in ("geojson", "csv"):
        driver.click(f"#copy-{kind}")
        text = driver.js("const t=document.getElementById('copy-text');return t.value.slice(t.selectionStart,t.selectionEnd)")
        if kind == "geojson":
            found = json.loads(text)["features"]
            for one, of in zip(found, settled, strict=True):
                assert one["id"] == of["id"] and one["properties"]["note"] == of["properties"]["note"]
                assert (one["geometry"] is None) == (of["geometry"] is None), one
                if of["geometry"]:
                    assert all(abs(a - b) < 1e-6 for a, b in zip(one["geometry"]["coordinates"], of["geometry"]["coordinates"])), one
        else:
            found = list(csv.DictReader(io.StringIO(text)))
            assert [one["id"] for one in found] == [of["id"] for of in settled]
            # As the program writes tables: texts are as they are.
            assert found[0]["=note"] == "=1+1" and found[0]["note"] == settled[0]["properties"]["note"]
        driver.click("#close-copy")
    driver.click("#unfilter")
    driver.click("#close-table")
    is_quiet_after(driver)


def searches(driver):
    """Coordinates and references in each form; the read-out over the marker says the same."""
    same = ["40.05 46.81", "40.05, 46.81", "40,05 46,81", "40.05N 46.81E", "N40.05 E46.81", "46.81E 40.05N", "40\u00b003.0'N 46\u00b048.6'E",
            "40 03 00 N 46 48 36 E", "40\u00b003\u203200\u2033 N, 46\u00b048\u203236\u2033 E", "40 03 46 48.6"]
    for text in same:
        search(driver, text)
        assert "40.05000\u00b0N 46.81000\u00b0E" in text_of(driver, "#answers"), (text, text_of(driver, "#answers"))
        x, y = driver.js("const b=document.getElementById('pin').getBoundingClientRect();return [b.x+b.width/2,b.y+b.height]")
        driver.hover(x, y)
        time.sleep(0.1)
        lat, lon = map(float, re.findall(r"[\d.]+", text_of(driver, "#degrees")))
        assert abs(lat - 40.05) < 0.002 and abs(lon - 46.81) < 0.002, (text, lat, lon)
    search(driver, "-33.5 -70.25")
    assert "33.50000\u00b0S 70.25000\u00b0W" in text_of(driver, "#answers") and "outside this map" in text_of(driver, "#answers")
    for text in ("95 46", "40.05 46.81 3", "40 61 46 10", "99QQQ"):
        search(driver, text)
        assert text_of(driver, "#what") == "Nothing found", text
    # The references of GeographicLib, both ways, the poles too.
    random.seed(5)
    places = [(random.uniform(-90, 90), random.uniform(-180, 180)) for _ in range(60)]
    places += [(random.choice((-1, 1)) * random.uniform(80, 90), random.uniform(-180, 180)) for _ in range(20)]
    places += [(60.0, 4.0), (73.0, 8.0), (73.0, 33.2), (40.068059, 46.807759), (0.0, 0.0), (84.0, 10.0), (-80.0, 3.0)]
    places = [(round(lat, 5), round(lon, 5)) for lat, lon in places]
    text = "\n".join(f"{lat} {lon}" for lat, lon in places)
    references = subprocess.run(["GeoConvert", "-m", "-p", "0"], input=text, check=True, capture_output=True, text=True).stdout.split()
    read = lambda: text_of(driver, "#answers")
    for (lat, lon), reference in zip(places, references, strict=True):
        search(driver, f"{lat} {lon}")
        assert reference in read().replace(" ", ""), (lat, lon, reference, read())
        search(driver, reference)
        found = re.search(r"([\d.]+)\u00b0([NS]) ([\d.]+)\u00b0([EW])", read())
        back = float(found[1]) * (1 if found[2] == "N" else -1), float(found[3]) * (1 if found[4] == "E" else -1)
        metres = subprocess.run(["GeodSolve", "-i"], input=f"{lat} {lon} {back[0]} {back[1]}", check=True, capture_output=True, text=True).stdout
        assert float(metres.split()[2]) < 2, (lat, lon, reference, back)
    is_quiet_after(driver)


def geodesics(driver, patrol, page):
    """The script's geodesics against the program's, to 1 mm, antipodes too; and a measured way."""
    source = (PAGE / "geodesic.js").read_text()
    lines = [line.lstrip() for line in source.splitlines() if not line.lstrip().startswith("//")]
    assert "\n".join(lines) in pathlib.Path(page).read_text(), "the page has another script"
    random.seed(11)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        feature = lambda i, at: {"type": "Feature", "id": i, "properties": {}, "geometry": {"type": "Point", "coordinates": at}}
        collection = lambda features: json.dumps({"type": "FeatureCollection", "features": features})
        for post in ([46.8, 40.07], [-179.999, -16.5], [12.5, 89.9], [0.0, 0.0]):
            others = [[random.uniform(-180, 180), random.uniform(-90, 90)] for _ in range(150)]
            others += [[post[0] + random.uniform(-1, 1) * 10 ** -e, post[1] + random.uniform(-1, 1) * 10 ** -e] for e in range(1, 7)]
            antipode = [post[0] - 180 if post[0] > 0 else post[0] + 180, -post[1]]
            others += [[antipode[0] + random.uniform(-0.6, 0.6), max(-90, min(90, antipode[1] + random.uniform(-0.6, 0.6)))] for _ in range(60)]
            others = [[(lon + 180) % 360 - 180, max(-90, min(90, lat))] for lon, lat in others] + [post, antipode]
            (folder / "posts.geojson").write_text(collection([feature("P", post)]))
            (folder / "incidents.geojson").write_text(collection([feature(i, at) for i, at in enumerate(others)]))
            answer = subprocess.run([patrol, "annotate", "--posts", folder / "posts.geojson", "--incidents", folder / "incidents.geojson",
                                     "--zone", "Asia/Baku", "--output", "-", "--output-format", "geojson", "--quiet"], check=True, capture_output=True, text=True).stdout
            expected = [one["properties"]["post_distance_m"] for one in json.loads(answer)["features"]]
            found = driver.js("const data={projection:['azimuthal',0,0],corner:[0,0],mpp:1};const [from,all]=arguments;" + source
                              + "return all.map(to=>inverse(from,to).metres)", post, others)
            worst = max(abs(a - b) for a, b in zip(found, expected, strict=True))
            assert worst < 1e-3, f"{worst} m"
    driver.open(page)
    driver.click("#measure")
    points, (x, y) = [], centre_of(driver, "#map")
    for dx, dy in ((-150, -80), (120, 60), (40, -120)):
        driver.hover(x + dx, y + dy)
        time.sleep(0.1)
        points.append([float(n) for n in re.findall(r"[\d.]+", text_of(driver, "#degrees"))])
        driver.click_at(x + dx, y + dy)
    text = "\n".join(" ".join(map(str, a + b)) for a, b in zip(points, points[1:]))
    legs = [float(line.split()[2]) for line in subprocess.run(["GeodSolve", "-i"], input=text, check=True, capture_output=True, text=True).stdout.splitlines()]
    said = driver.js("return +document.getElementById('sum').dataset.metres")
    assert abs(said - sum(legs)) < 6, (said, legs)
    assert f"{round(said):,} m" == text_of(driver, "#sum")
    driver.click("#undo")
    assert abs(driver.js("return +document.getElementById('sum').dataset.metres") - legs[0]) < 3
    # By the keyboard: the middle of the map is the point.
    driver.js("document.getElementById('map').focus()")
    driver.keys(ENTER)
    assert driver.js("return document.querySelectorAll('#measured circle').length") == 3
    driver.keys(ESCAPE)
    assert driver.js("return document.getElementById('measuring').hidden")
    is_quiet(driver, page)


def links(driver, page):
    """A link restores the view, the layers, the time and the grid, and has no value of a field."""
    driver.open(page)
    search(driver, "L-25")
    driver.click("#day")
    driver.click("[data-layer=marks]")
    set_value(driver, "#grid-kind", "mgrs", "change")
    assert "PK" in text_of(driver, "#layer-graticule") or "PJ" in text_of(driver, "#layer-graticule"), text_of(driver, "#layer-graticule")
    driver.click("#in")
    time.sleep(0.2)
    state = ("return [document.getElementById('shown').textContent,document.getElementById('layer-marks').classList.contains('hide'),"
             "document.getElementById('grid-kind').value,document.getElementById('map').getAttribute('viewBox').split(' ').map(Number)]")
    before = driver.js(state)
    driver.click("#link")
    fragment = driver.js("return location.hash")
    assert set(re.findall(r"(\w+)=", fragment)) == {"at", "mpp", "off", "from", "to", "grid"}, fragment
    driver.open(page, fragment)
    after = driver.js(state)
    assert after[:3] == before[:3], (before, after)
    assert all(abs(a - b) < 0.02 * before[3][2] for a, b in zip(after[3], before[3])), (before, after)
    # A fragment of another kind is ignored.
    driver.open(page, "#at=<script>&mpp=-1&off=%00")
    assert driver.js("return document.getElementById('filters').hidden")
    is_quiet(driver, page)


def layout(driver, page):
    """The map fills its pane with the area; a phone needs no scrolling to the side; paper is one sheet."""
    for width, height in ((1280, 800), (1920, 1080), (390, 844)):
        driver.window(width, height, width < 700)
        driver.open(page)
        pane, map_box = (driver.js("const b=document.querySelector(arguments[0]).getBoundingClientRect();return [b.width,b.height]", css) for css in ("#pane", "#map"))
        assert pane == map_box and pane[1] > 0.55 * height, (pane, map_box)
        data = driver.js("const d=JSON.parse(document.getElementById('data').textContent);return [d.area,d.bounds]")
        x, y, w, h = driver.js("return document.getElementById('map').getAttribute('viewBox').split(' ').map(Number)")
        (left, top, right, bottom), bounds = data
        assert x <= left and y <= top and x + w >= right and y + h >= bottom, "the area is cut"
        assert bounds[0] <= x and bounds[1] <= y and bounds[2] >= x + w and bounds[3] >= y + h, "the view is not filled"
        assert max((right - left) / w, (bottom - top) / h) > 0.7, "the area is small"
        for css in ("#show-table", "#measure"):
            driver.click(css)
        wide = driver.js("return document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px on a screen of {width}"
    driver.cdp("Emulation.clearDeviceMetricsOverride")
    driver.open(page)
    for landscape in (True, False):
        pdf = driver.cdp("Page.printToPDF", landscape=landscape, preferCSSPageSize=False, paperWidth=8.27, paperHeight=11.69)["data"]
        sheets = len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(pdf)))
        assert sheets == 1 or not landscape, f"{sheets} sheets"


def accessible(driver, page, axe):
    """Nothing that axe-core calls serious or critical, in both themes, on both screens, with everything open."""
    for width, height in ((1280, 860), (390, 844)):
        driver.window(width, height, width < 700)
        for theme in ("light", "dark"):
            driver.open(page)
            if theme == "dark":
                driver.click("#theme")
            search(driver, "L-25")
            driver.click("#day")
            driver.click("#show-table")
            driver.click("#measure")
            driver.js("document.querySelectorAll('.facet').forEach(f=>{f.open=true})")
            time.sleep(0.3)
            driver.js(axe + ";window.axe=axe")
            found = driver.wait_for("const r=await axe.run(document,{runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']});"
                                    "return r.violations.map(v=>[v.impact,v.id,v.nodes.slice(0,3).map(n=>n.html.slice(0,160)),v.nodes.length])")
            grave = [one for one in found if one[0] in ("serious", "critical")]
            assert not grave, f"{theme}, {width} px: {json.dumps(grave, indent=1)}"
    driver.cdp("Emulation.clearDeviceMetricsOverride")


def keyboard(driver, page):
    """Tab comes to every tool, none is a trap, and what has the focus is to be seen."""
    driver.open(page)
    driver.js("document.getElementById('show-table').click();document.querySelectorAll('[data-layer]').forEach(b=>b.checked&&b.dataset.layer!=='graticule'&&b.click())")
    driver.js("document.activeElement.blur()")
    seen = set()
    for _ in range(90):
        driver.keys(TAB)
        name, area = driver.js("const e=document.activeElement,b=e.getBoundingClientRect();return [e.id||e.tagName,b.width*b.height]")
        seen.add(name)
        assert area > 0 or name == "BODY", name
    wanted = {"query", "show-table", "measure", "link", "theme", "map", "in", "out", "whole", "copy-csv", "from", "to", "day", "later", "contains", "grid-kind"}
    assert wanted <= seen, wanted - seen


def check(driver, patrol, folder, axe):
    """All of it, on the demonstration set with a log of sixty."""
    path, page = folder / "log.geojson", folder / "tools.html"
    features = log(path)
    subprocess.run([patrol, "map", "--posts", DEMO / "posts.geojson", "--routes", DEMO / "routes.geojson", "--incidents", path,
                    "--zone", "Asia/Baku", "--title", "\u0646\u0642\u0634\u0647 map", "--output", page], check=True)
    driver.open(page)
    details(driver, patrol, page, features, path)
    filters(driver, features)
    table(driver, features)
    copies(driver, features)
    searches(driver)
    geodesics(driver, patrol, page)
    links(driver, page)
    layout(driver, page)
    keyboard(driver, page)
    accessible(driver, page, axe)
