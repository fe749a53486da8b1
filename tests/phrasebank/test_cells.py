"""Token patterns in short stand for the same tables as written out, and what is wrong with them is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from hamdel.base.resources import phrasebank_dir
from hamdel.errors import PhrasebankError
from hamdel.phrasebank import check_files, load_check, load_table
from hamdel.phrasebank.cells import Cells
from hamdel.phrasebank.table import Bad, Table

WORD = {"POS": {"NOT_IN": ["PUNCT", "SPACE"]}}
YOU_DID = {"TEXT": {"REGEX": "^[^ن]"}, "MORPH": {"IS_SUPERSET": ["Person=2", "Tense=Past"]}}
CELLS = Cells(Table({"word": WORD, "you_did": YOU_DID, "you": "شما|خودتان"}))
HEAD = """\
id = "respect/demo"
severity = "warning"
precision = "B"
title = {fa = "نمونه", en = "Demo"}
message = {fa = "نمونه", en = "Demo"}
why = {fa = "نمونه", en = "Demo"}
"""


@pytest.mark.parametrize(
    ("short", "spelt_out"),
    [
        ("شما", {"NORM": "شما"}),
        ("شما|خودتان", {"NORM": {"IN": ["شما", "خودتان"]}}),
        ("خود?", {"NORM": "خود", "OP": "?"}),
        ("را|رو{0,3}", {"NORM": {"IN": ["را", "رو"]}, "OP": "{0,3}"}),
        ("!", {"NORM": "!"}),
        ("؟", {"NORM": "؟"}),
        ("~!|.|؟", {"NORM": {"NOT_IN": ["!", ".", "؟"]}}),
        ("~را", {"NORM": {"NOT_IN": ["را"]}}),
        ("(کردن)", {"LEMMA": "کردن"}),
        ("(کردن|شدن)+", {"LEMMA": {"IN": ["کردن", "شدن"]}, "OP": "+"}),
        ("(~کردن)", {"LEMMA": {"NOT_IN": ["کردن"]}}),
        ("@you", {"NORM": {"IN": ["شما", "خودتان"]}}),
        ("@you*", {"NORM": {"IN": ["شما", "خودتان"]}, "OP": "*"}),
        ("@word~را|رو{2}", WORD | {"NORM": {"NOT_IN": ["را", "رو"]}, "OP": "{2}"}),
        ("@you_did(~کردن)?", YOU_DID | {"LEMMA": {"NOT_IN": ["کردن"]}, "OP": "?"}),
        ("@you_did(کردن)~نکردید", YOU_DID | {"LEMMA": "کردن", "NORM": {"NOT_IN": ["نکردید"]}}),
    ],
)
def test_a_text_stands_for_a_table(short: str, spelt_out: dict[str, Any]) -> None:
    assert CELLS.pattern(short, ()) == CELLS.pattern([short], ()) == CELLS.pattern([spelt_out], ()) == (spelt_out,)


def test_a_pattern_is_a_list_or_one_text() -> None:
    spelt_out = ({"NORM": {"IN": ["شما", "خودتان"]}}, WORD | {"OP": "{0,2}"}, YOU_DID | {"LEMMA": "کردن"})
    assert CELLS.pattern("@you  @word{0,2} @you_did(کردن)", ()) == spelt_out
    assert CELLS.pattern(["@you", WORD | {"OP": "{0,2}"}, "@you_did(کردن)"], ()) == spelt_out


@pytest.mark.parametrize(
    ("short", "message"),
    [
        ("@wrod", "unknown cell '@wrod'; did you mean \"word\"?"),
        ("@", "'@' is no cell"),
        ("?@word", "is no cell"),
        ("شما|", "a word is missing beside |"),
        ("@word|شما", "unknown cell"),
        ("(کردن", "is no cell"),
        ("()", "is no cell"),
        ("{0,3}", "is no cell"),
        ("@word{3", "is no cell"),
        ("@you~شما", "the cell you says a NORM already"),
        ("@word{0,900}", "more than 100 times"),
        ("", "must be a list of token tables"),
        ("شما~را", "is no cell"),
    ],
)
def test_what_is_no_cell_is_named(short: str, message: str) -> None:
    with pytest.raises(Bad) as caught:
        CELLS.pattern(short, ())
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ('You = "شما"', "8: 'You' can't name a cell"),
        ('you = {NORM = "شما", OP = "?"}', "8: you: a cell has no OP; write it where the cell is used: @you?"),
        ('you = {NROM = "شما"}', "8: unknown key 'NROM'; did you mean \"NORM\"?"),
        ('you = "@yuo"', "8: unknown cell '@yuo'"),
        ("you = 3", "8: [cells.you] must be a table, not a whole number"),
        ('you = {TEXT = {REGEX = "(a+)+"}}', "8: TEXT: REGEX"),
    ],
)
def test_what_is_wrong_with_a_named_cell_has_its_line(tmp_path: Path, cells: str, message: str) -> None:
    path = _write(tmp_path, f'[cells]\n{cells}\n[[phrases]]\npatterns = ["شما"]\n')
    with pytest.raises(PhrasebankError) as caught:
        load_check(path)
    assert str(caught.value).startswith(f"{path}:{message}")


def test_a_teams_folder_has_cells_of_its_own(tmp_path: Path) -> None:
    """A file's own come first, then its folder's, then hamdel's."""
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "cells.toml").write_text(
        'parcel = "بسته|مرسوله"\nword = "کلمه"\nyou = "تو"\n', encoding="utf-8"
    )
    path = _write(tmp_path, '[cells]\nyou = "ایشان"\n[[phrases]]\npatterns = ["@parcel @word @you @any"]\n')
    (group,) = load_check(path).groups
    parcel = {"NORM": {"IN": ["بسته", "مرسوله"]}}
    assert group.patterns == ((parcel, {"NORM": "کلمه"}, {"NORM": "ایشان"}, {}),)


def test_our_cells_are_used() -> None:
    shared = load_table(phrasebank_dir() / "lexicon" / "cells.toml")
    files = [*check_files(phrasebank_dir()), phrasebank_dir() / "lexicon" / "emotions.toml"]
    used = {path: set(re.findall(r"@(\w+)", path.read_text(encoding="utf-8"))) for path in files}
    for name in shared:
        assert sum(name in names for names in used.values()) > 1, name
    for path, names in used.items():
        assert set(load_table(path).get("cells", {})) <= names, path


def _write(folder: Path, rest: str) -> Path:
    path = folder / "respect" / "demo.toml"
    path.parent.mkdir()
    path.write_text(f"{HEAD}{rest}", encoding="utf-8")
    return path
