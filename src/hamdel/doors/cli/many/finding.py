"""Which files a run is about: those that are named, and those of a kind that hamdel knows in the folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hamdel.doors.cli.conversation import STDIN
from hamdel.model.files import Trouble

__all__ = ["MACROS", "STORE", "Found", "find_files"]

#: The suppressions file, which is no macro although it is JSON.
STORE = "hamdel-suppressions.json"
#: Files that hold several texts, by the end of the name.
MACROS = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".yaml", ".yml")
_TEXTS = (".txt", ".text", ".md", ".markdown", ".eml")
_NOT_OURS = frozenset(("node_modules", "__pycache__", "venv"))


@dataclass(frozen=True, slots=True)
class Found:
    """A file to check.

    Attributes:
        name: of the file; ``-`` for standard input.
        named: whether it was named itself; else it was found in a folder.
    """

    name: str
    named: bool


def find_files(names: Iterable[str], *, macros: bool) -> Iterator[Found | Trouble]:
    """Yield each file once, those of a folder by name; hidden folders and linked ones inside a folder are left out.

    Args:
        names: of files and folders.
        macros: whether files of macros in folders are wanted.
    """
    endings = _TEXTS + MACROS if macros else _TEXTS
    seen: set[str] = set()
    for name in names:
        found = _of(name, endings)
        for one in found:
            place = os.path.normpath(one.name) if isinstance(one, Found) else ""
            if not place or place not in seen:
                seen.add(place)
                yield one


def _of(name: str, endings: tuple[str, ...]) -> Iterator[Found | Trouble]:
    """Yield a file itself, and the files of a folder."""
    if name == STDIN or not os.path.isdir(name):  # noqa: PTH112 - what can't be looked at is told when it is read
        yield Found(name, True)
        return
    empty = True
    for one in _inside(name, endings):
        empty = False
        yield one
    if empty:
        yield Trouble(name, f"{name}: holds no file to check ({', '.join(endings)}); name one, or give --field")


def _inside(folder: str, endings: tuple[str, ...]) -> Iterator[Found | Trouble]:
    """Yield what is in a folder and the folders in it."""
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            yield Trouble(folder, f"{folder}: can't be looked into: {reason}; check its rights")
            continue
        inner = []
        for entry in entries:
            path = os.path.normpath(entry.path)
            if _is_folder(entry):
                inner.append(path)
            elif entry.name.lower().endswith(endings) and entry.name != STORE and not os.path.isdir(path):  # noqa: PTH112
                yield Found(path, False)
        waiting += reversed([path for path in inner if _is_ours(Path(path).name)])


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)  # a link may lead back to where it stands
    except OSError:
        return False


def _is_ours(name: str) -> bool:
    return not name.startswith(".") and name not in _NOT_OURS
