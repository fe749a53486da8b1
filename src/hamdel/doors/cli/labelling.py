"""Labels of one person: which replies, what was found in them, and where that is kept."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamdel.base.text_files import json_value, read_lines
from hamdel.errors import InputError
from hamdel.exports import Columns, Row, open_table
from hamdel.identifiers import mask_identifiers

__all__ = ["Reply", "drawn", "found_by", "label_file", "others", "stored_case"]

_SEED = 0  # both labellers get the same replies in the same order


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to be labelled, masked.

    Attributes:
        draft: the reply.
        customer: what the customer had written.
    """

    draft: str
    customer: str

    @property
    def key(self) -> str:
        """Tells it from others."""
        return _key(self.draft, self.customer)


def _key(draft: str, customer: str) -> str:
    return hashlib.blake2b(f"{draft}\0{customer}".encode(errors="surrogatepass"), digest_size=12).hexdigest()


def drawn(path: Path, columns: Columns, count: int) -> list[Reply]:
    """Draw replies at random, the same ones for everybody who asks for as many.

    Args:
        path: of the export.
        columns: which column holds what.
        count: how many; all when there are fewer.

    Raises:
        InputError: the export can't be read, or holds no reply.
    """
    chance, kept = random.Random(_SEED), list[Reply]()
    with open_table(path, columns) as table:
        for number, row in enumerate(dict.fromkeys(_replies(table))):
            if number < count:
                kept.append(row)
            elif (place := chance.randrange(number + 1)) < count:
                kept[place] = row
    if not kept:
        raise InputError(f"{path}: no reply in it")
    chance.shuffle(kept)
    return kept


def _replies(rows: Iterable[Any]) -> Iterator[Reply]:
    for row in rows:
        if isinstance(row, Row) and row.reply.strip():
            yield Reply(mask_identifiers(row.reply), mask_identifiers(row.message))


def label_file(path: Path, labeller: str) -> Path:
    """Return where somebody's labels of an export are: beside it, with their name.

    Raises:
        InputError: the name can't be part of a file's.
    """
    name = labeller.strip()
    if not name or len(name) > 60 or any(not (char.isalnum() or char in " -_\u200c") for char in name):
        raise InputError(f"--by takes a name of letters and digits, not {labeller[:60]!r}")
    return path.with_name(f"{path.stem}.{name}.labels.jsonl")


def others(path: Path, mine: Path) -> list[Path]:
    """Return the label files of others for the same export."""
    found = path.parent.glob("*.labels.jsonl")
    return sorted(one for one in found if one.name.startswith(f"{path.stem}.") and one != mine)


def found_by(path: Path) -> tuple[dict[str, frozenset[str]], list[str] | None]:
    """Return what somebody found, by reply, and the checks that they were asked about.

    Raises:
        InputError: the file can't be read, or a line can't be used.
    """
    found: dict[str, frozenset[str]] = {}
    asked: list[str] | None = None
    if not path.exists():
        return found, asked
    for number, line in read_lines(str(path)):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        value = json_value(line, place)
        try:
            found[_key(value["draft"], value["customer"])] = frozenset(one["id"] for one in value["expected"])
            asked = [str(one) for one in value["asked"]]
        except (KeyError, TypeError):
            raise InputError(f"{place}: this line isn't one of hamdel label; take another name with --by") from None
    return found, asked


def stored_case(reply: Reply, found: Sequence[str], asked: Sequence[str], known: Iterable[str]) -> str:
    """Return a line for a label file, which is also a case for `hamdel evaluate`.

    Args:
        reply: that was labelled.
        found: ids of the checks that somebody found in it.
        asked: those that they could choose from; the others are neutral.
        known: ids of all checks.
    """
    case: Mapping[str, Any] = {
        "draft": reply.draft,
        "customer": reply.customer,
        "expected": [{"id": check, "text": ""} for check in found],
        "neutral": [check for check in known if check not in asked],
        "asked": list(asked),
    }
    return json.dumps(case, ensure_ascii=False) + "\n"
