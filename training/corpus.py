"""The corpus: sentences with their labels, conversations, customers' messages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hamdel.language.analysis import Analyzer
from hamdel.model import Emotion
from hamdel.model.definitions import Example
from hamdel.phrasebank import load_checks

__all__ = [
    "CORPUS",
    "SAID",
    "Sentence",
    "Talk",
    "read_examples",
    "read_messages",
    "read_pairs",
    "read_said",
    "read_talks",
]

CORPUS = Path(__file__).with_name("corpus")
#: What stands before the file's name where customers' messages are read as if they were replies.
SAID = "said-"
_EXAMPLE, _SAID = 4.0, 0.3
#: Faults, and families of them, of whoever answers; a customer's sentence has none of them.
_ANSWERERS = frozenset(
    "blame dismissal contempt threat profanity as-i-said blunt-refusal refusal-no-alternative internal-excuse "
    "deflection vague-time over-promise non-apology apology-no-ownership canned-empathy upsell "
    "harsh refusing stalling hollow".split()
)


@dataclass(frozen=True)
class Sentence:
    """A sentence that stands alone.

    Attributes:
        file: the stem of its file; each file is an independent voice.
        text: as it was written.
        labels: all acts and faults that were listed.
    """

    file: str
    text: str
    labels: frozenset[str]


@dataclass(frozen=True)
class Talk:
    """A customer's message and a reply to it.

    Attributes:
        file: the stem of its file.
        customer: the message; may be empty.
        emotion: the customer's.
        sentences: the reply's sentences with their labels.
        absences: what the whole reply lacks.
        respect, empathy: ratings, 1 to 5.
        channel, audience: as in hamdel's settings.
        known: the labels that were decided on; None for all of them.
        weight: how much each of those counts.
    """

    file: str
    customer: str
    emotion: str
    sentences: tuple[tuple[str, frozenset[str]], ...]
    absences: frozenset[str] = field(default_factory=frozenset)
    respect: int = 3
    empathy: int = 3
    channel: str = "chat"
    audience: str = "consumer"
    known: frozenset[str] | None = None
    weight: float = 1.0

    @property
    def draft(self) -> str:
        """The reply: its sentences joined by a space, or by the newline that one ends with."""
        parts = [text if text.endswith("\n") else f"{text} " for text, _ in self.sentences]
        return "".join(parts).rstrip(" ")


def _rows(folder: Path, pattern: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield path.stem, json.loads(line)


def read_pairs(folder: Path = CORPUS) -> list[Sentence]:
    """Return the sentences that were written for a fault or an act, with their near misses."""
    rows = _rows(folder, "pairs-*.jsonl")
    return [Sentence(file, row["t"].strip(), frozenset((*row["f"], *row.get("a", ())))) for file, row in rows]


def read_talks(folder: Path = CORPUS) -> list[Talk]:
    """Return the conversations."""
    return [
        Talk(
            file=file,
            customer=row["c"],
            emotion=row["e"],
            sentences=tuple((text, frozenset(labels.split())) for text, labels in row["s"]),
            absences=frozenset(row["abs"]),
            respect=row["r"],
            empathy=row["p"],
            channel=row["ch"],
            audience=row["au"],
        )
        for file, row in _rows(folder, "talks-*.jsonl")
    ]


def read_examples(analyse: Analyzer) -> list[Talk]:
    """Return the examples of the checks that name a fault: what is known of each sentence is that fault alone."""
    found = []
    for check in load_checks().values():
        for example in (*check.examples.fire, *check.examples.silent) if check.fault else ():
            draft = analyse(example.draft)
            spans = [draft.span(*sentence) for sentence in draft.sentences]
            found.append(
                Talk(
                    file="examples",
                    customer=example.customer,
                    emotion="neutral",
                    sentences=tuple(_example_sentence(example, check.fault, *span) for span in spans),
                    known=frozenset((check.fault,)),
                    weight=_EXAMPLE,
                )
            )
    return found


def _example_sentence(example: Example, fault: str, start: int, end: int) -> tuple[str, frozenset[str]]:
    marked = any(start < last and first < end for first, last in example.triggers)
    return example.draft[start:end], frozenset((fault,)) if marked else frozenset()


def read_messages(folder: Path = CORPUS) -> list[tuple[str, str, str]]:
    """Return customers' messages: file, text, emotion."""
    return [(file, row["c"], row["e"]) for file, row in _rows(folder, "customers*.jsonl")]


def read_said(talks: Sequence[Talk], messages: Sequence[tuple[str, str, str]], analyse: Analyzer) -> list[Talk]:
    """Return customers' messages as if they were replies without any fault: people tell of their day, and of others.

    Replies are all about a service; with nothing else to learn from, a network takes «گفت» and «مگه» of everyday talk
    for harshness. Angry messages are left out, for what they say would be harsh in a reply, too.

    Args:
        talks: conversations.
        messages: further messages of customers: file, text and emotion.
        analyse: texts to analyses.
    """
    told = {talk.customer: (talk.file, talk.emotion) for talk in reversed(talks) if talk.customer.strip()}
    told = {text: (file, emotion) for file, text, emotion in reversed(messages)} | told
    found = []
    for text, (file, emotion) in told.items():
        if Emotion(emotion) is Emotion.ANGER:
            continue
        draft = analyse(text)
        spans = [draft.span(*sentence) for sentence in draft.sentences]
        sentences = tuple((text[start:end], frozenset[str]()) for start, end in spans)
        found.append(Talk(f"{SAID}{file}", "", emotion, sentences, known=_ANSWERERS, weight=_SAID))
    return found
