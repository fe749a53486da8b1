"""The name behind a title: where it ends, whether it is one, and how the customer gave it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from hamdel.evidence.case import Case
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind

__all__ = ["CalledNames"]


class CalledNames:
    """Reads names of a draft.

    Args:
        names: matching keys of given names.
        surnames: matching keys of family names.
    """

    def __init__(self, names: frozenset[str], surnames: frozenset[str]) -> None:
        self._names = names
        self._surnames = surnames

    def name(self, case: Case, tokens: Sequence[int]) -> list[int]:
        """Return how much of the words after a title is the name: the sentence may go on without a comma.

        A name goes on after a given name, and with what the customer, the lists or no dictionary knows.
        """
        words = case.draft.words
        stated = {norm for name in case.context.details.names for norm in map(key, name.split())}
        known = stated | self._surnames | word_set("acts.address.surname_ends")
        end = min(1, len(tokens))
        while end < len(tokens):
            word, before = words[tokens[end]], words[tokens[end - 1]]
            on_line = all(words[i].norm != "\n" for i in range(tokens[end - 1], tokens[end]))
            if not on_line or not (word.norm in known or before.norm in self._names or not word.readings):
                break
            end += 1
        return list(tokens[:end])

    def is_name(self, case: Case, tokens: Sequence[int], closers: Container[str]) -> bool:
        """Tell «خانم رضایی» from «خانم سفارشتون آماده‌ست»: listed, the customer's, unknown or set apart.

        Args:
            case: the draft under examination.
            tokens: of the name.
            closers: matching keys of what ends an address («عزیز»).
        """
        draft = case.draft
        word, after = draft.words[tokens[0]], draft.next_word(tokens[-1])
        if word.norm in self._names | self._surnames or word.norm in case.context.norms or not word.readings:
            return True
        if after is None or draft.text[draft.ends[tokens[-1]] :].lstrip(" ")[:1] == "\n":
            return True
        return draft.words[after].kind is Kind.PUNCT or draft.words[after].norm in closers

    def known(self, case: Case, tokens: Sequence[int]) -> str:
        """The name after a title, with the given name that the customer wrote before it: a bare surname is brusque.

        Empty where the customer says who writes: then the wordings have that name.
        """
        if next(iter(case.context.details.names), "") or not tokens:
            return ""
        name = _text(case, tokens)
        full = re.search(rf"(^|[.،؟!\n] *)?(?<!\w)([\u0621-\u06cc]+) +{re.escape(name)}(?!\w)", case.context.message)
        given = full is not None and (full[1] is not None or key(full[2]) in self._names)
        return f"{full[2]} {name}" if full and given else name

    def as_written(self, case: Case, tokens: Sequence[int]) -> str:
        """The whole name that the customer gave, where the draft's name is part of it; else the draft's."""
        if not tokens:
            return ""
        stated = next(iter(case.context.details.names), "")
        return stated if case.draft.words[tokens[-1]].norm in map(key, stated.split()) else _text(case, tokens)


def _text(case: Case, tokens: Sequence[int]) -> str:
    return case.draft.text[slice(*case.draft.span(tokens[0], tokens[-1] + 1))]
