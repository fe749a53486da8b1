"""What a check's TOML file says, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hamdel.model import Audience, Channel, Conversation, Lang, Severity
from hamdel.model.policy import Policy, Role

__all__ = [
    "Bilingual",
    "CheckDef",
    "Example",
    "Examples",
    "Measured",
    "Mending",
    "Pattern",
    "PhraseGroup",
    "Policy",
    "Rewrite",
    "Role",
    "Scope",
    "Told",
]

#: A token pattern of spaCy's Matcher: one mapping of attributes for each token.
Pattern = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Persian and in English."""

    fa: str
    en: str

    def pick(self, lang: Lang) -> str:
        """Return the text in ``lang``."""
        return self.en if lang is Lang.EN else self.fa


@dataclass(frozen=True, slots=True)
class Example:
    """A draft in which a check must fire, or must stay silent.

    Attributes:
        text: as written in the file, triggers marked with ``⟦…⟧``.
        draft: ``text`` without the marks: what is checked.
        triggers: ``(start, end)`` in ``draft``; ``(0, 0)`` for a trigger about the whole draft (``⟦⟧``).
        customer: the customer's message, empty when it doesn't matter.
        channel: chat unless the example says otherwise.
        audience: consumer unless the example says otherwise.
        turn: 1 for a first reply; None when it isn't known.
        past: earlier replies, oldest first.
        same_customer: whether the earlier replies went to this customer.
    """

    text: str
    draft: str
    triggers: tuple[tuple[int, int], ...] = ()
    customer: str = ""
    channel: Channel = Channel.CHAT
    audience: Audience = Audience.CONSUMER
    turn: int | None = None
    past: tuple[str, ...] = ()
    same_customer: bool = False

    def conversation(self, draft: str | None = None) -> Conversation:
        """Return what is to be checked, with another draft if one is given."""
        return Conversation(
            draft=self.draft if draft is None else draft,
            customer=self.customer,
            past=self.past,
            audience=self.audience,
            channel=self.channel,
            turn=self.turn,
            same_customer=self.same_customer,
        )


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A sentence that fires, and a better one."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Examples:
    """The tests of a check, which are its documentation too."""

    fire: tuple[Example, ...] = ()
    silent: tuple[Example, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Phrases and patterns that share a kind, a severity and conditions.

    Attributes:
        kind: a stable name for this part of the check; may be empty.
        severity: overrides the check's; None keeps it.
        graver_when: named predicates; when all hold, a match is one severity graver.
        guards: named predicates, in addition to the check's; one that holds drops the match.
        when: named predicates that must all hold.
        text: literal phrases, matched on NORM.
        patterns: token patterns for spaCy's Matcher.
    """

    kind: str = ""
    severity: Severity | None = None
    graver_when: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()


class Scope(StrEnum):
    """What of a draft a better wording takes the place of, or where it is added."""

    SPAN = "span"  # the matched words
    SENTENCE = "sentence"  # the clauses of the sentence that the finding is in
    DROP = "drop"  # the matched words go
    AFTER = "after"  # added after the sentence that the finding is in
    GREETING = "greeting"  # added at the very start
    OPENING = "opening"  # added after the greeting
    NEXT = "next"  # added at the end, before the closing
    CLOSING = "closing"  # added at the very end


@dataclass(frozen=True, slots=True)
class Mending:
    """How a finding is mended.

    Attributes:
        scope: what the better wording takes the place of.
        formal, spoken: the wording, with ``{slots}``; empty when the suggestions are taken.
    """

    scope: Scope
    formal: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class CheckDef:
    """One check: what it is about, what it looks for and how it is shown.

    Attributes:
        id: ``family/name``.
        severity: of a finding whose group sets none.
        precision: how often rules alone are right: A, above 95 %; B, 85 to 95 %; C, less, so only a suggestion.
        matcher: the code that runs it, ``phrase`` for most.
        guards: named predicates; a match is dropped when one holds.
        fault: what the learned reader calls the fault that the check is about; empty when it isn't asked.
        reader_finds: whether the learned reader may find the fault alone; else it only weighs what the rules find.
        reader_confirms: whether a suggestion of the rules that the learned reader thinks likely is a warning.
        reader_guards: named predicates; what the reader alone finds is dropped when one holds, or one of ``guards``.
        absence: what the learned reader calls what the check misses in a whole reply; empty when it isn't asked.
        sources: keys of ``phrasebanks/sources.toml``.
        title, message, why: in Persian and English; the message may hold ``{matched}``.
        messages: in place of the message, by the kind of a finding.
        edits: how a finding is mended, by its kind; ``any`` for the kinds that aren't named.
        groups: the phrases and patterns.
        examples: empty when they weren't asked for (see ``load_checks``).
        options: the ``[options]`` table; the matcher knows what it means.
        policy: what it is to other checks and to a report.
        path: the file it was read from.
    """

    id: str
    severity: Severity
    precision: str
    matcher: str
    guards: tuple[str, ...]
    sources: tuple[str, ...]
    title: Bilingual
    message: Bilingual
    why: Bilingual
    groups: tuple[PhraseGroup, ...] = ()
    examples: Examples = field(default_factory=Examples)
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    messages: Mapping[str, Bilingual] = field(default_factory=lambda: MappingProxyType({}))
    edits: Mapping[str, Mending] = field(default_factory=lambda: MappingProxyType({}))
    fault: str = ""
    reader_finds: bool = True
    reader_confirms: bool = False
    reader_guards: tuple[str, ...] = ()
    absence: str = ""
    policy: Policy = field(default_factory=Policy)
    path: Path = Path()

    def mending_for(self, kind: str) -> Mending | None:
        """Return how a finding of this kind is mended; None when only its matcher, or nobody, knows."""
        return self.edits.get(kind) or self.edits.get("any")

    def message_for(self, kind: str) -> Bilingual:
        """Return the message of a finding of this kind."""
        return self.messages.get(kind, self.message)

    def words(self, option: str) -> tuple[str, ...]:
        """Return a list of words from ``[options]``; empty when the file has none."""
        return tuple(self.options.get(option, ()))


@dataclass(frozen=True, slots=True)
class Told:
    """How the learned reader decides on one fault or absence.

    Attributes:
        warning: from which chance on it warns, 0 to 1; None when it never does.
        suggestion: from which chance on it suggests, 0 to 1; None when it never does.
        precision: how many of its warnings were right on files that it didn't see, 0 to 1; None when that isn't known.
        recall: how much of what was labelled there it finds with so few mistakes, 0 to 1; None likewise.
        average_precision: of its ranking of their sentences, 0 to 1; None likewise.
    """

    warning: float | None
    suggestion: float | None
    precision: float | None = None
    recall: float | None = None
    average_precision: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One check's figures.

    Attributes:
        precision: which share of its findings is right, from 0 to 1; None when there was none.
        recall: which share of the labels it found; None when there was none.
        support: how many labels there were.
    """

    precision: float | None
    recall: float | None
    support: int
