"""Which program exported a file."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Provenance"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a file was recognised as, for people.

    Attributes:
        program: and how to name its preset; empty when it isn't known.
        reason: what told it, in a few words.
        notes: what else was decided from the data, by its kind: "team_titled", "team_everywhere", "team_elsewhere",
            "date_order", "lines", "sides", "cells_" and a role.
        unproven: nobody has tried this shape with a real export.
    """

    program: str = ""
    reason: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    unproven: bool = False
