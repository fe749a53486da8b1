"""The learned reader: the same sentence is the same sentence however it is spelled, and its file is what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamdel import Checker, Config, Severity
from hamdel.errors import ModelError
from hamdel.evidence.learned import loops
from hamdel.evidence.learned.inference import MODEL, EvidenceReader
from hamdel.evidence.learned.model_file import Model
from hamdel.evidence.learned.ratings import RATED
from hamdel.evidence.learned.traits import shipped_traits
from hamdel.model import Report
from hamdel.model.evidence import Source

CUSTOMER = "سه هفته‌ست سفارشم نرسیده و هر بار می‌گید فردا. واقعاً خسته شدم."
DRAFTS = (
    "سلام، حق دارید کلافه باشید. سفارشتون رو دیدم و خودم تا فردا ساعت ۱۰ پیگیری می‌کنم.",
    "همکارم مرخصیه و کاری از دستم برنمی‌آد؛ یه نگاهی به سایت می‌انداختید متوجه می‌شدید.",
    "بابت مشکل پیش‌آمده پوزش می‌خواهیم. به‌زودی رسیدگی می‌شود.",
    "متأسفانه امکان مرجوعی وجود ندارد. از خرید شما سپاسگزاریم.",
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(suggestions=False)


def found(report: Report) -> list[tuple[str, str]]:
    return sorted((finding.check, str(finding.severity)) for finding in report.findings)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize(
    ("old", "new"),
    [("\u200c", " "), ("ی", "ي"), ("ک", "ك"), ("ا", "ا\u0640"), ("سلام", "سَلام")],
)
def test_spelling_changes_no_act(checker: Checker, draft: str, old: str, new: str) -> None:
    one = checker.examine(checker.conversation(draft, customer=CUSTOMER))[1].evidence
    other = checker.examine(checker.conversation(draft.replace(old, new), customer=CUSTOMER))[1].evidence
    assert one is not None
    assert other is not None
    assert np.abs(one.chances - other.chances).max() < 0.05


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سفارش ۱۲۳۴۵ فردا ساعت ۱۰ می‌رسد.", "سفارش ۹۸۷۶۱ فردا ساعت ۱۲ می‌رسد."),
        ("سلام خانم رضایی عزیز، بسته رسید 🙏", "سلام خانم کریمی عزیز، بسته رسید 🙏"),
        ("سلام، بسته رسید 🙏", "سلام، بسته رسید 🌹"),
        ("لطفاً به https://shop.ir/a بروید.", "لطفاً به https://example.com/b?c=1 بروید."),
    ],
)
def test_names_numbers_and_emoji_move_no_score(checker: Checker, one: str, other: str) -> None:
    before, after = (checker.check(text, customer=CUSTOMER).scores for text in (one, other))
    assert before is not None
    assert after is not None
    assert abs(before.respect - after.respect) < 5
    assert abs(before.empathy - after.empathy) < 5


@given(st.integers(10_000, 99_999), st.integers(10_000, 99_999))
@settings(max_examples=20)
def test_an_order_number_is_only_a_number(first: int, second: int) -> None:
    checker = _shared()
    drafts = (f"سفارش {number} را دیدم و پیگیری می‌کنم." for number in (first, second))
    reports = [checker.check(draft, customer=CUSTOMER) for draft in drafts]
    assert reports[0].scores == reports[1].scores


_KEPT: list[Checker] = []


def _shared() -> Checker:
    if not _KEPT:
        _KEPT.append(Checker(suggestions=False))
    return _KEPT[0]


def test_numpy_reads_as_the_kernel_does(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    talks = [checker.conversation(draft, customer=CUSTOMER) for draft in DRAFTS]
    compiled = [checker.examine(talk)[1].evidence for talk in talks]
    monkeypatch.setattr(loops, "functions", lambda: None)
    plain = Checker(suggestions=False)
    for talk, one in zip(talks, compiled, strict=True):
        other = plain.examine(talk)[1].evidence
        assert one is not None
        assert other is not None
        np.testing.assert_allclose(one.logits, other.logits, atol=1e-3)
        np.testing.assert_array_equal(one.facts, other.facts)


def test_more_words_than_are_kept_are_read(checker: Checker) -> None:
    letters = "بپتجچحخدرزسشعفقکگلمن"
    forms = [a + b + c + d for a in letters[:10] for b in letters[:10] for c in letters[:10] for d in letters[:10]]
    draft = "\n".join(" ".join(forms[i : i + 250]) for i in range(0, len(forms), 250))
    evidence = checker.examine(checker.conversation(draft, customer=CUSTOMER))[1].evidence
    assert evidence is not None
    assert np.isfinite(evidence.chances).all()


def test_what_only_the_reader_finds_is_no_error(checker: Checker) -> None:
    _, case = checker.examine(checker.conversation(DRAFTS[1], customer=CUSTOMER))
    own = [hit for hits in case.found.values() for hit in hits if hit.source is Source.READER]
    assert own
    assert all(hit.severity is not Severity.ERROR and hit.score is not None for hit in own)


def test_a_check_that_is_off_changes_no_other(checker: Checker) -> None:
    for draft in DRAFTS:
        everything = found(checker.check(draft, customer=CUSTOMER))
        for name in {check for check, _ in everything}:
            without = Checker(Config(severity={name: None}), suggestions=False)
            left = found(without.check(draft, customer=CUSTOMER))
            assert left == [one for one in everything if one[0] != name]


def test_quoted_words_aren_t_the_reply_s(checker: Checker) -> None:
    said = checker.examine(checker.conversation("نوشته بودید «شما یه مشت دزدید». متأسفم که این حس رو داشتید."))[1]
    assert said.evidence is not None
    assert said.evidence.best("profanity") < 0.5


def test_one_weight_for_each_thing_that_is_rated() -> None:
    model = Model(MODEL)
    assert all(len(weights) == len(RATED) + 1 for weights in model.values["ratings"].values())
    for weights in model.values["ratings"].values():
        assert all(weight * sign >= 0 for weight, (_, sign) in zip(weights[1:], RATED, strict=True))


def test_model_is_small() -> None:
    assert MODEL.stat().st_size <= 8_000_000


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:100],
        lambda raw: raw[: len(raw) // 2],
        lambda raw: b"x" + raw[1:],
        lambda raw: raw.replace(b'"features": "', b'"features": "0', 1),
        lambda raw: raw[:12] + b"\xff" * 200 + raw[212:],
    ],
)
def test_a_damaged_model_is_one_clear_line(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "reader.model"
    path.write_bytes(damage(MODEL.read_bytes()))  # type: ignore[operator]
    with pytest.raises(ModelError, match=r"reader\.model: .*reinstall hamdel"):
        EvidenceReader(shipped_traits(), path)


def test_a_missing_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall hamdel"):
        Model(tmp_path / "none")


@pytest.mark.parametrize(
    "blaming",
    ["معمولاً کسی که راهنما رو بخونه این سؤال رو نمی‌پرسه.", "مگه راهنما رو ندیدید که این سؤال رو می‌پرسید؟"],
)
def test_no_lone_word_is_marked_for_a_sentence(checker: Checker, blaming: str) -> None:
    report = checker.check(f"سلام. {blaming}", customer="چرا وصل نمی‌شه؟")
    spans = [finding.matched for finding in report.findings if finding.source is Source.READER and finding.matched]
    assert spans and all("راهنما" in span for span in spans)
