"""``hamdel evaluate``: how far hamdel agrees with people who labelled replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import Format, FormatOption, SettingsOptions
from hamdel.doors.cli.progress import Progress
from hamdel.doors.cli.screen import complain, open_screen, write
from hamdel.model import Conversation, Lang, Report, Severity

if TYPE_CHECKING:
    from hamdel.checker import Checker
    from hamdel.evaluate.cases import Case
    from hamdel.model.evaluation import Evaluation

__all__ = ["evaluate"]

_LISTED = 20  # disagreements, without --all-cases


@grouped
def evaluate(  # noqa: PLR0913 - typer reads one parameter for each option
    files: Annotated[
        list[str], typer.Argument(metavar="CASES.jsonl|-", help="Labelled replies, one JSON object a line.")
    ],
    *,
    output: FormatOption = Format.TEXT,
    least: Annotated[Severity, typer.Option(help="Findings below this severity don't count.")] = Severity.SUGGESTION,
    all_cases: Annotated[
        bool, typer.Option("--all-cases", help="List every disagreement; the first twenty by default.")
    ] = False,
    ignore_unknown: Annotated[
        bool, typer.Option("--ignore-unknown", help="Leave labels out whose check doesn't exist.")
    ] = False,
    given: SettingsOptions,
) -> None:
    """Measure how far hamdel agrees with your own labels.

    Precision, recall, F1 and kappa for each check, false alarms, and how scores go with ratings.
    docs/measure.md says how to label replies.
    """
    chosen = given.load()
    from hamdel.checker import Checker  # here, for --help needs neither it
    from hamdel.evaluate.running import evaluate as run  # nor numpy

    checker = Checker(chosen)
    if checker.note:
        complain(checker.note)
    with Progress(chosen.lang) as progress:
        cases = progress.over(_cases(files, checker, ignore_unknown=ignore_unknown))
        result = run(partial(_check, checker), cases, least=least, keep=None if all_cases else _LISTED)
    _emit(result, output, chosen.lang)


def _cases(files: Iterable[str], checker: Checker, *, ignore_unknown: bool) -> Iterator[Case]:
    from hamdel.evaluate.cases import Rules, read_cases

    off = frozenset(checker.checks) - frozenset(checker.enabled)
    rules = Rules(frozenset(checker.checks), off, ignore_unknown, checker.config.audience, checker.config.channel)
    for file in files:
        yield from read_cases(file, rules)


def _check(checker: Checker, talk: Conversation) -> Report:
    """What `hamdel check` would say: a draft's ``>`` lines are the customer's message when there is no other."""
    return checker.check(
        talk.draft,
        customer=talk.customer,
        past=talk.past,
        audience=talk.audience,
        channel=talk.channel,
        turn=talk.turn,
    )


def _emit(result: Evaluation, output: Format, lang: Lang) -> None:
    """Print the evaluation; each renderer is imported only when it is used."""
    if output is Format.JSON:
        from hamdel.render.evaluation import evaluation_json

        write(evaluation_json.render(result))
        return
    from hamdel.render.evaluation import evaluation_text

    screen = open_screen()
    screen.show(evaluation_text.render(result, lang, screen.width))
