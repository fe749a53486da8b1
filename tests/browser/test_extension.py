"""The extension in a real Chromium, on a page for each recipe and on boxes of all kinds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from real_browsers import (
    CUSTOMER,
    DRAFT,
    FIELD,
    RECIPES,
    SITES,
    buttons,
    highlighted,
    layer,
    opened,
    pixels,
    press,
    settings,
    strips,
    type_into,
    until,
    value,
    worker,
)

from hamdel.doors.browser.callers import CHROMIUM_ID

pytestmark = pytest.mark.slow

MENDED = "سلام. شما باید صبر کنید."
RED = (214, 48, 49)
NEAR = 1.6  # pixels: a line is drawn on whole ones


def asked(context: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = worker(context).evaluate("() => asked.filter(({ method }) => method === 'check')")
    return [one["params"] for one in found]


def columns(page: Any, selector: str, colour: tuple[int, int, int], tolerance: int = 12) -> list[tuple[int, int]]:
    """Return the runs of columns in which a field is painted in a colour, from the left."""
    box = page.locator(selector).bounding_box()
    left, top = int(box["x"]), int(box["y"])
    clip = {"x": left, "y": top, "width": int(box["width"]) + 1, "height": int(box["height"]) + 1}
    width, _, data = pixels(page.screenshot(clip=clip))
    found = {
        at // 3 % width + left
        for at in range(0, len(data), 3)
        if all(abs(data[at + part] - colour[part]) <= tolerance for part in range(3))
    }
    runs: list[tuple[int, int]] = []
    for column in sorted(found):
        if runs and column - runs[-1][1] <= 8:  # a line leaves room for what goes below it
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR


def range_of(page: Any, selector: str, word: str) -> dict[str, float]:
    """Where a word of an element is, by the document's own range."""
    box: dict[str, float] = page.eval_on_selector(
        selector,
        """(root, word) => {
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(word);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            return range.getBoundingClientRect().toJSON();
          }
        }""",
        word,
    )
    return box


def selected_columns(page: Any, selector: str, word: str) -> list[tuple[int, int]]:
    """Where a word of a textarea is, as the browser itself paints it when it is selected."""
    page.eval_on_selector(
        selector,
        """(field, word) => {
          const style = document.createElement("style");
          style.id = "selected";
          style.textContent = "::selection { background: rgb(0, 200, 0); color: rgb(0, 200, 0); }";
          document.head.append(style);
          field.focus();
          const at = field.value.lastIndexOf(word);
          field.setSelectionRange(at, at + word.length);
        }""",
        word,
    )
    found = columns(page, selector, (0, 200, 0), 4)
    page.evaluate("document.getElementById('selected').remove()")
    return found


@pytest.mark.parametrize("name", list(SITES))
def test_marks_take_and_undo_on_every_site(extension: Any, name: str) -> None:
    page = opened(extension, name)
    type_into(page, FIELD)
    if page.eval_on_selector(FIELD, "(field) => field.tagName") == "TEXTAREA":
        boxes = until(lambda: len(found := strips(page)) == 2 and found)
        runs = columns(page, FIELD, RED)
        for word, box in zip(["تو", "کنی"], boxes, strict=True):
            assert [
                (near(box[0], left), near(box[2], right)) for left, right in selected_columns(page, FIELD, word)
            ] == [(True, True)]
            assert any(near(box[0], left) and near(box[2], right) for left, right in runs)
        page.eval_on_selector(FIELD, "(field) => field.setSelectionRange(99, 99)")
    else:
        marks = until(
            lambda: len(found := [one for one in highlighted(page) if one["severity"] == "error"]) == 2 and found
        )
        runs = columns(page, FIELD, RED)
        for word, mark in zip(["تو", "کنی"], marks, strict=True):
            box = range_of(page, FIELD, word)
            assert mark["text"] == word
            assert (near(mark["left"], box["left"]), near(mark["top"], box["top"])) == (True, True)
            assert any(near(box["left"], left) and near(box["right"], right) for left, right in runs), (box, runs)
    page.keyboard.press("Alt+KeyH")
    press(page, "بپذیر")
    until(lambda: value(page, FIELD).strip() == MENDED)
    page.keyboard.press("Control+z")
    until(lambda: value(page, FIELD).strip() == DRAFT)


@pytest.mark.parametrize("name", [name for name, recipe in RECIPES.items() if recipe["incoming"]])
def test_the_customers_message_is_read(extension: Any, name: str) -> None:
    page = opened(extension, name)
    type_into(page, FIELD)
    until(lambda: asked(extension))
    question = asked(extension)[-1]
    assert question["customer"].removesuffix(" 😔") == CUSTOMER
    assert (question["draft"], question["channel"]) == (DRAFT, RECIPES[name]["channel"])
    assert "turn" not in question  # nothing but a greeting was written so far


@pytest.mark.parametrize("name", ["goftino", "raychat", "bale", "bazaar"])
def test_where_no_recipe_helps_the_user_points(extension: Any, name: str) -> None:
    page = opened(extension, name)
    type_into(page, FIELD)
    until(lambda: asked(extension))
    assert "customer" not in asked(extension)[-1]
    worker(extension).evaluate("() => chrome.tabs.sendMessage(lastTab, { show: 'picker' }).catch(() => {})")
    page.wait_for_timeout(200)
    words = page.get_by_text(CUSTOMER)
    words.hover()
    words.click()
    until(lambda: asked(extension)[-1].get("customer") == CUSTOMER)
    kept = worker(extension).evaluate("() => chrome.storage.local.get()")
    (site,) = kept["sites"].values()
    assert set(site) == {"customer"}
    assert not re.search("[آ-ی]", site["customer"])
    other = opened(extension, name)
    type_into(other, FIELD, "تو اشتباه می‌کنی.")
    until(lambda: asked(extension)[-1]["draft"] == "تو اشتباه می‌کنی.")
    assert asked(extension)[-1]["customer"] == CUSTOMER


def test_off_is_off_and_on_again(extension: Any) -> None:
    page = opened(extension, "chatwoot")
    type_into(page, FIELD)
    until(lambda: highlighted(page))
    settings(extension, sites={"app.chatwoot.com": {"off": True}})
    until(lambda: not highlighted(page) and not layer(page))
    before = len(asked(extension))
    page.click(FIELD)
    page.keyboard.insert_text(" تو ")
    page.wait_for_timeout(500)
    assert len(asked(extension)) == before
    settings(extension, sites={})
    page.click(FIELD)
    until(lambda: highlighted(page))


def test_off_here_is_on_elsewhere(extension: Any) -> None:
    settings(extension, sites={"web.whatsapp.com": {"off": True}})
    page, other = opened(extension, "whatsapp"), opened(extension, "crisp")
    type_into(page, FIELD)
    page.wait_for_timeout(500)
    assert not asked(extension)
    type_into(other, FIELD)
    until(lambda: highlighted(other))


@pytest.mark.parametrize("text", ["Hello, you have to wait.", "你必须等待", "12345 😀", "شهر 12 x"[4:]])
def test_nothing_is_sent_of_other_languages(extension: Any, text: str) -> None:
    page = opened(extension, "crisp")
    type_into(page, FIELD, text)
    page.wait_for_timeout(600)
    assert not asked(extension)
    assert not layer(page)


def test_a_private_note_is_nobodys_reply(extension: Any) -> None:
    page = opened(extension, "chatwoot")
    switch = "(on) => document.querySelector('.reply-box').classList.toggle('is-private', on)"
    page.evaluate(switch, True)
    type_into(page, FIELD)
    page.wait_for_timeout(1300)
    assert not asked(extension)
    page.evaluate(switch, False)
    until(lambda: highlighted(page))
    page.evaluate(switch, True)
    until(lambda: not highlighted(page))


def test_typing_on_moves_the_marks(extension: Any) -> None:
    page = opened(extension, "divar")
    type_into(page, FIELD)
    before = until(lambda: len(found := strips(page)) == 2 and found)
    page.keyboard.press("Home")
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("وقت بخیر. ")
    after = until(lambda: (found := strips(page)) and found[0][0] < before[0][0] - 20 and found)
    (run,) = selected_columns(page, FIELD, "تو")
    assert (near(after[0][0], run[0]), near(after[0][2], run[1])) == (True, True)


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        ("#area", "سلام 😀🤷🏽‍♀️ دوست عزیز! تو باید order #AB-12 را ببینی"),
        ("#area", "می‌خواهم بگویم که نمی‌شود. تو باید صبر کنی"),
        ("#area", "یک خط\nدو خط\n\nو تو باید صبر کنی"),
        ("#auto", "Hi سلام، تو باید صبر کنی OK?"),
        ("#auto", "First line in English\nتو باید صبر کنی"),
        ("#narrow", "متنی که در جعبه‌ای باریک به چند خط می‌شکند و در یکی از آن‌ها نوشته‌ایم که تو باید صبر کنی عزیز من"),
    ],
)
def test_a_textareas_words_are_where_they_are_painted(extension: Any, selector: str, text: str) -> None:
    page = opened(extension, "plain")
    page.eval_on_selector(selector, "(field) => field.scrollIntoView()")
    type_into(page, selector, text)
    boxes = until(lambda: strips(page))
    word = [(box[0], box[2]) for box in boxes]
    runs = selected_columns(page, selector, "تو")
    assert any(near(left, run[0]) and near(right, run[1]) for left, right in word for run in runs), (word, runs)


def test_a_scrolled_textarea(extension: Any) -> None:
    page = opened(extension, "plain")
    type_into(page, "#narrow", "سطر\n" * 12 + "تو باید صبر کنی\n" + "سطر\n" * 9)
    until(lambda: strips(page))
    page.eval_on_selector("#narrow", "(field) => { field.scrollTop = 240; }")
    page.wait_for_timeout(200)
    boxes = strips(page)
    clip = next(one["box"] for one in layer(page) if one.get("class") == "clip")
    box = page.eval_on_selector("#narrow", "(field) => field.getBoundingClientRect().toJSON()")
    assert box["left"] <= clip[0] <= clip[2] <= box["right"]
    assert box["top"] < boxes[0][1] < box["bottom"]
    (run,) = selected_columns(page, "#narrow", "تو")
    assert any(near(one[0], run[0]) and near(one[2], run[1]) for one in boxes)


def test_the_keyboard_is_enough(extension: Any) -> None:
    page = opened(extension, "divar")
    type_into(page, FIELD)
    until(lambda: strips(page))
    page.keyboard.press("Alt+KeyH")
    until(lambda: buttons(page))
    page.keyboard.press("Escape")
    until(lambda: not buttons(page))
    assert page.evaluate("document.activeElement.id") == "chat-input"
    page.keyboard.insert_text("!")
    assert value(page, FIELD) == DRAFT + "!"
    page.keyboard.press("Backspace")
    until(lambda: len(strips(page)) == 2)
    page.keyboard.press("Alt+KeyH")
    until(lambda: buttons(page))
    page.keyboard.press("Enter")  # the first button has the focus
    until(lambda: value(page, FIELD) == MENDED)
    assert page.evaluate("document.activeElement.id") == "chat-input"


def test_a_click_on_a_mark_shows_its_card_and_typing_hides_it(extension: Any) -> None:
    page = opened(extension, "divar")
    type_into(page, FIELD)
    box = until(lambda: strips(page))[0]
    page.mouse.click((box[0] + box[2]) / 2, box[1] - 6)
    until(lambda: "بپذیر" in buttons(page))
    page.keyboard.insert_text("x")
    until(lambda: not buttons(page))


def test_pages_hear_no_key_of_the_card(extension: Any) -> None:
    page = opened(extension, "divar")
    page.evaluate(
        "() => { window.heard = []; document.addEventListener('keydown', (event) => heard.push(event.key)); }"
    )
    type_into(page, FIELD)
    until(lambda: strips(page))
    page.keyboard.press("Alt+KeyH")
    until(lambda: buttons(page))
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert "Tab" not in page.evaluate("heard")
    assert "Escape" not in page.evaluate("heard")


def test_ignored_stays_ignored(extension: Any) -> None:
    page = opened(extension, "divar")
    type_into(page, FIELD)
    until(lambda: len(strips(page)) == 2)
    page.keyboard.press("Alt+KeyH")
    press(page, "نادیده بگیر")
    until(lambda: len(strips(page)) == 1)
    page.keyboard.insert_text(" باشد")
    page.wait_for_timeout(700)
    assert len(strips(page)) == 1


def test_what_nobody_found_is_noted_too(extension: Any, labels: Path) -> None:
    page = opened(extension, "divar")
    draft = "😀 سلام. این روال همه‌جا همین است. تو باید صبر کنی."
    type_into(page, FIELD, draft)
    until(lambda: strips(page))
    page.keyboard.press("Alt+KeyJ")
    until(lambda: any("انتخاب کنید" in one["text"] for one in layer(page)))
    words = "این روال همه‌جا همین است."
    start = page.eval_on_selector(FIELD, "(one, words) => (one.value ?? one.innerText).indexOf(words)", words)
    page.focus(FIELD)
    page.eval_on_selector(FIELD, "(one, [a, b]) => one.setSelectionRange(a, b)", [start, start + len(words)])
    page.keyboard.press("Alt+KeyJ")
    until(lambda: len(buttons(page)) > 5)
    page.keyboard.press("Enter")  # the likeliest one has the focus
    until(lambda: any("ثبت شد" in one["text"] for one in layer(page)))
    case = json.loads(labels.read_text("utf-8").splitlines()[-1])
    assert case["missed"] == words


def test_what_isnt_right_is_noted_and_stays_away(extension: Any, labels: Path) -> None:
    page = opened(extension, "divar")
    type_into(page, FIELD, "😀 سلام. تو باید صبر کنی. شماره: 09121234567.")
    until(lambda: len(strips(page)) == 3)
    page.keyboard.press("Alt+KeyH")
    press(page, "این درست نیست")
    until(lambda: any("ثبت شد" in one["text"] for one in layer(page)))
    until(lambda: len(strips(page)) == 2)
    case = json.loads(labels.read_text("utf-8").splitlines()[-1])
    assert (case["about"], case["wrong"]) == ("respect/tu-form", "تو")
    assert case["draft"].startswith("😀 سلام.")
    assert "09121234567" not in json.dumps(case)
    page.keyboard.insert_text(" باشد")
    page.wait_for_timeout(700)
    assert len(strips(page)) == 2


def test_a_better_reply(extension: Any) -> None:
    page = opened(extension, "whatsapp")
    type_into(page, FIELD)
    until(lambda: highlighted(page))
    popup = _popup(extension)
    until(lambda: popup.locator("#better").is_visible())
    assert "خوانده شد" in popup.locator("#customer").inner_text()
    assert popup.locator("meter").count() == 3
    page.bring_to_front()
    worker(extension).evaluate("() => chrome.tabs.sendMessage(lastTab, { show: 'better' }).catch(() => {})")
    press(page, "بپذیر")
    until(lambda: "ناراحت" in value(page, FIELD))
    page.keyboard.press("Control+z")
    until(lambda: value(page, FIELD).strip() == DRAFT)


def _popup(context: Any) -> Any:
    tab = until(lambda: worker(context).evaluate("() => lastTab"))
    popup = context.new_page()
    popup.goto(f"chrome-extension://{CHROMIUM_ID}/popup/popup.html?tab={tab}")
    return popup


def test_the_popup_switches_off(extension: Any) -> None:
    page = opened(extension, "crisp")
    type_into(page, FIELD)
    until(lambda: highlighted(page))
    popup = _popup(extension)
    until(lambda: popup.locator("#on").is_visible())
    assert popup.evaluate("document.documentElement.dir") == "rtl"
    popup.locator("#on").uncheck()
    until(lambda: not highlighted(page))
    assert worker(extension).evaluate("() => chrome.storage.local.get('sites')") == {
        "sites": {"app.crisp.chat": {"off": True}}
    }


def test_the_popup_speaks_english(extension: Any) -> None:
    settings(extension, lang="en")
    opened(extension, "crisp")
    popup = _popup(extension)
    until(lambda: popup.locator("h1").inner_text() == "hamdel")
    assert popup.evaluate("document.documentElement.dir") == "ltr"
    popup.locator("#lang").click()
    until(lambda: popup.locator("h1").inner_text() == "همدل")


def test_what_is_no_field_is_left_alone(extension: Any) -> None:
    page = opened(extension, "plain")
    page.click("#still")
    page.click("#line")
    page.keyboard.insert_text(DRAFT)
    page.wait_for_timeout(500)
    assert not asked(extension)


def test_two_marks_of_one_edit_are_two_steps_of_no_undo(extension: Any) -> None:
    """A change in two paragraphs is taken back in whole, too."""
    page = opened(extension, "crisp")
    page.click(FIELD)
    page.keyboard.insert_text("سلام. تو باید صبر کنی.")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("تو نباید این‌طور حرف بزنی.")
    until(lambda: len(highlighted(page)) >= 3)
    page.keyboard.press("Alt+KeyH")
    press(page, "بپذیر")
    until(lambda: "شما باید صبر کنید" in value(page, FIELD))
    assert "بزنی" in value(page, FIELD) or "بزنید" in value(page, FIELD)


def test_nothing_is_kept_of_texts(extension: Any) -> None:
    page = opened(extension, "divar")
    type_into(page, FIELD)
    until(lambda: strips(page))
    kept = worker(extension).evaluate(
        "async () => JSON.stringify([await chrome.storage.local.get(), await chrome.storage.session.get()])"
    )
    assert "صبر" not in kept
    assert "سفارش" not in kept


def test_an_editor_that_refuses_keeps_its_text_and_the_wording_is_copied(extension: Any) -> None:
    page = opened(extension, "crisp")
    extension.grant_permissions(["clipboard-read", "clipboard-write"], origin="https://app.crisp.chat")
    type_into(page, FIELD)
    until(lambda: highlighted(page))
    page.evaluate(
        """(selector) => {
          const field = document.querySelector(selector);
          const text = field.innerText;
          field.addEventListener("beforeinput", (event) => event.preventDefault());
          new MutationObserver(() => { if (field.innerText !== text) field.textContent = text; })
            .observe(field, { characterData: true, childList: true, subtree: true });
        }""",
        FIELD,
    )
    page.keyboard.press("Alt+KeyH")
    press(page, "بپذیر")
    until(lambda: any("Ctrl+V" in one["text"] for one in layer(page) if one["tag"] == "P"))
    assert value(page, FIELD).strip() == DRAFT
    assert page.evaluate("navigator.clipboard.readText()") == MENDED


def test_an_editor_that_changes_what_it_takes_gets_its_text_back(extension: Any) -> None:
    """Half of an edit is none: what an editor makes something else of is taken back."""
    page = opened(extension, "divar")
    type_into(page, FIELD)
    until(lambda: strips(page))
    page.evaluate(
        """(selector) => {
          const field = document.querySelector(selector);
          field.addEventListener("input", () => {
            if (field.value.includes("شما")) field.value = field.value.replace("شما", "شماها");
          });
        }""",
        FIELD,
    )
    page.keyboard.press("Alt+KeyH")
    press(page, "بپذیر")
    until(lambda: any("Ctrl+V" in one["text"] for one in layer(page) if one["tag"] == "P"))
    assert value(page, FIELD) == DRAFT


def test_a_page_that_throws_our_layer_away_gets_it_back(extension: Any) -> None:
    page = opened(extension, "divar")
    type_into(page, FIELD)
    until(lambda: strips(page))
    page.evaluate("document.querySelectorAll('hamdel-layer').forEach((one) => one.remove())")
    page.keyboard.insert_text(" ")
    until(lambda: strips(page))


def test_many_pages_at_once_get_their_own_answers(extension: Any) -> None:
    names = ["divar", "crisp", "whatsapp"]
    pages = [opened(extension, name) for name in names]
    for page in pages:
        type_into(page, FIELD)
    for name, page in zip(names, pages, strict=True):
        until(lambda page=page, name=name: strips(page) if name == "divar" else highlighted(page))


def test_a_first_answer_that_takes_long_is_announced(extension: Any) -> None:
    page = opened(extension, "divar")
    type_into(page, FIELD)
    until(lambda: strips(page))
    told = "async () => { await chrome.tabs.sendMessage(lastTab, { preparing: true }); }"
    worker(extension).evaluate(told)

    def texts() -> list[str]:
        return [one["text"] for one in layer(page)]

    until(lambda: any("واژه‌ها آماده می‌شوند" in text for text in texts()))
    assert "…" in texts()
    page.keyboard.insert_text(" ")  # its answer ends the waiting
    until(lambda: "…" not in texts() and not any("واژه‌ها" in text for text in texts()))
