"""A Firefox, driven by WebDriver BiDi, which Firefox speaks without a driver of its own."""

from __future__ import annotations

import base64
import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

__all__ = ["FIREFOX", "Tab", "firefox"]

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
_QUIET = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}


class Tab:
    """One tab."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self.ask("session.new", capabilities={})
        self._context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> Any:
        """Send a command and return its result."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=60))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def go(self, url: str) -> None:
        """Load a page."""
        self.ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def resize(self, width: int, height: int) -> None:
        """Give the page a size."""
        self.ask("browsingContext.setViewport", context=self._context, viewport={"width": width, "height": height})

    def run(self, function: str) -> Any:
        """Call an (asynchronous) function in the page and return its result, which goes through JSON."""
        result = self.ask(
            "script.callFunction",
            functionDeclaration=f"async () => JSON.stringify(await ({function})())",
            target={"context": self._context},
            awaitPromise=True,
            userActivation=True,
        )
        assert result["type"] == "success", result
        return json.loads(result["result"].get("value", "null"))

    def wait(self, condition: str) -> None:
        """Wait until an expression holds."""
        self.run(f"async () => {{ while (!({condition})) await new Promise(requestAnimationFrame); }}")

    def press(self, *keys: str) -> None:
        """Press keys together."""
        downs = [{"type": "keyDown", "value": key} for key in keys]
        ups = [{"type": "keyUp", "value": key} for key in reversed(keys)]
        actions = [{"type": "key", "id": "keyboard", "actions": [*downs, *ups]}]
        self.ask("input.performActions", context=self._context, actions=actions)

    def picture(self, box: dict[str, float]) -> bytes:
        """Return a picture of a part of the window, as PNG."""
        clip = {"type": "box", **box}
        return base64.b64decode(self.ask("browsingContext.captureScreenshot", context=self._context, clip=clip)["data"])


@contextmanager
def firefox(folder: Path) -> Iterator[Tab]:
    """Run a Firefox with an empty profile in a folder."""
    from websockets.sync.client import connect

    assert FIREFOX
    prefs = "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _QUIET.items())
    (folder / "user.js").write_text(prefs, "utf-8")
    command = [FIREFOX, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    environment = {**os.environ, "HOME": str(folder), "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stderr
        address = next(filter(None, (re.search(r"ws://\S+", line) for line in process.stderr)))[0]
        with connect(f"{address}/session", max_size=None, compression=None) as socket:
            yield Tab(socket)
    finally:
        process.terminate()
        process.wait(20)
        if process.stderr:
            process.stderr.close()
