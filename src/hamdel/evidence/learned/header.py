"""The header of the learned reader's file, which needs no numpy: what `hamdel explain` tells of the reader.

Layout: `MAGIC`, the header's length (4 bytes, little endian), the header (JSON), blanks up to a multiple of 64 bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hamdel.errors import ModelError
from hamdel.model.definitions import Told

__all__ = ["ALIGN", "MAGIC", "MODEL", "read_header", "told_of"]

#: The model that is shipped.
MODEL = Path(__file__).with_name("reader.model")
MAGIC = b"hamdelR1"
ALIGN = 64
_SIZE = 4  # bytes of the header's length


def read_header(path: Path) -> tuple[dict[str, Any], int]:
    """Return a model's header, and where its arrays begin.

    Args:
        path: of the model's file.

    Raises:
        ModelError: there is no such file, or it is damaged.
    """
    opening = len(MAGIC) + _SIZE
    try:
        with path.open("rb") as file:
            first = file.read(opening)
            if not first.startswith(MAGIC):
                raise ValueError("it isn't one")
            size = int.from_bytes(first[len(MAGIC) :], "little")
            if opening + size > path.stat().st_size:
                raise ValueError("it is cut off")
            header = json.loads(file.read(size))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: the reader's model can't be used: {error}; reinstall hamdel") from None
    if not isinstance(header, dict):
        raise ModelError(f"{path}: the reader's model can't be used: its header is no table; reinstall hamdel")
    return header, -(-(opening + size) // ALIGN) * ALIGN


def told_of(label: str, path: Path = MODEL) -> Told | None:
    """Return how the reader decides on a fault or an absence; None when it isn't asked about it.

    Args:
        label: what the reader calls it; see `hamdel.phrasebank.CheckDef`.
        path: of the model's file.

    Raises:
        ModelError: the model can't be used.
    """
    header, _ = read_header(path)
    limits = header.get("limits", {}).get(label)
    if limits is None:
        return None
    warning, suggestion = (limit if limit <= 1 else None for limit in limits)
    return Told(warning, suggestion, **header.get("figures", {}).get(label, {}))
