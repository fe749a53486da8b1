"""The table of kinds, ``phrasebanks/lexicon/identifiers.toml``: cues by their spelling, and what each kind asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby
from typing import Any

from hamdel.base.resources import phrasebank_dir
from hamdel.identifiers.folding import fold

__all__ = ["INNOCENT", "LONGEST_CUE", "Lexicon", "Rule", "lexicon", "plain"]

#: The label of a cue that says: this number is nobody's.
INNOCENT = "innocent"
#: Words in a cue.
LONGEST_CUE = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """What is asked of a kind's numbers.

    Attributes:
        least, most: digits of a number that a cue announces.
        leave: digits at the end that stay readable.
    """

    least: int
    most: int
    leave: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The table, ready to be asked; all words are folded.

    Attributes:
        cues: what a cue announces, by its words without spaces.
        heads: what a cue may begin with, up to the end of a word.
        rules: by kind.
        short: cues of secrets with three digits.
        bare: cues after which a year is a year.
        between: words between a cue and what is certainly a secret.
        behind: words between what is likely a secret and a cue behind it.
        providers: names of mail services.
        units: words that say what the number before them counts.
        published: words around a company's own number …
        owned: … and those that say that it isn't.
        hints: finds a part of every cue whose numbers may have less than ten digits …
        secret_hints: … and of those of secrets.
        card_prefixes: the first six digits of cards that are issued in Iran.
    """

    cues: Mapping[str, str]
    heads: frozenset[str]
    rules: Mapping[str, Rule]
    short: frozenset[str]
    bare: frozenset[str]
    between: frozenset[str]
    behind: frozenset[str]
    providers: frozenset[str]
    units: frozenset[str]
    published: frozenset[str]
    owned: frozenset[str]
    hints: re.Pattern[str]
    secret_hints: re.Pattern[str]
    card_prefixes: frozenset[str]


def plain(words: str) -> str:
    """Return the key of a cue: folded, without spaces."""
    return "".join(fold(words).text.split())


def _cues(text: str) -> list[str]:
    """The cues of a list that bars and line ends part."""
    return [key for one in text.replace("\n", "|").split("|") if (key := plain(one))]


def _heads(text: str) -> Iterator[str]:
    """Yield what the cues of a list begin with: «رمز», «رمزیک», «رمزیکبار» for «رمز یک بار مصرف»."""
    for cue in fold(text.replace("\n", "|")).text.split("|"):
        yield from accumulate(cue.replace(".", " ").split())


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).text.split())


def _hints(lists: Iterable[str]) -> re.Pattern[str]:
    """Compile the longest word of each cue: a text without any of them has no cue.

    Words with the same first letter stand together, which makes the search three times quicker.
    """
    cues = [cue for text in lists for cue in fold(text.replace("\n", "|")).text.split("|") if cue.strip()]
    words = {_telling(cue.split()) for cue in cues}
    needed = sorted(word for word in words if not any(other in word for other in words - {word}))
    branches = ((first, [word[1:] for word in group]) for first, group in groupby(needed, key=lambda word: word[0]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in branches))


def _telling(words: Sequence[str]) -> str:
    """The longest word of a cue as a pattern; short ones, such as «ک.م» and «سی وی وی», as a whole."""
    words = [part for word in words for part in word.split(".")]
    longest = max(words, key=len)
    return longest if len(longest) > 2 else r"\W{0,3}".join(words)


def _with_endings(cues: Iterable[str], endings: Iterable[str]) -> set[str]:
    cues = set(cues)
    return cues | {cue + ending for cue in cues if not cue.isascii() and "." not in cue for ending in endings}


@cache
def lexicon() -> Lexicon:
    """Read the table; once, and only when a text holds something to look at (2 ms)."""
    folder = phrasebank_dir() / "lexicon"
    table: dict[str, Any] = tomllib.loads((folder / "identifiers.toml").read_text(encoding="utf-8"))
    kinds: dict[str, dict[str, Any]] = {kind["id"]: kind for kind in table["kind"]}
    endings, innocent, secret = _words(table["endings"]), table["innocent"], kinds["secret"]
    labels = {INNOCENT: innocent["cues"], **{name: kind["cues"] for name, kind in kinds.items()}}
    made = {cue: name for name, text in labels.items() for cue in _with_endings(_cues(text), endings)}
    plain_cues = {cue: name for name, text in labels.items() for cue in _cues(text)}
    prefixes = (folder / "card_prefixes.txt").read_text(encoding="utf-8").splitlines()
    return Lexicon(
        cues=made | plain_cues,  # «شماره» is a cue, not another one with an ending
        heads=frozenset(made) | frozenset(head for text in labels.values() for head in _heads(text)),
        rules={name: Rule(kind["digits"][0], kind["digits"][1], kind["leave"]) for name, kind in kinds.items()},
        short=frozenset(_with_endings(_cues(secret["short"]), endings)),
        bare=frozenset(_cues(secret["bare"])),
        between=_words(secret["between"]),
        behind=_words(secret["behind"]),
        providers=_words(kinds["email"]["providers"]),
        units=_words(innocent["units"]),
        published=_words(innocent["published"]),
        owned=_words(innocent["owned"]),
        hints=_hints(kind["cues"] for kind in kinds.values() if 0 < kind["digits"][0] < 10),
        secret_hints=_hints([secret["cues"]]),
        card_prefixes=frozenset(line[:6] for line in prefixes if line[:6].isdigit()),
    )
