"""How far shares of deeds are from labels, on conversations whose figures can be counted by hand."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn")
np = pytest.importorskip("numpy")

from hamdel.evidence.customer import Context  # noqa: E402
from hamdel.model import Emotion  # noqa: E402
from training.corpus import Talk  # noqa: E402
from training.deeds import Counted, count_deeds, figures_of  # noqa: E402
from training.inputs import ACTS, FAULTS  # noqa: E402

TOLD = (*FAULTS, *ACTS)


def talk(customer: str, emotion: str, *sentences: tuple[str, str]) -> Talk:
    return Talk("talks-x", customer, emotion, tuple((text, frozenset(labels.split())) for text, labels in sentences))


def chances(*rows: str) -> np.ndarray:
    return np.array([[0.9 if label in row.split() else 0.1 for label in TOLD] for row in rows])


def test_both_sides_are_counted_alike() -> None:
    talks = [
        talk("خیلی عصبانی‌ام", "anger", ("می‌فهمم که ناراحتید.", "feel"), ("تا فردا ساعت ۱۰ می‌رسد.", "commit")),
        talk("کجاست؟", "neutral", ("به زودی می‌رسد.", "commit")),
    ]
    contexts = {"خیلی عصبانی‌ام": Context(felt=Emotion.ANGER), "کجاست؟": Context()}
    found = count_deeds(talks, chances("", "commit", "commit feel"), contexts)
    assert found["feel"] == [
        Counted("talks-x", called=True, done=True, found_called=True, found_done=False),
        Counted("talks-x", called=False, done=False, found_called=False, found_done=True),
    ]
    assert [(one.called, one.done, one.found_called, one.found_done) for one in found["bound"]] == [
        (True, True, True, True),
        (True, False, True, False),
    ]


def test_figures() -> None:
    def reply(file: str, done: bool, found: bool) -> Counted:
        return Counted(file, called=True, done=done, found_called=True, found_done=found)

    counted = [reply("a", True, n < 20) for n in range(30)] + [reply("b", False, n < 10) for n in range(30)]
    found = figures_of(counted)
    assert (found["replies"], found["files"]) == (60, 2)
    assert found["precision"] == pytest.approx(20 / 30)
    assert found["recall"] == pytest.approx(20 / 30)
    assert (found["labelled"], found["read"], found["bias"]) == (0.5, 0.5, 0.0)
    assert found["by_file"] == pytest.approx(1 / 3)
