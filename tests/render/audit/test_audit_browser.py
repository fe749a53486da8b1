"""The audit's page in a real browser: tables sort, clusters open, nothing overflows, nothing leaves the page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from summaries import AGENTS, FULL

from hamdel.audit.proportions import share
from hamdel.model import Severity
from hamdel.model.measures import Mean
from hamdel.render.audit.audit_page import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDE, NARROW = 1280, 390
#: So few replies that every figure says so.
FEW = replace(
    FULL,
    severities=dict.fromkeys(Severity, share(8, 24)),
    scores=tuple(replace(one, mean=Mean(67.0, 58.8, 75.2, 24)) for one in FULL.scores),
    clusters=replace(FULL.clusters, copies=share(24, 24)) if FULL.clusters else None,
)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(FULL), encoding="utf-8")
    return path


def opened(browser: Browser, file: Path, width: int, scheme: str) -> tuple[Page, list[str]]:
    """The page, and what it asked for or complained of."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.goto(file.as_uri())
    return page, [one for one in seen if one != file.as_uri()]


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    page, _ = opened(browser, file, WIDE, "light")
    yield page
    page.context.close()


def column(page: Page, table: str, number: int) -> list[str]:
    return page.locator(f"{table} tbody tr > :nth-child({number})").all_inner_texts()


def test_tables_sort_by_a_heading(page: Page) -> None:
    heading = page.locator("#agents-table thead th").first
    assert column(page, "#agents-table", 1) == list(AGENTS)
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    ascending = column(page, "#agents-table", 1)
    assert ascending != list(AGENTS)
    assert ascending.index("رضا") < ascending.index("سارا")
    heading.get_by_role("button").click()
    assert column(page, "#agents-table", 1) == ascending[::-1]


def test_numbers_sort_as_numbers(page: Page) -> None:
    share = page.locator("#checks-table thead th").nth(2)
    share.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert share.get_attribute("aria-sort") == "descending"


def test_a_cluster_opens_and_shows_what_differs(page: Page) -> None:
    cluster = page.locator("details.cluster").first
    assert not cluster.locator("ins").is_visible()
    cluster.locator("summary").click()
    assert cluster.locator("ins").inner_text() == "تو"
    assert cluster.locator("del").inner_text() == "شما"


def test_a_link_opens_the_examples_of_a_check(page: Page) -> None:
    example = page.locator("#respect-blame mark")
    assert not example.is_visible()
    page.locator("#checks-table a").first.click()
    assert example.is_visible()
    assert example.inner_text() == "شما اشتباه کردید"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_doubts_stay_in_their_cards(browser: Browser, tmp_path: Path, width: int) -> None:
    path = tmp_path / "few.html"
    path.write_text(render(FEW), encoding="utf-8")
    page, _ = opened(browser, path, width, "light")
    assert page.locator(".figures .doubt").count() == 5  # errors, warnings, two scores, and copies with originality
    outside = """[...document.querySelectorAll('.figures .doubt')].filter(one => {
        const box = one.getBoundingClientRect(), card = one.closest('div').getBoundingClientRect();
        return box.left < card.left || box.right > card.right; }).length"""
    assert page.evaluate(outside) == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_overflows_and_no_request_leaves_the_page(
    browser: Browser, file: Path, width: int, scheme: str
) -> None:
    page, seen = opened(browser, file, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    outside = """[...document.querySelectorAll('body *')].filter(one => !one.closest('.scroll, svg')).filter(one => {
        const box = one.getBoundingClientRect();
        return box.width && (box.left < -1 || box.right > innerWidth + 1); }).length"""
    assert page.evaluate(outside) == 0
    assert page.evaluate("document.fonts.check('16px Vazirmatn', 'سلام')")
    assert [one for one in seen if not one.startswith("data:font/woff2")] == []
    page.context.close()


def test_light_and_dark_follow_the_system_and_the_button(browser: Browser, file: Path) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    page, _ = opened(browser, file, WIDE, "dark")
    dark = page.evaluate(paper)
    page.locator("#theme").click()
    light = page.evaluate(paper)
    assert (dark, light) == ("rgb(21, 23, 28)", "rgb(255, 255, 255)")
    page.locator("#theme").click()
    assert page.evaluate(paper) == dark
    page.context.close()


CONTRAST = """() => {
  const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = (color) => { context.clearRect(0, 0, 1, 1); context.fillStyle = color; context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const behind = (one) => { while (one) { const color = rgb(getComputedStyle(one).backgroundColor);
    if (color[3] === 255) return color; one = one.parentElement; } return [255, 255, 255]; };
  const low = [];
  for (const one of document.querySelectorAll('body *')) {
    if (![...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
    if (!one.getClientRects().length) continue;
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.push(one.className + ': ' + one.textContent.trim().slice(0, 40));
  }
  return low;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_what_is_behind_them(browser: Browser, file: Path, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 to 1 at least."""
    page, _ = opened(browser, file, WIDE, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate(CONTRAST) == []
    page.context.close()


def test_it_prints_on_a4(page: Page) -> None:
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator("#theme").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    )
