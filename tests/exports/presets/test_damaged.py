"""Damaged exports: each is read to its end or refused in one line, and no message of it is lost without a reason."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_presets import VALUES
from test_samples import CASES, EXPORTS, GOLDEN, columns, packed

from hamdel.errors import InputError
from hamdel.exports import Rejected, Row, open_table

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 1e308, 2**62, "", "x", "\u202e\u0000", "9" * 400, [], [None], [[1]], {},
    {"a": {"b": []}}, {"id": 1}, "۱۴۰۳/۱۳/۴۵", "<p>&nbsp;</p>",
)  # fmt: skip
SPLICES = (
    b"\x00", b"\xff\xfe", b'"', b"'", b"\\", b"\\u", b"{", b"}", b"[", b"]", b"<", b">", b"&x;",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"]]>", b";", b"(", b")", b",", b":", b" - ", b"\n", b"\r", "\u200f".encode(), "\u202e".encode(),
    "۹۹".encode(), b"null",
    b"1e999", b"PK\x03\x04", b"/*", b"--", b"NaN", "٣".encode(),
)  # fmt: skip
REVIEWS = (
    "Package Name,Star Rating,Review Text,Developer Reply Date and Time,Developer Reply Text,Review Link\n"
    "com.x,2,بد بود,2024-05-12T11:00:00Z,ممنون از نظرتان,http://x?1\ncom.x,5,خوب,,,http://x?2\n"
)
FAMILIES = sorted({path.relative_to(EXPORTS).parts[0] for path in CASES} | set(VALUES) | {"google_play"})


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Bytes with one to three faults in them."""
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(data) + 1)
        end = min(len(data), at + dice.choice((1, 1, 2, 5, 30, 300)))
        kind = dice.randrange(6)
        if kind == 0:
            data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + data[end:]
        elif kind == 2:
            data = data[:end] + data[at:]
        elif kind == 3:
            data = data[:at] + dice.choice(SPLICES) + data[at:]
        elif kind == 4:
            data = data[:at]
        else:
            lines = data.split(b"\n")
            one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
            data = b"\n".join(lines)
    return data


def outcome(path: Path, options: dict[str, Any]) -> int | None:
    """How many messages are accounted for; None for a file that is refused."""
    try:
        with open_table(path, columns(options)) as table:
            found = list(table)
            assert all(isinstance(one, Row) or (isinstance(one, Rejected) and one.reason) for one in found)
            return len(found) + sum(table.left_out.values())
    except InputError as error:
        assert "\n" not in str(error).strip()
        return None


def sources(family: str, folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if family == "google_play":
        path = folder / "reviews.csv"
        path.write_bytes(REVIEWS.encode("utf-16"))
        yield path, {}
    for suffix in (".json", ".jsonl") if family in VALUES else ():
        path = folder / f"whole{suffix}"
        path.write_text(json.dumps(VALUES[family], indent=1 if suffix == ".json" else None), "utf-8")
        yield path, {}
    for golden in CASES:
        if golden.relative_to(EXPORTS).parts[0] == family:
            yield golden.with_name(golden.name.removesuffix(GOLDEN)), json.loads(golden.read_text("utf-8"))["options"]


def run(family: str, count: int, folder: Path) -> None:
    dice = random.Random(family)
    originals = folder / "originals"
    originals.mkdir()
    files = list(sources(family, originals))
    for number in range(count):
        source, options = files[number % len(files)]
        if source.is_dir() and dice.random() < 0.6:  # a member is damaged, else the archive
            inner = folder / "members"
            copied = [path for path in sorted(source.rglob("*")) if path.is_file()]
            chosen = dice.randrange(len(copied))
            for place, path in enumerate(copied):
                target = inner / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(damaged(path.read_bytes(), dice) if place == chosen else path.read_bytes())
            outcome(packed(inner, folder / source.name), options)
            continue
        whole = packed(source, folder / f"whole-{source.name}") if source.is_dir() else source
        target = folder / source.name
        target.write_bytes(damaged(whole.read_bytes(), dice))
        outcome(target, {**options, **({"preset": family.replace("_", "-")} if dice.random() < 0.3 else {})})


@pytest.mark.parametrize("family", FAMILIES)
def test_a_few_damaged_files(family: str, tmp_path: Path) -> None:
    run(family, 40, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_many_damaged_files(family: str, tmp_path: Path) -> None:
    run(family, 4_000, tmp_path)


def message_lists(value: Any) -> Iterator[list[Any]]:
    """The innermost lists of objects that a JSON value holds."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    deeper = [found for one in inner for found in message_lists(one)]
    yield from deeper
    if isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict) and not deeper:
        yield value


def json_cases() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    for name, value in VALUES.items():
        yield name, value, {"preset": name}
    for golden in CASES:
        source = golden.with_name(golden.name.removesuffix(GOLDEN))
        if source.suffix == ".json":
            options = json.loads(golden.read_text("utf-8"))["options"]
            yield f"{source.parent.name}/{source.name}", json.loads(source.read_text("utf-8")), options


JSON = list(json_cases())


@pytest.mark.parametrize(("name", "value", "options"), JSON, ids=[name for name, _, _ in JSON])
def test_no_message_is_lost_without_a_reason(name: str, value: Any, options: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "message_1.json"
    path.write_text(json.dumps(value), "utf-8")
    whole = outcome(path, options)
    assert whole
    dice = random.Random(name)
    for _ in range(60):
        changed = copy.deepcopy(value)
        messages = max(message_lists(changed), key=len)
        place = dice.randrange(1, len(messages))  # the first may be what tells the program
        if dice.random() < 0.4 or not isinstance(messages[place], dict):
            messages[place] = dice.choice(ODD)
        else:
            field = dice.choice(sorted(messages[place]))
            messages[place][field] = dice.choice(ODD)
        path.write_text(json.dumps(changed), "utf-8")
        assert outcome(path, options) in (whole, None), messages[place]
