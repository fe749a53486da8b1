"""repetition/opener: the same first sentence in reply after reply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hamdel.evidence.case import Case, Hit
from hamdel.phrasebank import CheckDef

__all__ = ["Opener"]

_LEAD = 4  # words that a sentence's first clause needs to be an opener of its own


class Opener:
    """repetition/opener: the first sentence is that of many of the last replies, names and numbers aside."""

    def __init__(self, check: CheckDef) -> None:
        self._last = int(check.options.get("replies", 10))
        self._times = int(check.options.get("times", 3))
        self._fewest = int(check.options.get("fewest_words", 3))

    def __call__(self, case: Case) -> Iterator[Hit]:
        recent = case.past.latest(self._last) if case.past is not None else ()
        if len(recent) < self._times:
            return
        from hamdel.masking.mask import mask_opening, mask_with_offsets  # few drafts come with earlier replies

        draft = case.conversation.draft
        counts = Counter(opening for layout in recent for opening in self._openings(layout))
        for opening in self._openings(mask_opening(draft)):
            if counts[opening] >= self._times:
                chars = mask_with_offsets(draft, closing=True).raw_span(0, len(opening))
                yield Hit(kind="opener", chars=chars, evidence=(str(counts[opening]),))
                return

    def _openings(self, layout: str) -> list[str]:
        """Return the first sentence of a masked reply, and its clauses so far when they are long enough."""
        from hamdel.masking.mask import CLAUSE, SENTENCE, compared

        whole = layout.partition(SENTENCE)[0]
        if len(compared(whole).split()) < self._fewest:
            return []
        ends = [place for place, char in enumerate(whole) if char == CLAUSE]
        leads = [compared(whole[:end]) for end in ends]
        return [compared(whole), *(lead for lead in leads if len(lead.split()) >= _LEAD)]
