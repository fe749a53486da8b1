"""Neovim's own client against ``hamdel lsp``: what it shows, where, and what the buffer holds after an action.

``HAMDEL_TEST_NVIM`` names another Neovim than the one on the search path: the setup works from 0.7 to those with
``vim.lsp.config``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from real_editors import DRAFT, MENDED, SHOMA, TU, byte_place, needs, needs_server, readme_code, run

from hamdel.model import Anchor, Report

# Waits until the first diagnostics are there, does something, and writes down what the user then sees.
SCRIPT = """
vim.cmd('filetype on')
vim.o.swapfile = false
%(setup)s
vim.cmd('edit reply.txt')
vim.bo.filetype = 'text'
local buffer = vim.api.nvim_get_current_buf()

local function found(test)
  return vim.wait(40000, test, 20)
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
local titles = {}
local function choose(start)
  vim.ui.select = function(items, options, chosen)
    for _, item in ipairs(items) do
      local title = options.format_item(item)
      table.insert(titles, title)
      if not start or title:sub(1, #start) == start then
        chosen(item)
        start = '-'
      end
    end
  end
end

local function changed(tick)
  return found(function() return vim.api.nvim_buf_get_changedtick(buffer) ~= tick end)
end

-- After a change the marks are stale until the server has checked again.
local function fewer(before)
  return found(function() return #vim.diagnostic.get(buffer) < before end)
end

local there = found(function() return #vim.diagnostic.get(buffer) > 0 end)
local result = { there = there, before = diagnostics() }
local tick = vim.api.nvim_buf_get_changedtick(buffer)
%(action)s
result.titles = titles
result.lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
result.after = diagnostics()
vim.fn.writefile({ vim.json.encode(result) }, 'out.json')
vim.cmd('qall!')
"""

SETUP = readme_code("neovim", 0)
AT_TU = """
vim.api.nvim_win_set_cursor(0, { %d, %d })
choose('اصلاح')
vim.lsp.buf.code_action()
changed(tick)
fewer(#result.before)
"""
FIX_ALL = """
vim.cmd('HamdelFixAll')
changed(tick)
fewer(#result.before)
"""


def in_neovim(folder: Path, action: str = "", setup: str = SETUP) -> dict[str, Any]:
    """What a user sees after an action, in a bare Neovim with hamdel's setup."""
    needs_server()
    nvim = needs("nvim")
    script = SCRIPT % {"setup": setup, "action": action}
    (folder / "script.lua").write_text(script, encoding="utf-8")
    run([nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile script.lua"], folder)
    seen: dict[str, Any] = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert seen["there"], "no diagnostics came"
    return seen


def test_diagnostics_are_where_the_words_are(draft: Path, report: Report) -> None:
    seen = in_neovim(draft.parent)["before"]
    ranges = {
        (*byte_place(DRAFT, one.start), one.matched, one.check)
        for one in report.findings
        if one.anchor is not Anchor.DOCUMENT
    }
    shown = {(one["line"], one["column"], one["text"], one["code"]) for one in seen}
    assert ranges <= shown
    assert {entry[2] for entry in shown - ranges} <= {"سلام،"}  # what the whole reply lacks is shown where it begins
    assert {one["source"] for one in seen} == {"hamdel"}
    assert len(seen) == len(report.findings)


def test_a_code_action_changes_just_its_words(draft: Path) -> None:
    line, column = byte_place(DRAFT, DRAFT.index(TU))
    seen = in_neovim(draft.parent, AT_TU % (line, column - 1))
    assert seen["lines"] == DRAFT.replace(TU, SHOMA).splitlines()
    assert "respect/tu-form" not in [one["code"] for one in seen["after"]]
    assert any("hamdel.toml" in title for title in seen["titles"])


def test_fix_all_makes_all_safe_edits(draft: Path) -> None:
    assert in_neovim(draft.parent, FIX_ALL)["lines"] == MENDED.splitlines()


def test_a_better_draft_takes_the_place_of_the_old(draft: Path) -> None:
    action = "vim.cmd('HamdelImprove')\nchanged(tick)\nfewer(#result.before)"
    lines = in_neovim(draft.parent, action)["lines"]
    assert lines[0] == DRAFT.splitlines()[0]
    assert lines != DRAFT.splitlines()
    assert TU not in "\n".join(lines)


def test_settings_reach_the_server(draft: Path) -> None:
    # A first check may come before the settings do; its diagnostics are replaced.
    action = """
    found(function() return vim.diagnostic.get(buffer)[1].message:find('customer') end)
    """
    setup = SETUP.replace("audience = 'consumer'", "lang = 'en'")
    assert setup != SETUP
    seen = in_neovim(draft.parent, action, setup)["after"]
    (tu, *_) = (one for one in seen if one["code"] == "respect/tu-form")
    assert "customer" in tu["message"]


@pytest.mark.parametrize(("filetype", "name"), [("markdown", "reply.md"), ("mail", "mutt-host-1000-1")])
def test_other_filetypes_are_checked(draft: Path, filetype: str, name: str) -> None:
    action = f"""
    vim.cmd('edit {name}')
    vim.bo.filetype = '{filetype}'
    buffer = vim.api.nvim_get_current_buf()
    vim.api.nvim_buf_set_lines(buffer, 0, -1, true, {{ 'سلام. {TU}.' }})
    found(function() return #vim.diagnostic.get(buffer) > 0 end)
    """
    seen = in_neovim(draft.parent, action)["after"]
    assert "respect/tu-form" in [one["code"] for one in seen]
