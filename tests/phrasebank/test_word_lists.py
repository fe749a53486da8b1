"""Word lists are data: they stand in phrasebanks/, and few are left in Python, each with its reason beside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import hamdel
from hamdel.base.resources import phrasebank_dir
from hamdel.errors import PhrasebankError
from hamdel.language import sets

_SOURCES = Path(hamdel.__file__).parent
_MOST = 15
#: Where they may stand, and why.
_REASONS = {
    "base/calendars.py": "the months that dates are written with; it stands below all that reads files",
    "settings/keys.py": "values of a setting, which are read before any table",
    "identifiers/__init__.py": "shapes that send a text to the table, which is read for those only",
    "identifiers/addresses.py": "shapes of addresses and plates: signs spelled out, with what may stand around them",
    "identifiers/secrets.py": "the shape of «… است» behind a value",
    "language/plural_verbs.py": "a rule: letters that are cut, and what is put in their place, in order",
    "language/stems.py": "endings by which stems are told apart while the lexicon is compiled",
    "language/verbs.py": "paradigms: endings by person; the lexicon is compiled from them",
}
#: What these say is shown to people; it recognises nothing.
_TEXTS = (
    "render",
    "doors/cli",
    "doors/http/audit_methods.py",
    "doors/http/problems.py",
    "doors/lsp/desk.py",
    "doors/lsp/texts.py",
    "doors/requests/errors.py",
    "doors/requests/methods.py",
    "doors/requests/params.py",
    "doors/stdio/server.py",
    "model/fields.py",
    "wording/slots.py",
)
_WORD = re.compile("[آ-ی][آ-ی\u200c]+")
_COLLECTIONS = (ast.Set, ast.Tuple, ast.List, ast.Dict)


def _persian(text: str) -> int:
    return len(_WORD.findall(text))


def _strings(node: ast.AST) -> Iterator[str]:
    """The strings of a collection and of those right in it; of a dictionary, its keys."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, _COLLECTIONS):
        for inside in node.keys if isinstance(node, ast.Dict) else node.elts:
            if inside is not None:
                yield from _strings(inside)


def _is_list(node: ast.AST) -> bool:
    """Tell whether a node is a word list: a collection of Persian strings, «… …».split(), a pattern with «|»."""
    if isinstance(node, _COLLECTIONS):
        return sum(map(bool, map(_persian, _strings(node)))) >= 2
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
        return sum(map(_persian, _strings(node.func.value))) >= 2
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return any(_persian(text) >= 2 for argument in node.args for text in _strings(argument) if " " in text)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return "|" in node.value and _persian(node.value) >= 2
    return False


def _lists(node: ast.AST) -> Iterator[int]:
    """Yield the lines of the outermost word lists; docstrings are none."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.expr) and _is_list(node):
        yield node.lineno
        return
    for inside in ast.iter_child_nodes(node):
        yield from _lists(inside)


def _all_lists() -> list[str]:
    found = []
    for path in sorted(_SOURCES.rglob("*.py")):
        name = path.relative_to(_SOURCES).as_posix()
        if not name.startswith(_TEXTS):
            source = path.read_text(encoding="utf-8")
            lines = source.splitlines()
            found += [f"{name}:{line}: {lines[line - 1].strip()}" for line in _lists(ast.parse(source))]
    return found


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ('X = frozenset("اگر اگه چنانچه".split())', True),
        ('X = keys("اگر اگه")', True),
        ('if word.norm in ("را", "رو"): pass', True),
        ('X = {"تو": 1, "برات": 2}', True),
        ('X = re.compile(r"(?:سلام|درود)")', True),
        ('X = re.compile(rf"(?:سلام|درود){END}")', True),
        ('X = ((1, "ید"), (0, "یید"))', True),
        ('def f():\n    """«اگر|اگه», and («را», «رو»)."""', False),
        ('X = ("ا", "و", "ی")', False),
        ('X = "دیدن"', False),
        ('X = frozenset(("می",))', False),
    ],
)
def test_what_a_word_list_is(source: str, is_one: bool) -> None:
    """Collections, split strings and alternations; neither single letters nor docstrings."""
    assert bool(list(_lists(ast.parse(source)))) is is_one


def test_word_lists_are_data() -> None:
    """At most fifteen are in Python; a new one belongs into a table under phrasebanks/lexicon/."""
    found = _all_lists()
    assert len(found) <= _MOST, "\n".join(found)
    assert {place.partition(":")[0] for place in found} == set(_REASONS), "\n".join(found)


def _named() -> Iterator[str]:
    """All names of sets in the files that the reader is for."""
    for file in ("acts", "grammar", "times", "matters", "familiar", "people", "exports"):
        for name, value in sets.table(file).items():
            if isinstance(value, dict):
                yield from (f"{file}.{name}.{inside}" for inside in value)
            else:
                yield f"{file}.{name}"


#: Tables that map a word to something else.
_MAPPED = ("grammar.clitic.", "familiar.polite.")


@pytest.mark.parametrize("name", tuple(_named()))
def test_every_set_can_be_read_and_is_used(name: str) -> None:
    """No «@» leads nowhere, and no set is dead."""
    if name.startswith(_MAPPED):
        return
    assert sets.entries(name)
    file, _, rest = name.partition(".")
    group, _, last = rest.rpartition(".")
    texts = [path.read_text(encoding="utf-8") for path in _SOURCES.rglob("*.py")]
    tables = [path.read_text(encoding="utf-8") for path in (phrasebank_dir() / "lexicon").glob("*.toml")]
    inside = re.compile(rf"@(?:{re.escape(name)}|{re.escape(last)})(?![\w.])")
    made = re.compile(rf'"{re.escape(file)}\.{re.escape(group)}\.\{{|"{re.escape(last)}"')
    used = any(name in text for text in texts) or any(map(inside.search, tables)) or any(map(made.search, texts))
    assert used, f"{name} is used nowhere"


def test_a_set_takes_in_others() -> None:
    """«@name» is a set of the same table, or of any when it is named in full; each word counts once."""
    titles = sets.word_set("acts.address.titles")
    assert sets.word_set("acts.address.male", "acts.address.prefixes") < titles
    assert sets.word_set("acts.greeting.hello") < sets.word_set("acts.lead.words")
    assert len(sets.entries("acts.lead.words")) == len(set(sets.entries("acts.lead.words")))


def test_words_are_keys() -> None:
    """Joiners, hamza and Arabic letters are folded, and a phrase gives its words."""
    assert "درصورتیکه" in sets.word_set("grammar.clause.whenever")
    assert "این" in sets.word_set("matters.problem.announced")


def test_alternation_takes_the_longest_first() -> None:
    """A regular expression would stop at the shorter one."""
    one = re.compile(sets.alternation("acts.greeting.goes_on"))
    found = one.match("وقتتون")
    assert found is not None and found[0] == "وقتتون"


def test_unknown_names_and_files() -> None:
    """A misspelled name fails at once."""
    with pytest.raises(KeyError):
        sets.word_set("acts.greeting.nothing")
    with pytest.raises(PhrasebankError):
        sets.word_set("nothing.greeting.words")
