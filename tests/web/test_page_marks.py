"""Marks lie on the very words: the mirror has the textarea's layout, and ranges hold what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from serving import DRAFT, Served, opened

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MARKED = """() => [...CSS.highlights].filter(([name]) => !name.includes("current"))
  .flatMap(([name, ranges]) => [...ranges].map((range) => [name.replace("hamdel-", ""), range.toString()]))"""
#: The rectangles of marks, and those of the same words in a paragraph of the test's own with the textarea's style.
RECTANGLES = """() => {
  const area = document.getElementById("draft");
  const style = getComputedStyle(area);
  const box = area.getBoundingClientRect();
  const twin = document.createElement("div");
  for (const name of ["font", "padding", "direction", "textAlign", "whiteSpace", "overflowWrap", "wordBreak", "tabSize",
    "letterSpacing", "wordSpacing", "textIndent", "unicodeBidi", "lineHeight"]) twin.style[name] = style[name];
  Object.assign(twin.style, {position: "absolute", left: `${box.left + scrollX}px`, top: `${box.top + scrollY}px`,
    width: `${box.width}px`, boxSizing: "border-box"});
  twin.append(area.value);
  document.body.append(twin);
  const rects = (range) => [...range.getClientRects()].map((one) => [one.left, one.top, one.width, one.height]);
  const pairs = [...CSS.highlights.values()].flatMap((ranges) => [...ranges]).map((range) => {
    const own = document.createRange();
    own.setStart(twin.firstChild, range.startOffset);
    own.setEnd(twin.firstChild, range.endOffset);
    return [rects(range), rects(own)];
  });
  twin.remove();
  return pairs;
}"""
TEXTS = (
    DRAFT,
    "می‌خواهم نیم‌فاصله‌ها، «گیومه» و (پرانتز) هم درست باشند؛ مثل ۱۲٬۳۴۵ تومان.",
    "English first, سپس فارسی، then English 😀👩‍👩‍👧 again.\n\n\tبا فاصلهٔ آغاز   و  فاصله‌های  پیاپی",
    "خیلی" * 40 + "\n" + "بلند " * 120,
    "سطر آخر خالی است\n",
)


def test_ranges_hold_what_was_found(written: Page) -> None:
    marked = written.evaluate(MARKED)
    assert ["error", "تو"] in marked
    assert ["error", "کنی"] in marked
    assert ["warning", "به‌زودی"] in marked
    assert any(text.startswith("مشکل از خود شما") for _, text in marked)


def test_rectangles_are_those_of_the_words(written: Page) -> None:
    pairs = written.evaluate(RECTANGLES)
    assert len(pairs) >= 4
    for ours, theirs in pairs:
        assert ours
        assert len(ours) == len(theirs)
        assert all(
            a == pytest.approx(b, abs=0.5)
            for one, other in zip(ours, theirs, strict=True)
            for a, b in zip(one, other, strict=True)
        )


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("text", TEXTS, ids=["mixed", "signs", "ltr", "long", "empty-line"])
def test_the_mirror_shows_what_the_textarea_shows(browser: Browser, served: Served, text: str, width: int) -> None:
    with opened(browser, served.url(), width) as page:
        page.fill("#draft", text)
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(300)  # what is found comes and goes before the pictures are taken
        page.evaluate("() => { CSS.highlights.clear(); document.fonts.ready }")
        field = page.locator(".ours .field")
        area, mirror = page.locator("#draft"), page.locator(".ours .mirror")
        one = field.screenshot(animations="disabled")
        area.evaluate("(element) => { element.style.color = 'transparent'; }")
        mirror.evaluate("(element) => { element.style.color = 'var(--ink)'; }")
        assert field.screenshot(animations="disabled") == one
        assert area.evaluate("(element) => element.scrollHeight - element.clientHeight") <= 1


def test_marks_follow_while_somebody_types(written: Page) -> None:
    written.evaluate(
        "() => { const area = document.getElementById('draft'); area.focus(); area.setSelectionRange(0, 0); }"
    )
    texts = written.evaluate(
        """() => {
          document.execCommand("insertText", false, "خب 😀 ");
          return [...CSS.highlights.get("hamdel-error")].map((range) => range.toString());
        }"""
    )
    assert texts == ["تو", "کنی"]  # before any answer can be there


def test_without_highlights_boxes_lie_below_the_words(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script("delete globalThis.Highlight;")
    page.goto(served.url())
    page.fill("#draft", DRAFT)
    page.wait_for_selector(".ours .box.error", state="attached")
    box = page.locator(".ours .box.error").first.bounding_box()
    word = page.evaluate(
        """() => {
          const text = document.querySelector(".ours .mirror").firstChild;
          const range = document.createRange();
          const at = text.data.indexOf("تو");
          range.setStart(text, at);
          range.setEnd(text, at + 2);
          const {x, y, width, height} = range.getBoundingClientRect();
          return {x, y, width, height};
        }"""
    )
    context.close()
    assert box == pytest.approx(word, abs=0.6)


@pytest.mark.parametrize(
    ("before", "after"),
    [("سلام 😀😁", "سلام 😁"), ("😀", "😁"), ("a😀b", "a😁b"), ("😀", ""), ("x😀", "x😀😀"), ("👩‍👧", "👩‍👦")],
)
def test_an_edit_is_whole_characters(browser: Browser, served: Served, before: str, after: str) -> None:
    """Half of an emoji can't be typed, nor selected: the browser's undo would be lost with it."""
    with opened(browser, served.url()) as page:
        edit = page.evaluate(
            """async ([before, after]) => {
              const { edited } = await import("/page/offsets.js");
              const { start, end, by } = edited(before, after);
              const put = after.slice(start, end + by);
              return [before.slice(start, end), put, before.slice(0, start) + put + before.slice(end)];
            }""",
            [before, after],
        )
    gone, put, made = edit
    assert made == after
    for text in (gone, put):
        text.encode("utf-8")  # no half of a pair
