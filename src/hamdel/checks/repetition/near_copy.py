"""repetition/near-copy: is this draft an earlier reply to somebody else?

Reusing text is fine; what is judged is how much of a reply was written for this customer. The measure is a
rule of practitioners: 70 % may be reused, 30 % must show that you read the message.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hamdel.checks.repetition.comparing import Comparer, copy_hit, copy_of, divided_by
from hamdel.evidence.acts.lists import is_item
from hamdel.evidence.case import Case, Hit
from hamdel.model import Severity
from hamdel.model.history import Match
from hamdel.phrasebank import CheckDef

if TYPE_CHECKING:
    from hamdel.archive.approved import Approved
    from hamdel.archive.past import PastReplies

__all__ = ["NearCopy"]

_FEWEST_ITEMS = 2  # steps that make a list
_FEWEST_PERSONAL = 3  # words of a first sentence that can show that the message was read
_FEWEST_SENTENCES = 2  # of one sentence the whole reply tells as much


class NearCopy(Comparer):
    """repetition/near-copy: compares the masked draft with earlier replies to others."""

    def __init__(self, check: CheckDef, approved: Approved) -> None:
        super().__init__(check, approved)
        self._same = self._options.get("same", 97)
        self._sentence = self._options.get("sentence", 90)
        self._personal = self._options.get("personal", 30) / 100

    def __call__(self, case: Case) -> Iterator[Hit]:
        if case.past is None:
            return
        from hamdel.masking.mask import mask_layout

        layout = mask_layout(case.conversation.draft)
        masked, short = self._masked(layout)
        if not masked or self._again(case.past, masked, short=short):  # repetition/looping says so
            return
        match = case.past.nearest(masked, self._same if short else self._near)
        if match:
            if not self._is_fitted(case, case.past, layout, short=short):
                yield from self._whole(case, match)
        elif not short:
            yield from self._patchwork(case, case.past, layout)

    def _whole(self, case: Case, match: Match) -> Iterator[Hit]:
        """Yield a hit when too little of the draft is new."""
        divided = divided_by(case, match)
        if divided.own_share < self._personal:
            yield copy_hit("copy", copy_of(divided, match.score, match))

    def _is_fitted(self, case: Case, past: PastReplies, layout: str, *, short: bool) -> bool:
        """Whether a short reply or a list of steps opens with a sentence of its own."""
        return (short or _is_list(case)) and self._is_personal(case, past, layout)

    def _is_personal(self, case: Case, past: PastReplies, layout: str) -> bool:
        """Whether the first sentence is nobody else's and, when the customer's message is known, takes it up."""
        from hamdel.masking.mask import SENTENCE, compared, own_words

        first = compared(layout.partition(SENTENCE)[0])
        if own_words(first) < _FEWEST_PERSONAL or past.has_sentence(first, self._sentence):
            return False
        return not case.context.content or not case.context.content.isdisjoint(_lemmas(case, len(first)))

    def _patchwork(self, case: Case, past: PastReplies, layout: str) -> Iterator[Hit]:
        """Yield a hit when nearly all sentences are copies, if of several replies."""
        from hamdel.archive.aligned import shares
        from hamdel.masking.mask import SENTENCE, compared, mask_with_offsets, own_words, sentence_spans

        copied: list[tuple[int, int]] = []
        new = self._personal * own_words(layout)  # words; so many of its own are enough
        for start, end in sentence_spans(layout, SENTENCE):
            sentence = compared(layout[start:end])
            if past.has_sentence(sentence, self._sentence) and not self._approved.has_sentence(
                sentence, self._sentence
            ):
                copied.append((start, end))
                continue
            new -= own_words(sentence)
            if new <= 0:
                return
        draft = case.conversation.draft
        divided = shares(draft, mask_with_offsets(draft), copied)
        if len(copied) >= _FEWEST_SENTENCES and divided.own_share < self._personal:
            yield copy_hit("patchwork", copy_of(divided, self._sentence), Severity.SUGGESTION)


def _is_list(case: Case) -> bool:
    draft = case.draft
    return sum(is_item(draft, first, last) for first, last in draft.sentences) >= _FEWEST_ITEMS


def _lemmas(case: Case, length: int) -> set[str]:
    """Lemmas and spellings of the words in the first ``length`` characters of the masked draft."""
    from hamdel.masking.mask import mask_with_offsets

    start, end = mask_with_offsets(case.conversation.draft).raw_span(0, length)
    draft = case.draft
    words = [draft.words[i] for i in draft.tokens(start, end)]
    return {word.lemma for word in words} | {word.norm for word in words}
