"""Where each character of a rewritten draft comes from, through all rounds of a rewrite."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from hamdel.improve.assembling import Applied
from hamdel.model import Step

__all__ = ["Trace"]

_WORDS, _SENTENCE = -1, -2  # new words in the draft's own sentence; a sentence that the draft didn't have

_SLOT = re.compile(r"\[[^][]+\]")


class Trace:
    """Follows the changes of a draft.

    Args:
        draft: as it was given.
    """

    def __init__(self, draft: str) -> None:
        self._draft = draft
        self._sources = list(range(len(draft)))

    def follow(self, changes: Iterable[Applied]) -> None:
        """Take up changes of the text so far.

        Args:
            changes: as `hamdel.improve.assembling.assemble` returns them.
        """
        sources: list[int] = []
        place = 0
        for change, own, kept in changes:
            if kept < 0:
                del sources[kept:]
            sources += self._sources[place : place + max(0, kept)]
            sources += [_SENTENCE if own else _WORDS] * len(change.new)
            place = change.end
        self._sources = sources + self._sources[place:]

    @property
    def sources(self) -> tuple[int, ...]:
        """For each code point of the text its place in the draft; -1 for what is new."""
        return tuple(max(source, _WORDS) for source in self._sources)

    def needs(self, text: str, start: int, end: int) -> bool:
        """Tell whether a part has a slot that was put into a sentence of the draft, and that stands nowhere else.

        Args:
            text: so far.
            start, end: of the part, in code points of ``text``.
        """
        rest = f"{text[:start]} {text[end:]}"
        slots = (found for found in _SLOT.finditer(text, start, end) if self._sources[found.start()] == _WORDS)
        return any(slot[0] not in rest for slot in slots)

    def said(self, text: str) -> str:
        """Return what of the text the draft said: all but sentences that were put there."""
        return "".join(char for char, source in zip(text, self._sources, strict=True) if source != _SENTENCE)

    def dated_back(self, steps: Iterable[Step]) -> tuple[Step, ...]:
        """Return steps with what the draft had in their place, to the letter."""
        told = 0
        known = []
        for step in steps:
            if step.before:
                begin, end = max(told, self._left(step.start)), self._right(step.end)
                told = max(told, end)
                known.append(replace(step, before=self._draft[begin:end].strip()))
            else:
                known.append(step)
        return tuple(step for step in known if step.before or step.after)

    def _left(self, start: int) -> int:
        """Return where in the draft what comes before ``start`` ends."""
        return next((source + 1 for source in reversed(self._sources[:start]) if source >= 0), 0)

    def _right(self, end: int) -> int:
        return next((source for source in self._sources[end:] if source >= 0), len(self._draft))
