"""The table of kinds is its own test: what its examples mark is covered, and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest

from hamdel.base.resources import phrasebank_dir
from hamdel.identifiers import find_identifiers, mask_identifiers

TABLE = tomllib.loads((phrasebank_dir() / "lexicon" / "identifiers.toml").read_text(encoding="utf-8"))


def examples(name: str) -> Iterator[object]:
    for kind in TABLE["kind"]:
        for text in kind[name]:
            yield pytest.param(kind["id"], text, id=f"{kind['id']}-{text}")


@pytest.mark.parametrize(("kind", "text"), list(examples("mask")))
def test_covers(kind: str, text: str) -> None:
    raw = re.sub("[⟦⟧]", "", text)
    covered = r"\S" if kind in ("secret", "email") else r"[^\s\-|/().]"
    wanted = re.sub("⟦(.*?)⟧", lambda part: re.sub(covered, "*", part[1]), text)
    assert mask_identifiers(raw) == wanted
    assert kind in {one.kind for one in find_identifiers(raw, strict=True)}


@pytest.mark.parametrize(("kind", "text"), list(examples("keep")))
def test_leaves(kind: str, text: str) -> None:
    assert mask_identifiers(text) == text


def test_every_kind_has_examples() -> None:
    assert all(kind["mask"] and kind["keep"] for kind in TABLE["kind"])
