"""repetition/looping: this very customer got this answer before."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.repetition.comparing import Comparer, copy_hit, copy_of, divided_by
from hamdel.evidence.case import Case, Hit

__all__ = ["Looping"]


class Looping(Comparer):
    """repetition/looping: who gets the same answer again didn't find it in the first one."""

    def __call__(self, case: Case) -> Iterator[Hit]:
        if case.past is None:
            return
        from hamdel.masking.mask import mask_layout

        masked, short = self._masked(mask_layout(case.conversation.draft))
        match = self._again(case.past, masked, short=short) if masked else None
        if match:
            kind = "same" if match.score >= self._options.get("same", 97) else "near"
            yield copy_hit(kind, copy_of(divided_by(case, match), match.score, match, same_customer=True))
