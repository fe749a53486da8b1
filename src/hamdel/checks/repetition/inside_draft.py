"""repetition/inside-draft: the same thing twice in one draft."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from hamdel.base.lazy import cached_property
from hamdel.evidence.acts.lists import is_item
from hamdel.evidence.case import Case, Hit
from hamdel.language.analysis import Analysis
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Edit
from hamdel.phrasebank import CheckDef

__all__ = ["InsideDraft"]

_SPACE = re.compile(r"\s*")
_COUNTED = (Kind.WORD, Kind.NUMBER, Kind.LATIN)
_NUMBERS = (Kind.NUMBER, Kind.LATIN)
_FUNCTION = frozenset(("ADP", "CCONJ", "SCONJ", "PRON", "PART", "DET"))
_CONDITIONS = word_set("grammar.clause.frames")
_FEWEST_REPEATED = 2  # content words; «ممنون … ممنون» alone is no sentence
_NEAR = 50  # sentences; who reads on for so long doesn't notice that two are nearly the same
_FEW = 4  # words; a shorter sentence counts as repeated only when it is the same to the letter


class _Sentence:
    """What a sentence says; sets are made when it is compared, which few are.

    Args:
        case: with the draft.
        tokens: those of the sentence that count.
    """

    def __init__(self, case: Case, tokens: tuple[int, ...]) -> None:
        words = case.draft.words
        self.tokens = tokens
        self.norms = tuple([words[i].norm for i in tokens])
        self._words = words
        self._case = case

    @cached_property
    def distinct(self) -> frozenset[str]:
        return frozenset(self.norms)

    @cached_property
    def numbers(self) -> frozenset[str]:
        words, times = self._words, self._case.time_tokens
        return frozenset(words[i].norm for i in self.tokens if words[i].kind in _NUMBERS or i in times)

    @cached_property
    def content(self) -> frozenset[str]:
        return frozenset(self._words[i].norm for i in self.tokens if self._words[i].pos not in _FUNCTION)


class InsideDraft:
    """repetition/inside-draft: one sentence twice, or five content words with a verb twice."""

    def __init__(self, check: CheckDef) -> None:
        self._alike = float(check.options.get("jaccard", 0.8))
        self._length = int(check.options.get("gram", 5))

    def __call__(self, case: Case) -> Iterator[Hit]:
        said = [word.norm for word in case.said_words if word.kind in _COUNTED and word.pos not in _FUNCTION]
        again = len(said) - len(set(said))  # most drafts repeat so few words that nothing can be there twice
        if again < _FEWEST_REPEATED:
            return
        sentences = [s for s in self._sentences(case) if s.tokens]
        taken: set[int] = set()
        yield from self._whole(case, sentences, taken)
        if again >= self._length:
            yield from self._grams(case, [s for s in sentences if s.tokens[0] not in taken])

    def _whole(self, case: Case, sentences: list[_Sentence], taken: set[int]) -> Iterator[Hit]:
        """Yield the first of sentences that are alike, and note in ``taken`` where all of them start.

        The same words are found anywhere, nearly the same words within the next sentences: so a text of many pages
        takes time in proportion to its length.
        """
        same: dict[tuple[str, ...], list[_Sentence]] = {}
        for one in sentences:
            same.setdefault(one.norms, []).append(one)
        distinct = [group[0] for group in same.values()]
        for place, one in enumerate(distinct):
            if one.tokens[0] in taken or len(one.norms) < _FEWEST_REPEATED:
                continue
            near = [later for later in distinct[place + 1 : place + 1 + _NEAR] if self._is_alike(one, later)]
            again = [twin for other in (one, *near) for twin in same[other.norms] if twin is not one]
            if again:
                taken.update(twin.tokens[0] for twin in (one, *again))
                shorter = min(again, key=lambda twin: (set(twin.norms) == set(one.norms), len(twin.norms)))
                edit = _without(case.draft, shorter if len(shorter.norms) <= len(one.norms) else one)
                yield Hit(one.tokens[0], one.tokens[-1] + 1, "sentence", edits=(edit,))

    @staticmethod
    def _sentences(case: Case) -> Iterator[_Sentence]:
        """Yield what the draft says, without list items and numbered steps, which repeat their verb on purpose."""
        counted = [i for i in case.said if case.draft.words[i].kind in _COUNTED]
        for first, last in case.draft.sentences:
            if is_item(case.draft, first, last):
                continue
            yield _Sentence(case, tuple(counted[bisect_left(counted, first) : bisect_left(counted, last)]))

    def _is_alike(self, one: _Sentence, other: _Sentence) -> bool:
        if min(len(one.norms), len(other.norms)) <= _FEW:
            return False
        shared = len(one.distinct & other.distinct)
        if shared < self._alike * (len(one.distinct) + len(other.distinct) - shared):
            return False
        if one.content - other.content and other.content - one.content:
            return False  # «اگر آیفون دارید، …», «اگر اندروید دارید، …»
        return one.numbers == other.numbers

    def _grams(self, case: Case, sentences: list[_Sentence]) -> Iterator[Hit]:
        """Yield the first place of each run of content words that comes again; a product's name has no verb."""
        words = case.draft.words
        seen: dict[tuple[str, ...], tuple[int, int, _Sentence]] = {}
        reported = -1
        for sentence in sentences:
            content = [i for i in sentence.tokens if words[i].pos not in _FUNCTION]
            for at in range(len(content) - self._length + 1):
                run = content[at : at + self._length]
                gram = tuple(words[i].norm for i in run)
                first, last, there = seen.setdefault(gram, (run[0], run[-1] + 1, sentence))
                again = run[0] >= last and any(words[i].predicate for i in run)
                if again and first > reported and _same_case(there, sentence):
                    reported = last
                    edits = tuple(_without(case.draft, one) for one in _contained(there, sentence))
                    yield Hit(first, last, "phrase", edits=edits)


def _contained(one: _Sentence, other: _Sentence) -> Iterator[_Sentence]:
    """Yield the sentence that says nothing which the other one doesn't say, if there is one."""
    for less, more in ((one, other), (other, one)):
        if set(less.norms) <= set(more.norms):
            yield less
            return


def _without(draft: Analysis, one: _Sentence) -> Edit:
    """Return the edit that takes a sentence out, with the white space before or after it."""
    start, end = draft.span(*draft.sentence(one.tokens[0]))
    after = _SPACE.match(draft.text, end)
    if after and after.end() < len(draft.text):
        end = after.end()
    else:
        while start and draft.text[start - 1].isspace():
            start -= 1
    return Edit((Change(start, end, ""),))


def _same_case(one: _Sentence, other: _Sentence) -> bool:
    """Tell a repetition from «سفارش ۱ … سفارش ۲ …» and «اگر آیفون دارید … اگر اندروید دارید …»."""
    if one.norms[0] == other.norms[0] and one.norms[0] in _CONDITIONS:
        return False
    return one.numbers <= other.numbers or other.numbers <= one.numbers
