"""The house style as data: TOML files, one per check, read into frozen values.

A wrong file stops with one clear error that names file, line and key; nothing wrong is read over.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hamdel.base.disk_cache import DiskCache
from hamdel.base.files import read_regular
from hamdel.base.resources import phrasebank_dir
from hamdel.base.toml_file import too_much
from hamdel.base.toml_places import KeyPath, caret, line_of
from hamdel.errors import PhrasebankError
from hamdel.model.definitions import Bilingual, CheckDef, Example, Examples, Pattern, PhraseGroup, Rewrite
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
    checks = {}
    for folder in (phrasebank_dir(), *extra):
        for path in check_files(folder):
            check = load_check(path, examples=examples)
            checks[check.id] = check
    _parsed().save()
    return dict(sorted(checks.items()))


def load_check(path: Path, *, examples: bool = True) -> CheckDef:
    """Read one check's file.

    Raises:
        PhrasebankError: the file is unreadable or wrong.
    """
    return _build(path, lambda data: check_from(data, path), without=None if examples else _EXAMPLES)


def load_groups(path: Path) -> tuple[PhraseGroup, ...]:
    """Read a file that has ``[[phrases]]`` and nothing else, such as ``lexicon/emotions.toml``.

    Raises:
        PhrasebankError: the file is unreadable or wrong.
    """
    groups = _build(path, lambda data: groups_from(Table(data, (), ("phrases",))))
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
    lines = (line.partition("#")[0].strip() for line in _read(path).splitlines())
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
            raise _error(check.path, _read(check.path), Bad(path, unknown_name(word, known)))


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


def _build(path: Path, make: Callable[[dict[str, Any]], _T], without: re.Pattern[str] | None = None) -> _T:
    """Read a file, parse it, and turn whatever is wrong with it into a PhrasebankError."""
    source = _read(path)
    wanted = without.sub(_blank, source) if without else source
    try:
        data = _parse(wanted)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, source, str(error)) from None
    except (RecursionError, ValueError) as error:
        raise PhrasebankError(f"{path}:1: not TOML: {too_much(error)}") from None
    try:
        return make(data)
    except Bad as bad:
        raise _error(path, source, bad) from None


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


def _blank(found: re.Match[str]) -> str:
    """Return as many empty lines as were found, so that line numbers stay right."""
    return "\n" * found[0].count("\n")


def _read(path: Path) -> str:
    try:
        return read_regular(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise PhrasebankError(f"{path}:1: isn't UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise PhrasebankError(f"{path}: can't be read ({error.strerror}); check path and permissions") from None


def _error(path: Path, source: str, bad: Bad) -> PhrasebankError:
    return PhrasebankError(f"{path}:{line_of(source, bad.path)}: {bad}")


def _syntax_error(path: Path, source: str, message: str) -> PhrasebankError:
    """Return an error that quotes the line at which tomllib gave up, with a caret."""
    what, _, where = message.partition(" (at ")
    numbers = [int(number) for number in re.findall(r"\d+", where)]
    lines = source.splitlines() or [""]
    line, column = numbers if len(numbers) == 2 else (len(lines), len(lines[-1]) + 1)
    return PhrasebankError(f"{path}:{line}:{column}: not TOML: {what}\n{caret(source, line, column)}")
