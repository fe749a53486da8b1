"""Every reason for which a row is lost has a code and its Persian."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import hamdel
from hamdel.exports.reasons import OTHER, counted, worded
from hamdel.language.sets import table
from hamdel.model import Lang

EXPORTS = Path(hamdel.__file__).parent / "exports"
#: How code says why a row is lost: what it calls, or yields, and which argument is the reason.
CALLS = {"Lost": 0, "rejected": 1, "Rejected": 1}


def text_of(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "§" for part in node.values)
    return None


def yielded(tree: ast.Module) -> Iterator[ast.expr]:
    """The errors that stand in the place of a row."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Yield) and node.value is not None:
            for call in ast.walk(node.value):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "InputError":
                    yield call.args[0]


def reasons() -> Iterator[tuple[str, str]]:
    for file in sorted(EXPORTS.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        found = list(yielded(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                place = CALLS.get(name)
                if place is not None and len(node.args) > place:
                    found.append(node.args[place])
                if name == "append" and isinstance(node.func, ast.Attribute) and "lost" in ast.unparse(node.func.value):
                    found.extend(node.args)
        yield from ((file.name, text) for node in found if (text := text_of(node)) and any(map(str.isalpha, text)))


def test_every_reason_has_a_code() -> None:
    found = list(reasons())
    assert len(found) > 30
    missing = [
        f"{file}: {text}"
        for file, text in found
        if all(worded(text.replace("§", slot), Lang.FA).code == OTHER for slot in ("x", ""))
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("english", "code", "persian"),
    [
        ('no text in column "reply"', "no-text", "در ستون «reply» متنی نیست"),
        ('can\'t read the time "دیروز {}"', "time", "زمان «دیروز {}» خوانده نشد"),
        ("isn't what zendesk exports: 'x': {y}", "odd", "آن نیست که zendesk خروجی می‌دهد: 'x': {y}"),
        ("something new", OTHER, "something new"),
    ],
)
def test_words(english: str, code: str, persian: str) -> None:
    assert worded(english, Lang.FA) == (code, persian)
    assert worded(english, Lang.EN) == (code, english)


def test_each_code_is_counted_in_both_languages() -> None:
    for code in (*table("reasons"), "gone"):
        fa, en = (counted(code, lang) for lang in Lang)
        assert "{n}" in fa
        assert "{n}" in en
        assert fa != en


def test_persian_has_the_slots_of_english() -> None:
    for one in table("reasons").values():
        assert all(english.count("{}") == persian.count("{}") for english, persian in one["reasons"])
