"""What repetition/near-copy and repetition/looping share: the draft beside an earlier reply.

Reusing text is fine; what is judged is how much of a reply was written for this customer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamdel.evidence.case import Case, Hit
from hamdel.model import Severity
from hamdel.model.history import Copy, Match, Uses
from hamdel.phrasebank import CheckDef

if TYPE_CHECKING:
    from hamdel.archive.aligned import Shares
    from hamdel.archive.approved import Approved
    from hamdel.archive.past import PastReplies

__all__ = ["Comparer", "copy_hit", "copy_of", "divided_by"]


class Comparer:
    """What both checks need: the masked draft, and what this customer got before.

    A short reply is a formula that anyone may repeat; it counts only when it is the same to the letter.

    Args:
        check: its options are explained in its file.
        approved: templates that a team may use as they are.
    """

    def __init__(self, check: CheckDef, approved: Approved) -> None:
        self._options = {name: float(value) for name, value in check.options.items()}
        self._near = self._options.get("near", 85)
        self._same_customer = self._options.get("same_customer", 70)
        self._words = self._options.get("words", 12)
        self._fewest = self._options.get("fewest_words", 7)
        self._approved = approved

    def _masked(self, layout: str) -> tuple[str, bool]:
        """Return the text to compare, and whether it is short; an empty one for what isn't compared."""
        from hamdel.masking.mask import compared, own_words  # few drafts come with earlier replies

        masked = compared(layout)
        words = own_words(masked)
        if words < self._fewest or self._approved.has_text(masked, self._near):
            return "", False
        return masked, words < self._words

    def _again(self, past: PastReplies, masked: str, *, short: bool) -> Match | None:
        """Return the reply that this very customer got before."""
        return past.nearest_to_customer(masked, self._near if short else self._same_customer)


def copy_hit(kind: str, copy: Copy, severity: Severity | None = None) -> Hit:
    return Hit(kind=kind, severity=severity, evidence=(f"{copy.score:.0f}", copy.reply), copy=copy)


def divided_by(case: Case, match: Match) -> Shares:
    """Return what of the draft stands in an earlier reply, and what is new."""
    from hamdel.archive.aligned import copied_parts, shares
    from hamdel.masking.mask import compared, mask_with_offsets

    draft = case.conversation.draft
    masked = mask_with_offsets(draft)
    return shares(draft, masked, copied_parts(masked.text, compared(match.layout)))


def copy_of(divided: Shares, score: float, match: Match | None = None, *, same_customer: bool = False) -> Copy:
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
