"""What the message is about: the clause that tells the problem, and the lemmas that carry the subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from hamdel.base.resources import phrasebank_dir
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.sets import alternation, word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.phrasebank import load_table, load_words

__all__ = ["content_keys", "content_lemmas", "read_event", "read_problem", "subject_lemma", "without_greeting"]

_LONGEST = 70  # code points; a suggestion that quotes more is no longer read
_FEWEST = 3  # words of a statement that is worth quoting
_MARKS = " .!؟?،"
#: «مشکلم اینه»: what is wrong comes after it.
_ANNOUNCES = re.compile(rf"(?:^|\s)(?:{alternation('matters.problem.announced')})(?: که)?$")
_AFTER_OPENER = r"(?:\s*+[،,.!:؛]++\s*+|\s++)"
_BROKEN = word_set("matters.problem.words")
_DONE = word_set("grammar.verb.done")
_OWN = word_set("acts.us.own")
_SOLVED = word_set("matters.problem.solved")
_FEELING = word_set("matters.problem.feeling")
_FUNCTION = frozenset(("ADP", "CCONJ", "SCONJ", "PRON", "PART", "DET", "INTJ", "AUX", "PUNCT", "SPACE", "SYM"))
_LIGHT = word_set("grammar.verb.empty")
_TELLING = frozenset(("NOUN", "ADJ", "VERB", "PROPN", "X"))


@cache
def _opener() -> re.Pattern[str]:
    """«سلام خسته نباشید ببخشید سفارشم نرسیده»: many write no mark after the greeting."""
    table = load_table(phrasebank_dir() / "lexicon" / "openers.toml")
    greets, after, calls = (_any_of(table[name]) for name in ("greets", "after_greeting", "calls"))
    gap = _AFTER_OPENER
    return re.compile(rf"(?:{greets}{gap}(?:(?:{greets}|{after}){gap}){{0,6}}|{calls}{gap}){{1,4}}")


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern of phrases, the longest first, whose joiners may be spaces or missing."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(longest_first)})".replace("\u200c", "[\u200c ]?")


@cache
def _generic() -> frozenset[str]:
    """Words that are in every support message and so acknowledge nothing."""
    return frozenset(map(key, load_words(phrasebank_dir() / "lexicon" / "generic.txt")))


@lru_cache(maxsize=2048)
def _carries_subject(word: Word) -> bool:
    if word.kind not in (Kind.WORD, Kind.LATIN, Kind.NUMBER) or word.pos in _FUNCTION:
        return False
    return len(word.lemma) > 1 and word.lemma not in _LIGHT and word.lemma not in _generic()


def content_keys(words: Iterable[Word]) -> frozenset[str]:
    """Return everything by which the subject may be named again: lemmas and forms of all nominal readings."""
    return frozenset().union(*map(_subject_keys, words))


@lru_cache(maxsize=2048)
def _subject_keys(word: Word) -> frozenset[str]:
    if not _carries_subject(word):
        return frozenset()
    nominal = (key(r.lemma) for r in word.readings if r.pos in ("NOUN", "ADJ"))
    return frozenset((word.lemma, word.norm, *nominal)) - _generic()


def content_lemmas(words: Iterable[Word]) -> frozenset[str]:
    """Return the lemmas that say what a text is about: no function words, light verbs or generic support words."""
    return frozenset(word.lemma for word in words if _carries_subject(word))


@lru_cache(maxsize=4096)
def subject_lemma(word: Word) -> str:
    """Return the lemma of a thing or an event, with «ن» before a negative verb's; empty for other words."""
    if word.kind is not Kind.WORD or word.pos not in _TELLING or not _carries_subject(word):
        return ""
    lemma = word.lemma.replace(" ", "\u200c")
    return "ن" + lemma if word.negative and word.predicate else lemma


def _fails(word: Word) -> bool:
    """«نرسید», «جواب نمی‌دید», «نمی‌تونم»: something or somebody else fails, or the customer can't."""
    return word.person != 1 or word.lemma == "توانستن"


def _is_solved(words: Sequence[Word]) -> bool:
    """«مشکلم حل شد», «درست شد»."""
    done = any(word.lemma in _DONE and word.predicate and not word.negative for word in words)
    return done and any(word.lemma in _SOLVED for word in words)


def _is_own(words: Sequence[Word]) -> bool:
    """«اشتباه از من بود»: the customer takes it on."""
    return any(a.norm == "از" and b.norm in _OWN for a, b in pairwise(words))


def _tells_problem(message: Analysis, first: int, last: int) -> bool:
    words = message.words[first:last]
    if any(word.lemma in _FEELING for word in words) or _is_solved(words) or _is_own(words):
        return False
    broken = any(not _BROKEN.isdisjoint((word.lemma, word.norm, word.norm.removesuffix("ه"))) for word in words)
    negative = any(word.predicate and word.negative and _fails(word) for word in words)
    return broken or (negative and "؟" not in {word.norm for word in words})


def _clauses(message: Analysis) -> Iterator[tuple[int, int]]:
    i = 0
    while i < len(message.words):
        first, last = message.clause(i)
        yield first, last
        i = last


def read_problem(message: Analysis) -> str:
    """Return the first clause that tells what went wrong, as the customer wrote it; empty when none does."""
    for first, last in _clauses(message):
        for begin in _begins(message, first, last) if _tells_problem(message, first, last) else ():
            start, end = message.span(begin, last)
            problem = without_greeting(message.text[start:end])
            told = "\n" not in problem and not _ANNOUNCES.search(problem) and not _is_feared(message, first, last)
            if told and len(problem) <= _LONGEST:
                return problem
    return ""


def _begins(message: Analysis, first: int, last: int) -> Iterator[int]:
    """Yield where a clause may begin that is quoted: with the noun that «که» tells about, and after its conjunction.

    «کفشی که گرفتم سایزش غلط بود» is one statement; in «دیدم که نرسیده» the part after «که» is.
    """
    if message.words[first].norm == "که" and first > message.sentence(first)[0]:
        before = message.clause(first - 1)[0]
        start, end = message.span(before, first)
        announces = _ANNOUNCES.search(message.text[start:end].strip(_MARKS))
        if not announces and not any(word.predicate for word in message.words[before:first]):
            yield before
    joined = message.words[first].pos in ("CCONJ", "SCONJ") and last - first > 1
    yield first + joined


def without_greeting(clause: str) -> str:
    """Return a clause that can be quoted inside a sentence: no greeting before it, no marks around it."""
    bare = clause.strip(_MARKS)
    opener = _opener().match(bare)
    return bare[opener.end() :] if opener else bare


def read_event(message: Analysis) -> str:
    """Return the clause to quote when none tells a problem by itself, as the customer wrote it; empty when none does.

    That is a clause whose failure and feeling stand side by side («نرسیده و واقعاً نگرانم»), up to the feeling; or else
    the first statement that is neither a feeling nor a greeting («رفتار همکارتون خیلی بد بود»).
    """
    for first, last in _clauses(message):
        start, end = message.span(first, _before_feeling(message, first, last))
        event = without_greeting(message.text[start:end])
        told = _states(message, first, _before_feeling(message, first, last)) and not _is_feared(message, first, last)
        if told and len(event) <= _LONGEST:
            return event if "\n" not in event else ""
    return ""


def _is_feared(message: Analysis, first: int, last: int) -> bool:
    """«… و پولم بره» after «می‌ترسم»: what may happen is no event, and is no sentence by itself."""
    verbs = [word for word in message.words[first:last] if word.predicate]
    return bool(verbs) and all("Mood=Sub" in word.feats and not word.reading("Tense=Past") for word in verbs)


def _before_feeling(message: Analysis, first: int, last: int) -> int:
    """Return where a clause stops that goes on with a feeling after «و»; its end when it doesn't."""
    for i in range(first + 1, last):
        if message.words[i].norm == "و" and any(word.lemma in _FEELING for word in message.words[i:last]):
            return i
    return last


def _states(message: Analysis, first: int, last: int) -> bool:
    """Tell a statement of some length from a question, a feeling, a wish and a greeting."""
    words = message.words[first:last]
    said = [word for word in words if word.kind is Kind.WORD]
    asks = any(word.asks for word in message.words[first : message.sentence(first)[1]])
    own = any(word.lemma in _FEELING for word in words) or any(word.predicate and word.person == 1 for word in words)
    return len(said) >= _FEWEST and any(word.predicate for word in words) and not (asks or own or _is_solved(words))
