"""From what tomllib read to checked, frozen values."""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hamdel.model import Severity
from hamdel.model.definitions import (
    Bilingual,
    CheckDef,
    Example,
    Examples,
    Mending,
    PhraseGroup,
    Policy,
    Rewrite,
    Role,
    Scope,
)
from hamdel.model.fields import CONVERSATION, Field, Holds
from hamdel.model.policy import Need
from hamdel.phrasebank.cells import Cells
from hamdel.phrasebank.table import Bad, Table, advice

__all__ = ["check_from", "groups_from", "is_check_id"]

_CHECK_KEYS = (
    "id", "severity", "precision", "matcher", "guards", "sources", "fault", "reader_finds", "reader_confirms",
    "reader_guards", "absence", "policy", "title", "message", "messages", "why", "edits", "cells", "phrases",
    "examples", "options",
)  # fmt: skip
_POLICY_KEYS = ("roles", "reads", "priority", "any_script", "originality", "needs")
_GROUP_KEYS = ("kind", "severity", "graver_when", "guards", "when", "text", "patterns")
_EXAMPLE_KEYS = ("draft", "customer", "past", "audience", "channel", "turn", "same_customer")
_WORDED = (Scope.SPAN, Scope.AFTER)  # these need a wording of their own
_ID = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")
_MARK = re.compile(r"⟦([^⟦⟧]*)⟧")


def check_from(data: dict[str, Any], path: Path, shared: Cells) -> CheckDef:
    """Return the check that a file's content describes.

    Args:
        data: the content.
        path: of the file.
        shared: cells that its patterns may name, besides its own.

    Raises:
        Bad: a key is missing, unknown or has a wrong value.
    """
    top = Table(data, (), _CHECK_KEYS)
    return CheckDef(
        id=_id(top),
        severity=Severity(top.choice("severity", list(Severity))),
        precision=top.choice("precision", ("A", "B", "C")),
        matcher=top.text("matcher", "phrase"),
        guards=top.texts("guards"),
        sources=top.texts("sources"),
        title=_bilingual(top, "title"),
        message=_bilingual(top, "message"),
        why=_bilingual(top, "why"),
        groups=groups_from(top, shared),
        examples=_examples(top.table("examples", ("fire", "silent", "rewrite"))),
        options=MappingProxyType(dict(top.table("options", None).data)),
        messages=MappingProxyType(_messages(top.table("messages", None))),
        edits=MappingProxyType(_edits(top.table("edits", None))),
        fault=top.text("fault", ""),
        reader_finds=top.get("reader_finds", bool, True),
        reader_confirms=top.get("reader_confirms", bool, False),
        reader_guards=top.texts("reader_guards"),
        absence=top.text("absence", ""),
        policy=_policy(top.table("policy", _POLICY_KEYS)),
        path=path,
    )


def is_check_id(text: str) -> bool:
    """Whether a text can be a check's id: ``family/name``, in small Latin letters."""
    return _ID.fullmatch(text) is not None


def groups_from(top: Table, shared: Cells) -> tuple[PhraseGroup, ...]:
    """Return the ``[[phrases]]`` of a file, whose patterns may name its ``[cells]`` and those that are shared."""
    cells = Cells(top.table("cells", None), shared)
    return tuple(_group(table, cells) for table in top.tables("phrases", _GROUP_KEYS))


def _id(top: Table) -> str:
    value = top.text("id")
    if not is_check_id(value):
        raise top.bad("id", f"{value!r} must look like family/name, in small Latin letters")
    return value


def _bilingual(top: Table, key: str) -> Bilingual:
    texts = top.table(key, ("fa", "en"))
    return Bilingual(fa=texts.text("fa"), en=texts.text("en"))


def _policy(table: Table) -> Policy:
    return Policy(
        roles=_roles(table, "roles"),
        reads=_roles(table, "reads"),
        priority=table.get("priority", int, 0),
        any_script=table.get("any_script", bool, False),
        originality=table.get("originality", int, 0),
        needs=tuple(Need(name) for name in table.choices("needs", list(Need))),
    )


def _roles(table: Table, key: str) -> tuple[Role, ...]:
    return tuple(Role(name) for name in table.choices(key, list(Role)))


def _messages(table: Table) -> dict[str, Bilingual]:
    """The messages of single kinds."""
    return {kind: _bilingual(table, kind) for kind in table.data}


def _edits(table: Table) -> dict[str, Mending]:
    """How findings are mended, by kind: a scope, or a formal and a colloquial wording for the matched words.

    A table names both: ``{scope = "after", wording = ["formal", "colloquial"]}``.
    """
    return {kind: _mending(table, kind) for kind in table.data}


def _mending(table: Table, kind: str) -> Mending:
    value = table.data[kind]
    if isinstance(value, str):
        return Mending(Scope(table.choice(kind, [scope for scope in Scope if scope not in _WORDED])))
    if isinstance(value, dict):
        both = table.table(kind, ("scope", "wording"))
        return Mending(Scope(both.choice("scope", list(_WORDED))), *_wordings(both, "wording"))
    return Mending(Scope.SPAN, *_wordings(table, kind))


def _wordings(table: Table, key: str) -> tuple[str, str]:
    wordings = table.texts(key)
    if len(wordings) != 2:
        raise table.bad(key, 'must be a scope such as "sentence", or two wordings: ["formal", "colloquial"]')
    formal, spoken = wordings
    return formal, spoken


def _group(table: Table, cells: Cells) -> PhraseGroup:
    severity = table.choice("severity", list(Severity), "")
    group = PhraseGroup(
        kind=table.text("kind", ""),
        severity=Severity(severity) if severity else None,
        graver_when=table.texts("graver_when"),
        guards=table.texts("guards"),
        when=table.texts("when"),
        text=table.texts("text"),
        patterns=tuple(
            cells.pattern(tokens, (*table.path, "patterns", number))
            for number, tokens in enumerate(table.get("patterns", list, []))
        ),
    )
    if not group.text and not group.patterns:
        raise Bad(table.path, "[[phrases]] has neither text nor patterns; add one of them")
    return group


def _examples(table: Table) -> Examples:
    fire, silent = _example_list(table, "fire"), _example_list(table, "silent")
    _need_marks(table, "fire", [bool(example.triggers) for example in fire])
    _need_marks(table, "silent", [not example.triggers for example in silent])
    rewrites = tuple(
        Rewrite(row.text("before"), row.text("after")) for row in table.tables("rewrite", ("before", "after"))
    )
    return Examples(fire, silent, rewrites)


def _need_marks(table: Table, key: str, right: list[bool]) -> None:
    if not all(right):
        number = right.index(False)
        advice = "mark the trigger with ⟦…⟧ (⟦⟧ for the whole draft)" if key == "fire" else "take the ⟦…⟧ out"
        raise Bad((*table.path, key, number), f"{key}: example {number + 1}: {advice}")


def _example_list(table: Table, key: str) -> tuple[Example, ...]:
    items = table.get(key, list, [])
    return tuple(_example(item, (*table.path, key, number)) for number, item in enumerate(items))


def _example(item: Any, path: tuple[str | int, ...]) -> Example:
    row = Table({"draft": item} if isinstance(item, str) else item, path, _EXAMPLE_KEYS)
    text = row.text("draft")
    draft, triggers = _unmark(text, path)
    known = {name: _known(row, CONVERSATION[name]) for name in _EXAMPLE_KEYS[1:] if name in row}
    return Example(text, draft, triggers, **known)


def _known(row: Table, known: Field) -> Any:
    """What an example says of its conversation."""
    match known.holds:
        case Holds.TEXTS:
            return row.texts(known.name)
        case Holds.CHOICE:
            assert known.choices is not None
            return known.choices(row.choice(known.name, list(known.choices)))
        case Holds.COUNT:
            return row.get(known.name, int)
        case Holds.FLAG:
            return row.get(known.name, bool)
    return row.text(known.name)


def _unmark(text: str, path: tuple[str | int, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text without ``⟦⟧`` and where the marked spans are in it."""
    triggers = []
    for number, mark in enumerate(_MARK.finditer(text)):
        start = mark.start() - 2 * number  # each mark before it loses two brackets
        triggers.append((start, start + len(mark[1])) if mark[1] else (0, 0))
    draft = _MARK.sub(r"\1", text)
    if "⟦" in draft or "⟧" in draft:
        raise Bad(path, "⟦ and ⟧ don't pair up; close each mark and don't nest them")
    return draft, tuple(triggers)


def unknown_name(word: str, known: frozenset[str]) -> str:
    """Return the complaint about a guard, a predicate or a matcher that no code knows."""
    return f"unknown name {word!r}{advice(word, known)}"
