"""Listed words that are looked for in the customer's message."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hamdel.evidence.case import Case
from hamdel.language.fold import key
from hamdel.model.policy import Role

__all__ = ["Cues", "is_harsh"]


class Cues:
    """Words and phrases, in any spelling; the words of a phrase may be one token («مشکل داره», «مشکل‌داره»).

    Args:
        phrases: each of one or more words.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        wanted = ["\0?".join(re.escape(key(word)) for word in phrase.split()) for phrase in phrases]
        self._wanted = re.compile(f"\0(?:{'|'.join(wanted)})\0") if wanted else None

    def stand_in(self, case: Case) -> bool:
        """Tell whether one of them stands in the customer's message."""
        return bool(self._wanted and self._wanted.search(case.customer_text))


def is_harsh(case: Case) -> bool:
    """Tell whether something hurts in the draft: that has to go first, and a kind sentence beside it mends nothing."""
    return case.has(Role.HARSH)
