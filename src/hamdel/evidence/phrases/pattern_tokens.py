"""What one token of a token pattern asks of a token of a text, decided as spaCy's Matcher decides it.

spaCy's import takes longer than everything else that a check does, so what patterns usually ask is asked here: a NORM,
LEMMA or POS that is, or isn't, one of some; features of MORPH; a regular expression on TEXT. The rest is spaCy's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final

from hamdel.language.words import Word
from hamdel.phrasebank.pattern_bounds import LONGEST_TOKEN, op_range

__all__ = ["TokenTest", "literals"]


def literals(value: Any) -> tuple[str, ...]:
    """Return the texts of which an attribute must be one; none when it may be something else, too."""
    if isinstance(value, str):
        return (value,)
    return tuple(value.get("IN", ())) if isinstance(value, Mapping) else ()


class TokenTest:
    """What is asked of a word by one token of a pattern.

    Args:
        token: of a pattern of spaCy's Matcher, with keys for words.

    Attributes:
        least, most: how many tokens of a text it takes; where nothing bounds it, ``most`` is what it may reach.
        endless: nothing bounds it.
        whole: everything that is asked is decided here; otherwise what is asked besides is spaCy's to decide.
        quick: the word says everything, whatever is typed.
    """

    __slots__ = ("_feats", "_has", "_lacks", "_regex", "endless", "least", "most", "quick", "whole")

    _ATTRIBUTES: Final = {"NORM": attrgetter("norm"), "LEMMA": attrgetter("lemma"), "POS": attrgetter("pos")}
    #: What is decided here, by attribute; ``str`` is a plain value.
    _DECIDED: Final = {
        **dict.fromkeys(_ATTRIBUTES, frozenset(("IN", "NOT_IN"))),
        "MORPH": frozenset(("IS_SUPERSET",)),
        "TEXT": frozenset(("REGEX",)),
    }

    def __init__(self, token: Mapping[str, Any]) -> None:
        op = str(token.get("OP", "1"))
        self.least, self.most = op_range(op)
        self.endless = op in ("+", "*") or op.endswith(",}")
        self.whole = op != "!" and all(self._decides(name, value) for name, value in token.items() if name != "OP")
        values = [(asked, token[attribute]) for attribute, asked in self._ATTRIBUTES.items() if attribute in token]
        has = [(asked, frozenset(literals(value))) for asked, value in values]
        self._has = tuple((asked, words) for asked, words in has if words)
        excluded = [(asked, value.get("NOT_IN", ())) for asked, value in values if isinstance(value, Mapping)]
        self._lacks = tuple((asked, frozenset(words)) for asked, words in excluded if words)
        morph, text = token.get("MORPH"), token.get("TEXT")
        self._feats = frozenset(morph.get("IS_SUPERSET", ())) if isinstance(morph, Mapping) else frozenset()
        self._regex: str = text["REGEX"] if self.whole and text else ""
        self.quick = self.whole and not self._regex

    def _decides(self, attribute: str, value: Any) -> bool:
        """Tell whether it is decided here what ``value`` asks of an attribute."""
        if isinstance(value, str):
            return attribute in self._ATTRIBUTES
        if not (isinstance(value, Mapping) and value and value.keys() <= self._DECIDED.get(attribute, frozenset())):
            return False
        if attribute == "TEXT":
            return isinstance(value["REGEX"], str)
        # A feature of several values is spaCy's to read; of an empty list it makes what its version makes of it.
        sound = all(isinstance(words, (list, tuple)) and words for words in value.values())
        return sound and all(isinstance(one, str) and "," not in one for words in value.values() for one in words)

    def __bool__(self) -> bool:
        """Tell whether anything is asked that is quick to look at."""
        return bool(self._has or self._lacks or self._feats)

    def __call__(self, word: Word) -> bool:
        """Tell whether ``word`` has what is quick to look at."""
        for asked, words in self._has:
            if asked(word) not in words:
                return False
        for asked, words in self._lacks:
            if asked(word) in words:
                return False
        return not self._feats or self._feats.issubset(word.feats.split("|"))

    def matches(self, word: Word, text: str) -> bool:
        """Tell whether the token matches ``word``, if it is decided here.

        Args:
            word: of the text.
            text: of the word, as typed; no expression is tried on one that is too long for a word.
        """
        if not self(word):
            return False
        return not self._regex or (len(text) <= LONGEST_TOKEN and re.search(self._regex, text) is not None)
