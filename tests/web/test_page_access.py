"""axe-core finds nothing serious on any page, in any state that matters, in light and in dark."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import CUSTOMER, DRAFT, Served, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: `npm install` in web/ brings it.
AXE = Path(os.environ.get("HAMDEL_TEST_AXE", Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"))

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not AXE.is_file(), reason="no axe-core: run npm install in web/")]


def serious(page: Page) -> list[str]:
    page.wait_for_timeout(300)  # nothing is judged while it fades
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/practice", "/audit", "/en", "/en/practice", "/en/audit"])
def test_pages(browser: Browser, served: Served, path: str, scheme: str) -> None:
    with opened(browser, served.url(path), color_scheme=scheme) as page:
        assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_states_of_writing(browser: Browser, served: Served, scheme: str, width: int) -> None:
    with opened(browser, served.url(), width, color_scheme=scheme) as page:
        page.fill("#customer", CUSTOMER)
        page.fill("#draft", DRAFT)
        page.wait_for_selector("#findings .card")
        page.click("#parts summary")
        page.locator("#findings button", has_text="چرا؟").click()
        page.wait_for_selector("#findings .why p")
        assert serious(page) == []
        page.click("#settings-open")
        assert serious(page) == []
        page.keyboard.press("Escape")
        page.click("#better-open")
        page.wait_for_selector("#better[open]")
        page.click("#better details summary")
        assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_of_practice(browser: Browser, served: Served, scheme: str) -> None:
    with opened(browser, served.url("/practice"), color_scheme=scheme) as page:
        page.click("#begin")
        page.fill("#reply", DRAFT)
        page.click("#check")
        page.wait_for_selector("#findings .card")
        page.click("#show-good")
        page.wait_for_selector("#good-sentences li")
        assert serious(page) == []
        page.click("#quit")
        page.wait_for_selector(".summary")
        assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_questions_of_an_audit(browser: Browser, served: Served, tmp_path: Path, scheme: str) -> None:
    pytest.importorskip("polars")
    chat = tmp_path / "chat.txt"
    chat.write_text("5/4/24, 09:02 - مینا: نرسیده\n5/4/24, 14:30 - فروشگاه: صبر کنید.\n", "utf-8")
    with opened(browser, served.url("/audit"), 390, color_scheme=scheme) as page:
        page.set_input_files("#file", chat)
        for asked, value in (("date_order", "dmy"), ("team", "فروشگاه")):
            page.wait_for_selector(f"#answers[data-asked={asked}]")
            assert serious(page) == []
            page.locator(f"#answers input[value={value}]").check()
            page.click("#go-on")
        page.wait_for_selector("#columns:not([hidden])")
        assert serious(page) == []


def test_states_of_an_audit(browser: Browser, served: Served, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    export = tmp_path / "export.csv"
    export.write_text("پیام,پاسخ,کارشناس\nکی می‌رسه؟,سلام. به زودی می‌رسد.,سارا\n" * 3, encoding="utf-8")
    with opened(browser, served.url("/audit")) as page:
        page.set_input_files("#file", export)
        page.wait_for_selector("#columns:not([hidden])")
        page.click("#rows summary")
        assert serious(page) == []
        page.click("#start")
        page.wait_for_selector("#ready:not([hidden])", timeout=120_000)
        assert serious(page) == []
