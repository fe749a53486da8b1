"""A round of practice, from the first message to the summary; and the same ten for everybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import Served, opened, serving

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

POOR = "سلام. صبر کن بررسی میشه. به زودی جواب میدیم."
FAIR = "سلام. حق دارید ناراحت باشید و عذر می‌خوام. همین الان نگاه می‌کنم و تا فردا ساعت ۱۲ نتیجه رو می‌نویسم."


def messages(page: Page, count: int = 10) -> list[str]:
    """The messages of a round, each answered."""
    found = []
    for _ in range(count):
        found.append(page.locator("#message").inner_text())
        page.fill("#reply", FAIR)
        page.click("#next")
        page.wait_for_function(
            "(seen) => exercise.hidden || message.textContent !== seen",  # elements, by their ids
            arg=found[-1],
        )
    return found


@pytest.fixture
def round_(browser: Browser, served: Served) -> Page:
    with opened(browser, served.url("/practice")) as page:
        page.click("#begin")
        yield page


def test_a_message_a_reply_and_a_good_one(round_: Page) -> None:
    assert round_.locator("#progress").inner_text() == "پیام ۱ از ۱۰"
    assert round_.locator("#show-good").is_hidden()
    round_.fill("#reply", POOR)
    round_.click("#check")
    round_.locator("#findings .card", has_text="«تو»").first.wait_for()
    assert round_.evaluate("() => [...CSS.highlights.get('hamdel-error')].map(String)") == ["کن"]
    round_.click("#show-good")
    round_.wait_for_selector("#your-sentences .chip.bad")
    assert "زمان نامعلوم" in round_.locator("#your-sentences").inner_text()
    round_.click("#next")
    assert round_.locator("#progress").inner_text() == "پیام ۲ از ۱۰"
    assert round_.input_value("#reply") == ""
    assert round_.locator("#feedback").is_hidden()


def test_a_second_try_counts_beside_the_first(round_: Page) -> None:
    for reply in (POOR, FAIR):
        round_.fill("#reply", reply)
        round_.click("#check")
        round_.wait_for_function("() => document.getElementById('check').disabled")
    round_.click("#quit")
    round_.wait_for_selector(".averages")
    first, last = round_.locator(".averages tbody tr").first.locator("td").all_inner_texts()
    digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
    assert int(first.translate(digits)) < int(last.translate(digits))
    assert "۱ پاسخ از ۱۰" in round_.locator(".summary").inner_text()


def test_one_code_gives_everybody_the_same_ten(browser: Browser, served: Served, tmp_path: Path) -> None:
    rounds = []
    for name in ("الف", "ب"):
        with opened(browser, served.url("/practice?code=KM7Q")) as page:
            page.wait_for_function("() => document.getElementById('code').value === 'KM7Q'")
            page.fill("#name", name)
            page.locator("#hire button").first.click()
            page.locator("#check").wait_for(state="hidden")
            rounds.append(messages(page))
            page.wait_for_selector(".summary")
            with page.expect_download() as waiting:
                page.locator(".summary .bar button").first.click()
            file = tmp_path / "results.json"
            waiting.value.save_as(file)
            sheet = json.loads(file.read_text("utf-8"))
            assert (sheet["schema"], sheet["name"], sheet["code"]) == ("hamdel/practice/1", name, "KM7Q")
            assert [one["customer"] for one in sheet["results"]] == rounds[-1]
            assert all(one["tries"][0]["reply"] == FAIR for one in sheet["results"])
    assert rounds[0] == rounds[1]
    assert len(set(rounds[0])) == 10


def test_a_choice_narrows_the_messages(browser: Browser, served: Served) -> None:
    with opened(browser, served.url("/practice")) as page:
        page.select_option("#situation", "praise")
        page.click("#begin")
        assert page.locator("#progress").inner_text() == "پیام ۱ از ۵"


def test_nothing_is_kept(round_: Page) -> None:
    round_.fill("#reply", POOR)
    round_.click("#check")
    round_.wait_for_selector("#findings .card")
    kept = round_.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "صبر کن" not in kept


def test_a_summary_is_printed_black_on_white(browser: Browser, served: Served) -> None:
    with opened(browser, served.url("/practice"), color_scheme="dark") as page:
        page.click("#begin")
        page.fill("#reply", FAIR)
        page.click("#check")
        page.wait_for_function("() => document.getElementById('check').disabled")
        page.click("#quit")
        page.wait_for_selector(".summary")
        page.emulate_media(media="print")
        colours = page.evaluate(
            "() => { const s = getComputedStyle(document.documentElement); return [s.color, s.backgroundColor]; }"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert page.locator(".summary .bar").is_hidden()


def test_a_round_of_the_teams_own_messages(browser: Browser, tmp_path: Path) -> None:
    own = [
        {"customer": "سلام، ۰۹۱۲۱۲۳۴۵۶۷ شمارهٔ من است؛ کد تخفیف کار نمی‌کند.", "situation": "کد تخفیف"},
        {"customer": "اشتراکم تمدید شد ولی نخواسته بودم.", "situation": "billing"},
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(map(json.dumps, own)), "utf-8")
    with serving(tmp_path, "--practice", str(path)) as served, opened(browser, served.url("/practice")) as page:
        page.wait_for_selector("#begin:enabled")
        assert page.locator("#situation option").all_inner_texts() == ["همه", "کد تخفیف", "پرداخت و صورت‌حساب"]
        page.select_option("#situation", "کد تخفیف")
        page.click("#begin")
        assert page.locator("#progress").inner_text() == "پیام ۱ از ۱"
        assert "کد تخفیف کار نمی‌کند" in page.locator("#message").inner_text()
        assert "۰۹۱۲" not in page.locator("#message").inner_text()
        page.fill("#reply", POOR)
        page.click("#check")
        page.locator("#findings .card").first.wait_for()
        assert page.locator("#show-good").is_hidden()
