"""Real editors from npm, bundled at test time: a suggestion is taken into their own model, and undone by them.

``npm ci`` in ``browser/`` fetches them.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_browsers import BROWSER, SITES, highlighted, press, until, worker

pytestmark = pytest.mark.slow

EDITORS = {
    "prosemirror": ".ProseMirror",
    "quill": ".ql-editor",
    "lexical": "#lexical",
    "draft": ".public-DraftEditor-content",
}
FIRST, SECOND = "سلام 😀. تو باید صبر کنی.", "سطر دوم."


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    esbuild = BROWSER / "node_modules/.bin/esbuild"
    if not esbuild.exists():
        pytest.skip("the editors aren't there (npm ci in browser/)")
    out = tmp_path_factory.mktemp("editors") / "editors.js"
    options = ["--bundle", f"--outfile={out}", '--define:process.env.NODE_ENV="production"', "--define:global=window"]
    entry = str(BROWSER / "test/editors/entry.js")
    subprocess.run([str(esbuild), entry, *options, "--log-level=error"], check=True, timeout=120)
    return out


@pytest.fixture
def page(extension: Any, bundle: Path) -> Iterator[Any]:
    def serve(route: Any) -> None:
        script = route.request.url.endswith(".js")
        path = bundle if script else BROWSER / "test/editors/index.html"
        route.fulfill(body=path.read_text("utf-8"), content_type="text/javascript" if script else "text/html")

    site = SITES["raychat"] + "editors/**"
    extension.route(site, serve)
    opened = extension.new_page()
    opened.goto(SITES["raychat"] + "editors/")
    yield opened
    extension.unroute(site)


def model(page: Any, name: str) -> str:
    text: str = page.evaluate(f"models.{name}()")
    return text.rstrip("\n")


@pytest.mark.parametrize("name", EDITORS)
def test_taken_into_the_editors_model_and_undone(page: Any, name: str) -> None:
    page.click(EDITORS[name])
    page.keyboard.insert_text(FIRST)
    page.keyboard.press("Enter")
    page.keyboard.insert_text(SECOND)
    until(lambda: [mark["text"] for mark in highlighted(page) if mark["severity"] == "error"] == ["تو", "کنی"])
    assert model(page, name) == f"{FIRST}\n{SECOND}"
    page.wait_for_timeout(1100)  # Quill takes what is done within a second for one step
    page.keyboard.press("Alt+KeyH")
    press(page, "بپذیر")
    wanted = FIRST.replace("تو", "شما").replace("کنی", "کنید")
    until(lambda: model(page, name) == f"{wanted}\n{SECOND}")
    page.wait_for_timeout(300)
    assert model(page, name) == f"{wanted}\n{SECOND}"
    page.keyboard.press("Control+z")
    until(lambda: model(page, name) == f"{FIRST}\n{SECOND}")


@pytest.mark.parametrize("name", EDITORS)
def test_a_better_reply_keeps_paragraphs_and_is_undone(page: Any, extension: Any, name: str) -> None:
    second = "به بخش فنی زنگ بزن."
    page.click(EDITORS[name])
    page.keyboard.insert_text(FIRST)
    page.keyboard.press("Enter")
    page.keyboard.insert_text(second)
    until(lambda: highlighted(page))
    page.wait_for_timeout(1100)
    worker(extension).evaluate("() => chrome.tabs.sendMessage(lastTab, { show: 'better' }).catch(() => {})")
    press(page, "بپذیر")
    wanted = FIRST.replace("تو", "شما").replace("کنی", "کنید")
    until(lambda: model(page, name).startswith(f"{wanted}\n"))
    until(lambda: second not in model(page, name))
    page.wait_for_timeout(600)
    assert model(page, name).count("\n") == 1
    for _ in range(2):  # one for each paragraph
        page.keyboard.press("Control+z")
        page.wait_for_timeout(300)
    assert model(page, name) in (f"{FIRST}\n{second}", "")  # Quill has one step for both, and one for the typing before
