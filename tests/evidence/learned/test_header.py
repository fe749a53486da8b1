"""The header of the reader's file: what can be told of the reader without loading it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from hamdel.errors import ModelError
from hamdel.evidence.learned.header import MAGIC, MODEL, read_header, told_of
from hamdel.evidence.learned.model_file import write_model
from hamdel.model.definitions import Told
from hamdel.phrasebank import load_checks

LIMITS = {"blame": (0.8, 0.4), "as-i-said": (1.01, 0.3), "threat": (1.01, 1.01)}
FIGURES = {"blame": {"average_precision": 0.71, "precision": 0.9, "recall": 0.25}}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "small.model"
    write_model(path, {"numbers": np.arange(3, dtype=np.int8)}, {"limits": LIMITS, "figures": FIGURES})
    return path


def test_limits_and_figures(model: Path) -> None:
    assert told_of("blame", model) == Told(0.8, 0.4, 0.9, 0.25, 0.71)
    assert told_of("as-i-said", model) == Told(None, 0.3)
    assert told_of("threat", model) == Told(None, None)
    assert told_of("no-such-fault", model) is None


def test_arrays_begin_where_the_header_says(model: Path) -> None:
    header, start = read_header(model)
    assert start % 64 == 0
    assert model.read_bytes()[start + header["arrays"]["numbers"]["at"] :][:3] == bytes([0, 1, 2])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hamdel",
        b"\x7fELF" * 30,
        MAGIC,
        MAGIC + b"\xff\xff\xff\xff{}",
        MAGIC + b"\x02\0\0\0",
        MAGIC + b"\x02\0\0\0[]",
        MAGIC + b"\x02\0\0\0{]",
        MAGIC + b"\x02\0\0\0\xff\xfe",
    ],
)
def test_damaged_file_is_one_clear_line(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "broken.model"
    path.write_bytes(raw)
    with pytest.raises(ModelError, match=r"^\S*broken\.model: .*reinstall hamdel$"):
        told_of("blame", path)


def test_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall hamdel"):
        told_of("blame", tmp_path / "none.model")


def test_the_shipped_model_tells_of_every_check_that_asks_it() -> None:
    """Its figures, too: they come from files that were left out, so they say what to expect elsewhere."""
    asked = {check.fault or check.absence for check in load_checks(examples=False).values()} - {""}
    assert asked
    for label in asked:
        told = told_of(label)
        assert told is not None, label
        assert told.average_precision is not None, label
        assert 0 < told.average_precision <= 1


def test_the_shipped_model_is_small() -> None:
    assert MODEL.stat().st_size <= 8_000_000


def test_reading_a_header_imports_nothing_heavy() -> None:
    code = (
        "import sys, json; from hamdel.evidence.learned.header import told_of; told_of('blame'); "
        "print(json.dumps(sorted({'numpy', 'spacy', 'hazm'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(done.stdout) == []
