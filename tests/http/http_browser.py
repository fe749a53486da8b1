"""Somebody who asks a server as a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

TOKEN = "the-token-of-this-start"
ORIGIN = "http://127.0.0.1:8765"
LIVE = "ws://127.0.0.1:8765/api/live"


@dataclass
class Browser:
    """Somebody with the page open."""

    client: TestClient
    token: str = TOKEN
    desk: Any = None
    origin: str = ORIGIN
    headers: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"Origin": self.origin, "Authorization": f"Bearer {self.token}", **self.headers, **headers}
        return self.client.post(path, json={} if body is None else body, headers=sent)

    def live(self, **headers: str) -> Any:
        return self.client.websocket_connect(LIVE, headers={"Origin": self.origin, **headers})
