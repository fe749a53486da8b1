"""The texts of YAML, as PyYAML parses them; nothing in it is run, and an alias isn't followed twice."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from hamdel.doors.cli.many.leaves import Leaf
from hamdel.errors import InputError

__all__ = ["yaml_leaves"]

_LONGEST = 1 << 20  # characters; PyYAML reads some hundred thousand in a second
_TEXT = "tag:yaml.org,2002:str"


def yaml_leaves(name: str, raw: str) -> Iterator[Leaf]:
    """Yield all texts of a file of YAML documents.

    Args:
        name: of the file.
        raw: what it holds.

    Raises:
        InputError: PyYAML is missing, or the file is broken or too long.
    """
    if find_spec("yaml") is None:
        raise InputError(f"{name}: YAML needs PyYAML; pip install 'hamdel[yaml]', or save it as JSON")
    if len(raw) > _LONGEST:
        raise InputError(f"{name}: YAML of more than {_LONGEST:,} characters; save it as JSON")
    import yaml

    try:
        for root in yaml.compose_all(raw, Loader=yaml.SafeLoader):
            yield from _walk(root, raw)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}" if mark else ""
        reason = " ".join(str(getattr(error, "problem", None) or error).split())[:80]
        raise InputError(f"{name}{place}: broken YAML: {reason}; mend it") from error
    except RecursionError as error:
        raise InputError(f"{name}: broken YAML: nested too deeply; mend it") from error


def _walk(root: Any, raw: str) -> Iterator[Leaf]:
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), root)]
    seen: set[int] = set()
    while waiting:
        path, node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node.value, str):
            if node.tag == _TEXT:
                yield _leaf(path, node, raw)
        elif node.value and isinstance(node.value[0], tuple):
            waiting += [((*path, str(key.value)), inner) for key, inner in reversed(node.value)]
        else:
            waiting += [((*path, number), inner) for number, inner in reversed(list(enumerate(node.value)))]


def _leaf(path: tuple[str | int, ...], node: Any, raw: str) -> Leaf:
    """A scalar with its place: a literal block keeps its lines, other styles fold them."""
    start, text = node.start_mark, str(node.value)
    if node.style in ("|", ">"):
        return Leaf(path, text, start.line + 2, None, node.style == "|")
    quote = 1 if node.style else 0
    exact = "\n" not in text and raw.startswith(text, start.index + quote)
    return Leaf(path, text, start.line + 1, start.column + 1 + quote if exact else None)
