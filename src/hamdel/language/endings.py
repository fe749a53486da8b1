"""What a word's last letter asks of an ending: «دستگاهتون», but «بسته‌تون».

Source: دستور خط فارسی (Academy of Persian Language and Literature).
"""

from __future__ import annotations

import re

from hamdel.language.sets import word_set

__all__ = ["silent_he"]

#: «ه» that is said: after a long vowel («راه»، «گروه»), and in these.
_SAID_HE = re.compile(r"[اوی]ه\Z")
_SAID = word_set("grammar.spelling.said_he")


def silent_he(word: str) -> bool:
    """Tell whether a word ends in a «ه» that isn't said, after which endings stand apart.

    >>> [silent_he(word) for word in ("بسته", "دستگاه", "توجه")]
    [True, False, False]
    """
    return word.endswith("ه") and len(word) > 1 and not _SAID_HE.search(word) and word not in _SAID
