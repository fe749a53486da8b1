"""respect/profanity: insults, spelled plainly or in disguise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from hamdel.checks.phrase import phrase_hits
from hamdel.evidence.case import Case, Hit
from hamdel.language.analysis import Analyzer
from hamdel.language.fold import key
from hamdel.phrasebank import CheckDef

__all__ = ["Profanity"]


_REPEATS = re.compile(r"(.)\1{2,}")
_FORMS = 4_000  # word forms that are remembered


@lru_cache(_FORMS)
def _shortened(norm: str) -> str:
    """Return a word with each stretched letter once; empty when none is."""
    short = _REPEATS.sub(r"\1", norm)
    return short if short != norm else ""


class Profanity:
    """Listed insults as whole tokens, spelled plainly, stretched («احمققق») or letter by letter («ا.ح.م.ق»)."""

    _SPELLED = re.compile(r"(?<!\w)[^\W\d_](?:[.*_\- \u200c]{1,2}[^\W\d_](?!\w)){2,}")

    def __init__(self, check: CheckDef, analyzer: Analyzer) -> None:
        self._check = check
        texts = [text for group in check.groups if group.severity is None for text in group.text]
        self._insults = frozenset("".join(w.norm for w in analyzer(text).words) for text in texts)

    def __call__(self, case: Case) -> Iterator[Hit]:
        yield from phrase_hits(self._check, case)
        draft = case.draft
        for i in case.said if case.stretched else ():
            if _shortened(draft.words[i].norm) in self._insults:
                yield Hit(i, i + 1, "stretched")
        for match in self._SPELLED.finditer(draft.text):
            tokens = draft.tokens(*match.span())
            letters = re.sub(r"[\W_]", "", key(match[0]))
            if letters in self._insults and not any(draft.silent[i] for i in tokens):
                yield Hit(tokens.start, tokens.stop, "spelled")
