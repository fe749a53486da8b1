"""Why the reader found something: the words that weigh, and the nearest labelled sentence."""

from __future__ import annotations

import numpy as np
import pytest

from hamdel import Checker
from hamdel.evidence.learned.header import MODEL
from hamdel.evidence.learned.model_file import Model
from hamdel.identifiers.veil import Veil
from hamdel.model import Anchor, Finding, Lang, Source
from hamdel.render.report.because import because

#: No list has these words; the reader finds one fault or other in most of them, whatever it learned last.
UNLISTED = (
    "سلام. شما خودتون کارت رو غلط زدین. برین راهنما رو بخونین. اگه یه کم سواد داشتین اینو نمی‌پرسیدین. "
    "بالاخره یه روز می‌رسه. شما عادت دارین همه چیو گردن ما بندازین."
)
MESSAGE = "برنامه مدام بسته میشه"


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(MODEL)


def texts(model: Model) -> list[str]:
    ends = model.arrays["exemplar_ends"].tolist()
    raw = model.arrays["exemplar_texts"].tobytes()
    return [raw[start:end].decode() for start, end in zip([0, *ends], ends, strict=False)]


def own(checker: Checker) -> list[Finding]:
    """What only the reader finds in some words of `UNLISTED`."""
    findings = checker.check(UNLISTED, customer=MESSAGE).findings
    found = [one for one in findings if one.source is Source.READER and one.anchor is Anchor.SPAN]
    assert found
    return found


def test_the_readers_findings_say_why(checker: Checker, model: Model) -> None:
    for found in own(checker):
        assert found.score is not None
        assert 0 < found.score <= 1
        assert 1 <= len(found.evidence) <= 3
        assert all(word in found.matched for word in found.evidence)
        first, last = model.values["exemplars"][checker.checks[found.check].fault]
        assert found.nearest in texts(model)[first:last]


def test_what_a_rule_found_has_no_nearest_sentence(checker: Checker) -> None:
    findings = checker.check("سلام. تو باید صبر کنی.", customer=MESSAGE).findings
    others = [one for one in findings if one.source is not Source.READER]
    assert others
    assert all(not one.nearest and not because(one, Lang.FA) for one in others)
    unasked = [one for one in findings if one.check == "respect/missing-closing"]
    assert all(one.score is None and one.source is Source.RULE for one in unasked)


def test_an_audit_looks_for_no_sentences(checker: Checker) -> None:
    found, worded = own(Checker(suggestions=False)), own(checker)
    assert [(one.check, one.score) for one in found] == [(w.check, w.score) for w in worded]
    assert all(one.nearest == "" for one in found)


def test_a_labelled_sentence_is_nearest_to_itself(checker: Checker, model: Model) -> None:
    """However it is spelt; a few are said twice in other words, and what a vector keeps of those is the same."""
    reader, analyzer = checker.reader, checker._judge.language.analyzer
    assert reader is not None
    shown = texts(model)
    alike = tried = 0
    for fault, (first, last) in model.values["exemplars"].items():
        for text in shown[first:last:8]:
            draft = analyzer(text.replace("ی", "ي").replace("ک", "ك"))
            tried += 1
            alike += reader.nearest(draft, (0, len(draft.words)), fault) == text
    assert alike >= 0.95 * tried


def test_labelled_sentences_hold_nothing_personal(model: Model) -> None:
    shown = texts(model)
    assert all(Veil(text)(text) == text and not any(char.isdigit() for char in text) for text in shown)
    assert all(0 < last - first <= 60 for first, last in model.values["exemplars"].values())
    assert len(shown) == sum(last - first for first, last in model.values["exemplars"].values())
    assert model.arrays["exemplar_vectors"].dtype == np.int8


def test_nothing_is_like_a_fault_without_labelled_sentences(checker: Checker) -> None:
    reader, draft = checker.reader, checker._judge.language.analyzer("سلام")
    assert reader is not None
    assert reader.nearest(draft, (0, 1), "no-feeling-ack") == ""
    assert reader.nearest(draft, (0, 0), "blame") == ""
