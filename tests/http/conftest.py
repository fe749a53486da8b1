"""A server in this process, and somebody who asks it as a browser would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from http_browser import ORIGIN, TOKEN, Browser
from starlette.testclient import TestClient

from hamdel.doors.http.app import make_app
from hamdel.doors.http.assets import read_assets
from hamdel.doors.http.desk import Desk
from hamdel.doors.http.lanes import Lanes
from hamdel.doors.http.people import Door, OneUser
from hamdel.doors.http.rules import allowed_names
from hamdel.doors.keeper import Place
from hamdel.doors.requests import LabelFile


@pytest.fixture(scope="session")
def lanes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lanes]:
    folder = tmp_path_factory.mktemp("served")
    place = Place(folder, archive=folder / "archive")
    made = Lanes(place, LabelFile(folder / "labels.jsonl"), lambda _: None)
    yield made
    made.close()


@pytest.fixture
def opened(lanes: Lanes, tmp_path: Path) -> Callable[..., Browser]:
    """Open the page of a server."""

    def open_(door: Door | None = None, token: str = TOKEN, **options: Any) -> Browser:
        labels = LabelFile(lanes._labels.path) if lanes._labels else None
        desk = Desk(lanes, door or OneUser(TOKEN), **{"may_add": True, "labels": labels, **options})
        assets = tmp_path / "assets"
        assets.mkdir(exist_ok=True)
        (assets / "index.html").write_text("<!doctype html><title>همدل</title>", encoding="utf-8")
        (assets / "page.js").write_text("'use strict'", encoding="utf-8")
        (assets / "en").mkdir(exist_ok=True)
        for name in ("index", "practice"):
            (assets / "en" / f"{name}.html").write_text("<!doctype html><title>hamdel</title>", encoding="utf-8")
        app = make_app(desk, allowed_names("127.0.0.1", 8765), read_assets(assets))
        return Browser(TestClient(app, base_url=ORIGIN, raise_server_exceptions=False), token, desk)

    return open_


@pytest.fixture
def browser(opened: Callable[..., Browser]) -> Browser:
    return opened()
