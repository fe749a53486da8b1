"""What a whole reply lacks: numbers that a small network decides on (`training/absences.py` makes it)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import log
from operator import mul

import numpy as np
import numpy.typing as npt

from hamdel.evidence.customer import Context, QuestionKind
from hamdel.evidence.learned import kernel, loops
from hamdel.model.evidence import EMOTIONS, Evidence, chance_of

__all__ = ["ABSENCES", "AbsenceReader", "draft_features"]

_Floats = npt.NDArray[np.float32]

#: What may be lacking, in the order of the outputs.
ABSENCES = ("no-feeling-ack", "no-problem-ack", "no-next-step", "unanswered-question", "ignored-detail")
_KINDS = tuple(QuestionKind)
_LONG = 600  # code points from which a text counts as long
_DIGIT = re.compile(r"\d")
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
    count, labels = chances.shape
    overlap = evidence.facts[:, 0]
    shared = [row[:2] for row in evidence.facts.tolist()]
    answers, problems = (
        max(map(mul, chances[:, evidence.column(kind)].tolist(), overlap.tolist())) for kind in ("answer", "problem")
    )
    details = context.details
    given = (details.orders, details.names, details.dates, details.products)
    asked = {question.kind for question in context.questions}
    message = context.message
    whole = [
        *evidence.emotions.tolist(),
        float(evidence.emotions[:3].sum()),
        *(context.emotion is emotion for emotion in EMOTIONS),
        min(len(context.questions), 3),
        bool(context.problem),
        *map(bool, given),
        context.blames_us,
        *(kind in asked for kind in _KINDS),
        max(cosine for cosine, _ in shared),
        float(np.add.reduce(overlap) / np.float32(count)),
        max(words for _, words in shared),
        answers,
        problems,
        log(count),
        min(len(draft), _LONG) / 200,
        min(len(message), _LONG) / 200,
        *(rules.get(name, 0.0) for name in ABSENCES),
        bool(message),
        _DIGIT.search(draft) is not None or any(map(str.isdigit, set(draft))),  # few texts have «²» alone
        "؟" in draft or "?" in draft,
        min(message.count("؟") + message.count("?"), 3),
    ]
    row = np.empty(3 * labels + len(whole), np.float32)
    row[:labels] = np.log(evidence.some + np.float32(1e-3))
    row[labels : 2 * labels] = np.add.reduce(chances, axis=0) / np.float32(count)
    row[2 * labels : 3 * labels] = np.maximum.reduce(chances, axis=0)
    row[3 * labels :] = whole
    return row


class AbsenceReader:
    """A small network over `draft_features`: one hidden layer, one output for each absence.

    Args:
        arrays: ``mean`` and ``scale``, which the features are made alike with, and the layers ``hidden``,
            ``hidden_bias``, ``out``, ``out_bias``.
    """

    def __init__(self, arrays: Mapping[str, _Floats]) -> None:
        self._mean, self._scale = arrays["mean"], arrays["scale"]
        self._layers = tuple(arrays[name] for name in ("hidden", "hidden_bias", "out", "out_bias"))
        self._compiled = kernel.Layer(*self._layers) if loops.available() else None

    def __call__(self, features: _Floats) -> dict[str, float]:
        """Return how likely each absence is, 0 to 1."""
        alike = np.minimum(np.maximum((features - self._mean) * self._scale, -_FAR), _FAR)
        outputs = self._compiled(alike) if self._compiled else self._plainly(alike)
        return dict(zip(ABSENCES, map(chance_of, outputs.tolist()), strict=True))

    def _plainly(self, alike: _Floats) -> _Floats:
        """Return the outputs without the kernel."""
        hidden, hidden_bias, out, out_bias = self._layers
        # Not by BLAS: for a single row it wakes threads that cost more than the sum.
        inner = np.maximum((alike[:, None] * hidden).sum(axis=0) + hidden_bias, 0)
        outputs: _Floats = (inner[:, None] * out).sum(axis=0) + out_bias
        return outputs
