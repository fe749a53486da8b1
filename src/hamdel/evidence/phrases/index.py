"""The phrases of some checks, compiled: a tree for fixed phrases, masks or spaCy's Matcher for token patterns.

To try each pattern at each token costs more than the whole rest of a check. So a token pattern is only tried around a
word that it can't do without, and only if the rest of what it needs is near (`hamdel.evidence.phrases.needs`), on the
few tokens that it can reach; if nothing else is asked, that is a match. What hamdel can decide it decides itself
(`hamdel.evidence.phrases.spans`); where a pattern asks for more, spaCy does, which is imported for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from hamdel.base.deadline import look
from hamdel.errors import PhrasebankError
from hamdel.evidence.phrases.needs import Anchor, Needs, find_anchor
from hamdel.evidence.phrases.sequences import Sequences
from hamdel.evidence.phrases.spans import longest, spans
from hamdel.language.analysis import Analysis
from hamdel.language.bounded_cache import Memory
from hamdel.language.fold import key
from hamdel.language.spacy_docs import DocMaker
from hamdel.language.words import Word
from hamdel.phrasebank import CheckDef, Pattern, PhraseGroup
from hamdel.phrasebank.pattern_bounds import LONGEST_TOKEN

if TYPE_CHECKING:
    from spacy.matcher import Matcher

__all__ = ["PhraseHit", "PhraseIndex"]

_WORDS = 8_000  # in a generation, with what is filed under them


class PhraseHit(NamedTuple):
    """A phrase group found in a text, as a token range."""

    check: str
    group: PhraseGroup
    first: int
    last: int


class _Filed:
    """A group's patterns under one anchor, of whose overlapping matches the longest count.

    Args:
        number: of the group.
        check: whose group it is.
    """

    def __init__(self, number: int, check: CheckDef) -> None:
        self.number = number
        self.check = check
        self._patterns: list[Pattern] = []
        self._anchors: list[Anchor] = []

    def add(self, pattern: Pattern, anchor: Anchor) -> None:
        """Add a pattern whose words are keys."""
        self._patterns.append(pattern)
        self._anchors.append(anchor)

    @cached_property
    def _needs(self) -> list[Needs]:
        """Of the patterns; made when a text first has their anchor, for most texts have few."""
        return list(map(Needs, self._patterns, self._anchors))

    @cached_property
    def decided(self) -> bool:
        """Whether spaCy isn't needed for any of them."""
        return all(needs.decided for needs in self._needs)

    @cached_property
    def _reach(self) -> tuple[int, int]:
        return max(needs.before for needs in self._needs), max(needs.after for needs in self._needs)

    def met(self, words: Sequence[Word], anchor: int) -> Sequence[Needs]:
        """Return which patterns' needs are met around the token ``anchor`` of a text."""
        needs = self._needs
        if len(needs) == 1:  # as of most
            return needs if needs[0].met(words, anchor) else ()
        return [one for one in needs if one.met(words, anchor)]

    def compile(self, docs: DocMaker) -> Matcher:
        """Return the Matcher for Docs of a maker.

        Raises:
            PhrasebankError: spaCy refuses a pattern.
        """
        matcher = docs.matchers.get(self)
        if matcher is None:
            matcher = docs.matchers[self] = docs.new_matcher()
            for pattern in self._patterns:
                try:
                    matcher.add("group", [[dict(token) for token in pattern]], greedy="LONGEST")
                except ValueError as error:  # spaCy's MatchPatternError is one
                    what = " ".join(str(error).split())
                    place = f"{self.check.path}: {self.check.id}"
                    raise PhrasebankError(f"{place}: spaCy refuses a pattern: {what}") from None
        return matcher

    def spans(self, words: Sequence[Word], texts: Sequence[str]) -> list[tuple[int, int]]:
        """Return first and last token (exclusive) of what `compile`'s Matcher finds, without it; see ``decided``.

        Args:
            words: of a window.
            texts: of the words, as typed.
        """
        window = tuple(zip(words, texts, strict=True))
        return longest(span for needs in self._needs for span in spans(needs.tests, window))

    def window(self, anchor: int) -> tuple[int, int]:
        """Return the tokens that a match around the token ``anchor`` can have; some may lie outside the text."""
        before, after = self._reach
        return max(0, anchor - before), anchor + after


class PhraseIndex:
    """The phrases of some checks, compiled.

    Args:
        checks: whose groups are to be found; a check without groups costs nothing.
        norms: reads a phrase as drafts are read, so that all its spellings are one; returns its matching keys.

    Raises:
        PhrasebankError: a pattern has no word to be filed under.
    """

    def __init__(self, checks: Iterable[CheckDef], norms: Callable[[str], list[str]]) -> None:
        self._norms = norms
        self._entries: list[tuple[str, PhraseGroup]] = []
        self._sequences = Sequences()
        self._filed: dict[tuple[int, str, tuple[str, ...]], _Filed] = {}
        self._by_norm: dict[str, list[_Filed]] = defaultdict(list)
        self._by_lemma: dict[str, list[_Filed]] = defaultdict(list)
        self._by_word = Memory[Word, tuple[_Filed, ...]](_WORDS)
        for check in checks:
            for group in check.groups:
                self._add(check, group)

    def _add(self, check: CheckDef, group: PhraseGroup) -> None:
        number = len(self._entries)
        self._entries.append((check.id, group))
        for text in group.text:
            self._sequences.add(number, self._norms(text))
        for pattern in group.patterns:
            self._file(check, number, pattern)

    def _file(self, check: CheckDef, number: int, pattern: Pattern) -> None:
        natural = tuple({attr: self._folded(attr, value) for attr, value in token.items()} for token in pattern)
        anchor = find_anchor(natural)
        if anchor is None:
            raise PhrasebankError(f"{check.path}: {check.id}: a pattern needs a NORM or LEMMA that isn't optional")
        place = (number, anchor.attribute, anchor.words)
        filed = self._filed.get(place)
        if filed is None:
            filed = self._filed[place] = _Filed(number, check)
            for word in dict.fromkeys(anchor.words):
                (self._by_norm if anchor.attribute == "NORM" else self._by_lemma)[word].append(filed)
        filed.add(natural, anchor)

    def _folded(self, attr: str, value: Any) -> Any:
        """Return a NORM or LEMMA value, written naturally in the file, as its matching key."""
        if attr not in ("NORM", "LEMMA"):
            return value
        if isinstance(value, str):
            return key(value) if attr == "LEMMA" else "".join(self._norms(value))
        return {
            operator: [self._folded(attr, one) for one in operand] if isinstance(operand, list) else operand
            for operator, operand in value.items()
        }

    def compile(self, docs: DocMaker, checks: Collection[str]) -> None:
        """Compile now, not when a text first needs it, which patterns of some checks are spaCy's to decide.

        Args:
            docs: the maker of the Docs that are going to be matched.
            checks: their ids.

        Raises:
            PhrasebankError: spaCy refuses a pattern.
        """
        for filed in self._filed.values():
            if filed.check.id in checks and not filed.decided:
                filed.compile(docs)

    def find(self, analysis: Analysis, docs: DocMaker) -> list[PhraseHit]:
        """Return what is said in ``analysis`` outside its silent zones; overlaps are kept.

        Sorted by place, of one place the longest first, of one length as the files list them.

        Args:
            analysis: of the text.
            docs: makes the Docs that spaCy's token patterns are matched on, a few words each.
        """
        matches = set(self._sequences.find(analysis.words))
        unsure: list[tuple[_Filed, int, int]] = []
        for token, filed in self._anchored(analysis.words):
            look()
            met = filed.met(analysis.words, token)
            if len(met) == 1 and met[0].enough:
                matches.add((filed.number, token - met[0].before + 1, token + met[0].after))
            elif met and filed.decided:
                matches.update(_decided(filed, *filed.window(token), analysis))
            elif met:
                unsure.append((filed, *filed.window(token)))
        if unsure:
            matches.update(_matched(unsure, analysis, docs))
        return self._hits(matches, analysis) if matches else []

    def _anchored(self, words: Sequence[Word]) -> list[tuple[int, _Filed]]:
        """Return the tokens that are an anchor, each with what is filed under it."""
        known, unknown = self._by_word, self._filed_under
        found: list[tuple[int, _Filed]] = []
        for i, word in enumerate(words):
            under = known[word]
            if under is None:
                under = unknown(word)
            if under:
                found += [(i, filed) for filed in under]
        return found

    def _filed_under(self, word: Word) -> tuple[_Filed, ...]:
        """Return what is filed under a word's key or its lemma, and remember it."""
        found = (*self._by_norm.get(word.norm, ()), *self._by_lemma.get(word.lemma, ()))
        self._by_word[word] = found
        return found

    def _hits(self, matches: set[tuple[int, int, int]], analysis: Analysis) -> list[PhraseHit]:
        placed = sorted((first, -last, number) for number, first, last in matches)
        return [
            PhraseHit(*self._entries[number], first, -end)
            for first, end, number in placed
            if 1 not in analysis.silent[first:-end]
        ]


def _decided(filed: _Filed, begin: int, end: int, analysis: Analysis) -> list[tuple[int, int, int]]:
    """Return what `_matched` would yield for a window, without spaCy."""
    text, places = analysis.text, zip(analysis.starts[begin:end], analysis.ends[begin:end], strict=True)
    found = filed.spans(analysis.words[begin:end], [text[start:stop] for start, stop in places])
    return [(filed.number, begin + first, begin + last) for first, last in found]


def _matched(
    unsure: Sequence[tuple[_Filed, int, int]], analysis: Analysis, docs: DocMaker
) -> Iterator[tuple[int, int, int]]:
    """Ask spaCy.

    Args:
        unsure: patterns that may match, each with the first token and the last one (exclusive) of its window.
        analysis: of the text.
        docs: makes a Doc of each window, or one of the whole text where the windows are longer together.

    Yields:
        The group's number, the first and the last token (exclusive) of each match.
    """
    together = sum(last - first for _, first, last in unsure)
    whole = docs.make(analysis) if together > len(analysis.words) else None
    for filed, begin, end in unsure:
        look()
        places = zip(analysis.starts[begin:end], analysis.ends[begin:end], strict=True)
        if any(stop - start > LONGEST_TOKEN for start, stop in places):
            continue  # no regular expression should see such a token
        part = docs.make(analysis, begin, end) if whole is None else whole[begin:end]
        for _, first, last in filed.compile(docs)(part):
            yield filed.number, begin + first, begin + last
