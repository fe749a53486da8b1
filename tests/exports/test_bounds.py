"""Tables that would take all memory are refused before they take it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from hamdel.errors import InputError
from hamdel.exports import Columns, Rejected, Row, open_table, workbook_bounds
from hamdel.exports.objects import json_document, json_lines

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = f'<worksheet xmlns="{_MAIN}"><sheetData>{{}}</sheetData></worksheet>'


def _workbook(path: Path, data: str, more: Iterable[tuple[str, str]] = ()) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", _SHEET.format(data))
        for name, text in more:
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>',
        "<row r='1048576'><c r = 'XFD1048576'/></row>",
        '<x:row><x:c s="1" r="AAA400000"/></x:row>',
        '<row><c t="a>b" r="XFD9999"/></row>',
        '<row r="1048576"/><row>' + "<c/>" * 40 + "</row>",
        "<row>" + "<c/>" * 16_000 + "</row>" + "<row/>" * 3_000,
        '<row><c r="' + "Z" * 7 + '9999999"/></row>',
    ],
)
def test_a_sheet_too_wide_and_long_is_refused(tmp_path: Path, data: str) -> None:
    path = _workbook(tmp_path / "a.xlsx", data)
    with pytest.raises(InputError, match=r"a\.xlsx: xl/worksheets/sheet1\.xml has a cell in row"):
        workbook_bounds.require_bounded(path)


@pytest.mark.parametrize(
    "data",
    [
        "",
        '<row r="1"><c r="A1"/></row><row r="1048576"><c r="P1048576"/></row>',
        '<row><c r="XFD1"/></row>',
        "<row><c/><c/></row>" * 1_000,
        '<row><c r="A1" t="inlineStr"><is><t>row r=1048576 c XFD</t></is></c></row>',
    ],
)
def test_ordinary_sheets_pass(tmp_path: Path, data: str) -> None:
    workbook_bounds.require_bounded(_workbook(tmp_path / "a.xlsx", data))


@pytest.mark.parametrize("place", range(0, 60, 7))
def test_a_cell_across_two_pieces_counts(tmp_path: Path, place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_bounds, "_PIECE", 1 << 10)
    before = len(_SHEET.partition("{}")[0]) + len("<row>")
    data = "<row>" + " " * ((1 << 10) - before - place) + '<c s="12" t="s" r="XFD1048576"><v>12345</v></c></row>'
    with pytest.raises(InputError, match="row 1,048,576, column 16,384"):
        workbook_bounds.require_bounded(_workbook(tmp_path / "a.xlsx", data))


@pytest.mark.parametrize(
    "name", ["xl/sheets/a.xml", "xl/worksheets/deep/a.xml", "data.bin", "XL/Worksheets/Sheet1.XML"]
)
def test_a_sheet_of_any_name_is_measured(tmp_path: Path, name: str) -> None:
    far = _SHEET.format('<row r="1048576"><c r="XFD1048576"/></row>')
    with pytest.raises(InputError, match="column 16,384"):
        workbook_bounds.require_bounded(_workbook(tmp_path / "a.xlsx", "", [(name, far)]))


@pytest.mark.parametrize("tag", ['<sst count="1" uniqueCount="4000000000"/>', "<x:sst uniqueCount = '99999999'>"])
def test_announced_strings_that_are_not_there_are_refused(tmp_path: Path, tag: str) -> None:
    path = _workbook(tmp_path / "a.xlsx", "", [("xl/sharedStrings.xml", f'<?xml version="1.0"?>{tag}')])
    with pytest.raises(InputError, match="announces"):
        workbook_bounds.require_bounded(path)


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_bounds, "MOST_UNPACKED", 1 << 20)
    path = _workbook(tmp_path / "a.xlsx", "", [("xl/sharedStrings.xml", " " * (1 << 21))])
    with pytest.raises(InputError, match="unpacks to more than 1,048,576 bytes"):
        workbook_bounds.require_bounded(path)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_bounds, "MOST_UNPACKED", 1 << 20)
    path = _workbook(tmp_path / "a.xlsx", "", [("xl/sharedStrings.xml", " " * (1 << 21))])
    data = path.read_bytes()
    path.write_bytes(data.replace((1 << 21).to_bytes(4, "little"), (12).to_bytes(4, "little")))
    with pytest.raises(InputError, match="unpacks to more than"):
        workbook_bounds.require_bounded(path)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100, b""])
def test_no_workbook_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"a\.xlsx: can't be read"):
        workbook_bounds.require_bounded(path)


@pytest.mark.parametrize("start", ['{"messages":', "", '[{"a":', '{"id":1,"a":'])
@pytest.mark.parametrize("level", ["[", '{"k":', "[1,"])
def test_deep_json_ends_with_one_line(start: str, level: str) -> None:
    *_, (_, last) = json_document(io.StringIO(start + level * 40_000))
    assert isinstance(last, InputError)
    assert str(last).startswith("nested more than 100 levels deep")


def test_shallow_json_is_read_whatever_its_size() -> None:
    text = '{"messages": [' + ",".join('{"a": [[1], {"b": "[[[["}]}' for _ in range(20_000)) + "]}"
    values = [value for _, value in json_document(io.StringIO(text))]
    assert len(values) == 20_000
    assert values[-1] == {"a": [[1], {"b": "[[[["}]}


def test_json_without_a_list_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamdel.exports.objects._LARGEST", 1_000)
    for text in ('{"a": [' + "1," * 2_000 + "1]}", '[{"a": [' + "1," * 2_000 + "1]}]"):
        *_, (_, last) = json_document(io.StringIO(text))
        assert "a value of more than 1,000 parts" in str(last)


def test_a_line_without_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamdel.exports.objects._LONGEST", 1_000)
    found = list(json_lines(io.StringIO('"a"\n"' + "b" * 5_000 + '"\n')))
    assert found[0] == (1, "a")
    assert "a line of more than 1,000 characters" in str(found[1][1])
    assert len(found) == 2


def _rows(path: Path) -> list[Row | Rejected]:
    with open_table(path, Columns()) as table:
        return list(table)


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("reply" + ",a" * 20_000 + "\nx\n", encoding="utf-8")
    with pytest.raises(InputError, match="has 20,001 columns; at most 16,384 are read"):
        _rows(path)


def test_long_lines_are_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamdel.exports.plain._LONGEST_LINE", 10_000)
    path = tmp_path / "a.csv"
    path.write_text(f"reply,agent\n{',' * 30_000}\n", encoding="utf-8")
    found = _rows(path)
    assert len(found) == 3
    assert all(isinstance(row, Rejected) for row in found)
