"""Suggestions: templates in Persian, filled with what the customer wrote; what isn't known stays a visible «[…]»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hamdel.wording.choice import least_used, unsaid
from hamdel.wording.templates import Templates

__all__ = ["Suggester"]


class Suggester:
    """Renders ``suggestions/<check id>.j2``: each line that isn't empty is one wording.

    Args:
        folders: the team's template folders, first come first served; ours come last.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._templates = Templates(folders)

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
        text = self._templates.render(f"suggestions/{check}", values, recent)
        lines = (" ".join(line.split()) for line in (text or "").splitlines())
        wordings = tuple(dict.fromkeys(line for line in lines if line))
        return least_used(unsaid(wordings, draft), recent)
