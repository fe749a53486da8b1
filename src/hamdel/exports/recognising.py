"""Which program exported a file: told by what is in it, or by the user; never guessed without saying so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from hamdel.errors import InputError
from hamdel.exports.columns import Columns
from hamdel.exports.objects import Values
from hamdel.exports.preset import Objects, Preset, Source
from hamdel.exports.presets import NO_PRESET, all_presets, preset_named
from hamdel.exports.questions import Asked, QuestionError
from hamdel.model.provenance import Provenance

__all__ = ["Told", "by_header", "by_objects", "decide", "listed", "records"]

_LOOKED_AT = 50  # values in which a program's marks are looked for: a first ticket may be empty


@dataclass(slots=True)
class Told:
    """What a file was recognised as.

    Attributes:
        preset: the program; None for a plain table.
        reason: what told it, in a few words.
        notes: what else was decided from the data, by its kind; grows while the file is read.
    """

    preset: Preset | None = None
    reason: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def provenance(self) -> Provenance:
        """The same for people."""
        program = f"{self.preset.title} (--preset {self.preset.name})" if self.preset else ""
        unproven = self.preset is not None and self.preset.unproven
        return Provenance(program, self.reason, tuple(self.notes), unproven)


def decide(name: str, wanted: Columns, fits: Callable[[Preset], str]) -> Told:
    """Tell the only program that can have exported a file.

    Args:
        name: of the file, for errors.
        wanted: what the user said.
        fits: says what tells that a preset fits; nothing when it doesn't.

    Raises:
        InputError: it isn't from the program that the user named, or may be from several.
    """
    if wanted.preset == NO_PRESET:
        return Told()
    if wanted.preset:
        preset = preset_named(wanted.preset)
        why = fits(preset)
        if not why:
            hint = f"leave --preset out, or say --preset {NO_PRESET} for a plain table"
            raise InputError(f"{name}: isn't what {preset.title} exports ({preset.forms}); {hint}")
        return Told(preset, why)
    found = [(preset, why) for preset in all_presets().values() if (why := fits(preset))]
    if len(found) > 1:
        names = [preset.name for preset, _ in found]
        told = f"{name}: may be an export of {' or '.join(names)}; say which with --preset"
        raise QuestionError(told, Asked.PRESET, [*names, NO_PRESET])
    return Told(*found[0]) if found else Told()


def by_objects(values: Values, source: Source) -> tuple[Values, Told]:
    """Turn what a program exported into objects that are rows; those of an unknown program stay as they are.

    Args:
        values: of a JSON file, or records of XML.
        source: the file.

    Raises:
        InputError: see `decide`.
    """
    first = list(islice(values, _LOOKED_AT))
    found = [value for _, value in first if isinstance(value, dict)]
    named = source.wanted.preset not in (None, NO_PRESET)

    def fits(preset: Preset) -> str:
        form = preset.objects
        return _fits(form, found, named) if form else ""

    told = decide(source.name, source.wanted, fits)
    rest = chain(first, values)
    if told.preset is None or told.preset.objects is None:
        return rest, told
    told.notes, source.program = source.notes, told.preset.name
    return told.preset.objects.read(rest, source), told


def _fits(form: Objects, values: Sequence[dict[str, Any]], named: bool) -> str:
    test = form.fits_named if named and form.fits_named else form.fits
    return next((why for value in values if (why := _tried(test, value))), "")


def _tried(test: Callable[[dict[str, Any]], str], value: dict[str, Any]) -> str:
    try:
        return test(value)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError):  # stranger than any export
        return ""


def by_header(header: Sequence[str], wanted: Columns, name: str) -> tuple[Columns, Told]:
    """Take a table for what a program exports when its header is that program's.

    Args:
        header: the columns' names.
        wanted: what the user said.
        name: of the file, for errors.

    Raises:
        InputError: see `decide`.
    """
    there = set(header)

    def fits(preset: Preset) -> str:
        form = preset.heading
        return ", ".join(sorted(form.needed)) if form and form.needed <= there else ""

    told = decide(name, wanted, fits)
    form = told.preset.heading if told.preset else None
    if form is None:
        return wanted, told
    columns = {role: column for role, column in form.columns.items() if column in there and role in wanted.roles}
    changes: dict[str, Any] = columns | wanted.named()
    return replace(wanted, **changes, everywhere=form.channel, unanswered=True), told


def listed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return where the presets' JSON has lists, and which keys before a list say that there is none."""
    forms = [preset.objects for preset in all_presets().values() if preset.objects]
    return tuple(one for form in forms for one in form.lists), tuple(one for form in forms for one in form.whole)


def records() -> frozenset[str]:
    """Return the names of the XML elements that presets read."""
    forms = [preset.objects for preset in all_presets().values() if preset.objects]
    return frozenset(name for form in forms for name in form.records)
