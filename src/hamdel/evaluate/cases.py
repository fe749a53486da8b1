"""Labelled replies: from JSON Lines that a team wrote, and from the examples of checks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from hamdel.base.nearest import nearest
from hamdel.base.text_files import json_value, read_lines
from hamdel.errors import InputError
from hamdel.model import Audience, Channel, Conversation, Emotion
from hamdel.model.evaluation import RATED
from hamdel.model.fields import CONVERSATION, Field, Holds
from hamdel.phrasebank import CheckDef
from hamdel.settings.config import no_such_check

__all__ = ["Case", "Label", "Rules", "example_cases", "read_cases"]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)
_KINDS: dict[type, str] = {
    str: "a text",
    list: "a list",
    dict: "an object",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}
#: What a labelled case may tell of its conversation; who took part is none of its business.
_KNOWN = ("customer", "past", "audience", "channel", "turn", "same_customer")


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says should be found.

    Attributes:
        check: the check's id.
        text: the part of the draft; empty when it is about the whole draft.
    """

    check: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled reply.

    Attributes:
        place: where it was read, ``file:line``.
        talk: the reply and what is known about it.
        labels: what should be found.
        neutral: checks whose findings count neither way.
        clean: nothing should be found in it.
        about: the only check that the labels speak of, and completely, suggestions included; empty for all.
        emotion: the customer's; None when nobody said.
        ratings: from 1 to 5, by the names in `RATED`.
        unknown: labels left out because no check has their id.
        off: labels left out because their check is switched off.
        wrong: of a correction, what somebody objects to, empty for the whole draft; None where nobody did.
        missed: of a correction, the words that have a fault, too; None where nobody said so.
    """

    place: str
    talk: Conversation
    labels: tuple[Label, ...] = ()
    neutral: frozenset[str] = frozenset()
    clean: bool = False
    about: str = ""
    emotion: Emotion | None = None
    ratings: Mapping[str, float] = field(default_factory=dict)
    unknown: int = 0
    off: int = 0
    wrong: str | None = None
    missed: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """How a file of cases is to be read.

    Attributes:
        known: the ids of all checks.
        off: those of them that are switched off; their labels are left out.
        ignore_unknown: leave other ids out, too, instead of refusing them.
        audience, channel: of a case that names none.
    """

    known: Collection[str]
    off: Collection[str] = ()
    ignore_unknown: bool = False
    audience: Audience = Audience.CONSUMER
    channel: Channel = Channel.CHAT

    def require(self, check: str, place: str) -> None:
        """See that there is such a check.

        Raises:
            InputError: there is none, and that isn't to be ignored; the nearest one is named.
        """
        if check not in self.known and not self.ignore_unknown:
            raise InputError(f"{place}: {no_such_check(check, self.known)} (--ignore-unknown leaves it out)")


def read_cases(name: str, rules: Rules) -> Iterator[Case]:
    """Read labelled replies one by one.

    Args:
        name: a file of JSON Lines; ``-`` for standard input. docs/measure.md describes a line.
        rules: how to read it.

    Raises:
        InputError: the file can't be read, or a line can't be used; ``file:line`` is named.
    """
    for number, line in read_lines(name):
        if line.strip():
            place = f"{'standard input' if name == '-' else name}:{number}"
            yield _case(_Record(json_value(line, place), place), rules)


def example_cases(checks: Iterable[CheckDef]) -> Iterator[Case]:
    """Yield the examples of checks, each as a case about its own check only.

    Precision and recall are what these can tell: kappa needs to know about every check in every draft.
    """
    for check in checks:
        for example in (*check.examples.fire, *check.examples.silent):
            labels = tuple(Label(check.id, example.draft[start:end]) for start, end in example.triggers)
            yield Case(f"{check.id}: {example.text}", example.conversation(), labels, clean=not labels, about=check.id)


class _Record:
    """One line's object: typed getters, and complaints that begin with ``file:line``."""

    def __init__(self, value: Any, place: str) -> None:
        self.place = place
        self.data: dict[str, Any] = self._typed(value, dict, "the line")

    def bad(self, what: str) -> InputError:
        return InputError(f"{self.place}: {what}")

    def get(self, key: str, kind: type[_T], default: _T | None = None) -> _T:
        """The value of a key, which must be there unless there is a default; ``null`` is as good as no key."""
        value = self.data.get(key)
        if value is not None:
            return self._typed(value, kind, f'"{key}"')
        if default is None:
            raise self.bad(f'"{key}" is missing')
        return default

    def items(self, key: str, kind: type[_T]) -> list[_T]:
        """The values of a list; empty when the key is missing."""
        values = self.get(key, list, [])
        return [self._typed(value, kind, f'"{key}", item {number}') for number, value in enumerate(values, 1)]

    def choice(self, key: str, kind: type[_E], default: _E | None) -> _E | None:
        """One of an enumeration's values; the default when the key is missing."""
        if self.data.get(key) is None:
            return default
        value = self.get(key, str)
        if value not in list(kind):
            hint = nearest(value, list(kind)) or f"; one of: {', '.join(kind)}"
            raise self.bad(f'"{key}": "{value}" isn\'t known{hint}')
        return kind(value)

    def number(self, key: str, kind: type[_T], least: float, most: float) -> _T | None:
        """A number in a range; None when the key is missing."""
        if self.data.get(key) is None:
            return None
        value: Any = self.get(key, kind)
        if not least <= value <= most:
            limits = f"from {least} to {most}" if most < float("inf") else f"{least} or more"
            raise self.bad(f'"{key}" must be {limits}, not {value}')
        return kind(value)  # type: ignore[call-arg]

    def _typed(self, value: Any, kind: type[_T], what: str) -> _T:
        allowed = (int, float) if kind is float else (kind,)
        if not isinstance(value, allowed) or isinstance(value, bool) is not (kind is bool):
            raise self.bad(f"{what} must be {_KINDS[kind]}")
        return value  # type: ignore[return-value]


def _case(line: _Record, rules: Rules) -> Case:
    talk = _talk(line, rules)
    line.get("expected", list)  # required: an empty list says that nothing should be found
    labels = [_label(item, number, line, talk.draft) for number, item in enumerate(line.items("expected", dict), 1)]
    neutral = line.items("neutral", str)
    about = line.get("about", str, "")
    for check in (*(label.check for label in labels), *neutral, *([about] if about else [])):
        rules.require(check, line.place)
    known = [label for label in labels if label.check in rules.known]
    kept = tuple(label for label in known if label.check not in rules.off)
    return Case(
        place=line.place,
        talk=talk,
        labels=kept,
        neutral=frozenset(check for check in neutral if check in rules.known and check not in rules.off),
        clean=not labels,
        about=about,
        emotion=line.choice("emotion", Emotion, None),
        ratings=_ratings(line),
        unknown=len(labels) - len(known),
        off=len(known) - len(kept),
        wrong=_said(line, "wrong", talk.draft),
        missed=_said(line, "missed", talk.draft),
    )


def _talk(line: _Record, rules: Rules) -> Conversation:
    given = {name: _known(line, CONVERSATION[name], rules) for name in _KNOWN}
    return Conversation(line.get(CONVERSATION["draft"].key, str), **given)


def _known(line: _Record, known: Field, rules: Rules) -> Any:
    """What a line says of a field; where it says nothing, what the rules say, or nothing."""
    match known.holds:
        case Holds.TEXTS:
            return tuple(line.items(known.key, str))
        case Holds.CHOICE:
            assert known.choices is not None
            return line.choice(known.key, known.choices, getattr(rules, known.name))
        case Holds.COUNT:
            return line.number(known.key, int, 1, float("inf"))
        case Holds.FLAG:
            return line.get(known.key, bool, False)
    return line.get(known.key, str, "")


def _label(item: dict[str, Any], number: int, line: _Record, draft: str) -> Label:
    """One label.

    Raises:
        InputError: it has no id, or its text isn't in the draft.
    """
    record = _Record(item, f'{line.place}: "expected", item {number}')
    label = Label(record.get("id", str), record.get("text", str, ""))
    if label.text not in draft:
        raise record.bad(f'"{label.text}" isn\'t in the draft; copy the text from it, or write "" for the whole draft')
    return label


def _said(line: _Record, key: str, draft: str) -> str | None:
    """What a correction is about.

    Raises:
        InputError: it isn't in the draft, or nobody says which check it is about: then all would count as said.
    """
    if line.data.get(key) is None:
        return None
    if not line.get("about", str, ""):
        raise line.bad(f'"{key}" needs "about"; name the check there')
    text = line.get(key, str)
    if text not in draft:
        raise line.bad(f'"{key}": "{text}" isn\'t in the draft; copy the text from it, or write "" for the whole draft')
    return text


def _ratings(line: _Record) -> dict[str, float]:
    given = {name: line.number(name, float, 1, 5) for name in RATED}
    return {name: value for name, value in given.items() if value is not None}
