"""Checkers that are kept warm: made once for some settings, and made anew when the settings change on disk.

A process that answers many questions (`hamdel stdio`, `hamdel lsp`, `hamdel serve`) asks a `Keeper` for each of them,
from any thread: it lends its checkers and archives to one of them at a time. Two threads at once wouldn't be faster,
for nearly all of a check is Python's own work; a second keeper lets long work go on beside short.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hamdel.base.files import is_there
from hamdel.errors import ArchiveError, ConfigError, PhrasebankError, TemplateError
from hamdel.settings.config import Config, archive_folder, load_config

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive
    from hamdel.checker import Checker

__all__ = ["Keeper", "Place"]

_MOST = 8  # checkers kept: each holds some 30 MB of phrases and words
_WRONG = (ConfigError, PhrasebankError, TemplateError)
_Key = tuple[Config, tuple[tuple[str, int, int], ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the settings for a draft come from.

    Attributes:
        folder: where the search for a settings file begins; the working directory when None.
        file: a settings file to use instead of searching.
        search: whether to look for a file when none is named.
        options: names of settings and values that win over everything else.
        archive: the archive's folder; the settings' or the default one when None.
        no_archive: compare with no archive.
    """

    folder: Path | None = None
    file: Path | None = None
    search: bool = True
    options: tuple[tuple[str, Any], ...] = ()
    archive: Path | None = None
    no_archive: bool = False


@dataclass(slots=True)
class _Kept:
    """What was made for a place, and what was wrong when it was last looked at."""

    checker: Checker
    key: _Key | None
    looked: float
    problem: str = ""


@dataclass(slots=True)
class Keeper:
    """Makes and keeps checkers and archives.

    Args:
        defaults: go on with the default settings when those of a place are wrong from the start.
        pause: seconds for which settings on disk are taken as unchanged.
        clock: tells the time in seconds.
    """

    defaults: bool = False
    pause: float = 1.0
    clock: Callable[[], float] = time.monotonic
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _kept: dict[Place, _Kept] = field(default_factory=dict)
    _checkers: OrderedDict[_Key, Checker] = field(default_factory=OrderedDict)
    _archives: dict[tuple[Path, bool], tuple[Archive, tuple[int, int]]] = field(default_factory=dict)

    @contextmanager
    def lend(self, place: Place) -> Iterator[Checker]:
        """Lend the checker for a place to this thread; others wait until it comes back.

        Raises: as `checker`.
        """
        with self._lock:
            yield self.checker(place)

    @contextmanager
    def lend_archive(self, place: Place, config: Config) -> Iterator[Archive]:
        """Lend the archive that is written for a place to this thread; see `archive`.

        Raises:
            ArchiveError: it can't be opened, or none is wanted.
        """
        with self._lock:
            archive = self._archive(place, config, write=True)
            assert archive is not None  # one that is to be written is made
            yield archive

    def checker(self, place: Place) -> Checker:
        """Return the checker for a place; the last good one while its settings are wrong (`problem` tells).

        To use it beside other threads, `lend` it: they may change its archive, and its memory of words.

        Raises:
            ConfigError, PhrasebankError, TemplateError: its settings are wrong and nothing better is known.
            LexiconError: hazm's data can't be found or compiled.
            ArchiveError: the archive can't be opened.
        """
        with self._lock:
            kept = self._kept.get(place)
            if kept is None or self.clock() - kept.looked >= self.pause:
                kept = self._kept[place] = self._look(place, kept)
            kept.checker.archive = self.archive(place, kept.checker.config)
            return kept.checker

    def problem(self, place: Place) -> str:
        """Return what is wrong with a place's settings, in a line; empty when nothing is."""
        kept = self._kept.get(place)
        return kept.problem if kept else ""

    def look_again(self) -> None:
        """Read all settings again when they are needed next, however short ago that was."""
        with self._lock:
            for kept in self._kept.values():
                kept.looked = float("-inf")

    def close(self) -> None:
        """Close the archives."""
        with self._lock:
            for archive, _ in self._archives.values():
                archive.close()
            self._archives.clear()

    def _look(self, place: Place, kept: _Kept | None) -> _Kept:
        try:
            config = load_config(place.file, search=place.search, start=place.folder, options=dict(place.options))
            key = (config, tuple(_stamps(config)))
            if kept and kept.key == key:
                return _Kept(kept.checker, key, self.clock())
            return _Kept(self._made(key), key, self.clock())
        except _WRONG as error:
            if kept:
                return _Kept(kept.checker, None, self.clock(), str(error))
            if not self.defaults:
                raise
            return _Kept(self._made((Config(), ())), None, self.clock(), str(error))

    def _made(self, key: _Key) -> Checker:
        """Return a checker for these settings and files, a known one if there is one."""
        found = self._checkers.get(key)
        if found is None:
            from hamdel.checker import Checker  # here, for it takes long to import

            found = self._checkers[key] = Checker(key[0])
        self._checkers.move_to_end(key)
        if len(self._checkers) > _MOST:
            dropped, _ = self._checkers.popitem(last=False)
            self._kept = {place: kept for place, kept in self._kept.items() if kept.key != dropped}
        return found

    def archive(self, place: Place, config: Config, *, write: bool = False) -> Archive | None:
        """Return the archive that a place's drafts are compared with.

        Args:
            place: where the settings come from.
            config: the settings.
            write: open it for writing; it is made when there is none.

        Returns:
            The archive, open; None when there is none, or none is wanted.

        Raises:
            ArchiveError: it can't be opened; or it is to be written and none is wanted.
        """
        with self._lock:
            return self._archive(place, config, write)

    def _archive(self, place: Place, config: Config, write: bool) -> Archive | None:
        if place.no_archive:
            if write:
                raise ArchiveError("no archive is wanted here, so nothing can be added to one")
            return None
        from hamdel.archive.schema import RECORD  # here, for many have no archive

        folder = archive_folder(place.archive, config).absolute()
        known = self._archives.get((folder, write))
        if known and known[1] == _identity(folder / RECORD):
            return known[0]
        if known:
            known[0].close()
            del self._archives[folder, write]
        if not write and not is_there(folder / RECORD):
            return None
        return self._opened(folder, RECORD, write)

    def _opened(self, folder: Path, record: str, write: bool) -> Archive:
        from hamdel.archive.archive import Archive

        archive = Archive(folder, write=write)
        self._archives[folder, write] = (archive, _identity(folder / record))
        return archive


def _identity(path: Path) -> tuple[int, int]:
    """Tell a file from another of the same name; zeros when there is none."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def _stamps(config: Config) -> Iterator[tuple[str, int, int]]:
    """Yield name, time and size of each file that settings name: checks, templates, approved replies."""
    learned = (config.learned,) if config.learned else ()
    for top in (*config.phrasebanks, *config.templates, *config.approved, *learned):
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            try:
                found = path.stat()
            except OSError:
                continue
            yield str(path), found.st_mtime_ns, found.st_size
