"""Every kind of personal data in every spelling is covered."""

from __future__ import annotations

from personal_data import readable, spelled

from hamdel.identifiers import mask_identifiers


def test_no_spelling_stays_readable() -> None:
    assert [name for name, text, value in spelled() if readable(value, mask_identifiers(text))] == []


def test_the_examples_can_be_read_before() -> None:
    assert [name for name, text, value in spelled() if not readable(value, text)] == []
