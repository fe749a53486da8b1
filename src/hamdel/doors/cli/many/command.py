"""``hamdel check`` of many files, from their names to the exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hamdel.doors.cli.conversation import CLIPBOARD, STDIN, ConversationOptions, is_failure
from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.many.checking import check_files, texts_of
from hamdel.doors.cli.many.finding import find_files
from hamdel.doors.cli.many.suppressions import Suppressions
from hamdel.doors.cli.progress import Progress
from hamdel.doors.cli.screen import complain, open_screen, remark, write
from hamdel.errors import InputError
from hamdel.model import Lang
from hamdel.model.files import Outcome, Text, Trouble
from hamdel.settings.config import Config, FailOn

__all__ = ["Wanted", "run", "tell"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options ask for.

    Attributes:
        names: of files and folders.
        fields: where the texts of macros stand.
        store: the suppressions file; None for none.
        suppress_all: let all findings stay.
        prune: forget suppressions that hide nothing.
        clipboard: what the clipboard holds, in place of files; None when it isn't asked for.
        output: the format's name.
        show_all, show_personal: as for a single report.
    """

    names: tuple[str, ...]
    fields: tuple[str, ...] = ()
    store: Path | None = None
    suppress_all: bool = False
    prune: bool = False
    clipboard: str | None = None
    output: str = "text"
    show_all: bool = False
    show_personal: bool = False


def run(wanted: Wanted, about: ConversationOptions, config: Config) -> ExitCode:
    """Check, show what was found, and return the exit code over all.

    Raises:
        HamdelError: the suppressions file is wrong, or the checker can't be made.
    """
    if wanted.suppress_all and (wanted.clipboard is not None or wanted.names == (STDIN,)):
        raise InputError("--suppress-all is for findings in files; name files or folders")
    store = Suppressions.read(wanted.store) if wanted.store else None
    texts = _texts(wanted)
    with about.checker(config) as checker, Progress(config.lang) as progress:
        outcome = check_files(progress.over(texts), checker, about.asked(None).about, store)
    if store and (wanted.suppress_all or wanted.prune):
        outcome = store.keep(outcome, everything=wanted.suppress_all)
    _emit(outcome, wanted, config)
    for trouble in outcome.troubles:
        complain(trouble.message)
    return _code(outcome, config)


def tell(outcome: Outcome, lang: Lang) -> None:
    """Say on standard error what a run left out."""
    from hamdel.render.files.listing import remarks

    remark(remarks(outcome, lang))


def _texts(wanted: Wanted) -> Iterable[Text | Trouble]:
    if wanted.clipboard is not None:
        return [Text(CLIPBOARD, wanted.clipboard)]
    return texts_of(find_files(wanted.names, macros=bool(wanted.fields)), wanted.fields)


def _code(outcome: Outcome, config: Config) -> ExitCode:
    if outcome.troubles:
        return ExitCode.FAILED
    failed = any(is_failure(one.report.worst(), config.fail_on) for one in outcome.checked)
    stale = outcome.unneeded and config.fail_on is not FailOn.NEVER
    return ExitCode.FINDINGS if failed or stale else ExitCode.CLEAN


def _emit(outcome: Outcome, wanted: Wanted, config: Config) -> None:
    """Print the outcome; what isn't part of a document for programs goes to standard error."""
    if wanted.output == "text":
        from hamdel.render.files import listing
        from hamdel.render.report.terminal import View

        screen = open_screen()
        view = View(wanted.show_all, wanted.show_personal, screen.styled, screen.width)
        screen.show(listing.render(outcome, config.lang, view))
        return
    write(_WRITERS[wanted.output](outcome, wanted, config))
    tell(outcome, config.lang)


def _json(outcome: Outcome, wanted: Wanted, _: Config) -> str:
    from hamdel.render.files import files_json

    return files_json.render(outcome, show_personal=wanted.show_personal)


def _line(outcome: Outcome, wanted: Wanted, _: Config) -> str:
    from hamdel.render.files import listing

    return "".join(listing.lines(outcome, show_personal=wanted.show_personal))


def _sarif(outcome: Outcome, _: Wanted, config: Config) -> str:
    from hamdel.phrasebank import load_checks
    from hamdel.render.files import sarif

    return sarif.render(outcome, load_checks(config.phrasebanks), config.lang)


def _github(outcome: Outcome, _: Wanted, config: Config) -> str:
    from hamdel.render.files import github

    if place := os.environ.get("GITHUB_STEP_SUMMARY"):
        with suppress(OSError), Path(place).open("a", encoding="utf-8", errors="replace") as file:
            file.write(github.summary(outcome, config.lang))
    return github.render(outcome, config.lang)


def _junit(outcome: Outcome, _: Wanted, config: Config) -> str:
    from hamdel.render.files import junit

    return junit.render(outcome, lambda severity: is_failure(severity, config.fail_on))


_WRITERS: dict[str, Callable[[Outcome, Wanted, Config], str]] = {
    "json": _json,
    "line": _line,
    "sarif": _sarif,
    "github": _github,
    "junit": _junit,
}
