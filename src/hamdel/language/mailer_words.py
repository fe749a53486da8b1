"""The words with which mailers mark what somebody else wrote: ``phrasebanks/lexicon/quoting.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hamdel.base.resources import phrasebank_dir
from hamdel.base.toml_file import read_toml
from hamdel.language.fold import key

__all__ = ["QuotingWords", "bare", "quoting_words"]

_EDGES = " \t-_=*#~—–─━\"'«»[]()<>:："


@dataclass(frozen=True)
class QuotingWords:
    """The bare words of ``quoting.toml``, which says what each list is; ``fields`` gives each label's field."""

    writes: tuple[str, ...]
    dated: tuple[str, ...]
    opens: tuple[str, ...]
    introduces: frozenset[str]
    separators: frozenset[str]
    reply_lines: frozenset[str]
    devices: tuple[str, ...]
    fields: dict[str, str]


@cache
def quoting_words() -> QuotingWords:
    """Return the words, read once."""
    data = read_toml(phrasebank_dir() / "lexicon" / "quoting.toml").data

    def keys(name: str) -> tuple[str, ...]:
        return tuple(map(bare, data[name]))

    fields = {bare(label): name for name, labels in data["fields"].items() for label in labels}
    return QuotingWords(
        keys("writes"),
        keys("dated"),
        keys("opens"),
        frozenset(keys("introduces")),
        frozenset(keys("separators") + keys("reply_lines")),
        frozenset(keys("reply_lines")),
        keys("devices"),
        fields,
    )


def bare(line: str) -> str:
    """Return the key of a line without what decorates it; non-joiners count as white space."""
    return " ".join(key(line.replace("\u200c", " ")).split()).strip(_EDGES)
