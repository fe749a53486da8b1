"""What the scores are made of, from the model's weights and the checks' costs."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.scoring import FRESH
from hamdel.evidence.learned.inference import MODEL
from hamdel.evidence.learned.model_file import Model
from hamdel.evidence.learned.ratings import RATED
from hamdel.phrasebank import load_checks
from tools.reference import markdown

__all__ = ["PARTS", "table"]

#: What a sum counts for the reply, in words.
PARTS = {
    "greet": "it greets",
    "close": "it ends warmly or formally",
    "thank": "it thanks",
    "feel": "it sees the feeling",
    "sorry": "it apologises or owns the fault",
    "problem": "it shows that the problem was read",
    "answer": "it answers or explains",
    "done": "something was done already",
    "commit": "it says what we do next, and by when",
    "ask": "it asks for what is needed",
    "instruct": "it tells how",
    "offer": "it offers an option",
    "explained": "it explains itself (length)",
}


def table() -> str:
    """Return the table of all parts of the three scores."""
    return markdown.table(("part", "respect", "empathy", "originality"), _rows())


def _rows() -> Iterator[tuple[str, ...]]:
    weights = Model(MODEL).values["ratings"]
    checks = load_checks(examples=False).values()
    names = {check.fault or check.absence: check.id for check in checks}
    yield "start", str(round(weights["respect"][0])), str(round(weights["empathy"][0])), str(FRESH)
    for place, (name, _) in enumerate(RATED, 1):
        points = [round(weights[score][place] * (2 if name == "explained" else 1)) for score in ("respect", "empathy")]
        if any(points):
            cells = [f"up to {point:+}".replace("-", "−") for point in points]
            yield PARTS.get(name) or f"`{names[name]}`", *cells, ""
    yield "it takes up what the customer wrote about", "", "", "+10"
    yield "likeness to an earlier reply", "", "", "−2.25 for each % above 60"
    costs = {check.id: check.policy.originality for check in checks}
    for check, cost in sorted(costs.items(), key=lambda row: (row[1], row[0]), reverse=True):
        if cost:
            yield f"`{check}`", "", "", f"−{cost}"
