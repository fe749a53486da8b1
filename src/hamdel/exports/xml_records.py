"""Records of an XML file as objects, one at a time.

Expat reads the file in pieces. Entities are refused where they are declared, so none is ever expanded (CVE-2003-1564
and its kin), external ones are never fetched, and what a record may hold is bounded.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection
from typing import Any, TextIO
from xml.parsers import expat

from hamdel.errors import InputError
from hamdel.exports.objects import Values

__all__ = ["xml_records"]

_PIECE = 1 << 16
_DEEPEST = 50
_LARGEST = 200_000  # elements of a record
_LONGEST = 1 << 24  # characters of a record's text
_SURROGATE = "\udcff"  # stands for broken bytes; see hamdel.base.decoding
# XML 1.0 has no such characters, exports do.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BOOLEANS = {"true": True, "false": False}


class _Refused(Exception):  # noqa: N818 - never leaves this module: it becomes an InputError
    """What no export has and only an attack needs."""


def xml_records(file: TextIO, names: Collection[str]) -> Values:
    """Yield the elements of some names, wherever they are, as objects of their elements.

    Hyphens in names become underscores. What is of ``type="array"``, or has elements of one name only, is a list; what
    is ``nil`` is None; integers and booleans are such. Of a document that breaks off, what stands before is still read.

    Args:
        file: at its beginning.
        names: of the elements.
    """
    reader = _Reader(frozenset(names))
    number = 0
    try:
        for piece in iter(lambda: file.read(_PIECE), ""):
            reader.take(piece)
            while reader.found:
                number += 1
                yield number, reader.found.popleft()
        reader.end()
    except (_Refused, expat.ExpatError) as error:
        while reader.found:
            number += 1
            yield number, reader.found.popleft()
        kind = "" if isinstance(error, _Refused) else "broken XML: "
        yield number + 1, InputError(f"{kind}{error}; what follows can't be read, export it again")


class _Element:
    """An element in the making."""

    __slots__ = ("children", "kind", "name", "text")

    def __init__(self, name: str, kind: str) -> None:
        self.name, self.kind = name, kind
        self.children: list[tuple[str, Any]] = []
        self.text: list[str] = []

    def value(self) -> Any:
        """Return what it stands for."""
        if self.kind == "nil":
            return None
        if self.kind == "array" or (len(self.children) > 1 and len({name for name, _ in self.children}) == 1):
            return [child for _, child in self.children]
        if self.children:
            return dict(self.children)
        text = "".join(self.text)
        if self.kind == "integer" and re.fullmatch(r"\s*-?\d{1,18}\s*", text):
            return int(text)
        return _BOOLEANS.get(text.strip(), text) if self.kind == "boolean" else text


class _Reader:
    """Builds records of expat's events."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._open: list[_Element] = []
        self._depth = self._elements = self._characters = 0
        self.found: deque[Any] = deque()
        parser = self._parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        parser.UnparsedEntityDeclHandler = self._refuse

    def take(self, piece: str) -> None:
        """Read on."""
        clean = _ILLEGAL.sub(" ", piece.replace(_SURROGATE, "\ufffd"))
        self._parser.Parse(clean.encode("utf-8", "replace"), False)

    def end(self) -> None:
        """Read the end."""
        self._parser.Parse(b"", True)

    def _refuse(self, *_: Any) -> int:
        raise _Refused("declares entities, which no export does")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Refused(f"nested more than {_DEEPEST} levels deep")
        if not self._open:
            if name not in self._names:
                return
            self._elements = self._characters = 0
        self._elements += 1
        if self._elements > _LARGEST:
            raise _Refused(f"a record of more than {_LARGEST:,} elements")
        kind = "nil" if attributes.get("nil") == "true" else attributes.get("type", "")
        self._open.append(_Element(name.replace("-", "_"), kind))

    def _end(self, _: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        element = self._open.pop()
        if self._open:
            self._open[-1].children.append((element.name, element.value()))
        else:
            value = element.value()
            self.found.append(value if isinstance(value, dict) else {})

    def _data(self, text: str) -> None:
        if self._open:
            self._characters += len(text)
            if self._characters > _LONGEST:
                raise _Refused(f"a record of more than {_LONGEST:,} characters")
            self._open[-1].text.append(text)
