"""``hamdel init``: five questions, or five flags, and a folder that a team can work with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from hamdel.base.files import is_there
from hamdel.base.nearest import nearest
from hamdel.base.toml_file import shown
from hamdel.doors.cli import asking, starting
from hamdel.doors.cli.options import LangOption
from hamdel.doors.cli.screen import say
from hamdel.errors import InputError
from hamdel.model import Audience, Channel, Lang
from hamdel.settings.keys import Address, from_environment

__all__ = ["init"]

_NAMES = {"شما": Address.SHOMA, "تو": Address.TU, "shoma": Address.SHOMA, "tu": Address.TU}
_QUESTIONS: Mapping[str, tuple[str, str]] = {
    "address": ("پرسش ۱ از ۵: مشتری را چطور خطاب می‌کنید؟", "question 1 of 5: How do you address customers?"),
    "channel": ("پرسش ۲ از ۵: بیشتر از چه راهی جواب می‌دهید؟", "question 2 of 5: Where do you mostly answer?"),
    "audience": ("پرسش ۳ از ۵: چه کسی جواب را می‌خواند؟", "question 3 of 5: Who reads the answers?"),
    "signature": (
        "پرسش ۴ از ۵: امضای پای ایمیل‌ها؟ مثلاً: پشتیبانی پیک‌یار (Enter یعنی نام پاسخ‌دهنده)",
        "question 4 of 5: The signature of e-mails? (Enter: the agent's name)",
    ),
    "archive": (
        "پرسش ۵ از ۵: پوشهٔ بایگانی پاسخ‌های پیشین؟ مثلاً: archive (Enter یعنی بایگانی خودتان در این دستگاه)",
        "question 5 of 5: The folder of the archive of past replies? (Enter: your own on this machine)",
    ),
}
_CHOICES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "address": (("shoma", "شما", "شما (shoma)"), ("tu", "تو", "تو (tu)")),
    "channel": (("chat", "گفت‌وگو", "chat"), ("email", "ایمیل", "e-mail"), ("social", "شبکهٔ اجتماعی", "social media")),
    "audience": (("consumer", "مردم", "consumers"), ("business", "کسب‌وکارها", "businesses")),
}
_SAID: Mapping[str, tuple[str, str]] = {
    "replace": ("{path} هست؛ جایش نوشته شود؟", "{path} is there; replace it?"),
    "kept": ("همان که بود ماند: {path}", "left as it was: {path}"),
    "written": ("نوشته شد: {path}", "written: {path}"),
    "next": (
        "حالا پیش‌نویسی را در reply.txt بنویسید و بزنید: hamdel check reply.txt\n"
        "بررسی نمونه را این می‌آزماید: hamdel checks --test",
        "now write a draft into reply.txt and run: hamdel check reply.txt\n"
        "this tries the sample check: hamdel checks --test",
    ),
}


def init(  # noqa: PLR0913 - typer reads one parameter for each option
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where; here by default.", show_default=False)
    ] = Path(),
    *,
    address: Annotated[
        str | None, typer.Option(metavar="شما|تو", help="How customers are addressed; shoma and tu mean the same.")
    ] = None,
    channel: Annotated[Channel | None, typer.Option(help="Where replies are mostly sent.")] = None,
    audience: Annotated[Audience | None, typer.Option(help="Who reads them.")] = None,
    signature: Annotated[str | None, typer.Option(metavar="TEXT", help="At the end of e-mails.")] = None,
    archive: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Of the archive; the one on this machine by default.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: defaults for what no option says.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    lang: LangOption = None,
) -> None:
    """Begin: five questions, then hamdel.toml, and a check, a template and an approved reply to go on from.

    Without a terminal the options answer, and defaults for the rest. Nothing that is there is replaced unasked.
    """
    spoken = lang or from_environment({"HAMDEL_LANG": os.environ.get("HAMDEL_LANG", "")}).get("lang", Lang.FA)
    place = folder.absolute()
    given = {
        "address": None if address is None else _address(address),
        "channel": channel,
        "audience": audience,
        "signature": None if signature is None else starting.require_signature(signature),
        "archive": None if archive is None else starting.require_archive(archive, place),
    }
    asks = not yes and asking.is_answered_by_somebody()
    choices = _asked(given, place, spoken) if asks else _given(given)
    files = _allowed(place, starting.starting_files(choices), spoken, asks=asks, force=force)
    for path in starting.write_files(place, files):
        _say("written", spoken, path)
    _say("next", spoken)


def _address(text: str) -> Address:
    try:
        return _NAMES[text]
    except KeyError:
        hint = nearest(text, list(_NAMES)) or ""
        raise InputError(f"--address can't be \"{text[:40]}\"; use شما or تو{hint}") from None


def _given(given: Mapping[str, object]) -> starting.Choices:
    return starting.Choices(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


def _asked(given: Mapping[str, object], place: Path, lang: Lang) -> starting.Choices:
    """Ask for what no option says."""
    kinds = {"address": Address, "channel": Channel, "audience": Audience}
    answers = dict(given)
    for name, questions in _QUESTIONS.items():
        if answers[name] is not None:
            continue
        question = questions[lang is not Lang.FA]
        if name in kinds:
            choices = [(kinds[name](value), names[lang is not Lang.FA]) for value, *names in _CHOICES[name]]
            answers[name] = asking.ask_choice(question, choices, lang)
        elif name == "signature":
            answers[name] = asking.ask_text(question, starting.require_signature)
        else:
            answers[name] = asking.ask_text(question, lambda text: starting.require_archive(text, place))
    return _given(answers)


def _allowed(place: Path, files: Mapping[str, str], lang: Lang, *, asks: bool, force: bool) -> Mapping[str, str]:
    """Return the files that may be written.

    Raises:
        InputError: one is there already, and nobody can be asked.
    """
    there = [name for name, text in files.items() if _differs(place / name, text)]
    if force or not there:
        return files
    if not asks:
        names = ", ".join(there)
        raise InputError(f"{shown(place)}: {names} is there already, and nothing was written; --force replaces it")
    kept = [name for name in there if not asking.ask_yes(_said("replace", lang, place / name), lang)]
    for name in kept:
        _say("kept", lang, place / name)
    return {name: text for name, text in files.items() if name not in kept}


def _differs(path: Path, text: str) -> bool:
    """Whether something else is there."""
    if not is_there(path):
        return False
    return not path.is_file() or path.read_bytes() != text.encode("utf-8")


def _said(key: str, lang: Lang, path: Path | str = "") -> str:
    return _SAID[key][lang is not Lang.FA].format(path=path)


def _say(key: str, lang: Lang, path: Path | str = "") -> None:
    say(_said(key, lang, path))
