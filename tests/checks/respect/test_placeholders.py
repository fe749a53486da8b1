"""Every shape of placeholder is found, and nothing innocent is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hamdel import Checker
from hamdel.base.resources import phrasebank_dir
from hamdel.model import Conversation
from hamdel.phrasebank import load_table

CHECK = "respect/unfilled-placeholder"
SHAPES = load_table(phrasebank_dir() / "lexicon" / "placeholders.toml")["shape"]
EXAMPLES = [example for shape in SHAPES for example in shape["examples"]]
_LINES = (Path(__file__).parents[2] / "data" / "innocent.txt").read_text(encoding="utf-8").splitlines()
INNOCENT = [line.replace("⏎", "\n") for line in _LINES]  # one a line
_MARKED = re.compile("⟦(.*?)⟧")


def found(checker: Checker, draft: str, customer: str = "") -> list[str]:
    report = checker.check_conversation(Conversation(draft, customer))
    return [draft[finding.start : finding.end] for finding in report.findings if finding.check == CHECK]


def test_there_are_shapes_and_innocent_texts_enough() -> None:
    assert len(SHAPES) >= 40
    assert len(INNOCENT) >= 200
    assert all(shape["examples"] for shape in SHAPES)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_shape_is_found(checker: Checker, example: str) -> None:
    assert found(checker, _MARKED.sub(r"\1", example)) == _MARKED.findall(example)


@pytest.mark.parametrize("text", INNOCENT)
def test_nothing_innocent_is_taken_for_one(checker: Checker, text: str) -> None:
    assert not found(checker, text)


def test_what_the_customer_wrote_is_talked_about(checker: Checker) -> None:
    draft = "سلام، {{first_name}} در پیش‌نمایش پر نمی‌شود؛ در ارسال واقعی درست است."
    assert found(checker, draft, "چرا {{first_name}} رو نشون میده؟") == []
    assert found(checker, draft) == ["{{first_name}}"]
