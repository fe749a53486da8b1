"""A server of our own for a module of tests, and pages of a browser on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["CHROMIUM", "CUSTOMER", "DRAFT", "Served", "browsing", "opened", "serving"]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
).split()
#: With a wide character before the marks, a non-joiner, and a line that runs the other way.
DRAFT = "سلام 😀. تو باید صبر کنی. به‌زودی خبر می‌دیم.\nYour code is ABC-123.\nمشکل از خود شماست."
CUSTOMER = "سلام، سفارشم چهار روزه نرسیده و خیلی عصبانی‌ام. کی می‌رسه؟"


@dataclass(frozen=True)
class Served:
    """A running server."""

    address: str
    token: str
    folder: Path

    def url(self, path: str = "/") -> str:
        """The address of a page, with the key to it."""
        return f"{self.address}{path}#t={self.token}"


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """Run ``hamdel serve`` with an archive and labels in a folder."""
    command = [sys.executable, "-m", "hamdel", "serve", "--port", "0", "--archive", str(folder / "archive")]
    process = subprocess.Popen(
        [*command, "--labels", str(folder / "labels.jsonl"), *options],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout
        address, _, token = process.stdout.readline().split()[-1].partition("/#t=")
        yield Served(address.rstrip("/"), token, folder)
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run the browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, url: str, width: int = 1280, **options: Any) -> Iterator[Page]:
    """Open a page; it may complain of nothing, and nothing may leave for another host."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    host = url.split("/")[2]
    page.on("request", lambda request: complaints.append(request.url) if host not in request.url else None)
    page.goto(url)
    yield page
    context.close()
    assert [one for one in complaints if not one.startswith("blob:")] == []
