"""repetition/near-copy: is this draft an earlier reply with another name in it?

Reusing text is fine; what is judged is how much of a reply was written for this customer. Source: catalogue,
repetition/near-copy (Slack's rule; the practitioners' "70 % may be reused, 30 % must show that you read it").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hamdel.checks.case import Case, Hit
from hamdel.checks.lists import is_item
from hamdel.history import Copy, Match, Uses
from hamdel.model import Severity
from hamdel.phrasebank import CheckDef

if TYPE_CHECKING:
    from hamdel.archive.aligned import Shares
    from hamdel.archive.approved import Approved
    from hamdel.archive.past import PastReplies

__all__ = ["NearCopy"]

_FEWEST_ITEMS = 2  # steps that make a list
_FEWEST_PERSONAL = 3  # words of a first sentence that can show that the message was read
_FEWEST_SENTENCES = 2  # of one sentence the whole reply tells as much


class NearCopy:
    """Compares the masked draft with earlier replies.

    A short reply is a formula that anyone may repeat; it counts only when it is the same to the letter.

    Args:
        check: its options are explained in its file.
        approved: templates that a team may use as they are.
    """

    def __init__(self, check: CheckDef, approved: Approved) -> None:
        options = {name: float(value) for name, value in check.options.items()}
        self._near = options.get("near", 85)
        self._same = options.get("same", 97)
        self._same_customer = options.get("same_customer", 70)
        self._sentence = options.get("sentence", 90)
        self._words = options.get("words", 12)
        self._fewest = options.get("fewest_words", 7)
        self._personal = options.get("personal", 30) / 100
        self._approved = approved

    def __call__(self, case: Case) -> Iterator[Hit]:
        if case.past is None:
            return
        from hamdel.archive.mask import compared, mask_layout, own_words  # few drafts come with earlier replies

        layout = mask_layout(case.conversation.draft)
        masked = compared(layout)
        words = own_words(masked)
        if words < self._fewest or self._approved.has_text(masked, self._near):
            return
        short = words < self._words
        match = case.past.nearest_to_customer(masked, self._near if short else self._same_customer)
        if match:
            yield from self._whole(case, match, "same-customer")
            return
        match = case.past.nearest(masked, self._same if short else self._near)
        if match:
            if not self._is_fitted(case, case.past, layout, short=short):
                yield from self._whole(case, match, "copy")
        elif not short:
            yield from self._patchwork(case, case.past, layout)

    def _whole(self, case: Case, match: Match, kind: str) -> Iterator[Hit]:
        """Yield a hit when too little of the draft is new."""
        from hamdel.archive.aligned import copied_parts, shares
        from hamdel.archive.mask import compared, mask_with_offsets

        masked = mask_with_offsets(case.conversation.draft)
        parts = copied_parts(masked.text, compared(match.layout))
        divided = shares(case.conversation.draft, masked, parts)
        same = kind == "same-customer"
        if same or divided.own_share < self._personal:
            yield _hit(kind, _copy(divided, match.score, match, same_customer=same))

    def _is_fitted(self, case: Case, past: PastReplies, layout: str, *, short: bool) -> bool:
        """Whether a short reply or a list of steps opens with a sentence of its own."""
        return (short or _is_list(case)) and self._is_personal(case, past, layout)

    def _is_personal(self, case: Case, past: PastReplies, layout: str) -> bool:
        """Whether the first sentence is nobody else's and, when the customer's message is known, takes it up."""
        from hamdel.archive.mask import SENTENCE, compared, own_words

        first = compared(layout.partition(SENTENCE)[0])
        if own_words(first) < _FEWEST_PERSONAL or past.has_sentence(first, self._sentence):
            return False
        return not case.context.content or not case.context.content.isdisjoint(_lemmas(case, len(first)))

    def _patchwork(self, case: Case, past: PastReplies, layout: str) -> Iterator[Hit]:
        """Yield a hit when nearly all sentences are copies, if of several replies."""
        from hamdel.archive.aligned import shares
        from hamdel.archive.mask import SENTENCE, compared, mask_with_offsets, own_words, sentence_spans

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
            yield _hit("patchwork", _copy(divided, self._sentence), Severity.SUGGESTION)


def _hit(kind: str, copy: Copy, severity: Severity | None = None) -> Hit:
    return Hit(kind=kind, severity=severity, evidence=(f"{copy.score:.0f}", copy.reply), copy=copy)


def _copy(divided: Shares, score: float, match: Match | None = None, *, same_customer: bool = False) -> Copy:
    """What is known about a copy; without a match it is put together from several replies."""
    uses = match.uses if match else Uses(0, 0, 0, 0)
    return Copy(
        score=score,
        reply=match.text if match else "",
        count=uses.to_customer if same_customer else uses.count,
        first=uses.first,
        last=uses.last,
        same_customer=same_customer,
        copied=divided.copied,
        own=divided.own,
        own_share=divided.own_share,
    )


def _is_list(case: Case) -> bool:
    draft = case.draft
    return sum(is_item(draft, first, last) for first, last in draft.sentences) >= _FEWEST_ITEMS


def _lemmas(case: Case, length: int) -> set[str]:
    """Lemmas and spellings of the words in the first ``length`` characters of the masked draft."""
    from hamdel.archive.mask import mask_with_offsets

    start, end = mask_with_offsets(case.conversation.draft).raw_span(0, length)
    draft = case.draft
    words = [draft.words[i] for i in draft.tokens(start, end)]
    return {word.lemma for word in words} | {word.norm for word in words}
