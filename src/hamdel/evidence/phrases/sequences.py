"""Fixed phrases: sequences of matching keys, found by walking a tree of them."""

from __future__ import annotations

from collections.abc import Sequence

from hamdel.language.words import Word

__all__ = ["Sequences"]


class _Node:
    """The phrases that begin alike: those that end here, and by their next key those that go on."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.ends: tuple[int, ...] = ()
        self.next: dict[str, _Node] = {}


class Sequences:
    """Numbered sequences of keys, to be found in a text; what spaCy's PhraseMatcher does on NORM, without a Doc."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, number: int, keys: Sequence[str]) -> None:
        """Add a phrase; one without keys is never found.

        Args:
            number: that it is found by; several phrases may share one.
            keys: of its tokens.
        """
        node = self._root
        for key in keys:
            node = node.next.setdefault(key, _Node())
        if number not in node.ends:
            node.ends += (number,)

    def find(self, words: Sequence[Word]) -> list[tuple[int, int, int]]:
        """Return number, first and last token (exclusive) of each phrase that is in a text."""
        openings = self._root.next
        norms = [word.norm for word in words]
        found: list[tuple[int, int, int]] = []
        for first, norm in enumerate(norms):
            node = openings.get(norm)
            last = first + 1
            while node is not None:
                found += [(number, first, last) for number in node.ends]
                node = node.next.get(norms[last]) if last < len(norms) else None
                last += 1
        return found
