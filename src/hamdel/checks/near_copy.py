"""repetition/near-copy: is this draft an earlier reply with another name in it?"""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.case import Case, Hit
from hamdel.phrasebank import CheckDef

__all__ = ["NearCopy"]


class NearCopy:
    """Compares the masked draft with earlier replies.

    A short reply is a formula that anyone may repeat; it counts only when it is the same to the letter.
    """

    def __init__(self, check: CheckDef) -> None:
        self._cutoff = float(check.options.get("near", 85))
        self._same = float(check.options.get("same", 97))
        self._words = int(check.options.get("words", 12))
        self._fewest = int(check.options.get("fewest_words", 7))

    def __call__(self, case: Case) -> Iterator[Hit]:
        if case.past is None:
            return
        from hamdel.archive.mask import masked_words  # few drafts come with earlier replies

        text = case.conversation.draft
        words = masked_words(text)
        if words < self._fewest:
            return
        match = case.past.nearest(text, self._cutoff if words >= self._words else self._same)
        if match:
            yield Hit(kind="copy", evidence=(f"{match.score:.0f}", match.text))
