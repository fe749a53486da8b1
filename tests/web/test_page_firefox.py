"""The page in Firefox: marks on the very words, a wording taken and given back."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from bidi import FIREFOX, Tab, firefox
from serving import CUSTOMER, DRAFT, Served

pytestmark = [pytest.mark.slow, pytest.mark.skipif(FIREFOX is None, reason="no Firefox on this machine")]


@pytest.fixture(scope="module")
def tab(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    pytest.importorskip("websockets")
    with firefox(tmp_path_factory.mktemp("firefox")) as started:
        started.resize(1280, 900)
        yield started


@pytest.fixture
def written(tab: Tab, served: Served) -> Tab:
    tab.go("about:blank")
    tab.go(served.url())
    fill(tab, "customer", CUSTOMER)
    fill(tab, "draft", DRAFT)
    tab.wait("document.querySelectorAll('#findings .card').length >= 4")
    return tab


def fill(tab: Tab, field: str, text: str) -> None:
    tab.run(
        f"() => {{ const area = document.getElementById('{field}'); area.focus(); area.select();"
        f" document.execCommand('insertText', false, {json.dumps(text)}); }}"
    )


def value(tab: Tab) -> str:
    return str(tab.run("() => document.getElementById('draft').value"))


def test_marks_are_on_their_words(written: Tab) -> None:
    if not written.run("() => typeof Highlight === 'function'"):
        assert written.run("() => document.querySelectorAll('.ours .box.error').length") == 2
        return
    assert written.run("() => [...CSS.highlights.get('hamdel-error')].map(String)") == ["تو", "کنی"]


def test_the_mirror_shows_what_the_textarea_shows(written: Tab) -> None:
    box = written.run(
        """async () => {
          document.activeElement.blur();
          await document.fonts.ready;
          if (CSS.highlights) CSS.highlights.clear();
          document.querySelector(".ours .boxes").replaceChildren();
          const {x, y, width, height} = document.querySelector(".ours .field").getBoundingClientRect();
          return {x, y, width, height};
        }"""
    )
    one = written.picture(box)
    written.run(
        """() => {
          document.getElementById("draft").style.color = "transparent";
          document.querySelector(".ours .mirror").style.color = "var(--ink)";
        }"""
    )
    assert written.picture(box) == one


def test_a_wording_is_taken_and_given_back(written: Tab) -> None:
    written.run("() => document.getElementById('draft').focus()")
    written.press("\ue00a", "\ue007")  # Alt+Enter
    assert value(written) == DRAFT.replace("تو باید", "شما باید").replace("کنی", "کنید")
    written.press("\ue009", "z")  # Ctrl+Z
    assert value(written) == DRAFT
