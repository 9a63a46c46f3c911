#!/usr/bin/env python3
"""Opens the pages of `patrol map` in headless Chromium by its WebDriver and holds them against what they promise.

    map_browser.py PATROL [--shots FOLDER] [--time PAGE...]

No request but the file, no message on the console, every switch, search, keyboard, clicks, hostile names.
"""

import argparse
import base64
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent.parent
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \" ' & \u2028"


class Driver:
    """The few commands of WebDriver that are needed."""

    def __init__(self, dark=False, size=(1280, 860)):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.profile = tempfile.mkdtemp(prefix="patrol-chromium-")
        self.process = subprocess.Popen(
            ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.base = f"http://127.0.0.1:{port}"
        args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--disable-background-networking", "--no-first-run", f"--user-data-dir={self.profile}",
                f"--window-size={size[0]},{size[1]}"]
        if dark:
            args.append("--force-dark-mode")
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": args},
                  "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        for _ in range(100):
            try:
                answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
                break
            except (ConnectionError, urllib.error.URLError):
                time.sleep(0.1)
        else:
            raise SystemExit("chromedriver does not answer")
        self.base += "/session/" + answer["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.read().decode()[:400]}") from None

    def open(self, page):
        self.log("performance")
        self.call("POST", "/url", {"url": pathlib.Path(page).resolve().as_uri()})

    def js(self, script, *args):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(args)})

    def cdp(self, command, **params):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": params})

    def log(self, kind):
        return self.call("POST", "/se/log", {"type": kind})

    def requests(self):
        found = []
        for entry in self.log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return found

    def find(self, css):
        return next(iter(self.call("POST", "/element", {"using": "css selector", "value": css}).values()))

    def click(self, css):
        self.call("POST", f"/element/{self.find(css)}/click", {})

    def click_at(self, x, y):
        pointer = [{"type": "pointerMove", "duration": 0, "x": int(x), "y": int(y)}, {"type": "pointerDown", "button": 0},
                   {"type": "pointerUp", "button": 0}]
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": pointer}]})

    def keys(self, *keys):
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def shot(self, path):
        path.write_bytes(base64.b64decode(self.call("GET", "/screenshot")))

    def quit(self):
        try:
            self.call("DELETE", "")
        finally:
            self.process.terminate()
            self.process.wait()
            shutil.rmtree(self.profile, ignore_errors=True)


def is_quiet(driver, page):
    """No request but the page itself, nothing on the console, no dialog."""
    asked = [url for url in driver.requests() if not url.startswith(("data:", "chrome"))]
    assert asked == [pathlib.Path(page).resolve().as_uri()], asked
    said = driver.log("browser")
    assert said == [], said
    try:
        driver.call("GET", "/alert/text")
    except RuntimeError as error:
        assert "no such alert" in str(error), error
    else:
        raise AssertionError("a dialog is open")


def text_of(driver, css):
    return driver.js("return document.querySelector(arguments[0]).textContent", css)


def centre_of(driver, css):
    return driver.js("const b=document.querySelector(arguments[0]).getBoundingClientRect();"
                     "return [b.x+b.width/2,b.y+b.height/2]", css)


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
    fields = text_of(driver, "#fields")
    assert "1.67 km on 254\u00b0 from OP-21" in fields and "small-arms fire" in fields, fields
    assert "R4 km 33.4, 1.30 km left" in fields, fields
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
    # The slider hides what came later.
    visible = "return [...document.querySelectorAll('#layer-incidents .it')].filter(e=>!e.classList.contains('late')).length"
    slide = "const s=document.getElementById('until');s.value=arguments[0];s.dispatchEvent(new Event('input'))"
    driver.js(slide, 0)
    assert driver.js(visible) == 1 and "1 of 3" in text_of(driver, "#shown")
    driver.js(slide, 1000)
    assert driver.js(visible) == 3
    assert "2021-01-01 22:50 Asia/Baku" in text_of(driver, "#shown"), text_of(driver, "#shown")
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


def is_quiet_after(driver):
    assert driver.log("browser") == []
    assert [url for url in driver.requests() if not url.startswith(("data:", "chrome"))] == []


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
    # A script that gets in all the same does not run.
    driver.js("const s=document.createElement('script');s.textContent='window.bad=1';document.body.append(s)")
    assert driver.js("return window.bad===undefined")
    driver.log("browser")


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
    assert driver.js("return document.querySelectorAll('#fields dt').length") > 0
    # Close by they are drawn one by one.
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
    (folder / "crowd.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": crowd}))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("patrol")
    parser.add_argument("--shots", type=pathlib.Path)
    parser.add_argument("--time", nargs="*", default=[], help="pages whose time to interactive is measured")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        layers(folder)
        demo = HERE / "data" / "karabakh-2020"
        run = lambda *words: subprocess.run([args.patrol, "map", *map(str, words)], check=True)
        of = lambda place, *more: [w for n in ("posts", "routes", "incidents") for w in (f"--{n}", place / f"{n}.geojson")] + list(more)
        run(*of(demo, "--radius", "6000", "--zone", "Asia/Baku", "--title", "Demonstration", "--output", folder / "demo.html"))
        run(*of(folder, "--title", HOSTILE, "--output", folder / "hostile.html"))
        run("--posts", demo / "posts.geojson", "--incidents", folder / "crowd.geojson", "--output", folder / "many.html")
        run("--posts", HERE / "data" / "antimeridian" / "posts.geojson", "--output", folder / "coast.html")
        driver = Driver()
        try:
            coast(driver, folder / "coast.html")
            demonstration(driver, folder / "demo.html")
            hostile(driver, folder / "hostile.html")
            many(driver, folder / "many.html", 5000)
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
