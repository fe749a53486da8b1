"""``hamdel learn``: a team's labels and corrections move thresholds, and its own sentences are known again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hamdel.doors.cli import screen
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.learned_words import say, shown_lines, summary_lines
from hamdel.doors.cli.options import SettingsOptions
from hamdel.doors.cli.progress import Progress
from hamdel.doors.cli.screen import complain, open_screen
from hamdel.errors import InputError
from hamdel.model import Lang
from hamdel.settings.config import Config
from hamdel.settings.keys import LEARNED

if TYPE_CHECKING:
    from hamdel.evaluate.cases import Case
    from hamdel.model.learned import Learned

__all__ = ["learn"]


@grouped
def learn(  # noqa: PLR0913 - typer reads one parameter for each option
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE…",
            help="Labelled replies and corrections; by default what was noted on this machine.",
            show_default=False,
        ),
    ] = None,
    *,
    show: Annotated[bool, typer.Option("--show", help="Say what was learned, and what it changes.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Go back to hamdel as it is shipped.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help=f"What was learned; {LEARNED} beside the settings by default.",
            show_default=False,
        ),
    ] = None,
    ignore_unknown: Annotated[
        bool, typer.Option("--ignore-unknown", help="Leave labels out whose check doesn't exist.")
    ] = False,
    given: SettingsOptions,
) -> None:
    """Learn from your team's labels and corrections.

    Files come from `hamdel label` and from «this isn't right» and «this has a fault, too» in the page, the browser
    extension and editors. What is learned counts only where it does better than what is shipped.
    """
    chosen = given.load()
    if sum((bool(files), show, forget)) > 1:
        raise InputError("name labelled files, or --show, or --forget")
    path = _path(out, chosen)
    if forget:
        _forget(path, chosen.lang)
    elif show:
        _show(path, chosen.lang)
    else:
        _learn(files or [_noted()], path, chosen, ignore_unknown=ignore_unknown)


def _noted() -> str:
    """Where the page, the extension and editors note corrections unless somebody says otherwise.

    Raises:
        InputError: nothing was noted there.
    """
    from hamdel.doors.requests import default_labels

    path = default_labels()
    if not path.exists():
        raise InputError(f"nothing was noted in {path}; name labelled files")
    return str(path)


def _path(out: Path | None, chosen: Config) -> Path:
    """Where the file is.

    Raises:
        InputError: nobody says.
    """
    if out is not None:
        return out
    if chosen.learned is not None:
        return chosen.learned
    if chosen.source is None:
        raise InputError(
            f"there is no hamdel.toml that {LEARNED} could stand beside; "
            "`hamdel init` makes one, or name a file with --out"
        )
    return chosen.source.parent / LEARNED


def _forget(path: Path, lang: Lang) -> None:
    from hamdel.evidence.learned.team_file import refuse_others

    if not path.exists():
        raise InputError(f"{path}: nothing was learned")
    refuse_others(path)
    path.unlink()
    _say("forgotten", lang, path=path)


def _show(path: Path, lang: Lang) -> None:
    from hamdel.evidence.learned.header import MODEL, read_header  # here and below, for help needs none of it
    from hamdel.evidence.learned.team_file import model_digest, read_learned
    from hamdel.phrasebank import load_checks

    if not path.exists():
        raise InputError(f"{path}: nothing was learned")
    learned, _ = read_learned(path)
    titles = {check.id: check.title.pick(lang) for check in load_checks(examples=False).values()}
    labels = {check.id: check.fault or check.absence for check in load_checks(examples=False).values()}
    limits = read_header(MODEL)[0]["limits"]
    known = {check: tuple(limits[label]) for check, label in labels.items() if label in limits}
    open_screen().show(shown_lines(learned, titles, known, lang))
    if learned.model != model_digest():
        complain(f"{path}: was learned with another version of the reader, so it isn't used; learn again")


def _learn(files: Sequence[str], path: Path, chosen: Config, *, ignore_unknown: bool) -> None:
    from hamdel.checker import Checker
    from hamdel.evaluate.learning import Judge, teach
    from hamdel.evidence.learned.team_file import model_digest, refuse_others, write_learned

    refuse_others(path)
    checker = Checker(replace(chosen, learned=None), suggestions=False)
    with Progress(chosen.lang) as progress:
        points = Judge(checker)(progress.over(_cases(files, checker, ignore_unknown=ignore_unknown)))
    if not points:
        raise InputError("there are no cases; each line must hold a labelled reply")
    learned = teach(points, model_digest())
    if not learned.validation.better:
        _say("no_better", chosen.lang, n=learned.cases)
        return
    write_learned(path, learned)
    _tell(learned, path, chosen)


def _cases(files: Sequence[str], checker: object, *, ignore_unknown: bool) -> Iterator[Case]:
    from hamdel.checker import Checker
    from hamdel.evaluate.cases import Rules, read_cases

    assert isinstance(checker, Checker)
    off = frozenset(checker.checks) - frozenset(checker.enabled)
    rules = Rules(frozenset(checker.checks), off, ignore_unknown, checker.config.audience, checker.config.channel)
    for file in files:
        yield from read_cases(file, rules)


def _tell(learned: Learned, path: Path, chosen: Config) -> None:
    open_screen().show(summary_lines(learned, path, chosen.lang))
    beside = chosen.source.parent / LEARNED if chosen.source else None
    if path.absolute() not in (beside, chosen.learned and chosen.learned.absolute()):
        _say("name_it", chosen.lang, path=path)


def _say(key: str, lang: Lang, **values: object) -> None:
    screen.say(say(key, lang, **values))
