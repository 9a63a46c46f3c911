#!/usr/bin/env python3
"""Headless Chromium by its WebDriver: the few commands that the checks of pages need."""

import base64
import json
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


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

    def open(self, page, fragment=""):
        self.log("performance")
        # Another fragment alone would not load the page anew.
        self.call("POST", "/url", {"url": "about:blank"})
        self.call("POST", "/url", {"url": pathlib.Path(page).resolve().as_uri() + fragment})
        self.until("document.documentElement.dataset.tools")

    def until(self, condition):
        """Waits until a condition holds, 10 seconds at most."""
        for _ in range(200):
            if self.js(f"return !!({condition})"):
                return
            time.sleep(0.05)
        raise AssertionError(f"not within 10 s: {condition}")

    def js(self, script, *args):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(args)})

    def wait_for(self, script, *args):
        """The value of a promise."""
        body = f"const done=arguments[arguments.length-1];(async()=>{{{script}}})().then(done,e=>done('failed: '+e))"
        return self.call("POST", "/execute/async", {"script": body, "args": list(args)})

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

    def drag(self, start, end):
        move = lambda at, ms: {"type": "pointerMove", "duration": ms, "x": int(at[0]), "y": int(at[1])}
        pointer = [move(start, 0), {"type": "pointerDown", "button": 0}, move(end, 100), {"type": "pointerUp", "button": 0}]
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": pointer}]})

    def hover(self, x, y):
        pointer = [{"type": "pointerMove", "duration": 0, "x": int(x), "y": int(y)}]
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": pointer}]})

    def window(self, width, height, mobile=False):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

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
    asked = [url for url in driver.requests() if not url.startswith(("data:", "chrome", "about:"))]
    asked = [url.split("#")[0] for url in asked]
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


def is_quiet_after(driver):
    assert driver.log("browser") == []
    assert [url for url in driver.requests() if not url.startswith(("data:", "chrome", "about:"))] == []
