"""What customers write about, how often they come back, what replies do: counted by hand on small talks."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from audit_frames import START, findings, replies

from hamdel.audit import loops
from hamdel.audit.agent_pages import agent_pages
from hamdel.audit.stories import find_stories
from hamdel.audit.summary import Settings, summarise
from hamdel.checker import Checker
from hamdel.model.measures import Share
from hamdel.model.voice import Lack, Story

LONG = "سفارش شما در حال پیگیری است و نتیجه را خبر می‌دهیم"


def turn(hours: int, message: str = "سفارشم نرسیده", **more: Any) -> dict[str, Any]:
    """A row of one customer's, some hours after the start."""
    subject = {"سفارشم نرسیده": "سفارش نرسیدن", "رمزم کار نمی‌کند": "رمز کار", "": ""}[message]
    known = {"reply": f"{LONG} {hours}", "message": message, "subject": subject, "customer": "م", "thread": "ر"}
    return known | {"time": START + datetime.timedelta(hours=hours)} | more


def stories(*rows: dict[str, Any]) -> dict[str, Story]:
    return {one.name: one for one in find_stories(replies(list(rows)))}


def counts(one: Story) -> tuple[int, int]:
    return one.share.count, one.share.of


def test_a_customer_who_comes_back_for_the_same_thing() -> None:
    found = stories(turn(0), turn(30), turn(60), turn(0, customer="ن"), turn(90, "رمزم کار نمی‌کند", customer="ن"))
    assert counts(found["back"]) == (1, 2)
    assert counts(found["third"]) == (1, 2)
    assert found["third"].examples[0].rows == (0, 1, 2)


@pytest.mark.parametrize(
    "more", [{"hours": 1}, {"hours": 30, "emotion": "thanks"}, {"hours": 30, "message": "رمزم کار نمی‌کند"}]
)
def test_going_on_thanking_and_another_thing_are_no_coming_back(more: dict[str, Any]) -> None:
    assert counts(stories(turn(0), turn(**more))["back"]) == (0, 1)


def test_another_thread_is_another_contact_even_without_times() -> None:
    rows = [turn(0, thread=name, time=None) for name in "الف ب".split()]
    assert counts(stories(*rows)["back"]) == (1, 1)


def test_rows_are_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few people are in memory at once, the stories and their examples are the same."""
    rows = [turn(hours, customer=f"ن{hours % 17}", thread="", bound=4) for hours in range(0, 400, 3)]
    rows.append(turn(1, customer="", thread=""))
    whole = stories(*rows)
    assert whole["back"].share.count > 5
    for at_once in (1, 7, 50):
        monkeypatch.setattr("hamdel.audit.stories._AT_ONCE", at_once)
        assert stories(*rows) == whole


def test_a_promise_whose_time_ran_out() -> None:
    late, early, thanked = 50, 20, {"emotion": "thanks"}
    end = turn(500, customer="آ")
    assert counts(stories(turn(0, bound=48), turn(late), end)["broken"]) == (1, 1)
    assert counts(stories(turn(0, bound=48), turn(early), end)["broken"]) == (0, 1)
    assert counts(stories(turn(0, bound=48), turn(late, **thanked), end)["broken"]) == (0, 1)
    assert counts(stories(turn(0, bound=48), turn(late, "رمزم کار نمی‌کند"), end)["broken"]) == (0, 1)


def test_a_promise_that_is_not_due_is_not_judged() -> None:
    assert counts(stories(turn(0, bound=48), turn(30))["broken"]) == (0, 0)


def test_a_question_that_was_not_answered_comes_again() -> None:
    asked = {"asks": "when"}
    assert counts(stories(turn(0, **asked), turn(1, **asked))["again"]) == (1, 2)
    assert counts(stories(turn(0, **asked, acts="answer"), turn(1, **asked))["again"]) == (0, 2)
    assert counts(stories(turn(0, **asked), turn(1, asks="price"))["again"]) == (0, 2)


def test_the_same_reply_twice_in_one_conversation() -> None:
    again = [turn(0, reply=f"{LONG} ۱۲۳۴۵"), turn(1, reply=f"{LONG} ۶۷۸۹۰"), turn(2, thread="ژ", reply=f"{LONG} ۱۲۳۴۵")]
    assert counts(stories(*again)["loop"]) == (1, 3)
    assert counts(stories(turn(0, reply="ممنون"), turn(1, reply="ممنون"))["loop"]) == (0, 0)


@pytest.mark.parametrize(
    ("other", "again"),
    [
        ("سفارش شما در حال پیگیری است و نتیجه رو خبر می‌دهیم", 1),
        ("خانم رضایی، سفارش شما در حال پیگیری است و نتیجه را خبر می‌دهیم ۴۵۶", 1),
        ("سفارش شما در حال پیگیری هست و نتیجه را خبر می‌دهیم!", 1),
        ("سفارش شما امروز ساعت پنج به دستتان می‌رسد، پیک در راه است", 0),
        ("سفارش شما لغو شد و پولتان تا فردا به حسابتان برمی‌گردد", 0),
    ],
)
def test_near_copies_are_the_same_reply_again(other: str, again: int) -> None:
    assert counts(stories(turn(0, reply=LONG), turn(1, reply=other))["loop"]) == (again, 2)
    assert counts(stories(turn(0, reply=LONG, thread=""), turn(1, reply=other, thread=""))["loop"]) == (again, 2)
    assert counts(stories(turn(0, reply=LONG), turn(1, reply=other, thread="ژ"))["loop"]) == (0, 2)


def test_the_first_of_several_copies_is_shown() -> None:
    texts = [LONG, f"{LONG} ها", "پیک شما امروز عصر در خانه را می‌زند؛ آماده باشید", f"{LONG}."]
    found = stories(*(turn(hours, reply=text) for hours, text in enumerate(texts)))["loop"]
    assert counts(found) == (2, 4)
    assert [one.rows for one in found.examples] == [(0, 1), (0, 3)]


def test_a_long_conversation_takes_no_longer_for_each_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def ratio(*_: Any, **__: Any) -> float:
        nonlocal calls
        calls += 1
        return 0.0

    monkeypatch.setattr(loops.fuzz, "ratio", ratio)
    monkeypatch.setattr(loops, "_AT_ONCE", 50)
    words = "سفارش پیک انبار مرجوعی فاکتور تخفیف".split()
    rows = [turn(n, reply=" ".join(words[n // 6**k % 6] for k in range(5)) + " است و شد") for n in range(200)]
    assert counts(stories(*rows)["loop"])[1] == 200
    assert calls <= 200 * 20


def test_messages_that_nobody_asked_for() -> None:
    found = stories(turn(0, ""), turn(1), turn(2, ""), turn(40, "", acts="offer"))
    assert counts(found["unasked"]) == (2, 4)  # the first, and the one a day later; not the second part of an answer
    assert counts(found["offers"]) == (1, 2)


def test_what_the_export_does_not_tell_is_said() -> None:
    found = stories(turn(0, customer="", thread="", time=None), turn(1, customer="", thread="", time=None))
    assert found["back"].lacks == (Lack.PERSON,)
    assert found["broken"].lacks == (Lack.PERSON, Lack.TIME)
    assert found["loop"].lacks == (Lack.PERSON,)
    assert stories(turn(0, ""))["again"].lacks == (Lack.MESSAGE,)
    assert all(one.share == Share(0, 0, 0.0, 1.0) for one in found.values())


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [turn(hours, bound=48, asks="when") for hours in (0, 30, 60, 100, 200)]
    assert {k: counts(v) for k, v in stories(*rows).items()} == {k: counts(v) for k, v in stories(*rows[::-1]).items()}


ORDER, CODE = "سلام سفارشم نرسیده و نگرانم", "کد تخفیف کار نمی‌کنه"


def told(checker: Checker, count: int = 40) -> list[dict[str, Any]]:
    """Messages about two things, in turns, with replies that see every other feeling."""
    rows = []
    for n in range(count):
        message = ORDER if n % 4 else CODE
        subject = " ".join(lemma for lemma, _ in checker.read_customer(message).subject)
        emotion = "worry" if message is ORDER else "neutral"
        acts = "feel sorry" if n % 2 else "commit"
        rows.append({"reply": f"پاسخ {n}", "message": message, "subject": subject, "emotion": emotion, "acts": acts,
                     "problem": True, "agent": "سارا" if n % 2 else "رضا", "bound": None if n % 2 else 24})  # fmt: skip
    return rows


def test_topics_are_named_by_the_customers_own_words(checker: Checker) -> None:
    voice = summarise(replies(told(checker)), findings([]), Settings(checker, limits=None)).voice
    assert voice.messages == 40
    first, second = voice.topics
    assert first.words == ("سفارشم", "نرسیده")
    assert (first.share.count, first.share.of, first.emotion) == (30, 40, "worry")
    assert second.words == ("کد", "تخفیف")
    assert (second.share.count, second.emotion) == (10, "")
    assert first.examples == (ORDER,)


def test_deeds_are_counted_where_they_are_called_for(checker: Checker) -> None:
    deeds = {one.name: one for one in summarise(replies(told(checker)), findings([]), Settings(checker, None)).deeds}
    shares = {name: (one.share.count, one.share.of) for name, one in deeds.items()}
    assert shares == {"feel": (20, 30), "own": (20, 40), "bound": (20, 20), "answer": (0, 0)}
    assert (deeds["feel"].agents["سارا"].count, deeds["feel"].agents["رضا"].count) == (20, 0)


def test_a_check_says_how_many_replies_it_could_judge(checker: Checker) -> None:
    rows = [*told(checker, 8), *({"reply": "سلام", "message": ""} for _ in range(4))]
    checks = {one.check: one for one in summarise(replies(rows), findings([]), Settings(checker, None)).checks}
    assert checks["respect/blame"].share.of == 12
    assert checks["empathy/no-feeling-ack"].share.of == 8
    assert checks["repetition/looping"].share.of == 0


def test_what_is_counted_adds_up(checker: Checker) -> None:
    found = findings([(0, "respect/threat", "error"), (0, "respect/blame", "warning"), (1, "respect/blame", "warning")])
    worst = summarise(replies(told(checker, 4)), found, Settings(checker, None)).worst
    assert worst == {"error": 1, "warning": 1, "suggestion": 0, "none": 2}


def test_an_agent_reads_three_strengths_first(checker: Checker) -> None:
    rows, found = told(checker), findings([(n, "respect/blame", "warning") for n in range(0, 40, 2)])
    summary = summarise(replies(rows), found, Settings(checker, limits=None))
    hers = {one.name: one for one in agent_pages(summary, replies(rows), found, checker)}
    assert list(hers) == ["رضا", "سارا"]
    assert all(len(one.strengths) == 3 for one in hers.values())
    assert {("deed", "feel"), ("deed", "own")} <= {(one.kind, one.name) for one in hers["سارا"].strengths}
    assert hers["سارا"].strengths[0].reply.startswith("پاسخ")
    assert hers["سارا"].trial is None
    trial = hers["رضا"].trial
    assert trial is not None
    assert (trial.check.check, trial.share.count) == ("respect/blame", 20)
    assert trial.example is not None
    assert trial.example.text == "پاسخ 0"
