"""``hamdel doctor``: is everything there that hamdel needs, and how is it mended?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.options import (
    ArchiveOption,
    ConfigOption,
    Format,
    FormatOption,
    LangOption,
    NoConfigOption,
    settings,
)
from hamdel.doors.cli.screen import open_screen, write
from hamdel.errors import HamdelError
from hamdel.model import Lang
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["doctor"]

SCHEMA = "hamdel/doctor/1"
_SIGNS = {"good": ("✓", Role.GOOD), "note": ("•", Role.SUGGESTION), "wrong": ("✗", Role.ERROR)}


def doctor(  # noqa: PLR0913 - typer reads one parameter for each option
    *,
    build: Annotated[
        bool, typer.Option("--build", help="Build the lexicon first, so that no check has to wait for it.")
    ] = False,
    output: FormatOption = Format.TEXT,
    archive: ArchiveOption = None,
    lang: LangOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
) -> None:
    """Say what is there of all that hamdel needs, and how to mend what isn't.

    Exits with 1 when something is wrong, 0 when nothing is or it is only a note.
    """
    from hamdel.doors.cli.health import Asked, examine

    spoken = _language(lang, config, no_config)
    if build:
        _build()
    parts = [_said(part, spoken) for part in examine(Asked(config, not no_config, archive))]
    right = all(part["state"] != "wrong" for part in parts)
    if output is Format.JSON:
        from hamdel.render.text.json_text import dumps

        write(dumps({"schema": SCHEMA, "ok": right, "parts": parts}))
    else:
        open_screen().show(_lines(parts))
    raise typer.Exit(ExitCode.CLEAN if right else ExitCode.FINDINGS)


def _language(lang: Lang | None, config: Any, no_config: bool) -> Lang:
    """The settings' language; broken ones are a finding of ours, no reason to stop."""
    try:
        return settings(config, no_config, lang=lang).lang
    except HamdelError:
        asked = os.environ.get("HAMDEL_LANG", "")
        return lang or (Lang(asked) if asked in set(Lang) else Lang.FA)


def _build() -> None:
    """Compile the lexicon; what goes wrong is found by whoever examines it."""
    from contextlib import suppress

    from hamdel.language.lexicon import Lexicon

    with suppress(HamdelError):
        Lexicon.open()


def _said(part: Any, lang: Lang) -> dict[str, Any]:
    """A part in words; what is personal in a path or an error is covered."""
    from hamdel.doors.cli.health_words import part_name, told
    from hamdel.doors.cli.installed import as_installed
    from hamdel.identifiers import mask_identifiers

    found, mend = told(part.told, lang, part.values)
    return {
        "part": part.name,
        "name": part_name(part.name, lang),
        "state": part.state.value,
        "found": mask_identifiers(found),
        "mend": as_installed(mend) or None,
    }


def _lines(parts: Iterable[dict[str, Any]]) -> Iterator[Line]:
    from hamdel.render.text.bidi import isolated, visible

    for part in parts:
        sign, role = _SIGNS[part["state"]]
        named = Piece(f"{part['name']}: ", Role.HEADING)
        yield (Piece(f"{sign} ", role), *isolated(named), *isolated(Piece(visible(part["found"]))))
        if part["mend"]:
            yield (Piece("    "), *isolated(Piece(part["mend"], Role.QUIET)))
