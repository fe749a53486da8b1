"""Scores move the way people's judgement does, and their parts explain them."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.model import Scores

CUSTOMER = "سلام، سفارشم سه روزه نرسیده و خیلی ناراحتم."
BARE = "بسته فردا تا ساعت ۱۸ می‌رسد."
WARM = "سلام، وقت بخیر. بابت تأخیر سفارش عذر می‌خواهم. بسته فردا تا ساعت ۱۸ می‌رسد و خودم پیگیری می‌کنم. در خدمتم."


def scores(checker: Checker, draft: str, past: tuple[str, ...] = ()) -> Scores:
    found = checker.check(draft, customer=CUSTOMER, past=past).scores
    assert found is not None
    return found


def test_acknowledgement_and_warmth_raise_empathy(checker: Checker) -> None:
    assert scores(checker, WARM).empathy > scores(checker, BARE).empathy + 20


def test_errors_lower_respect_and_more_of_them_lower_it_further(checker: Checker) -> None:
    once = scores(checker, WARM + " صبر کن.").respect
    twice = scores(checker, WARM + " صبر کن. تو باید بدونی.").respect
    assert scores(checker, WARM).respect > once > twice


def test_a_copy_isn_t_original(checker: Checker) -> None:
    assert scores(checker, WARM, past=(WARM,)).originality < 30
    assert scores(checker, WARM).originality > 80


def test_parts_add_up(checker: Checker) -> None:
    found = scores(checker, WARM)
    assert checker._judge.ratings is not None
    for name, start in checker._judge.ratings.start.items():
        total = start + sum(part.points for part in found.parts if part.score == name)
        assert getattr(found, name) == min(100, max(0, total))


def test_scores_stay_in_bounds(checker: Checker) -> None:
    worst = scores(checker, "تو نمی‌فهمی! این مشکل شماست، به ما مربوط نیست. تقصیر خودتونه. صبر کن. برو. بگو.")
    assert worst.respect == 0
    assert worst.empathy == 0


@pytest.mark.parametrize("draft", ["", "🌹", "salam khubi", "Hello there"])
def test_what_could_not_be_judged_has_no_scores(checker: Checker, draft: str) -> None:
    assert checker.check(draft).scores is None
