"""Suggestions: templates in Persian, filled with what the customer wrote; what isn't known stays a visible «[…]»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hamdel.language.bounded_cache import Memory
from hamdel.wording.choice import least_used, unsaid
from hamdel.wording.templates import Templates

__all__ = ["Suggester"]


_REMEMBERED = 256  # wordings of a template with the same values, in a generation


class Suggester:
    """Renders ``suggestions/<check id>.j2``: each line that isn't empty is one wording.

    What a template makes of the values that it reads is remembered from the second time on; most read few.

    Args:
        folders: the team's template folders, first come first served; ours come last.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._templates = Templates(folders)
        self._asked: set[str] = set()
        self._wordings = Memory[tuple[object, ...], tuple[str, ...]](_REMEMBERED)

    def suggest(
        self, check: str, values: Mapping[str, Any], *, draft: str = "", recent: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Return the wordings for a finding of ``check``, best first; empty when it has no template.

        Args:
            check: the check's id.
            values: the template's variables; a slot that is missing or empty shows as ``[…]``.
            draft: what it stands in; wordings that it holds already are left out.
            recent: layouts of the agent's recent replies; wordings that are like them come last.

        Raises:
            TemplateError: the template is wrong; file and line are named.
        """
        name = f"suggestions/{check}"
        variables = self._templates.variables(name) if name in self._asked and not recent else None
        if variables is None:
            self._asked.add(name)
            wordings = self._filled(name, values, recent)
        else:
            asked = (name, *map(values.get, variables))
            found = self._wordings[asked]
            if found is None:
                found = self._wordings[asked] = self._filled(name, values)
            wordings = found
        return least_used(unsaid(wordings, draft), recent)

    def _filled(self, name: str, values: Mapping[str, Any], recent: Sequence[str] = ()) -> tuple[str, ...]:
        text = self._templates.render(name, values, recent)
        lines = (" ".join(line.split()) for line in (text or "").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))
