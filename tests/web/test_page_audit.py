"""An audit without a terminal: an export is dropped, its columns are looked at, and the report opens."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import Served, opened

from hamdel.doors.http.audit_methods import SUFFIXES

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPLIES = (
    ("سفارشم نرسیده", "سلام. تو باید صبر کنی.", "سارا"),
    ("پولم کی برمی‌گرده؟", "سلام. به زودی بررسی می‌شود.", "رضا"),
    ("ممنون از شما", "سلام. ممنون که نوشتید؛ خوشحالم که کارتون راه افتاد.", "سارا"),
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "خروجی.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("پیام", "پاسخ", "کارشناس"))
        for number in range(20):
            customer, reply, agent = REPLIES[number % 3]
            writer.writerow((customer, f"{reply} شمارهٔ سفارش شما {4000 + number} است.", agent))
    return path


@pytest.fixture
def chosen(browser: Browser, served: Served, export: Path) -> Page:
    pytest.importorskip("polars")
    with opened(browser, served.url("/audit")) as page:
        page.set_input_files("#file", export)
        page.wait_for_selector("#columns:not([hidden])")
        yield page


def test_columns_are_guessed_and_shown(chosen: Page) -> None:
    assert "۲۰ ردیف" in chosen.locator("#found").inner_text()
    assert chosen.locator('#fields select[name="reply"]').input_value() == "پاسخ"
    chosen.click("#rows summary")
    assert "تو باید صبر کنی" in chosen.locator("#sample").inner_text()


def test_the_report_opens(chosen: Page) -> None:
    chosen.select_option('#fields select[name="agent"]', "کارشناس")
    chosen.select_option('#fields select[name="message"]', "پیام")
    chosen.click("#start")
    chosen.wait_for_selector("#ready:not([hidden])", timeout=120_000)
    with chosen.context.expect_page() as waiting:
        chosen.click("#open")
    report = waiting.value
    report.wait_for_load_state()
    assert "گزارش" in report.title()
    assert "سارا" in report.locator("body").inner_text()


def test_without_a_column_of_replies_nothing_starts(chosen: Page) -> None:
    chosen.select_option('#fields select[name="reply"]', "")
    chosen.click("#start")
    assert "متن پاسخ" in chosen.locator("#problem").inner_text()
    assert chosen.locator("#columns").is_visible()


def test_what_is_no_export_is_told(browser: Browser, served: Served, tmp_path: Path) -> None:
    wrong = tmp_path / "photo.png"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.url("/audit"))
    page.set_input_files("#file", wrong)
    page.wait_for_selector("#problem:not([hidden])")
    assert page.locator("#problem").inner_text()
    assert page.locator("#choose").is_visible()
    context.close()


def test_what_a_chat_leaves_open_is_asked(browser: Browser, served: Served, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    chat = tmp_path / "chat.txt"
    chat.write_text("5/4/24, 09:02 - مینا: سفارشم نرسیده\n5/4/24, 14:30 - فروشگاه: تو باید صبر کنی.\n", "utf-8")
    with opened(browser, served.url("/audit"), 390) as page:
        page.set_input_files("#file", chat)
        page.wait_for_selector("#answers[data-asked=date_order]")
        page.click("#go-on")
        assert page.locator("#problem").inner_text()
        page.locator("#answers input[value=dmy]").check()
        page.click("#go-on")
        page.wait_for_selector("#answers[data-asked=team]")
        page.locator("#answers input[value=فروشگاه]").check()
        page.click("#go-on")
        page.wait_for_selector("#columns:not([hidden])")
        assert "WhatsApp" in page.locator("#told").inner_text()
        assert page.locator("#fields").is_hidden()
        assert not {"false", "undefined", "null"} & set(page.locator("#columns").inner_text().split())
        page.click("#start")
        page.wait_for_selector("#ready:not([hidden])", timeout=120_000)
        page.click("#again")
        page.set_input_files("#file", tmp_path / chat.rename(tmp_path / "WhatsApp Chat with مینا.txt").name)
        page.wait_for_selector("#answers[data-asked=date_order]")
        page.locator("#answers input[value=mdy]").check()
        page.click("#go-on")
        page.wait_for_selector("#columns:not([hidden])")
        page.locator("#told li", has_text="پاسخ‌دهنده").get_by_role("button").click()
        page.wait_for_selector("#answers[data-asked=team]")


def test_the_rest_is_guessed_once_the_replies_are_known(browser: Browser, served: Served, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    export = tmp_path / "x.csv"
    export.write_text("a,کارشناس\nسلام، فردا می‌رسد.,سارا\n", "utf-8")
    with opened(browser, served.url("/audit")) as page:
        page.set_input_files("#file", export)
        page.wait_for_selector("#columns:not([hidden])")
        page.select_option('#fields select[name="reply"]', "a")
        page.wait_for_function("() => document.querySelector('#fields select[name=agent]').value === 'کارشناس'")
        assert page.locator('#fields select[name="reply"]').input_value() == "a"


def test_all_kinds_of_exports_may_be_chosen(browser: Browser, served: Served) -> None:
    pytest.importorskip("polars")
    with opened(browser, served.url("/audit")) as page:
        assert page.get_attribute("#file", "accept") == ",".join(SUFFIXES)


def test_a_column_that_may_hold_several_things_is_asked_about(browser: Browser, served: Served, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("customer,reply\nعالی,سلام، فردا می‌رسد.\nگل,سلام، رسید.\n", "utf-8")
    with opened(browser, served.url("/audit")) as page:
        page.set_input_files("#file", path)
        page.wait_for_selector("#ask:not([hidden])")
        assert "customer" in page.locator("#asking").inner_text()
        page.click('#answers input[value="message"]')
        page.click("#go-on")
        page.wait_for_selector("#columns:not([hidden])")
        assert page.locator('#fields select[name="message"]').input_value() == "customer"
        page.click("#start")  # what is left open isn't guessed, or asked, again
        page.wait_for_selector("#ready:not([hidden])", timeout=120_000)


def test_agents_pages_are_offered(chosen: Page) -> None:
    chosen.check("#agent-pages")
    chosen.click("#start")
    chosen.wait_for_selector("#ready:not([hidden])", timeout=120_000)
    assert chosen.locator("#agents a").all_inner_texts() == ["رضا", "سارا"]
    with chosen.expect_download() as waiting:
        chosen.click("#agents li:last-child a")
    saved = Path(waiting.value.path()).read_text("utf-8")
    assert "سارا" in saved
    assert "رضا" not in saved
