"""Neovim's own client against ``hamdel lsp``: what it shows, where, and what the buffer holds after an action.

``HAMDEL_TEST_NVIM`` names another Neovim than the one on the search path: the setup works from 0.7 to those with
``vim.lsp.config``.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from real_editors import DRAFT, MENDED, SHOMA, TU, byte_place, needs, needs_server, readme_code, report, run, written

from hamdel.model import Anchor

SETUP = readme_code("neovim", 0)
SCRIPT = """
vim.cmd('filetype on')
vim.o.swapfile = false
%(setup)s
local buffer
local result = {}

local function edit(name, filetype)
  vim.cmd('edit ' .. name)
  vim.bo.filetype = filetype
  buffer = vim.api.nvim_get_current_buf()
end

local function found(test)
  return vim.wait(40000, test, 20)
end

local function count()
  return #vim.diagnostic.get(buffer)
end

local function diagnostics()
  local all = {}
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    local text = vim.api.nvim_buf_get_text(buffer, one.lnum, one.col, one.end_lnum, one.end_col, {})
    table.insert(all, {
      line = one.lnum + 1, column = one.col + 1, text = table.concat(text, '\\n'), code = one.code or vim.NIL,
      severity = one.severity, source = one.source, message = one.message,
    })
  end
  return all
end

-- Stands where a user would choose from the menu: takes the first entry whose title begins so.
local titles, wanted = {}, 'اصلاح'
vim.ui.select = function(items, options, chosen)
  for _, item in ipairs(items) do
    local title = options.format_item(item)
    table.insert(titles, title)
    if vim.startswith(title, wanted) then
      chosen(item)
      return
    end
  end
end

-- Does something that changes the buffer, keeps what it then holds and shows, and takes it back.
local function step(name, act)
  local before, tick = count(), vim.api.nvim_buf_get_changedtick(buffer)
  act()
  found(function() return vim.api.nvim_buf_get_changedtick(buffer) ~= tick end)
  found(function() return count() < before end)
  result[name] = { lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, true), shown = diagnostics() }
  vim.cmd('undo')
  found(function() return count() == before end)
  result[name].undone = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
end

edit('reply.txt', 'text')
assert(found(function() return count() > 0 end), 'no diagnostics came')
%(work)s
result.titles = titles
vim.fn.writefile({ vim.json.encode(result) }, 'out.json')
vim.cmd('qall!')
"""

WORK = """
result.shown = diagnostics()
step('chosen', function()
  vim.api.nvim_win_set_cursor(0, { %d, %d })
  vim.lsp.buf.code_action()
end)
wanted = 'نادیده گرفتن'
step('ignored', function()
  vim.api.nvim_win_set_cursor(0, { %d, %d })
  vim.lsp.buf.code_action()
end)
step('fixed', function() vim.cmd('HamdelFixAll') end)
step('improved', function() vim.cmd('HamdelImprove') end)
for filetype, name in pairs({ markdown = 'reply.md', mail = 'mutt-host-1000-1' }) do
  edit(name, filetype)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, true, { 'سلام. %s.' })
  found(function() return count() > 0 end)
  result[filetype] = diagnostics()
end
edit('reply.txt', 'text')
wanted = 'خاموش کردن'
local before = count()
vim.api.nvim_win_set_cursor(0, { %d, %d })
vim.lsp.buf.code_action()
found(function() return count() < before end)
result.turned_off = diagnostics()
"""
# A first check may come before the settings do; its diagnostics are replaced.
IN_ENGLISH = """
found(function() return vim.diagnostic.get(buffer)[1].message:find('customer') end)
result.shown = diagnostics()
"""


def in_neovim(folder: Path, work: str, setup: str = SETUP) -> dict[str, Any]:
    """What a user sees in a bare Neovim with hamdel's setup, with the draft open."""
    needs_server()
    nvim = needs("nvim")
    written(folder)
    (folder / "script.lua").write_text(SCRIPT % {"setup": setup, "work": work}, encoding="utf-8")
    run([nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile script.lua"], folder)
    seen: dict[str, Any] = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    return seen


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An hour's work in one session, for starting the server takes longest."""
    line, column = byte_place(DRAFT, DRAFT.index(TU))
    place = (line, column - 1)
    folder = tmp_path_factory.mktemp("neovim")
    return in_neovim(folder, WORK % (*place, *place, TU, *place)) | {"folder": folder}


def test_diagnostics_are_where_the_words_are(seen: dict[str, Any]) -> None:
    expected = {
        (*byte_place(DRAFT, one.start), one.matched, one.check)
        for one in report().findings
        if one.anchor is not Anchor.DOCUMENT
    }
    shown = {(one["line"], one["column"], one["text"], one["code"]) for one in seen["shown"]}
    assert expected <= shown
    assert {entry[2] for entry in shown - expected} <= {"سلام،"}  # what the whole reply lacks is shown where it begins
    assert {one["source"] for one in seen["shown"]} == {"hamdel"}
    assert len(seen["shown"]) == len(report().findings)


def test_a_code_action_changes_just_its_words(seen: dict[str, Any]) -> None:
    assert seen["chosen"]["lines"] == DRAFT.replace(TU, SHOMA).splitlines()
    assert "respect/tu-form" not in [one["code"] for one in seen["chosen"]["shown"]]
    assert any(title.startswith("اصلاح") for title in seen["titles"])


def test_a_finding_is_ignored_here(seen: dict[str, Any]) -> None:
    before, after = DRAFT.splitlines(), seen["ignored"]["lines"]
    changed = [number for number, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert changed == [byte_place(DRAFT, DRAFT.index(TU))[0] - 1]
    assert after[changed[0]] == f"{before[changed[0]]} hamdel: ignore[respect/tu-form]"
    assert "respect/tu-form" not in [one["code"] for one in seen["ignored"]["shown"]]


def test_a_check_is_turned_off_in_the_settings(seen: dict[str, Any]) -> None:
    settings = tomllib.loads((seen["folder"] / "hamdel.toml").read_text(encoding="utf-8"))
    assert settings == {"checks": {"disable": ["respect/tu-form"]}}
    codes = [one["code"] for one in seen["turned_off"]]
    assert codes
    assert "respect/tu-form" not in codes


def test_fix_all_makes_all_safe_edits(seen: dict[str, Any]) -> None:
    assert seen["fixed"]["lines"] == MENDED.splitlines()


def test_a_better_draft_takes_the_place_of_the_old(seen: dict[str, Any]) -> None:
    lines = seen["improved"]["lines"]
    assert lines[0] == DRAFT.splitlines()[0]
    assert lines != DRAFT.splitlines()
    assert TU not in "\n".join(lines)


def test_one_undo_takes_back_each(seen: dict[str, Any]) -> None:
    for name in ("chosen", "ignored", "fixed", "improved"):
        assert seen[name]["undone"] == DRAFT.splitlines(), name


@pytest.mark.parametrize("filetype", ["markdown", "mail"])
def test_other_filetypes_are_checked(seen: dict[str, Any], filetype: str) -> None:
    assert "respect/tu-form" in [one["code"] for one in seen[filetype]]


def test_settings_reach_the_server(tmp_path: Path) -> None:
    setup = SETUP.replace("audience = 'consumer'", "lang = 'en'")
    assert setup != SETUP
    shown = in_neovim(tmp_path, IN_ENGLISH, setup)["shown"]
    (tu, *_) = (one for one in shown if one["code"] == "respect/tu-form")
    assert "customer" in tu["message"]
