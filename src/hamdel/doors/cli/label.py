"""``hamdel label``: two people say what they find in past replies, and how far they agree."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hamdel.doors.cli.asking import ask_line
from hamdel.doors.cli.completing import check_ids
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import SettingsOptions
from hamdel.doors.cli.screen import complain, open_screen, place, say
from hamdel.errors import InputError
from hamdel.model import Lang, Severity
from hamdel.phrasebank import CheckDef, load_checks
from hamdel.render.text.bidi import isolated, visible
from hamdel.render.text.figures import decimal, whole
from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.settings.config import Config, no_such_check

if TYPE_CHECKING:
    from hamdel.doors.cli.labelling import Reply
    from hamdel.evaluate.agreement import Agreement

__all__ = ["label"]

_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩،", "0123456789" * 2 + " ")
_END, _SKIP = ("q", "پ", "پایان"), ("s", "ر", "رد")
_FAMILIES = ("respect", "empathy", "clarity")
_SAID: Mapping[str, tuple[str, str]] = {
    "how": (
        "برای هر پاسخ شمارهٔ ایرادها را با فاصله بنویسید؛ Enter یعنی هیچ، «رد» نمی‌دانم، «پایان» باقی برای بعد.",
        "For each reply write the numbers of what is wrong, with spaces; Enter: nothing; s: don't know; q: later.",
    ),
    "reply": ("پاسخ {n} از {all}", "reply {n} of {all}"),
    "customer": ("مشتری: {text}", "customer: {text}"),
    "draft": ("پاسخ: {text}", "reply: {text}"),
    "wrong": ("شماره‌ای از ۱ تا {most} بنویسید، یا فقط Enter بزنید.", "write numbers from 1 to {most}, or press Enter."),
    "kept": ("{n} پاسخ برچسب خورده است: {path}", "{n} replies are labelled: {path}"),
    "alone": (
        "نفر دوم همین فرمان را با نام خودش بزند؛ پس از آن میزان هم‌نظری نشان داده می‌شود.",
        "Let a second person run the same with their name; then you see how far you agree.",
    ),
    "with": ("هم‌نظری با {name}، روی {n} پاسخ (کاپای کوهن):", "Agreement with {name} on {n} replies (Cohen's kappa):"),
    "row": (
        "{kappa}، هر دو {both}، فقط شما {first}، فقط دیگری {second}",
        "{kappa}, both {both}, only you {first}, only they {second}",
    ),
    "all": ("همه با هم", "all together"),
}


@grouped
def label(  # noqa: PLR0913 - typer reads one parameter for each option
    file: Annotated[Path, typer.Argument(metavar="REPLIES", help="An export of past replies: CSV, JSONL, XLSX …")],
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who labels; each person has a file of their own.")],
    count: Annotated[int, typer.Option(min=1, max=10_000, help="How many replies, drawn at random.")] = 50,
    checks: Annotated[
        list[str] | None,
        typer.Option(
            "--check",
            metavar="ID",
            help="Ask about this check; may be repeated.",
            show_default=False,
            autocompletion=check_ids,
        ),
    ] = None,
    reply: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column of the replies.", show_default=False)
    ] = None,
    customer: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column of the customers' messages.", show_default=False)
    ] = None,
    given: SettingsOptions,
) -> None:
    """Label past replies, blind to what hamdel finds; two people see at the end how far they agree.

    Labels are kept masked beside the export, as cases for `hamdel evaluate`; a run goes on where the last one ended.
    """
    from hamdel.doors.cli.labelling import drawn, found_by, label_file, others  # here, for help reads no export
    from hamdel.exports import Columns

    chosen = given.load()
    known = load_checks(chosen.phrasebanks, examples=False)
    asked = _asked(checks, known, chosen)
    mine = label_file(file, by)
    done, before = found_by(mine)
    if before is not None and before != asked:
        raise InputError(f"{mine}: holds labels of other checks; take the same --check options, or another name")
    replies = drawn(file, Columns(reply=reply, message=customer, roles=("reply", "message")), count)
    _session([one for one in replies if one.key not in done], asked, known, mine, chosen.lang)
    done, _ = found_by(mine)
    _say("kept", chosen.lang, n=len(done), path=mine)
    rivals = others(file, mine)
    if not rivals:
        _say("alone", chosen.lang)
    for path in rivals:
        _compare(path, done, asked, chosen.lang)


def _asked(named: Sequence[str] | None, known: Mapping[str, CheckDef], config: Config) -> list[str]:
    """The checks to ask about: those that are named, else what people can judge and that is worth a warning."""
    for name in named or ():
        if name not in known:
            raise InputError(no_such_check(name, known))
    if named:
        return list(dict.fromkeys(named))
    grave = (check for check in known.values() if check.severity is not Severity.SUGGESTION)
    judged = (check for check in grave if check.id.partition("/")[0] in _FAMILIES and not check.policy.any_script)
    return [check.id for check in judged if config.severity_of(check.id, check.severity) is not None]


def _session(
    replies: Sequence[Reply], asked: Sequence[str], known: Mapping[str, CheckDef], path: Path, lang: Lang
) -> None:
    """Ask about each reply, and store each answer at once."""
    from hamdel.base.atomic import make_private
    from hamdel.doors.cli.labelling import stored_case

    if not replies:
        return
    place(sys.stdout).show(_menu(asked, known, lang))
    make_private(path)
    for number, one in enumerate(replies, 1):
        _say("reply", lang, n=number, all=len(replies))
        if one.customer:
            _say("customer", lang, text=visible(one.customer))
        _say("draft", lang, text=visible(one.draft))
        found = _answer(asked, lang)
        if found is None:
            return
        if found is not _UNKNOWN:
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(stored_case(one, found, asked, known))


_UNKNOWN: list[str] = []


def _answer(asked: Sequence[str], lang: Lang) -> list[str] | None:
    """Read one answer: ids, `_UNKNOWN`, or None for the end."""
    while True:
        line = ask_line()
        text = line.strip().translate(_LATIN).casefold()
        if not line or text in _END:
            return None
        if text in _SKIP:
            return _UNKNOWN
        numbers = text.replace(",", " ").split()
        if all(number.isascii() and number.isdecimal() and 1 <= int(number) <= len(asked) for number in numbers):
            return [asked[place] for place in sorted({int(number) - 1 for number in numbers})]
        complain(_text("wrong", lang, most=len(asked)))


def _menu(asked: Sequence[str], known: Mapping[str, CheckDef], lang: Lang) -> Iterator[Line]:
    yield isolated(Piece(_text("how", lang)))
    for number, check in enumerate(asked, 1):
        yield (Piece("  "), *isolated(Piece(f"{whole(number, lang)}) {known[check].title.pick(lang)}")))


def _compare(path: Path, mine: Mapping[str, frozenset[str]], asked: Sequence[str], lang: Lang) -> None:
    """Show how far somebody else agrees; nothing when they labelled no reply of ours, or other checks."""
    from hamdel.doors.cli.labelling import found_by
    from hamdel.evaluate.agreement import agreement

    theirs, checks = found_by(path)
    shared = len(mine.keys() & theirs.keys())
    if not shared or checks is None:
        return
    both = [check for check in asked if check in checks]
    name = path.name.removesuffix(".labels.jsonl").rpartition(".")[2]
    _say("with", lang, name=name, n=shared)
    open_screen().show(_row(one, lang) for one in agreement(mine, theirs, both))


def _row(one: Agreement, lang: Lang) -> Line:
    figure = decimal(one.kappa, lang)
    counts = {name: getattr(one, name) for name in ("both", "first", "second")}
    name = Piece(one.check, Role.CHECK) if one.check else Piece(_text("all", lang), Role.HEADING)
    return (Piece("  "), *isolated(name), Piece("  "), *isolated(Piece(_text("row", lang, kappa=figure, **counts))))


def _text(key: str, lang: Lang, **values: object) -> str:
    shown = {name: whole(value, lang) if isinstance(value, int) else value for name, value in values.items()}
    return _SAID[key][lang is not Lang.FA].format(**shown)


def _say(key: str, lang: Lang, **values: object) -> None:
    say(_text(key, lang, **values))
