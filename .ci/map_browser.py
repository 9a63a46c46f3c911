#!/usr/bin/env python3
"""Opens the pages of `patrol map` in headless Chromium by its WebDriver and holds them against what they promise.

    map_browser.py PATROL [--shots FOLDER] [--time PAGE...] [--axe FILE]

No request but the file, no message on the console, every switch, search, keyboard, clicks, hostile names; no name on another at
any zoom, as the browser measures them; and in `map_tools.py` what one does with a page: filters, table, places, measuring,
links, copies, axe-core.
"""

import argparse
import base64
import json
import math
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import time

import map_tools
from map_driver import Driver, centre_of, is_quiet, is_quiet_after, text_of

HERE = pathlib.Path(__file__).resolve().parent.parent
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \" ' & \u2028"


def demonstration(driver, page):
    driver.open(page)
    assert driver.js("return +document.documentElement.dataset.ready") > 0
    is_quiet(driver, page)
    count = lambda css: driver.js("return document.querySelectorAll(arguments[0]).length", css)
    assert count(".it[data-k=post]") == 27 and count(".it[data-k=route]") == 5
    assert count(".it[data-k=corridor]") == 4 and count("#layer-incidents .it") == 3
    assert count(".cp") >= 3 and count(".cr") >= 3 and count(".km") > 20
    # Each switch takes its layer away and gives it back.
    layers = driver.js("return [...document.querySelectorAll('[data-layer]')].map(e=>e.dataset.layer)")
    assert {"posts", "routes", "marks", "corridors", "gaps", "incidents", "connectors", "graticule"} <= set(layers), layers
    shown = "return getComputedStyle(document.getElementById('layer-'+arguments[0])).display!='none'"
    for layer in layers:
        for expected in (False, True):
            driver.click(f"[data-layer={layer}]")
            assert driver.js(shown, layer) is expected, layer
    # A click shows the fields.
    driver.click_at(*centre_of(driver, "#layer-incidents .it[data-n='0'] path"))
    assert "INC-1" in text_of(driver, "#what"), text_of(driver, "#what")
    answers = text_of(driver, "#answers")
    assert "1.67 km on 254\u00b0 from OP-21" in answers and "R4 km 33.4, 1.30 km left" in answers, answers
    lead = text_of(driver, "#lead")
    assert "Exact position" in lead and "small-arms fire" in lead and "one person wounded" in text_of(driver, "#fields"), lead
    # Zoom, move and choose by the keyboard alone.
    driver.js("document.getElementById('map').focus()")
    box = lambda: [float(n) for n in driver.js("return document.getElementById('map').getAttribute('viewBox')").split()]
    before = box()
    driver.keys("+")
    assert box()[2] < before[2]
    driver.keys("\ue014")
    assert box()[0] > before[0]
    driver.keys("0")
    assert all(abs(a - b) < 1e-6 for a, b in zip(box(), before)), (box(), before)
    driver.keys("-")
    assert box()[2] > before[2]
    driver.keys("0", "\ue00c")
    driver.js("document.querySelector('.it[data-k=post][data-n=\"4\"]').focus()")
    driver.keys("\ue007")
    post = driver.js("return JSON.parse(document.getElementById('data').textContent).post[4][0]")
    assert post in text_of(driver, "#what") and count("#chosen .ring") == 1
    # The search jumps there.
    driver.js("document.getElementById('query').value='op-07'")
    driver.click("#search button")
    assert "OP-07" in text_of(driver, "#what") and box()[2] < before[2] / 2
    driver.js("document.getElementById('query').value='nobody'")
    driver.click("#search button")
    assert text_of(driver, "#what") == "Nothing found"
    # Light and dark.
    paper = "return getComputedStyle(document.body).backgroundColor"
    light = driver.js(paper)
    driver.click("#theme")
    assert driver.js(paper) != light
    driver.click("#theme")
    assert driver.js(paper) == light
    # The wheel zooms.
    driver.click("#whole")
    driver.js("document.getElementById('map').dispatchEvent(new WheelEvent('wheel',{deltaY:-200,clientX:300,clientY:300,"
              "cancelable:true,bubbles:true}))")
    assert box()[2] < before[2]
    is_quiet_after(driver)


def hostile(driver, page):
    driver.open(page)
    is_quiet(driver, page)
    assert driver.js("return document.querySelectorAll('img').length") == 0
    assert driver.js("return document.scripts.length") == 2
    assert driver.js("return document.title") == " ".join(HOSTILE.replace("\u2028", " ").split()) or HOSTILE[:9] in driver.js("return document.title")
    for kind in ("post", "route", "incident"):
        driver.js("document.querySelector(`.it[data-k=${arguments[0]}]`).focus()", kind)
        driver.keys("\ue007")
        assert HOSTILE in text_of(driver, "#what"), (kind, text_of(driver, "#what"))
    fields = driver.js("return [...document.querySelectorAll('#fields dt,#fields dd')].map(e=>e.textContent)")
    assert fields.count(HOSTILE) == 2, fields
    assert driver.js("return document.querySelectorAll('#details img,#details script').length") == 0
    # The table, the values to choose and the text of the filter have it as text, too.
    driver.click("#show-table")
    assert driver.js("return document.querySelector('#body tr').cells[0].textContent") == HOSTILE
    driver.js("document.querySelectorAll('.facet').forEach(f=>{f.open=true})")
    time.sleep(0.2)
    driver.js("[...document.querySelectorAll('[data-facet=post] label')].find(l=>l.textContent.includes(arguments[0])).querySelector('input').click()", HOSTILE)
    assert HOSTILE in text_of(driver, "#chips")
    driver.js("document.getElementById('query').value=arguments[0]", HOSTILE)
    driver.click("#search button")
    assert driver.js("return document.querySelectorAll('img,script').length") == 2
    is_quiet_after(driver)
    # A script that gets in all the same does not run.
    driver.js("const s=document.createElement('script');s.textContent='window.bad=1';document.body.append(s)")
    assert driver.js("return window.bad===undefined")
    driver.log("browser")


# The corners of every name that is shown, as the browser has them, and the box that they must be in.
NAMES = """
const map = document.getElementById('map'), pane = map.getBoundingClientRect(), frame = document.querySelector('#frame path').getBBox();
const corners = (b, m) => [[b.x, b.y], [b.x + b.width, b.y], [b.x + b.width, b.y + b.height], [b.x, b.y + b.height]].map(([x, y]) => {
  const p = new DOMPoint(x, y).matrixTransform(m);
  return [p.x - pane.left, p.y - pane.top];
});
const texts = [...map.querySelectorAll('.lb,#layer-graticule text')].filter(text => text.getClientRects().length);
// As wide as the browser has them, and as high as a line of DejaVu Sans, whatever font is there.
const box = text => {
  const size = parseFloat(getComputedStyle(text).fontSize), {x, width} = text.getBBox();
  return {x, width, y: (+text.getAttribute('y') || 0) - .93 * size, height: 1.16 * size};
};
const whole = corners(frame, map.getScreenCTM());
return {
  names: texts.map(text => [text.textContent, corners(box(text), text.getScreenCTM())]),
  frame: [Math.max(0, whole[0][0]), Math.max(0, whole[0][1]), Math.min(pane.width, whole[2][0]), Math.min(pane.height, whole[2][1])],
};"""


def apart(a, b):
    """True if a side of one box has the other beyond it (but for a third of a pixel)."""
    for box, other in ((a, b), (b, a)):
        for (ax, ay), (bx, by) in zip(box, box[1:] + box[:1]):
            side = math.hypot(bx - ax, by - ay)
            if all((bx - ax) * (y - ay) - (by - ay) * (x - ax) <= 0.3 * side for x, y in other):
                return True
    return False


def names_apart(driver, page, least):
    """No name lies on another, is cut or is upside down, at four zooms."""
    driver.open(page)
    shown = 0
    for _ in range(4):
        time.sleep(0.3)
        found = driver.js(NAMES)
        left, top, right, bottom = found["frame"]
        for n, (name, corners) in enumerate(found["names"]):
            for other, box in found["names"][:n]:
                assert apart(corners, box), (name, other)
            for x, y in corners:
                assert left - 0.3 <= x <= right + 0.3 and top - 0.3 <= y <= bottom + 0.3, (name, corners)
            assert corners[1][0] - corners[0][0] > -0.01, (name, corners)
        shown += len(found["names"])
        driver.click("#in")
    assert shown > least, shown


def many(driver, page, count):
    driver.open(page)
    assert driver.js("return +document.documentElement.dataset.ready") > 0
    is_quiet(driver, page)
    assert driver.js("return document.getElementById('bins').dataset.mode") == "bins"
    data = "JSON.parse(document.getElementById('data').textContent)"
    assert driver.js(f"return {data}.incident.length") == count
    # A click on a hexagon lists its incidents; one of them shows its fields.
    driver.click_at(*driver.js(
        "const b=document.querySelector('#bins .b4').getBBox(),m=document.getElementById('map');"
        "const d=document.querySelector('#bins .b4').getAttribute('d').match(/M([\\d.-]+) ([\\d.-]+)/);"
        "const p=new DOMPoint(+d[1],+d[2]+4).matrixTransform(m.getScreenCTM());return [p.x,p.y]"))
    assert "in this hexagon" in text_of(driver, "#what"), text_of(driver, "#what")
    driver.click("#several button")
    assert "kind" in text_of(driver, "#lead .fact") and "km" in text_of(driver, "#answers")
    # Hexagons and table follow a filter.
    hexagons = "return [...document.getElementById('bins').children].map(p=>p.getAttribute('d').split('M').length-1)"
    driver.click("#whole")
    time.sleep(0.3)
    before = driver.js(hexagons)
    driver.click("[data-facet=type] summary")
    driver.until("document.querySelector('[data-facet=type] input')")
    driver.click("[data-facet=type] input")
    of_kind = driver.js("return document.querySelector('[data-facet=type] .count').textContent")
    assert text_of(driver, "#shown") == f"{of_kind} of {count:,} incidents" and of_kind in ("714", "715"), of_kind
    after = driver.js(hexagons)
    assert sum(after) < sum(before) and after[-1] < before[-1], (before, after)
    driver.click("#show-table")
    driver.js("document.getElementById('rows').scrollTop=1e7")
    time.sleep(0.2)
    rows = driver.js("return [...document.querySelectorAll('#body tr:not(.gap)')].map(r=>+r.getAttribute('aria-rowindex'))")
    assert len(rows) < 80 and rows[-1] == int(of_kind) + 1, rows
    driver.click("#close-table")
    driver.click("#unfilter")
    time.sleep(0.3)
    assert driver.js(hexagons) == before
    # Close by they are drawn one by one.
    driver.js("document.getElementById('query').value='77'")
    driver.click("#search button")
    driver.js("for(let i=0;i<30;i++)document.getElementById('in').click()")
    time.sleep(0.3)
    assert driver.js("return document.getElementById('bins').dataset.mode") == "single"
    is_quiet_after(driver)


def coast(driver, page):
    """Whoever zooms in beyond 1:1,000,000 reads that the coast is not to scale."""
    driver.open(page)
    state = ("const e=document.getElementById('land'),t=document.getElementById('coast');"
             "return [e.classList.contains('coarse'),getComputedStyle(t).display!=='none',+getComputedStyle(e).opacity<1]")
    assert driver.js(state) == [False] * 3, driver.js(state)
    driver.js("for(let i=0;i<6;i++)document.getElementById('in').click()")
    assert driver.js(state) == [True] * 3, driver.js(state)
    driver.click("#whole")
    assert driver.js(state) == [False] * 3, driver.js(state)
    is_quiet(driver, page)


def layers(folder):
    """The demonstration set, a hostile one, and one of many incidents."""
    point = lambda i, lon, lat, **properties: {"type": "Feature", "id": i, "properties": properties,
                                               "geometry": {"type": "Point", "coordinates": [lon, lat]}}
    line = {"type": "Feature", "id": HOSTILE, "properties": {"name": HOSTILE, "corridor": HOSTILE, "half_width_m": 900},
            "geometry": {"type": "LineString", "coordinates": [[46, 40], [46.2, 40.1]]}}
    sets = {"posts": [point(HOSTILE, 46.1, 40.1, name=HOSTILE)], "routes": [line],
            "incidents": [point(HOSTILE, 46.12, 40.02, **{HOSTILE: HOSTILE})]}
    for name, features in sets.items():
        (folder / f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    state, crowd = 1, []
    for i in range(5000):
        state = (state * 1103515245 + 12345) % 2**31
        x = state / 2**31
        state = (state * 1103515245 + 12345) % 2**31
        crowd.append(point(i, 46 + x * x, 40 + (state / 2**31) ** 3, type=f"kind {i % 7}"))
    names = ["\u067e\u0627\u0633\u06af\u0627\u0647", "\u0646\u0642\u0637\u0629 \u0627\u0644\u0645\u0631\u0627\u0642\u0628\u0629", "\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd", "\u5317\u4eac",
             "\u0421\u0435\u0432\u0430\u0441\u0442\u043e\u043f\u043e\u043b\u044c", "W" * 300]
    near = [point(f"{names[i % 6]} {i}", 46 + (i * 37 % 100) / 300, 40 + (i * 61 % 100) / 400) for i in range(120)]
    (folder / "scripts.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": near}))
    (folder / "crowd.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": crowd}))


def axe_core(path):
    """The script of axe-core: a file, or out of the npm package."""
    if path:
        return path.read_text()
    with tempfile.TemporaryDirectory() as folder:
        name = subprocess.run(["npm", "pack", "--silent", "axe-core@4"], cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(pathlib.Path(folder) / name) as package:
            return package.extractfile("package/axe.min.js").read().decode()


def prints_on_one_sheet(driver, page, orientation):
    """All of the page is on one A4: title, map, legend, title block."""
    driver.open(page)
    paper = {"orientation": orientation, "background": True, "page": {"width": 21.0, "height": 29.7}}
    pdf = base64.b64decode(driver.call("POST", "/print", paper))
    count = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert count == 1, (page, orientation, count)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("patrol")
    parser.add_argument("--shots", type=pathlib.Path)
    parser.add_argument("--axe", type=pathlib.Path, help="axe.min.js, instead of the one that npm has")
    parser.add_argument("--time", nargs="*", default=[], help="pages whose time to interactive is measured")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        layers(folder)
        demo = HERE / "data" / "karabakh-2020"
        run = lambda *words: subprocess.run([args.patrol, "map", *map(str, words)], check=True)
        of = lambda place, *more: [w for n in ("posts", "routes", "incidents") for w in (f"--{n}", place / f"{n}.geojson")] + list(more)
        run(*of(demo, "--radius", "6000", "--zone", "Asia/Baku", "--title", "Demonstration", "--output", folder / "demo.html"))
        run(*of(demo, "--paper", "a4", "--portrait", "--classification", "EXERCISE", "--output", folder / "sheet.html"))
        run(*of(folder, "--title", HOSTILE, "--output", folder / "hostile.html"))
        run("--posts", folder / "scripts.geojson", "--output", folder / "scripts.html")
        run("--posts", demo / "posts.geojson", "--incidents", folder / "crowd.geojson", "--output", folder / "many.html")
        run("--posts", HERE / "data" / "antimeridian" / "posts.geojson", "--output", folder / "coast.html")
        driver = Driver()
        try:
            coast(driver, folder / "coast.html")
            demonstration(driver, folder / "demo.html")
            hostile(driver, folder / "hostile.html")
            names_apart(driver, folder / "demo.html", 200)
            names_apart(driver, folder / "hostile.html", 4)
            names_apart(driver, folder / "scripts.html", 40)
            many(driver, folder / "many.html", 5000)
            prints_on_one_sheet(driver, folder / "demo.html", "landscape")
            prints_on_one_sheet(driver, folder / "sheet.html", "portrait")
            map_tools.check(driver, args.patrol, folder, axe_core(args.axe))
            for page in args.time:
                driver.open(page)
                ready = driver.js("return +document.documentElement.dataset.ready")
                is_quiet(driver, page)
                size = pathlib.Path(page).stat().st_size
                steps = driver.js("const t=performance.now();for(let i=0;i<5;i++)document.getElementById('in').click();"
                                  "document.getElementById('whole').click();return performance.now()-t")
                print(f"{page}: {size} bytes, interactive after {ready} ms, six zooms {steps:.0f} ms")
                if args.shots:
                    time.sleep(0.5)
                    driver.shot(args.shots / (pathlib.Path(page).stem + ".png"))
            if args.shots:
                shots(driver, folder, args.shots)
        finally:
            driver.quit()
    print("the map's pages hold in Chromium")


def shots(driver, folder, out):
    """Pictures to look at."""
    out.mkdir(exist_ok=True)
    driver.open(folder / "demo.html")
    driver.click_at(*centre_of(driver, "#layer-incidents .it[data-n='0'] path"))
    time.sleep(0.4)
    driver.shot(out / "light.png")
    driver.click("#theme")
    time.sleep(0.2)
    driver.shot(out / "dark.png")
    driver.cdp("Emulation.setEmulatedMedia", media="print")
    driver.cdp("Emulation.setDeviceMetricsOverride", width=720, height=1040, deviceScaleFactor=1, mobile=False)
    time.sleep(0.4)
    driver.js("dispatchEvent(new Event('beforeprint'))")
    time.sleep(0.4)
    driver.shot(out / "print.png")
    driver.cdp("Emulation.setEmulatedMedia", media="")
    driver.cdp("Emulation.setDeviceMetricsOverride", width=390, height=800, deviceScaleFactor=2, mobile=True)
    driver.open(folder / "demo.html")
    time.sleep(0.4)
    driver.shot(out / "phone.png")
    driver.cdp("Emulation.clearDeviceMetricsOverride")
    driver.open(folder / "many.html")
    time.sleep(0.4)
    driver.shot(out / "many.png")


if __name__ == "__main__":
    sys.exit(main())
