"""Offsets and changes of documents, in all three units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from hamdel.doors.lsp.documents import Document

UNITS = list(types.PositionEncodingKind)
LETTERS = st.sampled_from([*"ab \r\n", "\r\n", "ک", "\u200c", "\u2028", "😀", "\ud800", "\udc00", "\u202e", "é"])
TEXTS = st.lists(LETTERS, max_size=30).map("".join)


def document(text: str, encoding: str) -> Document:
    return Document("untitled:1", text, 1, "", encoding)


def between(text: str, offset: int) -> bool:
    """Whether an offset is inside a line end, where no position is."""
    return text[offset - 1 : offset + 1] == "\r\n" and offset > 0


@given(text=TEXTS, encoding=st.sampled_from(UNITS))
def test_positions_go_there_and_back(text: str, encoding: str) -> None:
    one = document(text, encoding)
    for offset in range(len(text) + 1):
        if not between(text, offset):
            assert one.offset(one.position(offset)) == offset


@given(text=TEXTS, line=st.integers(0, 40), column=st.integers(0, 40), encoding=st.sampled_from(UNITS))
def test_any_position_is_somewhere(text: str, line: int, column: int, encoding: str) -> None:
    offset = document(text, encoding).offset(types.Position(line, column))
    assert 0 <= offset <= len(text)
    assert not between(text, offset)


@given(text=TEXTS, new=TEXTS, encoding=st.sampled_from(UNITS), data=st.data())
def test_changes_are_those_of_the_text(text: str, new: str, encoding: str, data: st.DataObject) -> None:
    places = [offset for offset in range(len(text) + 1) if not between(text, offset)]
    start, end = sorted((data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))))
    one = document(text, encoding)
    change = types.TextDocumentContentChangePartial(one.range(start, end), new)
    after = one.changed([change], 2)
    assert (after.text, after.version) == (text[:start] + new + text[end:], 2)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2)])
def test_units(encoding: str, column: int) -> None:
    assert document("a😀b", encoding).position(2) == types.Position(0, column)


@pytest.mark.parametrize("column", [2, 3, 4])
def test_a_cut_character_begins_where_it_begins(column: int) -> None:
    assert document("a😀b", "utf-8").offset(types.Position(0, column)) == 1
    assert document("a😀b", "utf-16").offset(types.Position(0, 2)) == 1
