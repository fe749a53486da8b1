"""``hamdel checks --new`` and ``--test``: a team's own checks, from the first line to the last example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hamdel.doors.cli.scaffold import new_check, own_folder
from hamdel.doors.cli.screen import open_screen, say
from hamdel.errors import InputError
from hamdel.identifiers import mask_identifiers
from hamdel.model import Lang
from hamdel.phrasebank import CheckDef, check_files, load_check
from hamdel.render.text.bidi import isolated, persian_digits, visible
from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.settings.config import Config, no_such_check

if TYPE_CHECKING:
    from hamdel.evaluate.proving import Failure

__all__ = ["make", "test"]

_MADE = {
    Lang.FA: "نوشته شد: {path}\nعبارت‌ها و مثال‌ها را بنویسید و بزنید: hamdel checks --test {id}{folder}\n",
    Lang.EN: "written: {path}\nnow write phrases and examples, then run: hamdel checks --test {id}{folder}\n",
}
_NAME_IT = {
    Lang.FA: "برای اینکه در همهٔ بررسی‌ها به کار بیاید، در hamdel.toml بنویسید: phrasebanks = [\"{name}\"]\n",
    Lang.EN: "to use it in all checks, write into hamdel.toml: phrasebanks = [\"{name}\"]\n",
}
_SAID: Mapping[str, tuple[str, str]] = {
    "todo": ("«{text}» هنوز نوشته نشده است (TODO)", "{text} isn't written yet (TODO)"),
    "no-fire": (
        "مثالی در examples.fire نیست: پیش‌نویسی که باید یافته داشته باشد",
        "examples.fire is empty: drafts that it must find",
    ),
    "no-silent": (
        "مثالی در examples.silent نیست: پیش‌نویسی که نباید یافته داشته باشد",
        "examples.silent is empty: drafts that it must leave alone",
    ),
    "no-rewrite": (
        "مثالی در examples.rewrite نیست: جمله و بهترش",
        "examples.rewrite is empty: a sentence and a better one",
    ),
    "silent": ("باید بیابد و نمی‌یابد: {text}", "must fire and doesn't: {text}"),
    "elsewhere": ("جای دیگری را می‌یابد، «{matched}»: {text}", "fires elsewhere, on “{matched}”: {text}"),
    "fires": ("نباید بیابد و «{matched}» را می‌یابد: {text}", "must be silent and fires on “{matched}”: {text}"),
    "before": ("جملهٔ پیش از بازنویسی یافته‌ای ندارد: {text}", "the sentence before the rewrite doesn't fire: {text}"),
    "after": ("بازنویسی هنوز یافته دارد، «{matched}»: {text}", "the rewrite still fires, on “{matched}”: {text}"),
}
_PROVEN = {Lang.FA: "{fire} مثال می‌یابد، {silent} مثال خاموش", Lang.EN: "{fire} fire, {silent} silent"}


def make(check_id: str, config: Config, named: Path | None) -> None:
    """Write a new check's file and say what comes next.

    Raises:
        InputError: it can't be made.
    """
    folder = own_folder(config, named)
    path = new_check(check_id, folder)
    where = "" if folder == own_folder(config, None) else f" --in {folder}"
    say(_MADE[config.lang].format(path=path, id=check_id, folder=where))
    if folder not in config.phrasebanks:
        say(_NAME_IT[config.lang].format(name=named or folder.name))


def test(check_id: str, config: Config, named: Path | None) -> bool:
    """Try the examples of a team's own checks, or of one of them, and show what fails.

    Args:
        check_id: of the one; empty for all in the team's folders.
        config: the settings.
        named: a folder in place of theirs.

    Returns:
        Whether all is as the files say.

    Raises:
        HamdelError: there is nothing to test, or a file is wrong.
    """
    from hamdel.checker import Checker  # here, for it takes long to import
    from hamdel.evaluate.proving import prove

    folders = (named,) if named or not config.phrasebanks else config.phrasebanks
    places = tuple(folder or own_folder(config, None) for folder in folders)
    checks = _wanted(check_id, places)
    extra = tuple(dict.fromkeys((*config.phrasebanks, *places)))
    checker = Checker(replace(config, phrasebanks=extra, enable=(), disable=(), severity={}, allow=(), approved=()))
    right, screen = True, open_screen()
    for check in checks:
        failures = list(prove(check, checker.check_conversation))
        right = right and not failures
        screen.show(_lines(check, failures, config.lang))
    return right


def _wanted(check_id: str, places: tuple[Path, ...]) -> list[CheckDef]:
    found = {check.id: check for folder in places for check in map(load_check, check_files(folder))}
    if check_id and check_id not in found:
        raise InputError(f"{', '.join(map(str, places))}: {no_such_check(check_id, found)}")
    if not found:
        raise InputError(f"{', '.join(map(str, places))}: no checks here; `hamdel checks --new family/name` makes one")
    return [found[check_id]] if check_id else list(found.values())


def _lines(check: CheckDef, failures: list[Failure], lang: Lang) -> Iterator[Line]:
    sign = Piece("✗ ", Role.ERROR) if failures else Piece("✓ ", Role.GOOD)
    counts = {"fire": str(len(check.examples.fire)), "silent": str(len(check.examples.silent))}
    said = _PROVEN[lang].format(**counts)
    said = persian_digits(said) if lang is Lang.FA else said
    yield (sign, Piece(f"{check.id}  ", Role.CHECK), *isolated(Piece(said, Role.QUIET)))
    for failure in failures:
        told = _SAID[failure.kind.value][lang is not Lang.FA].format(text=failure.text, matched=failure.matched)
        yield (Piece("    "), *isolated(Piece(visible(mask_identifiers(told)))))
