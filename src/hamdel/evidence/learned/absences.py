"""What a whole reply lacks: numbers that a small network decides on (`training/absences.py` makes it)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hamdel.evidence.customer import Context, QuestionKind
from hamdel.model.evidence import EMOTIONS, Evidence, chances_of

__all__ = ["ABSENCES", "AbsenceReader", "draft_features"]

_Floats = npt.NDArray[np.float32]

#: What may be lacking, in the order of the outputs.
ABSENCES = ("no-feeling-ack", "no-problem-ack", "no-next-step", "unanswered-question", "ignored-detail")
_KINDS = tuple(QuestionKind)
_LONG = 600  # code points from which a text counts as long
_FAR = 5.0  # standard deviations; nothing counts as farther out


def draft_features(evidence: Evidence, context: Context, draft: str, rules: Mapping[str, float]) -> _Floats:
    """Return what an absence is decided on, one row.

    Args:
        evidence: of the draft.
        context: of the customer's message.
        draft: the reply's text.
        rules: what the rules say of each absence: 1 for sure, 0.5 for perhaps, 0 for no.
    """
    chances = evidence.chances
    some = 1 - np.prod(1 - chances, axis=0)
    overlap = evidence.facts[:, 0]
    answers, problems = (chances[:, evidence.column(kind)] * overlap for kind in ("answer", "problem"))
    details = context.details
    given = (details.orders, details.names, details.dates, details.products)
    asked = {question.kind for question in context.questions}
    row = [
        *np.log(some + 1e-3).tolist(),
        *chances.mean(axis=0).tolist(),
        *chances.max(axis=0).tolist(),
        *evidence.emotions.tolist(),
        float(evidence.emotions[:3].sum()),
        *(float(context.emotion is emotion) for emotion in EMOTIONS),
        min(len(context.questions), 3),
        float(bool(context.problem)),
        *(float(bool(detail)) for detail in given),
        float(context.blames_us),
        *(float(kind in asked) for kind in _KINDS),
        float(overlap.max()),
        float(overlap.mean()),
        float(evidence.facts[:, 1].max()),
        float(answers.max()),
        float(problems.max()),
        float(np.log(len(evidence.sentences))),
        min(len(draft), _LONG) / 200,
        min(len(context.message), _LONG) / 200,
        *(rules.get(name, 0.0) for name in ABSENCES),
        float(bool(context.message)),
        float(any(char.isdigit() for char in draft)),
        float("؟" in draft or "?" in draft),
        min(context.message.count("؟") + context.message.count("?"), 3),
    ]
    return np.array(row, np.float32)


class AbsenceReader(NamedTuple):
    """A small network over `draft_features`: one hidden layer, one output for each absence.

    Attributes:
        mean, scale: what the features are made alike with.
        hidden, hidden_bias, out, out_bias: the layers.
    """

    mean: _Floats
    scale: _Floats
    hidden: _Floats
    hidden_bias: _Floats
    out: _Floats
    out_bias: _Floats

    def __call__(self, features: _Floats) -> dict[str, float]:
        """Return how likely each absence is, 0 to 1."""
        alike = np.clip((features - self.mean) * self.scale, -_FAR, _FAR)
        # Not by BLAS: for a single row it wakes threads that cost more than the sum.
        inner = np.maximum((alike[:, None] * self.hidden).sum(axis=0) + self.hidden_bias, 0)
        chances = chances_of((inner[:, None] * self.out).sum(axis=0) + self.out_bias)
        return dict(zip(ABSENCES, chances.tolist(), strict=True))
