"""The corpus is what its guide says: labels that exist, ratings in range, no conversation twice in one file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "training" / "corpus"
ACTS = frozenset("greet close thank feel sorry problem answer done commit ask instruct offer refuse".split())
FAULTS = frozenset(
    "blame dismissal contempt threat profanity as-i-said blunt-refusal refusal-no-alternative internal-excuse "
    "deflection vague-time over-promise non-apology apology-no-ownership canned-empathy upsell over-taarof "
    "over-familiar bare-imperative tu-form".split()
)
ABSENCES = frozenset("no-feeling-ack no-problem-ack no-next-step unanswered-question ignored-detail".split())
EMOTIONS = frozenset("anger worry disappointment confusion thanks neutral".split())
FILES = sorted(CORPUS.glob("*.jsonl"))


def test_there_is_enough_of_it() -> None:
    lines = [line for path in FILES for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = map(json.loads, lines)
    sentences = sum(len(row["s"]) if "s" in row else "t" in row for row in rows)
    assert sentences >= 37_600


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_lines_are_labelled(path: Path) -> None:
    for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        if "s" in row:
            assert row["e"] in EMOTIONS
            assert row["ch"] in ("chat", "email", "social")
            assert row["au"] in ("consumer", "business")
            assert ABSENCES.issuperset(row["abs"])
            assert {row["r"], row["p"]} <= set(range(1, 6))
            assert all(text.strip() and (ACTS | FAULTS).issuperset(labels.split()) for text, labels in row["s"])
        elif "t" in row:
            assert row["k"] in FAULTS | ACTS
            assert row["t"].strip()
            assert FAULTS.issuperset(row["f"])
            assert ACTS.issuperset(row.get("a", ()))
        else:
            assert row["e"] in EMOTIONS
            assert row["c"].strip()
