"""The house style as data: TOML files, one per check, read into frozen values.

A wrong file stops with one clear error that names file, line and key; nothing wrong is read over.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from hamdel.base.disk_cache import DiskCache
from hamdel.base.resources import phrasebank_dir
from hamdel.base.toml_file import TomlFile, read_toml, read_utf8
from hamdel.base.toml_places import KeyPath
from hamdel.errors import PhrasebankError
from hamdel.model.definitions import Bilingual, CheckDef, Example, Examples, Pattern, PhraseGroup, Policy, Rewrite
from hamdel.phrasebank.cells import Cells
from hamdel.phrasebank.parsing import check_from, groups_from, unknown_name
from hamdel.phrasebank.table import Bad, Table

__all__ = [
    "Bilingual",
    "CheckDef",
    "Example",
    "Examples",
    "Pattern",
    "PhraseGroup",
    "Rewrite",
    "check_files",
    "load_check",
    "load_checks",
    "load_groups",
    "load_table",
    "load_words",
    "require_known",
]

_LEXICON = "lexicon"
_CELLS = Path(_LEXICON) / "cells.toml"
_EXAMPLES = re.compile(r"^\[examples\][^\n]*\n(?:(?!^\[\[?[\w.-]+\]\]?[ \t]*(?:#[^\n]*)?$)[^\n]*\n?)*", re.MULTILINE)
_T = TypeVar("_T")


def load_checks(extra: Sequence[Path] = (), *, examples: bool = True) -> dict[str, CheckDef]:
    """Read all checks, ours first.

    Args:
        extra: more folders of the same layout; a check with an id of ours replaces ours.
        examples: False leaves the examples unread, which more than halves the time; checking needs none.

    Returns:
        The checks by id, in the order of the ids.

    Raises:
        PhrasebankError: a folder or a file is missing, unreadable or wrong.
    """
    checks: dict[str, CheckDef] = {}
    for folder in (phrasebank_dir(), *extra):
        files, shared = check_files(folder), _shared_cells(folder)
        for path in files:
            check = _load_check(path, shared, examples=examples)
            checks[check.id] = _standing_in(check, checks.get(check.id))
    _parsed().save()
    return dict(sorted(checks.items()))


def load_check(path: Path, *, examples: bool = True) -> CheckDef:
    """Read one check's file.

    Raises:
        PhrasebankError: the file is unreadable or wrong.
    """
    return _load_check(path, _shared_cells(path.parent.parent), examples=examples)


def _standing_in(check: CheckDef, replaced: CheckDef | None) -> CheckDef:
    """Return a check with the policy of the one that it replaces, unless it has its own."""
    return replace(check, policy=replaced.policy) if replaced and check.policy == Policy() else check


def _load_check(path: Path, shared: Cells, *, examples: bool) -> CheckDef:
    return _build(path, lambda data: check_from(data, path, shared), str if examples else _without_examples)


def load_groups(path: Path) -> tuple[PhraseGroup, ...]:
    """Read a file that has ``[[phrases]]``, ``[cells]`` and nothing else, such as ``lexicon/emotions.toml``.

    Raises:
        PhrasebankError: the file is unreadable or wrong.
    """
    shared = _shared_cells(path.parent.parent)
    groups = _build(path, lambda data: groups_from(Table(data, (), ("cells", "phrases")), shared))
    _parsed().save()
    return groups


def load_table(path: Path) -> dict[str, Any]:
    """Read any TOML file of the phrasebanks as it is.

    Raises:
        PhrasebankError: the file is unreadable or no TOML.
    """
    table = _build(path, lambda data: data)
    _parsed().save()
    return table


def load_words(path: Path) -> tuple[str, ...]:
    """Read a word list: one entry a line; ``#`` starts a comment.

    Raises:
        PhrasebankError: the file is unreadable.
    """
    lines = (line.partition("#")[0].strip() for line in read_utf8(path, PhrasebankError).splitlines())
    return tuple(line for line in lines if line)


def require_known(check: CheckDef, matchers: Set[str], guards: Set[str], whens: Set[str]) -> None:
    """See that the code knows every name that ``check`` uses.

    Args:
        check: a check that was loaded.
        matchers: the names of matchers.
        guards: the names of guards.
        whens: the names of predicates for ``when`` and ``graver_when``.

    Raises:
        PhrasebankError: a name isn't known; file, line and the nearest name are given.
    """
    for path, word, known in _names(check, frozenset(matchers), frozenset(guards), frozenset(whens)):
        if word not in known:
            raise _error(read_toml(check.path, PhrasebankError), Bad(path, unknown_name(word, known)))


def _names(
    check: CheckDef, matchers: frozenset[str], guards: frozenset[str], whens: frozenset[str]
) -> Iterator[tuple[KeyPath, str, frozenset[str]]]:
    """Yield each name that must be known, with its place and the names that are."""
    yield ("matcher",), check.matcher, matchers
    for i, word in enumerate(check.reader_guards):
        yield ("reader_guards", i), word, guards
    for i, word in enumerate(check.guards):
        yield ("guards", i), word, guards
    for number, group in enumerate(check.groups):
        for key, words, known in (
            ("guards", group.guards, guards),
            ("when", group.when, whens),
            ("graver_when", group.graver_when, whens),
        ):
            yield from ((("phrases", number, key, i), word, known) for i, word in enumerate(words))


def check_files(folder: Path) -> list[Path]:
    """Return the checks' files of a folder; word lists and files at its top are no checks.

    Raises:
        PhrasebankError: there is no such folder.
    """
    if not folder.is_dir():
        raise PhrasebankError(f"{folder}: no such phrasebank folder; see `phrasebanks` in your configuration")
    return [path for path in sorted(folder.glob("*/*.toml")) if path.parent.name != _LEXICON]


def _shared_cells(folder: Path) -> Cells:
    """Return the cells that all files of a folder may name: hamdel's, and those of its ``lexicon/cells.toml``."""
    ours = phrasebank_dir()
    shared = Cells(Table({}))
    for path in dict.fromkeys((ours / _CELLS, folder / _CELLS)):
        if path.is_file():
            shared = _build(path, partial(_cells, shared))
    return shared


def _cells(shared: Cells, data: dict[str, Any]) -> Cells:
    return Cells(Table(data), shared)


def _build(path: Path, make: Callable[[dict[str, Any]], _T], cover: Callable[[str], str] = str) -> _T:
    """Read a file, parse it, and turn whatever is wrong with it into a PhrasebankError."""
    file = read_toml(path, PhrasebankError, parse=_parse, cover=cover)
    try:
        return make(file.data)
    except Bad as bad:
        raise _error(file, bad) from None


@cache
def _parsed() -> DiskCache:
    return DiskCache("toml")


def _parse(source: str) -> dict[str, Any]:
    """Parse TOML, or remember what was parsed: parsing all checks would take a fifth of the start-up budget."""
    digest = hashlib.blake2b(source.encode(), digest_size=16).hexdigest()
    known: dict[str, Any] | None = _parsed().get(digest)
    if known is None:
        known = tomllib.loads(source)
        _parsed().put(digest, known)
    return known


def _without_examples(source: str) -> str:
    """Return a check's text with as many empty lines in the place of its examples, so that line numbers stay right."""
    return _EXAMPLES.sub(lambda found: "\n" * found[0].count("\n"), source)


def _error(file: TomlFile, bad: Bad) -> PhrasebankError:
    return PhrasebankError(f"{file.place(*bad.path)}: {bad}")
