"""Every skeleton, in every register, audience, channel and feeling, passes hamdel's own checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from wording_of import AUDIENCES, CHANNELS, EMOTIONS, FULL, agreed, claims, faults, marks_of, typography

from hamdel import Checker
from hamdel.identifiers import find_identifiers
from hamdel.masking.mask import mask_layout
from hamdel.model import Lang, Register, Report, Severity
from hamdel.wording.skeletons import Skeletons

SKELETONS = Skeletons()
NAMES = SKELETONS.names()
MESSAGES = {
    "anger": "واقعاً عصبانی‌ام، {}",
    "worry": "خیلی نگرانم، {}",
    "disappointment": "از خریدم پشیمونم، {}",
    "confusion": "گیج شدم، {}",
    "thanks": "ممنون از شما",
    "neutral": "سلام، {}",
}
_SAID_TOO = {"نیست", "هست"}  # people say these as well as they write them
LONG = "یک هفته است که منتظرم و هنوز هیچ خبری از رسیدن این بستهٔ من نیامده"


def settings(emotions: Sequence[str] = ("anger", "confusion", "neutral")) -> list[dict[str, Any]]:
    """Every register, audience and channel; of the feelings those that have sentences of their own."""
    return [
        {"formal": formal, "audience": audience, "channel": channel, "emotion": emotion}
        for formal, audience, channel, emotion in product((True, False), AUDIENCES, CHANNELS, emotions)
    ]


def talk(name: str, setting: dict[str, Any], problem: str) -> dict[str, str]:
    message = MESSAGES["thanks" if name == "thanks" else setting["emotion"]].format(problem)
    return {"customer": message, "audience": setting["audience"], "channel": setting["channel"]}


def test_there_are_fifteen_with_titles() -> None:
    assert len(NAMES) >= 15
    titles = [SKELETONS.title(name, lang) for name in NAMES for lang in Lang]
    assert len(set(titles)) == 2 * len(NAMES)
    assert not [name for name in NAMES if SKELETONS.title(name, Lang.EN) == name]
    assert all(re.search("[\u0621-\u06cc]", SKELETONS.title(name, Lang.FA)) for name in NAMES)


def in_a_row(name: str, setting: dict[str, Any], contexts: Sequence[dict[str, str]] = FULL) -> list[str]:
    """Return what one agent gets for the same situation of one customer after the other."""
    texts: list[str] = []
    for context in contexts:
        recent = [mask_layout(text) for text in texts]
        texts.append(agreed(SKELETONS.render(name, {**context, **setting}, recent=recent)))
    return texts


@pytest.mark.parametrize("name", NAMES)
def test_with_full_context_nothing_is_reported(name: str, checker: Checker) -> None:
    """Not even a copy: the replies before are compared, too."""
    for setting in settings():
        texts = in_a_row(name, setting)
        for place, (text, context) in enumerate(zip(texts, FULL, strict=True)):
            reported = faults(checker, text, past=texts[:place], **talk(name, setting, context["problem"]))
            assert not [(f.check, f.matched) for f in reported], (setting, text)


@pytest.mark.parametrize("name", NAMES)
def test_without_context_only_placeholders_are_reported(name: str, checker: Checker) -> None:
    for setting in settings(EMOTIONS):
        text = SKELETONS.render(name, setting)
        found = {f.check for f in faults(checker, text, **talk(name, setting, "بسته نرسیده"))}
        assert found <= {"respect/unfilled-placeholder"}, (setting, text)


@pytest.mark.parametrize("name", NAMES)
def test_they_look_right_and_keep_their_register(name: str, checker: Checker) -> None:
    seen = set()
    for setting in settings():
        for text, context in zip(in_a_row(name, setting), FULL, strict=True):
            assert not typography(text, context.values()), text
            assert not re.search(r"[ \t]$|[ \t]{2}|\n{3}|\A\s|\s\Z", text, re.MULTILINE), text
            own = text
            for value in sorted(context.values(), key=len, reverse=True):
                own = own.replace(value, " ")
            wrong = Register.COLLOQUIAL if setting["formal"] else Register.FORMAL
            for line in set(re.split(r"[\n.]", own)) - seen:
                seen.add(line)
                assert not set(marks_of(checker._judge.language.analyzer, line, wrong)) - _SAID_TOO, line


@pytest.mark.parametrize("name", NAMES)
def test_channels_have_their_own_frame(name: str) -> None:
    for setting, context in product(settings(), FULL):
        text = SKELETONS.render(name, {**context, **setting})
        if setting["channel"] == "email":
            assert context["name"] in text.split("\n\n")[0]
            assert re.search(rf"\n\n[^\n]+،\n{context['signer']}$", text)
        else:
            assert context["signer"] not in text


@pytest.mark.parametrize("name", NAMES)
def test_public_replies_are_short_and_private(name: str) -> None:
    contexts = [{**context, "problem": LONG} for context in FULL]
    for setting in settings():
        if setting["channel"] == "social":
            for text, context in zip(in_a_row(name, setting, contexts), contexts, strict=True):
                assert len(text) <= 280, text
                assert "دایرکت" in text
                assert not [value for value in (context["name"], context["order"], context["amount"]) if value in text]
                assert not find_identifiers(text)


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"thanks"}))
def test_the_customers_words_open_it_and_a_time_closes_it(name: str) -> None:
    for setting in settings():
        for text, context in zip(in_a_row(name, setting), FULL, strict=True):
            assert f"«{context['problem']}»" in text
            assert context["time"] in text
        unknown = SKELETONS.render(name, {**FULL[0], **setting, "problem": ""})
        assert "نوشتید «" not in unknown


def test_a_skeleton_scores_well(checker: Checker) -> None:
    """An upset customer who gets a skeleton with everything filled in reads respect and empathy."""

    def report(name: str, formal: bool) -> Report:
        setting = {"formal": formal, "audience": "consumer", "channel": "chat", "emotion": "anger"}
        text = agreed(SKELETONS.render(name, {**FULL[0], **setting}))
        return checker.check(text, **talk(name, setting, FULL[0]["problem"]))

    for name, formal in product(sorted(set(NAMES) - {"thanks"}), (True, False)):
        scores = report(name, formal).scores
        assert scores is not None
        assert scores.respect >= 80 and scores.empathy >= 70, (name, scores)
        assert report(name, formal).worst() in (None, Severity.SUGGESTION)


@pytest.mark.parametrize("name", NAMES)
def test_without_context_nobody_claims_anything(name: str, checker: Checker) -> None:
    for setting in settings(EMOTIONS):
        for recent in ([], [mask_layout(SKELETONS.render(name, setting))]):
            text = SKELETONS.render(name, setting, recent=recent)
            assert not claims(checker._judge.language.analyzer, text), text


def test_a_claim_is_found(checker: Checker) -> None:
    assert claims(checker._judge.language.analyzer, "همهٔ پیام‌های قبلیتون رو خوندم.")
    assert claims(checker._judge.language.analyzer, "تا حل شدنش خودم پیگیرم.")
    assert not claims(
        checker._judge.language.analyzer, "بابت این اتفاق عذر می‌خوام؛ تا [روز و ساعت] [قول شما: خبر می‌دم]."
    )
