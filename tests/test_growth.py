"""What a text costs grows with its length, whatever it is made of: counted in lines of Python, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from hamdel import Checker
from hamdel.base.deadline import look, require_short, within
from hamdel.errors import TooLateError, TooLongError
from hamdel.improve.applying import compatible
from hamdel.improve.assembling import Patch, assemble, moved
from hamdel.improve.fixing import Fixer
from hamdel.model import Change, Conversation, Report
from hamdel.model.reports import Edit

_SHORT, _TIMES, _LIMIT = 600, 4, 10  # 4 is linear, 16 quadratic; a sentence, cut at 300 words, is neither
UNITS = [
    "؛", ". ", "! ", "\n", "\r\n", "\u200c", "،", "…", "«", "»", "(", "[", "{", "<", "`", "*", "- ", "• ",
    "۱) ", "😀", "😀.", "hamdel: ignore[", "hamdel: ignore\n", "تو باید صبر کنی hamdel: ignore[respect/blame]\n",
    "[نام] ", "@", "a.b", "://", "کن ", "کنید ", "عزیزم ", "حتماً ", "ببخشید ", "گفت ", "گفتم ", "که ", "تو ",
    "و ", "سه و ", "کار ما نیست ", "تماس بگیرید. ", "همان‌طور که گفتم ", "کی می‌رسه؟ ", "متأسفانه امکانش نیست ",
    "\n> ", "ي_", "ا.ح.م.ق ", "٣ة", "ها ", "پوزش ",
]  # fmt: skip


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def cost(work: Callable[[str], object], text: str) -> int:
    """Count the lines that run."""
    lines = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        lines += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work(text)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("unit", UNITS)
def test_cost_is_linear(checker: Checker, unit: str) -> None:
    doors: list[Callable[[str], object]] = [
        checker.check,
        lambda text: checker.check("سلام، بررسی می‌کنم.", customer=text),
    ]
    long = (unit * _SHORT * _TIMES)[: _SHORT * _TIMES]
    for door in doors:
        door(long)  # words and templates are remembered
        checker._judge.customer.cache_clear()
        short = cost(door, long[:_SHORT])
        checker._judge.customer.cache_clear()
        assert cost(door, long) < _LIMIT * max(short, 3_000)


def _patches(many: int) -> list[Patch]:
    spans = [Patch(Change(3 * i, 3 * i + 2, "ب"), "", (), removes=i % 3 == 0) for i in range(many)]
    return [*spans, *(Patch(Change(3 * i + 2, 3 * i + 2, "پ"), "", ()) for i in range(many))]


def test_putting_edits_together_is_linear() -> None:
    def together(text: str) -> None:
        patches = _patches(len(text) // 3)
        edits = [Edit((patch.change,)) for patch in patches]
        flags, _ = compatible([*edits, *edits])
        assert all(flags)
        _, steps, changes = assemble(text, patches)
        assert len(steps) == len(patches)
        assert len(moved(steps, [Change(0, 0, "")])) == len(steps)
        assert len(changes) == len(patches)

    short = cost(together, "ا" * 600)
    assert cost(together, "ا" * 2_400) < 5 * short


def test_a_long_draft_is_tried_in_few_parts(checker: Checker) -> None:
    checks = 0

    def counted(talk: Conversation) -> Report:
        nonlocal checks
        checks += 1
        return checker.check_conversation(talk)

    Fixer(counted, offered=True).fix(checker.conversation("تماس بگیرید. " * 300))
    assert checks <= 26


def test_only_the_first_findings_of_a_check_are_worded(checker: Checker) -> None:
    found = [f for f in checker.check("سلام. [نام مشتری] " * 150).findings if f.check == "respect/unfilled-placeholder"]
    assert len(found) == 150
    assert [bool(f.suggestions) for f in found] == [True] * 100 + [False] * 50


def test_work_ends_where_a_loop_asks(checker: Checker) -> None:
    text = "تو باید صبر کنی. "
    with within(60):
        assert checker.check(text).findings
    with within(-1), pytest.raises(TooLateError, match="takes more than 2 seconds"):
        checker.check(text)
    with within(-1), pytest.raises(TooLateError):
        checker.check("سلام", past=("ممنون از شما که صبر کردید",))
    look()
    assert checker.check(text).findings  # nothing is left half done


def test_bounds_are_put_back() -> None:
    with within(60):
        with pytest.raises(TooLateError), within(-1):
            look()
        look()
    look()


def test_a_long_text_is_refused_by_its_name() -> None:
    require_short("draft", "ا" * 50_000)
    with pytest.raises(TooLongError, match="draft has 50,001 characters; 50,000 are read at most"):
        require_short("draft", "ا" * 50_001)
