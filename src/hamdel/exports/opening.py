"""Opens what is no plain table: whichever program exported it decides how it is read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from hamdel.base.decoding import decoded_file
from hamdel.base.files import open_regular
from hamdel.base.text_files import open_errors
from hamdel.errors import InputError
from hamdel.exports.columns import Columns
from hamdel.exports.database import dump_values, file_values, wanted_tables
from hamdel.exports.objects import Values, json_document, json_lines
from hamdel.exports.packed import Packed, TooMuchError
from hamdel.exports.pages import refuse_pages
from hamdel.exports.plain import LineTable
from hamdel.exports.preset import Member, Preset, Source
from hamdel.exports.questions import QuestionError
from hamdel.exports.recognising import by_objects, decide, listed, records
from hamdel.exports.sql_dump import load_dump
from hamdel.exports.sqlite import SqliteTable
from hamdel.exports.table import Table
from hamdel.exports.values import Stream, ValueTable
from hamdel.exports.xml_records import xml_records

__all__ = ["open_dump", "open_json", "open_sqlite", "open_text", "open_xml", "open_zip"]

_START = 1 << 16  # characters in which a program's marks are looked for
_MEMBERS = 50  # of an archive that are looked into
_LINES = (".jsonl", ".ndjson")


def open_json(path: Path, file: BinaryIO, size: int, columns: Columns) -> Table:
    """Open JSON, or JSON Lines by the file's name."""
    return _objects(path, file, size, columns, lambda text: _json(text, path.name))


def open_xml(path: Path, file: BinaryIO, size: int, columns: Columns) -> Table:
    """Open the XML of a program that is known.

    Raises:
        InputError: it is none.
    """
    table = _objects(path, file, size, columns, lambda text: xml_records(text, records()))
    if table.told.preset is None:
        raise InputError(f"{path}: no XML that is known ({', '.join(sorted(records()))}); export it as JSON or CSV")
    return table


def _json(text: TextIO, name: str) -> Values:
    return json_lines(text) if name.lower().endswith(_LINES) else json_document(text, *listed())


def _objects(path: Path, file: BinaryIO, size: int, columns: Columns, parse: Callable[[TextIO], Values]) -> Table:
    text = decoded_file(file, str(path))
    with open_errors(path):
        values, told = by_objects(parse(text), Source(str(path), columns))
        stream = Stream(values, lambda: size if file.closed else file.tell(), text.close)
        return ValueTable(path, size, columns, stream, told)


def open_text(path: Path, file: BinaryIO, size: int, columns: Columns) -> Table:
    """Open a chat of a program that is known, or text with a reply on each line."""
    name = str(path)
    with open_errors(path):
        text = cast(TextIOWrapper, decoded_file(file, name))
        start = text.read(_START)
        text.detach()  # or it would close the file with itself
        file.seek(0)
    told = decide(name, columns, lambda preset: preset.text.fits(start) if preset.text else "")
    if told.preset is None or told.preset.text is None:
        lines = LineTable(path, file, size, columns)
        lines.told.notes.append(("lines", ""))
        return lines
    file.close()
    again = _Again(path)
    with open_errors(path), ExitStack() as unless_it_opens:
        unless_it_opens.callback(again.close)
        source = Source(name, columns, told.preset.name, told.notes)
        values = told.preset.text.read(again.open, source)
        table = ValueTable(path, size, columns, Stream(values, again.position, again.close), told)
        unless_it_opens.pop_all()
    return table


class _Again:
    """Opens a text file at its beginning as often as it is asked to; the last one counts.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text: TextIO | None = None
        self._bytes: BinaryIO | None = None

    def open(self) -> TextIO:
        """Open it."""
        self.close()
        self._bytes = open_regular(self._path)
        try:
            self._text = decoded_file(self._bytes, str(self._path))
        except BaseException:
            self._bytes.close()
            raise
        return self._text

    def position(self) -> int:
        """How many bytes were read since it was opened."""
        return 0 if self._bytes is None or self._bytes.closed else self._bytes.tell()

    def close(self) -> None:
        """Close it."""
        if self._text is not None:
            self._text.close()


def open_dump(path: Path, file: BinaryIO, size: int, columns: Columns) -> Table:
    """Open an SQL dump of a program that is known."""
    with open_errors(path), decoded_file(file, str(path)) as text:
        dump = load_dump(text, wanted_tables())
    with ExitStack() as unless_it_opens:
        unless_it_opens.callback(dump.base.close)
        values, told = dump_values(dump, Source(str(path), columns))
        table = ValueTable(path, size, columns, Stream(values, lambda: size, dump.base.close), told)
        unless_it_opens.pop_all()
    return table


def open_sqlite(path: Path, size: int, columns: Columns) -> Table:
    """Open the database of a program that is known, or a table or query of any other."""
    found = file_values(path, columns)
    if found is None:
        return SqliteTable(path, size, columns)
    base, values, told = found
    with ExitStack() as unless_it_opens:
        unless_it_opens.callback(base.close)
        table = ValueTable(path, size, columns, Stream(values, lambda: size, base.close), told)
        unless_it_opens.pop_all()
    return table


def open_zip(path: Path, file: BinaryIO, size: int, columns: Columns) -> Table:
    """Open a zip archive of a program that is known; only the members that are needed are read, and none is extracted.

    Raises:
        InputError: it is none, it isn't sound, or it unpacks to more than any export.
    """
    packed = Packed(file, str(path))
    with ExitStack() as unless_it_opens, open_errors(path):
        unless_it_opens.callback(packed.close)
        told = decide(str(path), columns, lambda preset: _fits(packed, preset))
        if told.preset is None or told.preset.member is None:
            refuse_pages(str(path), packed.names)
            raise InputError(f"{path}: no export that is known; unpack it and name the file in it")
        source = Source(str(path), columns, told.preset.name, told.notes)
        values = _members(packed, told.preset, source)
        table = ValueTable(path, size, columns, Stream(values, lambda: packed.position, packed.close), told)
        unless_it_opens.pop_all()
    return table


def _named(packed: Packed, member: Member) -> list[str]:
    """The members that a preset reads, in its order."""
    return sorted((name for name in packed.names if member.pattern.fullmatch(name)), key=member.order)


def _fits(packed: Packed, preset: Preset) -> str:
    """What tells that an archive is of a program: a member's content."""
    if preset.member is None:
        return ""
    for name in _named(packed, preset.member)[:_MEMBERS]:
        try:
            why = _member_fits(packed, preset, name)
        except TooMuchError:
            raise
        except InputError:
            continue  # it is broken, or another program's
        if why:
            return f"{name.rpartition('/')[2]}: {why}"
    return ""


def _member_fits(packed: Packed, preset: Preset, name: str) -> str:
    """What tells that a member is of a program."""
    with decoded_file(packed.open(name), name) as text:
        if preset.text:
            return preset.text.fits(text.read(_START))
        _, told = by_objects(_parsed(text, name), Source(name, Columns(preset=preset.name)))
        return told.reason


def _parsed(text: TextIO, name: str) -> Values:
    return xml_records(text, records()) if name.lower().endswith(".xml") else _json(text, name)


def _members(packed: Packed, preset: Preset, source: Source) -> Values:
    """The rows of all members that a preset reads."""
    form = preset.member
    assert form is not None
    names = _named(packed, form)
    if form.read is not None:
        return form.read(names, packed.open, source)
    return chain.from_iterable(_member(packed, preset, name, source) for name in names)


def _member(packed: Packed, preset: Preset, name: str, source: Source) -> Values:
    """The rows of one member; what is wrong with it is said in the place of the rows that follow."""
    number = 0
    try:
        for number, value in _values(packed, preset, name, source):
            yield number, value
    except (TooMuchError, QuestionError):
        raise
    except InputError as error:
        yield number + 1, error


def _values(packed: Packed, preset: Preset, name: str, source: Source) -> Values:
    inner = Source(name, source.wanted, preset.name, source.notes, source.name)
    if preset.text:
        if _member_fits(packed, preset, name):  # else it is a text that somebody sent
            yield from preset.text.read(lambda: decoded_file(packed.open(name), name), inner)
    elif preset.objects:
        with decoded_file(packed.open(name), name) as text:
            yield from preset.objects.read(_parsed(text, name), inner)
