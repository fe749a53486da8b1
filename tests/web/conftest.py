"""One server and one browser for all tests of the pages; without a browser, or what serves, they are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from serving import CHROMIUM, CUSTOMER, DRAFT, Served, browsing, opened, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    pytest.importorskip("starlette")
    pytest.importorskip("uvicorn")
    with serving(tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    pytest.importorskip("playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with browsing() as started:
        yield started


@pytest.fixture
def desk(browser: Browser, served: Served) -> Iterator[Page]:
    """The page where replies are written, before anything is written."""
    with opened(browser, served.url()) as page:
        yield page


@pytest.fixture
def written(desk: Page) -> Page:
    """The same with a message and a draft that has findings."""
    desk.fill("#customer", CUSTOMER)
    desk.fill("#draft", DRAFT)
    desk.wait_for_selector("#findings .card")
    desk.wait_for_function("() => document.querySelectorAll('#findings .card').length >= 4")
    return desk
