"""Every suggestion, of every kind that a check emits, in every register, audience and channel.

A wording is checked alone, as a follow-up: what the rest of a reply must have is no business of one sentence. Those
that stand for the finding's sentence are checked there, too. Some checks tell the agent what to write instead of
offering a sentence to send; their register is that of instructions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from wording_of import AUDIENCES, CHANNELS, EMOTIONS, FULL, agreed, claims, faults, marks_of, typography

from hamdel import Checker
from hamdel.model import Anchor, Finding, Register, Severity
from hamdel.phrasebank import load_checks
from hamdel.wording.suggest import Suggester

CHECKS = load_checks()
#: These explain: «به‌جای … بنویسید …».
EXPLAIN = (
    "repetition/inside-draft",
    "respect/shouting",
    "respect/tu-form",
    "respect/tv-mix",
    "typography/arabic-letters",
    "typography/latin-punct",
)
#: The register of these is the customer's, whatever the draft's is.
GIVEN_REGISTER = ("respect/register-mismatch",)
#: These branch on the customer's feeling.
FEEL = ("empathy/canned-empathy", "empathy/no-feeling-ack")
#: Their wordings don't stand for the sentence: parts of it, its greeting, one apology of several, or an answer that
#: only the agent knows.
NOT_A_SENTENCE = (
    *EXPLAIN,
    *GIVEN_REGISTER,
    "clarity/ignored-detail",
    "clarity/jargon",
    "clarity/unanswered-question",
    "clarity/vague-time",
    "empathy/over-apology",
    "repetition/near-copy",
    "respect/as-i-said",
    "respect/bare-imperative",
    "respect/honorific-gender",
    "respect/name-misspelled",
    "respect/privacy-leak",
    "respect/unfilled-placeholder",
)
_FROM_THE_FINDING = ("kind", "matched", "ask", "replacement", "form", "meaning", "ending")
_FEW = 2  # texts of a kind: they differ in what the draft says, not in the wording
_SAID_TOO = {"نیست", "هست", "پرونده"}  # people say these as well; the lexicon takes «پرونده» for a form of «پروندن»


Emitted = dict[tuple[str, str], list[dict[str, str]]]
Seen = dict[tuple[str, str], dict[str, dict[str, Any]]]


@contextmanager
def noted() -> Iterator[Seen]:
    """Note what templates are filled with: by check and kind, then by what was matched."""
    seen: Seen = {}
    suggest = Suggester.suggest

    def spy(self: Suggester, check: str, values: Any, **rest: Any) -> tuple[str, ...]:
        seen.setdefault((check, values["kind"]), {}).setdefault(values["matched"], dict(values))
        return suggest(self, check, values, **rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Suggester, "suggest", spy)
        yield seen


@pytest.fixture(scope="module")
def emitted(checker: Checker) -> Emitted:
    """What each kind of finding hands to its template; kinds without an example get a bare one."""
    with noted() as seen:
        for check in CHECKS.values():
            for example in check.examples.fire:
                checker.check_conversation(example.conversation(None))
    found = {
        key: [
            {name: value[name] for name in _FROM_THE_FINDING if value.get(name)}
            for value in list(values.values())[:_FEW]
        ]
        for key, values in seen.items()
    }
    for check in CHECKS.values():
        for group in check.groups:
            if not group.kind.startswith("credit"):
                found.setdefault((check.id, group.kind), [{"kind": group.kind, "matched": "این"}])
    return {**found, **_whole_commands(found)}


def _whole_commands(found: Emitted) -> Emitted:
    """Commands that aren't sure to be whole get no wording."""
    kind = ("respect/bare-imperative", "command")
    return {kind: [case for case in found[kind] if "ask" in case]}


def settings(check: str) -> Iterator[dict[str, Any]]:
    """Yield register, audience, channel and (where it matters) feeling."""
    feelings = EMOTIONS if check in FEEL else ("neutral",)
    for formal, audience, channel, emotion in product((True, False), AUDIENCES, CHANNELS, feelings):
        yield {"formal": formal, "audience": audience, "channel": channel, "emotion": emotion}


def of_check(emitted: Emitted, check: str) -> list[dict[str, str]]:
    return [values for (name, _), group in emitted.items() if name == check for values in group]


def without(text: str, values: Any) -> str:
    for value in sorted({str(value) for value in values if value}, key=len, reverse=True):
        text = text.replace(value, " ")
    return text


def reported(checker: Checker, wording: str, case: dict[str, str], talk: dict[str, str]) -> set[str]:
    """Return the checks that a wording doesn't pass, apart from what it quotes of the draft."""
    quoted = {value for name, value in case.items() if name != "kind"}
    found = faults(checker, wording, turn=2, **talk)
    return {f.check for f in found if not any(f.matched in value for value in quoted)}


@pytest.mark.parametrize("check", CHECKS)
def test_three_distinct_wordings_in_each_register(check: str, emitted: Emitted) -> None:
    cases = of_check(emitted, check)
    assert cases
    for case, setting, context in product(cases, settings(check), (*FULL, {})):
        wordings = Suggester.suggest(SUGGESTER, check, {**context, **case, **setting})
        assert len(set(wordings)) >= 3, (case, setting)
        assert all(wording.strip() == wording for wording in wordings)


SUGGESTER = Suggester()


@pytest.mark.parametrize("check", CHECKS)
def test_wordings_pass_hamdels_own_checks(check: str, emitted: Emitted, checker: Checker) -> None:
    seen = set()
    for case, setting, context in product(of_check(emitted, check), settings(check), FULL):
        talk = {name: setting[name] for name in ("audience", "channel")}
        for wording in map(agreed, SUGGESTER.suggest(check, {**context, **case, **setting})):
            if (key := (wording, *talk.values())) not in seen:
                seen.add(key)
                assert not reported(checker, wording, case, talk), wording


@pytest.mark.parametrize("check", CHECKS)
def test_without_context_only_placeholders_are_reported(check: str, emitted: Emitted, checker: Checker) -> None:
    seen = set()
    for case, setting in product(of_check(emitted, check), settings(check)):
        talk = {name: setting[name] for name in ("audience", "channel")}
        for wording in SUGGESTER.suggest(check, {**case, **setting}):
            if (key := (wording, *talk.values())) not in seen:
                seen.add(key)
                assert reported(checker, wording, case, talk) <= {"respect/unfilled-placeholder"}, wording


@pytest.mark.parametrize("check", CHECKS)
def test_wordings_look_right_and_keep_their_register(check: str, emitted: Emitted, checker: Checker) -> None:
    analyzer = checker._judge.language.analyzer
    seen = set()
    for case, setting, context in product(of_check(emitted, check), settings(check), FULL):
        given = [*case.values(), *(value.lower() for value in case.values()), *context.values()]
        for wording in map(agreed, SUGGESTER.suggest(check, {**context, **case, **setting})):
            if (key := (wording, setting["formal"])) in seen:
                continue
            seen.add(key)
            if check != "typography/arabic-letters":  # which names the letters
                assert not typography(wording, given), wording
            if check in EXPLAIN or check in GIVEN_REGISTER:
                continue
            wrong = Register.COLLOQUIAL if setting["formal"] else Register.FORMAL
            assert not set(marks_of(analyzer, without(wording, given), wrong)) - _SAID_TOO, wording


@pytest.mark.parametrize("check", sorted(set(CHECKS) - {*EXPLAIN, *GIVEN_REGISTER}))
def test_without_context_nobody_claims_anything(check: str, emitted: Emitted, checker: Checker) -> None:
    """A promise without a slot isn't the agent's; what a suggestion repeats of the draft is."""
    for case, setting in product(of_check(emitted, check), settings(check)):
        for wording in SUGGESTER.suggest(check, {**case, **setting}):
            text = without(wording, [value for name, value in case.items() if name != "kind"])
            assert not claims(checker._judge.language.analyzer, text, slotted=False), wording


def in_place(finding: Finding, draft: str, wording: str) -> str:
    start, end = finding.sentence
    return f"{draft[:start]}{wording} {draft[end:]}"


_FRAME = {"respect/missing-greeting", "respect/missing-closing"}  # the sentence held the greeting or the closing


@pytest.mark.parametrize("check", [check for check in CHECKS if check not in NOT_A_SENTENCE])
def test_a_wording_mends_the_sentence_it_stands_for(check: str, checker: Checker) -> None:
    for example in CHECKS[check].examples.fire:
        talk = example.conversation(None)
        with noted() as seen:
            report = checker.check_conversation(talk)
        grave = {f.check for f in report.findings if f.severity is not Severity.SUGGESTION}
        for finding in report.findings:
            if finding.check != check or finding.anchor is Anchor.DOCUMENT:
                continue
            known = {name: value for name, value in seen[check, finding.kind][finding.matched].items() if value}
            start = finding.sentence[0]
            for wording in map(agreed, SUGGESTER.suggest(check, {**FULL[0], **known})):
                after = checker.check_conversation(replace(talk, draft=in_place(finding, talk.draft, wording)))
                end = start + len(wording)
                assert not [f for f in after.findings if f.check == check and start < f.end <= end], wording
                new = {f.check for f in after.findings if f.severity is not Severity.SUGGESTION}
                assert new - grave <= {*_FRAME, *_MISSES.get(check, ())}, (wording, talk.draft)


#: What a wording may leave to another sentence of the reply: the example's own first sentence acknowledged it.
_MISSES = {
    "empathy/canned-empathy": {"empathy/no-problem-ack", "empathy/no-feeling-ack"},
    "respect/over-taarof": {"empathy/no-problem-ack", "clarity/no-next-step"},
    "clarity/deflection": {"empathy/no-feeling-ack"},
}


@pytest.mark.parametrize(
    ("draft", "right"),
    [
        ("سلام. آدرستو ببینم.", "آدرس شما رو"),
        ("سلام. خونه‌تو دیدم.", "خونهٔ شما رو"),
        ("سلام. مدارکتو دیدم.", "مدارک شما رو"),
        ("سلام. گوشیتو دیدم.", "گوشی شما رو"),
        ("سلام. سفارشت رسید.", "سفارش شما"),
    ],
)
def test_what_is_the_customers_is_named_without_its_clitic(checker: Checker, draft: str, right: str) -> None:
    (finding,) = (f for f in checker.check(draft).findings if f.check == "respect/tu-form")
    assert any(right in wording for wording in finding.suggestions)


@pytest.mark.parametrize("draft", ["سلام. حسابتم شارژ شد.", "سلام. بسته‌ته که رسید.", "سلام. جوابتو می‌دم."])
def test_half_a_clitic_stands_before_no_pronoun(checker: Checker, draft: str) -> None:
    (finding,) = (f for f in checker.check(draft).findings if f.check == "respect/tu-form")
    assert not any("ت شما" in wording for wording in finding.suggestions)


def test_remembered_wordings_follow_what_a_template_takes_in(tmp_path: Path) -> None:
    folder = tmp_path / "suggestions/house"
    folder.mkdir(parents=True)
    (folder / "plain.j2").write_text("سفارش {{ order }} رسید.\n", "utf-8")
    (folder / "inner.j2").write_text("سلام {{ name }}.\n", "utf-8")
    (folder / "outer.j2").write_text("{% include 'suggestions/house/inner.j2' %}\n", "utf-8")
    suggester = Suggester([tmp_path])
    for order in ("۱", "۲", "۲", "۳"):
        assert suggester.suggest("house/plain", {"order": order}) == (f"سفارش {order} رسید.",)
    for name in ("سارا", "رضا", "مینا"):
        assert suggester.suggest("house/outer", {"name": name}) == (f"سلام {name}.",)
