"""Vim reads hamdel's lines: ``:make`` fills the quickfix list, ALE its signs, at Vim's own byte columns."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from real_editors import DRAFT, MENDED, byte_place, needs, readme_code, report, run, written

ALE = Path(os.environ.get("HAMDEL_TEST_ALE", "/usr/share/vim-ale"))  # Debian's vim-ale
TYPES = {"error": "E", "warning": "W", "suggestion": "I"}
SETUP = f"set nocompatible\n{readme_code('vim', 0)}"

MAKE = """
edit reply.txt
compiler hamdel
silent make
let entries = map(getqflist(), {_, one -> [bufname(one.bufnr), one.lnum, one.col, one.type, one.text]})
call writefile([json_encode({'entries': entries, 'first': [line('.'), col('.')]})], 'out.json')
qall!
"""

LMAKE = """
edit reply.txt
compiler hamdel
silent lmake
let entries = map(getloclist(0), {_, one -> [bufname(one.bufnr), one.lnum, one.col, one.type, one.text]})
call writefile([json_encode({'entries': entries})], 'out.json')
qall!
"""

OTHER = """
compiler hamdel
let &makeprg = "echo 'reply.txt:3:40: error: from another program'"
silent make
call writefile([json_encode(map(getqflist(), {_, one -> one.col}))], 'out.json')
qall!
"""

ALE_SETUP = f"""
set runtimepath+={ALE}
filetype plugin on
runtime! plugin/ale.vim
{readme_code("vim", 1)}
"""
LINT = """
edit reply.txt
setfiletype text
call setline(1, ['', ''] + getline(3, '$'))
ALELint
let waited = 0
while !len(ale#engine#GetLoclist(bufnr())) && waited < 1000
  sleep 100m
  let waited += 1
endwhile
let entries = map(copy(ale#engine#GetLoclist(bufnr())), {_, one -> [one.lnum, one.col, one.type, one.code, one.text]})
call writefile([json_encode(entries)], 'out.json')
qall!
"""

FIX = """
edit reply.txt
setfiletype text
let before = b:changedtick
ALEFix
let waited = 0
while b:changedtick == before && waited < 600
  sleep 100m
  let waited += 1
endwhile
call writefile([json_encode(getline(1, '$'))], 'out.json')
qall!
"""


def in_vim(script: str, folder: Path) -> object:
    """What a script leaves in ``out.json``, run in a bare Vim with hamdel's files."""
    vim = needs("vim")
    (folder / "script.vim").write_text(SETUP + script, encoding="utf-8")
    run([vim, "--not-a-term", "-Nu", "NONE", "-i", "NONE", "-n", "-es", "-S", "script.vim"], folder)
    return json.loads((folder / "out.json").read_text(encoding="utf-8"))


def needs_ale() -> None:
    if not ALE.is_dir():
        pytest.skip("ALE isn't installed (HAMDEL_TEST_ALE names its folder)")


def expected() -> list[list[object]]:
    found = sorted(report().findings, key=lambda one: (one.start, one.severity.rank))
    return [[*byte_place(DRAFT, one.start), TYPES[one.severity]] for one in found]


def test_quickfix_has_byte_columns(tmp_path: Path) -> None:
    seen = in_vim(MAKE, written(tmp_path))
    assert isinstance(seen, dict)
    assert [entry[1:4] for entry in seen["entries"]] == expected()
    assert {entry[0] for entry in seen["entries"]} == {"reply.txt"}
    line, column = byte_place(DRAFT, DRAFT.index("تو باید"))
    (tu,) = (entry for entry in seen["entries"] if entry[1:3] == [line, column])
    assert tu[4].endswith("[respect/tu-form]")
    assert seen["first"] == seen["entries"][0][1:3]


def test_location_list_too(tmp_path: Path) -> None:
    seen = in_vim(LMAKE, written(tmp_path))
    assert isinstance(seen, dict)
    assert [entry[1:4] for entry in seen["entries"]] == expected()


def test_other_programs_columns_are_left_alone(tmp_path: Path) -> None:
    assert in_vim(OTHER, written(tmp_path)) == [40]


def test_ale_checks_the_unsaved_buffer(tmp_path: Path) -> None:
    needs_ale()
    entries = in_vim(ALE_SETUP + LINT, written(tmp_path))
    assert isinstance(entries, list)
    buffer = "\n\n" + DRAFT.partition("\n\n")[2]  # the customer's message was deleted, and not saved
    line, column = byte_place(buffer, buffer.index("تو باید"))
    (tu,) = (entry for entry in entries if entry[:2] == [line, column])
    assert tu[2:4] == ["E", "respect/tu-form"]
    assert tu[4].startswith("«تو»")
    assert "empathy/no-feeling-ack" not in [entry[3] for entry in entries]  # which needs the customer's message


def test_ale_fixes_what_is_safe(tmp_path: Path) -> None:
    needs_ale()
    assert in_vim(ALE_SETUP + FIX, written(tmp_path)) == MENDED.splitlines()
