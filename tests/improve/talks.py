"""All conversations that we have: the rated cases and the examples of every check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from hamdel.model import Audience, Channel, Conversation
from hamdel.phrasebank import load_checks

CASES = Path(__file__).parents[1] / "cases"


def rated(*, bad: bool = False) -> Iterator[Conversation]:
    """The rated cases, or only those in which something should be found."""
    for name in ("cases", "cases_history"):
        for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if case["expected"] or not bad:
                yield Conversation(
                    draft=case["draft"],
                    customer=case["customer"],
                    past=tuple(case.get("history", ())),
                    audience=Audience(case["audience"]),
                    channel=Channel(case["channel"]),
                )


def all_talks() -> list[Conversation]:
    """The cases, and the examples of every check."""
    examples = [e for check in load_checks().values() for e in (*check.examples.fire, *check.examples.silent)]
    return [*rated(), *(example.conversation() for example in examples)]
