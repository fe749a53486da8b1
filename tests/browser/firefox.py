"""Firefox with the extension, by WebDriver BiDi over a web socket: no geckodriver is needed.

https://w3c.github.io/webdriver-bidi/
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from real_browsers import BROWSER, PLAIN, SITES, built, host_manifest

PATIENCE = 60.0  # seconds for Firefox to start


class Firefox:
    """One session."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self.problems: list[str] = []
        self.send("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        self.send("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])
        self.send("network.addIntercept", phases=["beforeRequestSent"])

    def send(self, method: str, **params: Any) -> Any:
        """Send a command and return its result; pages are served meanwhile."""
        self._number += 1
        number = self._number
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=PATIENCE))
            if message.get("type") == "event":
                self._heard(message["method"], message["params"])
            elif message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]

    def _heard(self, event: str, params: Any) -> None:
        if event == "log.entryAdded":
            if params.get("level") == "error":
                self.problems.append(params.get("text") or "")
        elif params.get("isBlocked"):
            self._serve(params["request"]["request"], params["request"]["url"])

    def _serve(self, request: str, url: str) -> None:
        """Answer for all sites: their fixture; nothing else is on this internet."""
        name = "plain" if url == PLAIN else next((one for one, site in SITES.items() if url.startswith(site)), None)
        body = (BROWSER / f"fixtures/{name}.html").read_text("utf-8") if name else ""
        self._number += 1
        answer = {
            "request": request,
            "statusCode": 200 if name else 404,
            "headers": [{"name": "Content-Type", "value": {"type": "string", "value": "text/html; charset=utf-8"}}],
            "body": {"type": "string", "value": body},
        }
        self._socket.send(json.dumps({"id": self._number, "method": "network.provideResponse", "params": answer}))

    def install(self, folder: Path) -> None:
        """Install an unpacked extension for this session."""
        self.send("webExtension.install", extensionData={"type": "path", "path": str(folder)})

    def open(self, name: str) -> str:
        """Open a fixture in a new tab, and return the tab."""
        tab: str = self.send("browsingContext.create", type="tab")["context"]
        self.send("browsingContext.navigate", context=tab, url=SITES.get(name, PLAIN), wait="complete")
        return tab

    def run(self, tab: str, source: str) -> Any:
        """Return the value of an expression in a page; through JSON."""
        result = self.send(
            "script.evaluate", expression=f"JSON.stringify({source})", target={"context": tab}, awaitPromise=True
        )
        assert result["type"] == "success", result
        text = result["result"].get("value")
        return json.loads(text) if text else None

    def keys(self, tab: str, *keys: str) -> None:
        """Press keys together, then let them go."""
        down = [{"type": "keyDown", "value": key} for key in keys]
        up = [{"type": "keyUp", "value": key} for key in reversed(keys)]
        self.send("input.performActions", context=tab, actions=[{"type": "key", "id": "keys", "actions": down + up}])

    def type(self, tab: str, text: str) -> None:
        """Type a text."""
        pairs = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self.send("input.performActions", context=tab, actions=[{"type": "key", "id": "keys", "actions": pairs}])

    def click(self, tab: str, selector: str) -> None:
        """Click into the middle of an element."""
        box = self.run(tab, f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()")
        x, y = round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)
        steps = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.send("input.performActions", context=tab, actions=[{"type": "pointer", "id": "mouse", "actions": steps}])

    def picture(self, tab: str) -> bytes:
        """Return a screenshot."""
        import base64

        return base64.b64decode(self.send("browsingContext.captureScreenshot", context=tab)["data"])


@contextmanager
def running(folder: Path) -> Iterator[Firefox]:
    """Run Firefox in a home of its own, with the extension; skip without one."""
    client = pytest.importorskip("websockets.sync.client", reason="websockets isn't installed")
    program = os.environ.get("HAMDEL_TEST_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        pytest.skip("no Firefox is installed (apt install firefox-esr); HAMDEL_TEST_FIREFOX names another one")
    extension = built(folder / "dist") / "firefox"
    home = folder / "home"
    (home / ".mozilla/native-messaging-hosts").mkdir(parents=True)
    (home / ".mozilla/native-messaging-hosts/hamdel.json").write_text(host_manifest(folder, "firefox"), "utf-8")
    profile = folder / "profile"
    profile.mkdir()
    log = folder / "firefox.log"
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, "HOME": str(home)})
    try:
        with client.connect(f"{_address(log, process)}/session", max_size=None) as socket:
            firefox = Firefox(socket)
            firefox.install(extension)
            yield firefox
            firefox.send("browser.close")
    finally:
        process.terminate()
        process.wait(20)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text("utf-8", "replace")):
            return found[1]
        time.sleep(0.1)
    pytest.skip(f"Firefox doesn't start here: {log.read_text('utf-8', 'replace')[-500:]}")
