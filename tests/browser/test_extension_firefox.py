"""The extension in a real Firefox, on the same fixtures: marks where the words are, one taken, undone, and a note."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator

import pytest
from firefox import Firefox, running
from real_browsers import DRAFT, FIELD, SITES, pixels, until

pytestmark = pytest.mark.slow

MENDED = "سلام. شما باید صبر کنید."
ALT, CONTROL, ENTER, ESCAPE = "\ue00a", "\ue009", "\ue007", "\ue00c"
RED, GREEN = (214, 48, 49), (0, 200, 0)
TEXT = f"((field) => (field.value ?? field.innerText).trim())(document.querySelector('{FIELD}'))"
MARKS = """["error", "warning"].flatMap((severity) =>
  [...(CSS.highlights.get(`hamdel-${severity}`) ?? [])].map((range) => {
    const { left, right } = range.getBoundingClientRect();
    return [range.toString(), left, right];
  }))"""
NEAR = 2.1


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with running(tmp_path_factory.mktemp("firefox")) as started:
        yield started


def runs(firefox: Firefox, tab: str, colour: tuple[int, int, int], tolerance: int = 12) -> list[tuple[int, int]]:
    """Return the runs of columns in which the field is painted in a colour, from the left."""
    box = firefox.run(tab, f"document.querySelector('{FIELD}').getBoundingClientRect()")
    picture = firefox.send(
        "browsingContext.captureScreenshot",
        context=tab,
        clip={"type": "box", "x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]},
    )["data"]
    width, _, data = pixels(base64.b64decode(picture))
    found = {
        at // 3 % width
        for at in range(0, len(data), 3)
        if all(abs(data[at + part] - colour[part]) <= tolerance for part in range(3))
    }
    merged: list[tuple[int, int]] = []
    for column in sorted(found):
        if merged and column - merged[-1][1] <= 8:
            merged[-1] = (merged[-1][0], column + 1)
        else:
            merged.append((column, column + 1))
    return [(left + int(box["x"]), right + int(box["x"])) for left, right in merged]


def selected(firefox: Firefox, tab: str, word: str) -> tuple[int, int]:
    """Where a textarea's word is, as it is painted when it is selected."""
    firefox.run(
        tab,
        f"""(() => {{
          const field = document.querySelector("{FIELD}");
          const style = Object.assign(document.createElement("style"), {{ id: "selected" }});
          style.textContent = "::selection {{ background: rgb(0, 200, 0); color: rgb(0, 200, 0); }}";
          document.head.append(style);
          const at = field.value.indexOf({json.dumps(word)});
          field.setSelectionRange(at, at + {len(word)});
        }})()""",
    )
    (found,) = runs(firefox, tab, GREEN, 4)
    firefox.run(tab, "document.getElementById('selected').remove()")
    return found


def near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", list(SITES))
def test_marks_take_and_undo_on_every_site(firefox: Firefox, name: str) -> None:
    tab = firefox.open(name)
    firefox.click(tab, FIELD)
    firefox.type(tab, DRAFT)
    lines = until(lambda: len(found := runs(firefox, tab, RED)) >= 2 and found)
    if firefox.run(tab, f"document.querySelector('{FIELD}').tagName") == "TEXTAREA":
        places = [selected(firefox, tab, word) for word in ("تو", "کنی")]
    else:
        marks = [mark for mark in firefox.run(tab, MARKS) if mark[0] in ("تو", "کنی")]
        places = [(left, right) for _, left, right in marks]
        assert len(places) == 2
    assert all(any(near(place, line) for line in lines) for place in places), (places, lines)
    firefox.keys(tab, ALT, "h")
    time.sleep(0.4)
    firefox.keys(tab, ENTER)
    until(lambda: firefox.run(tab, TEXT) == MENDED)
    time.sleep(0.3)
    firefox.keys(tab, CONTROL, "z")
    until(lambda: firefox.run(tab, TEXT) == DRAFT)
    assert not [problem for problem in firefox.problems if "hamdel" in problem or "content.js" in problem]
    firefox.send("browsingContext.close", context=tab)


def test_a_note_for_colleagues_is_left_alone(firefox: Firefox) -> None:
    tab = firefox.open("chatwoot")
    firefox.run(tab, "document.querySelector('.reply-box').classList.add('is-private')")
    firefox.click(tab, FIELD)
    firefox.type(tab, DRAFT)
    time.sleep(1.5)
    assert not firefox.run(tab, MARKS)
    firefox.send("browsingContext.close", context=tab)


def test_escape_closes_the_card_and_writing_goes_on(firefox: Firefox) -> None:
    tab = firefox.open("whatsapp")
    firefox.click(tab, FIELD)
    firefox.type(tab, DRAFT)
    until(lambda: firefox.run(tab, MARKS))
    firefox.keys(tab, ALT, "h")
    time.sleep(0.4)
    firefox.keys(tab, ESCAPE)
    time.sleep(0.3)
    firefox.type(tab, "!")
    until(lambda: firefox.run(tab, TEXT) == DRAFT + "!")
    firefox.send("browsingContext.close", context=tab)
