"""``hamdel.learned.json``: what a team taught, beside its settings.

One JSON object of ``hamdel/learned/1``. It holds numbers, hashes of words and sentences that are masked as in the
archive, the digest of the model that it was learned with, and its own: a file that was cut off or changed isn't used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hamdel.base.atomic import write_atomically
from hamdel.base.files import open_regular, read_regular, refuse_special
from hamdel.base.toml_file import shown
from hamdel.errors import ConfigError, InputError
from hamdel.evidence.learned.header import MODEL, read_header
from hamdel.model.learned import Errors, Learned, Lesson, Level, Phrase, Validation
from hamdel.settings.keys import LEARNED

__all__ = ["SCHEMA", "digest_of", "model_digest", "read_learned", "refuse_others", "write_learned"]

SCHEMA = "hamdel/learned/1"
_FAMILY, _START = b"hamdel/learned/", 200  # what all its versions say of themselves, in so many bytes
_LARGEST = 20_000_000  # bytes
_FARTHEST = 20.0  # logits that a threshold may move
_HEAVIEST = 1e6  # what a word may weigh
_HASHES, _COUNTS = 2**32, 2**53
_REMEDY = "learn again with `hamdel learn`, or drop it with `hamdel learn --forget`"


def model_digest(path: Path = MODEL) -> str:
    """Return what tells a model from others: a digest of its header, which names corpus, features and thresholds.

    Args:
        path: of the model's file.

    Raises:
        ModelError: there is no such file, or it is damaged.
    """
    header = json.dumps(read_header(path)[0], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(header.encode(), digest_size=8).hexdigest()


def digest_of(values: Mapping[str, Any]) -> str:
    """Return the digest that a file has of its own values."""
    plain = {name: value for name, value in values.items() if name != "digest"}
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def refuse_others(path: Path) -> None:
    """Refuse to replace or drop what `write_learned` didn't write; a damaged file of its own is fine.

    Args:
        path: of the file; it needn't be there.

    Raises:
        InputError: it is something else: settings, labels, a device.
    """
    refuse_special(path)
    try:
        with open_regular(path) as file:
            start = file.read(_START)
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{shown(path)}: can't be read: {error.strerror or error}") from error
    if start.strip(b"\0 \t\r\n") and path.name != LEARNED and b'"' + _FAMILY not in start:
        raise InputError(f"{shown(path)}: isn't what `hamdel learn` wrote, and stays as it is; name another file")


def write_learned(path: Path, learned: Learned) -> None:
    """Write what was learned.

    Args:
        path: of the file.
        learned: what.

    Raises:
        ConfigError: it can't be written.
    """
    values = {"schema": SCHEMA, **asdict(learned)}
    values["phrases"] = [
        {**asdict(one), "words": [[word, weight] for word, weight in sorted(one.words.items())]}
        for one in learned.phrases
    ]
    values = json.loads(json.dumps(values))
    values["digest"] = digest_of(values)
    try:
        write_atomically(path, (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{shown(path)}: can't be written: {error.strerror or error}") from error


def read_learned(path: Path) -> tuple[Learned, str]:
    """Return what a team taught, and the file's digest.

    Args:
        path: of the file.

    Raises:
        ConfigError: it can't be read, or isn't what `write_learned` wrote.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        values = json.loads(read_regular(path), parse_constant=_refuse)
        if values.get("schema") != SCHEMA or values.get("digest") != digest_of(values):
            raise ValueError("changed or cut off")
        return _learned(values), values["digest"]
    except OSError as error:
        raise ConfigError(f"{shown(path)}: can't be read: {error.strerror or error}") from error
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise ConfigError(f"{shown(path)}: isn't what `hamdel learn` wrote, or is damaged; {_REMEDY}") from None


def _learned(values: Mapping[str, Any]) -> Learned:
    return Learned(
        model=str(values["model"]),
        lessons={str(check): _lesson(one) for check, one in values["lessons"].items()},
        phrases=tuple(_phrase(one) for one in values["phrases"]),
        validation=Validation(_pair(values["validation"]["unseen"]), _pair(values["validation"]["taught"])),
        cases=_count(values["cases"]),
        made=str(values["made"]),
        hamdel=str(values["hamdel"]),
    )


def _lesson(one: Mapping[str, Any]) -> Lesson:
    wrong, missed, right = (_count(one[name]) for name in ("wrong", "missed", "right"))
    offset = _within(float(one["offset"]), -_FARTHEST, _FARTHEST)
    return Lesson(offset, Level(one["level"]), wrong, missed, right, _errors(one["shipped"]), _errors(one["learned"]))


def _phrase(one: Mapping[str, Any]) -> Phrase:
    words = {
        int(_within(word, 0, _HASHES)): _within(float(weight), 1 / _HEAVIEST, _HEAVIEST)
        for word, weight in one["words"]
    }
    return Phrase(str(one["check"]), bool(one["faulty"]), words, str(one["text"]), bool(one["whole"]))


def _pair(values: Any) -> tuple[Errors, Errors]:
    before, after = map(_errors, values)
    return before, after


def _errors(one: Mapping[str, Any]) -> Errors:
    return Errors(**{name: _count(value) for name, value in one.items()})


def _count(value: Any) -> int:
    return int(_within(int(value), 0, _COUNTS))


def _within(value: float, least: float, most: float) -> float:
    """Return a number that a digest alone doesn't vouch for: whoever changes a file can make another one.

    Raises:
        ValueError: it is none that `write_learned` writes.
    """
    if not least <= value <= most:
        raise ValueError("out of range")
    return value


def _refuse(name: str) -> None:
    raise ValueError(name)  # NaN and its like are no JSON
