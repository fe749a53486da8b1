"""Token patterns in short: cells with names, and words in place of tables.

A cell is what a pattern asks of one token. Written out it is a table of spaCy's Matcher; in short it is a text:

    شما|خودتان      one of these words (NORM)
    ~را|رو          any token but these words
    (کردن|شدن)      a form of one of these verbs or nouns (LEMMA); ``(~بودن)`` any but a form of this one
    @word           what the cell ``word`` asks, from ``[cells]`` of the file or ``lexicon/cells.toml``
    @word~را|رو     the same, but not these words
    @you_did(کردن)  the same, and a form of this verb

and after each of them how often it is taken, as the Matcher's OP has it: ``@word{0,3}``, ``خود?``. A pattern is a list
of tables and such texts, or one text with white space between its cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hamdel.base.toml_places import KeyPath
from hamdel.phrasebank.pattern_bounds import pattern_problem, regex_problem, regexes
from hamdel.phrasebank.pattern_values import TOKEN_KEYS, value_problem
from hamdel.phrasebank.table import Bad, Table, advice

__all__ = ["Cells"]

_Token = Mapping[str, Any]
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_OP = r"(?P<op>[!?+*]|\{(?:\d+|\d+,\d*|,\d+)\})"
_SHORT = re.compile(
    rf"(?:(?P<norm>[^@()~{{}}]+?)|(?:@(?P<name>[^@()~{{}}!?+*]+))?(?:\((?P<lemma>~?[^()~]+)\))?(?:~(?P<but>[^@()~{{}}]+?))?)"
    rf"{_OP}?"
)


class Cells:
    """Reads the tokens of patterns.

    Args:
        table: the cells that a file names: tables of spaCy's Matcher, or texts in short.
        shared: the cells that its folder, and hamdel, name; those of the file come first.

    Raises:
        Bad: a cell is wrong.
    """

    def __init__(self, table: Table, shared: Cells | None = None) -> None:
        self._named: dict[str, _Token] = dict(shared._named) if shared else {}
        self._read: dict[str, _Token] = {}
        for name, value in table.data.items():
            path = (*table.path, name)
            if not _NAME.fullmatch(name):
                raise Bad(path, f"{name!r} can't name a cell; use small Latin letters, digits and _")
            token = self._token(value, path)
            if "OP" in token:
                raise Bad(path, f"{name}: a cell has no OP; write it where the cell is used: @{name}?")
            self._named[name] = token
            self._read.clear()  # a text may have meant the cell of that name that is shared

    def pattern(self, value: Any, path: KeyPath) -> tuple[_Token, ...]:
        """Return a pattern's tokens.

        Args:
            value: as TOML has it.
            path: where it stands.

        Raises:
            Bad: it isn't one, or may take too long to match.
        """
        items = value.split() if isinstance(value, str) else value
        if not isinstance(items, list) or not items:
            raise Bad(path, 'patterns: each pattern must be a list of token tables, such as [{NORM = "شما"}], or words')
        whole = isinstance(value, str)
        tokens = tuple(self._token(item, path if whole else (*path, i)) for i, item in enumerate(items))
        if problem := pattern_problem([str(token.get("OP", "1")) for token in tokens]):
            raise Bad(path, f"patterns: {problem}")
        return tokens

    def _token(self, item: Any, path: KeyPath) -> _Token:
        if not isinstance(item, str):
            return _checked(item, path)
        token = self._read.get(item)
        if token is None:
            token = self._read[item] = _checked(self._spelt_out(item, path), path)
        return token

    def _spelt_out(self, text: str, path: KeyPath) -> _Token:
        """Return the table that a text stands for."""
        parts = _SHORT.fullmatch(text)
        if not parts or parts["op"] == text or any(map(str.isspace, text)):
            raise Bad(path, f"{text!r} is no cell; write words (a|b), ~words, (lemmas) or @name, then ?, + or {{0,3}}")
        token = dict(self._cell(parts["name"], path)) if parts["name"] else {}
        lemma, but = parts["lemma"] or "", parts["but"]
        for key, words, wanted in (
            ("NORM", parts["norm"], True),
            ("NORM", but, False),
            ("LEMMA", lemma.removeprefix("~"), not lemma.startswith("~")),
        ):
            if words:
                if key in token:
                    raise Bad(path, f"{text!r}: the cell {parts['name']} says a {key} already")
                token[key] = _any_of(words.split("|"), wanted, text, path)
        if parts["op"]:
            token["OP"] = parts["op"]
        return token

    def _cell(self, name: str, path: KeyPath) -> _Token:
        if name not in self._named:
            raise Bad(path, f"unknown cell {f'@{name}'!r}{advice(name, self._named)}")
        return self._named[name]


def _any_of(words: Sequence[str], wanted: bool, text: str, path: KeyPath) -> str | dict[str, list[str]]:
    if not all(words):
        raise Bad(path, f"{text!r}: a word is missing beside |")
    if not wanted:
        return {"NOT_IN": list(words)}
    return words[0] if len(words) == 1 else {"IN": list(words)}


def _checked(token: Any, path: KeyPath) -> _Token:
    """Return a table if spaCy's Matcher takes it and matching it takes no long time."""
    op = Table(token, path, TOKEN_KEYS).text("OP", "?")
    if not re.fullmatch(_OP, op):
        raise Bad((*path, "OP"), f"OP: {op!r} isn't allowed; use one of ! ? + * or {{2}} or {{0,4}}")
    for attribute, value in token.items():
        if problem := value_problem(attribute, value):
            raise Bad((*path, attribute), f"{attribute}: {problem}")
    for attribute, regex in regexes(token):
        if problem := regex_problem(regex):
            raise Bad((*path, attribute), f"{attribute}: REGEX {regex[:40]!r}: {problem}")
    checked: _Token = token
    return checked
