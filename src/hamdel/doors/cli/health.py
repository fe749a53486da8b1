"""What hamdel needs on this machine, part by part; each part is imported when it is its turn, and may be missing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import hamdel
from hamdel.base.files import is_there
from hamdel.base.resources import cache_dir
from hamdel.errors import HamdelError
from hamdel.settings.config import Config, archive_folder, load_config, validate_checks

__all__ = ["Asked", "Part", "State", "examine"]

_FIRST, _LAST = (3, 11), (3, 13)  # Pythons that are tested


class State(StrEnum):
    """How a part is."""

    GOOD = "good"
    NOTE = "note"  # hamdel works without it, or it could be better
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Part:
    """One part, as it was found.

    Attributes:
        name: of the part.
        state: how it is.
        told: of what is said of it, and of its mend, in `hamdel.doors.cli.health_words`.
        values: to be put into both.
    """

    name: str
    state: State
    told: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look at.

    Attributes:
        config: a settings file to use instead of searching for one.
        search: whether to look for a settings file.
        archive: the archive's folder; the settings' or the default one when None.
    """

    config: Path | None = None
    search: bool = True
    archive: Path | None = None


def examine(asked: Asked) -> Iterator[Part]:
    """Yield each part, the cheap ones first."""
    yield _python()
    yield from _guarded("packages", _packages)
    settings: Config | None = None
    try:
        settings = load_config(asked.config, search=asked.search)
    except HamdelError as error:
        yield _wrong("settings", error)
    if settings is not None:
        yield from _guarded("settings", lambda: _settings(settings))
    yield from _guarded("lexicon", _lexicon)
    yield from _guarded("model", _model)
    yield _kernel()
    yield from _guarded("archive", lambda: _archive(archive_folder(asked.archive, settings or Config())))
    yield _terminal()
    yield from _guarded("browser", _browser)
    yield from _extras()


def _guarded(name: str, look: Callable[[], Part]) -> Iterator[Part]:
    """Yield a part, or what went wrong when it was looked at."""
    try:
        yield look()
    except HamdelError as error:
        yield _wrong(name, error)
    except (ImportError, OSError) as error:
        yield Part(name, State.WRONG, "broken", {"problem": str(error)})


def _wrong(name: str, error: HamdelError) -> Part:
    return Part(name, State.WRONG, "error", {"problem": str(error)})


def _python() -> Part:
    here = sys.version_info[:2]
    values = {"hamdel": hamdel.__version__, "version": ".".join(map(str, sys.version_info[:3])), "path": sys.executable}
    if not _FIRST <= here <= _LAST:
        return Part("python", State.WRONG, "python_other", values)
    if here < (3, 12):
        return Part("python", State.NOTE, "python_large", values)
    return Part("python", State.GOOD, "python", values)


def _packages() -> Part:
    from hamdel.doors.cli.requirements import lacking, versions

    wanting = lacking("")
    if wanting is None:
        return Part("packages", State.NOTE, "packages_unknown")
    if wanting:
        return Part("packages", State.WRONG, "packages_lacking", {"names": ", ".join(wanting)})
    return Part("packages", State.GOOD, "packages", {"names": ", ".join(versions(""))})


def _settings(settings: Config) -> Part:
    from hamdel.phrasebank import load_checks

    known = load_checks(settings.phrasebanks, examples=False)
    validate_checks(settings, known)
    if settings.source is None:
        return Part("settings", State.NOTE, "settings_none", {"checks": str(len(known))})
    return Part("settings", State.GOOD, "settings", {"path": str(settings.source), "checks": str(len(known))})


def _lexicon() -> Part:
    from hamdel.language.lexicon import Lexicon

    folder = cache_dir()
    if Lexicon.is_compiled():
        return Part("lexicon", State.GOOD, "lexicon", {"path": str(folder)})
    if not _is_writable(folder):
        return Part("lexicon", State.WRONG, "lexicon_nowhere", {"path": str(folder)})
    return Part("lexicon", State.NOTE, "lexicon_none", {"path": str(folder)})


def _is_writable(folder: Path) -> bool:
    """Whether a folder can be written, or made."""
    while not is_there(folder):
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _model() -> Part:
    from hamdel.evidence.learned.header import MODEL, read_header

    read_header(MODEL)  # what is wrong with the file itself is said without numpy
    from hamdel.evidence.learned.model_file import Model

    Model(MODEL)
    return Part("model", State.GOOD, "model", {"size": f"{MODEL.stat().st_size / 1e6:.1f}"})


def _kernel() -> Part:
    from hamdel.base.native import compiled

    if compiled("hamdel_read_sentences") is not None:
        return Part("kernel", State.GOOD, "kernel")
    forbidden = os.environ.get("HAMDEL_KERNEL") == "0"
    return Part("kernel", State.NOTE, "kernel_off" if forbidden else "kernel_none")


def _archive(folder: Path) -> Part:
    values = {"path": str(folder)}
    if not is_there(folder):
        return Part("archive", State.NOTE, "archive_none", values)
    from hamdel.archive.schema import RECORD

    if not is_there(folder / RECORD):
        return Part("archive", State.NOTE, "archive_none", values)
    from hamdel.archive.archive import Archive

    with Archive(folder, finish=False):
        return Part("archive", State.GOOD, "archive", values)


def _terminal() -> Part:
    if sys.stdout is None or not sys.stdout.isatty():
        return Part("terminal", State.GOOD, "terminal_none")
    from hamdel.doors.cli.bidi_terminal import way

    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        return Part("terminal", State.WRONG, "terminal_encoding", {"encoding": encoding or "?"})
    name = os.environ.get("TERM_PROGRAM") or os.environ.get("TERM") or sys.platform
    return Part("terminal", State.GOOD, f"terminal_{way().value}", {"name": name})


def _browser() -> Part:
    from hamdel.doors.browser.doctoring import examine as ask
    from hamdel.doors.browser.installing import this_machine

    machine = this_machine()
    if not machine.launcher.is_file():
        return Part("browser", State.NOTE, "browser_none")
    if any(remark.wrong for remark in ask(machine)):
        return Part("browser", State.WRONG, "browser_wrong")
    return Part("browser", State.GOOD, "browser", {"path": str(machine.launcher)})


def _extras() -> Iterator[Part]:
    from hamdel.doors.cli.requirements import EXTRAS, lacking

    for name in EXTRAS:
        wanting = lacking(name)
        if wanting is None:
            continue
        values = {"extra": name, "names": ", ".join(wanting)}
        state, told = (State.NOTE, "extra_lacking") if wanting else (State.GOOD, "extra")
        yield Part(f"extra {name}", state, told, values)
