"""Help in both languages: whole, current, and right on every kind of terminal."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from cli_running import Run

from hamdel.doors import told
from hamdel.doors.cli import app
from hamdel.doors.cli.help import params
from hamdel.doors.cli.help.page import help_lines
from hamdel.doors.cli.help.words import ROOT, HelpWords, tables
from hamdel.model import Lang
from hamdel.render.text.directed import Way, directed, unmarked
from hamdel.render.text.pieces import plain
from hamdel.render.text.wide import cell_width

_INLINE = 30  # columns of code that must stay on one line


def _commands(group: Any, context: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    yield path, group, context
    for name in group.list_commands(context) if hasattr(group, "list_commands") else ():
        below = f"{path} {name}".strip()
        command = group.get_command(context, name)
        inner = command.make_context(name, [], parent=context, resilient_parsing=True)
        yield from _commands(command, inner, below)


def _all() -> list[tuple[str, Any, Any]]:
    root: Any = typer.main.get_command(app)
    return list(_commands(root, root.make_context("hamdel", [], resilient_parsing=True), ""))


ALL = _all()
IDS = [path or ROOT for path, _, _ in ALL]


@pytest.fixture
def persian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamdel.doors.cli.screen.language", told.language)
    monkeypatch.delenv("HAMDEL_LANG", raising=False)


def _said(command: Any, context: Any) -> Iterator[str]:
    """What a command says in English, but for what it is for."""
    yield from params.paragraphs(command.help or "")[1:]
    for param in command.get_params(context):
        if (text := getattr(param, "help", None)) and not param.hidden:
            yield " ".join(text.split())


@pytest.mark.parametrize(("path", "command", "context"), ALL, ids=IDS)
def test_all_of_it_has_its_persian(path: str, command: Any, context: Any) -> None:
    words = HelpWords(path, Lang.FA)
    assert [text for text in _said(command, context) if words.of(text) == text] == []
    first = params.paragraphs(command.help or "")[0]
    common = tables("commands.toml")
    entry = common["commands"][path] if path else common[ROOT]["help"]
    assert entry["en"] == first, "commands.toml isn't what the command says of itself"
    assert entry["fa"] != first
    if command.epilog:
        assert common[ROOT]["epilog"]["en"] == command.epilog


def test_nothing_in_it_is_stale() -> None:
    assert set(tables("commands.toml")["commands"]) == {path for path, _, _ in ALL if path}
    said: dict[str, set[str]] = {}
    for path, command, context in ALL:
        said.setdefault(path.split(" ")[0] or ROOT, set()).update(_said(command, context))
    known = tables("fa.toml")
    for table, texts in known.items():
        real = set().union(*said.values()) if table == "shared" else said.get(table, set())
        stale = [text for text in texts if text not in real and not _fits(text, real)]
        assert stale == [], table
    for text in known["shared"]:
        assert sum(text in texts or _fits(text, texts) for texts in said.values()) > 1, f"only one command says {text}"


def _fits(known: str, said: set[str]) -> bool:
    before, slot, after = known.partition("{}")
    return bool(slot) and any(text.startswith(before) and text.endswith(after) for text in said)


def _persian_texts() -> list[str]:
    common = tables("commands.toml")
    first = [*common["titles"].values(), *common[ROOT].values(), *common["commands"].values()]
    rest = [text for table in tables("fa.toml").values() for text in table.values()]
    return [*(entry["fa"] for entry in first), *(part for text in rest for part in text.split("\n\n"))]


def test_persian_texts_are_fit_to_be_wrapped() -> None:
    for text in _persian_texts():
        code = re.findall(r"`[^`]+`", text)
        assert text.count("`") == 2 * len(code), text
        if code != [text]:  # an example of its own may be longer
            assert all(cell_width(one) <= _INLINE + 2 or " " not in one for one in code), text
        assert not text[:1].isdecimal(), text
        assert not set("يكؠ۔?,;") & set(re.sub(r"`[^`]+`", "", text)), text


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("lang", list(Lang))
def test_it_fits_every_screen(way: Way, width: int, lang: Lang) -> None:
    for _, command, context in ALL:
        written = list(help_lines(command, context, lang, way, width))
        for line in plain(part for one in written for part in directed(one, way, width)).splitlines():
            assert cell_width(line) <= width or " " not in line.strip(), line
        for line in map(unmarked, plain(written).splitlines()):
            assert lang is Lang.EN or not line.strip()[:1].isdecimal(), line
        text = unmarked(plain(written))
        seen = [param for param in command.get_params(context) if not param.hidden]
        assert all(name in text for param in seen for name in param.opts if name[0] == "-")


def test_lines_stand_at_the_right_only_where_the_terminal_turns() -> None:
    path, command, context = next(one for one in ALL if one[0] == "fix")
    assert path
    for way in Way:
        lines = [
            plain([part])
            for one in help_lines(command, context, Lang.FA, way, 80)
            for part in directed(one, way, 80)
        ]
        (diff,) = [line for line in lines if "--diff" in unmarked(line) and "hamdel" not in unmarked(line)]
        assert (diff.rstrip().endswith("--diff")) == (way in (Way.CELLS, Way.WORDS))
        assert ("\u2067" in diff or "\u2066" in diff) == (way in (Way.ISOLATED, Way.TURNED))


@pytest.mark.usefixtures("persian")
def test_persian_by_default_and_english_on_demand(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("--help").stdout.startswith("شیوهٔ اجرا: hamdel [OPTIONS]")
    assert "پیام مشتری" in run("check", "--help").stdout
    for args in ("--lang en --help", "--help --lang=en", "check -h --lang en", "--lang en fix -h"):
        assert run(*args.split()).stdout.startswith("Usage: hamdel"), args
    assert "HAMDEL_LANG" not in os.environ
    monkeypatch.setenv("HAMDEL_LANG", "en")
    assert run("check", "--help").stdout.startswith("Usage: hamdel check [OPTIONS] [FILE|FOLDER|-]...")
    assert run("archive", "add", "--help", "--lang", "fa").stdout.startswith("شیوهٔ اجرا: hamdel archive add")


@pytest.mark.usefixtures("persian")
def test_help_as_a_word_and_nothing_at_all(run: Run) -> None:
    assert run("help", "audit", "merge").stdout == run("audit merge", "--help").stdout
    assert run("help").stdout == run("--help").stdout
    for args in ([], ["archive"]):
        shown = run(*args)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert shown.stderr == run(*args, "--help").stdout


@pytest.mark.usefixtures("persian")
def test_what_was_mistyped_is_told_in_persian(run: Run) -> None:
    said = run("chekc").stderr
    assert re.match("hamdel: چنین فرمانی نیست: 'chekc'؛ منظورتان 'check'.* بود؟ `hamdel --help` را ببینید\n", said)
    said = run("check", "--custmer").stderr
    assert "چنین گزینه‌ای نیست: --custmer؛" in said
    assert "--customer" in said
    assert said.endswith("`hamdel check --help` را ببینید\n")
    assert "؟؛" not in said


@pytest.mark.usefixtures("persian")
def test_the_language_of_the_program_is_the_commands(run: Run) -> None:
    persian = run("explain", "respect/blame").stdout
    assert run("--lang", "en", "explain", "respect/blame").stdout != persian
    assert run("--lang", "en", "explain", "respect/blame", "--lang", "fa").stdout == persian


def test_a_file_gets_no_invisible_marks(run: Run) -> None:
    for path, _, _ in ALL:
        shown = run(*path.split(), "--help").stdout
        assert unmarked(shown) == shown
