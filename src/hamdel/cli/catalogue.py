"""``hamdel checks`` and ``hamdel explain``: what hamdel looks for, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from hamdel.cli.options import ConfigOption, Format, FormatOption, LangOption, NoConfigOption, settings
from hamdel.cli.screen import open_screen, write
from hamdel.config import Config, no_such_check, validate_checks
from hamdel.errors import InputError
from hamdel.model import Severity
from hamdel.phrasebank import CheckDef, load_check, load_checks, load_table
from hamdel.phrasebank.measured import Measured, load_measured
from hamdel.render.check_page import page, table
from hamdel.render.json_text import dumps
from hamdel.resources import phrasebank_dir

__all__ = ["checks", "explain"]


def checks(
    output: FormatOption = Format.TEXT,
    lang: LangOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
) -> None:
    """List all checks with their severity, as your settings have it."""
    chosen = settings(config, no_config, lang=lang)
    known = load_checks(chosen.phrasebanks, examples=False)
    validate_checks(chosen, known)
    levels = {id_: chosen.severity_of(id_, check.severity) for id_, check in known.items()}
    if output is Format.JSON:
        _write_json(known, levels)
        return
    open_screen().show(table(known.values(), levels, chosen.lang))


def explain(
    check_id: Annotated[str, typer.Argument(metavar="ID", help="A check, such as respect/blame.")],
    lang: LangOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
) -> None:
    """Show one check: why it exists, its sources, examples and rewrites."""
    chosen = settings(config, no_config, lang=lang)
    check = _find(check_id, chosen)
    level = chosen.severity_of(check.id, check.severity)
    screen = open_screen()
    screen.show(page(check, level, _sources(chosen), chosen.lang, screen.width, measured=_measured(check)))


def _find(check_id: str, chosen: Config) -> CheckDef:
    """The check with this id.

    Raises:
        InputError: there is none; the nearest one is named.
    """
    known = load_checks(chosen.phrasebanks, examples=False)
    if check_id not in known:
        raise InputError(no_such_check(check_id, known))
    return load_check(known[check_id].path)  # this one with its examples


def _measured(check: CheckDef) -> Measured | None:
    """How a check of ours did; nothing about one that a user's folder brings or replaces."""
    if not check.path.is_relative_to(phrasebank_dir()):
        return None
    return load_measured(phrasebank_dir() / "measured.toml").get(check.id)


def _sources(chosen: Config) -> dict[str, str]:
    """What the source keys stand for; tables in users' own folders are added to ours."""
    folders = (phrasebank_dir(), *chosen.phrasebanks)
    files = (folder / "sources.toml" for folder in folders)
    tables = (load_table(file) for file in files if file.is_file())
    return {key: entry[chosen.lang.value] for table in tables for key, entry in table.items()}


def _write_json(known: Mapping[str, CheckDef], levels: Mapping[str, Severity | None]) -> None:
    write(dumps([_as_dict(check, levels[id_]) for id_, check in known.items()]))


def _as_dict(check: CheckDef, level: Severity | None) -> dict[str, object]:
    return {
        "id": check.id,
        "severity": level.value if level else "off",
        "precision": check.precision,
        "title": {"fa": check.title.fa, "en": check.title.en},
        "message": {"fa": check.message.fa, "en": check.message.en},
        "sources": list(check.sources),
    }
