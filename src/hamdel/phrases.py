"""All phrases of all checks in one pass: spaCy's PhraseMatcher on NORM, and token patterns behind a cheap gate.

spaCy's Matcher tries each pattern at each token, which costs more than the whole rest of a check. So every token
pattern is filed under an *anchor*, a NORM or LEMMA that it can't do without, and runs only around that word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from hamdel.errors import PhrasebankError
from hamdel.language.analysis import Analysis
from hamdel.language.docs import DocMaker
from hamdel.language.fold import key
from hamdel.language.words import Word
from hamdel.phrasebank import CheckDef, Pattern, PhraseGroup

__all__ = ["PhraseHit", "PhraseIndex"]


class PhraseHit(NamedTuple):
    """A phrase group found in a text, as a token range."""

    check: str
    group: PhraseGroup
    first: int
    last: int


_OPTIONAL = ("?", "*", "!", "{0", "{,")
#: Words that are in most drafts; a pattern should be filed under something rarer.
_COMMON = frozenset(
    "شما که از را رو به با در تا و این آن خود خودتان خودتون من ما هم برای اگر اگه باید بودن کردن شدن داشتن "
    "دادن است هست نیست یه یک".split()
)


def _is_optional(token: Mapping[str, Any]) -> bool:
    """Tell whether a pattern can match without one of its tokens."""
    return str(token.get("OP", "1")).startswith(_OPTIONAL)


def _literals(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Mapping):
        return tuple(value.get("IN", ()))
    return ()


def _rarity(words: Iterable[str]) -> tuple[bool, int]:
    found = list(words)
    return (not any(word in _COMMON for word in found), min(map(len, found)))


def _anchor(pattern: Pattern) -> tuple[str, tuple[str, ...]] | None:
    """Return the attribute and words of the rarest token that ``pattern`` can't do without."""
    candidates = [
        (attr, _literals(token[attr]))
        for token in pattern
        for attr in ("NORM", "LEMMA")
        if attr in token and not _is_optional(token)
    ]
    return max((c for c in candidates if c[1]), key=lambda c: _rarity(c[1]), default=None)


_UNBOUNDED = 24  # tokens that «*» and «+» may reach; a sentence of support chat is rarely longer
_BRACES = re.compile(r"\{(\d*)(,?)(\d*)\}")


def _reach(token: Mapping[str, Any]) -> int:
    """Return how many tokens one part of a pattern can take at most."""
    op = str(token.get("OP", "1"))
    braces = _BRACES.fullmatch(op)
    if braces:
        low, comma, high = braces.groups()
        return int(high or (_UNBOUNDED if comma else low))
    return _UNBOUNDED if op in ("*", "+") else 1


class _Need(NamedTuple):
    """What must stand near an anchor for a pattern to match; the rest is left to spaCy's Matcher."""

    feats: tuple[str, ...]  # of the anchor itself
    norms: tuple[frozenset[str], ...]  # one word of each must be near
    lemmas: tuple[frozenset[str], ...]

    def met(self, anchor: Word, norms: set[str], lemmas: set[str]) -> bool:
        """Tell whether a pattern may match around ``anchor``, given the norms and lemmas near it."""
        if not all(feat in anchor.feats for feat in self.feats):
            return False
        return not (any(map(norms.isdisjoint, self.norms)) or any(map(lemmas.isdisjoint, self.lemmas)))


def _needs(pattern: Pattern, anchor: tuple[str, tuple[str, ...]]) -> _Need:
    feats: tuple[str, ...] = ()
    near: dict[str, list[frozenset[str]]] = {"NORM": [], "LEMMA": []}
    for token in pattern:
        if _is_optional(token):
            continue
        for attr, found in near.items():
            words = _literals(token.get(attr))
            if (attr, words) == anchor:
                morph = token.get("MORPH")
                feats = tuple(morph.get("IS_SUPERSET", ())) if isinstance(morph, Mapping) else ()
            elif words:
                found.append(frozenset(words))
    return _Need(feats, tuple(near["NORM"]), tuple(near["LEMMA"]))


class _Gate:
    """The patterns filed under one anchor; spaCy's Matcher is made when a text first has what one of them needs."""

    __slots__ = ("_matcher", "_needs", "_patterns", "_vocab", "reach")

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._matcher: Matcher | None = None
        self._patterns: list[tuple[str, CheckDef, Pattern]] = []
        self._needs: list[_Need] = []
        self.reach = 0

    def add(self, name: str, check: CheckDef, pattern: Pattern, anchor: tuple[str, tuple[str, ...]]) -> None:
        self._patterns.append((name, check, pattern))
        self._needs.append(_needs(pattern, anchor))
        self.reach = max(self.reach, sum(map(_reach, pattern)))

    def may_match(self, words: Sequence[Word], anchor: int, norms: set[str], lemmas: set[str]) -> bool:
        """Tell whether the words around ``anchor`` hold all that some pattern needs; far cheaper than matching.

        Args:
            words: of the text.
            anchor: the token that opens the gate.
            norms, lemmas: of all ``words``; most gates close at a look at these.
        """
        if not any(need.met(words[anchor], norms, lemmas) for need in self._needs):
            return False
        near = words[max(0, anchor - self.reach) : anchor + self.reach + 1]
        if len(near) == len(words):
            return True
        norms, lemmas = {word.norm for word in near}, {word.lemma for word in near}
        return any(need.met(words[anchor], norms, lemmas) for need in self._needs)

    def compile(self) -> Matcher:
        """Return the Matcher.

        Raises:
            PhrasebankError: spaCy refuses a pattern.
        """
        if self._matcher is None:
            matcher = Matcher(self._vocab)
            for name, check, pattern in self._patterns:
                try:
                    matcher.add(name, [[dict(token) for token in pattern]], greedy="LONGEST")
                except ValueError as error:  # spaCy's MatchPatternError is one
                    what = " ".join(str(error).split())
                    raise PhrasebankError(f"{check.path}: {check.id}: spaCy refuses a pattern: {what}") from None
            self._matcher = matcher
        return self._matcher

    def matches(self, doc: Doc, anchor: int) -> Iterator[tuple[int, int, int]]:
        """Yield the matches around the token ``anchor``."""
        begin = max(0, anchor - self.reach)
        for name, first, last in self.compile()(doc[begin : anchor + self.reach + 1]):
            yield name, begin + first, begin + last


class PhraseIndex:
    """The phrases of some checks, compiled.

    Args:
        checks: whose groups are to be found; a check without groups costs nothing.
        norms: reads a phrase as drafts are read, so that all its spellings are one; returns its matching keys.
        docs: makes the Docs that are matched.

    Raises:
        PhrasebankError: a pattern has no word to be filed under.
    """

    def __init__(self, checks: Iterable[CheckDef], norms: Callable[[str], list[str]], docs: DocMaker) -> None:
        self._norms = norms
        self._docs = docs
        self._entries: list[tuple[str, PhraseGroup]] = []
        self._phrases = PhraseMatcher(docs.vocab, attr="NORM")
        self._gates: dict[tuple[str, tuple[str, ...]], _Gate] = {}
        self._by_norm: dict[str, list[_Gate]] = defaultdict(list)
        self._by_lemma: dict[str, list[_Gate]] = defaultdict(list)
        for check in checks:
            for group in check.groups:
                self._add(check, group)

    def _add(self, check: CheckDef, group: PhraseGroup) -> None:
        name = str(len(self._entries))
        self._entries.append((check.id, group))
        if group.text:
            self._phrases.add(name, [self._docs.phrase(self._norms(text)) for text in group.text])
        for pattern in group.patterns:
            self._add_pattern(check, name, pattern)

    def _add_pattern(self, check: CheckDef, name: str, pattern: Pattern) -> None:
        natural = tuple({attr: self._folded(attr, value) for attr, value in token.items()} for token in pattern)
        anchor = _anchor(natural)
        if anchor is None:
            raise PhrasebankError(f"{check.path}: {check.id}: a pattern needs a NORM or LEMMA that isn't optional")
        gate = self._gates.get(anchor) or self._open(anchor)
        gate.add(name, check, natural, anchor)

    def compile_all(self) -> None:
        """Compile every pattern now instead of when it is first needed.

        Raises:
            PhrasebankError: spaCy refuses a pattern.
        """
        for gate in self._gates.values():
            gate.compile()

    def _open(self, anchor: tuple[str, tuple[str, ...]]) -> _Gate:
        gate = self._gates[anchor] = _Gate(self._docs.vocab)
        attr, words = anchor
        for word in words:
            (self._by_norm if attr == "NORM" else self._by_lemma)[word].append(gate)
        return gate

    def _folded(self, attr: str, value: Any) -> Any:
        """Return a NORM or LEMMA value, written naturally in the file, as its matching key."""
        if attr not in ("NORM", "LEMMA"):
            return value
        if isinstance(value, str):
            return key(value) if attr == "LEMMA" else "".join(self._norms(value))
        return {op: [self._folded(attr, v) for v in values] for op, values in value.items()}

    def _anchored(self, analysis: Analysis) -> list[tuple[_Gate, int]]:
        """Return the gates that the text opens, each with the token that opens it."""
        by_norm, by_lemma, words = self._by_norm, self._by_lemma, analysis.words
        norms, lemmas = {word.norm for word in words}, {word.lemma for word in words}
        if by_norm.keys().isdisjoint(norms) and by_lemma.keys().isdisjoint(lemmas):
            return []
        found = []
        for i, word in enumerate(words):
            if word.norm in by_norm:
                found += [(gate, i) for gate in by_norm[word.norm] if gate.may_match(words, i, norms, lemmas)]
            if word.lemma in by_lemma:
                found += [(gate, i) for gate in by_lemma[word.lemma] if gate.may_match(words, i, norms, lemmas)]
        return found

    def find(self, analysis: Analysis) -> list[PhraseHit]:
        """Return what is said in ``analysis`` outside its silent zones; overlaps are kept.

        Sorted by place, of one place the longest first, of one length as the files list them.
        """
        doc = self._docs.make(analysis)
        matches = set(self._phrases(doc))
        anchored = self._anchored(analysis)
        if anchored:
            self._docs.annotate(doc, analysis)
            for gate, i in anchored:
                matches.update(gate.matches(doc, i))
        return self._hits(doc, matches, analysis) if matches else []

    def _hits(self, doc: Doc, matches: set[tuple[int, int, int]], analysis: Analysis) -> list[PhraseHit]:
        strings = doc.vocab.strings
        placed = sorted((first, -last, int(strings[name])) for name, first, last in matches)
        return [
            PhraseHit(*self._entries[number], first, -end)
            for first, end, number in placed
            if not any(analysis.silent[first:-end])
        ]
