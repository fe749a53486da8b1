"""Writing a reply on the page, from the first key to the archive."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import CUSTOMER, DRAFT, Served, opened, serving

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

#: 2,000 characters that say nothing wrong, and what is typed into them.
LONG = ("بسته دیروز ساعت ۱۵ تحویل پست شد و کد رهگیری آن ثبت است. " * 40)[:2000]
TYPED = "Order 4512 is on its way, ok? " * 5 + "سفارش شما فردا تا ساعت ۱۲ می‌رسد. " * 5


SENT = (
    "سلام، وقت بخیر. سفارش شما دیروز ساعت ۱۵ تحویل پست شد و کد رهگیری آن همان لحظه پیامک شده است. بسته فردا تا ساعت ۱۲ "
    "به نشانی شما می‌رسد و پیک پیش از رسیدن تماس می‌گیرد. اگر سؤالی بود، همین‌جا بنویسید."
)


def value(page: Page) -> str:
    return page.input_value("#draft")


def cards(page: Page) -> list[str]:
    return page.locator("#findings .card .message").all_inner_texts()


def settle(page: Page) -> None:
    """Wait until what was typed is answered."""
    page.wait_for_timeout(400)


def test_one_key_takes_a_wording_and_one_gives_it_back(written: Page) -> None:
    written.focus("#draft")
    written.keyboard.press("Alt+Enter")
    assert value(written) == DRAFT.replace("تو باید", "شما باید").replace("کنی", "کنید")
    settle(written)
    assert not any("«تو»" in message for message in cards(written))
    written.keyboard.press("Control+z")
    assert value(written) == DRAFT
    written.wait_for_function("() => [...CSS.highlights.get('hamdel-error')].length === 2")
    written.keyboard.press("Control+Shift+z")
    assert value(written) != DRAFT


def test_undo_on_the_page_gives_it_back_too(written: Page) -> None:
    written.locator("#findings button.offer").first.click()
    written.locator("#toast button").first.click()
    assert value(written) == DRAFT


def test_arrows_walk_and_the_caret_opens(written: Page) -> None:
    current = written.locator('#findings [aria-current="true"] .message')
    first = current.inner_text()
    written.focus("#draft")
    written.keyboard.press("Alt+ArrowDown")
    second = current.inner_text()
    assert first != second
    written.keyboard.press("Alt+ArrowUp")
    assert current.inner_text() == first
    at = DRAFT.index("زودی") + 1
    written.evaluate(f"document.getElementById('draft').setSelectionRange({at}, {at})")
    written.wait_for_function(
        "() => document.querySelector('#findings [aria-current=\"true\"] .message').textContent.includes('به‌زودی')"
    )


def test_a_place_to_fill_in_is_selected(written: Page) -> None:
    written.locator("#findings .head", has_text="به‌زودی").click()
    written.keyboard.press("Alt+Enter")
    assert "[روز و ساعت]" in value(written)
    written.keyboard.insert_text("فردا ساعت ۱۲")
    assert "تا فردا ساعت ۱۲ خبر می‌دیم" in value(written)


def test_all_safe_fixes(written: Page) -> None:
    written.click("#safe")
    written.wait_for_function("() => document.getElementById('draft').value.includes('شما باید صبر کنید')")
    written.focus("#draft")
    written.keyboard.press("Control+z")
    assert value(written) == DRAFT


def test_a_better_reply_beside_ones_own(written: Page) -> None:
    written.focus("#draft")
    written.keyboard.press("Control+Shift+Enter")
    written.wait_for_selector("#better[open]")
    assert written.locator("#better-yours").inner_text().replace("\n", "") == DRAFT.replace("\n", "")
    assert "تو" in written.locator("#better-yours del").first.inner_text()
    better = written.locator("#better-theirs").text_content()
    assert better
    assert written.locator("#better-steps li").count() > 0
    written.keyboard.press("Escape")
    assert value(written) == DRAFT
    written.click("#better-open")
    written.click("#better-accept")
    assert value(written) == better
    written.focus("#draft")
    written.keyboard.press("Control+z")
    assert value(written) == DRAFT


def test_scores_and_their_parts(written: Page) -> None:
    assert written.locator("#meters dd b").first.inner_text().strip("۰۱۲۳۴۵۶۷۸۹") == ""
    written.click("#parts summary")
    written.wait_for_selector("#parts-list li")
    assert not any("/" in row for row in written.locator("#parts-list li").all_inner_texts())  # titles, no ids
    assert "عصبانی" in written.locator("#emotion").inner_text()


def test_why_tells_why(written: Page) -> None:
    written.locator("#findings button", has_text="چرا؟").click()
    written.wait_for_selector("#findings .why p")
    assert "شما" in written.locator("#findings .why").inner_text()


def test_a_skeleton_is_put_in(desk: Page) -> None:
    desk.fill("#customer", CUSTOMER)
    desk.click("#situations-open")
    desk.locator("#situations button", has_text="دیر رسیدن سفارش").click()
    desk.wait_for_function("() => document.getElementById('draft').value.length > 40")


def test_the_menu_is_walked_with_arrows(desk: Page) -> None:
    desk.wait_for_selector("#situations button", state="attached")
    desk.focus("#situations-open")
    desk.keyboard.press("Enter")
    desk.wait_for_function("() => document.activeElement.closest('#situations')")
    names = desk.locator("#situations button").all_inner_texts()
    focused = "() => document.activeElement.textContent"
    assert desk.evaluate(focused) == names[0]
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate(focused) == names[1]
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowUp")
    assert desk.evaluate(focused) == names[-1]
    desk.keyboard.press("Escape")
    assert desk.evaluate("() => document.activeElement.id") == "situations-open"


def test_what_is_no_fault_becomes_a_case(written: Page, served: Served) -> None:
    before = len(cards(written))
    written.locator("#findings .wrong").click()
    written.wait_for_function(f"() => document.querySelectorAll('#findings .card').length === {before - 1}")
    case = json.loads((served.folder / "labels.jsonl").read_text("utf-8").splitlines()[-1])
    assert case["about"] == "respect/tu-form"


def test_selected_words_have_a_fault_too(written: Page, served: Served) -> None:
    text = written.input_value("#draft")
    start = text.index("سلام")
    assert written.locator("#missed-open").is_hidden()
    written.evaluate(
        "([a, b]) => { const one = document.getElementById('draft'); one.focus(); one.setSelectionRange(a, b) }",
        [start, start + 4],
    )
    written.locator("#missed-open").click()
    written.wait_for_selector("#missed [role=menuitem]")
    assert written.locator("#missed [role=menuitem]").count() >= 15
    written.locator("#missed [role=menuitem]").first.click()
    written.wait_for_selector("#toast")
    written.wait_for_function("() => document.getElementById('missed-open').hidden")
    case = json.loads((served.folder / "labels.jsonl").read_text("utf-8").splitlines()[-1])
    assert case["missed"] == "سلام"
    assert {"id": case["about"], "text": "سلام"} in case["expected"]


def test_sent_goes_to_the_archive_and_the_next_begins_empty(desk: Page) -> None:
    desk.fill("#draft", SENT)
    settle(desk)
    desk.click("#sent")
    desk.wait_for_selector("#toast button")
    desk.locator("#toast button").click()
    assert value(desk) == ""
    desk.fill("#draft", SENT)
    desk.wait_for_function("() => document.getElementById('findings').textContent.includes('قبلاً')")


def test_copying(browser: Browser, served: Served) -> None:
    with opened(browser, served.url(), permissions=["clipboard-read", "clipboard-write"]) as page:
        page.fill("#draft", DRAFT)
        page.keyboard.press("Control+Enter")
        page.wait_for_function("() => !document.getElementById('toast').hidden")
        assert page.evaluate("navigator.clipboard.readText()") == DRAFT


def test_no_key_is_lost(desk: Page) -> None:
    desk.fill("#draft", LONG)
    settle(desk)
    desk.evaluate("document.getElementById('draft').setSelectionRange(1000, 1000)")
    desk.focus("#draft")
    desk.keyboard.type(TYPED, delay=1000 / 60)
    assert value(desk) == LONG[:1000] + TYPED + LONG[1000:]


def test_settings_are_kept_and_texts_are_not(browser: Browser, served: Served) -> None:
    with opened(browser, served.url()) as page:
        page.fill("#draft", DRAFT)
        page.click("#settings-open")
        page.locator("#settings label", has_text="ایمیل").click()
        page.fill("#agent", "سارا")
        page.keyboard.press("Tab")
        kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert "email" in kept
        assert "سارا" in kept
        assert "تو باید" not in kept
        assert served.token not in page.url
        page.reload()
        page.click("#settings-open")
        assert page.locator('#settings input[value="email"]').is_checked()


def test_light_and_dark_stay_chosen(desk: Page) -> None:
    before = desk.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    desk.click("#theme")
    after = desk.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert before != after
    desk.reload()
    assert desk.evaluate("getComputedStyle(document.documentElement).backgroundColor") == after


def test_a_lost_server_is_told_and_found_again(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.url())
    page.fill("#draft", DRAFT)
    page.wait_for_selector("#findings .card")
    context.set_offline(True)
    page.click("#better-open")
    page.locator("#toast", has_text="در دسترس نیست").wait_for()
    context.set_offline(False)
    page.click("#better-open")
    page.wait_for_selector("#better[open]")
    context.close()


def test_without_a_key_it_asks_for_one(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/")
    page.locator("dialog input").fill("nonsense")
    page.keyboard.press("Enter")
    page.locator("dialog", has_text="پذیرفته نشد").wait_for()
    page.locator("dialog input").fill(served.token)
    page.keyboard.press("Enter")
    page.fill("#draft", DRAFT)
    page.wait_for_selector("#findings .card")
    context.close()


@pytest.mark.parametrize("path", ["/", "/practice", "/audit", "/en", "/en/practice", "/en/audit"])
@pytest.mark.parametrize("width", [390, 800, 1280])
def test_nothing_overflows(browser: Browser, served: Served, path: str, width: int) -> None:
    with opened(browser, served.url(path), width) as page:
        if path in ("/", "/en"):
            page.fill("#customer", CUSTOMER)
            page.fill("#draft", f"{DRAFT} https://example.com/{'a' * 120}")
            page.wait_for_selector("#findings .card")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_english(browser: Browser, served: Served) -> None:
    with opened(browser, served.url("/en")) as page:
        page.fill("#draft", DRAFT)
        page.wait_for_selector("#findings .card")
        assert "customer" in " ".join(cards(page))


def test_in_a_team_everybody_has_a_key(browser: Browser, tmp_path: Path) -> None:
    users = tmp_path / "users.toml"
    command = [sys.executable, "-m", "hamdel", "serve", "add-user", "سارا", "--users", str(users)]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    with serving(tmp_path, "--users", str(users)) as served:
        context = browser.new_context()
        page = context.new_page()
        page.goto(served.address)
        page.locator("dialog input").fill(said.split()[-1])
        page.keyboard.press("Enter")
        page.locator("#who", has_text="سارا").wait_for()
        page.click("#settings-open")
        assert page.locator("#agent").is_hidden()  # the server knows who writes
        page.keyboard.press("Escape")
        page.fill("#draft", DRAFT)
        page.wait_for_selector("#findings .card")
        page.goto(f"{served.address}/practice")  # the key stays in this tab
        page.click("#begin")
        assert page.locator("#message").inner_text()
        context.close()


def test_a_first_start_says_that_words_are_made_ready(browser: Browser, served: Served) -> None:
    asked = 0

    def answer(route: Route) -> None:
        nonlocal asked
        asked += 1
        reply = route.fetch()
        route.fulfill(response=reply, json={**reply.json(), "preparing": asked < 3})

    with opened(browser, served.url()) as page:
        page.route("**/api/session*", answer)
        page.reload()
        hint = page.locator("#empty .preparing")
        hint.wait_for(timeout=10_000)
        assert "واژه‌ها آماده می‌شوند، چند ثانیه" in hint.inner_text()
        hint.wait_for(state="detached", timeout=10_000)
        assert page.locator("#empty .empty").is_visible()
        assert asked == 3
