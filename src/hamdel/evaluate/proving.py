"""A check's own examples as its test: it fires where they say, and stays silent where they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hamdel.model import Conversation, Finding, Report, Source
from hamdel.model.definitions import CheckDef, Example

__all__ = ["Failure", "Kind", "prove"]

_TODO = "TODO"
Judge = Callable[[Conversation], Report]


class Kind(StrEnum):
    """What fails."""

    TODO = "todo"  # a text of the scaffold is still there
    NO_FIRE = "no-fire"
    NO_SILENT = "no-silent"
    NO_REWRITE = "no-rewrite"
    SILENT = "silent"  # it should fire and doesn't
    ELSEWHERE = "elsewhere"  # it fires, but not at a marked place
    FIRES = "fires"  # it should be silent and isn't
    BEFORE = "before"  # the sentence to be rewritten doesn't fire
    AFTER = "after"  # the rewritten one still does


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that isn't as the file says.

    Attributes:
        kind: what fails.
        text: the example, as written, or the key whose text is missing; empty when there are no examples.
        matched: what was found instead.
    """

    kind: Kind
    text: str = ""
    matched: str = ""


def prove(check: CheckDef, judge: Judge) -> Iterator[Failure]:
    """Yield what fails.

    Args:
        check: loaded with its examples.
        judge: checks a conversation with this check switched on.
    """
    yield from _unwritten(check)
    examples = check.examples
    for example in examples.fire:
        yield from _firing(check, example, judge)
    for example in examples.silent:
        hit = next(iter(_by_rules(check, judge(example.conversation()))), None)
        if hit:
            yield Failure(Kind.FIRES, example.text, hit.matched)
    for rewrite in examples.rewrites:
        if not _by_rules(check, judge(Conversation(rewrite.before))):
            yield Failure(Kind.BEFORE, rewrite.before)
        if hits := _by_rules(check, judge(Conversation(rewrite.after))):
            yield Failure(Kind.AFTER, rewrite.after, hits[0].matched)


def _unwritten(check: CheckDef) -> Iterator[Failure]:
    """Yield what of the scaffold is still there, and the kinds of examples that are missing."""
    for key in ("title", "message", "why"):
        text = getattr(check, key)
        if _TODO in text.fa or _TODO in text.en:
            yield Failure(Kind.TODO, key)
    if any(_TODO in phrase for group in check.groups for phrase in group.text):
        yield Failure(Kind.TODO, "phrases")
    examples = check.examples
    for found, kind in (
        (examples.fire, Kind.NO_FIRE),
        (examples.silent, Kind.NO_SILENT),
        (examples.rewrites, Kind.NO_REWRITE),
    ):
        if not found:
            yield Failure(kind)


def _firing(check: CheckDef, example: Example, judge: Judge) -> Iterator[Failure]:
    found = [one for one in judge(example.conversation()).findings if one.check == check.id]
    if not found:
        yield Failure(Kind.SILENT, example.text)
        return
    for start, end in example.triggers:
        if start != end and not any(one.start < end and one.end > start for one in found):
            yield Failure(Kind.ELSEWHERE, example.text, found[0].matched)


def _by_rules(check: CheckDef, report: Report) -> list[Finding]:
    """A check's findings, but for what the learned reader alone found."""
    return [one for one in report.findings if one.check == check.id and one.source is not Source.READER]
