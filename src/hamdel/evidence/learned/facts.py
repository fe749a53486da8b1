"""Plain facts about where a sentence stands and what it shares with the customer's message."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from hamdel.evidence.learned.features import content_words
from hamdel.evidence.learned.traits import Traits

__all__ = ["FACTS", "OF_MESSAGE", "facts"]

#: How many there are: those of the message first, then those of the place.
FACTS, OF_MESSAGE = 7, 3
_MANY = 3  # shared words from which it makes no difference


def facts(
    sentences: Sequence[Sequence[Traits]], message: Sequence[Traits], rarity: Callable[[int], float]
) -> npt.NDArray[np.float32]:
    """Return a row for each sentence of a reply.

    Args:
        sentences: the reply's.
        message: the customer's words; none when the message isn't known.
        rarity: tells for a lemma's hash the square of how rare it is.

    Returns:
        The cosine of the content words with the message's, how many are shared (0 to 1), whether there is a message,
        whether the sentence is the first or the last one, how far it is from the start (0 to 1), and 1.
    """
    theirs = {word: rarity(word) for word in sorted(content_words(message))}
    length = sum(theirs.values()) ** 0.5
    last = len(sentences) - 1
    rows = np.zeros((len(sentences), FACTS), np.float32)
    for i, words in enumerate(sentences):
        rows[i, 3:] = (i == 0, i == last, i / max(1, last), 1)
        if not message:
            continue
        rows[i, 2] = 1
        mine = {word: rarity(word) for word in sorted(content_words(words))}
        shared = mine.keys() & theirs.keys()
        if shared:
            common = sum(theirs[word] for word in sorted(shared))
            rows[i, 0] = 2 * common / (length * sum(mine.values()) ** 0.5)
            rows[i, 1] = min(_MANY, len(shared)) / _MANY
    return rows
